"""One writer at a time, and a name for who it is.

The lock is the operating system's, so it ends with the process that holds it, however that ends; the file only says who.
It is a record lock (`lockf`), which worker processes do not inherit: a worker that outlives a killed parent holds nothing.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from docsearch.errors import LibraryError, LibraryLocked

_FAR = 1 << 30  # Windows forbids others to read a locked byte: lock one that the text never reaches
_held: set[str] = set()  # the system's lock does not see two holders in one process
_guard = threading.Lock()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Be the only writer, as `path` says, until the end of the block.

    `LibraryLocked` where another one is; `LibraryError` for what the disk refuses in the block.
    """
    name = os.path.realpath(path)
    with _guard:
        if name in _held:
            raise LibraryLocked(path.parent, "this same process")
        _held.add(name)
    try:
        with _system_lock(path):
            yield
    except OSError as error:
        raise LibraryError(error.filename or path.parent, error.strerror or str(error)) from error
    finally:
        with _guard:
            _held.discard(name)


@contextmanager
def _system_lock(path: Path) -> Iterator[None]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise LibraryError(path, error.strerror or str(error)) from error
    try:
        if not _try_lock(descriptor):
            raise LibraryLocked(path.parent, _holder(descriptor))
        _sign(descriptor)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _sign(descriptor: int) -> None:
    """Write who holds it, unless the disk is full: the lock holds without."""
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    import socket  # slow to load, and only writers sign

    text = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since})
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text.encode(), 0) if hasattr(os, "pwrite") else os.write(descriptor, text.encode())


def _holder(descriptor: int) -> str:
    """Who holds it, in words."""
    try:
        who = json.loads(os.read(descriptor, 4096))
        return f"process {who['pid']} on {who['host']} since {who['since']}"
    except (ValueError, KeyError, TypeError, OSError):
        return "another process"


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _FAR)
        except (BlockingIOError, PermissionError):
            return False
        return True
