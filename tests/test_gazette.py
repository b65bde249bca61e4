"""The header of a gazette page inside a sentence changes nothing but offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.citations import find_citations
from docsearch.citations.gazette import without_headers

TEXT = (
    "Căn cứ điểm a khoản 2 Điều 59 Luật Bảo hiểm xã hội số 41/2024/QH15 ngày 29 tháng 6 năm 2024;\n"
    "Căn cứ Thông tư số 31/2009/TT-BLĐTBXH ngày 09 tháng 9 năm 2009 của Bộ trưởng Bộ Lao động - Thương binh và Xã hội sửa đổi, "
    "bổ sung một số điều của Thông tư số 12/2007/TT-BLĐTBXH;\n"
)
HEADERS = [
    "\nCÔNG BÁO/Số 1459 + 1460/Ngày 19-10-2025\n",
    " \n \n \n \nCÔNG BÁO/Số 282/Ngày 23-05-2026 \n15\n \n \n",
    "\n \n16 \nCÔNG BÁO/Số 289 + 290/Ngày 10-4-2022 \n  \n",
]


def told(text: str) -> list[tuple[object, ...]]:
    return [
        (c.doctype, c.number, c.name, c.issued, c.issuer, c.pinpoint, c.relation, c.nested_in)
        for c in find_citations(text).citations
    ]


@pytest.mark.parametrize("header", HEADERS, ids=["alone", "page-below", "page-above"])
def test_a_header_between_any_two_words_changes_nothing(header: str) -> None:
    expected = told(TEXT)
    places = [at for at, sign in enumerate(TEXT) if sign == " "]
    for at in places:
        assert told(TEXT[:at] + header + TEXT[at + 1 :]) == expected, TEXT[at - 20 : at + 20]


@pytest.mark.parametrize("header", HEADERS, ids=["alone", "page-below", "page-above"])
def test_spans_cut_the_words_that_stand_in_the_text(header: str) -> None:
    text = TEXT.replace("Luật Bảo hiểm", f"Luật Bảo{header}hiểm").replace("Bộ trưởng Bộ", f"Bộ trưởng{header}Bộ")
    first, second, _ = find_citations(text).citations
    assert first.text == first.span.cut(text)
    assert (first.text.split()[0], first.text.split()[-1]) == ("Luật", "2024")
    assert first.pinpoint_span is not None
    assert first.pinpoint_span.cut(text) == "điểm a khoản 2 Điều 59"
    assert second.issuer_span is not None
    assert second.issuer_span.cut(text).split()[-1] == "hội"


def test_a_mention_that_ends_a_page_does_not_reach_over_the_header() -> None:
    text = f"theo Nghị định số 61/2018/NĐ-CP{HEADERS[1]}Điều 2. Đối tượng"
    (found,) = find_citations(text).citations
    assert found.text == "Nghị định số 61/2018/NĐ-CP"


def test_a_text_without_headers_is_the_same_object() -> None:
    assert without_headers(TEXT)[0] is TEXT


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*HEADERS, "Nghị định ", "số 61/2018/NĐ-CP", "\n", "12\n", "CÔNG BÁO/Số", "xã hội. "]), max_size=14)
)
def test_each_kept_character_is_found_again(parts: list[str]) -> None:
    text = "".join(parts)
    short, cuts = without_headers(text)
    assert [text[cuts.start(at)] for at in range(len(short))] == list(short)
    assert all(cuts.end(at) <= cuts.start(at) for at in range(1, len(short)))
