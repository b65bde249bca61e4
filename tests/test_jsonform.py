"""Records as JSON: what is stated and what is inferred never share a key."""

from __future__ import annotations

import json

from docsearch import jsonform
from docsearch.model import Citation, Extraction, Fact, Findings, Metadata, Span, Unit


def citation(**changes: object) -> Citation:
    values: dict[str, object] = {
        "span": Span(10, 30),
        "text": "Kế hoạch số 01/KH-UB",
        "kind": "number",
        "doctype": "Kế hoạch",
        "number": "01/KH-UBND",
        "name": None,
        "issued": "2023",
        "issuer": None,
        "title": None,
        "pinpoint": None,
        "relation": "implements",
        "nested_in": None,
        "cue": Span(0, 9),
    }
    return Citation(**(values | changes))  # type: ignore[arg-type]  # a test table


def test_citation_has_the_agreed_keys_flat() -> None:
    row = jsonform.citation(citation())
    agreed = {"start", "end", "text", "doctype", "number", "name", "issued", "issuer", "pinpoint", "relation", "nested_in"}
    assert agreed <= set(row)
    assert (row["start"], row["end"]) == (10, 30)
    assert row["spans"] == {"cue": [0, 9]}


def test_number_taken_from_the_file_name_is_not_called_stated() -> None:
    out = jsonform.metadata(
        Metadata(number=Fact("5/BC-UBND", None, "file-name", "low"), doctype=Fact("Báo cáo", Span(0, 7), "title-line"))
    )
    assert out["number"] is None
    assert out["inferred"] == {"number": "5/BC-UBND"}
    assert out["doctype"] == "Báo cáo"
    assert out["evidence"]["doctype"]["start"] == 0


def test_extraction_is_plain_json_with_spans_as_offsets() -> None:
    unit = Unit(kind="article", label="5", title="", span=Span(3, 9), parent=None)
    found = Extraction(text="x" * 40, metadata=Metadata(), units=(unit,), findings=Findings(citations=(citation(),)))
    out = json.loads(json.dumps(jsonform.extraction(found)))
    assert out["units"] == [{"start": 3, "end": 9, "kind": "article", "label": "5", "title": "", "parent": None}]
    assert out["citations"][0]["number"] == "01/KH-UBND"


def test_lines_give_one_json_value_a_line() -> None:
    rows = list(jsonform.lines([{"a": "đ"}, {"a": "\n"}]))
    assert [json.loads(r) for r in rows] == [{"a": "đ"}, {"a": "\n"}]
    assert "đ" in rows[0] and all("\n" not in r for r in rows)
