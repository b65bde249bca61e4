"""How good the answers are: nDCG@10, recall@20 and MRR@20 on questions and known items, beside three plain searches.

    python bench/retrieval.py [--engine tantivy] [DATA]

In the same run and on the same judgements: BM25 over words as written and over folded words (bm25s), SQLite FTS5 over
folded words, and the road that a query takes here.  ``odd`` and ``even`` are halves of the questions by a checksum of
their ids: what is tuned is tuned on the even ones, and the odd ones show whether it holds.

DATA holds ``known_item/`` and ``retrieval_alqac/`` (``../shared/data`` where not said); neither is part of this
repository.  bm25s comes with the extra ``bench``.
"""

from __future__ import annotations

import argparse
import json
import math
import sqlite3
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from docsearch.attempts import best, first_answer
from docsearch.engines import ENGINES, Engine, open_engine
from docsearch.model import Entry
from docsearch.query import parse_query
from docsearch.vietnamese import clean, fold, words

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
SETS = ("retrieval_alqac", "known_item")
DEPTH = 20
METRICS = ("nDCG@10", "recall@20", "MRR")

Search = Callable[[str], list[str]]
"""A typed line to the ids that it finds, best first."""
Scores = tuple[float, ...]
"""One number for each of `METRICS`."""


# --- the sets ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """One typed line: its id, what kind of typing it is, and the documents that answer it."""

    id: str
    kind: str
    typed: str
    relevant: frozenset[str]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as opened:
        yield from map(json.loads, opened)


def documents(folder: Path) -> dict[str, tuple[str, str]]:
    """Title and text by id."""
    return {record["_id"]: (clean(record["title"]), clean(record["text"])) for record in lines(folder / "corpus.jsonl")}


def questions(folder: Path) -> list[Question]:
    judged: dict[str, set[str]] = defaultdict(set)
    table = folder / "qrels_dev.tsv"
    if table.exists():
        for query, document, *rest in (line.split("\t") for line in table.read_text("utf-8").splitlines()[1:]):
            if not rest or int(rest[-1]) > 0:
                judged[query].add(document)
    found = (
        Question(
            record["_id"],
            record.get("variant", "questions"),
            record["text"],
            frozenset(record.get("relevant", ())) or frozenset(judged[record["_id"]]),
        )
        for path in sorted(folder.glob("queries*.jsonl"))
        for record in lines(path)
    )
    return [question for question in found if question.relevant]


# --- plain searches ---------------------------------------------------------------------------------------------------


def bm25(corpus: Mapping[str, tuple[str, str]], cut: Callable[[str], list[str]]) -> Search:
    """BM25 as it stands in bm25s (k1 1.5, b 0.75), over the words of title and text."""
    import bm25s

    ids = list(corpus)
    index = bm25s.BM25()
    index.index([cut(f"{title} {text}") for title, text in corpus.values()], show_progress=False)

    def search(typed: str) -> list[str]:
        rows, scores = index.retrieve([cut(typed)], k=min(DEPTH, len(ids)), show_progress=False)
        return [ids[row] for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return search


def exact_words(text: str) -> list[str]:
    return [word.lower() for word in words(clean(text))]


def folded_words(text: str) -> list[str]:
    return words(fold(clean(text)))


def fts5(corpus: Mapping[str, tuple[str, str]]) -> Search:
    """SQLite's own BM25 over folded words, any of which may match."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE papers USING fts5 (id UNINDEXED, text, tokenize='unicode61 remove_diacritics 0')")
    rows = ((id, fold(f"{title} {text}")) for id, (title, text) in corpus.items())
    database.executemany("INSERT INTO papers VALUES (?, ?)", rows)

    def search(typed: str) -> list[str]:
        any_of = " OR ".join(f'"{word}"' for word in dict.fromkeys(folded_words(typed)))
        found = database.execute("SELECT id FROM papers WHERE papers MATCH ? ORDER BY rank, rowid LIMIT ?", (any_of, DEPTH))
        return [str(id) for (id,) in found]

    return search


# --- ours -------------------------------------------------------------------------------------------------------------


def entry(id: str, title: str, text: str) -> Entry:
    return Entry(
        document=id, title=title, headings="", body=text, number="", numbers=(), cites=(), doctype="", issuer="", level="",
        year=None, issued="",
    )  # fmt: skip


def ours(engine: Engine, corpus: Mapping[str, tuple[str, str]]) -> Search:
    """The road of a query; facets, cards and snippets left out."""
    engine.replace(entry(id, *texts) for id, texts in corpus.items())
    engine.commit(1)

    def search(typed: str) -> list[str]:
        _, _, found = first_answer(parse_query(typed), partial(engine.search, limit=DEPTH), best(engine, None))
        return [row.document for row in found.rows]

    return search


# --- figures ----------------------------------------------------------------------------------------------------------


def scores(found: list[str], relevant: frozenset[str]) -> Scores:
    """nDCG@10, recall@20, reciprocal rank."""
    gains = [1 / math.log2(rank + 2) for rank, document in enumerate(found[:10]) if document in relevant]
    best = sum(1 / math.log2(rank + 2) for rank in range(min(10, len(relevant))))
    first = next((1 / (rank + 1) for rank, document in enumerate(found) if document in relevant), 0.0)
    return sum(gains) / best, len(relevant.intersection(found)) / min(len(relevant), DEPTH), first


def half(question: Question) -> str:
    """Which half a question belongs to; the variants of one known item go together."""
    return "odd" if crc32(question.id.partition("#")[0].encode()) % 2 else "even"


def figures(search: Search, asked: Iterable[Question]) -> dict[tuple[str, str], Scores]:
    """The means by kind of question and half, "all" among the halves."""
    rows: dict[tuple[str, str], list[Scores]] = defaultdict(list)
    for question in asked:
        found = scores(search(question.typed), question.relevant)
        for part in ("all", half(question)):
            rows[question.kind, part].append(found)
    return {key: tuple(map(statistics.mean, zip(*table, strict=True))) for key, table in rows.items()}


def measure(folder: Path, name: str) -> dict[str, dict[tuple[str, str], Scores]]:
    """The figures of each search on one set."""
    corpus, asked = documents(folder), questions(folder)
    plain = {
        "BM25 exact": bm25(corpus, exact_words),
        "BM25 folded": bm25(corpus, folded_words),
        "FTS5 folded": fts5(corpus),
    }
    with tempfile.TemporaryDirectory() as place:
        engine = open_engine(name, Path(place) / "index")
        table = {label: figures(search, asked) for label, search in plain.items()}
        table["docsearch"] = figures(ours(engine, corpus), asked)
        engine.close()
    return table


def show(title: str, table: Mapping[str, Mapping[tuple[str, str], Scores]]) -> None:
    kinds = list(dict.fromkeys(kind for rows in table.values() for kind, _ in rows))
    for kind in kinds:
        print(f"\n{title}: {kind:24}" + "".join(f"{metric:>11}" for metric in METRICS) + "   nDCG@10 even    odd")
        for label, rows in table.items():
            halves = "".join(f"{rows[kind, part][0]:8.3f}" for part in ("even", "odd"))
            print(f"  {label:40}" + "".join(f"{value:11.3f}" for value in rows[kind, "all"]) + f"       {halves}")


def bars(table: Mapping[str, Mapping[tuple[str, str], Scores]]) -> Iterator[str]:
    """How far this search is ahead of the best plain one, on each kind and on all kinds together."""
    own = table["docsearch"]
    plain = [rows for label, rows in table.items() if label != "docsearch"]
    kinds = [kind for kind, part in own if part == "all"]
    for kind in kinds:
        best = max(rows[kind, "all"][0] for rows in plain)
        yield f"{kind}: nDCG@10 {own[kind, 'all'][0] / best - 1:+.1%} against the best plain search"
    if len(kinds) > 1:
        together, *others = (statistics.mean(rows[kind, "all"][0] for kind in kinds) for rows in (own, *plain))
        yield f"all kinds: nDCG@10 {together / max(others) - 1:+.1%} against the best plain search"
    if {"marks", "folded"} <= set(kinds):
        lost = 1 - own["folded", "all"][1] / own["marks", "all"][1]
        yield f"typed without marks: recall@20 {-lost:+.1%} against typed with them"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    asked = parser.parse_args()
    folders = [folder for name in SETS if (folder := asked.data / name).exists()]
    if not folders:
        print(f"no retrieval sets in {asked.data}")
    for folder in folders:
        table = measure(folder, asked.engine)
        show(folder.name, table)
        print("\n" + "\n".join(f"  {line}" for line in bars(table)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
