"""Words typed in part: for an input method that was off, Telex (``quyeets ddinhj``) or VNI (``quye61t d9inh5``); without tones.

Only what a person types into a search is read so, never a document, and never a number: its digits are digits.
The keys may stand behind their letter or at the end of the word, as the input methods allow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from docsearch.vietnamese import place_tone

# The endings of Vietnamese syllables without their tone; with the letters that may begin one they are all there are.
_SPELLED = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh
êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm
oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc
uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn
ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
"""
_RHYMES = frozenset(_SPELLED.split())
_CUT = re.compile(r"(?P<initial>ngh|ng|nh|gh|gi(?=[aăâeêoôơuư])|kh|ph|th|tr|ch|[bcdđghklmnpqrstvx])?(?P<rhyme>\w+)")
_STOPPED = re.compile(r"(?:ch|[cpt])\Z")  # such a syllable has the acute or the dot below, or it is no word
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TONES = frozenset((_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT))


def is_syllable(word: str) -> bool:
    """Whether `word`, in lower case, is spelled as a Vietnamese syllable is.

    >>> [word for word in ("quyết", "định", "giếng", "quyeets", "ddinhj", "test") if is_syllable(word)]
    ['quyết', 'định', 'giếng']
    """
    letters = unicodedata.normalize("NFD", word)
    tones = [letter for letter in letters if letter in _TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    cut = _CUT.fullmatch(bare)
    if cut is None or len(tones) > 1 or (tones and tones[0] not in (_ACUTE, _DOT) and _STOPPED.search(bare)):
        return False
    rhyme = cut["rhyme"]
    if cut["initial"] == "q":
        return rhyme[0] == "u" and (rhyme in _RHYMES or rhyme[1:] in _RHYMES)
    return rhyme in _RHYMES or (cut["initial"] == "gi" and f"i{rhyme}" in _RHYMES)


def with_any_tone(word: str) -> tuple[str, ...]:
    """A syllable typed without a tone, as typed and with each tone that it can bear; any other word alone.

    >>> with_any_tone("quyêt"), with_any_tone("Định")
    (('quyêt', 'quyết', 'quyệt'), ('Định',))
    """
    bare = word.lower()
    if not is_syllable(bare) or any(letter in _TONES for letter in unicodedata.normalize("NFD", bare)):
        return (word,)
    toned = (_toned(bare, tone) for tone in (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT))
    return (word, *filter(is_syllable, toned))


def _toned(bare: str, tone: str) -> str:
    """A syllable without a tone, with this one in its place."""
    first = next(place for place, letter in enumerate(bare) if letter in _VOWELS)
    return place_tone(unicodedata.normalize("NFC", bare[: first + 1] + tone + bare[first + 1 :]))


def understood(words: Iterable[str]) -> tuple[str, ...] | None:
    """The words that were meant, each decoded where that makes a syllable of it, in the order typed.

    ``None`` unless some word changes and three of five or more are syllables then, numbers not counted: other languages and
    codes stay.

    >>> understood(["coong", "vawn", "UBND"])
    ('công', 'văn', 'UBND')
    """
    typed = list(words)
    meant = [decoded(word) or word for word in typed]
    spoken = [word.lower() for word in meant if not word.isdigit()]
    return tuple(meant) if meant != typed and sum(map(is_syllable, spoken)) * 5 >= len(spoken) * 3 else None


def decoded(word: str) -> str | None:
    """The syllable that the keys of `word` write, in lower case; ``None`` where they write none or nothing but themselves.

    >>> decoded("quyeets"), decoded("ddinhj"), decoded("quyet61"), decoded("d9inh5"), decoded("2023")
    ('quyết', 'định', 'quyết', 'định', None)
    """
    keys = word.lower()
    if not keys.isascii() or not keys[:1].isalpha() or not keys.isalnum():
        return None
    bare, tone = _vni(keys) if any(map(str.isdigit, keys)) else _telex(keys)
    if not is_syllable(bare) or bare + tone == keys:
        return None
    syllable = _toned(bare, tone)
    return syllable if is_syllable(syllable) else None


_VOWELS = "aăâeêioôơuưy"
_TELEX_TONES = {"s": _ACUTE, "f": _GRAVE, "r": _HOOK, "x": _TILDE, "j": _DOT, "z": ""}
_VNI_TONES = dict(zip("123450", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT, ""), strict=True))


def _telex(keys: str) -> tuple[str, str]:
    """The letters and the tone.  Behind the first vowel s, f, r, x, j, z are tones: no syllable ends in them."""
    letters, tone = "", ""
    for key in keys:
        if key in _TELEX_TONES and any(letter in _VOWELS for letter in letters):
            tone = _TELEX_TONES[key]
        elif key == "w":
            letters = _horned(letters)
        elif key == "d" and letters[:1] == "d":
            letters = "đ" + letters[1:]
        elif key in _ROOF and (place := letters.rfind(key)) >= 0:
            letters = letters[:place] + _ROOF[key] + letters[place + 1 :]
        else:
            letters += key
    return _open(letters), tone


def _open(letters: str) -> str:
    """Both letters of uo bear the horn, but at the end of a word only the second: thuở."""
    return letters.removesuffix("ươ") + "uơ" if letters.endswith("ươ") else letters


_ROOF = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư", "a": "ă"}


def _horned(letters: str) -> str:
    """With the mark that ``w`` sets: on both of uo, else on the last a, o or u; alone it is ư itself."""
    if "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    if "ưo" in letters:
        return letters.replace("ưo", "ươ", 1)
    return _marked(letters, _HORN) or letters + "ư"


def _marked(letters: str, marks: dict[str, str]) -> str | None:
    """With the last letter that can bear one of `marks` bearing it, the first of ua; ``None`` where there is none."""
    places = [place for place, letter in enumerate(letters) if letter in marks]
    if not places:
        return None
    at = places[-1]
    if letters[at - 1 : at + 1] == "ua" and "u" in marks and letters[: at - 1] != "q":
        at -= 1
    return letters[:at] + marks[letters[at]] + letters[at + 1 :]


def _vni(keys: str) -> tuple[str, str]:
    """The letters and the tone; 6 is the roof, 7 the horn, 8 the bow of ă, 9 the bar of đ."""
    letters, tone = "", ""
    for key in keys:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "9":
            letters = letters.replace("d", "đ", 1)
        elif key == "7" and "uo" in letters:
            letters = letters.replace("uo", "ươ", 1)
        elif key in _VNI_MARKS:
            letters = _marked(letters, _VNI_MARKS[key]) or letters
        else:
            letters += key
    return _open(letters), tone


_VNI_MARKS = {"6": _ROOF, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}}
