"""Why a document was found: which of the words asked stand in which of its fields, and whether with the marks typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from docsearch.model import And, Fuzzy, Match, Node, Not, Number, Or, Phrase, Prefix, Reason, Term
from docsearch.vietnamese import exact_key, folded_key, starts, streams, words

ANYWHERE = ("title", "headings", "body")
"""The fields in which a word without a field is looked for."""

Keys = Mapping[Match, list[str]]


def reasons(node: Node | None, texts: Mapping[str, str], numbers: Mapping[str, frozenset[str]]) -> tuple[Reason, ...]:
    """What of `node` this document answers, in the order asked, one reason a field; what it does not answer has none.

    `texts` are its fields of words, `numbers` the keys of the numbers that it bears ("number") and cites ("cites").
    Conditions (dates, types) hold for every document found and are not named.  A fuzzy word is named without a count.
    """
    streamed = {field: _keys(text) for field, text in texts.items() if text}
    return tuple(reason for leaf in _leaves(node) for reason in _of_leaf(leaf, streamed, numbers))


def _keys(text: str) -> Keys:
    exact, folded = streams(text)
    return {"exact": exact.split(" "), "folded": folded.split(" ")}


def _leaves(node: Node | None) -> Iterator[Node]:
    match node:
        case And() | Or():
            for part in node.parts:
                yield from _leaves(part)
        case None | Not():
            return
        case _:
            yield node


def _of_leaf(leaf: Node, streamed: Mapping[str, Keys], numbers: Mapping[str, frozenset[str]]) -> Iterator[Reason]:
    match leaf:
        case Number():
            yield from _of_number(leaf, numbers)
        case Term() | Phrase() | Prefix():
            for field in (leaf.field,) if leaf.field else ANYWHERE:
                if field in streamed:
                    yield from _of_words(leaf, field, streamed[field])
        case Fuzzy():
            yield Reason(leaf.word, leaf.field or "body", leaf.match, 1)


def _of_number(leaf: Number, numbers: Mapping[str, frozenset[str]]) -> Iterator[Reason]:
    """Its own number, or one that it cites; any other field is a relation to what is cited (``based_on``)."""
    fields = {None: ("number", "cites"), "number": ("number",)}.get(leaf.field, ("cites",))
    wanted = leaf.key if leaf.field in (None, "number", "cites") else f"{leaf.field}:{leaf.key}"
    yield from (Reason(leaf.typed, field, None, 1) for field in fields if wanted in numbers[field])


def _of_words(leaf: Term | Phrase | Prefix, field: str, keys: Keys) -> Iterator[Reason]:
    """With the marks as typed where they stand so anywhere, else without them, unless these were asked."""
    typed = [part for word in (leaf.words if isinstance(leaf, Phrase) else (leaf.word,)) for part in words(word)]
    modes: tuple[Match, ...] = ("exact",) if leaf.match == "exact" else ("exact", "folded")
    for mode in modes:
        times = _times(list(map(_KEY[mode], typed)), keys[mode], leaf, mode)
        if times:
            shown = " ".join(typed) + ("*" if isinstance(leaf, Prefix) else "")
            yield Reason(shown, field, mode, times)
            return


_KEY: dict[Match, Callable[[str], str]] = {"exact": exact_key, "folded": folded_key}


def _times(wanted: Sequence[str], keys: list[str], leaf: Term | Phrase | Prefix, mode: Match) -> int:
    """How often the words stand there, in order, with no more others between them than the leaf allows."""
    if not wanted:
        return 0
    if isinstance(leaf, Prefix):
        begun = starts(words(leaf.word)[-1], mode)
        return sum(key.startswith(begun) for key in keys)
    if len(wanted) == 1:
        return keys.count(wanted[0])
    room = len(wanted) + (leaf.slop if isinstance(leaf, Phrase) else 0)
    places = (place for place, key in enumerate(keys) if key == wanted[0])
    return sum(_in_order(wanted, keys[place : place + room]) for place in places)


def _in_order(wanted: Sequence[str], found: Sequence[str]) -> bool:
    remaining = iter(found)
    return all(any(key == word for key in remaining) for word in wanted)
