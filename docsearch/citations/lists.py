"""What the head of a list says of its items, and the first words of a paragraph of all that it lists.

"Bãi bỏ các văn bản sau:" and its points a), b), c); the numbered items under "Điều 1. Bãi bỏ toàn bộ các quyết định";
"Thực hiện Nghị quyết Đại hội ...; Chỉ thị số ...; Quyết định số ...".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from docsearch.citations.govern import Words, govern, read_words
from docsearch.citations.paragraphs import block_start

BULLET = re.compile(r"[\s*_|]*(?:[-+•–]\s+|\d{1,2}[.)]\s+|\d{1,2}(?:\.\d{1,2})+\.?\s+|[a-zđ]\)\s+|[IVX]{1,4}[.)]\s+)?[\s*_(“\"]*")


_SECTION = re.compile(r"VĂN\s+BẢN[^\n]{0,80}?(HẾT|NGƯNG|CÒN)\s+HIỆU\s+LỰC")


class Sections:
    """The parts of a published list of acts that have ended: "A. VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ", "B. VĂN BẢN CÒN HIỆU LỰC"."""

    __slots__ = ("_ended", "_starts")

    def __init__(self, text: str) -> None:
        found = list(_SECTION.finditer(text)) if "HIỆU LỰC" in text else []
        self._starts = [heading.start() for heading in found]
        self._ended = [heading[1] == "HẾT" for heading in found]

    def ended_at(self, at: int) -> bool:
        """Whether the rows at `at` are of acts that have ended."""
        place = bisect_right(self._starts, at)
        return place > 0 and self._ended[place - 1]


class Lists:
    """The list that is being read: its bullet, what its head says, and where its last item stood."""

    __slots__ = ("_bullet", "_last", "_relation", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._bullet = ""
        self._relation: str | None = None
        self._last = 0

    def relation_of(self, block: int, above: str | None) -> str | None:
        """The relation of the mention with which the paragraph at `block` begins; ``None`` where no list gives one.

        `above` is the relation of the mention before, which a passive head or a paragraph that ends with ";" passes on.
        """
        before = self._text[max(0, block - 400) : block].rstrip(" \n\t*_")
        if before.endswith("|"):  # the cell of a table
            return None
        bullet = _bullet(self._text, block)
        head = _list_head(before)
        if head is not None:
            relation = _head_relation(head)
            self._bullet, self._last = bullet, block
            self._relation = above if relation == "passive" else relation
            return self._relation
        if self._relation is not None and bullet == self._bullet and self._goes_on(block):
            self._last = block
            return self._relation
        return above if before.endswith((";", ",")) else None

    def _goes_on(self, block: int) -> bool:
        """Whether the item at `block` is of the same list as the last one: near it, with no heading or table between."""
        near = 2500 if self._bullet else 700
        between = self._text[self._last + 1 : block] if block - self._last < near else "|"
        return "|" not in between and _HEADING.search(between) is None


def _bullet(text: str, block: int) -> str:
    """The kind of bullet with which a paragraph begins: "-", "x)", "x."; "" where there is none."""
    mark = BULLET.match(text, block)
    return re.sub(r"\w+", "x", mark[0].strip()) if mark else ""


def opener(text: str, start: int) -> str | None:
    """The relation that the first words of the paragraph at `start` give to all that it lists."""
    opening = BULLET.match(text, start)
    words = read_words(text[opening.end() : opening.end() + 40] if opening else "")[:4]
    for end in range(1, len(words) + 1):
        code = govern(" ".join(words[:end])).code
        if code is not None:
            return code if code in _OPENERS else None
    return None


_OPENERS: Final = frozenset({"based_on", "implements", "proposed_by", "replaces", "repeals", "amends", "replies_to"})
_HEADING = re.compile(r"\n[\s*_#]*Điều\s+\d+[a-z]?\b|:[*_ \t]*\n")
_ARTICLE = re.compile(r"(?:^|\n)[\s*_#]*Điều\s+\d+[a-zđ]?[.:]?[\s*_]+(?=\w)")


def _list_head(before: str) -> str | None:
    """The words before a list that speak for its items: a sentence that ends with ":", or the heading of an article."""
    if before.endswith(":"):
        return _sentence_tail(before[:-1])
    articles = list(_ARTICLE.finditer(before)) if "Điều" in before else ()
    heading = before[articles[-1].end() :] if articles else ""
    return heading if heading and not _SENTENCE_END.search(heading) else None


_SENTENCE_END = re.compile(r"[.;](?:\s|$)")


def _sentence_tail(head: str) -> str:
    """The last sentence of the words before a list."""
    start = block_start(head, 0, len(head))
    return head[start:] if start >= 0 else head


def _head_relation(head: str) -> str | None:
    """The relation that the head of a list gives to its items; "passive" where it passes on that of the mention before."""
    if _CHANGING_PAPERS.match(head):
        return None
    issued = _ISSUED_PAPERS.search(head)
    if issued is not None and not _CHANGING.search(head, 0, issued.start()):
        return "issues"
    verdict = govern(head)
    if verdict.passive:
        return "passive"
    words = read_words(head)
    if verdict.code not in {None, "issues"} and verdict.last >= len(words) - 6:
        return verdict.code
    return _leftmost(words) or verdict.code


# "- Văn bản sửa đổi, bổ sung, thay thế:": those that follow change another paper, and are not changed.
_CHANGING_PAPERS = re.compile(
    r"\W*(?:các\s+)?văn\s+bản\s+(?:đã\s+)?(?:sửa\s+đổi|bổ\s+sung|hướng\s+dẫn|quy\s+định)(?!\w)", re.IGNORECASE
)
_CHANGING = re.compile(r"bãi\s+bỏ|thay\s+thế|sửa\s+đổi|hủy\s+bỏ|hiệu\s+lực|căn\s+cứ", re.IGNORECASE)
_ISSUED_PAPERS = re.compile(
    r"(?:ban\s+hành|tham\s+mưu|ký|xây\s+dựng)(?:\s+\w+){0,3}\s+(?:văn\s+bản|kế\s+hoạch|quyết\s+định|chỉ\s+thị|công\s+văn)"
    r"|(?:đã|vừa)\s+ban\s+hành\s*$",
    re.IGNORECASE,
)


def _leftmost(words: Words) -> str | None:
    """The first cue of a list head, where none stands near its end."""
    for end in range(1, min(len(words), 60) + 1):
        verdict = govern(" ".join(words[:end]))
        if verdict.code is not None:
            return verdict.code
    return None
