from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from pathlib import Path

import pytest
import sample_office as office
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import BILLION_LAUGHS, PAPER, docx, lying_zip, paragraphs, zipped

from docsearch import readers
from docsearch.errors import BrokenFile, LimitExceeded, ReadError
from docsearch.model import RawText
from docsearch.readers import Limits
from docsearch.readers.cells import number_text


def read(data: bytes, limits: Limits | None = None, name: str = "a.bin") -> RawText:
    return readers.read(Path(name), data, limits=limits)


def lines(text: str) -> str:
    return "".join(f"<text:p>{line}</text:p>" for line in text.splitlines())


def row(*cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def text_cell(text: str, place: str = "") -> str:
    return f'<c{f" r={chr(34)}{place}{chr(34)}" if place else ""} t="inlineStr"><is><t>{text}</t></is></c>'


SOUND = {
    "odt": office.odf(lines(PAPER)),
    "ods": office.odf(
        f'<table:table table:name="Bảng"><table:table-row><table:table-cell>{lines("Số: 12/BC-UBND")}</table:table-cell>'
        "</table:table-row></table:table>",
        kind="spreadsheet",
    ),
    "odp": office.odf(
        f"<draw:page><draw:frame><draw:text-box>{lines(PAPER)}</draw:text-box></draw:frame></draw:page>", kind="presentation"
    ),
    "xlsx": office.xlsx({"Bảng": row(text_cell("Số: 12/BC-UBND"), text_cell("Cải cách"))}),
    "xls": office.xls({"Bảng": [["Số: 12/BC-UBND", "Cải cách", 3.0]]}),
    "pptx": office.pptx(office.shape(*PAPER.splitlines())),
    "ppt": office.ppt([(PAPER.splitlines(), [])]),
    "word-xml": office.word_2003(PAPER.splitlines()),
}


@pytest.mark.parametrize("form", SOUND)
def test_content_alone_says_the_format(form: str) -> None:
    raw = read(SOUND[form], name="a.pdf")
    assert raw.format == form
    assert "Số: 12/BC-UBND" in "\n".join(raw.pages)
    assert raw == read(SOUND[form], name="a.pdf")


# --- OpenDocument texts -----------------------------------------------------------------------------------------------


def odt(body: str, **more: str) -> RawText:
    return read(office.odf(body, **more))


def test_odt_lines_spaces_and_breaks() -> None:
    assert odt("<text:h>Điều  1.</text:h><text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d\n e</text:p>").pages == (
        "Điều 1.\na b\tc\nd e",
    )


NUMBERS = """<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="Điều " style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>"""


def test_odt_list_numbers_go_on_and_begin_again() -> None:
    def item(text: str, inner: str = "") -> str:
        return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"

    def block(items: str, more: str = "") -> str:
        return f'<text:list text:style-name="L" {more}>{items}</text:list>'

    body = block(item("Phạm vi", f"<text:list>{item('một')}{item('hai')}</text:list>") + item("Đối tượng")) + "<text:p>x</text:p>"
    body += block(item("Ba"), 'text:continue-numbering="true"') + block(item("Một"))
    assert odt(body, styles=NUMBERS).pages[0].splitlines() == [
        "Điều 1. Phạm vi", "a) một", "b) hai", "Điều 2. Đối tượng", "x", "Điều 3. Ba", "Điều 1. Một",
    ]  # fmt: skip


def test_odt_notes_boxes_and_styles() -> None:
    styles = (
        '<style:style style:name="S"><style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="C"><style:text-properties fo:text-transform="uppercase"/></style:style>'
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="D" style:parent-style-name="C"/>'
    )
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Đã sửa.</text:p></text:note-body>"
    note += "</text:note>"
    box = "<draw:frame><draw:text-box><text:p>DỰ THẢO</text:p></draw:text-box></draw:frame>"
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>cũ</text:p></text:deletion></text:changed-region>"
        f'</text:tracked-changes><text:p text:style-name="D">{box}luật{note} '
        '<text:span text:style-name="H">ẩn</text:span></text:p>'
        '<text:p>30 m<text:span text:style-name="S">2</text:span></text:p>'
    )
    raw = odt(
        body, styles=styles, pages="<style:master-page><style:header><text:p>Trang</text:p></style:header></style:master-page>"
    )
    assert raw.pages == ("DỰ THẢO\nLUẬT[1]\n30 m2\n[1] Đã sửa.",)
    assert raw.furniture == ("Trang",)
    assert raw.notes == ("tracked-deletions:1",)


def test_odt_table_is_read_like_that_of_word() -> None:
    def cells(*texts: str) -> str:
        return "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)

    body = f"<table:table><table:table-row>{cells('STT', 'Tên', 'Số')}</table:table-row></table:table>"
    assert odt(body).pages == ("STT\tTên\tSố",)


def test_ods_repeats_are_bounded() -> None:
    cell = '<table:table-cell table:number-columns-repeated="900000000"><text:p>x</text:p></table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="900000000">{cell}</table:table-row>'
    raw = read(office.odf(f'<table:table table:name="T">{rows}</table:table>', kind="spreadsheet"))
    assert len(raw.pages[0]) < 200_000


def test_encrypted_odt_is_refused_by_name() -> None:
    with pytest.raises(BrokenFile, match="password"):
        odt("<text:p/>", manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")


# --- workbooks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (12.0, "General", "12"),
        (12.5, "", "12.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "1e+20"),
        (1234.567, "#,##0.00", "1234.57"),
        (0.125, "0.0%", "12.5%"),
        (7, "000", "007"),
        (-7, "00", "-07"),
        (7, '0" năm"', "7"),
        (45356, "dd/mm/yyyy", "05/03/2024"),
        (45356.75, "dd/mm/yyyy hh:mm", "05/03/2024 18:00"),
        (45356, '[$-42A]d" tháng "m', "05/03/2024"),
        (45323, "mm/yyyy", "02/2024"),
        (0.5, "h:mm", "12:00"),
        (-5, "dd/mm/yyyy", "-5"),
        (1e12, "dd/mm/yyyy", "1000000000000"),
    ],
)
def test_number_is_shown_as_its_format_says(value: float, form: str, text: str) -> None:
    assert number_text(value, form) == text


def test_days_of_1904() -> None:
    assert number_text(43894, "dd/mm/yyyy", since_1904=True) == "05/03/2024"


def test_xlsx_cells() -> None:
    strings = "<si><t>Tên</t></si><si><r><t>Xã </t></r><r><rPr/><t>An Lạc</t></r><rPh><t>x</t></rPh></si>"
    styles = '<fonts><font><name val="Arial"/></font></fonts>'
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>'
    rows = row(text_cell("STT", "A1"), '<c r="B1" t="s"><v>0</v></c>', '<c r="D1" s="1"><v>45356</v></c>')
    rows += row('<c r="A2"><v>1</v></c>', '<c r="B2" t="s"><v>1</v></c>', '<c r="D2" s="2"><f>1/2</f><v>0.5</v></c>', number=2)
    rows += row('<c r="A3" t="b"><v>1</v></c>', '<c r="B3" t="s"><v>99</v></c>', '<c r="C3" t="e"><v>#REF!</v></c>', number=3)
    raw = read(office.xlsx({"Bảng 1": rows, "Ẩn": rows, "Trống": ""}, strings=strings, styles=styles, hidden=["Ẩn"]))
    assert raw.pages == ("Bảng 1\nSTT\tTên\t\t05/03/2024\n1\tXã An Lạc\t\t50%\nTRUE\t\t#REF!",)
    assert raw.notes == ("hidden-sheets:1",)


def test_xlsx_columns_far_apart_cost_little() -> None:
    rows = "".join(row(text_cell("a", f"A{n}"), text_cell("b", f"XFD{n}"), number=n) for n in range(1, 200))
    assert len(read(office.xlsx({"T": rows})).pages[0]) < 5000


def test_xls_cells() -> None:
    raw = read(office.xls({"Bảng": [["STT", "Ngày", "Tỷ lệ"], [1.0, (45356.0, 14), (0.5, 9)]], "Ẩn": [["x"]]}, hidden=["Ẩn"]))
    assert raw.pages == ("Bảng\nSTT\tNgày\tTỷ lệ\n1\t05/03/2024\t50%",)
    assert raw.notes == ("hidden-sheets:1",)


def test_capital_fonts_of_tcvn3_give_capitals_in_workbooks() -> None:
    raw = read(office.xls({"A": [["b¸o c¸o céng t¸c c¶i c¸ch hµnh chÝnh cña ñy ban nh©n d©n huyÖn"]]}, font=".VnTimeH"))
    assert raw.pages == ("A\nBÁO CÁO CÔNG TÁC CẢI CÁCH HÀNH CHÍNH CỦA ỦY BAN NHÂN DÂN HUYỆN".replace("CÔNG", "CỘNG"),)


# --- presentations ----------------------------------------------------------------------------------------------------


def test_pptx_slides_tables_and_notes() -> None:
    cells = "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>" for text in ("STT", "Tên", "Số"))
    table = f"<p:graphicFrame><a:graphic><a:tbl><a:tr>{cells}</a:tr></a:tbl></a:graphic></p:graphicFrame>"
    raw = read(
        office.pptx(
            office.shape("Báo cáo", "Quý I", kind="title") + office.shape("05/3", kind="dt"),
            f"<p:grpSp>{office.shape('Hai')}</p:grpSp>{table}",
            notes=office.shape("Lời nói") + office.shape("1", kind="sldNum"),
        )
    )
    assert raw.pages == ("Báo cáo\nQuý I\nLời nói", "Hai\nSTT\tTên\tSố")
    assert raw.furniture == ("05/3",)


def test_ppt_placeholders_boxes_and_notes() -> None:
    slides = [(("Báo cáo", "Quý I\rQuý II"), ("Hộp chữ",)), (("Hai",), ())]
    raw = read(office.ppt(slides, notes={0: "Lời nói\rcủa người trình bày"}))
    assert raw.pages == ("Báo cáo\nQuý I\nQuý II\nHộp chữ\nLời nói\ncủa người trình bày", "Hai")


def test_a_locked_presentation_says_so() -> None:
    locked = struct.pack("<HHIIII", 0, 4086, 20, 20, 0xF3D1C4DF, 0)
    with pytest.raises(BrokenFile, match="password"):
        read(office.compound({"Current User": locked, "PowerPoint Document": b"x"}))


def test_an_edit_that_points_to_itself_ends() -> None:
    edit = struct.pack("<HHIIIIIIII", 0, 4085, 28, 0, 0, 0, 0, 1, 1, 0)
    user = struct.pack("<HHIIII", 0, 4086, 20, 20, 0xE391C05F, 0)
    with pytest.raises(BrokenFile, match="last edit"):
        read(office.compound({"Current User": user, "PowerPoint Document": edit}))


# --- Word 2 -----------------------------------------------------------------------------------------------------------


def word_2(text: str, flags: int = 0) -> bytes:
    """Text of 8 bits with the head of a file of Word for Windows 2; the program antiword reads it too."""
    head, data = bytearray(0x180), text.encode("cp1252")
    struct.pack_into("<HH6xH", head, 0, 0xA5DB, 45, flags)
    struct.pack_into("<I", head, 0x18, len(head))
    struct.pack_into("<I", head, 0x34, len(data))
    return bytes(head) + data + bytes(900)


def test_word_2_text_cells_and_fields() -> None:
    body = "Céng hßa x· héi chñ nghÜa ViÖt Nam\r\n§éc lËp - Tù do\r\nNgµy \x13DATE\x145\x15\r\na\x07b\x07\x07\r\n"
    raw = read(word_2(body))
    assert raw.pages == ("Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do\nNgày 5\na\tb",)
    assert raw.notes == ("formats-passed-over", "legacy-encoding:tcvn3")


@pytest.mark.parametrize(("flags", "reason"), [(0x0004, "fast save"), (0x0100, "password")])
def test_word_2_files_that_are_not_plain_say_so(flags: int, reason: str) -> None:
    with pytest.raises(BrokenFile, match=reason):
        read(word_2("a", flags))


# --- Word in one XML file ---------------------------------------------------------------------------------------------


def test_word_of_2003_is_read_as_docx_is() -> None:
    number = '<w:pPr><w:listPr><w:ilvl w:val="0"/><wx:t wx:val="Điều 1."/></w:listPr></w:pPr>'
    note = "<w:footnote><w:p><w:r><w:t>Theo Kế hoạch số 5.</w:t></w:r></w:p></w:footnote>"
    gone, new = (f'<aml:annotation w:type="Word.{kind}"><aml:content>' for kind in ("Deletion", "Insertion"))
    close = "</aml:content></aml:annotation>"
    body = f"<w:p>{number}<w:r><w:t>Phạm vi</w:t></w:r><w:r>{note}</w:r></w:p>"
    body += f"<w:p>{gone}<w:r><w:delText>bỏ</w:delText></w:r>{close}{new}<w:r><w:t>thêm</w:t></w:r>{close}</w:p>"
    body += '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>báo cáo</w:t></w:r></w:p>'
    body += '<w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>Mật</w:t></w:r></w:p></w:hdr></w:sectPr>'
    styles = '<w:styles><w:style w:styleId="T"><w:rPr><w:caps/></w:rPr></w:style></w:styles>'
    raw = read(office.word_2003([], body=body, before=styles))
    assert raw.pages == ("Điều 1. Phạm vi[1]\nthêm\nBÁO CÁO\n[1] Theo Kế hoạch số 5.",)
    assert (raw.furniture, raw.notes) == (("Mật",), ("tracked-deletions:1",))


def test_docx_in_one_xml_file_is_read_as_docx_is() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(paragraphs(PAPER)))) as archive:
        bare = {name: re.sub("<[?].*?[?]>", "", archive.read(name).decode()) for name in archive.namelist()}
    parts = "".join(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>' for name, xml in bare.items())
    flat = (
        f'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>'
    )
    assert read(flat.encode()).pages == read(docx(paragraphs(PAPER))).pages


# --- tables as text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "page"),
    [
        ("a.csv", 'Số,Trích yếu\r\n1,"Báo cáo, ""mật"""\r\n,,\r\n', 'Số\tTrích yếu\n1\tBáo cáo, "mật"'),
        ("a.csv", "Số;Ngày\n1;05/3/2024\n2;6,5\n", "Số\tNgày\n1\t05/3/2024\n2\t6,5"),
        ("a.tsv", "Số\tNgày\n1\t5/3, 6/3\n", "Số\tNgày\n1\t5/3, 6/3"),
        ("a.csv", 'a,b\n"c\nd",e\n', "a\tb\nc d\te"),
        ("a.tsv", 'a\t"b\n' + "c\td\n" * 150, "\n".join(['a\t"b', *["c\td"] * 150])),
    ],
    ids=["commas", "semicolons", "tabs", "a cell of two lines", "a mark that nobody closed"],
)
def test_tables_as_text(name: str, text: str, page: str) -> None:
    raw = read(text.encode(), name=name)
    assert (raw.format, raw.pages) == ("csv", (page,))


# --- damaged and hostile ----------------------------------------------------------------------------------------------

DEEP = "<text:span>" * 20_000 + "</text:span>" * 20_000
HOSTILE: dict[str, tuple[bytes, type[ReadError], str]] = {
    "bomb.odt": (office.odf(" " * 50_000_000), LimitExceeded, "inflates to more"),
    "lying.xlsx": (lying_zip(office.xlsx({"T": " " * 50_000_000})), LimitExceeded, "inflates to more|damaged"),
    "bomb.xlsx": (office.xlsx({"T": " " * 50_000_000}), LimitExceeded, "inflates to more"),
    "bomb.pptx": (office.pptx(" " * 50_000_000), LimitExceeded, "inflates to more"),
    "deep.odt": (office.odf(f"<text:p>{DEEP}</text:p>"), LimitExceeded, "nested too deeply"),
    "deeper.odt": (office.odf("<text:section>" * 240 + "<text:p/>" + "</text:section>" * 240), BrokenFile, "no text"),
    "laughs.xlsx": (
        zipped({"[Content_Types].xml": b"", "xl/workbook.xml": BILLION_LAUGHS.encode() + b"<w>&a9;</w>"}),
        BrokenFile,
        "document type",
    ),
    "bare.xlsx": (zipped({"[Content_Types].xml": b"", "xl/a.xml": b""}), BrokenFile, "no list of sheets"),
    "bare.pptx": (zipped({"[Content_Types].xml": b"", "ppt/a.xml": b""}), BrokenFile, "no list of slides"),
    "bare.odt": (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, 0), BrokenFile, "no document body"),
    "encrypted.docx": (office.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), ReadError, "password"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_costs_one_line(name: str) -> None:
    data, kind, words = HOSTILE[name]
    with pytest.raises(ReadError, match=words) as caught:
        read(data, Limits(inflated_bytes=20_000_000), name)
    assert isinstance(caught.value, kind | BrokenFile)
    assert "\n" not in str(caught.value)


def test_links_out_of_a_file_are_not_followed() -> None:
    relation = '<Relationship Id="s0" Type="x/worksheet" TargetMode="External" Target="/etc/passwd"/>'
    files = {
        "[Content_Types].xml": b"",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{office.RELATIONS}">{relation}</Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{office.SHEET}" xmlns:r="{office.OFFICE}"><sheets>'
        '<sheet name="a" r:id="s0"/></sheets></workbook>'.encode(),
    }
    with pytest.raises(BrokenFile, match="no text"):
        read(zipped(files))


def test_of_a_damaged_workbook_the_rows_before_the_damage_are_read() -> None:
    rows: list[list[str | float | tuple[float, int]]] = [[f"Số: {number}/BC-UBND"] for number in range(9)]
    data = office.xls({"Một": [["Cải cách"]], "Hai": rows})
    at = data.index("Số: 6".encode("utf-16-le")) - 11  # the length of the cell's record
    raw = read(data[:at] + b"\x04\0" + data[at + 2 :])
    assert raw.pages[0] == "Một\nCải cách"
    assert "Số: 5/BC-UBND" in raw.pages[1]
    assert any(note.startswith("damaged:sheet Hai") for note in raw.notes)


@pytest.mark.parametrize("form", SOUND)
@pytest.mark.parametrize("cut", [False, True], ids=["flipped", "cut"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_spoiled_file_is_read_or_refused(form: str, cut: bool, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(SOUND[form])
    for _ in range(chance.choice([1, 4, 40])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        raw = read(bytes(data[: chance.randrange(1, len(data))] if cut else data))
        assert raw.pages or raw.parts  # where its mark is damaged it is an archive
    except ReadError as error:
        assert "\n" not in str(error)
