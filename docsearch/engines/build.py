"""A `Query` in the words of an engine: built once for all of them, over the few calls in which they differ.

An engine offers a `Dialect`; what a node means is said here and nowhere else, so the engines cannot differ in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import comb
from typing import Generic, Protocol, TypeVar

from docsearch.engines import form
from docsearch.model import And, Fuzzy, Match, Node, Not, Number, OneOf, Or, Phrase, Prefix, Range, Term
from docsearch.vietnamese import exact_key, folded_key, is_marked, starts, words

Q = TypeVar("Q")
FARTHEST = 2  # edits; the automata of the engines go no farther
WIDEST = 300  # ways to spread the words of one phrase; a wider slop is narrowed to it


class Dialect(Protocol[Q]):
    """The queries that an engine can make.  `field` is the name of a field as it is indexed."""

    def everything(self) -> Q:
        """All documents."""

    def term(self, field: str, word: str) -> Q:
        """One word; it scores."""

    def phrase(self, field: str, keys: Sequence[str], slop: int) -> Q:
        """Two words or more, in order, with up to `slop` others between them in all; it scores."""

    def prefix(self, field: str, start: str) -> Q:
        """Words that begin so."""

    def fuzzy(self, field: str, word: str, distance: int) -> Q:
        """Words that `distance` letters added, dropped or changed make the same."""

    def one_of(self, field: str, values: Sequence[str]) -> Q:
        """Any of these keywords; it does not score."""

    def between(self, field: str, low: int | None, high: int | None) -> Q:
        """A whole number between bounds, both included; it does not score."""

    def scored(self, query: Q, score: float) -> Q:
        """The same documents, each with this score."""

    def weighted(self, query: Q, weight: float) -> Q:
        """The same documents, their scores times `weight`."""

    def combined(self, must: Sequence[Q], should: Sequence[Q], never: Sequence[Q]) -> Q:
        """All of `must` and none of `never`; `should` adds to scores, and where `must` is empty one of it must match."""

    def frequency(self, field: str, word: str) -> int:
        """In how many documents a field holds a word."""


@dataclass(slots=True)
class _Parts(Generic[Q]):
    """What a conjunction is made of, gathered flat: engines are fastest so.  `ranked`: scores matter, so `should` does."""

    ranked: bool
    must: list[Q] = field(default_factory=list)
    should: list[Q] = field(default_factory=list)
    never: list[Q] = field(default_factory=list)


def build(node: Node | None, dialect: Dialect[Q], *, ranked: bool = True) -> Q:
    """The query of `dialect` that finds what `node` says; ``None`` finds all.  Unless `ranked`, its scores say nothing."""
    parts: _Parts[Q] = _Parts(ranked)
    if node is not None:
        _gather(node, dialect, parts)
    if not parts.should and not parts.never and len(parts.must) == 1:
        return parts.must[0]
    if not parts.must:
        parts.must.append(dialect.everything())
    return dialect.combined(parts.must, parts.should, parts.never)


def narrowed(query: Q, filters: Node | None, dialect: Dialect[Q]) -> Q:
    """`query` where `filters` hold too; they do not score."""
    return query if filters is None else dialect.combined([query, _unscored(filters, dialect)], [], [])


def _unscored(filters: Node, dialect: Dialect[Q]) -> Q:
    return dialect.scored(build(filters, dialect, ranked=False), 0.0)


def _gather(node: Node, dialect: Dialect[Q], parts: _Parts[Q]) -> None:
    """Add to `parts` what `node` asks for; a node that asks for nothing (a word without letters) adds nothing."""
    match node:
        case And():
            for part in node.parts:
                _gather(part, dialect, parts)
            if parts.ranked:
                parts.should += [near for run in _runs(node.parts) for near in _together(run, dialect)]
        case Not():
            parts.never.append(build(node.part, dialect, ranked=False))
        case Or(near=True):
            _gather_any(node, dialect, parts)
        case Or():
            each = [build(part, dialect, ranked=parts.ranked) for part in node.parts]
            parts.must.append(dialect.combined([], each, []))
        case Number():
            parts.must.append(_number(node, dialect))
        case OneOf():
            parts.must.append(_one_of(node, dialect))
        case Range():
            parts.must.append(_range(node, dialect))
        case _:
            _gather_words(node, dialect, parts)


def _gather_words(node: Term | Phrase | Prefix | Fuzzy, dialect: Dialect[Q], parts: _Parts[Q]) -> None:
    """Words must stand in the field asked, or anywhere; anywhere, they count more where they stand in the title.

    Typed with marks and compared without, they count more where the marks stand too.
    """
    keys = _keys(node)
    if not keys:
        return
    parts.must.append(_words(node, keys, form.stream(node.field or "body", node.match), dialect))
    if not parts.ranked:
        return
    for name, weight in (form.WEIGHTS if node.field is None else {}).items():
        parts.should.append(dialect.weighted(_words(node, keys, form.stream(name, node.match), dialect), weight))
    if node.match == "folded" and isinstance(node, Term | Phrase) and _has_marks(node):
        exact = replace(node, match="exact")
        parts.should.append(_words(exact, _keys(exact), form.stream(node.field or "body", "exact"), dialect))


def _has_marks(node: Term | Phrase) -> bool:
    return any(map(is_marked, node.words if isinstance(node, Phrase) else (node.word,)))


def _keys(node: Term | Phrase | Prefix | Fuzzy) -> list[str]:
    """The keys of the words of a node: what was typed as one word may be several (``60/QĐ``)."""
    typed = node.words if isinstance(node, Phrase) else (node.word,)
    key = KEY[node.match]
    return [key(word) for text in typed for word in words(text)]


KEY = {"exact": exact_key, "folded": folded_key}


def _words(node: Term | Phrase | Prefix | Fuzzy, keys: list[str], where: str, dialect: Dialect[Q]) -> Q:
    match node:
        case Prefix():
            begun = [dialect.prefix(where, start) for start in starts(words(node.word)[-1], node.match)]
            return _ending_in(keys, where, begun[0] if len(begun) == 1 else dialect.combined([], begun, []), dialect)
        case Fuzzy():
            distance = max(0, min(node.distance, FARTHEST))
            return _ending_in(keys, where, dialect.fuzzy(where, keys[-1], distance), dialect)
        case _ if len(keys) == 1:
            return dialect.term(where, keys[0])
        case _:
            return dialect.phrase(where, keys, bounded_slop(len(keys), node.slop if isinstance(node, Phrase) else 0))


# --- words that stand together ----------------------------------------------------------------------------------------

Plain = Term | Phrase


def _gather_any(node: Or, dialect: Dialect[Q], parts: _Parts[Q]) -> None:
    """One of the words is enough; the more of them stand together, the better."""
    inner: _Parts[Q] = _Parts(parts.ranked)
    for part in node.parts:
        _gather(part, dialect, inner)
    parts.must.append(dialect.combined([], inner.must, inner.never))
    parts.should += inner.should
    for run in _runs(node.parts) if parts.ranked else ():
        parts.should += [*_windows(run, dialect), *_together([replace(part, match="folded") for part in run], dialect)]


def _runs(parts: Iterable[Node]) -> Iterator[list[Plain]]:
    """Plain words that were typed side by side, two nodes or more."""
    for plain, run in groupby(parts, key=lambda part: isinstance(part, Term) or (isinstance(part, Phrase) and not part.slop)):
        found = [part for part in run if isinstance(part, Term | Phrase) and part.field is None]
        if plain and len(found) > 1:
            yield found


def _together(run: Sequence[Plain], dialect: Dialect[Q]) -> Iterator[Q]:
    """All words of `run` side by side, in the text and in the title."""
    keys, match = _run_keys(run)
    for name in ("body", "title") if len(keys) <= form.LONGEST_RUN else ():
        yield from _rare_phrase(form.stream(name, match), keys, form.TOGETHER, dialect)


def _windows(run: Sequence[Plain], dialect: Dialect[Q]) -> Iterator[Q]:
    """Each few neighbours of `run` side by side in the text."""
    keys, match = _run_keys(run)
    for window in dict.fromkeys(tuple(keys[at : at + form.WINDOW]) for at in range(len(keys) - form.WINDOW + 1)):
        yield from _rare_phrase(form.stream("body", match), window, form.IN_WINDOW, dialect)


def _run_keys(run: Sequence[Plain]) -> tuple[list[str], Match]:
    match: Match = "exact" if all(part.match == "exact" for part in run) else "folded"
    return [key for part in run for key in _keys(replace(part, match=match))], match


def _rare_phrase(where: str, keys: Sequence[str], weight: float, dialect: Dialect[Q]) -> Iterator[Q]:
    """The phrase, unless all of its words are so frequent that to look at their places would take longer than the rest."""
    if len(keys) > 1 and min(dialect.frequency(where, key) for key in keys) <= form.REACH:
        yield dialect.weighted(dialect.phrase(where, keys, 0), weight)


def _ending_in(keys: list[str], where: str, last: Q, dialect: Dialect[Q]) -> Q:
    """What was typed as one word may be several (``60/q*``): all of them, the last as asked."""
    return dialect.combined([*(dialect.term(where, key) for key in keys[:-1]), last], [], []) if keys[1:] else last


def bounded_slop(length: int, slop: int) -> int:
    """`slop`, or the largest below it for which a phrase of `length` words can be spread in at most `WIDEST` ways."""
    slop = max(0, min(slop, WIDEST))
    while comb(slop + length - 1, length - 1) > WIDEST:
        slop -= 1
    return slop


def spreads(length: int, slop: int) -> list[tuple[int, ...]]:
    """The places that `length` words in order can take with up to `slop` other words between them.

    >>> spreads(2, 1)
    [(0, 1), (0, 2)]
    """
    ways: list[tuple[int, ...]] = [(0,)]
    for step in range(1, length):
        ways = [(*way, place) for way in ways for place in range(way[-1] + 1, step + slop + 1)]
    return ways


def _number(node: Number, dialect: Dialect[Q]) -> Q:
    """The paper that bears a number, and those that cite it; any other field is a relation to it (``based_on``)."""
    own = dialect.scored(dialect.one_of("number", (node.key,)), form.OWN_NUMBER)
    key = node.key if node.field in (None, "cites") else f"{node.field}:{node.key}"
    cited = dialect.scored(dialect.one_of("cites", (key,)), form.CITED_NUMBER)
    if node.field is None:
        return dialect.combined([], [own, cited], [])
    return own if node.field == "number" else cited


def _one_of(node: OneOf, dialect: Dialect[Q]) -> Q:
    if node.field == "year":
        years = [
            dialect.between("year", int(value), int(value)) for value in node.values if value.isdecimal() and len(value) == 4
        ]
        return dialect.scored(dialect.combined([], years, []), 0.0)
    plain = node.field in ("document", "number", "ordinal", "symbol", "cites")
    return dialect.one_of(node.field, node.values if plain else [form.keyword(value) for value in node.values])


def _range(node: Range, dialect: Dialect[Q]) -> Q:
    """A date known only by its month or year is within a range where any of its days is."""
    bounds = [("last", node.low, True), ("first", node.high, False)] if node.field == "issued" else []
    if node.field == "year":
        bounds = [("year", node.low, True), ("year", node.high, False)]
    sides = [_bound(field, value, low, dialect) for field, value, low in bounds if value is not None]
    return dialect.scored(dialect.combined(sides or [dialect.everything()], [], []), 0.0)


def _bound(field: str, value: str, low: bool, dialect: Dialect[Q]) -> Q:
    whole = int(value) if field == "year" else form.first_day(value) if low else form.last_day(value)
    return dialect.between(field, whole if low else None, None if low else whole)
