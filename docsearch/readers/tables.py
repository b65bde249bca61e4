"""Rows of cells as lines of text: what the readers of formats with real tables share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """The table in reading order, row by row, cell by cell.

    A table with three or more filled columns is a list: each row whose cells are of one line becomes one line, cells
    parted by a tab.  A narrower one is layout (letterhead and signature stand in two columns): each cell has its own
    lines, so that what stands side by side is never mixed.
    """
    kept = [[cell.strip() for cell in row] for row in rows]
    listed = max((sum(map(bool, row)) for row in kept), default=0) >= 3
    return "\n".join(line for row in kept if any(row) for line in _row_lines(row, listed))


def _row_lines(row: Sequence[str], listed: bool) -> list[str]:
    if listed and not any("\n" in cell for cell in row):
        return ["\t".join(row).rstrip("\t")]
    return [cell for cell in row if cell]


def squeeze(text: str) -> str:
    """Lines without outer spaces, runs of spaces made one, and at most one blank line in a row."""
    text = re.sub(r"[^\S\n\t]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
