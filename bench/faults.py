"""The fault table: what was done to an archive and to files, how often, and whether anything was lost.

    python -m bench.faults [--quick] [--only WORD] [--print]

Writes docs/faults.md; ``--quick`` tries each fault a tenth as often and writes nothing, ``--print`` shows the table of the
last whole run.  Every choice is seeded.  A POSIX system is needed, and for the full disk the right to mount.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import faults_archive as archive
from bench import faults_files as files
from bench.fault_rows import Row

PAGE = Path(__file__).resolve().parents[1] / "docs" / "faults.md"
HEAD = """# What was done to it, and what was lost

`python -m bench.faults` tries all of this again and writes this page; every choice is seeded.  *Survived*: after the fault
the next run completed the work, the archive knew exactly what an undisturbed run makes of the same papers, and `doctor`
found nothing; for a file: it cost one outcome with its reason, and the reading went on.  *Lost*: tries after which
something was not there.

| fault | tried | survived | lost | |
|---|---:|---:|---:|---|
"""


def rows(folder: Path, share: float, only: str) -> Iterator[Row]:
    place = archive.prepare(folder)
    faults: dict[str, Callable[[], Row | list[Row]]] = {
        "kill-statement": lambda: archive.killed_at_a_statement(place, _times(120, share)),
        "kill-following": lambda: archive.killed_while_following(place, _times(40, share)),
        "kill-time": lambda: archive.killed_at_a_time(place, _times(40, share)),
        "write": lambda: archive.every_write_fails(place, 1 if share == 1 else 10),
        "size": lambda: archive.no_file_may_grow(place, _times(60, share)),
        "disk": lambda: archive.full_disk(place, _times(50, share)),
        "catalogue": lambda: archive.damaged_catalogue(place, _times(100, share)),
        "index": lambda: archive.damaged_index(place, _times(60, share)),
        "format": lambda: files.spoiled_formats(folder / "formats", _times(30, share)),
        "bombs": lambda: files.bombs(folder),
        "pdfs": lambda: files.malformed_pdfs(folder),
    }
    for name, fault in faults.items():
        if only in name:
            found = fault()
            yield from found if isinstance(found, list) else [found]


def _times(whole: int, share: float) -> int:
    return max(1, round(whole * share))


def line(row: Row) -> str:
    return f"| {row.fault} | {row.tried} | {row.survived} | {row.lost} | {row.note} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--print", action="store_true", dest="show")
    args = parser.parse_args()
    if args.show:
        print(PAGE.read_text("utf-8"))
        return
    started, found = time.monotonic(), []
    with tempfile.TemporaryDirectory() as made:
        for row in rows(Path(made), 0.1 if args.quick else 1.0, args.only):
            print(line(row), flush=True)
            found.append(row)
    foot = f"\n{time.strftime('%Y-%m-%d')}, {platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores, "
    foot += f"{(time.monotonic() - started) / 60:.0f} minutes.\n"
    if not args.quick and not args.only:
        PAGE.write_text(HEAD + "\n".join(map(line, found)) + "\n" + foot, "utf-8")
    sys.exit(any(row.lost or row.survived < row.tried for row in found))


if __name__ == "__main__":
    main()
