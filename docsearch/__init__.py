"""docsearch: official directives read, understood, searched, and linked by what they cite.

docsearch.open("index")            the archive: a `Library`
docsearch.extract("paper.pdf")     what one file says, without an archive
docsearch.extract_text("...")      the same of a text
docsearch.check("draft.docx")      what looks wrong about a file's citations, without an archive
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docsearch.library import Library
    from docsearch.model import Extraction, Finding

__all__ = ["check", "extract", "extract_text", "open"]


def open(index: str | Path = "index", *, engine: str | None = None, create: bool = False) -> Library:
    """The archive in the folder `index`: see `docsearch.library.open`."""
    from docsearch import library

    return library.open(index, engine=engine, create=create)


def extract(path: str | Path) -> Extraction:
    """What a file says of itself, its parts, and what it cites; `ReadError` where it cannot be read."""
    from docsearch.ingest import extract_file

    return extract_file(path)[1]


def check(path: str | Path) -> tuple[Finding, ...]:
    """What looks wrong about a file's citations by the file alone; `Library.check` also asks an archive."""
    from docsearch.draft import check_file

    return check_file(path)


def extract_text(text: str, file_name: str | None = None) -> Extraction:
    """The same of a text, which is cleaned first; offsets are into the text of the result."""
    from docsearch.extraction import understand
    from docsearch.vietnamese import clean

    return understand(clean(text), file_name)
