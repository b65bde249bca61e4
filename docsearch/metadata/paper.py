"""Reads the metadata of one paper, step by step: the head, what it is called, who issued it, the preamble, the foot."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from docsearch.errors import NotationError
from docsearch.metadata import heading, issuer, letterhead, preamble, signature, words
from docsearch.metadata.filename import number_of_file
from docsearch.metadata.heading import Heading
from docsearch.metadata.letterhead import Found
from docsearch.metadata.province import province
from docsearch.metadata.sheet import Sheet, is_upper, lay_out
from docsearch.model import Certainty, Fact, Metadata, Span
from docsearch.notation import DocNumber, iso_date, parse_number
from docsearch.vietnamese import fold

_HEAD = 8_000  # characters for head, title and first bases; gazettes put up to 1,500 of furniture before them
_SEARCHED = 4_000  # characters in which the head must stand
_PREAMBLE = 16_000  # characters: the longest preamble met has 11,000
_NEAR_TOP = 1_000  # characters before a type line that has neither number nor date beside it
_NEAR_NUMBER = 500  # characters: date and "V/v" stand within 15 lines of the number
_SIGNS = ("Số", "SỐ", "Độc lập", "xã hội chủ nghĩa", "kèm theo", "V/v")  # beside any line in capitals
_CONSOLIDATED = "XÁC THỰC VĂN BẢN HỢP NHẤT"
_PASSED = re.compile(
    r"này\s+(?:đã\s+)?được[^.;]{5,250}?thông\s+qua\s+(?:vào\s+)?ngày\s+(\d{1,2})\s*(?:tháng|[/.-])\s*(\d{1,2})\s*(?:năm|[/.-])\s*(\d{4})"
)
_LOWER_TITLE = re.compile(r"(?:về|v/v|ban hành|quy định|sửa đổi|của|phê duyệt|hướng dẫn|công bố|chính sách|thực hiện|đề nghị)\b")
_PASSED_TYPES = ("Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Hiến pháp")
_OTHER_HEAD = re.compile(r"S[ốỐ]\s*:\s*\d+\s*/")
_OTHER_DATE = re.compile(r",\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}")


@dataclass(frozen=True, slots=True)
class _Head:
    """What was read at the top, before it is made one record."""

    sheet: Sheet  # with number, date, Quốc hiệu and stamps taken out
    limit: int  # where the paper's own words begin at the latest
    mottos: list[tuple[int, int]]
    number: Found | None
    date: Found | None
    place: Fact | None
    heading: Heading | None
    subject: tuple[int, int, int] | None
    old: bool  # small letters where capitals are due
    secrecy: Found | None
    urgency: Found | None

    @property
    def end(self) -> int:
        """Where the head ends: after its last part, in whatever order they stand."""
        ends = [last for _, last in self.mottos]
        ends += [found.end for found in (self.number, self.date) if found]
        if self.heading:
            ends += [self.heading.end, self.heading.title[1], self.heading.authority[1]]
        return max([*ends, self.subject[2] if self.subject else 0])


def read_metadata(text: str, *, file_name: str | None = None) -> Metadata:
    """What `text` says of itself; each field with its place in the text, the rule that found it and its certainty.

    A text that is no official paper (no letterhead, number line or type line) claims nothing and has the warning
    ``not-official``.  Of several papers in one text the first counts.  `file_name` helps only where the text has no
    number of its own, or a blank: the fact then has no span, ``how="file-name"`` and low certainty.
    """
    head = _read_head(text) if _may_be_official(text[:_SEARCHED]) else None
    if head is None or not _is_official(head):
        return Metadata(warnings=("not-official",))
    begin = head.sheet.at(head.end)
    end = _end_of_first(text, begin)
    authenticated = text.rfind(_CONSOLIDATED, 0, end)
    consolidated = authenticated >= 0 or _is_consolidated(head)
    number, date = _consolidation_line(text, authenticated) if consolidated else (head.number, head.date)
    doctype = _doctype(head, number, consolidated)
    issued = _issued(text, begin, end, date, doctype, consolidated)
    foot = signature.read_foot(text, authenticated if authenticated >= 0 else begin, end)
    record = Metadata(
        number=_number(number, doctype, file_name),
        doctype=doctype,
        place=None if consolidated else head.place,
        issued=issued,
        title=_title(head),
        signer=foot.signer,
        signer_position=foot.position,
        signer_authority=foot.authority,
        recipients=foot.recipients,
        effective=preamble.in_force(text, begin, end, doctype.value if doctype else None, issued),
        secrecy=head.secrecy.fact if head.secrecy else None,
        urgency=head.urgency.fact if head.urgency else None,
        warnings=_warnings(head, number, date, doctype, several=end < len(text)),
    )
    record = _with_offices(text, head, _with_preamble(text, head, record))
    return replace(record, province=province(text[:end], record.issuer, record.parent_issuer))


# --- the head ---------------------------------------------------------------------------------------------------------


def _may_be_official(top: str) -> bool:
    """Whether it is worth reading the head: most pieces of codes and of press texts have no sign of one."""
    return any(sign in top for sign in _SIGNS) or "số" in top[:200] or any(map(str.isupper, top.split("\n")))


def _read_head(text: str) -> _Head:
    sheet = lay_out(text, 0, min(len(text), _HEAD))
    limit = heading.body_start(sheet)
    search = min(limit, _SEARCHED)
    sheet = sheet.without(*letterhead.furniture(sheet, search))
    mottos = letterhead.mottos(sheet, search)
    old = letterhead.is_old(sheet, mottos)
    sheet = sheet.without(*mottos)
    number = letterhead.number_line(sheet, 0, search)
    sheet = sheet.without((number.start, number.end)) if number else sheet
    date, place = letterhead.date_line(sheet, 0, search)
    sheet = sheet.without((date.start, date.end)) if date else sheet
    secrecy, urgency = letterhead.grades(sheet, search)
    sheet = sheet.without(*((stamp.start, stamp.end) for stamp in (secrecy, urgency) if stamp))
    named = heading.find_heading(sheet, search, any_case=old)
    named_at_all = named or not (mottos or number)  # a subject alone makes no paper
    subject = None if named_at_all else heading.subject_line(sheet, number.end if number else 0, limit)
    if named and not number:
        number, date = letterhead.number_and_date(sheet, named.start, named.end, date)
    return _Head(sheet, limit, mottos, number, date, place, named, subject, old, secrecy, urgency)


def _is_official(head: _Head) -> bool:
    """Whether the text is a paper at all: the State's head, a type in capitals near the top, or a number with date or "V/v"."""
    if head.mottos or (head.heading and head.heading.attached):
        return True
    if head.heading:
        return bool(head.number or head.date or head.heading.start < _NEAR_TOP)
    near = [
        found
        for found in (head.date.start if head.date else None, head.subject[0] if head.subject else None)
        if found is not None
    ]
    return head.number is not None and any(abs(head.number.start - place) < _NEAR_NUMBER for place in near)


def _end_of_first(text: str, begin: int) -> int:
    """Where the first paper ends at the latest: before a second complete head (Quốc hiệu, number with digits, date)."""
    place = begin
    while (place := text.find("CHỦ NGHĨA VIỆT NAM", place + 1)) >= 0:
        around = text[max(begin, place - 200) : place + 400]
        if _OTHER_HEAD.search(around) and _OTHER_DATE.search(around):
            return _letterhead_start(text, begin, place)
    return len(text)


def _letterhead_start(text: str, begin: int, place: int) -> int:
    """Where the lines in capitals begin that end in the Quốc hiệu at `place`."""
    start = place
    while start > begin:
        line = text.rfind("\n", begin, start - 1) + 1
        words = text[max(line, begin) : start].strip(" \n|*_=-–#")
        if words and not is_upper(words) and not _OTHER_HEAD.match(words):
            break
        start = max(line, begin)
        if line <= begin:
            break
    return start


# --- consolidated texts -----------------------------------------------------------------------------------------------


def _is_consolidated(head: _Head) -> bool:
    """Whether the head is that of a văn bản hợp nhất, in the gazette or by its number."""
    if head.number and head.number.fact and "VBHN" in head.number.fact.value:
        return True
    top = head.sheet.folded[: head.heading.start if head.heading else head.limit]
    return bool(re.search(r"^[ ]*van\s+ban\s+hop\s+nhat\b", top, re.MULTILINE))


def _consolidation_line(text: str, authenticated: int) -> tuple[Found | None, Found | None]:
    """Number and date beside "XÁC THỰC VĂN BẢN HỢP NHẤT", or at the top; another number at the top is the base act's."""
    if authenticated >= 0:
        sheet = lay_out(text, max(0, authenticated - 700), min(len(text), authenticated + 700))
    else:
        sheet = lay_out(text, 0, min(len(text), _SEARCHED))
    end = len(sheet.plain)
    sheet = sheet.without(*letterhead.mottos(sheet, end))
    number = letterhead.number_line(sheet, 0, end)
    own = number is not None and (number.fact is None or "VBHN" in number.fact.value)
    date = letterhead.date_line(sheet, 0, end)[0] if authenticated >= 0 or own else None
    return number if own else None, date


# --- the fields -------------------------------------------------------------------------------------------------------


def _doctype(head: _Head, number: Found | None, consolidated: bool) -> Fact | None:
    said = number.fact if number else None
    if consolidated:
        return Fact("Văn bản hợp nhất", said.span if said else None, "consolidation")
    if head.heading:
        return Fact(head.heading.doctype, head.sheet.span(head.heading.start, head.heading.end), "type-line")
    if head.subject:
        return Fact("Công văn", head.sheet.span(head.subject[0], head.subject[2]), "subject-line")
    if said:  # no letters of a type: a công văn (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3)
        return Fact(words.type_of_symbol(said.value) or "Công văn", said.span, "symbol", "medium")
    return None


def _number(number: Found | None, doctype: Fact | None, file_name: str | None) -> Fact | None:
    if number and number.fact:
        return replace(number.fact, value=_mended(number.fact.value, doctype))
    named = number_of_file(file_name) if file_name else None
    return Fact(named, None, "file-name", "low") if named else None


def _mended(value: str, doctype: Fact | None) -> str:
    """A number whose type letters were misread by one letter, where the type line tells what they are: TIr for TTr."""
    try:
        number = parse_number(value)
    except NotationError:
        return value
    first = number.segments[0]
    if doctype is None or words.type_of_symbol(value) or len(number.segments) < 2:
        return value
    for letters in words.letters_of(doctype.value):
        if len(letters) == len(first) and sum(a != b for a, b in zip(letters, first, strict=True)) == 1:
            return str(DocNumber(number.ordinal, number.year, letters + number.symbol[len(first) :], number.hyphen))
    return value


def _issued(text: str, begin: int, end: int, date: Found | None, doctype: Fact | None, consolidated: bool) -> Fact | None:
    """The date of the head, or for acts of assemblies that of the closing formula ("thông qua ngày ...")."""
    if date:
        return date.fact
    if consolidated or doctype is None or doctype.value not in _PASSED_TYPES:
        return None
    place = begin
    while (place := text.find("này", place + 1, end)) >= 0:
        match = _PASSED.match(text, place, end)
        if match and fold(text[max(0, place - 12) : place]).split()[-1:] == fold(doctype.value).split()[-1:]:
            value = iso_date(int(match[3]), int(match[2]), int(match[1]))
            return Fact(value, Span(match.start(1), match.end()), "passed") if value else None
    return None


def _title(head: _Head) -> Fact | None:
    if head.heading:
        (start, end), how, prefix = head.heading.title, "title", ""
    elif head.subject:
        (start, end), how, prefix = head.subject[1:], "subject-line", "V/v "
    else:
        return None
    value = _tidy(head.sheet.words(start, end))
    if how == "title" and value[:1].islower() and not _LOWER_TITLE.match(value):  # the rest of a line that a scan lost
        return None
    return Fact(prefix + value, head.sheet.span(start, end), how) if value else None


def _tidy(title: str) -> str:
    """A title without the signs at its end; "\\2 việc" of a scan is "Về việc", and a lone bracket is a Roman one."""
    title = re.sub(r"^[^\w\s]\S{0,2}\s+(?=việc\b)", "Về ", title.rstrip(" .;:_-–—"))
    return re.sub(r"(?<=giai đoạn )[\]|l]$", "I", title)


def _with_preamble(text: str, head: _Head, record: Metadata) -> Metadata:
    """The record with addressees and bases."""
    sheet, start = head.sheet, head.end
    if head.limit < len(sheet.plain) and preamble.goes_on(sheet, head.limit) and len(text) > _HEAD:
        sheet = lay_out(text, sheet.at(start), min(len(text), _PREAMBLE))
        start = 0
    return replace(
        record,
        addressees=preamble.addressees(head.sheet, 0),
        bases=preamble.bases(sheet, start),
    )


def _with_offices(text: str, head: _Head, record: Metadata) -> Metadata:
    """The record with the issuing office and the one above it.

    A decision is issued by the authority that its own line names, which may be the head of the office of the letterhead.
    """
    top = head.heading.start if head.heading else head.end if head.old else min(head.limit, _SEARCHED)
    lines = letterhead.office_lines(head.sheet, top, any_case=head.old)
    named = issuer.offices(head.sheet, lines)
    found = _issuer_line(head, named)
    if found is None:
        said = issuer.symbol_issuer(record.number.value) if record.number else None
        return replace(record, issuer=Fact(said, None, "symbol", "medium")) if said else record
    stretch, how, certainty = found
    passage = text[:_PREAMBLE]
    name = issuer.office_name(_without_orders(head.sheet.words(*stretch)), passage)
    if fold(name) in ("uy ban nhan dan", "hoi dong nhan dan"):
        name = issuer.office_name(f"{name} {issuer.strayed_place(head.sheet, lines)}".upper(), passage)
    name = issuer.with_place(name, record.place)
    parent = named[-2] if how == "letterhead" and len(named) > 1 else None
    return replace(
        record,
        issuer=Fact(name, head.sheet.span(*stretch), how, certainty),
        parent_issuer=Fact(issuer.office_name(head.sheet.words(*parent), passage), head.sheet.span(*parent), how)
        if parent
        else None,
    )


def _issuer_line(head: _Head, named: list[tuple[int, int]]) -> tuple[tuple[int, int], str, Certainty] | None:
    """The stretch that names the issuing office, by which rule, and how sure that is."""
    titled = head.heading
    if titled and titled.authority != (0, 0) and (not named or titled.doctype in ("Quyết định", "Công điện")):
        return titled.authority, "authority-line", "high"
    if named:
        return named[-1], "letterhead", "high"
    if titled:
        attached = issuer.attached_issuer(head.sheet, titled.start) if titled.attached else None
        if attached:
            return attached, "attached-to", "high"
        issuing = issuer.issuing_subject(head.sheet, head.end, titled.doctype)
        if issuing:
            return issuing, "opening", "high"
    if not (titled or head.number):
        return None
    opening = issuer.opening_issuer(head.sheet, head.end)
    return (opening, "opening", "medium") if opening else None


def _without_orders(name: str) -> str:
    """A name without the verb of a dispatch after it: "THỦ TƯỚNG CHÍNH PHỦ điện:"."""
    return re.sub(r"\s+(?:điện|yêu cầu)$", "", name.rstrip(" :,"), flags=re.IGNORECASE)


def _warnings(head: _Head, number: Found | None, date: Found | None, doctype: Fact | None, *, several: bool) -> tuple[str, ...]:
    """What looked wrong, as codes: see `Metadata`."""
    said = words.type_of_symbol(number.fact.value) if number and number.fact else None
    mismatch = said and doctype and doctype.how == "type-line" and said != doctype.value
    found = {
        "header-missing": not head.mottos,
        f"number-{number.state if number else ''}": number is not None and bool(number.state),
        f"date-{date.state if date else ''}": date is not None and bool(date.state),
        "type-mismatch": bool(mismatch),
        "several-documents": several,
    }
    return tuple(code for code, holds in found.items() if holds)
