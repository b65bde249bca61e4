"""The cue words of ``tables/relations.toml``, ready to be looked up from the last word backwards.

Words are compared in small letters without punctuation: "Sửa đổi, bổ sung" is (sửa, đổi, bổ, sung).
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from docsearch.misread import Phrases
from docsearch.registry import relations
from docsearch.vietnamese import fold

PUNCTUATION: Final = ".,;:()[]\"“”'‘’«»…-–—_|+•/"


class Cue(NamedTuple):
    """Words that speak for a relation.  `how`: active, opening, adjacent, fixed, passive, deeds, after: the columns of the table.

    `deed` is the row that they stand in, `code` the relation that a citation of it has: a suspension is told as a reference.
    """

    words: tuple[str, ...]
    code: str
    how: str
    deed: str


def cue_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as they are compared."""
    return tuple(word for word in (raw.strip(PUNCTUATION) for raw in phrase.lower().split()) if word)


Index = dict[str, tuple[Cue, ...]]


@cache
def cues_by_last_word() -> Index:
    """All cues that stand before a mention, by their last word, the longest first."""
    index: dict[str, list[Cue]] = {}
    for relation in relations().values():
        for how in ("active", "opening", "adjacent", "fixed", "passive", "neutral", "deeds"):
            for phrase in getattr(relation, how):
                words = cue_words(phrase)
                index.setdefault(words[-1], []).append(Cue(words, relation.told_as, how, relation.code))
    return {word: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for word, cues in index.items()}


Marks = dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


@cache
def marks_by_last_word() -> Marks:
    """The cues of several words, which stay unmistakable without marks: by their last word without marks, each as both."""
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for cue in (cue for listed in cues_by_last_word().values() for cue in listed if len(cue.words) > 1):
        bare = tuple(fold(" ".join(cue.words)).split())
        found.setdefault(bare[-1], {}).setdefault(bare, cue.words)
    return {word: tuple(sorted(cues.items(), key=lambda both: -len(both[0]))) for word, cues in found.items()}


@cache
def misread_cues() -> Phrases:
    """The cues of two words before a mention, to be known again where a scan misread a letter."""
    cues = {cue.words for listed in cues_by_last_word().values() for cue in listed}
    return Phrases(" ".join(words) for words in sorted(cues) if len(words) == 2)


@cache
def cues_after() -> tuple[Cue, ...]:
    """The cues that stand after a mention, the longest first."""
    cues = [
        Cue(cue_words(phrase), relation.told_as, "after", relation.code)
        for relation in relations().values()
        for phrase in relation.after
    ]
    return tuple(sorted(cues, key=lambda cue: -len(cue.words)))
