"""What keeping an archive costs: `python -m bench.ingest [FOLDER] [WORKERS]` (the real documents beside the repository).

Indexes a folder with all that it holds, once again with nothing changed, and again with a hundred files changed; prints
documents and megabytes a second, peak memory of this process and of the largest worker, and what failed.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from docsearch import library
from docsearch.library import Library

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
CHANGED = 100


def run(name: str, archive: Library, corpus: Path, workers: int | None) -> None:
    cpu = time.process_time()
    report = archive.index([corpus], workers=workers)
    read = report.counts.get("new", 0) + report.counts.get("changed", 0)
    counts = ", ".join(f"{state} {count}" for state, count in report.counts.items() if count)
    print(f"{name:18} {report.seconds:8.2f} s  ({time.process_time() - cpu:.2f} s of it work in this process)  {counts}")
    if read:
        print(
            f"{'':18} {read / report.seconds:8.1f} documents/s, {report.characters / report.seconds / 1e6:.2f} M characters/s,"
            f" {report.citations / report.seconds:,.0f} citations/s"
        )


def change(corpus: Path) -> int:
    """Append a word to text files; how many."""
    texts = sorted(path for path in corpus.rglob("*.txt") if path.stat().st_size)[:CHANGED]
    for path in texts:
        with path.open("ab") as file:
            file.write("\nSửa.\n".encode("utf-16-le" if path.read_bytes()[:2] == b"\xff\xfe" else "utf-8"))
    return len(texts)


def memory() -> str:
    own, workers = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return f"peak memory: {own:,.0f} MB here, {workers:,.0f} MB in the largest worker"


def main(source: Path, workers: int | None, place: Path) -> None:
    corpus = place / "corpus"
    shutil.copytree(source, corpus)
    with library.open(place / "index", create=True) as archive:
        run("all", archive, corpus, workers)
        run("nothing changed", archive, corpus, workers)
        print(f"{change(corpus)} files changed")
        run("changed", archive, corpus, workers)
        started = time.perf_counter()
        archive.rebuild()
        print(f"{'search index again':18} {time.perf_counter() - started:8.2f} s")
        started = time.perf_counter()
        ailments = archive.doctor()
        print(f"{'doctor':18} {time.perf_counter() - started:8.2f} s  {len(ailments)} ailments")
        status = archive.status()
        print(
            f"{status.documents} documents, {status.characters:,} characters, {status.citations:,} citations {dict(status.links)}"
        )
        print(f"on disk {status.disk_bytes / 1e6:,.1f} MB; {memory()}")
        for reason, count in Counter(f"{o.state}: {o.reason}" for o in archive.failures()).most_common():
            print(f"{count:6} {reason}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
        main(folder, int(sys.argv[2]) if len(sys.argv) > 2 else None, Path(made))
