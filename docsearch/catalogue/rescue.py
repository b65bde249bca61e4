"""What can still be read in a damaged catalogue, taken over into a new one: papers with their texts, and their files.

A row counts only where it is whole: the texts are deflated, and that has a checksum.  What follows from the texts (facts,
citations, links) is not taken over; it is read in them again.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from docsearch.catalogue import codec
from docsearch.catalogue.database import Database, Row
from docsearch.catalogue.documents import Aside, Documents
from docsearch.catalogue.files import FileRecord, Files
from docsearch.model import Metadata, Page

LOST = "its text was lost with a damaged catalogue; `docsearch retry` reads it again"
_TOPS = (
    "SELECT max(key) FROM documents", "SELECT max(document) FROM contents", "SELECT max(document) FROM files",
    "SELECT max(document) FROM mentions", "SELECT max(document) FROM links",
)  # fmt: skip
_DOCUMENT = """
SELECT d.id, d.format, d.size, d.reading, d.name, c.text, c.pages, c.notes FROM documents d JOIN contents c ON c.document = d.key
WHERE d.key = ?
"""
_FILE = """
SELECT f.path, f.size, f.mtime_ns, f.settled, f.state, (SELECT id FROM documents WHERE key = f.document), f.reason, f.tries,
    f.reading FROM files f
"""
_FORWARD = f"{_FILE} ORDER BY f.path"
_BACKWARD = f"{_FILE} ORDER BY f.path DESC"
_OF_DOCUMENT = "SELECT path FROM files INDEXED BY files_document WHERE document = ?"
_AT = f"{_FILE} WHERE f.path = ?"
_META = "SELECT name, value FROM meta WHERE name IN ('engine', 'engine_folder', 'last_run')"
_PUT_META = "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)"
_PUT = """
INSERT OR IGNORE INTO documents (id, format, size, length, citations, reading, understanding, name)
VALUES (?, ?, ?, ?, 0, ?, '', ?)
"""
_PUT_CONTENTS = "INSERT INTO contents (document, text, pages, notes, metadata, units, asides) VALUES (?, ?, ?, ?, ?, ?, ?)"
_TELL_ALL = "INSERT INTO outbox (document, removed) SELECT id, 0 FROM documents ORDER BY key"
_ID = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Rescued:
    """How many documents and files were taken over, and how many files are known whose document was not."""

    documents: int
    files: int
    lost: int

    def __str__(self) -> str:
        return f"{self.documents:,} papers saved, {self.lost:,} files to be read again; the damaged file is kept beside it"


def rescue(damaged: Path, fresh: Path) -> Rescued:
    """Fill a new catalogue at `fresh` with what can be read at `damaged`, which is only read."""
    wreck, made = _Wreck(damaged), Database(fresh)
    try:
        with made.transaction():
            made.run_many(_PUT_META, wreck.all(_META))
            top = max((row[0] or 0 for statement in _TOPS for row in wreck.all(statement)), default=0)
            documents = sum(_take_document(wreck, made, key) for key in range(1, int(top) + 1))
            files = [_take_file(made, record) for record in _files(wreck, int(top))]
            made.run(_TELL_ALL)
        return Rescued(documents, sum(files), len(files) - sum(files))
    finally:
        wreck.close()
        made.close()


def _take_document(wreck: _Wreck, made: Database, key: int) -> bool:
    """Take over one document, if it is whole."""
    for id, format, size, reading, name, text, pages, notes in wreck.all(_DOCUMENT, (key,)):
        with suppress(ValueError, TypeError, KeyError, AttributeError, zlib.error):
            length = len(codec.unpack_text(text))
            codec.unpack_many(Page, pages), codec.unpack_many(str, notes)
            if _ID.fullmatch(id) and all(isinstance(value, str) for value in (format, reading, name)):
                blank = (codec.pack(Metadata()), codec.pack(()), codec.pack(Aside()))
                row = made.insert(_PUT, (id, format, int(size), length, reading, name))
                made.run(_PUT_CONTENTS, (row, text, pages, notes, *blank))
                return True
    return False


def _take_file(made: Database, record: FileRecord) -> bool:
    """Take over what is known of one file; where its document was not, it is one that failed."""
    known = record.document is None or Documents(made).key(record.document) is not None
    whole = known and (record.document is not None) == (record.state == "read")
    Files(made).put(record if whole else replace(record, state="failed", document=None, reason=LOST, settled=False))
    return whole


def _files(wreck: _Wreck, top: int) -> Iterator[FileRecord]:
    """Each file that is known from one side or another of the damage, once."""
    seen: set[object] = set()
    for row in _file_rows(wreck, top):
        with suppress(ValueError, TypeError):
            if row[0] not in seen and isinstance(row[0], str | bytes):
                seen.add(row[0])
                yield FileRecord(
                    path=codec.read_path(row[0]), size=int(row[1]), mtime_ns=int(row[2]), settled=bool(row[3]), state=row[4],
                    document=row[5], reason=row[6], tries=int(row[7]), reading=str(row[8]),
                )  # fmt: skip


def _file_rows(wreck: _Wreck, top: int) -> Iterator[Row]:
    yield from wreck.rows(_FORWARD)
    yield from wreck.rows(_BACKWARD)
    for key in range(1, top + 1):
        for (path,) in wreck.all(_OF_DOCUMENT, (key,)):
            yield from wreck.all(_AT, (path,)) or [(path, 0, 0, 0, "failed", None, LOST, 0, "")]


class _Wreck:
    """A damaged catalogue, asked row by row; where it cannot answer it says nothing."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)

    def rows(self, statement: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """Rows up to the first that cannot be read."""
        with suppress(sqlite3.Error, UnicodeDecodeError):
            yield from self._connection.execute(statement, parameters)

    def all(self, statement: str, parameters: Sequence[object] = ()) -> list[Row]:
        """The same, at once."""
        return list(self.rows(statement, parameters))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
