"""Whether a directive is in force on a day, asked of the archive: the edges and dates that `validity` weighs, fetched."""

from __future__ import annotations

from collections.abc import Iterable

from docsearch.catalogue import Catalogue
from docsearch.model import Directive, Edge, Validity
from docsearch.validity import validity

_ACTING = ("replaces", "repeals", "suspends", "amends")
_PROVING = ("based_on", "guides", "extends")
_MOST = 200  # of each acting relation: thousands of papers may say that one act amends another
_PROOFS = 20  # of each: one paper that builds on it is as good as a thousand


def standing(catalogue: Catalogue, directive: Directive, on: str) -> Validity:
    """Its state on the day `on` (ISO), as far as the acts that the archive knows tell, with the edges that say it.

    An act that is held counts from the first day in force that it states, one that is only cited from its date.
    """
    acts = catalogue.answers.edges_to(directive.id, _ACTING, _MOST)
    edges = (*acts, *catalogue.answers.edges_to(directive.id, _PROVING, _PROOFS))
    known = {id: found for id in _named(edges) if (found := catalogue.answers.directive(id))}
    held = (known[edge.source] for edge in acts if edge.source in known)
    return validity(directive.id, on, edges, known | {directive.id: directive}, _effective(catalogue, held))


def _named(edges: Iterable[Edge]) -> dict[str, None]:
    return dict.fromkeys(id for edge in edges for id in (edge.source, edge.target) if id)


def _effective(catalogue: Catalogue, acts: Iterable[Directive]) -> dict[str, str]:
    """The first days in force of acts that are held and state one."""
    days = {}
    for act in {act.id: act for act in acts}.values():
        metadata = catalogue.documents.metadata(act.documents[0]) if act.documents else None
        if metadata and metadata.effective:
            days[act.id] = metadata.effective.value
    return days
