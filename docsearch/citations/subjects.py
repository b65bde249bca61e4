"""The office that acts in the sentence of a mention, where it is named before it.

"Chủ tịch UBND tỉnh đã ban hành Công văn số ...", "theo đề nghị của Sở Nội vụ tại Tờ trình số ...", "Ngày 22/11/2023, Thủ tướng
Chính phủ phê duyệt ... tại Quyết định số ...".
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from docsearch.citations.issuers import Phrase, phrase_at
from docsearch.citations.offices import OFFICE, SPACE
from docsearch.notation import iso_date

_REACH = 420  # characters back to the subject of the sentence
_FILLERS: Final = frozenset({"các", "số", "những", "cả", "văn", "bản", "số:"})
_ISSUES: Final = frozenset({"hành", "có", "gửi", "ký"})
_PLACE: Final = frozenset({"tại", "trong", "(tại", "bằng", "theo"})
# "quy định tại", "nêu tại", "được giao tại": what stands there is not the deed of the sentence's subject.
_NO_DEED: Final = frozenset({"định", "dẫn", "nêu", "sung", "đổi", "hiện", "khai"})

_NOUN_OF = re.compile(
    rf"(?:đ[ềê]{SPACE}+nghị|đề{SPACE}+xuất|ý{SPACE}+kiến|chỉ{SPACE}+đạo|kết{SPACE}+luận|kiến{SPACE}+nghị|yêu{SPACE}+cầu|báo{SPACE}+cáo|quan{SPACE}+điểm|chủ{SPACE}+trương"
    rf"|tham{SPACE}+mưu|hướng{SPACE}+dẫn|thông{SPACE}+báo|trình{SPACE}+bày|phê{SPACE}+duyệt|thống{SPACE}+nhất|chấp{SPACE}+thuận)(?!\w)(?P<of>(?:{SPACE}+\w+){{0,3}}?{SPACE}+của{SPACE}+)?",
    re.IGNORECASE,
)
_DEED = re.compile(
    rf"{SPACE}+(?:đã{SPACE}+|cũng{SPACE}+đã{SPACE}+)?(?:có(?!\w)|ký(?!\w)|phê{SPACE}|thông{SPACE}+qua|ban{SPACE}+hành|quyết{SPACE}|chấp{SPACE}+thuận|thống{SPACE}+nhất|giao{SPACE}|chỉ{SPACE}+đạo"
    rf"|kết{SPACE}+luận|công{SPACE}+bố|trình{SPACE}|báo{SPACE}+cáo|đề{SPACE}+nghị|kiến{SPACE}+nghị|yêu{SPACE}+cầu|trả{SPACE}+lời|gửi{SPACE}|cho{SPACE}|bổ{SPACE}+nhiệm|hướng{SPACE}+dẫn"
    rf"|thông{SPACE}+báo|điều{SPACE}+động|phúc{SPACE}+đáp)|{SPACE}+đã(?!\w)",
    re.IGNORECASE,
)
_ISSUING = re.compile(
    rf"{SPACE}*(?:đã{SPACE}+|vừa{SPACE}+|cũng{SPACE}+|đều{SPACE}+)*(?:ký{SPACE}+)?(?:ban{SPACE}+hành|có|gửi|ký|phát{SPACE}+hành)(?:{SPACE}+(?:các|văn{SPACE}+bản))*{SPACE}*",
    re.IGNORECASE,
)
_CLAUSE = re.compile(rf"(?<![^\s.;:,)(\]”])(?={OFFICE})")
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZĐÀ-Ỹ])|[;:.]\s*\n|\n\s*\n")
_DAY = re.compile(
    rf"ngày{SPACE}+(\d{{1,2}}){SPACE}*(?:[/.-]|tháng){SPACE}*(\d{{1,2}}){SPACE}*(?:[/.-]|năm){SPACE}*(\d{{4}}){SPACE}*,{SPACE}*$",
    re.IGNORECASE,
)


class Subject(NamedTuple):
    """An office that acts, and the day on which it did (ISO) with its place."""

    office: Phrase | None
    issued: str | None = None
    issued_start: int = -1
    issued_end: int = -1


def subject_before(text: str, low: int, at: int) -> Subject | None:
    """Who issued the mention at `at` and when, as the sentence before it tells; ``None`` where it does not.

    `low` is the end of the mention before: an office named after it, right before "tại", is this one's.
    """
    words = text[max(0, at - 40) : at].replace("*", " ").rstrip(' "“').split()
    while words and words[-1].lower() in _FILLERS:
        words.pop()
    last = words[-1].lower() if words else ""
    if last in _ISSUES:
        return _issuing(text, at)
    if last in _PLACE and len(words) > 1:
        before = words[-2].lower()
        if last == "theo" or before in _NO_DEED or (before == "giao" and words[-3:][0].lower() == "được"):
            return None
        return _right_before(text, max(low, at - 160), at) or _acting(text, at)
    return None


def _sentence_start(text: str, at: int) -> int:
    low = max(0, at - _REACH)
    start = low
    for found in _SENTENCE.finditer(text, low, at):
        start = found.end()
    return start


def _issuing(text: str, at: int) -> Subject | None:
    """ "X (đã) ban hành M", "X có M": the office whose name ends where the verb begins."""
    for clause in _CLAUSE.finditer(text, _sentence_start(text, at), at):
        office = phrase_at(text, clause.end())
        if office is not None and office.end < at and _ISSUING.fullmatch(text, office.end, at):
            return _dated(text, clause.end(), office)
    return None


def _right_before(text: str, low: int, at: int) -> Subject | None:
    """ "... và Giám đốc Sở Nội vụ tại M": the office whose name ends where "tại" begins, after the mention before."""
    for clause in _CLAUSE.finditer(text, low, at):
        office = phrase_at(text, clause.end())
        if office is not None and office.end < at and _AT_END.match(text, office.end, at):
            return Subject(office)
    return None


def _acting(text: str, at: int) -> Subject | None:
    """ "đề nghị của X tại M", "X phê duyệt ... tại M"."""
    start = _sentence_start(text, at)
    bracket = text.rfind("(", start, at)
    if bracket >= 0 and text.find(")", bracket, at) < 0:
        start = bracket  # what stands before an open bracket acts elsewhere
    nouns = list(_NOUN_OF.finditer(text, start, at))
    if nouns and nouns[-1]["of"]:
        office = _office_to(text, nouns[-1].end(), at)
        return Subject(office) if office else None
    acting, past = None, start
    for clause in _CLAUSE.finditer(text, start, at):
        office = phrase_at(text, clause.end()) if clause.end() >= past else None
        if office is None or office.end >= at:
            continue
        past = office.end
        if _DEED.match(text, office.end):
            acting = _dated(text, clause.end(), office)
    return acting


_AT_END = re.compile(rf"{SPACE}+(?:\(?tại|trong|bằng)(?:{SPACE}+(?:các|những|văn{SPACE}+bản|số:?))*{SPACE}*$", re.IGNORECASE)
_BROKEN = re.compile(rf"[;:()]|{SPACE}(?:về|được|đã|có|theo|tại|của){SPACE}")


def _office_to(text: str, start: int, at: int) -> Phrase | None:
    """The office between "của" and "tại": all of it where nothing but a name stands there, else as far as a name goes."""
    end = _AT_END.search(text, start, at)
    if end is not None and end.start() - start < 150 and text[start].isupper() and not _BROKEN.search(text, start, end.start()):
        return Phrase(start, end.start())
    return phrase_at(text, start)


def _dated(text: str, at: int, office: Phrase) -> Subject:
    low = max(0, at - 40)
    day = _DAY.search(text, low, at)
    issued = day and iso_date(int(day[3]), int(day[2]), int(day[1]))
    return Subject(office, issued, day.start(1), day.end(3)) if day and issued else Subject(office)
