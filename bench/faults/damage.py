"""Files of the archive that are damaged: bits flipped, pages overwritten, cut off, emptied, deleted.

The doctor must find it, explain it on one line, and mend it without touching what is good.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from bench.faults.place import SEED, Ended, Place, completed, in_child, index, judge, look
from bench.faults.rows import Row, Verdict, count
from docsearch import library
from docsearch.errors import DocsearchError

Files = Callable[[Path], list[Path]]


def rows(place: Place, tries: int) -> list[Row]:
    return [
        _damaged("the catalogue is damaged or deleted", place, tries, _catalogue, SEED + 3),
        _damaged("a file of the search index is damaged or deleted", place, tries, _index, SEED + 4),
        _damaged("both are damaged", place, max(1, tries // 4), lambda root: [*_catalogue(root), *_index(root)], SEED + 5, 3),
    ]


def _catalogue(root: Path) -> list[Path]:
    return [root / "catalogue.db"]


def _index(root: Path) -> list[Path]:
    return sorted(path for path in next(root.glob("tantivy-*")).iterdir() if path.stat().st_size)


def spoil(path: Path, chance: random.Random) -> None:
    """Flip bits, overwrite a page, cut it off, empty it, or delete it."""
    data = bytearray(path.read_bytes())
    match chance.randrange(9):
        case 0:
            data.clear()
        case 1:
            path.unlink()
            return
        case 2 | 3:
            del data[chance.randrange(len(data)) :]
        case 4 | 5:
            start = chance.randrange(max(1, len(data) // 4096)) * 4096
            data[start : start + 4096] = chance.randbytes(min(4096, len(data) - start))
        case _:
            for _ in range(chance.randint(1, 30)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _damaged(name: str, place: Place, tries: int, files: Files, seed: int, parts: int = 1) -> Row:
    chance = random.Random(seed)
    harmless = 0

    def one(number: int) -> Verdict:
        nonlocal harmless
        target = place.copy(f"damaged-{number}")
        for path in chance.sample(files(target), parts):
            spoil(path, chance)
        verdict, was_harmless = _mended(place, target)
        harmless += was_harmless
        place.drop(target.name)
        return verdict

    row = count(name, tries, one)
    note = f"{harmless} times it changed nothing that is in use"
    return Row(row.fault, row.tried, row.survived, row.lost, "; ".join(filter(None, [note, row.note])))


def _mended(place: Place, target: Path) -> tuple[Verdict, bool]:
    """What came of it, and whether the damage was harmless: nothing was found and nothing is wrong."""
    told = in_child(lambda: _examine(target))
    if told.code != 0 or not all(isinstance(line, str) and "\n" not in line for line in told.said):
        return "broke", False
    if not told.said:
        found = look(target)
        harmless = found is not None and found.everything == place.wanted.everything
        return ("whole" if harmless else "differs"), harmless
    return _repair(place, target, told), False


def _repair(place: Place, target: Path, told: Ended) -> Verdict:
    mended = in_child(lambda: len(library.doctor(target, repair=True)))
    if mended.code == 3 and not (target / "catalogue.db").exists():  # no archive is left that could be mended: begin anew
        in_child(lambda: index(target, place.corpus))
    elif mended.code != 0:
        return mended.verdict if mended.code != 3 else "broke"
    return judge(completed(target, place.corpus), place.wanted)


def _examine(target: Path) -> list[str]:
    try:
        return [f"{a.code}: {a.subject}: {a.detail}" for a in library.doctor(target)]
    except DocsearchError as error:
        return [str(error)]
