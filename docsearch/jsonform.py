"""Records as JSON: the one shape that the command line, the web API and scripts share.

Keys are the records' own field names.  A span becomes ``start`` and ``end``; absent is null; what a text states stands under
the plain names (``number``, ``issuer`` ...), what was inferred under names of its own (``inferred``, ``directive``,
``how``), so that the two are never mixed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from docsearch.model import Answer, Citation, Cited, Citing, Extraction, Fact, Hit, Metadata, Snippet, Span, UnitHit

Json = dict[str, Any]

# A rule that reads outside the text: its finding is true of the paper, but the text does not state it.
_INFERRED = ("file-name", "symbol", "register")


def plain(value: object) -> Any:
    """Any record, or mapping or sequence of records, as JSON values: a record becomes an object of its fields."""
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    return value


def extraction(found: Extraction) -> Json:
    """What one text says: ``metadata``, ``citations`` in text order, ``anaphora``, ``aliases`` and ``units``."""
    return {
        "metadata": metadata(found.metadata),
        "citations": [citation(c) for c in found.findings.citations],
        "anaphora": [_spanned(a, "span") for a in found.findings.anaphora],
        "aliases": [_spanned(a, "span") for a in found.findings.aliases],
        "units": [_spanned(u, "span") for u in found.units],
    }


def metadata(found: Metadata) -> Json:
    """The fields that the text states as plain values, those that were inferred apart, and the evidence of each."""
    stated: Json = {}
    inferred: Json = {}
    evidence: Json = {}
    for f in fields(found):
        value = getattr(found, f.name)
        if f.name == "warnings":
            continue
        if isinstance(value, tuple):
            stated[f.name] = [fact.value for fact in value]
            evidence[f.name] = [_fact(fact) for fact in value]
            continue
        outside = value is not None and value.span is None and value.how in _INFERRED
        stated[f.name] = None if value is None or outside else value.value
        if outside:
            inferred[f.name] = value.value
        if value is not None:
            evidence[f.name] = _fact(value)
    return {**stated, "inferred": inferred, "evidence": evidence, "warnings": list(found.warnings)}


def citation(found: Citation) -> Json:
    """One mention, flat: ``start`` and ``end`` of its span first, the spans of its parts under ``spans``."""
    spans = {}
    out: Json = {"start": found.span.start, "end": found.span.end}
    for f in fields(found):
        value = getattr(found, f.name)
        if f.name == "span":
            continue
        if f.name == "cue" or f.name.endswith("_span"):
            if value is not None:
                spans[f.name.removesuffix("_span")] = [value.start, value.end]
            continue
        out[f.name] = plain(value)
    return {**out, "spans": spans}


def cited(row: Cited) -> Json:
    """One citation with where it leads: the citation's fields, then ``state``, ``directive``, ``candidates``, ``reasons``."""
    link = row.link
    return {
        **citation(row.citation),
        "state": link.state,
        "directive": link.directive,
        "candidates": list(link.candidates),
        "link_certainty": link.certainty,
        "reasons": list(link.reasons),
        "target": plain(row.directive),
    }


def citing(row: Citing) -> Json:
    """One place that cites: the citing document, the citation, its sentence and the page."""
    return {
        "document": plain(row.card),
        "citation": citation(row.citation),
        "state": row.link.state,
        "sentence": row.sentence,
        "highlight": [row.highlight.start, row.highlight.end],
        "page": row.page,
    }


def answer(found: Answer) -> Json:
    """A page of search results with what was understood."""
    return {
        "query": found.query.typed,
        "match": found.query.match,
        "total": found.total,
        "notes": [*found.query.notes, *found.notes],
        "corrections": list(found.corrections),
        "hits": [_hit(h) for h in found.hits],
        "facets": plain(found.facets),
    }


def _hit(hit: Hit) -> Json:
    return {
        **plain(hit.card),
        "score": round(hit.score, 4),
        "match": hit.match,
        "reasons": plain(hit.reasons),
        "snippets": [_snippet(s) for s in hit.snippets],
        "units": [_unit(part) for part in hit.units],
    }


def _snippet(snippet: Snippet) -> Json:
    return {
        "start": snippet.span.start,
        "end": snippet.span.end,
        "page": snippet.page,
        "unit": snippet.unit,
        "text": snippet.text,
        "highlights": [[h.start, h.end] for h in snippet.highlights],
    }


def _unit(part: UnitHit) -> Json:
    """A part of a document that answers: its name and heading, where it stands, its score among the parts."""
    return {
        "name": part.name,
        "kind": part.unit.kind,
        "label": part.unit.label,
        "title": part.unit.title,
        "start": part.unit.span.start,
        "end": part.unit.span.end,
        "score": round(part.score, 4),
        "snippet": _snippet(part.snippet) if part.snippet else None,
    }


def _fact(fact: Fact) -> Json:
    where = {"start": fact.span.start, "end": fact.span.end} if fact.span else {"start": None, "end": None}
    return {"value": fact.value, **where, "how": fact.how, "certainty": fact.certainty}


def _spanned(record: Any, name: str) -> Json:
    out = plain(record)
    return {**out.pop(name), **out}


def lines(rows: Iterable[Json]) -> Iterable[str]:
    """Each row as one line of JSON, for streams of any length."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False)
