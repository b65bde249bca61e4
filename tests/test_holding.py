"""Archives and mail in the corpus: each file in them is a document, and a second run reads only what changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sample_office as office
from papers import OLD_NS, citing, paper
from sample_files import zipped

from docsearch import holding, ingest, library
from docsearch.library import Library
from docsearch.model import Outcome
from docsearch.readers.parts import part_path

ONE = paper("1/BC-UBND", title="Báo cáo một").encode()
TWO = paper("2/KH-UBND", title="Kế hoạch hai", body=citing("Báo cáo số 1/BC-UBND")).encode()
THREE = paper("3/TB-UBND", title="Thông báo ba").encode()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Library]:
    with library.open(tmp_path / "index", create=True) as made:
        yield made


def put(path: Path, data: bytes, age: int = 0) -> Path:
    path.write_bytes(data)
    os.utime(path, ns=(OLD_NS, OLD_NS + age))
    return path


def run(archive: Library, *paths: Path, retry: bool = False) -> dict[str, int]:
    report = archive.index(paths, workers=1, retry=retry)
    return {state: count for state, count in report.counts.items() if count}


def held(archive: Library) -> dict[str, str | None]:
    """The files that were read, below the corpus, with the numbers of their documents."""
    records = [record for record in archive.catalogue.files.all() if record.document]
    cards = {record.path: archive.catalogue.documents.card(record.document or "") for record in records}
    return {path.partition("corpus/")[2]: card.number if card else None for path, card in cards.items()}


def test_files_in_an_archive_are_documents_of_their_own(archive: Library, corpus: Path) -> None:
    put(corpus / "năm 2024.zip", zipped({"báo cáo/1.txt": ONE, "2.txt": TWO}))
    assert run(archive, corpus) == {"new": 3}
    assert held(archive) == {"năm 2024.zip!/2.txt": "2/KH-UBND", "năm 2024.zip!/báo cáo/1.txt": "1/BC-UBND"}
    assert archive.status().documents == 2
    assert archive.lookup("1.txt").cards[0].path.endswith("năm 2024.zip!/báo cáo/1.txt")
    assert [ailment for ailment in archive.doctor() if ailment.severity == "error"] == []


def test_a_second_run_reads_nothing(archive: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(corpus / "a.zip", zipped({"1.txt": ONE, "b.zip": zipped({"2.txt": TWO})}))
    assert run(archive, corpus) == {"new": 4}
    monkeypatch.setattr(ingest, "ReaderPool", None)  # nothing may be read
    assert run(archive, corpus) == {"unchanged": 4}
    assert run(archive, corpus / "a.zip") == {"unchanged": 4}


def test_only_what_changed_in_an_archive_is_read(archive: Library, corpus: Path) -> None:
    put(corpus / "a.zip", zipped({"1.txt": ONE, "2.txt": TWO}))
    run(archive, corpus)
    last = archive.catalogue.outbox.last()
    put(corpus / "a.zip", zipped({"1.txt": ONE, "3.txt": THREE}), age=1)
    assert run(archive, corpus) == {"changed": 1, "unchanged": 1, "gone": 1, "new": 1}
    assert held(archive) == {"a.zip!/1.txt": "1/BC-UBND", "a.zip!/3.txt": "3/TB-UBND"}
    assert archive.catalogue.outbox.last() == last + 2  # the new one and the one that is gone
    assert run(archive, corpus) == {"unchanged": 3}


def test_a_changed_file_in_an_archive_takes_the_place_of_the_old(archive: Library, corpus: Path) -> None:
    put(corpus / "a.zip", zipped({"1.txt": ONE}))
    run(archive, corpus)
    put(corpus / "a.zip", zipped({"1.txt": THREE}), age=1)
    assert run(archive, corpus) == {"changed": 2}
    assert archive.status().documents == 1


@pytest.mark.parametrize("root", ["corpus", "a.zip"])
def test_what_an_archive_held_goes_with_it(archive: Library, corpus: Path, root: str) -> None:
    put(corpus / "1.txt", ONE)
    put(corpus / "a.zip", zipped({"1.txt": ONE, "b.zip": zipped({"2.txt": TWO})}))
    run(archive, corpus)
    (corpus / "a.zip").unlink()
    assert run(archive, corpus if root == "corpus" else corpus / root)["gone"] == 4
    assert held(archive) == {"1.txt": "1/BC-UBND"}  # whose bytes were in the archive too
    assert archive.status().documents == 1


def test_a_folder_with_archives_that_is_gone(archive: Library, corpus: Path) -> None:
    (corpus / "x").mkdir()
    (corpus / "y").mkdir()
    put(corpus / "x" / "a.zip", zipped({"1.txt": ONE}))
    run(archive, corpus)
    (corpus / "x" / "a.zip").unlink()
    (corpus / "x").rmdir()
    assert run(archive, corpus) == {"gone": 2}
    assert held(archive) == {}


def test_an_archive_that_is_a_text_now_holds_nothing(archive: Library, corpus: Path) -> None:
    put(corpus / "a.zip", zipped({"1.txt": ONE}))
    run(archive, corpus)
    put(corpus / "a.zip", TWO, age=1)
    assert run(archive, corpus) == {"changed": 1, "gone": 1}
    put(corpus / "a.zip", zipped({"1.txt": ONE}), age=2)
    assert run(archive, corpus) == {"changed": 1, "new": 1}
    put(corpus / "a.zip", zipped({"1.txt": ONE})[:30], age=3)
    assert run(archive, corpus) == {"failed": 1, "gone": 1}
    assert archive.status().documents == 0


def test_a_bad_file_in_an_archive_is_one_failure(archive: Library, corpus: Path) -> None:
    put(corpus / "a.zip", zipped({"1.txt": ONE, "2.pdf": b"%PDF-1.7\n", "3.bin": bytes(range(256)) * 20}))
    assert run(archive, corpus) == {"new": 2, "failed": 1, "skipped": 1}
    failures = {Path(failure.path).name: failure.state for failure in archive.failures()}
    assert failures == {"2.pdf": "failed", "3.bin": "skipped"}
    assert run(archive, corpus) == {"unchanged": 4}
    assert run(archive, corpus, retry=True) == {"unchanged": 3, "failed": 1}
    assert archive.retry().counts["failed"] == 1


def test_a_file_that_cannot_be_taken_out_is_one_failure(archive: Library, corpus: Path) -> None:
    data = bytearray(zipped({"1.txt": ONE, "2.txt": TWO}, 0))
    data[data.index(TWO[:20])] ^= 1
    put(corpus / "a.zip", bytes(data))
    assert run(archive, corpus) == {"new": 2, "failed": 1}
    assert "damaged member" in str(next(iter(archive.failures())).reason)


def test_mail_is_a_document_and_so_are_its_attachments(archive: Library, corpus: Path) -> None:
    put(corpus / "thư.eml", office.eml("Kính gửi xã.", {"1.txt": ONE}))
    put(corpus / "thư.msg", office.msg("Kính gửi huyện.", {"2.txt": TWO.ljust(5000, b"\n")}))
    assert run(archive, corpus) == {"new": 4}
    assert set(held(archive)) == {"thư.eml", "thư.eml!/1.txt", "thư.msg", "thư.msg!/2.txt"}
    put(corpus / "bản sao.eml", office.eml("Kính gửi xã.", {"1.txt": ONE}))
    assert run(archive, corpus) == {"unchanged": 4, "new": 2}  # the copy holds its own


def test_a_file_moved_into_an_archive_stays_the_same_document(archive: Library, corpus: Path) -> None:
    put(corpus / "1.txt", ONE)
    run(archive, corpus)
    (corpus / "1.txt").unlink()
    put(corpus / "a.zip", zipped({"1.txt": ONE}))
    assert run(archive, corpus) == {"gone": 1, "new": 2}
    assert held(archive) == {"a.zip!/1.txt": "1/BC-UBND"}


def test_a_run_cut_off_after_the_archive_is_taken_up(archive: Library, corpus: Path) -> None:
    put(corpus / "a.zip", zipped({"1.txt": ONE, "2.txt": TWO}))
    seen: list[Outcome] = []
    archive.index([corpus], workers=1, on_outcome=lambda outcome, done, total: seen.append(outcome), stop=lambda: bool(seen))
    assert [outcome.document for outcome in seen] == [None]
    assert {record.reason for record in archive.catalogue.files.in_state("failed")} == {holding.WAITING}
    assert run(archive, corpus) == {"unchanged": 1, "new": 2}
    assert archive.status().failures == 0


def test_new_readers_read_the_files_in_archives_again(archive: Library, corpus: Path) -> None:
    put(corpus / "a.zip", zipped({"1.txt": ONE}))
    run(archive, corpus)
    archive.catalogue._database.run("UPDATE files SET reading = 'old'")
    archive.catalogue._database.run("UPDATE documents SET reading = 'old', number = NULL")
    assert run(archive, corpus) == {"unchanged": 2}
    assert archive.lookup("1.txt").cards[0].number == "1/BC-UBND"


def test_archives_in_archives_end(archive: Library, corpus: Path) -> None:
    data = zipped({"1.txt": ONE})
    for _ in range(8):
        data = zipped({"a.zip": data, "1.txt": ONE})
    put(corpus / "a.zip", data)
    counts = run(archive, corpus)
    assert counts["failed"] == 1  # the text beside the last one is known by its bytes
    assert {failure.reason for failure in archive.failures()} == {"nested too deeply"}
    assert archive.status().documents == 1


def test_the_files_of_one_archive_are_bounded(archive: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "MOST", 6)
    inner = {f"{n}.txt": paper(f"{n}/BC-UBND").encode() for n in range(4)}
    put(corpus / "a.zip", zipped({"b.zip": zipped(inner), "c.zip": zipped(inner)}))
    counts = run(archive, corpus)
    assert counts["failed"] >= 1
    assert len(archive.catalogue.files.inside(str(corpus / "a.zip"))) == 6
    assert "more than 6 files" in str(next(iter(archive.failures())).reason)


def test_names_in_archives_lead_nowhere_else(archive: Library, corpus: Path, tmp_path: Path) -> None:
    put(tmp_path / "secret.txt", TWO)
    put(corpus / "a.zip", zipped({"../../secret.txt": ONE}))
    run(archive, corpus)
    assert held(archive) == {"a.zip!/secret.txt": "1/BC-UBND"}


def test_extract_reads_a_file_in_an_archive(corpus: Path) -> None:
    path = put(corpus / "a.zip", zipped({"1.txt": ONE}))
    _, extraction = ingest.extract_file(part_path(str(path), "1.txt"))
    assert extraction.metadata.number is not None
    assert extraction.metadata.number.value == "1/BC-UBND"


def test_doctor_sees_that_an_archive_changed(archive: Library, corpus: Path) -> None:
    put(corpus / "a.zip", zipped({"1.txt": ONE}))
    run(archive, corpus)
    assert archive.doctor() == () or not list(archive.doctor())
    put(corpus / "a.zip", zipped({"1.txt": TWO}), age=5)
    assert {ailment.code for ailment in archive.doctor()} == {"original-changed"}
    (corpus / "a.zip").unlink()
    assert {ailment.code for ailment in archive.doctor()} == {"original-gone"}
