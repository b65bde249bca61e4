"""How good the answers are: nDCG@10, recall@20 and MRR@20 on the question and known-item sets, as the search road asks.

    python bench/retrieval.py [--engine tantivy] [DATA]

DATA holds ``known_item/`` and ``retrieval_alqac/`` (``../shared/data`` where not said); neither is part of this repository.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docsearch.engines import ENGINES, Engine, open_engine
from docsearch.model import Entry
from docsearch.query import parse_query
from docsearch.search import attempts
from docsearch.vietnamese import clean

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
DEPTH = 20


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as opened:
        yield from map(json.loads, opened)


def entry(record: Mapping[str, str]) -> Entry:
    return Entry(
        document=record["_id"], title=clean(record["title"]), headings="", body=clean(record["text"]), number="", numbers=(),
        cites=(), doctype="", issuer="", level="", year=None, issued="",
    )  # fmt: skip


def questions(folder: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Kind, typed line, ids that answer it."""
    judged: dict[str, set[str]] = defaultdict(set)
    table = folder / "qrels_dev.tsv"
    if table.exists():
        for query, document, *rest in (line.split("\t") for line in table.read_text("utf-8").splitlines()[1:]):
            if not rest or int(rest[-1]) > 0:
                judged[query].add(document)
    for path in folder.glob("queries*.jsonl"):
        for record in lines(path):
            yield record.get("variant", "questions"), record["text"], set(record.get("relevant", ())) or judged[record["_id"]]


def answer(engine: Engine, typed: str) -> list[str]:
    """The first ids that the road of a query finds; facets, cards and snippets left out."""
    for query, _ in attempts(parse_query(typed)):
        found = engine.search(query, limit=DEPTH)
        if found.total:
            return [row.document for row in found.rows]
    return []


def scores(found: list[str], relevant: set[str]) -> tuple[float, float, float]:
    """nDCG@10, recall@20, reciprocal rank."""
    gains = [1 / math.log2(rank + 2) for rank, document in enumerate(found[:10]) if document in relevant]
    best = sum(1 / math.log2(rank + 2) for rank in range(min(10, len(relevant))))
    first = next((1 / (rank + 1) for rank, document in enumerate(found) if document in relevant), 0.0)
    return sum(gains) / best, len(relevant.intersection(found)) / min(len(relevant), DEPTH), first


def measure(folder: Path, name: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        engine = open_engine(name, Path(place) / "index")
        engine.replace(map(entry, lines(folder / "corpus.jsonl")))
        engine.commit(1)
        kinds: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
        for kind, typed, relevant in questions(folder):
            if relevant:
                kinds[kind].append(scores(answer(engine, typed), relevant))
        engine.close()
    for kind, rows in kinds.items():
        ndcg, recall, rank = (statistics.mean(column) for column in zip(*rows, strict=True))
        print(f"{folder.name:16} {kind:12} {len(rows):4}  nDCG@10 {ndcg:.3f}  recall@20 {recall:.3f}  MRR {rank:.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    asked = parser.parse_args()
    folders = [folder for name in ("retrieval_alqac", "known_item") if (folder := asked.data / name).exists()]
    if not folders:
        print(f"no retrieval sets in {asked.data}")
    for folder in folders:
        measure(folder, asked.engine)
    return 0


if __name__ == "__main__":
    sys.exit(main())
