"""A file's bytes, read once and whole, with what the disk said of it."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from docsearch.errors import LimitExceeded, ReadError
from docsearch.readers.source import MIB, Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The bytes that were read; `id` is their SHA-256 in hexadecimal, `mtime_ns` the file's time as it was read."""

    data: bytes
    id: str
    mtime_ns: int


def load(path: Path, limits: Limits, root: Path | None = None) -> Loaded:
    """Read a regular file.

    Links are followed, but with `root` never to a place outside it.  Raises `LimitExceeded` for a file that is too
    large, and `ReadError` where it cannot be opened, is no regular file, or changes while it is read.
    """
    try:
        real = path.resolve(strict=True)
        if root is not None and not real.is_relative_to(root.resolve()):
            raise ReadError(path, f"a link to a place outside {root}")
        return _load(path, real, limits)
    except OSError as error:
        raise ReadError(path, error.strerror or str(error)) from error


def _load(path: Path, real: Path, limits: Limits) -> Loaded:
    # Without O_NONBLOCK the opening of a named pipe would wait for a writer.
    descriptor = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise ReadError(path, "not a regular file")
        if before.st_size > limits.file_bytes:
            raise LimitExceeded(path, f"the file has {before.st_size / MIB:,.0f} MiB, more than {limits.file_bytes / MIB:,.0f}")
        data = file.read(before.st_size + 1)  # one more: a growing file is seen
        after = os.fstat(descriptor)
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(data)):
        raise ReadError(path, "it changed while it was read")
    return Loaded(data=data, id=hashlib.sha256(data).hexdigest(), mtime_ns=after.st_mtime_ns)
