"""How fast a text is understood: megabytes of UTF-8 a second on one core, beside bare expressions in the same run.

    python -m bench.extract_speed [--rounds N] [--profile] [--hostile]

Understood means all fields: metadata, outline, citations with anaphora and short names.  The bare expressions are what a
developer would write first (type word, number, date) and build nothing but spans.  Which one is fair can be disputed, so
there are four: 13 types as they begin a citation; all types of the table, with a capital or without; the same in any case;
and one that asks for no type word, which alone finds nearly as many numbers as are there.  Rounds are interleaved, since a
shared machine drifts, and the best of each counts; what earlier rounds left in the bounded caches is thrown away before
each, so that no text is met twice.  Texts come from ``../shared/data`` in pieces of 30 KB and in documents of 1 MB; without
it a made-up report is used.  The run ends with what is asked of it and what it reached; ``--hostile`` adds the texts of
`bench.hostile`, which take some minutes.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import lzma
import os
import pstats
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench import hostile
from docsearch.citations import find_citations
from docsearch.citations.attach import attach
from docsearch.citations.found import Found
from docsearch.citations.relate import relate
from docsearch.citations.scan import scan
from docsearch.extraction import understand
from docsearch.metadata import read_metadata
from docsearch.model import Metadata
from docsearch.outline import outline
from docsearch.registry import doctypes
from docsearch.vietnamese import clean

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
PIECE = 30_000  # bytes, about
LONG = 1_000_000
WANTED = 4_000_000  # bytes of each kind
GOAL = 20.0  # megabytes a second, of which a quarter of a bare expression, 1.2 for a long text, 0.2 s for a first result
TYPES = "Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư|Luật|Kế hoạch|Công văn|Tờ trình|Báo cáo|Thông báo|Công điện|Kết luận"
NUMBER = r"\d{1,5}(?:/\d{4})?[/-][A-ZĐ][A-ZĐa-z0-9&-]*(?:\s+ngày\s+\d{1,2}(?:/| tháng )\d{1,2}(?:/| năm )\d{4})?"
BARE = re.compile(rf"(?:{TYPES})\s+(?:số\s+)?{NUMBER}")


def bare_expressions() -> dict[str, re.Pattern[str]]:
    """What a bare scan may look for, by name; the first is the fastest and finds the least."""
    names = sorted({name for kind in doctypes() if kind.kind == "directive" for name in (kind.name, *kind.forms)}, key=len)
    any_type = "|".join(form for name in reversed(names) for form in dict.fromkeys((name, name[0].lower() + name[1:])))
    return {
        "bare, 13 types": BARE,
        "bare, all types": re.compile(rf"(?:{any_type})\s+(?:số\s+)?{NUMBER}"),
        "bare, any case": re.compile(rf"(?:{'|'.join(reversed(names))})\s+(?:số\s+)?{NUMBER}", re.IGNORECASE),
        "bare, no type": re.compile(rf"(?:(?:{any_type})\s+)?(?:số\s+)?{NUMBER}"),
    }


MADE_UP = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n"
    "Thực hiện Kế hoạch số 97/KH-UBND ngày 30/12/2022 của Ủy ban nhân dân tỉnh về cải cách hành chính năm 2023, Ủy ban nhân dân "
    "huyện báo cáo kết quả như sau: công tác chỉ đạo, điều hành được quan tâm, các cơ quan chuyên môn phối hợp chặt chẽ.\n"
)
COLD = (
    "import time; a = time.perf_counter(), time.process_time(); from docsearch.extraction import understand;"
    f"understand({MADE_UP!r}); print(time.perf_counter() - a[0], time.process_time() - a[1])"
)


# --- the texts --------------------------------------------------------------------------------------------------------


def pieces(texts: Iterable[str], size: int = PIECE) -> list[str]:
    """Clean pieces of about `size` bytes, cut at line ends, up to the wanted total."""
    out: list[str] = []
    total, held, weight = 0, [], 0
    for text in texts:
        for line in clean(text).splitlines(keepends=True):
            held.append(line)
            weight += len(line.encode())
            if weight >= size:
                out.append("".join(held))
                total, held, weight = total + weight, [], 0
        if total >= WANTED:
            break
    return out or ["".join(held)]


def administrative() -> Iterator[str]:
    for path in sorted((DATA / "administrative_txt").glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def scale() -> Iterator[str]:
    with lzma.open(DATA / "scale" / "texts.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            if len(text) > 4500:
                yield text


# --- one round --------------------------------------------------------------------------------------------------------

Work = Callable[[list[str]], object]


def forget() -> None:
    """Empty the bounded caches of the package; tables and patterns stay."""
    for module in [module for name, module in sys.modules.items() if name.startswith("docsearch.")]:
        for held in vars(module).values():
            if hasattr(held, "cache_clear") and held.cache_info().maxsize:
                held.cache_clear()


def seconds(work: Work, texts: list[str]) -> float:
    forget()
    start = time.process_time()
    work(texts)
    return time.process_time() - start


def spans(pattern: re.Pattern[str], texts: list[str]) -> list[tuple[int, int]]:
    return [match.span() for text in texts for match in pattern.finditer(text)]


class Stages:
    """The stages one after the other: each is given what the one before made of the same texts."""

    def __init__(self) -> None:
        self.metadata: list[Metadata] = []
        self.founds: list[list[Found]] = []

    def read(self, texts: list[str]) -> None:
        self.metadata = [read_metadata(text) for text in texts]

    def scan(self, texts: list[str]) -> None:
        self.founds = [scan(text, own).founds for text, own in zip(texts, self.metadata, strict=True)]

    def attach(self, texts: list[str]) -> None:
        for text, founds in zip(texts, self.founds, strict=True):
            attach(text, founds)

    def relate(self, texts: list[str]) -> None:
        for text, founds, own in zip(texts, self.founds, self.metadata, strict=True):
            relate(text, founds, own)

    def cite(self, texts: list[str]) -> None:
        for text, own in zip(texts, self.metadata, strict=True):
            find_citations(text, own=own)

    def works(self) -> dict[str, Work]:
        return {
            **{name: partial(spans, pattern) for name, pattern in bare_expressions().items()},
            "understand": lambda texts: [understand(text) for text in texts],
            "- metadata": self.read,
            "- outline": lambda texts: [outline(text) for text in texts],
            "- citations": self.cite,
            "  - scan": self.scan,
            "  - attach": self.attach,
            "  - relate": self.relate,
        }


# --- the tables -------------------------------------------------------------------------------------------------------


def measure(name: str, texts: list[str], rounds: int) -> dict[str, float]:
    """Prints the table of some texts; what was reached, by the name of what is asked."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    long = pieces(texts, LONG)
    works = Stages().works()
    times: dict[str, list[float]] = {work: [] for work in (*works, "long", "pieces of the long")}
    for _ in range(rounds):
        for work, run in works.items():
            times[work].append(seconds(run, texts))
        times["long"].append(seconds(works["understand"], long) / sum(map(len, long)))
        times["pieces of the long"].append(min(times["understand"]) / sum(map(len, texts)))
    best = {work: min(taken) for work, taken in times.items()}
    cites = sum(len(find_citations(text).citations) for text in texts)
    found = {work: len(spans(pattern, texts)) for work, pattern in bare_expressions().items()}
    print(f"{name}: {size:.1f} MB in {len(texts)} pieces, {cites} citations")
    for work in works:
        beside = f"finds {found[work]}; understand is {best[work] / best['understand']:.2f} of it" if work in found else ""
        print(f"  {work:16} {size / best[work]:8.1f} MB/s  {best[work] / cites * 1e6:7.1f} us a citation  {beside}")
    ratio = best["long"] / best["pieces of the long"]
    print(f"  documents of {LONG / 1e6:.0f} MB take {ratio:.2f} of the time of their pieces\n")
    reached = {f"{work}: share": best[work] / best["understand"] for work in found}
    return {"MB/s": size / best["understand"], "1 MB against 30 KB": ratio, **reached}


def cold(times: int = 8) -> float:
    """The least processor time of a few fresh processes from the first import to the first result, in seconds.

    Python keeps what it compiled of a module, as it does of an installed package, whatever this environment asks for.
    """
    with tempfile.TemporaryDirectory() as kept:
        around = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {
            "PYTHONPYCACHEPREFIX": kept
        }
        runs: list[Any] = []
        for _ in range(times + 1):
            done = subprocess.run([sys.executable, "-c", COLD], capture_output=True, check=True, text=True, env=around)
            runs.append(tuple(map(float, done.stdout.split())))
    wall, processor = map(min, zip(*runs[1:], strict=True))  # the first one compiled the modules
    print(f"import and first result: {wall * 1e3:.0f} ms by the clock, {processor * 1e3:.0f} ms of processor time\n")
    return float(processor)


def summary(reached: dict[str, dict[str, float]], first: float, worst: float | None) -> None:
    """What is asked of the reading of a text, and whether it was reached."""
    rows = [("first result, s", first, first < 0.2)]
    for name, values in reached.items():
        for what, value in values.items():
            good = value >= GOAL if what == "MB/s" else value <= 1.2 if what.startswith("1 MB") else value >= 0.25
            rows.append((f"{name}, {what}", value, good))
    if worst is not None:
        rows.append(("slowest hostile text of 1 MB, s", worst, worst <= hostile.LIMIT))
    for what, value, good in rows:
        print(f"{what:42} {value:7.2f}  {'reached' if good else 'NOT reached'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    parser.add_argument("--hostile", action="store_true", help="add texts of 1 MB made to be slow")
    args = parser.parse_args()
    first = cold()
    reached: dict[str, dict[str, float]] = {}
    made_up = {"made up": lambda: iter([MADE_UP * 400] * 20)}
    for name, texts in ({"administrative": administrative, "scale": scale} if DATA.exists() else made_up).items():
        some = pieces(texts())
        reached[name] = measure(name, some, args.rounds)
        if args.profile:
            profile = cProfile.Profile()
            profile.runcall(seconds, Stages().works()["understand"], some)
            pstats.Stats(profile).sort_stats("tottime").print_stats(28)
    summary(reached, first, hostile.table(LONG) if args.hostile else None)


if __name__ == "__main__":
    main()
