"""The head of a paper: Quốc hiệu, number and symbol, place and date, secrecy and urgency, and the lines of the offices.

Each recogniser takes its own words away (`Sheet.without`), so that what stood beside them on the line is left alone: the
two columns of a letterhead come out of a file in any order, also on one line.  Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docsearch.metadata import spoiled
from docsearch.metadata.sheet import CAPITAL, LineHeads, Sheet, cells, is_upper
from docsearch.model import Fact
from docsearch.notation import iso_date, tidy_number
from docsearch.vietnamese import fold

_MOTTO = re.compile(  # each alternative begins with a plain letter, so that the engine need not try every place
    r"""
    cong \s* hoa \s* xa \s* hoi \s* chu \s* nghia \s* viet \s* nam | viet\s+nam\s+dan\s+chu\s+cong\s+hoa
  | d[oe]c \s* lap \s* [-–—.,]* \s* tu \s* do \s* [-–—.,]* \s* hanh \s* phuc
  | dang \s+ cong \s+ san \s+ viet \s+ nam
  | cong \s+ hoa \s+ xa \s+ hoi (?=\s*$) | chu \s+ nghia \s+ viet \s+ nam (?=\s*$)
    """,
    re.VERBOSE | re.MULTILINE,
)
_MOTTO_BELOW = re.compile(r"[^\n]{0,20}\n[^\n]{0,150}?(?:\n[^\n]{0,150}?)?doc \s* lap \s* [-–—.,]* \s* tu", re.VERBOSE)
_FURNITURE = re.compile(
    r"""\s* (?:
        (?:\d+\s+)? c[o0]ng \s+ bao \s* / .*               # CÔNG BÁO/Số 282/Ngày 23-05-2026
      | van\s+ban\s+phap\s+luat\s+khac | (?:phan\s+)? van\s+ban\s+quy\s+pham\s+phap\s+luat | phan\s+i+\.?.{0,40}
      | \d{1,4}
    ) \s*""",
    re.VERBOSE,
)
_FURNITURE_BEGINS = frozenset("0123456789cvp")  # two lines of three begin with another letter
_STAMP = re.compile(
    r"""\s* (?:
        .{0,30}(?: ky\s+bo[iư] | nguoi\s+ky\s*: | \bc?o\s+quan\s*: | th[oo]i\s+gian\s+ky | ngay\s+ky\s*: | e-?mail\s*: ).*
      | .{0,24} trung\s+tam\s+cong\b .* | .{0,8} (?:bao\s+)? va\s+tin\s+hoc\b .*
      | [^a-z]{0,6}(?:[a-z]{1,2}\s)? c[o0]ng\s+thong\s+t[i1]n\s+[dr]i[eê]n\s+tu\s+chinh\s+phu [^a-z]{0,4}[a-z]?[^a-z]{0,4}
      | .{0,8} (?:cong\s?.?van|van\s+ban|cv)\s+den\b .{0,40} | .{0,6} so\s+den\b .* | .{0,6} k\W?i\W?nh\s+chuyen\b .*
      | .* \d\d\s?:\s?\d\d\s?:\s?\d\d .*                       # the time of a digital signature
    ) \s*""",
    re.VERBOSE,
)
_HALF = 20  # characters of half of the State's name
_BEFORE_DIGITS = ("ngay", "thang", "nam", "so", "so:")  # a lone number under one of these is no page number
_WORDS_OF_NUMBER = r"[ ]*(?:(?:bo\s+luat|luat|nghi\s+quyet|phap\s+lenh|lenh|sac\s+lenh)\s+)?s[o6]\s{0,4}(?P<colon>[:.;]?)[ ]*"
_NUMBER_WORD = LineHeads(_WORDS_OF_NUMBER)
_RULED_NUMBER_WORD = re.compile(rf"(?P<line>[_=-]{{3,}}{_WORDS_OF_NUMBER})")
_LIKE = "АВЕКМНОРСТХΑΒΕΗΙΚΜΝΟΡΤΧ"  # Cyrillic and Greek capitals met in numbers that were typed or copied
_SEGMENT = rf"[A-ZĐƯ{_LIKE}][A-ZĐƯ&0-9{_LIKE}]*(?:[a-zđ]{{1,2}}[A-ZĐƯ&0-9]+)*[a-zđ]{{0,2}}(?![^\W\d_])"
_NUMBER = re.compile(
    rf"""
    \s* (?P<ordinal>
        (?:\d{{1,6}}|(?=[OolI|]{{0,5}}\d)[\dOolI|]{{1,6}}) (?:\.\d{{1,3}})? (?:[a-zđA-D](?=\s?[/-])|bis|ter)?
    ) [ ]{{0,8}}
    (?: / [ ]? (?P<year>(?:19[4-9]|20\d)\d) [ ]? / | [/–-] | (?=[ ]?[A-Z]{{2,4}}/) ) \s?
    (?P<symbol> [A-Za-zĐđ&0-9Ư]*[A-ZĐ][A-Za-zĐđ&0-9Ư{_LIKE}]* (?: [ ]? [-–—~_/.,]\ ?\n?\ ? {_SEGMENT} )* )
    """,
    re.VERBOSE,
)
_SYMBOL_ONLY = re.compile(r"(?P<before>[^/\n]{0,24}?)\s*/\s*(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐ][\w&]*(?:[-/][A-ZĐ][\w&]*)*")
_DATE = re.compile(
    r"ngay(?P<day>[^\n]{0,14}?|\s*\d{1,2})\s*thang(?P<month>[^a-z]{0,8}?)\s*nam(?P<year>\s*(?:19|20)\d\d(?!\d)|[^a-z\n]{0,4}\d{0,4}(?!\d))",
    re.ASCII,
)
_SPOILED_DATE = re.compile(  # "nqày 05 tbáng 6 n ăm 2023"
    r"n(?<!\wn)\s?[gqnm]{1,2}\s?a{1,2}\s?[yv]{1,2}(?P<day>[^a-z\n]{0,10}?)\s*\b[tf]\s?[hbnm]{0,2}\s?a{1,2}\s?[nm]?\s?[gq]?"
    r"(?P<month>(?:[^a-z]|[oli](?=[\d\s])){0,8}?)\s*(?:[nm]\s?a{1,2}\s?[nm]?|nm)(?P<year>\s*(?:19|20)[\doli]{2}(?![\d])|[^a-z\n]{0,4}\d{0,4}(?!\d))",
    re.ASCII,
)
_AS_DIGITS = str.maketrans("OolI|i", "001111")
_BARE_DIGITS = re.compile(r"\d{1,3}\s+ngay\b")
_SHORT_DATE = re.compile(r"ngay\s*(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})\b")
_PLACE_WORD = re.compile(
    rf"T[Pp]\.?|[{CAPITAL}]['’{CAPITAL}]?[^\W\d_{CAPITAL}]*\.?(?:['’-][^\W\d_]+)?|phố|xã|trấn|khu|phường|-|TP\.?HCM|TP\.[^\W\d_]+"
)
_LEFT_COLUMN = re.compile(r"\W{0,3}s[o6]\s*[:.;]|\W{0,3}v\s?/\s?v?\b|\S*\d\S*/\S+$|(?:thanh\s+)?pho$|tp$")  # beside a date
_SMALL_PLACE = 3  # words of a place of which not all have a capital
_SECRECY = LineHeads(r"[ ]*(?P<grade>tuyet mat|toi mat|mat)[ ]*$")
_URGENCY = LineHeads(r"[ ]*(?P<grade>hoa toc(?: hen gio)?|thuong khan|khan)[ ]*$")
_GAZETTE_SECTION = re.compile(r"van\s+ban\s+hop\s+nhat\s*[-–]?\s*")
_SESSION = re.compile(r"khoa\s+(?:[ivx]+|\d+)\b|ky\s+hop\s+(?:thu|bat|chuyen)\b")  # "KHÓA X, KỲ HỌP THỨ CHÍN"
_GRADES = {
    "tuyet mat": "Tuyệt mật", "toi mat": "Tối mật", "mat": "Mật", "hoa toc": "Hỏa tốc",
    "hoa toc hen gio": "Hỏa tốc hẹn giờ", "thuong khan": "Thượng khẩn", "khan": "Khẩn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A fact with the stretch of the sheet that says it; `fact` is ``None`` where the stretch is blank or unreadable."""

    fact: Fact | None
    start: int
    end: int
    state: str = ""  # "blank", "unreadable", or ""


def mottos(sheet: Sheet, end: int) -> list[tuple[int, int]]:
    """Where the Quốc hiệu, the motto under it, or the Party's line stand in the head.

    The State's name in small letters counts where the motto follows: old papers set it in a font of capitals, which a
    conversion reads as small letters.
    """
    found = []
    for match in _MOTTO.finditer(sheet.folded, 0, end):
        words = sheet.plain[match.start() : match.end()]
        if is_upper(words) or match[0].startswith(("doc", "dec")) or _MOTTO_BELOW.match(sheet.folded, match.end(), end):
            found.append(match.span())
    state = any(not sheet.folded.startswith(("doc", "dec"), first) and last - first > _HALF for first, last in found)
    motto = any(sheet.folded.startswith(("doc", "dec"), start) for start, _ in found)
    return found if state and motto else sorted({*found, *spoiled.mottos(sheet, end, state=not state, motto=not motto)})


def is_old(sheet: Sheet, found: list[tuple[int, int]]) -> bool:
    """Whether the State's name is not in capitals: then no line of the head need be."""
    return any(
        sheet.folded.startswith(("cong hoa", "viet nam"), start) and not is_upper(sheet.plain[start:end]) for start, end in found
    )


def furniture(sheet: Sheet, end: int) -> list[tuple[int, int]]:
    """Lines of the page and stamps of signing and of incoming mail: they are not the paper's own."""
    found = []
    place = 0
    above = ""
    for line in sheet.folded[:end].split("\n"):
        if line and _is_furniture(line) and not (line.strip().isdecimal() and above.endswith(_BEFORE_DIGITS)):
            found.append((place, place + len(line)))
        place += len(line) + 1
        above = line.rstrip()
    return found


def _is_furniture(line: str) -> bool:
    stamped = "ky" in line or "quan" in line or "mail" in line or "trung" in line or "hoc" in line  # one is in each but a time
    stamped = stamped or " den" in line or "chuyen" in line or "ien tu" in line or line.count(":") > 1
    if line.lstrip()[:1] in _FURNITURE_BEGINS and _FURNITURE.fullmatch(line):
        return True
    return stamped and _STAMP.fullmatch(line) is not None


def number_line(sheet: Sheet, start: int, end: int) -> Found | None:
    """The line "Số: 265/BC-UBND": the first one in the stretch that is the paper's own."""
    heads = [*_NUMBER_WORD.finditer(sheet.folded, start, end), *_RULED_NUMBER_WORD.finditer(sheet.folded, start, end)]
    for match in sorted(heads, key=lambda match: match.start("line")):
        found = _number_at(sheet, match, end)
        if found:
            return found
    return None


def _number_at(sheet: Sheet, word: re.Match[str], end: int) -> Found | None:
    headed = sheet.plain[word.start("line") : word.end()].lstrip(" _=-")[:1].isupper()
    number = _NUMBER.match(sheet.plain, word.end(), end)
    if number:
        follows = sheet.folded[number.end() : number.end() + 12].lstrip(" ,\n")
        if not headed or (follows.startswith(("ngay ", "cua ")) and not word["colon"]):
            return None
        digits = number["ordinal"].translate(_AS_DIGITS) if not number["ordinal"].isdecimal() else number["ordinal"]
        value = tidy_number(digits + sheet.plain[number.end("ordinal") : number.end()].replace("~", "-").replace("_", "-"))
        value = value.replace("QĐĐ", "QĐ").replace("NĐĐ", "NĐ")  # a scan sees the letter twice
        fact = Fact(value, sheet.span(number.start("ordinal"), number.end()), "number-line")
        return Found(fact, word.start("line"), number.end())
    return _spoiled_number(sheet, word, end) if headed and word["colon"] else None


def _spoiled_number(sheet: Sheet, word: re.Match[str], end: int) -> Found | None:
    """A number line whose number was left for the hand, or cannot be read."""
    line_end = sheet.plain.find("\n", word.end(), end)
    line_end = end if line_end < 0 else line_end
    symbol = _SYMBOL_ONLY.match(sheet.plain, word.end(), line_end)
    stop = symbol.end() if symbol else line_end
    before = symbol["before"] if symbol else sheet.plain[word.end() : line_end]
    if not symbol and len(before.split()) > 3:
        return None
    blank = not any(c.isalnum() for c in before) and not before.strip(" .…_-")
    return Found(None, word.start("line"), stop, "blank" if blank else "unreadable")


def date_line(sheet: Sheet, start: int, end: int) -> tuple[Found | None, Fact | None]:
    """The line "Cầu Kè, ngày 01 tháng 6 năm 2023": the date, and the place before it; nothing where there is no such line.

    One that has its line, or a column of it, for itself goes before one that a scan read with what stood to its left.
    """
    for beside, dates in _readings(sheet, start, end):
        for match in dates:
            line = max(sheet.plain.rfind("\n", start, match.start()) + 1, start)
            place = _place_before(sheet, line, match.start(), beside=beside)
            alone = not sheet.plain[line : match.start()].strip() and not _continues(sheet, match.end(), end)
            if place or alone:
                fact = Fact(sheet.words(*place), sheet.span(*place), "date-line") if place else None
                return _date_found(sheet, match, place[0] if place else match.start()), fact
    return None, None


def _readings(sheet: Sheet, start: int, end: int) -> Iterator[tuple[bool, list[re.Match[str]]]]:
    """The dates as written, then as a scan misreads them; then both again, now with what may stand `beside` them."""
    written = _dates(sheet, start, end)
    yield False, written
    spoiled = list(_SPOILED_DATE.finditer(sheet.folded, start, end))
    yield False, spoiled
    yield True, written
    yield True, spoiled


def _dates(sheet: Sheet, start: int, end: int) -> list[re.Match[str]]:
    found = [*_DATE.finditer(sheet.folded, start, end), *_SHORT_DATE.finditer(sheet.folded, start, end)]
    return sorted(found, key=lambda match: match.start())


def _continues(sheet: Sheet, place: int, end: int) -> bool:
    """Whether the sentence goes on after a date, on its line or in small letters on the next."""
    rest = sheet.plain[place:end].lstrip(" .*")
    return bool(rest[:1].strip()) or rest.lstrip()[:1].islower()


def _place_before(sheet: Sheet, line: int, date: int, *, beside: bool = False) -> tuple[int, int] | None:
    """The stretch of the place name that ends at a date: capitalised words and a comma, on the date's line or just above.

    `beside`: number or subject may stand before it on its line.
    """
    start = line
    if not sheet.plain[line:date].strip(" ,"):  # "Thành phố Hồ Chí Minh,\nngày ..."
        start = sheet.plain.rfind("\n", 0, max(line - 1, 0)) + 1
    elif line and sheet.folded[sheet.folded.rfind("\n", 0, line - 1) + 1 : line].lstrip().startswith(
        ("thanh pho", "tp", "thi xa")
    ):
        start = sheet.plain.rfind("\n", 0, line - 1) + 1  # "Thành phố Hồ Chí\nMinh, ngày ..."
    else:
        above = sheet.plain.rfind("\n", 0, max(line - 1, 0)) + 1
        start = above if _half_place(sheet.plain[above:line], sheet.plain[line:date]) else line  # "Quảng\nTrị, ngày ..."
    for first in (start, line) if start != line else (line,):
        before = sheet.plain[first:date].rstrip()
        end = first + len(before.rstrip(" ,."))
        begin = _place_start(sheet.plain[first:end], comma=before.endswith((",", ".")), beside=beside)
        if begin is not None:
            return first + begin, end
    return None


def _place_start(line: str, *, comma: bool, beside: bool) -> int | None:
    """Where the place name begins that ends a line; before it stand nothing, a rule, or another column."""
    words = list(re.finditer(r"[^\s_]+", line))
    count = 0
    while count < min(len(words), 8) and _PLACE_WORD.fullmatch(words[-count - 1][0]):
        count += 1
    if count < len(words) <= _SMALL_PLACE and comma and not any(c.isdigit() for c in line):
        count = len(words)  # "Hà nội, ngày ..."
    while count > 1 and (len(words[-count][0]) == 1 or (beside and not words[-count][0][0].isupper())):
        count -= 1  # a scrap of a scan: "Ị Cần Thơ"
    if not count or not words[-count][0][0].isupper():
        return None
    begin = words[-count].start()
    other = line[:begin].rstrip(" _=-–─").strip(" .,;:'`|{}[]()")
    if len(other) < 2 or line[:begin].endswith("   "):
        return begin
    return begin if beside and comma and _LEFT_COLUMN.match(fold(other)) else None


def _half_place(above: str, below: str) -> bool:
    """Whether a place name may be broken between two lines: one capitalised word alone above one before a comma."""
    return len(above.split()) == 1 and above.strip().istitle() and 1 <= len(below.split()) <= 2 and below.strip().endswith(",")


def _date_found(sheet: Sheet, match: re.Match[str], begin: int) -> Found:
    parts = [_digits(match[name].strip(" .,\n")) for name in ("year", "month", "day")]
    if all(re.fullmatch(r"[0-9]{1,2}|[0-9]{4}", part) for part in parts):
        value = iso_date(*map(int, parts))
        if value:
            return Found(Fact(value, sheet.span(match.start(), match.end()), "date-line"), begin, match.end())
    blank = any(not part.strip(" .…_-/") for part in parts)
    return Found(None, begin, match.end(), "blank" if blank else "unreadable")


def _digits(part: str) -> str:
    """A part of a date with letters that a scan took for digits; one without any digit is as it is."""
    return part.translate(_AS_DIGITS) if any(map(str.isdecimal, part)) else part


def number_and_date(sheet: Sheet, start: int, end: int, date: Found | None) -> tuple[Found | None, Found | None]:
    """The number and date that stand in a type line: "Nghị định của Chính phủ số 117/2003/NĐ-CP ngày 10/10/2003"."""
    word = re.compile(r"\bso\s*:?\s*").search(sheet.folded, start, end)
    number = _NUMBER.match(sheet.plain, word.end(), end) if word else None
    if word is None:
        return None, date
    if number is None:  # "Sắc lệnh ... số 65 ngày 23 tháng 11 năm 1945": no symbol
        dated = _BARE_DIGITS.match(sheet.folded, word.end(), end) and next(iter(_dates(sheet, word.end(), end)), None)
        return None, date or (_date_found(sheet, dated, dated.start()) if dated else None)
    fact = Fact(tidy_number(number[0]), sheet.span(number.start("ordinal"), number.end()), "type-line")
    if date is None:
        dated = next(iter(_dates(sheet, number.end(), end)), None)
        date = _date_found(sheet, dated, dated.start()) if dated else None
    return Found(fact, word.start(), number.end()), date


def grades(sheet: Sheet, end: int) -> tuple[Found | None, Found | None]:
    """Secrecy and urgency (Nghị định 30/2020/NĐ-CP, Phụ lục I, 10a and 10b): a stamp in capitals, alone on its line."""
    return _grade(sheet, _SECRECY, end), _grade(sheet, _URGENCY, end)


def _grade(sheet: Sheet, pattern: LineHeads, end: int) -> Found | None:
    for match in pattern.finditer(sheet.folded, 0, end):
        start, stop = match.span("grade")
        if sheet.plain[start:stop].isupper():
            return Found(Fact(_GRADES[match["grade"]], sheet.span(start, stop), "stamp"), start, stop)
    return None


def office_lines(sheet: Sheet, end: int, *, any_case: bool = False) -> list[tuple[int, int]]:
    """The lines of the letterhead in capitals that are left when all else is taken away: the offices."""
    found: list[tuple[int, int]] = []
    for cell in cells(sheet, 0, end):
        words = sheet.plain[cell.start : cell.end]
        if found and sheet.folded.startswith(("v/v", "ve viec"), cell.start):
            break
        if _SESSION.match(sheet.folded, cell.start, cell.end):
            continue
        section = _GAZETTE_SECTION.match(sheet.folded, cell.start, cell.end)
        if section:  # "VĂN BẢN HỢP NHẤT - BỘ TÀI CHÍNH"
            words = words[section.end() - cell.start :]
        named = is_upper(words) or (any_case and len(words) < 60)
        if named and len(words) > 1 and sum(map(str.isalpha, words)) > 0.7 * len(words.replace(" ", "")):
            found.append((cell.end - len(words), cell.end))
    return found
