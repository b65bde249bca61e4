"""An archive to do things to, what an undisturbed run makes of the same papers, and the comparison of the two.

Every try runs in a process of its own.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.faults.rows import Verdict, papers
from docsearch import extraction, ingest, library, registry
from docsearch.errors import DocsearchError, ReadError
from docsearch.readers.isolation import Limits
from docsearch.readers.worker import Orders, read_one

SEED = 20230206
PAPERS = 5
REFUSED, BROKEN = 3, 4  # exit codes of a child: an error that we raise on purpose, any other
PATIENCE = 120  # seconds after which a child is said to hang


# --- processes --------------------------------------------------------------------------------------------------------


class Inline:
    """Reads in this process: what is tried out is the writing; reading writes nothing."""

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


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code, negative for the signal that killed it, and what its work returned."""

    code: int
    said: Any = None

    @property
    def verdict(self) -> Verdict:
        """Whether a child that was not killed ended as it should: its work done, or refused with a reason."""
        return "whole" if self.code in (0, REFUSED) else "hung" if self.code == -signal.SIGALRM else "broke"


def start(work: Callable[[], object], *, inline: bool = True) -> tuple[int, int]:
    """A child that does it: its process, and a pipe that its result will come from."""
    inlet, outlet = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(inlet)
        _do(work, inline, outlet)
    os.close(outlet)
    return pid, inlet


def end(pid: int, inlet: int) -> Ended:
    """Wait for it."""
    with os.fdopen(inlet, "rb") as pipe:
        told = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return Ended(code, json.loads(told) if told else None)


def in_child(work: Callable[[], object], *, inline: bool = True, kill_after: float | None = None) -> Ended:
    """Do it in a process of its own, which may be killed after so many seconds."""
    pid, inlet = start(work, inline=inline)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    return end(pid, inlet)


def _do(work: Callable[[], object], inline: bool, outlet: int) -> None:
    code = BROKEN
    try:
        signal.alarm(PATIENCE)
        if inline:
            setattr(ingest, "ReaderPool", Inline)  # noqa: B010
        ingest.BATCH = 2
        said = work()
        code = 0
        with os.fdopen(outlet, "wb") as pipe:
            pipe.write(json.dumps(said).encode())
    except DocsearchError:
        code = REFUSED
    finally:
        if code == BROKEN:
            sys.excepthook(*sys.exc_info())
        os._exit(code)


# --- what an archive knows --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """The checksum of each paper's text by its id; a checksum of all facts, links and hits; what the doctor finds."""

    texts: dict[str, str]
    everything: str
    ailments: tuple[str, ...]


def look(place: Path) -> Known | None:
    """What an archive knows as it stands; ``None`` where it does not answer."""
    return _known(in_child(lambda: _look(place)))


def completed(place: Path, corpus: Path, *, repair: bool = False, first: Callable[[Path], object] | None = None) -> Known | None:
    """What it knows after the next run, with the doctor's mending or something else before it."""

    def work() -> object:
        if repair:
            library.doctor(place, repair=True)
        if first:
            first(place)
        index(place, corpus)
        return _look(place)

    return _known(in_child(work))


def _known(ended: Ended) -> Known | None:
    return Known(ended.said[0], ended.said[1], tuple(ended.said[2])) if ended.code == 0 else None


def _look(place: Path) -> object:
    with library.open(place) as archive:
        ailments = [ailment.code for ailment in archive.doctor()]
        facts = papers().facts(archive)
        texts = {id: _sum(archive.catalogue.documents.text(id)) for id in archive.catalogue.documents.ids()}
        return texts, _sum(facts), ailments


def _sum(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()


def judge(found: Known | None, wanted: Known) -> Verdict:
    """What a try came to, by what is known in the end."""
    if found is None:
        return "broke"
    if not wanted.texts.items() <= found.texts.items():
        return "lost"
    if found.everything != wanted.everything:
        return "differs"
    return "ailing" if found.ailments else "whole"


def still_answers(place: Path, wanted: Known) -> bool:
    """Whether it knows at least these papers as it stands, before the next run."""
    found = look(place)
    return found is not None and wanted.texts.items() <= found.texts.items()


# --- archives ---------------------------------------------------------------------------------------------------------


def index(place: Path, corpus: Path) -> None:
    with library.open(place, create=True) as archive:
        archive.index([corpus], workers=1)


@dataclass(slots=True)
class Place:
    """A folder with a corpus, an archive `whole` of it, what that knows, and how long an undisturbed run takes."""

    folder: Path
    wanted: Known
    seconds: float = 0.0

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    @property
    def whole(self) -> Path:
        return self.folder / "whole"

    def copy(self, name: str, of: Path | None = None) -> Path:
        """A copy of the whole archive, or of another folder."""
        return Path(shutil.copytree(of or self.whole, self.folder / name, symlinks=True))

    def drop(self, name: str) -> None:
        """Make room."""
        shutil.rmtree(self.folder / name, ignore_errors=True)


def prepare(folder: Path) -> Place:
    """A place with a few papers."""
    corpus, whole = folder / "corpus", folder / "whole"
    papers().write(corpus, papers().archive_of(PAPERS))
    _import_all(whole, corpus)
    wanted = whole_of(whole, corpus)
    started = time.monotonic()
    in_child(lambda: index(folder / "timed", corpus), inline=False)
    return Place(folder, wanted, time.monotonic() - started)


def _import_all(whole: Path, corpus: Path) -> None:
    """Import here what a run imports: a child then opens no files but those of the archive."""

    def work() -> object:
        index(whole, corpus)
        _look(whole)
        library.doctor(whole, repair=True)
        return sorted(sys.modules)

    for name in in_child(work).said:
        with suppress(ImportError):
            importlib.import_module(name)
    for table in vars(registry).values():  # and load the tables
        if hasattr(table, "cache_info") and not inspect.signature(table).parameters:
            table()
    extraction.understand(papers().paper("1/KH-UBND"))


def whole_of(place: Path, corpus: Path) -> Known:
    """What an undisturbed run knows."""
    found = completed(place, corpus)
    assert found, "an undisturbed run fails"
    assert not found.ailments
    return found


def change(corpus: Path) -> None:
    """What a further run has to do: files changed, gone and new."""
    made = papers()
    body = made.citing("Nghị quyết số 76/NQ-CP")
    made.put(corpus / "002.txt", made.paper("2/KH-UBND", title="Kế hoạch sửa lại", body=body), age=1)
    (corpus / "003.txt").unlink(missing_ok=True)
    (corpus / "004.txt").rename(corpus / "đổi tên.txt")
    made.put(corpus / "new.txt", made.paper("77/BC-UBND", body=made.citing("Kế hoạch số 3/KH-UBND ngày 05/3/2023")))
