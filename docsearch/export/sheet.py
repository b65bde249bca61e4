"""Lists of results as a spreadsheet, written row by row: what is written is not held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from docsearch.errors import MissingExtra
from docsearch.export.columns import COLUMNS, Row

MOST_ROWS = 1_048_576  # of one sheet (ECMA-376); more go on in the next one
LONGEST_CELL = 32_767  # characters, the limit of the form
_WIDTHS = {"number": 20, "issued": 12, "doctype": 14, "title": 70, "issuer": 36, "directive": 34, "path": 40, "document": 12}
# Cells are text, whatever they begin with: a paper whose title begins with "=" runs nothing.
_SETTINGS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(path: Path, found: Iterable[Row], labels: Mapping[str, str], title: str) -> int:
    """A header that stays in sight, a row a document; `MissingExtra` where the package for spreadsheets is not there."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtra(path, "spreadsheets need XlsxWriter; pip install docsearch[office]") from error
    count = 0
    with xlsxwriter.Workbook(str(path), _SETTINGS) as book:
        bold = book.add_format({"bold": True})
        for count, row in enumerate(found, 1):
            place = (count - 1) % (MOST_ROWS - 1)
            if place == 0:
                sheet = _new_sheet(book, labels, bold)
            for column, name in enumerate(COLUMNS):
                sheet.write_string(place + 1, column, row[name][:LONGEST_CELL])
        if not count:
            _new_sheet(book, labels, bold)
    return count


def _new_sheet(book: Any, labels: Mapping[str, str], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, 16))
        sheet.write_string(0, column, labels.get(name, name), bold)
    return sheet
