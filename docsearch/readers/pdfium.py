"""Lines of PDF pages with their places, as pdfium reads them.

pdfium writes U+FFFE for a hyphen at a line's end and joins the halves: "60/QĐ-" and "UBND" come as one number.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from docsearch.readers.decoding import vietnamese_share
from docsearch.readers.flow import raised
from docsearch.readers.layout import Line, PrintedPage

if TYPE_CHECKING:
    from PIL import Image

# More white than so many heights of the line between two of its words parts two columns.  Capitals are not justified, and
# the names at the top of a letterhead come near each other: gaps of 1.0 and 1.7 were seen there.
_GAP, _GAP_IN_CAPITALS = 1.8, 0.8

_GLUED_DIGITS = re.compile(r"(?<=[^\W_]|[.,;:)”’\"])(?<!\d)\d+(?!\w)")

_Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Found:
    """One page as read: `aside` is text across the page (a watermark); `scanned`: a picture with no good text."""

    page: PrintedPage
    aside: tuple[str, ...] = ()
    scanned: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _View:
    """A page turned so that some text on it stands upright: degrees clockwise, and the page's own width and height."""

    turn: int
    width: float
    height: float

    def box(self, left: float, bottom: float, right: float, top: float) -> _Box:
        """A box of the unturned page, as this view has it."""
        if self.turn == 90:
            return bottom, self.width - right, top, self.width - left
        if self.turn == 180:
            return self.width - right, self.height - top, self.width - left, self.height - bottom
        if self.turn == 270:
            return self.height - top, left, self.height - bottom, right
        return left, bottom, right, top


def read_page(document: pypdfium2.PdfDocument, index: int) -> Found:
    """The page with this index, from 0; raises `pypdfium2.PdfiumError` where it cannot be loaded."""
    page = document[index]
    try:
        return _read(page, index + 1)
    finally:
        page.close()


_MOST_DOTS = 60_000_000  # A2 at 300 dots an inch has 35 million


def pictures(data: bytes, numbers: Sequence[int]) -> Iterator[Image.Image]:
    """The pages with these numbers, from 1, as pictures of 300 dots an inch; with what was put into form fields.

    Offices write number and date into the field of a signature, which no text layer shows.
    """
    document = pypdfium2.PdfDocument(data, autoclose=True)
    try:
        document.init_forms()
        for number in numbers:
            page = document[number - 1]
            scale = min(300 / 72, math.sqrt(_MOST_DOTS / max(page.get_width() * page.get_height(), 1.0)))
            yield page.render(scale=scale).to_pil()
            page.close()
    finally:
        document.close()


def _read(page: pypdfium2.PdfPage, number: int) -> Found:
    own_turn = page.get_rotation()
    width, height = page.get_size()
    turns: Counter[int | None] = Counter()
    lines, aside = _lines(page, own_turn, turns)
    # A table printed sideways: read again with the page turned, for the lines that stand upright then.
    for turn, count in turns.items():
        if turn is not None and turn != own_turn and count > 2:
            page.set_rotation(turn)
            across, down = width / page.get_width(), height / page.get_height()
            lines += (_scaled(line, across, down) for line in _lines(page, turn, Counter())[0])
            page.set_rotation(own_turn)
    printed = PrintedPage(number, width, height, tuple(lines))
    return Found(printed, tuple(aside), scanned=_is_sparse(printed.text) and _is_pictured(page))


def _scaled(line: Line, across: float, down: float) -> Line:
    """A line of the turned page, so that its margins are those of the page as it is."""
    return Line(line.text, line.left * across, line.bottom * down, line.right * across, line.top * down)


def _is_sparse(text: str) -> bool:
    """True where a text layer is none, only a signature stamp, or the work of an OCR that knows no Vietnamese."""
    return len(text) < 400 or vietnamese_share(text[:1000]) < 0.12


def _is_pictured(page: pypdfium2.PdfPage) -> bool:
    """True where pictures cover more than half of the page."""
    width, height = page.get_size()
    covered = 0.0
    for picture in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += abs(right - left) * abs(top - bottom)
    return bool(covered > width * height / 2)


def _lines(page: pypdfium2.PdfPage, turn: int, turns: Counter[int | None]) -> tuple[list[Line], list[str]]:
    """The lines that stand upright when the page is turned so, and the text across it; counts the turns of all lines."""
    width, height = page.get_size()
    view = _View(turn, width, height) if turn in (0, 180) else _View(turn, height, width)
    lines: list[Line] = []
    aside: list[str] = []
    text_page = page.get_textpage()
    try:
        for start, words, its_turn in _strings_by_turn(text_page):
            turns[its_turn] += 1
            if its_turn == turn:
                lines += _parted(text_page, start, words, view)
            elif its_turn is None:
                aside.append(words)
    finally:
        text_page.close()
    return lines, aside


def _strings(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Index of the first character, and the words, of each line that is not blank."""
    text = text_page.get_text_range()
    straight = text_page.count_chars() == len(text)
    start = 0
    for words in text.split("\r\n"):
        if words and not words.isspace():
            at = start if straight else raw.FPDFText_GetCharIndexFromTextIndex(text_page, start)
            yield at, words.replace("\ufffe", "-").replace("\n", " ")
        start += len(words) + 2


def _strings_by_turn(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str, int | None]]:
    """`_strings`, each with its turn; on a page with several, cut where two ways of standing were taken for one line."""
    strings = list(_strings(text_page))
    turns = [_turn(text_page, start + len(words) - len(words.lstrip())) for start, words in strings]
    mixed = len(set(turns)) > 1
    for (start, words), turn in zip(strings, turns, strict=True):
        if mixed and _turn(text_page, start + len(words.rstrip()) - 1) != turn:
            yield from _runs(text_page, start, words)
        else:
            yield start, words, turn


def _runs(text_page: pypdfium2.PdfTextPage, start: int, words: str) -> Iterator[tuple[int, str, int | None]]:
    """Pieces of a line that stand one way and then another, each with its turn.  A space stands as the letter before it."""
    turns: list[int | None] = []
    for at, char in enumerate(words):
        turns.append(turns[-1] if char.isspace() and turns else _turn(text_page, start + at))
    for turn, run in groupby(range(len(words)), turns.__getitem__):
        places = list(run)
        yield start + places[0], words[places[0] : places[-1] + 1], turn


def _turn(text_page: pypdfium2.PdfTextPage, index: int) -> int | None:
    """By how many degrees clockwise the page must be turned to make the character upright; ``None``: it stands aslant."""
    angle = raw.FPDFText_GetCharAngle(text_page, index)
    if angle == 0.0:
        return 0
    degrees = math.degrees(angle)
    quarter = round(degrees / 90)
    return None if abs(degrees - quarter * 90) > 8 else -quarter * 90 % 360


# --- columns on one line ----------------------------------------------------------------------------------------------


def _parted(text_page: pypdfium2.PdfTextPage, start: int, words: str, view: _View) -> Iterator[Line]:
    """The line whose first character has the index `start`; or its columns, where two stand on it."""
    groups = _columns(_boxes(text_page, start, len(words), view), _GAP_IN_CAPITALS if words.isupper() else _GAP)
    cells = _cells(text_page, start, words, groups, view) if len(groups) > 1 else [_raise_notes(text_page, start, words)]
    if len(cells) == 2 and _starts_column(cells[1]):
        yield from (_line(cell, group) for cell, group in zip(cells, groups, strict=True))
    elif groups:
        mark = "\t" if len(cells) > 2 else " "
        yield _line(mark.join(cells), [box for group in groups for box in group])


def _boxes(text_page: pypdfium2.PdfTextPage, start: int, length: int, view: _View) -> list[_Box]:
    """Boxes of the pieces of one line, from left to right as they are written."""
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    boxes: list[_Box] = []
    for index in range(raw.FPDFText_CountRects(text_page, start, length) if start >= 0 else 0):
        raw.FPDFText_GetRect(text_page, index, left, top, right, bottom)
        boxes.append(view.box(left.value, bottom.value, right.value, top.value))
    return boxes


def _columns(boxes: Sequence[_Box], gap: float) -> list[list[_Box]]:
    """The boxes of a line, parted where the white between them is wide."""
    groups: list[list[_Box]] = [[boxes[0]]] if boxes else []
    for before, after in pairwise(boxes):
        height = max(before[3] - before[1], after[3] - after[1], 8.0)
        if after[0] - before[2] > gap * height:
            groups.append([after])
        else:
            groups[-1].append(after)
    return groups


def _starts_column(words: str) -> bool:
    """A blank left for a number or a date ("Số:      /BC-UBND") is no gap between columns."""
    return words[:1].isupper() or words[:1] in tuple("_-–—*(")


def _cells(text_page: pypdfium2.PdfTextPage, start: int, words: str, groups: Sequence[Sequence[_Box]], view: _View) -> list[str]:
    """The words of each group, cut at the first character that stands right of where the group begins."""
    cuts = [0]
    for group in groups[1:]:
        cut = cuts[-1]
        while cut < len(words) and (words[cut].isspace() or view.box(*text_page.get_charbox(start + cut))[0] < group[0][0] - 1.0):
            cut += 1
        cuts.append(cut)
    return [words[cut:end].strip() for cut, end in zip(cuts, [*cuts[1:], len(words)], strict=True)]


def _raise_notes(text_page: pypdfium2.PdfTextPage, start: int, words: str) -> str:
    """The words with the small numbers of footnotes in brackets: "QH15" and a small "1" is not "QH151"."""
    for found in reversed(list(_GLUED_DIGITS.finditer(words))):
        first, last = found.span()
        usual = text_page.get_charbox(start + first - 1, loose=True)
        small = last
        while small > first and _is_raised(text_page.get_charbox(start + small - 1, loose=True), usual):
            small -= 1
        if small < last:
            words = words[:small] + raised(words[:small], words[small:last]) + words[last:]
    return words


def _is_raised(box: _Box, usual: _Box) -> bool:
    # Loose boxes are as high as the font, not as the letter.  Font sizes tell nothing: many files scale a font of size 1.
    return box[3] - box[1] < (usual[3] - usual[1]) * 0.8 and box[1] > usual[1]


def _line(words: str, boxes: Sequence[_Box]) -> Line:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Line(words, min(lefts), min(bottoms), max(rights), max(tops))
