"""Excel workbooks of before 2007 (.xls) to text, a page a sheet, by `xlrd`; macros are never looked at."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile, ReadError
from docsearch.model import RawText
from docsearch.readers.cells import Cell, Row, Sheet, as_text, number_text
from docsearch.readers.source import Source

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as XlsSheet

_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = range(6)  # types of cells, as xlrd counts them


def read(source: Source) -> RawText:
    """One page a sheet that is shown: its name, then its rows; ``hidden-sheets:N`` notes those that are not."""
    try:
        book = _open(source)
        shown = [number for number in range(book.nsheets) if not _hidden(book, number)]
        hidden = book.nsheets - len(shown)
        sheets = [Sheet(book.sheet_names()[number], tuple(_rows(book, number))) for number in shown]
    except (ReadError, MemoryError, RecursionError):
        raise
    except Exception as error:  # on damaged files xlrd fails in any way there is
        raise BrokenFile(source.path, f"damaged or cut short: its records cannot be read ({_line(error)})") from error
    return as_text(source, "xls", sheets, (f"hidden-sheets:{hidden}",) if hidden else ())


def _open(source: Source) -> Book:
    import xlrd

    try:
        return xlrd.open_workbook(
            file_contents=source.data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        reason = "protected by a password" if "encrypted" in str(error) else f"damaged: {_line(error)}"
        raise BrokenFile(source.path, reason) from error


def _line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:120]


def _hidden(book: Book, number: int) -> bool:
    return bool(book._sheet_visibility[number])


def _rows(book: Book, number: int) -> Iterator[Row]:
    sheet = book.sheet_by_index(number)
    for row in range(sheet.nrows):
        cells = [cell for column in range(sheet.row_len(row)) if (cell := _cell(book, sheet, row, column)).text.strip()]
        if cells:
            yield cells
    book.unload_sheet(number)


def _cell(book: Book, sheet: XlsSheet, row: int, column: int) -> Cell:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind not in (_TEXT, _NUMBER, _DATE, _BOOLEAN):
        return Cell(column, ())
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    if kind == _TEXT:
        changes = sheet.rich_text_runlist_map.get((row, column), [])
        return Cell(column, tuple(_runs(book, str(value), [(0, style.font_index), *changes])))
    if kind == _BOOLEAN:
        return Cell(column, (("TRUE" if value else "FALSE", ""),))
    form = book.format_map[style.format_key].format_str
    return Cell(column, ((number_text(float(value), form, since_1904=bool(book.datemode)), ""),))


def _runs(book: Book, text: str, changes: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """The text in runs of one font, from where the font changes; damaged files change it beyond the end."""
    ends = [start for start, _ in changes[1:]] + [len(text)]
    for (start, font), end in zip(changes, ends, strict=True):
        if start < end:
            yield text[start:end], book.font_list[font].name if font < len(book.font_list) else ""
