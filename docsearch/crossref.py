"""The cross-reference listing of an archive, or of the part of it that a filter leaves, as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from docsearch.catalogue import Catalogue
from docsearch.lookup import look_up
from docsearch.model import Card, Filters, XrefRow
from docsearch.vietnamese import fold

By = Literal["directive", "document"]


def cross_references(catalogue: Catalogue, filters: Filters, by: By) -> Iterator[XrefRow]:
    """One row for each citing document, cited directive, relation and state.

    By document: in order of arrival, and within each in text order.  By directive: most cited first, newest citing
    document first; what is linked to none comes last.
    """
    chosen = None if filters == Filters() else choose(catalogue, filters)
    rows = catalogue.answers.xref_by_document() if by == "document" else catalogue.answers.xref_by_directive()
    return (row for row in rows if chosen is None or row.citing.document in chosen)


def choose(catalogue: Catalogue, filters: Filters) -> frozenset[str]:
    """The ids of the documents that all conditions leave."""
    chosen = frozenset(card.document for card in catalogue.documents.cards() if _fits(card, filters))
    if filters.cites:
        chosen &= _citing(catalogue, filters.cites)
    if filters.cited_by:
        chosen &= _cited_by(catalogue, filters.cited_by)
    return chosen


def _fits(card: Card, filters: Filters) -> bool:
    issued = card.issued or ""
    return (
        (not filters.doctypes or _same(card.doctype, filters.doctypes))
        and (not filters.issuers or _same(card.issuer, filters.issuers))
        and (not filters.years or issued[:4] in map(str, filters.years))
        and (filters.issued_from is None or issued[: len(filters.issued_from)] >= filters.issued_from[: len(issued)] != "")
        and (filters.issued_to is None or "" != issued[: len(filters.issued_to)] <= filters.issued_to)
    )


def _same(value: str | None, wanted: tuple[str, ...]) -> bool:
    return value is not None and fold(value) in map(fold, wanted)


def _citing(catalogue: Catalogue, references: tuple[str, ...]) -> frozenset[str]:
    """Documents that cite any of these."""
    directives = (directive for typed in references for directive in look_up(catalogue, typed).directives)
    return frozenset(document for d in directives for document in catalogue.answers.citing_documents(d.id))


def _cited_by(catalogue: Catalogue, references: tuple[str, ...]) -> frozenset[str]:
    """Documents that any of these cites."""
    cards = (card for typed in references for card in look_up(catalogue, typed).cards)
    cited = (directive for card in cards for directive in catalogue.answers.cited(card.document))
    return frozenset(card.document for directive in cited for card in catalogue.documents.cards_of_directive(directive))
