"""Lists of results as a Word paper: python-docx makes the frame, the rows are written into it one by one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docsearch.export.columns import SHOWN, Row

_BODY = "word/document.xml"
_NUMBER = "\ue000"  # stands for the number of a row, and the ones after it for its cells, in the row that is the pattern
_CELLS = {name: chr(0xE001 + n) for n, name in enumerate(SHOWN)}
_MARKED = re.compile(f"[{_NUMBER}{''.join(_CELLS.values())}]")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0


def write_docx(path: Path, found: Iterable[Row], labels: Mapping[str, str], title: str) -> int:
    """A page in landscape: `title`, then a table whose header stands on every page, a row a document."""
    frame = io.BytesIO()
    _frame(labels, title).save(frame)
    count = 0
    with zipfile.ZipFile(frame) as empty, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as filled:
        for name in empty.namelist():
            if name != _BODY:
                filled.writestr(name, empty.read(name))
        before, pattern, after = _parts(empty.read(_BODY).decode("utf-8"))
        with filled.open(_BODY, "w", force_zip64=True) as opened:
            opened.write(before.encode())
            for count, row in enumerate(found, 1):
                opened.write(_filled(pattern, count, row).encode())
            opened.write(after.encode())
    return count


def _frame(labels: Mapping[str, str], title: str) -> Any:
    """A paper with the header and one row of marks."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement

    paper = docx.Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    if title:
        paper.add_heading(_FORBIDDEN.sub(" ", title), level=1)
    table = paper.add_table(rows=2, cols=1 + len(SHOWN), style="Table Grid")
    heads = (labels.get("row", "#"), *(labels.get(name, name) for name in SHOWN))
    for cells, words in zip((row.cells for row in table.rows), (heads, (_NUMBER, *_CELLS.values())), strict=True):
        for cell, word in zip(cells, words, strict=True):
            cell.text = word
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return paper


def _parts(body: str) -> tuple[str, str, str]:
    """The body before the row of marks, that row, and what follows."""
    start = max(body.rfind(opening, 0, body.index(_NUMBER)) for opening in ("<w:tr>", "<w:tr "))
    end = body.index("</w:tr>", start) + len("</w:tr>")
    return body[:start], body[start:end], body[end:]


def _filled(pattern: str, number: int, row: Row) -> str:
    cells = {mark: row[name] for name, mark in _CELLS.items()} | {_NUMBER: str(number)}
    return _MARKED.sub(lambda mark: escape(_FORBIDDEN.sub(" ", cells[mark[0]])), pattern)
