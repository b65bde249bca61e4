"""The rows of the fault table, and how tries are counted."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

TESTS = Path(__file__).resolve().parents[2] / "tests"

Verdict = Literal["whole", "lost", "differs", "ailing", "broke", "hung", "gone between"]
"""What a try came to.

lost          a paper or its text was not there in the end
differs       all papers were there, but something else was not as after an undisturbed run
ailing        all was there, and the doctor found something nevertheless
broke         the program ended by an error that it does not raise on purpose
hung          it did not end
gone between  all was there in the end, but not in the time between the fault and the next run
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One fault: how often it was tried and survived; `lost` counts the tries after which a paper was not there."""

    fault: str
    tried: int
    survived: int
    lost: int
    note: str = ""


def count(fault: str, tries: int, one: Callable[[int], Verdict], note: str = "") -> Row:
    """Try it so often."""
    found: Counter[Verdict] = Counter()
    failed = []
    for number in range(tries):
        verdict = one(number)
        found[verdict] += 1
        if verdict != "whole":
            failed.append(f"{number} {verdict}")
        show(f"{fault}: {number + 1}/{tries}")
    return Row(fault, tries, found["whole"], found["lost"], "; ".join((*filter(None, [note]), *failed[:10])))


def show(progress: str) -> None:
    """How far it is, where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r\033[K{progress}", end="", file=sys.stderr, flush=True)


def papers() -> Any:
    """The papers of the tests."""
    return _of_tests("papers")


def sample_files() -> Any:
    """The files, sound and hostile, of the tests."""
    return _of_tests("sample_files")


def sample_office() -> Any:
    """The office files of the tests."""
    return _of_tests("sample_office")


def _of_tests(name: str) -> Any:
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    return importlib.import_module(name)
