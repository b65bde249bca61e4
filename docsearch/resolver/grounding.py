"""Mentions from citations: each issuer made an office, each short form completed from its document."""

from __future__ import annotations

from collections.abc import Sequence

from docsearch.model import Citation, Mention, Metadata


def mentions(document_id: str, metadata: Metadata, citations: Sequence[Citation]) -> tuple[Mention, ...]:
    """The document's own identity (index -1, first), then one mention for each citation, in their order."""
    raise NotImplementedError
