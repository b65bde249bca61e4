"""The search index made again from the catalogue, beside the old one, which answers until the new one is proven.

Which folder is the index stands in the catalogue: the change from the old to the new one is one transaction there, with the
outbox that the new one has taken in.  A kill before it leaves a folder that nobody reads, and the next rebuild removes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from docsearch.catalogue import Catalogue
from docsearch.delivery import BATCH, COMMIT_EVERY, entries
from docsearch.engines import ENGINES, Engine, open_engine
from docsearch.errors import IndexDamaged

Progress = Callable[[int, int], None]  # documents done, documents in all


def engine_folder(catalogue: Catalogue) -> str | None:
    """The name of the folder of the index; ``None`` where there is none yet."""
    return catalogue.get("engine_folder")


def rebuild(catalogue: Catalogue, root: Path, engine: str, on_progress: Progress | None = None) -> None:
    """Make the index of `engine` in a new folder under `root`, prove it, and use it from now on.

    Reads one batch of documents at a time.  `IndexDamaged` where the new index does not hold exactly what the catalogue
    does; the old one then stays in use.
    """
    folder = _fresh_folder(catalogue, root, engine)
    last = catalogue.outbox.last()
    made = open_engine(engine, root / folder)
    try:
        _fill(catalogue, made, on_progress)
        made.commit(last)
        _prove(catalogue, made, engine, root / folder)
    finally:
        made.close()
    with catalogue.transaction():
        catalogue.set("engine", engine)
        catalogue.set("engine_folder", folder)
        catalogue.outbox.clear(last)
    sweep(catalogue, root)


def sweep(catalogue: Catalogue, root: Path) -> None:
    """Remove index folders that are not in use."""
    import shutil  # slow to load, and a search needs nothing else of this file but the name of the folder

    used = engine_folder(catalogue)
    for path in folders(root):
        if path.name != used:
            shutil.rmtree(path, ignore_errors=True)  # on Windows a searcher may still have it open: the next one removes it


def folders(root: Path) -> list[Path]:
    """The folders of search indexes, in use or not."""
    return [path for path in root.iterdir() if path.is_dir() and path.name.rpartition("-")[0] in ENGINES]


def _fresh_folder(catalogue: Catalogue, root: Path, engine: str) -> str:
    used = [engine_folder(catalogue) or "", *(path.name for path in root.iterdir())]
    counts = (name.rpartition("-")[2] for name in used if name.rpartition("-")[0] in ENGINES)
    return f"{engine}-{max((int(count) for count in counts if count.isdigit()), default=0) + 1}"


def _fill(catalogue: Catalogue, engine: Engine, on_progress: Progress | None) -> None:
    total, done = catalogue.documents.totals()[0], 0
    for batch in _batches(catalogue.documents.ids()):
        engine.replace(entries(catalogue, batch))
        done += len(batch)
        if done % COMMIT_EVERY < BATCH:
            engine.commit(0)  # memory is bounded by what is not committed; nobody reads it yet
        if on_progress:
            on_progress(done, total)


def _batches(ids: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(ids, BATCH)):
        yield batch


def _prove(catalogue: Catalogue, engine: Engine, name: str, path: Path) -> None:
    held, wanted = tally(engine.documents()), tally(catalogue.documents.ids())
    if held != wanted:
        raise IndexDamaged(name, path, f"the new index holds {held[0]} documents, the catalogue {wanted[0]}, or other ones")


def tally(ids: Iterable[str]) -> tuple[int, int]:
    """How many ids, and their sum: equal for the same ids in any order, without a list of a million of them."""
    count = total = 0
    for id in ids:
        count += 1
        total += int.from_bytes(id.encode(), "big")
    return count, total
