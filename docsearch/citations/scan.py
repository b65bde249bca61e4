"""All mentions of one official instrument each, in text order: the first stage of citation reading.

The text is walked a few times from left to right by patterns that begin at something rare (a digit with a separator, the
word "Luật"); what stands round each find is then read in a bounded window.  So the time is linear in the text, and plain
prose costs next to nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from docsearch.citations.dates import Date, date_after, date_before, date_behind_issuer, date_between, date_passed
from docsearch.citations.digits import find_digits, shared_year
from docsearch.citations.enumerations import settle, share_dates
from docsearch.citations.found import Found
from docsearch.citations.names import amending_name, find_names
from docsearch.citations.numbers import find_numbers
from docsearch.citations.own import is_own, number_lines, read_own
from docsearch.citations.symbols import read_symbol
from docsearch.model import Metadata


class Scanned(NamedTuple):
    """The mentions of other instruments, and those of the document itself (its number in an annex heading)."""

    founds: list[Found]
    selves: list[Found]


def scan(text: str, own: Metadata | None = None) -> Scanned:
    """Every mention of an instrument in `text`, by number, by digits and by name, with its date."""
    numbers, loose = find_numbers(text)
    lines = number_lines(text, numbers, loose)
    names = find_names(text, {found.number_start: found for found in numbers})
    apart = {id(found) for found in lines}
    founds = _merge([f for f in numbers if id(f) not in apart], names + find_digits(text, numbers))
    inside = _inside_names(founds)
    for found in founds:
        if found.kind != "name" and id(found) not in inside:
            _attach_date(text, found)
    founds = settle(text, founds, {key: one for key, one in loose.items() if one.found.name is None})
    share_dates(text, founds)
    for found in founds:
        if found.issued is None and id(found) not in inside:
            _detached_date(text, found)
    myself = read_own(text, lines, own)
    scanned = Scanned([], [])
    for found in founds:
        (scanned.selves if is_own(found, myself) else scanned.founds).append(found)
    return scanned


def _merge(numbers: list[Found], others: list[Found]) -> list[Found]:
    """All in text order, the wider first where two begin together; a mention by digits inside another is dropped."""
    every = sorted({id(f): f for f in numbers + others}.values(), key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for found in every:
        if kept and found.kind != "name" and found.name is None and found.start < kept[-1].end and found.end <= kept[-1].end:
            continue
        kept.append(found)
    return kept


def _inside_names(founds: list[Found]) -> set[int]:
    """The identities of the laws that stand inside another one's name: a date behind them is that one's."""
    inside, reach = set(), 0
    for found in founds:
        if found.end <= reach:
            inside.add(id(found))
        reach = max(reach, found.end)
    return inside


def _attach_date(text: str, found: Found) -> None:
    date = date_after(text, found.end)
    if date is None and found.number_start - found.start > 22:
        date = date_between(text, found.start, found.number_start)
    if date is not None and _fits(found, date):
        found.end = max(found.end, date.end)
        _set(found, date)
    if found.name is None and found.doctype in {"Luật", "Bộ luật", "Pháp lệnh"}:
        found.name = amending_name(text, found)


def _fits(found: Found, date: Date) -> bool:
    """A lone year must not contradict the year between the slashes."""
    symbol = read_symbol(str(found.number))
    return len(date.issued) > 4 or symbol is None or symbol.year is None or date.issued == str(symbol.year)


def _detached_date(text: str, found: Found) -> None:
    if found.kind == "name":
        date = date_passed(text, found.end)
        if date is not None:
            _set(found, date)
        return
    date = date_behind_issuer(text, found.end) or date_before(text, found.start)
    if date is not None:
        _set(found, date)
    elif found.kind == "digits" and (year := shared_year(text, found.end)):
        found.issued, found.issued_start, found.issued_end = year


def _set(found: Found, date: Date) -> None:
    found.issued, found.issued_start, found.issued_end = date.issued, date.start, date.end
