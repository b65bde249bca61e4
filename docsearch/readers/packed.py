"""Archives of 7-Zip (.7z) and WinRAR (.rar): their members are documents of their own.

The library libarchive takes them apart, in memory (extra ``archives``); nothing is written to the disk.
"""

from __future__ import annotations

import locale
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile, MissingExtra
from docsearch.model import RawText
from docsearch.readers.members import Member, read_members, take_member
from docsearch.readers.sniff import describe, sniff
from docsearch.readers.source import Source

if TYPE_CHECKING:
    from libarchive.entry import ArchiveEntry

_LIBRARY = "the library libarchive (Debian, Ubuntu: apt install libarchive13; macOS: brew install libarchive)"


def read(source: Source) -> RawText:
    """No text, and the members; `MissingExtra` where libarchive is not there."""
    code = sniff(source.data, source.path.name)
    if reason := _missing():
        raise MissingExtra(source.path, f"{describe(code)}: {reason}")
    return read_members(source, code, _members)


def take(source: Source, name: str) -> bytes | None:
    """The bytes of a member, or ``None`` where there is none of this name."""
    return take_member(source, name, _members)


@cache
def _missing() -> str | None:
    """What is to be installed, in one line; ``None``: nothing."""
    if find_spec("libarchive") is None:
        return f"it needs pip install 'docsearch[archives]' and {_LIBRARY}"
    try:
        import libarchive  # noqa: F401
    except Exception:  # the package is there, the library is not: what it raises differs from system to system
        return f"it needs {_LIBRARY}"
    return None


def _members(source: Source) -> Iterator[Member]:
    import libarchive

    with _told(source), _names_in_utf8(), libarchive.memory_reader(source.data, _format(source), "none") as archive:
        for entry in archive:
            if entry.isreg:
                yield Member(_name(entry.pathname), _pieces(source, entry))


def _pieces(source: Source, entry: ArchiveEntry) -> Iterator[bytes]:
    with _told(source):
        yield from entry.get_blocks()


@contextmanager
def _told(source: Source) -> Iterator[None]:
    """What libarchive complains of, as one line about the file."""
    import libarchive

    try:
        yield
    except libarchive.exception.ArchiveError as error:
        told = " ".join(str(error.msg or "").split())[:120] or "its directory cannot be read"
        locked = "ncrypt" in told or "assphrase" in told
        raise BrokenFile(source.path, "protected by a password" if locked else f"damaged or cut short: {told}") from error


def _format(source: Source) -> str:
    """What libarchive calls it; left to itself it takes a .rar for a .docx that is stored in it."""
    if source.data.startswith(b"7z"):
        return "7zip"
    return "rar5" if source.data.startswith(b"Rar!\x1a\x07\x01") else "rar"


@contextmanager
def _names_in_utf8() -> Iterator[None]:
    """libarchive gives names in the encoding of the process's locale, and none at all where that lacks the letters."""
    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "en_US.UTF-8", "vi_VN.UTF-8") if "utf" not in before.lower() else ():
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            break
    try:
        yield
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def _name(name: str | bytes | None) -> str:
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name or ""
