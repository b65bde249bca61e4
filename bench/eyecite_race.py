"""The whole extraction beside eyecite, each on its own kind of text, and beside a bare expression, in one run.

    python -m bench.eyecite_race [--rounds N] [--pieces N] [--long] [--no-hyperscan]

eyecite (BSD) finds citations of American opinions and is the best-known program of the kind: its `get_citations` with its
default tokenizer and with the one that needs hyperscan.  Ours is `extraction.understand`: metadata, outline and citations with
all fields.  Rounds are interleaved, since a shared machine drifts; the ratios count.  Opinions are made here, with a
citation every 435 characters or so, as in the opinions that were measured; ours are the sample papers and, where it is
there, ``../shared/data``.  ``--long`` adds documents of 1 MB, which take eyecite minutes.

    pip install eyecite hyperscan
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.extract_speed import BARE, DATA, administrative, pieces
from docsearch.extraction import understand
from docsearch.vietnamese import clean

PIECE = 30_000
LONG = 1_000_000
GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
_PARTIES = (
    "Alder",
    "Birch Tool Co.",
    "Cedar County",
    "Dogwood",
    "Elm Street Bank",
    "Fir",
    "Hazel & Sons",
    "Juniper Ins. Co.",
    "Larch",
)
_REPORTERS = ("U.S.", "S. Ct.", "F.2d", "F.3d", "F. Supp. 2d", "N.E.2d", "N.W.2d", "P.2d", "So. 2d", "Cal. App. 4th")
_COURTS = ("", "2d Cir. ", "9th Cir. ", "D. Mass. ", "S.D.N.Y. ")
_SENTENCES = (
    "The parties agree on the facts that matter here, and the district court found them after a trial without a jury.",
    "We review that question anew, as we do every reading of a statute, and give the agency the weight that its reasons bear.",
    "The motion was denied, the appeal followed, and the record before us does not show that the objection was ever renewed.",
    "Nothing in the text suggests that the legislature meant to take away a remedy that had stood for more than fifty years.",
    "The burden then shifts to the defendant, who must show that the same result would have been reached in any event.",
)


def opinion(size: int, rng: random.Random) -> str:
    """A made-up opinion of about `size` characters with a citation every 435 or so, in full, short and "id." forms."""
    parts: list[str] = []
    length = 0
    while length < size:
        one, other = rng.sample(_PARTIES, 2)
        page, first = rng.randint(100, 900), rng.randint(1, 900)
        court = f"({rng.choice(_COURTS)}{rng.randint(1950, 2015)})"
        full = f"{one} v. {other}, {first} {rng.choice(_REPORTERS)} {page}, {page + 3} {court}"
        form = rng.choice(
            (
                f"See {full}.",
                f"See also {full}.",
                f"Id. at {page + 4}.",
                f"{one}, {first} U.S., at {page + 1}.",
                f"18 U.S.C. § {page}.",
            )
        )
        parts.append(" ".join([*rng.sample(_SENTENCES, 3), form]) + rng.choice(("\n\n", " ")))
        length += len(parts[-1])
    return "".join(parts)


def papers(wanted: int) -> list[str]:
    """Pieces of about 30 KB of real papers, or of the sample papers."""
    if DATA.exists():
        return pieces(administrative())[:wanted]
    texts = [path.read_text(encoding="utf-8") for path in sorted(GOLD.glob("*.txt"))]
    return pieces(clean(text) for text in itertools.chain.from_iterable(itertools.repeat(texts, 20)))[:wanted]


def eyecites(*, hyperscan: bool) -> dict[str, Callable[[str], list[Any]]]:
    """eyecite by the name of its tokenizer; empty where it is not installed."""
    try:
        from eyecite import get_citations
        from eyecite.tokenizers import HyperscanTokenizer
    except ImportError:
        return {}
    works: dict[str, Callable[[str], list[Any]]] = {"eyecite default": lambda text: list(get_citations(text))}
    if hyperscan:
        tokenizer = HyperscanTokenizer(cache_dir=str(Path(tempfile.gettempdir()) / "eyecite-hyperscan"))
        works["eyecite hyperscan"] = lambda text: list(get_citations(text, tokenizer=tokenizer))
    return works


def seconds(work: Callable[[str], Any], texts: list[str]) -> tuple[float, int]:
    """Processor time for all texts, and how many things were found."""
    start = time.process_time()
    found = sum(len(work(text)) for text in texts)
    return time.process_time() - start, found


Runs = dict[str, tuple[Callable[[str], Any], list[str]]]


def race(title: str, runs: Runs, rounds: int) -> None:
    times: dict[str, list[float]] = {name: [] for name in runs}
    found = {name: seconds(work, texts[:1])[1] for name, (work, texts) in runs.items()}  # warm
    for _ in range(rounds):
        for name, (work, texts) in runs.items():
            taken, found[name] = seconds(work, texts)
            times[name].append(taken)
    sizes = {name: sum(len(text.encode()) for text in texts) / 1e6 for name, (_, texts) in runs.items()}
    rates = {name: sizes[name] / statistics.median(taken) for name, taken in times.items()}
    print(f"{title}: {rounds} rounds, interleaved")
    ours = rates["understand"]
    for name, rate in rates.items():
        each = found[name] / statistics.median(times[name])
        ratio = (
            f"understand is {ours / rate:.1f} times it"
            if name.startswith("eyecite")
            else f"understand is {ours / rate:.2f} of it"
        )
        print(f"  {name:18}{sizes[name]:7.2f} MB{rate:9.3f} MB/s{each:12,.0f} found/s   {ratio}")


def runs(works: dict[str, Callable[[str], list[Any]]], opinions: list[str], ours: list[str]) -> Runs:
    return {
        "understand": (lambda text: understand(text).findings.citations, ours),
        "bare expression": (lambda text: [match.span() for match in BARE.finditer(text)], ours),
        **{name: (work, opinions) for name, work in works.items()},
    }


STARTS = {
    "import docsearch": "import docsearch",
    "docsearch, first result": "from docsearch.extraction import understand; understand('Căn cứ Nghị định số 108/2014/NĐ-CP')",
    "citations alone": "from docsearch.citations import find_citations; find_citations('Căn cứ Nghị định số 108/2014/NĐ-CP')",
    "eyecite, first result": "from eyecite import get_citations; get_citations('Alder v. Birch, 410 U.S. 113 (1973)')",
    "python alone": "pass",
}


def starts() -> Iterator[str]:
    """How long a fresh process takes for each line, the best of five."""
    for name, line in STARTS.items():
        best = float("inf")
        for _ in range(5):
            start = time.perf_counter()
            done = subprocess.run([sys.executable, "-c", line], capture_output=True, check=False)
            best = min(best, time.perf_counter() - start) if done.returncode == 0 else best
        yield f"  {name:28}{best:8.3f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pieces", type=int, default=12, help="pieces of 30 KB in a round")
    parser.add_argument("--long", action="store_true", help="documents of 1 MB as well")
    parser.add_argument("--no-hyperscan", action="store_true", help="leave out the tokenizer whose database takes 20 s to build")
    args = parser.parse_args()
    works = eyecites(hyperscan=not args.no_hyperscan)
    if not works:
        print("eyecite is not installed (pip install eyecite hyperscan): ours alone")
    rng = random.Random(1)
    ours = papers(args.pieces * 8)
    race("pieces of 30 KB", runs(works, [opinion(PIECE, rng) for _ in range(args.pieces)], ours), args.rounds)
    if args.long:
        whole = "".join(papers(LONG // PIECE + 2)).encode()[:LONG].decode(errors="ignore")
        race("one document of 1 MB", runs(works, [opinion(LONG, rng)], [whole]), 1)
    print("a fresh process", *starts(), sep="\n")


if __name__ == "__main__":
    main()
