"""Microsoft's compound files (.doc, .xls, .msg): their streams by name, and nothing that is not there.

The format is that of [MS-CFB]; `olefile` reads it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from docsearch.errors import BrokenFile, UnknownFormat
from docsearch.readers.source import Source

if TYPE_CHECKING:
    from olefile import OleFileIO

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What olefile raises on files that are cut short or lie about their sectors.
_FAULTS = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, EOFError, RecursionError)


@dataclass(frozen=True, slots=True)
class Compound:
    """One compound file; names of streams are paths with "/" between, compared without case."""

    source: Source
    file: OleFileIO[str]

    def names(self, storage: str = "") -> list[str]:
        """What stands directly in a storage, streams and storages, in order; "" is the root."""
        prefix = storage.split("/") if storage else []
        found = {tuple(path[: len(prefix) + 1]): None for path in self._paths() if path[: len(prefix)] == prefix}
        return [path[-1] for path in found if len(path) > len(prefix)]

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream, or ``None`` where there is none of this name; `BrokenFile` where it is damaged."""
        try:
            if not self.file.exists(name) or self.file.get_type(name) != _STREAM:
                return None
            with self.file.openstream(name) as stream:
                data: bytes = stream.read()
        except _FAULTS as error:
            raise BrokenFile(self.source.path, f"damaged or cut short: stream {name!r} cannot be read ({error})") from error
        return data

    def _paths(self) -> Iterator[list[str]]:
        yield from self.file.listdir(streams=True, storages=True)


_STREAM = 2  # [MS-CFB] 2.6.1: the type of an entry that is a stream


def open_compound(source: Source) -> Compound:
    """The compound file; `BrokenFile` where its tables cannot be read."""
    import olefile

    try:
        return Compound(source, olefile.OleFileIO(io.BytesIO(source.data)))
    except _FAULTS as error:
        raise BrokenFile(source.path, f"damaged or cut short: its sectors cannot be read ({error})") from error


def read(source: Source) -> NoReturn:
    """Say why a compound file without a known content cannot be read: cut short, or of another program."""
    if not open_compound(source).names():
        raise BrokenFile(source.path, "damaged or cut short: its directory cannot be read")
    raise UnknownFormat(source.path, "a Microsoft compound file of unknown content: there is no reader for it")


def root_names(data: bytes) -> list[str]:
    """The names in the root of a compound file; none where they cannot be read.

    Only the root says what a file is: a message or a workbook may hold a whole Word file.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return [path[0] for path in file.listdir(streams=True, storages=True) if len(path) == 1]
    except _FAULTS:
        return []
