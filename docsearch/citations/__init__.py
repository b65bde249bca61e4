"""Which directives a text cites, where, and by which relation.

Three stages fill the same records (`found.Found`): `scan` finds the mentions, `attach` reads issuer, pinpoint and title
round each, `relate` decides relation and nesting.  Pure: text and metadata in, frozen records out.
"""

from __future__ import annotations

from docsearch.citations.anaphora import find_aliases, find_anaphora
from docsearch.citations.attach import attach
from docsearch.citations.codified import entitle, issue
from docsearch.citations.found import Found
from docsearch.citations.relate import relate
from docsearch.citations.scan import scan
from docsearch.citations.slips import mend
from docsearch.citations.widths import narrow
from docsearch.mint import mint
from docsearch.model import Anaphor, Citation, Findings, Metadata, Span

_new_citation = mint(Citation)
_new_span = mint(Span)


def find_citations(text: str, *, own: Metadata | None = None) -> Findings:
    """All that `text` cites, in text order; `own` is what the document says of itself, so that it does not cite itself.

    Offsets are code points of `text`, which should be clean (`vietnamese.clean`).  Mentions of the document itself by its
    own number, as in the heading of an annex, are among the anaphora.

    >>> found = find_citations("Căn cứ Nghị định số 108/2014/NĐ-CP ngày 20/11/2014 của Chính phủ;")
    >>> [(c.doctype, c.number, c.issued) for c in found.citations]
    [('Nghị định', '108/2014/NĐ-CP', '2014-11-20')]
    """
    read = mend(narrow(text))
    founds, selves = scan(read, own)
    attach(read, founds)
    codified = entitle(read, founds)
    relate(read, founds, own)
    issue(read, codified)
    citations = tuple(_citation(text, found) for found in founds)
    doctype = own.doctype.value if own and own.doctype else None
    itself = tuple(_self(text, found) for found in selves)
    anaphora = find_anaphora(text, citations, doctype)
    if itself:
        anaphora = tuple(sorted(itself + anaphora, key=lambda anaphor: anaphor.span.start))
    return Findings(citations=citations, anaphora=anaphora, aliases=find_aliases(text, citations))


def _self(text: str, found: Found) -> Anaphor:
    return Anaphor(span=Span(found.start, found.end), text=text[found.start : found.end], kind="self", target=None)


def _citation(text: str, found: Found) -> Citation:
    return _new_citation(
        span=_new_span(found.start, found.end),
        text=text[found.start : found.end],
        kind=found.kind,
        doctype=found.doctype,
        number=found.number,
        name=found.name,
        issued=found.issued,
        issuer=found.issuer,
        title=found.title,
        pinpoint=found.pinpoint,
        relation=found.relation,
        nested_in=found.nested_in if found.nested_in >= 0 else None,
        cue=_span(found.cue_start, found.cue_end),
        number_span=_span(found.number_start, found.number_end),
        issued_span=_span(found.issued_start, found.issued_end),
        issuer_span=_span(found.issuer_start, found.issuer_end),
        title_span=_span(found.title_start, found.title_end),
        pinpoint_span=_span(found.pinpoint_start, found.pinpoint_end),
        passive=found.passive,
        partial=found.partial,
        negated=found.negated,
        certainty=found.certainty,
        flags=tuple(found.flags),
    )


def _span(start: int, end: int) -> Span | None:
    return _new_span(start, end) if start >= 0 else None


__all__ = ["find_citations"]
