"""The road of one document, read top to bottom: found, read, understood, entered, linked, handed to the search engine.

Everything that is hard work on one file (`digest`) happens in a worker process and needs no database; this process only
writes.  Each transaction leaves the catalogue whole, so a run may be killed at any moment: the next one sees which files
are not entered, which blocks not resolved and which documents not handed over, and goes on from there.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Literal, TypeVar

from docsearch import resolver
from docsearch.catalogue import Catalogue
from docsearch.catalogue.codec import file_name
from docsearch.catalogue.documents import Packed, Stamps, pack_document
from docsearch.catalogue.files import FileRecord, FileState
from docsearch.delivery import deliver
from docsearch.engines import Engine
from docsearch.errors import ReadError, UnknownFormat
from docsearch.extraction import understand
from docsearch.holding import enter_parts, forget, release
from docsearch.linking import link
from docsearch.model import Document, Extraction, Mention, Outcome, OutcomeState, Page, Part, RawText, Report, Span
from docsearch.readers.isolation import ReaderPool, Reading
from docsearch.readers.parts import CONTAINERS
from docsearch.survey import Survey, Task, survey

# Raise one when a change of its stage must reach documents that are already held: only that stage is run again.
READING = "4"  # readers: the files are read again
UNDERSTANDING = "3"  # outline, metadata, citations, mentions: the stored texts are read again
LINKING = "2"  # resolver: all blocks are resolved again

BATCH = 64  # documents in one transaction
HEAVY = 8_000_000  # characters in one transaction: memory is bounded by them, not by the archive
PAGE_BREAK = "\n"
PICTURES = "ocr"  # the folder, in that of the index, that keeps what OCR read; it may be deleted any day

OnOutcome = Callable[[Outcome, int, int], None]


# --- one document -----------------------------------------------------------------------------------------------------


def assemble(raw: RawText) -> tuple[str, tuple[Page, ...]]:
    """The one text of a document, and where its pages stand in it: a number broken by a page is whole again."""
    pages, start = [], 0
    for number, page in enumerate(raw.pages, 1):
        pages.append(Page(number, Span(start, start + len(page))))
        start += len(page) + len(PAGE_BREAK)
    return PAGE_BREAK.join(raw.pages), tuple(pages)


def as_document(reading: Reading) -> Document:
    """A file as a document."""
    text, pages = assemble(reading.raw)
    raw = reading.raw
    return Document(
        id=reading.id, path=reading.path, format=raw.format, size=reading.size, text=text, pages=pages, notes=raw.notes
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Digest:
    """A document as a worker hands it over: its rows, and its mentions with their blocks."""

    packed: Packed
    mentions: tuple[tuple[Mention, tuple[str, ...]], ...]
    characters: int
    citations: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file that holds others: itself, where it has text of its own, and what it holds."""

    digest: Digest | None
    parts: tuple[Part, ...]


def digest(reading: Reading) -> Digest | Bundle:
    """A file that was read, understood and packed: what a worker does after reading."""
    document, parts = as_document(reading), reading.raw.parts
    if parts and not document.text.strip():
        return Bundle(None, parts)
    own = pack(document, understand(document.text, file_name(document.path)))
    return Bundle(own, parts) if parts else own


def extract(reading: Reading) -> tuple[str, Extraction]:
    """A file that was read, understood: its id with all that it says."""
    document = as_document(reading)
    return document.id, understand(document.text, file_name(document.path))


def extract_file(path: str | Path) -> tuple[str, Extraction]:
    """The same of one file on disk, read in a worker of its own; `ReadError` where it cannot be."""
    with ReaderPool(1, then=extract) as pool:
        return pool.submit(path).result()


def pack(document: Document, extraction: Extraction, reading: str = READING) -> Digest:
    """A document with all that was read in it, ready to be entered; `reading` is the version that read its text."""
    findings = extraction.findings
    mentions = resolver.mentions(document.id, extraction.metadata, findings.citations, findings.aliases)
    blocks = tuple((mention, resolver.block_keys(mention)) for mention in mentions)
    name = file_name(document.path)
    packed = pack_document(document, extraction, Stamps(reading, UNDERSTANDING, name))
    return Digest(packed, blocks, len(document.text), len(findings.citations))


OpenPool = Callable[[], ReaderPool[Digest | Bundle]]


# --- many files -------------------------------------------------------------------------------------------------------


def ingest(
    catalogue: Catalogue,
    engine: Engine | None,
    roots: Iterable[str | Path],
    *,
    avoid: Path | None = None,
    workers: int | None = None,
    retry: bool = False,
    on_outcome: OnOutcome | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Bring catalogue and engine up to date with these files and folders.

    Without an engine, what it would have taken in waits in the outbox.
    `avoid` is the folder of the index: never read, and home of what OCR made of pictures, so that none is read twice.
    `workers`: how many processes read (``None``: one a core).  `retry`: read again what failed before though it did not
    change.  `on_outcome` hears each outcome as it comes, with its number and how many there will be.  Where `stop` says so
    no further file is begun; what was read is completed.
    """
    started = time.monotonic()
    found = survey(catalogue, roots, reading=READING, retry=retry, avoid=avoid)
    tally = _Tally(found.due + len(found.gone) + len(found.failed), on_outcome)
    tally.counts["unchanged"] = found.unchanged
    for outcome in found.failed:
        tally.add(outcome)
    _forget(catalogue, found, tally)

    def open_pool() -> ReaderPool[Digest | Bundle]:
        return ReaderPool(workers, then=digest, cache=avoid / PICTURES if avoid else None)

    tasks, due = found.tasks, found.due
    while due:
        tasks = held = _enter_all(catalogue, takewhile(lambda task: not stop(), tasks), open_pool, tally)
        due = len(held)
        tally.expect(due)
    _sweep(catalogue)
    _refresh(catalogue)
    link(catalogue)
    if engine:
        deliver(catalogue, engine)
    catalogue.set("last_run", datetime.now().astimezone().isoformat(timespec="seconds"))
    return tally.report(time.monotonic() - started)


def _forget(catalogue: Catalogue, found: Survey, tally: _Tally) -> None:
    """Take out the files that are gone; their documents stay for now: most files that are gone were moved."""
    for batch in _batches(found.gone):
        with catalogue.transaction():
            forgotten = [gone for record in batch for gone in forget(catalogue, record)]
        tally.expect(len(forgotten) - len(batch))
        for outcome in forgotten:
            tally.add(outcome)


def _enter_all(catalogue: Catalogue, tasks: Iterable[Task], open_pool: OpenPool, tally: _Tally) -> list[Task]:
    """Read the files and enter what they say, a batch in one transaction; what they hold and is to be read next."""
    held: list[Task] = []
    for batch in _batches(_results(catalogue, tasks, open_pool), weight=lambda item: _characters(item[1])):
        with catalogue.transaction():
            outcomes = [_enter(catalogue, task, result) for task, result in batch]
            contents = [enter_parts(catalogue, task, _parts(result), READING) for task, result in batch if _tells(task, result)]
        for outcome, (_, result) in zip(outcomes, batch, strict=True):
            tally.add(outcome, _own(result))
        for content in contents:
            held.extend(content.tasks)
            tally.expect(len(content.outcomes))
            for outcome in content.outcomes:
                tally.add(outcome)
    return held


Result = Digest | Bundle | ReadError | str  # a file read; why it could not be; the id of a document that is known already


def _own(result: Result) -> Digest | None:
    """What a file says itself."""
    return result.digest if isinstance(result, Bundle) else result if isinstance(result, Digest) else None


def _parts(result: Result) -> tuple[Part, ...]:
    return result.parts if isinstance(result, Bundle) else ()


def _tells(task: Task, result: Result) -> bool:
    """Whether it is known now what the file holds: not where it could not be read, unless it is another file by now."""
    return not isinstance(result, ReadError) or not (task.is_as_known or _is_passing(result))


def _is_passing(error: ReadError) -> bool:
    """Whether it is of the disk or of this program, not of what the file holds: the next run tries again."""
    return type(error) is ReadError


def _characters(result: Result) -> int:
    own = _own(result)
    return own.characters if own else 0


def _results(catalogue: Catalogue, tasks: Iterable[Task], open_pool: OpenPool) -> Iterator[tuple[Task, Result]]:
    """What became of each file, as it comes; only what is not known by its bytes is read."""
    reading: dict[str, Task] = {}
    known: deque[tuple[Task, Result]] = deque()

    def unknown() -> Iterator[str]:
        for task in tasks:
            result = _identify(catalogue, task)
            if result is None:
                reading[task.path] = task
                yield task.path
            else:
                known.append((task, result))

    with open_pool() as pool:
        for path, result in pool.read_all(unknown()):
            yield reading.pop(path), result
            while known:
                yield known.popleft()
    yield from known


def _identify(catalogue: Catalogue, task: Task) -> str | ReadError | None:
    """The id of the document where its bytes are known and read as we read today; ``None`` where it is to be read."""
    if task.within and not task.id:
        return None
    try:
        id = task.id or _hash(task.path)
    except OSError as error:
        return ReadError(task.path, error.strerror or str(error))
    stamps = catalogue.documents.stamps(id)
    if stamps is None or stamps.reading != READING:
        return None
    card = catalogue.documents.card(id)  # what it holds must be entered at this path too
    return id if card and card.format not in CONTAINERS else None


def _hash(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123  the path may not be Unicode
        return hashlib.file_digest(file, "sha256").hexdigest()


def _enter(catalogue: Catalogue, task: Task, result: Result) -> Outcome:
    """Write what became of one file."""
    if isinstance(result, ReadError):
        return _enter_failure(catalogue, task, result)
    before, own = task.known.document if task.known else None, _own(result)
    document = own.packed.id if own else result if isinstance(result, str) else None
    if own:
        _enter_document(catalogue, own)
    catalogue.files.put(_record(task, document=document, state="read" if document else "opened"))
    if document:
        catalogue.documents.check_name(document)
    if before and before != document:
        release(catalogue, before)
    return Outcome(path=task.path, state=_state(task, document), document=document)


def _state(task: Task, document: str | None) -> OutcomeState:
    known = task.known
    if known is None or known.state not in ("read", "opened"):
        return "new"
    same = known.document == document and (document is not None or task.is_as_known)
    return "unchanged" if same else "changed"


def _enter_document(catalogue: Catalogue, result: Digest) -> None:
    key = catalogue.documents.put(result.packed)
    catalogue.graph.remove(key)
    catalogue.graph.add(key, result.mentions)
    catalogue.outbox.put(result.packed.id)


def _enter_failure(catalogue: Catalogue, task: Task, error: ReadError) -> Outcome:
    """Remember why.  A document is let go of only where its file now holds something else, and that cannot be read."""
    state: Literal["skipped", "failed"] = "skipped" if isinstance(error, UnknownFormat) else "failed"
    passing, known = _is_passing(error), task.known
    if not (known and known.document and (passing or task.is_as_known)):
        record = _record(task, state=state, reason=error.reason)
        catalogue.files.put(replace(record, settled=False) if passing else record)
        release(catalogue, known.document if known else None)
    return Outcome(path=task.path, state=state, reason=error.reason)


def _record(task: Task, *, document: str | None = None, state: FileState = "read", reason: str | None = None) -> FileRecord:
    tries = task.known.tries + 1 if task.known and state == task.known.state else 1
    return FileRecord(
        path=task.path, size=task.size, mtime_ns=task.mtime_ns, settled=task.settled, state=state, document=document,
        reason=reason, tries=tries, reading=READING,
    )  # fmt: skip


def _sweep(catalogue: Catalogue) -> None:
    """Take out the documents that no file holds any more."""
    for batch in _batches(catalogue.documents.released()):
        with catalogue.transaction():
            for document in batch:
                if not catalogue.remove_if_unheld(document):
                    catalogue.documents.keep(document)
                    catalogue.documents.check_name(document)


def _refresh(catalogue: Catalogue) -> None:
    """Read again the stored texts that another version of the columns understood, or that go by another name now."""
    for batch in _batches(catalogue.documents.outdated(UNDERSTANDING)):
        with catalogue.transaction():
            for id in batch:
                _understand_again(catalogue, id)
    while _seal(catalogue):
        pass
    if catalogue.get("linking") != LINKING:
        with catalogue.transaction():
            catalogue.graph.soil_all()
            catalogue.set("linking", LINKING)


def _seal(catalogue: Catalogue) -> int:
    with catalogue.transaction():
        return catalogue.documents.seal(BATCH)


def _understand_again(catalogue: Catalogue, id: str) -> None:
    document, stamps = catalogue.documents.document(id), catalogue.documents.stamps(id)
    if document and stamps:
        extraction = understand(document.text, file_name(document.path))
        _enter_document(catalogue, pack(document, extraction, stamps.reading))


# --- counting ---------------------------------------------------------------------------------------------------------


class _Tally:
    """What a run has done so far."""

    def __init__(self, total: int, on_outcome: OnOutcome | None) -> None:
        self.counts: Counter[OutcomeState] = Counter()
        self._total, self._done, self._on_outcome = total, 0, on_outcome
        self._failures: list[Outcome] = []
        self._characters = self._citations = 0

    def expect(self, more: int) -> None:
        """So many more outcomes will come."""
        self._total += more

    def add(self, outcome: Outcome, result: Digest | None = None) -> None:
        """Count one outcome and tell of it."""
        self._done += 1
        self.counts[outcome.state] += 1
        if outcome.state == "failed":
            self._failures.append(outcome)
        if result:
            self._characters += result.characters
            self._citations += result.citations
        if self._on_outcome:
            self._on_outcome(outcome, self._done, self._total)

    def report(self, seconds: float) -> Report:
        """The run as a whole."""
        return Report(
            counts=dict(self.counts), failures=tuple(self._failures), characters=self._characters,
            citations=self._citations, seconds=seconds,
        )  # fmt: skip


T = TypeVar("T")


def _batches(items: Iterable[T], weight: Callable[[T], int] = lambda item: 0) -> Iterator[list[T]]:
    """The items in lists of up to `BATCH`, fewer where they weigh more than `HEAVY` together."""
    batch: list[T] = []
    weighs = 0
    for item in items:
        batch.append(item)
        weighs += weight(item)
        if len(batch) >= BATCH or weighs >= HEAVY:
            yield batch
            batch, weighs = [], 0
    if batch:
        yield batch
