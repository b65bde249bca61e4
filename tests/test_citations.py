"""Citations as a whole: records, anaphora, aliases, and what must not change a result."""

from __future__ import annotations

import gc
import unicodedata

import pytest

from docsearch.citations import find_citations
from docsearch.model import Citation, Fact, Findings, Metadata
from docsearch.registry import doctypes
from docsearch.vietnamese import clean

REPORT = (
    "Thực hiện Công văn số 228/SNV-TCBC ngày 22/02/2022 của Sở Nội vụ tỉnh Hải Sơn; Nghị định số 143/2020/NĐ-CP ngày 10/12/2020 "
    "của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 108/2014/NĐ-CP; Chỉ thị số 16-CT/TU ngày 30/12/2021 của Ban "
    "Thường vụ Tỉnh ủy; Luật Tổ chức chính quyền địa phương ngày 19/6/2015. Các văn bản số 1407/UBND-NC và số 1446/UBND-NC."
)


def told(findings: Findings) -> list[tuple[str | None, ...]]:
    return [(c.doctype, c.number, c.name, c.issued) for c in findings.citations]


def one(text: str) -> Citation:
    (citation,) = find_citations(text).citations
    return citation


def test_spans_cut_the_words() -> None:
    for citation in find_citations(REPORT).citations:
        assert citation.span.cut(REPORT) == citation.text
        if citation.number_span:
            assert citation.number_span.cut(REPORT) == citation.number
        if citation.issued_span:
            assert citation.issued_span.cut(REPORT)[-4:].isdigit()


@pytest.mark.parametrize(
    "copy",
    [
        lambda text: clean(unicodedata.normalize("NFD", text)),
        lambda text: clean(text.replace("Đ", "Ð")),
        lambda text: clean(text.replace(" ", "\xa0")),
        lambda text: clean(text.replace("/", "/\u200b")),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace("; ", ";\n\n**").replace(" ngày", "** ngày"),
        lambda text: text.replace("-", "\u2013"),
    ],
    ids=["decomposed", "eth", "no-break-space", "zero-width", "line-breaks", "emphasis", "en-dash"],
)
def test_another_writing_says_the_same(copy: object) -> None:
    assert callable(copy)
    assert told(find_citations(copy(REPORT))) == told(find_citations(REPORT))


def test_capitals_say_the_same_numbers_and_dates() -> None:
    upper = find_citations(REPORT.upper()).citations
    assert [(c.doctype, str(c.number).upper(), c.issued) for c in upper] == [
        (c.doctype, str(c.number).upper(), c.issued) for c in find_citations(REPORT).citations
    ]


def test_findings_are_the_same_each_time() -> None:
    assert find_citations(REPORT) == find_citations(REPORT)


def test_a_text_twice_gives_each_mention_twice() -> None:
    assert len(find_citations(REPORT + "\n\n" + REPORT).citations) == 2 * len(find_citations(REPORT).citations)


def test_own_number_from_metadata_is_not_cited() -> None:
    own = Metadata(number=Fact("60/QĐ-UBND", None, "file-name"), issued=Fact("2023-02-06", None, "place-line"))
    text = "(Kèm theo Quyết định số 60/QĐ-UBND ngày 06/02/2023); Quyết định số 60/QĐ-UBND ngày 05/3/2021 của Ủy ban nhân dân tỉnh"
    found = find_citations(text, own=own)
    assert [c.issued for c in found.citations] == ["2021-03-05"]
    assert [a.kind for a in found.anaphora] == ["self"]


def test_this_decision_is_the_document() -> None:
    own = Metadata(doctype=Fact("Quyết định", None, "title"))
    (anaphor,) = find_citations("Quyết định này có hiệu lực kể từ ngày ký.", own=own).anaphora
    assert (anaphor.text, anaphor.kind, anaphor.target) == ("Quyết định này", "self", None)


def test_this_plan_in_a_decision_is_its_annex() -> None:
    own = Metadata(doctype=Fact("Quyết định", None, "title"))
    (anaphor,) = find_citations("Các sở, ngành thực hiện Kế hoạch này.", own=own).anaphora
    assert anaphor.kind == "self"


def test_this_decree_in_a_report_is_the_decree_cited_before() -> None:
    own = Metadata(doctype=Fact("Báo cáo", None, "title"))
    found = find_citations("Theo Nghị định số 108/2014/NĐ-CP thì đối tượng của Nghị định này gồm cán bộ.", own=own)
    assert [(a.kind, a.target) for a in found.anaphora] == [("antecedent", 0)]


@pytest.mark.parametrize("words", ["nêu trên", "nói trên", "kể trên", "trên"])
def test_the_plan_above_is_the_last_plan_cited(words: str) -> None:
    text = f"Thực hiện Kế hoạch số 97/KH-UBND và Công văn số 12/SNV-TC, các đơn vị báo cáo theo Kế hoạch {words}."
    (anaphor,) = find_citations(text).anaphora
    assert (anaphor.kind, anaphor.target) == ("antecedent", 0)


def test_without_an_antecedent_it_stays_unresolved() -> None:
    (anaphor,) = find_citations("Thực hiện Kế hoạch nêu trên.").anaphora
    assert (anaphor.kind, anaphor.target) == ("unresolved", None)


@pytest.mark.parametrize(
    "text", ["đăng thông báo trên mạng", "theo quy định trên địa bàn tỉnh", "khoản này, Điều này, Chương này"]
)
def test_other_words_point_to_nothing(text: str) -> None:
    assert find_citations(text).anaphora == ()


@pytest.mark.parametrize(
    ("bracket", "words"),
    [
        ("(sau đây gọi tắt là Nghị định số 57)", "Nghị định số 57"),
        ("(sau đây viết tắt là Nghị định 57/2020)", "Nghị định 57/2020"),
        ("(gọi tắt là “Nghị định 57”)", "Nghị định 57"),
        ("(sau đây gọi là Nghị định số 57/2020/NĐ-CP)", "Nghị định số 57/2020/NĐ-CP"),
    ],
)
def test_short_name_is_an_alias_of_the_paper_before(bracket: str, words: str) -> None:
    text = f"Nghị định số 57/2020/NĐ-CP ngày 25/5/2020 sửa đổi Nghị định số 122/2016/NĐ-CP về biểu thuế {bracket} quy định"
    (alias,) = find_citations(text).aliases
    assert (alias.text, alias.target) == (words, 0)
    assert alias.span.cut(text) == words


def test_short_name_of_an_office_is_no_alias() -> None:
    assert find_citations("Nghị định số 57/2020/NĐ-CP giao Sở Nội vụ (sau đây gọi tắt là Sở) chủ trì").aliases == ()


@pytest.mark.parametrize("number", [n for kind in doctypes() if kind.kind == "directive" for n in kind.examples])
def test_each_example_of_the_table_is_cited(number: str) -> None:
    kind = next(kind for kind in doctypes() if number in kind.examples)
    citation = one(f"theo {kind.name} số {number} của")
    assert (citation.doctype, citation.number) == (kind.name, number)


@pytest.mark.parametrize("number", [n for kind in doctypes() if kind.kind != "directive" for n in kind.examples])
def test_each_look_alike_of_the_table_is_not_cited(number: str) -> None:
    assert find_citations(f"theo hồ sơ số {number} của").citations == ()


def test_type_names_and_symbols_are_unique() -> None:
    names = [kind.name for kind in doctypes()]
    assert len(names) == len(set(names))


def test_type_against_symbol_is_flagged() -> None:
    assert one("Công văn số 7886/HD-BNV ngày 14/9/2025 của").flags == ("type-mismatch",)


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_of_garbage_is_left_as_it_was(was_on: bool) -> None:
    try:
        gc.enable() if was_on else gc.disable()
        find_citations("Căn cứ Nghị định số 108/2014/NĐ-CP;")
        assert gc.isenabled() == was_on
    finally:
        gc.enable()


def test_reading_makes_no_cycles_of_garbage() -> None:
    text = "Căn cứ Nghị định số 108/2014/NĐ-CP của Chính phủ và Quyết định số 60/QĐ-UBND; Quyết định này thay thế. " * 50
    find_citations(text)
    gc.collect()
    kept = find_citations(text)
    assert gc.collect() < len(kept.citations)
