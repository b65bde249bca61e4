"""The parts of a text: the cases in ``cases/outline`` ([kind, label, title, index of the parent]), addresses, invariants."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.model import Unit, UnitKind
from docsearch.outline import find_unit, outline, pinpoint_at

CASES = Path(__file__).parent / "cases" / "outline"
TEXTS = sorted(CASES.glob("*.json"))
NO_UNITS = sorted(CASES.glob("*.none.txt"))


def text_of(case: Path) -> str:
    return case.with_suffix(".txt").read_text("utf-8")


def test_there_are_cases() -> None:
    assert len(TEXTS) > 4
    assert NO_UNITS


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case.stem)
def test_units_are_found(case: Path) -> None:
    found = [[unit.kind, unit.label, unit.title, unit.parent] for unit in outline(text_of(case))]
    assert found == json.loads(case.read_text("utf-8"))


@pytest.mark.parametrize("case", NO_UNITS, ids=lambda case: case.stem)
def test_prose_has_no_units(case: Path) -> None:
    assert outline(case.read_text("utf-8")) == ()


def nested(units: tuple[Unit, ...], length: int) -> bool:
    """Units stand in text order; each lies within its parent; siblings do not overlap."""
    ends: dict[int | None, int] = {}
    for index, unit in enumerate(units):
        around = units[unit.parent].span if unit.parent is not None else None
        if around and not (around.start <= unit.span.start and unit.span.end <= around.end):
            return False
        if unit.span.start < ends.get(unit.parent, 0) or not unit.span.start < unit.span.end <= length:
            return False
        if index and unit.span.start < units[index - 1].span.start:
            return False
        ends[unit.parent] = unit.span.end
    return True


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case.stem)
def test_units_of_a_case_are_nested(case: Path) -> None:
    assert nested(outline(text_of(case)), len(text_of(case)))


LINES = st.sampled_from(
    [
        *("Chương I", "Chương II", "Mục 1. A", "Điều 1. B", "Điều 2.", "1. C", "2. D", "3a. E", "a) g", "b) h", "đ) i", "I. K"),
        *("II. L", "1.1. M", "“Điều 9. N", "O.”", "Phụ lục II", "Nơi nhận:", "QUY CHẾ", "**Điều 3. P**", "| 4 |", "", "văn bản"),
        *("Điều 5 Luật này", "Phần thứ nhất"),
    ]
)


@given(st.lists(LINES, max_size=40))
def test_units_are_nested(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert nested(outline(text), len(text))


@given(st.text(alphabet='ĐiềuCơngIVX1.2a)“” \n*|"', max_size=300))
def test_any_text_has_an_outline(text: str) -> None:
    assert nested(outline(text), len(text))


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Người học việc", "điểm d khoản 2 Điều 2"),
        ("Đò là phương tiện", "khoản 2a Điều 2"),
        ("Luật này có hiệu lực", "Điều 3"),
        ("PHẠM VI", "Mục 1 Chương I"),
        ("Căn cứ Hiến pháp", None),
    ],
    ids=["point", "inserted clause", "article", "section", "before all units"],
)
def test_place_has_an_address(words: str, address: str | None) -> None:
    text = text_of(CASES / "law.json")
    assert pinpoint_at(outline(text), text.index(words)) == address


def test_place_in_an_approved_plan_has_an_address() -> None:
    text = text_of(CASES / "approved-plan.json")
    assert pinpoint_at(outline(text), text.index("Sở Xây dựng")) == "khoản 1 mục II Điều 1"


@pytest.mark.parametrize(
    ("parts", "start"),
    [
        ((("article", "2"), ("clause", "2"), ("point", "đ")), "đ) Người thay thế"),
        ((("article", "2"), ("clause", "2a")), "2a. Đò"),
        ((("clause", "1"), ("article", "2")), None),
        ((("article", "2"), ("point", "c")), None),
        ((), None),
    ],
    ids=["point", "inserted clause", "wrong order", "no such point", "no address"],
)
def test_unit_is_found_by_its_address(parts: tuple[tuple[UnitKind, str], ...], start: str | None) -> None:
    text = text_of(CASES / "law.json")
    found = find_unit(outline(text), parts)
    assert (found.span.cut(text).startswith(start) if found and start else found) == (True if start else None)


def test_article_of_the_act_goes_before_one_of_its_attachment() -> None:
    text = text_of(CASES / "decision-with-rules.json")
    units = outline(text)
    assert find_unit(units, (("article", "1"),)) == units[0]
    assert find_unit(units, (("article", "2"), ("clause", "1"))) == units[6]


def test_inserted_labels_are_read() -> None:
    text = "Điều 37a. A\n1. B;\n1a. C:\na) D;\na1) E.\nĐiều 37b. G"
    assert [unit.label for unit in outline(text)] == ["37a", "1", "1a", "a", "a1", "37b"]


def test_quotation_left_open_hides_nothing() -> None:
    text = "Điều 1. A như sau:\n“Điều 9. B\nĐiều 2. C\nĐiều 3. D"
    assert [unit.label for unit in outline(text)] == ["1", "2", "3"]


@pytest.mark.parametrize("block", ["“\n", "”", "1. a\n", "Điều 1. ", "I. A\n", "a) b\n", "*", "\n", "Chương I\n"], ids=repr)
def test_long_runs_take_no_long_time(block: str) -> None:
    """Linear time: the time limit of the suite is the test."""
    outline(block * (400_000 // len(block)))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "**Điều 1. Phạm vi**\n\nNội dung.\n\n**Điều\n2. Hiệu lực thi hành**\n\nNội dung.\n",
            [("1", "Phạm vi"), ("2", "Hiệu lực thi hành")],
        ),
        ("Điều 1. Phạm vi\n\nNội dung.\n\nĐiều\n2. Hiệu lực\n\nNội dung.\n", [("1", "Phạm vi"), ("2", "Hiệu lực")]),
        ("Điều 1. Phạm vi\nTheo khoản 1\nĐiều\n2. Việc khác.\n", [("1", "Phạm vi")]),
    ],
    ids=["in bold", "after a blank line", "inside a sentence"],
)
def test_article_whose_line_breaks_before_its_number(text: str, labels: list[tuple[str, str]]) -> None:
    """Seen in saved pages of provinces, 2025."""
    assert [(unit.label, unit.title) for unit in outline(text) if unit.kind == "article"] == labels
