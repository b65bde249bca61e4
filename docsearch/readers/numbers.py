"""Numbers of days, months and years that are hard to see, in print or by hand: several looks are asked.

Pure: words in, an answer out.  A wrong number is worse than none, so looks must agree; and the number of a paper, mostly
written by hand, is not asked for: three looks of five saw a "61" as 64.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from docsearch.readers.tesseract import Word
from docsearch.vietnamese import fold

_MARKS = frozenset({"ngay", "thang", "nam"})
_BELIEVED = 0.75  # printed numbers are seen with more, even where they are in dispute
_SURE = 0.7  # of one look among several
# What printed digits are taken for, italic ones above all; those by hand are taken for anything else too.
_AS_DIGITS = str.maketrans("Il|!]OoQŠ", "111110005")
_ENDS = ".,;:"


def is_doubtful_number(before: Word, word: Word) -> bool:
    """Whether `word` stands where a number is wanted (after "ngày", "tháng", "năm") and is not sure to be one."""
    return (
        before.line == word.line
        and word.confidence < _BELIEVED
        and fold(before.text).rstrip(_ENDS) in _MARKS
        and 1 <= len(word.text.strip(_ENDS)) <= 5
    )


def elected(looks: Sequence[Word]) -> str | None:
    """The number that the looks at one place speak for; ``None`` where they differ, or all are unsure.

    Three must see it or the like of it ("I5" is 15), one of them surely and as digits, and at most one anything else: a
    "13" by hand was seen as 43 by two looks of four, with 0.95 and 0.89.

    >>> look = lambda text, sure: Word(text, sure, (1, 1, 1), 0, 0, 9, 9)
    >>> elected([look("I5", 0.37), look("1Š", 0.65), look("I5", 0.46), look("15", 0.72)])
    '15'
    >>> elected([look("4$", 0.8), look("43", 0.95), look("43", 0.89), look("4$", 0.73)]) is None
    True
    """
    seen = [(look.text.strip(_ENDS), look.confidence) for look in looks]
    sure = Counter(text for text, confidence in seen if text.isdigit() and confidence >= _SURE)
    if len(sure) != 1:
        return None
    number = next(iter(sure))
    alike = sum(text.translate(_AS_DIGITS) == number for text, _ in seen)
    return number if alike >= 3 and len(seen) - alike <= 1 else None
