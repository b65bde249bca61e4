"""The tables under ``tables/`` as records: document types, relations, issuers, places.  Each is read on first use.

A new document type, issuer or relation is a new row, not new code.  Each row tells the source of its rule and carries
real examples, which the tests hold against it.
"""

from __future__ import annotations

import tomllib
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


# --- issuers ----------------------------------------------------------------------------------------------------------


# --- places -----------------------------------------------------------------------------------------------------------


__all__ = ["cache", "column", "read_table"]
