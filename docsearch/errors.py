"""What can go wrong, as one tree.

    DocsearchError
    ├── ReadError             a file cannot be read: path, reason
    │   ├── UnknownFormat     its content is of no format that has a reader
    │   ├── BrokenFile        its content is damaged, encrypted or not what it claims
    │   ├── LimitExceeded     it needs more time, memory or size than is allowed: limit
    │   └── MissingExtra      its reader needs an optional package or program: install
    ├── NotationError         text that should be a number, pinpoint or id is not: text, position
    ├── RegistryError         a row of tables/*.toml is wrong: file, row
    ├── LibraryError          the archive cannot do what was asked: path
    │   ├── NotALibrary       there is no index there
    │   ├── LibraryLocked     another process is writing: holder
    │   ├── CatalogueDamaged  catalogue.db cannot be trusted
    │   └── VersionMismatch   made by another version: found, wanted
    └── EngineError           the search index cannot answer: engine, path
        └── IndexDamaged      it must be rebuilt from the catalogue

Not found, an unknown date, two candidates are values, not errors.  Each message is one line that says what, where and
what to do; each error carries its evidence as attributes.
"""

from __future__ import annotations

from pathlib import Path


class DocsearchError(Exception):
    """Any error that docsearch raises on purpose."""


class ReadError(DocsearchError):
    """A file cannot be read."""

    def __init__(self, path: str | Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason

    def __reduce__(self) -> tuple[type[ReadError], tuple[object, ...]]:
        """Cross a process boundary: a reader runs in a child."""
        return type(self), (self.path, self.reason)


class UnknownFormat(ReadError):
    """The content is of no format that has a reader."""


class BrokenFile(ReadError):
    """The content is damaged, encrypted, or not what it claims to be."""


class LimitExceeded(ReadError):
    """The file needs more time, memory, pages or inflated bytes than is allowed."""


class MissingExtra(ReadError):
    """The reader of this format needs an optional package or program; the reason names what to install."""


class NotationError(DocsearchError):
    """Text that should be a document number, a pinpoint or a directive id is not."""

    def __init__(self, what: str, text: str, position: int = 0) -> None:
        super().__init__(f"not a {what}: {text!r} (at {position})")
        self.text = text
        self.position = position


class RegistryError(DocsearchError):
    """A row of a table in ``tables/`` is wrong."""

    def __init__(self, file: str, row: str, reason: str) -> None:
        super().__init__(f"{file}: row {row}: {reason}")
        self.file = file
        self.row = row


class LibraryError(DocsearchError):
    """The archive cannot do what was asked."""

    def __init__(self, path: str | Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason


class NotALibrary(LibraryError):
    """There is no index at this place."""


class LibraryLocked(LibraryError):
    """Another process is writing to this index."""

    def __init__(self, path: str | Path, holder: str) -> None:
        super().__init__(path, f"being written by {holder}; wait for it to end, or stop it")
        self.holder = holder


class CatalogueDamaged(LibraryError):
    """The catalogue cannot be trusted."""


class VersionMismatch(LibraryError):
    """The index was made by another version."""

    def __init__(self, path: str | Path, found: str, wanted: str) -> None:
        super().__init__(path, f"made as version {found}, this program needs {wanted}; run `docsearch rebuild`")
        self.found = found
        self.wanted = wanted


class EngineError(DocsearchError):
    """The search index cannot answer."""

    def __init__(self, engine: str, path: str | Path, reason: str) -> None:
        super().__init__(f"{path}: {engine}: {reason}")
        self.engine = engine
        self.path = str(path)
        self.reason = reason


class IndexDamaged(EngineError):
    """The search index must be rebuilt from the catalogue."""
