"""Letters and words of Vietnamese: the clean text, the folded text, and words with their keys.

Three ideas, each used for index and query alike, so that the two cannot differ:

* `clean` makes the one canonical text of a document: NFC, one kind of space and line end, nothing invisible.
* `fold` drops case and marks and keeps the length, so that what is found in the folded text stands at the same place.
* `tokens` and `streams` cut a text into words.  A word has an exact key, which keeps its marks but not the habit of
  placing them (hoà = hòa, uỷ = ủy, qủa = quả) nor that of writing i or y (kĩ = kỹ), and a folded key without any (hoa).

The 67 marked letters of Vietnamese stand here as a table; for any other letter `unidecode` is the authority.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from docsearch.model import Match, Token

ANALYSIS_VERSION = 2
"""Raised when `clean`, a token's place or a key changes: an index made with another version must be rebuilt."""

# --- the clean text ---------------------------------------------------------------------------------------------------

_SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ETH = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"}

# C1 controls come from symbol fonts (a ballot box read as U+0085 in printed forms), not from line ends: a space.
_MENDS = (
    dict.fromkeys("\r\v\f\u2028\u2029", "\n")
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(map(chr, range(0x80, 0xA0)), " ")
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")  # half a character: no store takes it
    | {"\r\n": "\n"}
    | _ETH
)
_STRANGE = re.compile(
    "\r\n|["
    "\x00-\x08\x0b-\x1f\x7f-\xa0"  # controls, no-break space
    "\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"  # invisible
    "ÐðƉɖ\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff]"
)
_MARKS = re.compile("[\u0300-\u036f]+")


def clean(text: str) -> str:
    """`text` as a document keeps it; text that is clean already is returned as it is.

    One for one: eth and African D to Đ (met in every family of papers; no Vietnamese word has an eth), spaces of all
    kinds to a space, other line ends to a line feed.  Taken out: soft hyphens, zero-width characters, direction marks,
    controls, and marks that no letter can take in (a second grave, a dot below a space: 27 of 13,420 papers have some).
    Legacy 8-bit text must be decoded before: in TCVN3 the soft hyphen is a letter.

    >>> clean("Nghị quyết số 43/2022/NQ-H\\u00d0ND\\u200b\\r\\n")
    'Nghị quyết số 43/2022/NQ-HĐND\\n'
    """
    if _STRANGE.search(text):
        text = _STRANGE.sub(lambda found: _MENDS.get(found[0], ""), text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", _MARKS.sub("", text)) if _MARKS.search(text) else text


# --- the folded text --------------------------------------------------------------------------------------------------

_FAMILIES = (
    "aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ", "dđ",
)  # fmt: skip
_BASE = {letter: family[0] for family in _FAMILIES for letter in family[1:]}
_SIGNS = "–—“”‘’„…•·§°×÷−≥≤≈±€«»‹›′″→□☐●▪"  # no letters; with them 25,370 of 25,517 texts are known whole

# A codec of our own: text to one byte a character and back as other letters, both in C.  Measured on legal text in
# November 2026: 8 times as fast as `str.translate`.
_KNOWN = "".join(map(chr, range(128))) + "".join(_BASE) + _SIGNS
_CODES = codecs.charmap_build(_KNOWN.ljust(256, "\ufffe"))
_PLAIN = "".join(_BASE.get(letter, letter) for letter in _KNOWN).ljust(256, "\ufffe")
_SPACED = "".join(letter if letter.isalnum() or letter == "\0" else " " for letter in _KNOWN).ljust(256, "\ufffe")


class _Folds(dict[int, str]):
    """Code point to its folded letter, filled on first need: asking `unidecode` for each letter of a text is slow."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        lower = letter.lower() if len(letter.lower()) == 1 else letter
        plain = _BASE.get(lower) or _one_plain(lower)
        self[code] = plain
        return plain


def _one_plain(letter: str) -> str:
    """The ASCII letter or digit that stands for `letter`, or `letter` itself where it is none or takes several."""
    if letter.isascii() or not letter.isalnum():
        return letter
    plain = _ascii(letter)
    return plain if len(plain) == 1 else letter


def _ascii(text: str) -> str:
    """`text` in lower-case ASCII letters and digits, as `unidecode` writes it; "" where it has nothing to offer."""
    from unidecode import unidecode

    return re.sub(r"[^a-z0-9]+", "", unidecode(text, errors="ignore").lower())


_FOLDS = _Folds()


class _FoldsOf(dict[str, str]):
    """The same by letter."""

    def __missing__(self, letter: str) -> str:
        plain = self[letter] = _FOLDS[ord(letter)]
        return plain


_FOLDS_OF = _FoldsOf()


def fold(text: str) -> str:
    """`text` in lower case without marks, đ as d; each character of NFC text stays one character.

    Other letters become the one ASCII letter that `unidecode` gives (é, å, Cyrillic а); a letter that would take several
    (ß, æ, щ) stays as it is.  Text that is not NFC is made so first.

    >>> fold("Ủy ban nhân dân huyện ĐĂK R'LẤP")
    "uy ban nhan dan huyen dak r'lap"
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    plain = _recoded(text, _PLAIN)
    if "\0" in plain:
        plain = _filled(plain, text)
    if len(plain) == len(text):
        return plain
    left, right = _halves(text)
    return fold(left) + fold(right) if right else text.translate(_FOLDS)


def _recoded(text: str, letters: str) -> str:
    """`text` in lower case, each character of `_KNOWN` as the one in its place in `letters`, any other as NUL."""
    return codecs.charmap_decode(codecs.charmap_encode(text.lower(), _FILL, _CODES)[0], "strict", letters)[0]


def _fill(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "\0" * (error.end - error.start), error.end


_FILL = "docsearch.fill"
codecs.register_error(_FILL, _fill)


def _filled(plain: str, text: str) -> str:
    """`plain` with the folded letters of `text` in place of each NUL; as it is where lower case took more room."""
    if len(plain) != len(text):
        return plain
    parts = plain.split("\0")
    at = 0
    filled = [parts[0]]
    for part in parts[1:]:
        at += len(filled[-1])
        filled += [_FOLDS_OF[text[at]], part]
        at += 1
    return "".join(filled)


_SHORT = 2_000  # characters; below that halving costs more than it saves


def _halves(text: str) -> tuple[str, str]:
    """`text` cut at the line end behind its middle, so that one strange letter slows down its own page only.

    The second is empty where `text` is short or has no such line end.
    """
    cut = text.find("\n", len(text) // 2) + 1 if len(text) > _SHORT else 0
    return (text[:cut], text[cut:]) if cut else (text, "")


# --- one word ---------------------------------------------------------------------------------------------------------

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TONES = frozenset((_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT))

_SYLLABLE = re.compile(
    r"""
    (?P<initial> ngh|ng|nh|gh|gi(?=[aăâeêoôơuưy])|qu(?=[aăâeêioôơy])|kh|ph|th|tr|ch|[bcdđghklmnprstvx] )?
    (?P<vowels>  [aăâeêioôơuưy]{1,3} )
    (?P<final>   ch|ng|nh|[cmnpt] )?
    """,
    re.VERBOSE,
)
_QUALITY = frozenset("ăâêôơư")


def place_tone(word: str) -> str:
    """A lower-case syllable with its tone mark where the older custom puts it; any other word as it is.

    The place of the tone is spelling, not meaning: hoà and hòa, uỷ and ủy, toàn and the slip tòan are one word.

    >>> [place_tone(word) for word in ("hoà", "uỷ", "qúy", "tòan", "vịêt", "giá")]
    ['hòa', 'ủy', 'quý', 'toàn', 'việt', 'giá']
    """
    letters = unicodedata.normalize("NFD", word)
    tones = [letter for letter in letters if letter in _TONES]
    if len(tones) != 1:
        return word
    bare = unicodedata.normalize("NFC", letters.replace(tones[0], ""))
    syllable = _SYLLABLE.fullmatch(bare)
    if syllable is None:
        return word
    seat = syllable.start("vowels") + _seat(syllable["vowels"], closed=syllable["final"] is not None)
    return unicodedata.normalize("NFC", bare[: seat + 1] + tones[0] + bare[seat + 1 :])


def _seat(vowels: str, *, closed: bool) -> int:
    """Which of `vowels` bears the tone: the last with a mark of its own, else the second before a consonant or of three."""
    for place in range(len(vowels) - 1, -1, -1):
        if vowels[place] in _QUALITY:
            return place
    return 1 if len(vowels) == 3 or (len(vowels) == 2 and closed) else 0


# i and y are one sound where they end a syllable, and writers choose: kĩ thuật, quí, lí do, công ti, hi sinh, sỹ quan.  In
# 8.6 million words kỹ stands 6,937 times and kĩ 52, lý 34,574 and lí 147, but sĩ 6,411 and sỹ 360.  Only behind these
# letters: thi and thy, vi and vy, y and i are words or names of their own.
_ONE_SOUND = {
    f"{initial}{written}{final}": f"{initial}{kept}{final}"
    for initials, final, writings, keeping in (
        (("h", "k", "l", "m", "t", "qu"), "", "iìíỉĩị", "yỳýỷỹỵ"),
        (("qu",), "t", "iìíỉĩị", "yỳýỷỹỵ"),
        (("s",), "", "yỳýỷỹỵ", "iìíỉĩị"),
    )
    for initial in initials
    for written, kept in zip(writings, keeping, strict=True)
}
_EITHER = re.compile(r"(?<![^\W_])(h|k|l|m|s|t|qu)([iy])(?=[\W_]|\Z)|(?<![^\W_])(qu)([iy])(?=t(?:[\W_]|\Z))")


def either_spelling(pattern: str) -> str:
    """A pattern of folded words, now finding each written with i or with y where that is one word.

    >>> either_spelling("ky thuat")
    'k[iy] thuat'
    """
    return _EITHER.sub(lambda found: f"{found[1] or found[3]}[iy]", pattern)


LONGEST_KEY = 80  # characters; a longer "word" is a drawing of dashes, a web address or an attack
_VOCABULARY = 20_000  # words kept in memory, 6 MB: in 20,000 papers the commonest so many are 99.9 % of all words


def _exact_key(word: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFC", word)).lower()
    # Lower case can bring marks back (İ), and has letters that are no letters of a word.
    placed = place_tone(_MARKS.sub("", plain))[:LONGEST_KEY]
    return _ONE_SOUND.get(placed, placed)


def _folded_key(word: str) -> str:
    folded = fold(_exact_key(word))
    if folded.isascii():
        return folded
    return ("".join(letter if letter.isascii() else _ascii(letter) or letter for letter in folded))[:LONGEST_KEY]


class _Keys(dict[str, str]):
    """A word as written to its key, remembered: a language has few words and a paper repeats them."""

    def __init__(self, folded: bool) -> None:
        super().__init__()
        self._key = _folded_key if folded else _exact_key

    def __missing__(self, word: str) -> str:
        if len(self) >= _VOCABULARY:
            self.clear()
        key = self[word] = self._key(word)
        return key


_EXACT = _Keys(folded=False)
_FOLDED = _Keys(folded=True)


def exact_key(word: str) -> str:
    """One word as an exact match compares it: lower case, tone mark in its one place, i or y as most write it."""
    return _EXACT[word]


def folded_key(word: str) -> str:
    """One word as a folded match compares it: ASCII letters and digits, where the script has such a writing."""
    return _FOLDED[word]


def starts(word: str, match: Match) -> tuple[str, ...]:
    """The beginnings of the keys that a typed beginning may stand for: of a whole word, and of the letters as they are.

    >>> starts("hoà", "exact"), starts("ki", "folded")
    (('hòa', 'hoà'), ('ky', 'ki'))
    """
    letters = _MARKS.sub("", unicodedata.normalize("NFC", word).lower())
    return tuple(dict.fromkeys((exact_key(word), letters) if match == "exact" else (folded_key(word), fold(letters))))


def is_marked(text: str) -> bool:
    """Whether `text` has a letter that folding changes beyond its case: whoever typed it, typed marks."""
    return fold(text) != text.lower()


# --- the words of a text ----------------------------------------------------------------------------------------------

# Letters and digits; combining marks that no letter could take in belong to the word that they stand in.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` in order, with their place and keys: nothing is left out, neither short nor common words.

    >>> [token.exact for token in tokens("Kế hoạch số 97/KH-UBND")]
    ['kế', 'hoạch', 'số', '97', 'kh', 'ubnd']
    """
    for position, found in enumerate(_WORD.finditer(text)):
        word = found[0]
        yield Token(_EXACT[word], _FOLDED[word], found.start(), found.end(), position)


def words(text: str) -> list[str]:
    """The words of `text` as written."""
    return _WORD.findall(text)


def streams(text: str) -> tuple[str, str]:
    """The exact and the folded keys of `tokens`, each joined by spaces: what an engine cuts at white space and indexes."""
    if not text:
        return "", ""
    exact = " ".join(map(_EXACT.__getitem__, _spoken(text)))
    folded = _recoded(exact, _PLAIN)
    return exact, " ".join(map(_FOLDED.__getitem__, exact.split(" "))) if "\0" in folded else folded


def _spoken(text: str) -> list[str]:
    """The words of `text`, some of them in lower case already; three times as fast as `words` on what is mostly known."""
    spaced = _recoded(text, _SPACED)
    if "\0" not in spaced:
        return spaced.split()
    left, right = _halves(text)
    return [*_spoken(left), *_spoken(right)] if right else _WORD.findall(text)
