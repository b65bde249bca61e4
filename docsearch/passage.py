"""The sentence around a place in a text, on one line: what is quoted when one paper cites another."""

from __future__ import annotations

import re
from functools import cache

from docsearch.model import Span

REACH = 320  # characters to either side: sentences of decisions run on for pages
_SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_END = rf"""
      (?<=[.;!?])(?<!\n[0-9a-zđ]\.)(?<!\n\d\d\.)\s+(?=[^\W\d_a-zà-ỹ]|["“(–+•\d-])  # a stop, not that of an item's number
    | (?<![-–])\n\s*\n                                                          # an empty line, not one that a page break made
    | \n(?=\s*(?:[–+•*-]|[0-9a-zđ]{{1,3}}[.)/])\s)                                 # a new item of a list
    | \n[^{_SMALL}\n]{{4,}}\n(?=[^\n]*[{_SMALL}])                                      # a line in capitals, or a rule: a heading
    """
_SPACE = re.compile(r"\s+")
CUT = "…"


@cache
def _end() -> re.Pattern[str]:
    return re.compile(_END, re.VERBOSE)  # 3 ms, which a search need not wait for


def sentence(text: str, span: Span) -> tuple[str, Span]:
    """The sentence that holds `span`, white space made one, and the place of the span in it; "…" where it was cut."""
    low, high = max(0, span.start - REACH), min(len(text), span.end + REACH)
    start = max((match.end() for match in _end().finditer(text, low, span.start)), default=low)
    end = next((match.start() for match in _end().finditer(text, span.end, high)), high)
    before = _line(text[start : span.start]).lstrip()
    words = _line(text[span.start : span.end])
    after = _line(text[span.end : end]).rstrip()
    if start == low > 0:
        before = CUT + _after_space(before)
    if end == high < len(text):
        after = _before_space(after) + CUT
    return before + words + after, Span(len(before), len(before) + len(words))


def _line(text: str) -> str:
    return _SPACE.sub(" ", text)


def _after_space(text: str) -> str:
    """Without the broken word at the start."""
    return text.partition(" ")[2] or text


def _before_space(text: str) -> str:
    return text.rpartition(" ")[0] or text
