"""The catalogue gives back what it was given, keeps its counters right, and knows when it cannot be trusted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.catalogue import Catalogue, codec, schema
from docsearch.catalogue.database import Database
from docsearch.catalogue.documents import Aside, Stamps, pack_document
from docsearch.catalogue.files import FileRecord
from docsearch.errors import CatalogueDamaged, LibraryError, VersionMismatch
from docsearch.model import (
    Alias,
    Anaphor,
    Citation,
    Directive,
    Document,
    Edge,
    Extraction,
    Fact,
    Findings,
    Link,
    Mention,
    Metadata,
    Office,
    Page,
    Span,
    Unit,
)

TEXT = "Căn cứ Quyết định số 60/QĐ-UBND ngày 06/02/2023; thực hiện Kế hoạch số 97/KH-UBND. Quyết định này có hiệu lực."
FACT = Fact("60/QĐ-UBND", Span(21, 31), "number-line", "medium")
FULL = Citation(
    span=Span(7, 47),
    text=TEXT[7:47],
    kind="number",
    doctype="Quyết định",
    number="60/QĐ-UBND",
    name="Quyết định 60",
    issued="2023-02-06",
    issuer="UBND huyện",
    title="về việc kiểm soát",
    pinpoint="Điều 5",
    relation="based_on",
    nested_in=1,
    cue=Span(0, 6),
    number_span=Span(21, 31),
    issued_span=Span(37, 47),
    issuer_span=Span(50, 60),
    title_span=Span(61, 70),
    pinpoint_span=Span(1, 3),
    passive=True,
    partial=True,
    negated=True,
    certainty="low",
    flags=("type-mismatch", "ocr-repaired"),
)
BARE = Citation(
    span=Span(59, 81),
    text=TEXT[59:81],
    kind="digits",
    doctype=None,
    number=None,
    name=None,
    issued=None,
    issuer=None,
    title=None,
    pinpoint=None,
    relation="implements",
    nested_in=None,
)
EXTRACTION = Extraction(
    text=TEXT,
    metadata=Metadata(number=FACT, title=Fact("Về văn thư", None, "file-name"), bases=(FACT, FACT), warnings=("number-blank",)),
    units=(
        Unit(kind="article", label="5a", title="Hiệu lực", span=Span(0, 50), parent=None),
        Unit(kind="point", label="đ", title="", span=Span(5, 9), parent=0),
    ),
    findings=Findings(
        citations=(FULL, BARE),
        anaphora=(Anaphor(span=Span(83, 97), text=TEXT[83:97], kind="self", target=None),),
        aliases=(Alias(Span(7, 17), TEXT[7:17], 0),),
    ),
)
DOCUMENT = Document(
    id="ab" * 32,
    path="/giấy tờ/60.txt",
    format="txt",
    size=200,
    text=TEXT,
    pages=(Page(1, Span(0, 50)), Page(2, Span(51, len(TEXT)))),
    notes=("encoding:utf-16",),
)
STAMPS = Stamps("1", "1", "60.txt")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "catalogue.db")
    yield made
    made.close()


def enter(catalogue: Catalogue, document: Document = DOCUMENT, extraction: Extraction = EXTRACTION) -> int:
    key = catalogue.documents.put(pack_document(document, extraction, STAMPS))
    catalogue.files.put(file_record(document.path, document=document.id))
    return key


def file_record(path: str, document: str | None = None) -> FileRecord:
    return FileRecord(path=path, size=1, mtime_ns=2, settled=True, state="read", document=document, reading="1")


# --- round trips ------------------------------------------------------------------------------------------------------


def test_the_full_citation_of_these_tests_leaves_no_field_at_its_default() -> None:
    assert [f.name for f in fields(Citation) if getattr(FULL, f.name) == f.default] == []


def test_a_document_is_read_back_as_it_was_written(catalogue: Catalogue) -> None:
    enter(catalogue)
    assert catalogue.documents.document(DOCUMENT.id) == DOCUMENT
    assert catalogue.documents.extraction(DOCUMENT.id) == EXTRACTION
    assert catalogue.documents.metadata(DOCUMENT.id) == EXTRACTION.metadata
    assert catalogue.documents.text(DOCUMENT.id) == (TEXT, DOCUMENT.pages)
    assert catalogue.documents.citation(DOCUMENT.id, 1, TEXT) == BARE


def test_a_document_written_anew_replaces_what_was_read_before(catalogue: Catalogue) -> None:
    first = enter(catalogue)
    shorter = replace(EXTRACTION, findings=Findings(citations=(BARE,)))
    assert enter(catalogue, extraction=shorter) == first
    assert catalogue.documents.extraction(DOCUMENT.id) == shorter
    assert catalogue.documents.totals() == (1, len(TEXT), 1)


def test_a_page_of_documents_is_asked_for_at_once(catalogue: Catalogue) -> None:
    enter(catalogue)
    enter(catalogue, replace(DOCUMENT, id="e" * 64), EXTRACTION)
    asked = [DOCUMENT.id, "none", "e" * 64]
    cards, leaves = catalogue.documents.cards_of(asked), catalogue.documents.leaves(asked)
    assert cards == {id: catalogue.documents.card(id) for id in (DOCUMENT.id, "e" * 64)}
    assert {id: leaf.card for id, leaf in leaves.items()} == cards
    leaf = leaves[DOCUMENT.id]
    assert (leaf.text, tuple(leaf.pages), tuple(leaf.units)) == (DOCUMENT.text, DOCUMENT.pages, EXTRACTION.units)
    assert list(leaf.units[:1]) == list(EXTRACTION.units[:1])


def test_the_card_shows_the_facts_of_the_document(catalogue: Catalogue) -> None:
    enter(catalogue)
    card = catalogue.documents.card(DOCUMENT.id)
    assert card is not None
    assert (card.path, card.number, card.title, card.issuer) == (DOCUMENT.path, "60/QĐ-UBND", "Về văn thư", None)


spans = st.builds(Span, st.integers(0, 10**6), st.integers(0, 10**6))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
facts = st.builds(Fact, words, st.none() | spans, words, st.sampled_from(["high", "medium", "low"]))
metadata = st.builds(
    Metadata,
    **{f.name: st.lists(facts, max_size=2).map(tuple) for f in fields(Metadata) if f.type == "tuple[Fact, ...]"},
    **{f.name: st.none() | facts for f in fields(Metadata) if f.type == "Fact | None"},
    warnings=st.lists(words, max_size=2).map(tuple),
)
units = st.builds(Unit, kind=st.just("article"), label=words, title=words, span=spans, parent=st.none() | st.integers(0, 9))


@given(metadata)
def test_metadata_unpack_to_what_was_packed(record: Metadata) -> None:
    assert codec.unpack(Metadata, codec.pack(record)) == record


@given(st.lists(units, max_size=3).map(tuple))
def test_units_unpack_to_what_was_packed(records: tuple[Unit, ...]) -> None:
    assert codec.unpack_many(Unit, codec.pack(records)) == records


@given(words)
def test_text_unpacks_to_what_was_packed(text: str) -> None:
    assert codec.unpack_text(codec.pack_text(text)) == text


def test_a_packed_record_without_a_later_field_is_read_with_its_default() -> None:
    assert codec.unpack(Aside, codec.pack_text("{}")) == Aside()
    assert codec.unpack(Aside, codec.pack_text('{"gone":1}')) == Aside()


@pytest.mark.parametrize("name", [b"b\xe1o c\xe1o.txt", "báo cáo.txt".encode(), b"%_'\".txt"], ids=["latin-1", "utf-8", "signs"])
def test_a_path_is_kept_whatever_its_bytes_are(catalogue: Catalogue, name: bytes) -> None:
    path = os.fsdecode(b"/a/" + name)
    catalogue.files.put(file_record(path))
    assert catalogue.files.in_folder("/a").keys() == {path}
    assert [record.path for record in catalogue.files.all()] == [path]


@pytest.mark.parametrize(
    ("issued", "number"),
    [("2023-02-06", 20230206), ("2023-02", 20230200), ("2023", 20230000), (None, 0), ("", 0)],
    ids=["day", "month", "year", "none", "empty"],
)
def test_dates_become_numbers_that_sort(issued: str | None, number: int) -> None:
    assert codec.day_number(issued) == number


# --- the graph --------------------------------------------------------------------------------------------------------

OFFICE = Office(code="ubnd", place="thuan-giang.kim-trach")


def mention(index: int, number: str | None = "60/QĐ-UBND", document: str = DOCUMENT.id) -> Mention:
    return Mention(
        document=document,
        index=index,
        doctype="Quyết định",
        number=number,
        name="tên",
        issued="2023-02-06",
        office=OFFICE,
        how="stated",
        title="về",
        said="2023-03-01",
        near="thuan-giang",
        flags=("short-form",),
    )


def directive(id: str = "60-qd-ubnd-2023") -> Directive:
    return Directive(
        id=id,
        doctype="Quyết định",
        number="060/QĐ-UBND",
        name="Luật Đất đai",
        issued="2023-02-06",
        office=OFFICE,
        title="về việc",
        documents=(DOCUMENT.id,),
        flags=("date-conflict",),
    )


def link(index: int, id: str | None = "60-qd-ubnd-2023") -> Link:
    return Link(
        document=DOCUMENT.id,
        index=index,
        state="resolved",
        directive=id,
        candidates=("a", "b"),
        certainty="low",
        reasons=("year",),
    )


def settle(catalogue: Catalogue, links: tuple[Link, ...], directives: tuple[Directive, ...]) -> None:
    ((key, name),) = catalogue.graph.dirty(10)
    catalogue.graph.settle(catalogue.graph.block(key, name), links, directives)


@pytest.fixture
def linked(catalogue: Catalogue) -> tuple[Catalogue, int]:
    key = enter(catalogue)
    catalogue.graph.add(key, ((mention(index), ("n:60/QD-UBND",)) for index in (-1, 0, 1)))
    settle(catalogue, (link(-1), link(0), link(1)), (directive(),))
    return catalogue, key


def test_mentions_links_and_directives_are_read_back_as_they_were_written(linked: tuple[Catalogue, int]) -> None:
    catalogue, _ = linked
    assert catalogue.graph.mentions("n:60/QD-UBND") == (mention(-1), mention(0), mention(1))
    assert catalogue.answers.links(DOCUMENT.id) == {-1: link(-1), 0: link(0), 1: link(1)}
    assert catalogue.answers.directive("60-qd-ubnd-2023") == directive()
    assert list(catalogue.answers.citing("60-qd-ubnd-2023", -1, 0)) == [link(0), link(1)]


def test_a_settled_block_is_clean_and_its_documents_wait_for_their_edges(linked: tuple[Catalogue, int]) -> None:
    catalogue, key = linked
    assert catalogue.graph.dirty_count() == 0
    assert catalogue.graph.relinked(9) == [(key, DOCUMENT.id)]
    edge = Edge(
        source=None, target="60-qd-ubnd-2023", relation="repeals", asserted_by=DOCUMENT.id, index=0, partial=True
    )  # fmt: skip
    catalogue.graph.relate(key, (edge,))
    assert catalogue.answers.edges_to("60-qd-ubnd-2023", ("repeals",)) == (edge,)
    assert catalogue.answers.edges_to("60-qd-ubnd-2023", ("amends",)) == ()
    assert catalogue.graph.relinked(9) == []


def test_settling_the_same_again_writes_no_link(linked: tuple[Catalogue, int]) -> None:
    catalogue, key = linked
    catalogue.graph.relate(key, ())
    block = catalogue.graph.block(1, "n:60/QD-UBND")
    statements: list[str] = []
    catalogue._database.watch(statements.append)
    catalogue.graph.settle(block, (link(-1), link(0), link(1)), (directive(),))
    catalogue._database.watch(None)
    assert not [s for s in statements if "links" in s and not s.startswith("SELECT")]
    assert catalogue.graph.relinked(9) == []


def test_counters_follow_when_a_link_moves_and_a_forgotten_directive_goes(linked: tuple[Catalogue, int]) -> None:
    catalogue, _ = linked
    block = catalogue.graph.block(1, "n:60/QD-UBND")
    catalogue.graph.settle(block, (link(-1, None), link(0, "other"), link(1, "other")), (directive("other"),))
    assert catalogue.answers.directive("60-qd-ubnd-2023") is None
    assert [(d.id, documents, places) for d, documents, places in catalogue.answers.missing(-1, 0)] == [("other", 1, 2)]
    assert list(catalogue.contradictions()) == []


def test_a_document_that_goes_takes_its_links_and_counts_with_it(linked: tuple[Catalogue, int]) -> None:
    catalogue, _ = linked
    catalogue.files.drop(DOCUMENT.path)
    assert catalogue.remove_if_unheld(DOCUMENT.id)
    assert [name for _, name in catalogue.graph.dirty(9)] == ["n:60/QD-UBND"]
    settle(catalogue, (), ())
    assert catalogue.answers.counts() == (0, 0)
    assert catalogue._database.value("SELECT count(*) FROM blocks") == 0
    assert catalogue.outbox.take(0, 9) == codec_errands(remove=(DOCUMENT.id,), last=1)


def codec_errands(replace: tuple[str, ...] = (), remove: tuple[str, ...] = (), last: int = 0) -> object:
    from docsearch.catalogue.outbox import Errands

    return Errands(replace, remove, last)


def test_a_document_that_another_file_holds_stays(linked: tuple[Catalogue, int]) -> None:
    catalogue, _ = linked
    catalogue.files.put(file_record("/copy.txt", DOCUMENT.id))
    catalogue.files.drop(DOCUMENT.path)
    assert not catalogue.remove_if_unheld(DOCUMENT.id)
    assert list(catalogue.documents.ids()) == [DOCUMENT.id]


# --- the outbox -------------------------------------------------------------------------------------------------------


def test_the_outbox_gives_the_last_word_on_each_document(catalogue: Catalogue) -> None:
    for document, removed in (("a", False), ("b", False), ("a", True), ("c", True), ("c", False)):
        catalogue.outbox.put(document, removed=removed)
    assert catalogue.outbox.take(0, 99) == codec_errands(replace=("b", "c"), remove=("a",), last=5)


def test_a_cleared_outbox_goes_on_counting(catalogue: Catalogue) -> None:
    catalogue.outbox.put("a")
    catalogue.outbox.clear(1)
    catalogue.outbox.put("b")
    assert (catalogue.outbox.delivered(), catalogue.outbox.pending(), catalogue.outbox.last()) == (1, 1, 2)


def test_what_a_transaction_did_not_finish_never_happened(catalogue: Catalogue) -> None:
    with pytest.raises(RuntimeError), catalogue.transaction():
        enter(catalogue)
        catalogue.outbox.put(DOCUMENT.id)
        raise RuntimeError
    assert (catalogue.documents.totals(), catalogue.outbox.pending()) == ((0, 0, 0), 0)


# --- trust ------------------------------------------------------------------------------------------------------------


def test_an_older_catalogue_is_brought_up_to_date_and_keeps_its_facts(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    first = Database(path, migrations=schema.MIGRATIONS[:1])
    first.run("INSERT INTO meta VALUES ('engine', 'whoosh')")
    first.close()
    later = Database(path, migrations=(*schema.MIGRATIONS[:1], "ALTER TABLE meta ADD COLUMN note TEXT"))
    assert later.row("SELECT * FROM meta") == ("engine", "whoosh", None)
    assert later.value("PRAGMA user_version") == 2
    later.close()


def test_a_step_that_fails_leaves_the_catalogue_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    Database(path, migrations=schema.MIGRATIONS[:1]).close()
    with pytest.raises(LibraryError):
        Database(path, migrations=(*schema.MIGRATIONS[:1], "CREATE TABLE new (a); CREATE TABLE new (a)"))
    again = Database(path, migrations=schema.MIGRATIONS[:1])
    assert again.value("SELECT count(*) FROM sqlite_master WHERE name = 'new'") == 0
    again.close()


def test_a_catalogue_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    Database(path, migrations=(*schema.MIGRATIONS, "SELECT 1")).close()
    with pytest.raises(VersionMismatch, match=str(len(schema.MIGRATIONS) + 1)):
        Catalogue(path)


def test_a_file_that_is_no_database_is_damage(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").write_bytes(b"not a database at all " * 100)
    with pytest.raises(CatalogueDamaged):
        Catalogue(tmp_path / "catalogue.db")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (a)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(CatalogueDamaged, match="not one of docsearch"):
        Catalogue(path)
    assert path.read_bytes() == before


def test_contradictions_are_found(linked: tuple[Catalogue, int]) -> None:
    catalogue, _ = linked
    assert list(catalogue.contradictions()) == []
    for statement in ("UPDATE directives SET citing = 7", "DELETE FROM citations WHERE idx = 1", "DELETE FROM files"):
        catalogue._database.run(statement)
    assert {code for code, _, _ in catalogue.contradictions()} == {"counter-wrong", "citations-lost", "document-without-file"}
