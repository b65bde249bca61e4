"""The tables: each row's examples are read as that row says, names are unique, places lie where they lie."""

from __future__ import annotations

import tomllib
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from docsearch import registry
from docsearch.errors import RegistryError
from docsearch.registry import Issuer, act_key, acts, communes_named, in_office, issuers, name_key, place_names, places, slug
from docsearch.resolver.identity import read_symbol
from docsearch.resolver.phrases import read_body

TABLES = Path(registry.__file__).with_name("tables")
EXAMPLES = [(issuer, example) for issuer in issuers().values() for example in issuer.examples]


@pytest.mark.parametrize(("issuer", "example"), EXAMPLES, ids=[f"{issuer.code}: {example}" for issuer, example in EXAMPLES])
def test_examples_of_an_issuer_are_read_as_that_issuer(issuer: Issuer, example: str) -> None:
    symbol = read_symbol(example) if example[0].isdigit() else None
    if symbol:
        assert issuer in symbol.issuers
    else:
        assert read_body(example, issuer.until or issuer.since).code == issuer.code


def test_names_of_issuers_are_unique() -> None:
    named: dict[str, str] = {}
    for issuer in issuers().values():
        for key in {name_key(name) for name in (issuer.name, *issuer.names)}:
            assert named.setdefault(key, issuer.code) == issuer.code, key


def test_segments_are_shared_only_by_bodies_that_followed_each_other() -> None:
    for segment, sharing in registry.issuer_segments().items():
        spans = sorted((issuer.since or "", issuer.until or "9999") for issuer in sharing)
        assert all(before[1] < after[0] for before, after in pairwise(spans)), segment


def test_successors_are_rows_too() -> None:
    for issuer in issuers().values():
        assert set(issuer.successors) <= set(issuers()), issuer.code


def test_each_issuer_has_a_source_and_an_example_of_a_phrase_or_number() -> None:
    assert all(issuer.source and issuer.examples for issuer in issuers().values())


@pytest.mark.parametrize(
    ("segment", "on", "code"),
    [("CT", "2025-11-24", "cuc-thue"), ("CT", "2019-05-06", "cuc-thue-tinh"), ("CT", None, "cuc-thue"), ("UBND", "1999", "ubnd")],
)
def test_the_body_of_the_day_is_chosen(segment: str, on: str | None, code: str) -> None:
    chosen = in_office(registry.issuer_segments()[segment], on)
    assert chosen is not None
    assert chosen.code == code


@pytest.mark.parametrize("path", sorted(TABLES.iterdir()), ids=lambda path: str(path.name))
def test_tables_are_nfc(path: Path) -> None:
    assert unicodedata.is_normalized("NFC", path.read_text("utf-8"))


def test_a_file_without_its_table_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "issuers.toml").write_text("[[offices]]\ncode = 'x'\n", "utf-8")
    monkeypatch.setattr(registry, "_TABLES", tmp_path)
    with pytest.raises(RegistryError, match="issuers"):
        registry.read_table("issuers")


def test_a_column_of_the_wrong_kind_is_an_error() -> None:
    with pytest.raises(RegistryError, match="level must be str"):
        registry.column("issuers", tomllib.loads("level = 3"), "level", str)


# --- places -----------------------------------------------------------------------------------------------------------


def test_there_are_34_provinces_since_july_2025_and_63_before() -> None:
    provinces = [place for place in places().values() if place.level == "province"]
    assert sum(place.exists("2025-07-01") for place in provinces) == 34
    assert sum(place.exists("2025-06-30") for place in provinces) == 63


def test_districts_end_with_june_2025() -> None:
    districts = [place for place in places().values() if place.level == "district"]
    assert sum(place.exists("2025-06-30") for place in districts) == 696
    assert not any(place.exists("2025-07-01") for place in districts)


def test_successors_of_places_exist() -> None:
    assert all(successor in places() for place in places().values() for successor in place.successors)


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("Cầu Kè", {"tra-vinh.cau-ke"}),
        ("CẦU KÈ", {"tra-vinh.cau-ke"}),
        ("Thừa Thiên - Huế", {"thua-thien-hue"}),
        ("HCM", {"ho-chi-minh"}),
        ("Duyên Hải", {"tra-vinh.duyen-hai", "tra-vinh.thi-xa-duyen-hai"}),
    ],
)
def test_places_are_found_by_name(name: str, paths: set[str]) -> None:
    assert {place.path for place in place_names()[name_key(name)]} == paths


def test_names_of_districts_are_not_unique() -> None:
    assert len(place_names()[name_key("Châu Thành")]) == 10


def test_a_new_commune_has_its_kind_in_the_path_and_an_old_one_not() -> None:
    assert {place.path for place in communes_named("an phu tan")} == {"tra-vinh.cau-ke.an-phu-tan", "vinh-long.xa-an-phu-tan"}


def test_paths_of_communes_are_unique() -> None:
    keys = [key for key, rows in registry._commune_rows().items() if len(rows) > 1]
    for key in keys:
        paths = [place.path for place in communes_named(key)]
        assert len(paths) == len(set(paths)), key


def test_a_slug_is_ascii_and_has_no_marks() -> None:
    assert slug("Bà Rịa - Vũng Tàu") == "ba-ria-vung-tau"
    assert slug("Ea H'leo") == "ea-h-leo"


# --- laws -------------------------------------------------------------------------------------------------------------


def test_numbers_of_laws_are_numbers_of_the_assembly() -> None:
    for act in (act for group in acts().values() for act in group if act.number):
        symbol = read_symbol(act.number)
        assert symbol is not None
        assert {issuer.code for issuer in symbol.issuers} <= {"quoc-hoi", "ubtvqh"}
        assert not act.issued or act.issued[:4] == act.year, act


def test_a_law_is_found_by_its_name_in_any_case() -> None:
    assert [act.number for act in acts()[act_key("LUẬT ĐẤT ĐAI")]] == ["13/2003/QH11", "45/2013/QH13", "31/2024/QH15"]


def test_the_constitution_is_found_with_and_without_the_country() -> None:
    assert acts()[act_key("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam")][-1].year == "2013"


# --- popular names ----------------------------------------------------------------------------------------------------


def test_popular_names_mean_numbers_of_known_central_bodies() -> None:
    for (doctype, digits), (number, issued) in registry.aliases().items():
        symbol = read_symbol(number)
        assert symbol is not None
        assert [issuer.level for issuer in symbol.issuers] == ["central"], (doctype, digits)
        assert symbol.number.year in (None, int(issued[:4]))
        assert symbol.number.ordinal.lstrip("0") == digits
