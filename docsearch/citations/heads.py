"""The words before a number: its type ("Nghị định", "NĐ"), the marker "số", or a word that forbids it ("Mẫu số")."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from docsearch.registry import doctypes
from docsearch.vietnamese import fold

_REACH = 96  # characters looked at before a number
_MARKS = " \t\n*_:.,|\u200b"
_OPENING = "([{“\"‘'«*_-+–:|,;"
_MARKERS = {"số", "sổ", "sô", "so", "sồ", "sỏ", "sộ", "ố"}


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
    return full, {fold(name): value for name, value in full.items()}, short, look_alike


@cache
def _clipped() -> dict[str, str]:
    """First halves of two-word types that lost the second: "Nghị số 24/2013/NQ-HĐND"; which type, the symbol says."""
    return {name.split()[0].lower(): name for name in _words()[0] if name.count(" ") == 1 and name[0] in "nqtck"}


def read_head(text: str, at: int) -> Head:
    """The head of the number that begins at `at`; a number without any has ``Head(at, None)``."""
    offset = _near_head(text[max(0, at - 17) : at])
    if offset is not None:
        return offset._replace(start=at - offset.start)
    return _far_head(text, at)


@lru_cache(maxsize=8192)
def _near_head(left: str) -> Head | None:
    """The head when it fits in the few characters before the number, `start` counted back from it; most numbers."""
    words = left.split()
    if len(words) < 3 or words[-1] not in {"số", "Số"} and words[-1] not in _words()[2]:
        return None
    if words[-1] in _words()[2]:
        return None
    doctype = _words()[0].get(f"{words[-3]} {words[-2]}".lower())
    if doctype is None:
        return None
    start = left.rfind(words[-3], 0, left.rfind(words[-2]))
    if start < 1 or left[start - 1].isalnum():
        return None
    return Head(len(left) - start, doctype, marker=True, capital=words[-1] == "Số")


def _far_head(text: str, at: int) -> Head:
    words = _words_before(text, at)
    start, marker, capital = at, False, False
    if (
        words
        and fold(words[-1][0].strip(_MARKS)) in {"so", "s6"}
        and words[-1][0].strip(_MARKS + _OPENING).lower() in _MARKERS | {"s6"}
    ):
        word, place = words.pop()
        lead = len(word) - len(word.lstrip(_OPENING))
        start, marker, capital = place + lead, True, word[lead : lead + 1] == "S"
        if words and words[-1][0].strip(_MARKS).lower() == "số":  # "số số", "số: số"
            words.pop()
    named = _type_at_end(words, close=True) or _look_alike(words)
    if named is None and marker:
        named = _behind_modifiers(words)
    if named is None:
        return Head(start, None, marker, capital)
    return named._replace(marker=marker, capital=capital)


def _words_before(text: str, at: int) -> list[tuple[str, int]]:
    """The words before `at` with their places, last one last; a blank cell or heading mark is no word."""
    low = max(0, at - _REACH)
    return [(m[0], low + m.start()) for m in re.finditer(r"\S+", text[low:at]) if m[0].strip(_MARKS)]


def _type_at_end(words: list[tuple[str, int]], *, close: bool) -> Head | None:
    """The type whose words end `words`, the longest first: four words, three, two, one."""
    full, folded, short, _ = _words()
    for count in (4, 3, 2, 1):
        if len(words) < count:
            continue
        first, place = words[-count]
        lead = len(first) - len(first.lstrip(_OPENING))
        phrase = " ".join([first[lead:], *(w for w, _ in words[len(words) - count + 1 :])]).strip(_MARKS)
        doctype = full.get(phrase.lower()) or (short.get(phrase) if count == 1 else None)
        if doctype is None and count > 1 and close:
            doctype = folded.get(fold(phrase))
        if doctype is not None:
            return Head(place + lead, doctype)
    return None


def _look_alike(words: list[tuple[str, int]]) -> Head | None:
    kinds = _words()[3]
    for count in (2, 1):
        phrase = " ".join(w.strip(_OPENING + _MARKS) for w, _ in words[-count:]).lower()
        if len(words) >= count and phrase in kinds:
            return Head(words[-count][1], None, forbidden=kinds[phrase])
    return None


_STOPS = {"và", "theo", "tại", "là", "có", "được", "hoặc", "với", "cho", "trong", "căn", "kèm"}


def _behind_modifiers(words: list[tuple[str, int]]) -> Head | None:
    """The type with words between it and "số": "Báo cáo thẩm tra số", "văn bản đề ngày 29 tháng 10 năm 2025 số"."""
    for back in range(1, min(10, len(words) - 1)):
        word = words[-back][0]
        if not _modifies(word):
            return None
        named = _type_at_end(words[:-back], close=False)
        if named is not None and (back <= 3 or words_capital(words, named)):
            return named
    return None


def words_capital(words: list[tuple[str, int]], named: Head) -> bool:
    """Whether the type word of `named` begins with a capital: far from its number, only then is it the type."""
    return any(place <= named.start < place + len(word) and word.lstrip(_OPENING)[:1].isupper() for word, place in words)


def _modifies(word: str) -> bool:
    plain = word.strip("*_")
    if plain[-1:] in '.,;:)]”"' or plain in _STOPS:
        return False
    return plain.islower() or plain.isdigit() or plain[:4] in {"UBND", "HĐND"} or "/" in plain


def clipped_head(text: str, head: Head, doctype: str) -> Head:
    """`head` with the half of a type word that was left standing: "Nghị số 24/2013/NQ-HĐND" begins at "Nghị"."""
    words = _words_before(text, head.start)
    if words and doctype.lower().startswith(words[-1][0].lower() + " "):
        return Head(words[-1][1], doctype, head.marker, head.capital)
    return head
