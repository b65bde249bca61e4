"""Twice the text takes about twice the work, whatever the text: told by counting calls, so that no clock is asked."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from bench.hostile import UNITS
from docsearch.extraction import understand

SIZE = 4000  # characters of the shorter text
GROWTH = 2.4  # a little is allowed for what begins only in the longer text
PLAIN = 3000  # calls that any text may take


def calls(text: str) -> int:
    """How many functions, of Python and of C, are called while a text is read."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        understand(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", UNITS)
def test_work_grows_with_the_length_and_not_faster(name: str) -> None:
    text = UNITS[name] * (2 * SIZE // len(UNITS[name]))
    understand(text)  # tables are loaded, patterns compiled
    assert calls(text) < GROWTH * calls(text[: len(text) // 2]) + PLAIN
