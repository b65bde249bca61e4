from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from docsearch import library
from docsearch.attempts import attempts
from docsearch.engines import ENGINES
from docsearch.errors import NotationError, VersionMismatch
from docsearch.library import Library
from docsearch.model import Answer, Filters, Term
from docsearch.query import parse_query

FORM = """ỦY BAN NHÂN DÂN
{office}
-------
Số: {number}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Sông Lục, ngày {day} tháng {month} năm {year}

{doctype}
{title}

{body}

Nơi nhận:
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Hoà
"""

PAPERS: tuple[dict[str, object], ...] = (
    {
        "office": "HUYỆN SÔNG LỤC", "number": "12/KH-UBND", "day": "10", "month": "02", "year": 2023, "doctype": "KẾ HOẠCH",
        "title": "Cải cách hành chính năm 2023",
        "body": "Thực hiện Kế hoạch số 05/KH-UBND ngày 05 tháng 01 năm 2023 của Ủy ban nhân dân tỉnh Hải Lăng về cải cách hành "
        "chính, Ủy ban nhân dân huyện ban hành kế hoạch như sau: tự kiểm tra thủ tục.",
    },
    {
        "office": "TỈNH HẢI LĂNG", "number": "05/KH-UBND", "day": "05", "month": "01", "year": 2023, "doctype": "KẾ HOẠCH",
        "title": "Cải cách hành chính tỉnh Hải Lăng", "body": "Từ chối hồ sơ không hợp lệ; hoà giải ở cơ sở.",
    },
    {
        "office": "HUYỆN SÔNG LỤC", "number": "60/QĐ-UBND", "day": "06", "month": "03", "year": 2022, "doctype": "QUYẾT ĐỊNH",
        "title": "Về việc thành lập tổ công nghệ số cộng đồng", "body": "Theo tinh thần 77/CTr-XYZ của địa phương.",
    },
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("archive")
    papers = folder / "papers"
    papers.mkdir()
    for index, paper in enumerate(PAPERS):
        (papers / f"{index}.txt").write_text(FORM.format(**paper), "utf-8")
    with library.open(folder / "index", engine=request.param, create=True) as opened:
        assert opened.index([papers], workers=1).counts["new"] == len(PAPERS)
        yield opened


def numbers(answer: Answer) -> list[str | None]:
    return [hit.card.number for hit in answer.hits]


@pytest.mark.parametrize(
    ("typed", "wanted", "notes"),
    [
        pytest.param("cải cách hành chính", {"12/KH-UBND", "05/KH-UBND"}, (), id="marks"),
        pytest.param("cai cach hanh chinh", {"12/KH-UBND", "05/KH-UBND"}, (), id="no-marks"),
        pytest.param("hòa giải", {"05/KH-UBND"}, (), id="tone-placed-otherwise"),
        pytest.param("từ chối", {"05/KH-UBND"}, (), id="exact-finds-no-folded-word"),
        pytest.param("cái cách", {"12/KH-UBND", "05/KH-UBND"}, ("folded",), id="wrong-marks-are-given-up"),
        pytest.param("CAI CACH", {"12/KH-UBND", "05/KH-UBND"}, (), id="capitals"),
        pytest.param(unicodedata.normalize("NFD", "hoà giải"), {"05/KH-UBND"}, (), id="decomposed"),
        pytest.param("tư chôi", {"05/KH-UBND"}, ("tones",), id="marks-without-tones"),
        pytest.param("cai cách", {"12/KH-UBND", "05/KH-UBND"}, ("tones",), id="one-word-without-its-tone"),
        pytest.param("cair cachs hanhf chinhs", {"12/KH-UBND", "05/KH-UBND"}, ("keystrokes:cải cách hành chính",), id="telex"),
        pytest.param("cai3 cach1 hanh2", {"12/KH-UBND", "05/KH-UBND"}, ("keystrokes:cải cách hành",), id="vni"),
        pytest.param("thuwr tujc", {"12/KH-UBND"}, ("keystrokes:thử tục", "folded"), id="telex-with-a-slip"),
        pytest.param("=cái", set(), (), id="exact-is-not-given-up"),
        pytest.param("60/qd-ubnd", {"60/QĐ-UBND"}, (), id="number"),
        pytest.param("5/KH-UBND", {"05/KH-UBND", "12/KH-UBND"}, (), id="number-and-who-cites-it"),
        pytest.param("60/2022", {"60/QĐ-UBND"}, (), id="number-and-year"),
        pytest.param("dẫn:5/KH-UBND", {"12/KH-UBND"}, (), id="cites"),
        pytest.param("được-dẫn:12/KH-UBND", {"05/KH-UBND"}, (), id="cited-by"),
        pytest.param("loại:KH năm:2023 huyện", {"12/KH-UBND"}, (), id="type-and-year"),
        pytest.param('cơ-quan:"UBND huyện"', {"12/KH-UBND", "60/QĐ-UBND"}, (), id="issuer-by-its-short-name"),
        pytest.param('ký:"Nguyen Van Hoa" ngày:<2023', {"60/QĐ-UBND"}, (), id="signer-and-date"),
        pytest.param("công nghệ vũ trụ", {"60/QĐ-UBND", "12/KH-UBND", "05/KH-UBND"}, ("any-word",), id="any-word"),
        pytest.param("zzz", set(), (), id="nothing"),
        pytest.param('kế "hoạch (', {"12/KH-UBND", "05/KH-UBND"}, (), id="broken-typing"),
    ],
)
def test_a_typed_line_finds_its_papers(archive: Library, typed: str, wanted: set[str], notes: tuple[str, ...]) -> None:
    answer = archive.search(typed)
    assert answer.notes == notes
    if "any-word" in notes:
        assert numbers(answer)[0] == "60/QĐ-UBND"
    else:
        assert set(numbers(answer)) == wanted
        assert answer.total == len(wanted)


def test_the_paper_with_the_number_comes_before_those_that_cite_it(archive: Library) -> None:
    assert numbers(archive.search("05/KH-UBND")) == ["05/KH-UBND", "12/KH-UBND"]


LINES = ("hoà giải", "cải cách hành chính", "từ chối hồ sơ", "ky thuat", "thủ tục", "uỷ ban huyện", "tổ công nghệ số")
TYPINGS: dict[str, Callable[[str], str]] = {
    "decomposed": partial(unicodedata.normalize, "NFD"),
    "capitals": str.upper,
    "titles": str.title,
    "spaced": lambda line: "  " + line.replace(" ", " \u00a0 ") + " ",
    "invisible": lambda line: line.replace(" ", "\u200b \u00ad"),
    "tone-placed-otherwise": lambda line: line.replace("oà", "òa").replace("uỷ", "ủy"),
    "punctuated": lambda line: line.replace(" ", ", ") + ".",
}


@pytest.mark.parametrize("typing", TYPINGS)
@pytest.mark.parametrize("line", LINES)
def test_habits_of_typing_change_nothing(archive: Library, line: str, typing: str) -> None:
    as_usual, otherwise = archive.search(line), archive.search(TYPINGS[typing](line))
    assert [(hit.card.number, hit.score, hit.match) for hit in otherwise.hits] == [
        (hit.card.number, hit.score, hit.match) for hit in as_usual.hits
    ]
    assert (otherwise.total, otherwise.notes) == (as_usual.total, as_usual.notes)


def test_another_analysis_asks_for_a_rebuild_and_the_next_run_makes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "1.txt").write_text(FORM.format(**PAPERS[0]), "utf-8")
    with library.open(tmp_path / "index", create=True) as own:
        own.index([tmp_path / "1.txt"], workers=1)
    monkeypatch.setattr("docsearch.engines.form.ANALYSIS_VERSION", 0)
    with library.open(tmp_path / "index") as own:
        with pytest.raises(VersionMismatch, match="rebuild"):
            own.search("cải cách")
        own.index([tmp_path / "1.txt"], workers=1)
        assert own.search("cải cách").total == 1


def test_hits_tell_how_they_matched_and_show_it(archive: Library) -> None:
    exact, folded = archive.search("từ chối"), archive.search("tu choi")
    assert [hit.match for hit in exact.hits] == ["exact"]
    assert [hit.match for hit in folded.hits] == ["folded"]
    (snippet,) = exact.hits[0].snippets
    assert [span.cut(snippet.text) for span in snippet.highlights] == ["Từ", "chối"]
    assert archive.search("từ chối", snippets=0).hits[0].snippets == ()


def test_hits_name_the_parts_that_answer_best_where_asked(tmp_path: Path) -> None:
    articles = "Điều 1. Phạm vi\nQuy chế này nói về chợ.\nĐiều 2. Thu phí\nNgười bán hàng nộp phí theo ngày.\n"
    facts = {"office": "HUYỆN SÔNG LỤC", "number": "3/QĐ-UBND", "day": "01", "month": "03", "year": 2023, "doctype": "QUYẾT ĐỊNH"}
    (tmp_path / "1.txt").write_text(FORM.format(title="Quy chế chợ", body=articles, **facts), "utf-8")
    with library.open(tmp_path / "index", create=True) as own:
        own.index([tmp_path / "1.txt"], workers=1)
        (hit,) = own.search("nộp phí", units=True).hits
        (plain,) = own.search("nộp phí").hits
        text = own.catalogue.documents.text(hit.card.document)[0]
    assert plain.units == ()
    (part,) = hit.units
    assert (part.name, part.unit.title) == ("Điều 2", "Thu phí")
    assert part.snippet is not None
    assert "nộp phí" in part.snippet.span.cut(text)


def test_the_query_that_ran_is_in_the_answer(archive: Library) -> None:
    answer = archive.search("tữ")
    assert (answer.query.typed, answer.query.match, answer.query.node) == ("tữ", "folded", Term("tữ", "folded"))


def test_a_forced_comparison_is_not_given_up(archive: Library) -> None:
    assert archive.search("cái", match="exact").total == 0
    assert archive.search("cái", match="folded").total == 2


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        pytest.param(Filters(doctypes=("KH",)), {"12/KH-UBND", "05/KH-UBND"}, id="type"),
        pytest.param(Filters(doctypes=("ke hoach", "quyết định")), {"12/KH-UBND", "05/KH-UBND", "60/QĐ-UBND"}, id="types"),
        pytest.param(Filters(years=(2022,)), {"60/QĐ-UBND"}, id="year"),
        pytest.param(Filters(issued_from="2023-01-06"), {"12/KH-UBND"}, id="from"),
        pytest.param(Filters(issued_from="2022", issued_to="05/01/2023"), {"05/KH-UBND", "60/QĐ-UBND"}, id="from-to"),
        pytest.param(Filters(issuers=("ủy ban nhân dân tỉnh hải lăng",)), {"05/KH-UBND"}, id="issuer-whole"),
        pytest.param(Filters(issuers=("Sông Lục",)), {"12/KH-UBND", "60/QĐ-UBND"}, id="issuer-part"),
        pytest.param(Filters(cites=("05/KH-UBND",)), {"12/KH-UBND"}, id="cites"),
        pytest.param(Filters(cited_by=("12/KH-UBND",)), {"05/KH-UBND"}, id="cited-by"),
        pytest.param(Filters(cites=("999/QĐ-XX",)), set(), id="cites-nothing-known"),
        pytest.param(Filters(doctypes=("KH",), years=(2022,)), set(), id="all-must-hold"),
    ],
)
def test_filters_leave_what_they_say(archive: Library, filters: Filters, wanted: set[str]) -> None:
    answer = archive.search("", filters=filters, facets=("doctype",))
    assert set(numbers(answer)) == wanted
    assert sum(answer.facets["doctype"].values()) == len(wanted)


NEIGHBOUR = "Ủy ban nhân dân tỉnh Trà Vinh"


@pytest.fixture(scope="module", params=ENGINES)
def renamed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A paper of a province before and of the one it went into after July 2025, and one of another."""
    folder = tmp_path_factory.mktemp("renamed")
    for province, number, year in (
        ("TRÀ VINH", "7/KH-UBND", 2023),
        ("VĨNH LONG", "8/KH-UBND", 2025),
        ("CÀ MAU", "9/KH-UBND", 2025),
    ):
        facts = {"number": number, "day": "05", "month": "08", "year": year, "doctype": "KẾ HOẠCH", "title": "Chuyển đổi số"}
        text = FORM.format(office=f"TỈNH {province}", body="Nội dung.", **facts)
        (folder / f"{number[0]}.txt").write_text(text, "utf-8")
    with library.open(folder / "index", engine=request.param, create=True) as opened:
        opened.index(sorted(folder.glob("*.txt")), workers=1)
        yield opened


@pytest.mark.parametrize(
    "typed", ['cơ-quan:"UBND tỉnh Trà Vinh"', 'cơ-quan:"ủy ban nhân dân tỉnh vĩnh long"', 'nơi:"Vĩnh Long" kế']
)
def test_an_office_is_found_under_its_old_and_new_names(renamed: Library, typed: str) -> None:
    answer = renamed.search(typed)
    assert set(numbers(answer)) == {"7/KH-UBND", "8/KH-UBND"}
    assert any(note.startswith("other-names:") for note in answer.query.notes)


@pytest.mark.parametrize("name", [NEIGHBOUR, NEIGHBOUR.replace("Trà Vinh", "Vĩnh Long"), "UBND tỉnh Vĩnh Long"])
def test_a_filter_for_an_office_takes_its_old_and_new_names(renamed: Library, name: str) -> None:
    answer = renamed.search("", filters=Filters(issuers=(name,)))
    assert set(numbers(answer)) == {"7/KH-UBND", "8/KH-UBND"}
    assert [note.partition(":")[0] for note in answer.notes] == ["other-names"]
    assert not renamed.search("", filters=Filters(issuers=(NEIGHBOUR.replace("Trà Vinh", "Cà Mau"),))).total > 1


@pytest.mark.parametrize(
    ("typed", "issuers"),
    [
        ('cơ-quan:"UBND tỉnh Trà Vinh"', ()),
        ('cơ-quan:"ủy ban nhân dân tỉnh trà vinh"', ()),
        ('nơi:"Trà Vinh" kế', ()),
        ("", (NEIGHBOUR,)),
        ("", ("UBND tỉnh Trà Vinh",)),
    ],
)
def test_an_office_is_found_under_the_name_typed_alone_where_that_is_asked(
    renamed: Library, typed: str, issuers: tuple[str, ...]
) -> None:
    answer = renamed.search(typed, filters=Filters(issuers=issuers, as_named=True))
    assert set(numbers(answer)) < {"7/KH-UBND", "8/KH-UBND"}
    assert len(answer.hits) == 1
    assert any(note.startswith("as-named:") for note in (*answer.query.notes, *answer.notes))
    assert [hit.card for hit in renamed.every(typed, filters=Filters(issuers=issuers, as_named=True))] == [answer.hits[0].card]


def test_a_saved_search_remembers_that_names_are_meant_as_typed(renamed: Library) -> None:
    kept = renamed.searches.save("cũ", 'cơ-quan:"UBND tỉnh Trà Vinh"', filters=Filters(as_named=True))
    assert len(renamed.news(kept)[0]) == 1
    assert renamed.search("kế", within=[kept]).total == 1


def test_a_date_that_is_none_is_an_error_of_the_caller(archive: Library) -> None:
    with pytest.raises(NotationError, match="hôm qua"):
        archive.search("", filters=Filters(issued_from="hôm qua"))


def test_sorting_and_paging(archive: Library) -> None:
    assert numbers(archive.search("", sort="date")) == ["60/QĐ-UBND", "05/KH-UBND", "12/KH-UBND"]
    assert numbers(archive.search("", sort="-date", limit=1, offset=1)) == ["05/KH-UBND"]
    assert numbers(archive.search("", sort="number")) == ["05/KH-UBND", "12/KH-UBND", "60/QĐ-UBND"]


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("cai", []),
        ("cai cach", ["any-word"]),
        ("cải", ["folded"]),
        ("cải cách", ["folded", "any-word", "folded any-word"]),
        ("60/QĐ-UBND", ["number-as-words"]),
        ("cải 60/QĐ-UBND", ["folded", "folded number-as-words", "number-as-words any-word", "folded number-as-words any-word"]),
        ("năm:2023", []),
        ("", []),
    ],
)
def test_each_step_gives_up_no_more_than_it_says(typed: str, steps: list[str]) -> None:
    assert [" ".join(codes) for _, codes in attempts(parse_query(typed))] == ["", *steps]


def test_a_forced_comparison_is_never_among_what_is_given_up() -> None:
    assert [codes for _, codes in attempts(parse_query("cải cách", match="exact"), forced=True)] == [(), ("any-word",)]
