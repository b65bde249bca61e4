"""The automatic numbers of Word's binary files ([MS-DOC] 2.9.131 to 2.9.150), as `numbering` counts them."""

from __future__ import annotations

import struct

from docsearch.readers.numbering import Level, Numbering
from docsearch.readers.wordbin import LIST_USES, LISTS, WordFile

_FORMATS = {1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero", 23: "bullet", 255: "none"}
_SUFFIXES = ("tab", "space", "nothing")
_LIST, _USE, _LEVEL = 28, 16, 28  # sizes of the records
_NO_STYLE = 0xFFF


def read_lists(word: WordFile) -> Numbering:
    """The lists of the file; a paragraph's list is a number from 1, as text.  Old and damaged files have none."""
    numbering = Numbering()
    if word.is_old:
        return numbering
    try:
        _read_definitions(numbering, word.table(LISTS), word.after_table(LISTS))
        _read_uses(numbering, word.table(LIST_USES))
    except (struct.error, IndexError):  # numbers are lost then, not the text
        pass
    return numbering


def _read_definitions(numbering: Numbering, data: bytes, levels: bytes) -> None:
    count = int.from_bytes(data[:2], "little")
    at = 0
    for index in range(count):
        record = data[2 + index * _LIST : 2 + (index + 1) * _LIST]
        (name,) = struct.unpack_from("<i", record)
        styles = struct.unpack_from("<9H", record, 8)
        shapes = {}
        for which in range(1 if record[26] & 1 else 9):
            style = styles[which]
            shapes[which], at = _level(levels, at, None if style == _NO_STYLE else str(style))
        numbering.levels[str(name)] = shapes


def _level(data: bytes, at: int, style: str | None) -> tuple[Level, int]:
    """A level, and where the next one begins."""
    start, code, flags = struct.unpack_from("<iBB", data, at)
    follow, looks, shapes = data[at + 15], data[at + 24], data[at + 25]
    at += _LEVEL + looks + shapes
    (length,) = struct.unpack_from("<H", data, at)
    text = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    shape = Level(
        start=start, format=_FORMATS.get(code, "decimal"), text="".join(map(_shown, text)),
        suffix=_SUFFIXES[follow] if follow < len(_SUFFIXES) else "tab", legal=bool(flags & 4), style=style,
    )  # fmt: skip
    return shape, at + 2 + 2 * length


def _shown(char: str) -> str:
    return f"%{ord(char) + 1}" if char < "\x09" else char


def _read_uses(numbering: Numbering, data: bytes) -> None:
    count = int.from_bytes(data[:4], "little")
    at = 4 + count * _USE
    for index in range(min(count, len(data) // _USE)):
        name, overrides = struct.unpack_from("<i8xB", data, 4 + index * _USE)
        number = str(index + 1)
        numbering.lists[number] = str(name)
        at += 4
        for _ in range(overrides):
            at = _read_override(numbering, number, data, at)


def _read_override(numbering: Numbering, number: str, data: bytes, at: int) -> int:
    start, flags = struct.unpack_from("<iI", data, at)
    which = flags & 15
    at += 8
    if flags & 32:
        numbering.overrides[number, which], at = _level(data, at, None)
    if flags & 16:
        numbering.restarts[number, which] = start
    return at


def label(numbering: Numbering, number: int, level: int) -> str:
    """What Word writes before the next paragraph of this list and level; "" for no list."""
    return numbering.label(str(number), level) if number else ""
