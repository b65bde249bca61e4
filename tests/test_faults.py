"""What may go wrong around an archive: full disks, damaged files, wrong clocks, odd names; nothing is ever lost by it."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
import sqlite3
import stat
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from papers import OLD_NS, archive_of, facts, paper, put, write

from docsearch import ingest, library, salvage, survey
from docsearch.catalogue.database import Database
from docsearch.engines import segments
from docsearch.errors import EngineError, LibraryError
from docsearch.library import Library


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", archive_of(4))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Library]:
    with library.open(tmp_path / "index", create=True) as made:
        yield made


def run(archive: Library, *paths: Path | str, retry: bool = False) -> dict[str, int]:
    counts = archive.index(paths, workers=1, retry=retry).counts
    return {state: count for state, count in counts.items() if count}


# --- where nothing may be written -------------------------------------------------------------------------------------


@pytest.fixture
def unwritable(tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index in which SQLite and tantivy find nothing to write to, as on a disc or a share for reading."""
    with library.open(tmp_path / "index", create=True) as made:
        run(made, corpus)
    connect, access = sqlite3.connect, os.access

    def refuse(name: Any, **settings: Any) -> Any:
        if not settings.get("uri") or "immutable" not in str(name):
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return connect(name, **settings)

    monkeypatch.setattr(sqlite3, "connect", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    return tmp_path / "index"


def test_an_index_that_may_only_be_read_answers(unwritable: Path) -> None:
    with library.open(unwritable) as archive:
        assert archive.status().documents == 4
        assert archive.search("cai cach hanh chinh").total == 4
        assert len(list(archive.cited_by("1/KH-UBND"))) == 3


def test_an_index_that_may_only_be_read_is_not_written(unwritable: Path) -> None:
    with library.open(unwritable) as archive, pytest.raises(LibraryError, match="readonly"):
        archive.catalogue.set("engine", "whoosh")


def test_an_index_with_a_log_is_not_opened_without_it(unwritable: Path) -> None:
    (unwritable / "catalogue.db-wal").write_bytes(b"what the log holds is part of the catalogue")
    with pytest.raises(LibraryError, match="unable to open"):
        library.open(unwritable)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user who may not write everywhere")
def test_an_index_in_a_folder_without_the_right_to_write_answers(tmp_path: Path, corpus: Path) -> None:
    with library.open(tmp_path / "index", create=True) as made:
        run(made, corpus)
    folders = [tmp_path / "index", *(path for path in (tmp_path / "index").iterdir() if path.is_dir())]
    for folder in folders:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with library.open(tmp_path / "index") as archive:
            assert archive.search("cai cach hanh chinh").total == 4
    finally:
        for folder in folders:
            folder.chmod(stat.S_IRWXU)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="cannot be made"):
        library.open(tmp_path / "file" / "index", create=True)


# --- writes that fail -------------------------------------------------------------------------------------------------


def failing(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Let the statement of that number fail, as SQLite says it where the disk does."""
    seen = 0

    def count(act: Any) -> Any:
        def counted(self: Database, statement: str, *rest: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == at:
                raise LibraryError(self.path, "disk I/O error")
            return act(self, statement, *rest)

        return counted

    for name in ("run", "insert", "row", "run_many"):
        monkeypatch.setattr(Database, name, count(getattr(Database, name)))


@pytest.mark.parametrize("at", [1, 7, 20, 45, 80, 120, 170, 230])
def test_a_write_that_fails_is_told_and_the_next_run_completes(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    with library.open(tmp_path / "whole", create=True) as whole:
        run(whole, corpus)
        wanted = facts(whole)
    with library.open(tmp_path / "index", create=True) as archive:
        with monkeypatch.context() as patched, pytest.raises(LibraryError, match="disk I/O error"):
            failing(patched, at)
            run(archive, corpus)
        run(archive, corpus)
        assert facts(archive) == wanted
        assert archive.doctor() == ()


def test_a_commit_that_fails_leaves_no_transaction_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(tmp_path / "catalogue.db")
    act = Database.run

    def full(self: Database, statement: str, parameters: Any = ()) -> int:
        if statement == "COMMIT":
            raise LibraryError(self.path, "database or disk is full")
        return act(self, statement, parameters)

    with monkeypatch.context() as patched, pytest.raises(LibraryError, match="full"), database.transaction():
        patched.setattr(Database, "run", full)
        database.run("INSERT INTO meta VALUES ('a', '1')")
    with database.transaction():
        database.run("INSERT INTO meta VALUES ('b', '2')")
    database.close()
    again = Database(tmp_path / "catalogue.db")
    assert again.all("SELECT name FROM meta WHERE name IN ('a', 'b')") == [("b",)]
    again.close()


def test_an_index_that_cannot_be_opened_just_now_is_not_made_again(
    archive: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(archive, corpus)
    folder = archive.catalogue.get("engine_folder")

    def refuse(*_: object, **__: object) -> None:
        raise EngineError("tantivy", "index", "too many open files")

    with monkeypatch.context() as patched, pytest.raises(EngineError, match="too many"):
        patched.setattr(library, "open_engine", refuse)
        run(archive, corpus)
    run(archive, corpus)
    assert archive.catalogue.get("engine_folder") == folder


def test_an_index_that_the_system_refuses_to_read_is_not_made_again(
    archive: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(archive, corpus)
    folder = archive.catalogue.get("engine_folder")

    def refuse(_: object) -> None:
        raise ValueError("Failed to open file for read: 'IoError { io_error: Os { code: 5, kind: Uncategorized } }'")

    with monkeypatch.context() as patched, pytest.raises(EngineError, match="cannot be read: Input/output error"):
        patched.setattr("docsearch.engines.tantivy._ready", refuse)
        run(archive, corpus)
    run(archive, corpus)
    assert archive.catalogue.get("engine_folder") == folder


def test_what_the_disk_refuses_in_a_rebuild_is_told(archive: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(archive, corpus)

    def refuse(self: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(self))

    with monkeypatch.context() as patched, pytest.raises(LibraryError, match="index: Input/output error"):
        patched.setattr(Path, "iterdir", refuse)
        archive.rebuild()
    archive.rebuild()
    assert archive.doctor() == ()


@pytest.mark.parametrize("spoil", ["flip", "cut", "empty"])
def test_files_of_the_index_that_are_not_as_written_are_named(archive: Library, corpus: Path, spoil: str) -> None:
    run(archive, corpus)
    wanted = facts(archive)
    folder = archive.root / (archive.catalogue.get("engine_folder") or "")
    victim = next(folder.glob("*.store"))
    data = bytearray(victim.read_bytes())
    if spoil == "flip":
        data[len(data) // 3] ^= 1
    victim.write_bytes(data if spoil == "flip" else data[: len(data) // 2] if spoil == "cut" else b"")
    assert [line.partition(":")[0] for line in segments.damaged(folder)] == [victim.name]
    archive._close_engine()
    assert {ailment.code for ailment in archive.doctor()} == {"index-damaged"}
    archive.doctor(repair=True)
    assert archive.doctor() == ()
    assert facts(archive) == wanted


# --- clocks -----------------------------------------------------------------------------------------------------------


def test_a_file_from_the_future_is_read_and_its_changes_are_seen(archive: Library, corpus: Path) -> None:
    future = time.time_ns() + 10**9 * 3600 * 24 * 365
    path = corpus / "001.txt"
    os.utime(path, ns=(future, future))
    assert run(archive, corpus) == {"new": 4}
    assert run(archive, corpus) == {"unchanged": 4}
    path.write_text(paper("1/KH-UBND", title="Kế hoạch sửa lại xong"), "utf-8")
    os.utime(path, ns=(future, future))  # the very same time
    assert run(archive, corpus) == {"unchanged": 3, "changed": 1}


def test_a_file_whose_time_went_back_is_seen_to_have_changed(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    (corpus / "001.txt").write_text(paper("1/KH-UBND", title="Kế hoạch từ bản sao lưu"), "utf-8")
    os.utime(corpus / "001.txt", ns=(OLD_NS - 10**15, OLD_NS - 10**15))
    assert run(archive, corpus) == {"unchanged": 3, "changed": 1}


def test_whether_a_time_can_be_trusted_is_asked_when_the_file_is_looked_at(archive: Library, corpus: Path) -> None:
    """Not when it is entered: reading may take long, and the file may change meanwhile under the same time."""
    now = time.time_ns()
    os.utime(corpus / "001.txt", ns=(now, now))
    tasks = list(survey.survey(archive.catalogue, [corpus], reading="1").tasks)
    assert [task.settled for task in tasks] == [False, True, True, True]


# --- names ------------------------------------------------------------------------------------------------------------


def test_a_file_with_a_decomposed_name_is_found_by_its_name(archive: Library, tmp_path: Path) -> None:
    name = "Kế hoạch số 9.txt"
    folder = write(tmp_path / "mac", {unicodedata.normalize("NFD", name): paper("9/KH-UBND")})
    assert run(archive, folder) == {"new": 1}
    assert [card.number for card in archive.lookup(name).cards] == ["9/KH-UBND"]
    assert run(archive, folder) == {"unchanged": 1}


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="needs names that are not Unicode")
def test_a_folder_whose_name_is_not_unicode_is_kept_and_forgotten(archive: Library, corpus: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(corpus) + b"/c\xf4ng v\xe3n"))
    write(folder, {"a.txt": paper("8/BC-UBND"), "hỏng.txt": ""})
    assert run(archive, corpus) == {"new": 5, "failed": 1}
    assert run(archive, corpus) == {"unchanged": 6}
    assert archive.doctor() == ()
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert run(archive, corpus) == {"unchanged": 4, "gone": 2}
    assert archive.status().documents == 4


# --- once more --------------------------------------------------------------------------------------------------------


def test_retry_reads_only_what_failed(archive: Library, corpus: Path) -> None:
    put(corpus / "blank.txt", " ")
    assert run(archive, corpus) == {"new": 4, "failed": 1}
    put(corpus / "001.txt", paper("1/KH-UBND", title="Kế hoạch sửa lại"), age=1)
    put(corpus / "005.txt", paper("5/KH-UBND"))
    assert {state: count for state, count in archive.retry(workers=1).counts.items() if count} == {"failed": 1}
    assert run(archive, corpus) == {"new": 1, "changed": 1, "unchanged": 4}


def test_retry_takes_in_what_can_be_read_by_now_and_leaves_what_is_gone_to_index(archive: Library, corpus: Path) -> None:
    for name in ("a.txt", "b.txt"):
        put(corpus / name, "")
    assert run(archive, corpus) == {"new": 4, "failed": 2}
    (corpus / "a.txt").write_text(paper("8/BC-UBND"), "utf-8")
    (corpus / "b.txt").unlink()
    assert {state: count for state, count in archive.retry(workers=1).counts.items() if count} == {"new": 1}
    assert archive.status().failures == 1
    assert run(archive, corpus) == {"unchanged": 5, "gone": 1}
    assert archive.status().failures == 0


def test_roots_within_one_another_are_looked_at_once() -> None:
    assert survey.outermost(["/a/b", "/a", "/a-b/c", "/a/b/c", "/a-b", "/a.txt"]) == ["/a", "/a-b", "/a.txt"]


# --- a damaged catalogue ----------------------------------------------------------------------------------------------


def spoil(path: Path, chance: random.Random, how: str) -> None:
    """Damage a file: some bits, a page overwritten, its end cut off, all of it gone."""
    data = bytearray(path.read_bytes())
    match how:
        case "bits":
            for _ in range(chance.randint(1, 40)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case "page":
            start = chance.randrange(len(data) // 4096) * 4096
            data[start : start + 4096] = chance.randbytes(4096)
        case "cut":
            del data[chance.randrange(len(data)) :]
        case _:
            data.clear()
    path.write_bytes(data)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[Any]]]:
    place = tmp_path_factory.mktemp("sound")
    write(place / "corpus", archive_of(12))
    with library.open(place / "index", create=True) as made:
        run(made, place / "corpus")
        return place, facts(made)


@pytest.mark.parametrize("how", ["bits", "page", "cut", "all"])
@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_catalogue_is_saved_and_the_next_run_knows_all(
    sound: tuple[Path, dict[str, list[Any]]], tmp_path: Path, how: str, seed: int
) -> None:
    place, wanted = sound
    index = tmp_path / "index"
    shutil.copytree(place / "index", index)
    spoil(index / "catalogue.db", random.Random(seed), how)
    library.doctor(index, repair=True)
    with library.open(index) as archive:
        run(archive, place / "corpus")
        codes = {ailment.code for ailment in archive.doctor()}
        assert codes == set()
        if how != "bits":  # a bit in what follows from the texts may be wrong without contradicting anything
            assert facts(archive) == wanted


@pytest.mark.parametrize(("start", "length"), [(100, 1), (4096, 4096), (8 * 4096, 8)], ids=["header", "page", "head of a page"])
def test_each_ailment_is_one_line(archive: Library, corpus: Path, start: int, length: int) -> None:
    run(archive, corpus)
    archive.close()
    path = archive.root / "catalogue.db"
    data = bytearray(path.read_bytes())
    data[start : start + length] = random.Random(7).randbytes(length)
    path.write_bytes(data)
    found = library.doctor(archive.root)
    assert found
    assert not [ailment for ailment in found if "\n" in ailment.detail or len(ailment.detail) > 300]


def test_the_doctor_says_what_was_saved(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    archive.close()
    path = archive.root / "catalogue.db"
    data = bytearray(path.read_bytes())
    data[4096:8192] = bytes(4096)
    path.write_bytes(data)
    (ailment, *_) = library.doctor(archive.root, repair=True)
    assert ailment.mended
    assert re.search(r"; [0-4] papers saved, [0-4] files to be read again; the damaged file is kept beside it$", ailment.detail)
    assert library.doctor(archive.root) == ()


def test_sqlite_quotes_a_statement_that_it_cannot_read_on_one_line(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    archive.close()
    path = archive.root / "catalogue.db"
    path.write_bytes(path.read_bytes().replace(b"start     INTEGER NOT NULL", b"`tart     INTEGER NOT NULL"))
    (ailment,) = library.doctor(archive.root)
    assert (ailment.code, ailment.detail.count("\n")) == ("catalogue-damaged", 0)


def test_damage_is_explained_and_nothing_is_changed_without_being_asked(
    sound: tuple[Path, dict[str, list[Any]]], tmp_path: Path
) -> None:
    shutil.copytree(sound[0] / "index", tmp_path / "index")
    path = tmp_path / "index" / "catalogue.db"
    spoil(path, random.Random(1), "cut")
    before = path.read_bytes()
    (ailment, *_) = library.doctor(tmp_path / "index")
    assert (ailment.code, ailment.severity, ailment.mended) == ("catalogue-damaged", "error", False)
    assert path.read_bytes() == before


def test_what_was_whole_is_not_read_again_and_the_damaged_file_is_kept(
    sound: tuple[Path, dict[str, list[Any]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, wanted = sound
    shutil.copytree(place / "index", tmp_path / "index")
    path = tmp_path / "index" / "catalogue.db"
    data = bytearray(path.read_bytes())
    for start in range(0, len(data), 4096):  # every page of an index of links, as far as it shows
        if b"implements" in data[start : start + 4096] and b"based_on" in data[start : start + 4096]:
            data[start : start + 8] = b"\xff" * 8
    path.write_bytes(data)
    monkeypatch.setattr(ingest, "_identify", lambda catalogue, task: pytest.fail("a file was read"))
    assert {a.code for a in library.doctor(tmp_path / "index", repair=True)} == {"catalogue-damaged"}
    assert (tmp_path / "index" / "catalogue.damaged-1.db").read_bytes() == data
    with library.open(tmp_path / "index") as archive:
        assert facts(archive) == wanted


def test_a_salvage_that_was_cut_off_is_begun_again_with_its_log(
    sound: tuple[Path, dict[str, list[Any]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, wanted = sound
    index = tmp_path / "index"
    shutil.copytree(place / "index", index)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        replace = os.replace

        def die(source: Path, target: Path) -> None:
            if Path(target).name == "catalogue.db":
                raise KeyboardInterrupt
            replace(source, target)

        patched.setattr(os, "replace", die)
        (index / "catalogue.db-wal").write_bytes(b"")
        salvage.salvage(index / "catalogue.db")
    assert (index / "catalogue.damaged-1.db-wal").exists()
    salvage.salvage(index / "catalogue.db")
    assert sorted(path.name for path in index.glob("catalogue*.db")) == ["catalogue.damaged-1.db", "catalogue.db"]
    with library.open(index) as archive:
        archive.retry(workers=1)
        assert facts(archive) == wanted


def test_an_altered_document_is_found_and_read_again(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    wanted = facts(archive)
    archive.catalogue._database.run("UPDATE documents SET title = 'Kế hoạch khác' WHERE number = '1/KH-UBND'")
    archive.catalogue._database.run("UPDATE citations SET start = start + 1 WHERE idx = 1")
    found = archive.doctor(repair=True)
    assert {(ailment.code, ailment.mended) for ailment in found} == {("document-altered", True)}
    assert archive.doctor() == ()
    assert facts(archive) == wanted


@pytest.mark.parametrize("column", ["text", "metadata", "units"])
@pytest.mark.parametrize("gone", [False, True], ids=["file there", "file gone"])
def test_contents_that_are_damaged_are_made_again_from_file_or_text(
    archive: Library, corpus: Path, column: str, gone: bool
) -> None:
    run(archive, corpus)
    wanted = facts(archive)
    number = "'1/KH-UBND'"
    archive.catalogue._database.run(
        f"UPDATE contents SET {column} = x'789c0102' WHERE document = (SELECT key FROM documents WHERE number = {number})"
    )
    if gone:
        (corpus / "001.txt").rename(corpus.parent / "001.txt")
    archive.doctor(repair=True)
    if gone and column == "text":
        assert [Path(outcome.path).name for outcome in archive.failures()] == ["001.txt"]
        return
    assert {ailment.code for ailment in archive.doctor()} <= {"original-gone"}
    assert facts(archive) == wanted


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE mentions SET place = 'tra-vinh.ca}-ke' WHERE place = 'tra-vinh.cau-ke' AND idx = 2", "mentions-altered"),
        ("UPDATE links SET certainty = 'hugh' WHERE idx = 1", "links-altered"),
        ("UPDATE directives SET issued = '1999' WHERE number = '2/KH-UBND'", "links-altered"),
        ("UPDATE edges SET relation = 'amends' WHERE relation = 'implements'", "edges-altered"),
    ],
    ids=["mention", "link", "directive", "edge"],
)
def test_what_does_not_follow_from_the_texts_is_found_and_made_again(
    archive: Library, corpus: Path, statement: str, code: str
) -> None:
    run(archive, corpus)
    wanted = facts(archive)
    assert archive.catalogue._database.run(statement) > 0
    assert code in {ailment.code for ailment in archive.doctor(repair=True)}
    assert archive.doctor() == ()
    assert facts(archive) == wanted


def test_letters_that_are_none_are_damage(archive: Library, corpus: Path, tmp_path: Path) -> None:
    run(archive, corpus)
    wanted = facts(archive)
    archive.catalogue._database.run("UPDATE citations SET number = CAST(x'c5c5' AS TEXT) WHERE idx = 1")
    archive.close()
    assert {(a.code, a.mended) for a in library.doctor(tmp_path / "index", repair=True)} == {("catalogue-damaged", True)}
    with library.open(tmp_path / "index") as again:
        assert facts(again) == wanted
