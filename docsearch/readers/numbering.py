"""Word's automatic numbers: what "Điều %1." and "%2)" show at each paragraph (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_BULLETS = {"\uf0b7": "•", "\uf02d": "-", "\uf0a7": "▪", "\uf0d8": "-", "\uf0fc": "✓", "o": "o"}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts, and its text with %1 ... %9 for the numbers."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class Numbering:
    """Counts as it is asked, paragraph by paragraph, in text order."""

    lists: dict[str, str] = field(default_factory=dict)  # numId -> abstractNumId
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # abstractNumId -> its levels
    overrides: dict[tuple[str, int], Level] = field(default_factory=dict)  # (numId, level) -> the level instead
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)  # (numId, level) -> start, once
    counts: dict[str, dict[int, int]] = field(default_factory=dict)  # abstractNumId -> level -> last number

    def label(self, number: str, level: int) -> str:
        """The words that Word writes before the next paragraph of this list and level, with the space after them."""
        abstract = self.lists.get(number)
        shape = self._shape(number, level)
        if abstract is None or shape is None:
            return ""
        self._count(number, abstract, level)
        text = self._text(number, abstract, level, shape)
        return text + ("" if shape.suffix == "nothing" or not text else " ")

    def style_level(self, number: str, style: str) -> int:
        """The level of the list that belongs to a paragraph style; 0 where none says so."""
        levels = self.levels.get(self.lists.get(number, ""), {})
        return next((level for level, shape in levels.items() if shape.style == style), 0)

    def _shape(self, number: str, level: int) -> Level | None:
        return self.overrides.get((number, level)) or self.levels.get(self.lists.get(number, ""), {}).get(level)

    def _count(self, number: str, abstract: str, level: int) -> None:
        counts = self.counts.setdefault(abstract, {})
        restart = self.restarts.pop((number, level), None)
        shape = self._shape(number, level) or Level()
        counts[level] = restart if restart is not None else counts.get(level, shape.start - 1) + 1
        for deeper in [deeper for deeper in counts if deeper > level]:
            del counts[deeper]

    def _text(self, number: str, abstract: str, level: int, shape: Level) -> str:
        if shape.format == "bullet":
            return _BULLETS.get(shape.text, shape.text if shape.text and shape.text < "\ue000" else "-")
        counts = self.counts[abstract]

        def shown(found: re.Match[str]) -> str:
            which = int(found[1]) - 1
            other = self._shape(number, which) or Level()
            return format_number(counts.get(which, other.start), "decimal" if shape.legal else other.format)

        return re.sub(r"%([1-9])", shown, shape.text)


def format_number(value: int, form: str) -> str:
    """A number as a list writes it: ``format_number(4, "upperRoman")`` is "IV"; an unknown form counts in digits."""
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = _roman(value)
        return roman.upper() if form == "upperRoman" else roman
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{value:02d}"
    return "" if form == "none" else str(value)


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (value // worth)
        value %= worth
    return text


def read_numbering(root: _Element | None) -> Numbering:
    """The lists that ``word/numbering.xml`` defines; no lists where there is no such part."""
    numbering = Numbering()
    for abstract in root.iterfind(f"{W}abstractNum") if root is not None else ():
        numbering.levels[abstract.get(f"{W}abstractNumId", "")] = dict(_levels(abstract))
    for number in root.iterfind(f"{W}num") if root is not None else ():
        _read_list(numbering, number)
    return numbering


def _read_list(numbering: Numbering, number: _Element) -> None:
    name = number.get(f"{W}numId", "")
    numbering.lists[name] = value(number, "abstractNumId") or ""
    for override in number.iterfind(f"{W}lvlOverride"):
        level = _int(override.get(f"{W}ilvl"), 0)
        start = value(override, "startOverride")
        if start is not None:
            numbering.restarts[name, level] = _int(start, 1)
        for which, shape in _levels(override):
            numbering.overrides[name, which] = shape


def _levels(parent: _Element) -> Iterator[tuple[int, Level]]:
    for level in parent.iterfind(f"{W}lvl"):
        yield (
            _int(level.get(f"{W}ilvl"), 0),
            Level(
                start=_int(value(level, "start"), 1),
                format=value(level, "numFmt") or "decimal",
                text=value(level, "lvlText") or "",
                suffix=value(level, "suff") or "tab",
                legal=level.find(f"{W}isLgl") is not None,
                style=value(level, "pStyle"),
            ),
        )


def value(parent: _Element, name: str) -> str | None:
    """The ``w:val`` of a child element, or ``None``."""
    child = parent.find(f"{W}{name}")
    return child.get(f"{W}val") if child is not None else None


def _int(text: str | None, other: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else other
