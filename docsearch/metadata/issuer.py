"""Who issued a paper: the offices of the letterhead put together, the authority's line, or the opening sentence.

A letterhead names the parent office above the issuing one, each over one to three lines: "BỘ TÀI CHÍNH" / "CỤC THUẾ" are
two offices, "ỦY BAN NHÂN DÂN" / "TỈNH NGHỆ AN" and "BỘ LAO ĐỘNG - THƯƠNG BINH" / "VÀ XÃ HỘI" are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsearch import registry
from docsearch.metadata import spoiled
from docsearch.metadata.sheet import Sheet
from docsearch.metadata.words import AUTHORITY, DANGLING, LEVEL, OFFICE, RIFTS, ROLE, either
from docsearch.model import Fact
from docsearch.notation import fold_symbol
from docsearch.vietnamese import fold

_OFFICE = re.compile(rf"{OFFICE}(?![a-z0-9])")
_BARE = re.compile(  # an office that needs more words: the next line has them
    rf"(?:{ROLE}\s+)?"
    + either(
        "ủy ban, ủy ban nhân dân, hội đồng, hội đồng nhân dân, UBND, HĐND, văn phòng, ban chỉ đạo, thanh tra, thủ tướng, "
        "chủ tịch, sở, bộ, cục, tổng cục, chi cục, vụ, viện, trường, phòng, ban, công an, thuế, kho bạc, tòa án, "
        "tòa án nhân dân, kiểm toán, ban chấp hành, đảng bộ, ủy ban thường vụ, trung tâm, bảo hiểm, bảo hiểm xã hội, "
        "viện kiểm sát, viện kiểm sát nhân dân, hội, đoàn, đảng ủy, bch, văn phòng ủy ban nhân dân, "
        "văn phòng hội đồng nhân dân, ngân hàng, liên đoàn, liên đoàn lao động, công ty, trường đại học, chi nhánh, "
        "ban quản lý, ban thường vụ, đài, quỹ, học viện, bệnh viện, đại học"
    )
    + "?"
)
_JOINED = re.compile(either("và, về, của, cho, thuộc, tại") + r"\b|[-–,&(]")
_VERB = either(
    "ban hành, báo cáo, xây dựng, thông báo, kính trình, kính mời, kính báo cáo, kính đề nghị, đề nghị, triển khai, yêu cầu, "
    "hướng dẫn, có ý kiến, nhận được, quyết định, xin trình, đề ra, trả lời, phê duyệt, tổ chức, trân trọng, chỉ đạo"
)
_SUBJECT = rf"(?:^|[;.,:\n]\s*)(?P<issuer>(?:{ROLE}\s+(?={OFFICE}))?{OFFICE}(?:\s(?:[^;.:\n]|\n(?!\s*\n)){{0,120}}?)?)\s+"
_OPENING = re.compile(rf"{_SUBJECT}{_VERB}\b(?!\s+(?:cua|ve|so)\b)")
_NOT_ONE = re.compile(r", các|[Cc]ăn cứ")
_HEAD = re.compile(r"(?:Bộ trưởng|Thứ trưởng)\s+(?=Bộ\s)")
_COMMITTEE = re.compile(r"(?:chu tich )?(?:uy ban nhan dan|hoi dong nhan dan|ubnd|hdnd)\b|(?:tinh|thanh|huyen|quan|dang) uy\b")
_LEVEL_END = re.compile(r"(?:^|\s)(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$", re.IGNORECASE)
_SHORT = (
    (re.compile(r"\bUBND\b", re.IGNORECASE), "Ủy ban nhân dân"),
    (re.compile(r"\bHĐND\b", re.IGNORECASE), "Hội đồng nhân dân"),
)
_SEVERAL = re.compile(r"\s[-–]\s(?=(?:BỘ|SỞ|ỦY BAN|BAN|CỤC|TÒA ÁN|VIỆN|TỔNG|ĐOÀN|HỘI|CÔNG AN|THANH TRA|NGÂN HÀNG|CHÍNH PHỦ)\s)")
_ROLE_WORDS = re.compile(rf"{ROLE}\s+(?={OFFICE}(?![a-z]))")
_PLACE_WORD = re.compile(
    r"\b(tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|tỉnh ủy|huyện ủy|quận ủy)\s+(?!ủy)(?=\w)"
)
_HEAD_WORD = re.compile(
    r"^(bộ|sở|cục|tổng cục|chi cục|vụ|viện|ban|phòng|trường|học viện|bệnh viện|thanh tra|văn phòng|trung tâm|hội|đại học) (\w)"
)
_MARKED = {fold(head): head for head in spoiled.HEADS}
_PROPER = (
    "Quốc hội", "Chính phủ", "Việt Nam", "Nhà nước", "Trung ương", "Thường vụ", "Đảng", "Mặt trận Tổ quốc", "Ủy ban",
    "Hội đồng",
)  # fmt: skip


def offices(sheet: Sheet, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The offices of a letterhead, the issuing one last, each a stretch over its lines."""
    found: list[tuple[int, int]] = []
    for start, end in lines:
        if found and _same_office(sheet, found[-1], (start, end)):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return _told_once(sheet, [office for office in found if _names_office(sheet, *office)])


def _names_office(sheet: Sheet, start: int, end: int) -> bool:
    return bool(_OFFICE.match(sheet.folded, start, end)) or spoiled.office_head(sheet.folded[start:end]) is not None


def _same_office(sheet: Sheet, above: tuple[int, int], line: tuple[int, int]) -> bool:
    over = sheet.folded[above[0] : above[1]].split()
    words = sheet.folded[line[0] : line[1]]
    if over == words.split():
        return False
    joined = " ".join(over)
    if (over[-1], words.split()[0]) in RIFTS or _BARE.fullmatch(joined) or DANGLING.search(joined) or _JOINED.match(words):
        return True
    return not _OFFICE.match(words)


def _told_once(sheet: Sheet, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without what a gazette repeats above the letterhead itself."""
    keys = [" ".join(sheet.folded[start:end].split()) for start, end in found]
    return [office for i, office in enumerate(found) if keys[i] not in keys[i + 1 :]]


def strayed_place(sheet: Sheet, lines: list[tuple[int, int]]) -> str:
    """A line of the letterhead that is only a place ("TỈNH QUẢNG NGÃI"), torn from its office by the order of reading."""
    for start, end in lines:
        if re.fullmatch(rf"{LEVEL}\s+[a-z' -]+", sheet.folded[start:end]):
            return sheet.words(start, end)
    return ""


def issuing_subject(sheet: Sheet, start: int, doctype: str) -> tuple[int, int] | None:
    """The subject of the sentence that issues the paper: "Chính phủ ban hành Nghị định quy định ...", often the last basis."""
    sentence = re.compile(rf"{_SUBJECT}(?:ban\s+hanh|xay\s+dung|quyet\s+dinh\s+ban\s+hanh)\s+{either(doctype)}\b")
    return _first_office(sheet, sentence.finditer(sheet.folded, start))


def opening_issuer(sheet: Sheet, start: int) -> tuple[int, int] | None:
    """The subject of the opening words: "Ủy ban nhân dân huyện báo cáo ..."; ``None`` where nobody acts in them."""
    return _first_office(sheet, _OPENING.finditer(sheet.folded, start, min(start + 2500, len(sheet.folded))))


def _first_office(sheet: Sheet, matches: Iterator[re.Match[str]]) -> tuple[int, int] | None:
    for match in matches:
        begin, end = match.span("issuer")
        words = sheet.words(begin, end)
        head = _HEAD.match(words)
        if head:  # "Bộ trưởng Bộ Tài chính ban hành Thông tư": the ministry's act
            begin += sheet.plain[begin:end].index("Bộ", 1)
        if sheet.plain[begin].isupper() and AUTHORITY.match(sheet.words(begin, end)) and not _NOT_ONE.search(words):
            return begin, end
    return None


def symbol_issuer(number: str) -> str | None:
    """The central body whose letters end a number: Chính phủ for 173/2025/NĐ-CP; ``None`` where several or none have them."""
    letters = fold_symbol(re.split(r"[-/]", number)[-1]).upper()
    bodies = [body for body in registry.issuer_segments().get(letters, ()) if body.level == "central"]
    return bodies[0].name if len(bodies) == 1 else None


def attached_issuer(sheet: Sheet, start: int) -> tuple[int, int] | None:
    """Who issued the paper that an attachment names: "(Kèm theo Quyết định số ... của UBND tỉnh An Giang về ...)"."""
    match = re.search(
        r"kem\s+theo\b[^;.]{0,300}?\bcua\s+(?P<issuer>[^;.()]{3,90}?)"
        r"(?=\s+(?:ve|quy\s+dinh|ban\s+hanh|phe\s+duyet|sua\s+doi|huong\s+dan)\b|\s*[;.()])",
        sheet.folded[start : start + 700],
    )
    return (start + match.start("issuer"), start + match.end("issuer")) if match else None


# --- the name of an office --------------------------------------------------------------------------------------------


def office_name(words: str, passage: str = "") -> str:
    """The name of an office in its usual letters: as the register or the paper itself writes it, or by the rules of writing.

    `passage` is the paper's own text: "SỞ KẾ HOẠCH VÀ ĐẦU TƯ" is written "Sở Kế hoạch và Đầu tư" there.

    >>> office_name("UBND TỈNH AN GIANG")
    'Ủy ban nhân dân tỉnh An Giang'
    """
    name = " ".join(words.split()).strip(" .,:;-–*").replace("Uỷ ban", "Ủy ban").replace("UỶ BAN", "ỦY BAN")
    for short, full in _SHORT:
        name = short.sub(full.upper() if name.isupper() else full, name)
    name = _with_head(name)
    known = _registered(name)
    if known or not _mostly_capitals(name):
        return known or _capitalized(name)
    several = _SEVERAL.split(name)
    if len(several) > 1:  # "BỘ NỘI VỤ - BỘ TÀI CHÍNH"
        return " - ".join(office_name(one, passage) for one in several)
    role = _ROLE_WORDS.match(fold(name))
    if role:
        return _capitalized(name[: role.end()].lower()) + office_name(name[role.end() :], passage)
    name = _with_level(name)
    written = _as_written(name, passage)
    return written or (None if _COMMITTEE.match(fold(name)) else spoiled.registered_name(name)) or _by_rule(name)


_LEVEL = re.compile(r"((?:chu tich )?(?:uy ban|hoi dong) nhan dan )(tinh|huyen|quan|xa|phuong|thi xa|thi tran|\w{0,5} ?pho) ")
_LEVELS = {fold(level): level.upper() for level in ("tỉnh", "huyện", "quận", "xã", "phường", "thị xã", "thị trấn")}
_COMMITTEES = {"uy ban nhan dan": "ỦY BAN NHÂN DÂN", "hoi dong nhan dan": "HỘI ĐỒNG NHÂN DÂN"}


def _with_level(name: str) -> str:
    """A committee in capitals with the marks of its head and level, where a scan lost them: "ỦY BẠN NHÂN DÂN TÍNH ..."."""
    found = _LEVEL.match(fold(name))
    if found is None:
        return name
    head = found[1].strip()
    chief = "CHỦ TỊCH " if head.startswith("chu tich ") else ""
    level = _LEVELS.get(found[2], "THÀNH PHỐ")
    return f"{chief}{_COMMITTEES[head.removeprefix('chu tich ')]} {level} {name[found.end() :]}"


def _with_head(name: str) -> str:
    """A name in capitals whose first words a scan misread: "ỦY BAM NHÂN DÂN HUYỆN ..."."""
    if not _mostly_capitals(name) or _OFFICE.match(fold(name)):
        return name
    head = spoiled.office_head(fold(name))
    if head is None:
        return name
    return " ".join([_MARKED[head[0]].upper(), *name.split()[head[1] :]])


def _mostly_capitals(name: str) -> bool:
    return sum(c.isupper() for c in name) >= 0.6 * sum(c.isalpha() for c in name)


def _capitalized(name: str) -> str:
    return name[:1].upper() + name[1:]


def _registered(name: str) -> str | None:
    key = registry.name_key(name)
    known = registry.issuer_names().get(key)
    return known.name if known and registry.name_key(known.name) == key else None


def _as_written(name: str, passage: str) -> str | None:
    plain = " ".join(passage.replace("*", "").split())
    key, folded = fold(name), fold(plain)
    place = folded.find(key)
    while place >= 0:
        written = plain[place : place + len(key)]
        if not _mostly_capitals(written) and any(c.isupper() for c in written[1:]):
            return _capitalized(written).replace("Uỷ ban", "Ủy ban")
        place = folded.find(key, place + len(key))
    return None


def _by_rule(name: str) -> str:
    """A name in capitals as a name in small letters: places, ministries and the State's own words keep their capitals."""
    words = name.lower()
    for proper in _PROPER:
        words = re.sub(rf"\b{proper.lower()}\b", proper, words)
    place = _PLACE_WORD.search(words)
    if place:
        words = words[: place.end()] + re.sub(r"\b\w", lambda first: first[0].upper(), words[place.end() :])
    words = _HEAD_WORD.sub(lambda head: f"{head[1]} {head[2].upper()}", words)
    return _capitalized(words)


def with_place(name: str, place: Fact | None) -> str:
    """A committee named by its level alone, with the place of the date line: "Ủy ban nhân dân huyện" + "Cầu Kè"."""
    level = _LEVEL_END.search(name)
    if place is None or level is None or not _COMMITTEE.match(fold(name)):
        return name
    where = re.sub(rf"^(?:{level[1]}|TP\.?)\s+", "", place.value, flags=re.IGNORECASE)
    return f"{name} {where}"
