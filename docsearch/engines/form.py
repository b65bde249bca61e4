"""The form in which every engine indexes a document: its streams of words, its keywords, its numbers to sort by."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from docsearch.errors import IndexDamaged, VersionMismatch
from docsearch.model import Entry, Match
from docsearch.vietnamese import ANALYSIS_VERSION, LONGEST_KEY, streams

FORM_VERSION = 2
"""Raised when the fields below change: an index of another form must be rebuilt."""

TEXTS = ("body", "title", "headings", "issuer", "signer", "place", "addressees")
"""Fields of words, each kept twice, with exact and with folded keys.  The body begins with the title."""

NAMES = ("doctype", "issuer", "level", "status", "secrecy", "urgency")
KEYWORDS = (*NAMES, "number", "ordinal", "symbol", "cites")
"""Fields compared as a whole.  Names are compared folded; numbers by their key."""

FACETS = ("doctype", "issuer", "level", "status", "year")
NUMBERS = ("year", "first", "last", "by_date", "by_date_down", "by_number")

WEIGHTS = {"title": 1.0}
"""What a word in these fields adds, beside its score in the body, which begins with the title.

Between 0.5 and 1.5 questions and known items are answered alike; with 3 questions lose. Headings are searched as a field of
their own but add nothing here: with the first line of each article as its heading and a weight of 0.5, questions fall from
0.883 to 0.871 in nDCG@10, with 1 to 0.851 (November 2026).
"""

TOGETHER = 2.0
"""What all words typed side by side add where they stand so, in the body and again in the title.

Known items are answered alike with 1 to 3.  With 1 a long paper that holds each of six syllables often, but never the line,
still came before those that hold it; with 2 it does not (528 real papers, November 2026).
"""
WINDOW, IN_WINDOW = 3, 0.6
"""How many neighbours are looked for together where not all words must stand in a document, and what they add."""
LONGEST_RUN = 24  # words; a longer line is a sentence, which no paper holds word for word
REACH = 3_000
"""Documents with the rarest word of a phrase that only adds to scores; above, it is left out.

A pair of words that stand in every tenth of 30,000 papers takes six times as long to look for side by side as both words
do anywhere; up to 3,000 papers it is half as much again (November 2026).
"""

OWN_NUMBER, CITED_NUMBER = 1000.0, 300.0
"""The score of a document that bears the number asked for, and of one that cites it: above any sum of words."""

BARRIER = "¶" * (LONGEST_KEY + 10)
"""Stands between title and body, so that no phrase crosses: no word, and farther from any word than a fuzzy one goes."""

# A sort key is 63 bits: the value, then enough of the document id to put equals in one order on every machine.
_TIE_BITS = 32
_LATEST = (1 << (63 - _TIE_BITS)) - 1
_YEAR_BITS = 11


@dataclass(frozen=True, slots=True)
class Form:
    """One entry made ready: words joined by spaces, keywords, values to count by, whole numbers."""

    document: str
    texts: dict[str, str]
    keywords: dict[str, tuple[str, ...]]
    facets: dict[str, str]
    numbers: dict[str, int]


def form(entry: Entry) -> Form:
    """`entry` as it is indexed."""
    return Form(
        entry.document,
        _texts(entry),
        {name: values for name, values in _keywords(entry).items() if values},
        {name: value for name in FACETS[:-1] if (value := getattr(entry, name))},
        _numbers(entry),
    )


def stream(field: str, match: Match) -> str:
    """The name of the field of words: ``body_exact``, ``title_folded``."""
    return f"{field}_{match}"


@lru_cache(maxsize=10_000)  # types and offices are few
def keyword(value: str) -> str:
    """A name as a keyword field compares it: its folded words."""
    return streams(value)[1]


def _texts(entry: Entry) -> dict[str, str]:
    title, body = streams(entry.title), streams(entry.body)
    cut = {
        "body": tuple(f"{head} {BARRIER} {rest}" if head else rest for head, rest in zip(title, body, strict=True)),
        "title": title,
        "headings": streams(entry.headings),
        "issuer": streams(entry.issuer),
        "signer": streams(entry.signer),
        "place": streams(entry.place),
        "addressees": streams(entry.addressees),
    }
    return {
        f"{field}_{match}": words for field, both in cut.items() for match, words in zip(("exact", "folded"), both, strict=True)
    }


def _keywords(entry: Entry) -> dict[str, tuple[str, ...]]:
    names = {name: (keyword(value),) for name in NAMES if (value := getattr(entry, name))}
    return names | {
        "number": _with_years(entry.numbers, entry.year),
        "ordinal": tuple(dict.fromkeys(key.partition("/")[0] for key in entry.numbers)),
        "symbol": tuple(dict.fromkeys(_symbol(key) for key in entry.numbers)),
        "cites": _with_years(entry.cites, None),
    }


def _symbol(key: str) -> str:
    """``ND-CP`` of ``108/2014/ND-CP``."""
    ordinal_or_year, _, rest = key.partition("/")[2].partition("/")
    return rest or ordinal_or_year


def _with_years(keys: Iterable[str], year: int | None) -> tuple[str, ...]:
    """`keys`, and for each its ordinal and year alone, as people say it: ``108/2014`` for ``108/2014/ND-CP``."""
    found = dict.fromkeys(keys)
    for key in tuple(found):
        ordinal, _, rest = key.partition("/")
        middle, slash, _ = rest.partition("/")
        if slash and middle.isdigit():
            found[f"{ordinal}/{middle}"] = None
        elif year:
            found[f"{ordinal}/{year}"] = None
    return tuple(found)


# --- dates and order --------------------------------------------------------------------------------------------------


def first_day(iso: str) -> int:
    """The earliest day of an ISO date of any exactness, as a number that sorts: ``2023-02`` gives 20230200."""
    return int(iso.replace("-", "").ljust(8, "0"))


def last_day(iso: str) -> int:
    """The latest day of it: ``2023-02`` gives 20230299."""
    return int(iso.replace("-", "").ljust(8, "9"))


def _numbers(entry: Entry) -> dict[str, int]:
    tie = _tie(entry.document)
    rank = _rank(entry)
    numbers = {"by_number": (rank << _TIE_BITS) + tie, "by_date": (_LATEST << _TIE_BITS) + tie, "by_date_down": -tie}
    if entry.year is not None:
        numbers["year"] = entry.year
    if entry.issued:
        first, last = first_day(entry.issued), last_day(entry.issued)
        dated = {"by_date": (first << _TIE_BITS) + tie, "by_date_down": (first << _TIE_BITS) - tie}
        numbers |= {"first": first, "last": last} | dated
    return numbers


def _tie(document: str) -> int:
    """32 bits of a document's id (hexadecimal digits; of any other id, its bytes)."""
    try:
        return int(document[:8], 16)
    except ValueError:
        return int.from_bytes(document.encode()[:4].ljust(4, b"\0"))


def _rank(entry: Entry) -> int:
    """The place of a document by its number: the ordinal, then the year; none is last."""
    ordinal = "".join(letter for letter in entry.numbers[0].partition("/")[0] if letter.isdigit()) if entry.numbers else ""
    if not ordinal:
        return _LATEST
    return min(int(ordinal[:6]) << _YEAR_BITS | min(entry.year or 0, (1 << _YEAR_BITS) - 1), _LATEST)


SORTS = {"date": ("by_date", False), "-date": ("by_date_down", True), "number": ("by_number", False)}
"""The field that each order reads, and whether the largest comes first."""

# --- the stamp of an index --------------------------------------------------------------------------------------------

_STAMP = "docsearch.json"


def write_stamp(path: Path, engine: str) -> None:
    """Say beside a new index which engine and which version of the words made it."""
    (path / _STAMP).write_text(json.dumps({"engine": engine, "version": _version()}), "utf-8")


def check_stamp(path: Path, engine: str) -> None:
    """`IndexDamaged` where `path` holds no index of this engine, `VersionMismatch` where its words are cut otherwise."""
    try:
        stamp = json.loads((path / _STAMP).read_text("utf-8"))
        found = (stamp["engine"], stamp["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(engine, path, f"there is no search index ({error}); run `docsearch rebuild`") from error
    if found[0] != engine:
        raise IndexDamaged(engine, path, f"the search index is one of {found[0]}; run `docsearch rebuild`")
    if found[1] != _version():
        raise VersionMismatch(path, str(found[1]), _version())


def _version() -> str:
    return f"{FORM_VERSION}.{ANALYSIS_VERSION}"
