"""Which directives a text cites, where, and by which relation.

Three stages fill the same records (`found.Found`): `scan` finds the mentions, `attach` reads issuer, pinpoint and title
round each, `relate` decides relation and nesting.  Pure: text and metadata in, frozen records out.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from docsearch.citations.anaphora import find_aliases, find_anaphora
from docsearch.citations.attach import attach
from docsearch.citations.codified import entitle, issue
from docsearch.citations.found import Found
from docsearch.citations.gazette import without_headers
from docsearch.citations.relate import relate
from docsearch.citations.scan import scan
from docsearch.citations.slips import mend
from docsearch.citations.widths import narrow
from docsearch.mint import mint
from docsearch.model import Anaphor, Citation, Findings, Metadata, Span

_new_citation = mint(Citation)
_new_span = mint(Span)
_NewSpan = Callable[[int, int], Span]  # from offsets of what was read to those of the text


def find_citations(text: str, *, own: Metadata | None = None) -> Findings:
    """All that `text` cites, in text order; `own` is what the document says of itself, so that it does not cite itself.

    Offsets are code points of `text`, which should be clean (`vietnamese.clean`).  Mentions of the document itself by its
    own number, as in the heading of an annex, are among the anaphora.

    >>> found = find_citations("Căn cứ Nghị định số 108/2014/NĐ-CP ngày 20/11/2014 của Chính phủ;")
    >>> [(c.doctype, c.number, c.issued) for c in found.citations]
    [('Nghị định', '108/2014/NĐ-CP', '2014-11-20')]
    """
    with _collector_at_rest():
        return _find(text, own)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No search for garbage in cycles: reading makes none, and of 71,000 mentions in one text it took a quarter of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _find(text: str, own: Metadata | None) -> Findings:
    read, cuts = without_headers(mend(narrow(text)))
    founds, selves = scan(read, own)
    attach(read, founds)
    codified = entitle(read, founds)
    relate(read, founds, own)
    issue(read, codified)
    span: _NewSpan = cuts.span if cuts.places else _new_span
    citations = tuple(_citation(text, found, span) for found in founds)
    doctype = own.doctype.value if own and own.doctype else None
    itself = tuple(_self(text, found, span) for found in selves)
    anaphora = find_anaphora(text, citations, doctype)
    if itself:
        anaphora = tuple(sorted(itself + anaphora, key=lambda anaphor: anaphor.span.start))
    return Findings(citations=citations, anaphora=anaphora, aliases=find_aliases(text, citations))


def _self(text: str, found: Found, span: _NewSpan) -> Anaphor:
    place = span(found.start, found.end)
    return Anaphor(span=place, text=place.cut(text), kind="self", target=None)


def _citation(text: str, found: Found, span: _NewSpan) -> Citation:
    place = span(found.start, found.end)
    return _new_citation(
        span=place,
        text=text[place.start : place.end],
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
        cue=span(found.cue_start, found.cue_end) if found.cue_start >= 0 else None,
        number_span=span(found.number_start, found.number_end) if found.number_start >= 0 else None,
        issued_span=span(found.issued_start, found.issued_end) if found.issued_start >= 0 else None,
        issuer_span=span(found.issuer_start, found.issuer_end) if found.issuer_start >= 0 else None,
        title_span=span(found.title_start, found.title_end) if found.title_start >= 0 else None,
        pinpoint_span=span(found.pinpoint_start, found.pinpoint_end) if found.pinpoint_start >= 0 else None,
        passive=found.passive,
        partial=found.partial,
        negated=found.negated,
        certainty=found.certainty,
        flags=found.flags,
    )


__all__ = ["find_citations"]
