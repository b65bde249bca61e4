"""How fast citations are read: megabytes of UTF-8 a second on one core, beside a bare expression in the same run.

    python -m bench.citations_speed [--rounds N] [--profile]

The bare expression finds type word + number + date and builds nothing: the cheapest thing that one could call a citation
finder.  Rounds are interleaved, since a shared machine drifts; the ratio is what counts.  Texts come from ``../shared/data``,
in pieces of 30 KB; without it a made-up report is used.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import lzma
import pstats
import re
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from docsearch.citations import find_citations
from docsearch.citations.scan import scan
from docsearch.vietnamese import clean

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
PIECE = 30_000  # bytes, about
WANTED = 4_000_000  # bytes of each kind
TYPES = "Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư|Luật|Kế hoạch|Công văn|Tờ trình|Báo cáo|Thông báo|Công điện|Kết luận"
BARE = re.compile(
    rf"(?:{TYPES})\s+(?:số\s+)?\d{{1,5}}(?:/\d{{4}})?[/-][A-ZĐ][A-ZĐa-z0-9&-]*"
    r"(?:\s+ngày\s+\d{1,2}(?:/| tháng )\d{1,2}(?:/| năm )\d{4})?"
)
MADE_UP = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n"
    "Thực hiện Kế hoạch số 97/KH-UBND ngày 30/12/2022 của Ủy ban nhân dân tỉnh về cải cách hành chính năm 2023, Ủy ban nhân dân "
    "huyện báo cáo kết quả như sau: công tác chỉ đạo, điều hành được quan tâm, các cơ quan chuyên môn phối hợp chặt chẽ.\n"
)


def pieces(texts: Iterator[str]) -> list[str]:
    """Clean pieces of about 30 KB, cut at line ends, up to the wanted size."""
    out: list[str] = []
    total, held, size = 0, [], 0
    for text in texts:
        for line in clean(text).splitlines(keepends=True):
            held.append(line)
            size += len(line.encode())
            if size >= PIECE:
                out.append("".join(held))
                total, held, size = total + size, [], 0
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


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def measure(name: str, texts: list[str], rounds: int) -> None:
    size = sum(len(text.encode()) for text in texts) / 1e6
    cites = sum(len(find_citations(text).citations) for text in texts)
    works: dict[str, Callable[[str], object]] = {
        "find_citations": find_citations,
        "scan": scan,
        "bare expression": lambda text: [m.span() for m in BARE.finditer(text)],
    }
    times: dict[str, list[float]] = {work: [] for work in works}
    for _ in range(rounds):
        for work, run in works.items():
            times[work].append(seconds(run, texts))
    bare = statistics.median(times["bare expression"])
    print(f"{name}: {size:.1f} MB in {len(texts)} pieces, {cites} citations")
    for work, taken in times.items():
        middle = statistics.median(taken)
        each = middle / max(cites, 1) * 1e6
        print(f"  {work:16} {size / middle:8.1f} MB/s   {bare / middle:5.2f} of the bare one   {each:6.1f} us a citation")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    args = parser.parse_args()
    kinds = (
        {"administrative": administrative, "scale": scale} if DATA.exists() else {"made up": lambda: iter([MADE_UP * 400] * 20)}
    )
    for name, texts in kinds.items():
        some = pieces(texts())
        measure(name, some, args.rounds)
        whole = "".join(some)
        one = seconds(find_citations, [whole]) / len(whole)
        many = seconds(find_citations, some) / len(whole)
        print(f"  one text of {len(whole.encode()) / 1e6:.1f} MB takes {one / many:.2f} of the time of its pieces")
        if args.profile:
            profile = cProfile.Profile()
            profile.runcall(seconds, find_citations, some)
            pstats.Stats(profile).sort_stats("tottime").print_stats(28)


if __name__ == "__main__":
    main()
