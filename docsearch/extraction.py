"""All that is read in one text: what it says of itself, its parts, what it cites.  No archive, no files, no database."""

from __future__ import annotations

from docsearch.citations import find_citations
from docsearch.metadata import read_metadata
from docsearch.model import Extraction
from docsearch.outline import outline


def understand(text: str, file_name: str | None = None) -> Extraction:
    """All that the pure columns read in a text: what it says of itself, its parts, what it cites."""
    metadata = read_metadata(text, file_name=file_name)
    return Extraction(text=text, metadata=metadata, units=outline(text), findings=find_citations(text, own=metadata))
