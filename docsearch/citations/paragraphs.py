"""Where a sentence or paragraph begins, in text whose lines may be wrapped, marked with * or cut by a page.

A line end alone says nothing: saved pages and gazettes wrap sentences.  It ends a paragraph after ":" or a full stop, before
a list mark or "Căn cứ", at a blank line that no small letter follows, after bold, and after a line too long to be wrapped.
"""

from __future__ import annotations

import re
from typing import Final

from docsearch.citations.offices import UPPER

REACH: Final = 900  # characters back to the beginning of the paragraph
LONG_LINE: Final = 150  # characters; a longer line is a paragraph, not a line of wrapped text (seen: up to 125)

_SENTENCE = re.compile(rf"[.!?][\"”)*_]*\s+(?=[*_“\"(]*[{UPPER}])")
_MARK = re.compile(
    r"[ \t*_]*(?:[-+•–*]\s|\d{1,2}[.)]\s|[a-zđ]\)\s|[IVX]{1,4}[.)]\s|Căn\s|Theo\s+đề|Xét\s|Điều\s\d{1,3}[a-zđ]?[.:*]|\|)"
)
_BLANK = re.compile(r"[ \t]*\n[ \t\n]*(?![ \t\na-zà-ỹđ])")
_UPPER_NEXT = re.compile(rf"[ \t\n]*[*_“\"(]*[{UPPER}]")


def block_start(text: str, low: int, at: int) -> int:
    """Where the sentence or paragraph of the place `at` begins, looking back to `low`; -1: before `low`."""
    low = max(low, at - REACH)
    start = -1
    line = text.rfind("\n", low, at)
    while line >= 0:
        if _ends_paragraph(text, line, at):
            start = line + 1
            break
        line = text.rfind("\n", low, line)
    for found in _SENTENCE.finditer(text, max(low, start), at + 1):  # the capital may be that of the mention itself
        if found.end() <= at and not _abbreviates(text, found.start()):
            start = found.end()
    return min(start, at)


def _abbreviates(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` ends no sentence: that of "TP.", of a list mark, or one that a scan put after "Căn cứ"."""
    before = text[max(0, stop - 8) : stop]
    if before.lower().endswith(("tp", "tx", "căn cứ")):
        return True
    return "\n" in before and len(before.rpartition("\n")[2].strip(" *_")) < 4


def _ends_paragraph(text: str, line: int, at: int) -> bool:
    """Whether the line end at `line` is the end of a paragraph."""
    following = text[line + 1 : line + 3]
    if following[:1].islower() and following[1:] != ")":  # most line ends are inside a sentence: no pattern is needed
        return line - text.rfind("\n", 0, line) > LONG_LINE
    last = text[max(0, line - 4) : line].rstrip(" \t_")
    mark = last.rstrip("*")[-1:]
    if mark == ":" or (mark and mark in ".!?;" and _UPPER_NEXT.match(text, line + 1, at)):
        return True
    if _MARK.match(text, line + 1, at) or _BLANK.match(text, line + 1, at):
        return True
    if last.endswith("**") and _UPPER_NEXT.match(text, line + 1, at):
        return True
    return line - text.rfind("\n", 0, line) > LONG_LINE
