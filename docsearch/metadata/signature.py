"""The foot of a paper: who signed, as what and on whose behalf, and to whom it goes (nơi nhận).

Authority of signing: TM., KT., TL., TUQ., Q. (Nghị định 30/2020/NĐ-CP, Điều 13), T/M, T/L, K/T with the Party.  The first
signature is the paper's own; what follows are annexes, with forms that have a foot of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from docsearch.metadata.recipients import columns, find_label, read_recipients
from docsearch.metadata.sheet import CAPITAL, Cell, Sheet, cells, is_upper, lay_out
from docsearch.metadata.spoiled import is_role
from docsearch.metadata.words import OFFICE, ROLE, ROLES, exactly
from docsearch.model import Fact
from docsearch.vietnamese import fold

_FOOT = 4_000  # characters from "Nơi nhận" to the last signature: some papers go to forty offices
_MOST_TITLES = 8  # lines over a name
_BLOCK = 900  # characters: a long signature block with blank lines for the seal
_TITLE = rf"""[ \t*_\#]*
    (?: (?:(?:TM|KT|TUQ|TL|Q)[ ]?[.,/]|[TK]/[TML]\b[.,]?)[ *]*(?:\n[ *|]*)?(?=[{CAPITAL}])
      | (?=(?:PHÓ[ ])?(?:CHỦ\s|BỘ[ ]TRƯỞNG|THỨ[ ]TRƯỞNG|THỦ\s|TỔNG|GIÁM\s|CỤC[ ]TRƯỞNG|CHI[ ]CỤC|VIỆN[ ]TRƯỞNG|CHÁNH|THỐNG\s
          |HIỆU\s|BÍ[ ]THƯ|TRƯỞNG|VỤ[ ]TRƯỞNG|QUYỀN[ ]|PHÓ[ ])) )"""
_OPENING = re.compile(r"[\n|]" + _TITLE, re.VERBOSE)
_PREFIX = re.compile(r"(?:(?:tm|kt|tuq|tl|q)\s?[.,/]|[tk]/[tml]\b[.,]?)")
_ALONE = re.compile(r"(?:tm|kt|tuq|tl|q|t/m|k/t|t/l)\s?[.,/]?$")
_ROLE = re.compile(rf"\b{ROLE}\b")
_OFFICE = re.compile(rf"{OFFICE}\b")
_OWN_ROLE = re.compile(rf"(?:phó\s+)?{exactly(ROLES)}\b|phó\b", re.IGNORECASE)
_DEPUTY = re.compile(r"\b(?:pho|thu\s+truong)\b")
_DEPUTY_OR_HEAD = re.compile(rf"\b(?:pho\s+)?{ROLE}\b")
_SIGNED = re.compile(r"[(\[]?\s*(?:da\s?k[yi]\b(?!\s*:?\s*[a-z])|ky ten|chu ky|ky, ghi|ky va|ky thay)|e-?pas\s*:?\s*\d+")
_SIGNED_BEFORE = re.compile(r"[(\[]?\s*da\s?k[yi]\s*[)\]]?\s*:?\s*(?=[a-z])")  # "Đã ký: Vương Đình Huệ"
_SIGNED_INSIDE = re.compile(r"[(\[]\s*da\s?k[yi]\s*[)\]]")  # "PHÓ THỦ TƯỚNG(Đã ký)Nguyễn Hòa Bình"
_RANK = re.compile(
    r"(?:(?:gs|pgs|ts|ths|bs|bsckii|bscki|ks|cn|ls|ktv|nguyen thu|dai tuong|thuong tuong|trung tuong|thieu tuong|dai ta"
    r"|thuong ta|trung ta|thieu ta|ong|ba|dong chi)\b\s*[.,]?\s*)+"
)
_SURNAMES = frozenset(
    fold(
        """
        A An Bàn Bùi Bạch Bế Bồ Ca Cam Cao Chu Chung Châu Chúng Chảo Chẩu Chế Cung Cái Cù Cầm Cồ Cứ Diệp Doãn Dư Dương
        Dụ Dụng Giang Giàng Giáp H Hoa Hoà Hoàng Huỳnh Hà Hàn Hùng Hạng Hầu Hồ Hồng Hứa Kha Khuất Khúc Khương Khổng Kim
        Kiều Kpă Ksor La Lang Liêu Long Ly Lâm Lèo Lê Lò Lù Lý Lưu Lương Lường Lạc Lại Lầu Lều Lục Ma Mai Mã Mè Mông Mùa
        Mạc Mạnh Mẫn Nay Nghiêm Nguyễn Ngân Ngô Ngọc Ngụy Nhan Nhâm Nhữ Ninh Nông Phan Phí Phó Phù Phùng Phương Phạm
        Puih Quang Quàng Quách Quản Rcom Rmah Rơ Siu Sái Sình Sùng Sầm Sử Thang Thi Thiều Thào Thái Thân Thạch Thẩm Thới
        Tiêu Tiết Tra Trang Triệu Trà Tráng Trương Trần Trịnh Ty Tào Tòng Tô Tôn Tăng Tưởng Tạ Tấn Tẩn Tống Từ Từơng Ung
        Uông Vi Viên Vàng Vòng Võ Văn Vũ Vương Vừ Xa Y Âu Ông Đinh Điểu Đoàn Đàm Đào Đèo Đường Đậu Đặng Đồng Đỗ Đới Ứng
        """
    ).split()
)
_NAME_AFTER_CAPITALS = re.compile(rf"(?<=[{CAPITAL}.)])\s+((?:[{CAPITAL}][^\W\d_{CAPITAL}]+[ ]?){{2,5}})$")
_NAME_AFTER_ARCHIVE = re.compile(rf"(?:[.;]|\s{{3}})\s*((?:[{CAPITAL}][^\W\d_]+ ?){{3,4}})$")
_NAME_AFTER_ENTRY = re.compile(rf"^\W*-.*;[ .:]*((?:[{CAPITAL}][^\W\d_{CAPITAL}]+ ){{2,3}}[{CAPITAL}][^\W\d_{CAPITAL}]+)[.,]?$")


@dataclass(frozen=True, slots=True)
class Foot:
    """What the end of a paper tells."""

    signer: Fact | None = None
    position: Fact | None = None
    authority: Fact | None = None
    recipients: tuple[Fact, ...] = ()


def read_foot(text: str, start: int, end: int) -> Foot:
    """The foot of the paper whose own words stand in ``text[start:end]``.

    The first signature with a name counts, or one without where none has a name, as in scans; a title in capitals alone
    must have a name under it.
    """
    label = find_label(text, start, end)
    above = _first_signature(text, start, end if label is None else label, end)
    if label is None:
        return above or Foot()
    sheet = lay_out(text, label, min(end, label + _FOOT))
    left, right = columns(sheet)
    recipients, archive, below = read_recipients(sheet, left)
    found = above if above and above.signer else _best(above, _signature(sheet, right), _signature(sheet, below))
    if found is None:
        found = _first_signature(text, label, min(end, label + _FOOT), end) or Foot()
    signer = found.signer or (_name_beside(sheet, archive) if archive else None)
    signer = signer or next(filter(None, (_name_beside(sheet, cell, _NAME_AFTER_ENTRY) for cell in left)), None)
    return Foot(signer, found.position, found.authority, recipients)


def _best(*feet: Foot | None) -> Foot | None:
    """The first foot with a name; else the first that tells anything."""
    told = [foot for foot in feet if foot]
    return next((foot for foot in told if foot.signer), told[0] if told else None)


def _first_signature(text: str, start: int, stop: int, end: int) -> Foot | None:
    """The first signature that begins in ``text[start:stop]``."""
    found = None
    for match in _OPENING.finditer(text, max(start - 1, 0), stop):
        place = match.start() + 1
        sheet = lay_out(text, place, min(end, place + _BLOCK))
        foot = _signature(sheet, cells(sheet))
        if foot and foot.signer:
            return foot
        found = found or (foot if foot and foot.authority else None)
    return found


def _signature(sheet: Sheet, lines: Iterable[Cell]) -> Foot | None:
    """The signature with which some lines begin: authority and position in capitals, then a name."""
    titles: list[Cell] = []
    for cell in lines:
        words = sheet.plain[cell.start : cell.end]
        folded = sheet.folded[cell.start : cell.end]
        if _passed_over(words, folded):
            continue
        inside = _SIGNED_INSIDE.search(folded)
        if inside and inside.start():
            titles.append(Cell(cell.start, cell.start + inside.start(), cell.gap, cell.rule))
            after = Cell(cell.start + inside.end(), cell.end, gap=False, rule=False)
            return _foot(sheet, titles, _name(sheet, after) if after.start < after.end else None)
        if (before := _SIGNED_BEFORE.match(folded)) and titles:
            return _foot(sheet, titles, _name(sheet, Cell(cell.start + before.end(), cell.end, gap=False, rule=False)))
        if _is_title(words, folded, follows=bool(titles)):
            cut = _name_after_capitals(words)
            titles.append(Cell(cell.start, cell.start + cut, cell.gap, cell.rule))
            if cut < len(words):
                return _foot(sheet, titles, (cell.start + cut, cell.end))
            if len(titles) > _MOST_TITLES:
                return None
            continue
        return _foot(sheet, titles, _name(sheet, cell)) if titles else None
    return _foot(sheet, titles, None) if titles else None


def _passed_over(words: str, folded: str) -> bool:
    """What may stand between a title and a name: "(Đã ký)", a rank alone, a scrap of a scan."""
    letters = sum(c.isalpha() for c in words)
    if _SIGNED.match(folded) or (_RANK.fullmatch(folded) and letters > 1):
        return True
    return letters < 3 and folded not in _SURNAMES and not _ALONE.match(folded) and folded != "q."


def _is_title(words: str, folded: str, *, follows: bool) -> bool:
    """Whether a line is one of those over the name: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "Phó Giám đốc"."""
    prefix = _PREFIX.match(folded)
    if prefix and words[:1].isupper():
        if prefix[0].endswith(","):  # a scan's stop; but "KT, TTTT" is a list of units
            return bool(_ROLE.match(folded[prefix.end() :].lstrip()))
        return bool(
            _ALONE.match(folded) or is_upper(words) or _ROLE.search(folded) or _OFFICE.match(folded[prefix.end() :].lstrip())
        )
    if is_upper(words):
        return (follows and not _is_name(words, capitals=True)) or bool(_ROLE.search(folded)) or (follows and is_role(folded))
    return follows and len(words.split()) < 6 and bool(_OWN_ROLE.match(words) or is_role(folded))


def _name(sheet: Sheet, cell: Cell) -> tuple[int, int] | None:
    """The stretch of the name on a line, or on it and the next where the source breaks it: "Vũ" / "Chiến Thắng"."""
    following = next(cells(sheet, cell.end, min(cell.end + 40, len(sheet.plain))), None)
    if following and sheet.plain[cell.end : following.start].count("\n") == 1:
        whole = sheet.words(cell.start, following.end)
        if len(whole.split()) < 6 and _is_name(whole, capitals=False):
            return cell.start, following.end
    words = sheet.plain[cell.start : cell.end]
    return (cell.start, cell.end) if _is_name(words, capitals=True) else None


def _name_after_capitals(words: str) -> int:
    """Where a name begins at the end of a line in capitals, or the line's length: "... NGƯỜI CÓ CÔNG Hoàng Công Thái"."""
    match = _NAME_AFTER_CAPITALS.search(words)
    return match.start(1) if match and _is_name(match[1], capitals=False) else len(words)


def _is_name(words: str, *, capitals: bool) -> bool:
    """Whether words are a person's name: two to six capitalised syllables; in capitals at least three, the first a surname."""
    bare = words[_rank_end(words) :].strip(" .,*_-")
    syllables = bare.replace(" - ", " ").split()
    if not 2 <= len(syllables) <= 6 or not all(
        s[:1].isupper() and s.replace("'", "").replace("-", "").isalpha() for s in syllables
    ):
        return False
    folded = fold(bare)
    if folded.startswith(("phu luc", "nhan dan", "noi nhan", "ban hanh", "danh muc")):
        return False
    if bare.isupper():
        return capitals and len(syllables) > 2 and fold(syllables[0]) in _SURNAMES and not _ROLE.search(folded)
    if _OWN_ROLE.match(bare) or folded.startswith(("noi ", "kem theo", "uy ban", "hoi dong")):
        return False
    return all(s[1:].islower() or len(s) == 1 or "-" in s or "'" in s for s in syllables)


def _rank_end(words: str) -> int:
    rank = _RANK.match(fold(words))
    return rank.end() if rank else 0


def _name_beside(sheet: Sheet, archive: Cell, pattern: re.Pattern[str] = _NAME_AFTER_ARCHIVE) -> Fact | None:
    """A name at the end of the archive line, where two columns were read as one: "- Lưu: VT, NC. Trần Phước Hiên".

    With `_NAME_AFTER_ENTRY` that of another line: "- Sở Nội vụ; Trần Phước Hiên".
    """
    words = sheet.plain[archive.start : archive.end]
    match = pattern.search(words)
    if match is None or fold(match[1].split()[0]) not in _SURNAMES or not _is_name(match[1], capitals=False):
        return None
    start = archive.start + match.start(1)
    end = archive.start + match.end(1)
    return Fact(sheet.words(start, end), sheet.span(start, end), "archive-line", "medium")


def _foot(sheet: Sheet, titles: list[Cell], name: tuple[int, int] | None) -> Foot | None:
    signer = None
    if name:
        begin = name[0] + _rank_end(sheet.plain[name[0] : name[1]])
        value = sheet.words(begin, name[1]).strip(" .,*_-")
        value = " ".join(s.capitalize() for s in value.split()) if value.isupper() else value
        signer = Fact(value, sheet.span(begin, name[1]), "signature")
    words = " ".join(sheet.folded[cell.start : cell.end] for cell in titles)
    cut = _position_start(words)
    if cut == 0 and signer is None:
        return None
    authority, position = _parted(titles, cut)
    return Foot(signer, _title(sheet, position), _title(sheet, authority))


def _parted(titles: list[Cell], cut: int) -> tuple[list[Cell], list[Cell]]:
    """Title lines cut at a place in their words, joined by blanks."""
    before: list[Cell] = []
    after: list[Cell] = []
    length = 0
    for cell in titles:
        inside = min(max(cut - length, 0), cell.end - cell.start)
        if inside:
            before.append(Cell(cell.start, cell.start + inside, cell.gap, cell.rule))
        if inside < cell.end - cell.start:
            after.append(Cell(cell.start + inside, cell.end, cell.gap, cell.rule))
        length += cell.end - cell.start + 1
    return before, after


def _position_start(folded: str) -> int:
    """Where the signer's own position begins in the titles: after the authority by which he signs, 0 where there is none.

    Under KT. it is the deputy's title, under TM. the first title, under TL. and TUQ. the second.
    """
    prefixes = list(re.finditer(rf"(?:^|(?<=\s)){_PREFIX.pattern}", folded))
    if not prefixes:
        return 0
    last = prefixes[-1]
    if last[0].startswith("k"):
        deputy = _DEPUTY.search(folded, last.end())
        return deputy.start() if deputy else len(folded)
    roles = list(_DEPUTY_OR_HEAD.finditer(folded, last.end()))
    wanted = 0 if "m" in last[0] else 1
    return roles[wanted].start() if len(roles) > wanted else len(folded)


def _title(sheet: Sheet, lines: list[Cell]) -> Fact | None:
    if not lines:
        return None
    value = " ".join(sheet.words(cell.start, cell.end) for cell in lines)
    last = lines[-1].start + len(sheet.plain[lines[-1].start : lines[-1].end].rstrip())
    return Fact(value, sheet.span(lines[0].start, last), "signature")
