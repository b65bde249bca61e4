"""The expected graph of the corpus: where chosen citations lead, and the edges that papers state between others."""

from __future__ import annotations

from corpus._make.gold import Entry, gold
from corpus._make.paper import Paper


def links(everything: list[Paper]) -> dict[str, object]:
    """``{"held": {id: paper}, "links": [...], "edges": [...]}``; a link's `index` counts in the gold of its paper."""
    held = {paper.id: paper.file for paper in everything if paper.id}
    found: list[Entry] = []
    edges: list[Entry] = []
    for paper in everything:
        _, expected, targets = gold(paper)
        citations = expected["citations"]
        assert isinstance(citations, list)
        found += _links(paper, citations, targets, held)
        edges += _edges(paper, citations, targets)
    return {"held": dict(sorted(held.items())), "links": found, "edges": edges}


def _links(paper: Paper, citations: list[Entry], targets: list[Entry], held: dict[str, str]) -> list[Entry]:
    rows: list[Entry] = []
    for index, (citation, aim) in enumerate(zip(citations, targets, strict=True)):
        directive = aim["directive"]
        state = aim["state"] or ("resolved" if directive in held else "missing" if directive else None)
        if state:
            rows.append({"paper": paper.stem, "index": index, "text": citation["text"], "directive": directive, "state": state})
    return rows


def _edges(paper: Paper, citations: list[Entry], targets: list[Entry]) -> list[Entry]:
    """Edges between two directives other than the paper: nested citations, and passive ones ("được sửa đổi bởi")."""
    rows: list[Entry] = []
    for index, (citation, aim) in enumerate(zip(citations, targets, strict=True)):
        parent = citation["nested_in"]
        if isinstance(parent, int):
            rows.append(_edge(paper, index, targets[parent], str(citation["relation"]), aim))
        if isinstance(aim.get("acts_on"), int):
            rows.append(_edge(paper, index, aim, str(aim["acts"]), targets[int(str(aim["acts_on"]))]))
    return [row for row in rows if row["source"] and row["target"]]


def _edge(paper: Paper, index: int, source: Entry, relation: str, target: Entry) -> Entry:
    return {
        "paper": paper.stem,
        "index": index,
        "source": source["directive"],
        "relation": relation,
        "target": target["directive"],
    }
