"""Marks that OCR mistook, mended where a pair of syllables is written in one way only: "tô chức" is "tổ chức".

On scans most slips are marks: of 100 letters wrong some 60 were.  A word alone seldom tells ("tô", "bố" are words too); the
pairs of ``tables/pairs.txt`` have no rival on the same letters in the official codification.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from docsearch.vietnamese import fold

_TABLE = Path(__file__).parents[1] / "tables" / "pairs.txt"
_OPENING, _CLOSING = "([“\"'‘-–", ".,;:!?)]”\"'’"


def mend_marks(words: Sequence[str]) -> list[str]:
    """The words of a line, each as it is or with other marks; letters, capitals and signs stay.

    Names stay as they were seen: two words that begin with a capital and go on in small letters.

    >>> mend_marks("Sửa đôi, bố sung; TÔ CHỨC cơ quan Tô Chức".split())
    ['Sửa', 'đổi,', 'bổ', 'sung;', 'TỔ', 'CHỨC', 'cơ', 'quan', 'Tô', 'Chức']
    """
    mended = list(words)
    for at, second in enumerate(words[1:]):
        pair = _pair(mended[at], second)
        if pair:
            mended[at], mended[at + 1] = pair
    return mended


def _pair(first: str, second: str) -> tuple[str, str] | None:
    """Two words as they are written together; ``None`` where they are so already, or nothing is known of them."""
    one, other = first.lstrip(_OPENING), second.rstrip(_CLOSING)
    if not (one.isalpha() and other.isalpha()) or (one.istitle() and other.istitle() and len(other) > 1):
        return None
    right = _pairs().get(fold(f"{one} {other}"))
    if right is None or [len(one), len(other)] != [*map(len, right)] or _same_marks(f"{one} {other}".lower(), " ".join(right)):
        return None
    begun, ended = first.removesuffix(one), second.removeprefix(other)
    return begun + _cased(right[0], one), _cased(right[1], other) + ended


@cache
def _pairs() -> dict[str, tuple[str, str]]:
    """Folded pairs with their two syllables."""
    lines = (line.split() for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {fold(f"{first} {second}"): (first, second) for first, second in lines}


def _same_marks(one: str, other: str) -> bool:
    """Whether they differ at most in where a mark stands: "hòa" and "hoà"."""
    return sorted(unicodedata.normalize("NFD", one)) == sorted(unicodedata.normalize("NFD", other))


def _cased(word: str, seen: str) -> str:
    return "".join(letter.upper() if shown.isupper() else letter for letter, shown in zip(word, seen, strict=True))
