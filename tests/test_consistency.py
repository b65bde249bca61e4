"""What does not fit among the citations of one paper, and where it stands."""

from __future__ import annotations

from typing import Any

import pytest

from docsearch.consistency import findings
from docsearch.model import Citation, Directive, Edge, Fact, Finding, Link, Mention, Metadata, Office, Span, Validity

OWN = Metadata(issued=Fact("2023-06-01", None, "test"))
DISTRICT = Office(code="ubnd", place="tra-vinh.cau-ke")


def citation(number: str | None = None, issued: str | None = None, **values: Any) -> Citation:
    plain: dict[str, Any] = dict.fromkeys(("doctype", "name", "issuer", "title", "pinpoint", "nested_in"))
    text = values.pop("text", f"số {number} ngày {issued}")
    plain |= {"number": number, "issued": issued, "text": text, "span": Span(100, 100 + len(text)), "kind": "number"}
    return Citation(**(plain | {"relation": "refers_to"} | values))


def mention(index: int, cited: Citation, office: Office | None = DISTRICT, flags: tuple[str, ...] = ()) -> Mention:
    return Mention(
        document="d", index=index, doctype=None, number=cited.number, name=None, issued=cited.issued, office=office, how="stated",
        flags=flags,
    )  # fmt: skip


def codes(*cited: Citation, office: Office | None = DISTRICT) -> list[str]:
    return [one.code for one in check(*cited, office=office)]


def check(*cited: Citation, office: Office | None = DISTRICT) -> tuple[Finding, ...]:
    return findings(OWN, cited, [mention(index, one, office) for index, one in enumerate(cited)])


def test_a_sound_paper_has_no_findings() -> None:
    assert codes(citation("60/QĐ-UBND", "2023-02-06"), citation("108/2014/NĐ-CP", "2014-11-20"), citation("71/2020/NĐ-CP")) == []


@pytest.mark.parametrize(
    ("number", "issued", "code"),
    [
        ("108/2014/NĐ-CP", "2015-11-20", "year-differs"),
        ("108/2014/NĐ-CP", "2015", "year-differs"),
        ("61/QĐ-UBND", "2023-06-02", "future-date"),
        ("61/2024/NĐ-CP", None, "future-date"),
        ("61/QĐ-UBND", "2024", "future-date"),
    ],
)
def test_a_date_that_cannot_be(number: str, issued: str | None, code: str) -> None:
    assert codes(citation(number, issued)) == [code]


def test_a_paper_of_the_same_day_or_year_is_not_of_the_future() -> None:
    assert codes(citation("61/QĐ-UBND", "2023-06-01"), citation("62/QĐ-UBND", "2023")) == []


def test_a_day_that_does_not_exist_is_shown_where_it_stands() -> None:
    found = check(citation("61/QĐ-UBND", text="Quyết định số 61/QĐ-UBND ngày 31/02/2023"))
    assert [(one.code, one.severity, one.span) for one in found] == [("impossible-date", "error", Span(130, 140))]


def test_an_issuer_against_the_symbol() -> None:
    cited = citation("43/2011/NĐ-CP", "2011-06-13", issuer="Thủ tướng Chính phủ", issuer_span=Span(150, 169))
    found = findings(OWN, [cited], [mention(0, cited, flags=("issuer-mismatch",))])
    assert [(one.code, one.span, dict(one.detail)) for one in found] == [
        ("issuer-mismatch", Span(150, 169), {"number": "43/2011/NĐ-CP", "issuer": "Thủ tướng Chính phủ"})
    ]


def test_a_number_like_a_date_is_no_date() -> None:
    assert codes(citation("66.7/2022/NQ-CP", text="Nghị quyết số 66.7/2022/NQ-CP")) == []


def test_the_number_of_another_law() -> None:
    cited = citation("17/2020/QH14", name="Luật Bảo vệ môi trường")
    found = findings(OWN, [cited], [mention(0, cited, flags=("name-mismatch",))])
    assert [(one.code, one.detail["name"]) for one in found] == [("law-number", "Luật Bảo vệ môi trường")]


def test_two_dates_of_one_number() -> None:
    found = check(citation("17/2013/NĐ-CP", "2013-02-19"), citation("17/2013/NĐ-CP", "2013-12-19"))
    assert [(one.code, one.detail["other"]) for one in found] == [("two-dates", "2013-02-19")]


def test_numbers_without_a_year_are_two_papers_on_two_days() -> None:
    assert codes(citation("16/CT-TTg", "2020-03-31"), citation("16/CT-TTg", "2019-04-23")) == []


def test_a_number_out_of_its_series_is_told_with_its_neighbours() -> None:
    rows = [
        ("20/UBND-TH", "2023-02-07"),
        ("17/UBND-TH", "2023-02-02"),
        ("106/UBND-TH", "2023-04-20"),
        ("132/UBND-TH", "2023-05-05"),
    ]
    found = check(*(citation(*row) for row in (*rows, ("150/UBND-NC", "2023-05-22"), ("408/UBND-NC", "2023-05-11"))))
    assert [(one.code, one.detail["number"], one.detail["before"], one.detail["after"]) for one in found] == [
        ("number-order", "408/UBND-NC", "132/UBND-TH (2023-05-05)", "150/UBND-NC (2023-05-22)")
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("20/QĐ-UBND", "2023-02-07"), ("10/QĐ-UBND", "2023-03-07")],
        [("60/QĐ-UBND", "2023-02-06"), ("20/UBND-TH", "2023-02-07"), ("10/KH-UBND", "2023-02-10")],
        [("460/QĐ-UBND", "2021-12-06"), ("20/QĐ-UBND", "2022-02-07"), ("10/QĐ-UBND", "2023-02-10")],
        [("10/QĐ-UBND", "2023-02-06"), ("20/QĐ-UBND", "2023-02-06"), ("15/QĐ-UBND", "2023-02-06")],
        [("210/QĐ-UBND", "2023-02-06"), ("220/QĐ-UBND", "2023-03-06"), ("15/2023/QĐ-UBND", "2023-04-06")],
        [("210/QĐ-UBND", "2023-02-06"), ("220/QĐ-UBND", "2023-03-06"), ("215a/QĐ-UBND", "2023-04-06")],
    ],
    ids=["two alone", "types apart", "years apart", "one day", "normative apart", "inserted"],
)
def test_what_is_no_series_is_not_judged(rows: list[tuple[str, str]]) -> None:
    assert codes(*(citation(*row) for row in rows)) == []


def test_a_series_of_an_unknown_office_is_not_judged() -> None:
    rows = [("20/QĐ-UBND", "2023-02-07"), ("10/QĐ-UBND", "2023-03-07"), ("30/QĐ-UBND", "2023-04-07")]
    assert codes(*(citation(*row) for row in rows), office=Office(code="ubnd", place=None)) == []


# --- against the archive ----------------------------------------------------------------------------------------------

HELD = Directive(
    id="x", doctype=None, number="60/QĐ-UBND", name=None, issued="2023-02-06", office=None, title=None, documents=("d2",)
)


def test_another_date_than_that_of_the_paper_held() -> None:
    cited = citation("60/QĐ-UBND", "2023-02-07")
    link = Link(document="d", index=0, state="resolved", directive="x")
    found = findings(OWN, [cited], [mention(0, cited)], links={0: link}, directives={"x": HELD})
    assert [(one.code, one.detail["held"]) for one in found] == [("date-differs", "2023-02-06")]


def test_an_ambiguous_link_tells_its_candidates() -> None:
    cited = citation("60/QĐ-UBND")
    link = Link(document="d", index=0, state="ambiguous", directive=None, candidates=("x", "y"), reasons=("no-year",))
    found = findings(OWN, [cited], [mention(0, cited)], links={0: link})
    assert [(one.code, dict(one.detail)) for one in found] == [
        ("ambiguous", {"number": "60/QĐ-UBND", "reason": "no-year", "candidates": "x, y"})
    ]


@pytest.mark.parametrize(
    ("state", "relation", "expected"),
    [
        ("expired", "based_on", ["replaced"]),
        ("partly_expired", "based_on", ["partly-replaced"]),
        ("partly_expired", "implements", []),
        ("suspended", "implements", ["suspended"]),
        ("expired", "replaces", []),
        ("unknown", "based_on", []),
    ],
)
def test_what_had_ended_before_the_paper(state: str, relation: str, expected: list[str]) -> None:
    def ask(directive: str, on: str) -> Validity:
        act = Edge(source="y", target=directive, relation="replaces", asserted_by="d3", index=0)
        return Validity(directive=directive, on=on, state=state, evidence=(act,))  # type: ignore[arg-type]  # from a table

    cited = [citation("60/QĐ-UBND", "2023-02-06", relation=relation)] * 2
    links = {at: Link(document="d", index=at, state="missing", directive="x") for at in (0, 1)}
    found = findings(OWN, cited, [mention(at, one) for at, one in enumerate(cited)], links=links, validity=ask)
    assert [one.code for one in found] == expected
    assert all(one.detail["by"] == "y" for one in found)
