"""A stretch of text laid out for reading: markup out, table cells on lines of their own, folded, with the way back.

Saved web pages carry markdown marks, even inside words ("Kính g****ửi****"), and table bars.  A `Sheet` has neither, and
still tells for each place in it where that stands in the document's text.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from docsearch.model import Span
from docsearch.vietnamese import fold

_MARKUP = re.compile(r"\*+|^[ \t]*(?:#{1,6}|>)[ \t]|<br ?/?>|\\(?=[-.#_*])", re.MULTILINE)
_STARS = re.compile(r"\*\**")  # the only markup of most papers; what begins with one plain sign is found as a string is
_OTHER_MARKS = ("#", ">", "\\")
_RULE_SIGNS = "_=*&~-–—─"
_RULE_DRESS = _RULE_SIGNS + " .,:;'<>«»“”•°oO0"  # "----o0o----", "==&=="
CAPITAL = "A-ZĐ" + "".join("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ").upper()
"""The capitals of Vietnamese, for the inside of a character class."""


class Cell(NamedTuple):
    """One line (or table cell) of a sheet: `start` and `end` are places in the sheet, white space and rules left out.

    `gap`: a blank line, a table bar or a rule stands before it.  `rule`: that was a drawn rule.
    """

    start: int
    end: int
    gap: bool
    rule: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """`plain` is the text without markup; `folded` the same folded, character by character."""

    text: str
    plain: str
    folded: str
    starts: tuple[int, ...]  # where the pieces of `plain` begin, and ...
    origins: tuple[int, ...]  # ... where each begins in `text`

    def at(self, place: int) -> int:
        """The place in the document's text of a place in this sheet."""
        piece = bisect_right(self.starts, place) - 1
        return self.origins[piece] + place - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The span in the document's text of a stretch of this sheet."""
        return Span(self.at(start), self.at(end - 1) + 1)

    def words(self, start: int, end: int) -> str:
        """A stretch of this sheet on one line, drawn rules left out."""
        return " ".join(word for word in self.plain[start:end].split() if len(word) < 3 or word.strip(_RULE_SIGNS))

    def without(self, *stretches: tuple[int, int]) -> Sheet:
        """The same sheet with some stretches blanked: what is left of a line beside them stands alone."""
        plain, folded = self.plain, self.folded
        for start, end in stretches:
            blank = "\n".ljust(end - start)
            plain = plain[:start] + blank + plain[end:]
            folded = folded[:start] + blank + folded[end:]
        return Sheet(self.text, plain, folded, self.starts, self.origins)


def lay_out(text: str, start: int, end: int) -> Sheet:
    """The sheet of ``text[start:end]``."""
    part = text[start:end]
    markup = _MARKUP if any(mark in part for mark in _OTHER_MARKS) else _STARS
    starts, origins, pieces = [0], [start], []
    length = last = 0
    for mark in markup.finditer(part):
        first, after = mark.span()
        pieces.append(part[last:first])
        length += first - last
        last = after
        if part[first] == "<" or (first and part[first - 1].isalnum() and _heads_word(part, after)):
            # one of the marks stays, as a line break or a blank
            pieces.append("\n" if part[first] == "<" else " ")
            _note(starts, origins, length, start + last - 1)
            length += 1
        _note(starts, origins, length, start + last)
    plain = "".join([*pieces, part[last:]]).replace("|", "\n").replace("\t", " ")
    return Sheet(text, plain, fold(plain), tuple(starts), tuple(origins))


def _heads_word(part: str, after: int) -> bool:
    """Whether a new word follows marks behind a letter, not parted otherwise: "NGHỊ ĐỊNH****Về", but not "g****ửi"."""
    following = part[after : after + 2]
    return following.istitle() and following.isalpha()


def _note(starts: list[int], origins: list[int], place: int, origin: int) -> None:
    """A piece begins at `place`, and at `origin` in the text; a piece without words is forgotten."""
    if starts[-1] == place:
        origins[-1] = origin
    else:
        starts.append(place)
        origins.append(origin)


def cells(sheet: Sheet, start: int = 0, end: int | None = None) -> Iterator[Cell]:
    """The lines of a stretch of a sheet that say something, in order."""
    gap = rule = False
    place = start
    for line in sheet.plain[start:end].split("\n"):
        words = line.strip()
        if not words:
            gap = True
        elif words[0] not in _RULE_DRESS and words[-1] not in _RULE_SIGNS:  # nearly every line: nothing is drawn at its ends
            first = place + line.index(words[0])
            yield Cell(first, first + len(words), gap, rule)
            gap = rule = False
        elif (trimmed := _trimmed(line, words)) is not None:
            first, last = trimmed
            yield Cell(place + first, place + last, gap, rule)
            gap = rule = last < len(line.rstrip())
        else:
            gap = rule = True
        place += len(line) + 1


def _trimmed(line: str, words: str) -> tuple[int, int] | None:
    """Where the `words` of a line begin and end without what is drawn beside them; ``None`` for a drawn rule."""
    if not words.strip(_RULE_DRESS) and _drawn(words) > 1:
        return None
    first = line.index(words[0])
    last = first + len(words)
    head = len(words) - len(words.lstrip(_RULE_SIGNS + " "))
    tail = len(words) - len(words.rstrip(_RULE_SIGNS + " "))
    first += head if _drawn(words[:head]) > 2 else 0
    last -= tail if _drawn(words[len(words) - tail :]) > 2 else 0
    return (first, last) if first < last else None


def _drawn(signs: str) -> int:
    """How many signs of a drawn rule are in it."""
    return sum(sign in _RULE_SIGNS for sign in signs)


def is_upper(words: str) -> bool:
    """Whether words are written in capitals, a few small letters of a symbol or a slip of the OCR allowed."""
    letters = list(filter(str.isalpha, words))
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


class LineHeads:
    """A pattern that is looked for at the heads of lines only; in its matches the group "line" is the match itself.

    The engine tries a pattern that begins with ``^`` at every character, but looks for a line end as for a string.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._first = re.compile(f"(?P<line>{pattern})", flags | re.MULTILINE)
        self._following = re.compile(rf"\n(?P<line>{pattern})", flags | re.MULTILINE)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """The matches in ``text[start:end]`` that begin at the head of a line, in order."""
        if not start and (first := self._first.match(text, 0, end)):
            yield first
            start = first.end()
        yield from self._following.finditer(text, max(start - 1, 0), end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first of them."""
        return next(self.finditer(text, start, end), None)
