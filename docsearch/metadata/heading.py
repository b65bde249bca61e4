"""The type of a paper and its title (tên loại, trích yếu), and the line of the authority under them.

A titled paper has its type in capitals on a line of its own, the title under it.  A công văn has no type: its title
stands under the number, after "V/v" (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.5).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache

from docsearch.metadata import spoiled
from docsearch.metadata.sheet import Cell, LineHeads, Sheet, cells, is_upper
from docsearch.metadata.words import AUTHORITY, DANGLING, OFFICE, RIFTS, ROLE, either, headings
from docsearch.vietnamese import fold

_TITLE_LENGTH = 1600  # characters: the longest title met in 600 papers has 640
_ATTACHED = re.compile(r"\(?\s*(?:ban\s+hanh\s+)?kem\s+theo\b")
_BODY_AT_THE_LATEST = LineHeads(
    rf"[ ]*{either('căn cứ, xét đề nghị, xét tờ trình, theo đề nghị, kính gửi, kính trình, điều 1, trên cơ sở, nơi nhận')}\b"
)
_BASIS = re.compile(
    rf"{either('căn cứ, kính gửi, kính, điều 1, xét đề nghị, xét tờ trình, theo đề nghị')}(?![a-z0-9])"
    r"|\(?\s*(?:ban\s+hanh\s+)?kem\s+theo"
)
_NUMBERED = re.compile(r"[ivx]{1,4}\s*[./]\s|\d{1,2}\.\s|(?:chuong|phan)\s+(?:[ivx1]|thu)\b")
_SENTENCE = re.compile(
    either(
        "căn cứ, kính gửi, kính trình, kính thưa, xét, theo đề nghị, theo quy định, theo chỉ đạo, thực hiện, triển khai, "
        "trên cơ sở, trong, qua, sau khi, để, tiếp theo, hiện nay, vừa qua, nhằm, thời gian, thưa, địa chỉ, số:, nơi nhận, "
        "tại, trước, từ ngày"
    )
    + r"\s|ngay\s+\d|dieu\s+\d|[a-d][)]\s|-\s|\("
)
_OF_WHOM = re.compile(
    rf"\s+cua\s+(?P<office>(?:{ROLE}|{OFFICE})\b(?:(?!(?<!bao)\sve\s(?!sinh))[^\n,.;:()]){{0,90}}?)"
    r"(?:\s+so\s*:?\s*(?P<number>\d[\w./& -]*?))?(?:\s*,?\s*ngay\s+(?P<date>[\d/. -]+(?:thang\s+\d+\s+nam\s+\d{4})?))?[ ]*$",
    re.MULTILINE,
)
_OF_WHOM_NUMBERED = re.compile(rf"\s+cua\s+(?:{ROLE}|{OFFICE})\b[^\n,.;:()]{{0,90}}?\s+so\s*:?\s*\d+\s*[/-]")
# "Thông tư liên tịch Bộ A - Bộ B" / "số 120/2000/TTLT-A-B ngày 25 tháng 12 năm 2000 Về việc ...": in collections before 2005
_NUMBERED_OF = re.compile(
    rf"\s+(?:cua\s+(?P<of>(?:{ROLE}|{OFFICE})\b[^.;:()\d]{{0,140}}?)|(?P<office>(?:bo(?!\s+sung)|uy\s+ban|tong\s+cuc|ngan\s+hang"
    r"|toa\s+an|vien)\b[^.;:()\d]{0,140}?))\s+so\s*:?\s*(?P<number>\d[\d/]*(?:[/-][a-z][a-z&-]*)*)\s*,?"
    r"\s*ngay\s+\d{1,2}\s*(?:[/.-]|thang)\s*\d{1,2}\s*(?:[/.-]|nam)\s*\d{4}(?!\d)"
)
_NEAR_TOP = 300  # characters
_LONGEST_TYPE = 26  # characters of a type line
_ROLE_ONLY = re.compile(ROLE)
_ORDERS = re.compile(r"\s+(?:điện|yêu\s+cầu)$", re.IGNORECASE)
_SUBJECT = re.compile(r"v(?:(?<=^v)|(?<=[\s.;]v))\s?[/.,]\s?v\b[ .:]*", re.MULTILINE)
_SUBJECT_IN_WORDS = re.compile(r"^[ ]*(?:ve\s+viec|trich\s+yeu\s*:?)\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a paper is named.  `title` and `authority` are stretches of the sheet, empty where there is none."""

    doctype: str
    start: int
    end: int
    title: tuple[int, int]
    authority: tuple[int, int]
    attached: bool = False


@cache
def _type_line() -> LineHeads:
    names = "|".join(name.replace(" ", r"(?:[ ]{1,3}|[ ]?\n[ ]?)") for name in sorted(headings(), key=len, reverse=True))
    return LineHeads(rf"[ ]*(?P<name>{names})(?![a-z])(?P<rest>[^\n]*)$")


def body_start(sheet: Sheet) -> int:
    """Where the paper's own words begin at the latest: its first basis, "Kính gửi", "Điều 1"; the sheet's end if none."""
    match = _BODY_AT_THE_LATEST.search(sheet.folded)
    return match.start("line") if match else len(sheet.plain)


def find_heading(sheet: Sheet, limit: int, *, any_case: bool = False) -> Heading | None:
    """The type line in capitals before `limit`, with the title under it.  A type on a line of its own goes first.

    `any_case`: old papers need no capitals.  "Nghị định của Chính phủ số 117/2003/NĐ-CP ngày ..." needs none either.
    """
    joined = None
    for match in _type_line().finditer(sheet.folded, 0, limit):
        alone = not re.search(r"[a-z]", match["rest"])
        if not (any_case or is_upper(sheet.plain[match.start("name") : match.end("name")])):
            if match.start("line") < _NEAR_TOP and (
                (alone and _attachment_follows(sheet, match.end())) or _NUMBERED_OF.match(sheet.folded, match.end("name"))
            ):
                return _headed(sheet, _name(match), match.start("name"), match.end() if alone else match.end("name"))
            if not _OF_WHOM_NUMBERED.match(match["rest"]) or match.start("line") > _NEAR_TOP:
                continue
        if alone and not match["rest"].strip().startswith(":"):
            return _headed(sheet, _name(match), match.start("name"), match.end())
        opens = sheet.plain[match.start("rest") : match.end("rest")].strip(" .:-–*")[:1].isupper()
        if not alone and joined is None and (opens or _OF_WHOM.match(match["rest"])):
            joined = match
    if joined:
        return _headed(sheet, _name(joined), joined.start("name"), joined.end("name"))
    return _misread_heading(sheet, limit)


def _name(match: re.Match[str]) -> str:
    return headings()[" ".join(match["name"].split())]


def _misread_heading(sheet: Sheet, limit: int) -> Heading | None:
    """A type line of which a scan misread one letter: a line of few words in capitals, without a colon."""
    for cell in cells(sheet, 0, limit):
        if cell.end - cell.start <= _LONGEST_TYPE and is_upper(sheet.plain[cell.start : cell.end]):
            name = spoiled.type_of_line(sheet.folded[cell.start : cell.end])
            if name and not sheet.plain[cell.start : cell.end].endswith(":"):
                return _headed(sheet, name, cell.start, cell.end)
    return None


def _headed(sheet: Sheet, name: str, start: int, end: int) -> Heading:
    whose = _NUMBERED_OF.match(sheet.folded, end) or _OF_WHOM.match(sheet.folded, end)  # "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH"
    end = whose.end() if whose else end
    lines = _title_lines(sheet, end, name)
    authority = _authority(sheet, lines, start)
    if authority:
        lines = lines[: -len(authority)]
    attached = _attachment_follows(sheet, lines[-1].end if lines else end)
    acting = _office_of(whose) if whose and not authority else _stretch(authority)
    return Heading(name, start, end, _stretch(lines), acting, attached)


def _office_of(whose: re.Match[str]) -> tuple[int, int]:
    """The stretch of the office that a type line names."""
    return whose.span("of") if whose.re is _NUMBERED_OF and whose["of"] else whose.span("office")


def _attachment_follows(sheet: Sheet, place: int) -> bool:
    following = next(cells(sheet, place, min(place + 300, len(sheet.plain))), None)
    return bool(following and _ATTACHED.match(sheet.folded, following.start))


def _stretch(lines: list[Cell]) -> tuple[int, int]:
    return (lines[0].start, lines[-1].end) if lines else (0, 0)


def _title_lines(sheet: Sheet, start: int, doctype: str) -> list[Cell]:
    lines: list[Cell] = []
    for cell in cells(sheet, start, min(start + _TITLE_LENGTH, len(sheet.plain))):
        if _ends_title(sheet, lines, cell) or (lines and _is_history(sheet, cell, doctype)):
            break
        lines.append(cell)
    return lines


def _ends_title(sheet: Sheet, lines: list[Cell], cell: Cell) -> bool:
    """Whether a line is no more part of the title that the lines above it make."""
    words = _ORDERS.sub("", sheet.plain[cell.start : cell.end].rstrip(" :"))  # "CHỦ TỊCH ... điện:" names who decides
    folded = sheet.folded[cell.start : cell.end]
    if _BASIS.match(folded):
        return True
    if not lines:
        return bool(_NUMBERED.match(folded) or folded.startswith(("- ", "so:")))
    above = sheet.folded[lines[0].start : lines[-1].end]
    if not cell.rule and (DANGLING.search(above) or _goes_on_with_years(above, folded)):
        return False
    if is_upper(sheet.plain[lines[0].start : lines[-1].end]):
        return _ends_capitals(words, folded)
    if cell.gap and (cell.rule or not words[:1].islower()) and not is_upper(words):
        return True
    return bool((_SENTENCE.match(folded) and not words[:1].islower()) or _NUMBERED.match(folded))


def _goes_on_with_years(above: str, folded: str) -> bool:
    """Whether a line goes on with the years that the one above began: "năm học 2023" / "- 2024"."""
    return bool(re.search(r"\b\d{4}\s*$", above) and re.match(r"[-–]\s*\d{4}\b", folded))


def _ends_capitals(words: str, folded: str) -> bool:
    """A title in capitals goes on as long as capitals do; a short tail in small letters belongs to it."""
    if is_upper(words):
        return bool(_NUMBERED.match(folded) or re.fullmatch(r"quyet\s+(?:dinh|nghi)\s*:?", folded))
    return not (words[:1].islower() and len(words) < 60)


def _is_history(sheet: Sheet, cell: Cell, doctype: str) -> bool:
    """Whether a line begins what a consolidated text tells of its acts: "Thông tư số ... có hiệu lực kể từ ngày ..."."""
    opening = re.compile(rf"{either(doctype)}\s+(?:so\s+)?\d")
    if not opening.match(sheet.folded, cell.start, cell.end):
        return False
    after = " ".join(sheet.folded[cell.start : cell.start + 700].split())
    return "co hieu luc" in after and "duoc sua doi" in after


def _authority(sheet: Sheet, lines: list[Cell], heading: int) -> list[Cell]:
    """The last lines of a block that name who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"; none for most."""
    for count in (3, 2, 1):
        last = lines[-count:]
        if len(lines) < count or not all(_runs_on(sheet, a, b) for a, b in itertools.pairwise(last)):
            continue
        words = _ORDERS.sub("", sheet.plain[last[0].start : last[-1].end].rstrip(" :,"))
        if not is_upper(words) or not AUTHORITY.fullmatch(words):
            continue
        own = _heads_letter(sheet, fold(words), heading) or _ROLE_ONLY.match(fold(words))
        if own if len(lines) == count else _stands_apart(sheet, lines[-count - 1], last[0], own=bool(own)):
            return last
    return []


def _runs_on(sheet: Sheet, above: Cell, below: Cell) -> bool:
    """Whether two lines are one run of words: no gap and no change of type face between, or a role over its office."""
    if _ROLE_ONLY.fullmatch(sheet.folded, above.start, above.end):
        return True
    return not below.gap and "*" not in sheet.text[sheet.at(above.end - 1) + 1 : sheet.at(below.start)]


def _stands_apart(sheet: Sheet, above: Cell, first: Cell, *, own: bool) -> bool:
    """Whether the authority's line begins anew, and is not the next line of a title in capitals.

    `own`: it names a head, or the office of the letterhead.
    """
    if first.gap:
        return True
    pair = (sheet.folded[above.start : above.end].split()[-1], sheet.folded[first.start : first.end].split()[0])
    if pair in RIFTS or DANGLING.search(sheet.folded[max(0, above.end - 24) : above.end]):
        return False
    if own or not is_upper(sheet.plain[above.start : above.end]):
        return True
    return "*" in sheet.text[sheet.at(above.end - 1) + 1 : sheet.at(first.start)]


def _heads_letter(sheet: Sheet, words: str, heading: int) -> bool:
    """Whether the office of an authority's line is the one of the letterhead above the type."""
    office = re.sub(rf"^{ROLE}\s+(?={OFFICE})", "", words)
    return " ".join(office.split()) in " ".join(sheet.folded[:heading].split())


def subject_line(sheet: Sheet, start: int, limit: int) -> tuple[int, int, int] | None:
    """The "V/v ..." of a công văn: where it begins, and the stretch of its words; ``None`` where there is none.

    Without the letters "V/v", "Về việc" counts if it follows the number at `start`.
    """
    match = _SUBJECT.search(sheet.folded, 0, limit) or _SUBJECT_IN_WORDS.search(sheet.folded, start, min(limit, start + 200))
    if match is None:
        return None
    last = match.end()
    for cell in cells(sheet, match.end(), limit):
        if last > match.end() and cell.gap and not _runs_past_date(sheet, last, cell):
            break
        last = cell.end
    return (match.start(), match.end(), last) if last > match.end() else None


def _runs_past_date(sheet: Sheet, last: int, cell: Cell) -> bool:
    """Whether a subject goes on under the date that a scan read at the end of its line, and that has been taken out there."""
    return sheet.plain[cell.start].islower() and sheet.plain[last : cell.start].count("\n") <= _DATE_TAKEN_OUT


_DATE_TAKEN_OUT = 2  # line breaks: that of the line, and the one that stands for the date
