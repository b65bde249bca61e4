"""Which directive does what to which, as one document says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docsearch.model import Citation, Directive, Edge, Link


def edges(
    document: str, citations: Sequence[Citation], links: Mapping[int, Link], directives: Mapping[str, Directive]
) -> tuple[Edge, ...]:
    """The relations between directives that one document states, in the order of its citations.

    `links` are the document's links by citation index, its own identity at -1; `directives` those that the links name (only
    their dates and numbers are read; one that is absent is taken as undated).  A citation without a directive gives no edge.
    A nested citation gives an edge from the directive in whose title it stands (a third party's: this document only says
    so); a passive one ("được sửa đổi bởi") an edge from the cited directive.  What cannot be is left out: an act that
    changes a later one, a report that amends a decree, a directive's edge to itself.
    """
    raise NotImplementedError
