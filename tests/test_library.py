"""The one door: what an archive answers, and how it tells what is wrong with it."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from papers import archive_of, citing, facts, paper, put, write

import docsearch
from docsearch import library
from docsearch.crossref import By
from docsearch.delivery import entries
from docsearch.errors import CatalogueDamaged, LibraryError, LibraryLocked, NotALibrary, ReadError
from docsearch.library import Library
from docsearch.lock import writing
from docsearch.model import Filters

HELD = "Kế hoạch số 12/KH-UBND ngày 05/3/2023 của Ủy ban nhân dân huyện Cầu Kè"
ABSENT = "Quyết định số 468/QĐ-TTg ngày 27 tháng 3 năm 2021 của Thủ tướng Chính phủ"
LAW = "Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015"
TEXTS = {
    "12-KH-UBND.txt": paper("12/KH-UBND", title="Kế hoạch cải cách hành chính năm 2023", body=citing(LAW, ABSENT)),
    "30-BC-UBND.txt": paper("30/BC-UBND", month=6, title="Kết quả cải cách hành chính", body=citing(ABSENT, HELD)),
    "31-TB-UBND.txt": paper("31/TB-UBND", month=9, title="Lịch tiếp công dân", body=citing(ABSENT, LAW, HELD)),
    "12-BC-UBND.txt": paper("12/BC-UBND", month=1, year=2022, title="Báo cáo năm 2021", body=citing(LAW)),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("library")
    write(place / "corpus", TEXTS)
    with library.open(place / "index", create=True) as archive:
        archive.index([place / "corpus"], workers=1)
    return place


@pytest.fixture
def archive(built: Path) -> Iterator[Library]:
    with library.open(built / "index") as opened:
        yield opened


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Iterator[Library]:
    """An archive that a test may spoil."""
    shutil.copytree(built, tmp_path / "own")
    with library.open(tmp_path / "own" / "index") as opened:
        yield opened


# --- looking up -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "468/QĐ-TTg", "468/qd-ttg", "0468/QĐ-TTg", " 468 / QÐ-TTg", "468-qd-ttg-2021", "468-QD-TTG-2021", "QD 468", "qđ 468",
        "quyết định 468", "Quyết định số 468", "quyet dinh so 468", "468/QĐ-TTg 2021", "468/QĐ-TTg năm 2021", "468 QĐ-TTg",
        "Quyết định số 468/QĐ-TTg", ABSENT, "468-qd-ttg", "quyết định số 468 năm 2021", "QD 468 nam 2021",
        "quyết định 468 năm 2021 của Thủ tướng Chính phủ", "quyet dinh 468/2021 cua Thu tuong",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_typed(archive: Library, typed: str) -> None:
    found = archive.lookup(typed)
    assert [directive.number for directive in found.directives] == ["468/QĐ-TTg"]
    assert found.cards == ()


@pytest.mark.parametrize(
    "typed", ["luật tổ chức chính quyền địa phương", "luat to chuc chinh quyen dia phuong 2015", "Luật Tổ chức chính quyền địa"]
)
def test_a_law_is_found_by_its_name(archive: Library, typed: str) -> None:
    assert [directive.name for directive in archive.lookup(typed).directives] == ["Luật Tổ chức chính quyền địa phương"]


@pytest.mark.parametrize("typed", ["12-KH-UBND.txt", "path", "id"])
def test_a_document_is_found_by_file_or_id(archive: Library, built: Path, typed: str) -> None:
    document = archive.lookup("12/KH-UBND").cards[0].document
    typed = {"path": str(built / "corpus" / "12-KH-UBND.txt"), "id": document[:12]}.get(typed, typed)
    assert [card.document for card in archive.lookup(typed).cards] == [document]


@pytest.mark.parametrize(
    "typed",
    [
        "quyết định 468 năm 2020", "quyết định số 468 năm 2021 của Bộ Tài chính", "Quyết định số 468/QĐ-TTg năm 2020",
        "kế hoạch 12 năm 2023 của UBND huyện Trà Cú", "Kế hoạch số 12/KH-UBND ngày 05/3/2023 của UBND huyện Trà Cú",
    ],
)  # fmt: skip
def test_what_is_of_another_year_office_or_place_is_not_meant(archive: Library, typed: str) -> None:
    assert archive.lookup(typed).directives == ()


def test_a_place_that_is_named_decides(archive: Library) -> None:
    for typed in ("kế hoạch 12 năm 2023 của UBND huyện Cầu Kè", "ke hoach so 12 nam 2023 cua UBND huyen Cau Ke"):
        assert [directive.number for directive in archive.lookup(typed).directives] == ["12/KH-UBND"]


def test_several_that_fit_are_all_told(archive: Library) -> None:
    assert {d.number for d in archive.lookup("12/").directives} == set()
    assert {d.number for d in archive.lookup("UBND 12").directives} == {"12/KH-UBND", "12/BC-UBND"}


@pytest.mark.parametrize(
    "typed", ["", " ", "%", "9999/QĐ-XYZ", "không có gì như vậy", "'; DROP TABLE documents; --", "\x00", "@@@"]
)
def test_what_is_unknown_is_no_error(archive: Library, typed: str) -> None:
    found = archive.lookup(typed)
    assert (found.typed, found.directives, found.cards) == (typed, (), ())


# --- asking -----------------------------------------------------------------------------------------------------------


def test_cites_tells_where_each_citation_leads(archive: Library) -> None:
    rows = archive.cites("31/TB-UBND")
    assert [(row.citation.number, row.link.state) for row in rows] == [
        ("468/QĐ-TTg", "missing"), ("77/2015/QH13", "missing"), ("12/KH-UBND", "resolved"),
    ]  # fmt: skip
    assert rows[2].directive is not None
    assert rows[2].directive.number == "12/KH-UBND"


def test_cited_by_gives_the_sentence_newest_first(archive: Library) -> None:
    rows = list(archive.cited_by("468/QĐ-TTg"))
    assert [row.card.number for row in rows] == ["31/TB-UBND", "30/BC-UBND", "12/KH-UBND"]
    assert rows[0].highlight.cut(rows[0].sentence) == "Quyết định số 468/QĐ-TTg ngày 27 tháng 3 năm 2021"
    assert rows[0].sentence.startswith("Căn cứ Quyết định")
    assert rows[0].page == 1


def test_cited_by_is_paged(archive: Library) -> None:
    rows = [row.card.number for row in archive.cited_by("468/QĐ-TTg")]
    assert [row.card.number for row in archive.cited_by("468/QĐ-TTg", limit=1, offset=1)] == rows[1:2]
    assert [row.card.number for row in archive.cited_by("468/QĐ-TTg", limit=9, offset=2)] == rows[2:]


def test_missing_is_most_cited_first(archive: Library) -> None:
    rows = list(archive.missing())
    assert [(row.directive.number, row.documents) for row in rows] == [
        ("468/QĐ-TTg", 3), ("77/2015/QH13", 3),
    ]  # fmt: skip
    assert [card.number for card in rows[0].cited_in] == ["31/TB-UBND", "30/BC-UBND", "12/KH-UBND"]
    assert list(archive.missing(limit=1, offset=1)) == rows[1:]


@pytest.mark.parametrize("by", ["directive", "document"])
def test_xref_lists_each_citation_once(archive: Library, by: By) -> None:
    rows = list(archive.xref(by=by))
    assert sum(row.times for row in rows) == archive.status().citations
    keys = [(row.citing.document, row.cited_as, row.relation, row.state) for row in rows]
    assert len(set(keys)) == len(keys)


def test_xref_by_document_keeps_a_document_together(archive: Library) -> None:
    citing_documents = [row.citing.document for row in archive.xref(by="document")]
    assert len(list(groupby(citing_documents))) == len(set(citing_documents))


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (Filters(doctypes=("bao cao",)), {"30/BC-UBND", "12/BC-UBND"}),
        (Filters(years=(2022,)), {"12/BC-UBND"}),
        (Filters(issued_from="2023-06"), {"30/BC-UBND", "31/TB-UBND"}),
        (Filters(issued_to="2023-06"), {"12/KH-UBND", "30/BC-UBND", "12/BC-UBND"}),
        (Filters(issued_from="2023", issued_to="2023-08-31"), {"12/KH-UBND", "30/BC-UBND"}),
        (Filters(issuers=("ủy ban nhân dân huyện cầu kè",), years=(2023,)), {"12/KH-UBND", "30/BC-UBND", "31/TB-UBND"}),
        (Filters(cites=("12/KH-UBND",)), {"30/BC-UBND", "31/TB-UBND"}),
        (Filters(cited_by=("30/BC-UBND",)), {"12/KH-UBND"}),
        (Filters(doctypes=("Luật",)), set()),
    ],
    ids=["type", "year", "from", "to", "between", "issuer", "cites", "cited-by", "none"],
)
def test_xref_of_a_filter(archive: Library, filters: Filters, numbers: set[str]) -> None:
    assert {row.citing.number for row in archive.xref(filters)} == numbers


def test_show_tells_all_of_a_held_directive(archive: Library) -> None:
    (sheet,) = archive.show("12/KH-UBND")
    assert sheet.directive is not None
    assert sheet.metadata is not None
    assert [card.number for card in sheet.cards] == ["12/KH-UBND"]
    assert [row.citation.number for row in sheet.cites] == ["77/2015/QH13", "468/QĐ-TTg"]
    assert [row.card.number for row in sheet.cited_by] == ["31/TB-UBND", "30/BC-UBND"]
    assert sheet.validity is not None
    assert {edge.relation for edge in sheet.edges} == {"based_on", "implements"}


def test_show_of_what_is_missing_tells_who_cites_it(archive: Library) -> None:
    (sheet,) = archive.show("468/QĐ-TTg")
    assert (sheet.cards, sheet.metadata, sheet.cites) == ((), None, ())
    assert len(sheet.cited_by) == 3


def test_a_file_outside_is_resolved_against_the_archive_and_nothing_is_written(archive: Library, tmp_path: Path) -> None:
    before = facts(archive)
    put(tmp_path / "draft.txt", paper("40/BC-UBND", month=10, body=citing(HELD, ABSENT, "Nghị định số 30/2020/NĐ-CP")))
    rows = archive.cites_file(tmp_path / "draft.txt")
    assert [(row.citation.number, row.link.state) for row in rows] == [
        ("12/KH-UBND", "resolved"), ("468/QĐ-TTg", "missing"), ("30/2020/NĐ-CP", "missing"),
    ]  # fmt: skip
    assert [row.directive.number if row.directive else None for row in rows] == ["12/KH-UBND", "468/QĐ-TTg", "30/2020/NĐ-CP"]
    assert facts(archive) == before


def test_search_finds_with_and_without_marks(archive: Library) -> None:
    assert {hit.card.number for hit in archive.search("cải cách hành chính").hits} >= {"12/KH-UBND", "30/BC-UBND"}
    assert archive.search("tiep cong dan").hits[0].card.number == "31/TB-UBND"
    assert archive.search("uy ban", filters=Filters(cites=("12/KH-UBND",))).total == 2


def test_status_counts(archive: Library) -> None:
    status = archive.status()
    assert (status.documents, status.missing, status.failures, status.pending) == (4, 2, 0, 0)
    assert sum(status.links.values()) == status.citations
    assert status.doctypes == {"Báo cáo": 2, "Kế hoạch": 1, "Thông báo": 1}
    assert status.disk_bytes > 0


def test_extract_needs_no_archive(built: Path) -> None:
    extraction = docsearch.extract(built / "corpus" / "12-KH-UBND.txt")
    assert extraction.findings == docsearch.extract_text(TEXTS["12-KH-UBND.txt"]).findings
    with pytest.raises(ReadError):
        docsearch.extract(built / "not-there.txt")


# --- opening ----------------------------------------------------------------------------------------------------------


def test_opening_nothing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotALibrary, match="docsearch index"):
        docsearch.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_the_engine_is_changed_by_a_rebuild_only(own: Library) -> None:
    before = facts(own)
    with pytest.raises(LibraryError, match="rebuild"):
        library.open(own.root, engine="whoosh")
    own.rebuild(engine="whoosh")
    assert own.status().engine == "whoosh"
    assert facts(own) == before
    assert own.search("tiep cong dan").hits[0].card.number == "31/TB-UBND"
    assert own.doctor() == ()
    assert [path.name for path in own.root.iterdir() if path.is_dir()] == ["whoosh-2"]


def test_an_open_archive_follows_a_rebuild_by_another(own: Library) -> None:
    assert own.search("tiep cong dan").total == 1
    with library.open(own.root) as other:
        other.rebuild(engine="whoosh")
    assert own.search("tiep cong dan").total == 1
    assert own.status().engine == "whoosh"


def test_one_path_may_be_given_alone(own: Library) -> None:
    report = own.index(str(own.root.parent / "corpus"), workers=1)
    assert report.counts["new"] == 4


def test_a_first_index_uses_the_engine_asked_for(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", archive_of(2))
    with library.open(tmp_path / "index", engine="whoosh", create=True) as archive:
        archive.index([corpus], workers=1)
    with library.open(tmp_path / "index") as archive:
        assert archive.status().engine == "whoosh"


# --- one writer -------------------------------------------------------------------------------------------------------


_HOLDER = """
import sys
from pathlib import Path
from docsearch.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


def test_a_second_writer_is_told_who_writes(own: Library) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(own.root / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LibraryLocked, match=f"process {holder.pid} on "):
        own.index([own.root])
    assert own.search("tiep cong dan").total == 1
    holder.kill()
    holder.communicate()  # and the lock has gone with it
    own.rebuild()


def test_two_writers_in_one_process_do_not_meet(own: Library) -> None:
    with writing(own.root / "lock"), pytest.raises(LibraryLocked, match="this same process"):
        own.rebuild()
    own.rebuild()


def test_the_lock_of_a_dead_process_holds_nobody_up(own: Library) -> None:
    (own.root / "lock").write_text(json.dumps({"pid": 1, "host": "elsewhere", "since": "2020"}))
    own.rebuild()


def test_a_worker_that_outlives_its_parent_does_not_hold_the_lock(own: Library) -> None:
    with writing(own.root / "lock"):
        sleeper = multiprocessing.get_context("spawn").Process(target=os.getpid)
        sleeper.start()
    own.rebuild()
    sleeper.join()


# --- what goes wrong --------------------------------------------------------------------------------------------------


def codes(archive: Library, *, repair: bool = False) -> list[tuple[str, bool]]:
    return sorted({(ailment.code, ailment.mended) for ailment in archive.doctor(repair=repair)})


def engine_folder(archive: Library) -> Path:
    return next(path for path in archive.root.iterdir() if path.is_dir())


def test_a_sound_archive_has_no_ailment(archive: Library) -> None:
    assert archive.doctor() == ()


def test_an_index_that_is_gone_is_found_and_made_again(own: Library) -> None:
    shutil.rmtree(engine_folder(own))
    assert codes(own) == [("index-damaged", False)]
    assert codes(own, repair=True) == [("index-damaged", True)]
    assert codes(own) == []
    assert own.search("tiep cong dan").total == 1


def test_indexing_into_a_broken_index_makes_it_again(own: Library) -> None:
    corpus = own.root.parent / "corpus"
    own.index([corpus], workers=1)
    before = facts(own)
    shutil.rmtree(engine_folder(own))
    own.index([corpus], workers=1)
    assert facts(own) == before
    assert codes(own) == []


def test_documents_that_the_index_lost_or_kept_are_found_and_mended(own: Library) -> None:
    wanted = facts(own)
    lost = next(own.catalogue.documents.ids())
    with own._writable_engine() as engine:
        assert engine is not None
        (entry,) = entries(own.catalogue, [lost])
        engine.remove([lost])
        engine.replace([replace(entry, document="ghost")])
        engine.commit(own.catalogue.outbox.delivered())
    assert codes(own) == [("not-searchable", False), ("search-ghost", False)]
    assert codes(own, repair=True) == [("not-searchable", True), ("search-ghost", True)]
    assert facts(own) == wanted


def test_an_index_restored_from_an_old_copy_is_found_and_made_again(own: Library, tmp_path: Path) -> None:
    shutil.copytree(engine_folder(own), tmp_path / "old")
    put(own.root.parent / "corpus" / "new.txt", paper("99/TB-UBND", title="Thông báo tuyển dụng"))
    own.index([own.root.parent / "corpus"], workers=1)
    own.close()
    shutil.rmtree(engine_folder(own))
    shutil.copytree(tmp_path / "old", own.root / "tantivy-1")
    with library.open(own.root) as again:
        assert ("index-stale", False) in codes(again)
        again.index([own.root.parent / "corpus"], workers=1)
        assert codes(again) == []
        assert again.search("tuyển dụng").total == 1


def test_changed_and_lost_originals_are_told_and_nothing_is_touched(own: Library) -> None:
    corpus = own.root.parent / "corpus"
    own.index([corpus], workers=1)
    before = facts(own)
    (corpus / "12-KH-UBND.txt").unlink()
    put(corpus / "30-BC-UBND.txt", "other")
    assert codes(own, repair=True) == [("original-changed", False), ("original-gone", False)]
    assert facts(own) == before


def test_wrong_counters_and_links_are_found_and_made_again(own: Library) -> None:
    wanted = facts(own)
    own.catalogue._database.run("UPDATE directives SET cited = cited + 1")
    own.catalogue._database.run("DELETE FROM links WHERE idx = 1")
    assert {code for code, _ in codes(own)} >= {"counter-wrong", "unlinked-mention"}
    own.doctor(repair=True)
    assert facts(own) == wanted


def test_a_damaged_catalogue_is_told_and_not_overwritten(own: Library) -> None:
    own.close()
    path = own.root / "catalogue.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
    damaged = path.read_bytes()
    with pytest.raises(CatalogueDamaged), library.open(own.root) as archive:
        archive.index([own.root.parent / "corpus"], workers=1)
    assert path.read_bytes()[4096:12288] == damaged[4096:12288]
