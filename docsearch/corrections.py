"""Did you mean: lines near to what was typed, of words and numbers that the archive knows.

A word that no document holds is held against the words one slip away; of those that some document holds, the one that
stands most often beside its neighbours is chosen ("hanh chinnh": "chinh" stands beside "hanh").  The marks are then those
of the documents themselves.  A number is held against the known ones with the same ordinal, then against ordinals one digit
away: an offer to the reader, never a silent repair.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from string import ascii_lowercase, digits

from docsearch.catalogue import Catalogue
from docsearch.engines import Engine
from docsearch.model import And, Directive, Node, Not, Number, OneOf, Or, Phrase, Query, Range, Term
from docsearch.notation import number_key
from docsearch.snippet import within
from docsearch.vietnamese import clean, either_spelling, exact_key, fold, folded_key, is_marked, words

MOST = 3  # offers
RARE = 2  # documents: a word of so few may be a slip that somebody else made too
PLAINER = 50  # times as frequent must a near word be to be offered for a rare one
_COMPARED = 8  # near words held against their neighbours, the most frequent first
_READ = 12  # documents read for the marks of a phrase
_LONGEST_RUN = 12  # words looked at
_KNOWN = 200  # directives of one number looked at


def corrections(catalogue: Catalogue, engine: Engine, query: Query) -> tuple[str, ...]:
    """Lines that may have been meant, best first; none where each word and number is known."""
    line = clean(query.typed)
    offers = (*_renumbered(catalogue, query.node, line), *_reworded(catalogue, engine, query.node, line))
    return tuple(dict.fromkeys(offer for offer in offers if offer != line))[:MOST]


# --- numbers ----------------------------------------------------------------------------------------------------------


def _renumbered(catalogue: Catalogue, node: Node | None, line: str) -> Iterator[str]:
    for leaf in _leaves(node):
        if isinstance(leaf, Number) and leaf.key and not _is_known(catalogue, leaf.key):
            for number in near_numbers(catalogue, leaf.key):
                yield line.replace(leaf.typed, number, 1)


def near_numbers(catalogue: Catalogue, typed: str) -> tuple[str, ...]:
    """The known numbers nearest to one that nobody bears or cites; none where `typed` is no number."""
    key = number_key(typed)
    return tuple(islice(_near_numbers(catalogue, key), MOST)) if key else ()


def _is_known(catalogue: Catalogue, key: str) -> bool:
    return bool(catalogue.answers.by_number(key, 1) or catalogue.documents.cards_by_number(key))


def _near_numbers(catalogue: Catalogue, key: str) -> Iterator[str]:
    """The nearest known numbers: the same ordinal with a symbol or year two slips away at most, else one digit other."""
    ordinal, _, rest = key.partition("/")
    same = list(_by_distance(rest, catalogue.answers.by_ordinal(ordinal)))
    yield from dict.fromkeys(same)
    if not same:
        others = (other for other in _slips(ordinal, digits) if other and other != ordinal)
        found = (directive for other in others for directive in catalogue.answers.by_number(f"{other}/{rest}", 1))
        yield from dict.fromkeys(directive.number for directive in found if directive.number)


def _by_distance(rest: str, directives: Iterable[Directive]) -> Iterator[str]:
    """The numbers whose part after the ordinal is near to `rest`, the nearest first."""
    known = [(number_key(d.number or "") or "", d.number or "") for d in directives]
    for distance in (1, 2):
        yield from (number for key, number in known if within(rest, key.partition("/")[2], distance))


# --- words ------------------------------------------------------------------------------------------------------------


def _reworded(catalogue: Catalogue, engine: Engine, node: Node | None, line: str) -> Iterator[str]:
    typed = [word for leaf in _leaves(node) if isinstance(leaf, Term | Phrase) for word in _words_of(leaf)][:_LONGEST_RUN]
    speller = _Speller(engine, tuple(map(folded_key, typed)))
    meant = speller.meant
    if meant == speller.keys:
        return
    spelled = _spelled(catalogue, engine, " ".join(meant).split())
    if spelled is None and is_marked(line):
        spelled = _kept(typed, speller.keys, meant)
    yield _rewritten(line, typed, (spelled or " ".join(meant)).split(), meant)


def _words_of(leaf: Term | Phrase) -> tuple[str, ...]:
    return (leaf.word,) if isinstance(leaf, Term) else leaf.words


def _kept(typed: Sequence[str], keys: Sequence[str], meant: Sequence[str]) -> str:
    """The words as typed where nothing was wrong with them."""
    return " ".join(word if key == new else new for word, key, new in zip(typed, keys, meant, strict=True))


def _rewritten(line: str, typed: Sequence[str], spelled: list[str], meant: Sequence[str]) -> str:
    """`line` with each word typed changed for the one meant; what stands between them stays."""
    at = 0
    for word, new in zip(typed, meant, strict=True):
        count = len(new.split())
        instead, spelled = " ".join(spelled[:count]), spelled[count:]
        found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(line, at)
        if found:
            line = line[: found.start()] + instead + line[found.end() :]
            at = found.start() + len(instead)
    return line


@dataclass(frozen=True)
class _Speller:
    """The words of one line, folded, and what they may have been meant to be."""

    engine: Engine
    keys: tuple[str, ...]

    @cached_property
    def meant(self) -> tuple[str, ...]:
        """The words, each that is doubtful changed for the likeliest near one (which may be two: ``hanhchinh``)."""
        found = list(self.keys)
        for place, key in enumerate(found):
            often = self._often(key)
            if often <= RARE and key.isalpha():
                found[place] = self._likeliest(found, place, often)
        return tuple(found)

    def _often(self, word: str) -> int:
        return self.engine.frequency("body", word, "folded")

    def _likeliest(self, line: Sequence[str], place: int, often: int) -> str:
        known = {word: count for word in _slips(line[place], ascii_lowercase) if (count := self._often(word))}
        known |= self._halves(line[place])
        near = sorted((word for word in known if known[word] >= PLAINER * often and known[word] > often), key=lambda w: -known[w])
        if not near:
            return line[place]
        beside = {word: self._beside(line, place, word) for word in near[:_COMPARED]}
        return max(beside, key=lambda word: (beside[word], known[word]))

    def _halves(self, word: str) -> dict[str, int]:
        """Two words written as one, with the number of documents where they stand together."""
        cuts = (f"{word[:at]} {word[at:]}" for at in range(1, len(word)))
        known = (cut for cut in cuts if all(map(self._often, cut.split())))
        return {cut: count for cut in known if (count := self._together(cut.split()))}

    def _beside(self, line: Sequence[str], place: int, word: str) -> int:
        """In how many documents `word` stands beside the neighbours that it has in the line."""
        pairs = [(line[place - 1], word)] if place else []
        pairs += [(word, line[place + 1])] if place + 1 < len(line) else []
        return sum(self._together(" ".join(pair).split()) for pair in pairs)

    def _together(self, words: Sequence[str]) -> int:
        node = Phrase(tuple(words), "folded")
        return self.engine.search(Query(typed="", node=node, match="folded"), limit=0).total


def _slips(word: str, letters: str) -> Iterator[str]:
    """All words one slip away: a letter dropped, doubled, changed, added, or two changed about."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1:] for left, right in cuts if right)
    yield from (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    yield from (left + letter + right[1:] for left, right in cuts if right for letter in letters)
    yield from (left + letter + right for left, right in cuts for letter in letters)


# --- marks ------------------------------------------------------------------------------------------------------------


def _spelled(catalogue: Catalogue, engine: Engine, keys: Sequence[str]) -> str | None:
    """Folded words as documents that hold them one after the other write them most often.

    First the marks that they bear most often, then the writing of those: where *tỷ mỷ* and *tỉ mỉ* are one word, the
    archive's own habit is shown.
    """
    node: Node = Phrase(tuple(keys), "folded") if len(keys) > 1 else Term(keys[0], "folded")
    rows = engine.search(Query(typed="", node=node, match="folded"), limit=_READ).rows
    pattern = re.compile(r"\b" + r"[\W_]+".join(either_spelling(re.escape(key)) for key in keys) + r"\b")
    spellings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row in rows:
        text, _ = catalogue.documents.text(row.document)
        for found in islice(pattern.finditer(fold(text)), 100):
            said = words(text[found.start() : found.end()].lower())
            spellings[tuple(map(exact_key, said))][" ".join(said)] += 1
    writings = max(spellings.values(), key=Counter.total, default=Counter[str]())
    return writings.most_common(1)[0][0] if writings else None


def _leaves(node: Node | None) -> Iterator[Node]:
    """What is asked for; not what is asked to be absent."""
    match node:
        case And() | Or():
            for part in node.parts:
                yield from _leaves(part)
        case None | Not():
            return
        case _:
            yield node


# --- known, but not held ----------------------------------------------------------------------------------------------


def cited_only(catalogue: Catalogue, node: Node | None) -> tuple[str, ...]:
    """The ids of directives that bear a number asked for and are cited, but not held: why a search for them finds nothing.

    Years and places that stand beside the number must be theirs.
    """
    leaves = tuple(_leaves(node))
    known = [directive for leaf in leaves for directive in _bearing(catalogue, leaf)]
    conditions = [leaf for leaf in leaves if isinstance(leaf, Range) or getattr(leaf, "field", None) == "place"]
    fitting = (d.id for d in known if not d.documents and all(_fits(d, condition) for condition in conditions))
    return tuple(dict.fromkeys(islice(fitting, MOST)))


def _bearing(catalogue: Catalogue, leaf: Node) -> tuple[Directive, ...]:
    match leaf:
        case Number(field=None) | Number(field="number"):
            return catalogue.answers.by_number(leaf.key, _KNOWN)
        case OneOf(field="ordinal", values=(ordinal,)):
            return catalogue.answers.by_ordinal(ordinal)[:_KNOWN]
        case _:
            return ()


def _fits(directive: Directive, condition: Node) -> bool:
    match condition:
        case Range():
            issued = directive.issued or ""
            low, high = condition.low or "", condition.high or "9"
            return bool(issued) and low <= issued[: len(low) or 1] and issued[: len(high)] <= high
        case Term() | Phrase():
            place = directive.office.place if directive.office else None
            return "-".join(map(folded_key, _words_of(condition))) in (place or "")
        case _:
            return True
