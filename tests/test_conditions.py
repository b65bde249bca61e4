"""Conditions that only the archive can answer, asked through the door on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from directives import filled, paper

from docsearch.delivery import level
from docsearch.engines import ENGINES
from docsearch.library import Library
from docsearch.model import Filters, Office

A, B, C, REPORT, PLAN = "10/2021/QĐ-UBND", "20/2022/QĐ-UBND", "30/2023/QĐ-UBND", "41/BC-UBND", "12/KH-UBND"


@pytest.fixture(scope="module", params=ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with filled(tmp_path_factory.mktemp("archive"), request.param) as opened:
        yield opened


def found(archive: Library, typed: str, filters: Filters | None = None) -> set[str | None]:
    return {hit.card.number for hit in archive.search(typed, filters=filters or Filters(), snippets=0).hits}


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        pytest.param(f"dẫn:{A}", {B, REPORT}, id="cites"),
        pytest.param(f"dẫn:{A}+", {B, C, REPORT, PLAN}, id="cites-it-or-what-changed-it"),
        pytest.param(f"dẫn:{B}+", {C, PLAN}, id="the-family-goes-forward-only"),
        pytest.param(f"dẫn-thay-thế:{A}", {C, PLAN}, id="cites-what-replaced-it"),
        pytest.param(f"cites-successor:{B}", set(), id="nothing-replaced-it"),
        pytest.param(f"được-dẫn:{PLAN}", {B}, id="cited-by"),
        pytest.param(f"thay-thế:{A}", {B}, id="replaces"),
        pytest.param("thay-thế:10-2021-qd-ubnd@thuan-giang", {B}, id="replaces-by-id"),
        pytest.param(f"dẫn:{A} cấp:huyện", {REPORT}, id="with-a-level"),
        pytest.param(f"-dẫn:{A}+ loại:QĐ", {A}, id="not-citing"),
        pytest.param("nơi:\"Bình Lạc\"", {REPORT, PLAN}, id="place"),
        pytest.param("cấp:tỉnh", {A, B, C}, id="level"),
        pytest.param("ký:(le thi suoi) nam:2023", {PLAN}, id="signer"),
        pytest.param("kính-gửi:\"hội đồng nhân dân\"", {PLAN}, id="addressee"),
        pytest.param("tình-trạng:hết hiệu lực", {A}, id="expired"),
        pytest.param("status:\"partly expired\"", {B}, id="partly-expired"),
        pytest.param("tình-trạng:còn hiệu lực loại:QĐ", {B, C}, id="in-force-as-far-as-is-known"),
        pytest.param("-tình-trạng:còn", {A}, id="not-in-force"),
        pytest.param("tinh-trang:chua", set(), id="not-yet"),
        pytest.param("\"rà soát hành chính\"~2", {PLAN}, id="near-each-other"),
    ],
)  # fmt: skip
def test_a_condition_leaves_the_papers_it_says(archive: Library, typed: str, wanted: set[str]) -> None:
    assert found(archive, typed) == wanted


@pytest.mark.parametrize(
    ("typed", "first", "others", "meant"),
    [
        ("quyết định số 10 năm 2021", A, {B, REPORT}, "10-2021-qd-ubnd@thuan-giang"),
        ("quyet dinh so 20 nam 2022 cua UBND tinh Thuan Giang", B, {C, PLAN}, "20-2022-qd-ubnd@thuan-giang"),
        ("báo cáo số 41", REPORT, set(), "41-bc-ubnd-2021@thuan-giang.binh-lac"),
    ],
)
def test_a_reference_in_words_is_searched_as_the_number_it_means(
    archive: Library, typed: str, first: str, others: set[str | None], meant: str
) -> None:
    answer = archive.search(typed, snippets=0)
    numbers = [hit.card.number for hit in answer.hits]
    assert numbers[0] == first and set(numbers[1:]) == others
    assert f"meant:{meant}" in answer.query.notes


@pytest.mark.parametrize("typed", ["quyết định 10", "quyết định số 10 năm 2031", "quản lý hồ sơ số 10"])
def test_words_with_digits_that_mean_no_paper_stay_words(archive: Library, typed: str) -> None:
    assert not any(note.startswith("meant:") for note in archive.search(typed, snippets=0).query.notes)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(levels=("huyện",)), {REPORT, PLAN}),
        (Filters(statuses=("hết hiệu lực", "hết một phần")), {A, B}),
        (Filters(statuses=("còn",), doctypes=("QĐ",)), {B, C}),
    ],
    ids=["level", "two-states", "state-and-type"],
)
def test_filters_say_the_same(archive: Library, filters: Filters, wanted: set[str]) -> None:
    assert found(archive, "", filters) == wanted


def test_the_counts_of_states_are_right_under_filters(archive: Library) -> None:
    answer = archive.search("", filters=Filters(doctypes=("QĐ",)), facets=("status", "level", "doctype"))
    assert dict(answer.facets["status"]) == {"expired": 1, "partly_expired": 1, "standing": 1}
    assert dict(answer.facets["level"]) == {"province": 3}


def test_a_suspended_paper_is_found_as_such(tmp_path: Path) -> None:
    stop = paper(
        "40/2024/QĐ-UBND", 2, 2, 2024, "QUYẾT ĐỊNH", "Ngưng hiệu lực Quyết định số 30/2023/QĐ-UBND",
        "Điều 1. Ngưng hiệu lực thi hành Quyết định số 30/2023/QĐ-UBND ngày 09/5/2023 của Ủy ban nhân dân tỉnh Thuận Giang.",
    )  # fmt: skip
    with filled(tmp_path) as archive:
        (tmp_path / "stop.txt").write_text(stop, encoding="utf-8")
        archive.index([tmp_path / "stop.txt"], workers=1)
        assert found(archive, "tình-trạng:ngưng") == {C}
        assert C not in found(archive, "tình-trạng:còn")
        assert dict(archive.search("", facets=("status",)).facets["status"])["suspended"] == 1


@pytest.mark.parametrize("number", [A, B, C])
def test_the_state_of_a_search_is_that_of_its_sheet(archive: Library, number: str) -> None:
    (sheet,) = archive.show(number)
    assert sheet.validity
    state = {"unknown": "standing", "in_force": "standing"}.get(sheet.validity.state, sheet.validity.state)
    assert number in found(archive, f'tình-trạng:"{state}"')


def test_earlier_results_are_searched_within(archive: Library) -> None:
    assert found(archive, "thủ tục") == {REPORT, PLAN}
    answer = archive.search('"kế hoạch" OR "báo cáo" OR "quy chế"', within=["thủ tục hành chính", "nam:2023"])
    assert {hit.card.number for hit in answer.hits} == {PLAN}


def test_within_asks_as_the_earlier_line_was_answered(archive: Library) -> None:
    """Its marks were wrong, so it was answered without them; the search within it must not come out empty."""
    assert archive.search("thù tục").notes == ("folded",)
    assert archive.search("rà soát", within=["thù tục"]).total == 2


def test_more_like_a_paper_are_those_that_share_its_words(archive: Library) -> None:
    hits = archive.search("", like=REPORT).hits
    assert hits[0].card.number == PLAN
    assert REPORT not in {hit.card.number for hit in hits}
    assert archive.search("", like="999/XYZ").total == 0


def test_every_hit_comes_in_the_order_of_the_pages(archive: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docsearch.search.CHUNK", 2)
    pages = [hit.card.number for page in range(3) for hit in archive.search("hành chính", limit=2, offset=2 * page).hits]
    assert [hit.card.number for hit in archive.every("hành chính")] == pages
    assert len(pages) == 4


def test_each_hit_says_why_it_matched(archive: Library) -> None:
    answer = archive.search("hoa giai 10/2021/QĐ-UBND", explain=True)
    (hit,) = answer.hits
    told = {(reason.asked, reason.field, reason.match) for reason in hit.reasons}
    assert {("hoa", "body", "folded"), ("giai", "body", "folded"), ("10/2021/QĐ-UBND", "cites", None)} <= told
    assert archive.search("hoà giải", explain=True).hits[0].reasons[0].match == "exact"
    assert archive.search("hoà giải").hits[0].reasons == ()


def test_a_fragment_names_the_part_of_the_paper(archive: Library) -> None:
    answer = archive.search('"chịu trách nhiệm thi hành"')
    assert [snippet.unit for snippet in answer.hits[0].snippets] == ["Điều 2"]


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("", "central"),
        ("vinh-long", "province"),
        ("vinh-long.cau-ke", "district"),
        ("vinh-long.xa-cau-ke", "commune"),
        ("vinh-long.cau-ke.chau-dien", "commune"),
        ("huyen-song-luc", "district"),
        ("xa-song-luc", "commune"),
        (None, ""),
    ],
)
def test_the_level_of_an_office_is_that_of_its_place(place: str | None, wanted: str) -> None:
    assert level(Office(code="ubnd", place=place)) == wanted
