"""Mentions by number: everything of the shape of a number with its symbol, judged by what stands before it.

Acceptance follows what was measured on 27 million characters of the official gazette: with a type word, nearly all are
citations; with "số" alone, most, but for form codes ("Mẫu số"); bare ones hardly ever, except with a year between slashes
or a known type and office ("08-CTr/TU" in a table).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from docsearch.citations.found import Found
from docsearch.citations.heads import Head, claimed_head, clipped_head, issued_head, read_head
from docsearch.citations.symbols import Symbol, number_places, read_symbol, torn_rest


@dataclass(slots=True)
class Loose:
    """A number without a type word of its own: a member of a list, or to be judged by itself."""

    found: Found
    head: Head
    symbol: Symbol


_LOST_HYPHEN = re.compile(r"[ \n](?:CP|TT[gG]|UBND|HĐND|T[UW]|B[A-ZĐ]{2,8})(?!\w)")  # "61/2018/NĐ CP"
_LOST_TERM = re.compile(r"[ \n]{1,2}(?:1[0-6]|[2-9])(?![\d/]|[.,]\d)")  # "55/2005/QH 11"
_NO_TEXT = re.compile(r"%|\.(?:docx?|pdf|xlsx?|html?|aspx|jpe?g|png|rar|zip)(?!\w)", re.IGNORECASE)  # an address or a file
_NEEDS_TYPE = {"L", "TC", "CT", "PC", "DA", "HD", "HĐ", "PA", "PB", "PG", "SL", "BB", "QC", "PL"}


def find_numbers(text: str) -> tuple[list[Found], dict[int, Loose]]:
    """All numbers with a symbol, in text order, and those without a type word of their own by their identity."""
    founds: list[Found] = []
    loose: dict[int, Loose] = {}
    for start, stop in number_places(text):
        rest, end = torn_rest(text, stop)
        symbol = read_symbol(text[start:stop] + rest)
        if symbol is not None and symbol.segments == 1 and symbol.doctype and (office := _LOST_HYPHEN.match(text, end)):
            symbol, end = read_symbol(text[start : office.end()]), office.end()
        if symbol is not None and symbol.number.endswith("QH") and (term := _LOST_TERM.match(text, end)):
            symbol, end = read_symbol("".join(text[start : term.end()].split())), term.end()
        if symbol is None or symbol.kind != "directive" or _NO_TEXT.match(text, end):
            continue
        head = read_head(text, start)
        if (head.forbidden and not _outweighs(symbol, head.forbidden)) or not _plausible(symbol, head):
            continue
        found = _found(head, symbol, start, end - symbol.surplus)
        if head.doctype is None:
            found = _clipped(text, found, head, symbol)
            loose[id(found)] = Loose(found, head, symbol)
        founds.append(found)
    return founds, loose


def _found(head: Head, symbol: Symbol, start: int, end: int) -> Found:
    found = Found(
        start=head.start,
        end=end,
        kind="number",
        doctype=head.doctype or symbol.doctype,
        number=symbol.number,
        name=None,
        issued=None,
        number_start=start,
        number_end=end,
    )
    if symbol.doctype and head.doctype and head.doctype not in {symbol.doctype, "Văn bản"}:
        found.flags += ("type-mismatch",)
    return found


def _clipped(text: str, found: Found, head: Head, symbol: Symbol) -> Found:
    better = _better_head(text, head, symbol) if head.marker else head
    if better.doctype:
        found.start, found.doctype = better.start, symbol.doctype or better.doctype
        found.flags += ("type-clipped",)
    return found


def _better_head(text: str, head: Head, symbol: Symbol) -> Head:
    """The head whose type stands further off, or in part; one without a type where there is none."""
    if symbol.doctype and (better := clipped_head(text, head, symbol.doctype)).doctype:
        return better
    if head.capital:
        return head
    better = issued_head(text, head)
    if better.doctype and symbol.doctype in {None, better.doctype}:
        return better
    if symbol.doctype and better.doctype and symbol.doctype.startswith(f"{better.doctype} "):  # "Thông tư của liên Bộ"
        return better
    return claimed_head(text, head, symbol.doctype) if symbol.doctype else head


def _outweighs(symbol: Symbol, forbidden: str) -> bool:
    """Whether a symbol is that of a paper for certain, whatever word stands before: "Luật ... quốc phòng số 98/2015/QH13"."""
    if symbol.year is not None:
        return symbol.legislature or symbol.doctype is not None
    return forbidden == "place" and symbol.doctype is not None and symbol.segments > 1


def _plausible(symbol: Symbol, head: Head) -> bool:
    """Whether it can be a number at all: the odd forms need a type word."""
    if symbol.odd:
        return head.doctype is not None
    if symbol.hyphened and symbol.segments < 2:
        return head.doctype is not None and sum(map(str.isupper, symbol.number)) > 1
    if symbol.hyphened and head.doctype is None:
        return symbol.doctype is not None
    if symbol.lower:
        return head.doctype is not None or head.marker or symbol.year is not None
    return True


def stands_alone(one: Loose) -> bool:
    """Whether a number without a type word, and outside a list, is a citation."""
    symbol, head = one.symbol, one.head
    if symbol.year is not None and (symbol.legislature or symbol.doctype):
        return symbol.segments > 1 or symbol.legislature
    if head.marker:
        return symbol.doctype is not None or symbol.segments > 1
    return symbol.doctype is not None and symbol.segments > 1 and _first(symbol) not in _NEEDS_TYPE


_LETTERS = re.compile(r"[^\W\d_]+")


def _first(symbol: Symbol) -> str:
    letters = _LETTERS.search(symbol.number)
    return letters[0] if letters else ""
