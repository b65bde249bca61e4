"""The road of one typed query, from the line to a page of results; read it from top to bottom.

typed -> Query -> the engine -> (nothing found: asked again, more loosely, and said so) -> cards and snippets
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count

from docsearch.attempts import best, first_answer, said
from docsearch.catalogue import Catalogue
from docsearch.conditions import conditions, ground, named, spoken_reference, status_counts
from docsearch.engines import Engine
from docsearch.model import (
    And,
    Answer,
    Card,
    Filters,
    Hit,
    Match,
    Matches,
    Node,
    OneOf,
    Query,
    Reason,
    SavedSearch,
    Scored,
    Snippet,
    Sort,
    Span,
    UnitHit,
)
from docsearch.notation import number_key
from docsearch.query import parse_query
from docsearch.reasons import reasons
from docsearch.snippet import snippets as fragments
from docsearch.snippet import unit_at
from docsearch.succession import with_other_names

FEW = 2  # hits: with no more, a line nearby may have been meant
CARDS, TEXTS = 500, 20  # documents asked of the catalogue at once: their facts alone, or with their texts
CHUNK = 20_000  # hits asked of the engine at once where all are wanted: rows of an id and a score, no texts


def search(
    catalogue: Catalogue,
    engine: Engine,
    typed: str,
    *,
    filters: Filters = Filters(),  # noqa: B008  a frozen record
    match: Match | None = None,
    sort: Sort = "relevance",
    limit: int = 10,
    offset: int = 0,
    facets: tuple[str, ...] = (),
    snippets: int = 2,
    like: str | None = None,
    within: Iterable[str | SavedSearch] = (),
    among: Iterable[str] | None = None,
    explain: bool = False,
    units: bool = False,
) -> Answer:
    """One page of the documents that match the typed words and the filters.

    `like`: those that share its telling words with this reference.  `within`: earlier lines; only what they found too.
    `among`: only these documents.  `explain`: each hit says why it matched.
    `units`: each hit names its parts (articles, sections) that answer best.

    `Answer.query` is the query that was run in the end.  Where it is not the first, `Answer.notes` says what was given
    up: ``tones`` (that words typed without a tone have none), ``folded`` (the marks), ``number-as-words`` (that it is the
    number of a document or of one that it cites), ``keystrokes:LINE`` (the letters: they were keys of an input method),
    ``any-word`` (that all words must be there); ``other-names:NAMES``: earlier and later names of an office or a place that
    were asked for too, ``as-named:NAMES`` that were not, because of `Filters.as_named`; ``not-held:IDS``: a number asked for
    is cited, but not held.
    `NotationError` for a date in `filters` that is none.
    """
    query = understand(catalogue, engine, typed, match, like, as_named=filters.as_named)
    condition = narrowing(catalogue, engine, filters, within, among)
    counted = tuple(facet for facet in facets if facet != "status")

    def ask(attempt: Query) -> Matches:
        return engine.search(attempt, condition, sort=sort, limit=limit, offset=offset, facets=counted)

    asked, given_up, matches = first_answer(query, ask, best(engine, condition), forced=match is not None)
    renamed = _renamed(named(filters), filters.as_named)
    answer = Answer(
        query=asked, hits=tuple(_hits(catalogue, matches, asked, snippets, explain, units)), total=matches.total,
        facets=dict(matches.facets),
        notes=(*said(asked, given_up), *renamed, *_not_held(catalogue, query, matches.total, given_up)),
        corrections=_corrections(catalogue, engine, query, matches.total, given_up),
    )  # fmt: skip
    if "status" not in facets:
        return answer
    states = status_counts(catalogue, matches.total, lambda node: _count(engine, asked, condition, node))
    return replace(answer, facets={**answer.facets, "status": states})


def every(
    catalogue: Catalogue,
    engine: Engine,
    typed: str,
    *,
    filters: Filters = Filters(),  # noqa: B008  a frozen record
    match: Match | None = None,
    sort: Sort = "relevance",
    snippets: int = 0,
    like: str | None = None,
    within: Iterable[str | SavedSearch] = (),
    among: Iterable[str] | None = None,
) -> Iterator[Hit]:
    """All that `search` would find, in the same order, as a stream: the texts are read one by one."""
    query = understand(catalogue, engine, typed, match, like, as_named=filters.as_named)
    condition = narrowing(catalogue, engine, filters, within, among)
    for asked, matches in _chunks(engine, query, condition, sort, forced=match is not None):
        yield from _hits(catalogue, matches, asked, snippets)


def ids(
    catalogue: Catalogue, engine: Engine, typed: str, *, filters: Filters, match: Match | None = None, sort: Sort = "relevance"
) -> Iterator[str]:
    """The ids of all documents that `search` would find, in the same order."""
    query = understand(catalogue, engine, typed, match, as_named=filters.as_named)
    condition = narrowing(catalogue, engine, filters)
    for _, matches in _chunks(engine, query, condition, sort, forced=match is not None):
        yield from (row.document for row in matches.rows)


def _chunks(engine: Engine, query: Query, condition: Node | None, sort: Sort, *, forced: bool) -> Iterator[tuple[Query, Matches]]:
    """The query that finds something, with what it finds, many rows at a time: each chunk ranks all before it again."""
    asked, _, _ = first_answer(query, partial(_ask_total, engine, condition), best(engine, condition), forced=forced)
    for offset in count(0, CHUNK):
        matches = engine.search(asked, condition, sort=sort, limit=CHUNK, offset=offset)
        yield asked, matches
        if len(matches.rows) < CHUNK:
            return


def understand(
    catalogue: Catalogue,
    engine: Engine,
    typed: str,
    match: Match | None,
    reference: str | None = None,
    *,
    as_named: bool = False,
) -> Query:
    """The typed line as a query that the engine can answer, joined with the likeness of `reference`."""
    query = parse_query(typed, match=match)
    meant = spoken_reference(typed, catalogue)
    if meant and reference is None:
        return replace(query, node=meant[0], notes=(*query.notes, f"meant:{', '.join(meant[1])}"))
    widened, names = with_other_names(query.node)
    node = ground(query.node if as_named else widened, catalogue)
    if reference is not None:
        from docsearch.likeness import like

        alike = like(catalogue, engine, reference) or OneOf("document", (), reference)
        node = alike if node is None else And((node, alike))
    return replace(query, node=node, notes=(*query.notes, *_renamed(names, as_named)))


def _renamed(names: Iterable[str], as_named: bool) -> tuple[str, ...]:
    said = "; ".join(dict.fromkeys(names))
    return (f"{'as-named' if as_named else 'other-names'}:{said}",) if said else ()


def narrowing(
    catalogue: Catalogue,
    engine: Engine,
    filters: Filters,
    within: Iterable[str | SavedSearch] = (),
    among: Iterable[str] | None = None,
) -> Node | None:
    """The filters, what earlier lines found (as they were answered then, given up what had to be), and a set of documents."""
    parts = [conditions(filters, catalogue, engine)]
    for line in within:
        saved = line if isinstance(line, SavedSearch) else SavedSearch(name="", typed=line)
        query = understand(catalogue, engine, saved.typed, saved.match, as_named=saved.filters.as_named)
        condition = conditions(saved.filters, catalogue, engine)
        ask = partial(_ask_total, engine, condition)
        parts += [first_answer(query, ask, best(engine, condition), forced=saved.match is not None)[0].node, condition]
    if among is not None:
        parts.append(OneOf("document", tuple(among)))
    held = tuple(part for part in parts if part is not None)
    return And(held) if held else None


def _ask_total(engine: Engine, condition: Node | None, query: Query) -> Matches:
    return engine.search(query, condition, limit=0)


def _count(engine: Engine, query: Query, condition: Node | None, more: Node) -> int:
    return engine.search(query, more if condition is None else And((condition, more)), limit=0).total


def _corrections(catalogue: Catalogue, engine: Engine, query: Query, total: int, given_up: tuple[str, ...]) -> tuple[str, ...]:
    if total > FEW and "any-word" not in given_up and "number-as-words" not in given_up:
        return ()
    from docsearch.corrections import corrections

    return corrections(catalogue, engine, query)


def _not_held(catalogue: Catalogue, query: Query, total: int, given_up: tuple[str, ...]) -> tuple[str, ...]:
    if total and "number-as-words" not in given_up:
        return ()
    from docsearch.corrections import cited_only

    known = cited_only(catalogue, query.node)
    return (f"not-held:{', '.join(known)}",) if known else ()


def _hits(
    catalogue: Catalogue, matches: Matches, query: Query, most: int, explain: bool = False, units: bool = False
) -> Iterator[Hit]:
    """The rows with their facts; one that the catalogue has dropped since the engine was written is passed over."""
    for row, card, shown in _with_facts(catalogue, matches.rows, query, most):
        why = _reasons(catalogue, row.document, query.node) if explain else ()
        parts = tuple(_unit_hits(catalogue, row.document, query)) if units else ()
        yield Hit(card=card, score=row.score, match=query.match, snippets=shown, reasons=why, units=parts)


def _with_facts(
    catalogue: Catalogue, rows: Sequence[Scored], query: Query, most: int
) -> Iterator[tuple[Scored, Card, tuple[Snippet, ...]]]:
    """Each row with its card and its fragments, asked of the catalogue many at once."""
    if most < 1 or query.node is None:
        for few in _batches(rows, CARDS):
            cards = catalogue.documents.cards_of([row.document for row in few])
            yield from ((row, cards[row.document], ()) for row in few if row.document in cards)
        return
    for few in _batches(rows, TEXTS):
        leaves = catalogue.documents.leaves([row.document for row in few])
        for row in few:
            if leaf := leaves.get(row.document):
                yield row, leaf.card, fragments(leaf.text, query, pages=leaf.pages, units=leaf.units, most=most)


def _batches(rows: Sequence[Scored], size: int) -> Iterator[Sequence[Scored]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _reasons(catalogue: Catalogue, document: str, node: Node | None) -> tuple[Reason, ...]:
    extraction = catalogue.documents.extraction(document)
    if extraction is None:
        return ()
    facts = extraction.metadata
    texts = {name: fact.value for name in ("title", "issuer", "signer", "place") if (fact := getattr(facts, name))}
    texts |= {"headings": "\n".join(unit.title for unit in extraction.units), "body": extraction.text}
    texts["addressees"] = "\n".join(fact.value for fact in (*facts.addressees, *facts.recipients))
    keys = [(key, c.relation) for c in extraction.findings.citations if c.number and (key := number_key(c.number))]
    cites = frozenset(name for key, relation in keys for name in (key, _without_symbol(key), f"{relation}:{key}"))
    own = number_key(facts.number.value) if facts.number else None
    year = facts.issued.value[:4] if facts.issued else ""
    bears = (own, _without_symbol(own), f"{own.partition('/')[0]}/{year}") if own else ()
    return reasons(node, texts, {"number": frozenset(bears), "cites": cites})


def _without_symbol(key: str) -> str:
    """``108/2014`` of ``108/2014/ND-CP``, as people say it; a key without a year stays."""
    ordinal, _, rest = key.partition("/")
    year, slash, _ = rest.partition("/")
    return f"{ordinal}/{year}" if slash else key


def _unit_hits(catalogue: Catalogue, document: str, query: Query) -> Iterator[UnitHit]:
    """The parts of a document that answer best, each with its name and a fragment from within it."""
    from docsearch.articles import best_units

    held, units = catalogue.documents.document(document), catalogue.documents.units(document)
    for hit in best_units(held.text, units, query) if held else ():
        start = hit.unit.span.start
        found = fragments(hit.unit.span.cut(held.text), query, most=1) if held else ()
        moved = (replace(part, span=Span(part.span.start + start, part.span.end + start)) for part in found)
        yield replace(hit, name=unit_at(units, start) or "", snippet=next(moved, None))
