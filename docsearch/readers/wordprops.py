"""How Word's characters and paragraphs are set: fonts, capitals, hidden and deleted text, tables, styles.

Properties stand in pages of 512 bytes by their place in the file ([MS-DOC] 2.9.33, 2.9.174) and in styles (2.9.271).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from docsearch.readers.wordbin import CHARACTERS, FONTS, PARAGRAPHS, STYLES, WordFile, plc

_PAGE = 512
_Value = Callable[[bytes, int, int, bool], bytes]  # of a page, its offsets' end, the number of a run in it, old
_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)  # bytes of a property's value, by the upper three bits of its code; -1: it says so itself
# Word 6 has codes of one byte, and no rule for the sizes.  -1: a byte says it.
_OLD_SIZES = {
    2: 2, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1, 11: 1, 12: -1, 13: 1, 14: 1, 15: -1, 16: 2, 17: 2, 18: 2, 19: 2, 20: 4, 21: 2,
    22: 2, 23: -1, 24: 1, 25: 1, 26: 2, 27: 2, 28: 2, 29: 1, 65: 1, 66: 1, 67: 1, 68: -1, 69: 2, 70: 4, 71: 1, 72: 2, 73: 3,
    74: -1, 75: 1, 80: 2, 83: 0, 85: 1, 86: 1, 87: 1, 88: 1, 89: 1, 90: 1, 91: 1, 92: 1, 93: 2, 94: 1, 95: 3, 96: 2, 97: 2,
    98: 1, 99: 2, 100: 1, 101: 1, 102: 1, 103: -1, 104: 1, 117: 1,
}  # fmt: skip
# The codes of Word 6 as those of Word 97 that mean the same.
_OLD_CODES = {24: 0x2416, 25: 0x2417, 65: 0x0800, 80: 0x4A30, 91: 0x083B, 92: 0x083C, 93: 0x4A4F, 104: 0x2A48}
_DELETED, _CAPITALS, _HIDDEN, _RAISED, _FONT, _STYLE, _SYMBOL = 0x0800, 0x083B, 0x083C, 0x2A48, 0x4A4F, 0x4A30, 0x6A09
_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_LEVEL, _LIST = 0x260A, 0x460B
_LONG_TABLE, _LONG_TABS = 0xD608, 0xC615


@dataclass(frozen=True, slots=True)
class Look:
    """How characters are shown.  `font` is a number in the list of fonts; `symbol` the character of a symbol font."""

    font: int = 0
    capitals: bool = False
    hidden: bool = False
    deleted: bool = False
    raised: bool = False
    symbol: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph is: its style, its place in a table, its list (0: none) and level there."""

    style: int = 0
    depth: int = 0
    row_end: bool = False
    inner_cell: bool = False
    list: int = 0
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """One style: the one that it is based on, and the properties that it sets."""

    base: int | None
    shape: bytes
    look: bytes


class Properties:
    """The properties of a file, asked by the place of a byte in it."""

    def __init__(self, word: WordFile) -> None:
        self._old = word.is_old
        self._styles, self._default = read_styles(word)
        self.fonts = read_fonts(word)
        self._looks = _Runs(dict(_runs(word, CHARACTERS, _look_bytes)))
        self._shapes = _Runs(dict(_runs(word, PARAGRAPHS, _shape_bytes)))
        self._style_look = cache(self._read_style_look)
        self.look = cache(self._read_look)
        self.shape = cache(self._read_shape)

    def shape_at(self, offset: int) -> Shape:
        """What the paragraph is that has this byte."""
        return self.shape(self._shapes.at(offset))

    def looks(self, start: int, stop: int) -> Iterator[tuple[int, int, bytes]]:
        """The runs of one look between two bytes; `look` tells what it is."""
        return self._looks.between(start, stop)

    def _read_shape(self, data: bytes) -> Shape:
        style = struct.unpack_from("<H", data)[0] if len(data) > 1 else 0
        shape = Shape(style=style)
        for properties in (*(each.shape[2:] for each in reversed(self._chain(style))), data[2:]):
            for code, value in self._each(properties):
                shape = _shaped(shape, code, value)
        return shape

    def _read_look(self, data: bytes, style: int) -> Look:
        """The look that properties give to text in a paragraph of a style."""
        look = self._style_look(style)
        above = look
        for code, value in self._each(data):
            if code == _STYLE and len(value) > 1:
                own = self._chain(struct.unpack_from("<H", value)[0])
                for each in reversed(own):
                    look = self._applied(look, each.look, look)
                above = look
            else:
                look = _looking(look, code, value, above)
        return look

    def _read_style_look(self, style: int) -> Look:
        look = Look(font=self._default)
        for each in reversed(self._chain(style)):
            look = self._applied(look, each.look, look)
        return look

    def _applied(self, look: Look, data: bytes, above: Look) -> Look:
        for code, value in self._each(data):
            look = _looking(look, code, value, above)
        return look

    def _each(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        return _old_settings(data) if self._old else _settings(data)

    def _chain(self, style: int) -> list[Style]:
        """The style and those that it is based on; stops at a loop."""
        chain: list[Style] = []
        number: int | None = style
        while number is not None and number in self._styles and self._styles[number] not in chain:
            chain.append(self._styles[number])
            number = chain[-1].base
        return chain


def _shaped(shape: Shape, code: int, value: bytes) -> Shape:
    number = int.from_bytes(value, "little")
    if code == _IN_TABLE:
        return replace(shape, depth=max(shape.depth, 1) if number else 0)
    if code == _DEPTH:
        return replace(shape, depth=min(number, 50))
    if code in (_ROW_END, _INNER_ROW):
        return replace(shape, row_end=bool(number))
    if code == _INNER_CELL:
        return replace(shape, inner_cell=bool(number))
    if code == _LIST:
        return replace(shape, list=number if number < 0xF801 else 0)
    return replace(shape, level=min(number, 8)) if code == _LEVEL else shape


def _looking(look: Look, code: int, value: bytes, above: Look) -> Look:
    number = int.from_bytes(value, "little")
    if code == _CAPITALS:
        return replace(look, capitals=_switched(number, above.capitals))
    if code == _HIDDEN:
        return replace(look, hidden=_switched(number, above.hidden))
    if code == _DELETED:
        return replace(look, deleted=bool(number))
    if code == _RAISED:
        return replace(look, raised=number == 1)
    if code == _FONT:
        return replace(look, font=number)
    return replace(look, symbol=number >> 16) if code == _SYMBOL else look


def _switched(number: int, above: bool) -> bool:
    """On, off, or (0x80, 0x81) as the style has it or the other way round ([MS-DOC] 2.9.325)."""
    return above if number == 0x80 else not above if number == 0x81 else bool(number)


# --- lists of properties ----------------------------------------------------------------------------------------------


def _settings(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and value of each property ([MS-DOC] 2.6)."""
    at = 0
    while at + 2 < len(data):
        (code,) = struct.unpack_from("<H", data, at)
        at += 2
        size = _SIZES[code >> 13]
        if size < 0:
            if code == _LONG_TABLE:
                size = int.from_bytes(data[at : at + 2], "little") + 1
            elif code == _LONG_TABS and data[at] == 255:
                return  # its size is not said, and nothing that matters follows
            else:
                at, size = at + 1, data[at]
        yield code, data[at : at + size]
        at += size


def _old_settings(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 1 < len(data):
        code = data[at]
        size = _OLD_SIZES.get(code)
        if size is None:
            return
        at += 1
        if size < 0:
            at, size = at + 1, data[at]
        if code in _OLD_CODES:
            yield _OLD_CODES[code], data[at : at + size]
        at += size


# --- pages of properties ----------------------------------------------------------------------------------------------


class _Runs:
    """Which properties hold from which byte to which."""

    def __init__(self, runs: dict[tuple[int, int], bytes]) -> None:
        self._places = sorted(runs)
        self._starts = [start for start, _ in self._places]
        self._values = [runs[place] for place in self._places]

    def at(self, offset: int) -> bytes:
        index = bisect_right(self._starts, offset) - 1
        return self._values[index] if index >= 0 and offset < self._places[index][1] else b""

    def between(self, start: int, stop: int) -> Iterator[tuple[int, int, bytes]]:
        at = start
        index = max(0, bisect_right(self._starts, start) - 1)
        while at < stop and index < len(self._places):
            first, last = self._places[index]
            if first > at:
                yield at, min(first, stop), b""
                at = min(first, stop)
            if at < min(last, stop):
                yield at, min(last, stop), self._values[index]
                at = min(last, stop)
            index += 1
        if at < stop:
            yield at, stop, b""


def _runs(word: WordFile, table: int, value: _Value) -> Iterator[tuple[tuple[int, int], bytes]]:
    width = 2 if word.is_old else 4
    pages = {int.from_bytes(item, "little") & 0x3FFFFF for _, _, item in plc(word.table(table), width)}
    for number in sorted(pages):
        page = word.main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            yield from _page_runs(page, value, word.is_old)


def _page_runs(page: bytes, value: _Value, old: bool) -> Iterator[tuple[tuple[int, int], bytes]]:
    count = page[-1]
    if 4 * (count + 1) >= _PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        if places[index + 1] > places[index]:
            yield (places[index], places[index + 1]), value(page, 4 * (count + 1), index, old)


def _look_bytes(page: bytes, base: int, index: int, _old: bool) -> bytes:
    at = page[base + index] * 2 if base + index < _PAGE else 0
    return page[at + 1 : at + 1 + page[at]] if at else b""


def _shape_bytes(page: bytes, base: int, index: int, old: bool) -> bytes:
    """The style's number in two bytes, then the properties."""
    place = base + index * (7 if old else 13)
    at = page[place] * 2 if place < _PAGE else 0
    if not at:
        return b""
    if old:
        return page[at + 1 : at + 1 + page[at] * 2]
    if page[at]:
        return page[at + 1 : at + page[at] * 2]
    return page[at + 2 : at + 2 + page[min(at + 1, _PAGE - 1)] * 2]


# --- styles and fonts -------------------------------------------------------------------------------------------------


def read_styles(word: WordFile) -> tuple[dict[int, Style], int]:
    """The styles by number, and the number of the font that text has where nothing else is said."""
    data = word.table(STYLES)
    if len(data) < 8:
        return {}, 0
    size, count, base = struct.unpack_from("<HHH", data)
    default = struct.unpack_from("<H", data, 14)[0] if size >= 14 and len(data) >= 16 else 0
    styles, at = {}, 2 + size
    for number in range(count):
        if at + 2 > len(data):
            break
        (length,) = struct.unpack_from("<H", data, at)
        style = _style(data[at + 2 : at + 2 + length], base, word.is_old)
        if style:
            styles[number] = style
        at += 2 + length
    return styles, default


def _style(data: bytes, base: int, old: bool) -> Style | None:
    if len(data) < max(base, 8) + 2:
        return None
    kind, count = struct.unpack_from("<HH", data, 2)
    # The name, then a null; in Word 6 each of one byte a character.
    at = base + (data[base] + 2 if old else 2 * struct.unpack_from("<H", data, base)[0] + 4)
    sets: list[bytes] = []
    for _ in range(min(count & 15, 3)):
        at += at % 2
        size = int.from_bytes(data[at : at + 2], "little")
        sets.append(data[at + 2 : at + 2 + size])
        at += 2 + size
    parent = None if kind >> 4 == 0xFFF else kind >> 4
    first, second, *_ = (*sets, b"", b"")
    return Style(parent, first, second) if kind & 15 == 1 else Style(parent, b"", first)


def read_fonts(word: WordFile) -> tuple[str, ...]:
    """The names of the file's fonts, by number."""
    data, names = word.table(FONTS), []
    at = 2 if word.is_old else 4
    while at < len(data):
        entry = data[at + 1 : at + 1 + data[at]]
        name = entry[5:].partition(b"\0")[0].decode("latin-1") if word.is_old else _wide_name(entry[39:])
        names.append(name)
        at += 1 + data[at]
    return tuple(names)


def _wide_name(data: bytes) -> str:
    return data[: len(data) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0]
