"""The road of a document: what is read, what is left alone, what is forgotten; and that the order of it all does not matter."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from papers import OLD_NS, archive_of, citing, facts, paper, put, write

from docsearch import ingest, library, survey
from docsearch.errors import BrokenFile, MissingExtra, ReadError
from docsearch.extraction import understand
from docsearch.library import Library
from docsearch.model import Outcome, RawText, Span


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", archive_of(6))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Library]:
    with library.open(tmp_path / "index", create=True) as made:
        yield made


def run(archive: Library, *paths: Path, retry: bool = False) -> tuple[dict[str, int], list[Outcome]]:
    outcomes: list[Outcome] = []
    report = archive.index(paths, workers=1, retry=retry, on_outcome=lambda outcome, done, total: outcomes.append(outcome))
    return {state: count for state, count in report.counts.items() if count}, outcomes


# --- one text ---------------------------------------------------------------------------------------------------------


def test_a_text_is_understood_by_all_columns() -> None:
    extraction = understand(paper("12/BC-UBND", body=citing("Nghị định số 30/2020/NĐ-CP")))
    assert extraction.metadata.number is not None
    assert extraction.metadata.number.value == "12/BC-UBND"
    assert [citation.number for citation in extraction.findings.citations] == ["30/2020/NĐ-CP"]


def test_pages_become_one_text_with_their_places() -> None:
    text, pages = ingest.assemble(RawText(format="pdf", pages=("một", "", "ba")))
    assert text == "một\n\nba"
    assert [(page.number, page.span.cut(text)) for page in pages] == [(1, "một"), (2, ""), (3, "ba")]
    assert pages[2].span == Span(5, 7)


# --- what is read -----------------------------------------------------------------------------------------------------


def test_a_second_run_reads_nothing(archive: Library, corpus: Path) -> None:
    assert run(archive, corpus)[0] == {"new": 6}
    before = facts(archive)
    assert run(archive, corpus) == ({"unchanged": 6}, [])
    assert facts(archive) == before


def test_a_changed_file_is_read_again_and_its_old_document_goes(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    old = archive.lookup("001.txt").cards[0].document
    put(corpus / "001.txt", paper("1/KH-UBND", title="Kế hoạch sửa lại"), age=1)
    assert run(archive, corpus)[0] == {"changed": 1, "unchanged": 5}
    assert archive.lookup("001.txt").cards[0].title == "Kế hoạch sửa lại"
    assert archive.catalogue.documents.card(old) is None
    assert old not in archive.engine.documents()


def test_a_file_with_a_new_time_and_the_same_bytes_is_not_read_again(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    os.utime(corpus / "002.txt", ns=(OLD_NS, OLD_NS + 5))
    assert run(archive, corpus)[0] == {"unchanged": 6}
    assert archive.catalogue.outbox.last() == 6
    known = archive.catalogue.files.at(str(corpus / "002.txt"))
    assert known is not None
    assert known.mtime_ns == OLD_NS + 5


def test_a_change_too_fresh_to_show_in_the_time_is_seen(archive: Library, corpus: Path) -> None:
    path = corpus / "fresh.txt"
    path.write_text(paper("7/TB-UBND", title="Thông báo một"), "utf-8")
    status = path.stat()
    run(archive, corpus)
    path.write_text(paper("7/TB-UBND", title="Thông báo hai"), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run(archive, corpus)[0] == {"changed": 1, "unchanged": 6}


def test_a_deleted_file_is_forgotten_with_its_document(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    (corpus / "003.txt").unlink()
    counts, outcomes = run(archive, corpus)
    assert counts == {"gone": 1, "unchanged": 5}
    assert outcomes[0].document not in set(archive.engine.documents())
    assert archive.status().documents == 5


def test_a_deleted_folder_is_forgotten(archive: Library, corpus: Path) -> None:
    write(corpus / "xã" / "cũ", {"a.txt": paper("8/BC-UBND")})
    run(archive, corpus)
    shutil.rmtree(corpus / "xã")
    assert run(archive, corpus)[0] == {"gone": 1, "unchanged": 6}


def test_only_what_lies_under_the_given_path_can_be_gone(archive: Library, corpus: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "corpus-2", {"a.txt": paper("8/BC-UBND")})
    run(archive, corpus, other)
    (corpus / "001.txt").unlink()
    assert run(archive, other)[0] == {"unchanged": 1}
    assert run(archive, corpus)[0] == {"gone": 1, "unchanged": 5}


def test_a_missing_folder_is_a_failure_and_nothing_is_forgotten(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    corpus.rename(corpus.with_name("unplugged"))
    counts, outcomes = run(archive, corpus)
    assert counts == {"failed": 1}
    assert outcomes[0].path == str(corpus)
    assert archive.status().documents == 6


def test_an_empty_folder_is_taken_for_a_disk_that_is_not_there(archive: Library, tmp_path: Path, corpus: Path) -> None:
    run(archive, corpus)
    wanted = facts(archive)
    corpus.rename(tmp_path / "away")
    corpus.mkdir()
    (outcome,) = archive.index([corpus], workers=1).failures
    assert (outcome.path, outcome.reason) == (str(corpus), survey.UNMOUNTED)
    assert facts(archive) == wanted
    (corpus / "another").mkdir()
    run(archive, tmp_path)
    assert [Path(card.path).parent.name for card in archive.catalogue.documents.cards()] == ["away"] * len(wanted["documents"])


def test_a_folder_that_may_not_be_entered_keeps_its_documents(
    archive: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(corpus / "kín" / "sâu", {"a.txt": paper("8/BC-UBND")})
    run(archive, corpus)
    entries = survey._entries

    def refuse(folder: str) -> Iterator[os.DirEntry[str]]:
        if folder.endswith("kín"):
            raise PermissionError(13, "Permission denied")
        return entries(folder)

    monkeypatch.setattr(survey, "_entries", refuse)
    assert run(archive, corpus)[0] == {"failed": 1, "unchanged": 6}
    assert archive.status().documents == 7


def test_hidden_files_and_traces_of_programs_are_passed_over(archive: Library, corpus: Path) -> None:
    for name in (".hidden.txt", "~$001.docx", "Thumbs.db", "desktop.ini"):
        put(corpus / name, "x")
    write(corpus / ".git", {"a.txt": paper("8/BC-UBND")})
    assert run(archive, corpus)[0] == {"new": 6}


def test_the_index_within_the_corpus_is_not_read(tmp_path: Path, corpus: Path) -> None:
    with library.open(corpus / "index", create=True) as archive:
        assert run(archive, corpus)[0] == {"new": 6}
        assert run(archive, corpus)[0] == {"unchanged": 6}


def test_links_out_of_the_folder_are_not_followed(archive: Library, corpus: Path, tmp_path: Path) -> None:
    secret = write(tmp_path / "secret", {"a.txt": paper("8/BC-UBND")})
    (corpus / "link.txt").symlink_to(secret / "a.txt")
    (corpus / "folder").symlink_to(secret)
    (corpus / "loop").symlink_to(corpus)
    (corpus / "inside.txt").symlink_to(corpus / "001.txt")
    assert run(archive, corpus)[0] == {"new": 7}
    assert archive.status().documents == 6


def test_a_path_given_twice_or_within_another_is_read_once(archive: Library, corpus: Path) -> None:
    assert run(archive, corpus, corpus / "001.txt", corpus / ".")[0] == {"new": 6}


def test_a_single_file_can_be_added_and_forgotten(archive: Library, corpus: Path) -> None:
    assert run(archive, corpus / "001.txt")[0] == {"new": 1}
    (corpus / "001.txt").unlink()
    assert run(archive, corpus / "001.txt")[0] == {"gone": 1}


# --- the same bytes twice ---------------------------------------------------------------------------------------------


def test_the_same_bytes_in_two_files_are_one_document(archive: Library, corpus: Path) -> None:
    shutil.copy2(corpus / "001.txt", corpus / "copy.txt")
    assert run(archive, corpus)[0] == {"new": 7}
    assert archive.status().documents == 6
    (corpus / "001.txt").unlink()
    assert run(archive, corpus)[0] == {"gone": 1, "unchanged": 6}
    assert archive.status().documents == 6


def test_a_moved_file_is_not_read_again(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    last = archive.catalogue.outbox.last()
    (corpus / "sub").mkdir()
    (corpus / "001.txt").rename(corpus / "sub" / "001.txt")
    assert run(archive, corpus)[0] == {"gone": 1, "new": 1, "unchanged": 5}
    assert archive.status().documents == 6
    assert archive.lookup("001.txt").cards[0].path == str(corpus / "sub" / "001.txt")
    assert archive.catalogue.outbox.last() == last


def test_a_file_that_comes_to_the_bytes_that_another_leaves_finds_their_document(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    put(corpus / "002.txt", (corpus / "001.txt").read_text("utf-8"), age=1)
    put(corpus / "001.txt", paper("50/TB-UBND"), age=1)
    assert run(archive, corpus)[0] == {"changed": 2, "unchanged": 4}
    assert archive.doctor() == ()
    assert archive.lookup("002.txt").cards[0].number == "1/KH-UBND"


@pytest.mark.parametrize("first", ["a-12-TB-UBND.txt", "b.txt"])
def test_a_document_goes_by_its_first_name_whichever_file_came_first(archive: Library, tmp_path: Path, first: str) -> None:
    names = ("a-12-TB-UBND.txt", "b.txt")
    folder = write(tmp_path / "names", {first: paper("9/TB-UBND")})
    run(archive, folder)
    write(folder, {name: paper("9/TB-UBND") for name in names})
    run(archive, folder)
    assert archive.catalogue._database.value("SELECT name FROM documents") == "a-12-TB-UBND.txt"
    (folder / names[0]).unlink()
    run(archive, folder)
    assert archive.catalogue._database.value("SELECT name FROM documents") == "b.txt"


# --- what cannot be read ----------------------------------------------------------------------------------------------


def test_a_broken_file_is_one_failed_outcome_and_the_others_go_on(archive: Library, corpus: Path) -> None:
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7 this is not really one")
    os.utime(corpus / "broken.pdf", ns=(OLD_NS, OLD_NS))
    counts, outcomes = run(archive, corpus)
    assert counts == {"new": 6, "failed": 1}
    assert [o.reason for o in outcomes if o.state == "failed"] == [o.reason for o in archive.failures()]
    assert archive.status().failures == 1


def test_a_failure_is_tried_again_only_when_it_changed_or_on_request(archive: Library, corpus: Path) -> None:
    broken = corpus / "broken.txt"
    broken.write_bytes(b"")
    os.utime(broken, ns=(OLD_NS, OLD_NS))
    assert run(archive, corpus)[0] == {"new": 6, "failed": 1}
    assert run(archive, corpus)[0] == {"unchanged": 7}
    assert run(archive, corpus, retry=True)[0] == {"unchanged": 6, "failed": 1}
    known = archive.catalogue.files.at(str(broken))
    assert known is not None
    assert known.tries == 2
    put(broken, paper("9/TB-UBND"), age=1)
    assert run(archive, corpus)[0] == {"unchanged": 6, "new": 1}
    assert archive.status().failures == 0


def test_a_file_of_no_known_format_is_skipped_with_its_reason(archive: Library, corpus: Path) -> None:
    (corpus / "so-lieu.sqlite").write_bytes(b"SQLite format 3\0" + bytes(100))
    assert run(archive, corpus)[0] == {"new": 6, "skipped": 1}
    assert [(o.state, bool(o.reason)) for o in archive.failures()] == [("skipped", True)]


def test_a_file_that_broke_loses_its_document(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    (corpus / "001.txt").write_bytes(b"")
    os.utime(corpus / "001.txt", ns=(OLD_NS, OLD_NS + 1))
    assert run(archive, corpus)[0] == {"unchanged": 5, "failed": 1}
    assert archive.status().documents == 5


def test_a_file_that_the_disk_does_not_give_keeps_its_document(
    archive: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    run(archive, corpus)
    put(corpus / "001.txt", paper("1/KH-UBND", title="Kế hoạch sửa lại"), age=1)
    put(corpus / "new.txt", paper("2/BC-UBND"))
    with monkeypatch.context() as patched:
        patched.setattr(ingest, "open", refuse, raising=False)
        counts, outcomes = run(archive, corpus)
    assert counts == {"unchanged": 5, "failed": 2}
    assert {outcome.reason for outcome in outcomes} == {"Input/output error"}
    assert archive.status().documents == 6
    assert run(archive, corpus)[0] == {"unchanged": 5, "changed": 1, "new": 1}


@pytest.mark.parametrize(
    ("error", "age", "kept"),
    [
        (BrokenFile("", "damaged"), 1, False),
        (BrokenFile("", "damaged"), 0, True),
        (MissingExtra("", "OCR is not installed"), 0, True),
        (ReadError("", "the reader process cannot start"), 1, True),
    ],
    ids=["changed and broken", "as it was, to newer readers broken", "as it was, an extra is missing", "a passing failure"],
)
def test_a_failure_takes_a_document_only_where_the_file_changed(
    archive: Library, corpus: Path, error: ReadError, age: int, kept: bool
) -> None:
    run(archive, corpus)
    known = archive.catalogue.files.at(str(corpus / "001.txt"))
    assert known is not None
    task = survey.Task(known.path, known.size, known.mtime_ns + age, known)
    assert ingest._enter(archive.catalogue, task, error).state == "failed"
    ingest._sweep(archive.catalogue)
    assert (archive.status().documents == 6) is kept


def test_texts_understood_again_keep_the_version_that_read_them(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    archive.catalogue._database.run("UPDATE documents SET reading = 'old', understanding = 'old'")
    run(archive, corpus / "001.txt")
    assert set(archive.catalogue._database.all("SELECT reading, understanding FROM documents")) == {("old", ingest.UNDERSTANDING)}


# --- proportion and order ---------------------------------------------------------------------------------------------


def statements_for(archive: Library, corpus: Path, changed: int) -> int:
    for n in range(1, changed + 1):
        text = paper(f"{n}/BC-UBND", title=f"Sửa lần {changed}", body=citing("Nghị quyết số 76/NQ-CP"))
        put(corpus / f"{n:03d}.txt", text, age=changed)
    counted: Counter[str] = Counter()
    archive.catalogue._database.watch(lambda statement: counted.update((statement[:6],)))
    run(archive, corpus)
    archive.catalogue._database.watch(None)
    return counted.total()


def test_a_change_costs_in_proportion_to_itself_not_to_the_archive(tmp_path: Path) -> None:
    costs = []
    for size in (20, 80):
        corpus = write(tmp_path / f"corpus-{size}", archive_of(size))
        with library.open(tmp_path / f"index-{size}", create=True) as archive:
            run(archive, corpus)
            costs.append((statements_for(archive, corpus, 1), statements_for(archive, corpus, 5)))
    (one_of_few, five_of_few), (one_of_many, five_of_many) = costs
    assert one_of_many <= one_of_few * 1.5 + 30
    assert five_of_many <= five_of_few * 1.5 + 30
    assert five_of_few > one_of_few


def test_the_graph_is_the_same_in_whatever_order_documents_came(tmp_path: Path) -> None:
    texts = archive_of(9)
    corpus = write(tmp_path / "corpus", texts)
    with library.open(tmp_path / "whole", create=True) as archive:
        run(archive, corpus)
        wanted = facts(archive)
    for seed in range(3):
        with library.open(tmp_path / f"parts-{seed}", create=True) as archive:
            _come_and_go(archive, corpus, texts, random.Random(seed))
            assert facts(archive) == wanted


def _come_and_go(archive: Library, corpus: Path, texts: dict[str, str], chance: random.Random) -> None:
    """All files come one by one in any order; some go, change or turn into another and come back."""
    names = list(texts)
    chance.shuffle(names)
    for name in names:
        (corpus / name).unlink()
    for name in names:
        put(corpus / name, texts[name])
        run(archive, corpus)
        other = chance.choice(names)
        if chance.random() < 0.4 and (corpus / other).exists():
            put(corpus / other, texts[chance.choice(names)], age=1)
            run(archive, corpus)
            put(corpus / other, texts[other])
    run(archive, corpus)


# --- upgrades ---------------------------------------------------------------------------------------------------------


def test_new_readers_read_the_files_again(archive: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(archive, corpus)
    archive.catalogue._database.run("UPDATE files SET reading = 'old'")
    archive.catalogue._database.run("UPDATE documents SET reading = 'old', number = NULL")
    assert run(archive, corpus)[0] == {"unchanged": 6}
    assert archive.lookup("001.txt").cards[0].number == "1/KH-UBND"


def test_new_columns_read_the_stored_texts_again_without_the_files(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    wanted = facts(archive)
    archive.catalogue._database.run("UPDATE documents SET understanding = 'old', number = NULL, title = NULL")
    archive.catalogue._database.run("DELETE FROM citations")
    shutil.rmtree(corpus)
    corpus.mkdir()
    run(archive, corpus.parent / "corpus-not-there")
    assert facts(archive) == wanted


def test_a_new_resolver_resolves_everything_again(archive: Library, corpus: Path) -> None:
    run(archive, corpus)
    wanted = facts(archive)
    archive.catalogue.set("linking", "old")
    archive.catalogue._database.run("UPDATE links SET state = 'ambiguous', reasons = ''")
    archive.catalogue._database.run("DELETE FROM edges")
    run(archive, corpus)
    assert facts(archive) == wanted


def test_where_many_files_are_to_be_read_they_are_looked_up_again(
    archive: Library, tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(archive, corpus)
    wanted = facts(archive)
    monkeypatch.setattr(survey, "KEPT", 1)
    with library.open(tmp_path / "other", create=True) as other:
        counts, outcomes = run(other, corpus)
        assert counts == {"new": len(wanted["documents"])}
        assert [outcome.path for outcome in outcomes] == sorted(map(str, corpus.iterdir()))
        assert facts(other) == wanted
        assert run(other, corpus)[0] == {"unchanged": len(wanted["documents"])}
