"""Markdown: kept as text, marks and all, so that offsets are those of the file."""

from __future__ import annotations

from dataclasses import replace

from docsearch.model import RawText
from docsearch.readers import txt
from docsearch.readers.source import Source


def read(source: Source) -> RawText:
    """The text as it stands; what the marks mean is for those who read it (a heading, a bold title)."""
    return replace(txt.read(source), format="md")
