"""What is lost where a scan misreads: the sample papers spoiled as OCR spoils, held against the same papers clean.

    python -m bench.noise [--rates 0.5,1,2] [--seeds N] [--papers DIR] [--lost FIELD]

So many characters of a hundred are changed, by slips seen in what Tesseract makes of stamped and leaning pages: a letter
loses or changes its marks ("sửa đôi, bộ sung"), is taken for a look-alike (Đ for Ð or D, 1 for l, 0 for O), is lost, doubled,
torn from the next, or has a speck beside it.  Nothing else is changed, so a place in the clean text has its place in the
spoiled one: a mention counts as found if one that overlaps its place is found, a field as right if it is read from that place.
"""

from __future__ import annotations

import argparse
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docsearch.citations import find_citations
from docsearch.metadata import read_metadata
from docsearch.model import Citation, Metadata, Span
from docsearch.vietnamese import clean

OWN = Path(__file__).resolve().parents[1] / "tests" / "gold"
META = ("number", "doctype", "issuer", "issued", "title", "signer")
FIELDS = ("doctype", "number", "issued", "issuer", "pinpoint", "relation", "nesting")

_LOOK_ALIKES = {
    "Đ": "ÐDP", "đ": "dđ", "0": "O", "1": "lI|", "l": "1I", "I": "l1", "O": "0", "5": "S", "8": "B", "6": "ó", "3": "8", "7": "T",
    "rn": "m", "m": "n", "n": "m", "c": "e", "e": "c", "h": "b", "g": "q", "t": "f", "T": "I", "N": "M", "B": "P", "P": "F",
    ".": ",", ",": ".", ";": ":", "-": "–—~_", "/": "1|J",
}  # fmt: skip
_SPECKS = ".,'`|_-^*:"
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def _letters_of(base: str) -> str:
    """All letters that differ from a vowel by their marks only: for "o" those of o, ô and ơ with every tone."""
    kin = [one for one in _VOWELS if unicodedata.normalize("NFD", one)[0] == base]
    return "".join(unicodedata.normalize("NFC", one + tone) for one in kin for tone in _TONES)


_KIN = {base: _letters_of(base) for base in "aeiouy"}


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A text with slips; `starts[i]` is the place in it of the i-th character of the clean text."""

    text: str
    starts: tuple[int, ...]

    def place(self, span: Span) -> tuple[int, int]:
        return self.starts[span.start], self.starts[span.end]


def spoil(text: str, rate: float, chance: random.Random) -> Spoiled:
    """`text` with a slip at about `rate` of its characters other than white space."""
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for sign in text:
        starts.append(length)
        piece = _slip(sign, chance) if not sign.isspace() and chance.random() < rate else sign
        pieces.append(piece)
        length += len(piece)
    return Spoiled("".join(pieces), (*starts, length))


def _slip(sign: str, chance: random.Random) -> str:
    """What OCR makes of one character."""
    base = unicodedata.normalize("NFD", sign)[0]
    kin = _KIN.get(base.lower())
    kind = chance.random()
    if kin and kind < 0.65:
        other = chance.choice(kin)
        return other.upper() if sign.isupper() else other
    if sign in _LOOK_ALIKES and kind < 0.8:
        return chance.choice(_LOOK_ALIKES[sign])
    if kind < 0.86:
        return ""
    if kind < 0.91:
        return sign + sign
    return sign + " " if kind < 0.96 else sign + chance.choice(_SPECKS)


def compare(text: str, spoiled: Spoiled, tally: Counter[str], lost: list[str]) -> None:
    """Count what is found in the spoiled text of all that is found in the clean one."""
    own, found_own = read_metadata(text), read_metadata(spoiled.text)
    _compare_facts(text, own, found_own, spoiled, tally, lost)
    clean_ones = find_citations(text, own=own).citations
    found_ones = find_citations(spoiled.text, own=found_own).citations
    pairs = _overlapping(clean_ones, found_ones, spoiled)
    tally["mentions"] += len(clean_ones)
    tally["extra"] += len(found_ones) - len(set(pairs.values()))
    for index, one in enumerate(clean_ones):
        start, end = spoiled.place(one.span)
        around = " ".join(spoiled.text[max(0, start - 60) : end + 60].split())
        if index not in pairs:
            lost.append(f"mention {one.text!r}: {around}")
            continue
        tally["found"] += 1
        for field in _wrong(one, found_ones[pairs[index]], index, pairs, spoiled):
            tally[f"wrong {field}"] += 1
            lost.append(f"{field} {one.text!r} -> {found_ones[pairs[index]].relation}: {around}")


def _compare_facts(text: str, own: Metadata, found: Metadata, spoiled: Spoiled, tally: Counter[str], lost: list[str]) -> None:
    for field in META:
        fact, other = getattr(own, field), getattr(found, field)
        if fact is None:
            tally[f"false {field}"] += other is not None
            continue
        tally[f"of {field}"] += 1
        same = other is not None and (other.value == fact.value or _same_place(fact.span, other.span, spoiled, slack=2))
        tally[f"right {field}"] += same
        if not same:
            seen = " ".join(spoiled.text[slice(*spoiled.place(fact.span))].split()) if fact.span else ""
            lost.append(f"meta.{field} {fact.value!r} as {seen!r} -> {other.value if other else None!r}")


def _same_place(one: Span | None, other: Span | None, spoiled: Spoiled, *, slack: int = 0) -> bool:
    if one is None or other is None:
        return one is other
    start, end = spoiled.place(one)
    return abs(start - other.start) <= slack and abs(end - other.end) <= slack


def _overlapping(ones: Sequence[Citation], others: Sequence[Citation], spoiled: Spoiled) -> dict[int, int]:
    """For the index of each clean mention that of the found one which shares most of its number, or of its words."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for index, one in enumerate(ones):
        start, end = spoiled.place(one.number_span or one.span)
        shared = {
            at: min(end, part.end) - max(start, part.start)
            for at, other in enumerate(others)
            if at not in taken and (part := other.number_span or other.span).start < end and part.end > start
        }
        if shared:
            pairs[index] = max(shared, key=lambda at: shared[at])
            taken.add(pairs[index])
    return pairs


def _wrong(one: Citation, other: Citation, index: int, pairs: dict[int, int], spoiled: Spoiled) -> list[str]:
    nested = None if one.nested_in is None else pairs.get(one.nested_in, -1)
    right = {
        "doctype": one.doctype == other.doctype,
        "number": one.number == other.number or _same_place(one.number_span, other.number_span, spoiled, slack=1),
        "issued": one.issued == other.issued or (other.issued is not None and _spoiled_date(one, spoiled)),
        "issuer": one.issuer == other.issuer or _same_place(one.issuer_span, other.issuer_span, spoiled, slack=1),
        "pinpoint": one.pinpoint == other.pinpoint or _same_place(one.pinpoint_span, other.pinpoint_span, spoiled, slack=1),
        "relation": one.relation == other.relation,
        "nesting": other.nested_in == nested,
    }
    return [field for field in FIELDS if not right[field]]


def _spoiled_date(one: Citation, spoiled: Spoiled) -> bool:
    """Whether a slip fell into the date itself, which then cannot be what it was."""
    if one.issued_span is None:
        return False
    start, end = spoiled.place(one.issued_span)
    return end - start != one.issued_span.end - one.issued_span.start or any(sign.isdigit() for sign in spoiled.text[start:end])


def papers(folder: Path) -> list[str]:
    return [clean(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def measure(texts: Iterable[str], rate: float, seeds: int) -> tuple[Counter[str], list[str]]:
    tally: Counter[str] = Counter()
    lost: list[str] = []
    for number, text in enumerate(texts):
        for seed in range(seeds):
            compare(text, spoil(text, rate / 100, random.Random(f"{number} {seed} {rate}")), tally, lost)
    return tally, lost


def table(tallies: dict[float, Counter[str]]) -> Iterable[str]:
    yield f"{'changed characters':22}" + "".join(f"{rate:>9.1f} %" for rate in tallies)
    rows = {"mentions found": ("found", "mentions"), "extra": ("extra", "mentions")}
    for name, (part, whole) in rows.items():
        yield f"{name:22}" + "".join(f"{tally[part] / tally[whole]:11.3f}" for tally in tallies.values())
    for field in FIELDS:
        shares = ((tally["found"] - tally[f"wrong {field}"]) / tally["mentions"] for tally in tallies.values())
        yield f"{field:22}" + "".join(f"{share:11.3f}" for share in shares)
    for field in META:
        shares = (tally[f"right {field}"] / max(tally[f"of {field}"], 1) for tally in tallies.values())
        yield f"{'metadata ' + field:22}" + "".join(f"{share:11.3f}" for share in shares)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--rates", default="0.5,1,2", help="characters changed of a hundred")
    parser.add_argument("--seeds", type=int, default=3, help="how often each paper is spoiled")
    parser.add_argument("--papers", type=Path, default=OWN, metavar="DIR", help="texts, *.txt")
    parser.add_argument("--lost", default="", metavar="FIELD", help="print what was lost in this field (mention, meta.title ...)")
    options = parser.parse_args(arguments)
    texts = papers(options.papers)
    tallies = {}
    for rate in map(float, options.rates.split(",")):
        tallies[rate], lost = measure(texts, rate, options.seeds)
        if options.lost:
            print("\n".join(line for line in lost if line.startswith(options.lost)))
    print("\n".join(table(tallies)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
