"""The folder of an archive: what stands in it under which name, whether there is one, and making one."""

from __future__ import annotations

from pathlib import Path

from docsearch.errors import CatalogueDamaged, LibraryError, NotALibrary
from docsearch.rebuilding import folders

CATALOGUE = "catalogue.db"
LOCK = "lock"


def find(root: Path, *, create: bool) -> None:
    """See that there is an archive at `root`, or, with `create`, a folder for one.

    `NotALibrary` where there is none; `CatalogueDamaged` where its catalogue is empty; `LibraryError` where the disk does not
    let us look, or make it.
    """
    size = _size(root / CATALOGUE)
    if size is None:
        if not create:
            raise NotALibrary(root, "no docsearch index here; make one with `docsearch index PATH`")
        _make(root)
    elif not size and any(folders(root)):
        raise CatalogueDamaged(root / CATALOGUE, "empty, but there is a search index beside it; see `docsearch doctor`")


def _size(path: Path) -> int | None:
    """Its bytes; ``None`` where there is no such file."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise LibraryError(path, error.strerror or str(error)) from error


def _make(root: Path) -> None:
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(root, f"the folder cannot be made: {error.strerror or error}") from error
