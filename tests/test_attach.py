"""What stands round a mention: issuer, detached date, pinpoint, subject."""

# ruff: noqa: E501 - the sentences in the tables stay on one line

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.citations import find_citations
from docsearch.citations.issuers import office_name, phrase_at
from docsearch.model import Citation, Span


def only(text: str) -> Citation:
    (found,) = find_citations(text).citations
    return found


def first(text: str) -> Citation:
    return find_citations(text).citations[0]


ISSUERS = [
    ("của chính phủ quy định về chợ", "chính phủ"),
    ("của quốc hội, về chợ", "quốc hội"),
    ("của Uỷ ban thường vụ Quốc hội khoá X về thuế", "Uỷ ban thường vụ Quốc hội khoá X"),
    ("của Bộ Chính trị Khóa IX phát triển vùng", "Bộ Chính trị Khóa IX"),
    ("của liên Bộ Tài chính - Công nghiệp - Tổng cục Hải quan về thuế", "liên Bộ Tài chính - Công nghiệp - Tổng cục Hải quan"),
    ("của Chính phủ quy định chi tiết một số điều", "Chính phủ"),
    ("của Chính phủ Quy định về cung cấp thông tin", "Chính phủ"),
    ("của Thủ tướng\nChính phủ về việc thành lập Ban Chỉ đạo", "Thủ tướng Chính phủ"),
    ("của* *Chính phủ về thành lập Quỹ", "Chính phủ"),
    ("CỦA CHÍNH PHỦ PHÊ DUYỆT CHIẾN LƯỢC", "CHÍNH PHỦ"),
    ("của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch hướng dẫn về lễ hội", "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch"),
    ("của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn nghiệp vụ", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"),
    ("của Bộ Lao động - Thương binh và Xã hội quy định", "Bộ Lao động - Thương binh và Xã hội"),
    ("của Bộ Tài chính và Bộ Y tế về giá thuốc", "Bộ Tài chính và Bộ Y tế"),
    ("của Bộ Tài chính và Thông tư số 5/2020/TT-BTC", "Bộ Tài chính"),
    ("của UBND tỉnh triển khai Đề án", "UBND tỉnh"),
    (
        "của Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số tỉnh ban hành Chương trình công tác",
        "Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số tỉnh",
    ),
    ("của Ban Chỉ đạo tỉnh về việc kiểm tra liên ngành; Sở Nội vụ ban hành", "Ban Chỉ đạo tỉnh"),
    ("của Ủy ban nhân dân tỉnh Sông Mây Thành lập Ban Chỉ đạo", "Ủy ban nhân dân tỉnh Sông Mây"),
    ("của Chủ tịch Ủy ban nhân dân huyện Cát Đằng, tỉnh Sông Mây về việc kiểm tra", "Chủ tịch Ủy ban nhân dân huyện Cát Đằng, tỉnh Sông Mây"),
    ("của Hội đồng nhân dân tỉnh Sông Mây (nay là thành phố Sông Mây)", "Hội đồng nhân dân tỉnh Sông Mây"),
    ("của Trưởng Ban Chỉ đạo Nhà nước về Du lịch ban hành Quy chế", "Trưởng Ban Chỉ đạo Nhà nước về Du lịch"),
    ("của Ban Thường vụ Tỉnh ủy về công tác cán bộ", "Ban Thường vụ Tỉnh ủy"),
    ("của Công ty TNHH Hoa Sen Trắng vướng mắc về thuế", "Công ty TNHH Hoa Sen Trắng"),
    ("của Sở Giao thông vận tải đề nghị", "Sở Giao thông vận tải"),
    ("do Quốc hội ban hành", "Quốc hội"),
    ("của Bộ Chính trị, Ban Bí thư về tiếp tục sắp xếp tổ chức bộ máy", "Bộ Chính trị, Ban Bí thư"),
    ("của Ủy ban Thường vụ Quốc hội khóa 13 về", "Ủy ban Thường vụ Quốc hội khóa 13"),
]  # fmt: skip


@pytest.mark.parametrize(("tail", "issuer"), ISSUERS, ids=[issuer for _, issuer in ISSUERS])
def test_issuer_after_the_date(tail: str, issuer: str) -> None:
    found = first(f"Căn cứ Quyết định số 12/QĐ-ABC ngày 01/02/2023 {tail}")
    assert found.issuer == issuer
    assert found.issuer_span is not None


NO_ISSUER = [
    "Quyết định số 12/QĐ-ABC của chính quyền địa phương",
    "Căn cứ Luật Tổ chức Chính phủ số 163/2025/QH15;",
    "Căn cứ Luật Thuế nông sản số 98/2024/QH15;",
    "Phòng Y tế trình ban hành kế hoạch (đã chậm so với thời hạn tại khoản 1 Điều 9 của Quy định kèm theo Quyết định số 18/2023/QĐ-UBND).",
    "Thực hiện Quyết định số 12/QĐ-ABC về việc của các sở, ngành",
    "Theo Nghị định số 60/2021/NĐ-CP gồm: 01 đơn vị của huyện",
    "Nghị quyết số 136/2024/QH15 về tổ chức chính quyền đô thị do Chính phủ trình",
    "sửa đổi, bổ sung một số điều của Nghị định số 72/2015/NĐ-CP",
    "Thông tư số 5/2020/TT-BTC của các cơ quan",
    "Công văn số 12/ABC-TH của Luật sư",
]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            "Thông tư liên tịch số 4/2015/TTLT-BNNPTNT-BKHĐT của Bộ Nông nghiệp và Phát triển nông thôn, Bộ Kế hoạch và Đầu tư hướng dẫn",
            "Bộ Nông nghiệp và Phát triển nông thôn, Bộ Kế hoạch và Đầu tư",
        ),
        (
            "Thông tư liên tịch số 4/2015/TTLT-BCA-BTP-TANDTC của Bộ trưởng Bộ Công an, Bộ trưởng Bộ Tư pháp và Chánh án Tòa án nhân dân tối cao về",
            "Bộ trưởng Bộ Công an, Bộ trưởng Bộ Tư pháp và Chánh án Tòa án nhân dân tối cao",
        ),
        (
            "Thông tư liên tịch số 4/2018/TTLT-BCA-TANDTC của Bộ Công an, Toà án nhân dân tối cao quy định",
            "Bộ Công an, Toà án nhân dân tối cao",
        ),
        ("Thông tư số 4/2015/TT-BYT của Bộ Y tế, Bộ Tài chính phối hợp thực hiện", "Bộ Y tế"),
    ],
    ids=["comma", "comma-and", "old-marks", "one-office"],
)
def test_a_joint_paper_is_of_all_offices_named(text: str, issuer: str) -> None:
    assert first(text).issuer == issuer


@pytest.mark.parametrize("text", NO_ISSUER)
def test_no_issuer_where_none_is_stated(text: str) -> None:
    assert first(text).issuer is None


BEFORE = [
    ("Ngày 28 tháng 10 năm 2025, Chủ tịch Ủy ban nhân dân huyện đã ban hành Công văn số 328/UBND-VX về việc cập nhật", "Chủ tịch Ủy ban nhân dân huyện", "2025-10-28"),
    ("Tiếp theo, ngày 18/02/2020, Sở Kế hoạch và Đầu tư có Văn bản số 648/SKHĐT-KTĐN gửi các đơn vị", "Sở Kế hoạch và Đầu tư", "2020-02-18"),
    ("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 9807/TTr-SNV ngày 25 tháng 11 năm 2025;", "Giám đốc Sở Nội vụ", "2025-11-25"),
    ("Ngày 22/11/2023, Thủ tướng Chính phủ phê duyệt Quy hoạch tỉnh tại Quyết định số 1456/QĐ-TTg", "Thủ tướng Chính phủ", "2023-11-22"),
    ("quy hoạch được HĐND tỉnh thông qua tại Nghị quyết số 24/2013/NQ-HĐND ngày 10/12/2013", "HĐND tỉnh", "2013-12-10"),
    ("đã có chỉ đạo của UBND Thành phố tại Văn bản số 278/TB-VP ngày 28/11/2016", "UBND Thành phố", "2016-11-28"),
    ("theo quy định của UBND tỉnh tại Nghị định số 12/2020/NĐ-CP", None, None),
    ("Công ty đã kê khai theo hướng dẫn tại Thông tư số 5/2020/TT-BTC", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "issuer", "issued"), BEFORE)
def test_issuer_and_date_before_the_mention(text: str, issuer: str | None, issued: str | None) -> None:
    found = only(text)
    assert (found.issuer, found.issued) == (issuer, issued)


def test_date_after_the_issuer_stays_outside_the_span() -> None:
    found = only("Thông tư số 22/2021/TT-BTTTT của Bộ Thông tin và Truyền thông ngày 13/12/2021 về việc quy định chi tiết")
    assert (found.text, found.issued, found.issuer) == (
        "Thông tư số 22/2021/TT-BTTTT",
        "2021-12-13",
        "Bộ Thông tin và Truyền thông",
    )


def test_issuer_said_once_for_neighbours_of_one_office() -> None:
    found = find_citations(
        "theo Quyết định số 642/QĐ-BCT ngày 03/4/2025 và Quyết định số 2301/QĐ-BCT ngày 23/6/2025 của Bộ trưởng Bộ Công Thương."
    )
    assert [c.issuer for c in found.citations] == ["Bộ trưởng Bộ Công Thương"] * 2


def test_issuer_is_not_shared_between_offices() -> None:
    found = find_citations("thực hiện Kết luận số 132-KL/TW, Nghị quyết số 93/NQ-CP của Chính phủ.")
    assert [c.issuer for c in found.citations] == [None, "Chính phủ"]


def test_date_said_once_for_neighbours() -> None:
    found = find_citations("Xét đề nghị của Chính phủ tại Tờ trình số 378/TTr-CP và Đề án số 379/ĐA-CP ngày 09 tháng 5 năm 2025;")
    assert [(c.issued, c.issuer) for c in found.citations] == [("2025-05-09", "Chính phủ")] * 2


PINPOINTS = [
    ("tại khoản 1 Điều 1 Nghị định số 174/2025/NĐ-CP", "khoản 1 Điều 1"),
    ("tại các khoản 1, 2 và 3 Điều 138 của Nghị định số 174/2025/NĐ-CP", "khoản 1, 2 và 3 Điều 138"),
    ("tại Phụ lục I, II ban hành kèm\ntheo Nghị định số 174/2025/NĐ-CP", "Phụ lục I, II"),
    ("Sửa đổi khoản 2 Điều 12 của Quy định kèm theo\nNghị quyết số 09/2022/NQ-HĐND", "khoản 2 Điều 12"),
    ("theo khoản 4, Điều 146 Nghị định số 5/2020/NĐ-CP", "khoản 4, Điều 146"),
    ("Điều 3, Điều 5, Điều 9 Thông tư số 5/2020/TT-BTC", "Điều 3, Điều 5, Điều 9"),
    ("từ Điều 5 đến Điều 7 Thông tư số 5/2020/TT-BTC", "Điều 5 đến Điều 7"),
    ("Thông tư số 5/2020/TT-BTC (Điều 15)", "Điều 15"),
    ("giai đoạn 2021 - 2030 quy định tại Thông tư số 5/2020/TT-BTC", None),
    ("Bổ sung Điều 5a vào sau Điều 5 của Thông tư số 5/2020/TT-BTC", None),
    ("bổ sung khoản 9 vào Điều 4 Thông tư số 5/2020/TT-BTC", "Điều 4"),
    ("tại Phụ lục IV ban hành kèm Thông tư số 5/2020/TT-BTC", "Phụ lục IV"),
    ("Điều 1. Thông tư số 5/2020/TT-BTC hết hiệu lực", None),
    ("Mục tiêu của Thông tư số 5/2020/TT-BTC", None),
    ("tại Điều 5 Quyết định này và Thông tư số 5/2020/TT-BTC", None),
]


@pytest.mark.parametrize(("text", "pinpoint"), PINPOINTS)
def test_pinpoint_beside_the_mention(text: str, pinpoint: str | None) -> None:
    assert first(text).pinpoint == pinpoint


TITLES = [
    ("về việc kiểm tra công vụ năm 2023 trên địa bàn huyện Cát Đằng.", "kiểm tra công vụ năm 2023 trên địa bàn huyện Cát Đằng"),
    ("phê duyệt Đề án “Tuyên truyền, phổ biến, giai đoạn 2021-2025” trên địa bàn huyện; các đơn vị", "phê duyệt Đề án “Tuyên truyền, phổ biến, giai đoạn 2021-2025” trên địa bàn huyện"),
    ("về cải cách hành chính năm 2023, đồng thời triển khai đến các xã", "cải cách hành chính năm 2023"),
    ("về công tác thi đua, Ủy ban nhân dân huyện báo cáo kết quả", "công tác thi đua"),
    ("quy định tổ chức các phòng (trừ phòng Y tế), ban", "quy định tổ chức các phòng (trừ phòng Y tế), ban"),
    ("gồm: 01 đơn vị", None),
]  # fmt: skip


@pytest.mark.parametrize(("tail", "title"), TITLES)
def test_subject_after_the_issuer(tail: str, title: str | None) -> None:
    assert only(f"Kế hoạch số 10/KH-UBND ngày 10/02/2023 của Ủy ban nhân dân huyện {tail}").title == title


def test_finite_verb_is_no_subject() -> None:
    assert only("Tại Điều 10 Nghị định số 103/2024/NĐ-CP ngày 30/7/2024 của Chính phủ quy định tiền sử dụng đất").title is None


def test_slips_of_a_scan_in_office_names_are_mended() -> None:
    assert office_name("Thi tướng\nChính phủ") == "Thủ tướng Chính phủ"
    assert office_name("ử ban Quốc gia Tìm kiếm cứu nạn") == "Ủy ban Quốc gia Tìm kiếm cứu nạn"


def spans(citation: Citation) -> list[Span]:
    found = (citation.span, citation.issuer_span, citation.pinpoint_span, citation.title_span, citation.issued_span, citation.cue)
    return [span for span in found if span is not None]


WORDS = st.sampled_from(
    [
        "Căn cứ",
        "Thực hiện",
        "Nghị định số 12/2020/NĐ-CP",
        "ngày 05/3/2020",
        "của Chính phủ",
        "của Ủy ban nhân dân tỉnh",
        "về việc",
        "quy định",
        "sửa đổi, bổ\n    sung một số điều của",
        "Thông tư số 5/2021/TT-BTC",
        "và",
        ",",
        ";",
        ".",
        "(",
        ")",
        "“",
        "”",
        "\n",
        "\n\n",
        "tại",
        "khoản 2 Điều 5",
        "Kế hoạch số 7/KH-UBND",
        "Luật Đất đai",
        "bãi bỏ",
        "theo\n    đề nghị của",
        "-",
        ":",
        "được",
        "năm 2023",
        "Sở Nội vụ",
        "**",
    ]
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_spans_cut_what_was_read_and_nesting_points_backwards(text: str) -> None:
    for index, citation in enumerate(find_citations(text).citations):
        assert all(0 <= span.start < span.end <= len(text) for span in spans(citation))
        assert citation.nested_in is None or citation.nested_in < index
        if citation.issuer is not None:
            assert not {"về", "được", "ngày"}.intersection(citation.issuer.split())


@given(st.text(alphabet="ABĐ của về,.-() \nỦytỉnh", max_size=60))
def test_walking_any_text_ends(text: str) -> None:
    found = phrase_at(text, 0)
    assert found is None or 0 < found.end <= len(text)


def test_long_text_without_marks_is_read_in_linear_time() -> None:
    piece = "Nghị định số 12/2020/NĐ-CP của Ủy ban Abc và Def về khoản 1 Điều 2 "
    start = time.process_time()
    find_citations(piece * 400)
    small = time.process_time() - start
    start = time.process_time()
    find_citations(piece * 1600)
    assert time.process_time() - start < max(16 * small, 2.0)


DATES_OF_SCANS = [
    ("Quyết định số 12/QĐ-UBND nqày 06/02/2023 của Ủy ban nhân dân huyện", "2023-02-06"),
    ("Quyết định số 12/QĐ-UBND ngàỹ 06 tbáng 02 nam 2023 của Ủy ban nhân dân huyện", "2023-02-06"),
    ("Quyết định số 12/QĐ-UBND mgày 06 thánq 02 măm 2023 của Ủy ban nhân dân huyện", "2023-02-06"),
    ("Quyết định số 12/QĐ-UBND ngày 3| tháng 8 năm 2023 của Ủy ban nhân dân huyện", "2023-08-31"),
    ("Quyết định số 12/QĐ-UBND ngày |3/6/2023 của Ủy ban nhân dân huyện", "2023-06-13"),
    ("Quyết định số 12/QĐ-UBND ngày @3 tháng 01 năm 2023 của Ủy ban nhân dân huyện", None),
    ("Quyết định số 12/QĐ-UBND ngày 14/9/203 của Ủy ban nhân dân huyện", None),
    ("Quyết định số 12/QĐ-UBND ngày 14/9/2023 cựa Ủy ban nhân dân huyện", "2023-09-14"),
]


@pytest.mark.parametrize(("text", "issued"), DATES_OF_SCANS)
def test_date_that_a_scan_spoiled_is_read_or_passed_over(text: str, issued: str | None) -> None:
    found = only(text + " về việc kiểm tra công vụ")
    assert (found.issued, found.issuer) == (issued, "Ủy ban nhân dân huyện")


@pytest.mark.parametrize("after", ["nay là văn bản 12/3/2020", "này 12/3/2020", "ngay 12 xã", "ngày càng 12/3/2020"])
def test_other_words_are_no_date(after: str) -> None:
    assert only(f"Quyết định số 12/QĐ-UBND {after}").issued is None


@pytest.mark.parametrize(
    ("text", "pinpoint"),
    [
        ("theo Mẫu số 50-DS ban hành kèm theo Nghị quyết số 01/2017/NQ-HĐTP", "Mẫu số 50-DS"),
        ("theo mẫu số 01/TT-LLTP ban hành kèm theo Thông tư số 16/2013/TT-BTP", "mẫu số 01/TT-LLTP"),
        ("theo Mẫu số 04a Phụ lục II Nghị định số 15/2021/NĐ-CP", "Mẫu số 04a Phụ lục II"),
    ],
)
def test_form_of_a_cited_paper_is_its_pinpoint(text: str, pinpoint: str) -> None:
    assert only(text).pinpoint == pinpoint


def test_number_of_a_company_may_end_in_digits() -> None:
    found = only("Trả lời văn bản số 01/CV-01 ngày 20/11/2025 của Công ty TNHH Bến Gỗ về việc thuế suất")
    assert (found.number, found.issued, found.issuer) == ("01/CV-01", "2025-11-20", "Công ty TNHH Bến Gỗ")


SPOILED_NUMBERS = [
    ("Luật Phòng, chống tham nhũng số 55/2005/QH 11 ngày 29 tháng 11 năm 2005", "55/2005/QH11", "2005-11-29"),
    ("Quyết định số 246/QĐÐ- TTg ngày 29 tháng 02 năm 2008", "246/QĐ-TTg", "2008-02-29"),
    ("Quyết định số 246/QĐ- -TTg ngày 29 tháng 02 năm 2008", "246/QĐ-TTg", "2008-02-29"),
    ("Kế hoạch số 145KH-UBND ngày 12/3/2019", "145KH-UBND", "2019-03-12"),
    ("Kế hoạch số 77JKH-UBND ngày 12/3/2019", "77JKH-UBND", "2019-03-12"),
    ("Nghị quyết số 66/2013/QH13 29/11/2013 của Quốc hội", "66/2013/QH13", "2013-11-29"),
    ("Chỉ thị số 09/CT-SCT ngày 19 tháng IŨ năm 2009", "09/CT-SCT", "2009-10-19"),
    ("Chỉ thị số 09/CT-SCT ngày Ø7 tháng ¡2 năm 2009", "09/CT-SCT", "2009-12-07"),
]


@pytest.mark.parametrize(("text", "number", "issued"), SPOILED_NUMBERS)
def test_number_and_date_that_a_scan_spoiled(text: str, number: str, issued: str) -> None:
    found = only(text)
    assert (found.number, found.issued, found.span) == (number, issued, Span(0, len(text.removesuffix(" của Quốc hội"))))


def test_parts_of_laws_that_one_law_amends_are_pinpoints() -> None:
    outer, homes, land = find_citations(
        "Căn cứ Luật sửa đổi, bổ sung Điều 126 của Luật Nhà ở và Điều 121 của Luật Đất đai;"
    ).citations
    assert outer.name == "Luật sửa đổi, bổ sung Điều 126 của Luật Nhà ở và Điều 121 của Luật Đất đai"
    assert [(c.name, c.pinpoint, c.relation, c.nested_in) for c in (homes, land)] == [
        ("Luật Nhà ở", "Điều 126", "amends", 0),
        ("Luật Đất đai", "Điều 121", "amends", 0),
    ]


TORN_ISSUERS = [
    ("của Bộ trưởng, Chủ nhiệm Văn phòng\n\nChính phủ hướng dẫn nghiệp vụ", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"),
    ("của Bộ trưởng Bộ Dân\n\ntộc và Tôn giáo về việc triển khai", "Bộ trưởng Bộ Dân tộc và Tôn giáo"),
    ("của Ủy\n\nban nhân dân tỉnh Sông Mây về phí", "Ủy ban nhân dân tỉnh Sông Mây"),
    ("của Bộ trưởng\n\nBộ Tài chính quy định", "Bộ trưởng Bộ Tài chính"),
    ("của Bộ\n\n3\n\nĐiều 4. Kinh phí", "Bộ"),
    ("\n\nbị\n\ncủa UBND huyện Cát Đằng về việc bồi thường", "UBND huyện Cát Đằng"),
    ("\n2\ncủa Sở Nội vụ về việc bồi thường", "Sở Nội vụ"),
    ("của UBND. tỉnh Sông Mây (cũ) về đơn giá", "UBND tỉnh Sông Mây"),
    ("của UBND. Giao Sở Nội vụ theo dõi", "UBND"),
    ("của Sở Nội vụ\n\nỦy ban nhân dân xã Cát Đằng báo cáo", "Sở Nội vụ"),
]


@pytest.mark.parametrize(("words", "issuer"), TORN_ISSUERS)
def test_issuer_goes_on_over_a_blank_line_only_where_it_must(words: str, issuer: str) -> None:
    assert only(f"Quyết định số 12/QĐ-SNV ngày 02/3/2020 {words}").issuer == issuer


def test_quotation_mark_before_a_mention_hides_no_subject() -> None:
    found = only('Theo đề xuất của Giám đốc Sở Xây dựng tại "Tờ trình số 454/TTr-SXD ngày 17 tháng 11 năm 2025.')
    assert found.issuer == "Giám đốc Sở Xây dựng"


BETWEEN = [
    (
        "theo Thông tư Liên tịch Bộ Y tế-Bộ Nông nghiệp và Phát triển nông thôn-Bộ Công Thương số 93/2014/TTLT-BYT-BNNPTNT-BCT ngày 9/4/2014",
        "Thông tư liên tịch",
        "Bộ Y tế-Bộ Nông nghiệp và Phát triển nông thôn-Bộ Công Thương",
    ),
    (
        "Căn cứ Thông tư liên tịch giữa Bộ Tài chính và Bộ Nội vụ số 95/2010/TTLT-BTC-BNV;",
        "Thông tư liên tịch",
        "Bộ Tài chính và Bộ Nội vụ",
    ),
    (
        "theo thông tư Liên Bộ Thương mại - Ngoại giao - Tài chính số 94/TTLB",
        "Thông tư liên bộ",
        "Liên Bộ Thương mại - Ngoại giao - Tài chính",
    ),
    ("theo Quyết định của Thủ tướng Chính phủ số 950/TTg ngày 2/3/1999", "Quyết định", "Thủ tướng Chính phủ"),
    ("Căn cứ Quyết định UBND tỉnh Thuận Giang số 92/2020/QĐ-UBND;", "Quyết định", "UBND tỉnh Thuận Giang"),
    ("theo Công văn của Văn phòng Chính phủ số 1934/VPCP-KTN ngày 12/2/2009", "Công văn", "Văn phòng Chính phủ"),
]


@pytest.mark.parametrize(("text", "doctype", "issuer"), BETWEEN, ids=[issuer for _, _, issuer in BETWEEN])
def test_issuer_between_type_and_number(text: str, doctype: str, issuer: str) -> None:
    found = first(text)
    assert (found.doctype, found.issuer) == (doctype, issuer)
    assert found.text.startswith(text.split()[1 if text.startswith("theo") else 2])


def test_a_list_shares_the_issuer_of_its_heading() -> None:
    text = "Căn cứ các Nghị định của Chính phủ: số 61/2010/NĐ-CP ngày 8/6/2010 về chợ; số 62/2013/NĐ-CP ngày 14/5/2013 về phố; Nghị định số 63/2014/NĐ-CP."
    assert [(c.number, c.issuer) for c in find_citations(text).citations] == [
        ("61/2010/NĐ-CP", "Chính phủ"),
        ("62/2013/NĐ-CP", "Chính phủ"),
        ("63/2014/NĐ-CP", None),
    ]
