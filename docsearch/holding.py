"""Files inside files, entered: what an archive or a message holds, compared with what it was known to hold.

What it holds is entered as not read yet, in the transaction that enters the file itself: a run that is killed then leaves
paths that the next one sees to be due.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from docsearch.catalogue import Catalogue
from docsearch.catalogue.files import FileRecord
from docsearch.model import Outcome, Part
from docsearch.readers.parts import holders, part_path
from docsearch.survey import Task

MOST = 50_000  # files in one file on disk, at any depth
WAITING = "not read yet"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be read of the files that one holds, and what became of the others: gone, or not to be taken out."""

    tasks: tuple[Task, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def enter_parts(catalogue: Catalogue, holder: Task, parts: tuple[Part, ...], reading: str) -> Contents:
    """Enter what a file holds now; `reading` is the version of the readers that told it."""
    if not parts and holder.known is None:
        return Contents()
    known = catalogue.files.inside(holder.path)
    here = {part_path(holder.path, part.name): part for part in parts[: _room(catalogue, holder)]}
    gone = [record for path, record in known.items() if not any(each in here for each in holders(path))]
    outcomes = [_drop(catalogue, record) for record in gone]
    if len(here) < len(parts):
        outcomes.append(_refuse(catalogue, holder, f"more than {MOST:,} files in {holder.within or holder.path}", reading))
    tasks = []
    for path, part in here.items():
        task = _task(holder, path, part, known.get(path))
        if part.problem:
            outcomes.append(_refuse(catalogue, task, part.problem, reading))
        else:
            _wait(catalogue, task, reading)
            tasks.append(task)
    return Contents(tuple(tasks), tuple(outcomes))


def _room(catalogue: Catalogue, holder: Task) -> int:
    """How many files more may be entered; those that a part held before count until they are compared."""
    return max(0, MOST - len(catalogue.files.inside(holder.within))) if holder.within else MOST


def _task(holder: Task, path: str, part: Part, known: FileRecord | None) -> Task:
    within = holder.within or holder.path
    return Task(path, part.size, holder.mtime_ns, known, holder.settled, within=within, id=part.id)


def _wait(catalogue: Catalogue, task: Task, reading: str) -> None:
    record = task.known or FileRecord(
        path=task.path, size=task.size, mtime_ns=task.mtime_ns, settled=False, state="failed", reason=WAITING, tries=0,
        reading=reading,
    )  # fmt: skip
    catalogue.files.put(replace(record, settled=False))


def _refuse(catalogue: Catalogue, task: Task, reason: str, reading: str) -> Outcome:
    catalogue.files.put(
        FileRecord(
            path=task.path, size=task.size, mtime_ns=task.mtime_ns, settled=task.settled, state="failed", reason=reason,
            reading=reading,
        )
    )  # fmt: skip
    release(catalogue, task.known.document if task.known else None)
    return Outcome(path=task.path, state="failed", reason=reason)


def forget(catalogue: Catalogue, record: FileRecord) -> list[Outcome]:
    """Take out a file that is gone, and what it held."""
    return [_drop(catalogue, each) for each in (record, *catalogue.files.inside(record.path).values())]


def _drop(catalogue: Catalogue, record: FileRecord) -> Outcome:
    catalogue.files.drop(record.path)
    release(catalogue, record.document)
    return Outcome(path=record.path, state="gone", document=record.document)


def release(catalogue: Catalogue, document: str | None) -> None:
    """A file let go of a document, which goes in the end unless another file holds it by then."""
    if document:
        catalogue.documents.release(document)
