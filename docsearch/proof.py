"""What follows from the texts, worked out again and compared with what is stored: mentions, links, directives, edges.

Nothing here is written down twice, so a bit that is wrong contradicts nothing; only doing the work again shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

from docsearch import resolver
from docsearch.catalogue import Catalogue

Disproof = tuple[str, str]  # code, what it is about


def disproofs(catalogue: Catalogue, altered: Collection[str] = ()) -> Iterator[Disproof]:
    """What is stored and does not follow from the texts, or follows and is not stored; nothing where blocks wait.

    `altered` documents are passed over: they are no longer what was written, so nothing can be proven by them.
    """
    if catalogue.graph.dirty_count():
        return
    for document in catalogue.documents.ids():
        code = None if document in altered else _tried(partial(_of_document, catalogue, document), "mentions-altered")
        if code:
            yield code, document
    for key, name in catalogue.graph.blocks():
        code = _tried(partial(_of_block, catalogue, key, name), "links-altered")
        if code:
            yield code, name


def _tried(look: Callable[[], str | None], code: str) -> str | None:
    """What a look finds; `code` where what is stored cannot even be read as what it should be."""
    try:
        return look()
    except (ValueError, TypeError, LookupError, AttributeError):
        return code


def _of_document(catalogue: Catalogue, document: str) -> str | None:
    extraction = catalogue.documents.extraction(document)
    if extraction is None:
        return None
    findings = extraction.findings
    mentions = resolver.mentions(document, extraction.metadata, findings.citations, findings.aliases)
    wanted = {(name, mention) for mention in mentions for name in resolver.block_keys(mention)}
    if catalogue.graph.entered(document) != wanted:
        return "mentions-altered"
    links, directives = catalogue.answers.links(document), catalogue.answers.linked(document)
    edges = resolver.edges(document, catalogue.documents.citations(catalogue.documents.key(document) or 0), links, directives)
    return None if catalogue.graph.related(document) == edges else "edges-altered"


def _of_block(catalogue: Catalogue, key: int, name: str) -> str | None:
    """Whether links and directives of a block are what its mentions are resolved to."""
    mentions = catalogue.graph.block(key, name).mentions
    found = resolver.resolve_block(name, mentions) if mentions else resolver.Resolution((), ())
    links, directives = catalogue.graph.settled(key)
    defined = {(d.id, d.doctype, d.number, d.issued, d.office) for d in found.directives}
    return None if (links, directives) == (set(found.links), defined) else "links-altered"
