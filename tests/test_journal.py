"""What people decide is kept: on the disk at once, beside the index, through crashes and through the loss of the index."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from directives import filled, paper
from hypothesis import given
from hypothesis import strategies as st

from docsearch import library
from docsearch.errors import LibraryError, NotationError
from docsearch.journal import Journal, journal_of
from docsearch.model import Filters
from docsearch.saved import SavedSearches


def test_what_was_added_is_read_in_order(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl")
    assert list(journal.entries()) == []
    journal.append("search-saved", name="một", typed="đất")
    Journal(journal.path).append("search-forgotten", name="một")
    assert [(entry["what"], entry["name"]) for entry in journal.entries()] == [
        ("search-saved", "một"),
        ("search-forgotten", "một"),
    ]


@given(st.text(), st.dictionaries(st.sampled_from(["typed", "note"]), st.text()))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, name: str, facts: dict[str, str]) -> None:
    journal = Journal(tmp_path_factory.mktemp("j") / "j.jsonl")
    name = name.encode("utf-8", "replace").decode()
    facts = {key: value.encode("utf-8", "replace").decode() for key, value in facts.items()}
    journal.append("any", name=name, **facts)
    (entry,) = journal.entries()
    assert {key: entry[key] for key in ("name", *facts)} == {"name": name, **facts}


def test_a_line_cut_off_by_a_crash_is_passed_over_and_the_next_stands_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl")
    journal.append("a", name="1")
    whole = journal.path.read_bytes()
    journal.append("b", name="2")
    journal.path.write_bytes(journal.path.read_bytes()[: len(whole) + 20])
    journal.append("c", name="3")
    assert [entry["what"] for entry in journal.entries()] == ["a", "c"]


def test_lines_of_other_kinds_and_damage_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    path.write_bytes(b'\xff\xfe\n[]\n{"what": 1}\n\n{"what": "tag-put", "name": "x"}\n')
    assert [entry["what"] for entry in Journal(path).entries()] == ["tag-put"]
    assert SavedSearches(Journal(path)).all() == {}


def test_only_ever_added_to(tmp_path: Path) -> None:
    searches = SavedSearches(Journal(tmp_path / "j.jsonl"))
    sizes = [0]
    searches.save("a", "đất")
    for act in (lambda: searches.save("a", "rừng"), lambda: searches.forget("a"), lambda: searches.save("b", "x")):
        before = (tmp_path / "j.jsonl").read_bytes()
        act()
        assert (tmp_path / "j.jsonl").read_bytes().startswith(before)
        sizes.append(len(before))
    assert sizes == sorted(set(sizes))


def test_a_place_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        Journal(tmp_path / "none" / "j.jsonl").append("a")
    with pytest.raises(LibraryError):
        list(Journal(tmp_path).entries())


# --- saved searches ---------------------------------------------------------------------------------------------------


def test_a_search_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    searches = SavedSearches(Journal(tmp_path / "j.jsonl"))
    filters = Filters(doctypes=("KH",), years=(2023,), issued_from="2023-01")
    searches.save("  cải   cách ", "hành chính", filters=filters, match="folded", sort="-date")
    kept = searches.get("cải cách")
    assert kept is not None
    assert (kept.name, kept.typed, kept.filters, kept.match, kept.sort) == (
        "cải cách", "hành chính", filters, "folded", "-date",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_a_search_needs_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotationError):
        SavedSearches(Journal(tmp_path / "j.jsonl")).save(name, "x")


def test_conditions_of_a_later_version_are_passed_over(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl")
    journal.append("search-saved", name="a", typed="x", filters={"doctypes": ["KH"], "moods": ["good"]})
    kept = SavedSearches(journal).get("a")
    assert kept and kept.filters == Filters(doctypes=("KH",))


def test_forgetting(tmp_path: Path) -> None:
    searches = SavedSearches(Journal(tmp_path / "j.jsonl"))
    searches.save("a", "x")
    assert (searches.forget("a"), searches.forget("a"), searches.get("a")) == (True, False, None)


def test_news_are_what_was_not_shown_before_even_when_the_index_is_made_anew(tmp_path: Path) -> None:
    with filled(tmp_path) as archive:
        kept = archive.searches.save("một cửa", "hành chính")
        fresh, total = archive.news(kept)
        assert len(fresh) == total == 4
        archive.searches.mark_seen(kept, fresh)
        assert archive.news(archive.searches.all()["một cửa"]) == ((), 4)
    shutil.rmtree(tmp_path / "index")
    text = paper("99/TB-UBND", 1, 8, 2024, "THÔNG BÁO", "Kết luận về cải cách hành chính", "1. Rà soát.")
    (tmp_path / "papers" / "new.txt").write_text(text, encoding="utf-8")
    with library.open(tmp_path / "index", create=True) as archive:
        archive.index([tmp_path / "papers"], workers=1)
        fresh, total = archive.news(archive.searches.all()["một cửa"])
        card = archive.catalogue.documents.card(fresh[0])
        assert (len(fresh), total, card and card.number) == (1, 5, "99/TB-UBND")


def test_saving_anew_forgets_what_was_seen(tmp_path: Path) -> None:
    searches = SavedSearches(Journal(tmp_path / "j.jsonl"))
    searches.mark_seen(searches.save("a", "x"), ["0" * 64])
    assert searches.save("a", "y").seen == frozenset()


def test_what_was_seen_is_written_once(tmp_path: Path) -> None:
    searches = SavedSearches(Journal(tmp_path / "j.jsonl"))
    kept = searches.save("a", "x")
    searches.mark_seen(kept, ["0" * 64, "1" * 64])
    searches.mark_seen(searches.all()["a"], ["1" * 64, "2" * 64])
    searches.mark_seen(searches.all()["a"], ["1" * 64])
    lines = [json.loads(line) for line in (tmp_path / "j.jsonl").read_text("utf-8").splitlines()]
    assert [entry.get("documents") for entry in lines] == [None, ["0" * 12, "1" * 12], ["2" * 12]]


def test_the_journal_stands_beside_the_index_and_not_in_it(tmp_path: Path) -> None:
    with filled(tmp_path) as archive:
        archive.searches.save("a", "x")
    assert journal_of(tmp_path / "index") == tmp_path / "index.journal.jsonl"
    assert (tmp_path / "index.journal.jsonl").is_file()
    assert not list((tmp_path / "index").rglob("*.jsonl"))
