"""The process that reads one file after the other for `isolation.ReaderPool`.

Started as ``python -c`` by the pool.  Takes paths on its standard input and answers on its standard output; whatever else
a library prints goes nowhere.  It ends when its input ends, and in the middle of a file when the pool's process is gone.
"""

from __future__ import annotations

import logging
import math
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from docsearch import readers
from docsearch.errors import LimitExceeded, ReadError
from docsearch.model import RawText
from docsearch.readers import frames
from docsearch.readers.parts import load_part
from docsearch.readers.source import MIB, Limits

try:
    import resource
except ImportError:  # Windows has no such limits; wall time still holds there
    resource = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file, read: `id` is the SHA-256 of the bytes that were read, `size` their number, `mtime_ns` the file's time."""

    path: str
    id: str
    size: int
    mtime_ns: int
    raw: RawText


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What the pool tells a worker once, at the start.  `then` is "module:function", or "" for the reading itself."""

    limits: Limits
    root: str | None
    then: str
    cache: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file; `spent`: the worker has grown too large and ends after this."""

    value: Any
    error: ReadError | None
    spent: bool


@dataclass(frozen=True, slots=True)
class Patience:
    """Before an answer: the next step of the work is slow by its nature and may take so many seconds more."""

    seconds: float


def main() -> None:
    """Work until the input ends."""
    inlet, outlet = _private_streams()
    first = frames.receive(inlet)
    if first is None:
        return
    orders: Orders = frames.unpack(first)
    _confine(orders.limits)
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    then = _function(orders.then)
    frames.send(outlet, frames.pack("ready"))
    while (job := frames.receive(inlet)) is not None:
        path: str = frames.unpack(job)
        if not _serve(outlet, orders, then, path):
            return


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the pool, out of reach of libraries that print."""
    inlet, outlet = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(inlet, "rb"), os.fdopen(outlet, "wb")


def _confine(limits: Limits) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pool, which ends its workers
    logging.disable(logging.CRITICAL)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


def _follow(pool: int) -> None:
    """End when the pool's process is gone, even in the middle of a file."""
    while os.getppid() == pool:
        time.sleep(1.0)
    os._exit(1)


def _function(name: str) -> Callable[[Reading], Any] | None:
    if not name:
        return None
    module, _, function = name.partition(":")
    found: Any = import_module(module)
    for part in function.split("."):
        found = getattr(found, part)
    called: Callable[[Reading], Any] = found
    return called


def _serve(outlet: BinaryIO, orders: Orders, then: Callable[[Reading], Any] | None, path: str) -> bool:
    """Answer one path; False where the worker should be replaced."""
    _allow_cpu(orders.limits.cpu_seconds)
    try:
        answer = frames.pack(_answer(orders, then, path, lambda seconds: _ask_time(outlet, seconds)))
    except MemoryError:
        answer = frames.pack(Answer(None, _too_much_memory(orders, path), spent=True))
    frames.send(outlet, answer)
    return not _large(orders.limits)


def _ask_time(outlet: BinaryIO, seconds: float) -> None:
    """Let the pool wait so long, and the kernel count processor time from here."""
    _allow_cpu(math.ceil(seconds))
    frames.send(outlet, frames.pack(Patience(seconds)))


def _answer(orders: Orders, then: Callable[[Reading], Any] | None, path: str, more_time: Callable[[float], None]) -> Answer:
    try:
        reading = read_one(Path(path), orders, more_time)
        return Answer(then(reading) if then else reading, None, _large(orders.limits))
    except ReadError as error:
        return Answer(None, error, _large(orders.limits))
    except MemoryError:
        raise
    except RecursionError:
        return Answer(None, LimitExceeded(path, "nested too deeply"), spent=True)
    except Exception as error:
        return Answer(None, ReadError(path, f"the program failed on it ({_where(error)})"), _large(orders.limits))


def read_one(path: Path, orders: Orders, more_time: Callable[[float], None] = lambda seconds: None) -> Reading:
    """Load and read one file."""
    loaded = load_part(path, orders.limits, Path(orders.root) if orders.root else None)
    cache = Path(orders.cache) if orders.cache else None
    raw = readers.read(path, loaded.data, limits=orders.limits, cache=cache, more_time=more_time)
    return Reading(path=str(path), id=loaded.id, size=len(loaded.data), mtime_ns=loaded.mtime_ns, raw=raw)


def _too_much_memory(orders: Orders, path: str) -> ReadError:
    return LimitExceeded(path, f"needs more than {orders.limits.memory / MIB:,.0f} MiB of memory")


def _where(error: Exception) -> str:
    """The error on one line, with the place that raised it: what a report of it needs."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words} at {Path(frame.filename).name}:{frame.lineno}"


def _allow_cpu(seconds: int) -> None:
    """Let this file use so many seconds more; the kernel ends the process after that."""
    if resource is not None:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        wanted = int(usage.ru_utime + usage.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _large(limits: Limits) -> bool:
    """True where the process has once held a quarter of its memory: a fresh one costs less than that."""
    if resource is None:
        return False
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit > limits.memory // 4
