"""`kill -9` at any moment: the next run finishes the work, nothing is lost and nothing doubled.

A child indexes and kills itself at one statement of the catalogue, or is killed from outside at one moment; what is then
completed must be, fact by fact, what an undisturbed run makes.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from papers import archive_of, citing, facts, paper, put, write

from docsearch import library

COUNT = 12
SEED = 20230206
MOMENTS = 20
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

_CHILD = """
import os, signal, sys
from docsearch import ingest, library
from docsearch.catalogue.database import Database
ingest.BATCH = 3
index, corpus, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
seen = 0

def count(statement):
    global seen
    seen += 1
    if seen == last:
        os.kill(os.getpid(), signal.SIGKILL)

with library.open(index, create=True) as archive:
    archive.catalogue._database.watch(count)
    archive.index([corpus], workers=1)
print(seen)
"""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


def child(index: Path, corpus: Path, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _CHILD, str(index), str(corpus), str(last)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )


def change(corpus: Path) -> None:
    """What a second run has to do: files changed, gone and new."""
    put(corpus / "002.txt", paper("2/KH-UBND", title="Kế hoạch sửa lại", body=citing("Nghị quyết số 76/NQ-CP")), age=1)
    (corpus / "003.txt").unlink()
    put(corpus / "new.txt", paper("77/BC-UBND", body=citing("Kế hoạch số 3/KH-UBND ngày 05/3/2023")))


def completed(index: Path, corpus: Path) -> dict[str, list[Any]]:
    """What the archive knows after the run that follows a kill; the doctor must find nothing."""
    with library.open(index, create=True) as archive:
        archive.index([corpus], workers=1)
        assert archive.doctor() == ()
        return facts(archive)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[Any]], int]:
    """A corpus, what a whole run makes of it, and how many statements that takes."""
    place = tmp_path_factory.mktemp("undisturbed")
    corpus = write(place / "corpus", archive_of(COUNT))
    process = child(place / "index", corpus, 0)
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return corpus, completed(place / "index", corpus), int(told)


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_a_statement_a_first_run_is_completed_by_the_next(
    undisturbed: tuple[Path, dict[str, list[Any]], int], tmp_path: Path, moment: int
) -> None:
    corpus, wanted, statements = undisturbed
    last = random.Random(SEED + moment).randint(1, statements)
    process = child(tmp_path / "index", corpus, last)
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    assert completed(tmp_path / "index", corpus) == wanted


def test_killed_again_and_again_each_run_gets_further_and_the_last_completes(
    undisturbed: tuple[Path, dict[str, list[Any]], int], tmp_path: Path
) -> None:
    corpus, wanted, statements = undisturbed
    chance = random.Random(SEED)
    for _ in range(6):
        child(tmp_path / "index", corpus, chance.randint(1, statements)).communicate(timeout=120)
    assert completed(tmp_path / "index", corpus) == wanted


def test_killed_while_following_changes_the_next_run_knows_them_all(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", archive_of(COUNT))
    completed(tmp_path / "index", corpus)
    change(corpus)
    wanted = completed(tmp_path / "whole", corpus)
    chance = random.Random(SEED)
    for _ in range(5):
        child(tmp_path / "index", corpus, chance.randint(1, 150)).communicate(timeout=120)
    assert completed(tmp_path / "index", corpus) == wanted


def test_killed_from_outside_at_any_time_the_next_run_completes(
    undisturbed: tuple[Path, dict[str, list[Any]], int], tmp_path: Path
) -> None:
    corpus, wanted, _ = undisturbed
    chance = random.Random(SEED)
    for round_ in range(4):
        index = tmp_path / f"index-{round_}"
        process = child(index, corpus, 0)
        deadline = time.monotonic() + 60
        while not (index / "catalogue.db").exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 1.0))
        process.kill()
        process.communicate(timeout=60)
        assert completed(index, corpus) == wanted


def test_killed_while_rebuilding_the_old_index_answers(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", archive_of(COUNT))
    wanted = completed(tmp_path / "index", corpus)
    script = _CHILD.replace("archive.index([corpus], workers=1)", "archive.rebuild()")
    for last in (5, 15, 30, 45):
        command = [sys.executable, "-c", script, str(tmp_path / "index"), str(corpus), str(last)]
        subprocess.run(command, check=False, capture_output=True, env=ENVIRONMENT)
        with library.open(tmp_path / "index") as archive:
            assert archive.doctor() == ()
            assert facts(archive) == wanted
