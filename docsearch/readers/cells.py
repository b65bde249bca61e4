"""Sheets of a workbook as text: what a cell shows, a row on one line, cells parted by tabs; what several readers share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from docsearch import legacy
from docsearch.errors import LimitExceeded
from docsearch.model import RawText
from docsearch.readers.decoding import from_legacy
from docsearch.readers.source import Source

_GAP = 16  # tabs for empty cells in a row, at most: a hostile row has its two cells thousands of columns apart
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DAY, _CLOCK = re.compile("[dy]", re.IGNORECASE), re.compile("[hs]", re.IGNORECASE)


Runs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: its column from 0, and what it shows in runs of one font: text, and the font's name ("": not known)."""

    column: int
    runs: Runs

    @property
    def text(self) -> str:
        """What it shows."""
        return "".join(text for text, _ in self.runs)


Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and its rows that are not empty."""

    name: str
    rows: tuple[Row, ...]


def as_text(source: Source, form: str, sheets: Iterable[Sheet], notes: tuple[str, ...] = ()) -> RawText:
    """One page a sheet: its name, then its rows; sheets without a filled cell are left out."""
    kept, size = [], 0
    for sheet in sheets:
        size += sum(len(cell.text) for row in sheet.rows for cell in row)
        if size > source.limits.characters:
            raise LimitExceeded(source.path, f"more than {source.limits.characters:,} characters")
        if sheet.rows:
            kept.append(sheet)
    fonts = sorted({font for sheet in kept for row in sheet.rows for cell in row for _, font in cell.runs if font})
    raw = RawText(format=form, pages=tuple(_page(sheet, raising=False) for sheet in kept), notes=notes)
    if any(map(legacy.is_capital_font, fonts)) and legacy.detect("\n".join(raw.pages), fonts):
        raw = RawText(format=form, pages=tuple(_page(sheet, raising=True) for sheet in kept), notes=notes)
    return from_legacy(raw, fonts)


def _page(sheet: Sheet, *, raising: bool) -> str:
    return "\n".join([sheet.name, *(_line(row, raising) for row in sheet.rows)])


def _line(row: Row, raising: bool) -> str:
    line, at = "", row[0].column if row else 0
    for cell in row:
        line += "\t" * min(cell.column - at, _GAP) + _shown(cell, raising)
        at = cell.column
    return line


def _shown(cell: Cell, raising: bool) -> str:
    runs = (legacy.in_capitals(text) if raising and legacy.is_capital_font(font) else text for text, font in cell.runs)
    return " ".join("".join(runs).split())


# --- numbers ----------------------------------------------------------------------------------------------------------


def number_text(value: float, form: str, *, since_1904: bool = False) -> str:
    """A number as its format shows it: dates as "05/03/2024", decimals and per cent as asked, no marks between thousands.

    >>> number_text(45356, "dd/mm/yyyy"), number_text(0.125, "0.0%"), number_text(7, "000"), number_text(1250.0, "General")
    ('05/03/2024', '12.5%', '007', '1250')
    """
    kind, decimals, width = _reading(form)
    if kind == "date":
        return _date_text(value, form, since_1904) or _plain(value)
    if kind == "text":
        return _plain(value)
    if kind == "percent":
        return f"{value * 100:.{decimals}f}%"
    text = f"{value:.{decimals}f}"
    return text.zfill(width + (decimals + 1 if decimals else 0) + (value < 0)) if width > 1 else text


@lru_cache(maxsize=512)
def _reading(form: str) -> tuple[str, int, int]:
    """What a format asks for: its kind, the digits after the point, and those before it at least."""
    plain = _LITERAL.sub("", form).split(";")[0]
    if _DAY.search(plain) or _CLOCK.search(plain):
        return "date", 0, 0
    if not re.search("[0#?]", plain) or re.search("[eE][+-]|/", plain):
        return "text", 0, 0
    before, _, after = plain.partition(".")
    decimals = min(len(re.findall("[0#?]", after)), 30)
    return ("percent" if "%" in plain else "number"), decimals, min(before.count("0"), 30) if "," not in before else 1


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"


def _date_text(value: float, form: str, since_1904: bool) -> str:
    if not 0 <= value < 2_958_466:  # the year 10,000
        return ""
    # Day 60 of the calendar of 1900 is a 29 February that never was.
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if value < 60 else 30)
    moment = start + timedelta(days=int(value), seconds=round(value % 1 * 86_400))
    plain = _LITERAL.sub("", form).split(";")[0]
    day, clock = f"{moment:%d/%m/%Y}", f"{moment:%H:%M}"
    if not re.search("d", plain, re.IGNORECASE) and not _CLOCK.search(plain):
        return f"{moment:%m/%Y}" if re.search("m", plain, re.IGNORECASE) else f"{moment:%Y}"
    return " ".join(part for part, wanted in ((day, _DAY.search(plain)), (clock, _CLOCK.search(plain))) if wanted)
