"""Fixed phrases as a scan misreads them: one letter wrong, lost, doubled or torn off.

OCR of stamped and leaning pages slips at one to three characters of a hundred, mostly in the marks of a vowel.  Where a text
must hold one of a few fixed phrases ("thực hiện", "Nghị định", "ỦY BAN NHÂN DÂN"), words that are one slip away from one of
them are that one; free words are never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_ONSETS = frozenset(
    {
        *("", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh"),
        *("p", "ph", "q", "qu", "r", "s", "t", "th", "tr", "v", "x"),
    }
)
_ONSET = re.compile(r"[bcdđfghjklmnpqrstvwxz]*")
_SHORTEST = 5  # letters of a phrase; shorter ones are one slip away from too much


class Phrases:
    """Some fixed phrases, to be known again after one slip.

    >>> Phrases(["thực hiện", "căn cứ"]).meant("Tbực hiện")
    'thực hiện'
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._whole = {key: phrase for phrase in phrases if len(key := _key(phrase)) >= _SHORTEST}
        self._shorter: dict[str, set[str]] = {}
        for key in self._whole:
            for at in range(len(key)):
                self._shorter.setdefault(key[:at] + key[at + 1 :], set()).add(key)
        self.meant = lru_cache(maxsize=8192)(self._meant)

    def _meant(self, words: str) -> str | None:
        """The phrase that `words` is, as it was given, or ``None`` where it is none or may be two.

        Blanks do not count, so a word torn in two is known.  The first letter of all is not another one, unless no syllable
        begins so ("Tbực", "fhực"): "khi hành nghề" is not "thi hành".
        """
        key = _key(words)
        if key in self._whole:
            return self._whole[key]
        if len(key) < _SHORTEST - 1:
            return None
        found = set(self._shorter.get(key, ()))
        for at in range(len(key)):
            rest = key[:at] + key[at + 1 :]
            if rest in self._whole:
                found.add(rest)
            found.update(one for one in self._shorter.get(rest, ()) if one[:at] == key[:at] and one[at + 1 :] == key[at + 1 :])
        kept = [one for one in found if one[0] == key[0] or one[1:] == key or not _begins_a_syllable(key)]
        return self._whole[kept[0]] if len(kept) == 1 else None


def _key(words: str) -> str:
    return "".join(words.lower().split())


def _begins_a_syllable(key: str) -> bool:
    onset = _ONSET.match(key)
    return onset is not None and onset[0] in _ONSETS
