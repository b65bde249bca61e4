"""The number that a file name tells: "265-BC-UBND.pdf", "quyet-dinh-so-982-qd-ttg-469699.pdf"."""

from __future__ import annotations

import re

from docsearch.metadata.words import type_of_symbol
from docsearch.notation import DocNumber

_NUMBER = re.compile(
    r"""(?:^|[-_ ]) (?P<ordinal>\d{1,6}[a-z]?) [-_. ] (?:(?P<year>(?:19[4-9]|20\d)\d)[-_. ])?
    (?P<symbol> [A-Za-zĐđ][A-Za-zĐđ&]*\d{0,2} (?:[-_.][A-Za-zĐđ&]{2,}\d{0,2}){0,3} ) (?=$|[-_. ]\d|[ (])""",
    re.VERBOSE,
)


def number_of_file(name: str) -> str | None:
    """The first number with a symbol in a file name, as written there; a hash or a running number before it is none."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name.replace("\\", "/").rsplit("/", 1)[-1])
    for match in _NUMBER.finditer(stem):
        symbol = re.sub(r"[-_.]", "-", match["symbol"])
        first = symbol.split("-")[0]
        if "-" in symbol and (type_of_symbol(f"1/{symbol}") or (first.isupper() and len(first) > 2)):
            year = int(match["year"]) if match["year"] else None
            return str(DocNumber(match["ordinal"], year, symbol))
    return None
