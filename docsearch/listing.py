"""The cross-reference listing as a file: CSV, JSON, HTML, GraphML, DOT; each a stream of text pieces.

Every writer takes rows in the order in which they are to stand and holds no more than one group at a time, so a listing of
any length can be written.  Text from documents is escaped for the form it goes into; CSV cells that a spreadsheet would run
as a formula are defused with a leading apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Literal

from docsearch.model import XrefRow

By = Literal["directive", "document"]

COLUMNS = (
    "directive",
    "cited_as",
    "doctype",
    "number",
    "issued",
    "title",
    "state",
    "relation",
    "times",
    "citing",
    "citing_number",
    "path",
)


def row_values(row: XrefRow) -> dict[str, str | int]:
    """One row as flat values under `COLUMNS`; "" where nothing is known."""
    target, citing = row.directive, row.citing
    return {
        "directive": (target.id if target else "") or "",
        "cited_as": row.cited_as,
        "doctype": (target.doctype if target else "") or "",
        "number": (target.number or target.name if target else "") or "",
        "issued": (target.issued if target else "") or "",
        "title": (target.title if target else "") or "",
        "state": row.state,
        "relation": row.relation,
        "times": row.times,
        "citing": citing.directive or citing.document,
        "citing_number": citing.number or "",
        "path": citing.path,
    }


def as_csv(rows: Iterable[XrefRow], by: By) -> Iterator[str]:
    """Comma-separated values with a header line, one row a citing document and cited directive."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({k: _defused(v) for k, v in row_values(row).items()})
        yield _drain(buffer)
    yield _drain(buffer)


def as_json(rows: Iterable[XrefRow], by: By) -> Iterator[str]:
    """One JSON array of row objects, a row a line."""
    yield "[\n"
    for n, row in enumerate(rows):
        yield (",\n" if n else "") + json.dumps(row_values(row), ensure_ascii=False)
    yield "\n]\n"


def as_html(rows: Iterable[XrefRow], by: By) -> Iterator[str]:
    """A page of its own: a heading for each group, its rows in a table."""
    yield _HTML_HEAD
    for name, group in groupby(rows, key=_group_name(by)):
        yield f"<section><h2>{escape(name)}</h2>\n<table>\n"
        yield "".join(_html_row(row, by) for row in group)
        yield "</table></section>\n"
    yield "</main></body></html>\n"


def as_graphml(rows: Iterable[XrefRow], by: By) -> Iterator[str]:
    """A directed graph for network programs (yEd, Gephi): an edge from the citing paper to the cited directive."""
    yield _GRAPHML_HEAD
    seen: set[str] = set()
    for n, row in enumerate(rows):
        source, target = _citing_key(row), _cited_key(row)
        for key, label, held in ((source, row.citing.label, True), (target, cited_name(row), row.state == "resolved")):
            if key not in seen:
                seen.add(key)
                yield _graphml_node(key, label, held)
        yield (
            f'<edge id="e{n}" source="{_attr(source)}" target="{_attr(target)}">'
            f'<data key="relation">{escape(row.relation)}</data><data key="times">{row.times}</data></edge>\n'
        )
    yield "</graph></graphml>\n"


def _graphml_node(key: str, label: str, held: bool) -> str:
    data = f'<data key="label">{escape(label)}</data><data key="held">{str(held).lower()}</data>'
    return f'<node id="{_attr(key)}">{data}</node>\n'


def as_dot(rows: Iterable[XrefRow], by: By) -> Iterator[str]:
    """A directed graph for Graphviz; what is not held is drawn dashed."""
    yield 'digraph xref {\n  rankdir=LR; node [shape=box, fontname="Noto Sans"];\n'
    missing: set[str] = set()
    for row in rows:
        source, target = _quoted(row.citing.label), _quoted(cited_name(row))
        if row.state != "resolved" and target not in missing:
            missing.add(target)
            yield f"  {target} [style=dashed];\n"
        yield f"  {source} -> {target} [label={_quoted(row.relation)}];\n"
    yield "}\n"


WRITERS: dict[str, Callable[[Iterable[XrefRow], By], Iterator[str]]] = {
    "csv": as_csv,
    "json": as_json,
    "html": as_html,
    "graphml": as_graphml,
    "dot": as_dot,
}


def cited_name(row: XrefRow) -> str:
    """The cited directive in words, as the paper wrote it where it is not identified."""
    return row.directive.label if row.directive else row.cited_as


def _citing_key(row: XrefRow) -> str:
    return row.citing.directive or row.citing.document


def _cited_key(row: XrefRow) -> str:
    return row.directive.id if row.directive else f"? {row.cited_as}"


def _group_name(by: By) -> Callable[[XrefRow], str]:
    return cited_name if by == "directive" else lambda row: row.citing.label


def _html_row(row: XrefRow, by: By) -> str:
    other = row.citing.label if by == "directive" else cited_name(row)
    where = row.citing.path if by == "directive" else row.cited_as
    cells = (other, row.relation, str(row.times), row.state, where)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>\n"


def _defused(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _drain(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _attr(text: str) -> str:
    return escape(text, quote=True)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_HTML_HEAD = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Bảng dẫn chiếu – Cross-references</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
h2{font-size:1rem;margin:1.6rem 0 .3rem}table{border-collapse:collapse;width:100%}
td{border-top:1px solid #ddd;padding:.25rem .6rem;vertical-align:top}td:last-child{color:#666}
</style></head><body><main><h1>Bảng dẫn chiếu</h1>
"""

_GRAPHML_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="held" for="node" attr.name="held" attr.type="boolean"/>
<key id="relation" for="edge" attr.name="relation" attr.type="string"/>
<key id="times" for="edge" attr.name="times" attr.type="int"/>
<graph id="xref" edgedefault="directed">
"""
