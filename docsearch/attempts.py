"""A query asked again, more loosely, until something is found; what was given up is said.

All words as typed; without their marks; then any of the words.  A line of many words is read as a sentence: that all of
them stand somewhere in one long paper may be chance, so it counts only where that paper is also the best for any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from docsearch.engines import Engine
from docsearch.model import And, Fuzzy, Matches, Node, Not, Number, Or, Phrase, Prefix, Query, Term
from docsearch.vietnamese import words

SENTENCE = 7  # words; of 600 titles half remembered and 280 questions both are answered best so (6 to 8 differ little)

Ask = Callable[[Query], Matches]
Best = Callable[[Query], str | None]
"""The document that answers a query best; ``None`` where none does."""


def first_answer(query: Query, ask: Ask, best: Best, *, forced: bool = False) -> tuple[Query, tuple[str, ...], Matches]:
    """The first of `attempts` whose answer holds, what was given up for it, and the answer; the query itself where none does."""
    nothing: Matches | None = None
    for attempt, given_up in attempts(query, forced=forced):
        matches = ask(attempt)
        nothing = nothing or matches
        if matches.total and ("any-word" in given_up or not is_sentence(query) or _is_likely(query, attempt, given_up, best)):
            return attempt, given_up, matches
    return query, (), nothing or Matches(rows=(), total=0)


def _is_likely(query: Query, attempt: Query, given_up: tuple[str, ...], best: Best) -> bool:
    """Whether the paper that answers `attempt` best does so for any of its words too, as they were typed."""
    looser, _ = _loosened(query.node, [*(code for code in given_up if code != "folded"), "any-word"])
    return best(attempt) == best(replace(query, node=looser))


def best(engine: Engine, condition: Node | None) -> Best:
    """What `first_answer` asks for the best document under a condition."""

    def first(query: Query) -> str | None:
        rows = engine.search(query, condition, limit=1).rows
        return rows[0].document if rows else None

    return first


def is_sentence(query: Query) -> bool:
    """Whether so many words were typed that they may be a sentence."""
    parts = query.node.parts if isinstance(query.node, And) else ()
    return sum(_length(part) for part in parts) >= SENTENCE and _any_word(And(parts)) != And(parts)


def _length(part: Node) -> int:
    return len(part.words) if isinstance(part, Phrase) else int(isinstance(part, Term))


def attempts(query: Query, *, forced: bool = False) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """`query`, then looser ones, each with the codes of what was given up; `forced`: the comparison stays."""
    yield query, ()
    tried = [query.node]
    for codes in _ORDER:
        node, given_up = _loosened(query.node, [code for code in codes if not (forced and code == "folded")])
        if node not in tried:
            tried.append(node)
            yield replace(query, node=node, match="folded" if "folded" in given_up else query.match), given_up


def _loosened(node: Node | None, codes: Iterable[str]) -> tuple[Node | None, tuple[str, ...]]:
    """`node` with these things given up, and the codes of those that it had."""
    given_up: list[str] = []
    for code in codes:
        looser = None if node is None else _LOOSER[code](node)
        if looser != node:
            node = looser
            given_up.append(code)
    return node, tuple(given_up)


def _folded(node: Node) -> Node:
    """The same without regard to marks."""
    match node:
        case And() | Or():
            return replace(node, parts=tuple(map(_folded, node.parts)))
        case Not():
            return Not(_folded(node.part))
        case Term() | Phrase() | Prefix() | Fuzzy():
            return replace(node, match="folded")
        case _:
            return node


def _spelled(node: Node) -> Node:
    """The same, with numbers as the words they are made of: a paper may mention one in a way that was not read."""
    match node:
        case And() | Or():
            return replace(node, parts=tuple(map(_spelled, node.parts)))
        case Number(field=None):
            return Phrase(tuple(words(node.typed)), "folded")
        case _:
            return node


def _any_word(node: Node) -> Node:
    """The same where one of the words is enough; conditions and "not" stay."""
    if not isinstance(node, And):
        return node
    loose = tuple(part for part in node.parts if isinstance(part, Term | Phrase | Prefix | Fuzzy) and part.field is None)
    if len(loose) < 2:
        return node
    return And((Or(loose, near=True), *(part for part in node.parts if part not in loose)))


_LOOSER: dict[str, Callable[[Node], Node]] = {"folded": _folded, "number-as-words": _spelled, "any-word": _any_word}

# All words without their marks before any word with them: a title half remembered and typed with wrong marks is found so.
_ORDER = (
    ("folded",),
    ("folded", "number-as-words"),
    ("number-as-words", "any-word"),
    ("folded", "number-as-words", "any-word"),
)
