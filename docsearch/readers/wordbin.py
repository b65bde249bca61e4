"""The binary file of Word 6 to 2003: its header, its tables, and its text piece by piece.

The format is that of [MS-DOC]; Word 6 and 95 have the same tables at other places, and text in 8 bits only.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from docsearch.errors import BrokenFile, UnknownFormat
from docsearch.readers.ole import Compound, open_compound
from docsearch.readers.source import Source

# The tables that the header points to ([MS-DOC] 2.5.6 to 2.5.9), by number; the same in Word 6.
STYLES, NOTE_REFS, NOTE_TEXTS, HEADERS, CHARACTERS, PARAGRAPHS, FONTS = 1, 2, 3, 11, 12, 13, 15
PIECES, SHAPES, END_REFS, END_TEXTS, BOX_TEXTS, LISTS, LIST_USES = 33, 40, 46, 47, 56, 73, 74

_WORD, _WORD_6_FAR_EAST = 0xA5EC, 0xA5DC
_WORD_6, _WORD_97 = 101, 193  # nFib
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_COMPRESSED = 1 << 30


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands in one place of the file: which characters of the document it is, from which byte, how wide."""

    start: int
    stop: int
    offset: int
    width: int  # bytes a character: 1 or 2


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file's parts.  `lengths` are the characters of main text, footnotes, headers, macros, comments, endnotes, boxes."""

    source: Source
    main: bytes
    tables: bytes
    version: int
    places: tuple[tuple[int, int], ...]
    lengths: tuple[int, ...]
    span: tuple[int, int]  # bytes of the text, where there is no table of pieces

    @property
    def is_old(self) -> bool:
        """Word 6 or 95."""
        return self.version < _WORD_97

    def table(self, number: int) -> bytes:
        """The bytes of a table; none where the file has no such table."""
        start, length = self.places[number] if number < len(self.places) else (0, 0)
        return self.tables[start : start + length]

    def after_table(self, number: int) -> bytes:
        """What follows a table: lists keep their levels there."""
        start, length = self.places[number] if number < len(self.places) else (0, 0)
        return self.tables[start + length :] if length else b""

    def story(self, number: int) -> tuple[int, int]:
        """From which character to which a part of the text goes; 0 is the main text, as in `lengths`."""
        start = sum(self.lengths[:number])
        return start, start + self.lengths[number]


def open_word(source: Source) -> WordFile:
    """The file's parts; `BrokenFile` where it is encrypted or damaged, `UnknownFormat` where it is older than Word 6."""
    compound = open_compound(source)
    main = compound.stream("WordDocument")
    if main is None or len(main) < 0x60:
        raise BrokenFile(source.path, "damaged or cut short: it has no text stream")
    magic, version, flags = struct.unpack_from("<HH6xH", main)
    if magic not in (_WORD, _WORD_6_FAR_EAST) or version < _WORD_6:
        raise UnknownFormat(source.path, f"a Word file of a version that is not read (magic {magic:04X}, version {version})")
    if flags & _ENCRYPTED:
        raise BrokenFile(source.path, "protected by a password")
    try:
        if version < _WORD_97:
            return _open_old(source, main, version)
        return _open_new(source, main, version, _table_stream(compound, flags))
    except struct.error as error:
        raise BrokenFile(source.path, "damaged or cut short: its header is not whole") from error


def _table_stream(compound: Compound, flags: int) -> bytes:
    names = ("1Table", "0Table") if flags & _TABLE_1 else ("0Table", "1Table")
    for name in names:  # the other one stands there in files that a program wrote carelessly
        data = compound.stream(name)
        if data is not None:
            return data
    raise BrokenFile(compound.source.path, "damaged or cut short: it has no table stream")


def _open_old(source: Source, main: bytes, version: int) -> WordFile:
    lengths = struct.unpack_from("<8I", main, 0x34)
    places = tuple(struct.iter_unpack("<II", main[0x58 : 0x58 + 8 * (END_TEXTS + 1)]))
    return WordFile(source, main, main, version, places, lengths, struct.unpack_from("<II", main, 0x18))


def _open_new(source: Source, main: bytes, version: int, tables: bytes) -> WordFile:
    lengths = struct.unpack_from("<8I", main, 0x4C)
    (count,) = struct.unpack_from("<H", main, 0x98)
    places = tuple(struct.iter_unpack("<II", main[0x9A : 0x9A + 8 * count].ljust(8 * count, b"\0")))
    return WordFile(source, main, tables, version, places, lengths, struct.unpack_from("<II", main, 0x18))


# --- text -------------------------------------------------------------------------------------------------------------


def pieces(word: WordFile) -> list[Piece]:
    """The text in the order of the document; `BrokenFile` where its table is damaged."""
    table = _piece_table(word.table(PIECES))
    if table is None:
        if not word.is_old:
            raise BrokenFile(word.source.path, "damaged or cut short: it has no table of pieces")
        start, stop = word.span
        return [Piece(0, max(0, min(stop, len(word.main)) - start), start, 1)]
    return list(_pieces(word, table))


def _piece_table(data: bytes) -> bytes | None:
    at = 0
    while at + 5 <= len(data):
        if data[at] == 2:  # the table itself; before it stand property lists
            (length,) = struct.unpack_from("<I", data, at + 1)
            return data[at + 5 : at + 5 + length]
        if data[at] != 1:
            return None
        at += 3 + struct.unpack_from("<H", data, at + 1)[0]
    return None


def _pieces(word: WordFile, table: bytes) -> Iterator[Piece]:
    expected = 0
    for start, end, item in plc(table, 8):
        (place,) = struct.unpack_from("<I", item, 2)
        width, offset = (1, place) if word.is_old else (1, (place & ~_COMPRESSED) // 2) if place & _COMPRESSED else (2, place)
        if start != expected or offset > len(word.main):
            raise BrokenFile(word.source.path, "damaged: its table of pieces makes no sense")
        stop = min(end, start + (len(word.main) - offset) // width)
        yield Piece(start, stop, offset, width)
        expected = stop


def plc(data: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """A table of places ([MS-DOC] 2.2.2): from which character or byte, to which, and the `size` bytes said about them."""
    count = (len(data) - 4) // (4 + size)
    places = struct.unpack_from(f"<{count + 1}I", data) if count > 0 else ()
    base = 4 * (count + 1)
    for index in range(count):
        if places[index + 1] > places[index]:
            yield places[index], places[index + 1], data[base + index * size : base + (index + 1) * size]


# Windows-1252 leaves five bytes undefined; in legacy fonts they are letters, so they pass as they are.
_WESTERN = "".join(bytes([value]).decode("cp1252", "ignore") or chr(value) for value in range(256))


def decode(data: bytes, width: int) -> str:
    """The characters of a piece.  Letters of 8 bits come as Windows-1252 has them: fonts may make others of them."""
    if width == 2:
        return data.decode("utf-16-le", "surrogatepass")
    return codecs.charmap_decode(data, "strict", _WESTERN)[0]
