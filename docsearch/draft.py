"""A file that need not be in the archive, read and resolved against it; nothing is written."""

from __future__ import annotations

from pathlib import Path

from docsearch import resolver
from docsearch.catalogue import Catalogue
from docsearch.ingest import extract_file
from docsearch.model import Cited, Directive, Extraction, Link


def resolve_file(catalogue: Catalogue, path: str | Path) -> tuple[Cited, ...]:
    """What the file cites, in text order, as if it had just been added; `ReadError` where it cannot be read."""
    document, extraction = extract_file(path)
    links, defined = resolve(catalogue, document, extraction)
    cited = []
    for index, citation in enumerate(extraction.findings.citations):
        link = links[index]
        directive = defined.get(link.directive or "") or (catalogue.answers.directive(link.directive) if link.directive else None)
        cited.append(Cited(citation=citation, link=link, directive=directive))
    return tuple(cited)


def resolve(catalogue: Catalogue, document: str, extraction: Extraction) -> tuple[dict[int, Link], dict[str, Directive]]:
    """The links of an extraction among all that is held, and the directives that its blocks define."""
    mentions = resolver.mentions(document, extraction.metadata, extraction.findings.citations)
    links: dict[int, Link] = {}
    directives: dict[str, Directive] = {}
    keys = dict.fromkeys(key for mention in mentions for key in resolver.block_keys(mention))
    for key in keys:
        held = (mention for mention in catalogue.graph.mentions(key) if mention.document != document)
        resolution = resolver.resolve_block(key, (*held, *(m for m in mentions if key in resolver.block_keys(m))))
        links |= {link.index: link for link in resolution.links if link.document == document}
        directives |= {directive.id: directive for directive in resolution.directives}
    return links, directives
