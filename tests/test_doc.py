from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest
import sample_office as office
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import PAPER

from docsearch import readers
from docsearch.errors import BrokenFile, ReadError
from docsearch.model import RawText

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"


def read(data: bytes, name: str = "a.doc") -> RawText:
    return readers.read(Path(name), data)


def text_of(*runs: str | tuple[str, object], **more: object) -> str:
    return read(office.doc(*runs, **more)).pages[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a.doc", "a.txt", "a.pdf", "a"])
def test_paragraphs_are_lines(name: str) -> None:
    raw = read(office.doc(*(f"{line}\r" for line in PAPER.splitlines()), wide=True), name)
    assert raw.format == "doc"
    assert raw.pages == (PAPER.strip(),)


def test_text_of_eight_bits_is_read() -> None:
    assert text_of("Kinh g\xfdi \x93ban\x94\r", wide=False) == "Kinh gýi “ban”"


def test_table_rows_are_lines_and_columns_of_a_letterhead_are_not_mixed() -> None:
    def cell(text: str) -> tuple[str, object]:
        return f"{text}\a", ((office.IN_TABLE, 1),)

    end = ("\a", office.ROW)
    assert text_of("Bảng\r", cell("STT"), cell("Tên"), cell("Số"), end, cell("1"), cell("Xã A"), cell("12"), end, "Hết\r") == (
        "Bảng\nSTT\tTên\tSố\n1\tXã A\t12\nHết"
    )
    assert text_of(cell("UBND HUYỆN\vSố: 1/BC"), cell("CỘNG HÒA"), end, "Hết\r") == "UBND HUYỆN\nSố: 1/BC\nCỘNG HÒA\nHết"


def test_field_shows_its_result_and_not_its_instruction() -> None:
    link = '\x13 HYPERLINK "http://example.vn" \\h \x14Nghị định\x15'
    assert text_of(f"Xem {link} này\r") == "Xem Nghị định này"
    assert text_of("Xem \x13 IF \x13 DATE \x141\x15 > 0 \x14đúng\x15.\r") == "Xem đúng."


def test_field_that_a_damaged_file_leaves_open_does_not_swallow_the_text() -> None:
    assert text_of("Xem \x13 PAGE \rĐiều 1.\rĐiều 2.\r") == "Xem\nĐiều 1.\nĐiều 2."


def test_deleted_and_hidden_text_is_left_out_and_deletions_are_noted() -> None:
    raw = read(
        office.doc(
            "Số ",
            ("12", [(office.DELETED, 1)]),
            "13",
            (" nháp", [(office.HIDDEN, 1)]),
            ("/bc", [(office.CAPITALS, 1)]),
            "-UBND\r",
        )
    )
    assert raw.pages == ("Số 13/BC-UBND",)
    assert raw.notes == ("tracked-deletions:1",)


def test_automatic_numbers_are_written() -> None:
    lists = office.word_lists((1, 0, "Điều \0."), (1, 4, "\1)"))
    first, second = ((office.LIST, 1), (office.LEVEL, 0)), ((office.LIST, 1), (office.LEVEL, 1))
    text = text_of(
        ("Phạm vi\r", first),
        ("một\r", second),
        ("hai\r", second),
        ("Đối tượng\r", first),
        ("ba\r", second),
        "Hết\r",
        tables=lists,
    )
    assert text.splitlines() == ["Điều 1. Phạm vi", "a) một", "b) hai", "Điều 2. Đối tượng", "a) ba", "Hết"]


def test_footnote_stands_after_the_text_and_its_mark_in_brackets() -> None:
    body, note = "Luật Đất đai\x02 năm\r", "\x02 Đã được sửa đổi.\r"
    tables = {2: struct.pack("<IIH", 12, len(body), 1), 3: struct.pack("<II", 0, len(note))}
    assert text_of(body, note, lengths=(len(note),), tables=tables) == "Luật Đất đai[1] năm\n[1] Đã được sửa đổi."


def test_text_box_stands_where_its_shape_hangs() -> None:
    body, box = "Một\r\x08Hai\r", "DỰ THẢO\r"
    shape = struct.pack("<II", 4, len(body)) + struct.pack("<I", 1025).ljust(26, b"\0")
    boxes = struct.pack("<II", 0, len(box)) + (b"\0" * 14 + struct.pack("<I", 1025)).ljust(22, b"\0")
    text = text_of(body, box, lengths=(0, 0, 0, 0, 0, len(box)), tables={40: shape, 56: boxes})
    assert text.splitlines() == ["Một", "DỰ THẢO", "Hai"]


def test_headers_are_furniture() -> None:
    body, header = "Điều 1.\r", "Trang đầu\r"
    places = struct.pack("<8I", *[0] * 7, len(header))
    raw = read(office.doc(body, header, lengths=(0, len(header)), tables={11: places}))
    assert (raw.pages, raw.furniture) == (("Điều 1.",), ("Trang đầu",))


def test_capital_fonts_of_tcvn3_give_capitals() -> None:
    small = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc".encode("cp1252").decode("latin-1")
    head = "bé tµi chÝnh".encode("cp1252").decode("latin-1")
    raw = read(
        office.doc((head, [(office.FONT, 1)]), "\r", (small, [(office.FONT, 0)]), "\r", wide=False, fonts=(".VnTime", ".VnTimeH"))
    )
    assert raw.pages == ("BỘ TÀI CHÍNH\nCộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc",)
    assert raw.notes == ("legacy-encoding:tcvn3",)


def test_optional_hyphens_are_no_letters() -> None:
    assert text_of("quy\x1fết định số 1\x1e2\r") == "quyết định số 1-2"


# --- damaged and hostile ----------------------------------------------------------------------------------------------

SOUND = office.doc(*(f"{line}\r" for line in PAPER.splitlines()))


def test_file_under_a_password_is_refused_by_name() -> None:
    with pytest.raises(BrokenFile, match="password"):
        read(office.doc("Điều 1.\r", flags=0x0300))


@pytest.mark.parametrize("length", [20, 600, 2048, len(SOUND) // 2])
def test_cut_file_is_broken(length: int) -> None:
    with pytest.raises(BrokenFile, match="cut short"):
        read(SOUND[:length])


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_flipped_file_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(SOUND)
    for _ in range(chance.choice([1, 4, 40])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        assert read(bytes(data)).pages
    except ReadError as error:
        assert "\n" not in str(error)


def test_what_a_file_holds_inside_does_not_say_what_it_is() -> None:
    message = office.compound({"__substg1.0_0037001F": "Báo cáo".encode("utf-16-le"), "__attach": {"WordDocument": b"x"}})
    assert readers.sniff(message, "a.doc") == "msg"


# --- real files -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.is_dir(), reason="real documents are not here")
def test_real_word_files_are_all_read() -> None:
    paths = [*SHARED.glob("doc_unicode/*.doc"), *SHARED.glob("doc_tcvn3/*.DOC"), *SHARED.glob("legacy_viparse/files/*.doc")]
    for path in paths:
        raw = readers.read(path)
        assert raw.format == "doc"
        assert len(raw.pages[0]) > 300, path.name
        assert not set("\x00\x01\x07\x13\x14\x15") & set(raw.pages[0])
