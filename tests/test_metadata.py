"""What papers say of themselves: the cases in ``cases/metadata``, and the rules that a case cannot show."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.metadata import read_metadata
from docsearch.metadata.filename import number_of_file
from docsearch.metadata.issuer import office_name
from docsearch.metadata.province import province
from docsearch.metadata.sheet import lay_out
from docsearch.model import Fact, Metadata

CASES = Path(__file__).parent / "cases" / "metadata"
GOLD = Path(__file__).resolve().parents[1].parent / "shared" / "gold" / "dev"
PAPERS = sorted(CASES.glob("*.json"))
NO_PAPERS = sorted(CASES.glob("*.none.txt"))


def told(found: Metadata, field: str) -> object:
    value = getattr(found, field)
    if isinstance(value, Fact):
        return value.value
    if field == "warnings":
        return list(value)
    return [fact.value for fact in value] if isinstance(value, tuple) else value


def text_of(case: Path) -> str:
    return case.with_suffix(".txt").read_text("utf-8")


def test_there_are_cases() -> None:
    assert len(PAPERS) > 10
    assert NO_PAPERS


@pytest.mark.parametrize("case", PAPERS, ids=lambda case: case.stem)
def test_paper_is_read(case: Path) -> None:
    found = read_metadata(text_of(case))
    want = json.loads(case.read_text("utf-8"))
    assert {field: told(found, field) for field in want} == want


@pytest.mark.parametrize("case", NO_PAPERS, ids=lambda case: case.stem)
def test_text_that_is_no_paper_claims_nothing(case: Path) -> None:
    assert read_metadata(case.read_text("utf-8")) == Metadata(warnings=("not-official",))


@pytest.mark.parametrize("case", PAPERS, ids=lambda case: case.stem)
def test_span_cuts_the_words_of_its_fact(case: Path) -> None:
    text = text_of(case)
    found = read_metadata(text)
    for fact in (found.number, found.signer, found.place):
        if fact and fact.span and not any(slip in fact.span.cut(text) for slip in ("TIr", "l37", "QĐĐ")):
            assert "".join(fact.span.cut(text).replace("*", "").split()) == "".join(fact.value.split())
    if found.title and found.title.span and "\\2" not in text:
        assert " ".join(found.title.span.cut(text).replace("*", "").split())[:20] in found.title.value


def test_letterhead_lost_is_a_guess_of_medium_certainty() -> None:
    found = read_metadata(text_of(CASES / "letterhead-lost.json"))
    assert found.issuer is not None
    assert (found.issuer.how, found.issuer.certainty) == ("opening", "medium")


def test_number_of_the_file_name_stands_in_for_a_blank_one() -> None:
    text = text_of(CASES / "number-left-blank.json")
    found = read_metadata(text, file_name="36-KH-UBND.pdf")
    assert found.number == Fact("36/KH-UBND", None, "file-name", "low")


def test_number_of_the_text_goes_before_that_of_the_file_name() -> None:
    found = read_metadata(text_of(CASES / "law.json"), file_name="999-QD-UBND.pdf")
    assert found.number is not None
    assert found.number.value == "907/2024/QH15"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("265-BC-UBND.pdf", "265/BC-UBND"),
        ("6bac4a-010-CT-UBND.txt", "010/CT-UBND"),
        ("quyet-dinh-so-982-qd-ttg-469699.pdf", "982/qd-ttg"),
        ("nghi-dinh-so-118-2026-nd-cp-469379.pdf", "118/2026/nd-cp"),
        ("a1b2c3-7f00aa.txt", None),
        ("bao cao 2023.docx", None),
        ("scan_0001.pdf", None),
        ("12-05-2023.pdf", None),
    ],
    ids=str,
)
def test_number_in_a_file_name(name: str, number: str | None) -> None:
    assert number_of_file(name) == number


@pytest.mark.parametrize(
    ("words", "passage", "name"),
    [
        ("UBND TỈNH AN GIANG", "", "Ủy ban nhân dân tỉnh An Giang"),
        ("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "", "Sở Tài nguyên và Môi trường"),
        ("BAN QUẢN LÝ BẾN KHÁCH LẠC LONG", "… Ban Quản lý bến khách Lạc Long đề nghị …", "Ban Quản lý bến khách Lạc Long"),
        ("CHỦ TỊCH UỶ BAN NHÂN DÂN HUYỆN HÒA THẠNH", "", "Chủ tịch Ủy ban nhân dân huyện Hòa Thạnh"),
        ("BỘ LAO ĐỘNG -\nTHƯƠNG BINH VÀ XÃ HỘI", "", "Bộ Lao động - Thương binh và Xã hội"),
        ("ỦY BẠN NHÂN DÂN TÍNH SÔNG MÂY", "", "Ủy ban nhân dân tỉnh Sông Mây"),
        ("HỘI ĐỒNG NHÂN DẦN NH PHỐ BẾN GỖ", "", "Hội đồng nhân dân thành phố Bến Gỗ"),
        ("BỘ GIÁO ĐỤC VÀ ĐÀO TẠ", "", "Bộ Giáo dục và Đào tạo"),
    ],
    ids=[
        "committee",
        "department",
        "as the paper writes it",
        "head of a committee",
        "ministry over two lines",
        "marks",
        "level",
        "letter",
    ],
)
def test_office_is_named_in_usual_letters(words: str, passage: str, name: str) -> None:
    assert office_name(words, passage) == name


def test_marks_inside_words_are_taken_out() -> None:
    text = "**Kính g****ửi****:** Sở Nội vụ"
    sheet = lay_out(text, 0, len(text))
    assert sheet.plain == "Kính gửi: Sở Nội vụ"
    place = sheet.plain.index("Sở")
    assert sheet.span(place, place + 9).cut(text) == "Sở Nội vụ"


def test_marks_between_words_leave_a_blank() -> None:
    text = "**NGHỊ ĐỊNH****Về bến khách**"
    assert lay_out(text, 0, len(text)).plain == "NGHỊ ĐỊNH Về bến khách"


@given(st.text(alphabet="aĐiề*|# \n_-1.SốQUYẾTNH:/", max_size=200))
def test_every_place_of_a_sheet_is_found_again(text: str) -> None:
    sheet = lay_out(text, 0, len(text))
    for place, letter in enumerate(sheet.plain):
        origin = text[sheet.at(place)]
        assert origin == letter or (origin, letter) in {("|", "\n"), ("*", " ")}


@given(st.text(alphabet="SỐsố: /12QĐUBND-\n ,ngàythángm20|*KT.CHỦỊ", max_size=400))
def test_any_text_is_read(text: str) -> None:
    found = read_metadata(text)
    for field in ("number", "title", "signer", "place", "issued"):
        fact = getattr(found, field)
        if fact and fact.span:
            assert 0 <= fact.span.start < fact.span.end <= len(text)


@pytest.mark.parametrize(
    "block",
    ["Số: " + "1" * 20, "-" * 50, "A" * 60, "Căn cứ ", "ngày ", "|\n", "* ", "KT. CHỦ TỊCH\n", "Nơi nhận:\n", "QUYẾT ĐỊNH\n"],
    ids=["digits", "dashes", "capitals", "bases", "dates", "bars", "stars", "signatures", "labels", "types"],
)
def test_long_runs_take_no_long_time(block: str) -> None:
    """A pattern that runs away takes minutes on these; the time limit of the suite is the test."""
    read_metadata(block * (300_000 // len(block)))


def test_gold_fields() -> None:
    if not GOLD.is_dir():
        pytest.skip(f"no gold at {GOLD}")
    share = {"text": [0, 0], "scan": [0, 0]}
    for case in sorted(GOLD.glob("*.json")):
        want = json.loads(case.read_text("utf-8"))["metadata"]
        found = read_metadata(text_of(case))
        side = share["scan" if case.stem.endswith("-scan") else "text"]
        for field in ("doctype", "number", "issued", "signer"):
            if want[field] is not None:
                side[0] += told(found, field) == want[field]
                side[1] += 1
    assert share["text"][0] / share["text"][1] >= 0.97
    assert share["scan"][0] / share["scan"][1] >= 0.9


# --- the province of a district ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kiểm tra công vụ huyện Bình Lạc, tỉnh Thuận Giang\n\nCăn cứ Luật", ("Thuận Giang", "own-name")),
        ("báo cáo của huyện Bình Lạc, thành phố Bến Lở và tỉnh Quế Sơn", ("Bến Lở", "own-name")),
        ("cải cách hành chính tỉnh Thuận Giang năm 2024; Sở Nội vụ tỉnh Thuận Giang", ("Thuận Giang", "only-one")),
        ("học tập kinh nghiệm của tỉnh Thuận Giang và tỉnh Quế Sơn", None),
        ("Ủy ban nhân dân tỉnh giao Sở Nội vụ", None),
    ],
    ids=["behind-its-name", "behind-city", "only-one", "two", "none"],
)
def test_province_of_a_district_is_what_the_text_names(text: str, expected: tuple[str, str] | None) -> None:
    issuer = Fact("Ủy ban nhân dân huyện Bình Lạc", None, "letterhead")
    found = province(text, issuer, None)
    assert (found and (found.value, found.how)) == expected
    assert found is None or (found.span and found.span.cut(text) == found.value)


def test_province_is_not_asked_of_a_provincial_office() -> None:
    assert province("huyện Bình Lạc, tỉnh Thuận Giang", Fact("Ủy ban nhân dân tỉnh Thuận Giang", None, "letterhead")) is None


# --- heads and feet as the sample papers have them --------------------------------------------------------------------

LETTERHEAD = """ỦY BAN NHÂN DÂN
TỈNH THUẬN GIANG
-------
Số: 03/CĐ-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Thuận Giang, ngày 25 tháng 9 năm 2023

"""


def test_dispatch_is_of_the_head_who_sends_it() -> None:
    text = (
        LETTERHEAD
        + "CÔNG ĐIỆN\nVề việc ứng phó mưa lớn\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH THUẬN GIANG điện:\n\n- Giám đốc các sở.\n"
    )
    found = read_metadata(text)
    assert found.issuer and found.issuer.value == "Chủ tịch Ủy ban nhân dân tỉnh Thuận Giang"
    assert found.title and found.title.value == "Về việc ứng phó mưa lớn"


def test_title_goes_on_with_the_years_on_the_next_line() -> None:
    text = (
        LETTERHEAD
        + "NGHỊ QUYẾT\nQuy định mức học phí năm học 2023\n- 2024\nHỘI ĐỒNG NHÂN DÂN TỈNH THUẬN GIANG\nCăn cứ Luật Giáo dục;\n"
    )
    found = read_metadata(text).title
    assert found and found.value == "Quy định mức học phí năm học 2023 - 2024"


def test_title_of_a_party_paper_begins_with_the_body() -> None:
    text = (
        "TỈNH ỦY THUẬN GIANG\n*\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nSố 19-CT/TU\n\nThuận Giang, ngày 25 tháng 10 năm 2022\n\nCHỈ THỊ\n"
    )
    found = read_metadata(
        text + "của Ban Thường vụ Tỉnh ủy về tăng cường sự lãnh đạo\nđối với chuyển đổi số\n\nThời gian qua, các cấp\n"
    ).title
    assert found and found.value == "của Ban Thường vụ Tỉnh ủy về tăng cường sự lãnh đạo đối với chuyển đổi số"


def test_surname_that_is_the_word_for_the_archive_signs() -> None:
    found = read_metadata(
        LETTERHEAD + "BÁO CÁO\nKết quả\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTRƯỞNG PHÒNG\n\n\nLưu Gia Hưng\n"
    )
    assert found.signer and found.signer.value == "Lưu Gia Hưng"


def test_break_of_a_table_cell_parts_number_and_subject() -> None:
    office = "| **UBND HUYỆN BÌNH LẠC**<br>PHÒNG NỘI VỤ<br>Số: 88/PNV-TH<br>V/v góp ý dự thảo"
    text = office + " | Bình Lạc, ngày 04 tháng 4 năm 2023 |\n\nKính gửi: Sở Nội vụ\n"
    found = read_metadata(text)
    assert found.number and found.number.value == "88/PNV-TH"
    assert found.issuer and found.issuer.value == "Phòng Nội vụ"


@pytest.mark.parametrize(
    "foot",
    [
        "CHỦ TỊCH QUỐC HỘI\nĐã ký: Lương Thị Hà",
        "CHỦ TỊCH QUỐC HỘI\n\nE-pas: 114812\n\nLương Thị Hà",
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n( đã kí)\n\nLương Thị Hà",
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n[daky]\nLương Thị Hà",
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH(Đã ký)Lương Thị Hà",
    ],
    ids=["name after the mark", "mark of a registry", "spelled with i", "without marks", "all in one"],
)
def test_signer_stands_under_or_beside_the_mark_of_signing(foot: str) -> None:
    text = f"NGHỊ QUYẾT\nVề dự toán ngân sách\n\nSố: 12/NQ-HĐND\n\nĐiều 1. Thông qua dự toán.\n\n{foot}\n"
    found = read_metadata(text)
    assert found.signer is not None
    assert found.signer.value == "Lương Thị Hà"
