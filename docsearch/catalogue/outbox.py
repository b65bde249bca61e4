"""What the search engine still has to take in, and how far it was told.

A row is written in the transaction that makes it necessary.  The engine commits under the number of the last row that
it took in, its *generation*; only then are the rows removed.  A kill in between means that rows are taken in twice, which
changes nothing, never that one is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from docsearch.catalogue.database import Database

_PUT = "INSERT INTO outbox (document, removed) VALUES (?, ?)"
_PUT_ALL = "INSERT INTO outbox (document, removed) SELECT id, 0 FROM documents ORDER BY key"
_LAST = "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'"
_NEXT = "SELECT seq, document, removed FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?"
_DELIVERED = "SELECT value FROM meta WHERE name = 'delivered'"
_DELIVER = "INSERT INTO meta (name, value) VALUES ('delivered', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_CLEAR = "DELETE FROM outbox WHERE seq <= ?"
_COUNT = "SELECT count(*) FROM outbox"


@dataclass(frozen=True, slots=True)
class Errands:
    """A run of outbox rows made one: the documents to replace and to remove, and the number of the last row."""

    replace: tuple[str, ...]
    remove: tuple[str, ...]
    last: int


class Outbox:
    """The table `outbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, document: str, *, removed: bool = False) -> None:
        """Tell the engine of a document that is new or changed, or gone."""
        self._database.insert(_PUT, (document, removed))

    def put_all(self) -> None:
        """Tell the engine of every document."""
        self._database.run(_PUT_ALL)

    def take(self, after: int, limit: int) -> Errands | None:
        """The next rows after a number, at most `limit`; what comes later for one document wins."""
        rows = list(self._database.rows(_NEXT, (after, limit)))
        if not rows:
            return None
        latest = {document: bool(removed) for _, document, removed in rows}
        replace = tuple(document for document, removed in latest.items() if not removed)
        return Errands(replace, tuple(document for document, removed in latest.items() if removed), rows[-1][0])

    def clear(self, last: int) -> None:
        """Forget the rows up to a number: the engine has them on disk."""
        with self._database.transaction():
            self._database.run(_CLEAR, (last,))
            self._database.run(_DELIVER, (str(last),))

    def delivered(self) -> int:
        """Up to which number the engine has them: its generation."""
        return int(self._database.value(_DELIVERED) or 0)

    def pending(self) -> int:
        """How many rows wait."""
        return int(self._database.value(_COUNT))

    def last(self) -> int:
        """The number of the newest row that ever was."""
        return int(self._database.value(_LAST) or 0)
