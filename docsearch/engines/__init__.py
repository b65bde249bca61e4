"""The words, ranked: one protocol, one engine a file.

Every engine is given the same words, cut and keyed by `docsearch.vietnamese`, and the same queries, built by
`engines.build`; so each finds the same documents, counts and facets, and only the scores are its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from docsearch.errors import EngineError
from docsearch.model import Entry, Match, Matches, Node, Query, Sort

ENGINES = ("tantivy", "whoosh")
"""The names that `open_engine` knows; the first is the default."""


class Engine(Protocol):
    """One search index on disk.  Many may read it while one writes; what is written is seen after `commit`."""

    def replace(self, entries: Iterable[Entry]) -> None:
        """Take in `entries`, each in the place of what is held under its document id."""

    def remove(self, documents: Iterable[str]) -> None:
        """Let go of these documents; one that is not held is no error."""

    def commit(self, generation: int) -> None:
        """Make all changes since the last commit durable and visible at once, together with `generation`."""

    def search(
        self,
        query: Query,
        filters: Node | None = None,
        *,
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        facets: tuple[str, ...] = (),
    ) -> Matches:
        """One page of the documents that match `query` and `filters`, the exact total, and counts for each facet.

        `filters` decide and do not score.  Facets: doctype, issuer, level, status, year; their counts are of all that
        match, and a document without the value is in none.  Sorted by date or number, those without stand last.
        """

    def frequency(self, field: str, word: str, match: Match) -> int:
        """In how many documents a field of text holds a word; those removed since the last merge may still count."""

    def documents(self) -> Iterator[str]:
        """The ids of all documents held, in no order."""

    def generation(self) -> int:
        """The number given to the last `commit`, 0 before the first."""

    def damage(self) -> Iterator[str]:
        """Which files are not what was written, one line each, as far as the engine can tell; reads them all."""

    def close(self) -> None:
        """Let go of files and locks; changes that were not committed are lost."""


def open_engine(name: str, path: Path, *, read_only: bool = False) -> Engine:
    """The engine `name` over the folder `path`, which is made where it is missing, unless `read_only`.

    `EngineError` for an unknown name or a missing package, `IndexDamaged` where the folder holds no index of this
    engine that can be read, `VersionMismatch` where the words in it were cut by another version of the analysis.
    """
    try:
        return _opened(name, path, read_only)
    except OSError as error:
        raise EngineError(name, path, error.strerror or str(error)) from error


def _opened(name: str, path: Path, read_only: bool) -> Engine:
    if name == "tantivy":
        from docsearch.engines.tantivy import TantivyEngine

        return TantivyEngine(path, read_only=read_only)
    if name == "whoosh":
        from docsearch.engines.whoosh import WhooshEngine

        return WhooshEngine(path, read_only=read_only)
    raise EngineError(name, path, f"no such engine; known are {', '.join(ENGINES)}")
