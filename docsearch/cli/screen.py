"""Showing rows: a table on a terminal, tab-separated lines in a pipe, JSON when asked.

Text that comes from documents passes through `tame` before it reaches a terminal: a paper may hold control characters that
would move the cursor, or bidirectional marks that would show one thing and mean another.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from docsearch.model import Span

_CONTROL: dict[int, str | None] = dict.fromkeys(
    [*range(32), *range(0x7F, 0xA0), 0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_CONTROL[9] = _CONTROL[10] = " "  # a tab or line break within a cell is a space


UNWATCHED_WIDTH = 120  # characters of a table that goes into a file
NARROW = 40  # characters that a column may take beside the one that gets the room
ROOMY = 100  # characters of a terminal in which an id has room beside other columns


def tame(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal would obey."""
    return text.translate(_CONTROL)


def for_people() -> bool:
    """Whether a person reads stdout: as ``--table`` or ``--plain`` says, else whether it is a terminal."""
    ctx = click.get_current_context(silent=True)
    asked = ctx.find_root().params.get("table") if ctx else None
    return sys.stdout.isatty() if asked is None else bool(asked)


def short_path(path: str) -> str:
    """`path` as one would type it from here: relative where it lies below the working folder."""
    here = f"{Path.cwd()}{os.sep}"
    return path.removeprefix(here)


def emit_json(value: Any) -> None:
    """One JSON value, readable: UTF-8, indented."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def emit_rows(headers: Sequence[str], rows: Iterable[Sequence[object]], *, wide: int, grouped: int = 0, copied: int = -1) -> int:
    """Rows under `headers`; how many there were.  `wide` is the column that takes what room is left.

    `copied` is the one that people copy from the screen: an id stays on one line where there is room.

    In a pipe: one line a row, cells apart by tabs, no header, nothing shortened.  `grouped`: on a terminal the first so
    many cells of a row are left out where they repeat those above.
    """
    if for_people():
        return _rich_table(headers, rows, wide, grouped, copied)
    count = 0
    for row in rows:
        click.echo("\t".join(tame(_cell(c)) for c in row))
        count += 1
    return count


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _rich_table(headers: Sequence[str], rows: Iterable[Sequence[object]], wide: int, grouped: int, copied: int) -> int:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for n, header in enumerate(headers):
        table.add_column(header, overflow="fold", ratio=1 if n == wide else None, max_width=None if n == wide else NARROW)
    above: list[str] = []
    longest = 0
    for row in rows:
        cells = [tame(_cell(c)) for c in row]
        longest = max(longest, len(cells[copied])) if copied >= 0 else 0
        same = grouped if cells[:grouped] == above[:grouped] else 0
        table.add_row(*map(Text, (*[""] * same, *cells[same:])))
        above = cells
    if copied >= 0:  # what is not wrapped is cut where it does not fit
        table.columns[copied].no_wrap = longest <= NARROW and console().width >= ROOMY
    if table.row_count:
        console().print(table)
    return table.row_count


def console(*, stderr: bool = False) -> Any:
    """A rich console that obeys NO_COLOR; made only when something is to be drawn."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else UNWATCHED_WIDTH
    return Console(stderr=stderr, highlight=False, soft_wrap=False, width=width)


def marked(text: str, spans: Sequence[Span], *, left: str = "[", right: str = "]") -> str:
    """`text` with `spans` marked: bold on a terminal (ANSI), between `left` and `right` elsewhere; neighbours become one."""
    bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    opened, closed = ("\x1b[1;33m", "\x1b[0m") if bold else (left, right)
    out, at = [], 0
    for span in _joined(text, spans):
        out += [tame(text[at : span.start]), opened, tame(span.cut(text)), closed]
        at = span.end
    return "".join([*out, tame(text[at:])])


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def heading(text: str) -> None:
    """A line that stands out on a terminal."""
    click.secho(tame(text), bold=True)


def facts(pairs: Iterable[tuple[str, object]]) -> None:
    """Label and value, one a line; what is not known is left out."""
    shown = [(label, _cell(value)) for label, value in pairs if value]
    width = max((len(label) for label, _ in shown), default=0)
    for label, value in shown:
        click.echo(f"  {label:<{width}}  {tame(value)}" if for_people() else f"{label}\t{tame(value)}")
