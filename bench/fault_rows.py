"""The rows of the fault table, and how tries are counted."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1] / "tests"


@dataclass(frozen=True, slots=True)
class Row:
    """One fault: how often it was tried and survived; `lost` counts the tries after which something was not there."""

    fault: str
    tried: int
    survived: int
    lost: int
    note: str = ""


def count(fault: str, tries: int, one: Callable[[int], bool]) -> Row:
    """Try it so often; each try says whether all was there in the end."""
    failed = []
    for number in range(tries):
        if not one(number):
            failed.append(number)
        if sys.stderr.isatty():
            print(f"\r{fault}: {number + 1}/{tries} ", end="", file=sys.stderr)
    note = f"failed: {failed[:10]}" if failed else ""
    return Row(fault, tries, tries - len(failed), len(failed), note)


def papers() -> Any:
    """The papers of the tests."""
    return _of_tests("papers")


def sample_files() -> Any:
    """The files, sound and hostile, of the tests."""
    return _of_tests("sample_files")


def _of_tests(name: str) -> Any:
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    return importlib.import_module(name)
