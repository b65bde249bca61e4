"""The automatic numbers of OpenDocument (part 3, 5.3 and 16.31), as `numbering` counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docsearch.readers.numbering import Level, Numbering
from docsearch.readers.odfnames import ID, STYLE, TEXT

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}


class Lists:
    """The lists of one file, counted as they are read."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._styles: dict[str, str] = {}  # xml:id of a list -> its style

    def begin(self, block: _Element) -> str:
        """The style of an outermost list; its numbers begin again unless it says that it goes on."""
        other = block.get(f"{TEXT}continue-list")
        style = block.get(f"{TEXT}style-name") or self._styles.get(other or "", "")
        self._styles[block.get(ID, "")] = style
        if not other and block.get(f"{TEXT}continue-numbering") != "true":
            self._numbering.counts.pop(style, None)
        return style

    def label(self, style: str, level: int, item: _Element) -> str:
        """What is written before the item, level from 1, with the space after it."""
        start = item.get(f"{TEXT}start-value") or ""
        if re.fullmatch(r"\d{1,9}", start):
            self._numbering.restarts[style, level - 1] = int(start)
        return self._numbering.label(style, level - 1)


def read_lists(roots: list[_Element]) -> Lists:
    """The lists that a file's styles define."""
    numbering = Numbering()
    for root in roots:
        for style in root.iter(f"{TEXT}list-style"):
            name = style.get(f"{STYLE}name", "")
            numbering.lists[name] = name
            numbering.levels[name] = dict(_levels(style))
    return Lists(numbering)


def _levels(style: _Element) -> Iterator[tuple[int, Level]]:
    for level in style:
        number = _int(level.get(f"{TEXT}level"), 1)
        if level.tag == f"{TEXT}list-level-style-number":
            yield number - 1, _numbered(level, number)
        elif level.tag == f"{TEXT}list-level-style-bullet":
            yield number - 1, Level(format="bullet", text=level.get(f"{TEXT}bullet-char", ""))


def _numbered(level: _Element, number: int) -> Level:
    form = _FORMATS.get(level.get(f"{STYLE}num-format", ""), "decimal")
    shown = _int(level.get(f"{TEXT}display-levels"), 1)
    numbers = ".".join(f"%{each}" for each in range(max(1, number - shown + 1), number + 1)) if form != "none" else ""
    text = level.get(f"{STYLE}num-prefix", "") + numbers + level.get(f"{STYLE}num-suffix", "")
    return Level(start=_int(level.get(f"{TEXT}start-value"), 1), format=form, text=text)


def _int(text: str | None, other: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else other
