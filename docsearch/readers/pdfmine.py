"""Lines of PDF pages as pdfminer.six reads them: slower by far, but it sorts out the layout and mends other damage."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator, Sequence

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTPage, LTTextBox, LTTextLine

from docsearch.errors import LimitExceeded
from docsearch.readers.layout import Line, PrintedPage
from docsearch.readers.source import Source

_ALIAS_OBJECT = re.compile(rb"\d\s+obj\s+\d+\s+\d+\s+R\s+endobj")


def is_safe(source: Source) -> bool:
    """False where an object is nothing but a reference: in a ring of such objects pdfminer.six turns for ever."""
    return _ALIAS_OBJECT.search(source.data) is None


def read_pages(source: Source, indexes: Sequence[int] | None = None) -> Iterator[PrintedPage]:
    """Pages (indexes from 0; ``None``: all); ends before the first that cannot be read."""
    latest = time.monotonic() + source.limits.seconds / 2
    for index, layout in _layouts(source, indexes):
        yield PrintedPage(index + 1, layout.width, layout.height, tuple(_lines(layout)))
        if time.monotonic() > latest:
            raise LimitExceeded(source.path, f"more than {source.limits.seconds / 2:.0f} seconds for a damaged PDF")


def _layouts(source: Source, indexes: Sequence[int] | None) -> Iterator[tuple[int, LTPage]]:
    most = source.limits.pages
    try:
        pages = extract_pages(io.BytesIO(source.data), page_numbers=indexes, laparams=LAParams(), maxpages=0 if indexes else most)
        yield from zip(indexes or range(most), pages, strict=False)
    except Exception:  # on damaged files it raises errors of every kind; ten kinds were seen
        return


def _lines(layout: LTPage) -> Iterator[Line]:
    for box in layout:
        if isinstance(box, LTTextBox):
            for line in box:
                if isinstance(line, LTTextLine):
                    yield Line(line.get_text().rstrip("\n"), *line.bbox)
