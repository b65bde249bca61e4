"""Numbers and dates: how the law writes its own names; parse undoes write."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.errors import NotationError
from docsearch.notation import (
    DirectiveId,
    DocNumber,
    fold_symbol,
    iso_date,
    number_key,
    parse_date,
    parse_directive_id,
    parse_number,
    tidy_number,
)
from docsearch.registry import doctypes

EXAMPLES = [example for kind in doctypes() for example in kind.examples]


@pytest.mark.parametrize("number", EXAMPLES)
def test_examples_of_the_table_parse_and_write_back(number: str) -> None:
    assert str(parse_number(number)).replace("-", "/") == number.replace("-", "/")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("01/KH-UBND", "1/kh-ubnd"),
        ("16-CT/TU", "16/CT-TU"),
        ("143 / 2020/NÐ- CP", "143/2020/NĐ-CP"),
        ("108/2014/ND-CP", "108/2014/NĐ-CP"),
        ("30／2020／NĐ-CP", "30/2020/NĐ-CP"),
        ("05/2015/TTLT/BTC-BYT", "05/2015/TTLT-BTC-BYT"),
        ("2231/SNV-CCHC&PC", "2231/SNV-CCHCPC"),
        ("233/2025/NĐ-CР", "233/2025/NĐ-CP"),
    ],
    ids=lambda text: text,
)
def test_writings_of_one_number_share_a_key(one: str, other: str) -> None:
    assert number_key(one) == number_key(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("21/QĐ-TTg", "21/2021/QĐ-TTg"),
        ("16-CT/TU", "16/CT-TTg"),
        ("66.25/2026/NQ-CP", "66/2026/NQ-CP"),
        ("30a/NQ-CP", "30/NQ-CP"),
    ],
    ids=lambda text: text,
)
def test_different_numbers_have_different_keys(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


@pytest.mark.parametrize("text", ["", "26/32", "22/02/2022", "Quyết định", "TCVN ISO 9001:2015", "/QĐ-UBND", "12/"])
def test_other_things_are_no_number(text: str) -> None:
    assert number_key(text) is None
    with pytest.raises(NotationError):
        parse_number(text)


SEGMENT = st.sampled_from(["QĐ", "UBND", "TTg", "BGD&ĐT", "SNV", "TT", "QH15", "CTr", "VPCP"])


@given(
    ordinal=st.integers(1, 99999).map(str),
    year=st.none() | st.integers(1945, 2099),
    symbol=st.lists(SEGMENT, min_size=1, max_size=4).map("-".join),
)
def test_parse_undoes_write(ordinal: str, year: int | None, symbol: str) -> None:
    number = DocNumber(ordinal, year, symbol)
    assert parse_number(str(number)) == number


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_symbol(fold_symbol(text)) == fold_symbol(text)


@given(st.text(max_size=40))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy_number(tidy_number(text)) == tidy_number(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ngày 01 tháng 6 năm 2023", "2023-06-01"),
        ("22/02/2022", "2022-02-22"),
        ("5.3.2020", "2020-03-05"),
        ("28-10-1994", "1994-10-28"),
        ("tháng 6/2015", "2015-06"),
        ("năm 2015", "2015"),
        ("31/02/2023", None),
        ("kể từ ngày ký", None),
    ],
    ids=str,
)
def test_date_is_read(text: str, iso: str | None) -> None:
    assert parse_date(text) == iso


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2100, 12, 31)))
def test_every_written_day_is_read_back(day: object) -> None:
    iso = str(day)
    year, month, number = iso.split("-")
    assert parse_date(f"ngày {number} tháng {month} năm {year}") == iso == iso_date(int(year), int(month), int(number))


# --- directive ids ----------------------------------------------------------------------------------------------------

IDS = {
    "108-2014-nd-cp": DirectiveId("108-2014-nd-cp"),
    "21-qd-ttg-2021": DirectiveId("21-qd-ttg", 2021),
    "2026-qd-ttg-2021": DirectiveId("2026-qd-ttg", 2021),
    "luat-80-2015-qh13": DirectiveId("luat-80-2015-qh13"),
    "66.25-2026-nq-cp": DirectiveId("66.25-2026-nq-cp"),
    "1-kh-ubnd-2023@tra-vinh.cau-ke": DirectiveId("1-kh-ubnd", 2023, "tra-vinh.cau-ke"),
    "cv-228-snv-tcbctcpcp-2022@tra-vinh": DirectiveId("cv-228-snv-tcbctcpcp", 2022, "tra-vinh"),
    "10-qd-ubnd-2025@vinh-long~2": DirectiveId("10-qd-ubnd", 2025, "vinh-long", "2"),
    "60-qd-ubnd-~": DirectiveId("60-qd-ubnd", unknown=True),
    "60-qd-ubnd-~1a2b3c4d": DirectiveId("60-qd-ubnd", mark="1a2b3c4d", unknown=True),
}


@pytest.mark.parametrize("text", IDS)
def test_directive_ids_parse_and_write_back(text: str) -> None:
    assert parse_directive_id(text) == IDS[text]
    assert str(IDS[text]) == text


@pytest.mark.parametrize("text", ["", "60/QĐ-UBND", "60-qd-ubnd@", "60-QD-UBND", "60-qd-ubnd~", "-60", "a b", "a@b@c"])
def test_what_is_no_directive_id_is_refused(text: str) -> None:
    with pytest.raises(NotationError):
        parse_directive_id(text)


SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z]{1,6}){0,3}", fullmatch=True)


@given(SLUGS, st.one_of(st.none(), st.integers(1945, 2099)), st.one_of(st.just(""), SLUGS), st.sampled_from(["", "2", "13"]))
def test_every_directive_id_parses_back(name: str, year: int | None, place: str, mark: str) -> None:
    identity = DirectiveId(name, year, place, mark)
    assert parse_directive_id(str(identity)) == identity
