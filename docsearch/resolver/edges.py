"""Which directive does what to which, as one document says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docsearch.model import Citation, Directive, Edge, Link
from docsearch.notation import number_key

# An act can change, end, guide or correct only what is there already.
_BACKWARD = {"amends", "replaces", "repeals", "guides", "corrects", "consolidates", "suspends", "extends"}
_CHANGES = {"amends", "replaces", "repeals", "suspends"}
# Papers that report, ask or tell change no normative act (Luật 64/2025/QH15, Điều 8: only an act of its issuer does).
_POWERLESS = {"Báo cáo", "Tờ trình", "Thông báo", "Công văn", "Kế hoạch", "Giấy mời", "Công điện", "Hướng dẫn", "Biên bản"}
_TELLING = ("Báo cáo", "Tờ trình", "Biên bản", "Giấy mời")
_RANKS = {"quoc-hoi": 0, "ubtvqh": 1, "chinh-phu": 2, "thu-tuong": 3}
_LOWEST = 4  # ministries, places
_UNKNOWN = -1
_FINER = ("suspends", "extends")
_ACTS = "acts:"
_OWN = -1


def edges(
    document: str, citations: Sequence[Citation], links: Mapping[int, Link], directives: Mapping[str, Directive]
) -> tuple[Edge, ...]:
    """The relations between directives that one document states, in the order of its citations.

    `links` are the document's links by citation index, its own identity at -1; `directives` those that the links name (only
    their types, dates and numbers are read; one that is absent is taken as undated).  A citation without a directive gives
    no edge.  A nested citation gives an edge from the directive in whose title it stands (a third party's: this document
    only says so).  One that acts on the instrument named before it ("A, được sửa đổi bởi B") gives a second edge, from B to A.
    What cannot be is left out: an act that changes a later one, a report that amends a decree, a province's act that does, a
    directive's edge to itself.
    """
    found: list[Edge] = []
    for index, citation in enumerate(citations):
        cited = _directive(links, index)
        if cited and not citation.negated:
            outer = _directive(links, _OWN if citation.nested_in is None else citation.nested_in)
            relation = next((flag for flag in citation.flags if flag in _FINER), citation.relation)
            found.append(_edge(document, index, outer, relation, cited, citation.partial))
            found += _acts(document, index, citations, links)
    return tuple(edge for edge in found if _possible(edge, directives))


def _edge(document: str, index: int, source: str | None, relation: str, target: str, partial: bool) -> Edge:
    return Edge(source=source, target=target, relation=relation, asserted_by=document, index=index, partial=partial)


def _acts(document: str, index: int, citations: Sequence[Citation], links: Mapping[int, Link]) -> Iterator[Edge]:
    """What a citation does to the one before it that it is the history of."""
    relation = _acting(citations[index])
    if relation is None:
        return
    beside = (at for at in range(index - 1, -1, -1) if citations[at].nested_in == citations[index].nested_in)
    changed = next((at for at in beside if _acting(citations[at]) is None), citations[index].nested_in)
    target = None if changed is None else _directive(links, changed)
    if target and changed is not None:
        partial = relation in _CHANGES and (citations[index].partial or citations[changed].pinpoint is not None)
        yield _edge(document, index, _directive(links, index), relation, target, partial)


def _acting(citation: Citation) -> str | None:
    """The relation by which a citation acts on the one before it."""
    return next((flag.removeprefix(_ACTS) for flag in citation.flags if flag.startswith(_ACTS)), None)


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
    return edge.relation not in _CHANGES or not (
        (_powerless(source) and _normative(target))
        or _only_tells(source, target)
        or _above(target, source)
        or _outranks(target, source)
    )


def _only_tells(source: Directive, target: Directive) -> bool:
    """Whether a report, a proposal or minutes is said to change a paper of another type: it tells of it, or asks for it."""
    return source.doctype in _TELLING and source.doctype != target.doctype


def _powerless(directive: Directive) -> bool:
    return directive.doctype in _POWERLESS


def _above(directive: Directive, other: Directive) -> bool:
    """Whether one is of the centre and the other of a place: a province proposes to change a decree, and cannot."""
    return directive.office is not None and directive.office.place == "" and other.office is not None and bool(other.office.place)


def _outranks(directive: Directive, other: Directive) -> bool:
    """Whether the body of one stands above that of the other (Luật 64/2025/QH15, Điều 4): a circular amends no decree."""
    return _UNKNOWN not in (_rank(directive), _rank(other)) and _rank(directive) < _rank(other)


def _rank(directive: Directive) -> int:
    return _RANKS.get(directive.office.code, _LOWEST) if directive.office else _UNKNOWN


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
