"""How fast PDF files with a text layer are read, and what the rest of the way costs.

    python -m bench.pdf [FOLDER] [--rounds N] [--times N]

FOLDER is ``../shared/data/pdf_digital`` where not said; ``--times 3`` takes each file thrice, with other bytes at its
end.  Six things are timed in turn, each in a process of its own:

    pdfium     pdfium's own text of each page, nothing else: what no reader of ours can beat
    reading    `readers.read`: lines, columns, letterheads, furniture, signatures
    one core   the whole way, from files to an archive that answers, held to one processor
    two cores  the same with two
    counting   two processes that share nothing and count for themselves, on one processor and on two

The first three are pages for a second of processor time of all processes, so that other work on the machine hardly
counts.  Two cores beside one are wall time, where it does: counting tells what the machine gave to anybody.  The best
round of each is printed last.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2

from docsearch import library, readers

COUNTS = 40_000_000
SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "pdf_digital"


def bare(files: list[Path]) -> int:
    """Pages, after pdfium has given the text of each."""
    pages = 0
    for path in files:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            page.get_textpage().get_text_range()
            pages += 1
        document.close()
    return pages


def reading(files: list[Path]) -> int:
    return sum(len(readers.read(path).pages) for path in files)


def whole_way(files: list[Path]) -> int:
    with tempfile.TemporaryDirectory() as place, library.open(Path(place), create=True) as archive:
        archive.index([str(path) for path in files])
        assert archive.status().documents == len(files)
    return len(files)


def spin(times: int) -> int:
    return sum(number * number for number in range(times))


def counting(files: list[Path]) -> int:
    """The same work for one processor and for two."""
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores) as pool:
        return len([*pool.map(spin, [COUNTS // cores] * cores)])


PARTS: dict[str, tuple[Callable[[list[Path]], int], int]] = {
    "pdfium": (bare, 1), "reading": (reading, 1), "one core": (whole_way, 1), "two cores": (whole_way, 2),
    "counting on one": (counting, 1), "counting on two": (counting, 2),
}  # fmt: skip


def run(part: str, files: list[Path]) -> None:
    """Print, for `time_part`, the processor seconds and wall seconds of one part; the first file warms up what is loaded late."""
    work, cores = PARTS[part]
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:cores]))
    if work in (bare, reading):
        work(files[:1])
    cpu, wall = spent(), time.perf_counter()
    work(files)
    print(json.dumps([spent() - cpu, time.perf_counter() - wall]))


def spent() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def time_part(part: str, folder: Path) -> tuple[float, float]:
    """Processor seconds and wall seconds of one part, in a fresh process."""
    command = [sys.executable, "-m", "bench.pdf", str(folder), "--part", part]
    cpu, wall = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return cpu, wall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--part", choices=PARTS)
    options = parser.parse_args()
    if options.part:
        run(options.part, sorted(options.folder.glob("*.pdf")))
        return
    with tempfile.TemporaryDirectory() as place:
        for path in sorted(options.folder.glob("*.pdf")):
            for number in range(options.times):
                Path(place, f"{path.stem}-{number}.pdf").write_bytes(path.read_bytes() + b"\n" * number)
        race(Path(place), options.rounds)


def race(folder: Path, rounds: int) -> None:
    files = sorted(folder.glob("*.pdf"))
    pages = bare(files)
    print(f"{len(files)} files, {pages:,} pages, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
    best: dict[str, tuple[float, float]] = {}
    for number in range(1, rounds + 1):
        times = {part: time_part(part, folder) for part in PARTS}
        show(f"round {number}", pages, times)
        best = {part: tuple(map(min, best.get(part, took), took)) for part, took in times.items()}  # type: ignore[misc]
    show("best", pages, best)


def show(name: str, pages: int, times: dict[str, tuple[float, float]]) -> None:
    rates = {part: pages / cpu for part, (cpu, _) in times.items()}
    print(f"{name:8} pages for a second of one core:", *(f"{part} {rates[part]:.0f}" for part in list(PARTS)[:3]), sep="  ")
    print(
        f"{'':8} the whole way is {rates['one core'] / rates['reading']:.2f} of reading;"
        f"  two cores {times['one core'][1] / times['two cores'][1]:.2f} times one"
        f" ({times['one core'][1]:.1f} s, {times['two cores'][1]:.1f} s),"
        f" counting {times['counting on one'][1] / times['counting on two'][1]:.2f} times",
        flush=True,
    )


if __name__ == "__main__":
    main()
