"""Folders that are watched: papers copied slowly, moved, removed; the watch killed, or asked to end, at any time."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

from bench.faults.place import SEED, Ended, Known, Place, completed, end, judge, look, start, whole_of
from bench.faults.rows import Row, Verdict, count, papers
from docsearch import library

SETTLE = 0.3  # seconds
LASTS = 3.0  # seconds that the changes take
QUIET = 6.0  # seconds after them in which a watch must have come to know all

Step = Callable[[], object]


def ended_while_watching(place: Place, tries: int, number: signal.Signals) -> Row:
    """The watch ends at any time while papers come, change, move and go; the next run knows what there is then."""
    chance, wanted = random.Random(SEED + 20 + number), _wanted(place)

    def one(_: int) -> Verdict:
        corpus, target = place.copy("watched", place.corpus), place.folder / "watching"
        ended = _watched(target, corpus, chance.uniform(0, LASTS), number)
        right = ended.code == (0 if number == signal.SIGTERM else -number)
        verdict = judge(completed(target, corpus), wanted) if right else ended.verdict if ended.code else "broke"
        for name in ("watched", "watching"):
            place.drop(name)
        return verdict

    return count(f"{number.name} while watching", tries, one)


def followed(place: Place, tries: int) -> Row:
    """Nothing disturbs it: when the changes are over, the watch itself has come to know all."""
    wanted = _wanted(place)

    def one(_: int) -> Verdict:
        corpus, target = place.copy("watched", place.corpus), place.folder / "watching"
        ended = _watched(target, corpus, LASTS + QUIET, signal.SIGTERM)
        verdict = judge(look(target), wanted) if ended.code == 0 else ended.verdict
        for name in ("watched", "watching"):
            place.drop(name)
        return verdict

    return count("papers copied slowly, moved and removed while watched", tries, one)


def _wanted(place: Place) -> Known:
    """What is known when all changes are done: the same paths each time, so that the facts can be compared."""
    corpus = place.copy("watched", place.corpus)
    for step in _changes(corpus):
        step()
    wanted = whole_of(place.folder / "watched-wanted", corpus)
    for name in ("watched", "watched-wanted"):
        place.drop(name)
    return wanted


def _watched(target: Path, corpus: Path, seconds: float, number: signal.Signals) -> Ended:
    """Watch while the changes are made, end the watch after so long, and make the changes that are left."""
    pid, inlet = start(lambda: _watch(target, corpus))
    steps, begun, signalled = _changes(corpus), time.monotonic(), False
    for step in (*steps, None):
        if not signalled and (step is None or time.monotonic() - begun > seconds):
            time.sleep(max(0.0, seconds - (time.monotonic() - begun)) if step is None else 0)
            os.kill(pid, number)
            signalled = True
        if step:
            step()
            time.sleep(0 if signalled else LASTS / len(steps))
    return end(pid, inlet)


def _watch(target: Path, corpus: Path) -> None:
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with library.open(target, create=True) as archive:
        archive.watch([corpus], stop, settle=SETTLE, workers=1)


def _changes(corpus: Path) -> list[Step]:
    """What happens in the folder, step by step."""
    made = papers()
    slow = made.paper("40/BC-UBND", body="Nội dung.\n" * 400)
    pieces = [slow[at : at + len(slow) // 8] for at in range(0, len(slow), len(slow) // 8)]

    def append(piece: str) -> None:
        with (corpus / "slow.txt").open("a", encoding="utf-8") as file:
            file.write(piece)

    def put_folder() -> None:
        made.put(corpus.parent / f"{corpus.name}-new.txt", made.paper("7/QĐ-UBND"))
        (corpus / "xã").mkdir(exist_ok=True)
        (corpus.parent / f"{corpus.name}-new.txt").replace(corpus / "xã" / "7.txt")

    return [
        lambda: append(pieces[0]), lambda: made.put(corpus / "001.txt", made.paper("50/TB-UBND")), lambda: append(pieces[1]),
        put_folder, lambda: append(pieces[2]), lambda: (corpus / "002.txt").rename(corpus / "xã" / "002.txt"),
        lambda: append(pieces[3]), lambda: (corpus / "xã").rename(corpus / "thị trấn"), lambda: append(pieces[4]),
        (corpus / "003.txt").unlink, *(lambda piece=piece: append(piece) for piece in pieces[5:]),
        lambda: os.utime(corpus / "slow.txt", ns=(made.OLD_NS, made.OLD_NS)),
    ]  # fmt: skip
