"""The date of a cited paper: right behind its number, behind its issuer, or at the head of the sentence.

Forms are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4 and what people write instead: "ngày 22/02/2022", "ngày
5.3.2020", "năm 2015", a lost day ("ngày  tháng 9 năm 2018"), a slip ("ngày 28 ngày 11 năm 2023"), digits torn apart by OCR
("24/1 1/2017").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from docsearch.citations.symbols import FURNITURE
from docsearch.notation import iso_date

_W = r"[\s*_]{0,9}"
# The words of a date as scans misread them: "nqày", "ngàỹ", "thánq", "tbáng", "nam", "măm"; digits stand round them.
_A = "aàáảãạăằắẳẵặâầấẩẫậAÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ"
_NGAY = rf"[NnMm][GgQqnN]{{1,2}}[{_A}]{{1,2}}[YyỳýỷỹỵỲÝv]{{1,2}}"
_THANG = rf"[TtfF][HhbBnm]{{0,2}}[{_A}]{{1,2}}[NnMm]?[GgqQ]"
_NAM = rf"(?:[NnMm][{_A}]{{1,2}}[NnMm]?|[Nn][Mm])"
_DAY = (
    rf"(?:{_W}([0-3lIOØ¡L]?\s?[0-9lIOoŨÕ¡]|\|[0-9]|[0-3]\|){_W}(?:[/.\-–]|{_THANG}|{_NGAY}))?{_W}(?:{_THANG}{_W})?"
    rf"([01lIOØ¡L]?\s?[0-9lIOoŨÕ¡]){_W}(?:[/.,\-–]|{_NAM}[.,]?){_W}(?:{_NAM}{_W})?"
)
_YEAR = r"([12][0-9Oo][0-9OolI]{2}(?!\d)|[0-9]{2}(?![\d/]))"
_FULL = rf"{_NGAY}{_DAY}{_YEAR}"
_MONTH = rf"(?:tháng|THÁNG){_W}()([01]?[0-9]){_W}(?:[/.\-–]|năm|NĂM){_W}([12][0-9]{{3}})(?!\d)"
_YEAR_ONLY = r"()()(?:(?:năm|NĂM)\s{1,3})?(?<=[\s(])([12][0-9]{3})(?![\d/%]|[.,\-–]\d|\s*[-–/]\s*\d)"

_AFTER = re.compile(
    rf"(?:{FURNITURE}|(?:\[\d{{1,3}}\])?(?:\s\([A-Z]\w{{0,6}}\))?[\s*_]{{0,9}},?[\s*_]{{0,9}}\(?|\s\)\s)(?:(?:ban\s+hành|ban\s+hanh|ký|đề|lập)\s+)?(?:(?P<full>{_FULL})|(?P<month>{_MONTH})|(?P<year>{_YEAR_ONLY}))"
)
# "của Bộ Thông tin và Truyền thông ngày 13/12/2021": the words between must name a body and say nothing of a subject.
_BEHIND_ISSUER = re.compile(
    rf"[\s*_]+(?:của|do|CỦA|DO)\s+(?P<body>[^.;:()\"“”\d]{{2,110}}?)(?:\s+(?:ban\s+hành|BAN\s+HÀNH))?,?\s+"
    rf"(?:\((?:(?:ban\s+hành|ký|BAN\s+HÀNH|KÝ)\s+)?)?(?P<full>{_FULL})"
)
_SUBJECT = re.compile(
    r"\b(?:về|quy|qui|ban hành|phê|sửa|bổ|hướng|công bố|thành lập|Luật|Nghị|Thông tư|Quyết|Kế hoạch|Pháp|Công văn|Tờ|từ|đến|kể"
    r"|trước|sau|theo|tại|có|được|bãi|thay|cho|và\s+(?:Nghị|Quy|Luật|Thông\s+tư|số|các))\b"
)
# "Ngày 28/10/2025, Chủ tịch Ủy ban nhân dân Thành phố đã ban hành Công văn số 3280/UBND-VX"
_ISSUED_THEN = re.compile(
    rf"(?P<full>{_FULL}){_W},?\s+[^.;:()\"“”\d]{{2,120}}(?:(?:khóa|KHÓA)\s+(?:\d{{1,2}}|[IVX]+)\s+)?[^.;:()\"“”\d]{{0,40}}$"
)
_PASSED = re.compile(
    r",?\s+(?:đã\s+)?được\s+(?:Quốc\s+hội|[UỦ][ỷy]\s+ban\s+[Tt]hường\s+vụ\s+Quốc\s+hội|Uỷ\s+ban\s+[Tt]hường\s+vụ\s+Quốc\s+hội)"
    r"[^.;:()]{0,120}?\sthông\s+qua(?:\s+tại\s[^.;:()]{3,60}?)?(?=\s+ngày)"
)
_LIMITS = ("đến", "từ", "trước", "sau", "hết", "tính", "hạn")  # "đến ngày ...": a limit, not the day of issue
_ISSUING = ("ban hành", "có", "ký", "ra", "gửi", "phát hành")
_MAY_ISSUE = frozenset("ihóýa")  # last letters of these and of "tại"
# "Ngày 22/11/2023, Thủ tướng Chính phủ phê duyệt Quy hoạch tỉnh ... tại Quyết định số 1456/QĐ-TTg"
_DECIDED_THEN = re.compile(
    rf"(?P<full>{_FULL}){_W},\s+[^.;:()\"“”\d]{{2,80}}?"
    r"\s(?:phê duyệt|ban hành|thông qua|công nhận|quyết định|thành lập|kết luận)\s"
    r"(?:(?!ngày|\.\s|số\s+\d)[^;()]){2,200}$"
)


_MISREAD = str.maketrans("lIL|¡OoØŨÕ", "1111100000")


_UNREAD = re.compile(rf"{_W},?{_W}{_NGAY}(?=\s)")
_UNREAD_WORD = re.compile(r"\s+[^\s;()]+")
_UNREAD_LENGTH = 40  # characters after "ngày"
_DATE_WORD = re.compile(rf"{_THANG}|{_NAM}|[^\w\s]+")
_MAY_DATE = frozenset("nNmMtTbkđl,()[0123456789\n|")  # with what a date, or what may stand before it, begins


class Date(NamedTuple):
    """A date in the text: ISO, and its place from "ngày" (or "năm") to the last digit."""

    issued: str
    start: int
    end: int


_BARE_DIGITS = re.compile(r"\d{4}|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]")  # a year, or a day and a month, without a word before


def date_after(text: str, at: int, *, bare_year: bool = True) -> Date | None:
    """The date attached at `at`: "ngày 14/9/2020", ", ngày …", "năm 2015", "2015" (where `bare_year`)."""
    ahead = text[at : at + 12].lstrip(" \t*_")
    sign = ahead[:1]
    if sign and (sign not in _MAY_DATE or (sign.isdigit() and not _BARE_DIGITS.match(ahead))):
        return None
    match = _AFTER.match(text, at)
    if match is None:
        return _bare_date(text, at) if sign.isdigit() else None
    if match["full"]:
        return _dated(match, "full", match.group(2), match.group(3), match.group(4))
    if match["month"]:
        return _dated(match, "month", None, match.group(7), match.group(8))
    if not bare_year and match["year"][0].isdigit():
        return None
    return _dated(match, "year", None, None, match.group(12))


_BARE = re.compile(r"\s(\d{1,2})/(\d{1,2})/(\d{4})(?=\s+của\s|\s*\))")


def _bare_date(text: str, at: int) -> Date | None:
    """A date without "ngày", where "của" or a bracket ends it: "Nghị quyết số 66/2013/QH13 29/11/2013 của Quốc hội"."""
    match = _BARE.match(text, at)
    issued = match and iso_date(int(match[3]), int(match[2]), int(match[1]))
    return Date(issued, match.start(1), match.end()) if match and issued else None


def date_behind_issuer(text: str, at: int) -> Date | None:
    """The date after "của <body>" at `at`, where nothing but the body stands between."""
    ahead = text[at : at + 130]
    if "ngày" not in ahead and "NGÀY" not in ahead:
        return None
    match = _BEHIND_ISSUER.match(text, at)
    if match is None or _SUBJECT.search(match["body"].lower() if match["body"].isupper() else match["body"]):
        return None
    return _dated(match, "full", match.group(3), match.group(4), match.group(5))


def date_passed(text: str, at: int) -> Date | None:
    """The day on which the law named before `at` was passed: "Luật Giá được Quốc hội khóa XV thông qua ngày 19/6/2023"."""
    passed = _PASSED.match(text, at) if text.find("được", at, at + 10) >= 0 else None
    return date_after(text, passed.end(), bare_year=False) if passed else None


def date_before(text: str, at: int) -> Date | None:
    """The date at the head of the sentence whose verb is "ban hành", "có" ... right before `at`, or ends in "tại"."""
    left = text[max(0, at - 12) : at].rstrip()
    if left[-1:].lower() not in _MAY_ISSUE:
        return None
    left = " ".join(left.lower().split())
    if left.endswith("tại"):
        return _sentence_date(text, at, _DECIDED_THEN, re.compile("Ngày|NGÀY"), 300)
    return _sentence_date(text, at, _ISSUED_THEN, re.compile("[Nn]gày|NGÀY"), 190) if left.endswith(_ISSUING) else None


def _sentence_date(text: str, at: int, pattern: re.Pattern[str], opening: re.Pattern[str], reach: int) -> Date | None:
    low = max(0, at - reach)
    window = text[low:at]
    for found in opening.finditer(window):
        match = pattern.match(window, found.start())
        if match and not window[: found.start()].rstrip().lower().endswith(_LIMITS):
            date = _dated(match, "full", match.group(2), match.group(3), match.group(4))
            return date and Date(date.issued, date.start + low, date.end + low)
    return None


def unread_date(text: str, at: int) -> int:
    """Where a date at `at` ends that a scan made unreadable ("ngày @3 tháng 01 năm 2025", "ngày 14/9/200"); `at`: none there."""
    opening = _UNREAD.match(text, at)
    if opening is None:
        return at
    end = opening.end()
    for word in _UNREAD_WORD.finditer(text, end, min(end + _UNREAD_LENGTH, len(text))):
        if word.start() != end or not _may_date(word[0].strip()):
            break
        end = word.end()
    return end


def _may_date(word: str) -> bool:
    return any(map(str.isdigit, word)) or (word.isupper() and len(word) <= 2) or _DATE_WORD.fullmatch(word) is not None


def date_between(text: str, start: int, end: int) -> Date | None:
    """The date between a type word and its number: "văn bản đề ngày 29 tháng 10 năm 2025 số 16/CV-HHTACN"."""
    place = max(text.find("ngày", start, end), text.find("NGÀY", start, end))
    return date_after(text, place) if place >= 0 else None


def _dated(match: re.Match[str], group: str, day: str | None, month: str | None, year: str) -> Date | None:
    issued = _iso(day, month, year)
    return Date(issued, match.start(group), match.end(group)) if issued else None


@lru_cache(maxsize=8192)
def _iso(day: str | None, month: str | None, year: str) -> str | None:
    """ISO of the parts as written; two digits of a year are of 1945 to 2044; an impossible day gives ``None``."""
    full = _int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 45 else 2000)
    if not month:
        return iso_date(full)
    return iso_date(full, _int(month), _int(day) if day else None)


def _int(digits: str) -> int:
    """The number that digits spell, torn apart or misread: "1 7" is 17, "l0" is 10."""
    return int("".join(digits.translate(_MISREAD).split()) or 0)
