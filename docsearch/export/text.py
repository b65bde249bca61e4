"""Lists of results as text: comma-separated values and JSON Lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from docsearch.export.columns import COLUMNS, Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell that begins so is run as a formula by spreadsheets


def write_csv(path: Path, found: Iterable[Row], labels: Mapping[str, str], title: str) -> int:
    """A header of field names, then a line a row; the mark at the head of the file tells spreadsheets that it is UTF-8."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        for count, row in enumerate(found, 1):  # noqa: B007
            writer.writerow({name: defused(value) for name, value in row.items()})
    return count


def write_jsonl(path: Path, found: Iterable[Row], labels: Mapping[str, str], title: str) -> int:
    """One JSON object a line."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as opened:
        for count, row in enumerate(found, 1):  # noqa: B007
            opened.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def defused(value: str) -> str:
    """`value`, with an apostrophe before it where a spreadsheet would run it."""
    return f"'{value}" if value.startswith(_FORMULA) else value
