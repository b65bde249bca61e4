"""The type of a paper and its title (tên loại, trích yếu), and the line of the authority under them.

A titled paper has its type in capitals on a line of its own, the title under it.  A công văn has no type: its title
stands under the number, after "V/v" (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.5).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache

from docsearch.metadata.sheet import Cell, Sheet, cells, is_upper
from docsearch.vietnamese import fold

# Longest first: "Thông tư liên tịch" before "Thông tư".
_TYPES = {
    "Văn bản hợp nhất": ("VBHN",), "Thông tư liên tịch": ("TTLT", "TTLB"), "Nghị quyết liên tịch": ("NQLT",),
    "Chương trình hành động": ("CTHĐ",), "Bản thỏa thuận": ("BTT",), "Bản ghi nhớ": ("BGN",),
    "Giấy giới thiệu": ("GGT",), "Giấy ủy quyền": ("GUQ",), "Giấy nghỉ phép": ("GNP",), "Phiếu chuyển": ("PC",),
    "Chương trình": ("CTr",), "Quyết định": ("QĐ", "QD"), "Nghị quyết": ("NQ",), "Pháp lệnh": ("PL",), "Hiến pháp": (),
    "Thông báo": ("TB",), "Thông cáo": ("TC",), "Hướng dẫn": ("HD",), "Phương án": ("PA",), "Hợp đồng": ("HĐ",),
    "Công điện": ("CĐ",), "Công văn": ("CV",), "Giấy mời": ("GM",), "Phiếu gửi": ("PG",), "Phiếu báo": ("PB",),
    "Nghị định": ("NĐ",), "Thông tư": ("TT",), "Thông tri": ("TTri",), "Sắc lệnh": ("SL",), "Kết luận": ("KL",),
    "Quy định": ("QyĐ", "QĐi"), "Quy chế": ("QC",), "Kế hoạch": ("KH",), "Tờ trình": ("TTr",), "Báo cáo": ("BC",),
    "Biên bản": ("BB",), "Chỉ thị": ("CT",), "Bộ luật": (), "Thư công": (), "Phụ lục": (), "Đề án": ("ĐA",),
    "Dự án": ("DA",), "Lệnh": ("L",), "Luật": (), "Quy trình": (), "Nội quy": (), "Điều lệ": (),
}  # fmt: skip

_NEVER_HEADS = ("Văn bản hợp nhất", "Công văn")  # a consolidated text is headed by the type of its base act

_ATTACHED = re.compile(r"\(?\s*(?:ban\s+hanh\s+)?kem\s+theo\b")
_BASIS = re.compile(
    r"""^[ ]* (?: can\s+cu | xet\s+(?:de\s+nghi|to\s+trinh|yeu\s+cau) | theo\s+de\s+nghi | kinh\s+(?:gui|trinh|thua)\b | dieu\s+1\b
    | tren\s+co\s+so | noi\s+nhan\s*: )""",
    re.VERBOSE | re.MULTILINE,
)
_BODY = re.compile(
    r"""(?: can\s+cu\b | kinh\s+(?:gui|trinh|thua)\b | xet\s | theo\s+(?:de\s+nghi|quy\s+dinh|chi\s+dao)\b | thuc\s+hien\b
    | trien\s+khai\b | tren\s+co\s+so\b | trong\s | ngay\s+\d | qua\s+xem\b | sau\s+khi\b | de\s | dieu\s+\d | chuong\s+[ivx\d]
    | phan\s+(?:[ivx\d]|thu) | [ivx]{1,4}\s*[./-]\s | \d{1,2}[./]\s | [a-d][)]\s | -\s | so\s*: | noi\s+nhan | tiep\s+theo
    | hien\s+nay | vua\s+qua | nham\s | can\s+cu | thoi\s+gian | kinh\s+gui | [(] | thua\s | dia\s+chi | ve\s+viec\s+nay )""",
    re.VERBOSE,
)
_OFFICE = r"""(?:thu\s+tuong|chinh\s+phu|quoc\s+hoi|uy\s+ban|ubnd|hdnd|hoi\s+dong|ban(?!\s+hanh)|bo(?!\s+sung)|so(?!\s+\d)|cuc|tong\s+cuc|chi\s+cuc|vu|vien|toa\s+an
    |kiem\s+toan|ngan\s+hang|thanh\s+tra|van\s+phong|truong|trung\s+tam|phong|doan|cong\s+an|bao\s+hiem|kho\s+bac|lien\s+doan
    |tinh\s+uy|thanh\s+uy|huyen\s+uy|dang\s+uy|thue|hai\s+quan|uy\s+vien|mat\s+tran)"""
_ROLE = r"""(?:(?:pho\s+)?(?:chu\s+tich|bo\s+truong|thu\s+tuong|giam\s+doc|tong\s+giam\s+doc|cuc\s+truong|tong\s+cuc\s+truong|truong\s+ban
    |truong\s+phong|hieu\s+truong|thong\s+doc|chanh\s+an|vien\s+truong|tong\s+thanh\s+tra|tong\s+kiem\s+toan|chu\s+nhiem|chanh\s+van\s+phong
    |chi\s+cuc\s+truong|chanh\s+thanh\s+tra|bi\s+thu|thu\s+truong|truong|giam\s+doc|tong\s+thu\s+ky|tham\s+phan))"""
_AUTHORITY = re.compile(rf"(?:{_ROLE}|{_OFFICE})\b[^.;:()\d]{{0,150}}", re.VERBOSE)
_DANGLING = re.compile(
    r"(?:^|\s)(?:cua|va|do|voi|ve|tai|boi|cac|theo|cho|tren|trong|hoac|la|viec|den|tu|giua|cung|thuoc|,|-|–|\()$"
)
_SUBJECT = re.compile(r"(?:^|(?<=[\s.;]))(?:v\s?[/.,]\s?v|v/v)\b[ .:]*|^[ ]*(?:ve\s+viec|trich\s+yeu)\s*:?\s*", re.MULTILINE)


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
def _names() -> tuple[dict[str, str], re.Pattern[str]]:
    folded = {fold(name): name for name in _TYPES if name not in _NEVER_HEADS}
    words = sorted(folded, key=len, reverse=True)
    alternatives = "|".join(word.replace(" ", r"\s{1,3}") for word in words)
    return folded, re.compile(rf"^[ ]*(?P<name>{alternatives})\b(?P<rest>[^\n]*)$", re.MULTILINE)


@cache
def _abbreviations() -> dict[str, str]:
    return {fold(short): name for name, shorts in _TYPES.items() for short in shorts}


def abbreviations(doctype: str) -> tuple[str, ...]:
    """The letters of a type in a symbol: ``("TTr",)`` for Tờ trình."""
    return _TYPES.get(doctype, ())


def type_of_symbol(number: str) -> str | None:
    """The type that the symbol of a number names: "Tờ trình" for 84/TTr-UBND; ``None`` where it names none."""
    symbol = re.sub(r"^[^/-]*[/-](?:\d{4}/)?", "", number)
    first = re.split(r"[-/]", symbol)[0]
    if re.match(r"(?:QH|UBTVQH)\d", first):
        return None
    return _abbreviations().get(fold(first))


def body_start(sheet: Sheet) -> int:
    """Where the paper's own words begin at the latest: its first basis, "Kính gửi", "Điều 1"; the sheet's end if none."""
    for match in _BASIS.finditer(sheet.folded):
        if match[0].strip() or match.start():
            return match.start()
    return len(sheet.plain)


def find_heading(sheet: Sheet, limit: int) -> Heading | None:
    """The type line in capitals before `limit`, with the title under it.  A type on a line of its own goes first."""
    joined = None
    for match in _names()[1].finditer(sheet.folded, 0, limit):
        words = sheet.plain[match.start("name") : match.end("name")]
        rest = re.sub(r"[^a-z]+", "", match["rest"])
        if not is_upper(words):
            if not rest and _next_is_attachment(sheet, [], match.end()):
                return _headed(sheet, match, match.end())
            continue
        if not rest and not match["rest"].strip().startswith(":"):
            return _headed(sheet, match, match.end())
        if rest and joined is None and _opens_title(sheet, match):
            joined = match
    return _headed(sheet, joined, joined.end("name")) if joined else None


def _opens_title(sheet: Sheet, match: re.Match[str]) -> bool:
    """Whether the words after the type on its line can be the title: "KẾ HOẠCH Triển khai ...", "QUYẾT ĐỊNH CỦA ..."."""
    rest = sheet.plain[match.start("rest") : match.end("rest")].strip()
    return rest[:1].isupper() and not rest[:1].isdigit()


def _headed(sheet: Sheet, match: re.Match[str], end: int) -> Heading:
    name = _names()[0][" ".join(match["name"].split())]
    lines = _title_lines(sheet, end)
    authority = _authority(sheet, lines)
    if authority:
        lines = lines[: -len(authority)]
    attached = bool(_ATTACHED.match(sheet.folded, lines[-1].end if lines else end) or _next_is_attachment(sheet, lines, end))
    return Heading(name, match.start("name"), end, _stretch(lines), _stretch(authority), attached)


def _next_is_attachment(sheet: Sheet, lines: list[Cell], end: int) -> bool:
    place = lines[-1].end if lines else end
    following = next(cells(sheet, place, min(place + 300, len(sheet.plain))), None)
    return bool(following and _ATTACHED.match(sheet.folded, following.start))


def _stretch(lines: list[Cell]) -> tuple[int, int]:
    return (lines[0].start, lines[-1].end) if lines else (0, 0)


def _title_lines(sheet: Sheet, start: int) -> list[Cell]:
    lines: list[Cell] = []
    for cell in cells(sheet, start, min(start + 1600, len(sheet.plain))):
        if _ends_title(sheet, lines, cell):
            break
        lines.append(cell)
    return lines


def _ends_title(sheet: Sheet, lines: list[Cell], cell: Cell) -> bool:
    """Whether a line is no more part of the title that the lines above it make."""
    words = sheet.plain[cell.start : cell.end]
    folded = sheet.folded[cell.start : cell.end]
    if re.match(
        r"(?:can\s+cu\b|kinh\s+gui|kinh$|dieu\s+1\b|xet\s+(?:de|to)\b|theo\s+de\s+nghi|\(?\s*(?:ban\s+hanh\s+)?kem\s+theo)",
        folded,
    ):
        return True
    if not lines:
        return bool(re.match(r"(?:[ivx]{1,4}\s*[./]\s|\d{1,2}\.\s|-\s|so\s*:|chuong\s+[i1]\b)", folded))
    last = lines[-1]
    above = sheet.plain[lines[0].start : last.end]
    if _DANGLING.search(sheet.folded[lines[0].start : last.end]) and not cell.rule:
        return False
    if is_upper(above):
        return _ends_capitals(words, folded)
    if cell.gap and (cell.rule or not words[:1].islower()) and not is_upper(words):
        return True
    return bool(_BODY.match(folded)) and words[:1].isupper() or (words[:1] in "-(+" and cell.gap)


def _ends_capitals(words: str, folded: str) -> bool:
    """A title in capitals goes on as long as capitals do; a small-letter tail in brackets belongs to it."""
    if is_upper(words) or (words[:1].islower() and len(words) < 60):
        return bool(
            re.match(
                r"(?:[ivx]{1,4}\s*[./]\s|\d{1,2}\.\s|chuong\s+[i1]\b|phan\s+(?:i|1|thu)\b|nghi\s+quyet\s*:|quyet\s+dinh\s*:)",
                folded,
            )
        )
    return True


def _authority(sheet: Sheet, lines: list[Cell]) -> list[Cell]:
    """The last lines of a block that name who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"; none for most."""
    for count in (3, 2, 1):
        last = lines[-count:]
        if len(lines) < count or not all(_runs_on(sheet, a, b) for a, b in itertools.pairwise(last)):
            continue
        words = sheet.folded[last[0].start : last[-1].end].rstrip(" :,")
        words = re.sub(r"\s+(?:dien|yeu\s+cau)$", "", words)
        if not is_upper(sheet.plain[last[0].start : last[0].start + len(words)]) or not _AUTHORITY.fullmatch(words):
            continue
        if len(lines) == count or _stands_apart(sheet, lines[-count - 1], last[0]):
            return last
    return []


def _runs_on(sheet: Sheet, above: Cell, below: Cell) -> bool:
    """Whether two lines are one run of words: no gap and no change of type face between, or a role over its office."""
    if re.fullmatch(_ROLE, sheet.folded[above.start : above.end], re.VERBOSE):
        return True
    return not below.gap and "*" not in sheet.text[sheet.at(above.end - 1) + 1 : sheet.at(below.start)]


def _stands_apart(sheet: Sheet, above: Cell, first: Cell) -> bool:
    """Whether the authority's line begins anew, and is not the next line of a title in capitals."""
    if first.gap:
        return True
    if _DANGLING.search(sheet.folded[: above.end][-24:]):
        return False
    if not is_upper(sheet.plain[above.start : above.end]):
        return True
    between = sheet.text[sheet.at(above.end - 1) + 1 : sheet.at(first.start)]
    return "*" in between


def subject_line(sheet: Sheet, limit: int) -> tuple[int, int, int] | None:
    """The "V/v ..." of a công văn: where it begins, and the stretch of its words; ``None`` where there is none."""
    match = _SUBJECT.search(sheet.folded, 0, limit)
    if match is None:
        return None
    last = match.end()
    for cell in cells(sheet, match.end(), limit):
        if last > match.end() and cell.gap:
            break
        last = cell.end
    return (match.start(), match.end(), last) if last > match.end() else None
