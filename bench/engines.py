"""Our engines against tantivy-py used bare, in one run: indexing, queries, size.

    python bench/engines.py TEXTS.jsonl.xz [--size 10000] [--whoosh 1000] [--repeat 3]

TEXTS: lines of ``{"id", "title", "text"}``, plain or .xz.  "Bare" is tantivy-py with the same two fields of words, its
own tokenizer, lower case and ASCII folding in Rust: no tone placement, no eth, no weights, no facets' names.  Times are
CPU seconds of the whole process and its threads; other work on the machine disturbs them, so read the ratios.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy

from docsearch.engines import Engine, open_engine
from docsearch.model import Entry
from docsearch.notation import parse_number
from docsearch.query import parse_query
from docsearch.vietnamese import clean, streams

CUT = 4_500  # characters; longer texts are cut at line ends, as in the first measurements of this project
COMMIT_EVERY = 20_000
TYPES = ("Kế hoạch", "Quyết định", "Báo cáo", "Công văn", "Thông báo", "Nghị quyết")


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Title and piece of text, in the order of the file."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            for piece in pieces(clean(record["text"])):
                yield record["title"], piece


def pieces(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > CUT:
        end = text.rfind("\n", start + CUT // 4, start + CUT // 2)
        end = end if end > start else start + CUT // 2
        yield text[start:end]
        start = end
    yield text[start:]


def entries(pairs: list[tuple[str, str]]) -> list[Entry]:
    """The texts as entries with numbers, types and dates drawn by a fixed seed."""
    dice = random.Random(7)
    return [entry(index, title, text, dice) for index, (title, text) in enumerate(pairs)]


def entry(index: int, title: str, text: str, dice: random.Random) -> Entry:
    year, month = dice.randint(2000, 2025), dice.randint(1, 12)
    key = parse_number(f"{dice.randint(1, 900)}/{dice.choice(('QĐ', 'KH', 'BC'))}-UBND").key
    return Entry(
        document=f"{index:064x}",
        title=title,
        headings="",
        body=text,
        number=key,
        numbers=(key,),
        cites=(f"{index % 97}/QD-UBND",),
        doctype=dice.choice(TYPES),
        issuer=f"Ủy ban nhân dân xã {index % 50}",
        level="commune",
        year=year,
        issued=f"{year}-{month:02d}",
    )


# --- bare tantivy -----------------------------------------------------------------------------------------------------


FACETS = ("doctype", "issuer", "year")


class Bare:
    """tantivy-py as its documentation uses it."""

    def __init__(self, path: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for field in ("title", "body"):
            builder.add_text_field(field, tokenizer_name="lower")
            builder.add_text_field(f"{field}_f", tokenizer_name="fold")
        for field in ("doctype", "issuer"):
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_integer_field("year", fast=True, indexed=True)
        self.schema = builder.build()
        path.mkdir()
        self.index = tantivy.Index(self.schema, str(path))
        for name, *more in (("lower",), ("fold", tantivy.Filter.ascii_fold())):
            analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
            for extra in more:
                analyzer = analyzer.filter(extra)
            self.index.register_tokenizer(name, analyzer.build())

    def write(self, batch: list[Entry]) -> None:
        writer = self.index.writer(96_000_000, 1)
        for found in batch:
            document = tantivy.Document()
            document.add_text("id", found.document)
            for field, text in (("title", found.title), ("body", found.body)):
                document.add_text(field, text)
                document.add_text(f"{field}_f", text)
            document.add_text("doctype", found.doctype)
            document.add_text("issuer", found.issuer)
            document.add_integer("year", found.year or 0)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def ask(self, typed: str, facets: tuple[str, ...] = ()) -> int:
        """The typed line through tantivy's own parser: all words, in body, exact or folded as the marks say."""
        field = "body" if parse_query(typed).match == "exact" else "body_f"
        query = self.index.parse_query(typed, [field], conjunction_by_default=True)
        searcher = self.index.searcher()
        found = searcher.search(query, 10)
        for _, address in found.hits:
            searcher.doc(address)
        if facets:
            searcher.aggregate(query, {name: {"terms": {"field": name, "size": 1000}} for name in facets})
        return int(found.count)  # type: ignore[attr-defined]


# --- measuring --------------------------------------------------------------------------------------------------------


def cpu(act: Callable[[], Any]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def write(engine: Engine, batch: list[Entry]) -> None:
    for start in range(0, len(batch), COMMIT_EVERY):
        engine.replace(batch[start : start + COMMIT_EVERY])
        engine.commit(start + 1)
    engine.close()


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def questions(batch: list[Entry], count: int = 20) -> dict[str, list[str]]:
    """Typed lines drawn from the texts: one word, two, a phrase, a phrase without marks, four words."""
    dice = random.Random(11)

    def cuts(length: int, form: str, folded: bool = False) -> list[str]:
        found: list[str] = []
        while len(found) < count:
            words = streams(dice.choice(batch).body[:3000])[folded].split()
            if len(words) > length + 5:
                at = dice.randrange(len(words) - length)
                found.append(form.format(" ".join(words[at : at + length])))
        return found

    return {
        "word": cuts(1, "{}"),
        "two words": cuts(2, "{}"),
        "four words": cuts(4, "{}"),
        "phrase": cuts(4, '"{}"'),
        "phrase folded": cuts(4, '"{}"', folded=True),
    }


def milliseconds(ask: Callable[[str], Any], lines: list[str], repeat: int) -> list[float]:
    """For each line the median of `repeat` runs."""
    return [statistics.median(wall(ask, line) for _ in range(repeat)) * 1000 for line in lines]


def wall(ask: Callable[[str], Any], line: str) -> float:
    start = time.perf_counter()
    ask(line)
    return time.perf_counter() - start


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def asker(engine: Engine, facets: tuple[str, ...] = ()) -> Callable[[str], int]:
    return lambda typed: engine.search(parse_query(typed), facets=facets).total


def compare(label: str, one: float, other: float, unit: str) -> None:
    print(f"{label:44} {one:10.3f} {unit}   bare {other:10.3f} {unit}   ratio {one / other:6.2f}")


def run(batch: list[Entry], whoosh: int, repeat: int, folder: Path) -> None:
    characters = sum(len(found.body.encode()) for found in batch)
    bare, ours = [], []
    for turn in range(repeat):
        target = Bare(folder / f"bare{turn}")
        bare.append(cpu(lambda target=target: target.write(batch)))  # type: ignore[misc]
        engine = open_engine("tantivy", folder / f"ours{turn}")
        ours.append(cpu(lambda engine=engine: write(engine, batch)))  # type: ignore[misc]
    print(f"{len(batch)} texts, {characters / 1e6:.1f} MB")
    compare("indexing, tantivy", statistics.median(ours), statistics.median(bare), "s")
    compare("index size over text", size(folder / "ours0") / characters, size(folder / "bare0") / characters, "")
    ask_all(asker(reader := open_engine("tantivy", folder / "ours0", read_only=True)), target.ask, batch, repeat, "tantivy")
    ask_all(asker(reader, FACETS), lambda typed: target.ask(typed, FACETS), batch, repeat, "tantivy, 3 facets")
    if whoosh:
        slow(batch[:whoosh], repeat, folder)


def slow(batch: list[Entry], repeat: int, folder: Path) -> None:
    target, engine = Bare(folder / "few"), open_engine("whoosh", folder / "whoosh")
    fast = cpu(lambda: target.write(batch))
    print(f"{len(batch)} texts")
    compare("indexing, whoosh", cpu(lambda: write(engine, batch)), fast, "s")
    compare("index size over text, whoosh", size(folder / "whoosh") / 1e6, size(folder / "few") / 1e6, "MB")
    ask_all(asker(open_engine("whoosh", folder / "whoosh", read_only=True)), target.ask, batch, repeat, "whoosh")


def ask_all(ours: Callable[[str], int], bare: Callable[[str], int], batch: list[Entry], repeat: int, label: str) -> None:
    for kind, lines in questions(batch).items():
        one, other = milliseconds(ours, lines, repeat), milliseconds(bare, lines, repeat)
        compare(f"{label}: {kind}, p50", percentile(one, 0.5), percentile(other, 0.5), "ms")
        compare(f"{label}: {kind}, p95", percentile(one, 0.95), percentile(other, 0.95), "ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--whoosh", type=int, default=1_000, help="texts for whoosh; 0 leaves it out")
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    batch = entries(list(islice(texts(asked.texts), asked.size)))
    with tempfile.TemporaryDirectory() as folder:
        run(batch, asked.whoosh, asked.repeat, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
