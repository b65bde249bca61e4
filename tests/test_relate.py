"""By which relation each mention is cited, and inside which title: tables of short texts, cases as files, invariants."""

# ruff: noqa: E501 - the sentences in the tables stay on one line

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docsearch.citations import find_citations
from docsearch.model import Citation, Fact, Metadata
from docsearch.registry import relations

CASES = Path(__file__).parent / "cases" / "relate"


def last(text: str) -> Citation:
    return find_citations(text).citations[-1]


def short(citation: Citation) -> str:
    nested = "" if citation.nested_in is None else f"@{citation.nested_in}"
    return f"{citation.number or citation.name} {citation.relation}{nested}"


def read(text: str) -> list[str]:
    return [short(c) for c in find_citations(text).citations]


# --- the table --------------------------------------------------------------------------------------------------------

EXAMPLES = [(relation.code, example) for relation in relations().values() for example in relation.examples]


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[example[:60] for _, example in EXAMPLES])
def test_each_example_of_the_table_reads_as_its_row_says(code: str, example: str) -> None:
    text = example.replace("[", "").replace("]", "")
    (found,) = [c for c in find_citations(text).citations if c.span.start == example.index("[")]
    row = relations()[code]
    assert found.relation == row.told_as
    assert (code in found.flags) == (code != row.told_as)


def test_codes_are_those_of_the_records() -> None:
    assert list(relations()) == [
        "based_on", "implements", "proposed_by", "amends", "replaces", "repeals", "suspends", "extends", "guides", "corrects", "consolidates", "issues",
        "replies_to", "refers_to",
    ]  # fmt: skip


def test_each_row_has_examples_and_a_source() -> None:
    assert all(relation.examples and relation.source for relation in relations().values())


# --- governing words --------------------------------------------------------------------------------------------------

GOVERNED = [
    ("Căn cứ khoản 2 Điều 49 Luật Quản lý thuế số 38/2019/QH14, quy định:", "based_on"),
    ("Căn cứ chức năng, nhiệm vụ được quy định tại Quyết định số 12/QĐ-UBND", "refers_to"),
    ("Thực hiện nghiêm túc, có hiệu quả Chỉ thị số 16/CT-TTg", "implements"),
    ("Thực hiện ý kiến của Ban Tổ chức Tỉnh ủy tại Văn bản số 91-CV/BTCTU", "implements"),
    ("bảo đảm theo đúng chỉ đạo của Thủ tướng Chính phủ tại Công điện số 158/CĐ-TTg", "implements"),
    ("triển khai các nhiệm vụ được giao tại Chỉ thị số 16/CT-TTg", "implements"),
    ("thực hiện kiểm tra 02 thủ tục tại Quyết định số 72/2024/QĐ-UBND", "refers_to"),
    ("được thực hiện theo quy định tại Nghị định số 34/2025/NĐ-CP", "refers_to"),
    ("thực hiện theo Quyết định số 642/QĐ-BNNMT", "implements"),
    ("áp dụng trên địa bàn các xã theo Nghị quyết số 1314/NQ-UBTVQH15", "refers_to"),
    ("các quy định trái với Nghị định số 34/2025/NĐ-CP", "refers_to"),
    ("bãi bỏ các quy định không còn phù hợp với Nghị định số 34/2025/NĐ-CP", "refers_to"),
    ("có hiệu lực thi hành theo Quyết định số 48/QĐ-BNNMT", "refers_to"),
    ("ban hành kèm theo Quyết định số 13/QĐ-TCHQ", "refers_to"),
    ("Sửa đổi, bổ sung một số điều của Quy chế ban hành kèm theo Quyết định số 13/QĐ-UBND", "amends"),
    ("Bãi bỏ toàn bộ Quyết định số 13/2020/QĐ-UBND", "repeals"),
    ("Bãi bỏ khoản 2 Điều 5 Quyết định số 13/2020/QĐ-UBND", "repeals"),
    ("Thay thế cụm từ “Sở Nội vụ” bằng cụm từ “Sở Tài chính” tại Điều 5 Quyết định số 13/2020/QĐ-UBND", "amends"),
    ("Sửa đổi, bổ sung và bãi bỏ một số điều của Quyết định số 13/2020/QĐ-UBND", "amends"),
    ("có hiệu lực kể từ ngày ký và thay thế Quyết định số 13/2020/QĐ-UBND", "replaces"),
    ("thay thế các thành viên có tên trong danh sách theo Quyết định số 13/QĐ-UBND", "refers_to"),
    ("Trả lời Công văn số 12/CAT-PC ngày 01/02/2024 của Công an tỉnh", "replies_to"),
    ("Cục Thuế nhận được công văn số 74/SM-CNTK của Thuế tỉnh Sông Mây. Về việc này, Cục Thuế có ý kiến như sau:", "replies_to"),
    ("Sở nhận được Văn bản số 101/VP-ĐT của Văn phòng UBND tỉnh thông báo ý kiến chỉ đạo.", "refers_to"),
    ("Bộ Nội vụ đã có Văn bản số 8091/BNV-TCBC gửi các địa phương", "issues"),
    ("Nghiên cứu, xây dựng Luật Chuyển đổi số", "refers_to"),
    ("Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 29/TTr-SYT;", "proposed_by"),
    ("xem xét đề nghị của Ban Quản lý dự án tại Văn bản số 11/BQL-GS", "proposed_by"),
    ("Về việc đính chính Thông tư số 15/2024/TT-BGDĐT", "corrects"),
    ("dự thảo Nghị định quy định chi tiết, hướng dẫn thi hành một số điều của Pháp lệnh Ưu đãi người có công với cách mạng", "guides"),
    ("(sau đây gọi tắt là Nghị quyết số 48/NQ-CP)", "refers_to"),
    ("THỰC HIỆN NGHỊ QUYẾT SỐ 48/NQ-CP NGÀY 03/4/2023 CỦA CHÍNH PHỦ", "implements"),
    ("không thực hiện Nghị quyết số 48/NQ-CP", "implements"),
    ("Thay thế Phụ lục XI ban hành kèm theo Thông tư số 8/2019/TT-BXD bằng Phụ lục II ban hành kèm theo Thông tư này", "amends"),
    ("Thay thế cụm từ “Nghị định số 29/2018/NĐ-CP” bằng cụm từ khác tại khoản 5", "refers_to"),
    ("thuộc phạm vi điều chỉnh của Luật Hóa chất", "refers_to"),
    ("bãi bỏ thủ tục đã được công bố tại Quyết định số 23/QĐ-BNNMT", "refers_to"),
    ("Triển khai hục hiện Kế hoạch số 23/KH-UBND", "implements"),
    ("Sau khi xem xét Tờ trình số 12/TTr-CP ngày 05/3/2024 của Chính phủ", "proposed_by"),
    ("Trên cơ sở xem xét các Tờ trình số 12/TTr-CP", "proposed_by"),
    ("đề nghị huyện xem xét Tờ trình số 08/TTr-UBND", "refers_to"),
    ("Xét Tờ trình số 12/TTr-UBND", "proposed_by"),
    ("Hội đồng xét xử áp dụng khoản 2 Điều 107 Bộ luật Tố tụng hình sự", "refers_to"),
    ("Tòa án xét thấy thuộc trường hợp của Nghị quyết số 12/2016/QH14", "refers_to"),
    ("Căn cứ Chế độ kế toán ban hành theo Quyết định số 12/QĐ-BTC", "based_on"),
    ("Căn cứ Quy chế làm việc ban hành kèm theo Quyết định số 12/QĐ-BTC", "based_on"),
    ("Căn cứ tình hình thực tế thực hiện Quy chế kèm theo Quyết định số 12/QĐ-BTC", "refers_to"),
    ("Bãi bỏ quy định về mức thu tại khoản 3 Điều 2 Thông tư số 12/2019/TT-BTC", "repeals"),
    ("Bãi bỏ các quy trình nội bộ về hộ tịch tại Quyết định số 13/QĐ-UBND", "repeals"),
    ("Sửa đổi lịch kiểm tra tại Mục III Kế hoạch số 12/KH-UBND", "amends"),
    ("Sửa đổi hồ sơ cho kịp lịch nêu tại Công văn số 12/SNV-TC", "refers_to"),
    ("Kế hoạch này thay cho Kế hoạch số 02/KH-UBND", "replaces"),
    ("theo đúng tinh thần Điều 4 Nghị định số 45/2020/NĐ-CP", "implements"),
    ("Thực hiện đúng lộ trình tại điểm b khoản 2 Mục II Nghị quyết số 76/NQ-CP", "implements"),
    ("Căn cứ ban hành Nghị định số 18/2007/NĐ-CP", "refers_to"),
    ("Căn cứ ý kiến chỉ đạo của Thủ tướng Chính phủ tại Công văn số 5110/VPCP-KTTH", "based_on"),
    ("Phần căn cứ đề nghị viện dẫn đủ Quyết định số 18/2023/QĐ-UBND", "refers_to"),
    ("làm căn cứ xây dựng phương án của Kế hoạch số 18/KH-UBND", "refers_to"),
    ("các văn bản của tỉnh, trong đó có Quyết định số 18/2023/QĐ-UBND", "refers_to"),
    ("Ủy ban nhân dân huyện nhận được Công văn số 1820/STNMT-BVMT về việc rà soát. Ủy ban nhân dân huyện báo cáo như sau:", "replies_to"),
    ("tạm thời thực hiện theo Quyết định số 12/2020/QĐ-UBND (trừ nội dung bị bãi bỏ tại khoản 3 Điều 2 Quyết định số 18/2023/QĐ-UBND)", "refers_to"),
    ("Ủy ban nhân dân huyện tổ chức thực hiện. Nghị quyết số 30/NQ-HĐND về dự toán hết hiệu lực sau ngày 31 tháng 12", "repeals"),
    ("Căn cứ. Quyết định số 133/QĐ-TTg ngày 17/01/2020", "based_on"),
    ("Theo đê nghị của Công ty Mai Lĩnh tại Công văn số 05/CV-ML", "proposed_by"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), GOVERNED, ids=[text[:70] for text, _ in GOVERNED])
def test_the_governing_words_decide(text: str, code: str) -> None:
    assert last(text).relation == code


def test_the_cue_is_the_words_that_decided() -> None:
    text = "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 13/2020/QĐ-UBND"
    cue = last(text).cue
    assert cue is not None
    assert cue.cut(text) == "thay thế"


def test_not_is_read() -> None:
    assert last("không thực hiện Nghị quyết số 48/NQ-CP").negated
    assert not last("thực hiện Nghị quyết số 48/NQ-CP").negated


def test_a_repeal_of_a_part_is_partial() -> None:
    assert last("Bãi bỏ khoản 2 Điều 5 Quyết định số 13/2020/QĐ-UBND").partial
    assert not last("Bãi bỏ Quyết định số 13/2020/QĐ-UBND").partial


def test_words_after_the_mention_repeal_it() -> None:
    assert read(
        "Quyết định số 05/2021/QĐ-UBND ngày 15/3/2021 của Ủy ban nhân dân tỉnh ban hành Quy chế làm việc hết hiệu lực thi hành."
    ) == ["05/2021/QĐ-UBND repeals"]


# --- enumerations and lists -------------------------------------------------------------------------------------------

ENUMERATIONS = [
    ("Thực hiện Nghị quyết Đại hội lần thứ XIII; Chỉ thị số 45-CT/TW; Quyết định số 24/QĐ-TTg;", ["45-CT/TW implements", "24/QĐ-TTg implements"]),
    ("Thay thế Quyết định số 1/QĐ-UBND về Đề án A; Quyết định số 2/QĐ-UBND về Đề án B.", ["1/QĐ-UBND replaces", "2/QĐ-UBND replaces"]),
    ("Thực hiện Nghị định số 1/2020/NĐ-CP; xét đề nghị của Sở Y tế tại Tờ trình số 2/TTr-SYT", ["1/2020/NĐ-CP implements", "2/TTr-SYT proposed_by"]),
    ("Theo đề nghị của Sở Y tế tại Tờ trình số 2/TTr-SYT và ý kiến của Sở Tư pháp tại Báo cáo số 3/BC-STP;", ["2/TTr-SYT proposed_by", "3/BC-STP proposed_by"]),
    ("triển khai Nghị quyết số 1/NQ-CP (Nghị quyết số 1), Nghị quyết số 2/NQ-CP", ["1/NQ-CP implements", "1 refers_to", "2/NQ-CP implements"]),
    ("Căn cứ Nghị định số 1/2020/NĐ-CP. Đề nghị nghiên cứu Thông tư số 2/2020/TT-BTC", ["1/2020/NĐ-CP based_on", "2/2020/TT-BTC refers_to"]),
    ("Bãi bỏ các văn bản sau:\n\na) Quyết định số 1/2020/QĐ-UBND về chợ;\n\nb) Chỉ thị số 2/2020/CT-UBND về đê.", ["1/2020/QĐ-UBND repeals", "2/2020/CT-UBND repeals"]),
    ("**Điều 1. Bãi bỏ toàn bộ các quyết định**\n1. Quyết định số 1/2020/QĐ-UBND về chợ.\n2. Quyết định số 2/2020/QĐ-UBND về đê.", ["1/2020/QĐ-UBND repeals", "2/2020/QĐ-UBND repeals"]),
    ("Các Quyết định sau đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực thi hành:\n\n- Quyết định số 1/2020/QĐ-UBND;", ["1/2020/QĐ-UBND repeals"]),
    ("Bãi bỏ Thông tư số 1/2015/TT-BTC được sửa đổi bởi Thông tư số 2/2018/TT-BTC, Thông tư số 3/2019/TT-BTC; Thông tư số 4/2020/TT-BTC", ["1/2015/TT-BTC repeals", "2/2018/TT-BTC refers_to", "3/2019/TT-BTC refers_to", "4/2020/TT-BTC repeals"]),
    ("**Điều 1. Bãi bỏ các văn bản do Bộ trưởng Bộ Y tế ban hành sau đây:**\n1. Quyết định số 1/2020/QĐ-BYT;\n2. Thông tư số 2/2020/TT-BYT.", ["1/2020/QĐ-BYT repeals", "2/2020/TT-BYT repeals"]),
    ("huyện ban hành các văn bản chỉ đạo, triển khai thực hiện nhiệm vụ, như sau:\n\n+ Kế hoạch số 1/KH-UBND;\n\n+ Công văn số 2/UBND-TH;", ["1/KH-UBND issues", "2/UBND-TH issues"]),
]  # fmt: skip


ENUMERATIONS += [
    ("Bộ trưởng ban hành Thông tư hướng dẫn một số nội dung tại Nghị định số 89/2025/NĐ-CP về thuế.", ["89/2025/NĐ-CP guides"]),
    ("Thông tư này quy định chi tiết một số nội dung quy định tại Nghị định số 89/2025/NĐ-CP.", ["89/2025/NĐ-CP guides"]),
    ("Bộ phận một cửa thực hiện theo hướng dẫn tại Nghị định số 89/2025/NĐ-CP.", ["89/2025/NĐ-CP refers_to"]),
    ("Sở Y tế hướng dẫn nội dung chi cho người bệnh quy định tại Nghị định số 89/2025/NĐ-CP.", ["89/2025/NĐ-CP refers_to"]),
    ("2. Từ ngày Thông tư này có hiệu lực, chấm dứt hiệu lực thi hành các Thông tư sau đây:\na) Thông tư số 1/2012/TT-BYT;\nb) Thông tư số 2/2013/TT-BYT.", ["1/2012/TT-BYT repeals", "2/2013/TT-BYT repeals"]),
    ("A. VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ\n1.\nNghị định\nSố: 24/2003/NĐ-CP\nNgày 13/3/2003\nVề biển báo\nTheo Khoản 2 Điều 29 Nghị định số 18/2013/NĐ-CP\n01/01/2013\nB. VĂN BẢN CÒN HIỆU LỰC\n1.\nNghị định\nSố: 25/2004/NĐ-CP\nVề chợ", ["24/2003/NĐ-CP repeals", "18/2013/NĐ-CP refers_to", "25/2004/NĐ-CP refers_to"]),
    ("3\nNghị định\nSố 31/2015/NĐ-CP\nngày 24/3/2015\nVề kỹ năng nghề\n15/5/2015\n- Hết hiệu lực một phần\n- Văn bản sửa đổi, bổ sung, thay thế:\n+ Nghị định số 14/2018/NĐ-CP;\n+ Nghị định số 15/2019/NĐ-CP", ["31/2015/NĐ-CP refers_to", "14/2018/NĐ-CP refers_to", "15/2019/NĐ-CP refers_to"]),
    ("2\nNghị định\nSố 33/1998/NĐ-CP\nVề việc thành lập Tổng cục Dạy nghề\n\n3\nNghị định\nSố 31/2015/NĐ-CP\nVề nghề", ["33/1998/NĐ-CP refers_to", "31/2015/NĐ-CP refers_to"]),
    ("để lại theo Nghị định số 1/2016/NĐ-CP của Chính phủ quy định chi tiết Luật Phí và lệ phí được để lại 60% để chi theo Điều 5 Nghị định số 1/2016/NĐ-CP", ["1/2016/NĐ-CP refers_to", "Luật Phí và lệ phí guides@0", "1/2016/NĐ-CP refers_to"]),
    ("Điều 4. Sửa đổi Luật Đầu tư số 6/2020/QH14 được bổ sung theo Luật số 2/2023/QH15\nThay thế cụm từ “a” bằng “b” tại Phụ lục IV của Luật Đầu tư số 6/2020/QH14", ["6/2020/QH14 amends", "2/2023/QH15 refers_to", "6/2020/QH14 amends"]),
    ("KẾ HOẠCH\nTHỰC HIỆN QUYẾT ĐỊNH SỐ 60/QĐ-UBND CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN\n\nThực hiện Quyết định số 60/QĐ-UBND về Kế hoạch", ["60/QĐ-UBND implements", "60/QĐ-UBND implements"]),
    ("Bãi bỏ các Quyết định sau đây:\n\n1. Quyết định số 1/2009/QĐ-UBND về họp.\n\n2. Quyết định số 2/2012/QĐ-UBND về báo.", ["1/2009/QĐ-UBND repeals", "2/2012/QĐ-UBND repeals"]),
    ("SỬA ĐỔI NGHỊ ĐỊNH SỐ 1/2004/NĐ-CP ĐƯỢC BỔ SUNG BỞI NGHỊ ĐỊNH SỐ 2/2009/NĐ-CP VÀ NGHỊ ĐỊNH SỐ 3/2012/NĐ-CP", ["1/2004/NĐ-CP amends", "2/2009/NĐ-CP refers_to", "3/2012/NĐ-CP refers_to"]),
    ("Hướng dẫn thực hiện Điều 52 Luật Việc làm và một số điều của Nghị định số 2/2015/NĐ-CP", ["Luật Việc làm guides", "2/2015/NĐ-CP guides"]),
    ("Bãi bỏ Điều 5 Nghị định số 1/2014/NĐ-CP, khoản 2 Điều 6 của Nghị định số 2/2015/NĐ-CP", ["1/2014/NĐ-CP repeals", "2/2015/NĐ-CP repeals"]),
    ("Điều 3.\n1. Thông tư số 1/2015/TT-BQP quy định việc mua sắm, được sửa đổi bởi Thông tư số 2/2018/TT-BQP và Quyết định số 3/QĐ-BQP quy định thẩm quyền hết hiệu lực kể từ ngày Thông tư này có hiệu lực.", ["1/2015/TT-BQP repeals", "2/2018/TT-BQP refers_to", "3/QĐ-BQP repeals"]),
    ("Điều 3.\n1. Thông tư số 1/2015/TT-BQP quy định việc mua sắm. Giấy phép hết hiệu lực kể từ ngày cấp giấy mới.", ["1/2015/TT-BQP refers_to"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), ENUMERATIONS, ids=[text[:60] for text, _ in ENUMERATIONS])
def test_members_of_a_list_take_the_relation_of_its_head(text: str, found: list[str]) -> None:
    assert read(text) == found


# --- the passive ------------------------------------------------------------------------------------------------------

PASSIVES = [
    ("Căn cứ Nghị định số 1/2015/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 2/2020/NĐ-CP;", "based_on"),
    ("Căn cứ Nghị định số 1/2015/NĐ-CP của Chính phủ quy định chi tiết Luật Hải quan, được sửa đổi, bổ sung tại Nghị định số 2/2020/NĐ-CP;", "based_on"),
    ("nghiên cứu quy định tại Điều 67 Thông tư số 1/2015/TT-BTC được sửa đổi, bổ sung tại khoản 4 Điều 1 Thông tư số 2/2018/TT-BTC", "refers_to"),
    ("theo Thông tư số 1/2015/TT-BTC (sửa đổi, bổ sung tại Thông tư số 2/2018/TT-BTC)", "refers_to"),
    ("Thay thế Thông tư số 1/2015/TT-BTC đã được sửa đổi bởi Thông tư số 2/2018/TT-BTC", "refers_to"),
    ("Căn cứ Thông tư số 1/2015/TT-BTC đã được bổ sung theo Thông tư số 2/2018/TT-BTC", "based_on"),
    ("SỬA ĐỔI NGHỊ ĐỊNH SỐ 1/2004/NĐ-CP ĐƯỢC BỔ SUNG BỞI NGHỊ ĐỊNH SỐ 2/2009/NĐ-CP", "refers_to"),
    ("Thông tư số 1/2015/TT-BTC bị bãi bỏ bởi Thông tư số 2/2018/TT-BTC", "refers_to"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), PASSIVES, ids=[text[:70] for text, _ in PASSIVES])
def test_the_acting_instrument_is_marked_passive(text: str, code: str) -> None:
    found = last(text)
    assert (found.relation, found.passive, found.nested_in) == (code, True, None)


# --- titles -----------------------------------------------------------------------------------------------------------

NESTED = [
    (
        "Căn cứ Nghị định số 8/2020/NĐ-CP ngày 14/9/2020 của Chính phủ sửa đổi một số điều của Nghị định số 7/2014/NĐ-CP ngày 05/5/2014 của "
        "Chính phủ quy định tổ chức phòng và Nghị định số 9/2020/NĐ-CP ngày 07/10/2020 của Chính phủ về đơn vị sự nghiệp;",
        ["8/2020/NĐ-CP based_on", "7/2014/NĐ-CP amends@0", "9/2020/NĐ-CP based_on"],  # a younger act cannot be amended
    ),
    (
        "theo Nghị định số 3/2020/NĐ-CP ngày 10/12/2020 về sửa đổi Nghị định số 1/2014/NĐ-CP và Nghị định số 2/2018/NĐ-CP, cụ thể:",
        ["3/2020/NĐ-CP refers_to", "1/2014/NĐ-CP amends@0", "2/2018/NĐ-CP amends@0"],  # short, older, of the same type
    ),
    (
        "Phổ biến Kế hoạch số 14/KH-UBND ngày 14/02/2022 của UBND tỉnh về triển khai Quyết định số 19/QĐ-TTg ngày 23/11/2020 phê duyệt Đề án "
        "“A, B” và Quyết định số 21/QĐ-TTg ngày 06/01/2021 phê duyệt Đề án “C”",
        ["14/KH-UBND implements", "19/QĐ-TTg implements@0", "21/QĐ-TTg implements@0"],
    ),
    (
        "Thực hiện Thông tư số 1/2021/TT-BCT ngày 03/12/2021 về sửa đổi Thông tư số 2/2013/TT-BCT; Thông tư số 3/2021/TT-BCT",
        ["1/2021/TT-BCT implements", "2/2013/TT-BCT amends@0", "3/2021/TT-BCT implements"],  # ";" closes the title
    ),
    (
        "Căn cứ Nghị định số 2/2023/NĐ-CP ngày 28/11/2023 của Chính phủ sửa đổi Nghị định số 1/2016/NĐ-CP ngày 23/8/2016 của Chính phủ quy "
        "định chi tiết một số điều của Luật Phí và lệ phí;",
        ["2/2023/NĐ-CP based_on", "1/2016/NĐ-CP amends@0", "Luật Phí và lệ phí guides@1"],  # three deep
    ),
    (
        "Kế hoạch số 4/KH-UBND ngày 12/5/2025 về thực hiện Kết luận số 13-KL/TW, xác định nhiệm vụ trong tổ chức thực hiện Kết luận số 13-KL/TW",
        ["4/KH-UBND refers_to", "13-KL/TW implements@0", "13-KL/TW implements"],  # the comma after a short name closes
    ),
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đê điều và Luật Phòng, chống thiên tai ngày 17/6/2020;",
        [
            "Luật sửa đổi, bổ sung một số điều của Luật Đê điều và Luật Phòng, chống thiên tai based_on",
            "Luật Đê điều amends@0",
            "Luật Phòng, chống thiên tai amends@0",
        ],
    ),
    (
        "Căn cứ Nghị định số 5/2024/NĐ-CP ngày 25/5/2024 sửa đổi Nghị định số 3/2016/NĐ-CP đã được sửa đổi theo Nghị định số 4/2020/NĐ-CP;",
        ["5/2024/NĐ-CP based_on", "3/2016/NĐ-CP amends@0", "4/2020/NĐ-CP refers_to@0"],  # the history is part of the title
    ),
    (
        "Xét Tờ trình số 16/TTr-UBND ngày 14/11/2025 của UBND tỉnh về dự thảo Nghị quyết bãi bỏ Nghị quyết số 24/2013/NQ-HĐND, UBND tỉnh đề "
        "nghị bãi bỏ Nghị quyết số 25/2013/NQ-HĐND",
        ["16/TTr-UBND proposed_by", "24/2013/NQ-HĐND repeals@0", "25/2013/NQ-HĐND repeals"],  # the author's own clause
    ),
    (
        "Tại Điều 10 Nghị định số 3/2024/NĐ-CP của Chính phủ quy định tiền sử dụng đất theo khoản 2 Điều 8 Luật Đất đai",
        ["3/2024/NĐ-CP refers_to", "Luật Đất đai refers_to"],  # a finite verb opens no title
    ),
    (
        "Thông tư số 8/2015/TT-BXD ngày 31/7/2015 hướng dẫn thực hiện Điều 52 của Luật Nhà ở và một số điều của Nghị định số 7/2015/NĐ-CP ngày "
        "12/3/2015 của Chính phủ quy định chi tiết Luật Nhà ở",
        [
            "8/2015/TT-BXD refers_to",
            "Luật Nhà ở guides@0",
            "7/2015/NĐ-CP guides@0",
            "Luật Nhà ở guides@2",
        ],  # parts of two acts of two types
    ),
    (
        "theo Nghị quyết số 41/2017/QH14 ngày 20/6/2017 về việc thi hành Bộ luật Hình sự số 100/2015/QH13 đã được sửa đổi theo Luật số "
        "12/2017/QH14 và về hiệu lực của Bộ luật Tố tụng hình sự số 101/2015/QH13, Luật Tạm giữ số 94/2015/QH13 mà còn thời hiệu",
        [
            "41/2017/QH14 refers_to",
            "100/2015/QH13 implements@0",
            "12/2017/QH14 implements@0",
            "101/2015/QH13 refers_to@0",
            "94/2015/QH13 refers_to@0",
        ],
    ),
    (
        "Căn cứ Thông tư số 8/2021/TT-BTC ngày 29/9/2021 của Bộ Tài chính hướng dẫn một số điều của Luật Quản lý thuế và Nghị định số 7/2020/NĐ-CP "
        "ngày 19/10/2020 của Chính phủ quy định chi tiết một số điều của Luật Quản lý thuế;",
        [
            "8/2021/TT-BTC based_on",
            "Luật Quản lý thuế guides@0",
            "7/2020/NĐ-CP guides@0",
            "Luật Quản lý thuế guides@2",
        ],  # a circular guides both
    ),
    (
        "Căn cứ Nghị định số 7/2020/NĐ-CP ngày 19/10/2020 của Chính phủ quy định chi tiết Luật Quản lý thuế và Thông tư số 8/2021/TT-BTC ngày "
        "29/9/2021 của Bộ Tài chính;",
        ["7/2020/NĐ-CP based_on", "Luật Quản lý thuế guides@0", "8/2021/TT-BTC based_on"],  # a decree guides no circular
    ),
    (
        "Sửa đổi Thông tư số 8/2021/TT-BTC ngày 29/9/2021 hướng dẫn Luật Quản lý thuế và Nghị định số 7/2020/NĐ-CP và bãi bỏ một số mẫu của Thông tư "
        "số 4/2021/TT-BTC ngày 01/6/2021",
        [
            "8/2021/TT-BTC amends",
            "Luật Quản lý thuế guides@0",
            "7/2020/NĐ-CP guides@0",
            "4/2021/TT-BTC repeals",
        ],  # it changes a second act
    ),
    (
        "Căn cứ Công văn số 12/BYT-TC ngày 01/02/2020 của Bộ Y tế thống nhất về việc bãi bỏ Thông tư số 5/2019/TT-BTC;",
        ["12/BYT-TC based_on", "5/2019/TT-BTC repeals@0"],
    ),
    (
        "Thực hiện Nghị định số 3/2020/NĐ-CP ngày 01/02/2020 về sửa đổi Nghị định số 1/2018/NĐ-\n\n12\n\nCP và Nghị định số 2/2019/NĐ-CP, cụ thể:",
        [
            "3/2020/NĐ-CP implements",
            "1/2018/NĐ-CP amends@0",
            "2/2019/NĐ-CP amends@0",
        ],  # the page break inside the number ends no title
    ),
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15, Luật Nhà ở số 27/2023/QH15 ngày 29/6/2024;",
        [
            "Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15, Luật Nhà ở số 27/2023/QH15 based_on",
            "31/2024/QH15 amends@0",
            "27/2023/QH15 amends@0",
        ],
    ),
]


@pytest.mark.parametrize(("text", "found"), NESTED, ids=[text[:60] for text, _ in NESTED])
def test_instruments_inside_titles(text: str, found: list[str]) -> None:
    assert read(text) == found


def test_a_new_paragraph_that_nothing_links_to_a_title_is_outside_it() -> None:
    text = "Thông tư số 28/2015/TT-BXD ngày 31 tháng 7 năm 2015 hướng dẫn về bảo hiểm\nThông tư số 12/2014/TT-BXD ngày 02/3/2014 về nhà"
    assert read(text) == ["28/2015/TT-BXD refers_to", "12/2014/TT-BXD refers_to"]


def test_a_consolidated_text_consolidates_what_it_begins_with() -> None:
    text = (
        "Thông tư số 27/2018/TT-BXD ngày 25 tháng 12 năm 2018 của Bộ trưởng Bộ Xây dựng về nhà, có hiệu lực kể từ ngày 15 tháng 02 năm 2019, "
        "được sửa đổi, bổ sung bởi:\nThông tư số 34/2021/TT-BXD ngày 30 tháng 12 năm 2021 của Bộ trưởng Bộ Xây dựng, có hiệu lực.\n"
        "Căn cứ Luật Xây dựng ngày 18 tháng 6 năm 2014;"
    )
    own = Metadata(doctype=Fact("Văn bản hợp nhất", None, "title-line"))
    assert [c.relation for c in find_citations(text, own=own).citations] == ["consolidates", "consolidates", "based_on"]


def test_a_consolidated_text_whose_title_names_laws_consolidates_what_it_begins_with() -> None:
    text = (
        "THÔNG TƯ\nHướng dẫn một số điều của Luật Nhà ở về bảo hiểm\nThông tư số 28/2015/TT-BXD ngày 31 tháng 7 năm 2015 hướng dẫn một số điều "
        "của Luật Nhà ở về bảo hiểm, có hiệu lực, được sửa đổi bởi:\nThông tư số 15/2023/TT-BXD ngày 29 tháng 12 năm 2023, có hiệu lực.\n"
        "Căn cứ Luật Nhà ở ngày 25 tháng 11 năm 2014.\n1 Thông tư số 15/2023/TT-BXD có căn cứ ban hành như sau"
    )
    own = Metadata(doctype=Fact("Văn bản hợp nhất", None, "title-line"))
    relations_found = [c.relation for c in find_citations(text, own=own).citations if c.nested_in is None]
    assert relations_found == ["guides", "consolidates", "consolidates", "based_on", "refers_to"]


# --- cases as files ---------------------------------------------------------------------------------------------------


def test_there_are_cases() -> None:
    assert list(CASES.glob("*.txt"))


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    found = find_citations(path.read_text("utf-8")).citations
    keys = ("number", "name", "issued", "issuer", "pinpoint", "relation", "nested_in")
    assert [{key: getattr(c, key) for key in keys if key in want} for c, want in zip(found, expected, strict=True)] == expected


def test_the_words_of_a_wrapped_text_are_read_as_those_of_one_line() -> None:
    text = "Thực hiện Quyết định số 12/QĐ-UBND ngày 01/02/2023 của Ủy ban nhân dân tỉnh về triển khai Nghị định số 7/2020/NĐ-CP."
    assert read(text.replace(" ", "\n")) == read(text)


# --- cues that a scan misread -----------------------------------------------------------------------------------------

MISREAD = [
    ("Tbực hiện Chỉ thị số 09/CT-UBND ngày 20/5/2024", "implements"),
    ("Căn eứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;", "based_on"),
    ("4. Bãi b ỏ Chỉ thị số 04/CT-UBND ngày 12/5/2020.", "repeals"),
    ("Phòng Nội vụ tham mưu thực biện Nghị định số 73/2023/NĐ-CP", "implements"),
    ("Sửa đôi, bỗ sung một số quy định tại Thông tư số 12/2007/TT-BNV", "amends"),
    ("V/v đính chính Quyết định số 15/QĐ-UBND", "corrects"),
    ("bồi dưỡng khi hành nghề luật sư nêu tại Luật Luật sư", "refers_to"),
    ("Cần có Quyết định số 12/QĐ-UBND mới được chi.", "issues"),
]


@pytest.mark.parametrize(("text", "relation"), MISREAD)
def test_cue_that_a_scan_misread_still_governs(text: str, relation: str) -> None:
    assert last(text).relation == relation


MISREAD_HEADS = [
    ("theo Công văn ố 1874/SNV-CCHC ngày 25/10/2022", "Công văn"),
    ("theo Công vãn số 1874/SNV-CCHC ngày 25/10/2022", "Công văn"),
    ("theo Mghị định số 45/2020/NĐ-CP", "Nghị định"),
    ("theo Qu yết định s 45/QĐ-UBND", "Quyết định"),
]


@pytest.mark.parametrize(("text", "doctype"), MISREAD_HEADS)
def test_type_that_a_scan_misread_begins_the_mention(text: str, doctype: str) -> None:
    found = last(text)
    assert (found.doctype, found.span.start) == (doctype, len("theo "))


# --- what the sentence says further away ------------------------------------------------------------------------------

FURTHER = [
    (
        "Trên cơ sở Báo cáo số 105/BC-UBND ngày 12/11/2025 của Ủy ban nhân dân huyện và Kết luận của Thường trực Huyện ủy tại Thông báo số 43-TB/HU, Sở Nội vụ rà soát.",
        ["105/BC-UBND based_on", "43-TB/HU based_on"],
    ),
    (
        "Trên cơ sở ý kiến của các thành viên tại Phiếu lấy ý kiến ngày 02/11/2025, ý kiến của Sở Tài chính tại Tờ trình số 21/TTr-STC và Tờ trình số 22/TTr-STC.",
        ["21/TTr-STC based_on", "22/TTr-STC based_on"],
    ),
    (
        "2. Quyết định số 27/2019/QĐ-UBND ngày 20 tháng 11 năm 2019 của Ủy ban nhân dân tỉnh quy định danh mục tài sản; thời gian hao mòn tài sản vô hình của tỉnh hết hiệu lực thi hành kể từ ngày Quyết định này có hiệu lực.",
        ["27/2019/QĐ-UBND repeals"],
    ),
    (
        "2. Quyết định số 27/2019/QĐ-UBND ngày 20 tháng 11 năm 2019 quy định danh mục tài sản; việc theo dõi tiếp tục cho đến khi hết hiệu lực từ năm sau.",
        ["27/2019/QĐ-UBND refers_to"],
    ),
    ("Công ty tham chiếu Quyết định số 43/2018/QĐ-TTg để xác định thuế suất.", ["43/2018/QĐ-TTg refers_to"]),
    ("đối chiếu Quyết định số 43/2018/QĐ-TTg", ["43/2018/QĐ-TTg refers_to"]),
    ("Sửa đổi, bổ sung một số quy định tại Thông tư số 12/2007/TT-BNV", ["12/2007/TT-BNV amends"]),
    ("Bãi bỏ các quy định tại khoản 2 Điều 5 Quyết định số 12/2007/QĐ-UBND", ["12/2007/QĐ-UBND repeals"]),
    ("công bố thức ăn bổ sung quy định tại Điều 33 Luật Chăn nuôi số 32/2018/QH14", ["32/2018/QH14 refers_to"]),
    ("các dự án tồn đọng, kéo dài quy định tại Nghị quyết số 29/2026/QH16", ["29/2026/QH16 refers_to"]),
    ("Sửa đổi danh mục thủ tục được công bố tại Quyết định số 1306/QĐ-UBND", ["1306/QĐ-UBND amends"]),
    (
        "an cử ĐIỀ\n\nTHỦ TƯỚNG CHÍNH PHỦ\n\nLuật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;\nCăn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;",
        ["Luật Tổ chức Chính phủ based_on", "Luật Lưu trữ based_on"],
    ),
    (
        "đề nghị của Sở Xây dựng tại công văn số 47/SXD-QLN ngày 18 tháng 12 năm 2009 về sửa đổi, bô sung\nĐiều 1 Quyết định số 24/QĐ-UBND ngày 29 tháng 02 năm 2008",
        ["47/SXD-QLN proposed_by", "24/QĐ-UBND amends@0"],
    ),
    (
        "Phổ biến các văn bản hướng dẫn thi hành công tác lưu trữ của tỉnh, nhất là: Luật Lưu trữ, Kế hoạch số 21/KH-UBND ngày 11/4/2025.",
        ["Luật Lưu trữ implements", "21/KH-UBND implements"],
    ),
    (
        "Ngày 07/7/2025, Cục Thuế đã có công điện số 102/CĐ-CT về việc thực hiện Nghị định số 175/2025/NĐ-CP ngày 30/6/2025 của Chính phủ và Quyết định số 2226/QĐ-BTC ngày 30/6/2025 của Bộ Tài chính.",
        ["102/CĐ-CT issues", "175/2025/NĐ-CP implements@0", "2226/QĐ-BTC implements@0"],
    ),
    (
        "Ngày 07/7/2025, Cục Thuế đã ban hành Công điện số 102/CĐ-CT về việc thực hiện Nghị định số 175/2025/NĐ-CP và Công văn số 33/CT-CS ngày 21/8/2025.",
        ["102/CĐ-CT issues", "175/2025/NĐ-CP implements@0", "33/CT-CS issues"],
    ),
    ("Năm 2012 tỉnh thực hiện tốt Quy chế làm việc của Sở tại Quyết định số 29/QĐ-SNV", ["29/QĐ-SNV implements"]),
    (
        "Thực hiện Chỉ thị số 20/CT-UBND ngày 01/12/2009 của UBND tỉnh về bình ổn thị trường và phục vụ Tết, tiếp tục thực hiện Chỉ thị số 09/CT-SCT của Sở Công Thương, yêu cầu:",
        ["20/CT-UBND implements", "09/CT-SCT implements"],
    ),
    (
        "2. Thực hiện Quyết định số 29/QĐ-SNV ngày 5/12/2011.\n\n3. TÀI LIỆU VIỆN DẪN\n\n- Tiêu chuẩn quốc gia;\n\n- Quyết định số 993/QĐ-SNV ngày 06/5/2013;",
        ["29/QĐ-SNV implements", "993/QĐ-SNV refers_to"],
    ),
]


@pytest.mark.parametrize(("text", "rows"), FURTHER)
def test_words_further_away_govern_or_do_not(text: str, rows: list[str]) -> None:
    assert read(text) == rows


def test_slips_of_a_whole_paper_are_read_as_meant() -> None:
    text = (
        "Căn cứ Nghị định số 70/2025/NĐ-CP ngày 20/3/2025 của Chính phủ sửa đối, bố sung khoản 1 Điều 4 Nghị định số 123/2020/NĐ-CP;\n"
        "Căn cứ Nghị định số 181/2025/NĐ-CP của Chính phủ quy định chỉ\ntiết thi hành một số điều của Luật Thuế giá trị gia tăng;\n"
        "Theo Thông tư số 38/2015/TT-BTC được sữa đổi, bổ sung tại Thông tư số 39/2018/TT-BTC."
    )
    found = find_citations(text).citations
    assert [short(c) for c in found] == [
        "70/2025/NĐ-CP based_on",
        "123/2020/NĐ-CP amends@0",
        "181/2025/NĐ-CP based_on",
        "Luật Thuế giá trị gia tăng guides@2",
        "38/2015/TT-BTC refers_to",
        "39/2018/TT-BTC refers_to",
    ]
    assert all(c.span.cut(text) == c.text for c in found)
    assert found[-1].passive
