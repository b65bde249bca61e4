from __future__ import annotations

import pytest

from docsearch.articles import best_units
from docsearch.outline import outline
from docsearch.query import parse_query
from docsearch.vietnamese import fold

LAW = """Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc quản lý chợ, việc làm sạch chợ và việc thu phí của chợ trên địa bàn xã.

Điều 2. Thu phí
1. Ban quản lý chợ thu phí của người bán hàng; phí thu theo ngày.
a) Người bán hàng lưu động nộp một nửa mức phí.
2. Mức phí do Hội đồng nhân dân quyết định.

Chương II
VỆ SINH

Điều 3. Vệ sinh môi trường
Người bán hàng giữ vệ sinh, thu dọn rác trước khi ra về; không xả nước thải ra đường.

Điều 4. Phòng cháy
Lối đi không bị chắn; bình chữa cháy đặt ở từng dãy. Vệ sinh bình chữa cháy mỗi quí.
"""
PLAN = """I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao ý thức giữ gìn vệ sinh nơi công cộng.
2. Yêu cầu
Việc kiểm tra không gây phiền hà cho hộ kinh doanh.
II. TỔ CHỨC THỰC HIỆN
Văn phòng theo dõi việc thực hiện và báo cáo.
"""


def best(text: str, typed: str) -> list[str]:
    return [hit.unit.label for hit in best_units(text, outline(text), parse_query(typed))]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("thu phí", "2"), ("vệ sinh môi trường", "3"), ("bình chữa cháy", "4"), ("phạm vi điều chỉnh", "1"), ('"mỗi quý"', "4"),
        ('"mức phí"', "2"), ("phòng*", "4"), ("rác OR thải", "3"),
    ],
)  # fmt: skip
def test_the_article_that_speaks_of_it_comes_first(typed: str, first: str) -> None:
    assert best(LAW, typed)[0] == first
    assert best(LAW, fold(typed) if typed != "rác OR thải" else typed)[0] == first


def test_words_side_by_side_count_more_than_apart() -> None:
    assert best(LAW, "vệ sinh") == ["3", "4"]
    assert best(LAW, "việc làm sạch") == ["1"]


def test_a_paper_without_articles_answers_by_its_sections() -> None:
    assert best(PLAN, "vệ sinh công cộng") == ["1"]
    assert best(PLAN, "việc thực hiện")[0] == "II"


@pytest.mark.parametrize("typed", ["", "năm:2023", "-phí", "xyz", "60/QĐ-UBND"])
def test_a_line_without_words_of_the_text_has_no_part(typed: str) -> None:
    assert best(LAW, typed) == []


def test_a_text_without_parts_has_none() -> None:
    assert best("Vệ sinh môi trường.", "vệ sinh") == []


def test_no_more_than_asked_and_the_best_first() -> None:
    hits = best_units(LAW, outline(LAW), parse_query("người bán hàng OR chợ OR chữa cháy"), most=2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score > 0
