"""Messages between `isolation` and `worker`: a length of eight bytes, then that many bytes.

What a worker sends is taken apart by an unpickler that knows plain values and the records and errors of docsearch only:
a worker reads hostile files, so the parent trusts it no further than it must.
"""

from __future__ import annotations

import dataclasses
import io
import pickle
from enum import Enum
from typing import Any, BinaryIO

from docsearch.errors import DocsearchError

_PLAIN = {
    "builtins": {"set", "frozenset", "bytearray", "complex", "range", "slice"},
    "collections": {"Counter", "OrderedDict", "defaultdict", "deque"},
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "pathlib": {"PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"},
    "pathlib._local": {"PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"},
}


class TooLong(Exception):
    """The message is longer than is allowed."""


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message."""
    stream.write(len(message).to_bytes(8, "big"))
    stream.write(message)
    stream.flush()


def receive(stream: BinaryIO, most: int | None = None) -> bytes | None:
    """The next message, or ``None`` where the other side is gone; `TooLong` where it has more than `most` bytes."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    length = int.from_bytes(head, "big")
    if most is not None and length > most:
        raise TooLong
    message = stream.read(length)
    return message if len(message) == length else None


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Plain containers, and the records and errors of docsearch."""
        if name in _PLAIN.get(module, ()):
            return super().find_class(module, name)
        if module.startswith("docsearch."):
            found = super().find_class(module, name)
            if isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, (DocsearchError, tuple, Enum))):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} may not come from a worker")


def unpack(message: bytes) -> Any:
    """The value in a worker's message; `pickle.UnpicklingError` where it holds anything but plain values and records."""
    return _Unpickler(io.BytesIO(message)).load()


def pack(value: object) -> bytes:
    """A value as a message."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
