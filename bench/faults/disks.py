"""Disks that are full, that may only be read, that are not there; files that may not grow."""

from __future__ import annotations

import random
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.kills import rebuild
from bench.faults.place import REFUSED, SEED, Place, completed, in_child, index, judge, look
from bench.faults.rows import Row, Verdict, count
from docsearch import library

NO_RIGHT = "not tried: needs the right to mount"


def no_file_may_grow(place: Place, tries: int) -> Row:
    """The kernel refuses to let any file grow beyond a size, larger each time."""
    largest = max(path.stat().st_size for path in place.whole.rglob("*") if path.is_file()) + 65536

    def one(number: int) -> Verdict:
        target, size = place.folder / f"size-{number}", 512 + largest * number // tries

        def limited() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            index(target, place.corpus)

        ended = in_child(limited)
        if ended.code not in (0, REFUSED):
            return ended.verdict
        verdict = judge(completed(target, place.corpus), place.wanted)
        place.drop(target.name)
        return verdict

    return count("no file may grow beyond n bytes", tries, one)


def full_disk(place: Place, tries: int) -> Row:
    """A small file system of its own, larger each time; then it is given room."""
    name = "the disk is full at n bytes"
    if not may_mount(place.folder):
        return Row(name, 0, 0, 0, NO_RIGHT)

    def one(number: int) -> Verdict:
        with mounted(place.folder / "disk", f"size={4096 + 20_480 * number}") as disk:
            ended = in_child(lambda: index(disk / "index", place.corpus))
            if ended.code not in (0, REFUSED):
                return ended.verdict
            remount(disk, "size=64m")
            return judge(completed(disk / "index", place.corpus), place.wanted)

    return count(name, tries, one)


def full_while_rebuilding(place: Place, tries: int) -> Row:
    """The old search index answers although there is no room for the new one."""
    name = "the disk is full at n bytes, in a rebuild"
    if not may_mount(place.folder):
        return Row(name, 0, 0, 0, NO_RIGHT)
    needed = sum(path.stat().st_size for path in place.whole.rglob("*") if path.is_file()) // 1024 + 100

    def one(number: int) -> Verdict:
        with mounted(place.folder / "disk", "size=64m") as disk:
            shutil.copytree(place.whole, disk / "index")
            remount(disk, f"size={needed + 8 * number}k")
            ended = in_child(lambda: rebuild(disk / "index"))
            if ended.code not in (0, REFUSED):
                return ended.verdict
            return judge(look(disk / "index"), place.wanted)

    return count(name, tries, one)


def read_only(place: Place) -> Row:
    """An archive on a disk that may only be read answers; a run is refused with a reason; then it goes on."""
    name = "the archive may only be read"
    if not may_mount(place.folder):
        return Row(name, 0, 0, 0, NO_RIGHT)

    def answer(disk: Path) -> object:
        with library.open(disk / "index") as archive:
            return archive.status().documents, archive.search("cai cach hanh chinh").total

    def one(_: int) -> Verdict:
        with mounted(place.folder / "disk", "size=64m") as disk:
            shutil.copytree(place.whole, disk / "index")
            remount(disk, "ro")
            if in_child(lambda: answer(disk)).said != [len(place.wanted.texts)] * 2:
                return "gone between"
            ended = in_child(lambda: index(disk / "index", place.corpus))
            if ended.code != REFUSED:
                return "broke"
            remount(disk, "rw")
            return judge(completed(disk / "index", place.corpus), place.wanted)

    return count(name, 1, one)


def vanishing_folder(place: Place, tries: int) -> Row:
    """The corpus is taken away while it is read, a run finds it gone, or its mount point empty; then it is there again."""
    chance = random.Random(SEED + 7)

    def one(number: int) -> Verdict:
        corpus, target = place.folder / "corpus-v", place.folder / f"gone-{number}"
        shutil.copytree(place.corpus, corpus)
        wanted = place_of(target, corpus)
        pid_wait = chance.uniform(0, place.seconds)
        verdict = _without(place, target, corpus, pid_wait, empty=bool(number % 2))
        if verdict == "whole":
            verdict = "whole" if _held(target) == wanted else "gone between"
        corpus.with_name("away").rename(corpus) if corpus.with_name("away").exists() else None
        if verdict == "whole":
            verdict = "whole" if in_child(lambda: _again(target, corpus)).said == [wanted, wanted] else "differs"
        shutil.rmtree(corpus)
        place.drop(target.name)
        return verdict

    return count("the folder of the papers vanishes, or its disk is not mounted", tries, one)


def place_of(target: Path, corpus: Path) -> int:
    """Index, and the number of documents."""
    in_child(lambda: index(target, corpus))
    return _held(target)


def _held(target: Path) -> int:
    def ask() -> int:
        with library.open(target) as archive:
            return archive.status().documents

    held = in_child(ask).said
    return held if isinstance(held, int) else -1


def _without(place: Place, target: Path, corpus: Path, wait: float, *, empty: bool) -> Verdict:
    """A run while the folder goes, and one when it is gone."""
    corpus.rename(corpus.with_name("away"))
    if empty:
        corpus.mkdir()
    ended = in_child(lambda: index(target, corpus))
    if empty:
        corpus.rmdir()
    return ended.verdict


def _again(target: Path, corpus: Path) -> object:
    with library.open(target) as archive:
        report = archive.index([corpus])
        return archive.status().documents, report.counts.get("unchanged", 0)


# --- mounting ---------------------------------------------------------------------------------------------------------


def may_mount(folder: Path) -> bool:
    """Whether this user may mount."""
    try:
        with mounted(folder / "disk", "size=4096"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def mounted(disk: Path, options: str) -> Iterator[Path]:
    """A file system in memory."""
    disk.mkdir(exist_ok=True)
    _call("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk))
    try:
        yield disk
    finally:
        _call("umount", str(disk))


def remount(disk: Path, options: str) -> None:
    """The same with other options."""
    _call("mount", "-o", f"remount,{options}", str(disk))


def _call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
