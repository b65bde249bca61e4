"""The stretches of a text that stand in quotation marks over several lines: what an amending act quotes of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRAIGHT_END = re.compile(r'"[.;,:)\s*]*$', re.MULTILINE)


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of several lines that stand in quotation marks, in order; last of all an empty one past the end.

    Only a mark that opens a line, or follows a colon, opens one: a slip (“abc“) in a sentence must not hide the rest.
    """
    covered = -1
    for start, end in _quoted_blocks(text) if "“" in text else _straight_blocks(text):
        if start > covered:
            covered = end
            yield start, end
    yield len(text) + 1, len(text) + 2


def _quoted_blocks(text: str) -> list[tuple[int, int]]:
    found = []
    opened: list[int] = []
    for place in _marks(text):
        if text[place] == "“":
            opened.append(place)
        elif opened:
            start = opened.pop()
            if text.find("\n", start, place) >= 0 and _opens_block(text, start):
                found.append((start, place))
    return sorted(found)


def _marks(text: str) -> Iterator[int]:
    """The places of all “ and ”, in order."""
    left, right = text.find("“"), text.find("”")
    while left >= 0 or right >= 0:
        if right < 0 or 0 <= left < right:
            yield left
            left = text.find("“", left + 1)
        else:
            yield right
            right = text.find("”", right + 1)


def _opens_block(text: str, place: int) -> bool:
    before = text[max(0, place - 12) : place].rstrip(" \t*_>")
    return not before or before[-1] in "\n:|"


def _straight_blocks(text: str) -> Iterator[tuple[int, int]]:
    """The same for straight marks: from one at the head of a line to one at the end of a line."""
    place = 0
    while (place := text.find('\n"', place)) >= 0:
        end = _STRAIGHT_END.search(text, place + 2)
        if end is None:
            return
        yield place + 1, end.start()
        place = end.end()
