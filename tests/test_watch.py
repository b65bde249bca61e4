"""Folders watched: what changes is read once it has settled, nothing is missed over a restart, and the end is clean."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from papers import archive_of, facts, paper, put, write

from docsearch import library
from docsearch.errors import DocsearchError, LibraryLocked
from docsearch.lock import writing
from docsearch.model import Report
from docsearch.survey import would_see
from docsearch.watching import Settling, watch

pytest.importorskip("watchfiles")
SETTLE = 0.6
PATIENCE = 60.0


def until(holds: Callable[[], bool]) -> None:
    """Wait for it; a slow machine gets a minute."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def numbers(index: Path) -> set[str | None]:
    with library.open(index) as archive:
        return {card.number for card in archive.catalogue.documents.cards()}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", archive_of(3))


@contextmanager
def watched(tmp_path: Path, corpus: Path) -> Iterator[tuple[Path, list[Report], list[DocsearchError]]]:
    """An archive that another thread keeps up to date."""
    stop, reports, troubles = threading.Event(), list[Report](), list[DocsearchError]()

    def keep() -> None:
        with library.open(tmp_path / "index", create=True) as archive:
            archive.watch([corpus], stop, settle=SETTLE, workers=1, on_report=reports.append, on_trouble=troubles.append)

    thread = threading.Thread(target=keep)
    thread.start()
    try:
        until(lambda: bool(reports) or not thread.is_alive())
        yield tmp_path / "index", reports, troubles
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def test_what_was_there_comes_changes_and_goes_is_followed(tmp_path: Path, corpus: Path) -> None:
    with watched(tmp_path, corpus) as (index, _, _):
        assert numbers(index) == {"1/KH-UBND", "2/KH-UBND", "3/KH-UBND"}
        (corpus / "xã").mkdir()
        put(corpus / "xã" / "9.txt", paper("9/BC-UBND"))
        until(lambda: "9/BC-UBND" in numbers(index))
        put(corpus / "001.txt", paper("50/TB-UBND"))
        until(lambda: "1/KH-UBND" not in numbers(index))
        (corpus / "002.txt").unlink()
        until(lambda: "2/KH-UBND" not in numbers(index))
        shutil.rmtree(corpus / "xã")
        until(lambda: numbers(index) == {"50/TB-UBND", "3/KH-UBND"})
        (tmp_path / "moved").mkdir()
        put(tmp_path / "moved" / "7.txt", paper("7/QĐ-UBND"))
        (tmp_path / "moved").rename(corpus / "moved")
        until(lambda: "7/QĐ-UBND" in numbers(index))
    with library.open(index) as archive:
        assert archive.doctor() == ()


def test_a_file_that_is_being_copied_is_read_once_and_whole(tmp_path: Path, corpus: Path) -> None:
    lines = paper("40/BC-UBND", body="Nội dung.\n" * 400).splitlines(keepends=True)
    with watched(tmp_path, corpus) as (index, reports, _):
        with (corpus / "slow.txt").open("w", encoding="utf-8") as file:
            for start in range(0, len(lines), 30):
                file.writelines(lines[start : start + 30])
                file.flush()
                time.sleep(SETTLE / 4)
        until(lambda: "40/BC-UBND" in numbers(index))
    read = [report.counts.get("new", 0) + report.counts.get("changed", 0) for report in reports[1:]]
    assert sum(read) == 1


def test_what_changed_while_nobody_watched_is_read_at_the_start(tmp_path: Path, corpus: Path) -> None:
    with watched(tmp_path, corpus):
        pass
    (corpus / "001.txt").unlink()
    put(corpus / "new.txt", paper("77/BC-UBND"))
    with watched(tmp_path, corpus) as (index, reports, _):
        assert reports[0].counts == {"new": 1, "gone": 1, "unchanged": 2}
        assert numbers(index) == {"2/KH-UBND", "3/KH-UBND", "77/BC-UBND"}


def test_while_another_process_writes_it_waits_and_then_goes_on(tmp_path: Path, corpus: Path) -> None:
    with watched(tmp_path, corpus) as (index, _, troubles):
        with writing(index / "lock"):
            put(corpus / "new.txt", paper("77/BC-UBND"))
            until(lambda: bool(troubles))
        assert isinstance(troubles[0], LibraryLocked)
        until(lambda: "77/BC-UBND" in numbers(index))


def test_a_watched_folder_that_goes_and_comes_back_is_followed_again_and_nothing_beside_it(tmp_path: Path, corpus: Path) -> None:
    put(tmp_path / "beside.txt", paper("99/BC-UBND"))
    with watched(tmp_path, corpus) as (index, reports, _):
        corpus.rename(tmp_path / "away")
        until(lambda: any(report.failures for report in reports))
        assert numbers(index) == {"1/KH-UBND", "2/KH-UBND", "3/KH-UBND"}
        (tmp_path / "away").rename(corpus)
        put(corpus / "9.txt", paper("9/BC-UBND"))
        until(lambda: "9/BC-UBND" in numbers(index))
        corpus.rename(tmp_path / "away")
        write(corpus, archive_of(1))
        until(lambda: numbers(index) == {"1/KH-UBND"})
        put(corpus / "10.txt", paper("10/BC-UBND"))
        until(lambda: "10/BC-UBND" in numbers(index))


def test_an_index_within_the_watched_folder_keeps_nobody_busy(tmp_path: Path, corpus: Path) -> None:
    seen: list[Sequence[str]] = []
    stop = threading.Event()
    (corpus / "index").mkdir()

    def act(paths: Sequence[str]) -> bool:
        seen.append(paths)
        put(corpus / "index" / "catalogue.db", "x")
        put(corpus / ".hidden", "x")
        put(corpus / "~$a.docx", "x")
        return True

    threading.Timer(3.0, stop.set).start()
    watch([corpus], act, stop, avoid=corpus / "index", settle=0.2)
    assert seen == [[str(corpus)]]


@pytest.mark.parametrize(
    ("path", "seen"),
    [("a.txt", True), ("xã/b.txt", True), (".git/a.txt", False), ("xã/~$b.docx", False), ("index/x.db", False), ("../a", False)],
)
def test_only_what_a_look_would_see_is_in_sight(tmp_path: Path, path: str, seen: bool) -> None:
    root = tmp_path / "corpus"
    assert would_see(os.path.normpath(root / path), [str(root)], root / "index") is seen


def test_a_path_settles_when_it_has_looked_the_same_for_a_while(tmp_path: Path) -> None:
    path, settling = tmp_path / "a.txt", Settling(2.0)
    path.write_text("một")
    settling.note([str(path)], 0.0)
    assert settling.settled(1.0) == []
    path.write_text("một hai")
    assert settling.settled(1.9) == []
    assert settling.settled(3.0) == []
    assert settling.settled(3.9) == [str(path)]
    settling.forget([str(path)])
    assert settling.settled(9.0) == []


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_with_all_that_was_read_committed(tmp_path: Path, number: signal.Signals) -> None:
    corpus = write(tmp_path / "corpus", archive_of(40))
    start = "from docsearch.cli import main; main()"
    words = ("-i", str(tmp_path / "index"), "index", "--watch", "--workers", "1", str(corpus))
    command = [sys.executable, "-c", start, *words]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "DOCSEARCH_LANG": "en"},
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline().startswith("Watching ")
    time.sleep(1.0)  # in the middle of the first run, or before it, or after it
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert not out or re.match(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  \d+ new - .*\n(  new: .*\.txt\n){1,10}(  \.\.\. and \d+ more\n)?$", out
    ), out
    assert (process.returncode, err) == (0, "Stopped.\n"), out
    with library.open(tmp_path / "index", create=True) as archive:
        assert archive.catalogue.outbox.pending() == 0
        archive.index([corpus], workers=1)
        found = facts(archive)
    with library.open(tmp_path / "whole", create=True) as archive:
        archive.index([corpus], workers=1)
        assert facts(archive) == found
