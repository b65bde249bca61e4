from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.model import Fuzzy, Page, Query, Snippet, Span, Term, Unit, UnitKind
from docsearch.query import parse_query
from docsearch.snippet import snippets, unit_at, within
from docsearch.vietnamese import clean, words

PAPER = (
    """ỦY BAN NHÂN DÂN
HUYỆN SÔNG LỤC

Số: 60/QĐ-UBND

Căn cứ Nghị định số 108/2014/NĐ-
CP ngày 20 tháng 11 năm 2014 của Chính phủ về chính sách tinh giản biên chế;

Điều 1. Ban hành kế hoạch cải cách hành chính năm 2023 của huyện. Các phòng, ban tự kiểm tra
   việc hoà giải ở cơ sở; thủ tục hành chính phải công khai, minh bạch và từ chối mọi hồ sơ không
hợp lệ. """
    + "Trưởng các phòng chuyên môn chịu trách nhiệm thi hành quyết định này. " * 40
    + "\nĐiều 9. Hoà giải viên làm việc tự nguyện."
)


def marked(snippet: Snippet) -> list[str]:
    return [span.cut(snippet.text) for span in snippet.highlights]


def hits(typed: str, **more: int) -> list[list[str]]:
    return [marked(snippet) for snippet in snippets(PAPER, parse_query(typed), **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        pytest.param("cải cách", [["cải", "cách"]], id="words"),
        pytest.param('"cải cách hành chính"', [["cải cách hành chính"]], id="phrase-is-one-mark"),
        pytest.param('"thủ tục công khai"~3', [["thủ tục hành chính phải công khai"]], id="phrase-with-others-between"),
        pytest.param("hòa", [["hoà"], ["Hoà"]], id="tone-placed-otherwise"),
        pytest.param("từ", [["từ"]], id="exact-marks-no-folded-word"),
        pytest.param("60/qd-ubnd", [["60/QĐ-UBND"]], id="number"),
        pytest.param("108/2014/NĐ-CP", [["108/2014/NĐ- CP"]], id="number-over-a-line-end"),
        pytest.param("tinh* giarn~", [["tinh", "giản"]], id="prefix-and-fuzzy"),
        pytest.param("biên -huyện", [["biên"]], id="not-is-not-marked"),
        pytest.param("không-có-chữ-này", [], id="nothing"),
        pytest.param("năm:2023", [], id="a-condition-has-no-words"),
        pytest.param("", [], id="empty"),
    ],
)
def test_what_was_asked_is_marked(typed: str, wanted: list[list[str]]) -> None:
    assert hits(typed) == wanted


def test_a_word_alone_is_not_marked_beside_its_typed_company() -> None:
    text = "Nghị quyết của Chính phủ về cải cách thủ tục hành chính, thủ trưởng các đơn vị thi hành; chế độ báo cáo."
    (found,) = snippets(text, parse_query("thủ tục hành chính chế"))
    assert marked(found) == ["thủ", "tục", "hành", "chính", "chế"]
    (alone,) = snippets("Thủ trưởng các đơn vị của Chính phủ.", parse_query("thủ tục hành chính"))
    assert marked(alone) == ["Thủ", "Chính"]


@pytest.mark.parametrize("typed", ["kỹ thuật quý", "kĩ thuật quí", "ky thuat quy", "ki thuat qui", "kĩ* thuật quý*"])
def test_i_and_y_of_one_sound_are_marked_alike(typed: str) -> None:
    found = snippets("Đơn vị kĩ thuật báo cáo mỗi quí, phòng Kỹ thuật mỗi quý.", parse_query(typed))
    assert {word for snippet in found for word in marked(snippet)} == {"kĩ", "thuật", "quí", "Kỹ", "quý"}


def test_folded_words_are_marked_with_their_marks() -> None:
    assert {word for found in hits("tu") for word in found} == {"tự", "từ"}


def test_the_fragment_that_shows_most_comes_before_an_earlier_poorer_one() -> None:
    assert hits("tự nguyện hoà giải viên", most=1) == [["Hoà", "giải", "viên", "tự", "nguyện"]]


def test_words_that_stand_as_typed_are_preferred() -> None:
    text = "hành chính cải tiến cách làm. " + "x " * 300 + "cải cách hành chính."
    assert snippets(text, parse_query("cải cách hành chính"), most=1)[0].text.endswith("cải cách hành chính.")


def test_pages_are_named() -> None:
    middle, end = PAPER.index("Điều 1"), len(PAPER)
    pages = (Page(1, Span(0, middle)), Page(2, Span(middle, end)))
    assert [found.page for found in snippets(PAPER, parse_query("tinh giản"), pages=pages)] == [1]
    assert [found.page for found in snippets(PAPER, parse_query("hòa giải"), pages=pages)] == [2, 2]
    assert [found.page for found in snippets(PAPER, parse_query("hòa giải"))] == [None, None]


def test_fragments_stand_on_one_line_between_words() -> None:
    for found in snippets(PAPER, parse_query("hoà giải công khai"), width=90):
        assert "\n" not in found.text
        assert "  " not in found.text
        assert PAPER[found.span.start - 1].isspace()
        assert PAPER[found.span.end : found.span.end + 1].strip() == ""
        assert len(found.text) <= 90


def test_fragments_do_not_overlap() -> None:
    first, second = snippets(PAPER, parse_query("phòng"), width=120)
    assert first.span.end <= second.span.start


@given(
    st.text(alphabet="aăâàạ đtuhò -\n\t\u0301_1/.", max_size=300).map(clean),
    st.text(alphabet='aàạtuhòo đ"-*~1/', min_size=1, max_size=20),
    st.integers(1, 80),
)
def test_highlights_are_whole_words_of_the_text(text: str, typed: str, width: int) -> None:
    for found in snippets(text, parse_query(typed), width=width):
        assert found.text == " ".join(found.span.cut(text).split())
        assert found.highlights
        assert sorted(found.highlights, key=lambda span: span.start) == list(found.highlights)
        for span in found.highlights:
            assert 0 <= span.start < span.end <= len(found.text)
            assert not (found.text[: span.start][-1:].isalnum() or found.text[span.end :][:1].isalnum())
            assert words(span.cut(found.text))


def test_a_rare_word_among_frequent_ones_is_shown_with_them() -> None:
    text = "kế hoạch năm và quy chế của phòng. " * 2_000 + "Kế hoạch cải tạo năm nay. " + "kế hoạch năm. " * 2_000
    (found,) = snippets(text, parse_query("kế hoạch cải tạo năm nay"), most=1)
    assert {"Kế", "hoạch", "cải", "tạo", "năm", "nay"} <= set(marked(found))


def test_of_a_word_on_every_line_the_first_is_shown() -> None:
    text = "Quy chế của phòng.\n" * 50_000
    assert snippets(text, parse_query("quy chế"), most=1)[0].span.start == 0


def test_a_megabyte_is_no_burden() -> None:
    text = PAPER * (1_000_000 // len(PAPER))
    start = time.process_time()
    for typed in ("cải cách", "quyet dinh", '"thi hành quyết định"~5', "t*", "60/QĐ-UBND", "=không -có"):
        snippets(text, parse_query(typed))
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("text", "asked"), [("a" * 200_000 + " b", "b"), ("- " * 100_000 + "b", "b"), ("a " * 100_000, '"a b"~9')]
)
def test_odd_texts_take_no_longer(text: str, asked: str) -> None:
    start = time.process_time()
    snippets(text, parse_query(asked))
    assert time.process_time() - start < 2


def test_edits_are_letters_added_dropped_or_changed() -> None:
    assert all(within("chinh", other, 1) for other in ("chinh", "chin", "chinhs", "chjnh"))
    assert not any(within("chinh", other, 1) for other in ("chihn", "xchinhx", "ch"))
    assert within("chinh", "chihn", 2)


def test_a_near_miss_is_held_against_the_exact_key() -> None:
    query = Query(typed="", node=Fuzzy("từ", "exact", None, 1), match="exact")
    assert [marked(found) for found in snippets("tự và tư và đen", query)] == [["tự", "tư"]]


def test_a_word_of_signs_marks_nothing() -> None:
    assert snippets("a - b", Query(typed="-", node=Term("-"), match="folded")) == ()


# --- the part of the document -----------------------------------------------------------------------------------------


def unit(kind: UnitKind, label: str, start: int, end: int, parent: int | None) -> Unit:
    return Unit(kind=kind, label=label, title="", span=Span(start, end), parent=parent)


UNITS = (
    unit("chapter", "I", 10, 100, None),
    unit("article", "1", 20, 50, 0),
    unit("clause", "2", 30, 50, 1),
    unit("point", "đ", 40, 50, 2),
    unit("article", "2", 50, 80, 0),
    unit("appendix", "III", 100, 200, None),
    unit("heading", "II", 110, 160, 5),
    unit("clause", "1", 120, 150, 6),
    unit("article", "5", 170, 200, 5),
)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        (0, None),
        (10, "Chương I"),
        (25, "Điều 1"),
        (35, "khoản 2 Điều 1"),
        (45, "điểm đ khoản 2 Điều 1"),
        (79, "Điều 2"),
        (90, "Chương I"),
        (105, "Phụ lục III"),
        (130, "khoản 1 mục II Phụ lục III"),
        (155, "mục II Phụ lục III"),
        (165, "Phụ lục III"),
        (180, "Điều 5 Phụ lục III"),
        (500, None),
    ],
)
def test_the_innermost_part_is_named_as_the_law_does(place: int, wanted: str | None) -> None:
    assert unit_at(UNITS, place) == wanted
