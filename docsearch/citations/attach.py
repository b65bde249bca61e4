"""What stands round each mention: its issuer, the date that stands away from the number, its pinpoint and its subject.

The second stage.  Each mention is read with bounded windows to its left and right, so the whole is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docsearch.citations.dates import unread_date
from docsearch.citations.found import Found
from docsearch.citations.issuers import Phrase, issuer_after, office_name, phrase_at, tidy
from docsearch.citations.offices import OFFICE, SPACE
from docsearch.citations.pins import pin_after, pin_before
from docsearch.citations.subjects import Subject, subject_before
from docsearch.citations.titles import title_after
from docsearch.notation import iso_date

_DATE_AFTER = re.compile(
    rf"""{SPACE}*,?{SPACE}*(?:ký{SPACE}+)?ngày{SPACE}+(\d{{1,2}}){SPACE}*(?:[/.-]|tháng){SPACE}*(\d{{1,2}}){SPACE}*(?:[/.-]|năm){SPACE}*(\d{{4}})(?!\d)""",
    re.IGNORECASE,
)
_JOINT: Final = frozenset({"Thông tư liên tịch", "Nghị quyết liên tịch"})
_LAW: Final = frozenset({"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"})


def attach(text: str, founds: Sequence[Found]) -> None:
    """Fill in issuer, detached date, pinpoint and subject of each mention, as far as the text states them."""
    low = 0
    last = len(founds) - 1
    for index, found in enumerate(founds):
        high = founds[index + 1].start if index < last else len(text)
        _attach_one(text, found, low if low <= found.start else _last_end(founds, index), max(high, found.end))
        low = max(low, found.end)


def _last_end(founds: Sequence[Found], index: int) -> int:
    """Where the mention before one ends that stands inside a name; that name's head where it is the first there."""
    before, start = founds[index - 1], founds[index].start
    return before.end if before.end <= start else before.start


def _attach_one(text: str, found: Found, low: int, high: int) -> None:
    tail = _read_issuer(text, found)
    pin = pin_before(text, min(low, found.start), found.start) or pin_after(text, found.start, tail, high)
    if pin is not None:
        found.pinpoint_start, found.pinpoint_end = pin
        found.pinpoint = tidy(text[pin.start : pin.end])
    if found.issuer is None:
        _read_subject(text, found, low)
    finite = found.pinpoint is not None or (found.issuer_end < found.end and found.issued is None)
    title = title_after(text, tail, finite=finite)
    if title is not None:
        found.title_start, found.title_end = title


def _read_issuer(text: str, found: Found) -> int:
    """Set the issuer that follows the mention and a date after it; return where the tail of the mention ends."""
    joint = found.doctype in _JOINT
    phrase = issuer_after(text, found.end, joint=joint)
    if phrase is None and found.issued is None and (past := unread_date(text, found.end)) > found.end:
        phrase = issuer_after(text, past, joint=joint)
    if phrase is None and (scrap := _SCRAP.match(text, found.end)):
        phrase = issuer_after(text, scrap.end(), joint=joint)
    if phrase is None and found.number_start - found.start > 12:
        phrase = _inside(text, found)
        _set_issuer(text, found, phrase)
        return found.end
    _set_issuer(text, found, phrase)
    tail = phrase.end if phrase is not None else found.end
    return tail if phrase is None else _read_date(text, found, tail)


_SCRAP = re.compile(r"[ ]*\n\s*[^\s;.:]{1,3}\s*\n\s*(?=của\s)")  # a page number, or what a scan left of a word, before "của"
_INSIDE = re.compile(rf"{SPACE}(?:của|giữa){SPACE}+")
_INSIDE_BARE = re.compile(rf"\w+(?:{SPACE}+\w+){{0,3}}?{SPACE}+(?=(?:[Ll]iên{SPACE}+[Bb]ộ(?!\w)|{OFFICE}))")


_BY_PARLIAMENT = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})  # offices behind these words belong to a name


def _inside(text: str, found: Found) -> Phrase | None:
    """The issuer between type word and number: "Thông tư của Bộ Tài chính số 12/2000/TT-BTC"."""
    link = _INSIDE.search(text, found.start, found.number_start)
    if link is None and found.name is None and found.doctype not in _BY_PARLIAMENT:
        link = _INSIDE_BARE.match(text, found.start, found.number_start)
    phrase = link and phrase_at(text, link.end())
    return phrase if phrase and phrase.end <= found.number_start else None


def _set_issuer(text: str, found: Found, phrase: Phrase | None) -> None:
    if phrase is not None:
        found.issuer = office_name(text[phrase.start : phrase.end])
        found.issuer_start, found.issuer_end = phrase


def _read_date(text: str, found: Found, at: int) -> int:
    date = _DATE_AFTER.match(text, at)
    issued = date and iso_date(int(date[3]), int(date[2]), int(date[1]))
    if not date or not issued:
        return at
    if found.issued is None:
        found.issued, found.issued_start, found.issued_end = issued, date.start(1), date.end()
    return date.end() if found.issued == issued else at


def _read_subject(text: str, found: Found, low: int) -> None:
    """The issuer, and the day, from the words before: "Ngày 28/10/2025, Chủ tịch UBND tỉnh đã ban hành Công văn số ..."."""
    at = found.pinpoint_start if found.start > found.pinpoint_start >= 0 else found.start
    subject: Subject | None = subject_before(text, min(low, at), at)
    if subject is None or (subject.office is not None and not _may_issue(found, text, subject.office)):
        return
    _set_issuer(text, found, subject.office)
    if found.issued is None and subject.issued is not None and year_fits(found, subject.issued):
        found.issued, found.issued_start, found.issued_end = subject.issued, subject.issued_start, subject.issued_end


# Symbols and types that can be of these bodies only: the office that the sentence speaks of may be another one.
_ONLY_OF: Final = (("-TTg", ("Thủ tướng",)), ("-CP", ("Chính phủ",)), ("/TW", ("Bộ Chính trị", "Ban ", "Trung ương", "Đảng")))
_NATIONAL: Final = ("Chính phủ", "Quốc hội", "Bộ", "Ủy ban Thường vụ", "Ủy ban thường vụ", "Thủ tướng", "Chủ tịch nước")


def _may_issue(found: Found, text: str, office: Phrase) -> bool:
    """A law, a decree or a circular is never of the company or department that the sentence speaks of."""
    for ending, heads in _ONLY_OF:
        if found.number is not None and found.number.endswith(ending):
            return office_name(text[office.start : office.end]).startswith(heads)
    if found.doctype not in _LAW and found.doctype not in {"Nghị định", "Thông tư"}:
        return True
    return office_name(text[office.start : office.end]).startswith(_NATIONAL)


_YEAR = re.compile(r"[/-](19[4-9]\d|20\d\d)[/-]")


def year_fits(found: Found, issued: str) -> bool:
    """Whether a date can be that of a number: the year in the number, where there is one, is that of the date."""
    year = _YEAR.search(found.number or "")
    return year is None or year[1] == issued[:4]
