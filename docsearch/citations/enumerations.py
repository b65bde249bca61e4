"""Lists that share one type word: "các Nghị định số A, B và C" is three mentions; the first lends type and date.

Vietnamese lists leave out the type, then "số", and put the date or the issuer once, at the end (Phụ lục I of
Nghị định 30/2020/NĐ-CP allows the short form for the second mention).
"""

from __future__ import annotations

import re

from docsearch.citations.found import Found
from docsearch.citations.numbers import Loose, stands_alone
from docsearch.citations.symbols import read_symbol

_JOINT = re.compile(
    r"[\s*_]*(?:(?:của|do)\s[^.;:]{2,100}?)?[\s*_]*(?:\([^()]{0,80}\)[\s*_]*)?"
    r"(?:[,;/+&]|[-–]|và|hoặc|đến|tới|,\s*và|;\s*và)[\s*_]*(?:(?:các|từ)\s+)?(?:(?:số|Số)[\s*_:]*)?",
    re.IGNORECASE,
)
_WITH_TITLE = re.compile(r"[^.\n]{0,200}(?:[,;]|và)\s*(?:số|Số)[\s:]*")
_FAR = 260


def settle(text: str, founds: list[Found], loose: dict[int, Loose]) -> list[Found]:
    """`founds` with the members of lists joined to their head, and those dropped that neither belong nor stand alone."""
    kept: list[Found] = []
    for found in founds:
        one = loose.get(id(found))
        if one is None or "type-clipped" in found.flags:
            kept.append(found)
        elif kept and _continues(text, kept[-1], found):
            _join(kept, found, one)
            kept.append(found)
        elif stands_alone(one):
            found.doctype = found.doctype or _unnamed(one)
            kept.append(found)
    return kept


def _unnamed(one: Loose) -> str | None:
    """The type of a number that names none: a dispatch, whose symbol holds no type, or a resolution or law."""
    return None if one.symbol.legislature else "Công văn"


def _continues(text: str, previous: Found, found: Found) -> bool:
    """Whether only a joint stands between two numbers."""
    at = max(previous.end, previous.issued_end)
    gap = text[at : found.number_start]
    if len(gap) > _FAR or previous.number is None or not gap.strip(" \n*_"):
        return False
    return bool(_JOINT.fullmatch(gap)) or (found.start < found.number_start and bool(_WITH_TITLE.fullmatch(gap)))


def _join(kept: list[Found], found: Found, one: Loose) -> None:
    """Make `found` a member of the list of the last mention kept: type and head come from there."""
    previous = kept[-1]
    found.head = previous.head if previous.head >= 0 else len(kept) - 1
    first = kept[found.head]
    if one.symbol.doctype in {None, _type_in(first)} or first.doctype == "Văn bản":
        found.doctype = first.doctype


def _type_in(found: Found) -> str | None:
    """The type that the symbol of `found` holds."""
    symbol = read_symbol(str(found.number))
    return symbol.doctype if symbol else None


def share_dates(text: str, founds: list[Found]) -> None:
    """Give the date at the end of a list to its members without one: "01/2026/TT-BCT, 02/2026/TT-BCT ngày 17/01/2026".

    Not where the year between slashes says otherwise.  Two papers of one office joined by "và" share as well.
    """
    for index in range(len(founds) - 2, -1, -1):
        found, after = founds[index], founds[index + 1]
        if found.issued or not after.issued or found.number is None or after.issued_start < after.number_end:
            continue
        if (after.head >= 0 or _pair(text, found, after)) and _same_year(found, after.issued):
            found.issued, found.issued_start, found.issued_end = after.issued, after.issued_start, after.issued_end


def _pair(text: str, found: Found, after: Found) -> bool:
    if after.number is None or found.end > after.start or text[found.end : after.start].strip(" \n*_") != "và":
        return False
    return str(found.number).rpartition("-")[2] == after.number.rpartition("-")[2] and "/" in str(found.number)


def _same_year(found: Found, issued: str) -> bool:
    symbol = read_symbol(str(found.number))
    return symbol is None or symbol.year is None or issued.startswith(str(symbol.year))
