"""From mentions to links to edges: the blocks that changed are resolved again, then the documents whose links changed related.

What is still to do stands in the catalogue, so a run that was cut off is taken up by the next one.
"""

from __future__ import annotations

from docsearch import resolver
from docsearch.catalogue import Catalogue

BATCH = 2000  # blocks or documents in one transaction: links of a block lie far apart, so few large writes are cheaper


def link(catalogue: Catalogue) -> None:
    """Bring links, directives and edges up to date with the mentions."""
    while dirty := catalogue.graph.dirty(BATCH):
        with catalogue.transaction():
            for key, name in dirty:
                _settle(catalogue, key, name)
    while relinked := catalogue.graph.relinked(BATCH):
        with catalogue.transaction():
            for key, document in relinked:
                _relate(catalogue, key, document)


def _settle(catalogue: Catalogue, key: int, name: str) -> None:
    block = catalogue.graph.block(key, name)
    resolution = resolver.resolve_block(name, block.mentions) if block.mentions else resolver.Resolution((), ())
    catalogue.graph.settle(block, resolution.links, resolution.directives)


def _relate(catalogue: Catalogue, key: int, document: str) -> None:
    citations = catalogue.documents.citations(key)
    links, directives = catalogue.answers.links(document), catalogue.answers.linked(document)
    catalogue.graph.relate(key, resolver.edges(document, citations, links, directives))
