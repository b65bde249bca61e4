"""What stands between the title and the articles: to whom (kính gửi), on what basis (căn cứ); and from when it holds."""

from __future__ import annotations

import re

from docsearch.metadata.sheet import Cell, Sheet, cells
from docsearch.metadata.words import either
from docsearch.model import Fact, Span
from docsearch.notation import iso_date

_ADDRESSED = re.compile(r"^[ ]*kinh\s+(?:gui|trinh|thua)\s*:?[ ]*", re.MULTILINE)
_BASIS = re.compile(
    "^[ ]*"
    + either("căn cứ, xét đề nghị, xét tờ trình, xét hồ sơ, theo đề nghị, theo ý kiến, thực hiện, trên cơ sở, tiếp theo, sau khi")
    + r"\b",
    re.MULTILINE,
)
_ENACTED = re.compile(
    r"^[ ]*(?:(?:quyet\s+dinh|quyet\s+nghi|nghi\s+quyet|chi\s+thi)\s*:|dieu\s+1\b|chuong\s+[i1]\b|i\s*[./]\s|1\.\s"
    r"|phan\s+(?:i|1|thu)\b)",
    re.MULTILINE,
)
_ITEM = re.compile(r"[-–+]\s+")
_IN_FORCE = re.compile(
    r"có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?(?:từ|vào)\s+(?:ngày\s+)?(?P<when>ký|\d[^;.]{0,40}?\d{4})", re.IGNORECASE
)
_DAY = re.compile(r"(\d{1,2})\s*(?:tháng|[/.-])\s*(\d{1,2})\s*(?:năm|[/.-])\s*(\d{4})")


def addressees(sheet: Sheet, start: int) -> tuple[Fact, ...]:
    """Whom the paper is sent to: the words after "Kính gửi:", or each item of the list that follows."""
    label = _ADDRESSED.search(sheet.folded, start, min(start + 2500, len(sheet.folded)))
    if label is None:
        return ()
    entries: list[tuple[int, int]] = []
    for cell in cells(sheet, label.end(), min(label.end() + 1500, len(sheet.plain))):
        if _ends_list(sheet, entries, cell):
            break
        if entries and not _ITEM.match(sheet.plain, cell.start) and not _finished(sheet, entries[-1]):
            entries[-1] = (entries[-1][0], cell.end)
        else:
            entries.append((cell.start, cell.end))
    return tuple(fact for entry in entries if (fact := _addressee(sheet, entry)))


def _ends_list(sheet: Sheet, entries: list[tuple[int, int]], cell: Cell) -> bool:
    if not entries:
        return False
    words = sheet.plain[cell.start : cell.end]
    if _ITEM.match(words):
        return False
    if words.startswith("(") or _finished(sheet, entries[-1]):
        return True
    return cell.gap or (
        words[:1].isupper() and not _ITEM.match(sheet.plain, entries[-1][0]) and len(sheet.words(*entries[-1])) < 60
    )


def _finished(sheet: Sheet, entry: tuple[int, int]) -> bool:
    return sheet.plain[entry[0] : entry[1]].rstrip().endswith((".", ";"))


def _addressee(sheet: Sheet, entry: tuple[int, int]) -> Fact | None:
    mark = _ITEM.match(sheet.plain, entry[0])
    start = mark.end() if mark else entry[0]
    value = sheet.words(start, entry[1]).rstrip(" ;.,")
    blank = not value.strip(" .…_-")
    return None if blank else Fact(value, sheet.span(start, entry[1]), "addressed")


def goes_on(sheet: Sheet, start: int) -> bool:
    """Whether the preamble that begins at `start` does not end in this sheet."""
    return _ENACTED.search(sheet.folded, start) is None


def bases(sheet: Sheet, start: int) -> tuple[Fact, ...]:
    """The paragraphs "Căn cứ ...", "Theo đề nghị ..." before the enacting words, whole."""
    end = _ENACTED.search(sheet.folded, start)
    limit = end.start() if end else min(start + 4000, len(sheet.folded))
    found: list[tuple[int, int]] = []
    for match in _BASIS.finditer(sheet.folded, start, limit):
        if not found or match.start() >= found[-1][1]:
            first = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append((first, _paragraph_end(sheet, first, limit)))
    return tuple(Fact(sheet.words(*stretch).rstrip(" ;.,"), sheet.span(*stretch), "preamble") for stretch in found)


def _paragraph_end(sheet: Sheet, start: int, limit: int) -> int:
    """Where a paragraph ends: at ";" or "." before a line end, at a blank line, at the next basis."""
    last = start
    for cell in cells(sheet, start, limit):
        if last > start and (cell.gap or _BASIS.match(sheet.folded, cell.start)):
            break
        last = cell.end
        if sheet.plain[last - 1] in ";." or sheet.plain[max(last - 3, 0) : last] == "./.":
            break
    return last


def in_force(text: str, start: int, end: int, kind: str | None, issued: Fact | None) -> Fact | None:
    """The day from which the paper says that it holds; "kể từ ngày ký" is the day of issue, where that is known."""
    if kind is None:
        return None
    place = text.find("có hiệu lực", start, end)
    while place >= 0:
        match = _IN_FORCE.match(text, place)
        if match and _of_itself(text, start, place, kind):
            return _day_in_force(match, issued)
        place = text.find("có hiệu lực", place + 1, end)
    return None


def _of_itself(text: str, start: int, place: int, kind: str) -> bool:
    """Whether the clause speaks of the paper itself: "Quyết định này có hiệu lực ..."."""
    before = " ".join(text[max(start, place - 60) : place].replace("*", "").split()).lower()
    return f"{kind.lower()} này" in before[-len(kind) - 12 :] and not before.endswith("“")


def _day_in_force(match: re.Match[str], issued: Fact | None) -> Fact | None:
    span = Span(match.start(), match.end())
    if match["when"] == "ký":
        return Fact(issued.value, span, "from-signing", "medium") if issued else None
    day = _DAY.match(match["when"])
    value = iso_date(int(day[3]), int(day[2]), int(day[1])) if day else None
    return Fact(value, span, "in-force") if value else None
