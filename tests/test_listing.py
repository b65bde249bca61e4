"""The cross-reference listing as a file: each form can be read back, and no text of a document can break out of it."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest

from docsearch import listing
from docsearch.model import Card, Directive, LinkState, XrefRow


def card(number: str | None, path: str = "a.txt") -> Card:
    return Card(
        document="ab" * 32,
        directive=f"{number}-id" if number else None,
        path=path,
        format="txt",
        doctype="Kế hoạch" if number else None,
        number=number,
        issuer=None,
        issued="2023-02-06",
        title=None,
    )


def directive(id_: str, number: str, title: str | None = None) -> Directive:
    return Directive(id=id_, doctype="Quyết định", number=number, name=None, issued="2022-01-01", office=None, title=title)


HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>"]; }\\'
QUYET_DINH = directive("1907-qd-ttg-2020", "1907/QĐ-TTg")


def row(citing: Card, target: Directive | None, relation: str, times: int = 1) -> XrefRow:
    state: LinkState = "missing" if target else "ambiguous"
    cited_as = "Quyết định 1907" if target else HOSTILE
    return XrefRow(citing=citing, directive=target, cited_as=cited_as, state=state, relation=relation, times=times)


ROWS = (
    row(card("01/KH-UBND"), QUYET_DINH, "implements", times=2),
    row(card("02/KH-UBND"), QUYET_DINH, "based_on"),
    row(card(None, path=HOSTILE), None, "refers_to"),
)


def written(form: str, by: listing.By = "directive") -> str:
    return "".join(listing.WRITERS[form](ROWS, by))


def test_csv_reads_back_with_every_row_and_column() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv"))))
    assert [r["directive"] for r in rows] == ["1907-qd-ttg-2020", "1907-qd-ttg-2020", ""]
    assert tuple(rows[0]) == listing.COLUMNS
    assert rows[0]["relation"] == "implements" and rows[0]["times"] == "2"


def test_csv_cell_that_a_spreadsheet_would_run_is_defused() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv"))))
    assert rows[2]["cited_as"] == "'" + HOSTILE


def test_json_is_an_array_of_the_same_rows() -> None:
    rows = json.loads(written("json"))
    assert [r["state"] for r in rows] == ["missing", "missing", "ambiguous"]
    assert rows[2]["cited_as"] == HOSTILE


def test_empty_listing_is_still_a_valid_file() -> None:
    assert json.loads("".join(listing.as_json((), "directive"))) == []
    assert ElementTree.fromstring("".join(listing.as_graphml((), "directive")))[-1].tag.endswith("graph")


@pytest.mark.parametrize("by", ["directive", "document"])
def test_html_groups_rows_and_escapes_text(by: listing.By) -> None:
    page = written("html", by)
    assert page.count("<h2>") == (2 if by == "directive" else 3)
    assert "<script>" not in page


def test_graphml_has_one_node_a_paper_and_one_edge_a_row() -> None:
    graph = ElementTree.fromstring(written("graphml"))[-1]
    kinds = [re.sub(r"{.*}", "", child.tag) for child in graph]
    assert kinds.count("node") == 5 and kinds.count("edge") == 3
    held = {node.get("id"): node[1].text for node in graph if node.tag.endswith("node")}
    assert held["1907-qd-ttg-2020"] == "false" and held["01/KH-UBND-id"] == "true"


def test_dot_draws_what_is_not_held_dashed_and_quotes_names() -> None:
    drawn = written("dot")
    assert drawn.count("->") == 3
    assert '"Quyết định 1907/QĐ-TTg" [style=dashed]' in drawn
    unescaped = re.sub(r"\\.", "", drawn)
    assert unescaped.count('"') % 2 == 0
