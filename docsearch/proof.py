"""What follows from the texts, worked out again and compared with what is stored: mentions, links, directives, edges.

Nothing here is written down twice, so a bit that is wrong contradicts nothing; only doing the work again shows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsearch import resolver
from docsearch.catalogue import Catalogue

Disproof = tuple[str, str]  # code, what it is about


def disproofs(catalogue: Catalogue) -> Iterator[Disproof]:
    """What is stored and does not follow from the texts, or follows and is not stored; nothing where blocks wait."""
    if catalogue.graph.dirty_count():
        return
    for document in catalogue.documents.ids():
        yield from ((code, document) for code in _of_document(catalogue, document))
    for key, name in catalogue.graph.blocks():
        if not _follows(catalogue, key, name):
            yield "links-altered", name


def _of_document(catalogue: Catalogue, document: str) -> Iterator[str]:
    extraction = catalogue.documents.extraction(document)
    if extraction is None:
        return
    citations = extraction.findings.citations
    mentions = resolver.mentions(document, extraction.metadata, citations)
    wanted = {(name, mention) for mention in mentions for name in resolver.block_keys(mention)}
    if catalogue.graph.entered(document) != wanted:
        yield "mentions-altered"
        return
    links, directives = catalogue.answers.links(document), catalogue.answers.linked(document)
    edges = resolver.edges(document, catalogue.documents.citations(catalogue.documents.key(document) or 0), links, directives)
    if catalogue.graph.related(document) != edges:
        yield "edges-altered"


def _follows(catalogue: Catalogue, key: int, name: str) -> bool:
    """Whether links and directives of a block are what its mentions are resolved to."""
    mentions = catalogue.graph.block(key, name).mentions
    found = resolver.resolve_block(name, mentions) if mentions else resolver.Resolution((), ())
    links, directives = catalogue.graph.settled(key)
    return links == set(found.links) and directives == {(d.id, d.doctype, d.number, d.issued, d.office) for d in found.directives}
