"""One SQLite file, opened, brought up to date, and asked: every error of it becomes one of ours.

WAL lets searchers read while one process writes.  `synchronous = FULL` because the engine is told only of what is on
disk: after a power cut it may know less than the catalogue, never more.  Where nothing may be written, on a medium or a
share for reading only, the file is opened for reading.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

from docsearch.catalogue import schema
from docsearch.errors import CatalogueDamaged, LibraryError, VersionMismatch

Row = tuple[Any, ...]
BUSY_SECONDS = 30.0  # a checkpoint or another writer's commit may hold the file this long
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -4096",  # 4 MiB: four times that linked 6,000 papers no faster, the system keeps pages too
    "journal_size_limit = 67108864",  # a large transaction does not leave its log on the disk for good
)


class Database:
    """Statements in, tuples out."""

    def __init__(self, path: Path, *, migrations: Sequence[str] = schema.MIGRATIONS) -> None:
        self.path = path
        with self._mended():
            self._connection = _connect(path)
        try:
            with self._mended():
                _prepare(self._connection, path)
            self._migrate(migrations)
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, statement: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a question, as they come."""
        with self._mended():
            yield from self._connection.execute(statement, parameters)

    def all(self, statement: str, parameters: Sequence[object] = ()) -> list[Row]:
        """The rows of a question, at once: three times as fast as one by one, for what fits in memory."""
        with self._mended():
            return self._connection.execute(statement, parameters).fetchall()

    def row(self, statement: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row, or ``None``."""
        with self._mended():
            row: Row | None = self._connection.execute(statement, parameters).fetchone()
        return row

    def value(self, statement: str, parameters: Sequence[object] = ()) -> Any:
        """The first column of the first row, or ``None``."""
        row = self.row(statement, parameters)
        return row[0] if row else None

    def run(self, statement: str, parameters: Sequence[object] = ()) -> int:
        """Do it; the number of rows changed."""
        with self._mended():
            return self._connection.execute(statement, parameters).rowcount

    def insert(self, statement: str, parameters: Sequence[object] = ()) -> int:
        """Add one row; its integer key."""
        with self._mended():
            return self._connection.execute(statement, parameters).lastrowid or 0

    def run_many(self, statement: str, parameters: Iterable[Sequence[object]]) -> None:
        """Do it for each of `parameters`."""
        with self._mended():
            self._connection.executemany(statement, parameters)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing; inside another one it is part of that."""
        if self._connection.in_transaction:
            yield
            return
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        try:
            self.run("COMMIT")
        except BaseException:  # the disk is full: nothing of it may stay open, or what comes next would be part of it
            self._connection.rollback()
            raise

    def watch(self, listener: Any) -> None:
        """Show each statement to `listener`, a function of one string: for counting them (``None`` stops it)."""
        self._connection.set_trace_callback(listener)

    def _migrate(self, migrations: Sequence[str]) -> None:
        """Do the steps that this file has not seen, in one transaction with their count."""
        done = self.value("PRAGMA user_version")
        if done > len(migrations):
            raise VersionMismatch(self.path, str(done), str(len(migrations)))
        if done == len(migrations):
            return
        if self.value("PRAGMA query_only"):
            raise LibraryError(self.path, "made by an earlier version; open it once where it can be written")
        with self.transaction():
            done = self.value("PRAGMA user_version")  # another process may have come first
            for statement in chain.from_iterable(map(_statements, migrations[done:])):
                self.run(statement)
            self.run(f"PRAGMA user_version = {len(migrations)}")

    @contextmanager
    def _mended(self) -> Iterator[None]:
        """Turn SQLite's errors into ours: damage asks for a rebuild, the rest says what the disk said."""
        try:
            yield
        except (sqlite3.OperationalError, sqlite3.IntegrityError, sqlite3.ProgrammingError) as error:
            if "malformed" in str(error) or "Could not decode" in str(error):  # all text that we write is Unicode
                raise _damage(self.path, error) from error
            raise LibraryError(self.path, one_line(str(error))) from error
        except sqlite3.DatabaseError as error:
            raise _damage(self.path, error) from error
        except UnicodeDecodeError as error:  # SQLite quotes what it cannot understand
            raise _damage(self.path, error) from error


def _damage(path: Path, error: Exception) -> CatalogueDamaged:
    return CatalogueDamaged(path, f"{one_line(str(error))}; `docsearch doctor --repair` saves what is whole")


def one_line(words: str) -> str:
    """What SQLite says on one line: it quotes whole statements where it cannot read them."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


_LONGEST = 200  # characters


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: `executescript` would end the transaction."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _connect(path: Path) -> sqlite3.Connection:
    """A connection that can write where that is allowed, else one that reads.

    A log that is still there belongs to the file: it is read with it, or the file is not opened.
    """
    try:
        return _opened(path)
    except sqlite3.OperationalError as error:
        if not path.is_file() or not _unwritable(error):
            raise
        refused = error
    log = path.with_name(path.name + "-wal")
    modes = ("mode=ro", "immutable=1") if not log.exists() or not log.stat().st_size else ("mode=ro",)
    for mode in modes:
        with suppress(sqlite3.OperationalError):
            return _opened(f"{path.absolute().as_uri()}?{mode}")
    raise refused


def _unwritable(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def _opened(name: Path | str) -> sqlite3.Connection:
    """A connection that has answered once; one that was opened by an URI only reads."""
    only_reads = isinstance(name, str)
    connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=only_reads)
    try:
        connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA query_only = {only_reads}")
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make it ours and set it up."""
    _check_owner(connection, path)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _check_owner(connection: sqlite3.Connection, path: Path) -> None:
    """Mark an empty file as ours; refuse one that is someone else's."""
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if owner == schema.APPLICATION_ID:
        return
    if owner or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise CatalogueDamaged(path, "a database, but not one of docsearch")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
