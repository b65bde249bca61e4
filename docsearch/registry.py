"""The tables under ``tables/`` as records: document types, relations, issuers, places.  Each is read on first use.

A new document type, issuer or relation is a new row, not new code.  Each row tells the source of its rule and carries
real examples, which the tests hold against it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docsearch.errors import RegistryError

_TABLES = Path(__file__).with_name("tables")


def read_table(name: str) -> tuple[dict[str, Any], ...]:
    """The rows of ``tables/NAME.toml``, in order: the one array of tables in it, which is called as the file is.

    `RegistryError` where the file is no TOML or holds no such array.
    """
    path = _TABLES / f"{name}.toml"
    try:
        rows = tomllib.loads(path.read_text("utf-8"))[name]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise RegistryError(path.name, "-", f"no table [[{name}]]: {error}") from error
    return tuple(rows)


def column(table: str, row: dict[str, Any], key: str, kind: type[Any], default: Any = None) -> Any:
    """The value of one column of a row, `default` where it is empty; `RegistryError` where it is of another kind."""
    value = row.get(key, default)
    if value is not default and not isinstance(value, kind):
        raise RegistryError(f"{table}.toml", str(row), f"{key} must be {kind.__name__}")
    return tuple(value) if isinstance(value, list) else value


# --- document types ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DocType:
    """A type of official paper: see the head of ``tables/doctypes.toml`` for the columns.

    `kind` is "directive", or the class of look-alike ("permit", "judgment", "standard", "form") that is never cited.
    """

    name: str
    symbols: tuple[str, ...]
    short: tuple[str, ...]
    forms: tuple[str, ...]
    group: str
    kind: str
    digits: bool
    source: str
    examples: tuple[str, ...]


@cache
def doctypes() -> tuple[DocType, ...]:
    """All document types, in the order of the table."""
    return tuple(_doctype(row) for row in read_table("doctypes"))


def _doctype(row: dict[str, Any]) -> DocType:
    def words(key: str) -> tuple[str, ...]:
        found: tuple[str, ...] = column("doctypes", row, key, list, ())
        return found

    return DocType(
        name=column("doctypes", row, "name", str),
        symbols=words("symbols"),
        short=words("short"),
        forms=words("forms"),
        group=column("doctypes", row, "class", str),
        kind=column("doctypes", row, "kind", str, "directive"),
        digits=column("doctypes", row, "digits", bool, False),
        source=column("doctypes", row, "source", str),
        examples=words("examples"),
    )


@cache
def law_names() -> dict[str, tuple[str, ...]]:
    """The names of laws by kind ("Luật", "Bộ luật", "Pháp lệnh"), without that word."""
    return {row["kind"]: tuple(row["names"]) for row in read_table("laws")}


# --- issuers ----------------------------------------------------------------------------------------------------------


# --- places -----------------------------------------------------------------------------------------------------------


__all__ = ["cache", "column", "read_table"]
