"""The words before a number: its type ("Nghị định", "NĐ"), the marker "số", or a word that forbids it ("Mẫu số")."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from docsearch.citations.issuers import phrase_at
from docsearch.citations.offices import OFFICE
from docsearch.misread import Phrases
from docsearch.registry import doctypes
from docsearch.vietnamese import fold

_REACH = 96  # characters looked at before a number
_NEAR = 19  # enough for "ứ Quyết định số ": two words, the marker, and the end of the word before
_MARKS = " \t\n*_:.,|\u200b"
_OPENING = "([{“\"‘'«*_-+–:|,;"
_CLOSING = " \t\n*_:|"  # may stand between a type and its number; a full stop or comma ends the sentence that named it
_EDGE = _MARKS + _OPENING
_NOISY = {
    "so",
    "s6",
    "dinh",
    "quyet",
    "thi",
    "tu",
    "van",
    "hoach",
    "trinh",
    "cao",
    "bao",
    "luan",
    "dien",
    "lenh",
    "o",
    "s",
}  # read by OCR
_MARKERS = {"số", "sổ", "sô", "so", "sồ", "sỏ", "sộ", "só", "sõ", "sò", "ố", "s", "s6"}
_SURE_MARKERS = {"số", "sổ", "sô", "sồ", "sộ"}  # the others are so only behind a type


class Head(NamedTuple):
    """What stands before a number.

    `start`: where the mention begins (type word, else "số", else the number).  `doctype`: the standard word or ``None``.
    `marker`: "số" is there; `capital`: as "Số".  `forbidden`: the kind of look-alike ("form", "permit" ...) or "".
    """

    start: int
    doctype: str | None
    marker: bool = False
    capital: bool = False
    forbidden: str = ""


@cache
def _words() -> tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, str]]:
    """Type by full words in lower case, by the same folded, by short form as written; look-alike kind by full words."""
    full: dict[str, str] = {}
    short: dict[str, str] = {}
    look_alike: dict[str, str] = {}
    for kind in doctypes():
        words = full if kind.kind == "directive" else look_alike
        for name in (kind.name, *kind.forms):
            words[name.lower()] = kind.name if kind.kind == "directive" else kind.kind
        short.update(dict.fromkeys(kind.short, kind.name))
    for name, sort in list(look_alike.items()):  # "Bieu so", as papers without marks have it
        look_alike.setdefault(fold(name), sort)
    return full, {fold(name): value for name, value in full.items()}, short, look_alike


def read_head(text: str, at: int) -> Head:
    """The head of the number that begins at `at`; a number without any has ``Head(at, None)``."""
    near = _near_head(text[max(0, at - _NEAR) : at])
    if near is None:
        return _far_head(text, at)
    return Head(at - near.start, near.doctype, near.marker, near.capital)


@cache
def _last_words() -> frozenset[str]:
    """Last words, in lower case, of types and look-alikes: only behind these, and behind "số", is it worth looking further."""
    full, _, short, look_alike = _words()
    return frozenset({name.split()[-1] for name in (*full, *look_alike)} | {name.lower() for name in short})


@lru_cache(maxsize=8192)
def _may_end(word: str) -> bool:
    """Whether a type, a look-alike or a marker may end in `word`, also as OCR reads it."""
    plain = word.strip(_EDGE)
    return plain.lower() in _last_words() or fold(plain) in _NOISY


@lru_cache(maxsize=16384)
def _near_head(left: str) -> Head | None:
    """The head within the few characters `left` of the number, `start` counted back; ``None``: look further.

    Contexts repeat ("Nghị định số "), so most numbers are answered from memory.
    """
    words = left.split()
    if not words:
        return Head(0, None)
    if words[-1].lower() in {"số", "số:"} and len(words) > 1:
        return _near_marker(left, words)
    last = len(words) - (not words[-1].strip(_MARKS))  # emphasis, or a colon by itself, is no word
    if last > 1 and words[last - 1].strip(_MARKS) and not _may_end(words[last - 1]):
        return Head(0, None)
    if last < 3 or last < len(words):
        return None
    return _two_words(left, words[-2], words[-1])


def _near_marker(left: str, words: list[str]) -> Head | None:
    """The head whose marker "số" is the last of `words`."""
    marker, last = words[-1], words[-2]
    if marker.startswith("Số") and not _may_end(last):  # a number line: "Số: 12/BC-UBND"
        return Head(len(left) - left.rfind(marker), None, marker=True, capital=True)
    if len(words) < 4:
        return None
    if last == "Luật" and words[-3].lower() != "bộ":
        return Head(len(left) - left.rfind(last), "Luật", marker=True, capital=marker[0] == "S")
    head = _two_words(left, words[-3], last)
    return head and head._replace(marker=True, capital=marker[0] == "S")


def _two_words(left: str, first: str, last: str) -> Head | None:
    """The type of two words that ends `left` but for a marker; "Thông báo kết luận" is one of more words."""
    doctype = _words()[0].get(f"{first} {last}".lower())
    if doctype is None or doctype == "Kết luận":
        return None
    return Head(len(left) - left.rfind(first, 0, left.rfind(last)), doctype)


def _far_head(text: str, at: int) -> Head:
    """The head by all the words before the number: several markers, words between type and "số", noise."""
    left = text[max(0, at - _REACH) : at]
    words = left.split()
    if "|" in left or "*" in left or "_" in left or ":" in left:
        words = [word for word in words if word.strip(_MARKS)]
    if not words:
        return Head(at, None)
    marker, capital, count = _marker(words)
    if count and words[-1].strip(_EDGE).lower() not in _SURE_MARKERS:
        behind = words[:-count]
        marker = (_type_at_end(behind) or _misread_type(behind)) is not None or _look_alike(behind) != ""
        capital, count = capital and marker, count if marker else 0
    words = words[: len(words) - count]
    forbidden, named = "", _type_at_end(words)
    if named is None:
        forbidden = _look_alike(words)
    if named is None and marker and not forbidden:
        named = _behind_modifiers(words)
        forbidden = "" if named else _form_behind_modifiers(words)
        named = named if named or forbidden else _misread_type(words)
    if named is None:
        return Head(_place(left, words, 0, at, marker), None, marker, capital, forbidden)
    return Head(_place(left, words, named[0], at, marker), named[1], marker, capital)


def _place(left: str, words: list[str], behind: int, at: int, marker: bool) -> int:
    """Where the word stands that is the `behind`-th from the end of `words` (0: the marker after them, or the number)."""
    stop = len(left)
    if behind == 0 and not marker:
        return at
    if behind == 0:  # the marker is the first word after them
        stop = _after(left, words)
        return at - len(left) + stop
    for word in reversed(words[len(words) - behind :]):
        stop = left.rfind(word, 0, stop)
    return at - len(left) + stop + _lead(words[-behind])


def _after(left: str, words: list[str]) -> int:
    """The place in `left` of the first letter after the last of `words`."""
    stop = left.rfind(words[-1]) if words else 0
    rest = left[stop + (len(words[-1]) if words else 0) :]
    return len(left) - len(rest) + len(rest) - len(rest.lstrip(_EDGE + "|"))


def _lead(word: str) -> int:
    """How many opening marks stand before a word: "(Nghị" has one."""
    return len(word) - len(word.lstrip(_OPENING))


def _marker(words: list[str]) -> tuple[bool, bool, int]:
    """Whether `words` end in "số", whether in "Số", and how many words that takes ("số số" is two)."""
    last = words[-1].strip(_EDGE)
    if last.lower() not in _MARKERS:
        return False, False, 0
    doubled = len(words) > 1 and words[-2].strip(_EDGE).lower() == "số"
    return True, last[0] == "S", 1 + doubled


_Named = tuple[int, str]  # how many words from the end it begins, and the type


def _type_at_end(words: list[str]) -> _Named | None:
    """The type whose words end `words`, the longest first: four words, three, two, one."""
    full, folded, short, _ = _words()
    if not words:
        return None
    if not _may_end(words[-1]):
        return None
    for count in (4, 3, 2, 1):
        if len(words) < count:
            continue
        first = words[-count].lstrip(_OPENING)
        if not first:  # the dash of a list
            continue
        phrase = " ".join([first, *words[len(words) - count + 1 :]]).strip(_CLOSING)
        doctype = full.get(phrase.lower()) or (short.get(phrase) if count == 1 else folded.get(fold(phrase)))
        if doctype is not None:
            return count, doctype
    return None


@cache
def _phrases() -> Phrases:
    return Phrases(name for name in _words()[0] if " " in name)


def _misread_type(words: list[str]) -> _Named | None:
    """The type that ends `words` but for one slip of a scan: "Nghị địnb", "Qu yết định"."""
    for count in (2, 3, 1):
        meant = _phrases().meant(" ".join(words[-count:]).strip(_EDGE)) if len(words) >= count else None
        if meant is not None:
            return count, _words()[0][meant]
    return None


# Words that also end names of offices and laws: "Văn phòng", "Luật ... quốc phòng", "Đài Truyền hình".
_PLACES = {"phòng", "nhà", "hình", "mã", "thẻ", "lô", "kỳ", "bảng"}


_BARE_PLACES = {fold(word) for word in _PLACES}


def _look_alike(words: list[str]) -> str:
    """The kind of look-alike in which `words` end; "place" where the word may also end the name of an office; "" for none."""
    if not words or not _may_end(words[-1]):
        return ""
    kinds = _words()[3]
    for count in (2, 1):
        phrase = " ".join(word.strip(_EDGE) for word in words[-count:]).lower()
        if len(words) >= count and phrase in kinds:
            return "place" if phrase in _PLACES or phrase in _BARE_PLACES else kinds[phrase]
    return ""


_STOPS = {"và", "theo", "tại", "là", "có", "được", "hoặc", "với", "cho", "trong", "căn", "kèm"}


def _behind_modifiers(words: list[str]) -> _Named | None:
    """The type with words between it and "số": "Báo cáo thẩm tra số", "văn bản đề ngày 29 tháng 10 năm 2025 số"."""
    capitals = " ".join(words[-3:]).isupper()  # a text in capitals, where they say nothing of a word
    for back in range(1, min(10, len(words) - 1)):
        if not _modifies(words[-back].lower() if capitals else words[-back]):
            return None
        named = _type_at_end(words[:-back]) if _may_end(words[-back - 1]) else None
        if named is not None and _belongs(words, back, named[0], capitals):
            return named[0] + back, named[1]
    return None


_FORMS = {"phiếu", "mẫu", "biểu", "tờ khai", "hóa đơn", "hoá đơn", "giấy phép", "giấy chứng nhận", "giấy xác nhận"}
_FORM_ENDS = {form.split()[-1] for form in _FORMS} | {""}  # "": marks alone, which are passed over


def _form_behind_modifiers(words: list[str]) -> str:
    """A form with words between it and "số": "phiếu kết quả số", "Giấy phép khai thác khoáng sản số"."""
    kinds = _words()[3]
    for back in range(1, min(7, len(words))):
        if not _modifies(words[-back].lower()):
            return ""
        if words[-back - 1].strip(_EDGE).lower() not in _FORM_ENDS:
            continue
        for count in (3, 2, 1):
            phrase = " ".join(words[-back - count : -back]).strip(_EDGE).lower()
            if phrase in _FORMS and phrase in kinds:
                return kinds[phrase]
    return ""


def _belongs(words: list[str], back: int, length: int, capitals: bool) -> bool:
    """Whether so many words may stand between a type and its marker: a few, or a type with a capital, or a date."""
    opens = words[-back - length].lstrip(_OPENING)[:1].isupper() and not capitals
    return back <= 3 or opens or _dates(words[-back:])


def _dates(words: list[str]) -> bool:
    """Whether the words between a type and its number are a date: "đề ngày 29 tháng 10 năm 2025"."""
    return "ngày" in words[:2] or "NGÀY" in words[:2]


@lru_cache(maxsize=8192)
def _modifies(word: str) -> bool:
    plain = word.strip("*_")
    if plain[-1:] in '.,;:)]”"' or plain in _STOPS:
        return False
    return plain.islower() or plain.isdigit() or plain[:4] in {"UBND", "HĐND"} or plain.replace("/", "").isdigit()


def claimed_head(text: str, head: Head, doctype: str) -> Head:
    """`head` with the type that the symbol names, where that word opens the same clause: "Báo cáo tiếp thu, giải trình số"."""
    low = max(0, head.start - 70)
    left = text[low : head.start]
    place = max(left.rfind(doctype), left.rfind(doctype[0].lower() + doctype[1:]))
    between = left[place + len(doctype) :]
    if place < 0 or any(mark in between for mark in ".;:()\n\n") or any(sign.isdigit() for sign in between):
        return head
    return Head(low + place, doctype, head.marker, head.capital)


def clipped_head(text: str, head: Head, doctype: str) -> Head:
    """`head` with the half of a type word that was left standing: "Nghị số 24/2013/NQ-HĐND" begins at "Nghị"."""
    left = text[max(0, head.start - 16) : head.start]
    last = left.split()[-1:]
    if last and doctype.lower().startswith(last[0].lower() + " "):
        return Head(head.start - len(left) + left.rfind(last[0]), doctype, head.marker, head.capital)
    return head


@cache
def _issued_pattern() -> re.Pattern[str]:
    names = sorted({name for name in _words()[0] if len(name) > 5}, key=len, reverse=True)
    kinds = "|".join(name.replace(" ", r"\s+") for name in names)
    return re.compile(
        rf"(?<!\w)(?P<kind>(?i:{kinds}))\s+(?:(?:của|giữa)\s+(?=(?:[Ll]iên\s+[BbSsTtNn]|{OFFICE}))|(?=(?:[Ll]iên\s+[Bb]ộ(?!\w)|{OFFICE})))"
    )


def issued_head(text: str, head: Head) -> Head:
    """`head` with the type, where the issuer stands between it and "số": "Thông tư của liên Bộ Y tế - Tài chính số"."""
    low = max(0, head.start - _ISSUED_REACH)
    for match in _issued_pattern().finditer(text, low, head.start):
        phrase = phrase_at(text, match.end())
        if phrase is not None and not text[phrase.end : head.start].strip(_MARKS):
            return Head(match.start(), _words()[0][" ".join(match["kind"].lower().split())], head.marker, head.capital)
    return head


_ISSUED_REACH = 140  # the names of three ministries
