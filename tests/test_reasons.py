from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.model import Match
from docsearch.query import parse_query
from docsearch.reasons import reasons

TEXTS = {
    "title": "Cải cách hành chính",
    "headings": "Cải cách thể chế",
    "body": "Cải cách hành chính. Từ chối hồ sơ; cai cach. Ban hành văn bản kế hoạch.",
    "signer": "Lê Thị Suối",
}
NUMBERS = {
    "number": frozenset({"112/KH-UBND", "112/2023"}),
    "cites": frozenset({"108/2014/ND-CP", "108/2014", "based_on:108/2014/ND-CP"}),
}


def told(typed: str, match: Match | None = None) -> list[tuple[str, str, str | None, int]]:
    found = reasons(parse_query(typed, match=match).node, TEXTS, NUMBERS)
    return [(reason.asked, reason.field, reason.match, reason.times) for reason in found]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("cải", [("cải", "title", "exact", 1), ("cải", "headings", "exact", 1), ("cải", "body", "exact", 1)]),
        ("cai", [("cai", "title", "folded", 1), ("cai", "headings", "folded", 1), ("cai", "body", "exact", 1)]),
        ("tữ", []),
        ('"hồ sơ"', [("hồ sơ", "body", "exact", 1)]),
        ('"ban kế hoạch"~3', [("ban kế hoạch", "body", "exact", 1)]),
        ('"ban kế hoạch"', []),
        ('"kế ban"~9', []),
        ("chố*", [("chố*", "body", "exact", 1)]),
        ("ký:suoi", [("suoi", "signer", "folded", 1)]),
        ("112/KH-UBND", [("112/KH-UBND", "number", None, 1)]),
        ("112/2023", [("112/2023", "number", None, 1)]),
        ("108/2014", [("108/2014", "cites", None, 1)]),
        ("căn-cứ:108/2014/NĐ-CP", [("108/2014/NĐ-CP", "cites", None, 1)]),
        ("thay-thế:108/2014/NĐ-CP", []),
        ("số:108/2014/NĐ-CP", []),
        ("-cải hồ", [("hồ", "body", "exact", 1)]),
        ("hồ OR zzz", [("hồ", "body", "exact", 1)]),
        ("năm:2023", []),
        ("", []),
    ],
)
def test_a_reason_names_the_word_the_field_and_the_comparison(typed: str, wanted: list[tuple[str, str, str | None, int]]) -> None:
    assert told(typed) == wanted


@given(st.text(max_size=60))
def test_any_query_is_explained(typed: str) -> None:
    assert all(times > 0 for *_, times in told(typed))
