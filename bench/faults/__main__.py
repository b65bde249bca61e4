"""The fault table: what was done to an archive and to files, how often, and whether anything was lost.

    python -m bench.faults [--tries FACTOR] [--only WORD ...] [--print]

Writes docs/faults.md after a whole run; ``--tries 0.1`` tries each fault a tenth as often and writes nothing, ``--only``
takes the groups whose name has the word, ``--print`` shows the table of the last whole run.  Every choice is seeded.  A POSIX
system is needed; for disks that are full the right to mount, for calls that fail `strace`.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.faults import around, calls, damage, disks, files, follow, fuzz, kills
from bench.faults.place import Place, prepare
from bench.faults.rows import Row

PAGE = Path(__file__).resolve().parents[2] / "docs" / "faults.md"
HEAD = """# What was done to it, and what was lost

`python -m bench.faults` tries all of this again and writes this page; every choice is seeded.  *Survived*: after the fault
the next run completed the work; then the archive knew exactly what an undisturbed run makes of the same papers (documents,
texts, facts, citations, links, edges, hits of searches), and `doctor` found nothing.  Papers that the interrupted work did not
touch could be found all the time.  For a file: it cost one outcome with its reason on one line, and the reading went on.
*Lost*: tries after which a paper or its text was not there.

| fault | tried | survived | lost | |
|---|---:|---:|---:|---|
"""

Rows = Callable[[], Row | list[Row] | Iterator[Row]]


def groups(place: Place, share: float) -> dict[str, Rows]:
    def times(whole: int) -> int:
        return max(1, round(whole * share))

    return {
        "kill": lambda: _kills(place, times),
        "call": lambda: _calls(place, max(1, round(1 / share))),
        "disk": lambda: [
            disks.no_file_may_grow(place, times(60)), disks.full_disk(place, times(50)),
            disks.full_while_rebuilding(place, times(30)), disks.read_only(place), disks.vanishing_folder(place, times(10)),
        ],
        "damage": lambda: damage.rows(place, times(100)),
        "around": lambda: [
            around.two_writers(place, times(20)), around.stale_lock(place), around.clock_jumps(place), around.names(place),
            around.empty_files(place), around.changing(place, times(20)),
        ],
        "large": lambda: [around.large_text(place, times(100)), around.many_files(place, times(100_000))],
        "watch": lambda: [
            follow.ended_while_watching(place, times(30), signal.SIGKILL),
            follow.ended_while_watching(place, times(20), signal.SIGTERM), follow.followed(place, times(5)),
        ],
        "format": lambda: files.spoiled_formats(place.folder / "formats", times(30)),
        "hostile": lambda: [files.bombs(place.folder), files.malformed_pdfs(place.folder), files.ways_out(place.folder)],
        "fuzz": lambda: [fuzz.texts(times(2000)), fuzz.queries(times(5000))],
    }  # fmt: skip


def _kills(place: Place, times: Callable[[int], int]) -> Iterator[Row]:
    often = {"first": 50, "following": 40, "rebuild": 30, "retry": 20, "salvage": 30}
    for name, work in kills.works(place).items():
        yield kills.killed(place, work(), times(often[name]))
    yield kills.killed_with_readers(place, times(30))


def _calls(place: Place, step: int) -> Iterator[Row]:
    if not calls.available():
        yield Row("calls of the kernel fail", 0, 0, 0, "not tried: needs strace")
        return
    for name, work in kills.works(place).items():
        wider = step * (1 if name in ("first", "rebuild") else 10)
        for what, more in (("error=EIO", 1), ("error=ENOSPC", 10), ("signal=KILL", 5)):
            yield calls.every(place, work(), calls.WRITING, what, wider * more)
    yield calls.every(place, kills.following_run(place), calls.READING, "error=EIO", 10 * step)
    yield calls.every(place, kills.repairing(place), calls.READING, "error=EIO", 10 * step)


def line(row: Row) -> str:
    return f"| {row.fault} | {row.tried:,} | {row.survived:,} | {row.lost:,} | {row.note} |"


def _found(args: argparse.Namespace) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as made:
        for name, rows in groups(prepare(Path(made)), args.tries).items():
            if not args.only or any(word in name for word in args.only):
                found = rows()
                yield from [found] if isinstance(found, Row) else found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tries", type=float, default=1.0, metavar="FACTOR")
    parser.add_argument("--only", nargs="*", default=(), metavar="WORD")
    parser.add_argument("--print", action="store_true", dest="show")
    args = parser.parse_args()
    if args.show:
        print(PAGE.read_text("utf-8"))
        return
    started, found = time.monotonic(), []
    for row in _found(args):
        print(line(row), flush=True)
        found.append(row)
    foot = f"\n{time.strftime('%Y-%m-%d')}, {platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores, "
    foot += f"{(time.monotonic() - started) / 60:.0f} minutes.\n"
    if args.tries >= 1 and not args.only:
        PAGE.write_text(HEAD + "\n".join(map(line, found)) + "\n" + foot, "utf-8")
    sys.exit(any(row.lost or row.survived < row.tried for row in found))


if __name__ == "__main__":
    main()
