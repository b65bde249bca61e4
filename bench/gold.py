"""Score the extractor on annotated papers, in this process, and say where it errs.

    python -m bench.gold [--gold DIR] [--only GLOB] [--skip GLOB] [--errors] [--field NAME]

The annotated papers and their scorer are not part of this repository: they are looked for in ``../shared/gold``, and
without them this prints a message and ends.  Papers as text and OCR output (``*-scan``) are printed side by side, since
they have different targets.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from docsearch.citations import find_citations
from docsearch.model import Citation, Metadata

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
META = ("doctype", "number", "issued", "issuer", "title", "signer")


def scorer(path: Path) -> ModuleType:
    """The scorer that stands beside the gold, as a module."""
    spec = importlib.util.spec_from_file_location("gold_score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def metadata_reader(*, wanted: bool) -> Callable[[str], Metadata | None]:
    """`read_metadata`, or a reader of nothing while that module is being built."""
    if not wanted:
        return lambda text: None
    try:
        from docsearch.metadata import read_metadata
    except ImportError:
        return lambda text: None
    return read_metadata


def as_json(citation: Citation) -> dict[str, Any]:
    fields = ("text", "doctype", "number", "name", "issued", "issuer", "pinpoint", "relation", "nested_in")
    return {"start": citation.span.start, "end": citation.span.end, **{f: getattr(citation, f) for f in fields}}


def extract(text: str, metadata: Metadata | None) -> dict[str, Any]:
    """What the extractor reads in one text, in the shape that the scorer compares."""
    facts = {f: getattr(metadata, f) for f in META} if metadata else {}
    return {
        "metadata": {f: fact.value for f, fact in facts.items() if fact},
        "citations": [as_json(c) for c in find_citations(text, own=metadata).citations],
    }


def score(
    score_one: Callable[..., None], fields: Iterable[str], paths: Iterable[Path], errors: list[str], *, metadata: bool
) -> dict[Any, int]:
    tally: dict[Any, int] = dict.fromkeys(("gold", "found", "hit", "span", *fields), 0)
    read = metadata_reader(wanted=metadata)
    for path in paths:
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        gold = json.loads(path.read_text(encoding="utf-8"))
        score_one(gold, extract(text, read(text)), text, tally, errors, path.stem)
    return tally


def figures(tally: dict[Any, int], fields: Iterable[str]) -> dict[str, float]:
    n, hit, found = tally["gold"], tally["hit"], tally["found"]
    precision, recall = hit / found if found else 0.0, hit / n if n else 0.0
    out = {
        "mentions": n,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if hit else 0.0,
        "span": tally["span"] / n if n else 0.0,
    }
    out.update({f: tally[f] / n if n else 0.0 for f in fields})
    for f in META:
        if tally.get(("meta_n", f)):
            out[f"metadata.{f}"] = tally["meta", f] / tally["meta_n", f]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "dev")
    parser.add_argument("--only", default="*", metavar="GLOB")
    parser.add_argument("--skip", default="", metavar="GLOB")
    parser.add_argument("--errors", action="store_true", help="print every difference")
    parser.add_argument(
        "--field", default="", help="print only the differences that hold this word (MISSED, EXTRA, number, span ...)"
    )
    parser.add_argument("--no-metadata", action="store_true", help="let the citations find the own number by themselves")
    args = parser.parse_args()
    if not (args.gold.parent / "score.py").exists():
        sys.exit(f"no annotated papers at {args.gold}: nothing to score")
    module = scorer(args.gold.parent / "score.py")
    paths = sorted(p for p in args.gold.glob(f"{args.only}.json") if not (args.skip and p.match(f"{args.skip}.json")))
    scans = [p for p in paths if p.stem.endswith("-scan")]
    columns = {"text": [p for p in paths if p not in scans], "scan": scans}
    errors: list[str] = []
    table = {
        name: figures(score(module.score_one, module.FIELDS, some, errors, metadata=not args.no_metadata), module.FIELDS)
        for name, some in columns.items()
        if some
    }
    if args.errors or args.field:
        print("\n".join(e for e in errors if args.field in e))
    print(f"{'':18}" + "".join(f"{name:>9}" for name in table))
    for row in dict.fromkeys(key for column in table.values() for key in column):
        print(f"{row:18}" + "".join(f"{column.get(row, float('nan')):9.4f}" for column in table.values()))


if __name__ == "__main__":
    main()
