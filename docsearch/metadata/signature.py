"""The foot of a paper: who signed, as what and on whose behalf, and to whom it goes (nơi nhận).

Authority of signing: TM., KT., TL., TUQ., Q. (Nghị định 30/2020/NĐ-CP, Điều 13), T/M, T/L, K/T with the Party.  The first
signature block is the paper's own; what follows it are annexes, with forms that have a foot of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from docsearch.metadata.sheet import CAPITAL, Cell, Sheet, cells, is_upper, lay_out
from docsearch.model import Fact
from docsearch.vietnamese import fold

_RECIPIENTS = re.compile(r"N[ơƠ][iI]\s+[nN][hH][ậẬ][nN]\b[\s*_]*:?[*_]*")
_LABEL = re.compile(r"noi\s+nhan\s*:?\s*")
_PREFIX = re.compile(r"(?:tm|kt|tl|tuq|q|t/m|k/t|t/l)\s*[./,]\s*(?=[a-z])")
_ROLE = re.compile(
    r"\b(?:truong|chu tich|giam doc|thu tuong|chu nhiem|thong doc|chanh|bi thu|tong kiem toan|tong thanh tra|chu toa|tham phan|vien truong"
    r"|tong thu ky|thu ky|thuong truc|uy vien|tu lenh|chinh uy|chi huy|nguoi ky|pho ban|nguyen thu)\b"
)
_SIGNED = re.compile(r"^[(\[]?\s*(?:da ky|ky ten|chu ky|ky, ghi|ky va)")
_RANK = re.compile(
    r"^(?:(?:gs|pgs|ts|ths|bs|bsckii|bscki|ks|cn|ls|ktv|nguyen thu|dai tuong|thuong tuong|trung tuong|thieu tuong|dai ta|thuong ta|trung ta"
    r"|thieu ta|ong|ba|dong chi)\b\s*[.,]?\s*)+"
)
_SURNAMES = frozenset(
    (
        "an au bach ban be bo bui ca cam cao chau che chu chung co cu cung dam dang danh dao dau diep dieu dinh do doan doi dong du "
        "duong duu giang giap gia ha ham hang ho hoa hoang hong hua hung huynh ka kha khong khuat khuong kieu kim ksor la lac lai lam lang le "
        "leng lieu lo long lu lu luc luong luu ly ma mac mai man mong mua nay ngan nghiem ngo ngoc nguy nguyen nham nhan nhu ninh nong ong "
        "pham phan phi phu phung phuong quach quan quang rmah ro sa sam sung ta tang thach than thai tham thang thi thieu tho "
        "thuong to ton tong tra tran tri trieu trinh truong tu tung tuong tuu ty ung uong vang vi vien vo vu vuong vuu xa y"
    ).split()
)
_RIGHT = re.compile(
    rf"[:;,.]\s*(?=(?:T/?M|K/?T|T/?L|TUQ|Q)[.,]\s?[{CAPITAL}]|[{CAPITAL}]{{3,}}[{CAPITAL} ]+$)|\s{{3,}}(?=\S)", re.MULTILINE
)
_LAST_NAME = re.compile(rf"(?<=[{CAPITAL}.)])\s+((?:[{CAPITAL}][^\W\d_{CAPITAL}]+[ ]?){{2,5}})$")
_NAME_BESIDE = re.compile(rf"(?:[.;]|\s{{3}})\s*((?:[{CAPITAL}][^\W\d_]+ ?){{3,4}})$")
_ITEM = re.compile(r"\s*(?:[-–+•*]|\d{1,2}[.)])\s*")


@dataclass(frozen=True, slots=True)
class Foot:
    """What the end of a paper tells.  `end` is the place in the text where the foot ends."""

    signer: Fact | None = None
    position: Fact | None = None
    authority: Fact | None = None
    recipients: tuple[Fact, ...] = ()
    end: int = 0


def read_foot(text: str, start: int, end: int) -> Foot:
    """The foot of the paper in ``text[start:end]``: round its first "Nơi nhận", or at its end where it has none."""
    label = _RECIPIENTS.search(text, start, end)
    while label and not _is_label(text, label):
        label = _RECIPIENTS.search(text, label.end(), end)
    if label is None:
        return _signed_at_end(text, start, end)
    before = lay_out(text, max(start, label.start() - 500), label.start())
    sheet = lay_out(text, label.start(), min(end, label.end() + 4000))
    lines = list(cells(sheet))
    recipients, rest = _recipients(sheet, _after_label(sheet), lines)
    foot = (
        _signature(sheet, rest) or _signature(before, list(cells(before))[-7:]) or _signature(sheet, _right_column(sheet, lines))
    )
    signer = foot.signer if foot and foot.signer else _name_beside(sheet, lines)
    if foot is None:
        return Foot(signer=signer, recipients=recipients, end=label.end())
    return Foot(signer, foot.position, foot.authority, recipients, label.end())


def _after_label(sheet: Sheet) -> int:
    label = _LABEL.search(sheet.folded)
    return label.end() if label else 0


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Whether "Nơi nhận" stands as a label: at the head of a line or cell, with a colon or alone."""
    line = max(text.rfind("\n", 0, match.start()), text.rfind("|", 0, match.start())) + 1
    return not text[line : match.start()].strip(" *_#") and (":" in match[0] or "\n" in match[0])


def _recipients(sheet: Sheet, start: int, lines: list[Cell]) -> tuple[tuple[Fact, ...], list[Cell]]:
    """The entries of "Nơi nhận", and the lines after them."""
    entries: list[tuple[int, int]] = []
    for number, cell in enumerate(lines):
        begin = max(cell.start, start)
        words = sheet.plain[begin : cell.end]
        if not words.strip(" :.*"):
            continue
        if _opens_signature(sheet, begin, cell.end):
            return _entry_facts(sheet, entries), lines[number:]
        if _ITEM.match(words):
            entries.extend(_items_of_line(sheet, begin, cell.end))
        elif entries and not _closed(sheet, entries[-1]) and (words[:1].islower() or not cell.gap):
            entries[-1] = (entries[-1][0], cell.end)
        elif entries or number > 6:
            return _entry_facts(sheet, entries), lines[number:]
    return _entry_facts(sheet, entries), []


def _closed(sheet: Sheet, entry: tuple[int, int]) -> bool:
    words = sheet.folded[entry[0] : entry[1]]
    return words.endswith((".", ";")) or bool(re.match(r"\W*luu\b", words))


def _items_of_line(sheet: Sheet, start: int, end: int) -> list[tuple[int, int]]:
    """The entries of one line: a table cell may hold them all ("- Như trên; - Lưu: VT.")."""
    cuts = [match.end() for match in re.finditer(r";\s+(?=-\s)", sheet.plain[start:end])]
    edges = [0, *cuts, end - start]
    return [(start + a, start + b) for a, b in zip(edges, edges[1:], strict=False)]


def _entry_facts(sheet: Sheet, entries: list[tuple[int, int]]) -> tuple[Fact, ...]:
    facts = []
    for start, end in entries:
        mark = _ITEM.match(sheet.plain, start, end)
        first = mark.end() if mark else start
        beside = _RIGHT.search(sheet.plain, first, end)
        value = sheet.words(first, beside.start() if beside else end).rstrip(" ;.,")
        if value:
            facts.append(Fact(value, sheet.span(first, end), "recipients"))
    return tuple(facts)


def _opens_signature(sheet: Sheet, start: int, end: int) -> bool:
    """Whether a line names who signs: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "GIÁM ĐỐC"."""
    words = sheet.folded[start:end]
    prefix = _PREFIX.match(words)
    if prefix and words[1] == "m":
        return sheet.plain[start].isupper()
    if prefix:
        return bool(_ROLE.search(words)) and sheet.plain[start].isupper()
    return is_upper(sheet.plain[start:end]) and bool(_ROLE.search(words))


def _right_column(sheet: Sheet, lines: list[Cell]) -> list[Cell]:
    """What stands right of the recipients on their lines: "- Như trên;      KT. CHỦ TỊCH"."""
    found = []
    for cell in lines:
        match = _RIGHT.search(sheet.plain, cell.start, cell.end)
        if match:
            found.append(Cell(match.end(), cell.end, cell.gap, cell.rule))
    return found


def _signature(sheet: Sheet, lines: list[Cell]) -> Foot | None:
    """The signature that a run of lines is: authority and position in capitals, then a name."""
    titles: list[Cell] = []
    for cell in lines:
        words = sheet.plain[cell.start : cell.end]
        folded = sheet.folded[cell.start : cell.end]
        if _SIGNED.match(folded) or (sum(c.isalpha() for c in words) < 3 and folded not in _SURNAMES):
            continue
        if _opens_signature(sheet, cell.start, cell.end) or (titles and is_upper(words) and not _is_name(words, capitals=True)):
            split = _name_at_end(words)
            titles.append(Cell(cell.start, cell.start + split, cell.gap, cell.rule))
            if split < len(words):
                return _foot(sheet, titles, (cell.start + split, cell.end))
            continue
        if titles and _is_name(words, capitals=True):
            return _foot(sheet, titles, (cell.start, cell.end))
        if titles and _RANK.match(folded) and not _RANK.sub("", folded).strip():
            continue
        if titles and _half_name(words):
            following = _next_half(sheet, lines, cell)
            if following:
                return _foot(sheet, titles, (cell.start, following.end))
        if titles:
            break
    return _foot(sheet, titles, None) if titles else None


def _half_name(words: str) -> bool:
    """Whether words can be the first line of a name that is broken over two: "Vũ" / "Chiến Thắng"."""
    syllables = words.split()
    return len(syllables) <= 3 and fold(syllables[0]) in _SURNAMES and all(s[:1].isupper() for s in syllables)


def _next_half(sheet: Sheet, lines: list[Cell], cell: Cell) -> Cell | None:
    place = lines.index(cell) + 1
    if place < len(lines) and not lines[place].gap:
        whole = sheet.words(cell.start, lines[place].end)
        return lines[place] if _is_name(whole, capitals=False) else None
    return None


def _name_at_end(words: str) -> int:
    """Where a name begins at the end of a line in capitals, or the line's length: "... NGƯỜI CÓ CÔNG Hoàng Công Thái"."""
    match = _LAST_NAME.search(words)
    return match.start(1) if match and _is_name(match[1], capitals=False) else len(words)


def _is_name(words: str, *, capitals: bool) -> bool:
    """Whether words are a person's name: two to five capitalised syllables; one in capitals needs a known surname."""
    bare = words[_rank_end(words) :].strip(" .,*_-")
    syllables = bare.replace(" - ", " ").split()
    if not 2 <= len(syllables) <= 6 or not all(
        s[:1].isupper() and s.replace("'", "").replace("-", "").isalpha() for s in syllables
    ):
        return False
    if bare.isupper():
        return capitals and fold(syllables[0]) in _SURNAMES and not _ROLE.search(fold(bare))
    return all(s[1:].islower() or len(s) == 1 or "-" in s or "'" in s for s in syllables) and fold(syllables[0]) not in (
        "luu",
        "noi",
        "phu",
    )


def _rank_end(words: str) -> int:
    rank = _RANK.match(fold(words))
    return rank.end() if rank else 0


def _name_beside(sheet: Sheet, lines: list[Cell]) -> Fact | None:
    """A name at the end of the archive line, where two columns were read as one: "- Lưu: VT, NC. Trần Phước Hiên"."""
    for cell in lines:
        words = sheet.plain[cell.start : cell.end]
        match = _NAME_BESIDE.search(words)
        if (
            match
            and fold(words).lstrip(" -").startswith("luu")
            and fold(match[1].split()[0]) in _SURNAMES
            and _is_name(match[1], capitals=False)
        ):
            start = cell.start + match.start(1)
            return Fact(sheet.words(start, cell.end), sheet.span(start, cell.end), "archive-line", "medium")
    return None


def _foot(sheet: Sheet, titles: list[Cell], name: tuple[int, int] | None) -> Foot:
    signer = None
    if name:
        begin = name[0] + _rank_end(sheet.plain[name[0] : name[1]])
        value = sheet.words(begin, name[1]).strip(" .,*_-")
        signer = Fact(_proper(value), sheet.span(begin, name[1]), "signature")
    authority, position = _parted(sheet, titles)
    return Foot(signer, _joined(sheet, position), _joined(sheet, authority))


def _parted(sheet: Sheet, titles: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The lines with TM., KT., TL. ... and what continues them; and the signer's own position under them."""
    authority: list[Cell] = []
    position: list[Cell] = []
    for cell in titles:
        words = sheet.folded[cell.start : cell.end]
        own = position if position else authority
        if _PREFIX.match(words):
            own = authority
        elif _ROLE.match(words) or words.startswith("pho ") or not authority:
            own = position
        own.append(cell)
    return authority, position


def _joined(sheet: Sheet, lines: list[Cell]) -> Fact | None:
    if not lines:
        return None
    value = " ".join(sheet.words(cell.start, cell.end) for cell in lines)
    return Fact(value, sheet.span(lines[0].start, lines[-1].end), "signature")


def _proper(name: str) -> str:
    return " ".join(s.capitalize() for s in name.split()) if name.isupper() else name


def _signed_at_end(text: str, start: int, end: int) -> Foot:
    """The signature at the very end of a paper without "Nơi nhận", as laws have it."""
    sheet = lay_out(text, max(start, end - 900), end)
    lines = list(cells(sheet))
    for first in range(max(0, len(lines) - 8), len(lines)):
        if _opens_signature(sheet, lines[first].start, lines[first].end):
            foot = _signature(sheet, lines[first:])
            if foot and foot.signer:
                return foot
    return Foot()
