"""In force or not on a day, and which act says so; unknown where none does."""

from __future__ import annotations

import pytest

from docsearch.model import Directive, Edge
from docsearch.validity import validity

DATES = {"b": "2014-11-20", "a1": "2018-08-31", "a2": "2020-12-10", "r": "2023-06-03", "report": "2023-06-01"}
ACTS = {
    name: Directive(id=name, doctype="Nghị định", number=None, name=None, issued=date, office=None, title=None)
    for name, date in (DATES | {"undated": None}).items()
}


def edge(source: str | None, relation: str, *, partial: bool = False, by: str = "paper", index: int = 0) -> Edge:
    return Edge(source=source, target="b", relation=relation, asserted_by=by, index=index, partial=partial)


HISTORY = [edge("r", "replaces"), edge("a2", "amends"), edge("a1", "amends"), edge("report", "based_on")]


@pytest.mark.parametrize(
    ("on", "state", "acts"),
    [
        ("2014-11-19", "not_yet", []),
        ("2014-11-20", "in_force", ["a1", "a2", "report"]),
        ("2018-09-01", "partly_expired", ["a1"]),
        ("2021-01-01", "partly_expired", ["a1", "a2"]),
        ("2023-06-02", "partly_expired", ["a1", "a2"]),
        ("2023-06-03", "expired", ["r"]),
    ],
)
def test_the_state_follows_the_acts_up_to_the_day(on: str, state: str, acts: list[str]) -> None:
    found = validity("b", on, HISTORY, ACTS)
    assert (found.state, [one.source for one in found.evidence]) == (state, acts)


def test_no_act_is_no_evidence() -> None:
    assert validity("b", "2020-01-01", [], ACTS).state == "unknown"
    assert validity("b", "2020-01-01", [edge("report", "refers_to")], ACTS).reasons == ("nothing-held-says",)


def test_a_basis_proves_force_on_its_day_and_not_after() -> None:
    assert validity("b", "2023-05-01", [edge("report", "based_on")], ACTS).state == "in_force"
    assert validity("b", "2023-06-02", [edge("report", "based_on")], ACTS).state == "unknown"


def test_an_act_of_which_only_the_year_is_known_decides_nothing_within_that_year() -> None:
    acts = ACTS | {"y": Directive(id="y", doctype=None, number=None, name=None, issued="2023", office=None, title=None)}
    assert validity("b", "2023-06-02", [edge("y", "replaces")], acts).state == "unknown"
    assert validity("b", "2024-01-01", [edge("y", "replaces")], acts).state == "expired"
    assert validity("y", "2023-01-01", [], acts).state == "unknown"


def test_a_suspension_stops_until_an_end_and_not_in_part() -> None:
    stopped = [edge("a1", "suspends"), edge("a2", "amends")]
    assert validity("b", "2021-01-01", stopped, ACTS).state == "suspended"
    assert validity("b", "2023-07-01", [*stopped, edge("r", "repeals")], ACTS).state == "expired"
    found = validity("b", "2021-01-01", [edge("a1", "suspends", partial=True)], ACTS)
    assert (found.state, found.reasons) == ("unknown", ("nothing-held-says", "suspended-in-part"))


def test_a_partial_repeal_ends_a_part() -> None:
    assert validity("b", "2024-01-01", [edge("r", "repeals", partial=True)], ACTS).state == "partly_expired"


@pytest.mark.parametrize("source", ["undated", None])
def test_an_act_without_a_date_decides_nothing(source: str | None) -> None:
    found = validity("b", "2024-01-01", [edge(source, "repeals")], ACTS)
    assert (found.state, "undated-act" in found.reasons) == ("unknown", True)


def test_an_act_counts_from_its_first_day_in_force_where_that_is_known() -> None:
    known = {"r": "2023-07-20"}
    assert validity("b", "2023-07-19", [edge("r", "replaces")], ACTS, known).state == "unknown"
    ended = validity("b", "2023-07-20", [edge("r", "replaces")], ACTS, known)
    assert (ended.state, ended.reasons) == ("expired", ("replaces",))
    assert "from-issue-date" in validity("b", "2023-07-20", [edge("r", "replaces")], ACTS).reasons


def test_the_order_of_edges_does_not_matter() -> None:
    for on in ("2015-01-01", "2021-01-01", "2024-01-01"):
        assert validity("b", on, HISTORY, ACTS) == validity("b", on, HISTORY[::-1], ACTS)


def test_edges_of_other_directives_are_passed_over() -> None:
    other = Edge(source="r", target="c", relation="repeals", asserted_by="paper", index=0)
    assert validity("b", "2024-01-01", [other], ACTS).state == "unknown"
