from __future__ import annotations

import doctest

import pytest

from docsearch import registry, succession
from docsearch.model import And, Not, Or, Phrase
from docsearch.query import parse_query
from docsearch.registry import name_key
from docsearch.succession import other_names, with_other_names


@pytest.mark.parametrize(
    ("name", "others"),
    [
        pytest.param("Bộ Kế hoạch và Đầu tư", {"Bộ Tài chính"}, id="became"),
        pytest.param("bo tai chinh", {"Bộ Kế hoạch và Đầu tư"}, id="came-from"),
        pytest.param(
            "Bộ Thông tin và Truyền thông",
            {"Bộ Bưu chính, Viễn thông", "Bộ Khoa học và Công nghệ", "Bộ Văn hóa, Thể thao và Du lịch"},
            id="divided",
        ),
        pytest.param("Bộ Công an", set(), id="stayed"),
        pytest.param("Ủy ban nhân dân tỉnh Trà Vinh", {"Ủy ban nhân dân tỉnh Vĩnh Long"}, id="of-a-place"),
        pytest.param("UBND tỉnh Vĩnh Long", {"UBND tỉnh Bến Tre", "UBND tỉnh Trà Vinh"}, id="of-a-merged-place"),
        pytest.param(
            "Sở Giao thông vận tải tỉnh Trà Vinh",
            {"Sở Giao thông vận tải tỉnh Vĩnh Long", "Sở Xây dựng tỉnh Trà Vinh", "Sở Xây dựng tỉnh Vĩnh Long"},
            id="office-and-place",
        ),
        pytest.param("tỉnh Trà Vinh", set(), id="a-place-is-no-office"),
        pytest.param("Bộ Kế hoạch và Đầu tư trả lời", set(), id="more-than-a-name"),
        pytest.param("Bộ", set(), id="less-than-a-name"),
        pytest.param("", set(), id="empty"),
    ],
)
def test_an_office_has_the_names_before_and_after(name: str, others: set[str]) -> None:
    assert set(other_names(name)) == others


@pytest.mark.parametrize(
    ("name", "others"),
    [("tỉnh Trà Vinh", {"tỉnh Vĩnh Long"}), ("Trà Vinh", {"Vĩnh Long"}), ("huyện Cầu Kè", set()), ("Châu Thành", set())],
)
def test_a_place_has_the_names_before_and_after(name: str, others: set[str]) -> None:
    assert set(other_names(name, offices_only=False)) == others


@pytest.mark.parametrize("issuer", [issuer for issuer in registry.issuers().values() if issuer.successors], ids=lambda i: i.code)
def test_who_became_another_is_found_from_it_and_it_from_him(issuer: registry.Issuer) -> None:
    for code in issuer.successors:
        after = registry.issuers()[code]
        assert name_key(after.name) in map(name_key, other_names(issuer.name))
        assert name_key(issuer.name) in map(name_key, other_names(after.name))


def test_each_office_that_changed_its_name_is_known_by_its_first_word() -> None:
    kin = [issuer for issuer in registry.issuers().values() if other_names(issuer.name)]
    assert len(kin) > 30
    assert {name_key(issuer.name).split()[0] for issuer in kin} <= succession._HEADS | {"chu", "chinh", "quoc", "hoi"}


@pytest.mark.parametrize(
    ("typed", "added"),
    [
        ('cơ-quan:"Bộ Kế hoạch và Đầu tư"', ("Bộ Tài chính",)),
        ("cơ-quan:BKHĐT vốn", ("Bộ Tài chính",)),
        ('cơ-quan:"UBND tỉnh Trà Vinh"', ("tỉnh Vĩnh Long",)),
        ('nơi:"Trà Vinh" kế hoạch', ("Vĩnh Long",)),
        ('vốn "Bộ Kế hoạch và Đầu tư"', ("Bộ Tài chính",)),
        ('"Trà Vinh"', ()),
        ('trích-yếu:"Bộ Kế hoạch và Đầu tư"', ()),
        ('-cơ-quan:"Bộ Kế hoạch và Đầu tư" vốn', ()),
        ("Bộ Kế hoạch và Đầu tư", ()),
        ("", ()),
    ],
)
def test_names_are_added_where_an_office_was_named(typed: str, added: tuple[str, ...]) -> None:
    asked = parse_query(typed).node
    node, names = with_other_names(asked)
    assert names == added
    assert (node == asked) == (not added)


def test_what_was_typed_stays_an_alternative_and_the_comparison_too() -> None:
    node, _ = with_other_names(parse_query('cơ-quan:"bo ke hoach va dau tu" -vốn').node)
    assert isinstance(node, And)
    wanted, left_out = node.parts
    assert isinstance(wanted, Or)
    assert isinstance(left_out, Not)
    typed, *others = (part for part in wanted.parts if isinstance(part, Phrase))
    assert (typed.words, typed.field) == (("bo", "ke", "hoach", "va", "dau", "tu"), "issuer")
    assert {part.match for part in others} == {typed.match}


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(succession).failed == 0
