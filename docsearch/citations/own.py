"""The document's own number: its number line, and its mentions of itself in annex headings, are no citations."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from docsearch.citations.found import Found
from docsearch.citations.numbers import Loose
from docsearch.citations.symbols import read_symbol
from docsearch.model import Metadata
from docsearch.notation import number_key

_PAPER = 500  # characters; shorter ones are excerpts
_LETTERHEAD = 4000  # the own number line stands within these first characters


class Own(NamedTuple):
    """The key of the own number (``None``: unknown), and the own date in ISO (``None``: unknown)."""

    key: str | None
    issued: str | None


def number_lines(text: str, numbers: list[Found], loose: dict[int, Loose]) -> list[Found]:
    """The numbers that stand on a number line, at the head of a line or cell: "Số: 12/BC-UBND", "Luật số: 14/2017/QH14"."""
    lines = [one.found for one in loose.values() if one.head.capital and _heads_line(text, one.found, one.head.start)]
    laws = [found for found in numbers[:4] if id(found) not in loose and _heads_law(text, found)]
    return lines + laws + [found for found in numbers[:1] if id(found) not in loose and _heads_text(text, found)]


def _heads_text(text: str, found: Found) -> bool:
    """Whether a paper begins with its type and number alone on a line, as collections and portals print it."""
    return (
        not text[: found.start].strip(" \n\t*_#")
        and text[found.end : found.end + 40].lstrip(" \t*_")[:1] == "\n"
        and len(text) > found.end + _PAPER
    )


def _heads_law(text: str, found: Found) -> bool:
    """Whether a number with its type word is the number line of an act of the National Assembly, alone on its line."""
    symbol = read_symbol(str(found.number))
    if found.start > _LETTERHEAD or symbol is None or not symbol.legislature or ":" not in text[found.start : found.number_start]:
        return False
    before, after = text[max(0, found.start - 40) : found.start], text[found.end : found.end + 40]
    return before.rstrip(" \t*_")[-1:] in {"", "\n", "|"} and after.lstrip(" \t*_")[:1] in {"", "\n", "|"}


def _heads_line(text: str, found: Found, start: int) -> bool:
    """Whether "Số" heads a line or cell; in a letterhead flattened to one line it follows words in capitals."""
    before = text[max(0, start - 40) : start].rstrip(" \t*_-")
    colon = ":" in text[start : found.number_start]
    if before and before[-1] not in "\n|":
        return colon and start < _LETTERHEAD and before[-1].isupper()
    return colon or start < _LETTERHEAD


def read_own(text: str, lines: list[Found], own: Metadata | None) -> Own:
    """Who the document is: from its metadata, else from the first number line of its letterhead."""
    issued = own.issued.value if own and own.issued else None
    if own and own.number:
        return Own(number_key(own.number.value), issued)
    first = next((found for found in lines if found.start < _LETTERHEAD), None)
    return Own(number_key(first.number) if first and first.number else None, issued)


@lru_cache(maxsize=8192)
def _key(number: str) -> str | None:
    return number_key(number)


def is_own(found: Found, own: Own) -> bool:
    """Whether a mention names the document itself: the same number, and no other date."""
    if own.key is None or found.number is None or found.kind != "number":
        return False
    if own.key[0] not in (found.number.lstrip("0")[:1], "0") or _key(found.number) != own.key:  # most differ in the first digit
        return False
    return found.issued is None or own.issued is None or found.issued[: len(own.issued)] == own.issued[: len(found.issued)]
