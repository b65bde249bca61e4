"""Mentions by digits alone: "Nghị quyết số 57", "NĐ 108/2014", "QĐ 1907", "Công văn 228".

The type word must be there; without "số" it must be of a type that people cite so (column `digits`), written with a
capital, and no counted noun may follow ("Kế hoạch 5 năm").  A paper that the text cites in full may be cited so again,
whatever its type: "Kế hoạch 97" behind "Kế hoạch số 97/KH-UBND".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from docsearch.citations.found import Found
from docsearch.citations.heads import Head, read_head
from docsearch.citations.symbols import CAPITALS, type_of_segment
from docsearch.registry import doctypes


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Digits behind "số", behind the last letters of a type that is cited by digits, or behind a short form.

    One pattern for each sign that may stand before the digits: what begins with a plain sign is found as a string is, and
    few signs have a digit behind them (17 ms for 3.9 MB; 19 for one pattern that begins with the digit).  The look-behinds
    have one width each, and the first, of one letter, turns most digits away.
    """
    ends = {" số", " Số", " SỐ"}
    for kind in doctypes():
        if kind.kind == "directive":
            ends |= {f" {kind.name}"[-3:], f" {kind.name}"[-3:].upper()}
    short = {form[-2:] for kind in doctypes() for form in kind.short}
    ends = {end.replace(" ", r"\s") for end in ends}
    last = "".join(sorted({end[-1] for end in ends | short}))
    behind = rf"(?<=[{last}]\s[0-9])(?:(?<=(?:{'|'.join(sorted(ends))})\s[0-9])|(?<=(?:{'|'.join(sorted(short))})\s[0-9]))"
    digits = (
        r"[0-9]{0,4}(?![0-9])[a-zđ]?(?:/(?P<year>(?:19|20)[0-9]{2}))?)"
        rf"(?:(?![\w/%°]|[.,:\-–][0-9]|\s*[-–/]\s*[0-9{CAPITALS}])|(?=[J|]?[{CAPITALS}]{{2,5}}-[{CAPITALS}]{{2}}))"
    )
    spaced = [rf"{sign}(?P<digits>[0-9]{behind}{digits}" for sign in (" ", r"\n", r"\t")]
    return tuple(map(re.compile, (*spaced, rf"\*\*(?P<digits>[0-9](?<=[{last}]\s\*\*[0-9]){digits}")))


_COUNTED = re.compile(
    r" (?:năm(?!\s+(?:19|20)\d\d)|tháng|ngày(?!\s*\d)|tuần|giờ|phút|trường hợp|người|đơn vị|tỷ|triệu|nghìn|đồng|tiêu chí"
    r"|nội dung|bản|trang|lần|xã|huyện|tỉnh|phường|cơ quan|văn bản|nhiệm vụ|mục|điểm|khoản|điều|chương|thủ tục|hồ sơ|dự án"
    r"|đề án|công trình|hộ|đại biểu|tổ|lĩnh vực|loại|cấp|bước|giai đoạn(?! (?:19|20)))(?!\w)".replace(" ", r"\s+"),
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:,|và)\s*(?:số\s+)?([0-9]{1,5})(?![\w/%.]|,\d|\s*[/–-])")
_LOST_SLASH = re.compile(
    rf"[ \nJ|]?([{CAPITALS}]{{2,5}})-[{CAPITALS}]{{2,}}[\w&-]*"
)  # "số 1830 QĐ-UBND", "số 145KH-UBND", "số 77JKH-UBND"
_SHARED_YEAR = re.compile(r"\s+(?:được\s+)?ban\s+hành\s+(?:trong\s+)?(năm\s+((?:19|20)\d\d))")


def find_digits(text: str, cited: Iterable[Found] = ()) -> list[Found]:
    """All mentions by digits, in text order; `cited` are those by number."""
    founds: list[Found] = []
    known = {(found.doctype, _ordinal(str(found.number))) for found in cited}
    matches = [match for pattern in _patterns() for match in pattern.finditer(text)]
    for match in sorted(matches, key=re.Match.start):
        start = match.start("digits")
        head = read_head(text, start)
        lost = _LOST_SLASH.match(text, match.end()) if head.doctype else None
        if lost and type_of_segment(lost[1]):
            number = "".join(text[start : lost.end()].split())
            founds.append(_found(head.start, start, lost.end(), str(head.doctype), number))
            founds[-1].kind = "number"
        elif not text[match.end() : match.end() + 1].isalpha() and _cites(text, head, match, known):
            founds.append(_found(head.start, start, match.end(), str(head.doctype), match["digits"]))
            founds += _listed(text, head, match)
    return founds


def _found(start: int, number_start: int, end: int, doctype: str, number: str) -> Found:
    return Found(
        start=start,
        end=end,
        kind="digits",
        doctype=doctype,
        number=number,
        name=None,
        issued=None,
        number_start=number_start,
        number_end=end,
        certainty="medium",
    )


@cache
def _by_digits() -> frozenset[str]:
    return frozenset(kind.name for kind in doctypes() if kind.digits)


def _ordinal(number: str) -> str:
    """The digits before the symbol, without leading zeros."""
    return number.partition("/")[0].partition("-")[0].lstrip("0")


def _cites(text: str, head: Head, match: re.Match[str], known: set[tuple[str | None, str]]) -> bool:
    """Whether the digits are the number of a paper and not a count or a year."""
    if head.doctype is None or _COUNTED.match(text, match.end()) or _names_more(text, head, match.end()):
        return False
    digits = match["digits"]
    word = text[head.start : match.start("digits")]
    if head.marker:
        return word[0].isupper() or head.doctype in _by_digits()
    if word.split()[0] in _AMBIGUOUS and _MEASURED.match(text, match.end()):
        return False
    if not word[0].isupper() or match["year"]:
        return word[0].isupper()
    if len(word) > 5 and len(digits) == 4 and digits[:2] in {"19", "20"}:  # a year
        return False
    return (head.doctype in _by_digits() and len(digits) > 1) or (head.doctype, _ordinal(digits)) in known


# What a short form may also count or measure: "KL 01 trâu đực" (khối lượng); behind a paper other words follow.
_MEASURED = re.compile(
    r"\s+(?!(?:của|ngày|về|và|năm|theo|tại|quy|do|thì|nêu|nói|trên|được|có|ban|sửa|hướng|cho|để|đã|là|hoặc|đến|như|với|kèm|từ|gồm)(?!\w))[a-zà-ỹđ]+"
)
_AMBIGUOUS = frozenset({"KL", "TT", "CT", "TB", "BC", "KH", "HD", "CĐ", "ĐA", "VB"})
_BODIES = ("tổ công tác", "ban chỉ đạo", "tổ giúp việc", "tổ đề án")


def _names_more(text: str, head: Head, end: int) -> bool:
    """Whether the words belong to something else: a body ("Tổ công tác Đề án 06"), a measure ("2000 CV 214"), a quotation."""
    before = " ".join(text[max(0, head.start - 14) : head.start].split())
    if text[end : end + 1] in {'"', "”"} and before[-1:] not in {'"', "“"}:
        return True
    return before.lower().endswith(_BODIES) or (before[-1:].isdigit() and end - head.start < 12)


def _listed(text: str, head: Head, match: re.Match[str]) -> list[Found]:
    """ "các Nghị định số 217, 212 và 206 ban hành năm 2026": the members after the first."""
    if not text[max(0, head.start - 5) : head.start].rstrip().endswith(("các", "Các")):
        return []
    founds: list[Found] = []
    at = match.end()
    while (member := _LIST.match(text, at)) and not _COUNTED.match(text, member.end()):
        founds.append(_found(member.start(1), member.start(1), member.end(1), str(head.doctype), member[1]))
        at = member.end()
    return founds


def shared_year(text: str, at: int) -> tuple[str, int, int] | None:
    """The year in "... ban hành năm 2026" behind a list that ends at `at`, with its place."""
    match = _SHARED_YEAR.match(text, at)
    return (match[2], match.start(1), match.end(1)) if match else None
