"""What the members of an enumeration share: an issuer or a date that is said once for several of them.

"Tờ trình số 378/TTr-CP và Đề án số 379/ĐA-CP ngày 09 tháng 5 năm 2025", "Quyết định số A và Quyết định số B của Bộ trưởng ...",
"chỉ đạo của UBND Thành phố tại các Văn bản số A, B và C".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from docsearch.citations.attach import year_fits
from docsearch.citations.found import Found
from docsearch.citations.offices import SPACE

_SEPARATOR = re.compile(
    rf"{SPACE}*(?:,|và|hoặc|cùng{SPACE}+với|,{SPACE}*và|&|-){SPACE}*(?:các{SPACE}+|số{SPACE}*:?{SPACE}*)?", re.IGNORECASE
)
_LAW: Final = frozenset({"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"})


def share(text: str, founds: Sequence[Found]) -> None:
    """Give each mention what a neighbour of its enumeration states for both; relations and nesting must be known."""
    for index in range(len(founds) - 2, -1, -1):
        this, following = founds[index], founds[index + 1]
        if (this.issuer is None or this.issued is None) and _side_by_side(text, this, following):
            _take_back(this, following)
    for before, this in pairwise(founds):
        if this.issuer is not None or not 0 <= before.issuer_end <= max(before.start, before.number_start):
            continue
        if (before.issuer_end <= before.start and _goes_on(text, before, this)) or _listed(text, before, this):
            _copy_issuer(this, before)


_MARKER: Final = 6  # characters of "số" before a number, with a colon or emphasis


def _listed(text: str, before: Found, this: Found) -> bool:
    """Whether `this` is a bare member of the list of `before`: "các Thông tư của Bộ A: số 1/TT-BA về ...; số 2/TT-BA về"."""
    gap = text[before.end : this.start]
    if not 0 < len(gap) <= 300 or this.number_start - this.start > _MARKER or ". " in gap or this.nested_in != before.nested_in:
        return False
    return gap.rstrip(" \n*_").endswith((",", ";", "và")) and this.doctype == before.doctype and same_office(this, before)


def _take_back(this: Found, following: Found) -> None:
    """What stands after the last member holds for those before it."""
    if this.issuer is None and following.issuer_start >= following.end:
        _copy_issuer(this, following)
    if this.issued is None and following.issued is not None and year_fits(this, following.issued):
        this.issued, this.issued_start, this.issued_end = following.issued, following.issued_start, following.issued_end


def _copy_issuer(to: Found, source: Found) -> None:
    to.issuer, to.issuer_start, to.issuer_end = source.issuer, source.issuer_start, source.issuer_end


def _side_by_side(text: str, this: Found, following: Found) -> bool:
    return (
        0 < following.start - this.end < 24
        and this.nested_in == following.nested_in
        and this.doctype not in _LAW
        and _SEPARATOR.fullmatch(text, this.end, following.start) is not None
        and same_office(this, following)
    )


def _goes_on(text: str, before: Found, this: Found) -> bool:
    """Whether `this` is coordinated with `before`, whose issuer stood ahead of both: "ý kiến của X tại A về ... và B"."""
    gap = text[before.end : this.start]
    if len(gap) > 300 or ";" in gap or ". " in gap or this.nested_in != before.nested_in or not same_office(before, this):
        return False
    return gap.rstrip(" \n*_").endswith((",", "và"))


_KINDS: Final = frozenset(
    {
        "NĐ",
        "QĐ",
        "NQ",
        "TT",
        "CT",
        "KH",
        "BC",
        "TB",
        "TTR",
        "CĐ",
        "KL",
        "HD",
        "CTR",
        "ĐA",
        "PA",
        "QC",
        "QYĐ",
        "TTLT",
        "VBHN",
        "CV",
        "QĐI",
        "TC",
        "DA",
        "BB",
        "HĐ",
        "PL",
        "L",
    }
)
_LETTERS = re.compile(r"[^\W\d_]+\d*")


def same_office(one: Found, other: Found) -> bool:
    """Whether two numbers can be of one office: they share a group of letters that names it; bare digits fit any."""
    if one.number is None or other.number is None:
        return False
    mine, theirs = _offices(one.number), _offices(other.number)
    if not mine or not theirs:
        return one.doctype == other.doctype
    return bool(mine & theirs) or one.doctype == other.doctype == "Văn bản"


def _offices(number: str) -> set[str]:
    return {group for group in map(str.upper, _LETTERS.findall(number)) if group not in _KINDS}
