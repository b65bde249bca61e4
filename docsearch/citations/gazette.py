"""Headers of the official gazette that stand inside sentences where a page ends: left out for reading, offsets put right.

"... của Thủ tướng", "CÔNG BÁO/Số 282/Ngày 23-05-2026", "15", "Chính phủ", each on a line of its own, is read as "của Thủ tướng
Chính phủ".  One field in a hundred stood across such a header in 68 papers of the gazette (3,261 mentions, November 2026).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from docsearch.model import Span

_HEADER: Final = "CÔNG BÁO/Số"
_BEFORE = re.compile(r"\n[ \t\n]{0,40}(?:\d{1,4}[ \t]{0,4}\n[ \t\n]{0,40})?$")
_AFTER = re.compile(r"[^\n]{0,70}\n(?:[ \t]{0,8}\n){0,20}(?:[ \t]{0,8}\d{1,4}[ \t]{0,8}\n)?[ \t\n]{0,40}")
_REACH: Final = 90  # characters before a header: blank lines and a page number


class Cuts(NamedTuple):
    """Where something was left out, in offsets of the short text, and how many characters up to there."""

    places: tuple[int, ...]
    sizes: tuple[int, ...]

    def start(self, at: int) -> int:
        """The offset in the whole text of the character at `at` in the short one."""
        place = bisect_right(self.places, at)
        return at + self.sizes[place - 1] if place else at

    def end(self, at: int) -> int:
        """The same for the end of a stretch, which does not reach over a header that follows it."""
        return self.start(at - 1) + 1 if at > 0 else at

    def span(self, start: int, end: int) -> Span:
        """The span in the whole text of a stretch of the short one."""
        return Span(self.start(start), self.end(end))


WHOLE: Final = Cuts((), ())


def without_headers(text: str) -> tuple[str, Cuts]:
    """`text` without the headers of its pages, each of which leaves one line end, and where they were."""
    if _HEADER not in text:
        return text, WHOLE
    parts: list[str] = []
    places: list[int] = []
    sizes: list[int] = []
    done = length = cut = 0
    at = text.find(_HEADER)
    while at >= 0:
        before, after = _BEFORE.search(text, max(done, at - _REACH), at), _AFTER.match(text, at)
        if before is not None and after is not None:
            parts.append(text[done : before.start() + 1])
            length += before.start() + 1 - done
            cut += after.end() - before.start() - 1
            places.append(length)
            sizes.append(cut)
            done = after.end()
        at = text.find(_HEADER, at + 1)
    return "".join([*parts, text[done:]]), Cuts(tuple(places), tuple(sizes))
