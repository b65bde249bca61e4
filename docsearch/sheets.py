"""All that is known of one directive or document, put together for a person: its facts, what it cites, who cites it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, islice

from docsearch.catalogue import Catalogue
from docsearch.duplicates import versions
from docsearch.model import Card, Cited, Citing, Directive, Link, Sheet, Validity
from docsearch.passage import sentence
from docsearch.standing import standing

SHOWN = 20  # citing places on a sheet; `citing` gives all
SHOWN_EDGES = 200  # of each kind: thousands of papers may say that one act amends another
CHANGING = (
    "amends",
    "replaces",
    "repeals",
    "suspends",
    "extends",
    "corrects",
    "consolidates",
    "guides",
)  # what others do to a directive, for a sheet


def directive_sheet(catalogue: Catalogue, directive: Directive, on: str | None = None) -> Sheet:
    """All about a directive, held or only cited, its validity on the day `on` (today); its first document speaks for it."""
    cards = catalogue.documents.cards_of_directive(directive.id)
    own = cards[0].document if cards else None
    changes = catalogue.answers.edges_to(directive.id, CHANGING, SHOWN_EDGES)
    state = standing(catalogue, directive, on or date.today().isoformat())
    sources = dict.fromkeys(edge.source for edge in state.evidence if edge.source)
    return Sheet(
        directive=directive,
        cards=cards,
        metadata=catalogue.documents.metadata(own) if own else None,
        cites=cites(catalogue, own) if own else (),
        cited_by=tuple(citing(catalogue, directive.id, SHOWN, 0)),
        times_cited=catalogue.answers.times_cited(directive.id),
        edges=catalogue.answers.edges_from(directive.id, SHOWN_EDGES) + changes,
        validity=state,
        acts=tuple(act for id in sources if (act := catalogue.answers.directive(id))),
        witnesses=_witnesses(catalogue, state),
        versions=versions(catalogue, directive.id),
        notes=catalogue.documents.notes(own) if own else (),
    )


def _witnesses(catalogue: Catalogue, state: Validity) -> tuple[Card, ...]:
    """The documents that say what is held to be so, some of them where they are many."""
    documents = islice(dict.fromkeys(edge.asserted_by for edge in state.evidence), SHOWN)
    return tuple(card for document in documents if (card := catalogue.documents.card(document)))


def document_sheet(catalogue: Catalogue, document: str) -> Sheet:
    """All about a document that is not known to be any one directive."""
    card = catalogue.documents.card(document)
    metadata = catalogue.documents.metadata(document)
    return Sheet(
        directive=None,
        cards=(card,) if card else (),
        metadata=metadata,
        cites=cites(catalogue, document),
        cited_by=(),
        notes=catalogue.documents.notes(document),
    )


def cites(catalogue: Catalogue, document: str) -> tuple[Cited, ...]:
    """What a document cites, in text order, with where each citation leads."""
    extraction = catalogue.documents.extraction(document)
    links, directives = catalogue.answers.links(document), catalogue.answers.linked(document)
    citations = enumerate(extraction.findings.citations) if extraction else ()
    pairs = ((citation, links.get(index, _unlinked(document, index))) for index, citation in citations)
    return tuple(Cited(citation=citation, link=link, directive=directives.get(link.directive or "")) for citation, link in pairs)


def citing(catalogue: Catalogue, directive: str, limit: int | None, offset: int) -> Iterator[Citing]:
    """Each place that cites a directive, newest document first; `limit` ``None`` is all."""
    documents = catalogue.documents
    links = catalogue.answers.citing(directive, -1 if limit is None else limit, offset)
    # links of one document come together, so its text is unpacked once
    for document, group in groupby(links, key=lambda link: link.document):
        (text, pages), card = documents.text(document), documents.card(document)
        for link in group:
            citation = documents.citation(document, link.index, text)
            if citation and card:
                words, highlight = sentence(text, citation.span)
                page = next((page.number for page in reversed(pages) if page.span.start <= citation.span.start), None)
                yield Citing(card=card, citation=citation, link=link, sentence=words, highlight=highlight, page=page)


def _unlinked(document: str, index: int) -> Link:
    return Link(document=document, index=index, state="missing", directive=None, reasons=("not-resolved-yet",))
