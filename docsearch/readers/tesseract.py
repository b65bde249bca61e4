"""The program tesseract: is it there, does it know Vietnamese, and which words does it see in a picture.

It is called once a page, with the picture on its standard input and one thread: pages are read in parallel, not lines.
``vie`` alone is asked: with ``vie+eng`` the characters wrong rose from 0.27 to 0.45 in a hundred, and five citations of
25 were lost (ten rendered pages, 300 dpi).
"""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

LANGUAGE = "vie"
_CROWDED = 5  # times the processor time of a page that it may take by the clock: with 14 other jobs it took ten times
INSTALL = "install the program tesseract with its Vietnamese data (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)"

# Tesseract writes some Đ twice, as two letters that look the same.
_DOUBLED = re.compile("ĐÐ|ÐĐ|ÐÐ")


@dataclass(frozen=True, slots=True)
class Word:
    """One word that was seen: its text, how sure the program is (0 to 1), its line, and its box in pixels from the top left."""

    text: str
    confidence: float
    line: tuple[int, int, int]
    left: int
    top: int
    right: int
    bottom: int


class TesseractError(Exception):
    """The program is not there, knows no Vietnamese, failed or took too long; the message says which."""


@cache
def missing() -> str | None:
    """What is to be installed before pages can be read, in one line; ``None``: nothing."""
    if shutil.which("tesseract") is None:
        return INSTALL
    return None if LANGUAGE in _languages() else f"tesseract knows no Vietnamese: {INSTALL}"


@cache
def version() -> str:
    """The first line that the program says of itself, "tesseract 5.3.0"."""
    return _ask(["--version"]).partition("\n")[0].strip()


@cache
def _languages() -> frozenset[str]:
    return frozenset(_ask(["--list-langs"]).split())


def _ask(options: Sequence[str]) -> str:
    try:
        done = subprocess.run(["tesseract", *options], capture_output=True, timeout=20, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def words(picture: bytes, *, dpi: int, seconds: float, lines: bool = False) -> tuple[Word, ...]:
    """The words in a picture (PGM, PNG ... of so many dots an inch), in the program's reading order.

    `lines`: the picture is no page but some lines of one, without columns.
    """
    layout = "6" if lines else "3"
    table = _run(picture, ["-l", LANGUAGE, "--oem", "1", "--psm", layout, "--dpi", str(dpi), "tsv"], seconds)
    return tuple(word for row in table.splitlines()[1:] if (word := _word(row.split("\t"))))


def turn(picture: bytes, *, dpi: int, seconds: float) -> int:
    """By how many degrees clockwise the picture must be turned to stand upright: 0, 90, 180, 270; 0 where it cannot tell."""
    if "osd" not in _languages():
        return 0
    try:
        told = _run(picture, ["-l", "osd", "--psm", "0", "--dpi", str(dpi)], seconds)
    except TesseractError:  # "Too few characters"
        return 0
    found = re.search(r"^Rotate: (\d+)", told, re.MULTILINE)
    return int(found[1]) % 360 if found else 0


def _run(picture: bytes, options: Sequence[str], seconds: float) -> str:
    if reason := missing():
        raise TesseractError(reason)
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    command = ["tesseract", "stdin", "stdout", *options]
    pipe = subprocess.PIPE
    try:
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as process:
            _limit(process.pid, seconds)
            try:
                seen, complaint = process.communicate(picture, timeout=_CROWDED * seconds)
            finally:
                process.kill()  # of no effect on one that has ended
    except subprocess.TimeoutExpired as error:
        raise TesseractError(f"tesseract took more than {_CROWDED * seconds:g} seconds for a page") from error
    except OSError as error:
        raise TesseractError(f"tesseract cannot be started ({error})") from error
    if process.returncode != 0:
        said = " ".join(complaint.decode("utf-8", "replace").split())[-200:]
        raise TesseractError(f"tesseract failed ({said or f'exit code {process.returncode}'})")
    return seen.decode("utf-8", "replace")


def _limit(process: int, seconds: float) -> None:
    """Let the kernel end it after so much processor time, which a crowded machine does not shorten; not on every system."""
    if hasattr(resource, "prlimit"):
        with suppress(OSError, ValueError):
            resource.prlimit(process, resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds)))


def _word(row: Sequence[str]) -> Word | None:
    """A row of its table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    if len(row) != 12 or row[0] != "5" or not row[11].strip():
        return None
    left, top, width, height = (int(value) for value in row[6:10])
    line = (int(row[2]), int(row[3]), int(row[4]))
    text = _DOUBLED.sub("Đ", row[11].strip())
    return Word(text, max(float(row[10]), 0.0) / 100, line, left, top, left + width, top + height)
