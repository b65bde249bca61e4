"""The files of a tantivy index, as far as its own library does not look after them.

Each file but the list of segments ends in a note of its own checksum: length of the note and a mark in the last eight
bytes, before them the note, JSON with the CRC-32 of all that stands before it.
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

_MARK = 1337
_BLOCK = 1 << 20


def damaged(path: Path) -> Iterator[str]:
    """Which files of the index in `path` are not what was written, one line each."""
    for file in sorted(path.iterdir()):
        if file.suffix and file.suffix not in (".json", ".lock") and not file.name.startswith("."):
            fault = _fault(file)
            if fault:
                yield f"{file.name}: {fault}"


def _fault(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 8))
            length, mark = (int.from_bytes(file.read(4), "little") for _ in range(2))
            if mark != _MARK or length + 8 > size:
                return "cut off or overwritten at its end"
            file.seek(size - 8 - length)
            note = json.loads(file.read(length))
            file.seek(0)
            return None if _checksum(file, size - 8 - length) == note["crc"] else "its bytes are not those that were written"
    except (ValueError, KeyError, TypeError):
        return "cut off or overwritten at its end"
    except OSError as error:
        return error.strerror or str(error)


def _checksum(file: object, length: int) -> int:
    crc = 0
    while length and (block := file.read(min(length, _BLOCK))):  # type: ignore[attr-defined]
        crc = zlib.crc32(block, crc)
        length -= len(block)
    return crc


class Stand:
    """A folder to open an index in for reading.

    Tantivy locks the folder while it opens files, for readers too.  Where nothing may be written, it is given a folder of
    its own that holds only links.
    """

    def __init__(self, path: Path) -> None:
        self._origin = path
        self._own = None if os.access(path, os.W_OK) else _folder()
        self.path = Path(self._own.name) if self._own else path
        self.refresh()

    def refresh(self) -> None:
        """Link the files that are new."""
        if self._own:
            for file in self._origin.iterdir():
                if file.suffix == ".lock":
                    continue
                with contextlib.suppress(FileExistsError):
                    (self.path / file.name).symlink_to(file.absolute())

    def close(self) -> None:
        """Remove what was made."""
        if self._own:
            self._own.cleanup()


def _folder() -> TemporaryDirectory[str]:
    from tempfile import TemporaryDirectory  # seldom needed, and slow to load

    return TemporaryDirectory(prefix="docsearch-")
