"""How found mentions are held against annotated ones, and what two runs are told to differ in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.gold import SHARED, Run, compare, extract, score, scorer_of
from bench.scoring import Share, f1, judge, right, shares, wilson
from docsearch.metadata import read_metadata
from docsearch.vietnamese import clean


def mention(number: str | None, start: int = 0, **fields: Any) -> dict[str, Any]:
    named = {"doctype": "Nghị định", "name": None, "issued": None, "issuer": None, "pinpoint": None, "nested_in": None}
    return {"start": start, "end": start + 5, "text": "x" * 5, "number": number, "relation": "refers_to", **named, **fields}


def test_interval_holds_the_share_and_stays_inside() -> None:
    for share in (Share(0, 5), Share(5, 5), Share(318, 318), Share(83, 85), Share(1, 2)):
        low, high = wilson(share)
        assert 0 <= low <= share.value <= high + 1e-12 <= 1 + 1e-9


def test_interval_of_a_known_share() -> None:
    assert wilson(Share(81, 263)) == pytest.approx((0.2553, 0.3662), abs=0.0001)


def test_one_missed_mention_costs_one() -> None:
    gold = [mention("1/2020/NĐ-CP"), mention("2/2020/NĐ-CP", 9), mention("3/2020/NĐ-CP", 19)]
    judged = judge("p", gold, [gold[0], gold[2]])
    assert [one.state for one in judged] == ["hit", "missed", "hit"]
    assert shares(judged)["recall"] == Share(2, 3)
    assert shares(judged)["precision"] == Share(2, 2)
    assert f1(shares(judged)) == pytest.approx(0.8)


def test_extra_mention_costs_precision() -> None:
    judged = judge("p", [mention("1/2020/NĐ-CP")], [mention("1/2020/NĐ-CP"), mention("9/QĐ-UBND", 30)])
    assert [(one.state, one.place) for one in judged] == [("hit", "p#0"), ("extra", "p+xxxxx")]


def test_parents_are_compared_as_mentions_of_the_gold() -> None:
    gold = [mention("1/2020/NĐ-CP"), mention("2/2020/NĐ-CP", 9, nested_in=0)]
    found = [mention("7/QĐ-UBND"), mention("1/2020/NĐ-CP"), mention("2/2020/NĐ-CP", 9, nested_in=1)]
    assert judge("p", gold, found)[1].wrong == ()


@pytest.mark.parametrize(
    ("field", "gold", "found", "same"),
    [
        ("issuer", "Ủy ban nhân dân huyện", "UBND huyện", True),
        ("issuer", "Ủy ban nhân dân huyện", None, False),
        ("issuer", None, "UBND huyện", False),
        ("number", "09/2019/QĐ-UBND", "9/2019/QĐ-UBND", True),
        ("name", None, "Luật Giá", True),
        ("pinpoint", "khoản 2 Điều 5", "Khoản 2, Điều 5", True),
    ],
)
def test_fields_are_compared_by_letters_and_digits(field: str, gold: str | None, found: str | None, same: bool) -> None:
    assert right(field, {field: gold}, {field: found}, None) is same


def test_what_the_gold_allows_as_well_is_right() -> None:
    assert right("relation", {"relation": "implements", "relation_alt": "refers_to"}, {"relation": "refers_to"}, None)
    assert right("number", {"number": "l/NĐ-CP", "also": ["1/NĐ-CP"]}, {"number": "1/NĐ-CP"}, None)


def test_gains_losses_and_changes_are_told() -> None:
    gold = [mention("1/2020/NĐ-CP"), mention("2/2020/NĐ-CP", 9), mention("3/2020/NĐ-CP", 19)]
    run = Run(judge("p", gold, [gold[0], {**gold[1], "issuer": "Chính phủ"}, {**gold[2], "relation": "amends"}]))
    last = {"set": {"p#0": "span", "p#2": "issuer"}}
    assert compare({"set": run}, last) == ["+ p#0: span -> right", "- p#1: right -> issuer", "~ p#2: issuer -> relation"]


@pytest.mark.skipif(scorer_of(SHARED) is None, reason="the shared papers are not at hand")
def test_figures_are_those_of_the_scorer_beside_the_papers() -> None:
    module = scorer_of(SHARED)
    assert module is not None
    paths = sorted(SHARED.glob("*.json"))
    tally: dict[Any, int] = dict.fromkeys(("gold", "found", "hit", "span", *module.FIELDS), 0)
    for path in paths:
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        module.score_one(module.json.loads(path.read_text(encoding="utf-8")), found_in(path), text, tally, [], path.stem)
    ours = shares(score(paths).judged)
    assert {field: ours[field].right for field in ("span", *module.FIELDS)} == {f: tally[f] for f in ("span", *module.FIELDS)}
    assert (ours["recall"].right, ours["recall"].of, ours["precision"].of) == (tally["hit"], tally["gold"], tally["found"])


def found_in(path: Path) -> dict[str, Any]:
    text = clean(path.with_suffix(".txt").read_bytes().decode("utf-8"))
    return extract(text, read_metadata(text))
