"""Recall on references that other people marked: 4,272 sentences of laws, 1,418 lines of the official codification.

    python -m bench.recall [--missed N] [--seed N]

Both stand in ``../shared/data/citation_gold`` and are not part of this repository.  In the sentences a mark is a type with
number or name, and about 7 % of plain ones are not marked, so what is found beyond the marks says nothing.  In the lines of
the codification every field is known.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bench.gold import cell
from bench.scoring import Share, plain
from docsearch.citations import find_citations
from docsearch.vietnamese import clean

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "citation_gold"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def sentences() -> tuple[dict[str, Share], list[str]]:
    """The share of marks that a mention covers, and whose bounds are the same, by the label of the mark; what is missed."""
    of: Counter[str] = Counter()
    covered: Counter[str] = Counter()
    same: Counter[str] = Counter()
    missed = []
    for row in rows("vnlegaltext_val.jsonl"):
        text = clean(row["text"])
        found = [(c.span.start, c.span.end) for c in find_citations(text).citations]
        for mark in row["entities"]:
            start, end = mark["start"], mark["end"]
            of[mark["label"]] += 1
            hit = any(a < end and start < b for a, b in found)
            covered[mark["label"]] += hit
            same[mark["label"]] += (start, end) in found
            if not hit:
                missed.append(f"{mark['label']}: {text[max(0, start - 60) : start]}⟦{mark['text']}⟧{text[end : end + 40]}")
    shares = {"all": Share(covered.total(), of.total()), "same bounds": Share(same.total(), of.total())}
    return shares | {label: Share(covered[label], count) for label, count in of.most_common()}, missed


FIELDS = ("mention", "number", "doctype", "issued", "issuer", "title", "article")


def codification() -> tuple[dict[str, Share], list[str]]:
    """The share of lines whose reference is found, and each of whose fields is right."""
    right: Counter[str] = Counter()
    missed = []
    every = rows("phapdien_refs_dev.jsonl")
    for row in every:
        citations = find_citations(clean(row["text"])).citations
        one = next((c for c in citations if plain(c.number) == plain(row["number"])), None)
        if one is None:
            missed.append(f"{row['type']} {row['number']}: {row['text'][:160]}")
            continue
        day, month, year = row["date"].split("/")
        right["mention"] += 1
        right["number"] += one.number == row["number"]
        right["doctype"] += one.doctype == row["type"]
        right["issued"] += one.issued == f"{year}-{month:0>2}-{day:0>2}"
        right["issuer"] += plain(one.issuer) == plain(row["issuer"])
        right["article"] += plain(one.pinpoint) == plain(f"Điều {row['article']}")
        right["title"] += plain(one.title) == plain(row["title"])
        missed += [f"issuer of {row['text']}: {one.issuer}"] * (plain(one.issuer) != plain(row["issuer"]))
    return {field: Share(right[field], len(every)) for field in FIELDS}, missed


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--missed", type=int, default=0, metavar="N", help="print so many of what is missed")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if not FOLDER.exists():
        sys.exit(f"no references at {FOLDER}")
    for name, (shares, missed) in {"marked sentences": sentences(), "codification": codification()}.items():
        print(name)
        print(*(f"  {key:22}{share.of:7}  {cell(share)}" for key, share in shares.items()), sep="\n")
        chosen = random.Random(args.seed).sample(missed, min(args.missed, len(missed)))
        print(*(f"    {' '.join(line.split())}" for line in chosen), sep="\n")


if __name__ == "__main__":
    main()
