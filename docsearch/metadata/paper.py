"""Reads the metadata of one paper, step by step: the head, what it is called, who issued it, the preamble, the foot."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from docsearch.metadata import heading, issuer, letterhead, preamble, signature
from docsearch.metadata.heading import Heading
from docsearch.metadata.letterhead import Found
from docsearch.metadata.sheet import Sheet, lay_out
from docsearch.model import Fact, Metadata, Span
from docsearch.notation import DocNumber, NotationError, iso_date, parse_number
from docsearch.vietnamese import fold

_HEAD = 8_000  # a head with its title and the first bases; gazettes put up to 1,500 characters of furniture before it
_PREAMBLE = 16_000
_FILE_NUMBER = re.compile(
    r"(?:^|[-_ ])(?P<ordinal>\d{1,6}[a-z]?)[-_. ](?:(?P<year>(?:19[4-9]|20\d)\d)[-_. ])?(?P<symbol>[A-Za-zĐđ][A-Za-zĐđ&]*\d{0,2}(?:[-_.][A-Za-zĐđ&]{2,}\d{0,2}){0,3})(?=$|[-_. ]\d|[ (])"
)
_CONSOLIDATED = "XÁC THỰC VĂN BẢN HỢP NHẤT"
_PASSED = re.compile(
    r"thông\s+qua\s+(?:vào\s+)?ngày\s+(\d{1,2})\s*(?:tháng|[/.-])\s*(\d{1,2})\s*(?:năm|[/.-])\s*(\d{4})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Head:
    """What was read at the top, before it is made one record."""

    sheet: Sheet  # with number, date, Quốc hiệu and stamps taken out
    limit: int  # where the paper's own words begin at the latest
    mottos: int
    number: Found | None
    date: Found | None
    place: Fact | None
    heading: Heading | None
    subject: tuple[int, int, int] | None


def read_metadata(text: str, *, file_name: str | None = None) -> Metadata:
    """What `text` says of itself; each field with its place in the text, the rule that found it and its certainty.

    A text that is no official paper (no letterhead, number line or type line) claims nothing and has the warning
    ``not-official``.  Of several papers in one text the first counts.  `file_name` helps only where the text has no
    number of its own, or a blank: the fact then has no span, ``how="file-name"`` and low certainty.
    """
    head = _read_head(text)
    if not _is_official(head):
        return Metadata(warnings=("not-official",))
    end = _end_of_first(text, head)
    consolidated = _is_consolidated(text, head)
    number, date = _consolidation_line(text) if consolidated else (head.number, head.date)
    doctype = _doctype(head, number, consolidated)
    foot = signature.read_foot(text, head.sheet.at(min(head.limit, len(head.sheet.plain) - 1)) if head.sheet.plain else 0, end)
    issued = _issued(text, end, head, date, doctype, consolidated)
    preface = lay_out(text, 0, min(len(text), _PREAMBLE))
    record = Metadata(
        number=_number(number, doctype, file_name),
        doctype=doctype,
        place=head.place if not consolidated else None,
        issued=issued,
        title=_title(head, doctype),
        addressees=preamble.addressees(preface, 0),
        bases=preamble.bases(preface, _same_place(head, preface)),
        signer=foot.signer,
        signer_position=foot.position,
        signer_authority=foot.authority,
        recipients=foot.recipients,
        effective=preamble.in_force(text, 0, end, doctype.value if doctype else None, issued),
        warnings=_warnings(text, end, head, number, date, doctype),
    )
    return _with_offices(text, head, record, consolidated)


def _read_head(text: str) -> _Head:
    sheet = lay_out(text, 0, min(len(text), _HEAD))
    limit = heading.body_start(sheet)
    search = min(limit, 4000)
    sheet = sheet.without(*letterhead.furniture(sheet, search))
    mottos = letterhead.mottos(sheet, search)
    sheet = sheet.without(*mottos)
    number = letterhead.number_line(sheet, 0, search)
    sheet = sheet.without((number.start, number.end)) if number else sheet
    dated = letterhead.date_line(sheet, 0, search)
    sheet = sheet.without((dated[0].start, dated[0].end)) if dated else sheet
    named = heading.find_heading(sheet, search)
    subject = None if named else heading.subject_line(sheet, limit)
    return _Head(sheet, limit, len(mottos), number, dated[0] if dated else None, dated[1] if dated else None, named, subject)


def _is_official(head: _Head) -> bool:
    """Whether the text is a paper at all: one sure sign of a letterhead, or a type line with something to go with it."""
    if head.mottos or head.number:
        return True
    if head.heading is None:
        return False
    return bool(head.date or head.heading.attached or head.heading.title != (0, 0) or head.heading.authority != (0, 0))


def _end_of_first(text: str, head: _Head) -> int:
    """Where the first paper ends at the latest: before a second complete head (Quốc hiệu and a number with digits)."""
    place = head.sheet.at(min(head.limit, len(head.sheet.plain) - 1)) if head.sheet.plain else 0
    while (place := text.find("CHỦ NGHĨA VIỆT NAM", place + 1)) >= 0:
        if re.search(r"S[ốỐ]\s*:\s*\d+\s*/", text[max(0, place - 200) : place + 300]):
            return max(0, place - 200)
    return len(text)


def _is_consolidated(text: str, head: _Head) -> bool:
    """Whether it is a văn bản hợp nhất: its own number stands beside the authentication at its end, if anywhere."""
    if head.number and head.number.fact and "VBHN" in head.number.fact.value:
        return True
    top = head.sheet.folded[: head.heading.start if head.heading else head.limit]
    return bool(re.search(r"^[ ]*van\s+ban\s+hop\s+nhat\b", top, re.MULTILINE)) or _CONSOLIDATED in text


def _consolidation_line(text: str) -> tuple[Found | None, Found | None]:
    """Number and date beside "XÁC THỰC VĂN BẢN HỢP NHẤT"; those at the top are the base act's."""
    place = text.rfind(_CONSOLIDATED)
    start = max(0, place - 700)
    sheet = lay_out(text, start, min(len(text), place + 700)) if place >= 0 else lay_out(text, 0, min(len(text), 3000))
    sheet = sheet.without(*letterhead.mottos(sheet, len(sheet.plain)))
    number = letterhead.number_line(sheet, 0, len(sheet.plain))
    if number and number.fact and "VBHN" not in number.fact.value:
        number = None
    dated = letterhead.date_line(sheet, 0, len(sheet.plain)) if place >= 0 or number else None
    return number, dated[0] if dated else None


def _doctype(head: _Head, number: Found | None, consolidated: bool) -> Fact | None:
    if consolidated:
        return Fact("Văn bản hợp nhất", number.fact.span if number and number.fact else None, "consolidation")
    if head.heading:
        named = head.heading
        return Fact(named.doctype, head.sheet.span(named.start, named.end), "type-line")
    if head.subject:
        return Fact("Công văn", head.sheet.span(head.subject[0], head.subject[2]), "subject-line")
    said = heading.type_of_symbol(number.fact.value) if number and number.fact else None
    if said:
        return Fact(said, number.fact.span, "symbol", "medium")  # type: ignore[union-attr]
    if number and number.fact and number.fact.value[0].isdigit():
        return Fact("Công văn", number.fact.span, "symbol", "medium")
    return None


def _number(number: Found | None, doctype: Fact | None, file_name: str | None) -> Fact | None:
    if number and number.fact:
        return replace(number.fact, value=_mended(number.fact.value, doctype))
    named = _number_of_file(file_name, doctype) if file_name else None
    return Fact(named, None, "file-name", "low") if named else None


def _mended(value: str, doctype: Fact | None) -> str:
    """A number whose type letters were misread by one letter, where the type line tells what they are: TIr for TTr."""
    try:
        number = parse_number(value)
    except NotationError:
        return value
    first = number.segments[0]
    if doctype is None or heading.type_of_symbol(value) or len(number.segments) < 2:
        return value
    for letters in heading.abbreviations(doctype.value):
        if len(letters) == len(first) and sum(a != b for a, b in zip(letters, first, strict=True)) == 1:
            return str(DocNumber(number.ordinal, number.year, letters + number.symbol[len(first) :], number.hyphen))
    return value


def _number_of_file(name: str, doctype: Fact | None) -> str | None:
    """The number that a file name tells: "265-BC-UBND.pdf", "quyet-dinh-so-982-qd-ttg-469699.pdf"."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name.replace("\\", "/").rsplit("/", 1)[-1])
    for match in _FILE_NUMBER.finditer(stem):
        symbol = re.sub(r"[-_.]", "-", match["symbol"])
        first = symbol.split("-")[0]
        if "-" in symbol and (heading.type_of_symbol(f"1/{symbol}") or (first.isupper() and len(first) > 2)):
            year = int(match["year"]) if match["year"] else None
            return str(DocNumber(match["ordinal"], year, symbol))
    return None


def _issued(text: str, end: int, head: _Head, date: Found | None, doctype: Fact | None, consolidated: bool) -> Fact | None:
    if date:
        return date.fact
    if consolidated or doctype is None or doctype.value not in ("Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Hiến pháp"):
        return None
    place = max(text.rfind("thông qua", 0, end), 0)
    match = _PASSED.search(text, max(0, place - 5), min(end, place + 200))
    value = iso_date(int(match[3]), int(match[2]), int(match[1])) if match else None
    before = fold(text[max(0, place - 240) : place])
    if match is None or value is None or f"{fold(doctype.value)} nay" not in " ".join(before.split()):
        return None
    return Fact(value, Span(match.start(1), match.end()), "passed")


def _title(head: _Head, doctype: Fact | None) -> Fact | None:
    if head.heading:
        start, end = head.heading.title
        how = "title"
    elif head.subject:
        start, end = head.subject[1], head.subject[2]
        how = "subject-line"
    else:
        return None
    value = _tidy(head.sheet.words(start, end))
    if start == end or not value:
        return None
    prefix = "V/v " if how == "subject-line" else ""
    return Fact(prefix + value, head.sheet.span(start, end), how)


def _tidy(title: str) -> str:
    """A title without the dots at its end, with the first word mended where a scan spoiled it ("\\2 việc" is "Về việc")."""
    title = title.rstrip(" .;:_-–—")
    title = re.sub(r"^[^\w\s]?\S{1,2}\s+(việc)\b", r"Về \1", title) if not re.match(r"(?:về|VỀ|Về|v)", title) else title
    return re.sub(r"(?<=đoạn )[\]|l]$", "I", title)


def _same_place(head: _Head, other: Sheet) -> int:
    """The place in another sheet from the text's start that is the end of the title in the head's."""
    if head.heading is None:
        return 0
    last = max(head.heading.end, head.heading.title[1], head.heading.authority[1])
    return min(last, len(other.plain))


def _with_offices(text: str, head: _Head, record: Metadata, consolidated: bool) -> Metadata:
    """The record with the issuing office and the one above it."""
    passage = " ".join(text[: _PREAMBLE + 4000].replace("*", "").split())
    first = head.heading.start if head.heading else min(head.limit, 4000)
    lines = letterhead.office_lines(head.sheet, first)
    named = issuer.offices(head.sheet, lines)
    own, how, certainty = (named[-1], "letterhead", "high") if named else (None, "", "high")
    if head.heading and head.heading.authority != (0, 0) and (own is None or head.heading.doctype == "Quyết định"):
        own, how = head.heading.authority, "authority-line"
    if own is None and head.heading and head.heading.attached:
        own, how = issuer.attached_issuer(head.sheet, head.heading.start), "attached-to"
    if own is None:
        after = head.heading.title[1] if head.heading else first
        own, how, certainty = issuer.opening_issuer(head.sheet, after), "opening", "medium"
    parent = _office(head.sheet, named[-2], "letterhead", passage) if how == "letterhead" and len(named) > 1 else None
    if own is None:
        return record
    fact = _office(head.sheet, own, how, passage, record.place, certainty)
    if fold(fact.value) in ("uy ban nhan dan", "hoi dong nhan dan"):
        fact = replace(fact, value=issuer.office_name(f"{fact.value.upper()} {issuer.strayed_place(head.sheet, lines)}", passage))
    return replace(record, issuer=fact, parent_issuer=parent)


def _office(
    sheet: Sheet, stretch: tuple[int, int], how: str, passage: str, place: Fact | None = None, certainty: str = "high"
) -> Fact:
    words = sheet.words(*stretch).rstrip(" :,")
    words = re.sub(r"\s+(?:điện|yêu cầu)$", "", words, flags=re.IGNORECASE)
    name = issuer.with_place(issuer.office_name(words, passage), place)
    return Fact(name, sheet.span(*stretch), how, "medium" if certainty == "medium" else "high")


def _warnings(
    text: str, end: int, head: _Head, number: Found | None, date: Found | None, doctype: Fact | None
) -> tuple[str, ...]:
    found = []
    if not head.mottos:
        found.append("header-missing")
    if number and number.state:
        found.append(f"number-{number.state}")
    if date and date.state:
        found.append(f"date-{date.state}")
    said = heading.type_of_symbol(number.fact.value) if number and number.fact else None
    if said and doctype and doctype.how == "type-line" and said != doctype.value and said not in ("Quyết định", "Thông tư"):
        found.append("type-mismatch")
    if end < len(text):
        found.append("several-documents")
    return tuple(found)
