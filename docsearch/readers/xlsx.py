"""Excel workbooks (.xlsx, .xlsm) to text, a page a sheet; formulas show their last result, macros are never looked at.

What is where follows ECMA-376 part 1: 18.2 (workbook), 18.3 (sheets), 18.4 (shared strings), 18.8 (styles).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile
from docsearch.model import RawText
from docsearch.readers.cells import Cell, Row, Runs, Sheet, as_text, number_text
from docsearch.readers.ooxml import Package, open_package
from docsearch.readers.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Formats that a number names (18.8.30); others are written out in the file.
_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yy h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
}  # fmt: skip
_COLUMN = re.compile("[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets share: strings, and for each style its number format and font."""

    strings: list[Runs]
    formats: list[str]
    fonts: list[str]
    since_1904: bool


def read(source: Source) -> RawText:
    """One page a sheet that is shown: its name, then its rows; ``hidden-sheets:N`` notes those that are not."""
    package = open_package(source)
    main = package.related("").get("officeDocument", ["xl/workbook.xml"])[0]
    root = package.part(main)
    listed = root.find(f"{_S}sheets") if root is not None else None
    if root is None or listed is None:
        raise BrokenFile(source.path, "it has no list of sheets")
    book = _book(package, root, package.related(main))
    targets = package.targets(main)
    shown = [sheet for sheet in listed if sheet.get("state", "visible") == "visible"]
    hidden = len(listed) - len(shown)
    sheets = (Sheet(sheet.get("name", ""), tuple(_rows(package, targets.get(sheet.get(_ID, ""), ""), book))) for sheet in shown)
    return as_text(source, "xlsx", sheets, (f"hidden-sheets:{hidden}",) if hidden else ())


def _book(package: Package, root: _Element, related: dict[str, list[str]]) -> _Book:
    strings = [
        _string(item) for name in related.get("sharedStrings", [])[:1] for item in package.elements(name, f"{_S}si")
    ]  # fmt: skip
    styles = package.part(related.get("styles", [""])[0])
    formats, fonts = _styles(styles) if styles is not None else ([], [])
    properties = root.find(f"{_S}workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return _Book(strings, formats, fonts, since_1904)


def _string(item: _Element) -> Runs:
    """The words of a string, run by run with their own fonts, without those that say how it is pronounced."""
    runs = [item, *item.iterfind(f"{_S}r")]
    return tuple((run.findtext(f"{_S}t") or "", _run_font(run)) for run in runs)


def _run_font(run: _Element) -> str:
    font = run.find(f"{_S}rPr/{_S}rFont")
    return font.get("val", "") if font is not None else ""


def _styles(root: _Element) -> tuple[list[str], list[str]]:
    written = {each.get("numFmtId"): each.get("formatCode", "") for each in root.iterfind(f"{_S}numFmts/{_S}numFmt")}
    names = [_value(font, "name") for font in root.iterfind(f"{_S}fonts/{_S}font")]
    styles = list(root.iterfind(f"{_S}cellXfs/{_S}xf"))
    formats = [written.get(style.get("numFmtId")) or _FORMATS.get(_int(style.get("numFmtId")), "") for style in styles]
    fonts = [_int(style.get("fontId")) for style in styles]
    return formats, [names[font] if font < len(names) else "" for font in fonts]


def _value(parent: _Element, name: str) -> str:
    child = parent.find(f"{_S}{name}")
    return child.get("val", "") if child is not None else ""


def _int(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else 0


# --- cells ------------------------------------------------------------------------------------------------------------


def _rows(package: Package, name: str, book: _Book) -> Iterator[Row]:
    for row in package.elements(name, f"{_S}row"):
        cells = [cell for cell in _cells(row, book) if cell.text.strip()]
        if cells:
            yield cells


def _cells(row: _Element, book: _Book) -> Iterator[Cell]:
    column = -1
    for cell in row.iterfind(f"{_S}c"):
        found = _COLUMN.match(cell.get("r", ""))
        column = max(column + 1, _column(found[0]) if found else 0)
        style = _int(cell.get("s"))
        font = book.fonts[style] if style < len(book.fonts) else ""
        yield Cell(column, tuple((text, own or font) for text, own in _runs(cell, style, book)))


def _column(letters: str) -> int:
    """The column that letters name, from 0: "A" is 0, "AA" 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _runs(cell: _Element, style: int, book: _Book) -> Runs:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_S}v") or ""
    if kind == "s":
        return book.strings[_int(value)] if value.isdigit() and _int(value) < len(book.strings) else ()
    if kind == "inlineStr":
        inline = cell.find(f"{_S}is")
        return _string(inline) if inline is not None else ()
    if kind == "b":
        value = {"1": "TRUE", "0": "FALSE"}.get(value, value)
    elif kind == "n":
        value = _number(value, book.formats[style] if style < len(book.formats) else "", book)
    return ((value, ""),)


def _number(text: str, form: str, book: _Book) -> str:
    try:
        value = float(text)
    except ValueError:
        return text
    return number_text(value, form, since_1904=book.since_1904) if abs(value) < 1e300 else text
