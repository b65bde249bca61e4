"""Excel workbooks of before 2007 (.xls) to text, a page a sheet, by `xlrd`; macros are never looked at."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile, ReadError
from docsearch.model import RawText
from docsearch.readers.cells import Cell, Row, Sheet, as_text, number_text
from docsearch.readers.source import Source

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as XlsSheet

_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = range(6)  # types of cells, as xlrd counts them

_WORKSHEET = 0x10  # kind of stream, in the record that begins one


def read(source: Source) -> RawText:
    """One page a sheet that is shown: its name, then its rows; ``hidden-sheets:N`` notes those that are not.

    Of a damaged workbook what can be read is read, with ``damaged:...`` for each thing lost: formats, or sheets.
    """
    try:
        return _read(source, _open(source), ())
    except (ReadError, MemoryError, RecursionError):
        raise
    except Exception:  # on damaged files xlrd fails in any way there is
        return _salvage(source)


def _salvage(source: Source) -> RawText:
    """The workbook read again without its formats, where damage mostly is felt; then dates are told by their type only."""
    try:
        return _read(source, _open(source, whole=False), ("damaged:formats",))
    except (ReadError, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise BrokenFile(source.path, f"damaged or cut short: its records cannot be read ({_line(error)})") from error


def _read(source: Source, book: Book, notes: tuple[str, ...]) -> RawText:
    shown = [number for number in range(book.nsheets) if not _hidden(book, number)]
    hidden = book.nsheets - len(shown)
    sheets: list[Sheet] = []
    for number in shown:
        name = book.sheet_names()[number]
        sheet, problem = _sheet(book, number, patient=bool(notes))
        notes += (f"damaged:sheet {name} ({problem})",) if problem else ()
        sheets.append(Sheet(name, tuple(_rows(book, sheet))))
        book.unload_sheet(number)
    if any("damaged:sheet" in note for note in notes) and not any(sheet.rows for sheet in sheets):
        raise BrokenFile(source.path, "damaged or cut short: no row of its sheets can be read")
    return as_text(source, "xls", sheets, (*((f"hidden-sheets:{hidden}",) if hidden else ()), *notes))


def _sheet(book: Book, number: int, *, patient: bool) -> tuple[XlsSheet, str]:
    """A sheet; with patience as far as it can be read, and what ended it."""
    try:
        return book.sheet_by_index(number), ""
    except MemoryError:
        raise
    except Exception as error:
        if not patient:
            raise
        from xlrd.sheet import Sheet as XlsSheet

        # As `Book.get_sheet` does, which throws away what it has when a record is damaged.
        book._position = book._sh_abs_posn[number]
        book.getbof(_WORKSHEET)
        sheet = XlsSheet(book, book._position, book.sheet_names()[number], number)
        with suppress(Exception):
            sheet.read(book)
        sheet.tidy_dimensions()
        return sheet, _line(error)


def _open(source: Source, *, whole: bool = True) -> Book:
    import xlrd

    try:
        return xlrd.open_workbook(
            file_contents=source.data,
            formatting_info=whole,
            ignore_workbook_corruption=not whole,
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
    except xlrd.compdoc.CompDocError:
        if whole:  # a table of sectors that is odd; the second look goes on in spite of it
            raise
        raise BrokenFile(source.path, "damaged or cut short: its sectors cannot be read") from None
    except xlrd.XLRDError as error:
        reason = "protected by a password" if "encrypted" in str(error) else f"damaged: {_line(error)}"
        raise BrokenFile(source.path, reason) from error


def _line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:120]


def _hidden(book: Book, number: int) -> bool:
    return bool(book._sheet_visibility[number])


def _rows(book: Book, sheet: XlsSheet) -> Iterator[Row]:
    for row in range(sheet.nrows):
        cells = [cell for column in range(sheet.row_len(row)) if (cell := _cell(book, sheet, row, column)).text.strip()]
        if cells:
            yield cells


def _cell(book: Book, sheet: XlsSheet, row: int, column: int) -> Cell:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind not in (_TEXT, _NUMBER, _DATE, _BOOLEAN):
        return Cell(column, ())
    style = book.xf_list[sheet.cell_xf_index(row, column)] if book.formatting_info else None
    if kind == _TEXT:
        changes = sheet.rich_text_runlist_map.get((row, column), []) if style else []
        return Cell(column, tuple(_runs(book, str(value), [(0, style.font_index if style else 0), *changes])))
    if kind == _BOOLEAN:
        return Cell(column, (("TRUE" if value else "FALSE", ""),))
    usual = "dd/mm/yyyy" if kind == _DATE else "General"
    form = book.format_map[style.format_key].format_str if style else usual
    return Cell(column, ((number_text(float(value), form, since_1904=bool(book.datemode)), ""),))


def _runs(book: Book, text: str, changes: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """The text in runs of one font, from where the font changes; damaged files change it beyond the end."""
    ends = [start for start, _ in changes[1:]] + [len(text)]
    for (start, font), end in zip(changes, ends, strict=True):
        if start < end:
            yield text[start:end], book.font_list[font].name if font < len(book.font_list) else ""
