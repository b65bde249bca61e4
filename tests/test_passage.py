"""The sentence around a citation: whole where it can be, cut at words where it cannot, the citation at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.model import Span
from docsearch.passage import CUT, REACH, sentence

CASES = {
    "stop": ("Đã họp xong. Căn cứ {NĐ 30}; Xét đề nghị.", "Căn cứ NĐ 30;"),
    "line breaks are spaces": ("Việc khác.\nThực hiện {NĐ\n30} của\nChính phủ.\nMục sau.", "Thực hiện NĐ 30 của Chính phủ."),
    "semicolon within": ("Theo {NĐ 30}; xét đề nghị.", "Theo NĐ 30; xét đề nghị."),
    "list item": ("Gồm:\n- Một việc {NĐ 30}\n- Hai việc", "- Một việc NĐ 30"),
    "numbered item": ("Gồm\n1. Một {NĐ 30}\n2. Hai", "1. Một NĐ 30"),
    "paragraph": ("Một đoạn\n\nĐoạn {NĐ 30} này\n\nđoạn nữa", "Đoạn NĐ 30 này"),
    "page break in a number": ("Theo {số 30/NĐ-\n\nCP} này.", "Theo số 30/NĐ- CP này."),
    "under a heading": ("Số: 6/NQ\nNGHỊ QUYẾT\nSửa đổi {NĐ 30} về phí\nHỘI ĐỒNG\nCăn cứ luật", "Sửa đổi NĐ 30 về phí"),
    "heading in capitals": ("KẾ HOẠCH\nTHỰC HIỆN {NĐ 30}\nVỀ PHÍ", "KẾ HOẠCH THỰC HIỆN NĐ 30 VỀ PHÍ"),
    "whole": ("{NĐ 30}", "NĐ 30"),
    "abbreviation before a small letter": ("Theo QĐ. số {NĐ 30} nêu", "Theo QĐ. số NĐ 30 nêu"),
}


@pytest.mark.parametrize(("marked", "wanted"), CASES.values(), ids=CASES)
def test_the_sentence_is_found(marked: str, wanted: str) -> None:
    start, end = marked.index("{"), marked.index("}") - 1
    words, highlight = sentence(marked.replace("{", "").replace("}", ""), Span(start, end))
    assert words == wanted
    assert highlight.cut(words) == " ".join(marked[start + 1 : end + 1].split())


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "một hai ba " * 200
    words, highlight = sentence(text, Span(1100, 1110))
    assert words.startswith(CUT)
    assert words.endswith(CUT)
    assert set(words.strip(CUT).split()) == {"một", "hai", "ba"}
    assert highlight.cut(words) == text[1100:1110]


@given(st.text(alphabet="aB. ;\n-1)ĐÀ…", max_size=900), st.integers(0, 900), st.integers(0, 40))
def test_the_citation_stands_where_the_highlight_says(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    span = Span(start, min(start + length, len(text)))
    words, highlight = sentence(text, span)
    assert " ".join(highlight.cut(words).split()) == " ".join(span.cut(text).split())
    assert len(words) <= 2 * REACH + length + 2
    assert "\n" not in words
