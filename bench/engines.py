"""Search held against raw tantivy-py, SQLite FTS5, Xapian and Whoosh on the same texts, in one run.

    python -m bench.engines TEXTS.jsonl.xz [--sizes 1000 10000 100000] [--whoosh 10000] [--cut 4500] [--keep FOLDER]

TEXTS: lines of ``{"id", "title", "text"}``, plain or .xz.  `bench.peers` says what each peer does; of docsearch it is the
whole road: typed line to a page of ten hits with their facts and fragments, and the counts of type, issuer and year.

Indexing is measured in a process of its own a peer, for its memory.  Questions are asked of all peers in turn, line by
line, in this process.  Times are processor time, because other work on the machine disturbs the clock; the whole
``docsearch search``, start to exit, is also measured by the clock, beside an empty Python.
"""

from __future__ import annotations

import argparse
import gc
import json
import lzma
import multiprocessing
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

from bench.peers import FACETS, PEERS, Page, Paper, Peer
from docsearch import ingest, library
from docsearch.engines import open_engine
from docsearch.linking import link
from docsearch.model import Document, Entry, Extraction, Fact, Findings, Metadata, Span
from docsearch.model import Page as TextPage
from docsearch.vietnamese import clean, streams

CUT = 4_500  # characters; longer texts are cut at line ends, as in the first measurements of this project
BATCH = 500
TYPES = {"QĐ": "Quyết định", "KH": "Kế hoạch", "BC": "Báo cáo", "TB": "Thông báo", "CT": "Chỉ thị", "NQ": "Nghị quyết"}
OURS = "docsearch"


# --- the texts --------------------------------------------------------------------------------------------------------


def texts(path: Path, cut: int) -> Iterator[tuple[str, str]]:
    """Title and piece of text, in the order of the file; `cut` 0 leaves the texts whole."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = clean(record["text"])
            for piece in pieces(text, cut) if cut else (text,):
                yield " ".join(clean(record["title"]).split()), piece


def pieces(text: str, cut: int) -> Iterator[str]:
    start = 0
    while len(text) - start > cut:
        end = text.rfind("\n", start + cut // 4, start + cut // 2)
        end = end if end > start else start + cut // 2
        yield text[start:end]
        start = end
    yield text[start:]


def papers(path: Path, cut: int, size: int) -> Iterator[Paper]:
    """The texts with numbers, types, offices and dates drawn by a fixed seed."""
    dice = random.Random(7)
    for index, (title, text) in enumerate(islice(texts(path, cut), size)):
        symbol = dice.choice(list(TYPES))
        issued = f"{dice.randint(2000, 2025)}-{dice.randint(1, 12):02d}"
        number, issuer = f"{dice.randint(1, 900)}/{symbol}-UBND", f"Ủy ban nhân dân xã {index % 50}"
        yield Paper(f"{index:064x}", title, f"{title}\n{text}", number, TYPES[symbol], issuer, issued)


# --- docsearch --------------------------------------------------------------------------------------------------------


class Ours:
    """An archive: the texts in its catalogue, its search index made from there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, papers: Iterable[Paper]) -> None:
        self.enter(papers)
        self.index()

    def enter(self, papers: Iterable[Paper]) -> None:
        """The catalogue alone."""
        made = iter(papers)
        with library.open(self._folder, create=True) as archive:
            while batch := list(islice(made, BATCH)):
                with archive.catalogue.transaction():
                    for paper in batch:
                        digest = ingest.pack(*as_read(paper))
                        archive.catalogue.graph.add(archive.catalogue.documents.put(digest.packed), digest.mentions)
            link(archive.catalogue)

    def index(self) -> None:
        """The search index alone: from the catalogue, as `docsearch rebuild` does."""
        with library.open(self._folder) as archive:
            archive.rebuild()

    def open(self) -> None:
        self._archive = library.open(self._folder)

    def ask(self, typed: str, *, full: bool = True) -> Page:
        """With one fragment a hit, as the peers make; the second that `docsearch search` may show adds a tenth of the time."""
        found = self._archive.search(typed, facets=FACETS if full else (), snippets=int(full))
        fragments = tuple(" … ".join(part.text for part in hit.snippets) for hit in found.hits)
        return Page(found.total, fragments, {name: dict(counts) for name, counts in found.facets.items()})


def as_read(paper: Paper) -> tuple[Document, Extraction]:
    facts = {
        "number": paper.number,
        "doctype": paper.doctype,
        "issuer": paper.issuer,
        "issued": paper.issued,
        "title": paper.title,
    }
    metadata = Metadata(**{name: Fact(value, None, "made") for name, value in facts.items()})  # type: ignore[arg-type]
    pages = (TextPage(1, Span(0, len(paper.text))),)
    document = Document(id=paper.id, path=f"/{paper.id}", format="txt", size=len(paper.text), text=paper.text, pages=pages)
    return document, Extraction(text=paper.text, metadata=metadata, units=(), findings=Findings(citations=()))


class Alone:
    """A search index alone, as an engine of ours makes it of texts that it is given."""

    def __init__(self, folder: Path, engine: str = "tantivy") -> None:
        self._folder, self._engine = folder, engine

    def write(self, papers: Iterable[Paper]) -> None:
        engine = open_engine(self._engine, self._folder)
        engine.replace(map(as_entry, papers))
        engine.commit(1)
        engine.close()

    def open(self) -> None:
        raise NotImplementedError

    def ask(self, typed: str, *, full: bool = True) -> Page:
        raise NotImplementedError


def as_entry(paper: Paper) -> Entry:
    return Entry(
        document=paper.id, title=paper.title, headings="", body=paper.text, number=paper.number, numbers=(paper.number,),
        cites=(), doctype=paper.doctype, issuer=paper.issuer, level="", year=paper.year, issued=paper.issued,
    )  # fmt: skip


ALONE = "docsearch, index alone"
SLOW = ("Whoosh", "docsearch, engine whoosh")
ALL: dict[str, Callable[[Path], Peer]] = {OURS: Ours, **PEERS, ALONE: Alone, SLOW[1]: lambda folder: Alone(folder, "whoosh")}


# --- indexing ---------------------------------------------------------------------------------------------------------


def cpu(act: Callable[[], Any]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def peak() -> float:
    """The most memory that this process had at one time, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def build(name: str, source: Path, cut: int, size: int, folder: Path) -> None:
    """Index in this process; what it cost is written beside the index.  The texts are read before the clock runs."""
    batch = list(papers(source, cut, size))
    base, cost = peak(), dict[str, float]()
    if name == OURS:
        ours = Ours(folder)
        cost["catalogue"] = cpu(lambda: ours.enter(batch))
        cost["seconds"] = cost["catalogue"] + cpu(ours.index)
    else:
        cost["seconds"] = cpu(lambda: ALL[name](folder).write(batch))
    told = {
        "peak": peak(),
        **cost,
        "base": base,
        "size": taken(name, folder),
        "text": sum(len(one.text.encode()) for one in batch),
    }
    folder.with_suffix(".json").write_text(json.dumps(told), "utf-8")


def taken(name: str, folder: Path) -> int:
    """Bytes on disk; of docsearch the search index alone, as the catalogue is the archive itself."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files if name != OURS or path.parent != folder)


def index_all(source: Path, cut: int, size: int, place: Path, names: list[str]) -> None:
    """A line for each; `names` begins with raw tantivy."""
    told: dict[str, dict[str, float]] = {}
    print(f"\nindexing {size:,} texts: processor seconds, megabytes of text a second, memory, index / text")
    for name in names:
        folder = place_of(place, size, cut, name)
        if not folder.with_suffix(".json").exists():
            run_apart(build, name, source, cut, size, folder)
        told[name] = cost = json.loads(folder.with_suffix(".json").read_text("utf-8"))
        ratio = told[names[0]]["seconds"] / cost["seconds"]
        print(
            f"  {name:26} {cost['seconds']:8.1f} s {cost['text'] / 1e6 / cost['seconds']:8.2f} MB/s"
            f"   {cost['peak'] - cost['base']:6.0f} MiB   {cost['size'] / cost['text']:5.2f}   {ratio:6.2f} x tantivy",
            flush=True,
        )
    print(f"  (docsearch as a whole keeps texts and facts in its catalogue too: {told[OURS]['catalogue']:.1f} s of its time)")


def place_of(place: Path, size: int, cut: int, name: str) -> Path:
    return place / f"{size}-{cut}-{name.replace(', ', '-').replace(' ', '-')}"


def run_apart(act: Callable[..., None], *given: object) -> None:
    process = multiprocessing.get_context("spawn").Process(target=act, args=given)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{act.__name__} {given[0]} failed")


# --- asking -----------------------------------------------------------------------------------------------------------


def questions(batch: list[Paper], count: int = 20) -> dict[str, list[str]]:
    """Typed lines drawn from the texts: one word, two, four, a phrase, each with its marks and some without."""
    dice = random.Random(11)

    def cuts(length: int, form: str, folded: bool = False) -> list[str]:
        found: list[str] = []
        while len(found) < count:
            words = streams(dice.choice(batch).text[:3000])[folded].split()
            if len(words) > length + 5:
                at = dice.randrange(len(words) - length)
                found.append(form.format(" ".join(words[at : at + length])))
        return found

    return {
        "one word": cuts(1, "{}"),
        "two words": cuts(2, "{}"),
        "two words, no marks": cuts(2, "{}", folded=True),
        "four words": cuts(4, "{}"),
        "phrase of four": cuts(4, '"{}"'),
        "phrase, no marks": cuts(4, '"{}"', folded=True),
    }


def milliseconds(peer: Peer, line: str, full: bool) -> float:
    start = time.process_time_ns()
    peer.ask(line, full=full)
    return (time.process_time_ns() - start) / 1e6


def percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


Times = dict[str, dict[str, list[float]]]
"""By kind of line and peer, a time for each line."""


def ask_all(peers: dict[str, Peer], lines: dict[str, list[str]], repeat: int, *, full: bool) -> Times:
    """For each line the median of `repeat` turns; in each turn the peers are asked one after the other."""
    found: Times = {kind: {name: [] for name in peers} for kind in lines}
    for kind, typed in lines.items():
        for line in typed:
            turns = [{name: milliseconds(peer, line, full) for name, peer in peers.items()} for _ in range(repeat)]
            for name in peers:
                found[kind][name].append(statistics.median(turn[name] for turn in turns))
    return found


def show(title: str, times: Times) -> None:
    names = list(next(iter(times.values())))
    print(f"\n{title}: ms of processor time, p50 / p95" + "".join(f"{name:>19}" for name in names))
    rows = {**times, "all": {name: [ms for by in times.values() for ms in by[name]] for name in names}}
    for kind, by in rows.items():
        cells = (f"{percentile(by[name], 0.5):8.2f} /{percentile(by[name], 0.95):8.2f}" for name in names)
        print(f"  {kind:44}" + " ".join(cells))
    for name in names[1:]:
        ratios = [percentile(rows["all"][OURS], share) / percentile(rows["all"][name], share) for share in (0.5, 0.95)]
        print(f"  docsearch / {name:32}" + " / ".join(f"{ratio:8.2f}" for ratio in ratios), flush=True)


def agree(peers: dict[str, Peer], lines: dict[str, list[str]]) -> None:
    """How often a peer counts other hits than docsearch: it places tones, cuts words or estimates in its own way."""
    every = [line for typed in lines.values() for line in typed]
    totals = {name: [peer.ask(line).total for line in every] for name, peer in peers.items()}
    for name in list(peers)[1:]:
        other = sum(one != two for one, two in zip(totals[OURS], totals[name], strict=True))
        print(f"  {name}: {other} of {len(every)} lines with another number of hits")


def held(name: str, folder: Path, lines: list[str]) -> None:
    """What a process holds that asks all lines of one peer: its own memory, and mapped pages of files."""
    peer = opened(name, folder)
    for line in lines:
        peer.ask(line)
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("utf-8").splitlines())
    own, files = (int(status[key].split()[0]) / 1024 for key in ("RssAnon", "RssFile"))
    print(f"  {name:26} {own:6.0f} MiB of its own, {files:6.0f} MiB of files", flush=True)


# --- from the shell ---------------------------------------------------------------------------------------------------


def start_up(archive: Path, lines: list[str], turns: int = 15) -> None:
    """The whole process, start to exit, beside an empty Python; the clock and the processor."""
    empty = [sys.executable, "-c", "pass"]
    asks = [[sys.executable, "-m", "docsearch", "-i", str(archive), "search", line] for line in lines]
    spent: dict[str, list[tuple[float, float]]] = {"python -c pass": [], "docsearch search": []}
    run_once(asks[0])
    for turn in range(turns):
        spent["python -c pass"].append(run_once(empty))
        spent["docsearch search"].append(run_once(asks[turn % len(asks)]))
    print(f"\nthe whole process, median of {turns}: by the clock, of the processor")
    wall, used = zip(*((statistics.median(one) for one in zip(*times, strict=True)) for times in spent.values()), strict=True)
    for name, one, two in zip(spent, wall, used, strict=True):
        print(f"  {name:26} {one:7.0f} ms {two:7.0f} ms")
    print(f"  {'more':26} {wall[1] - wall[0]:7.0f} ms {used[1] - used[0]:7.0f} ms", flush=True)


def installed() -> dict[str, str]:
    """The surroundings of a program as it is installed: its modules are kept compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_once(command: list[str]) -> tuple[float, float]:
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=installed())
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall * 1000, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


# --- the run ----------------------------------------------------------------------------------------------------------


def run(asked: argparse.Namespace, size: int, place: Path) -> None:
    names = [OURS, *(name for name in PEERS if name not in SLOW)]
    slow = SLOW if size <= asked.whoosh else ()
    index_all(asked.texts, asked.cut, size, place, ["tantivy", ALONE, OURS, *names[2:], *slow])
    folders = {name: place_of(place, size, asked.cut, name) for name in (*names, *slow)}
    lines = questions(list(papers(asked.texts, asked.cut, size)))
    peers = {name: opened(name, folders[name]) for name in names}
    gc.collect()
    gc.freeze()  # what this measuring holds is no burden of theirs
    agree(peers, lines)
    show(f"{size:,} texts, ten hits with fragments and counts", ask_all(peers, lines, asked.repeat, full=True))
    if slow:
        peers[slow[0]] = opened(slow[0], folders[slow[0]])  # its fragments alone take a second a page
    show(f"{size:,} texts, ten hits without them", ask_all(peers, lines, asked.repeat, full=False))
    print("\nmemory of a process that asks:")
    for name in names:
        run_apart(held, name, folders[name], [line for typed in lines.values() for line in typed])
    start_up(folders[OURS], [line for typed in lines.values() for line in typed[:3]])


def opened(name: str, folder: Path) -> Peer:
    peer = ALL[name](folder)
    peer.open()
    return peer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--cut", type=int, default=CUT, help="texts over this are cut into pieces of half of it; 0: whole")
    parser.add_argument("--whoosh", type=int, default=10_000, help="the largest size for Whoosh; 0 leaves it out")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="where the indexes stay, and are found again")
    asked = parser.parse_args()
    with nullcontext(str(asked.keep)) if asked.keep else tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        for size in asked.sizes:
            run(asked, size, place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
