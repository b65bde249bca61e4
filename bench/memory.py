"""What an archive costs as it grows: peak memory for few and for many documents, documents a second on one core and on two.

    python -m bench.memory [--few N] [--many N] [--speed N]

Texts are pieces of the real ones beside the repository (``../shared/data/scale``), about 2,300 characters each, written as
files.  Each run is a process of its own; peaks are those of the system's own counting (``ru_maxrss``), and, on Linux, what of
it was not pages of files, which the system may drop at any time (``RssAnon``, looked at fifty times a second).
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from docsearch import library

TEXTS = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "scale" / "texts.jsonl.xz"
PIECE = 2300  # characters
FOLDER = 500  # files
BAR_MEMORY, BAR_SPEED = 1.20, 1.7


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds; peaks in MB of the whole process, of what was no page of a file, and of the largest worker; files."""

    seconds: float
    own: float
    anonymous: float
    worker: float
    new: int
    unchanged: int

    def __str__(self) -> str:
        return (
            f"{self.own:5.0f} MB here ({self.anonymous:.0f} anonymous), {self.worker:.0f} MB in the worker, {self.seconds:.1f} s"
        )


def pieces() -> Iterator[str]:
    """Real texts; the long ones cut at line ends."""
    with lzma.open(TEXTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            piece = ""
            for paragraph in json.loads(line)["text"].splitlines(keepends=True):
                piece += paragraph
                if len(piece) >= PIECE:
                    yield piece
                    piece = ""
            if piece.strip():
                yield piece


def write(corpus: Path, count: int) -> None:
    for number, piece in enumerate(islice(pieces(), count)):
        folder = corpus / f"{number // FOLDER:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:06d}.txt").write_text(piece, "utf-8")


class Watch(threading.Thread):
    """Remembers the most memory that was no page of a file, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0

    def run(self) -> None:
        status = Path("/proc/self/status")
        while status.exists():
            line = next(line for line in status.read_text().splitlines() if line.startswith("RssAnon"))
            self.peak = max(self.peak, int(line.split()[1]) / 1024)
            time.sleep(0.02)


def one(corpus: str, index: str, cores: int) -> None:
    """One run on so many cores, in this process: seconds, and peaks in MB of this process and of the largest worker."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    watch = Watch()
    watch.start()
    started = time.perf_counter()
    with library.open(index, create=True) as archive:
        report = archive.index([corpus])
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    peaks[1:1] = [watch.peak]
    print(json.dumps([time.perf_counter() - started, *peaks, report.counts.get("new", 0), report.counts.get("unchanged", 0)]))


def run(corpus: Path, index: Path, cores: int) -> Run:
    command = [sys.executable, "-m", "bench.memory", "--one", str(corpus), str(index), str(cores)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Run(*json.loads(done.stdout))


def show_memory(place: Path, few: int, many: int) -> None:
    runs = []
    for count in (few, many):
        write(place / f"corpus-{count}", count)
        runs.append(run(place / f"corpus-{count}", place / f"index-{count}", 1))
        print(f"{runs[-1].new:8,} new:       {runs[-1]}", flush=True)
    again = run(place / f"corpus-{many}", place / f"index-{many}", 1)
    print(f"{again.unchanged:8,} unchanged: {again}")
    for name in ("own", "anonymous", "worker"):
        a, b = (getattr(each, name) for each in runs)
        print(f"peak {name}: x{b / a:.2f} for {many / few:.0f} times as many (bar: x{BAR_MEMORY:.2f})")


def show_speed(place: Path, count: int) -> None:
    write(place / "corpus-speed", count)
    speeds = []
    for cores in (1, 2):
        found = run(place / "corpus-speed", place / f"index-speed-{cores}", cores)
        speeds.append(found.new / found.seconds)
        print(f"{cores} cores: {speeds[-1]:7.1f} documents/s", flush=True)
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"two cores are x{speeds[1] / speeds[0]:.2f} of one (bar: x{BAR_SPEED}); {load}")


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[3], int(sys.argv[4]))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=20_000)
    parser.add_argument("--speed", type=int, default=2_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        show_speed(Path(made), args.speed)
        show_memory(Path(made), args.few, args.many)


if __name__ == "__main__":
    main()
