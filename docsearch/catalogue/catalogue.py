"""The catalogue: all facts of an archive in one SQLite file."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from docsearch.catalogue.answers import Answers
from docsearch.catalogue.database import Database
from docsearch.catalogue.documents import Documents
from docsearch.catalogue.files import Files
from docsearch.catalogue.graph import Graph
from docsearch.catalogue.outbox import Outbox

_GET = "SELECT value FROM meta WHERE name = ?"
_SET = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class Catalogue:
    """The facts, by what they are about: files, documents, the graph (written) and answers (asked), the outbox."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self.path = path
        self.files = Files(self._database)
        self.documents = Documents(self._database)
        self.graph = Graph(self._database)
        self.answers = Answers(self._database)
        self.outbox = Outbox(self._database)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside becomes true together, or not at all."""
        return self._database.transaction()

    def get(self, name: str) -> str | None:
        """A remembered value: the engine, versions, the last run."""
        value = self._database.value(_GET, (name,))
        return None if value is None else str(value)

    def set(self, name: str, value: str) -> None:
        """Remember a value."""
        self._database.run(_SET, (name, value))

    def remove_if_unheld(self, document: str) -> bool:
        """Take a document out, and tell the engine, unless some file still holds it."""
        key = self.documents.key(document)
        if key is None or self.documents.is_held(key):
            return False
        self.graph.remove(key)
        self.documents.drop(key)
        self.outbox.put(document, removed=True)
        return True
