"""The parts of one paper that answer a query best: its articles, or the sections of a paper that has none.

Each part is scored as a paper among papers would be (BM25 over its words and its pairs of neighbours), within the one text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from docsearch.model import And, Match, Node, Or, Phrase, Prefix, Query, Term, Unit, UnitHit
from docsearch.vietnamese import exact_key, folded_key, starts, streams, words

WITHIN = ("clause", "point")
"""Kinds too small to stand for themselves: they are read in their article."""
_SATURATION, _LENGTH, _PAIR = 1.2, 0.75, 0.6  # the first two as in BM25 everywhere; a pair counts as in the ranking of papers


def best_units(text: str, units: Sequence[Unit], query: Query, *, most: int = 3) -> tuple[UnitHit, ...]:
    """Up to `most` parts of `text` that hold words of the query, best first; none where the query has no words."""
    wanted = _wanted(query.node)
    parts = [unit for unit, inner in zip(units, _have_parts(units), strict=True) if unit.kind not in WITHIN and not inner]
    if not wanted or not parts:
        return ()
    counts = [_counted(unit.span.cut(text), wanted) for unit in parts]
    scores = _scores(counts, wanted)
    best = sorted((at for at in range(len(parts)) if scores[at] > 0), key=lambda at: (-scores[at], at))[:most]
    return tuple(UnitHit(unit=parts[at], score=scores[at]) for at in best)


def _have_parts(units: Sequence[Unit]) -> list[bool]:
    """For each unit whether another that could stand for itself is within it."""
    found = [False] * len(units)
    for unit in units:
        if unit.parent is not None and unit.kind not in WITHIN:
            found[unit.parent] = True
    return found


# --- what is wanted ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Want:
    """A word, the beginning of one, or two neighbours, by their keys."""

    keys: tuple[str, ...]
    match: Match
    begun: bool = False


def _wanted(node: Node | None) -> list[_Want]:
    leaves = list(_leaves(node))
    single = [_Want((_KEY[leaf.match](word),), leaf.match) for leaf in leaves for word in _plain(leaf)]
    pairs = [_Want((*one.keys, *other.keys), one.match) for one, other in pairwise(single) if one.match == other.match]
    begun = [_Want(starts(leaf.word, leaf.match), leaf.match, True) for leaf in leaves if isinstance(leaf, Prefix)]
    return list(dict.fromkeys([*single, *pairs, *begun]))


def _leaves(node: Node | None) -> Iterator[Term | Phrase | Prefix]:
    match node:
        case And() | Or():
            for part in node.parts:
                yield from _leaves(part)
        case Term() | Phrase() | Prefix() if node.field in (None, "headings"):
            yield node


def _plain(leaf: Term | Phrase | Prefix) -> list[str]:
    if isinstance(leaf, Prefix):
        return []
    return [part for word in (leaf.words if isinstance(leaf, Phrase) else (leaf.word,)) for part in words(word)]


_KEY = {"exact": exact_key, "folded": folded_key}


# --- how good a part is -----------------------------------------------------------------------------------------------


def _counted(text: str, wanted: Sequence[_Want]) -> tuple[list[int], int]:
    """How often each thing wanted stands in `text`, and how many words it has."""
    keys = dict(zip(("exact", "folded"), (stream.split() for stream in streams(text)), strict=True))
    singles = {match: Counter(found) for match, found in keys.items()}
    pairs = {match: Counter(pairwise(found)) for match, found in keys.items()}

    def times(want: _Want) -> int:
        if want.begun:
            return sum(count for key, count in singles[want.match].items() if key.startswith(want.keys))
        return singles[want.match][want.keys[0]] if len(want.keys) == 1 else pairs[want.match][want.keys[0], want.keys[1]]

    return [times(want) for want in wanted], len(keys["exact"])


def _scores(counts: Sequence[tuple[list[int], int]], wanted: Sequence[_Want]) -> list[float]:
    usual = sum(length for _, length in counts) / len(counts) or 1.0
    holding = [sum(1 for times, _ in counts if times[at]) for at in range(len(wanted))]
    worth = [
        log(1 + (len(counts) - held + 0.5) / (held + 0.5)) * (_PAIR if len(want.keys) > 1 and not want.begun else 1.0)
        for want, held in zip(wanted, holding, strict=True)
    ]

    def score(times: list[int], length: int) -> float:
        slow = _SATURATION * (1 - _LENGTH + _LENGTH * length / usual)
        return sum(value * count / (count + slow) for value, count in zip(worth, times, strict=True))

    return [score(*found) for found in counts]
