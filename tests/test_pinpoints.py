"""Pinpoints: what a phrase names, and that writing undoes reading."""

# ruff: noqa: E501 - the sentences in the tables stay on one line

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.errors import NotationError
from docsearch.pinpoints import Pinpoint, parse_pinpoint, parse_pinpoints

READINGS = [
    ("điểm a khoản 2 Điều 5", ["điểm a khoản 2 Điều 5"]),
    ("Điều 5, khoản 2, điểm a", ["điểm a khoản 2 Điều 5"]),
    ("khoản 1, khoản 2 Điều 11", ["khoản 1 Điều 11", "khoản 2 Điều 11"]),
    ("các khoản 1, 2 và 3 Điều 138", ["khoản 1 Điều 138", "khoản 2 Điều 138", "khoản 3 Điều 138"]),
    ("điểm b khoản 3 và điểm b khoản 5 Điều 6", ["điểm b khoản 3 Điều 6", "điểm b khoản 5 Điều 6"]),
    ("từ Điều 5 đến Điều 7", ["Điều 5", "Điều 6", "Điều 7"]),
    ("điểm c đến đ khoản 1 Điều 2", ["điểm c khoản 1 Điều 2", "điểm d khoản 1 Điều 2", "điểm đ khoản 1 Điều 2"]),
    ("Điều 20, 21 và 27 Mục 2 Chương IV, Chương V", ["Điều 20 mục 2 chương IV", "Điều 21 mục 2 chương IV", "Điều 27 mục 2 chương IV", "chương V"]),
    ("điểm a1 khoản 1a Điều 37a", ["điểm a1 khoản 1a Điều 37a"]),
    ("Phụ lục I, II", ["phụ lục I", "phụ lục II"]),
    ("Mẫu số 16 tại Phụ lục I", ["mẫu 16 phụ lục I"]),
    ("ĐIỀU 12", ["Điều 12"]),
    ("Diều 12", ["Điều 12"]),
    ("các điều: 64, 65 và Điều 70", ["Điều 64", "Điều 65", "Điều 70"]),
    ("khoản B.VII Mục 2 Phụ lục I.3", ["khoản B.VII mục 2 phụ lục I.3"]),
    ("mục 5 Phụ lục", ["mục 5"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), READINGS, ids=[text for text, _ in READINGS])
def test_each_named_part_is_read(text: str, parts: list[str]) -> None:
    assert [str(part) for part in parse_pinpoints(text)] == parts


def test_point_d_and_point_dd_are_two() -> None:
    assert parse_pinpoint("điểm d khoản 1 Điều 2") != parse_pinpoint("điểm đ khoản 1 Điều 2")


@pytest.mark.parametrize("text", ["", "Điều", "mục tiêu", "Điều này", "khoản vay 5", "Nghị định số 5"])
def test_what_names_no_part_is_an_error(text: str) -> None:
    with pytest.raises(NotationError):
        parse_pinpoints(text)


def test_a_list_is_no_single_part() -> None:
    with pytest.raises(NotationError):
        parse_pinpoint("khoản 1, 2 Điều 3")


def test_the_article_of_a_part() -> None:
    assert parse_pinpoint("điểm a khoản 2 Điều 5").article == "5"
    assert parse_pinpoint("Phụ lục I").article is None


NUMBERS = st.integers(1, 200).map(str) | st.integers(1, 200).map(lambda n: f"{n}a")
LETTERS = st.sampled_from("abcdđeghik")


@given(article=NUMBERS, clause=st.none() | NUMBERS, point=st.none() | LETTERS)
def test_writing_undoes_reading(article: str, clause: str | None, point: str | None) -> None:
    steps = [("Điều", article)]
    if clause is not None:
        steps.append(("khoản", clause))
        if point is not None:
            steps.append(("điểm", point))
    part = Pinpoint(tuple(steps))
    assert parse_pinpoint(str(part)) == part
