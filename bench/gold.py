"""Score the extractor on annotated papers, say where it errs, and what was gained and lost since the last run.

    python -m bench.gold [--gold DIR] [--only GLOB] [--skip GLOB] [--by type|relation|paper] [--errors] [--field NAME] [--keep]

Three sets, side by side, since they have different targets: ``tests/gold`` (the sample papers of this repository), and, where
``../shared/gold`` is there, its papers as text and as OCR output (``*-scan``).  Each figure is a share of all annotated
mentions with its 95 % interval.  What differs from ``bench/results/gold.json`` is printed as gains and losses; ``--keep``
writes that file anew.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.scoring import FIELDS, META, Judged, Share, f1, judge, judge_facts, shares, wilson
from docsearch.citations import find_citations
from docsearch.metadata import read_metadata
from docsearch.model import Citation, Metadata
from docsearch.vietnamese import clean

HERE = Path(__file__).resolve().parent
OWN = HERE.parent / "tests" / "gold"
SHARED = HERE.parents[1] / "shared" / "gold" / "dev"
LAST = HERE / "results" / "gold.json"


@dataclass(slots=True)
class Run:
    """What came of one set: every mention judged, every field of the metadata by place."""

    judged: list[Judged] = field(default_factory=list)
    facts: dict[str, bool] = field(default_factory=dict)


def as_json(citation: Citation) -> dict[str, Any]:
    return {
        "start": citation.span.start,
        "end": citation.span.end,
        "text": citation.text,
        **{name: getattr(citation, name) for name in FIELDS},
    }


def extract(text: str, metadata: Metadata | None) -> dict[str, Any]:
    """What is read in one text, in the shape of the gold."""
    facts = {name: getattr(metadata, name) for name in META} if metadata else {}
    return {
        "metadata": {name: fact.value for name, fact in facts.items() if fact},
        "citations": [as_json(one) for one in find_citations(text, own=metadata).citations],
    }


def score(paths: Iterable[Path], *, metadata: bool = True) -> Run:
    run = Run()
    for path in paths:
        text = clean(path.with_suffix(".txt").read_bytes().decode("utf-8"))
        gold = json.loads(path.read_text(encoding="utf-8"))
        found = extract(text, read_metadata(text) if metadata else None)
        run.judged += judge(path.stem, gold["citations"], found["citations"])
        run.facts |= judge_facts(path.stem, gold["metadata"], found["metadata"])
    return run


def scorer_of(folder: Path) -> ModuleType | None:
    """The scorer that stands beside a folder of annotated papers, as a module; a test holds ours against it."""
    path = folder.parent / "score.py"
    spec = importlib.util.spec_from_file_location("gold_score", path) if path.exists() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def papers(folder: Path, only: str, skip: str) -> list[Path]:
    paths = (path for path in folder.glob(f"{only}.json") if path.with_suffix(".txt").exists())
    return sorted(path for path in paths if not (skip and path.match(f"{skip}.json")))


def sets(args: argparse.Namespace) -> dict[str, list[Path]]:
    """The papers by set; empty sets are left out."""
    folders = {"own": OWN, "shared": SHARED} if args.gold is None else {args.gold.name: args.gold}
    out: dict[str, list[Path]] = {}
    for name, folder in folders.items():
        some = papers(folder, args.only, args.skip)
        out[name] = [path for path in some if not path.stem.endswith("-scan")]
        out[f"{name} scans"] = [path for path in some if path.stem.endswith("-scan")]
    return {name: some for name, some in out.items() if some}


# --- tables -----------------------------------------------------------------------------------------------------------


def cell(share: Share) -> str:
    low, high = wilson(share)
    return f"{share.value:6.4f} [{low:.3f} {high:.3f}]" if share.of else "-"


def whole(runs: dict[str, Run]) -> list[list[str]]:
    """One row a figure, one column a set."""
    figures = {name: shares(run.judged) for name, run in runs.items()}
    rows = [["", *runs]]
    rows.append(["mentions", *(str(each["recall"].of) for each in figures.values())])
    rows += [[name, *(cell(each[name]) for each in figures.values())] for name in ("precision", "recall")]
    rows.append(["f1", *(f"{f1(each):6.4f}" for each in figures.values())])
    rows += [[name, *(cell(each[name]) for each in figures.values())] for name in ("span", *FIELDS)]
    facts = {name: {of: fact_share(run, of) for of in ("", *META)} for name, run in runs.items()}
    return rows + [[f"metadata {of}".strip(), *(cell(each[of]) for each in facts.values())] for of in ("", *META)]


def fact_share(run: Run, of: str) -> Share:
    """The share of right facts: of one field, or of all ("")."""
    some = [ok for place, ok in run.facts.items() if place.endswith(f".{of}") or not of]
    return Share(sum(some), len(some))


KEYS: dict[str, Callable[[Judged], str]] = {
    "type": lambda one: one.doctype,
    "relation": lambda one: one.relation,
    "paper": lambda one: one.place.partition("#")[0].partition("+")[0],
}


def by(judged: list[Judged], what: str) -> list[list[str]]:
    """One row a type, relation or paper, the most frequent first; the fields as shares of its annotated mentions."""
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(KEYS[what](one), []).append(one)
    rows = [[what, "n", "extra", "recall", "span", *FIELDS]]
    for name, some in sorted(groups.items(), key=lambda group: -len(group[1])):
        each = shares(some)
        extra = sum(one.state == "extra" for one in some)
        rows.append(
            [name[:34], str(each["recall"].of), str(extra), *(f"{each[key].value:.3f}" for key in ("recall", "span", *FIELDS))]
        )
    return rows


def show(rows: list[list[str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print(row[0].ljust(widths[0]), *(value.rjust(width) for value, width in zip(row[1:], widths[1:], strict=True)), sep="  ")
    print()


# --- gains and losses -------------------------------------------------------------------------------------------------


def faults(run: Run) -> dict[str, str]:
    """What is not right, by place: "missed", "extra", or the wrong fields."""
    out = {one.place: " ".join(one.wrong) or one.state for one in run.judged if one.state != "hit" or one.wrong}
    return out | {place: "metadata" for place, ok in run.facts.items() if not ok}


def compare(runs: dict[str, Run], last: dict[str, dict[str, str]]) -> list[str]:
    """One line a place where this run differs from the last: "+" for a gain, "-" for a loss, "~" for another fault."""
    lines = []
    for name, run in runs.items():
        before, now = last.get(name, {}), faults(run)
        held = {one.place for one in run.judged} | set(run.facts)
        for place in sorted(before.keys() | now.keys()):
            was, is_now = before.get(place), now.get(place)
            if was != is_now and (is_now or place in held or was == "extra"):
                lines.append(
                    f"{'-' if was is None else '+' if is_now is None else '~'} {place}: {was or 'right'} -> {is_now or 'right'}"
                )
    return lines


def tell(runs: dict[str, Run], word: str) -> None:
    for run in runs.values():
        for one in run.judged:
            for line in one.told if one.state == "hit" else (one.state.upper(),):
                if word in line:
                    print(f"{one.place.partition('+')[0]}: {' '.join(one.text.split())!r} {line}")
        for place, ok in run.facts.items():
            if not ok and word in f"metadata {place}":
                print(f"metadata {place} differs")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, help="one folder of annotated papers instead of the known ones")
    parser.add_argument("--only", default="*", metavar="GLOB")
    parser.add_argument("--skip", default="", metavar="GLOB")
    parser.add_argument("--by", choices=KEYS, action="append", help="a table by this, of all sets together; default: type")
    parser.add_argument("--errors", action="store_true", help="print every difference")
    parser.add_argument("--field", default="", help="print the differences that hold this word (MISSED, EXTRA, issuer, span ...)")
    parser.add_argument("--no-metadata", action="store_true", help="let the citations find the own number by themselves")
    parser.add_argument("--keep", action="store_true", help="keep this run as the one that the next is compared with")
    args = parser.parse_args()
    chosen = sets(args)
    if not chosen:
        sys.exit("no annotated papers: nothing to score")
    runs = {name: score(paths, metadata=not args.no_metadata) for name, paths in chosen.items()}
    if args.errors or args.field:
        tell(runs, args.field)
    show(whole(runs))
    for what in args.by or ["type"]:
        show(by([one for run in runs.values() for one in run.judged], what))
    last = json.loads(LAST.read_text(encoding="utf-8")) if LAST.exists() else {}
    changes = compare(runs, last)
    print(*(changes or ["nothing gained, nothing lost since the run that was kept"]), sep="\n")
    if args.keep:
        kept = last | {name: dict(sorted(faults(run).items())) for name, run in runs.items()}
        LAST.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
