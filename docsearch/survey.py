"""What is on disk against what is known: the files to read, those that are gone, those that are as they were.

A second look at an archive costs one `stat` a file.  Folders are compared one by one, and where many files are to be read
they are looked up again when their turn comes, so memory holds one folder, not the archive.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from docsearch.catalogue import Catalogue
from docsearch.catalogue.files import FileRecord
from docsearch.model import Outcome
from docsearch.readers.parts import is_clutter, outer_path

SETTLING_NS = 2_000_000_000  # FAT keeps times to two seconds: within that, a changed file may show the same time
KEPT = 2_000  # files to read that are kept as they were found; where there are more they are looked up again
UNMOUNTED = "empty, but papers of it are known: is its disk there? To forget them, index the folder around it"


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: its path and what `stat` said before anything of it was read; `known`: what the catalogue has.

    `settled`: a change after that look must show another time.  A time in the future never settles: the clock that gave it
    may be wrong by as much again.  `within` is the file on disk that holds it, where it is in an archive or message: size
    is its own then, and time that of the file on disk; `id` is the SHA-256 of its bytes, where the file that holds it told.
    """

    path: str
    size: int
    mtime_ns: int
    known: FileRecord | None
    settled: bool = True
    within: str | None = None
    id: str | None = None

    @property
    def is_as_known(self) -> bool:
        """Whether the file is, by size and time, the one that is known."""
        return self.known is not None and (self.size, self.mtime_ns) == (self.known.size, self.known.mtime_ns)


@dataclass(slots=True)
class Survey:
    """What one look found: files to read, known files that are gone, how many are as they were, places not to be entered.

    `due` is how many are to be read, `tasks` which; to be asked for once.
    """

    due: int = 0
    tasks: Iterable[Task] = ()
    gone: list[FileRecord] = field(default_factory=list)
    unchanged: int = 0
    failed: list[Outcome] = field(default_factory=list)


def survey(
    catalogue: Catalogue, roots: Iterable[str | Path], *, reading: str, retry: bool = False, avoid: Path | None = None
) -> Survey:
    """Look at files and folders.

    `reading` is the version of the readers: what another one read, or failed to read, is read again.  With `retry`, what
    failed is read again though it did not change.  `avoid` is a folder not to enter: the index itself.  A place that
    cannot be entered is one failed outcome and nothing known below it counts as gone: a disk that is not there has not
    lost its papers.
    """
    found, places = Survey(), outermost(roots)
    look = _Look(catalogue, found, reading, retry, os.path.realpath(avoid) if avoid else None)
    for root in places:
        look.at(root)
    found.due = len(look.parts) + look.due
    again = replace(look, found=Survey(), first=[], parts=[])
    found.tasks = chain(look.first if look.due == len(look.first) else again.files(places), look.parts)
    return found


def outermost(roots: Iterable[str | Path]) -> list[str]:
    """The absolute paths, without those that lie in another one."""
    kept: list[str] = []
    paths = {str(Path(root).absolute()) for root in map(_normal, roots)}
    for path in sorted(paths, key=lambda path: Path(path).parts):  # so what lies in a folder comes right after it
        if not kept or not (path == kept[-1] or path.startswith(kept[-1].rstrip(os.sep) + os.sep)):
            kept.append(path)
    return kept


def _normal(root: str | Path) -> str:
    return os.path.normpath(root)


@dataclass(slots=True)
class _Look:
    """One look in progress: the first files to read, how many in all, and those that are in another file."""

    catalogue: Catalogue
    found: Survey
    reading: str
    retry: bool
    avoid: str | None
    first: list[Task] = field(default_factory=list)
    due: int = 0
    parts: list[Task] = field(default_factory=list)

    def at(self, root: str) -> None:
        """Look at one root, a folder or a file."""
        try:
            status = os.stat(root)  # noqa: PTH116  the path may not be Unicode
        except OSError as error:
            self._missing_root(root, error)
            return
        if stat.S_ISDIR(status.st_mode):
            if self._is_unmounted(root):
                self.found.failed.append(Outcome(path=root, state="failed", reason=UNMOUNTED))
            else:
                self._tree(root)
        else:
            self._note(self._compare(root, status, self.catalogue.files.at(root)))
            self._parts(root)

    def files(self, roots: Iterable[str]) -> Iterator[Task]:
        """The files on disk that are to be read, looked up as they are asked for."""
        for root in roots:
            if os.path.isdir(root):  # noqa: PTH112
                for folder, entries in self._walk(root, []):
                    yield from self._folder(folder, entries, root)
            else:
                with contextlib.suppress(OSError):
                    yield from self._compare(root, os.stat(root), self.catalogue.files.at(root))  # noqa: PTH116

    def _note(self, tasks: Iterable[Task]) -> None:
        for task in tasks:
            self.due += 1
            if self.due <= KEPT:
                self.first.append(task)

    def _missing_root(self, root: str, error: OSError) -> None:
        """A single file that is gone is gone; a missing folder may be a disk that is not there."""
        known, outer = self.catalogue.files.at(root), outer_path(root)
        if known and outer != root:
            self._compare_part(known, outer)
        elif known and Path(root).parent.is_dir():
            self.found.gone.append(known)
        else:
            self._fail(root, error)

    def _is_unmounted(self, root: str) -> bool:
        """Whether a root from which papers are known is quite empty: so looks a folder whose disk is not mounted."""
        try:
            with os.scandir(root) as entries:
                return next(entries, None) is None and bool(self.catalogue.files.folders(root))
        except OSError:
            return False  # `_tree` will say why

    def _tree(self, root: str) -> None:
        seen, unreadable = set(), list[str]()
        for folder, entries in self._walk(root, unreadable):
            seen.add(folder)
            self._note(self._folder(folder, entries, root))
        self._vanished(root, seen, unreadable)

    def _walk(self, root: str, unreadable: list[str]) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
        """Each folder with what is in it, in the order of names; those that cannot be entered are noted."""
        folders = [root]
        while folders:
            folder = folders.pop()
            try:
                entries = sorted(_entries(folder), key=lambda entry: entry.name)
            except OSError as error:
                self._fail(folder, error)
                unreadable.append(folder)
                continue
            folders.extend(entry.path for entry in reversed(entries) if self._is_folder(entry))
            yield folder, entries

    def _folder(self, folder: str, entries: list[os.DirEntry[str]], root: str) -> Iterator[Task]:
        """Compare the files directly in a folder."""
        known = self.catalogue.files.in_folder(folder)
        for entry in entries:
            status = _file_status(entry, root)
            if status:
                yield from self._compare(entry.path, status, known.pop(entry.path, None))
        self.found.gone.extend(known.values())

    def _vanished(self, root: str, seen: set[str], unreadable: list[str]) -> None:
        """Known files in folders that are no longer there, other than below those that cannot be entered.

        What archives and messages hold goes by folders that are on no disk.
        """
        holders: set[str] = set()
        for folder in sorted(self.catalogue.files.folders(root) - seen):
            holder = self._holder(folder)
            if holder:
                holders.add(holder)
            elif not any(folder == place or folder.startswith(place + os.sep) for place in unreadable):
                self.found.gone.extend(self.catalogue.files.in_folder(folder).values())
        for holder in sorted(holders):
            self._parts(holder)

    def _holder(self, folder: str) -> str | None:
        """The known file that holds what goes by this folder, the outermost; ``None`` for a folder of a disk."""
        ends = (found.start() for found in re.finditer(f"!(?={re.escape(os.sep)}|$)", folder))
        return next((folder[:end] for end in ends if self.catalogue.files.at(folder[:end])), None)

    def _parts(self, holder: str) -> None:
        """Compare what a file holds, unless it is to be read again itself, or is gone: then that decides."""
        known = self.catalogue.files.at(holder)
        try:
            status = os.stat(holder)  # noqa: PTH116
        except OSError:
            return
        if known and not self._is_due(known, status):
            for record in self.catalogue.files.inside(holder).values():
                self._compare_part(record, holder)

    def _compare_part(self, known: FileRecord, outer: str) -> None:
        if known.settled and not self._is_old(known):
            self.found.unchanged += 1
        else:
            self.parts.append(Task(known.path, known.size, known.mtime_ns, known, within=outer))

    def _compare(self, path: str, status: os.stat_result, known: FileRecord | None) -> Iterator[Task]:
        if known and not self._is_due(known, status):
            self.found.unchanged += 1
        else:
            settled = time.time_ns() - status.st_mtime_ns > SETTLING_NS  # by the clock of this look, not of the reading after it
            yield Task(path, status.st_size, status.st_mtime_ns, known, settled)

    def _is_due(self, known: FileRecord, status: os.stat_result) -> bool:
        same = (known.size, known.mtime_ns) == (status.st_size, status.st_mtime_ns) and known.settled
        return not same or self._is_old(known)

    def _is_old(self, known: FileRecord) -> bool:
        """Whether it is to be read again though it did not change."""
        return known.reading != self.reading or (self.retry and known.state == "failed")

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        return entry.is_dir(follow_symlinks=False) and os.path.realpath(entry.path) != self.avoid

    def _fail(self, path: str, error: OSError) -> None:
        self.found.failed.append(Outcome(path=path, state="failed", reason=error.strerror or str(error)))


def would_see(path: str, roots: Iterable[str], avoid: Path | None) -> bool:
    """Whether a look at `roots`, absolute paths, would come to see a file or folder at `path`, if there is one."""
    if avoid and Path(path).is_relative_to(os.path.realpath(avoid)):
        return False
    root = next((root for root in roots if Path(path).is_relative_to(root)), None)
    if root is None or any(map(is_clutter, Path(path).relative_to(root).parts)):
        return False
    return not os.path.islink(path) or _leads_into(path, root)  # noqa: PTH114  the path may not be Unicode


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """What a person sees in a folder: nothing hidden, no traces of other programs."""
    with os.scandir(folder) as entries:
        yield from (entry for entry in entries if not is_clutter(entry.name))


def _file_status(entry: os.DirEntry[str], root: str) -> os.stat_result | None:
    """The status of a regular file, or of one within `root` that a link points to; ``None`` for anything else."""
    try:
        if entry.is_symlink() and not _leads_into(entry.path, root):
            return None
        status = entry.stat()
    except OSError:  # a link to nothing, or gone since the folder was listed
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _leads_into(path: str, root: str) -> bool:
    return os.path.realpath(path).startswith(os.path.realpath(root) + os.sep)
