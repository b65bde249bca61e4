"""Who issued what a mention names, as the words right after it say ("của ...").

An issuer phrase has no closing mark of its own: it ends where the subject of the paper begins.  So it is walked word by
word and ends at a subject connector ("về", "quy định", "ban hành" ...), at a date, at punctuation that no name of an office
holds, and before "và" with a new instrument.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from docsearch.citations.offices import (
    AFTER_LEVEL,
    CAPITAL_PAIRS,
    FIELD_WORDS,
    LEVEL_SECOND,
    LEVELS,
    NATIONAL,
    OFFICE,
    PAIRS,
    RANKS,
    SMALL_HEADS,
    SPACE,
    STOPS,
    TYPE_PAIRS,
    UNLESS_AFTER_BAN,
)

_OF: Final = rf"(?:[ceC][uủùúũụưửừứữự][aảàáãạăẳằắẵặâẩầấẫậ]|CỦA(?:{SPACE}+CỦA)?)"  # "của", also as scans misread its marks
_LINK = re.compile(rf"(?:\[\d{{1,3}}\])?{SPACE}*[,)]?{SPACE}*(?:(?P<of>(?:của{SPACE}+)?{_OF})|(?P<by>do|DO)){SPACE}+(?=\w)")
_NO_LINK: Final = frozenset(';.:(/-–“”"nvtsqpbhđgkmlr0123456789')  # no link and no name of a national body begins so
_BY_ISSUED = re.compile(rf"{SPACE}*(?:liên{SPACE}+tịch{SPACE}+|ký{SPACE}+)?(?:ban{SPACE}+hành|BAN{SPACE}+HÀNH)\b", re.IGNORECASE)
_PIECES = re.compile(r"[^\s,;.:()\[\]\"“”«»…|*_]+|[,;.:()\[\]\"“”«»…|\t]|\n[ \t]*(?=\n)")
_WINDOW: Final = 70  # characters; most names have under 40
_ROW: Final = 120  # characters; a tab within so many tells of a table
_LONGEST: Final = 400


class Phrase(NamedTuple):
    """An issuer phrase in the text: half-open offsets."""

    start: int
    end: int


def tidy(words: str) -> str:
    """Words of the text on one line, without the marks of bold and italic: ``Chính* *phủ`` is ``Chính phủ``."""
    if "*" in words or "_" in words:
        words = words.replace("*", " ").replace("_", " ")
    return " ".join(words.split())


# Slips of OCR in words that can only be one thing.
_SLIPS: Final = (
    (re.compile(r"^T\w{1,2} tướng\b"), "Thủ tướng"),
    (re.compile(r"^\S{1,2} ban (?=Quốc|nhân|Thường|Trung|Mặt|Dân|Chứng)"), "Ủy ban "),
    (re.compile(r"\b(Tỉnh|Thành|Huyện|Quận) \dy$"), r"\1 ủy"),
    (re.compile(r"^UBND tính\b"), "UBND tỉnh"),
    (re.compile(r"^(UBND|HĐND)\. "), r"\1 "),
)


def office_name(words: str) -> str:
    """An issuer phrase on one line, with the slips of a scan mended where they are certain."""
    name = tidy(words)
    if name.startswith(("Bộ", "Chính phủ", "Thủ tướng", "Quốc hội", "Ủy ban", "Chủ tịch")):
        return name
    for slip, meant in _SLIPS:
        name = slip.sub(meant, name)
    return name


def issuer_after(text: str, at: int, *, joint: bool = False) -> Phrase | None:
    """The issuer that the words at `at` state ("của Chính phủ", "do Quốc hội ban hành"), without "của"; ``None``: none.

    `joint`: the paper is one of several offices, whose names commas may part: "của Bộ Y tế, Bộ Tài chính".
    """
    if text[at : at + 8].lstrip(" \n\t*_,)")[:1] in _NO_LINK:  # most mentions end in a mark or a word of another kind
        return None
    link = _LINK.match(text, at)
    if link is None:
        return _bare_national(text, at)
    phrase = phrase_at(text, link.end())
    if joint and phrase is not None:
        phrase = _with_partners(text, phrase)
    if phrase is None or (link["by"] and not _BY_ISSUED.match(text, phrase.end)):
        return None
    return phrase


_PARTNER = re.compile(rf"{SPACE}*(?:[,;]|[,;]?{SPACE}*và(?!\w)){SPACE}*(?={OFFICE})")
_MOST_PARTNERS: Final = 12  # offices that issue jointly; seven were seen


def _with_partners(text: str, phrase: Phrase) -> Phrase:
    """The phrase with the names of the further offices that follow it."""
    for _ in range(_MOST_PARTNERS):
        gap = _PARTNER.match(text, phrase.end)
        partner = phrase_at(text, gap.end()) if gap else None
        if partner is None:
            break
        phrase = Phrase(phrase.start, partner.end)
    return phrase


_BARE = re.compile(rf"{SPACE}+(?=Chính|Thủ|Quốc)")
_SUBJECT = re.compile(rf"{SPACE}*(?:về|quy|phê|sửa|ban|hướng|Về)(?!\w)")


def _bare_national(text: str, at: int) -> Phrase | None:
    """The Government named with no "của", as where a scan lost it: "ngày 28/5/2008 Chính phủ về hỗ trợ ..."."""
    gap = _BARE.match(text, at)
    found = gap and NATIONAL.match(text, gap.end())
    return Phrase(found.start(), found.end()) if found and _SUBJECT.match(text, found.end()) else None


def phrase_at(text: str, at: int) -> Phrase | None:
    """The issuer phrase that begins at `at`, or ``None`` where no office is named there."""
    national = NATIONAL.match(text, at)
    end = _joint_end(text, national.end()) if national is not None else _walk(text, at)
    return Phrase(at, end) if end > at else None


_JOINT = re.compile(
    rf"{SPACE}+(?:và|-){SPACE}+(?=Đoàn Chủ tịch|Ban Thường trực|Ủy ban Trung ương|Uỷ ban Trung ương)"
    rf"|{SPACE}*(?:,|và){SPACE}*(?=Ban{SPACE}+Bí{SPACE}+thư(?!\w))"  # conclusions since 2025: "của Bộ Chính trị, Ban Bí thư"
)


def _joint_end(text: str, end: int) -> int:
    """`end`, or the end of a second national body that issued jointly: "của Chính phủ và Ban Thường trực ..."."""
    both = _JOINT.match(text, end)
    return max(end, _walk(text, both.end())) if both else end


def _walk(text: str, at: int) -> int:
    """The end of the office's name that begins at `at`; `at` itself where none does."""
    limit = len(text) if text.find("\t", at, at + _ROW) < 0 else _cell_end(text, at)
    words = _PIECES.findall(text, at, min(at + _WINDOW, limit))
    size = _size(words)
    after = words[size] if size < len(words) else ""
    if size > len(words) - (12 if after == "," else 4) or (after == "về" and "đạo" in words[:size]):
        # the window was too narrow for the words that end a name, or go on with it
        words = _PIECES.findall(text, at, min(at + _LONGEST, limit))
        size = _size(words)
    end = at
    for word in words[:size]:
        end = text.find(word, end) + len(word)
    return end


def _cell_end(text: str, at: int) -> int:
    """The end of the line, in a table whose cells tabs part."""
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


_TELLING: Final = STOPS.union(PAIRS, LEVELS, {"và"})


def _size(words: Sequence[str]) -> int:
    """How many of `words`, from the first on, are the name of an office; it never ends with punctuation."""
    if not words or not _begins(words):
        return 0
    size, place, sure = 1, _is_level(words, 0), 1
    for index in range(1, len(words)):
        word = words[index]
        if not place and word.lower() not in _TELLING and word[0].isalnum():  # most words of a name say nothing of its end
            size = index + 1
        elif not word[0].isalnum():
            sure = _past_mark(words, index, place)
            if not sure:
                break
        elif index >= sure and _ends(words, index, place):
            return max(size, _about_end(words, index)) if word == "về" else size
        else:
            place = place or _is_level(words, index)
            size = index + 1
    return size


def _about_end(words: Sequence[str], index: int) -> int:
    """Where the name of a steering committee ends that "về" goes on with, as a second connector tells; 0 where none follows.

    "Ban Chỉ đạo về phát triển khoa học, công nghệ và chuyển đổi số tỉnh ban hành ...".
    """
    if "đạo" not in [word.lower() for word in words[max(0, index - 4) : index]]:
        return 0
    for at in range(index + 2, len(words) - 1):
        if words[at] in _SENTENCE_MARKS:
            return 0
        if words[at] == "về" or (words[at].lower(), words[at + 1].lower()) in _CONNECTORS:
            return at
    return 0


_SENTENCE_MARKS: Final = frozenset(';:.()“”"|')
_CONNECTORS: Final = frozenset(
    {("ban", "hành"), ("phê", "duyệt"), ("quy", "định"), ("kiện", "toàn"), ("phân", "công"), ("thông", "báo")}
)


def _begins(words: Sequence[str]) -> bool:
    """Whether an office's name begins with these words: a capital, or a head that some write small; not an instrument."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    low = first.lower()
    if low == "luật" or f"{low} {second.lower()}" in TYPE_PAIRS:
        return False
    if low == "liên":  # "của liên Bộ Tài chính - Công nghiệp"
        return second.lower() in {"bộ", "tịch", "ngành", "sở", "đoàn"}
    if first in {"chính", "thủ", "quốc"}:  # national bodies in small letters, not "chính quyền" or "thủ trưởng"
        return second in {"phủ", "tướng", "hội"}
    return first[0].isupper() or low in SMALL_HEADS or (second == "ban" and len(first) <= 2)  # "ử ban": a scanned "Ủy ban"


def _is_level(words: Sequence[str], index: int) -> bool:
    """Whether a level of government is named here ("tỉnh", "thành phố"): only a proper name may follow."""
    low = words[index].lower()
    if low not in LEVELS:
        return False
    after = words[index + 1].lower() if index + 1 < len(words) else ""
    return after in LEVEL_SECOND[low] if low in LEVEL_SECOND else not (low == "xã" and after == "hội")


def _ends(words: Sequence[str], index: int, place: bool) -> bool:
    """Whether the name is over before this word."""
    word = words[index]
    low = word.lower()
    after = words[index + 1] if index + 1 < len(words) else ""
    if word[0].islower():
        if place:
            return low not in LEVELS and low not in AFTER_LEVEL
    elif place and after.lower() in PAIRS.get(low, ()):
        return True
    elif len(word) == 1 or not word.isupper():
        return (word, after) in CAPITAL_PAIRS
    return _stops(words, index, low, after, place)


def _stops(words: Sequence[str], index: int, low: str, after: str, place: bool) -> bool:
    """Whether a word in small letters, or in a text that is all capitals, ends the name."""
    if low == "và":
        return not _joins(words, index, after, place)
    if low in STOPS:
        return not (low == "về" and _named_about(words, index, after))
    return after.lower() in PAIRS.get(low, ()) and not (low in UNLESS_AFTER_BAN and words[index - 1].lower() == "ban")


def _named_about(words: Sequence[str], index: int, after: str) -> bool:
    """A steering committee is named by what it is about: "Ban Chỉ đạo Nhà nước về Du lịch"."""
    pair = f"{after} {words[index + 2] if index + 2 < len(words) else ''}".lower()
    return after[:1].isupper() and "đạo" in [word.lower() for word in words[:index]] and pair not in TYPE_PAIRS


def _joins(words: Sequence[str], index: int, after: str, place: bool) -> bool:
    """Whether "và" goes on inside the name: another word of it, or a second office; not another instrument."""
    if not after[:1].isalpha():
        return False
    second = words[index + 2] if index + 2 < len(words) else ""
    if after.lower() == "luật" or f"{after} {second}".lower() in TYPE_PAIRS:
        return False
    return after[0].isupper() or (not place and after in FIELD_WORDS)


def _past_mark(words: Sequence[str], index: int, place: bool) -> int:
    """Up to which word the name goes on for certain after a punctuation mark; 0: it ends there.

    "Lao động - Thương binh", "TP. Huế", "Bộ trưởng, Chủ nhiệm", "tỉnh Trà Vinh" after a comma, "Văn hóa, Thể thao và Du lịch".
    """
    mark, last = words[index], words[index - 1].lower()
    after = words[index + 1] if index + 1 < len(words) else ""
    low = after.lower()
    if mark in ".-–—" or mark[0] == "\n":
        return index if _is_torn(mark, last, after) else 0
    if mark != "," or not after[:1].isalpha():
        return 0
    if (last in RANKS and low in {"chủ", "bộ", "phó", "tổng", "trưởng", "giám"}) or (last == "phòng" and low == "chống"):
        return index
    if place:
        third = words[index + 2] if index + 2 < len(words) else ""
        return index if low in LEVELS and (third[:1].isupper() or third in AFTER_LEVEL) else 0
    return _past_fields(words, index)


def _is_torn(mark: str, last: str, after: str) -> bool:
    """Whether the name goes on after a dash, a full stop ("TP. Huế"), or a blank line of a scan ("Bộ Dân" / "tộc")."""
    low = after.lower()
    if mark == "." and last in {"ubnd", "hđnd"}:  # a speck
        return low in LEVELS
    if mark[0] != "\n":
        return after[:1].isupper() and (mark != "." or last in {"tp", "tx", "tt"})
    whole = len(after) > 1 and after.isalpha() and after.islower()
    return whole or (last, low) in _TORN or (last in _NEEDS_NAME and after[:1].isupper())


# What goes on over a blank line, which scans have in the middle of a sentence.
_NEEDS_NAME: Final = frozenset({"bộ", "sở", "tỉnh", "huyện", "phố"})
_TORN: Final = frozenset({("phòng", "chính"), ("trưởng", "bộ"), ("tịch", "ủy"), ("tịch", "ubnd"), ("đốc", "sở")})
_NOT_FIELDS: Final = frozenset({"ubnd", "chủ", "ủy", "sở", "bộ", "luật", "hđnd", "cục"})


def _past_fields(words: Sequence[str], index: int) -> int:
    """The same after a comma between the fields of one office: "(Văn hóa), Thể thao và Du lịch"; 0 where no "và" follows."""
    ahead = words[index + 1 : index + 11]
    if "và" not in ahead[1:]:
        return 0
    end = ahead.index("và", 1)
    fields, last = ahead[:end], ahead[end + 1] if end + 1 < len(ahead) else ""
    if not last[:1].isupper() and last not in FIELD_WORDS:
        return 0
    if fields[0][0].islower():
        return index + end + 2 if len(fields) <= 3 and words[0].lower() in {"ủy", "uỷ", "ban"} else 0
    if fields[0].lower() in _NOT_FIELDS or " ".join(fields[:2]).lower() in TYPE_PAIRS:
        return 0
    return index if len(fields) <= 8 and not STOPS.intersection(fields) and fields.count(",") <= 1 else 0
