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
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docsearch.legacy import is_syllable
from docsearch.readers import tesseract
from docsearch.readers.layout import Line, PrintedPage
from docsearch.readers.pieces import SIGNS, Piece, mend, pieces_of, without_guesses, without_incoming_stamp, without_noise
from docsearch.readers.source import Source
from docsearch.readers.tesseract import TesseractError, Word

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["Seen", "TesseractError", "missing", "read_picture"]

_SETTINGS = "3 vie psm3 300+200dpi"  # change it with what is done to a picture: the cache holds answers to it
_UNSURE = 0.6  # below that a page may lie on its head; upright pages have 0.8 to 0.96
_FEW = 20  # words
_SURE = 0.965  # clean print in a plain font; a second look would change nothing
_SYLLABLE = 0.15  # what it adds to a word's confidence that it is Vietnamese
_ROW = 60  # dots
_DISPUTED = 0.39  # below what is believed of numbers
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
    smaller = tesseract.words(picture.pgm(picture.scaled(level, 2 / 3)), dpi=200, seconds=seconds)
    return replace(sheet, words=surer(sheet.words, [_larger(word) for word in smaller]))


def _larger(word: Word) -> Word:
    left, top, right, bottom = (side * 3 // 2 for side in (word.left, word.top, word.right, word.bottom))
    return replace(word, left=left, top=top, right=right, bottom=bottom)


def surer(first: Sequence[Word], second: Sequence[Word]) -> tuple[Word, ...]:
    """The words of the first look, each as the second has it where that is surer; a syllable counts as surer."""
    rows: dict[int, list[Word]] = {}
    for word in second:
        rows.setdefault(word.top // _ROW, []).append(word)
    return tuple(_surer(word, rows) for word in first)


def _surer(word: Word, rows: dict[int, list[Word]]) -> Word:
    row = word.top // _ROW
    near = (other for step in (-1, 0, 1) for other in rows.get(row + step, ()) if _same_place(word, other))
    looks = (word, *near)
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
