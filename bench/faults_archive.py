"""Faults around an archive: kills, writes that fail, disks that are full, files that are damaged.

Every try runs in a process of its own.  After it the next run must complete the work: the same facts as after an undisturbed
run, and nothing for the doctor to find.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.fault_rows import Row, count, papers
from docsearch import ingest, library
from docsearch.catalogue.database import Database
from docsearch.engines.tantivy import TantivyEngine
from docsearch.errors import DocsearchError, EngineError, LibraryError, ReadError
from docsearch.readers.isolation import Limits
from docsearch.readers.worker import Orders, read_one

SEED = 20230206
PAPERS = 5
REFUSED, BROKEN = 3, 4  # exit codes of a child: an error that we raise on purpose, any other


class Inline:
    """Reads in this process: the moments of a kill are those of the writing; reading writes nothing."""

    def __init__(self, workers: int | None = None, *, then: Callable[..., Any], **_: object) -> None:
        self._then = then

    def __enter__(self) -> Inline:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read_all(self, paths: Iterator[str]) -> Iterator[tuple[str, Any]]:
        for path in paths:
            try:
                yield path, self._then(read_one(Path(path), Orders(limits=Limits(), root=None, then="")))
            except ReadError as error:
                yield path, error


@dataclass
class Place:
    """A corpus, what an undisturbed run makes of it, and how many statements that takes."""

    folder: Path
    wanted: str = ""
    statements: int = 0
    seconds: float = 0.0

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"


def in_child(work: Callable[[], object], *, inline: bool = True, kill_after: float | None = None) -> int:
    """The exit code of a process that does it; negative: the signal that ended it."""
    pid = os.fork()
    if pid == 0:
        _do(work, inline)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _do(work: Callable[[], object], inline: bool) -> None:
    code = BROKEN
    try:
        if inline:
            setattr(ingest, "ReaderPool", Inline)  # noqa: B010
        ingest.BATCH = 2
        work()
        code = 0
    except DocsearchError:
        code = REFUSED
    finally:
        os._exit(code)


def index(place: Path, corpus: Path) -> None:
    with library.open(place, create=True) as archive:
        archive.index([corpus], workers=1)


def completed(place: Path, corpus: Path) -> str:
    """What the archive knows after the next run, as a checksum; "" where the doctor found something."""
    told = place.with_suffix(".told")

    def work() -> None:
        with library.open(place, create=True) as archive:
            archive.index([corpus], workers=1)
            sick = archive.doctor()
            known = hashlib.sha256(repr(papers().facts(archive)).encode("utf-8", "surrogatepass")).hexdigest()
            told.write_text("" if sick else known)

    told.unlink(missing_ok=True)
    in_child(work)
    return told.read_text() if told.exists() else ""


def prepare(folder: Path) -> Place:
    place = Place(folder)
    papers().write(place.corpus, papers().archive_of(PAPERS))
    told = folder / "statements"
    in_child(lambda: told.write_text(str(_counted(folder / "whole", place.corpus))))
    place.statements = int(told.read_text())
    place.wanted = completed(folder / "whole", place.corpus)
    assert place.wanted
    started = time.monotonic()
    in_child(lambda: index(folder / "timed", place.corpus), inline=False)
    place.seconds = time.monotonic() - started
    return place


def _counted(index_folder: Path, corpus: Path, kill_at: int = 0) -> int:
    seen = 0

    def see(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with library.open(index_folder, create=True) as archive:
        archive.catalogue._database.watch(see)
        archive.index([corpus], workers=1)
    return seen


def _change(corpus: Path) -> None:
    """What a further run has to do: files changed, gone and new."""
    made = papers()
    made.put(
        corpus / "002.txt", made.paper("2/KH-UBND", title="Kế hoạch sửa lại", body=made.citing("Nghị quyết số 76/NQ-CP")), age=1
    )
    (corpus / "003.txt").unlink(missing_ok=True)
    made.put(corpus / "new.txt", made.paper("77/BC-UBND", body=made.citing("Kế hoạch số 3/KH-UBND ngày 05/3/2023")))


# --- kills ------------------------------------------------------------------------------------------------------------


def killed_at_a_statement(place: Place, tries: int) -> Row:
    chance = random.Random(SEED)

    def one(number: int) -> bool:
        target, at = place.folder / f"kill-{number}", chance.randint(1, place.statements)
        code = in_child(lambda: _counted(target, place.corpus, at))
        return code == -signal.SIGKILL and completed(target, place.corpus) == place.wanted

    return count("`kill -9` at a statement of a first run", tries, one)


def killed_while_following(place: Place, tries: int) -> Row:
    """The corpus changes; the run that follows is killed."""
    chance = random.Random(SEED + 1)
    corpus = shutil.copytree(place.corpus, place.folder / "corpus-2")
    index_2 = place.folder / "before"
    in_child(lambda: index(index_2, corpus))
    _change(corpus)
    told, after = place.folder / "following", Path(shutil.copytree(index_2, place.folder / "after"))
    in_child(lambda: told.write_text(str(_counted(after, corpus))))
    statements, wanted = int(told.read_text()), completed(after, corpus)

    def one(number: int) -> bool:
        target, at = Path(shutil.copytree(index_2, place.folder / f"follow-{number}")), chance.randint(1, statements)
        code = in_child(lambda: _counted(target, corpus, at))
        return code == -signal.SIGKILL and completed(target, corpus) == wanted

    return count("`kill -9` at a statement of a run that follows changes", tries, one)


def killed_at_a_time(place: Place, tries: int) -> Row:
    chance = random.Random(SEED + 2)

    def one(number: int) -> bool:
        target = place.folder / f"time-{number}"
        wait = chance.uniform(0, place.seconds)
        in_child(lambda: index(target, place.corpus), inline=False, kill_after=wait)
        return completed(target, place.corpus) == place.wanted

    return count("`kill -9` at any time, with reading processes", tries, one)


# --- writes that fail -------------------------------------------------------------------------------------------------


def every_write_fails(place: Place, every: int) -> Row:
    """The n-th write fails as a disk does, for each n; then the next run."""
    total = _writes(place)

    def one(number: int) -> bool:
        target = place.folder / f"write-{number}"
        code = in_child(lambda: _failing(target, place.corpus, number * every + 1))
        return code == REFUSED and completed(target, place.corpus) == place.wanted

    return count("the n-th write to catalogue or search index fails, for each n", total // every, one)


def _writes(place: Place) -> int:
    told = place.folder / "writes"
    in_child(lambda: told.write_text(str(_failing(place.folder / "writes-whole", place.corpus, 0))))
    return int(told.read_text())


def _failing(target: Path, corpus: Path, at: int) -> int:
    seen = 0

    def counted(act: Callable[..., Any], error: Callable[[], Exception]) -> Callable[..., Any]:
        def counting(*given: Any, **named: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == at:
                raise error()
            return act(*given, **named)

        return counting

    for name in ("run", "insert", "run_many", "row"):
        setattr(Database, name, counted(getattr(Database, name), lambda: LibraryError(target, "disk I/O error")))
    for name in ("replace", "commit", "remove"):
        refuse = counted(getattr(TantivyEngine, name), lambda: EngineError("tantivy", target, "disk I/O error"))
        setattr(TantivyEngine, name, refuse)
    index(target, corpus)
    return seen


def no_file_may_grow(place: Place, tries: int) -> Row:
    """The kernel refuses to let any file grow beyond a size, larger each time."""
    largest = max(path.stat().st_size for path in (place.folder / "whole").rglob("*") if path.is_file()) + 65536

    def one(number: int) -> bool:
        target, size = place.folder / f"size-{number}", 512 + largest * number // tries

        def limited() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            index(target, place.corpus)

        return in_child(limited) in (0, REFUSED) and completed(target, place.corpus) == place.wanted

    return count("no file may grow beyond n bytes", tries, one)


def full_disk(place: Place, tries: int) -> Row:
    """A small file system of its own, larger each time; then it is given room."""
    name, disk = "the disk is full at n bytes", place.folder / "disk"
    disk.mkdir()
    if not _mount(disk, 4096):
        return Row(name, 0, 0, 0, "not tried: needs the right to mount")
    _unmount(disk)

    def one(number: int) -> bool:
        _mount(disk, 4096 + 20_480 * number)
        try:
            code = in_child(lambda: index(disk / "index", place.corpus))
            subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
            return code in (0, REFUSED) and completed(disk / "index", place.corpus) == place.wanted
        finally:
            _unmount(disk)

    return count(name, tries, one)


def _mount(disk: Path, size: int) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    return shutil.which("mount") is not None and subprocess.run(command, check=False, capture_output=True).returncode == 0


def _unmount(disk: Path) -> None:
    subprocess.run(["umount", str(disk)], check=True)


# --- files that are damaged -------------------------------------------------------------------------------------------


def spoil(path: Path, chance: random.Random) -> None:
    """Flip bits, overwrite a page, cut it off, or empty it."""
    data = bytearray(path.read_bytes())
    match chance.randrange(8):
        case 0:
            data.clear()
        case 1 | 2:
            del data[chance.randrange(len(data)) :]
        case 3 | 4:
            start = chance.randrange(max(1, len(data) // 4096)) * 4096
            data[start : start + 4096] = chance.randbytes(min(4096, len(data) - start))
        case _:
            for _ in range(chance.randint(1, 30)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def damaged_catalogue(place: Place, tries: int) -> Row:
    """Saved by the doctor, then the next run; counted as lost where a document or file is not there in the end."""
    return _damaged("the catalogue is damaged", place, tries, lambda root: [root / "catalogue.db"], SEED + 3)


def damaged_index(place: Place, tries: int) -> Row:
    def files(root: Path) -> list[Path]:
        return sorted(path for path in next(root.glob("tantivy-*")).iterdir() if path.stat().st_size)

    return _damaged("a file of the search index is damaged", place, tries, files, SEED + 4)


def _damaged(name: str, place: Place, tries: int, files: Callable[[Path], list[Path]], seed: int) -> Row:
    chance = random.Random(seed)

    def one(number: int) -> bool:
        target = Path(shutil.copytree(place.folder / "whole", place.folder / f"damaged-{seed}-{number}"))
        spoil(chance.choice(files(target)), chance)
        in_child(lambda: library.doctor(target, repair=True))
        return completed(target, place.corpus) == place.wanted

    return count(name, tries, one)
