"""The sample papers are still read where a scan slips at one character of a hundred; and what spoils them keeps every place."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.noise import FIELDS, META, OWN, measure, papers, spoil

FLOORS = {"mentions": 0.97, "doctype": 0.97, "number": 0.96, "issued": 0.9, "issuer": 0.92, "relation": 0.94, "nesting": 0.95}
FACTS = {"number": 0.92, "doctype": 0.98, "issuer": 0.92, "issued": 0.9, "title": 0.92, "signer": 0.88}


@pytest.fixture(scope="module")
def tally() -> Counter[str]:
    return measure(papers(OWN), 1.0, 1)[0]


def test_mentions_are_found_in_a_spoiled_text(tally: Counter[str]) -> None:
    assert tally["found"] / tally["mentions"] >= FLOORS["mentions"]
    assert tally["extra"] / tally["mentions"] <= 0.01


@pytest.mark.parametrize("field", [field for field in FIELDS if field in FLOORS])
def test_field_of_a_mention_is_read_in_a_spoiled_text(tally: Counter[str], field: str) -> None:
    assert (tally["found"] - tally[f"wrong {field}"]) / tally["mentions"] >= FLOORS[field]


@pytest.mark.parametrize("field", META)
def test_metadata_is_read_in_a_spoiled_text(tally: Counter[str], field: str) -> None:
    assert tally[f"right {field}"] / tally[f"of {field}"] >= FACTS[field]


@given(st.text(max_size=200), st.integers(0, 99))
def test_every_character_has_its_place_in_the_spoiled_text(text: str, seed: int) -> None:
    spoiled = spoil(text, 0.3, random.Random(seed))
    assert list(spoiled.starts) == sorted(spoiled.starts)
    assert (len(spoiled.starts), spoiled.starts[-1]) == (len(text) + 1, len(spoiled.text))
    assert spoil(text, 0, random.Random(seed)).text == text
