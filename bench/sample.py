"""Seeded samples to be read by people: mentions in their context, and what looks like a number but was taken for none.

    python -m bench.sample [--mentions N] [--rejected N] [--seed N] [--reach CHARACTERS]

Texts come from ``../shared/data``, every folder with an equal share, one find a paper.  ⟦ ⟧ mark a find; its fields follow.
Precision is what you count right among the mentions; the rejected that should have been found say what recall misses.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from docsearch import readers
from docsearch.errors import DocsearchError
from docsearch.extraction import understand
from docsearch.ingest import assemble
from docsearch.model import Extraction, Span
from docsearch.vietnamese import clean

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
CAPITAL = "A-ZĐƯƠÂĂÊÔ"
TYPES = (
    r"Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Thông báo|Thông tri|Kế hoạch|Công văn|Công điện|Báo cáo|Tờ trình|Kết luận"
    r"|Hướng dẫn|Chương trình|Đề án|Quy định|Quy chế|Văn bản|văn bản|Lệnh|Pháp lệnh|Luật|Bộ luật|Hiến pháp|Phương án|Biên bản"
)
# Everything that a reader might take for a mention: a number with letters, a type with digits, a law with a capital.
LIKE = re.compile(
    rf"(?<!\+ )\d[\dlO.]*\s?[a-zđ]?[/-](?!Ngày)(?:\d{{4}}\s?[/-]\s?)?[{CAPITAL}][\w&]*(?:[-/][\w&]+)*"
    rf"|(?:{TYPES})\s+(?:số\s+)?\d[\w/.-]*|(?:(?<!pháp )(?<!Pháp )[Ll]uật|Pháp lệnh|Bộ luật)\s+[{CAPITAL}]\w+(?:\s+\w+){{0,4}}"
    rf"|(?:{TYPES})\s+(?:không số\s+)?ngày\s+\d[^,;.]{{0,20}}"
)


def plain(folder: str) -> Iterator[tuple[str, str]]:
    for path in sorted((DATA / folder).glob("*.txt")):
        yield path.stem, path.read_text(encoding="utf-8", errors="replace")


def read(folder: str) -> Iterator[tuple[str, str]]:
    for path in sorted((DATA / folder).iterdir()):
        if path.suffix in {".html", ".htm", ".docx", ".doc"}:
            try:
                yield path.stem, assemble(readers.read(path))[0]
            except DocsearchError as error:
                print(f"{path.name}: {error}", file=sys.stderr)


def packed() -> Iterator[tuple[str, str]]:
    with lzma.open(DATA / "scale" / "texts.jsonl.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 40 == 0:
                row = json.loads(line)
                yield str(row["id"]), row["text"]


def listed(name: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate((DATA / name).read_text(encoding="utf-8").splitlines()):
        if number % 4 == 0:
            row = json.loads(line)
            yield str(row.get("id", number)), row["text"]


FOLDERS: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "administrative_txt": lambda: plain("administrative_txt"),
    "pdf_digital": lambda: plain("pdf_digital"),
    "html_vbpl": lambda: read("html_vbpl"),
    "docx": lambda: read("docx"),
    "doc_unicode": lambda: read("doc_unicode"),
    "scale": packed,
    "corpus": lambda: listed("corpus/documents_dev.jsonl"),
}


def rejected(extraction: Extraction) -> list[Span]:
    """The places in a text that look like a mention and are inside none, nor inside the paper's own number."""
    taken = [c.span for c in extraction.findings.citations] + [a.span for a in extraction.findings.anaphora]
    if extraction.metadata.number and extraction.metadata.number.span:
        taken.append(extraction.metadata.number.span)
    inside = {at for span in taken for at in range(span.start, span.end)}
    places = (match.span() for match in LIKE.finditer(extraction.text))
    return [Span(*place) for place in places if inside.isdisjoint(range(*place))]


def shown(text: str, span: Span, reach: int) -> str:
    left, right = text[max(0, span.start - reach) : span.start], text[span.end : span.end + reach]
    return " ".join(f"{left}⟦{span.cut(text)}⟧{right}".replace("\n", " ⏎ ").split())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mentions", type=int, default=200)
    parser.add_argument("--rejected", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reach", type=int, default=110)
    args = parser.parse_args()
    if not DATA.exists():
        sys.exit(f"no real papers at {DATA}")
    rng = random.Random(args.seed)
    mentions: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    totals = {"texts": 0, "characters": 0, "citations": 0, "rejected": 0}
    for folder, texts in FOLDERS.items():
        for name, raw in texts():
            extraction = understand(clean(raw))
            found, look = extraction.findings.citations, rejected(extraction)
            for key, value in zip(totals, (1, len(raw), len(found), len(look)), strict=True):
                totals[key] += value
            if found:
                one = rng.choice(found)
                fields = [one.doctype, one.number, one.name, one.issued, one.issuer, one.pinpoint, one.relation]
                told = " | ".join(value or "-" for value in fields) + ("" if one.nested_in is None else " | nested")
                mentions.setdefault(folder, []).append(
                    f"{folder}/{name}: {shown(extraction.text, one.span, args.reach)}\n    {told}"
                )
            if look:
                place = rng.choice(look)
                others.setdefault(folder, []).append(f"{folder}/{name}: {shown(extraction.text, place, args.reach)}")
    print(totals)
    for title, pool, wanted in (("mentions", mentions, args.mentions), ("rejected", others, args.rejected)):
        print(f"\n--- {title}")
        each = wanted // max(1, len(pool)) + 1
        chosen = [line for lines in pool.values() for line in rng.sample(lines, min(each, len(lines)))]
        print(*(f"{number}. {line}" for number, line in enumerate(chosen[:wanted], 1)), sep="\n")


if __name__ == "__main__":
    main()
