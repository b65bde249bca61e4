from __future__ import annotations

import dataclasses
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sample_files as files

from docsearch.errors import BrokenFile, LimitExceeded, ReadError, UnknownFormat
from docsearch.readers import frames
from docsearch.readers.isolation import Limits, ReaderPool, Reading

MIB = 1024 * 1024
pytestmark = [pytest.mark.timeout(120), pytest.mark.skipif(sys.platform == "win32", reason="limits of the kernel need POSIX")]


def write(folder: Path, **texts: str) -> dict[str, str]:
    """Files of these texts: their paths by name."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return {name: str(folder / f"{name}.txt") for name in texts}


def test_reading_says_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.txt"
    path.write_text(files.PAPER)
    with ReaderPool(1) as pool:
        reading = pool.submit(path).result()
    assert reading.raw.pages == (files.PAPER,)
    assert reading.path == str(path)
    assert reading.id == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (reading.size, reading.mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)


def test_every_path_comes_back_once(tmp_path: Path) -> None:
    paths = list(write(tmp_path, **{f"p{number}": f"số {number}" for number in range(60)}).values())
    with ReaderPool(2, recycle=7) as pool:
        results = list(pool.read_all([*paths, tmp_path / "none.txt"]))
    assert sorted(path for path, _ in results) == sorted([*paths, str(tmp_path / "none.txt")])
    texts = {path: result.raw.pages[0] for path, result in results if isinstance(result, Reading)}
    assert texts == {path: Path(path).read_text() for path in paths}
    assert [str(result) for _, result in results if isinstance(result, ReadError)] == [
        f"{tmp_path}/none.txt: No such file or directory"
    ]


def test_work_is_done_in_the_worker(tmp_path: Path) -> None:
    paths = write(tmp_path, a="một", b="hai ba")
    with ReaderPool(2, then=files.count) as pool:
        assert dict(pool.read_all(paths.values())) == {paths["a"]: 3, paths["b"]: 6}
    pool_by_name: ReaderPool[int] = ReaderPool(1, then="sample_files:count")
    with pool_by_name as named:
        assert named.submit(paths["b"]).result() == 6


def test_function_that_a_worker_cannot_find_is_refused() -> None:
    with pytest.raises(ValueError, match="must be a function of a module"):
        ReaderPool(1, then=lambda reading: reading.id)


@pytest.mark.parametrize(
    ("deed", "kind", "reason"),
    [
        ("hang", LimitExceeded, "not read within 3 seconds"),
        ("spin", LimitExceeded, "more than 1 seconds of processor time"),
        ("crash", BrokenFile, "SIGABRT"),
        ("eat", LimitExceeded, "more than 600 MiB of memory"),
        ("fail", ReadError, "the program failed on it (ValueError"),
        ("recurse", LimitExceeded, "nested too deeply"),
        ("wrong", BrokenFile, "senseless answer"),
        ("long", LimitExceeded, "of text and findings"),
    ],
)
def test_bad_file_costs_one_outcome_and_the_pool_goes_on(deed: str, kind: type[ReadError], reason: str, tmp_path: Path) -> None:
    paths = write(tmp_path, before="một", bad=deed, after="hai ba")
    limits = Limits(seconds=3 if deed == "hang" else 60, cpu_seconds=1, memory=600 * MIB, characters=1000)
    with ReaderPool(1, limits, then=files.behave) as pool:
        results = dict(pool.read_all(paths.values()))
    assert results[paths["before"]] == 3
    assert results[paths["after"]] == 6
    error = results[paths["bad"]]
    assert type(error) is kind
    assert reason in error.reason
    assert "\n" not in str(error)


DEEDS = {"seconds": "hang", "cpu_seconds": "spin", "memory": "eat"}  # what holds them is the kernel or the pool
SLIGHT: dict[str, Limits] = {
    "seconds": Limits(seconds=2.0),
    "cpu_seconds": Limits(cpu_seconds=1),
    "memory": Limits(memory=600 * MIB),
    "file_bytes": Limits(file_bytes=1000),
    "inflated_bytes": Limits(inflated_bytes=1_000_000),
    "pages": Limits(pages=1),
    "characters": Limits(characters=1000),
    "parts": Limits(parts=2),
    "nesting": Limits(nesting=1),
}
PICTURES = {"dots", "picture_pages", "page_seconds"}  # of pages that are pictures: see test_ocr


def offender(limit: str, folder: Path) -> Path:
    """A file that breaks one limit, and no other."""
    small = {f"{number}.txt": b"so 1" for number in range(3)}
    made = {
        "file_bytes": b"a " * 501, "characters": b"a " * 501, "pages": files.paper_pdf(2), "parts": files.zipped(small),
        "inflated_bytes": files.docx("<w:p/>" + " " * 2_000_000), "nesting": files.zipped({"b.zip": files.zipped(small)}),
    }  # fmt: skip
    path = folder / f"bad-{limit}"
    path.write_bytes(made.get(limit) or DEEDS[limit].encode())
    return path / "b.zip" / "0.txt" if limit == "nesting" else path


@pytest.mark.parametrize("limit", SLIGHT)
def test_each_limit_costs_the_file_that_breaks_it_and_a_worker_at_most(limit: str, tmp_path: Path) -> None:
    paths = write(tmp_path, before="một", after="hai ba")
    bad = str(offender(limit, tmp_path)).replace(f"bad-{limit}/", f"bad-{limit}!/").replace("b.zip/", "b.zip!/")
    with ReaderPool(1, SLIGHT[limit], then=files.behave) as pool:
        assert pool.submit(paths["before"]).result() == 3
        first = pool._slots[0]._process  # None where this environment alone fills so much memory that a worker reads one file
        with pytest.raises(LimitExceeded) as told:
            pool.submit(bad).result()
        assert "\n" not in str(told.value)
        assert pool.submit(paths["after"]).result() == 6
        assert first is None or (pool._slots[0]._process is not first) == (limit in DEEDS)


def test_no_limit_is_left_out() -> None:
    assert {field.name for field in dataclasses.fields(Limits)} == {*SLIGHT, *PICTURES}


def test_hostile_files_cost_one_line_each(tmp_path: Path) -> None:
    for name, data in files.hostile().items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "sound.txt").write_text("Điều 1.")
    limits = Limits(seconds=20, memory=1024 * MIB, inflated_bytes=20 * MIB)
    with ReaderPool(2, limits) as pool:
        results = {Path(path).name: result for path, result in pool.read_all(sorted(tmp_path.iterdir()))}
    sound = results.pop("sound.txt")
    assert isinstance(sound, Reading)
    for name, result in results.items():
        assert isinstance(result, ReadError), name
        assert "\n" not in str(result)
        assert "the program failed" not in result.reason


def test_cut_and_flipped_pdf_files_never_stop_the_pool(tmp_path: Path) -> None:
    data = files.paper_pdf(2)
    for seed in range(60):
        chance = random.Random(seed)
        spoiled = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        (tmp_path / f"{seed}.pdf").write_bytes(spoiled[: chance.choice([len(data), chance.randrange(len(data))])])
    with ReaderPool(2, Limits(seconds=10)) as pool:
        results = list(pool.read_all(tmp_path.iterdir()))
    assert len(results) == 60
    assert not [result for _, result in results if isinstance(result, ReadError) and "the program failed" in result.reason]


def test_other_things_than_files_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    with ReaderPool(1, Limits(seconds=5)) as pool:
        reasons = {Path(path).name: str(result).rpartition(": ")[2] for path, result in pool.read_all(sorted(tmp_path.iterdir()))}
    assert reasons["pipe"] == "not a regular file"
    assert set(reasons) == {"pipe", "folder.txt", "loop.txt"}


def test_link_must_not_leave_the_corpus(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("Mật")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "paper.txt").write_text("Điều 1.")
    (corpus / "inside.txt").symlink_to("paper.txt")
    (corpus / "outside.txt").symlink_to(outside)
    with ReaderPool(1, root=corpus) as pool:
        assert pool.submit(corpus / "inside.txt").result().raw.pages == ("Điều 1.",)
        with pytest.raises(ReadError, match="outside"):
            pool.submit(corpus / "outside.txt").result()


def test_path_that_is_not_unicode_is_read(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/b\xe1o c\xe1o.txt"
    Path(os.fsdecode(path)).write_text("Điều 1.")
    with ReaderPool(1) as pool:
        assert pool.submit(os.fsdecode(path)).result().raw.pages == ("Điều 1.",)


def test_paths_are_drawn_no_faster_than_results_are_taken(tmp_path: Path) -> None:
    path = write(tmp_path, a="một")["a"]
    drawn = 0

    def paths() -> list[str]:
        nonlocal drawn
        drawn += 1
        return [path]

    with ReaderPool(2) as pool:
        results = pool.read_all(each for _ in range(1000) for each in paths())
        next(results)
        assert drawn <= 7
        results.close()  # type: ignore[attr-defined]


def test_closing_ends_what_is_under_way(tmp_path: Path) -> None:
    paths = write(tmp_path, bad="hang", next="một")
    pool = ReaderPool(1, Limits(seconds=600), then=files.behave)
    hanging, waiting = pool.submit(paths["bad"]), pool.submit(paths["next"])
    while not hanging.running():
        time.sleep(0.01)
    started = time.monotonic()
    pool.close()
    assert time.monotonic() - started < 5
    assert waiting.cancelled()
    with pytest.raises(ReadError, match="interrupted"):
        hanging.result()
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(paths["next"])


SCRIPT = """
import sys
from docsearch.readers.isolation import Limits, ReaderPool
import sample_files
with ReaderPool(1, Limits(seconds=600), then=sample_files.behave) as pool:
    future = pool.submit(sys.argv[1])
    while not pool._slots[0]._process: pass
    print(pool._slots[0]._process.pid, flush=True)
    input()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
@pytest.mark.parametrize("deed", ["idle", "hang"])
def test_no_worker_outlives_its_pool(deed: str, number: signal.Signals, tmp_path: Path) -> None:
    path = write(tmp_path, bad=deed)["bad"]
    places = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])])
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, path], env=os.environ | {"PYTHONPATH": places}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdin is not None
    worker = int(process.stdout.readline())
    process.send_signal(number)
    process.wait(20)
    process.stdout.close()
    process.stdin.close()
    for _ in range(200):
        if not Path(f"/proc/{worker}").exists() and not _alive(worker):
            return
        time.sleep(0.05)
    pytest.fail("the worker is still there")


def _alive(worker: int) -> bool:
    try:
        os.kill(worker, 0)
    except ProcessLookupError:
        return False
    return True


def test_only_plain_values_and_records_are_taken_from_a_worker() -> None:
    reading = {"a": [1, 2.5, None, ("x", {3})]}
    assert frames.unpack(frames.pack(reading)) == reading
    error = frames.unpack(frames.pack(UnknownFormat("a.doc", "a picture")))
    assert isinstance(error, UnknownFormat)
    assert error.reason == "a picture"
    for evil in (os.system, subprocess.Popen, frames.unpack):
        with pytest.raises(Exception, match="may not come from a worker"):
            frames.unpack(frames.pack(evil))


def test_file_that_changes_while_it_is_read_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docsearch.readers.files import load

    path = tmp_path / "a.txt"
    path.write_text("một")
    stat = os.fstat

    def growing(descriptor: int) -> os.stat_result:
        result = stat(descriptor)
        with path.open("a") as file:
            file.write(" hai")
        return result

    monkeypatch.setattr("docsearch.readers.files.os.fstat", growing)
    with pytest.raises(ReadError, match="changed while it was read"):
        load(path, Limits())
