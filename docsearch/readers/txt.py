"""Plain text: the file's own words; a form feed ends a page."""

from __future__ import annotations

from docsearch.model import RawText
from docsearch.readers.decoding import decode
from docsearch.readers.source import Source


def read(source: Source) -> RawText:
    """The text as it stands, so that offsets into it are offsets into the file's text (in NFC, without a byte-order mark)."""
    decoded = decode(source)
    pages = decoded.text.removesuffix("\f").split("\f")
    return RawText(format="txt", pages=tuple(pages), notes=decoded.notes)
