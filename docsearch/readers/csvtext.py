"""Tables as text (.csv, .tsv) to text: a row on one line, cells parted by tabs, as spreadsheets are read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Literal

from docsearch.errors import BrokenFile
from docsearch.model import RawText
from docsearch.readers.decoding import decode
from docsearch.readers.source import Source

_SAMPLE = 20  # lines that tell what parts the cells
_LONGEST = 100  # lines of one cell


def read(source: Source) -> RawText:
    """One page; rows without a filled cell are left out."""
    decoded = decode(source)
    csv.field_size_limit(source.limits.characters)
    try:
        rows = list(_rows(decoded.text, csv.QUOTE_MINIMAL))
        if any(cell.count("\n") > _LONGEST for row in rows for cell in row):  # a quotation mark that nobody closed
            rows = list(_rows(decoded.text, csv.QUOTE_NONE))
    except csv.Error as error:
        raise BrokenFile(source.path, f"no table ({error})") from error
    return RawText(format="csv", pages=("\n".join(_lines(rows)),), notes=decoded.notes)


def _rows(text: str, quoting: Literal[0, 3]) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator(text), quoting=quoting)


def _lines(rows: Iterable[list[str]]) -> Iterator[str]:
    for row in rows:
        line = "\t".join(" ".join(cell.split()) for cell in row).rstrip("\t")
        if line:
            yield line


def separator(text: str) -> str:
    """What parts the cells: the sign that most lines have equally often; Vietnamese Excel writes semicolons.

    >>> separator("Số;Ngày;Trích yếu\\n12/BC-UBND;05/3/2024;Báo cáo, kèm phụ lục\\n")
    ';'
    """
    head = text.removeprefix("\ufeff").splitlines()[:_SAMPLE]
    counts = {sign: [line.count(sign) for line in head if line.strip()] for sign in ("\t", ";", "|", ",")}
    return max(counts, key=lambda sign: sum(1 for count in counts[sign] if count and count == counts[sign][0]))
