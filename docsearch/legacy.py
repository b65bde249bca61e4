"""Vietnamese text of before Unicode: which encoding it is in, and the text as Unicode.

Programs that do not know these encodings read their bytes as Windows-1252: "Céng hßa x· héi" is "Cộng hòa xã hội" in
TCVN3.  Such text, a `str`, is what the functions here take and what the readers have before any cleaning: TCVN3 writes ư
as the byte of the soft hyphen, VISCII keeps letters among the control codes.

    detect(text) -> "tcvn3", "vni", "viscii", "windows-1258" or None
    convert(text, encoding) -> Unicode, NFC
    encoding_of_font(name), is_capital_font(name): what a font's name tells, where a format has fonts

Which it is, is decided by trial: the encoding in which the words become Vietnamese syllables.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "viscii": "VISCII", "vps": "VPS", "windows-1258": "Windows-1258"}
"""Each encoding with the name that people know."""

DETECTED = ("tcvn3", "vni", "windows-1258", "viscii")
"""What `detect` tries.  VPS shares most bytes with VISCII and is rare: only who knows it asks for it."""

_TABLE = Path(__file__).with_name("tables") / "encodings.tsv"
_SAMPLE = 50_000  # characters that decide
_UNICODE_ONLY = re.compile("[ăđơưĂĐƠƯạ-ỹẠ-Ỹ]")  # in good text a letter in six; Windows-1252 has none of them
_LETTER = re.compile(r"[^\W\d_]")
# What may be letters: anything but white space, digits and the signs of ASCII.  Control codes are letters in VISCII.
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~]+")
_ASCII_WORD = re.compile(r"[A-Za-z]+")
_QUOTES = "“”‘’„…–—•\xa0\ufeff"

# --- what a font's name tells -----------------------------------------------------------------------------------------

_FONTS = (
    (re.compile(r"\.?Vn[A-Z3]"), "tcvn3"),  # .VnTime, .VnArialH, .Vn3DH
    (re.compile(r"VNI[- ]", re.IGNORECASE), "vni"),  # VNI-Times
    (re.compile(r"VPS\b"), "vps"),
    (re.compile(r".*VISCII", re.IGNORECASE), "viscii"),
)
_CAPITAL_FONT = re.compile(r"\.?Vn[A-Z3][\w ]*?H(?: (?:Bold|Italic))*")


def encoding_of_font(name: str) -> str | None:
    """The encoding that a font is made for; a hint, as the name outlives a conversion of the text to Unicode.

    >>> encoding_of_font(".VnTimeH"), encoding_of_font("VNI-Times"), encoding_of_font("Times New Roman")
    ('tcvn3', 'vni', None)
    """
    return next((encoding for pattern, encoding in _FONTS if pattern.match(name)), None)


def is_capital_font(name: str) -> bool:
    """Whether the font draws small letters as capitals: TCVN3 has no marked capitals, so headings are set in ".VnTimeH".

    A reader that knows the font of a run puts the run in capitals (`in_capitals`) before it converts the whole.
    """
    return _CAPITAL_FONT.fullmatch(name) is not None


def in_capitals(text: str) -> str:
    """TCVN3 text, yet to be converted, as a capital font shows it: each letter stands for its capital.

    >>> convert(in_capitals("Sè 12 cña ChÝnh phñ"), "tcvn3")
    'SỐ 12 CỦA CHÍNH PHỦ'
    """
    return text.translate(_capital_codes())


@cache
def _capital_codes() -> dict[int, str]:
    """ASCII to capitals; the codes of marked letters, which have no capitals, to signs that `convert` knows for them."""
    plain = {letter: letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}
    return str.maketrans(plain | {shown: _capital(shown) for shown, _ in _codes("tcvn3")})


def _capital(code: str) -> str:
    return chr(0xF0000 + ord(code))  # for private use: in no text


# --- which it is ------------------------------------------------------------------------------------------------------


def detect(text: str, fonts: Iterable[str] = ()) -> str | None:
    """The encoding of `text`, a key of `NAMES`; ``None`` for Unicode, for other languages, and where too little tells.

    Never where a letter in twenty is one that only Unicode has: such text is converted already, or quotes.  `fonts` are
    the names of those that the file uses: with one of the encoding, a single word is enough.

    >>> detect("Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc")
    'tcvn3'
    """
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])  # in NFD text the letters of Unicode do not show
    if sample.isascii() or _unicode_share(sample) >= 0.05:
        return None
    words = _marked_words(sample)
    hinted = {encoding_of_font(name) for name in fonts}
    shares = {encoding: _share(words, encoding) for encoding in DETECTED}
    best = max(shares, key=lambda encoding: (shares[encoding], encoding in hinted))
    least = 1 if best in hinted else max(3, len(_ASCII_WORD.findall(sample)) // 10)
    # In true text of one encoding nine words of ten become syllables, in one of two mixed half; in French one in twelve.
    return best if shares[best] >= 0.5 and shares[best] * words.total() >= least else None


def _unicode_share(text: str) -> float:
    letters = len(_LETTER.findall(text))
    return len(_UNICODE_ONLY.findall(text)) / letters if letters else 0.0


def _marked_words(text: str) -> Counter[str]:
    """The words with a plain letter and a strange one, and how often they stand there: "°C" and "§" tell nothing."""
    words = (found[0].strip(_QUOTES) for found in _WORD.finditer(text))
    return Counter(word for word in words if not word.isascii() and _ASCII_WORD.search(word))


def _share(words: Counter[str], encoding: str) -> float:
    """How many of `words` the encoding turns into Vietnamese syllables that they were not."""
    good = sum(count for word, count in words.items() if _becomes_syllable(word, encoding))
    return good / words.total() if words else 0.0


def _becomes_syllable(word: str, encoding: str) -> bool:
    became = _decoder(encoding)(word)
    return became != word and is_syllable(became)


# --- the text as Unicode ----------------------------------------------------------------------------------------------


def convert(text: str, encoding: str) -> str:
    """`text`, whose bytes were read as Windows-1252 or Latin-1, as Unicode (NFC).

    Words that have letters of Unicode alone stay as they are, and syllables beside them.  In text of TCVN3 or VNI, lines of
    the other one are read as that: offices of the South pasted both into one file.  TCVN3 keeps capitals as small letters
    where the font drew them large; they are made capitals where the letters around them are ("CéNG HßA" is "CỘNG HÒA").

    >>> convert("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    """
    rival = {"tcvn3": "vni", "vni": "tcvn3"}.get(encoding)
    mixed = rival is not None and _share(_marked_words(text[: _SAMPLE * 10]), rival) > 0.01
    lines = unicodedata.normalize("NFC", text).split("\n")
    return "\n".join(_converted(line, _closer(line, encoding, rival) if mixed and rival else encoding) for line in lines)


def _closer(line: str, usual: str, rival: str) -> str:
    words = _marked_words(line)
    return rival if _share(words, rival) > max(_share(words, usual), 0.5) else usual


def _converted(line: str, encoding: str) -> str:
    decode = _decoder(encoding)
    line = _MINUS.sub("-", line) if encoding == "tcvn3" else line
    if _UNICODE_ONLY.search(line):
        line = re.sub(r"\S+", lambda found: found[0] if _is_unicode(found[0]) else decode(found[0]), line)
    else:
        line = decode(line)
    return _raise_marked(line) if encoding == "tcvn3" else line


def _is_unicode(word: str) -> bool:
    """Whether a word of a line that holds letters of Unicode needs no conversion: "công" is one as it stands."""
    return _UNICODE_ONLY.search(word) is not None or is_syllable(word.strip(".,;:!?()[]/-" + _QUOTES))


@cache
def _decoder(encoding: str) -> Callable[[str], str]:
    """What turns text of the encoding into Unicode."""
    codes = dict(_windows_1258() if encoding == "windows-1258" else _codes(encoding))
    if encoding == "tcvn3":
        codes |= {_capital(code): letter.upper() for code, letter in codes.items()}
    single = str.maketrans({code: letter for code, letter in codes.items() if len(code) == 1})
    pairs = {code: letter for code, letter in codes.items() if len(code) > 1}
    if not pairs:
        return lambda text: unicodedata.normalize("NFC", text.translate(single))
    pattern = re.compile("|".join(map(re.escape, (*pairs, *(code for code in codes if len(code) == 1)))))
    return lambda text: pattern.sub(lambda found: codes[found[0]], text)


def _codes(encoding: str) -> Iterator[tuple[str, str]]:
    """What Windows-1252 and Latin-1 show for each code of the table, with its letter."""
    for row in read_table():
        for code in row[encoding].split():
            for shown in _shown(bytes.fromhex(code), encoding):
                yield shown, row["letter"]


@cache
def read_table() -> tuple[dict[str, str], ...]:
    """The rows of ``tables/encodings.tsv``: "letter", and for each encoding its codes in hexadecimal, parted by spaces."""
    lines = [line for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    names = lines[0].split("\t")
    return tuple(dict(zip(names, line.split("\t") + [""] * len(names), strict=False)) for line in lines[1:])


# What PDF programs write for two letters of TCVN3, by the names of their glyphs (minus, bullet); and Greek for micro.
_OTHER_SIGNS = {"\xad": "\u2212", "\xb7": "\u2219", "\xb5": "\u03bc"}
_MINUS = re.compile(r"(?<![^\s\d(])\u2212(?=[\s\d])")  # before a number, or alone, it is a minus


def _shown(code: bytes, encoding: str) -> set[str]:
    shown = {code.decode("latin-1"), code.decode("cp1252", "replace")} - {"\ufffd"}
    if encoding == "tcvn3":
        shown |= {_OTHER_SIGNS[sign] for sign in shown if sign in _OTHER_SIGNS}
    if len(code) == 2:  # VNI: the mark was typed with or without the shift key
        shown |= {pair[0] + change(pair[1]) for pair in shown for change in (str.lower, str.upper)}
    return shown


def _windows_1258() -> Iterator[tuple[str, str]]:
    for value in range(0x80, 0x100):
        byte = bytes([value])
        for shown in {byte.decode("latin-1"), byte.decode("cp1252", "replace")} - {"\ufffd"}:
            yield shown, byte.decode("cp1258", "replace")


# --- capitals ---------------------------------------------------------------------------------------------------------

_PLAIN_SMALL = re.compile("[a-z]")
_COLUMNS = re.compile(r"(\t+| {3,})")
_SPOKEN_WORD = re.compile(r"(?<![\w/-])[^\W\d_]+(?![\w/-])")  # not "QĐ" and "UB" of a number
_CASED_WORD = re.compile(r"[^\W\d_]+")


def _raise_marked(line: str) -> str:
    """The line with marked small letters as capitals in words that are capitals otherwise: "CộNG HòA" is "CỘNG HÒA".

    A word with no more than one plain letter ("Hà", "Bộ") follows its column, where nearly all of that is in capitals.
    """
    return "".join(_raise_column(column) for column in _COLUMNS.split(line))


def _raise_column(column: str) -> str:
    large = sum(map(_is_large, _SPOKEN_WORD.findall(column)))
    small = sum(1 for word in _CASED_WORD.findall(column) if _PLAIN_SMALL.search(word))
    if large >= max(1, 3 * small):
        return _CASED_WORD.sub(lambda found: found[0] if _PLAIN_SMALL.search(found[0]) else found[0].upper(), column)
    return _CASED_WORD.sub(lambda found: found[0].upper() if _is_large(found[0]) else found[0], column)


def _is_large(word: str) -> bool:
    """Two capitals or more, or one after a small letter ("áN"), and no plain small letter."""
    if _PLAIN_SMALL.search(word):
        return False
    return sum(map(str.isupper, word)) >= 2 or any(map(str.isupper, word[1:]))


# --- a syllable -------------------------------------------------------------------------------------------------------

_INITIALS = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|[bcdđghklmnprstvx]"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong op ot
ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ uy uya uych uynh uyên uyêt uyt uyu
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
"""
# "qu" takes the rhymes that others write with o: quan, quen, quăng.
_AFTER_QU = """
a ac ach ai an ang anh ao at au ay  ăc ăm ăn ăng ăp ăt  ân âng ât ây  e en eo et  ê ên êt
i ich in it iu  ơ  y ych yên yêt ynh yt yu
"""
_SYLLABLE = re.compile(f"(?:(?:{_INITIALS})?(?:{'|'.join(_RHYMES.split())})|qu(?:{'|'.join(_AFTER_QU.split())}))")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPPED = re.compile("(?:c|ch|p|t)$")


def is_syllable(word: str) -> bool:
    """Whether `word` can be a Vietnamese syllable: an initial, a rhyme, one tone; before c, ch, p, t only sharp or heavy.

    >>> [is_syllable(word) for word in ("Nghị", "được", "quyết", "élève", "tàc")]
    [True, True, True, False, False]
    """
    letters = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(letters)
    bare = unicodedata.normalize("NFC", _TONE.sub("", letters))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not _STOPPED.search(bare) or tones in (["\u0301"], ["\u0323"])
