"""What stands around search, at size: `python -m bench.around [--documents N] [--keep FOLDER] [DATA]`.

Makes an archive of N papers (100,000 where not said) with the titles and numbers of real ones and pieces of real texts
(``registry/`` and ``scale/`` of DATA, ``../shared/data`` where not said; neither is part of this repository), then measures
suggestions, corrections, likeness, counts of states, deep pages, saved searches and whole exports.  Times are of the
processor; each export runs in a process of its own, for its memory.
"""

from __future__ import annotations

import argparse
import json
import lzma
import multiprocessing
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from docsearch import ingest, library
from docsearch.citations import find_citations
from docsearch.export import FORMS, export
from docsearch.library import Library
from docsearch.linking import link
from docsearch.model import Document, Extraction, Fact, Findings, Hit, Metadata, Page, Span
from docsearch.vietnamese import clean, fold, words

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
PIECE = 2_300  # characters of a text
SEED = 20230206
OFFICES = ("tỉnh Bình Dương", "tỉnh Trà Vinh", "huyện Cầu Kè", "huyện Dầu Tiếng", "thành phố Hà Nội", "huyện Càng Long")
TYPES = {"QĐ": "Quyết định", "KH": "Kế hoạch", "BC": "Báo cáo", "TB": "Thông báo", "CT": "Chỉ thị", "TTr": "Tờ trình"}


def titles(folder: Path) -> Iterator[str]:
    for name, column in (("binhduong_directives_dev.tsv", 2), ("congbao_titles.tsv", 0), ("phapdien_documents.tsv", 3)):
        with (folder / name).open(encoding="utf-8") as opened:
            yield from (clean(line.split("\t")[column]).strip() for line in islice(opened, 1, None) if line.count("\t") >= column)


def pieces(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as opened:
        for line in opened:
            text = clean(json.loads(line)["text"])
            yield from (text[start : start + PIECE] for start in range(0, len(text), PIECE))


def known_of(facts: dict[str, str]) -> dict[str, Any]:
    return {name: Fact(value, None, "made") for name, value in facts.items()}


def papers(data: Path, count: int) -> Iterator[tuple[Document, Extraction]]:
    chance = random.Random(SEED)
    known = list(dict.fromkeys(titles(data / "registry")))
    for n, (title, text) in enumerate(
        islice(zip(cycle(known), cycle(pieces(data / "scale" / "texts.jsonl.xz")), strict=False), count)
    ):
        short, doctype = chance.choice(list(TYPES.items()))
        year = chance.randint(2005, 2025)
        facts = {
            "number": f"{chance.randint(1, 4000)}/{short}-UBND", "doctype": doctype, "title": title,
            "issuer": f"Ủy ban nhân dân {chance.choice(OFFICES)}", "issued": f"{year}-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
        }  # fmt: skip
        metadata = Metadata(**known_of(facts))
        findings = find_citations(text) if n % 10 == 0 else Findings(citations=())
        page = Page(1, Span(0, len(text)))
        made = Document(
            id=f"{chance.getrandbits(256):064x}", path=f"/{n}.txt", format="txt", size=len(text), text=text, pages=(page,)
        )
        yield made, Extraction(text=text, metadata=metadata, units=(), findings=findings)


def fill(archive: Library, data: Path, count: int) -> None:
    made = papers(data, count)
    while batch := list(islice(made, 500)):
        with archive.catalogue.transaction():
            for document, extraction in batch:
                digest = ingest.pack(document, extraction)
                archive.catalogue.graph.add(archive.catalogue.documents.put(digest.packed), digest.mentions)
                archive.catalogue.outbox.put(document.id, removed=False)
    link(archive.catalogue)
    archive.rebuild()


# --- measuring --------------------------------------------------------------------------------------------------------


def told(name: str, seconds: Sequence[float], more: str = "") -> None:
    ordered = sorted(second * 1000 for second in seconds)
    p95 = ordered[int(len(ordered) * 0.95)] if len(ordered) > 1 else ordered[0]
    print(f"{name:44} p50 {statistics.median(ordered):8.1f} ms   p95 {p95:8.1f} ms   n {len(ordered):4} {more}", flush=True)


def timed(act: Callable[[str], object], lines: Iterable[str]) -> list[float]:
    found = []
    for line in lines:
        start = time.process_time()
        act(line)
        found.append(time.process_time() - start)
    return found


def beginnings(archive: Library, count: int) -> list[str]:
    """Lines as they are typed, key by key: titles with and without marks, offices, numbers."""
    chance = random.Random(SEED)
    cards = list(islice(archive.catalogue.documents.cards(), 20_000))
    lines = []
    for card in chance.sample(cards, count):
        whole = chance.choice([card.title or "", fold(card.title or ""), card.number or "", card.issuer or ""])
        lines.append(whole[: chance.randint(1, min(30, max(1, len(whole))))])
    return lines


def slips(archive: Library, count: int) -> list[str]:
    """Three or four words of a title, one of them with a letter doubled, dropped or changed about."""
    chance = random.Random(SEED)
    cards = list(islice(archive.catalogue.documents.cards(), 20_000))
    lines = []
    for card in chance.sample(cards, count):
        typed = [fold(word) for word in words(card.title or "")[:4]]
        long = [n for n, word in enumerate(typed) if len(word) > 3 and word.isalpha()]
        if long:
            n = chance.choice(long)
            at = chance.randint(1, len(typed[n]) - 2)
            typed[n] = chance.choice([typed[n][:at] + typed[n][at:][0] + typed[n][at:], typed[n][:at] + typed[n][at + 1 :]])
            lines.append(" ".join(typed))
    return lines


def measure(archive: Library) -> None:
    archive.suggest("a")  # opens the index
    told("suggest", timed(archive.suggest, beginnings(archive, 400)))
    told("suggest, one letter", timed(archive.suggest, "acdkqtuvx"))
    told("search, ten hits with fragments", timed(archive.search, ["quy hoạch", "cải cách hành chính", "thu phí"] * 5))
    told("search with a slip, correction offered", timed(archive.search, slips(archive, 100)))
    told("search, number unknown", timed(archive.search, [f"{n}/QĐ-UBNB" for n in range(1, 40)]))
    references = [card.directive or card.document for card in islice(archive.catalogue.documents.cards(), 0, 20_000, 1000)]
    told("like", timed(lambda typed: archive.search("", like=typed), references))
    told(
        "facets, all but status",
        timed(lambda typed: archive.search(typed, facets=("doctype", "issuer", "level", "year"), snippets=0), ["quy định"] * 5),
    )
    told("facets with status", timed(lambda typed: archive.search(typed, facets=("status",), snippets=0), ["quy định"] * 5))
    for page in (1, 10, 100, 1_000, 5_000):
        act = lambda typed, page=page: archive.search(typed, offset=10 * (page - 1), snippets=0)  # noqa: E731
        total = archive.search("quy định", snippets=0, limit=1).total
        told(f"page {page:,} of ten", timed(act, ["quy định"] * 5), f"of {total:,}")
    kept = archive.searches.save("bench", "quy định")
    told("news of a saved search", timed(lambda _: archive.news(kept), ["x"] * 3))


def export_all(form: str, place: Path) -> None:
    """All papers as one file, and the most memory that this process had of its own and of mapped files."""
    most: Counter[str] = Counter()

    def watched(hits: Iterator[Hit]) -> Iterator[Hit]:
        for number, hit in enumerate(hits):
            if number % 1_000 == 0:
                most.update({name: max(0, now - most[name]) for name, now in memory().items()})
            yield hit

    target = place / f"all{form}"
    with library.open(place / "index") as archive:
        start = time.process_time()
        count = export(target, watched(archive.every("")))
        seconds = time.process_time() - start
    print(
        f"export of {count:,} as {form[1:]:6} {seconds:6.1f} s  {target.stat().st_size / 1e6:7.1f} MB"
        f"  {most['RssAnon']:,} MiB of its own, {most['RssFile']:,} MiB of files",
        flush=True,
    )


def memory() -> dict[str, int]:
    """MiB that this process holds (Linux)."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return {
        name: int(size.split()[0]) // 1024 for name, _, size in (line.partition(":") for line in lines) if name.startswith("Rss")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="where the archive stays, and is found again")
    asked = parser.parse_args()
    with nullcontext(str(asked.keep)) if asked.keep else tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        with library.open(place / "index", create=True) as archive:
            if not archive.catalogue.documents.totals()[0]:
                start = time.perf_counter()
                fill(archive, asked.data, asked.documents)
                print(f"{asked.documents:,} papers in {time.perf_counter() - start:.0f} s", flush=True)
            measure(archive)
        for form in FORMS:
            process = multiprocessing.get_context("spawn").Process(target=export_all, args=(form, place))
            process.start()
            process.join()


if __name__ == "__main__":
    main()
