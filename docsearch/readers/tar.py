"""Archives of tar, also compressed as a whole (.tar.gz, .tar.xz): their members are documents of their own."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator

from docsearch.errors import BrokenFile
from docsearch.model import RawText
from docsearch.readers.members import Member, read_members, take_member
from docsearch.readers.source import Source

_CHUNK = 256 * 1024
_FAULTS = (tarfile.TarError, EOFError, OSError, ValueError, OverflowError)  # of damaged archives


def read(source: Source) -> RawText:
    """No text, and the members: plain files only, never links or devices."""
    return read_members(source, "tar", _members)


def take(source: Source, name: str) -> bytes | None:
    """The bytes of a member, or ``None`` where there is none of this name."""
    return take_member(source, name, _members)


def _members(source: Source) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=io.BytesIO(source.data), mode="r:") as file:
            for info in file:
                if info.isreg():
                    yield Member(info.name, _pieces(source, file, info))
                file.members = []  # type: ignore[attr-defined]  # it would remember each
    except _FAULTS as error:
        raise _damaged(source, error) from error


def _pieces(source: Source, file: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    try:
        stream = file.extractfile(info)
        while stream and (piece := stream.read(_CHUNK)):
            yield piece
    except _FAULTS as error:
        raise _damaged(source, error) from error


def _damaged(source: Source, error: Exception) -> BrokenFile:
    return BrokenFile(source.path, f"damaged or cut short: {' '.join(str(error).split())[:120]}")
