"""What the letters of a document number say: the type of the paper, or that it is no directive at all.

`number_places` finds everything that has the shape of a number with a symbol; `read_symbol` judges one.
Symbols are an open vocabulary (every office fixes its own, Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3), so the first
group is compared with the known types and the rest is only asked to look like letters of an office.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from docsearch.notation import fold_symbol, tidy_number
from docsearch.registry import DocType, doctypes

# Capital letters of Vietnamese, eth and African D for Đ, and Œ, which OCR reads for G; Greek and Cyrillic look-alikes.
_ACCENTED = "".join(chr(c) for c in (*range(0xC0, 0x180), *range(0x1A0, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(c).isupper())
CAPITALS = f"A-Z{_ACCENTED}ƉΑΒΕΗΙΚΜΝΟΡΤΧАВЕКМНОРСТХ"
DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2212~"
_SLASHES = "/\u2044\u2215\uff0f"
SPACE = r"[ \n\t*_]"  # white space and the marks of emphasis that stand round parts of a number in saved pages


@cache
def _lower_heads() -> str:
    """First groups as people type them without the shift key: nđ, qđ, ttlt."""
    heads = {s.lower() for kind in doctypes() for s in kind.symbols if kind.kind == "directive" and len(s) > 1}
    return "|".join(sorted(heads | {"nd", "qd", "cd"}, key=len, reverse=True))


# A group after white space must look like letters of an office, or the words after a dash would be swallowed:
# "NĐ-\n\nCP" and "CTK - CSCL" continue, "QĐ-UBND - Ủy ban" does not.
_SEGMENT = rf"[{CAPITALS}][\w&]*"
_HEADING_AFTER = rf"(?![ ]+(?!NGÀY|CỦA|VỀ|NĂM|VÀ|QUY)[{CAPITALS}]{{2}})"  # "CÔNG BÁO", "ỦY BAN": the next line, not the symbol
_LOOSE_SEGMENT = rf"(?:[{CAPITALS}](?:[{CAPITALS}0-9&]|Đ)+r?|TTg|QyĐ|QĐi|TTr|CTr)(?![^\W\d_]){_HEADING_AFTER}"


# What a page break leaves between the halves of a number: blank lines, page numbers, gazette headers.
FURNITURE = (
    r"(?:[ \t]*\n)+(?:[ \t]*(?:[-–]?[ \t]*\d{1,4}[ \t]*[-–]?|CÔNG[ ]BÁO/Số[^\n]{0,60}|Trang[ \t]+\d[^\n]{0,12})"
    r"[ \t]*(?:\n[ \t]*)+){1,3}"
)
_BREAK = re.compile(FURNITURE)


_MARKS = (*_SLASHES, "-", "\u2010", "\u2011", "\u2013", "\u2212")


@cache
def _symbol_pattern(mark: str) -> re.Pattern[str]:
    """From the separator behind the ordinal to the end of the symbol, for one kind of separator.

    The pattern begins with one plain character, which the engine looks for as in a string: on official texts this is 15
    times as fast as a pattern that begins with the digits (November 2026).
    """
    tail = rf"""
        (?:
            [{_SLASHES}{DASHES}]+{_SEGMENT}
          | \.(?:[{CAPITALS}]{{2,8}}|[0-9]{{1,3}})(?=[-/][{CAPITALS}])            # QĐ.BQL-TC, CCTKV.05-TTKT3
          | {SPACE}{{0,2}}[{_SLASHES}{DASHES}]{SPACE}{{1,8}}-?{_LOOSE_SEGMENT}         # NĐ- CP, and "QĐ- -TTg" of a scan
          | {SPACE}{{1,2}}[{_SLASHES}{DASHES}]{_LOOSE_SEGMENT}
        ){{0,14}}
        (?:\.[{CAPITALS}]{{1,6}}[0-9]?(?!\w)|-[0-9]{{1,3}}(?![\w/.,-]))?          # VPCP-V.I, QĐ-UBND.VX, CV-01
    """
    after_slash = rf"""
        {SPACE}{{0,8}}
        (?:(?:19[4-9]|2[0Oo][0-4OlI])[0-9OolI]                                  # the year of a normative act
           (?:{SPACE}{{0,4}}[{_SLASHES}]{SPACE}{{0,8}}|(?=[{CAPITALS}]{{2}})))?
        (?: {_SEGMENT}{tail}
          | (?=[a-zđ])(?:{_lower_heads()}|qh[0-9]|ubtvqh)(?=[0-9/-])[\w&]*(?:[/-][a-zđ0-9][\w&]*){{0,6}}
        )
    """
    before_dash = rf"(?:(?<=[0-9][{DASHES}])|(?<=[0-9][ \n][{DASHES}])|(?<=[0-9][a-zđA-C][{DASHES}]))"
    behind_break = rf"(?:{SPACE}{{4,8}}|{FURNITURE})(?={_LOOSE_SEGMENT})"  # "19-" at the foot of a page, "CT/TU" on the next
    after_dash = rf"{before_dash}(?:{SPACE}{{0,3}}(?!CÔNG\ BÁO)|{behind_break}){_SEGMENT}{tail}(?:\.[0-9]+)?"
    return re.compile(mark + (after_slash if mark in _SLASHES else after_dash), re.VERBOSE)


def number_places(text: str) -> list[tuple[int, int]]:
    """Where everything stands that has the shape of a number with its symbol: half-open ranges in text order.

    White space, line breaks and emphasis inside are allowed.
    """
    places: list[tuple[int, int]] = []
    for mark in _MARKS:
        if mark not in text:
            continue
        for match in _symbol_pattern(mark).finditer(text):
            start = _ordinal(text, match.start())
            if start >= 0:
                places.append((start, match.end()))
    places.sort()
    return places


_TORN = re.compile(rf" ?(?P<joint>[/\-–]){FURNITURE}(?P<rest>{_LOOSE_SEGMENT}(?:[/\-–]{_SEGMENT}){{0,8}})")


def torn_rest(text: str, end: int) -> tuple[str, int]:
    """What follows a number that ends at `end` in a joint at the foot of a page, and where it ends; ("", end) if nothing."""
    if text[end : end + 2].strip(" ")[:1] not in {"-", "/", "–"}:
        return "", end
    match = _TORN.match(text, end)
    return (match["joint"] + match["rest"], match.end()) if match else ("", end)


_DIGITS = "0123456789"
_MISREAD = "lIOo|"  # what OCR makes of 1 and 0
_BEFORE_ORDINAL = frozenset(f"{_SLASHES}_-\u2010\u2011\u2013\u2212")


def _ordinal(text: str, at: int) -> int:
    """Where the ordinal begins that ends at `at` (265, 66.25, 30a, 02bis); -1 where there is none.

    It must not go on a word, another number or an address.
    """
    end = at
    while end and text[end - 1] in " \n\t*_" and at - end < 8:
        end -= 1
    if text[end - 3 : end] in {"bis", "ter"}:
        end -= 3
    elif end > 1 and text[end - 1] in "abcdeghikmnđABC" and text[end - 2] in _DIGITS:
        end -= 1
    start = end
    while start and text[start - 1] in _DIGITS and end - start < 7:
        start -= 1
    if start and text[start - 1] in _MISREAD:
        return _misread(text, start, end)
    if start == end and end and text[end - 1].isupper():
        return _lettered(text, end)
    if start == end or end - start > 6:
        return -1
    if start > 1 and text[start - 1] == "." and text[start - 2] in _DIGITS and end - start < 4:
        return _ordinal_before_point(text, start - 1)
    if start > 1 and text[start - 1] in "-/" and text[start - 2] in _DIGITS + " ":
        return _compound(text, start - 1)
    return start if _free(text, start) else -1


def _misread(text: str, start: int, end: int) -> int:
    """The start of an ordinal in which OCR read letters for digits: l08, O8, 1O8."""
    while start and text[start - 1] in _DIGITS + _MISREAD and end - start < 7:
        start -= 1
    if end - start > 6 or not any(sign in _DIGITS for sign in text[start:end]):
        return _lettered(text, end) if text[end - 1].isupper() else -1
    return start if _free(text, start) else -1


def _lettered(text: str, end: int) -> int:
    """The start of an ordinal with letters of an office behind it, as before 2000: 64 TC/TCT, 1357TC/QĐ-TCT."""
    start = end
    while start and text[start - 1].isupper() and end - start < 6:
        start -= 1
    if not 2 <= end - start <= 5:
        return -1
    return _ordinal(text, start) if text[start - 1 : start] in {" ", "\n"} or text[start - 1 : start].isdigit() else -1


def _compound(text: str, joint: int) -> int:
    """The start of an ordinal in two parts, as companies write: 2025-005/SAV-CHQ; also a torn year, 22/201 /QĐ-UBND."""
    start = joint
    while start and text[start - 1] in _DIGITS and joint - start < 7:
        start -= 1
    return start if 0 < joint - start < 7 and _free(text, start) else -1


def _ordinal_before_point(text: str, point: int) -> int:
    """The start of the whole part of a decimal ordinal, 66.25 or 1.234."""
    start = point
    while start and text[start - 1] in _DIGITS and point - start < 7:
        start -= 1
    return start if point - start < 7 and _free(text, start) else -1


def _free(text: str, start: int) -> bool:
    """Whether an ordinal may begin at `start`."""
    if start == 0:
        return True
    before = text[start - 1]
    if before.isalnum():
        return text[start - 2 : start] in {"số", "sô", "SỐ"}  # "số30/1998/NĐ-CP"
    if before in _BEFORE_ORDINAL or before in "#@$%^&§©®°{}<>=\\":
        return False
    if text[start - 3 : start] in {"No.", "no.", "NO."}:
        return True
    return before not in ".," or start == 1 or not (text[start - 2].isdigit() or (before == "." and text[start - 2].isalnum()))


class Symbol(NamedTuple):
    """One number as read: `number` tidy, `doctype` by its first group (``None``: it holds no type), `kind` as in the table.

    `segments` counts the letter groups; `legislature`: QH13, UBTVQH15; `odd`: a form that
    only a type word makes believable; `surplus`: letters at the end that do not belong
    to it (``CPquy``, a note mark after ``QH14``); `year`: the year between two slashes.
    """

    number: str
    year: int | None
    doctype: str | None
    kind: str
    segments: int
    legislature: bool
    hyphened: bool
    odd: bool
    surplus: int
    lower: bool


_PARTS = re.compile(
    r"([0-9.lIOo|]*[0-9][0-9.lIOo|]*(?:[-/](?!(?:19|20)[0-9]{2}[/-])[0-9]+)?(?:bis|ter|[a-zđA-C](?=[/-]|[A-ZĐ]{2}))?)"
    r"([/-]|)(?:((?:19|2[0Oo])[0-9OolI]{2})(?:[/-]|(?=[A-ZĐ]{2})))?(.+)"
)
_AS_DIGITS = str.maketrans("OolI", "0011")
_EMPHASIS = str.maketrans("~", "-", "*_")
_IS_TIDY = re.compile(r"[0-9A-Za-zĐđ&./-]+")
_LEGISLATURE = re.compile(r"(?:UBTV)?QH(?:[0-9]{1,2}|[lI][0-9])", re.IGNORECASE)
_GLUED = re.compile(rf"[{CAPITALS}0-9&]{{2,}}?(?=[a-zà-ỹđ]{{3,}}$)")
_WORD = re.compile(rf"[{CAPITALS}][a-z]*[à-öø-ýăĩũơưạ-ỹ][^\W\d_]*")  # "5 – Nâng", "CÔNG BÁO/Số": words, not letters of an office
_NOTE_MARK = re.compile(r"(?<=QH1[0-6])[0-9]$")


@cache
def _types_by_symbol() -> tuple[dict[str, DocType], dict[str, DocType]]:
    """Type by its letters, exactly and folded (QD for QĐ); where two share letters, the first row wins."""
    exact: dict[str, DocType] = {}
    folded: dict[str, DocType] = {}
    for kind in doctypes():
        for letters in kind.symbols:
            exact.setdefault(letters, kind)
            folded.setdefault(fold_symbol(letters), kind)
    return exact, folded


def type_of_segment(segment: str) -> DocType | None:
    """The type that a first letter group names: QĐ, QD, QĐUBND, NĐCP; ``None`` for letters of an office."""
    exact, folded = _types_by_symbol()
    known = exact.get(segment) or folded.get(fold_symbol(segment))
    if known is None and segment[:2] in {"QĐ", "NĐ"} and len(segment) > 2:
        return exact[segment[:2]]
    return known


@lru_cache(maxsize=8192)
def read_symbol(raw: str) -> Symbol | None:
    """What `raw`, a find of `number_places`, says; ``None`` where it cannot be read."""
    if "\n" in raw:
        raw = _BREAK.sub("", raw)
    tidy = raw if _IS_TIDY.fullmatch(raw) else tidy_number(raw.translate(_EMPHASIS))
    parts = _PARTS.fullmatch(tidy.replace("--", "-"))
    letters = _read_letters(parts[4]) if parts else None
    if parts is None or letters is None:
        return None
    return Symbol(
        number=_spelled(parts[0][: len(parts[0]) - letters.surplus]),
        year=int(parts[3].translate(_AS_DIGITS)) if parts[3] else None,
        doctype=letters.kind.name if letters.kind and letters.kind.kind == "directive" else None,
        kind=letters.kind.kind if letters.kind else "directive",
        segments=letters.segments,
        legislature=letters.legislature,
        hyphened=parts[2] == "-",
        odd=not parts[2] or "-" in parts[1] or "/" in parts[1] or not parts[1][0].isdigit(),
        surplus=letters.surplus,
        lower=letters.lower,
    )


class _Letters(NamedTuple):
    """What the letters of a number say by themselves: see `Symbol`."""

    kind: DocType | None
    segments: int
    legislature: bool
    surplus: int
    lower: bool


@lru_cache(maxsize=4096)  # a paper names hundreds of numbers, but few offices
def _read_letters(symbol: str) -> _Letters | None:
    surplus = _surplus(symbol)
    letters = symbol[: len(symbol) - surplus]
    segments = re.split(r"[/-]", letters)
    if any(_WORD.fullmatch(segment) for segment in segments):
        return None
    legislature = bool(_LEGISLATURE.fullmatch(segments[0]))
    return _Letters(type_of_segment(segments[0]), len(segments), legislature, surplus, letters[0].islower())


def _surplus(symbol: str) -> int:
    """How many characters at the end of `symbol` belong to the words after it or to a note mark."""
    glued = _GLUED.search(symbol)
    if glued and len(symbol) - glued.end() > 2 and not symbol.endswith(("TTg", "Cty")):
        return len(symbol) - glued.end()
    return 1 if _NOTE_MARK.search(symbol) else 0


def _spelled(number: str) -> str:
    number = number.replace("QÐ", "QĐ").replace("NÐ", "NĐ")
    return number.replace("QĐĐ", "QĐ").replace("NĐĐ", "NĐ")  # OCR sees the letter twice: "QĐÐ-UBND"
