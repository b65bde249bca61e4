"""The foot of a paper: who signed, as what and on whose behalf, and to whom it goes (nơi nhận).

Authority of signing: TM., KT., TL., TUQ., Q. (Nghị định 30/2020/NĐ-CP, Điều 13), T/M, T/L, K/T with the Party.  The first
signature is the paper's own; what follows are annexes, with forms that have a foot of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docsearch.metadata.recipients import find_label, read_recipients
from docsearch.metadata.sheet import CAPITAL, Cell, Sheet, cells, is_upper, lay_out
from docsearch.metadata.words import OFFICE, ROLE, ROLES, exactly
from docsearch.model import Fact
from docsearch.vietnamese import fold

_BLOCK = 900  # characters: a long signature block with blank lines for the seal
_TITLE = rf"""[ \t*_\#]*
    (?: (?:TM|KT|TUQ|TL|Q|T/M|K/T|T/L)[ ]?[.,/][ *]*(?:\n[ *|]*)?(?=[{CAPITAL}])
      | (?=(?:PHÓ[ ])?(?:CHỦ\s|BỘ[ ]TRƯỞNG|THỨ[ ]TRƯỞNG|THỦ\s|TỔNG|GIÁM\s|CỤC[ ]TRƯỞNG|CHI[ ]CỤC|VIỆN[ ]TRƯỞNG|CHÁNH|THỐNG\s|HIỆU\s
          |BÍ[ ]THƯ|TRƯỞNG|VỤ[ ]TRƯỞNG|QUYỀN[ ]|PHÓ[ ])) )"""
_OPENING = re.compile(r"[\n|]" + _TITLE, re.VERBOSE)
_OPENING_BESIDE = re.compile(r"(?:[\n|]|[:;,.][ ]|[ ]{3})" + _TITLE, re.VERBOSE)  # right of the recipients, on their line
_PREFIX = re.compile(r"(?:tm|kt|tuq|tl|q|t/m|k/t|t/l)\s?[.,/]")
_ALONE = re.compile(r"(?:tm|kt|tuq|tl|q|t/m|k/t|t/l)\s?[.,/]?$")
_ROLE = re.compile(rf"\b{ROLE}\b")
_OFFICE = re.compile(rf"{OFFICE}\b")
_OWN_ROLE = re.compile(rf"(?:phó\s+)?{exactly(ROLES)}\b|phó\b", re.IGNORECASE)
_DEPUTY = re.compile(r"\b(?:pho|thu\s+truong)\b")
_SIGNED = re.compile(r"[(\[]?\s*(?:da ky|ky ten|chu ky|ky, ghi|ky va|ky thay)")
_RANK = re.compile(
    r"(?:(?:gs|pgs|ts|ths|bs|bsckii|bscki|ks|cn|ls|ktv|nguyen thu|dai tuong|thuong tuong|trung tuong|thieu tuong|dai ta|thuong ta|"
    r"trung ta|thieu ta|ong|ba|dong chi)\b\s*[.,]?\s*)+"
)
_SURNAMES = frozenset(
    fold(
        """An Âu Bạch Bế Bồ Bùi Ca Cam Cao Châu Chế Chu Chung Cồ Cù Cung Dương Đàm Đặng Đào Đậu Diệp Điểu Đinh Đỗ Đoàn Đồng Giang Giáp
        Hà Hàn Hạng Hồ Hoa Hoàng Hồng Hứa Hùng Huỳnh Kha Khổng Khuất Khương Kiều Kim Ksor La Lạc Lại Lâm Lang Lê Lều Liêu Lò Long Lù Lục
        Lương Lường Lưu Lý Ma Mạc Mai Mẫn Mông Mùa Nay Ngân Nghiêm Ngô Ngọc Ngụy Nguyễn Nhâm Nhan Nhữ Ninh Nông Ông Phạm Phan Phí Phó Phùng
        Phương Quách Quản Quàng Rmah Rơ Sầm Sùng Tạ Tăng Thạch Thân Thái Thẩm Thang Thào Thiều Tô Tôn Tống Trà Trần Tráng Triệu Trịnh Trương
        Từ Tưởng Ty Ung Uông Vàng Vi Viên Võ Vũ Vương Xa Y Giàng Hầu Cầm Tòng Lèo Mè Bàn Đèo H A Vừ Mã Mạnh Hoà Tiêu Cái Thi Thới Trang Đới
        Tấn Văn Chẩu Chảo Tẩn Sình Cứ Ly Lầu Đường Doãn Dư Dụng Dụ Khúc Phù Quang Sái Sử Tào Tiết Tra Từơng Ứng Vòng Chúng Kpă Siu Rcom Puih"""
    ).split()
)
_NAME_AFTER_CAPITALS = re.compile(rf"(?<=[{CAPITAL}.)])\s+((?:[{CAPITAL}][^\W\d_{CAPITAL}]+[ ]?){{2,5}})$")
_NAME_AFTER_ARCHIVE = re.compile(rf"(?:[.;]|\s{{3}})\s*((?:[{CAPITAL}][^\W\d_]+ ?){{3,4}})$")


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
    found = Foot()
    for place in _openings(text, start, label, end):
        foot = _signature(lay_out(text, place, min(end, place + _BLOCK)))
        if foot and foot.signer:
            found = foot
            break
        if foot and foot.authority and not found.authority:
            found = foot
    if label is None:
        return found
    sheet = lay_out(text, label, min(end, label + 4000))
    recipients, archive = read_recipients(sheet)
    signer = found.signer or (_name_beside(sheet, archive) if archive else None)
    return Foot(signer, found.position, found.authority, recipients)


def _openings(text: str, start: int, label: int | None, end: int) -> Iterator[int]:
    """The places where a signature may begin, in order: up to the recipients, and beside or under them."""
    for match in _OPENING.finditer(text, max(start - 1, 0), end if label is None else label):
        yield match.start() + 1
    if label is not None:
        for match in _OPENING_BESIDE.finditer(text, label, min(end, label + 6000)):
            yield match.start() + 1


def _signature(sheet: Sheet) -> Foot | None:
    """The signature with which a sheet begins: authority and position in capitals, then a name."""
    titles: list[Cell] = []
    for cell in cells(sheet):
        words = sheet.plain[cell.start : cell.end]
        folded = sheet.folded[cell.start : cell.end]
        if _passed_over(words, folded):
            continue
        if _is_title(words, folded, follows=bool(titles)):
            cut = _name_after_capitals(words)
            titles.append(Cell(cell.start, cell.start + cut, cell.gap, cell.rule))
            if cut < len(words):
                return _foot(sheet, titles, (cell.start + cut, cell.end))
            if len(titles) > 8:
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
        return (follows and not _is_name(words, capitals=True)) or bool(_ROLE.search(folded))
    return follows and len(words.split()) < 6 and bool(_OWN_ROLE.match(words))


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
    if _OWN_ROLE.match(bare) or folded.startswith(("luu ", "noi ", "kem theo", "uy ban", "hoi dong")):
        return False
    return all(s[1:].islower() or len(s) == 1 or "-" in s or "'" in s for s in syllables)


def _rank_end(words: str) -> int:
    rank = _RANK.match(fold(words))
    return rank.end() if rank else 0


def _name_beside(sheet: Sheet, archive: Cell) -> Fact | None:
    """A name at the end of the archive line, where two columns were read as one: "- Lưu: VT, NC. Trần Phước Hiên"."""
    words = sheet.plain[archive.start : archive.end]
    match = _NAME_AFTER_ARCHIVE.search(words)
    if match is None or fold(match[1].split()[0]) not in _SURNAMES or not _is_name(match[1], capitals=False):
        return None
    start = archive.start + match.start(1)
    return Fact(sheet.words(start, archive.end), sheet.span(start, archive.end), "archive-line", "medium")


def _foot(sheet: Sheet, titles: list[Cell], name: tuple[int, int] | None) -> Foot | None:
    signer = None
    if name:
        begin = name[0] + _rank_end(sheet.plain[name[0] : name[1]])
        value = sheet.words(begin, name[1]).strip(" .,*_-")
        value = " ".join(s.capitalize() for s in value.split()) if value.isupper() else value
        signer = Fact(value, sheet.span(begin, name[1]), "signature")
    start, end = titles[0].start, titles[-1].end
    cut = _position_start(sheet.folded[start:end])
    if cut == 0 and signer is None:
        return None
    return Foot(signer, _title(sheet, start + cut, end), _title(sheet, start, start + cut))


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
    roles = list(_ROLE.finditer(folded, last.end()))
    wanted = 0 if "m" in last[0] else 1
    return roles[wanted].start() if len(roles) > wanted else len(folded)


def _title(sheet: Sheet, start: int, end: int) -> Fact | None:
    value = sheet.words(start, end)
    if not value:
        return None
    last = start + len(sheet.plain[start:end].rstrip())
    return Fact(value, sheet.span(start, last), "signature")
