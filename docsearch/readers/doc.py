"""Word files of before 2007 (.doc) to text, as Word shows them: tables, automatic numbers, notes, text boxes.

Word 6, 95 and 97 to 2003; what was deleted or hidden is left out, fields show their results, and macros are never looked at.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from docsearch import legacy
from docsearch.errors import BrokenFile
from docsearch.model import RawText
from docsearch.readers.blocks import Block, compose
from docsearch.readers.decoding import from_legacy
from docsearch.readers.flow import raised
from docsearch.readers.numbering import Numbering
from docsearch.readers.source import Source
from docsearch.readers.symbols import plain_signs, symbol
from docsearch.readers.wordbin import (
    BOX_TEXTS,
    END_REFS,
    END_TEXTS,
    HEADERS,
    NOTE_REFS,
    NOTE_TEXTS,
    SHAPES,
    Piece,
    WordFile,
    decode,
    open_word,
    pieces,
    plc,
)
from docsearch.readers.wordlists import label, read_lists
from docsearch.readers.wordprops import Look, Properties, Shape

_BODY, _FOOTNOTES, _HEADERS, _ENDNOTES, _BOXES = 0, 1, 2, 5, 6  # stories, as in `WordFile.lengths`
_SEPARATORS = 6  # the first stories of the headers are the lines above footnotes
_TOKEN = re.compile("[^\x00-\x1f]+|[\x00-\x1f]")
_CHARACTERS = {"\t": "\t", "\v": "\n", "\x0e": "\n", "\x1e": "-"}
_PARAGRAPH, _CELL, _BREAK, _FIELD, _RESULT, _FIELD_END = "\r", "\a", "\f", "\x13", "\x14", "\x15"
_FIELD_MARKS = (_FIELD, _RESULT, _FIELD_END)
_NOTE, _SHAPE = "\x02", "\x08"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph's runs, its mark, and where the mark stands in the file."""

    runs: tuple[_Run, ...]
    mark: str
    offset: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one look: where they begin in the document, themselves, and their properties."""

    start: int
    text: str
    look: bytes


@dataclass(slots=True)
class _Word:
    """One file being read.  `legacy` is the encoding of its text, where it is an old one: capital fonts matter then."""

    file: WordFile
    pieces: list[Piece]
    properties: Properties
    numbering: Numbering
    legacy: str | None = None
    marks: dict[int, str] = field(default_factory=dict)  # where notes are cited -> "[1]"
    boxes: dict[int, list[str]] = field(default_factory=dict)  # where text boxes hang -> what they say
    used: set[int] = field(default_factory=set)  # fonts
    deletions: int = 0


def read(source: Source) -> RawText:
    """One page: the body, then the notes as "[1] ..."; headers and footers are furniture."""
    file = open_word(source)
    try:
        return _read_twice(file, pieces(file), Properties(file))
    except (struct.error, IndexError) as error:
        raise BrokenFile(source.path, f"damaged: its tables make no sense ({error})") from error


def _read_twice(file: WordFile, parts: list[Piece], properties: Properties) -> RawText:
    """Once more where fonts turn out to draw capitals: that is known when the encoding is."""
    raw, word = _read(_Word(file, parts, properties, read_lists(file)))
    fonts = [properties.fonts[number] for number in sorted(word.used) if number < len(properties.fonts)]
    encoding = legacy.detect("\n".join(raw.pages), fonts)
    if encoding and any(map(legacy.is_capital_font, fonts)):
        raw, _ = _read(_Word(file, parts, properties, read_lists(file), encoding))
    return from_legacy(raw, fonts)


def _read(word: _Word) -> tuple[RawText, _Word]:
    notes = list(_notes(word))
    _hang_boxes(word)
    body = _story_text(word, *word.file.story(_BODY))
    loose = [text for texts in word.boxes.values() for text in texts]  # their place was not met
    text = "\n".join(part for part in (body, *loose, *notes) if part)
    remarks = (f"tracked-deletions:{word.deletions}",) if word.deletions else ()
    return RawText(format="doc", pages=(text,), furniture=_furniture(word), notes=remarks), word


# --- stories ----------------------------------------------------------------------------------------------------------


def _story_text(word: _Word, start: int, stop: int) -> str:
    return compose(_blocks(word, start, stop))


def _blocks(word: _Word, start: int, stop: int) -> Iterator[Block]:
    joined = ""  # what stands before a paragraph mark that was deleted
    fields: list[bool] = []
    for paragraph in _paragraphs(word, start, stop):
        boxes: list[str] = []
        text = joined + _text(word, paragraph, fields, boxes)
        shape = word.properties.shape_at(paragraph.offset)
        yield from (Block(box, shape.depth) for box in boxes)
        if paragraph.mark == _PARAGRAPH and _mark_is_deleted(word, paragraph, shape):
            joined = text
            continue
        joined = ""
        number = label(word.numbering, *_list(word, shape))
        yield _block((number + text).rstrip(" "), paragraph.mark, shape)
    if joined:
        yield Block(joined)


def _list(word: _Word, shape: Shape) -> tuple[int, int]:
    """The paragraph's list and level; where no level is said, that of the list which belongs to its style."""
    if shape.level is None:
        return shape.list, word.numbering.style_level(str(shape.list), str(shape.style))
    return shape.list, shape.level


def _block(text: str, mark: str, shape: Shape) -> Block:
    if mark == _CELL:
        return Block(text, max(shape.depth, 1), "row" if shape.row_end else "cell")
    if shape.depth > 1 and (shape.inner_cell or shape.row_end):
        return Block(text, shape.depth, "row" if shape.row_end else "cell")
    return Block(text, shape.depth)


def _mark_is_deleted(word: _Word, paragraph: _Paragraph, shape: Shape) -> bool:
    looks = [look for _, _, look in word.properties.looks(paragraph.offset, paragraph.offset + 1)]
    return word.properties.look(looks[0], shape.style).deleted if looks else False


def _paragraphs(word: _Word, start: int, stop: int) -> Iterator[_Paragraph]:
    runs: list[_Run] = []
    for at, offset, width, text, look in _runs(word, start, stop):
        begun = 0
        for found in re.finditer("[\r\a\f]", text):
            runs.append(_Run(at + begun, text[begun : found.start()], look))
            yield _Paragraph(tuple(runs), found[0], offset + found.start() * width)
            runs, begun = [], found.end()
        if begun < len(text):
            runs.append(_Run(at + begun, text[begun:], look))
    if runs:
        yield _Paragraph(tuple(runs), _BREAK, 0)


def _start(piece: Piece) -> int:
    return piece.start


def _runs(word: _Word, start: int, stop: int) -> Iterator[tuple[int, int, int, str, bytes]]:
    """The text between two characters, in runs of one look: first character, first byte, width, text, look."""
    for piece in word.pieces[max(0, bisect_right(word.pieces, start, key=_start) - 1) :]:
        first, last = max(piece.start, start), min(piece.stop, stop)
        if piece.start >= stop:
            return
        if first >= last:
            continue
        base = piece.offset - piece.start * piece.width
        begin, end = base + first * piece.width, base + last * piece.width
        for here, there, look in word.properties.looks(begin, end):
            whole = here + (there - here) // piece.width * piece.width
            text = decode(word.file.main[here:whole], piece.width)
            yield (here - base) // piece.width, here, piece.width, text, look


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _text(word: _Word, paragraph: _Paragraph, fields: list[bool], boxes: list[str]) -> str:
    """The text of a paragraph as it is shown.

    `fields` are those open at its start, and at its end in return: each True where its result has begun, which is shown.
    Text boxes that hang on the paragraph are added to `boxes`.
    """
    style = word.properties.shape_at(paragraph.offset).style
    text = ""
    for run in paragraph.runs:
        look = word.properties.look(run.look, style)
        word.deletions += look.deleted
        for found in _TOKEN.finditer("" if look.deleted else run.text):
            token, place = found[0], run.start + found.start()
            if token in _FIELD_MARKS:
                _step(fields, token)
            elif token == _SHAPE:
                boxes.extend(word.boxes.pop(place, ()))
            elif all(fields) and not look.hidden:
                text += _shown(word, token, look, text, place)
    # An instruction ends with its paragraph: a field that a damaged file leaves open must not swallow the text.
    fields[:] = [begun for begun in fields if begun]
    return text


def _step(fields: list[bool], mark: str) -> None:
    if mark == _FIELD:
        fields.append(False)
    elif fields and mark == _RESULT:
        fields[-1] = True
    elif fields:
        fields.pop()


def _shown(word: _Word, token: str, look: Look, before: str, place: int) -> str:
    """A run of letters, or one control character, as it is shown after `before`."""
    if token < " ":
        return word.marks.get(place, "") if token == _NOTE else _CHARACTERS.get(token, "")
    if look.symbol:
        return symbol(look.symbol)
    word.used.add(look.font)
    text = plain_signs(token)
    if look.capitals:
        return text.upper()
    if word.legacy and legacy.is_capital_font(_font(word, look)):
        return legacy.in_capitals(text)
    return raised(before, text) if look.raised else text


def _font(word: _Word, look: Look) -> str:
    fonts = word.properties.fonts
    return fonts[look.font] if look.font < len(fonts) else ""


# --- notes, text boxes, headers and footers ---------------------------------------------------------------------------


def _notes(word: _Word) -> list[str]:
    """The notes as "[1] ..." in the order in which the text cites them; where they are cited is written to `marks`."""
    kinds = ((NOTE_REFS, NOTE_TEXTS, _FOOTNOTES), (END_REFS, END_TEXTS, _ENDNOTES))
    found = sorted(note for kind in kinds for note in _notes_of(word, *kind))
    for number, (place, _, _) in enumerate(found, 1):
        word.marks[place] = f"[{number}]"
    texts = (_story_text(word, start, stop) for _, start, stop in found)
    return [f"[{number}] {text}" for number, text in enumerate(texts, 1) if text]


def _notes_of(word: _Word, references: int, texts: int, story: int) -> Iterator[tuple[int, int, int]]:
    """Where a note is cited, and from which to which character it goes."""
    places = [start for start, _, _ in plc(word.file.table(references), 2)]
    first, last = word.file.story(story)
    spans = [(first + start, min(first + stop, last)) for start, stop, _ in plc(word.file.table(texts), 0)]
    yield from ((place, *span) for place, span in zip(places, spans, strict=False))


def _hang_boxes(word: _Word) -> None:
    """Put each text box where the shape stands that holds it; those of no known shape at the end of the text."""
    if word.file.is_old:
        return
    first, last = word.file.story(_BOXES)
    anchors = {item[:4]: start for start, _, item in plc(word.file.table(SHAPES), 26)}
    for start, stop, item in plc(word.file.table(BOX_TEXTS), 22):
        text = _story_text(word, first + start, min(first + stop, last))
        if text:
            word.boxes.setdefault(anchors.get(item[14:18], -1), []).append(text)


def _furniture(word: _Word) -> tuple[str, ...]:
    first, last = word.file.story(_HEADERS)
    table = word.file.table(HEADERS)
    places = [first + place for (place,) in struct.iter_unpack("<I", table[: len(table) // 4 * 4])]
    lines: dict[str, None] = {}
    for start, stop in pairwise(places[0 if word.file.is_old else _SEPARATORS :]):
        text = _story_text(word, start, min(stop, last))
        lines.update(dict.fromkeys(line for line in text.split("\n") if line.strip()))
    return tuple(lines)
