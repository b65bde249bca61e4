"""Mentions by name: Hiến pháp, Bộ luật, Luật, Pháp lệnh, with or without a number or a date behind.

Where a name ends is the whole difficulty: "Luật Phòng, chống thiên tai và Luật Đê điều", "Luật Đất đai và các văn bản
hướng dẫn".  A name of ``tables/laws.toml`` is walked word by word, the longest wins; another name ends by grammar.  A law
that amends has its object inside its name: "Luật sửa đổi, bổ sung một số điều của Luật X và Luật Y" is one mention
around two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from docsearch.citations.dates import date_after
from docsearch.citations.found import Found
from docsearch.citations.lawnames import LONGEST, known, name_end, one_line, spelling
from docsearch.vietnamese import fold

# Each begins with letters that the engine can look for as a string, which is four times as fast as an alternation.
_HEADS = (
    re.compile(r"uật(?=[\s*])(?<![Hh]áp luật)(?<=[lL]uật)"),
    re.compile(r"LUẬT(?=[\s*])(?<!PHÁP LUẬT)"),
    re.compile(r"háp(?=\s+[lL]ệnh[\s*])"),
    re.compile(r"PHÁP(?=\s+LỆNH[\s*])"),
    re.compile(r"Hiến\s+pháp"),
    re.compile(r"HIẾN\s+PHÁP"),
)
_HEAD_WORDS = re.compile(
    r"(?:(?P<code>[Bb]ộ\s+[Ll]uật|BỘ\s+LUẬT)|(?P<law>[Ll]uật|LUẬT)|(?P<ordinance>[Pp]háp\s+[Ll]ệnh|PHÁP\s+LỆNH)|(?P<constitution>Hiến\s+pháp|HIẾN\s+PHÁP))(?!\w)"
)
_KINDS = {"code": "Bộ luật", "law": "Luật", "ordinance": "Pháp lệnh", "constitution": "Hiến pháp"}

_BEFORE = (
    "pháp",
    "công ty",
    "văn phòng",
    "khoa",
    "ngành",
    "đại học",
    "thạc sĩ",
    "tiến sĩ",
    "cử nhân",
    "viện",
    "trường",
    "hãng",
    "học",
)
_NO_LAW = ("kỷ", "kỉ", "quy", "định", "tập", "nghề", "bản", "của luật", "học")  # kỷ luật, quy luật, định luật ...
_DRAFT = ("dự án", "dự thảo", "dự luật", "dự án luật", "dự thảo luật")
_AMENDING = re.compile(
    r"[\s*_]*(?:sua\s+doi|bo\s+sung|bai\s+bo|thay\s+the)\b[^.;:()\"“”]{0,110}?\b(?=(?:bo\s+)?luat\s|phap\s+lenh\s)"
)
_MANY = re.compile(
    r"\s*(?:sua\s+doi|bo\s+sung)\b[^.;:()\"“”]{0,70}?\bcua\s+(?:cac|\d{1,2})\s+luat(?:\s+co)?(?:\s+lien\s+quan)?"
    r"(?:\s+(?:den|ve)\s+[a-z,\s-]{3,110}?)?(?=\s+so\s|\s+ngay\s|\s+nam\s+\d|[.;)])"
)
_PARTS = (  # "và Điều 121 của Luật Y"
    r"(?:(?:(?:điểm|khoản|Điều|điều)[\s*]+[\da-zđ]+[,\s*]+|một[\s*]+số[\s*]+điều[\s*]+)+(?:của[\s*]+)?)?"
)
_AND = re.compile(
    rf"[\s*]*(?:,|;?[\s*]*(?:và|VÀ)|hoặc|HOẶC|,\s*và)[\s*]+{_PARTS}(?=(?:[Bb]ộ\s+)?[Ll]uật\s|Pháp\s+lệnh\s|BỘ|LUẬT\s|PHÁP)"
)
_NUMBER_LEAD = re.compile(r"[\s*_]*[,(]?[\s*_]*(?:(?:số|Số|SỐ|sô|sổ)[\s*_:]*)?(?=[0-9])")
_STATE = re.compile(
    r"[\s*]+nước[\s*]+(?:Cộng[\s*]+h(?:òa|oà)[\s*]+(?:xã[\s*]+hội[\s*]+chủ[\s*]+nghĩa[\s*]+)?Việt[\s*]+Nam|CHXHCN\s+Việt\s+Nam|VNDCCH)(?:\s+dân\s+chủ\s+cộng\s+h(?:òa|oà))?",
    re.IGNORECASE,
)


class Tail(NamedTuple):
    """What is attached to a name: a number found there, a date or year, and where the mention ends."""

    number: Found | None
    issued: str | None
    start: int
    end: int
    until: int


def find_names(text: str, numbers: dict[int, Found]) -> list[Found]:
    """All mentions by name, in text order; `numbers` are those found by number, by the place of their first digit.

    A number that belongs to a law named before it ("Luật Nhà ở số 27/2023/QH15") is widened in place to hold the name.
    """
    founds: list[Found] = []
    done = 0
    for head in _heads(text):
        if head.start() < done:
            continue
        for found in _at_head(text, head, numbers):
            founds.append(found)
            done = max(done, found.end if found.name else done)
    return founds


def _heads(text: str) -> Iterator[re.Match[str]]:
    """Each head word ("Luật", "Bộ luật" ...) that may begin a name, in text order."""
    anchors = [match.start() for pattern in _HEADS for match in pattern.finditer(text)]
    for at in sorted(anchors):
        head = _HEAD_WORDS.match(text, _head_start(text, at))
        if head is not None and not (head.start() and text[head.start() - 1].isalnum()):
            yield head


def _head_start(text: str, at: int) -> int:
    """Where the head word begins whose anchor is at `at`: a letter earlier, and "Bộ" before it belongs to it."""
    start = at if text[at] in "LPH" else at - 1
    left = text[max(0, start - 6) : start]
    if text[start] in "lL" and left.split()[-1:] in (["Bộ"], ["bộ"], ["BỘ"]) and left[-1:].isspace():
        return start - len(left) + max(left.rfind("ộ"), left.rfind("Ộ")) - 1
    return start


def _at_head(text: str, head: re.Match[str], numbers: dict[int, Found]) -> list[Found]:
    """The mentions that begin at one head word: none, one, or an amending law and what it amends."""
    before = " ".join(text[max(0, head.start() - 16) : head.start()].lower().replace("*", " ").split())
    if before.endswith(_BEFORE) or not _reads_as_name(text, head, before):
        return []
    kind = _KINDS[str(head.lastgroup)]
    if kind == "Hiến pháp":
        return _constitution(text, head, numbers) if head[0][0] == "H" else []
    unnamed = before.endswith(_DRAFT) or _is_title(text, head) or _is_enacted(text, head)
    amending = _amending(text, head, kind, numbers, inner_only=unnamed)
    if amending:
        return amending
    end = name_end(text, head.end(), kind)
    if end < 0 and head[0] in {"Luật", "Pháp lệnh"} and not unnamed:
        return _dated_only(text, head, kind)
    if end < 0 or unnamed:
        return []
    return [_named(text, head, end, kind, numbers), *_further(text, head, end, kind, before)]


def _dated_only(text: str, head: re.Match[str], kind: str) -> list[Found]:
    """A law named by its day alone: "được sửa đổi, bổ sung bởi Luật ngày 25 tháng 6 năm 2025"."""
    date = date_after(text, head.end(), bare_year=False)
    if date is None or len(date.issued) < len("2025-06-25"):
        return []
    found = Found(start=head.start(), end=date.end, kind="name", doctype=kind, number=None, name=None, issued=date.issued)
    found.issued_start, found.issued_end, found.certainty = date.start, date.end, "medium"
    return [found]


def _is_title(text: str, head: re.Match[str]) -> bool:
    """Whether the head word stands alone on its line in capitals: the title of the document, which is itself a law."""
    if not head[0].isupper() or text[head.end() : head.end() + 8].lstrip(" *_\t")[:1] != "\n":
        return False
    before = "".join(text[max(0, head.start() - 12) : head.start()].split(" ")).rstrip("*_\t")
    return not before or before.endswith(("\n\n", "|\n"))


_ENACTING = re.compile(r"\n[\s*_]*(?:Ủy\s+ban\s+[Tt]hường\s+vụ\s+)?Quốc\s+hội\s+ban\s+hành[\s*_]+$")


def _is_enacted(text: str, head: re.Match[str]) -> bool:
    """Whether it is the document itself, in its enacting formula: "Quốc hội ban hành Luật Lưu trữ."."""
    return _ENACTING.search(text, max(0, head.start() - 60), head.start()) is not None


def _reads_as_name(text: str, head: re.Match[str], before: str) -> bool:
    """Whether a name may follow: "luật" in small letters asks for a capital behind ("luật Đất đai"), and no "kỷ" before."""
    if head[0] == "luật":
        return not before.endswith(_NO_LAW) and text[head.end() : head.end() + 3].strip(" *_\n")[:1].isupper()
    return head[0] != "LUẬT" or not before.endswith(("kỷ", "kỉ", " quy"))


def _named(text: str, head: re.Match[str], end: int, kind: str, numbers: dict[int, Found]) -> Found:
    tail = _tail(text, end, numbers)
    name = spelling(text[head.start() : end], kind)
    return _made(text, head.start(), tail, kind, name)


def _made(text: str, start: int, tail: Tail, kind: str, name: str) -> Found:
    """The mention with its tail; where the tail is a number, that mention is widened instead of making a new one."""
    if tail.number is not None:
        tail.number.start, tail.number.name, tail.number.doctype = start, name, kind
        return tail.number
    found = Found(start=start, end=tail.end, kind="name", doctype=kind, number=None, name=name, issued=tail.issued)
    if tail.issued:
        found.issued_start, found.issued_end = tail.start, tail.until
    return found


_EDITED = re.compile(r"\s*\((?:sửa đổi|sửa đổi, bổ sung)\)(?=\s+(?:ngày|năm))")


def _tail(text: str, end: int, numbers: dict[int, Found]) -> Tail:
    lead = _NUMBER_LEAD.match(text, end)
    number = numbers.get(lead.end()) if lead else None
    if number is not None and number.name is None:
        return Tail(number, None, -1, -1, number.end)
    at = end
    edited = _EDITED.match(text, end)
    if edited:
        at = edited.end()
    date = date_after(text, at)
    if date is None or (date.start > at + 8 and len(date.issued) > 4):  # "Luật X ban hành ngày": of the paper that guides it
        return Tail(None, None, -1, end, -1)
    return Tail(None, date.issued, date.start, date.end, date.end)


def _constitution(text: str, head: re.Match[str], numbers: dict[int, Found]) -> list[Found]:
    state = _STATE.match(text, head.end())
    end = state.end() if state else head.end()
    return [_made(text, head.start(), _tail(text, end, numbers), "Hiến pháp", one_line(text[head.start() : end]))]


# --- amending laws ----------------------------------------------------------------------------------------------------


def _amending(text: str, head: re.Match[str], kind: str, numbers: dict[int, Found], *, inner_only: bool) -> list[Found]:
    """ "Luật sửa đổi, bổ sung một số điều của Luật X và Luật Y ngày ...": the whole, then X and Y."""
    window = text[head.end() : head.end() + LONGEST]
    first = window.lstrip(" *_\n")[:4]
    if first[:1] not in "sbtSBT" or not fold(first).startswith(("sua", "bo", "bai", "thay")):
        return []
    window = fold(window)
    lead = _AMENDING.match(window)
    inner, end = _amended(text, head.end() + lead.end(), numbers) if lead else ([], -1)
    if inner_only or head[0][0] in "lbp":
        return _with_tail(text, inner, end, numbers)
    if not inner:
        many = _MANY.match(window)
        return [_named(text, head, head.end() + many.end(), kind, numbers)] if many else []
    outer = _named(text, head, end, kind, numbers)
    outer.name = _with_names(text, head.start(), end, kind, inner)
    return [outer, *inner]


def _with_tail(text: str, inner: list[Found], end: int, numbers: dict[int, Found]) -> list[Found]:
    """`inner` where the amending law has no number or date yet: what follows the last of them is that one's."""
    last = inner.pop() if inner else None
    if last is not None:
        inner.append(_made(text, last.start, _tail(text, end, numbers), str(last.doctype), str(last.name)))
    return inner


def _with_names(text: str, start: int, end: int, kind: str, inner: list[Found]) -> str:
    """The name of an amending law, in which the names inside are spelled as they are by themselves."""
    parts, at = [], start
    for found in inner:
        numbered = f" số {found.number}" if found.number_start >= 0 else ""
        parts += [text[at : found.start], f"{found.name}{numbered}"]
        at = found.end
    return spelling(one_line("".join([*parts, text[at:end]])), kind)


def _amended(text: str, at: int, numbers: dict[int, Found]) -> tuple[list[Found], int]:
    """The laws named from `at` on, joined by commas and "và", and where the last one's name ends.

    What follows that one is the amending law's, save where each has its own number: "Luật sửa đổi, bổ sung một số điều của
    Luật Đất đai số 31/2024/QH15 và Luật Nhà ở số 27/2023/QH15 ngày 29/6/2024".
    """
    inner: list[Found] = []
    end = at
    while True:
        head = _HEAD_WORDS.match(text, at)
        if head is None or head.lastgroup == "constitution":
            return inner, end
        kind = _KINDS[str(head.lastgroup)]
        stop = name_end(text, head.end(), kind)
        if stop < 0:
            return inner, end
        name = spelling(text[head.start() : stop], kind)
        number = _inner_number(text, stop, numbers, listed=bool(inner) and inner[-1].number is not None)
        inner.append(_made(text, head.start(), Tail(number, None, -1, stop, -1), kind, name))
        end = number.end if number else stop
        more = _AND.match(text, end)
        if more is None:
            return inner, end
        at = more.end()


def _inner_number(text: str, at: int, numbers: dict[int, Found], *, listed: bool) -> Found | None:
    """The number at `at` where it is that of an amended law: a further law or number follows, or the one before has its own."""
    lead = _NUMBER_LEAD.match(text, at)
    number = numbers.get(lead.end()) if lead else None
    if number is None or number.name is not None:
        return None
    after = _NUMBER_LEAD.match(text, number.end)
    return number if listed or _AND.match(text, number.end) or (after and numbers.get(after.end())) else None


def amending_name(text: str, found: Found) -> str | None:
    """The name that follows a numbered law: "Pháp lệnh số 04/2012/UBTVQH13 sửa đổi, bổ sung một số điều của Pháp lệnh X"."""
    lead = _AMENDING.match(fold(text[found.end : found.end + LONGEST]))
    if lead is None:
        return None
    inner, end = _amended(text, found.end + lead.end(), {})
    return f"{found.doctype} {one_line(text[found.end : end])}" if inner else None


_LISTED = re.compile(r"[\s*]*(?:,|và)[\s*]+(?![Ll]uật|[Bb]ộ\s+[Ll]uật)")


def _further(text: str, head: re.Match[str], end: int, kind: str, before: str) -> list[Found]:
    """ "các Luật Đất đai, Nhà ở, Xây dựng": the names after the first that share its head word."""
    founds: list[Found] = []
    while before.endswith("các"):
        joint = _LISTED.match(text, end)
        stop, _ = known(text[joint.end() : joint.end() + LONGEST], kind) if joint else (0, "")
        if joint is None or stop == 0:
            break
        end = joint.end() + stop
        name = f"{kind} {one_line(text[joint.end() : end])}"
        founds.append(Found(start=joint.end(), end=end, kind="name", doctype=kind, number=None, name=name, issued=None))
    return founds
