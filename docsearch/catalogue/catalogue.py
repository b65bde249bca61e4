"""The catalogue: all facts of an archive in one SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from docsearch.catalogue import codec
from docsearch.catalogue.answers import Answers
from docsearch.catalogue.database import Database, one_line
from docsearch.catalogue.documents import Documents
from docsearch.catalogue.files import Files
from docsearch.catalogue.graph import Graph
from docsearch.catalogue.outbox import Outbox

_GET = "SELECT value FROM meta WHERE name = ?"
CONTRADICTIONS = (
    (
        "document-without-file",
        "SELECT id FROM documents d WHERE released = 0 AND NOT EXISTS (SELECT 1 FROM files f WHERE f.document = d.key)",
        "no file holds this document",
    ),
    (
        "file-without-document",
        "SELECT path FROM files WHERE state = 'read' AND document IS NULL",
        "read, but its document is not there",
    ),
    (
        "document-without-text",
        "SELECT id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM contents c WHERE c.document = d.key)",
        "its text is not there",
    ),
    (
        "citations-lost",
        "SELECT id FROM documents d WHERE citations <> (SELECT count(*) FROM citations c WHERE c.document = d.key)",
        "not all of its citations are there",
    ),
    (
        "unlinked-mention",
        """
        SELECT d.id FROM documents d WHERE citations + 1 <> (SELECT count(*) FROM links l WHERE l.document = d.key)
        AND NOT EXISTS (SELECT 1 FROM mentions m JOIN blocks b ON b.key = m.block WHERE m.document = d.key AND b.dirty = 1)
        """,
        "not each of its citations has one link",
    ),
    (
        "counter-wrong",
        """
        SELECT id FROM directives g WHERE cited <> (SELECT count(*) FROM links l WHERE l.directive = g.key AND l.idx >= 0)
        OR citing <> (SELECT count(DISTINCT l.document) FROM links l WHERE l.directive = g.key AND l.idx >= 0)
        OR held <> (SELECT count(*) FROM links l WHERE l.directive = g.key AND l.idx < 0)
        """,
        "its counters do not agree with the links",
    ),
)
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

    def version(self) -> str:
        """The number of the last step of `schema.MIGRATIONS` that this file has seen."""
        return str(self._database.value("PRAGMA user_version"))

    def damage(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the file, page by page; empty where it is whole."""
        found = tuple(one_line(str(row[0])) for row in self._database.rows("PRAGMA integrity_check(20)"))
        return () if found == ("ok",) else found

    def contradictions(self) -> Iterator[tuple[str, str, str]]:
        """Facts that do not agree: a code, what it is about, and the detail."""
        for code, statement, detail in CONTRADICTIONS:
            yield from ((code, codec.show_path(str(row[0])), detail) for row in self._database.rows(statement))

    def remove_if_unheld(self, document: str) -> bool:
        """Take a document out, and tell the engine, unless some file still holds it."""
        key = self.documents.key(document)
        if key is None or self.documents.is_held(key):
            return False
        self.graph.remove(key)
        self.documents.drop(key)
        self.outbox.put(document, removed=True)
        return True
