"""Conditions that only the archive can answer: who cites what, what replaced it, which papers are still in force.

What a typed line or a filter says of these is looked up in the catalogue and becomes a set of documents, which every engine
understands; `OneOf.said` keeps the words, so that an explanation can show them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from docsearch.catalogue import Catalogue
from docsearch.engines import Engine
from docsearch.errors import NotationError
from docsearch.lookup import look_up, spoken
from docsearch.model import And, Directive, Filters, Node, Not, Number, OneOf, Or, Query, Range
from docsearch.notation import number_key
from docsearch.query import doctype_name, level_code, parse_query, read_day, status_codes
from docsearch.succession import other_names, with_other_names

SUCCEEDING = ("replaces",)
"""What makes an act the successor of another."""
CHANGING = ("replaces", "amends", "corrects", "consolidates")
"""What makes an act one of the family of another: it goes on with it or changes its words."""
MOST_MEANT = 20  # directives of one spoken reference; more of them say that too little was said
LONGEST_CHAIN = 20  # acts that replace each other, one after the other; the law knows no longer ones


def ground(node: Node | None, catalogue: Catalogue) -> Node | None:
    """`node` with what only the catalogue knows made into documents; ``None`` where nothing is left to ask."""
    match node:
        case And() | Or():
            return replace(node, parts=tuple(found for part in node.parts if (found := ground(part, catalogue)) is not None))
        case Not():
            part = ground(node.part, catalogue)
            return None if part is None else Not(part)
        case Number(field=field) if field in _LOOKED_UP or (not node.key and field is not None):
            look = _LOOKED_UP.get(field, _related(field))
            return OneOf("document", tuple(dict.fromkeys(look(catalogue, (node.typed,)))), f"{field}:{node.typed}")
        case OneOf(field="status"):
            return with_status(node.values, catalogue)
        case _:
            return node


def spoken_reference(typed: str, catalogue: Catalogue) -> tuple[Node, tuple[str, ...]] | None:
    """A line that is only a reference in words (``nghị định số 118 năm 2025``) as the numbers that it means, and their ids.

    ``None`` where the line says more, or nothing known is meant: then its words are looked for.
    """
    found = [(directive, key) for directive in spoken(catalogue, typed) if (key := number_key(directive.number or ""))]
    if not found or len(found) > MOST_MEANT:
        return None
    return Or(tuple(_meant(*pair, catalogue) for pair in found)), tuple(directive.id for directive, _ in found)


def _meant(directive: Directive, key: str, catalogue: Catalogue) -> Node:
    """The papers of a directive and those that cite it.  A number without a year is that of every year and office."""
    number = directive.number or ""
    if key.count("/") > 1:
        return Number(key, number)
    citing = OneOf("document", tuple(catalogue.answers.citing_documents(directive.id)), f"cites:{directive.id}")
    own = And((Number(key, number, "number"), OneOf("document", directive.documents, directive.id)))
    return Or((own, citing))


def conditions(filters: Filters, catalogue: Catalogue, engine: Engine) -> Node | None:
    """`filters` as a node; ``None`` where there is none.  `NotationError` for a date that is none."""
    parts: list[Node] = []
    if filters.doctypes:
        parts.append(OneOf("doctype", tuple(map(doctype_name, filters.doctypes))))
    if filters.issuers:
        parts.append(Or(tuple(_issuer(name, engine, filters.as_named) for name in filters.issuers)))
    if filters.years:
        parts.append(OneOf("year", tuple(map(str, filters.years))))
    if filters.issued_from or filters.issued_to:
        parts.append(Range("issued", _date(filters.issued_from), _date(filters.issued_to)))
    if filters.cites:
        parts.append(OneOf("document", tuple(citing(catalogue, filters.cites))))
    if filters.cited_by:
        parts.append(OneOf("document", tuple(cited_by(catalogue, filters.cited_by))))
    if filters.levels:
        parts.append(OneOf("level", tuple(map(level_code, filters.levels))))
    if filters.statuses:
        parts.append(with_status([code for typed in filters.statuses for code in status_codes(typed)], catalogue))
    return And(tuple(parts)) if parts else None


def _issuer(name: str, engine: Engine, as_named: bool) -> Node:
    """The office of exactly this name where the archive knows one, else all whose names hold these words; or its kin."""
    whole = OneOf("issuer", (name,) if as_named else (name, *other_names(name)))
    if engine.search(Query(typed=name, node=OneOf("issuer", (name,)), match="folded"), limit=0).total:
        return whole
    quoted = name.replace('"', " ")
    typed = parse_query(f'issuer:"{quoted}"', match="folded").node
    return (typed if as_named else with_other_names(typed)[0]) or whole


def named(filters: Filters) -> tuple[str, ...]:
    """The other names of the offices of `filters`."""
    lines = (name.replace('"', " ") for name in filters.issuers)
    return tuple(name for line in lines for name in with_other_names(parse_query(f'issuer:"{line}"', match="folded").node)[1])


def _date(typed: str | None) -> str | None:
    if not typed:
        return None
    day = read_day(typed)
    if day is None:
        raise NotationError("date", typed)
    return day


# --- the graph --------------------------------------------------------------------------------------------------------

Look = Callable[[Catalogue, Iterable[str]], Iterator[str]]


def citing(catalogue: Catalogue, references: Iterable[str]) -> Iterator[str]:
    """Documents that cite any of these."""
    return _citing(catalogue, _directives(catalogue, references))


def cited_by(catalogue: Catalogue, references: Iterable[str]) -> Iterator[str]:
    """Documents that any of these cites."""
    cards = (card for typed in references for card in look_up(catalogue, typed).cards)
    cited = (directive for card in cards for directive in catalogue.answers.cited(card.document))
    return (card.document for directive in cited for card in catalogue.documents.cards_of_directive(directive))


def citing_successors(catalogue: Catalogue, references: Iterable[str]) -> Iterator[str]:
    """Documents that cite what replaced any of these."""
    directives = list(_directives(catalogue, references))
    return _citing(catalogue, followers(catalogue, directives, SUCCEEDING))


def citing_family(catalogue: Catalogue, references: Iterable[str]) -> Iterator[str]:
    """Documents that cite any of these, or what replaced, amended, corrected or consolidated it."""
    directives = list(_directives(catalogue, references))
    return _citing(catalogue, [*directives, *followers(catalogue, directives, CHANGING)])


def followers(catalogue: Catalogue, directives: Iterable[str], relations: tuple[str, ...]) -> tuple[str, ...]:
    """The acts that these relations lead to, step by step, without the first ones: what replaced what replaced it, too."""
    first = newest = dict.fromkeys(directives)
    known = dict(first)
    for _ in range(LONGEST_CHAIN):
        acts = (edge.source for id in newest for edge in catalogue.answers.edges_to(id, relations))
        newest = dict.fromkeys(source for source in acts if source and source not in known)
        if not newest:
            break
        known |= newest
    return tuple(id for id in known if id not in first)


def _related(relation: str | None) -> Look:
    """The look-up of the documents that themselves do something to an act: that it is their basis, that they replace it."""
    if relation in (None, "cites"):
        return citing

    def look(catalogue: Catalogue, references: Iterable[str]) -> Iterator[str]:
        for directive in _directives(catalogue, references):
            for edge in catalogue.answers.edges_to(directive, (relation or "",)):
                card = catalogue.documents.card(edge.asserted_by)
                if card and card.directive == edge.source:
                    yield card.document

    return look


_LOOKED_UP: dict[str | None, Look] = {
    "cited_by": cited_by, "cites_successor": citing_successors, "cites_family": citing_family,
}  # fmt: skip


def _directives(catalogue: Catalogue, references: Iterable[str]) -> Iterator[str]:
    found: Iterable[Directive] = (directive for typed in references for directive in look_up(catalogue, typed).directives)
    return (directive.id for directive in found)


def _citing(catalogue: Catalogue, directives: Iterable[str]) -> Iterator[str]:
    return (document for directive in directives for document in catalogue.answers.citing_documents(directive))


# --- the status -------------------------------------------------------------------------------------------------------

ENDED = ("expired", "suspended", "partly_expired", "not_yet")
"""The states of which some paper must speak; of all others nothing held says that they ended: ``standing``."""


def with_status(codes: Iterable[str], catalogue: Catalogue) -> Node:
    """The documents in any of these states today."""
    wanted = tuple(dict.fromkeys(codes))
    said = "status:" + " | ".join(wanted)
    states = documents_by_status(catalogue)
    if "standing" not in wanted:
        return OneOf("document", tuple(id for code in wanted for id in states.get(code, ())), said)
    others = tuple(id for code in ENDED if code not in wanted for id in states[code])
    return And((Not(OneOf("document", others, said)),))


def status_counts(catalogue: Catalogue, total: int, count: Callable[[Node], int]) -> dict[str, int]:
    """How many of `total` documents are in each state, the most frequent first; `count` says how many are of a node."""
    states = documents_by_status(catalogue)
    counts = {code: count(OneOf("document", ids)) for code, ids in states.items() if ids}
    every = {"standing": total - sum(counts.values()), **counts}
    return {code: number for code, number in sorted(every.items(), key=lambda pair: -pair[1]) if number}


def documents_by_status(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The documents of each state of `ENDED` today, as `validity` would find them one by one."""
    today = date.today().isoformat()
    not_yet = catalogue.answers.issued_after(today)
    early = set(not_yet)
    states: dict[str, list[str]] = {state: [] for state in ENDED}
    for id, state in catalogue.answers.ended(today):
        if id not in early:
            states[state].append(id)
    return {state: tuple(ids) for state, ids in states.items()} | {"not_yet": not_yet}
