"""The sample papers read, linked and related as a whole: every id, every expected link, every edge between other papers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from docsearch import library
from docsearch.model import Citation, Edge, Link
from docsearch.notation import number_key
from docsearch.registry import act_key

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
GOLD = Path(__file__).parent / "gold"
EXPECTED: dict[str, Any] = json.loads((GOLD / "links" / "corpus.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Paper:
    """One paper as the archive has it; `places` are the places of the expected citations among those that were read."""

    citations: tuple[Citation, ...]
    links: Mapping[int, Link]
    edges: tuple[Edge, ...]
    places: Mapping[int, int]

    @property
    def id(self) -> str | None:
        return self.links[-1].directive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """The papers by the stem of their gold."""
    with library.open(tmp_path_factory.mktemp("index") / "ix", create=True) as opened:
        report = opened.index(path for path in CORPUS.iterdir() if path.is_dir() and not path.name.startswith("_"))
        assert report.counts.get("new", 0) > 40 and not report.failures
        found = {}
        for file in EXPECTED["held"].values():
            found[stem(file)] = read(opened, stem(file), file)
        for row in EXPECTED["links"]:
            if row["paper"] not in found:
                found[row["paper"]] = read(opened, row["paper"], file_of(row["paper"]))
    return found


def stem(file: str) -> str:
    return file.rpartition(".")[0].replace("/", "--")


def file_of(paper: str) -> str:
    return str(json.loads((GOLD / f"{paper}.json").read_text(encoding="utf-8"))["paper"])


def read(opened: library.Library, name: str, file: str) -> Paper:
    record = opened.catalogue.files.at(str(CORPUS / file))
    assert record and record.document, file
    extraction = opened.catalogue.documents.extraction(record.document)
    assert extraction
    links = opened.catalogue.answers.links(record.document)
    own = links[-1].directive
    told = [edge for link in links.values() if link.directive for edge in opened.catalogue.answers.edges_from(link.directive)]
    edges = {(edge.index, edge.source, edge.relation, edge.target): edge for edge in told if edge.asserted_by == record.document}
    citations = extraction.findings.citations
    return Paper(citations, links, tuple(edge for edge in edges.values() if edge.source != own), places(name, citations))


def places(name: str, citations: tuple[Citation, ...]) -> dict[int, int]:
    """Where the expected citations stand among those read in the paper's own format, in which the text is another."""
    rows = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))["citations"]
    expected = [named(row["number"], row["name"]) for row in rows]
    found = [named(citation.number, citation.name) for citation in citations]
    blocks = SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
    return {a + step: b + step for a, b, size in blocks for step in range(size)}


def named(number: str | None, name: str | None) -> str:
    return (number_key(number) or number) if number else act_key(name or "")


@pytest.mark.parametrize(("id", "file"), EXPECTED["held"].items(), ids=EXPECTED["held"])
def test_each_paper_is_known_by_its_id(archive: dict[str, Paper], id: str, file: str) -> None:
    assert archive[stem(file)].id == id


@pytest.mark.parametrize("paper", sorted({row["paper"] for row in EXPECTED["links"]}))
def test_each_citation_leads_where_it_should(archive: dict[str, Paper], paper: str) -> None:
    found = archive[paper]
    for row in EXPECTED["links"]:
        if row["paper"] == paper:
            assert row["index"] in found.places, f"not read: {row['text']}"
            link = found.links[found.places[row["index"]]]
            assert (link.state, link.directive) == (row["state"], row["directive"]), (row["text"], link.reasons)


@pytest.mark.parametrize("paper", sorted({row["paper"] for row in EXPECTED["links"]}))
def test_each_paper_tells_what_others_do_to_each_other_and_no_more(archive: dict[str, Paper], paper: str) -> None:
    expected = Counter((row["source"], row["relation"], row["target"]) for row in EXPECTED["edges"] if row["paper"] == paper)
    assert Counter((edge.source, edge.relation, edge.target) for edge in archive[paper].edges) == expected
