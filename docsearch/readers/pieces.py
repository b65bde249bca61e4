"""Words seen in a picture, put together to lines; stamps of reception and guesses at handwriting taken out.

Pure: words in, pieces of lines out.  A piece is what stands on one line in one column.  Boxes are dots from the top left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from statistics import median

from docsearch.legacy import is_syllable
from docsearch.readers.spelling import mend_marks
from docsearch.readers.tesseract import Word
from docsearch.vietnamese import fold

# More white than so many heights of its words parts two columns of a line.  Letterheads in capitals stand near each other.
_GAP, _GAP_IN_CAPITALS = 1.8, 1.1
_RULES = "_—¬¡`|~„=°"  # what rules, frames and specks are taken for; an en dash and a hyphen begin items of lists
_NOISE = 0.3  # what is seen with less is no writing but a seal, a signature, the edge of a box
# Of numbers alone, on 12 scans of 2010: printed ones are seen with 0.79 to 0.97; handwritten ones mostly as no numbers at all,
# or as days that no month has.
_SURE, _SURE_IN_DATE, _SURE_OF_YEAR = 0.85, 0.75, 0.6
_SURE_IN_NUMBER = 0.4  # of a number joined to its symbol: 45/QĐ-TTg is seen with 0.53, as Đ is hard


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line and one column, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words, parted by spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> int:
        """Left edge."""
        return min(word.left for word in self.words)

    @property
    def right(self) -> int:
        """Right edge."""
        return max(word.right for word in self.words)

    @property
    def top(self) -> int:
        """Upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> int:
        """Lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def confidence(self) -> float:
        """How sure the program is of it, 0 to 1, long words counting more."""
        return sum(word.confidence * len(word.text) for word in self.words) / sum(len(word.text) for word in self.words)


# --- words to pieces --------------------------------------------------------------------------------------------------


def pieces_of(words: Sequence[Word]) -> list[Piece]:
    """The pieces in the order of `words`."""
    lines = (sorted(line, key=lambda word: word.left) for _, line in groupby(words, key=lambda word: word.line))
    return [piece for line in lines for piece in _columns(line)]


def without_noise(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces without rules, dots, specks, and what was seen in seals and signatures."""
    return [clear for piece in pieces if (clear := _without_noise(piece))]


def _without_noise(piece: Piece) -> Piece | None:
    words = tuple(word for word in piece.words if not _is_noise(word))
    if not any(map(_says_something, words)) or Piece(words).confidence < _NOISE:
        return None
    return Piece(words)


def _says_something(word: Word) -> bool:
    return any(map(str.isalnum, word.text))


def _is_noise(word: Word) -> bool:
    if not word.text.strip(_RULES):
        return True
    signs = sum(1 for char in word.text if not char.isalnum())
    return word.confidence < _NOISE and signs * 2 > len(word.text)


def _columns(line: Sequence[Word]) -> list[Piece]:
    height = median(word.bottom - word.top for word in line)
    gap = height * (_GAP_IN_CAPITALS if all(word.text.upper() == word.text for word in line) else _GAP)
    groups = [[line[0]]]
    for before, after in pairwise(line):
        if after.left - before.right > gap and (after.text[:1].isupper() or after.text[:1] in "_-–—*("):
            groups.append([after])
        else:
            groups[-1].append(after)
    return [Piece(tuple(group)) for group in groups]


# --- stamps of reception ----------------------------------------------------------------------------------------------

# "CÔNG VĂN ĐẾN", "CV ĐẾN", "VĂN BẢN ĐẾN", "ĐẾN" in a frame, with lines to fill in below: seen on every second scan of an
# office that received the paper.  Its number and date are not the paper's.
_HEADS = ("congvanden", "cvden", "vanbanden", "den")
_BLANK = re.compile(r"(?:[cu]v\s*)?s[oe]\W|ngay\s*[.:_…]|gio\s*[.:_…]|(?:kinh\s*)?chuy|luu\s*h|don vi\W")


# Of the lines of a stamp, those that no form and no letterhead has.
_BLANK_OF_STAMP = re.compile(r"(?:kinh )?chuyen\b|luu ho\b|[cu]v\s*so\W")
_LEADER = re.compile(r"[.…_]{2,}")


def without_incoming_stamp(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces without those of stamps of reception, and the pieces taken out.

    A stamp is known by its head, or, where writing over it hides that, by two lines to be filled in, one under the other.
    """
    taken: list[Piece] = []
    kept = list(pieces)
    for head in [piece for piece in pieces if _is_stamp_head(piece)]:
        blanks = _blanks(head, kept)
        if blanks:
            kept, cut = _cut(kept, head, blanks)
            taken += cut
    if not taken and (blanks := _headless(kept)):
        right = max(blank.right for blank in blanks) + blanks[0].bottom - blanks[0].top
        kept, taken = _cut(kept, blanks[0], blanks, right)
    return kept, taken


def _headless(pieces: Sequence[Piece]) -> list[Piece]:
    """The lines of a stamp whose head cannot be read, as far as their leaders go: none where they may be those of a form."""
    for piece in pieces:
        if not (_BLANK_OF_STAMP.match(fold(piece.text)) and _LEADER.search(piece.text)):
            continue
        near = [other for other in pieces if _BLANK.match(fold(other.text)) and _one_under_other(other, piece)]
        if len(near) >= 2:
            return sorted(map(_to_leader, near), key=lambda blank: blank.top)
    return []


def _one_under_other(one: Piece, other: Piece) -> bool:
    height = max(other.bottom - other.top, one.bottom - one.top)
    return abs(one.left - other.left) < height and abs(one.top - other.top) < 4 * height


def _to_leader(piece: Piece) -> Piece:
    """The line up to a capital after the last of its dots: a line of the paper may stand beside the stamp."""
    last = max((at for at, word in enumerate(piece.words) if _LEADER.search(word.text)), default=len(piece.words))
    beside = (at for at, word in enumerate(piece.words) if at > last and word.text[:1].isupper())
    return Piece(piece.words[: next(beside, None)])


def _is_stamp_head(piece: Piece) -> bool:
    letters = [char for char in piece.text if char.isalpha()]
    if not 3 <= len(letters) <= 12 or sum(map(str.isupper, letters)) * 10 < len(letters) * 7:
        return False
    words = fold("".join(letters))
    return words in _HEADS or SequenceMatcher(None, words, _HEADS[0]).ratio() >= 0.75


def _blanks(head: Piece, pieces: Iterable[Piece]) -> list[Piece]:
    """The lines to be filled in below the head."""
    height = head.bottom - head.top
    width = max(head.right - head.left, 6 * height)
    return [
        piece
        for piece in pieces
        if head.top < piece.top < head.bottom + 7 * height
        and head.left - width < piece.left < head.right
        and _BLANK.match(fold(piece.text))
    ]


def _cut(
    pieces: Sequence[Piece], head: Piece, blanks: Sequence[Piece], right: int | None = None
) -> tuple[list[Piece], list[Piece]]:
    """Parts the words inside the frame of the stamp, which stands evenly about its head, from those beside it."""
    height = head.bottom - head.top
    left = min(piece.left for piece in (head, *blanks)) - height // 2
    right = head.left + head.right - left if right is None else right
    top, bottom = head.top - 3.5 * height, max(piece.bottom for piece in blanks) + height / 3
    ends = {blank.words[0]: blank.words for blank in blanks}
    kept: list[Piece] = []
    taken: list[Piece] = []
    for piece in pieces:
        line = ends.get(piece.words[0], piece.words)
        inside = tuple(word for word in line if left <= word.left and word.right <= right)
        if piece.top < head.top and len(inside) * 2 > len(piece.words):  # a long name of an office fills the frame
            inside = piece.words
        if inside and top <= piece.top <= piece.bottom <= bottom and _of_stamp(piece, Piece(inside), head, blanks):
            taken.append(Piece(inside))
            inside_words = set(map(id, inside))
            beside = tuple(word for word in piece.words if id(word) not in inside_words)
            kept += [Piece(beside)] if beside else []
        else:
            kept.append(piece)
    return kept, taken


def _of_stamp(piece: Piece, inside: Piece, head: Piece, blanks: Sequence[Piece]) -> bool:
    """A line of the frame: the head, a blank, the office above in small capitals, or what nobody can read."""
    if piece is head or any(piece.words[0] is blank.words[0] for blank in blanks) or inside.confidence < _SURE_OF_YEAR:
        return True
    small = inside.bottom - inside.top <= 1.3 * (head.bottom - head.top)
    return piece.top < head.top and small and sum(map(str.isupper, inside.text)) > len(inside.text) / 2


# --- guesses ----------------------------------------------------------------------------------------------------------

_SYMBOL = re.compile(r"/(?:\d{4}/)?[A-ZĐƯ][\w&]*(?:[-/.]\w+)*")
_NUMBER = re.compile(r"(\d{1,5}[a-z]?)(/(?:\d{4}/)?[A-ZĐƯ][\w&]*(?:[-/.]\w+)*)")
_MARK = re.compile(r"s\w{1,2}\s*[:.;]?\s*")  # "Số:", also as misread: "Sẻ", "SỐ :"
_DATE_LINE = re.compile(r"[^\W\d][^,/]{1,40}[,.]\s*ngay.{0,12}\bthang.{0,9}\bnam.{0,9}")


def without_guesses(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with what is unsure in number and date lines left blank.

    A blank that was filled in by hand is seen as something, and often wrongly: "Số: 61 /QĐ-TTg" as "6⁄4".  An empty
    number is true, and may be filled from a register; a wrong one sends people to another paper.
    """
    return [_clear_date(_clear_number(piece)) for piece in pieces]


def _clear_number(piece: Piece) -> Piece:
    """The number line with its number kept where it is sure.

    >>> word = lambda text, sure: Word(text, sure, (1, 1, 1), 0, 0, 9, 9)
    >>> _clear_number(Piece((word("Số:", 0.9), word("o3", 0.4), word("/CT-BCT", 0.8)))).text
    'Số: /CT-BCT'
    """
    place = next((at for at, word in enumerate(piece.words) if _SYMBOL.fullmatch(word.text)), None)
    if place is None:
        return _clear_joined_number(piece)
    before = piece.words[:place]
    mark = _MARK.match(fold(" ".join(word.text for word in before)))
    if not 0 < place <= 4 or mark is None:
        return piece
    number = " ".join(word.text for word in before)[mark.end() :].replace(" ", "")
    sure = re.fullmatch(r"\d{1,5}[a-z]?", number) and _least(before[1:] or before) >= _SURE
    return piece if sure else Piece((_renamed(before[0], "Số:"), *piece.words[place:]))


def _clear_joined_number(piece: Piece) -> Piece:
    if not 2 <= len(piece.words) <= 3 or not _MARK.fullmatch(fold(" ".join(word.text for word in piece.words[:-1]))):
        return piece
    last = piece.words[-1]
    joined = _NUMBER.fullmatch(last.text)
    if joined is None or last.confidence >= _SURE_IN_NUMBER:
        return piece
    return Piece((*piece.words[:-1], _renamed(last, joined[2])))


def _clear_date(piece: Piece) -> Piece:
    """The line of place and date with day, month and year kept where they are sure and there is such a day."""
    if len(piece.words) > 16 or not _DATE_LINE.fullmatch(fold(piece.text).rstrip(" .,")):
        return piece
    marks = [_mark_place(piece.words, mark) for mark in ("ngay", "thang", "nam")]
    day, month, year = marks
    if day is None or month is None or year is None or not day < month < year:
        return piece
    words = [
        *piece.words[:day],
        *_kept(piece.words[day:month], "ngày", range(1, 32), _SURE_IN_DATE),
        *_kept(piece.words[month:year], "tháng", range(1, 13), _SURE_IN_DATE),
        *_kept(piece.words[year:], "năm", range(1945, 2101), _SURE_OF_YEAR),
    ]
    return Piece(tuple(words))


def _mark_place(words: Sequence[Word], mark: str) -> int | None:
    return next((at for at, word in enumerate(words) if fold(word.text).startswith(mark)), None)


def _kept(words: Sequence[Word], mark: str, possible: range, sure: float) -> list[Word]:
    """A mark with the number after it, where that is sure; the mark alone where it is not."""
    number = "".join([words[0].text[len(mark) :], *(word.text for word in words[1:])]).rstrip(".,;")
    numbers = words[1:] or words
    if number.isdigit() and number.isascii() and int(number) in possible and _least(numbers) >= sure:
        return list(words)
    return [_renamed(words[0], mark)]


def _least(words: Iterable[Word]) -> float:
    return min(word.confidence for word in words)


def _renamed(word: Word, text: str) -> Word:
    return Word(text, word.confidence, word.line, word.left, word.top, word.right, word.bottom)


# --- slips ------------------------------------------------------------------------------------------------------------

_DATE_NUMBER = re.compile(r"[\dIl|!OoQU]{1,2}")
_AS_DIGITS = str.maketrans("Il|!OoQU", "11110000")
_OPEN = str.maketrans("eéèẻẽẹEÉÈẺẼẸ", "êếềểễệÊẾỀỂỄỆ")
SIGNS = ".,;:!?()[]“”\"'-"
_BARE_E = re.compile("(?<=[iyIY])[eéèẻẽẹEÉÈẺẼẸ]")


# A number of a law or ordinance as the program sees it: 28/2005/PL-UBTVQHI1, 101⁄2025⁄QHI5, 137/2025/0H15.  The terms of
# the National Assembly that number so have two digits.
_ASSEMBLY = re.compile(r"(\d{1,3})[/⁄](\d{4})[/⁄]((?:PL-|NQ-)?(?:UBTV)?)[QO0]{1,2}H[Il1]?([Il1\d][Il1\d])(\W*)")
_BROKEN_NUMBER = re.compile(r"\S*\d\S*/\S*-")
_SYMBOL_END = re.compile(r"[A-ZĐƯ][\w&]*(?:-\w+)*\W?")


def mend(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with slips of the program mended where only one reading is possible.

    A lost circumflex in a word that is no syllable without it ("QUYÉT" is "QUYẾT"); marks of a pair of syllables that has no
    rival ("tô chức" is "tổ chức", see `spelling`); letters for digits in a date ("ngày l2
    tháng I1 năm") and in the numbers of the National Assembly; a number broken after its hyphen at the end of a line.
    """
    mended = [_with_marks(Piece(tuple(_mended(piece.words, at) for at in range(len(piece.words))))) for piece in pieces]
    for at in range(len(mended) - 1):
        piece, after = mended[at], mended[at + 1]
        last, first = piece.words[-1], after.words[0]
        if len(after.words) > 1 and _BROKEN_NUMBER.fullmatch(last.text) and _SYMBOL_END.fullmatch(first.text):
            mended[at] = Piece((*piece.words[:-1], _renamed(last, last.text + first.text)))
            mended[at + 1] = Piece(after.words[1:])
    return mended


def _with_marks(piece: Piece) -> Piece:
    texts = mend_marks([word.text for word in piece.words])
    return Piece(tuple(_renamed(word, text) for word, text in zip(piece.words, texts, strict=True)))


def _mended(words: Sequence[Word], at: int) -> Word:
    word = words[at]
    if at and at + 1 < len(words) and _in_date(words[at - 1].text, words[at + 1].text) and _DATE_NUMBER.fullmatch(word.text):
        return _renamed(word, word.text.translate(_AS_DIGITS))
    if number := _ASSEMBLY.fullmatch(word.text):
        ordinal, year, body, term, sign = number.groups()
        return _renamed(word, f"{ordinal}/{year}/{body}QH{term.translate(_AS_DIGITS)}{sign}")
    spelt = _BARE_E.sub(lambda found: found[0].translate(_OPEN), word.text)
    if spelt != word.text and not is_syllable(word.text.strip(SIGNS)) and is_syllable(spelt.strip(SIGNS)):
        return _renamed(word, spelt)
    return word


def _in_date(before: str, after: str) -> bool:
    return (before.lower(), after.lower()) in {("ngày", "tháng"), ("tháng", "năm")}
