"""Who issued a paper: the offices of the letterhead put together, the authority's line, or the opening sentence.

A letterhead names the parent office above the issuing one, each over one to three lines: "BỘ TÀI CHÍNH" / "CỤC THUẾ" are
two offices, "ỦY BAN NHÂN DÂN" / "TỈNH NGHỆ AN" and "BỘ LAO ĐỘNG - THƯƠNG BINH" / "VÀ XÃ HỘI" are one.
"""

from __future__ import annotations

import re

from docsearch.metadata.sheet import Sheet
from docsearch.model import Fact
from docsearch.vietnamese import fold

_LEVEL = r"(?:tinh|thanh\s+pho|tp\.?|huyen|quan|thi\s+xa|thi\s+tran|xa|phuong|dac\s+khu)"
_OFFICE = re.compile(
    r"""(?: uy\s+ban | u[yi]\s+ban | ubnd | hdnd | hoi\s+dong | chinh\s+phu | quoc\s+hoi | thu\s+tuong | chu\s+tich | bo\s | so\s | tong\s+cuc
    | cuc\s | chi\s+cuc | vu\s | vien\s | truong\s | ban\s | van\s+phong | thanh\s+tra | phong\s | trung\s+tam | cong\s+an | cong\s+ty
    | dang\s+uy | dang\s+bo | chi\s+bo | tinh\s+uy | thanh\s+uy | huyen\s+uy | quan\s+uy | thi\s+uy | thue\s | kho\s+bac | bao\s+hiem
    | ngan\s+hang | toa\s+an | kiem\s+toan | lien\s+doan | hai\s+quan | mat\s+tran | hoi\s | tong\s+cong\s+ty | tong\s+lien\s+doan
    | benh\s+vien | dai\s+hoc | hoc\s+vien | doan\s | to\s+cong\s+tac | quy\s | bch\s | ban\s+chap\s+hanh | chi\s+nhanh | hat\s+kiem
    | doi\s | uy\s+vien | cuc$ | phan\s+hieu | tap\s+doan | lien\s+minh | hiep\s+hoi )""",
    re.VERBOSE,
)
_BARE = re.compile(
    r"""(?: uy\s+ban(?:\s+nhan\s+dan)? | hoi\s+dong(?:\s+nhan\s+dan)? | ubnd | hdnd | van\s+phong | ban\s+chi\s+dao | thanh\s+tra | thu\s+tuong
    | chu\s+tich(?:\s+uy\s+ban(?:\s+nhan\s+dan)?)? | so | bo | cuc | tong\s+cuc | chi\s+cuc | vu | vien | truong | phong | ban | cong\s+an
    | thue | kho\s+bac | toa\s+an(?:\s+nhan\s+dan)? | kiem\s+toan | ban\s+chap\s+hanh | dang\s+bo | uy\s+ban\s+thuong\s+vu | trung\s+tam
    | bao\s+hiem(?:\s+xa\s+hoi)? | vien\s+kiem\s+sat(?:\s+nhan\s+dan)? | hoi | doan | van\s+phong\s+(?:uy\s+ban|hoi\s+dong)\s+nhan\s+dan
    | ngan\s+hang | lien\s+doan(?:\s+lao\s+dong)? | cong\s+ty | truong\s+dai\s+hoc | dang\s+uy | bch | chi\s+nhanh )""",
    re.VERBOSE,
)
_DANGLING = re.compile(r"(?:\b(?:va|cua|ve|cho|thuoc|cac)|[,–-])$")
_JOINED = re.compile(r"^(?:va|ve|cua|cho|thuoc|tai|[-–,&(])\b|^[-–,&(]")
_VERBS = (
    r"(?:ban\s+hanh|bao\s+cao|xay\s+dung|thong\s+bao|kinh\s+(?:trinh|moi|bao\s+cao|de\s+nghi)|de\s+nghi|trien\s+khai|yeu\s+cau|huong\s+dan"
    r"|co\s+y\s+kien|nhan\s+duoc|quyet\s+dinh|trinh|de\s+ra|tra\s+loi|phe\s+duyet|to\s+chuc|tran\s+trong|chi\s+dao|ke\s+hoach)"
)
_OPENING = re.compile(
    rf"""(?:^|[;.,:\n]\s*) (?P<issuer>
      (?:(?:uy\s+ban|hoi\s+dong)\s+nhan\s+dan | ubnd | hdnd | ban\s | so\s | bo\s | cuc\s | chi\s+cuc | van\s+phong | thanh\s+tra | phong\s
        | (?:ban\s+thuong\s+vu\s+)?(?:tinh|thanh|huyen|quan|dang)\s+uy | chinh\s+phu | vien\s | trung\s+tam | truong\s | hoi\s | cong\s+an)
      [^;.:]{{0,120}}?) \s+ {_VERBS}\b""",
    re.VERBOSE,
)
_NOT_OFFICES = ("bổ", "bỏ", "bố", "số", "bàn", "bán", "bạn", "bản", "so", "hỏi", "phóng", "phòng,", "viễn")
_LEVEL_END = re.compile(rf"(?:^|\s){_LEVEL}$")
_COMMITTEE = re.compile(r"(?:chu tich )?(?:uy ban nhan dan|hoi dong nhan dan|ubnd|hdnd)|(?:tinh|thanh|huyen|quan|dang) uy")
_SHORT = (
    (re.compile(r"\bUBND\b", re.IGNORECASE), "Ủy ban nhân dân"),
    (re.compile(r"\bHĐND\b", re.IGNORECASE), "Hội đồng nhân dân"),
)
_PLACE_WORD = re.compile(r"\b(tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\s+(?=\w)")
_PROPER = {
    "quốc hội": "Quốc hội", "chính phủ": "Chính phủ", "việt nam": "Việt Nam", "nhà nước": "Nhà nước", "trung ương": "Trung ương",
    "thường vụ": "Thường vụ", "đảng": "Đảng", "mặt trận tổ quốc": "Mặt trận Tổ quốc",
}  # fmt: skip


def offices(sheet: Sheet, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The offices of a letterhead, the issuing one last, each a stretch over its lines."""
    found: list[tuple[int, int]] = []
    for start, end in lines:
        if found and _same_office(sheet, found[-1], (start, end)):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    named = [office for office in found if _OFFICE.match(sheet.folded[office[0] : office[1]] + " ")]
    return _told_once(sheet, named)


def strayed_place(sheet: Sheet, lines: list[tuple[int, int]]) -> str:
    """A line of the letterhead that is only a place ("TỈNH QUẢNG NGÃI"), torn from its office by the order of reading."""
    for start, end in lines:
        if re.fullmatch(rf"{_LEVEL}\s+[a-z' -]+", sheet.folded[start:end]):
            return sheet.words(start, end)
    return ""


def _same_office(sheet: Sheet, above: tuple[int, int], line: tuple[int, int]) -> bool:
    over = sheet.folded[above[0] : above[1]]
    words = sheet.folded[line[0] : line[1]]
    if " ".join(over.split()) == " ".join(words.split()):
        return False
    if _BARE.fullmatch(over) or _DANGLING.search(over) or _JOINED.match(words):
        return True
    return not _OFFICE.match(words + " ")


def _told_once(sheet: Sheet, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without what a gazette repeats above the letterhead itself."""
    keys = [" ".join(sheet.folded[start:end].split()) for start, end in found]
    return [office for i, office in enumerate(found) if keys[i] not in keys[i + 1 :]]


def office_name(words: str, passage: str) -> str:
    """The name of an office in its usual letters: as the paper itself writes it, or by the rules of writing.

    `passage` is the paper's own text on one line: "SỞ KẾ HOẠCH VÀ ĐẦU TƯ" is written "Sở Kế hoạch và Đầu tư" there.

    >>> office_name("UBND TỈNH AN GIANG", "")
    'Ủy ban nhân dân tỉnh An Giang'
    """
    name = " ".join(words.split()).strip(" .,:;-–*")
    for short, full in _SHORT:
        name = short.sub(full.upper() if name.isupper() else full, name)
    if sum(c.isupper() for c in name) < 0.6 * sum(c.isalpha() for c in name):
        return name[:1].upper() + name[1:]
    return _as_written(name, passage) or _by_rule(name)


def _as_written(name: str, passage: str) -> str | None:
    key = fold(name)
    folded = fold(passage)
    place = folded.find(key)
    while place >= 0:
        written = passage[place : place + len(key)]
        if sum(c.isupper() for c in written) < 0.6 * sum(c.isalpha() for c in written) and any(c.isupper() for c in written):
            return written[:1].upper() + written[1:]
        place = folded.find(key, place + len(key))
    return None


def _by_rule(name: str) -> str:
    """A name in capitals as a name in small letters: places, ministries and the State's own words keep their capitals."""
    words = name.lower()
    for plain, proper in _PROPER.items():
        words = re.sub(rf"\b{plain}\b", proper, words)
    place = _PLACE_WORD.search(words)
    if place:
        words = words[: place.end()] + re.sub(r"\b\w", lambda first: first[0].upper(), words[place.end() :])
    words = re.sub(r"^(bộ|sở) (\w)", lambda head: f"{head[1]} {head[2].upper()}", words)
    return words[:1].upper() + words[1:]


def opening_issuer(sheet: Sheet, start: int) -> tuple[int, int] | None:
    """The subject of the opening words: "Ủy ban nhân dân huyện báo cáo ..."; ``None`` where nobody acts in them."""
    for match in _OPENING.finditer(sheet.folded, start, min(start + 2500, len(sheet.folded))):
        first = sheet.plain[match.start("issuer") : match.end("issuer")].split()[0]
        if first[0].isupper() and first.lower() not in _NOT_OFFICES:
            return match.span("issuer")
    return None


def with_place(name: str, place: Fact | None) -> str:
    """A committee named by its level alone, with the place of the date line: "Ủy ban nhân dân huyện" + "Cầu Kè"."""
    key = fold(name)
    if place is None or not _COMMITTEE.match(key) or not _LEVEL_END.search(key):
        return name
    level = re.search(r"\S+(?: phố| xã| trấn| khu)?$", name)
    where = re.sub(rf"^{re.escape(level[0]) if level else '$'}\s+", "", place.value, flags=re.IGNORECASE)
    return f"{name} {where}"


def attached_issuer(sheet: Sheet, start: int) -> tuple[int, int] | None:
    """Who issued the paper that an attachment names: "(Kèm theo Quyết định số ... của UBND tỉnh An Giang về ...)"."""
    match = re.search(
        r"kem\s+theo\b[^\n]*?(?:\n[^\n]*?){0,3}?\bcua\s+(?P<issuer>[^;.()\n]{3,90}?)(?=\s+(?:ve|quy\s+dinh|ban\s+hanh|phe\s+duyet|sua\s+doi|huong\s+dan)\b|\s*[;.()\n])",
        sheet.folded[start : start + 700],
    )
    return (start + match.start("issuer"), start + match.end("issuer")) if match else None
