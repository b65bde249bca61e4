"""`kill -9` at random moments of every piece of work that writes."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.faults.place import SEED, Inline, Known, Place, change, completed, in_child, index, judge, still_answers, whole_of
from bench.faults.rows import Row, Verdict, count
from docsearch import ingest, library
from docsearch.catalogue import database
from docsearch.errors import BrokenFile

NOTHING = Known({}, "", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something that writes: the archive that it is done to, the corpus, and what is to be known in the end.

    `between` is what must be known at any moment: all papers that the work does not touch.  `first` comes before the next run.
    """

    name: str
    base: Path
    corpus: Path
    do: Callable[[Path], object]
    wanted: Known
    between: Known = NOTHING
    first: Callable[[Path], object] | None = None

    def done(self, target: Path) -> Known | None:
        """What is known after the next run."""
        return completed(target, self.corpus, first=self.first)


def works(place: Place) -> dict[str, Callable[[], Work]]:
    return {
        "first": lambda: first_run(place),
        "following": lambda: following_run(place),
        "rebuild": lambda: rebuilding(place),
        "retry": lambda: retrying(place),
        "salvage": lambda: salvaging(place),
    }


def first_run(place: Place) -> Work:
    empty = place.folder / "empty"
    empty.mkdir(exist_ok=True)
    do = partial(index, corpus=place.corpus)
    return Work(name="a first run", base=empty, corpus=place.corpus, do=do, wanted=place.wanted)


def following_run(place: Place) -> Work:
    """Files changed, new, renamed, removed."""
    corpus, base = place.folder / "corpus-2", place.folder / "before"
    if not corpus.exists():
        place.copy("corpus-2", place.corpus)
        in_child(lambda: index(base, corpus))
        change(corpus)
    wanted = whole_of(place.copy("after", base), corpus)
    place.drop("after")
    between = Known({id: text for id, text in place.wanted.texts.items() if id in wanted.texts}, "", ())
    do, name = partial(index, corpus=corpus), "a run after changes and removals"
    return Work(name=name, base=base, corpus=corpus, do=do, wanted=wanted, between=between)


def rebuilding(place: Place) -> Work:
    return _of_whole(place, "a rebuild", rebuild)


def repairing(place: Place) -> Work:
    """Nothing good may be taken for bad because it cannot be read just now."""
    return _of_whole(place, "`doctor --repair` of a sound archive", _repair)


def _of_whole(place: Place, name: str, do: Callable[[Path], object]) -> Work:
    return Work(name=name, base=place.whole, corpus=place.corpus, do=do, wanted=place.wanted, between=place.wanted)


def retrying(place: Place) -> Work:
    """Two papers that could not be read at first, and now can."""
    base = place.folder / "failed"
    if not base.exists():
        in_child(lambda: _index_badly(base, place.corpus))
    return Work(name="a retry", base=base, corpus=place.corpus, do=_retry, wanted=place.wanted, first=_retry)


def salvaging(place: Place) -> Work:
    """A catalogue of which some pages are overwritten."""
    base = place.folder / "wreck"
    if not base.exists():
        data = bytearray((place.copy("wreck") / "catalogue.db").read_bytes())
        data[8 * 4096 : 12 * 4096] = bytes(4 * 4096)
        (base / "catalogue.db").write_bytes(data)
    name = "`doctor --repair` of a damaged catalogue"
    return Work(name=name, base=base, corpus=place.corpus, do=_repair, wanted=place.wanted, first=_repair)


def rebuild(target: Path) -> None:
    with library.open(target) as archive:
        archive.rebuild()


def _retry(target: Path) -> None:
    with library.open(target) as archive:
        archive.retry()


def _repair(target: Path) -> None:
    library.doctor(target, repair=True)


def _index_badly(target: Path, corpus: Path) -> None:
    class Bad(Inline):
        def read_all(self, paths):  # type: ignore[no-untyped-def]
            for path, result in super().read_all(paths):
                yield path, BrokenFile(path, "cannot be read today") if path.endswith(("002.txt", "003.txt")) else result

    setattr(ingest, "ReaderPool", Bad)  # noqa: B010
    index(target, corpus)


def counted(work: Callable[[], object], kill_at: int = 0) -> int:
    """Do it, and count the statements of every catalogue that is opened; die at one of them."""
    seen, opened = 0, database._opened

    def see(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(name: Path | str) -> sqlite3.Connection:
        connection = opened(name)
        connection.set_trace_callback(see)
        return connection

    database._opened = watched
    work()
    return seen


def killed(place: Place, work: Work, tries: int) -> Row:
    """Killed at a random statement of the catalogue; all that the work does not touch must be there at once."""
    chance = random.Random(f"{SEED} {work.name}")
    statements = in_child(lambda: counted(partial(work.do, place.copy("counted", work.base)))).said
    place.drop("counted")

    def one(number: int) -> Verdict:
        target, at = place.copy(f"kill-{number}", work.base), chance.randint(1, statements)
        ended = in_child(lambda: counted(partial(work.do, target), at))
        if ended.code != -signal.SIGKILL:
            return "broke"
        if work.between.texts and not still_answers(target, work.between):
            return "gone between"
        verdict = judge(work.done(target), work.wanted)
        place.drop(target.name)
        return verdict

    return count(f"`kill -9` in {work.name}, at a statement", tries, one)


def killed_with_readers(place: Place, tries: int) -> Row:
    """Killed at a random time of a first run as it is in use, with reading processes."""
    chance = random.Random(SEED + 2)

    def one(number: int) -> Verdict:
        target = place.folder / f"time-{number}"
        in_child(lambda: index(target, place.corpus), inline=False, kill_after=chance.uniform(0, place.seconds))
        verdict = judge(completed(target, place.corpus), place.wanted)
        place.drop(target.name)
        return verdict

    return count("`kill -9` in a first run with reading processes, at any time", tries, one)
