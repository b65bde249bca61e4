"""A file that need not be in the archive, read and resolved against it; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from docsearch import consistency, resolver
from docsearch.catalogue import Catalogue
from docsearch.errors import NotationError
from docsearch.ingest import extract_file
from docsearch.model import Citation, Cited, Directive, Extraction, Finding, Link, Mention, Unit, Validity
from docsearch.pinpoints import absent, parse_pinpoints
from docsearch.standing import standing

_OWN = -1
_ATTACHING = "kèm theo"  # an act that issues a regulation: the text that is held may be without it
_CHANGING = ("amends", "corrects")  # acts that may have added clauses and points; articles are seldom added
_NAMED = ("refers_to", "corrects", "amends")  # how a correction names what was wrong


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
    mentions = _mentions(document, extraction)
    links: dict[int, Link] = {}
    directives: dict[str, Directive] = {}
    keys = dict.fromkeys(key for mention in mentions for key in resolver.block_keys(mention))
    for key in keys:
        held = (mention for mention in catalogue.graph.mentions(key) if mention.document != document)
        resolution = resolver.resolve_block(key, (*held, *(m for m in mentions if key in resolver.block_keys(m))))
        links |= {link.index: link for link in resolution.links if link.document == document}
        directives |= {directive.id: directive for directive in resolution.directives}
    return links, directives


def _mentions(document: str, extraction: Extraction) -> tuple[Mention, ...]:
    findings = extraction.findings
    return resolver.mentions(document, extraction.metadata, findings.citations, findings.aliases)


# --- checking ---------------------------------------------------------------------------------------------------------


def check_file(path: str | Path, catalogue: Catalogue | None = None) -> tuple[Finding, ...]:
    """What looks wrong about the citations of a file, by place; with an archive also what speaks against them there."""
    document, extraction = extract_file(path)
    return check(document, extraction, catalogue)


def check(document: str, extraction: Extraction, catalogue: Catalogue | None = None) -> tuple[Finding, ...]:
    """The same of a text that was read; `document` is its id, so that an archive that holds it is not asked about itself."""
    citations = extraction.findings.citations
    mentions = _mentions(document, extraction)
    if catalogue is None:
        found = consistency.findings(extraction.metadata, citations, mentions, text=extraction.text)
    else:
        found = _against(catalogue, document, extraction)
    return tuple(_placed(extraction.text, finding) for finding in found)


def _against(catalogue: Catalogue, document: str, extraction: Extraction) -> tuple[Finding, ...]:
    citations = extraction.findings.citations
    links, directives = resolve(catalogue, document, extraction)

    def validity(directive: str, on: str) -> Validity:
        known = catalogue.answers.directive(directive)
        return standing(catalogue, known, on) if known else Validity(directive=directive, on=on, state="unknown")

    found = consistency.findings(
        extraction.metadata,
        citations,
        _mentions(document, extraction),
        text=extraction.text,
        links=links,
        directives=directives,
        validity=validity,
        absent=dict(_absent(catalogue, document, citations, links)),
        corrected=dict(_corrected(catalogue, document, links)),
    )
    return tuple(_with_acts(catalogue, finding) for finding in found)


def _absent(
    catalogue: Catalogue, document: str, citations: Iterable[Citation], links: Mapping[int, Link]
) -> Iterator[tuple[int, str]]:
    """The parts that citations name, and that the texts which are held do not have."""
    for index, citation in enumerate(citations):
        link = links[index]
        if citation.pinpoint and link.state == "resolved" and link.directive and link.certainty != "low":
            missing = _missing_part(citation.pinpoint, _units(catalogue, link.directive, document))
            if missing and (missing[0] == "Điều" or not catalogue.answers.edges_to(link.directive, _CHANGING, 1)):
                yield index, " ".join(missing)


def _missing_part(pinpoint: str, units: tuple[Unit, ...]) -> tuple[str, str] | None:
    try:
        parts = parse_pinpoints(pinpoint)
    except NotationError:
        return None
    return next(filter(None, (absent(part, units) for part in parts)), None)


def _units(catalogue: Catalogue, directive: str, document: str) -> tuple[Unit, ...]:
    """The parts of the one text of a directive that is held; none where that may be without what it issues."""
    known = catalogue.answers.directive(directive)
    held = [one for one in known.documents if one != document] if known else []
    extraction = catalogue.documents.extraction(held[0]) if len(held) == 1 else None
    if extraction is None or (_ATTACHING in extraction.text and not _has_attachment(extraction.units)):
        return ()
    return extraction.units


def _has_attachment(units: Iterable[Unit]) -> bool:
    return sum(unit.kind == "article" and unit.label == "1" for unit in units) > 1


def _corrected(catalogue: Catalogue, document: str, links: Mapping[int, Link]) -> Iterator[tuple[int, str]]:
    """The corrections of this paper, and the citations in it whose target a correction names too."""
    own = links[_OWN].directive if _OWN in links else None
    for edge in catalogue.answers.edges_to(own, ("corrects",)) if own else ():
        if not edge.source or edge.asserted_by == document:
            continue
        yield _OWN, edge.source
        named = {one.target for one in catalogue.answers.edges_from(edge.source) if one.relation in _NAMED} - {own}
        yield from ((index, edge.source) for index, link in links.items() if index >= 0 and link.directive in named)


def _with_acts(catalogue: Catalogue, finding: Finding) -> Finding:
    """The finding with the acts that speak against it in words: "Quyết định 04/2024/QĐ-UBND (2024-02-01)"."""
    ids = filter(None, finding.detail.get("by", "").split(", "))
    acts = [catalogue.answers.directive(id) for id in ids]
    words = ", ".join(f"{act.label} ({act.issued})" if act.issued else act.label for act in acts if act)
    return replace(finding, detail={**finding.detail, "acts": words}) if words else finding


def _placed(text: str, finding: Finding) -> Finding:
    """The finding with the line on which it stands and its words."""
    if finding.span is None:
        return finding
    line = text.count("\n", 0, finding.span.start) + 1
    return replace(finding, line=line, words=" ".join(finding.span.cut(text).split()))
