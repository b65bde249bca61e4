"""Which mentions stand inside the title of another one.

"Nghị định A sửa đổi, bổ sung một số điều của Nghị định B và Nghị định C": B is nested in A; whether C is too, or stands beside
A, is decided by time (A cannot amend what is younger than A), by type, and by the separator.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docsearch.citations.found import Found
from docsearch.vietnamese import fold

_YEAR = re.compile(r"[/-](19[4-9]\d|20\d\d)[/-]")
LAWS: Final = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})
_AMENDING: Final = ("sửa đổi", "sửa đôi", "bổ sung", "bố sung", "bãi bỏ", "thay thế")


def day_of(found: Found) -> str | None:
    """The date of a mention as exact as it is stated: its day, else the year in its number."""
    if found.issued:
        return found.issued
    year = _YEAR.search(found.number or "")
    return year[1] if year else None


def is_newer(one: Found, other: Found) -> bool:
    """Whether `one` is certainly younger than `other`."""
    mine, theirs = day_of(one), day_of(other)
    if mine is None or theirs is None:
        return False
    size = min(len(mine), len(theirs))
    return mine[:size] > theirs[:size]


def _kind(found: Found) -> str | None:
    """Its type; laws, codes and ordinances are one kind."""
    return "Luật" if found.doctype in LAWS else found.doctype


def _rank(found: Found) -> int:
    """How high an act stands: 3 what the National Assembly passed, 2 what the Government or its head did, 1 all others."""
    number = found.number or ""
    if found.doctype in LAWS or "/QH" in number or "/UBTVQH" in number:
        return 3
    return 2 if found.doctype == "Nghị định" or number.endswith(("NQ-CP", "QĐ-TTg")) else 1


class Nesting:
    """The mentions whose titles are open at the place that has been read, outermost first."""

    __slots__ = ("_founds", "_text", "open")

    def __init__(self, text: str, founds: Sequence[Found]) -> None:
        self._text = text
        self._founds = founds
        self.open: list[int] = []

    def close_before(self, at: int) -> None:
        """Forget the titles that have ended before `at`."""
        while self.open and self._founds[self.open[-1]].title_end <= at:
            self.open.pop()

    def close_all(self, at: int) -> None:
        """End every open title at `at`."""
        for index in self.open:
            self._founds[index].title_end = min(self._founds[index].title_end, at)
        self.open.clear()

    def close_to(self, parent: int, at: int) -> None:
        """End the titles inside that of `parent` (-1: all) at `at`."""
        while self.open and self.open[-1] != parent:
            inner = self._founds[self.open.pop()]
            inner.title_end = min(inner.title_end, at)

    def enter(self, index: int) -> None:
        """The title of mention `index` begins."""
        if self._founds[index].title_end > self._founds[index].end:
            self.open.append(index)

    def parent_of(self, index: int) -> int:
        """The innermost open title in which the mention can stand; -1 where it is younger than all."""
        found = self._founds[index]
        for candidate in reversed(self._around(found)):
            if not is_newer(found, self._founds[candidate]):
                return candidate
        return -1

    def _around(self, found: Found) -> list[int]:
        """The open titles that may hold a mention: nothing is named in its own title, so that one has ended, and those in it."""
        for place, candidate in enumerate(self.open):
            outer = self._founds[candidate]
            if outer.number == found.number and outer.name == found.name:
                return self.open[:place]
        return self.open

    def amending_parent(self, index: int) -> int:
        """The outermost open title that amends something and can hold this mention; -1: none."""
        found = self._founds[index]
        for candidate in self._around(found):
            outer = self._founds[candidate]
            words = " ".join(self._text[outer.title_start : outer.title_start + 60].lower().split())
            amending = words.startswith(_AMENDING) or words.startswith(("việc sửa đổi",))
            if amending and not is_newer(found, outer):
                return candidate
        return -1

    def sibling_of(self, index: int, last: int, *, any_type: bool = False) -> int:
        """The mention that `index` is coordinated with, from `last` (the one before it) outwards.

        Siblings are of one type, save where `any_type`: "Điều 52 của Luật Việc làm và một số điều của Nghị định số ...".
        """
        found, sibling = self._founds[index], last
        while True:
            parent = self._founds[sibling].nested_in
            alike = any_type or _kind(found) == _kind(self._founds[sibling]) or self._guided(found, self._founds[sibling])
            alike = alike or self._of_another(found, parent)
            if parent < 0 or (alike and self._holds(parent, found)):
                return sibling
            sibling = parent

    def _guided(self, found: Found, sibling: Found) -> bool:
        """Whether a circular guides both: "Thông tư A hướng dẫn một số điều của Luật B và Nghị định C"; C ranks between them."""
        outer = self._founds[sibling.nested_in] if sibling.nested_in >= 0 else None
        return outer is not None and sibling.relation == "guides" and _rank(sibling) >= _rank(found) > _rank(outer)

    def _of_another(self, found: Found, parent: int) -> bool:
        """Whether the text says of a mention that another body issued it than the one whose paper holds it.

        "Cục A đã có công điện số ... thực hiện Nghị định B và Quyết định C của Bộ D": C is not the bureau's.
        """
        outer = self._founds[parent] if parent >= 0 else None
        if outer is None or outer.nested_in >= 0 or outer.relation != "issues" or not (found.issuer and outer.issuer):
            return False
        return found.issuer_start >= found.end and fold(found.issuer) != fold(outer.issuer)

    def _holds(self, parent: int, found: Found) -> bool:
        """Whether a mention can stand in the title, or the name, of `parent`."""
        outer = self._founds[parent]
        if parent not in self.open and not outer.start <= found.start < outer.end:
            return False
        return not is_newer(found, outer)
