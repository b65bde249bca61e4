"""Paragraphs that say where they stand in a table, put together: Word's binary files and RTF have no nesting of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from docsearch.readers.flow import squeeze, table_text


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its text, how many tables it stands in, and what it is the end of."""

    text: str
    depth: int = 0
    end: Literal["paragraph", "cell", "row"] = "paragraph"


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells.append(squeeze("\n".join(self.lines)))
        self.lines = []

    def end_row(self) -> None:
        if self.lines:  # a row that ends without the end of its last cell
            self.end_cell()
        self.rows.append(self.cells)
        self.cells = []

    def text(self) -> str:
        if self.lines or self.cells:
            self.end_row()
        return table_text(self.rows)


def compose(blocks: Iterable[Block]) -> str:
    """The blocks as text: paragraphs line by line, tables as `table_text` has them, those in cells first."""
    open_tables = [_Table()]  # the first is the page itself
    for block in blocks:
        while len(open_tables) - 1 > block.depth:
            _close(open_tables)
        while len(open_tables) - 1 < block.depth:
            open_tables.append(_Table())
        table = open_tables[-1]
        if block.text or block.end == "paragraph":
            table.lines.append(block.text)
        if block.depth and block.end == "cell":
            table.end_cell()
        elif block.depth and block.end == "row":
            table.end_row()
    while len(open_tables) > 1:
        _close(open_tables)
    return squeeze("\n".join(open_tables[0].lines))


def _close(tables: list[_Table]) -> None:
    text = tables.pop().text()
    if text:
        tables[-1].lines.append(text)
