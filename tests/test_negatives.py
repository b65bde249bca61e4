"""Text in official manner that cites nothing yields nothing; `bench.negatives` does the same with 2 MB."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import pytest

from bench import negatives
from docsearch.citations import find_citations

COPIES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "capitals": str.upper,
    "small letters": str.lower,
    "lines joined": lambda text: text.replace("\n", " "),
    "a word a line": lambda text: text.replace(" ", "\n"),
    "no marks": negatives.bare,
    "emphasis": lambda text: text.replace(" số ", " **số** "),
}


def found_in(copy: Callable[[str], str], size: int) -> list[str]:
    copies = (copy(text) for text, _ in negatives.texts(size, seed=7))
    return [text[max(0, c.span.start - 40) : c.span.end] for text in copies for c in find_citations(text).citations]


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_nothing_is_found_where_nothing_is_cited(copy: Callable[[str], str]) -> None:
    assert found_in(copy, 150_000) == []


@pytest.mark.parametrize("name", negatives.TEMPLATES)
def test_each_class_yields_nothing(name: str) -> None:
    lines = [line for kind, line in islice(negatives.lines(seed=11), 4000) if kind == name]
    assert len(lines) > 60
    assert [c.text for line in lines for c in find_citations(line).citations] == []


def test_the_text_is_the_same_each_time() -> None:
    assert list(negatives.texts(50_000)) == list(negatives.texts(50_000))


def test_a_citation_among_it_is_found() -> None:
    text, _ = next(negatives.texts(30_000))
    half = text.index("\n", len(text) // 2) + 1
    (citation,) = find_citations(f"{text[:half]}Thực hiện Kế hoạch số 97/KH-UBND.\n{text[half:]}").citations
    assert citation.number == "97/KH-UBND"
