"""What people decide, kept as lines that are only ever added: saved searches and what they have shown.

The index may be deleted any day and made again from the papers; what a person decided could not.  So the journal stands
beside the folder of the index and never in it: ``index.journal.jsonl`` beside ``index/``.  Each line is one JSON object with
``at`` (ISO 8601, UTC), ``what`` (the kind of decision) and its facts; later lines win.  A line of an unknown kind is kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docsearch.errors import LibraryError

SUFFIX = ".journal.jsonl"
_ENDS = b"\n"


def journal_of(index: Path) -> Path:
    """Where the journal of the archive in the folder `index` stands."""
    whole = index.resolve()
    return whole.with_name(whole.name + SUFFIX)


class Journal:
    """One file; it is made with the first line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, what: str, **facts: object) -> None:
        """Add one decision; it is on the disk when this returns.  `LibraryError` where it cannot be written."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"at": at, "what": what, **facts}, ensure_ascii=False).encode() + _ENDS
        try:
            self._write(line)
        except OSError as error:
            raise LibraryError(self.path, error.strerror or str(error)) from error

    def entries(self) -> Iterator[dict[str, Any]]:
        """The decisions in the order in which they were made; a line that a crash cut off is passed over."""
        try:
            lines = self.path.read_bytes().split(_ENDS)
        except FileNotFoundError:
            return
        except OSError as error:
            raise LibraryError(self.path, error.strerror or str(error)) from error
        for line in lines:
            entry = _read(line)
            if entry is not None:
                yield entry

    def _write(self, line: bytes) -> None:
        """One write to the end, so that two processes cannot mix their lines; an end first where a crash left none."""
        made = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            torn = size > 0 and _last_byte(descriptor, size) != _ENDS
            os.write(descriptor, _ENDS + line if torn else line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if made:
            _settle_name(self.path.parent)


def _last_byte(descriptor: int, size: int) -> bytes:
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1)


def _settle_name(folder: Path) -> None:
    """Bring the new name to the disk too; Windows has no such call for folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and isinstance(entry.get("what"), str) else None
