"""A query asked again, more loosely, until something is found; what was given up is said.

All words as typed; with any tone where none was typed; without their marks; as keys of an input method that was off; then
any of the words.  A line of many words is read as a sentence: that all of
them stand somewhere in one long paper may be chance, so it counts only where that paper is also the best for any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from docsearch.engines import Engine
from docsearch.keystrokes import understood, with_any_tone
from docsearch.model import And, Fuzzy, Match, Matches, Node, Not, Number, Or, Phrase, Prefix, Query, Term
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
    """Whether some paper holds the line as it stands, or the one that answers `attempt` best does so for any of its words too.

    The first is asked first because it costs little: the other counts all papers with any of the words.
    """
    if best(_quoted(attempt)) is not None:
        return True
    looser, _ = _loosened(query.node, [*(code for code in given_up if code not in ("tones", "folded")), "any-word"])
    return best(attempt) == best(replace(query, node=looser))


def _quoted(query: Query) -> Query:
    """The same line where its words stand side by side, as typed."""
    parts = query.node.parts if isinstance(query.node, And) else ()
    spoken = [part for part in parts if isinstance(part, Term | Phrase) and part.field is None]
    match: Match = "exact" if all(part.match == "exact" for part in spoken) else "folded"
    line = Phrase(tuple(word for part in spoken for word in _words_of(part)), match)
    return replace(query, node=And((line, *(part for part in parts if part not in spoken))))


def best(engine: Engine, condition: Node | None) -> Best:
    """What `first_answer` asks for the best document under a condition."""

    def first(query: Query) -> str | None:
        rows = engine.search(query, condition, limit=1).rows
        return rows[0].document if rows else None

    return first


def said(asked: Query, given_up: Iterable[str]) -> Iterator[str]:
    """The codes of what was given up; with keystrokes the line that was understood."""
    for code in given_up:
        meant = " ".join(word for leaf in _plain(asked.node) for word in _words_of(leaf)) if asked.node else ""
        yield f"{code}:{meant}" if code == "keystrokes" else code


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
        node, given_up = _loosened(query.node, [code for code in codes if not (forced and code in _COMPARISONS)])
        if node not in tried:
            tried.append(node)
            yield replace(query, node=node, match=_match(query.match, given_up)), given_up


def _loosened(node: Node | None, codes: Iterable[str]) -> tuple[Node | None, tuple[str, ...]]:
    """`node` with these things given up, and the codes of those that it had."""
    given_up: list[str] = []
    for code in codes:
        looser = None if node is None else _LOOSER[code](node)
        if looser != node:
            node = looser
            given_up.append(code)
    return node, tuple(given_up)


def _match(match: Match, given_up: tuple[str, ...]) -> Match:
    return "folded" if "folded" in given_up else "exact" if "keystrokes" in given_up else match


def _each(node: Node, change: Callable[[Node], Node]) -> Node:
    """The same tree with each leaf changed."""
    match node:
        case And() | Or():
            return replace(node, parts=tuple(_each(part, change) for part in node.parts))
        case Not():
            return Not(_each(node.part, change))
        case _:
            return change(node)


def _folded(node: Node) -> Node:
    """The same without regard to marks."""

    def folded(leaf: Node) -> Node:
        if isinstance(leaf, Term | Phrase | Prefix | Fuzzy) and not (isinstance(leaf, Term) and leaf.kept):
            return replace(leaf, match="folded")
        return leaf

    return _each(node, folded)


def _any_tone(node: Node) -> Node:
    """The same where words typed without a tone may have any; half-typed words keep the marks that they have."""

    def toned(leaf: Node) -> Node:
        if not isinstance(leaf, Term) or leaf.match != "exact" or leaf.kept:
            return leaf
        words = with_any_tone(leaf.word)
        return Or(tuple(replace(leaf, word=word) for word in words)) if len(words) > 1 else leaf

    return _each(node, toned)


def _keyed(node: Node) -> Node:
    """The same with words typed for an input method as the words meant, compared with their marks."""
    typed = [word for leaf in _plain(node) for word in _words_of(leaf)]
    meant = understood(typed)
    if meant is None:
        return node
    known = dict(zip(typed, meant, strict=True))

    def decoded(leaf: Node) -> Node:
        match leaf:
            case Term(kept=False):
                return replace(leaf, word=known.get(leaf.word, leaf.word), match="exact")
            case Phrase():
                return replace(leaf, words=tuple(known.get(word, word) for word in leaf.words), match="exact")
            case _:
                return leaf

    return _each(node, decoded)


def _plain(node: Node) -> Iterator[Term | Phrase]:
    match node:
        case And() | Or():
            for part in node.parts:
                yield from _plain(part)
        case Term(kept=False) | Phrase():
            yield node


def _words_of(leaf: Term | Phrase) -> tuple[str, ...]:
    return leaf.words if isinstance(leaf, Phrase) else (leaf.word,)


def _spelled(node: Node) -> Node:
    """The same, with numbers as the words they are made of: a paper may mention one in a way that was not read."""
    return _each(node, lambda leaf: Phrase(tuple(words(leaf.typed))) if isinstance(leaf, Number) and leaf.field is None else leaf)


def _any_word(node: Node) -> Node:
    """The same where one of the words is enough; conditions and "not" stay."""
    if not isinstance(node, And):
        return node
    loose = tuple(part for part in node.parts if isinstance(part, Term | Phrase | Prefix | Fuzzy) and part.field is None)
    if len(loose) < 2:
        return node
    return And((Or(loose, near=True), *(part for part in node.parts if part not in loose)))


_LOOSER: dict[str, Callable[[Node], Node]] = {
    "tones": _any_tone,
    "folded": _folded,
    "number-as-words": _spelled,
    "keystrokes": _keyed,
    "any-word": _any_word,
}
_COMPARISONS = ("tones", "folded", "keystrokes")

# All words without their marks before any word with them: a title half remembered and typed with wrong marks is found so.
# Keystrokes are only understood when all else fails, for what they write could have been meant as it stands.
_ORDER = (
    ("tones",),
    ("folded",),
    ("folded", "number-as-words"),
    ("keystrokes",),
    ("keystrokes", "folded"),
    ("number-as-words", "any-word"),
    ("folded", "number-as-words", "any-word"),
    ("keystrokes", "number-as-words", "any-word"),
)
