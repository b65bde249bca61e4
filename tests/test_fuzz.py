"""Spoiled texts and senseless lines are answered, never with an error: a short form of `bench.faults.fuzz`."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import citing, paper

from bench.faults.fuzz import queries, spoiled, texts
from docsearch.extraction import understand


def test_spoiled_texts_are_understood() -> None:
    row = texts(60)
    assert (row.survived, row.note) == (60, "")


def test_senseless_lines_are_answered() -> None:
    row = queries(300)
    assert (row.survived, row.note) == (300, "")


@settings(deadline=None)  # the first text loads the tables
@given(st.randoms(use_true_random=False))
def test_spans_lie_in_the_text_whatever_was_done_to_it(chance: random.Random) -> None:
    text = spoiled(
        paper("12/KH-UBND", body=citing("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020", "khoản 2 Điều 5 Luật số 22/2008/QH12")),
        chance,
    )
    found = understand(text)
    assert [citation.span.cut(found.text) for citation in found.findings.citations] == [c.text for c in found.findings.citations]
    assert all(0 <= unit.span.start <= unit.span.end <= len(found.text) for unit in found.units)


@pytest.mark.parametrize("blank", ["\t ", "\t\t", "\x0b", "\u2003", "\x1f"], ids=ascii)
def test_only_white_space_before_a_citation(blank: str) -> None:
    found = understand(f"{blank}Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ")
    assert [citation.number for citation in found.findings.citations] == ["30/2020/NĐ-CP"]
