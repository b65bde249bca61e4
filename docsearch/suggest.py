"""How a line that is being typed may go on: numbers, names of laws, offices and titles that the archive knows.

Marks typed are compared, none typed are not, as in a search; where nothing bears the marks, they are given up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from docsearch.catalogue import Catalogue
from docsearch.engines import Engine
from docsearch.model import And, Match, Node, Prefix, Query, Suggestion, Term
from docsearch.notation import fold_symbol
from docsearch.registry import name_key
from docsearch.vietnamese import clean, exact_key, fold, is_marked, words

LONGEST = 200  # characters of a typed line that are looked at
SHARE = 3  # offices, and names of laws, before titles get the room
_TITLES_READ = 30  # hits read for the distinct titles among them
_NUMBER = re.compile(r"0*(\d{1,6}[a-zđ]?)\s?(/[\w/&.\s-]*)?", re.IGNORECASE)


def suggest(catalogue: Catalogue, engine: Engine, typed: str, limit: int = 10) -> tuple[Suggestion, ...]:
    """Up to `limit` ways to go on, best first; none for an empty line.

    A line that begins with digits is a number first.  Other lines: names and offices that begin so, then titles that hold
    the words, the last one as the beginning of a word unless a space follows it.
    """
    line = clean(typed[:LONGEST]).lstrip()
    if not words(line):
        return ()
    kinds = (_numbers(catalogue, line), _names(catalogue, line), _issuers(catalogue, line), _titles(catalogue, engine, line))
    found = (suggestion for kind in kinds for suggestion in islice(kind, limit))
    distinct = {(fold(suggestion.text), suggestion.kind): suggestion for suggestion in found}
    return tuple(islice(distinct.values(), limit))


def _numbers(catalogue: Catalogue, line: str) -> Iterator[Suggestion]:
    """Numbers that begin as typed: after the ordinal alone those of just this ordinal, then those of more digits."""
    begun = _NUMBER.fullmatch(line)
    if begun is None:
        return
    ordinal, rest = begun[1].upper(), begun[2]
    starts = [ordinal + "/".join(map(fold_symbol, rest.split("/")))] if rest else [f"{ordinal}/", ordinal]
    for start in starts:
        for number, title in catalogue.answers.numbers_from(start, SHARE * SHARE):
            yield Suggestion(kind="number", text=number, detail=title)


def _names(catalogue: Catalogue, line: str) -> Iterator[Suggestion]:
    key = name_key(line)
    named = catalogue.answers.by_name(key, SHARE * 4) if key and not line[0].isdigit() else ()
    found = {directive.name: directive.number or "" for directive in named if directive.name}
    for name in islice(_as_marked(line, found), SHARE):
        yield Suggestion(kind="name", text=name, detail=found[name])


def _issuers(catalogue: Catalogue, line: str) -> Iterator[Suggestion]:
    """Offices whose name begins so, then those of which some word does: ``cau ke`` for "UBND huyện Cầu Kè"."""
    begun = fold(line).strip()
    known = [(fold(name), name) for name in catalogue.documents.issuers()]
    first = [name for folded, name in known if folded.startswith(begun)]
    later = [name for folded, name in known if f" {begun}" in folded] if len(first) < SHARE else []
    for name in islice(_as_marked(line, [*first, *later]), SHARE):
        yield Suggestion(kind="issuer", text=name)


def _titles(catalogue: Catalogue, engine: Engine, line: str) -> Iterator[Suggestion]:
    """Titles that begin as typed before those that hold the words elsewhere."""
    modes: tuple[Match, ...] = ("exact", "folded") if is_marked(line) else ("folded",)
    for match in modes:
        rows = engine.search(Query(typed=line, node=_begun(line, match), match=match), limit=_TITLES_READ).rows
        cards = [card for row in rows if (card := catalogue.documents.card(row.document)) and card.title]
        begun = fold(line).strip()
        for card in sorted(cards, key=lambda card: not fold(card.title or "").startswith(begun)):
            yield Suggestion(kind="title", text=card.title or "", detail=card.number or "")
        if cards:
            return


def _begun(line: str, match: Match) -> Node:
    """The words in the title, the last one perhaps not finished."""
    *whole, last = words(line)
    end: Node = Prefix(last, match, "title") if line[-1].isalnum() else Term(last, match, "title")
    return And((*(Term(word, match, "title") for word in whole), end))


def _as_marked(line: str, names: Iterable[str]) -> list[str]:
    """Those of `names` that hold the marks typed; all where none does."""
    every = list(names)
    typed = " ".join(map(exact_key, words(line))) if is_marked(line) else ""
    marked = [name for name in every if typed in " ".join(map(exact_key, words(name)))] if typed else []
    return marked or every
