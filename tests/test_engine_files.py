"""What every engine does with its files: commits, readers, size, damage, killed writers."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from reading import PAPERS, ask, bare

from docsearch.engines import ENGINES, Engine, open_engine
from docsearch.errors import EngineError, IndexDamaged, VersionMismatch
from docsearch.model import Term


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(request.param, tmp_path / "index")
    yield opened
    opened.close()


# --- writing ----------------------------------------------------------------------------------------------------------


def test_nothing_is_seen_before_the_commit(engine: Engine) -> None:
    engine.replace(PAPERS[:3])
    assert list(engine.documents()) == []
    assert engine.generation() == 0
    engine.commit(7)
    assert sorted(engine.documents()) == sorted(paper.document for paper in PAPERS[:3])
    assert engine.generation() == 7


def test_replacing_twice_in_one_commit_keeps_the_last(engine: Engine) -> None:
    engine.replace([bare("x", body="một"), bare("x", body="hai")])
    engine.replace([bare("x", body="ba")])
    engine.commit(1)
    assert (ask(engine, Term("hai", "exact")), ask(engine, Term("ba", "exact"))) == ([], ["x"])
    assert list(engine.documents()) == ["x"]


def test_removing_takes_back_what_was_put_before(engine: Engine) -> None:
    engine.replace([bare("x", body="một"), bare("y", body="một")])
    engine.remove(["x", "not there"])
    engine.commit(1)
    assert ask(engine, None) == ["y"]
    engine.remove(["y"])
    engine.replace([bare("y", body="hai")])
    engine.commit(2)
    assert ask(engine, Term("hai", "exact")) == ["y"]


def test_uncommitted_changes_are_lost_on_close(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    engine.replace([bare("x")])
    engine.commit(1)
    engine.replace([bare("y")])
    engine.close()
    again = open_engine(request.node.callspec.params["engine"], tmp_path / "index")
    assert list(again.documents()) == ["x"]
    again.close()


def test_a_reader_sees_each_commit_and_cannot_write(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    engine.replace(PAPERS[:10])
    engine.commit(1)
    reader = open_engine(request.node.callspec.params["engine"], tmp_path / "index", read_only=True)
    for generation in range(2, 6):
        engine.replace(PAPERS[: generation * 5])
        engine.remove([PAPERS[generation].document])
        engine.commit(generation)
        assert reader.generation() == generation
        assert len(ask(reader, None)) == len(list(reader.documents())) == len(ask(engine, None))
    with pytest.raises(EngineError, match="reading"):
        reader.replace(PAPERS[:1])
    with pytest.raises(EngineError, match="reading"):
        reader.remove(["x"])
    with pytest.raises(EngineError, match="reading"):
        reader.commit(9)
    reader.close()


def test_changing_the_same_papers_again_and_again_does_not_grow_the_index(engine: Engine, tmp_path: Path) -> None:
    engine.replace(PAPERS)
    engine.commit(1)
    once = size(tmp_path / "index")
    for generation in range(2, 42):
        engine.replace(PAPERS[generation : generation + 12])
        engine.commit(generation)
    engine.close()
    assert size(tmp_path / "index") < 3 * once + 200_000


@pytest.mark.parametrize("name", ENGINES)
def test_one_change_a_run_does_not_pile_up_segments(name: str, tmp_path: Path) -> None:
    """Each run of a program opens, writes one paper and ends; the index stays as small as if it were written at once."""
    for generation, paper in enumerate([*PAPERS[:30], *PAPERS[:6]], 1):
        engine = open_engine(name, tmp_path / "often")
        engine.replace([paper])
        engine.commit(generation)
        engine.close()
    engine = open_engine(name, tmp_path / "once")
    engine.replace(PAPERS[:30])
    engine.commit(1)
    engine.close()
    assert size(tmp_path / "often") < 4 * size(tmp_path / "once")
    assert len(list((tmp_path / "often").iterdir())) < 100


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# --- what cannot be opened --------------------------------------------------------------------------------------------


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="lucene"):
        open_engine("lucene", tmp_path)


@pytest.mark.parametrize("name", ENGINES)
def test_reading_where_there_is_no_index_says_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="rebuild"):
        open_engine(name, tmp_path / "nowhere", read_only=True)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ENGINES)
def test_an_index_of_another_engine_or_version_is_refused(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    engine.replace(PAPERS[:2])
    engine.commit(1)
    engine.close()
    other = ENGINES[1 - ENGINES.index(name)]
    with pytest.raises(IndexDamaged, match=name):
        open_engine(other, tmp_path, read_only=True)
    stamp = next(tmp_path.glob("docsearch.json"))
    stamp.write_text(json.dumps({"engine": name, "version": "0.0"}))
    with pytest.raises(VersionMismatch):
        open_engine(name, tmp_path)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves the file open
@pytest.mark.parametrize("name", ENGINES)
def test_damaged_files_are_reported_as_damage(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    engine.replace(PAPERS[:20])
    engine.commit(1)
    engine.close()
    for path in [*tmp_path.glob("*meta.json"), *tmp_path.glob("*.toc")]:
        path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(IndexDamaged, match="rebuild"):
        open_engine(name, tmp_path, read_only=True)
    gc.collect()


# --- a writer that is killed ------------------------------------------------------------------------------------------

WRITER = """
    import sys
    from pathlib import Path
    sys.path[:0] = {paths!r}
    from docsearch.engines import open_engine
    from reading import PAPERS
    engine = open_engine({name!r}, Path({folder!r}))
    print("ready", flush=True)
    for turn in range({start}, 10_000):
        engine.replace(PAPERS[turn % 50 : turn % 50 + 10])
        engine.commit(turn)
"""


@pytest.mark.parametrize("name", ENGINES)
def test_a_killed_writer_leaves_a_whole_index(name: str, tmp_path: Path) -> None:
    """After each kill the index holds what the last commit held, and can be written again."""
    here = Path(__file__).resolve().parent
    last = 0
    for turn in range(4):
        code = textwrap.dedent(WRITER).format(
            paths=[str(here), str(here.parent)], name=name, folder=str(tmp_path), start=last + 1
        )
        child = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, env=os.environ | {"PYTHONWARNINGS": "ignore"}
        )
        assert child.stdout is not None
        child.stdout.readline()
        try:
            child.wait(0.3 + 0.17 * turn)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        reader = open_engine(name, tmp_path, read_only=True)
        held = list(reader.documents())
        assert reader.generation() >= last
        assert len(held) == len(set(held)) == len(ask(reader, None))
        last = reader.generation()
        reader.close()
    assert last > 0
    engine = open_engine(name, tmp_path)
    engine.replace(PAPERS)
    engine.commit(last + 1)
    assert len(ask(engine, None)) == 60
    engine.close()
