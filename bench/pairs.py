"""Write the table of syllables that go together: `python -m bench.pairs > docsearch/tables/pairs.txt`.

Counts the pairs of syllables that stand side by side in the official codification (the texts of up to 4,500 characters in
``../shared/data/scale``, which people typed; the longer ones were made by OCR in part) and keeps those that are written with
one set of marks only: `LEAST` times or more, and any other marks on the same letters less than once in a `RARE`.
"""

from __future__ import annotations

import json
import lzma
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from docsearch.legacy import is_syllable
from docsearch.vietnamese import fold

TEXTS = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "scale" / "texts.jsonl.xz"
LEAST, RARE, LONGEST = 200, 1000, 4500

Pair = tuple[str, str]


def count() -> Counter[Pair]:
    found: Counter[Pair] = Counter()
    with lzma.open(TEXTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            if len(text) <= LONGEST:
                for run in re.split(r"[^\w\s]|\d+|\n", unicodedata.normalize("NFC", text).lower()):
                    words = run.split()
                    found.update(pairwise(words))
    return found


def only_ways(found: Counter[Pair]) -> Iterator[str]:
    ways: dict[str, Counter[str]] = defaultdict(Counter)
    for pair, times in found.items():
        if all(map(is_syllable, pair)):
            ways[fold(" ".join(pair))][" ".join(pair)] = times
    for bare, forms in ways.items():
        del forms[bare]  # text without marks is no other word
        if forms:
            (first, times), others = forms.most_common(1)[0], forms.total()
            if times >= LEAST and (others - times) * RARE < times:
                yield first


def main() -> None:
    found = count()
    print(f"# Pairs of syllables that official texts write with these marks only: of {found.total():,} pairs of the codification")
    print(
        f"# of laws, {LEAST} times or more, and with other marks on the same letters less than once in {RARE:,} (bench/pairs.py)."
    )
    print(*sorted(only_ways(found)), sep="\n")


if __name__ == "__main__":
    main()
