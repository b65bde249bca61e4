"""References in the form of the official codification (pháp điển), which puts title, date and issuer behind the number.

"(Điều 1 Thông tư số 20/2009/TT-BCT Quy định ... ngày 07/07/2009 của Bộ Công Thương, có hiệu lực thi hành kể từ ngày
11/10/2009)": the last date with "của" before ", có hiệu lực" is that of the paper, whatever dates its title holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from docsearch.citations.dates import Date, date_after
from docsearch.citations.found import Found
from docsearch.citations.issuers import office_name, tidy

_OPENING: Final = "(Điều "
_FAR: Final = 16  # characters between the bracket and the mention: "(Điều 105 Phụ lục "
_LONGEST: Final = 1500  # characters from the number to "có hiệu lực"; titles of 900 were seen
_IN_FORCE = re.compile(r",\s+có\s+hiệu\s+lực")
_ISSUED = re.compile(r"\s(?=ngày\s+\d)")
_OF = re.compile(r"\s+của\s+")


class Codified(NamedTuple):
    """One mention in this form, its date, and where its issuer begins and ends."""

    found: Found
    date: Date
    issuer_start: int
    issuer_end: int


def entitle(text: str, founds: Sequence[Found]) -> list[Codified]:
    """The mentions in this form, each with the words between its number and its date as title."""
    if _OPENING not in text:
        return []
    codified = []
    for found in founds:
        if found.number is not None and text.find(_OPENING, max(0, found.start - _FAR), found.start) >= 0:
            codified += _read(text, found)
    for found, date, *_ in codified:
        start = found.number_end + len(text[found.number_end : date.start]) - len(text[found.number_end : date.start].lstrip())
        if start < date.start - 1:
            found.title_start, found.title_end, found.title = start, date.start - 1, tidy(text[start : date.start])
    return codified


def _read(text: str, found: Found) -> list[Codified]:
    """The mention with its date and issuer; nothing where the words behind it are not of this form."""
    stop = text.find("\n\n", found.number_end, found.number_end + _LONGEST)
    in_force = _IN_FORCE.search(text, found.number_end, stop if stop >= 0 else found.number_end + _LONGEST)
    if in_force is None:
        return []
    for issued in reversed(list(_ISSUED.finditer(text, found.number_end, in_force.start()))):
        date = date_after(text, issued.start(), bare_year=False)
        of = _OF.match(text, date.end) if date else None
        if date is not None and of is not None:
            return [Codified(found, date, of.end(), in_force.start())]
    return []


def issue(text: str, codified: list[Codified]) -> None:
    """Set date and issuer of each, which stand behind all that the title names: once the nesting is known."""
    for found, date, start, end in codified:
        found.issued, found.issued_start, found.issued_end = date.issued, date.start, date.end
        found.issuer, found.issuer_start, found.issuer_end = office_name(text[start:end]), start, end
