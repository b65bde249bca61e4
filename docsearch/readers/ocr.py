"""Pictures of pages to lines with their places: seen by tesseract, kept in a cache, cleared of noise and stamps.

What the program is not sure of is left out where a guess would do harm: numbers and dates written by hand into blanks.
Works on one page at a time; `pdf` and `image` bring the pictures.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docsearch.legacy import is_syllable
from docsearch.readers import tesseract
from docsearch.readers.layout import Line, PrintedPage
from docsearch.readers.numbers import elected, is_doubtful_number
from docsearch.readers.pieces import SIGNS, Piece, mend, pieces_of, without_guesses, without_incoming_stamp, without_noise
from docsearch.readers.source import Source
from docsearch.readers.tesseract import TesseractError, Word

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["Seen", "TesseractError", "missing", "read_picture"]

_SETTINGS = "4 vie psm3 300+200dpi psm6 240+200+150dpi"  # change it with what is done to a picture: the cache holds answers to it
_UNSURE = 0.6  # below that a page may lie on its head; upright pages have 0.8 to 0.96
_FEW = 20  # words
_SURE = 0.965  # clean print in a plain font; a second look would change nothing
_SYLLABLE = 0.15  # what it adds to a word's confidence that it is Vietnamese
_ROW = 60  # dots
_DISPUTED = 0.39  # below what is believed of numbers
_ELECTED = 0.9  # what several looks agree on is believed
_STRIPS = 12  # lines of a page that are looked at again: each takes some 0.5 seconds
_DIGITS = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Seen:
    """One page as seen: `aside` are the lines of stamps; `unsure` counts the words left out; `confidence` is 0 to 1."""

    page: PrintedPage
    confidence: float
    aside: tuple[str, ...] = ()
    unsure: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """``ocr:3:0.87`` (page, confidence), ``ocr-unsure:3:4`` (page, words left out), ``incoming-stamp:3``."""
        number = self.page.number
        unsure = (f"ocr-unsure:{number}:{self.unsure}",) if self.unsure else ()
        stamp = (f"incoming-stamp:{number}",) if self.aside else ()
        return (f"ocr:{number}:{self.confidence:.2f}", *unsure, *stamp)


def missing() -> str | None:
    """What is to be installed before pages can be read, in one line; ``None``: nothing."""
    if find_spec("PIL") is None:
        return "OCR needs pip install 'docsearch[ocr]'"
    reason = tesseract.missing()
    return f"OCR: {reason}" if reason else None


def read_picture(source: Source, image: Image.Image, number: int) -> Seen:
    """The page in a picture of 300 dots an inch; `TesseractError` where it cannot be read."""
    sheet = _cached(source, image)
    seen, aside = without_incoming_stamp(pieces_of(sheet.words))
    pieces = mend(without_guesses(without_noise(seen)))
    page = PrintedPage(number, _points(sheet.width), _points(sheet.height), tuple(_line(sheet, piece) for piece in pieces))
    return Seen(page, _confidence(sheet.words), tuple(piece.text for piece in aside), _count(seen) - _count(pieces))


def _count(pieces: Iterable[Piece]) -> int:
    """How many words with letters or digits."""
    return sum(1 for piece in pieces for word in piece.words if any(map(str.isalnum, word.text)))


def _line(sheet: _Sheet, piece: Piece) -> Line:
    bottom, top = sheet.height - piece.bottom, sheet.height - piece.top
    return Line(piece.text, _points(piece.left), _points(bottom), _points(piece.right), _points(top))


def _points(dots: float) -> float:
    return dots * 72 / 300


def _confidence(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


# --- seen -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What tesseract saw in a picture that was turned upright: the picture's size in dots, and the words."""

    width: int
    height: int
    words: tuple[Word, ...]


def _look(source: Source, image: Image.Image) -> _Sheet:
    """The words in the picture, whichever way up it came."""
    from docsearch.readers import picture

    seconds = source.limits.page_seconds
    plain = picture.grey(image)
    on_its_side = picture.lies_on_its_side(plain)
    turn = tesseract.turn(picture.pgm(plain), dpi=300, seconds=seconds) if on_its_side else 0
    best = _seen(picture.turned(plain, turn), seconds)
    if not on_its_side and _doubtful(best) and (turn := tesseract.turn(picture.pgm(plain), dpi=300, seconds=seconds)):
        again = _seen(picture.turned(plain, turn), seconds)
        best = max(best, again, key=lambda sheet: _confidence(sheet.words))
    return best


def _doubtful(sheet: _Sheet) -> bool:
    return len(sheet.words) >= _FEW and _confidence(sheet.words) < _UNSURE


def _seen(plain: Image.Image, seconds: float) -> _Sheet:
    """The words in an upright picture, looked at twice where the first look is not sure.

    The program does best on letters some 28 dots high, and its slips differ from size to size: on pages set in Times two
    looks, the surer word taken, halved the characters wrong.
    """
    from docsearch.readers import picture

    level = picture.straight(plain)
    sheet = _Sheet(level.width, level.height, tesseract.words(picture.pgm(level), dpi=300, seconds=seconds))
    if _confidence(sheet.words) >= _SURE or not sheet.words:
        return sheet
    smaller = _at_scale(level, 2 / 3, seconds)
    return replace(sheet, words=_settled(level, sheet.words, smaller, seconds))


def _at_scale(image: Image.Image, share: float, seconds: float, box: _Box | None = None) -> list[Word]:
    """The words in a picture, or in a part of it, as seen when it is made smaller; their places are those in the picture."""
    from docsearch.readers import picture

    part = picture.scaled(image.crop(box) if box else image, share)
    found = tesseract.words(picture.pgm(part), dpi=round(300 * share), seconds=seconds, lines=box is not None)
    left, top = box[:2] if box else (0, 0)
    return [
        replace(
            word,
            left=left + round(word.left / share),
            top=top + round(word.top / share),
            right=left + round(word.right / share),
            bottom=top + round(word.bottom / share),
        )
        for word in found
    ]


def _settled(level: Image.Image, first: Sequence[Word], second: Sequence[Word], seconds: float) -> tuple[Word, ...]:
    """The surer words; where numbers of days and months are in dispute, their lines are looked at again, three times."""
    words = surer(first, second)
    lines = list(dict.fromkeys(word.line for before, word in pairwise(words) if is_doubtful_number(before, word)))
    for line in lines[:_STRIPS]:
        members = [word for word in words if word.line == line]
        box = _strip(level, members)
        looks = [look for share in (0.8, 2 / 3, 0.5) for look in _at_scale(level, share, seconds, box)]
        rows = _rows((*first, *second, *looks))
        words = tuple(
            _voted(word, rows) if word.line == line and is_doubtful_number(before, word) else word
            for before, word in zip((words[0], *words), words, strict=False)
        )
    return words


def _strip(level: Image.Image, members: Sequence[Word]) -> _Box:
    """The part of the page that holds a line, with some white about it."""
    left, right = min(word.left for word in members), max(word.right for word in members)
    top, bottom = min(word.top for word in members), max(word.bottom for word in members)
    return max(0, left - _ROW), max(0, top - _ROW // 2), min(level.width, right + _ROW), min(level.height, bottom + _ROW // 2)


def _voted(word: Word, rows: _Rows) -> Word:
    """The number that all looks at this place speak for; the word as it was where they do not."""
    number = elected([look for look in _near(word, rows) if _same_place(word, look)])
    return replace(word, text=number, confidence=_ELECTED) if number else word


_Box = tuple[int, int, int, int]
_Rows = dict[int, list[Word]]


def _rows(words: Iterable[Word]) -> _Rows:
    rows: _Rows = {}
    for word in words:
        rows.setdefault(word.top // _ROW, []).append(word)
    return rows


def _near(word: Word, rows: _Rows) -> Iterator[Word]:
    row = word.top // _ROW
    return (other for step in (-1, 0, 1) for other in rows.get(row + step, ()))


def surer(first: Sequence[Word], second: Sequence[Word]) -> tuple[Word, ...]:
    """The words of the first look, each as the second has it where that is surer; a syllable counts as surer."""
    rows = _rows(second)
    return tuple(_surer(word, rows) for word in first)


def _surer(word: Word, rows: _Rows) -> Word:
    looks = (word, *(other for other in _near(word, rows) if _same_place(word, other)))
    best = max(looks, key=_trust)
    # Two looks that see different digits: neither is to be believed where it matters.
    agreed = len({_DIGITS.sub("", look.text) for look in looks}) == 1
    return replace(word, text=best.text, confidence=best.confidence if agreed else min(best.confidence, _DISPUTED))


def _same_place(one: Word, other: Word) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    wide, high = max(one.right - one.left, other.right - other.left), max(one.bottom - one.top, other.bottom - other.top)
    return across > 0.8 * wide and down > 0.5 * high


def _trust(word: Word) -> float:
    return word.confidence + (_SYLLABLE if is_syllable(word.text.strip(SIGNS)) else 0.0)


# --- the cache --------------------------------------------------------------------------------------------------------


def _cached(source: Source, image: Image.Image) -> _Sheet:
    """`_look`, or what it gave for the same picture before: SHA-256 of its dots and of the settings names the answer."""
    if source.cache is None:
        return _look(source, image)
    settings = f"{_SETTINGS} {tesseract.version()} {image.mode} {image.size}"
    name = hashlib.sha256(settings.encode() + image.tobytes()).hexdigest()
    place = source.cache / name[:2] / f"{name}.json"
    sheet = _load(place)
    if sheet is None:
        sheet = _look(source, image)
        _store(place, sheet)
    return sheet


def _load(place: Path) -> _Sheet | None:
    try:
        held: Any = json.loads(place.read_text("utf-8"))
        words = tuple(Word(text, sure, (line[0], line[1], line[2]), *box) for text, sure, line, *box in held["words"])
        return _Sheet(int(held["width"]), int(held["height"]), words)
    except (OSError, ValueError, TypeError, KeyError, IndexError):  # none yet, or cut short by a kill
        return None


def _store(place: Path, sheet: _Sheet) -> None:
    """Write it whole or not at all; a full or locked disk costs no more than reading the page again."""
    held = json.dumps({"width": sheet.width, "height": sheet.height, "words": [astuple(word) for word in sheet.words]})
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=place.parent, suffix=".new")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(held)
        Path(name).replace(place)
