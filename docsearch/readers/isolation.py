"""Reading in worker processes: a file that hangs, crashes or swallows memory costs one failed outcome, nothing more.

    with ReaderPool(workers=2) as pool:
        for path, result in pool.read_all(paths):
            ...  # a Reading, or a ReadError that says why not

Each worker is a plain child process under limits of the kernel (processor time, address space) and of this module (wall
time, size of the answer).  Workers serve many files, so their start is paid once; one that fails is replaced.  They are
started afresh, never forked from this process, which may have threads; and not by `multiprocessing`, which would run the
caller's script again in each.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Generic, Self, TypeVar, cast, overload

from docsearch.errors import BrokenFile, LimitExceeded, ReadError
from docsearch.readers import frames
from docsearch.readers.source import MIB, Limits
from docsearch.readers.worker import Answer, Orders, Patience, Reading

__all__ = ["Limits", "ReaderPool", "Reading"]

T = TypeVar("T")

_START_SECONDS = 60.0
_PATIENCE = 16  # times the seconds of a page: three looks, each up to five times as long on a crowded machine
_SHORT_MESSAGE = 200  # bytes; a request for patience has some 70
_COMMAND = "import sys; sys.path[:] = {path!r}; from docsearch.readers.worker import main; main()"


class ReaderPool(Generic[T]):
    """Worker processes that read files.

    `workers`: how many (``None``: one for each processor that this process may use).  `then`: a function of a module, or
    its "module:name", that is called on each `Reading` inside the worker; its result, made of plain values and records
    of docsearch, comes back instead.  `root`: links that lead outside this folder are refused.  `recycle`: a worker is
    replaced after so many files, for libraries that leak.  `cache`: a folder for what was seen in pictures of pages.
    """

    @overload
    def __init__(
        self: ReaderPool[Reading],
        workers: int | None = ...,
        limits: Limits | None = ...,
        *,
        root: Path | None = ...,
        recycle: int = ...,
        cache: Path | None = ...,
    ) -> None: ...
    @overload
    def __init__(
        self,
        workers: int | None = ...,
        limits: Limits | None = ...,
        *,
        then: Callable[[Reading], T],
        root: Path | None = ...,
        recycle: int = ...,
        cache: Path | None = ...,
    ) -> None: ...
    @overload
    def __init__(
        self,
        workers: int | None = ...,
        limits: Limits | None = ...,
        *,
        then: str,
        root: Path | None = ...,
        recycle: int = ...,
        cache: Path | None = ...,
    ) -> None: ...
    def __init__(
        self,
        workers: int | None = None,
        limits: Limits | None = None,
        *,
        then: Callable[[Reading], T] | str | None = None,
        root: Path | None = None,
        recycle: int = 1000,
        cache: Path | None = None,
    ) -> None:
        folder = str(cache.resolve()) if cache else None
        orders = Orders(limits=limits or Limits(), root=str(root) if root else None, then=_name(then), cache=folder)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._slots = [_Slot(self._jobs, orders, recycle) for _ in range(workers or _processors())]
        self._closed = False

    def submit(self, path: str | Path) -> Future[T]:
        """Read a file when a worker is free.

        The future's result is the `Reading`, or what `then` made of it; its exception is a `ReadError`.
        """
        if self._closed:
            raise RuntimeError("the pool is closed")
        future: Future[T] = Future()
        self._jobs.put((str(path), cast("Future[object]", future)))
        for slot in self._slots:
            slot.start()
        return future

    def read_all(self, paths: Iterable[str | Path]) -> Iterator[tuple[str, T | ReadError]]:
        """Each path with what became of it, as they come.

        `paths` is drawn from only as fast as results are taken, so that memory holds a few results a worker at most.
        """
        waiting: dict[Future[T], str] = {}
        source = iter(paths)
        try:
            while True:
                while len(waiting) < 3 * len(self._slots) and (path := next(source, None)) is not None:
                    waiting[self.submit(path)] = str(path)
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    result = _result(future)
                    yield waiting.pop(future), result
        finally:
            for future in waiting:
                future.cancel()

    def close(self) -> None:
        """End the workers, at once; what was not begun is cancelled, what was under way fails."""
        self._closed = True
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is not None:
                job[1].cancel()
        for slot in self._slots:
            self._jobs.put(None)
            slot.stop()
        for slot in self._slots:
            slot.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


_Job = tuple[str, "Future[object]"]


def _result(future: Future[T]) -> T | ReadError:
    error = future.exception()
    if isinstance(error, ReadError):
        return error
    return future.result()


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _name(then: Callable[[Reading], object] | str | None) -> str:
    if then is None or isinstance(then, str):
        return then or ""
    if then.__module__ == "__main__" or "<" in then.__qualname__:
        raise ValueError(f"a worker cannot find {then.__qualname__}: it must be a function of a module")
    return f"{then.__module__}:{then.__qualname__}"


class _Slot:
    """One place for a worker, and the thread that gives it files and waits for its answers."""

    def __init__(self, jobs: queue.SimpleQueue[_Job | None], orders: Orders, recycle: int) -> None:
        self._jobs, self._orders, self._recycle = jobs, orders, recycle
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._served = 0

    def start(self) -> None:
        """Begin to work, once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="docsearch-reader", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the worker; the thread follows."""
        self._stopped = True
        process = self._process
        if process is not None:
            process.kill()

    def join(self) -> None:
        """Wait until the thread has ended."""
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            path, future = job
            del job
            if future.set_running_or_notify_cancel():
                self._read(path, future)
            del future
        self._end()

    def _read(self, path: str, future: Future[object]) -> None:
        try:
            answer = self._ask(path)
        except ReadError as error:
            future.set_exception(error)
            return
        except BaseException as error:
            future.set_exception(ReadError(path, f"no answer from the reader ({type(error).__name__}: {error})"))
            self._end()
            return
        if answer.error is not None:
            future.set_exception(answer.error)
        else:
            future.set_result(answer.value)

    def _ask(self, path: str) -> Answer:
        """The worker's answer on one file; an error where it gives none."""
        process = self._process or self._begin(path)
        timer = _Alarm(process, self._orders.limits.seconds)
        try:
            frames.send(_pipe(process.stdin), frames.pack(path))
            message = self._await(process, timer)
        except frames.TooLong:
            self._end()
            raise LimitExceeded(path, f"more than {self._longest() / MIB:,.0f} MiB of text and findings") from None
        except OSError:
            message = None
        finally:
            timer.cancel()
        if message is None:
            raise self._lost(path, timer)
        return self._taken(path, message)

    def _await(self, process: subprocess.Popen[bytes], timer: _Alarm) -> bytes | None:
        """The worker's answer; the alarm is put off when it asks for patience, as often as a file may have pictures."""
        limits = self._orders.limits
        for _ in range(limits.picture_pages + 1):
            message = frames.receive(_pipe(process.stdout), self._longest())
            if message is None or not _asks_patience(message):
                return message
            timer.put_off(max(limits.seconds, _PATIENCE * limits.page_seconds))
        return None

    def _taken(self, path: str, message: bytes) -> Answer:
        try:
            answer = frames.unpack(message)
        except Exception as error:
            self._end()
            raise BrokenFile(path, f"the reader gave a senseless answer ({error})") from error
        self._served += 1
        if not isinstance(answer, Answer):
            self._end()
            raise BrokenFile(path, "the reader gave a senseless answer")
        if answer.spent or self._served >= self._recycle:
            self._end()
        return answer

    def _longest(self) -> int:
        return self._orders.limits.characters * 4 + 64 * MIB

    def _begin(self, path: str) -> subprocess.Popen[bytes]:
        """A new worker, ready to read."""
        if self._stopped:
            raise ReadError(path, "interrupted")
        command = [sys.executable, "-c", _COMMAND.format(path=sys.path)]
        self._process = process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._served = 0
        if self._stopped:  # between the first look and now
            process.kill()
        timer = _Alarm(process, _START_SECONDS)
        try:
            frames.send(_pipe(process.stdin), frames.pack(self._orders))
            ready = frames.receive(_pipe(process.stdout), 1024)
        except OSError:
            ready = None
        finally:
            timer.cancel()
        if ready is None:
            self._end()
            raise ReadError(path, "interrupted" if self._stopped else "the reader process cannot start")
        return process

    def _lost(self, path: str, timer: _Alarm) -> ReadError:
        """Why the worker is gone."""
        code = self._end()
        limits = self._orders.limits
        if self._stopped:
            return ReadError(path, "interrupted")
        if timer.rang:
            return LimitExceeded(path, f"not read within {limits.seconds:g} seconds")
        if code == -getattr(signal, "SIGXCPU", 0):
            return LimitExceeded(path, f"needs more than {limits.cpu_seconds} seconds of processor time")
        return BrokenFile(path, f"the reader broke down on it ({_death(code)})")

    def _end(self) -> int:
        """End the worker, if there is one; its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                _pipe(pipe).close()
        try:  # it ends by itself when its input does, unless it hangs
            return process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


class _Alarm:
    """Kills a process when its time is up."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.rang = False
        self._process = process
        self._begin(seconds)

    def _begin(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def put_off(self, seconds: float) -> None:
        """Ring so many seconds from now instead."""
        self.cancel()
        self._begin(seconds)

    def cancel(self) -> None:
        """Never ring."""
        self._timer.cancel()

    def _ring(self) -> None:
        self.rang = True
        self._process.kill()


def _asks_patience(message: bytes) -> bool:
    if len(message) > _SHORT_MESSAGE:
        return False
    try:
        return isinstance(frames.unpack(message), Patience)
    except Exception:  # what it is, `_taken` will say
        return False


def _death(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _pipe(stream: object) -> BinaryIO:
    return cast("BinaryIO", stream)
