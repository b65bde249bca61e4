"""From structure to running text: rows of cells, raised numbers, white space; what several readers share."""

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


# What a raised number makes a power of ("30 m²", "10³", "Cr³"), where it is no footnote's mark.
_POWER = re.compile(r"(?:^|[^\w])(?:\d*(?:[kcdmh]?m|ha|dam)|[\d.,]+|[A-Z][a-z]?|[a-z])$")
_MARK = re.compile(r"[(\[]?\d{1,3}[)\]]?|\*{1,3}")


def raised(before: str, mark: str) -> str:
    """A raised `mark` as it goes into the text after `before`: a footnote's number is put in brackets.

    >>> raised("Nghị quyết số 43/2022/QH15", "1"), raised("diện tích 30 m", "2")
    ('[1]', '2')
    """
    is_note = _MARK.fullmatch(mark.strip()) and before.strip() and not _POWER.search(before.rstrip())
    return f"[{mark.strip(' ()[]')}]" if is_note else mark


def squeeze(text: str) -> str:
    """Lines without outer spaces, runs of spaces made one, and at most one blank line in a row."""
    text = re.sub("[ \xa0]{2,}|\xa0", " ", text)
    text = "\n".join([line.strip(" ") for line in text.split("\n")])
    return re.sub(r"\n{3,}", "\n\n", text).strip()
