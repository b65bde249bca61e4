"""The parts of a text: Phần, Chương, Mục, Tiểu mục, Điều, khoản, điểm, Phụ lục, and the numbered headings of reports.

One pass over the lines; what each line opens is told by its first characters.  Numbering: Nghị định 30/2020/NĐ-CP, Phụ
lục I; Nghị định 78/2025/NĐ-CP, Điều 63 and 64 (inserted units "Điều 37a", "điểm a1": Điều 69).  Points follow the
Vietnamese alphabet: a b c d đ e g h i k l m n o p q r s t u v x y.

What an amending act quotes ("“Điều 37a. ...”") belongs to the act that it amends and opens no unit here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from docsearch.mint import mint
from docsearch.model import Span, Unit, UnitKind
from docsearch.quotations import quotations

_new_unit = mint(Unit)
_new_span = mint(Span)

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LEVEL: dict[UnitKind, int] = {
    "appendix": 0, "part": 1, "chapter": 2, "section": 3, "subsection": 4, "article": 5, "heading": 6, "clause": 7, "point": 11,
}  # fmt: skip
_DEEPEST = 11  # level of "a)"; a report's headings are "I." at 6, "1." at 7, "1.1." at 8 ...
_WORDS: dict[str, UnitKind] = {
    "phần": "part", "chương": "chapter", "mục": "section", "tiểu mục": "subsection", "điều": "article", "phụ lục": "appendix",
}  # fmt: skip
_NAMES: dict[UnitKind, str] = {
    "part": "Phần", "chapter": "Chương", "section": "Mục", "subsection": "Tiểu mục", "article": "Điều", "clause": "khoản",
    "point": "điểm", "appendix": "Phụ lục", "heading": "mục",
}  # fmt: skip
_ORDINALS = r"thứ[^\S\n]+[^\W\d_]+(?:[^\S\n]+(?:mươi|mốt|hai|ba|tư|bốn|năm|lăm|sáu|bảy|tám|chín|nhất))*"
_UNIT = rf"""
        (?P<word>Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Tiểu[ ]mục|TIỂU[ ]MỤC|Phụ[ ]lục|PHỤ[ ]LỤC)
        (?:(?:[ ]+|(?<=[ềỀ][uU])\**[ ]?\n(?=\d{{1,3}}[a-zđ]?\.))(?:số[ ]+|SỐ[ ]+)?\**     # saved pages break "**Điều\n2. ...**"
          (?P<label>\d{{1,4}}[a-zđ]?\d?|[IVXLC]+[a-z]?(?:[.-]\d{{1,2}})?|[A-ZĐ]|{_ORDINALS})(?![^\W_]|/\d))?
        (?P<sign>[ *]*(?:[.:/)–-]|(?=[ ]*\**[ ]*$)))?
      | (?P<roman>[IVXL]{{1,6}})[ *]*[./)-](?=[ *]|[^\W\d_])
      | (?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{0,3}})(?P<suffix>[a-zđ]?)[ *]*(?:[.)](?![\d)])|(?<=\.\d)(?=[ ])|(?<=\.\d\d)(?=[ ]))
      | (?P<point>[a-zđ]\d?)[ *]*\)
"""
# The lines that open a unit or may stand at the foot of a paper.  The engine looks for the line end before them as for a
# string, and most lines fail at their first letter: four times as fast as a walk over all lines (November 2026).
_LINE = re.compile(
    rf"""\n[ \t*_#|>]*+(?=[0-9ĐCMPTIVXLNQKD]|[a-zđ][0-9 *)])
    (?:{_UNIT} | (?P<foot>Nơi[ ]nhận|NƠI[ ]NHẬN) | (?P<attached>
        QUY[ ]CHẾ|QUY[ ]ĐỊNH|KẾ[ ]HOẠCH|ĐỀ[ ]ÁN|CHƯƠNG[ ]TRÌNH|ĐIỀU[ ]LỆ|NỘI[ ]QUY|DANH[ ]MỤC|QUY[ ]TRÌNH|PHƯƠNG[ ]ÁN)
        [ \t_*]*$)""",
    re.VERBOSE | re.MULTILINE,
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_DIGITS = re.compile(r"\d+")
_EMPHASIS = re.compile(r"[ \t#|>]*(\*\*|\*)(?!\*?\s*$)", re.MULTILINE)
_SENTENCE_ENDS = (".", ";", ":", ",", "!", "?")
_NAMED_BELOW = ("part", "chapter", "section", "subsection", "appendix")
_SURE_TITLE = 45  # characters: a longer line may be the first of a sentence that the source has broken
_ENDED = (".", ";", ":", "!", "?", "”", '"', "/.", "-", "–", "_", "|")
_ATTACHED = re.compile(r"\W*(?:Ban hành\s+)?[Kk]èm\s+theo")


@dataclass(slots=True)
class _Open:
    """A unit whose end is not known yet."""

    index: int
    level: int
    kind: UnitKind
    label: str
    title: str
    start: int
    parent: int | None
    end: int = -1


def outline(text: str) -> tuple[Unit, ...]:
    """The units of a text in order; empty where it has none.  A unit ends where the next of its level or above begins."""
    found = _Units(text)
    quotes = quotations(text)
    first, last = next(quotes)
    for place, match in _lines(text):
        while place >= last:
            first, last = next(quotes)
        if place < first:
            found.read_line(match, place)
    return found.finished()


def _lines(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines that may open or end a unit: where each begins, and what stands there, with the line end before it."""
    first = _LINE.match("\n" + text.partition("\n")[0])
    if first:
        yield 0, first
    yield from ((match.start() + 1, match) for match in _LINE.finditer(text))


def _opens_unit(line: str) -> bool:
    match = _LINE.match(f"\n{line}")
    return match is not None and not (match["foot"] or match["attached"])


class _Units:
    """The units read so far: a stack of open ones, each of a deeper level than the one below, beside the list of all."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.units: list[_Open] = []
        self.open: list[_Open] = []
        self.after_foot = False

    def finished(self) -> tuple[Unit, ...]:
        self.close(0, len(self.text))
        return tuple(
            _new_unit(kind=u.kind, label=u.label, title=u.title, span=_new_span(u.start, u.end), parent=u.parent)
            for u in self.units
        )

    def read_line(self, match: re.Match[str], place: int) -> None:
        rest = place + len(match[0]) - 1
        last = match.lastgroup  # the last group of each alternative tells which it is
        if last == "suffix":
            self.read_number(match["number"] + match["suffix"], place, rest)
        elif last == "point":
            self.read_point(match["point"], place, rest)
        elif last == "roman":
            self.read_roman(match["roman"], place, rest)
        elif last == "foot":
            self.close(0, place)
            self.after_foot = True
        elif last != "attached":
            self.read_word(match, place, rest)
        elif self.after_foot:
            title = f"{_plain(match[0])} {_title_below(self.text, rest)}"
            self.add("appendix", 0, "", title.strip(), place)

    def line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        return end if end >= 0 else len(self.text)

    def line_above(self, place: int) -> str:
        """The line before the one that begins at `place`, without the marks at its end."""
        return self.text[self.text.rfind("\n", 0, max(place - 1, 0)) + 1 : max(place - 1, 0)].rstrip(" *_")

    def read_word(self, match: re.Match[str], place: int, rest: int) -> None:
        kind = _WORDS[match["word"].lower()]
        end = self.line_end(rest)
        if self.is_heading(kind, match, self.text[rest:end], place):
            self.add(kind, _LEVEL[kind], match["label"] or "", _title(self.text, kind, place, rest, end), place)

    def is_heading(self, kind: UnitKind, match: re.Match[str], words: str, place: int) -> bool:
        """Whether a line that begins with the name of a unit opens it, and is not a sentence that cites one."""
        rest = words.strip(" *_|")
        if kind == "appendix":
            short = len(match[0]) - 1 + len(words) < 300
            return (not rest or rest[0] in "(:.–-" or match["word"].isupper() or bool(match["sign"])) and short
        if not match["label"] or ("\n" in match[0][1:] and "*" not in match[0] and self.text[place - 2 : place] != "\n\n"):
            return False
        if kind == "article":
            return bool(match["sign"]) and self.follows(match["label"], place)
        if match["sign"] or not rest:
            return True
        return rest[0].isupper() and not self.line_above(place).endswith((",", "và", "của", "tại", "theo"))

    def follows(self, label: str, place: int) -> bool:
        """Whether an article's number goes on from the last one; one that jumps must at least begin a paragraph."""
        last = self.sibling(_LEVEL["article"])
        number, before = _value(label)[0], _value(last.label)[0] if last else None
        if before is None or before <= number <= before + 1:
            return True
        return place < 2 or self.text[place - 2] == "\n" or self.line_above(place).endswith(_ENDED)

    def read_roman(self, label: str, place: int, rest: int) -> None:
        """A heading "II. KẾT QUẢ": of a report, or of the plan that an article approves."""
        end = self.line_end(place)
        last = self.sibling(_LEVEL["heading"])
        if not self.text[rest:end].strip(" *_") or _roman(label) not in (1, _roman(last.label) + 1 if last else 1):
            return
        self.add("heading", _LEVEL["heading"], label, _title(self.text, "heading", place, rest, end), place)

    def read_number(self, label: str, place: int, rest: int) -> None:
        depth = label.count(".")
        level = _LEVEL["clause"] + depth
        kind: UnitKind = "heading"
        if self.sibling(_LEVEL["article"]):
            kind = "clause"
            if depth:
                return
        elif self.line_above(place).endswith(","):
            return
        if self.goes_on(label, level, most=2):
            self.add(kind, level, label, _title(self.text, kind, place, rest, self.line_end(place)), place)

    def read_point(self, label: str, place: int, rest: int) -> None:
        if self.sibling(_LEVEL["article"]):
            if self.goes_on(label, _LEVEL["point"], most=4):
                self.add("point", _LEVEL["point"], label, "", place)
        elif self.units and self.goes_on(label, _DEEPEST, most=2):
            self.add("heading", _DEEPEST, label, _title(self.text, "heading", place, rest, self.line_end(place)), place)

    def sibling(self, level: int) -> _Open | None:
        """The open unit of a level: the one before the unit that would open now."""
        for unit in reversed(self.open):
            if unit.level <= level:
                return unit if unit.level == level else None
        return None

    def goes_on(self, label: str, level: int, *, most: int) -> bool:
        """Whether a number or letter goes on from the one before it: numbers in tables and broken lines do not."""
        last = self.sibling(level)
        if last is None:
            return _value(label)[0] <= most
        if "." in label and label.rpartition(".")[0] != last.label.rpartition(".")[0]:
            return True
        return _rises(last.label, label, most=most)

    def add(self, kind: UnitKind, level: int, label: str, title: str, place: int) -> None:
        self.close(level, place)
        parent = self.open[-1].index if self.open else None
        unit = _Open(len(self.units), level, kind, label, title, place, parent)
        self.units.append(unit)
        self.open.append(unit)

    def close(self, level: int, place: int) -> None:
        """Ends all open units of a level and below it.  The foot of a paper ends all: an attachment has numbers of its own."""
        while self.open and self.open[-1].level >= level:
            self.open.pop().end = place


# --- titles -----------------------------------------------------------------------------------------------------------


def _title(text: str, kind: UnitKind, start: int, rest: int, line_end: int) -> str:
    """The heading words of the unit at `start` whose number ends at `rest`; "" where a sentence follows the number."""
    if kind not in _NAMED_BELOW:
        return _heading_words(text, kind, start, rest, line_end)
    words = _plain(text[rest:line_end])
    return words if words and not _ATTACHED.match(words) else _title_below(text, line_end)


def _heading_words(text: str, kind: UnitKind, start: int, rest: int, line_end: int) -> str:
    if text.find("*", start, line_end) >= 0:
        marked = _emphasized(text, start, rest)
        if marked is not None:
            return marked.rstrip(" .:;")
    elif line_end - rest > _SURE_TITLE and kind == "clause" and text[line_end + 1 : line_end + 2].islower():
        return ""  # most clauses are sentences
    if _is_sentence(text[max(rest, line_end - 8) : line_end].rstrip(" \t*_|"), kind):
        return ""  # told before the words are put on one line, which most need not be
    words = _plain(text[rest:line_end])
    if not words or len(words) > 250 or _is_sentence(words, kind):
        return ""
    words = _continued(text, words, line_end, kind)
    if kind == "article":
        words = words.removesuffix(":")
    elif len(words) > _SURE_TITLE and not _stands_alone(text, line_end):
        return ""
    return "" if words[-1:] in _SENTENCE_ENDS or len(words) > 300 else words


def _is_sentence(words: str, kind: UnitKind) -> bool:
    """Whether words end as a sentence does; the name of an article may end in a colon."""
    last = words[-1:]
    return last in _SENTENCE_ENDS and (last != ":" or kind != "article")


def _stands_alone(text: str, line_end: int) -> bool:
    """Whether a line is a paragraph: the text ends after it, or a blank line or a unit follows."""
    following = text[line_end + 1 : line_end + 40].split("\n", 1)[0]
    return not following.strip() or _opens_unit(following)


def _emphasized(text: str, start: int, rest: int) -> str | None:
    """The words in the same bold or italics as the number; ``None`` where the number is not marked at all."""
    opening = _EMPHASIS.match(text, start)
    if opening is None:
        return None
    mark = opening[1]
    close = text.find(mark, opening.end(), rest + 400)
    while close >= 0 and text.startswith(mark, close + len(mark)):
        close = text.find(mark, close + 2 * len(mark), rest + 400)
    return _plain(text[rest:close]) if close >= rest else ""


def _continued(text: str, words: str, line_end: int, kind: UnitKind) -> str:
    """Words with the lines that go on with them, where the source breaks its lines; "" where they become a sentence."""
    for _ in range(4):
        if words[-1] in _SENTENCE_ENDS or not text[line_end + 1 : line_end + 2].islower():
            break
        next_end = text.find("\n", line_end + 1)
        next_end = len(text) if next_end < 0 else next_end
        line = text[line_end + 1 : min(next_end, line_end + 300)]
        if ")" not in line[:8] and _is_sentence(line.rstrip(" \t*_|"), kind):
            return ""
        more = _plain(line)
        if not more or ")" in more[1:3]:
            break
        words, line_end = f"{words} {more}", next_end
    return words


def _title_below(text: str, line_end: int) -> str:
    """The lines under "Chương I" up to the next unit, a blank line after words, or the end of the capitals."""
    found: list[str] = []
    for line in text[line_end + 1 : line_end + 600].split("\n")[:8]:
        words = _plain(line)
        if not words and not found:
            continue
        if not words or _opens_unit(line) or _ATTACHED.match(words) or (found and not words.isupper()):
            break
        found.append(words)
        if not words.isupper() and not words[-1:].islower():
            break
    title = " ".join(found)
    return title if len(title) <= 300 and title[-1:] not in (".", ";") else ""


def _plain(words: str) -> str:
    """Words on one line, without markup and the sign after a number."""
    for mark, instead in (("*", ""), ("|", " "), ("_", " ")):
        if mark in words:
            words = words.replace(mark, instead)
    return " ".join(words.split()).lstrip(" .:–-")


# --- numbers and letters ----------------------------------------------------------------------------------------------


def _rises(last: str, label: str, *, most: int) -> bool:
    """Whether a label goes on from the last one of its level: by one, or by `most` where some were lost."""
    value, before = _value(label.rpartition(".")[2]), _value(last.rpartition(".")[2])
    return before < value and value[0] <= before[0] + most


def _roman(label: str) -> int:
    """The number that Roman digits make: 4 for IV."""
    digits = [_ROMAN[digit] for digit in label]
    return sum(-one if one < after else one for one, after in pairwise([*digits, 0]))


@lru_cache(maxsize=4096)
def _value(label: str) -> tuple[int, str]:
    """A number or letter for comparison: "5a" after "5", "đ" after "d"; -1 for words ("thứ nhất")."""
    digits = _DIGITS.match(label)
    if digits:
        return int(digits[0]), label[digits.end() :]
    return (_LETTERS.find(label[0]) + 1, label[1:]) if label[0] in _LETTERS else (-1, label)


# --- addresses --------------------------------------------------------------------------------------------------------


def pinpoint_at(units: Sequence[Unit], offset: int) -> str | None:
    """The address of the place `offset` as the law writes it: "điểm a khoản 2 Điều 5"; ``None`` outside all units.

    Parts, chapters and sections are left out where an article says enough; in a report the headings are told from the
    inmost outwards ("mục 2 mục I").
    """
    inmost = _inmost(units, offset)
    if inmost is None:
        return None
    chain = list(_upwards(units, inmost))
    if any(unit.kind == "article" for unit in chain):
        chain = [unit for unit in chain if unit.kind in ("point", "clause", "heading", "article", "appendix")]
    return " ".join(f"{_NAMES[unit.kind]} {unit.label}".strip() for unit in chain)


def _inmost(units: Sequence[Unit], offset: int) -> int | None:
    """The index of the smallest unit that holds a place: found among those that begin before it, from the last upwards."""
    last = bisect_right(units, offset, key=lambda unit: unit.span.start) - 1
    index: int | None = last if last >= 0 else None
    while index is not None and units[index].span.end <= offset:
        index = units[index].parent
    return index


def _upwards(units: Sequence[Unit], index: int | None) -> Iterator[Unit]:
    while index is not None:
        yield units[index]
        index = units[index].parent


def find_unit(units: Sequence[Unit], parts: Sequence[tuple[UnitKind, str]]) -> Unit | None:
    """The unit at an address such as ``(("article", "5"), ("clause", "2"), ("point", "a"))``; ``None`` where there is none.

    The last part is the unit sought; the others must be around it.  A unit of the paper itself goes before one of an
    attachment.
    """
    if not parts:
        return None
    *around, (kind, label) = parts
    attached = None
    for index, unit in enumerate(units):
        if unit.kind != kind or unit.label != label:
            continue
        above = list(_upwards(units, unit.parent))
        if all(any(u.kind == k and u.label == name for u in above) for k, name in around):
            if not any(u.kind == "appendix" for u in above):
                return unit
            attached = attached if attached is not None else index
    return None if attached is None else units[attached]
