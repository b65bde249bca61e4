"""Which part of an instrument a mention points at: the pinpoint beside it, as written.

"khoản 2 Điều 5 Nghị định số ...", "Phụ lục I, II ban hành kèm theo Nghị định số ...", "Nghị định số ... (Điều 15)".  What a
pinpoint means is read by `docsearch.pinpoints`; here only its place is found.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from docsearch.citations.offices import SPACE

_UNIT = (
    r"(?:điểm|tiểu\s+tiết|tiết|khoản|[đðd]iều|tiểu\s+mục|mục|chương|phần|phụ\s+lục|phụ\s+biểu|biểu\s+mẫu|biểu|mẫu|(?<!giai\s)đoạn"
    r"|gạch\s+đầu\s+dòng)"
)
_FORM = r"\d+[a-zđ]?(?:[-/][a-zđ][a-zđ\d&]*){1,3}"  # of a form: "Mẫu số 50-DS", "mẫu số 01/TT-LLTP"
_LABEL = (
    rf"(?:số\s+)?(?:{_FORM}|\d+[a-zđ]?\d?(?:\.\d+)*|[a-zđ](?:\.[ivxlc]+|\d?(?:\.\d+)*)\)?|[ivxlc]+(?:[.-]\d+)?|thứ\s+\w+|cuối)"
    r"(?!\w)"
)
_LIST = rf"{_LABEL}(?:{SPACE}*(?:,|;|(?:,\s*)?(?:và|hoặc|đến|tới)(?!\w)|-|–){SPACE}*{_LABEL})*"
# A pinpoint begins with the sign before it: what begins with a look-behind is tried at every letter, which takes twice as long.
_ITEM = rf"{_UNIT}:?{SPACE}+{_LIST}"  # "các điều: 64, 65 và 66"
_PIN = re.compile(
    rf"\W{_ITEM}(?:{SPACE}*(?:,|;)?{SPACE}*(?:(?:và|hoặc|của|tại|thuộc|đến|,){SPACE}+)?(?:các{SPACE}+)?{_ITEM})*"
    rf"(?:{SPACE}*,?{SPACE}*(?:(?:và|của|tại|thuộc){SPACE}+)?phụ{SPACE}+lục(?!\w))?",  # "mục 5 Phụ lục kèm theo": the only annex
)  # for text in small letters: three times as fast as one that ignores case
# What may stand between a pinpoint and its instrument: nothing, "của", or the annex that the part belongs to.
_JOINT = re.compile(
    rf"""
    [\s*_,]*
    (?: (?:của|tại|thuộc|trong|,) {SPACE}+ )?
    (?: (?: (?:bản{SPACE}+)?
        (?: quy{SPACE}+(?:định|chế|chuẩn|trình) | điều{SPACE}+lệ | kế{SPACE}+hoạch | đề{SPACE}+án | danh{SPACE}+mục
          | chương{SPACE}+trình | phương{SPACE}+án | nội{SPACE}+quy | định{SPACE}+mức | hướng{SPACE}+dẫn )
        (?:{SPACE}+\w+){{0,8}}? {SPACE}+ )?
        (?:được{SPACE}+)? (?:ban{SPACE}+hành{SPACE}+)? kèm{SPACE}+(?:theo{SPACE}+)? )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEAR = 110  # characters before a mention within which the last unit of its pinpoint stands
_REACH = 220  # characters before a mention; the longest pinpoint read in 700 papers had 148
_LONGEST = 600  # characters of a pinpoint behind a mention
_BEHIND = re.compile(rf"{SPACE}*(?:\({SPACE}*(?:tại{SPACE}+)?|,?{SPACE}*tại{SPACE}+)(?={_UNIT})", re.IGNORECASE)
_ANNOUNCED = re.compile(
    rf"sau(?:{SPACE}+đây)?{SPACE}+(?:của|tại){SPACE}+$"
)  # "theo các điều, khoản sau đây của Luật ...: khoản 4"
_LISTED = re.compile(rf":{SPACE}*(?={_UNIT})", re.IGNORECASE)


class Pin(NamedTuple):
    """A pinpoint in the text: half-open offsets."""

    start: int
    end: int


def pin_before(text: str, low: int, at: int) -> Pin | None:
    """The pinpoint that stands before the mention at `at`, not reaching back beyond `low`."""
    low = max(low, at - _REACH)
    if not _can_end(text[max(low, at - 14) : at]) or _HINT.search(text, max(low, at - _NEAR), at) is None:
        return None
    before = text[low:at]
    found = list(_PIN.finditer(f" {_small(before)}"))  # with a sign before the first word, so that places are one further on
    if not found:
        return None
    start, end = found[-1].start(), found[-1].end() - 1
    if not _JOINT.fullmatch(before, end) or before[:start].rstrip().endswith(("vào sau", "vào trước")):
        return None  # "Bổ sung Điều 5a vào sau Điều 5 của ...": a place in the text, not the part that is meant
    return Pin(low + start, low + end)


_LINKS: Final = frozenset({"của", "tại", "theo", "kèm", "thuộc", "trong", "cuối", "lục"})


def _can_end(before: str) -> bool:
    """Whether a pinpoint or its link can end with these words: asked of every mention, so it is asked cheaply."""
    before = before.rstrip(" \n*_")
    if not before or before[-1].isdigit() or before[-1] in ",)":
        return True
    last = (before.rsplit(None, 1) or [""])[-1].lower()  # it may be white space of another kind
    return len(last) < 2 or last[0].isdigit() or last in _LINKS or not last.rpartition(".")[2].strip("ivxlc")


# A unit and the beginning of its label.
_HINT = re.compile(
    r"(?:iều|hoản|iểm|ục|ương|ần|ẫu|iểu|iết|oạn|IỀU|HOẢN|IỂM|ỤC|ƯƠNG):?\s+(?:\d|số\s|thứ\s|[A-Za-zđ](?!\w)|[IVXivxl]+(?!\w))"
)


def pin_after(text: str, start: int, at: int, high: int) -> Pin | None:
    """The pinpoint right after the mention from `start` to `at`: "Nghị định số ... (Điều 15)"."""
    announced = text[at : at + 1] == ":" and _ANNOUNCED.search(text, start - 12, start)
    opening = (_LISTED if announced else _BEHIND).match(text, at, high)
    if opening is None:
        return None
    begin = opening.end()
    found = _PIN.match(f" {_small(text[begin : min(high, begin + _LONGEST)])}")
    end = begin + found.end() - 1 if found else begin
    if found is None or (high < len(text) and not text[end:high].strip(" \n*_,)")):
        return None  # none, or it is the next mention's: "... tại khoản 3 Điều 3 Luật số 90/2025/QH15"
    return Pin(begin, end - ("(" in opening[0] and text[end - 1] == ")"))


def _small(text: str) -> str:
    """`text` in small letters, each in its place; as it is where a letter would become two."""
    small = text.lower()
    return small if len(small) == len(text) else text
