"""What the words between two mentions say of the two: whether they are coordinated, go on, or stand apart."""

from __future__ import annotations

import re
from typing import Final

from docsearch.citations.govern import Verdict, read_words
from docsearch.vietnamese import fold

_BEFORE_NUMBER: Final = (" số:", " số", " các", " cả")


def ends_with_separator(gap: str) -> bool:
    """Whether the words before a mention end in a comma, ";" or "và", which coordinate it with what stands before."""
    words = gap.replace("*", " ").rstrip(" \n_").rstrip()
    for tail in _BEFORE_NUMBER if words.endswith(_BEFORE_NUMBER) else ():
        words = words.removesuffix(tail).rstrip()
    return not words or words.endswith((",", ";", "&")) or words.rsplit(None, 1)[-1].lower() in {"và", "hoặc", "với"}


_LINKING: Final = frozenset(
    {"một", "số", "điều", "khoản", "điểm", "nội", "dung", "các", "quy", "định", "của", "vào", "sau", "trước"}
)


def is_apart(gap: str, verdict: Verdict) -> bool:
    """Whether the last words of a title do not lead on to the mention: "... hướng dẫn về bảo hiểm" and a line end."""
    if verdict.link or verdict.passive or verdict.code not in {None, "guides", "amends"}:
        return False
    rest = read_words(gap)[verdict.last :]
    return verdict.code is None or not all(len(word) < 2 or word in _LINKING or fold(word) in _CHANGING for word in rest)


_CHANGING: Final = frozenset({"sua", "doi", "bo", "sung"})  # "sửa đổi, bô sung": a mark misread


def adds_part(gap: str) -> bool:
    """Whether parts of another act are added to what stands before: "Điều 52 của Luật Việc làm và một số điều của"."""
    if not gap.lstrip(" \n*_").startswith(("và ", "và\n", "hoặc", ",")):
        return False
    words = read_words(gap)
    return words[-1:] == ("của",) and all(word in _ADDING or len(word) < 2 for word in words)


_ADDING: Final = frozenset({"và", "hoặc", "một", "số", "các", "điều", "khoản", "điểm", "nội", "dung", "của"})


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def unquoted(gap: str) -> str:
    """`gap` with what it quotes made blank: words of another text govern nothing."""
    return _QUOTED.sub(lambda quote: " " * len(quote[0]), gap) if "”" in gap or '"' in gap else gap


def goes_on(gap: str) -> bool:
    """Whether only a comma or "và" stands between two mentions."""
    words = gap.replace("*", " ").strip(" \n_").lower()
    return words in {",", "và", ""} or words.removesuffix("số").rstrip() in {",", "và"}


def before_separator(text: str, begin: int) -> int:
    """Where the comma, ";" or "và" stands that parts the mention at `begin` from the one before."""
    low = max(0, begin - 80)
    head = text[low:begin].rstrip(" \n*_")
    for mark in ("và", "hoặc", ",", ";"):
        head = head.removesuffix(mark)
    return low + len(head)


def clause_of(text: str, start: int, begin: int) -> int:
    """The place after the last ";" before `begin`; `start` where there is none."""
    return max(start, text.rfind(";", start, begin) + 1)
