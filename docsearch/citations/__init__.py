"""Which directives a text cites, where, and by which relation.

Three stages fill the same records (`found.Found`): `scan` finds the mentions, `attach` reads issuer, pinpoint and title
round each, `relate` decides relation and nesting.  Pure: text and metadata in, frozen records out.
"""

from __future__ import annotations

from docsearch.citations.found import Found
from docsearch.citations.scan import scan
from docsearch.model import Citation, Findings, Metadata, Span

try:
    from docsearch.citations.attach import attach
    from docsearch.citations.relate import relate
except ImportError:  # the later stages are being built

    def attach(text: str, founds: list[Found]) -> None:
        """Nothing yet."""

    def relate(text: str, founds: list[Found], own: Metadata | None) -> None:
        """Nothing yet."""


def find_citations(text: str, *, own: Metadata | None = None) -> Findings:
    """All that `text` cites, in text order; `own` is what the document says of itself, so that it does not cite itself.

    Offsets are code points of `text`, which should be clean (`vietnamese.clean`).
    """
    founds, _ = scan(text, own)
    attach(text, founds)
    relate(text, founds, own)
    return Findings(citations=tuple(_citation(text, found) for found in founds))


def _citation(text: str, found: Found) -> Citation:
    return Citation(
        span=Span(found.start, found.end),
        text=text[found.start : found.end],
        kind=found.kind,
        doctype=found.doctype,
        number=found.number,
        name=found.name,
        issued=found.issued,
        issuer=found.issuer,
        title=found.title,
        pinpoint=found.pinpoint,
        relation=found.relation,
        nested_in=found.nested_in if found.nested_in >= 0 else None,
        cue=_span(found.cue_start, found.cue_end),
        number_span=_span(found.number_start, found.number_end),
        issued_span=_span(found.issued_start, found.issued_end),
        issuer_span=_span(found.issuer_start, found.issuer_end),
        title_span=_span(found.title_start, found.title_end),
        pinpoint_span=_span(found.pinpoint_start, found.pinpoint_end),
        passive=found.passive,
        partial=found.partial,
        negated=found.negated,
        certainty=found.certainty,
        flags=tuple(found.flags),
    )


def _span(start: int, end: int) -> Span | None:
    return Span(start, end) if start >= 0 else None


__all__ = ["find_citations"]
