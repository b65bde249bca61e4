from __future__ import annotations

import gzip
import random
import unicodedata
from pathlib import Path

import pytest
import sample_files as files
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch import readers
from docsearch.errors import BrokenFile, LimitExceeded, ReadError, UnknownFormat
from docsearch.model import RawText
from docsearch.readers import Limits, sniff
from docsearch.readers.flow import raised, table_text
from docsearch.readers.layout import Line, PrintedPage, in_reading_order, take_furniture, take_stamps
from docsearch.readers.numbering import format_number

CASES = Path(__file__).parent / "cases" / "readers"
SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
PAPER = files.PAPER


def read(name: str, data: bytes, limits: Limits | None = None) -> RawText:
    return readers.read(Path(name), data, limits=limits)


def text_of(name: str, data: bytes) -> str:
    return "\n".join(read(name, data).pages)


# --- every reader -----------------------------------------------------------------------------------------------------

SOUND = {
    "paper.txt": PAPER.encode(),
    "marked.txt": PAPER.encode("utf-8-sig"),
    "wide.txt": PAPER.encode("utf-16"),
    "apart.txt": unicodedata.normalize("NFD", PAPER).encode(),
    "old.txt": unicodedata.normalize("NFD", PAPER.replace("Đ", "\0").replace("đ", "\1"))
    .replace("\0", "Đ")
    .replace("\1", "đ")
    .encode(),
    "paper.md": ("# Báo cáo\n\n" + PAPER).encode(),
    "paper.html": f"<html><body>{''.join(f'<p>{line}</p>' for line in PAPER.splitlines())}</body></html>".encode(),
    "paper.html.gz": gzip.compress(f"<p>{PAPER}</p>".encode()),
    "paper.docx": files.docx(files.paragraphs(PAPER)),
    "paper.pdf": files.paper_pdf(3),
    "dirty.txt": f"{PAPER}\0\x07\x1b[31m\u200b\ufeff\xad\x85\r\n".encode(),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_every_reader_hands_on(name: str) -> None:
    raw = read(name, SOUND[name])
    assert raw == read(name, SOUND[name])
    assert raw.format in readers.READERS
    assert raw.pages
    for text in (*raw.pages, *raw.furniture):
        assert unicodedata.is_normalized("NFC", text)
        assert not [char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"]
    assert "Kết quả cải cách hành chính quý I năm 2024" in "\n".join(raw.pages)
    assert "12/BC-UBND" in "\n".join(raw.pages)


@given(data=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.html", "a.docx", "a", "a.md"]))
def test_no_bytes_raise_anything_but_read_errors(data: bytes, name: str) -> None:
    try:
        assert read(name, data).pages
    except ReadError as error:
        assert "\n" not in str(error)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), name=st.sampled_from(["paper.docx", "paper.html", "paper.html.gz", "wide.txt"]))
def test_flipped_and_cut_files_are_read_or_refused(seed: int, name: str) -> None:
    chance = random.Random(seed)
    data = bytearray(SOUND[name])
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        assert read(name, bytes(data[: chance.randint(1, len(data))])).pages
    except ReadError as error:
        assert "\n" not in str(error)


HOSTILE = files.hostile()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_costs_one_line(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(name, HOSTILE[name], Limits(inflated_bytes=20_000_000))
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("empty.pdf", BrokenFile, "empty"),
        ("cut.pdf", BrokenFile, "cut short"),
        ("cut.docx", BrokenFile, "cut short"),
        ("bomb.docx", LimitExceeded, "inflates to more than 19 MiB"),
        ("bomb.txt.gz", LimitExceeded, "inflates to more than 19 MiB"),
        ("deep.docx", LimitExceeded, "nested too deeply"),
        ("laughs.docx", BrokenFile, "document type"),
        ("encrypted.pdf", BrokenFile, "password"),
        ("scanned.pdf", ReadError, "scanned"),
        ("wrong-name.docx", BrokenFile, "damaged or cut short"),
    ],
)
def test_reason_says_what_is_wrong(name: str, kind: type[ReadError], words: str) -> None:
    with pytest.raises(kind) as caught:
        read(name, HOSTILE[name], Limits(inflated_bytes=20_000_000))
    assert words in caught.value.reason


def test_a_file_that_is_not_there_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="No such file"):
        readers.read(tmp_path / "nowhere.txt")


def test_file_limits_hold(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("dài " * 1000)
    with pytest.raises(LimitExceeded, match="characters"):
        readers.read(path, limits=Limits(characters=1000))
    with pytest.raises(LimitExceeded, match="MiB"):
        readers.read(path, limits=Limits(file_bytes=1000))
    with pytest.raises(LimitExceeded, match="2 pages"):
        read("two.pdf", files.paper_pdf(2), Limits(pages=1))


# --- sniffing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.pdf", "empty"),
        (b"%PDF-1.4\n", "a.doc", "pdf"),
        (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", "a.bin", "pdf"),
        (SOUND["paper.docx"], "a.doc", "docx"),
        (SOUND["paper.docx"][:900], "a.docx", "docx"),
        (files.zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a.zip", "xlsx"),
        (files.zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, 0), "a.doc", "odt"),
        (files.zipped({"thư.txt": b"x"}), "a.docx", "zip"),
        (HOSTILE["wrong-name.docx"], "a.docx", "doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "office-encrypted"),
        (b"{\\rtf1\\ansi", "a.doc", "rtf"),
        (b"<div class='x'><p>C\xc4\x83n c\xe1\xbb\xa9</p></div>", "a.doc", "html"),
        ("\ufeff<html><body>Căn cứ</body></html>".encode("utf-16"), "a.txt", "html"),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", "a.xml", "html"),
        (b"<?xml version='1.0'?>\n<note/>", "a.txt", "xml"),
        (b"<div align='center'>\n\n# Tin", "README.md", "md"),
        ("Căn cứ <Luật>".encode(), "a.html", "txt"),
        ("Số: 12/QĐ-UBND".encode("utf-16-le"), "a.txt", "txt"),
        (b"From: a@b.vn\nTo: c@d.vn\nSubject: x\nMIME-Version: 1.0\n\nchao", "a.txt", "eml"),
        (b"Subject: Bao cao\n\nKinh gui", "a.txt", "txt"),
        (b'{"so": 12}', "a.json", "data"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.pdf", "png"),
        (b"\xff\xd8\xff\xe0", "scan.jpg", "jpeg"),
        (bytes(range(256)) * 4, "a.txt", "binary"),
    ],
)
def test_content_says_what_a_file_is(data: bytes, name: str, expected: str) -> None:
    assert sniff(data, name) == expected


def test_unknown_formats_are_named_for_people() -> None:
    for data, words in (
        (b"MZ\x90\x00", "a program"),
        (b"SQLite format 3\x00", "an SQLite database"),
        (b"\x7fELF", "a program"),
    ):
        with pytest.raises(UnknownFormat, match=words):
            read("a.doc", data)


# --- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    assert text_of("a.txt", PAPER.encode(encoding)) == PAPER


def test_text_is_kept_to_the_letter() -> None:
    text = "**BÁO CÁO**  \n\n\n  Kính gửi:\tUỷ ban; \n| a | b |\n"
    assert read("a.md", text.encode()).pages == (text,)
    assert read("a.txt", text.encode()).pages == (text,)


def test_form_feed_ends_a_page_and_keeps_offsets() -> None:
    text = "trang một\n\ftrang hai\n\f"
    raw = read("a.txt", text.encode())
    assert raw.pages == ("trang một\n", "trang hai\n")
    assert "\n".join(raw.pages).index("hai") == text.index("hai")


def test_windows_1258_is_read() -> None:
    apart = PAPER.translate({ord(char): _tone_apart(char) for char in set(PAPER)})
    raw = read("a.txt", apart.encode("cp1258"))
    assert raw.pages == (PAPER,)
    assert raw.notes == ("encoding:windows-1258",)


def _tone_apart(char: str) -> str:
    """The letter as Windows-1258 writes it: its tone, but not its other mark, is a character of its own."""
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        tone = next(part for part in parts[1:] if part in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone
    return char


def test_utf8_read_as_windows_1252_is_mended() -> None:
    spoiled = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in PAPER.encode())
    raw = read("a.txt", spoiled.encode())
    assert raw.pages == (PAPER,)
    assert raw.notes[0].startswith("mojibake-mended:")


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = PAPER.encode().replace(b" huy", b" \xff huy", 1)
    raw = read("a.txt", data)
    assert raw.pages[0].replace("\ufffd ", "") == PAPER
    assert raw.notes == ("undecodable:1",)


def test_null_bytes_are_taken_out_and_noted() -> None:
    raw = read("a.txt", b"S\xe1\xbb\x91: 12\x00/Q\xc4\x90-UBND " + b"x" * 200)
    assert raw.pages[0].startswith("Số: 12/QĐ-UBND")
    assert raw.notes == ("control-characters:1",)


# --- cases ------------------------------------------------------------------------------------------------------------

NUMBERING = """<w:abstractNum w:abstractNumId="5">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/><w:pStyle w:val="Dieu"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf02d"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="6"/></w:num>"""
STYLES = """<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Dieu"><w:basedOn w:val="Base"/></w:style>"""
FOOTNOTES = """<w:footnote w:id="0"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>Đã được sửa đổi.</w:t></w:r></w:p></w:footnote>"""


@pytest.mark.parametrize("case", sorted(CASES.glob("*.html")), ids=lambda path: path.stem)
def test_web_page_reads_as_it_shows(case: Path) -> None:
    assert read(case.name, case.read_bytes()).pages[0] + "\n" == case.with_suffix(".txt").read_text()


@pytest.mark.parametrize("case", sorted(CASES.glob("*.docx.xml")), ids=lambda path: path.stem)
def test_word_file_reads_as_word_shows_it(case: Path) -> None:
    data = files.docx(case.read_text(), numbering=NUMBERING, styles=STYLES, footnotes=FOOTNOTES)
    assert read("a.docx", data).pages[0] + "\n" == (CASES / case.name.replace(".docx.xml", ".txt")).read_text()


def test_empty_paragraphs_of_a_list_have_their_numbers_too() -> None:
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>'
    body = item.format("<w:r><w:t>một</w:t></w:r>") + item.format("") + item.format("<w:r><w:t>ba</w:t></w:r>")
    assert read("a.docx", files.docx(body, numbering=NUMBERING)).pages == ("1. một\n2.\n3. ba",)


def test_portal_chrome_and_foreign_tab_are_noted() -> None:
    raw = read("a.html", (CASES / "portal-page.html").read_bytes())
    assert [note.split(":")[0] for note in raw.notes] == ["foreign-tab-dropped", "chrome-dropped"]


def test_menu_and_footer_go_by_name_or_by_their_links() -> None:
    menu = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("Trang chủ", "Văn bản", "Thủ tục"))
    paper = "".join(f"<p>Điều {number}. Ban hành kèm theo Quyết định này Quy chế làm việc.</p>" for number in range(1, 20))
    page = f"<body><ul>{menu}</ul>{paper}<div id='chan-trang'>Lượt truy cập: 24/7</div></body>"
    assert text_of("a.html", page.encode()).splitlines() == [
        f"Điều {number}. Ban hành kèm theo Quyết định này Quy chế làm việc." for number in range(1, 20)
    ]


def test_linked_citations_stay() -> None:
    cited = "".join(
        f"<li>Căn cứ <a href='/{n}'>Nghị định số {n}/2020/NĐ-CP</a> ngày 05/3/2020 của Chính phủ;</li>" for n in range(1, 5)
    )
    assert text_of("a.html", f"<body><div class='menu'><ul>{cited}</ul></div></body>".encode()).count("Căn cứ") == 4


def test_word_headers_and_footers_are_furniture() -> None:
    page_number = "<w:p><w:r><w:t>2</w:t></w:r></w:p>"
    raw = read("a.docx", files.docx(files.paragraphs("Điều 1."), header1=files.paragraphs("DỰ THẢO"), footer2=page_number))
    assert raw.pages == ("Điều 1.",)
    assert raw.furniture == ("DỰ THẢO", "2")


def test_word_strict_files_are_read() -> None:
    strict = files.docx(files.paragraphs("Điều 1."), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read("a.docx", strict).pages == ("Điều 1.",)


def test_tracked_changes_are_noted() -> None:
    raw = read("a.docx", files.docx((CASES / "revisions.docx.xml").read_text(), footnotes=FOOTNOTES))
    assert raw.notes == ("tracked-deletions:3", "tracked-insertions:1")


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (27, "lowerLetter", "aa"),
        (5, "decimalZero", "05"),
        (3, "x", "3"),
    ],
)
def test_list_numbers_are_written_as_word_writes_them(value: int, form: str, expected: str) -> None:
    assert format_number(value, form) == expected


@pytest.mark.parametrize(
    ("before", "mark", "expected"),
    [
        ("Luật số 43/2019/QH14", "1", "[1]"),
        ("của Thông tư", "(12)", "[12]"),
        ("diện tích 30 m", "2", "2"),
        ("05 km", "2", "2"),
        ("mật độ 10", "3", "3"),
        ("ngày 29", "th", "th"),
    ],
)
def test_raised_number_is_a_note_or_a_power(before: str, mark: str, expected: str) -> None:
    assert raised(before, mark) == expected


def test_narrow_table_is_layout_and_wide_table_is_a_list() -> None:
    assert table_text([["UBND XÃ", "CỘNG HÒA"], ["Số: 1", "Ngày"]]) == "UBND XÃ\nCỘNG HÒA\nSố: 1\nNgày"
    assert table_text([["1", "a", "b"], ["2", "", "c"], ["", "", ""]]) == "1\ta\tb\n2\t\tc"


# --- PDF --------------------------------------------------------------------------------------------------------------

LETTERHEAD: list[files.Placed] = [
    (90, 770, "ỦY BAN NHÂN DÂN"),
    (90, 754, "HUYỆN AN LẠC"),
    (300, 770, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (330, 754, "Độc lập - Tự do - Hạnh phúc"),
    (90, 720, "Số: 12/KH-UBND"),
    (320, 720, "An Lạc, ngày 05 tháng 3 năm 2024"),
    (270, 680, "KẾ HOẠCH"),
    (100, 650, "Thực hiện Nghị quyết số 04/NQ-HĐND ngày 10 tháng 01 năm 2024 của Hội đồng"),
]


def test_two_columns_of_a_letterhead_are_read_one_after_the_other() -> None:
    assert text_of("a.pdf", files.pdf([LETTERHEAD])).splitlines() == [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN AN LẠC",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "An Lạc, ngày 05 tháng 3 năm 2024",
        "KẾ HOẠCH",
        "Thực hiện Nghị quyết số 04/NQ-HĐND ngày 10 tháng 01 năm 2024 của Hội đồng",
    ]


def test_blank_for_a_number_is_no_gap_between_columns() -> None:
    page: list[files.Placed] = [(90, 700, "Số:"), (160, 700, "/BC-UBND"), (90, 600, "ngày"), (160, 600, "tháng 6 năm 2023")]
    assert text_of("a.pdf", files.pdf([page])).splitlines() == ["Số: /BC-UBND", "ngày tháng 6 năm 2023"]


def test_row_of_three_cells_is_one_line() -> None:
    page: list[files.Placed] = [(60, 700, "1"), (120, 700, "Quyết định số 5/QĐ-UBND"), (400, 700, "Tháng 3")]
    assert text_of("a.pdf", files.pdf([page])) == "1\tQuyết định số 5/QĐ-UBND\tTháng 3"


def test_hyphen_at_a_line_end_stays_in_the_number() -> None:
    page: list[files.Placed] = [(60, 700, "Căn cứ Quyết định số 60/QĐ-"), (60, 684, "UBND ngày 06/02/2023 của Chủ tịch")]
    assert "60/QĐ-UBND" in text_of("a.pdf", files.pdf([page])).replace("-\n", "-")


def test_gazette_header_and_page_numbers_are_furniture() -> None:
    body: list[files.Placed] = [(60, 600, "Điều 5. Trách nhiệm"), (60, 584, "2. Sở Nội vụ")]
    pages: list[list[files.Placed]] = [
        [(200, 800, "CÔNG BÁO/Số 12 + 13/Ngày 05-3-2024"), (500, 800, str(number)), *body, (290, 40, f"- {number} -")]
        for number in (7, 8)
    ]
    raw = read("a.pdf", files.pdf(pages))
    assert raw.pages == ("Điều 5. Trách nhiệm\n2. Sở Nội vụ",) * 2
    assert raw.furniture == ("CÔNG BÁO/Số 12 + 13/Ngày 05-3-2024 7", "- 7 -", "CÔNG BÁO/Số 12 + 13/Ngày 05-3-2024 8", "- 8 -")


def test_sideways_table_is_read_upright() -> None:
    used: list[files.Placed] = [(60, 800, "Hàng sốDanh mục 0123456789")]
    data = files.pdf([used], extra=[b"BT /F 12 Tf " + b" ".join(_sideways(row) for row in range(6)) + b" ET"])
    words = [used[0][2], *(f"Danh mục Hàng số {row}" for row in range(6))]
    assert " ".join(text_of("a.pdf", data).split()) == " ".join(words)


def _sideways(row: int) -> bytes:
    words = f"Danh mục Hàng số {row}".encode("utf-16-be").hex()
    return f"0 1 -1 0 {200 + 20 * row} 100 Tm <{words}> Tj".encode()


def test_lines_in_no_order_are_sorted() -> None:
    lines: list[files.Placed] = [(72, 770 - 16 * row, f"Dòng thứ {row} của một trang có các dòng lộn xộn") for row in range(20)]
    raw = read("a.pdf", files.pdf([lines[::-1]]))
    assert raw.pages[0].splitlines() == [line[2] for line in lines]
    assert raw.notes == ("second-opinion:1",)


def test_watermark_is_furniture() -> None:
    watermark = f"BT /F 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <{'Báo'.encode('utf-16-be').hex()}> Tj ET".encode()
    raw = read("a.pdf", files.pdf([[(72, 700, "Báo cáo")]], extra=[watermark]))
    assert raw.pages == ("Báo cáo",)
    assert raw.furniture == ("Báo",)


def test_small_raised_number_is_a_footnote_mark() -> None:
    page: list[files.Placed] = [
        (72, 700, "Luật số 43/2019/QH14"),
        (192, 705, "1", 7.0),
        (72, 660, "diện tích 20 m"),
        (156, 665, "2", 7.0),
    ]
    assert text_of("a.pdf", files.pdf([page])).splitlines() == ["Luật số 43/2019/QH14[1]", "diện tích 20 m2"]


def test_scanned_page_among_others_is_noted() -> None:
    raw = read("a.pdf", files.with_scanned_page(LETTERHEAD))
    assert raw.pages[1] == ""
    assert raw.notes == ("page-without-text:2",)


def test_a_file_that_may_not_be_copied_is_read() -> None:
    assert read("locked.pdf", files.owner_locked_pdf()).pages == ("Quyet dinh so 60/QD-UBND",)


def test_damaged_table_of_objects_is_mended() -> None:
    data = files.paper_pdf(2)
    assert "12/BC-UBND" in text_of("a.pdf", data[: data.index(b"xref\n0")] + data[data.index(b"trailer") :])
    assert "12/BC-UBND" in text_of("a.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + data)


# --- layout -----------------------------------------------------------------------------------------------------------


def page_of(*lines: tuple[float, float, float, str], number: int = 1) -> PrintedPage:
    """A page of A4 with lines (left, right, bottom, words)."""
    return PrintedPage(
        number, 595, 842, tuple(Line(words, left, bottom, right, bottom + 12) for left, right, bottom, words in lines)
    )


def words_of(page: PrintedPage) -> list[str]:
    return [line.text for line in page.lines]


def test_heading_above_the_letterhead_stays_above() -> None:
    page = page_of(
        (250, 350, 780, "CHÍNH PHỦ"), (90, 190, 740, "CHÍNH PHỦ"), (260, 520, 740, "CỘNG HÒA"), (90, 200, 700, "Số: 1/NĐ-CP"),
        (300, 480, 700, "Hà Nội, ngày"), (80, 520, 640, "Căn cứ Luật"),
    )  # fmt: skip
    assert words_of(in_reading_order(page, first=True)) == [
        "CHÍNH PHỦ",
        "CHÍNH PHỦ",
        "Số: 1/NĐ-CP",
        "CỘNG HÒA",
        "Hà Nội, ngày",
        "Căn cứ Luật",
    ]


def test_recipients_and_signer_are_read_one_after_the_other() -> None:
    page = page_of(
        (80, 520, 500, "Điều 4. Chánh Văn phòng chịu trách nhiệm."),
        (80, 140, 460, "Nơi nhận:"),
        (330, 480, 460, "TM. ỦY BAN"),
        (80, 180, 446, "- Như Điều 4;"),
        (360, 450, 446, "CHỦ TỊCH"),
        (80, 150, 432, "- Lưu: VT."),
        (350, 460, 380, "Đặng Quốc Khải"),
    )
    words = words_of(page)
    assert words_of(in_reading_order(page, first=False)) == [words[at] for at in (0, 1, 3, 5, 2, 4, 6)]


def test_page_without_letterhead_is_left_alone() -> None:
    page = page_of((80, 520, 780, "a"), (80, 300, 760, "b"), (80, 520, 740, "c"))
    assert in_reading_order(page, first=True) is page


def test_running_title_is_furniture_and_repeated_footnote_is_not() -> None:
    pages = [
        page_of((80, 300, 800, f"Báo cáo năm 2023 - trang {n}"), (80, 500, 400, f"Nội dung {n}"),
                *([(80, 500, 60, "có hiệu lực từ ngày 01 tháng 01")] if n % 3 == 0 else []), number=n)
        for n in range(1, 10)
    ]  # fmt: skip
    kept, furniture = take_furniture(pages)
    assert furniture == tuple(f"Báo cáo năm 2023 - trang {n}" for n in range(2, 10))
    assert words_of(kept[2]) == ["Nội dung 3", "có hiệu lực từ ngày 01 tháng 01"]


def test_letterheads_of_a_bundle_of_papers_stay() -> None:
    lines = [(90, 200, 756, "UBND XÃ AN LẠC"), (90, 200, 740, "Số: 1/TB-UBND"), (80, 500, 700, "Kính gửi")]
    pages = [page_of(*lines, number=number) for number in (1, 2, 3)]
    assert take_furniture(pages) == (pages, ())


def test_number_in_the_text_is_no_page_number() -> None:
    kept, furniture = take_furniture([page_of((80, 90, 400, "12"), (80, 500, 380, "người"))])
    assert words_of(kept[0]) == ["12", "người"]
    assert furniture == ()


def test_signature_stamp_is_taken_out_of_the_flow() -> None:
    lines = ["Điều 2.", "Người ký: Ủy ban nhân dân huyện", "Email: ubnd@anlac.gov.vn", "Cơ quan: Huyện An Lạc",
             "Thời gian ký: 05.03.2024 10:22:01 +07:00", "Chánh Văn phòng"]  # fmt: skip
    page, stamp = take_stamps(page_of(*((80, 300, 700 - 14 * row, words) for row, words in enumerate(lines))))
    assert words_of(page) == ["Điều 2.", "Chánh Văn phòng"]
    assert stamp == tuple(lines[1:5])


def test_signer_line_of_a_form_is_no_stamp() -> None:
    page = page_of((80, 300, 700, "Người ký: ................"), (80, 300, 680, "Chức vụ: ................"))
    assert take_stamps(page) == (page, ())


# --- real files -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.is_dir(), reason="real documents are not here")
def test_real_gazette_files_read_as_they_are_printed() -> None:
    for path in sorted(SHARED.glob("pdf_digital/*.pdf"))[:6]:
        raw = readers.read(path)
        text = "\n".join(raw.pages)
        assert "CÔNG BÁO/Số" not in text
        assert "CÔNG BÁO/Số" in raw.furniture[0]
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n" in text
