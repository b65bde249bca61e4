from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import PAPER

from docsearch import readers
from docsearch.errors import LimitExceeded, ReadError
from docsearch.model import RawText


def rtf(body: str, head: str = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times New Roman;}}") -> bytes:
    return ("{\\rtf1" + head + body + "}").encode("latin-1")


def unicode(text: str) -> str:
    """Text as Word writes it: each letter beyond ASCII as \\u with a question mark for old programs."""
    return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text)


def read(data: bytes) -> RawText:
    return readers.read(Path("a.doc"), data)


def text_of(body: str, **more: str) -> str:
    return read(rtf(body, **more)).pages[0]


def test_unicode_text_is_read_line_by_line() -> None:
    raw = read(rtf("\\par ".join(map(unicode, PAPER.splitlines()))))
    assert raw.format == "rtf"
    assert raw.pages == (PAPER.strip(),)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"S\u7889\'e1 12", "Số 12"),
        (r"{\uc2 S\u7889\'e1\'e2} 12", "Số 12"),
        (r"{\uc0 S\u7889} 12", "Số 12"),
        (r"\uc1\u-10179?\u-8704?", "\U0001f600"),
        (r"a\~b\_c\-d\emdash e\line f\tab g", "a b-cd—e\nf\tg"),
        (r"\{a\\b\}", r"{a\b}"),
        (r"a\par" + "\nb\\\nc", "a\nb\nc"),
    ],
    ids=["one stand-in", "two stand-ins", "none", "beyond 16 bits", "signs", "escapes", "line ends"],
)
def test_letters(body: str, text: str) -> None:
    assert text_of(body) == text


def test_code_page_of_the_font_decides() -> None:
    head = r"\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset163 Times New Roman (Vietnamese);}}"
    assert text_of(r"{\f1 Nghi\'f2 \'f0i\'f2nh s\'f4\'ec} \f0 caf\'e9", head=head) == "Nghị định số café"


def test_capital_fonts_of_tcvn3_give_capitals() -> None:
    head = r"\ansi\ansicpg1252{\fonttbl{\f0\fnil .VnTime;}{\f1\fnil{\*\falt Courier New}.VnTimeH;}}"
    body = r"\f1 b\'e9 t\'b5i ch\'ddnh\par \f0 C\'e9ng h\'dfa x\'b7 h\'e9i ch\'f1 ngh\'dca Vi\'d6t Nam, \'a7\'e9c l\'cbp"
    raw = read(rtf(body, head))
    assert raw.pages == ("BỘ TÀI CHÍNH\nCộng hòa xã hội chủ nghĩa Việt Nam, Độc lập",)
    assert raw.notes == ("legacy-encoding:tcvn3",)


def test_tables_and_tables_in_cells() -> None:
    row = r"\trowd\cellx1\cellx2\cellx3\pard\intbl STT\cell T\u234?n\cell S\u7889?\cell\row"
    assert text_of(rf"Tr\u432?\u7899?c\par{row}{row}\pard Sau\par") == "Trước\nSTT\tTên\tSố\nSTT\tTên\tSố\nSau"
    inner = r"\pard\intbl\itap2 a\nestcell b\nestcell c\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables x\par}"
    assert text_of(rf"\trowd\cellx1{inner}\pard\intbl\itap1 d\cell\row\pard Sau\par") == "a\tb\tc\nd\nSau"


def test_list_numbers_fields_and_hidden_text() -> None:
    assert text_of(r"{\listtext 1.\tab}M\u7897?t\par") == "1.\tMột"
    assert text_of(r'a {\field{\*\fldinst HYPERLINK "http://x.vn"}{\fldrslt lu\u7853?t}} b') == "a luật b"
    raw = read(rtf(r"a{\v hidden}{\deleted old}b{\caps c}"))
    assert (raw.pages, raw.notes) == (("abC",), ("tracked-deletions:1",))


def test_notes_headers_and_text_boxes() -> None:
    note = r"{\super\chftn}{\footnote\pard{\super\chftn} \u272?\u227? s\u7917?a.\par}"
    box = r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt D\u7920? TH\u7842?O\par}}{\shprslt x}}"
    raw = read(rtf(rf"{{\header Trang\par}}{box}Lu\u7853?t{note} n\u259?m\par"))
    assert raw.pages == ("DỰ THẢO\nLuật[1] năm\n[1] Đã sửa.",)
    assert raw.furniture == ("Trang",)


def test_pictures_and_unknown_groups_are_passed_over() -> None:
    assert text_of(r"a{\pict\wmetafile8 0102ff}{\*\unheard b}{\object{\*\objdata 01}{\result c}}" + "\\bin3 }}}d") == "acd"


def test_cut_file_is_read_as_far_as_it_goes() -> None:
    raw = read(rtf(r"\pard Một".replace("ộ", r"\u7897?") + r"\par{\b Hai")[:-1])
    assert raw.pages == ("Một\nHai",)
    assert raw.notes == ("cut-short",)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="nested too deeply"):
        read(rtf("{" * 20_000 + "a" + "}" * 20_000))


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32), body=st.text(alphabet="\\{}'uabcf 0123456789\r\n*~-\xff", max_size=200))
def test_any_marks_are_read_or_refused(seed: int, body: str) -> None:
    chance = random.Random(seed)
    data = bytearray(rtf(rf"\trowd a\cell b\row{{\footnote c}}{body}\par d"))
    data[chance.randrange(6, len(data))] = chance.randrange(256)
    try:
        assert read(bytes(data)).pages
    except ReadError as error:
        assert "\n" not in str(error)
