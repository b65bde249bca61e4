"""A stretch of text laid out for reading: markup out, table cells on lines of their own, folded, with the way back.

Saved web pages carry markdown marks, even inside words ("Kính g****ửi****"), and table bars.  A `Sheet` has neither, and
still tells for each place in it where that stands in the document's text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from docsearch.model import Span
from docsearch.vietnamese import fold

_MARKUP = re.compile(r"\*+|^[ \t]*(?:#{1,6}|>)[ \t]|<br ?/?>|\\(?=[-.#_*])", re.MULTILINE)
_MARKS = ("*", "#", "<br", ">", "\\")
_RULE_SIGNS = "_=*&~-–—─"
_RULE_DRESS = _RULE_SIGNS + " .,:;'<>«»“”•°oO0"  # "----o0o----", "==&=="
CAPITAL = "A-ZĐ" + "".join("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ").upper()
"""The capitals of Vietnamese, for the inside of a character class."""


@dataclass(frozen=True, slots=True)
class Cell:
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
    marks = list(_MARKUP.finditer(part)) if any(mark in part for mark in _MARKS) else []
    starts, origins, pieces = [0], [start], []
    length = last = 0
    for mark in marks:
        pieces.append(part[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        joint = "\n" if mark[0].startswith("<br") else " " if _parts_words(part, mark) else ""
        if joint:  # one of the marks stays, as a line break or a blank
            pieces.append(joint)
            _note(starts, origins, length, start + last - 1)
            length += 1
        _note(starts, origins, length, start + last)
    plain = "".join([*pieces, part[last:]]).replace("|", "\n").replace("\t", " ")
    return Sheet(text, plain, fold(plain), tuple(starts), tuple(origins))


def _parts_words(part: str, mark: re.Match[str]) -> bool:
    """Whether marks stand between two words that are not parted otherwise: "NGHỊ ĐỊNH****Về", but not "g****ửi"."""
    if not mark.start() or not part[mark.start() - 1].isalnum():
        return False
    following = part[mark.end() : mark.end() + 2]
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
        first, last = _trimmed(line)
        if first < last:
            yield Cell(place + first, place + last, gap, rule)
            gap = rule = last < len(line.rstrip())
        else:
            gap, rule = True, rule or bool(line.strip())
        place += len(line) + 1


def _trimmed(line: str) -> tuple[int, int]:
    """Where the words of a line begin and end; an empty stretch for a blank line and for a drawn rule."""
    words = line.strip()
    if not words or (not words.strip(_RULE_DRESS) and _drawn(words) > 1):
        return 0, 0
    first = line.index(words[0])
    last = first + len(words)
    head = len(words) - len(words.lstrip(_RULE_SIGNS + " "))
    tail = len(words) - len(words.rstrip(_RULE_SIGNS + " "))
    first += head if _drawn(words[:head]) > 2 else 0
    last -= tail if _drawn(words[len(words) - tail :]) > 2 else 0
    return first, last


def _drawn(signs: str) -> int:
    """How many signs of a drawn rule are in it."""
    return sum(sign in _RULE_SIGNS for sign in signs)


def is_upper(words: str) -> bool:
    """Whether words are written in capitals, a few small letters of a symbol or a slip of the OCR allowed."""
    letters = [c for c in words if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.8 * len(letters)
