"""Folders watched: a paper is read as soon as it has come to rest, and what changed while nobody watched is read first.

The system says that something changed, never that it is complete: a file that is being copied grows for minutes.  So each
path waits until its size and time have stayed the same for a moment.  What the system does not tell (a network drive, a
queue that ran over) is found by a look at everything now and then.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event

from docsearch.errors import CatalogueDamaged, DocsearchError, EngineError, LibraryError, MissingExtra, VersionMismatch
from docsearch.model import Report
from docsearch.survey import outermost, would_see

SETTLE = 2.0  # seconds without a change after which a file is taken for complete
EVERY = 600.0  # seconds between two looks at everything
TICK_MS = 400
PATIENCE = (1.0, 2.0, 5.0, 15.0, 60.0)  # seconds to wait after the first, second ... attempt in a row that failed

State = object
Act = Callable[[Sequence[str]], bool]


class Settling:
    """Paths that changed, each with how it looked last and since when."""

    def __init__(self, settle: float) -> None:
        self._settle = settle
        self._seen: dict[str, tuple[State, float]] = {}

    def note(self, paths: Iterable[str], now: float) -> None:
        """Something happened to these."""
        for path in paths:
            self._seen[path] = (_look(path), now)

    def settled(self, now: float) -> list[str]:
        """Those that have looked the same for long enough; they stay until `forget`."""
        for path, (state, _) in self._seen.items():
            found = _look(path)
            if found != state:
                self._seen[path] = (found, now)
        return sorted(path for path, (_, since) in self._seen.items() if now - since >= self._settle)

    def forget(self, paths: Iterable[str]) -> None:
        """These are done."""
        for path in paths:
            self._seen.pop(path, None)


def _look(path: str) -> State:
    """What must stay the same: size and time of a file, number, sizes and newest time of all in a folder."""
    try:
        if not os.path.isdir(path):  # noqa: PTH112  the path may not be Unicode
            status = os.stat(path)  # noqa: PTH116
            return status.st_size, status.st_mtime_ns
        found = [os.stat(Path(folder, name)) for folder, _, names in os.walk(path) for name in names]  # noqa: PTH116
        return len(found), sum(s.st_size for s in found), max((s.st_mtime_ns for s in found), default=0)
    except OSError as error:
        return error.errno


def watch(
    roots: Iterable[str | Path],
    act: Act,
    stop: Event,
    *,
    is_known: Callable[[str], bool] = lambda path: False,
    avoid: Path | None = None,
    settle: float = SETTLE,
    every: float = EVERY,
) -> None:
    """Call `act` with the paths to be indexed: first with all `roots`, then with what settled; until `stop` is set.

    `act` says whether it could; what it could not is given to it again, after a while.  `is_known` tells whether a path that
    is gone was a file of the archive.  `avoid` is the index itself.  `LibraryError` where a root is missing or cannot be
    watched.
    """
    places = outermost(roots)
    settling, attempts = Settling(settle), _Attempts(act)
    whole = -every  # when everything was looked at last; the watch stands before the first look, so nothing falls between
    for paths in _changes(places, stop, avoid):
        now = time.monotonic()
        settling.note(paths, now)
        ripe = settling.settled(now)
        if now - whole >= every:
            if attempts.make(places, now):
                whole = time.monotonic()
        elif ripe and attempts.make(list(_targets(ripe, places, is_known)), now):
            settling.forget(ripe)


def attempt(
    index: Callable[[Sequence[str]], Report],
    on_report: Callable[[Report], None] | None,
    on_trouble: Callable[[DocsearchError], None] | None,
) -> Act:
    """`index` as `watch` calls it: what may pass (another process writes, the disk is full) is told and tried again."""

    def act(paths: Sequence[str]) -> bool:
        try:
            report = index(paths)
        except (CatalogueDamaged, VersionMismatch):
            raise
        except (LibraryError, EngineError) as error:
            if on_trouble:
                on_trouble(error)
            return False
        if on_report:
            on_report(report)
        return True

    return act


class _Attempts:
    """Calls `act`, and waits longer each time that it cannot."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._failed = 0
        self._not_before = 0.0

    def make(self, paths: Sequence[str], now: float) -> bool:
        """Act now, unless it is too early to try again."""
        if self._failed and now < self._not_before:
            return False
        if self._act(paths):
            self._failed = 0
            return True
        self._not_before = time.monotonic() + PATIENCE[min(self._failed, len(PATIENCE) - 1)]
        self._failed += 1
        return False


def _targets(paths: Iterable[str], roots: Sequence[str], is_known: Callable[[str], bool]) -> Iterator[str]:
    """What to index for these changes: a folder that is gone is noticed from the one around it, never beyond a root."""
    for path in paths:
        place = path
        if not is_known(path):
            while place not in roots and not os.path.lexists(place):
                place = os.path.dirname(place)  # noqa: PTH120
        yield place


def _changes(roots: Sequence[str], stop: Event, avoid: Path | None) -> Iterator[set[str]]:
    """Paths in sight that something happened to, in sets; an empty one after a moment without any.

    The system watches a folder, not its name: where another one, or another disk, came under the name of a root, that is
    watched from then on, and the root itself changed.
    """
    while not stop.is_set():
        watched = _places(roots)
        with contextlib.closing(_told(roots, stop, avoid)) as changes:
            for paths in changes:
                yield paths
                found = _places(roots)
                if found != watched and None not in found:
                    break
            else:
                return
        yield set(roots)


def _places(roots: Iterable[str]) -> list[tuple[int, int] | None]:
    """Which folder of which disk each root is; ``None`` for one that is not there."""
    found: list[tuple[int, int] | None] = []
    for root in roots:
        try:
            status = os.stat(root)  # noqa: PTH116
            found.append((status.st_dev, status.st_ino))
        except OSError:
            found.append(None)
    return found


def _told(roots: Sequence[str], stop: Event, avoid: Path | None) -> Generator[set[str], None, None]:
    """What the system tells of these folders."""
    try:
        import watchfiles
    except ImportError as error:
        raise MissingExtra(roots[0], "watching folders needs the extra `watch`: pip install 'docsearch[watch]'") from error

    def in_sight(_: object, path: str) -> bool:
        return would_see(path, roots, avoid)

    try:
        for changes in watchfiles.watch(
            *roots, watch_filter=in_sight, stop_event=stop, rust_timeout=TICK_MS, debounce=TICK_MS, yield_on_timeout=True,
            raise_interrupt=False,
        ):  # fmt: skip
            yield {path for _, path in changes}
    except OSError as error:
        raise LibraryError(", ".join(roots), f"cannot be watched: {error.strerror or error}") from error
