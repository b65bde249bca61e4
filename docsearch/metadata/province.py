"""The province in which the office of a district or commune lies, where its letterhead does not say it.

Such a letterhead names the district alone (Nghị định 30/2020/NĐ-CP, Phụ lục I), and the same name is borne by several; but most
papers say once "huyện Bình Lạc, tỉnh Thuận Giang", or name no other province.
"""

from __future__ import annotations

import re

from docsearch.metadata.sheet import CAPITAL
from docsearch.model import Fact, Span
from docsearch.vietnamese import fold

_LETTERS = r"[^\W\d_]"
_NAME = rf"[{CAPITAL}]{_LETTERS}*(?:[ ](?:-[ ])?[{CAPITAL}]{_LETTERS}*){{1,3}}"
_OWN = re.compile(
    rf"\b(?:huyện|quận|thị\s+xã|thành\s+phố|xã|phường|thị\s+trấn|đặc\s+khu|(?:huyện|quận|thị|thành)\s+[uủ][ỷy])\s+(?P<name>{_NAME})$",
    re.IGNORECASE,
)
_PROVINCE = re.compile(rf"\btỉnh\s+(?P<name>{_NAME})")
_AFTER = re.compile(rf",?\s+(?:tỉnh|thành\s+phố|TP\.?)\s+(?P<name>{_NAME})")


def province(text: str, *offices: Fact | None) -> Fact | None:
    """The name of the province, or ``None`` where no office is of a district or commune, or nothing tells.

    `how` is ``own-name`` where it stands behind the name of the issuer's own place, ``only-one`` (medium certainty) where the
    text names no other.

    >>> issuer = Fact("Ủy ban nhân dân huyện Bình Lạc", None, "letterhead")
    >>> province("Kiểm tra công vụ trên địa bàn huyện Bình Lạc, tỉnh Thuận Giang", issuer).value
    'Thuận Giang'
    """
    if any(office and "tỉnh" in office.value.lower() for office in offices):
        return None
    own = next(filter(None, (_OWN.search(office.value) for office in offices if office)), None)
    if own is None:
        return None
    return _behind(text, own["name"]) or _only_one(text)


def _behind(text: str, name: str) -> Fact | None:
    """The province behind the name of a place, the name in small letters as sentences have it."""
    place = text.find(name)
    while place >= 0:
        match = _AFTER.match(text, place + len(name))
        if match:
            return _fact(match, "own-name")
        place = text.find(name, place + 1)
    return None


def _only_one(text: str) -> Fact | None:
    """The one province of all that are named with their kind: the first of its mentions."""
    found = list(_PROVINCE.finditer(text))
    shortest = min((" ".join(fold(match["name"]).split()) for match in found), key=len, default="")
    if not found or not all(" ".join(fold(match["name"]).split()).startswith(shortest) for match in found):
        return None
    first = next(match for match in found if " ".join(fold(match["name"]).split()) == shortest)
    return _fact(first, "only-one")


def _fact(match: re.Match[str], how: str) -> Fact:
    span = Span(*match.span("name"))
    return Fact(" ".join(match["name"].split()), span, how, "high" if how == "own-name" else "medium")
