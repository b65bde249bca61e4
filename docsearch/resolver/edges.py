"""Which directive does what to which, as one document says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docsearch.model import Citation, Directive, Edge, Link
from docsearch.notation import number_key

# An act can change, end, guide or correct only what is there already.
_BACKWARD = {"amends", "replaces", "repeals", "guides", "corrects", "consolidates", "suspends", "extends"}
_CHANGES = {"amends", "replaces", "repeals", "suspends"}
# Papers that report, ask or tell change no normative act (Luật 64/2025/QH15, Điều 8: only an act of its issuer does).
_POWERLESS = {"Báo cáo", "Tờ trình", "Thông báo", "Công văn", "Kế hoạch", "Giấy mời", "Công điện", "Hướng dẫn", "Biên bản"}
_OWN = -1


def edges(
    document: str, citations: Sequence[Citation], links: Mapping[int, Link], directives: Mapping[str, Directive]
) -> tuple[Edge, ...]:
    """The relations between directives that one document states, in the order of its citations.

    `links` are the document's links by citation index, its own identity at -1; `directives` those that the links name (only
    their types, dates and numbers are read; one that is absent is taken as undated).  A citation without a directive gives
    no edge.  A nested citation gives an edge from the directive in whose title it stands (a third party's: this document
    only says so); a passive one ("được sửa đổi bởi") an edge from the cited directive.  What cannot be is left out: an act
    that changes a later one, a report that amends a decree, a province's act that does, a directive's edge to itself.
    """
    found = (_edge(document, index, citation, links) for index, citation in enumerate(citations) if not citation.negated)
    return tuple(edge for edge in found if edge and _possible(edge, directives))


def _edge(document: str, index: int, citation: Citation, links: Mapping[int, Link]) -> Edge | None:
    outer = _directive(links, _OWN if citation.nested_in is None else citation.nested_in)
    cited = _directive(links, index)
    source, target = (cited, outer) if citation.passive else (outer, cited)
    if target is None or (citation.passive and source is None):
        return None
    return Edge(
        source=source, target=target, relation=citation.relation, asserted_by=document, index=index, partial=citation.partial
    )


def _directive(links: Mapping[int, Link], index: int) -> str | None:
    link = links.get(index)
    return link.directive if link else None


def _possible(edge: Edge, directives: Mapping[str, Directive]) -> bool:
    if edge.source == edge.target:
        return False
    source, target = directives.get(edge.source or ""), directives.get(edge.target)
    if source is None or target is None:
        return True
    if edge.relation in _BACKWARD and _before(source.issued, target.issued):
        return False
    return edge.relation not in _CHANGES or (not (_powerless(source) and _normative(target)) and not _above(target, source))


def _powerless(directive: Directive) -> bool:
    return directive.doctype in _POWERLESS


def _above(directive: Directive, other: Directive) -> bool:
    """Whether one is of the centre and the other of a place: a province proposes to change a decree, and cannot."""
    return directive.office is not None and directive.office.place == "" and other.office is not None and bool(other.office.place)


def _before(first: str | None, second: str | None) -> bool:
    """Whether one date is surely earlier than the other: compared as exactly as both are known."""
    if not first or not second:
        return False
    exact = min(len(first), len(second))
    return first[:exact] < second[:exact]


def _normative(directive: Directive) -> bool:
    """Whether the number bears a year, as only the numbers of normative acts do."""
    key = number_key(directive.number or "")
    return key is not None and key.count("/") == 2
