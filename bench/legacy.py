"""How many of the letters with marks come back from files of before Unicode: `python -m bench.legacy [FOLDER] [--files]`.

FOLDER is ``../shared/data/legacy_viparse`` where not said: ``files`` and ``truth``, with the rules of ``METRIC.md`` there.
Diacritic accuracy is the share of the marked letters of a transcript that the reading has at the same place, exactly.  Words
are aligned first and letters within them, both by their bare letters, so that order and tables count as little as in a
whole alignment by letters.  Three ways of looking at the same readings:

    as shown        letters as the page shows them: small ones under a capital font (.VnTimeH) are capitals
    as stored       the same with the names of capital fonts set aside, as the transcripts were made
    case aside      as shown, capitals and small letters being the same

viparse (extra ``legacy-bench``) reads the same files in the same run where it is installed; .xls through LibreOffice Calc.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from docsearch import legacy, readers
from docsearch.errors import ReadError

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "legacy_viparse"
Score = tuple[int, int]  # letters with marks that came back; all of them


# --- the measure ------------------------------------------------------------------------------------------------------


@cache
def bare(char: str) -> str:
    """The letter without its marks."""
    letters = unicodedata.normalize("NFD", char.replace("đ", "d").replace("Đ", "D"))
    return "".join(each for each in letters if unicodedata.category(each) != "Mn")


def is_marked(char: str) -> bool:
    """Whether a letter has a mark, as most Vietnamese ones do."""
    return char in "đĐ" or len(unicodedata.normalize("NFD", char)) > 1


def returned(truth: str, text: str) -> Score:
    """How many of the marked letters of a transcript came back, and how many there are."""
    left, right = (unicodedata.normalize("NFC", each).split() for each in (truth, text))
    kept = sum(_kept(" ".join(one), " ".join(other)) for one, other in _places(left, right))
    return kept, sum(is_marked(char) for char in "".join(left))


def _places(left: list[str], right: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Runs of words that stand at the same place."""
    pairs = ["".join(map(bare, word)) for word in left], ["".join(map(bare, word)) for word in right]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, *pairs, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(([word] for word in left[i1:i2]), ([word] for word in right[j1:j2]), strict=True)
        else:
            yield left[i1:i2], right[j1:j2]


def _kept(truth: str, text: str) -> int:
    if truth == text:
        return sum(map(is_marked, truth))
    blocks = SequenceMatcher(None, [*map(bare, truth)], [*map(bare, text)], autojunk=False).get_matching_blocks()
    pairs = (pair for at, to, size in blocks for pair in zip(truth[at : at + size], text[to : to + size], strict=True))
    return sum(one == other and is_marked(one) for one, other in pairs)


# --- who reads --------------------------------------------------------------------------------------------------------


def ours(path: Path) -> str:
    return "\n".join(readers.read(path).pages)


def stored(path: Path) -> str:
    with _no_capital_fonts():
        return ours(path)


@contextmanager
def _no_capital_fonts() -> Iterator[None]:
    known = legacy.is_capital_font
    legacy.is_capital_font = lambda name: False
    try:
        yield
    finally:
        legacy.is_capital_font = known


def theirs(path: Path) -> str:
    import viparse

    try:
        text: str = viparse.fix("\n".join(document.text for document in viparse.load(path)))  # .rtf comes as it was stored
    except viparse.ViparseError as error:
        raise ReadError(path, str(error)) from error
    return text


WAYS: dict[str, tuple[Callable[[Path], str], Callable[[str], str]]] = {
    "as shown": (ours, str), "as stored": (stored, str), "case aside": (ours, str.lower),
    "viparse": (theirs, str), "viparse, case aside": (theirs, str.lower),
}  # fmt: skip


def scores(way: str, folder: Path, paths: list[Path]) -> dict[Path, Score]:
    """What came back of each file; nothing of one that cannot be read."""
    read, change = WAYS[way]
    found: dict[Path, Score] = {}
    for path in paths:
        truth = change((folder / "truth" / f"{path.stem}.txt").read_text("utf-8"))
        try:
            found[path] = returned(truth, change(read(path)))
        except ReadError:
            found[path] = 0, returned(truth, "")[1]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--files", action="store_true", help="each file, the worst first")
    options = parser.parse_args()
    paths = [path for path in sorted((options.folder / "files").glob("*")) if path.suffix in (".doc", ".rtf", ".xls")]
    for way in [way for way in WAYS if "viparse" not in way or find_spec("viparse")]:
        found = scores(way, options.folder, paths)
        for kind, chosen in (("all", paths), (".doc and .rtf", [path for path in paths if path.suffix != ".xls"])):
            kept, all_ = (sum(found[path][at] for path in chosen) for at in (0, 1))
            failed = sum(1 for path in chosen if not found[path][0] and found[path][1])
            print(f"{way:20} {kind:14} {len(chosen):3} files, {failed} failed, {kept:,} of {all_:,}: {kept / max(all_, 1):.4f}")
        for path in sorted(paths, key=lambda path: found[path][0] / max(found[path][1], 1)) if options.files else ():
            print(f"    {path.name}: {found[path][0]} of {found[path][1]}")


if __name__ == "__main__":
    main()
