"""Which paths are known, what they hold, and what became of those that could not be read."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from docsearch.catalogue.codec import read_path, write_path
from docsearch.catalogue.database import Database, Row

FileState = Literal["read", "failed", "skipped", "opened"]
"""What became of a file; "opened" is an archive that was read, has no text of its own, and so is no document."""


_COLUMNS = "f.path, f.size, f.mtime_ns, f.settled, f.state, d.id, f.reason, f.tries, f.reading"
_FROM = f"SELECT {_COLUMNS} FROM files f LEFT JOIN documents d ON d.key = f.document"
_IN_FOLDER = f"{_FROM} WHERE f.folder = ?"
_AT = f"{_FROM} WHERE f.path = ?"
_NOT_READ = f"{_FROM} WHERE f.state <> 'read' AND f.state = ? ORDER BY f.path"
_ALL = f"{_FROM} ORDER BY f.path"
_OF_DOCUMENT = "SELECT f.path FROM files f JOIN documents d ON d.key = f.document WHERE d.id = ? ORDER BY f.path"
_NAMED = f"{_FROM} WHERE f.path LIKE ? ESCAPE '\\' OR f.path LIKE ? ESCAPE '\\' ORDER BY f.path LIMIT ?"
_FOLDERS = """
SELECT DISTINCT folder FROM files WHERE folder = ? OR (folder >= ? AND folder < ?) OR (folder >= ? AND folder < ?)
"""
_INSIDE = f"{_FROM} WHERE (f.path >= ? AND f.path < ?) OR (f.path >= ? AND f.path < ?) ORDER BY f.path"
_PUT = """
INSERT INTO files (path, folder, size, mtime_ns, settled, state, document, reason, tries, reading)
VALUES (?, ?, ?, ?, ?, ?, (SELECT key FROM documents WHERE id = ?), ?, ?, ?)
ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns, settled = excluded.settled,
    state = excluded.state, document = excluded.document, reason = excluded.reason, tries = excluded.tries,
    reading = excluded.reading
"""
_TOUCH = "UPDATE files SET size = ?, mtime_ns = ?, settled = ? WHERE path = ?"
_DROP = "DELETE FROM files WHERE path = ?"
_COUNT = "SELECT count(*) FROM files WHERE state <> 'read' AND state = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """One path as it was when last looked at; `document` is an id, `settled` as in the table."""

    path: str
    size: int
    mtime_ns: int
    settled: bool
    state: FileState
    document: str | None = None
    reason: str | None = None
    tries: int = 1
    reading: str = ""


class Files:
    """The table `files`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def at(self, path: str) -> FileRecord | None:
        """What is known of one path."""
        row = self._database.row(_AT, (write_path(path),))
        return _record(row) if row else None

    def in_folder(self, folder: str) -> dict[str, FileRecord]:
        """What is known directly in a folder, by path."""
        records = map(_record, self._database.rows(_IN_FOLDER, (write_path(folder),)))
        return {record.path: record for record in records}

    def folders(self, root: str) -> set[str]:
        """The folders at or below `root` in which something is known.

        One whose name is not Unicode is kept as bytes, which sort behind all text.
        """
        columns = (write_path(root), *_bounds(root.rstrip(os.sep) + os.sep))
        return {read_path(row[0]) for row in self._database.rows(_FOLDERS, columns)}

    def inside(self, path: str) -> dict[str, FileRecord]:
        """The files that a file is known to hold, and those in them."""
        records = map(_record, self._database.rows(_INSIDE, _bounds(f"{path}!{os.sep}")))
        return {record.path: record for record in records}

    def all(self) -> Iterator[FileRecord]:
        """Every path, in order."""
        return map(_record, self._database.rows(_ALL))

    def in_state(self, state: FileState) -> Iterator[FileRecord]:
        """The paths that failed, or were skipped, in order."""
        return map(_record, self._database.rows(_NOT_READ, (state,)))

    def count(self, state: FileState) -> int:
        """How many of them."""
        return int(self._database.value(_COUNT, (state,)))

    def of_document(self, document: str) -> tuple[str, ...]:
        """The paths that hold a document."""
        return tuple(read_path(row[0]) for row in self._database.rows(_OF_DOCUMENT, (document,)))

    def ending(self, name: str, limit: int) -> tuple[FileRecord, ...]:
        """The paths whose last part is `name`, whether the disk keeps it composed (NFC) or taken apart (NFD)."""
        plain = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        forms = (f"%{os.sep}{unicodedata.normalize(form, plain)}" for form in ("NFC", "NFD"))
        return tuple(map(_record, self._database.rows(_NAMED, (*forms, limit))))

    def put(self, record: FileRecord) -> None:
        """Remember a path as it is now; its document must be there already."""
        path, folder = write_path(record.path), write_path(record.path.rpartition(os.sep)[0] or os.sep)
        self._database.run(
            _PUT,
            (
                path, folder, record.size, record.mtime_ns, record.settled, record.state, record.document, record.reason,
                record.tries, record.reading,
            ),
        )  # fmt: skip

    def touch(self, path: str, size: int, mtime_ns: int, settled: bool) -> None:
        """Remember that the same bytes are there under a new time."""
        self._database.run(_TOUCH, (size, mtime_ns, settled, write_path(path)))

    def drop(self, path: str) -> None:
        """Forget a path."""
        self._database.run(_DROP, (write_path(path),))


def _bounds(start: str) -> tuple[str | bytes, ...]:
    """Between what the paths lie that begin with `start`, whose last character is a separator: as text, and as bytes."""
    bounds = (start, start[:-1] + chr(ord(os.sep) + 1))
    return (*map(write_path, bounds), *map(os.fsencode, bounds))


def _record(row: Row) -> FileRecord:
    return FileRecord(
        path=read_path(row[0]), size=row[1], mtime_ns=row[2], settled=bool(row[3]), state=row[4], document=row[5],
        reason=row[6], tries=row[7], reading=row[8],
    )  # fmt: skip
