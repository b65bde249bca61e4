"""To whom a paper goes: the lines of "Nơi nhận"."""

from __future__ import annotations

import re
from itertools import pairwise

from docsearch.metadata.sheet import CAPITAL, Cell, Sheet, cells, is_upper
from docsearch.metadata.words import ROLE
from docsearch.model import Fact

_LABEL_IN_TEXT = re.compile(r"N[ơƠ][iI]\s+[nN][hH][ậẬ][nN]\b[\s*_]*:?[*_]*")
_LABEL = re.compile(r"noi\s+nhan\s*:?\s*")
_ITEM = re.compile(r"\s*(?:[-–+•*]|\d{1,2}[.)])\s*")
_RIGHT_COLUMN = re.compile(
    rf"(?:[:;,.]\s*|\s{{2,}})(?=(?:T/?M|K/?T|T/?L|TUQ|Q)[.,]\s?[{CAPITAL}]|[{CAPITAL}]{{3,}}[{CAPITAL} ]+$)"
)
_SIGNING = re.compile(rf"(?:tm|kt|tuq|tl|q|t/m|k/t|t/l)\s?[./]|(?:pho\s+)?{ROLE}\b")
_ARCHIVE = re.compile(r"\W*luu\b")


def find_label(text: str, start: int, end: int) -> int | None:
    """Where the first "Nơi nhận" stands as a label: at the head of a line or cell, with a colon or alone."""
    found = []
    for word in ("Nơi", "NƠI"):
        place = start - 1
        while (place := text.find(word, place + 1, end)) >= 0:
            match = _LABEL_IN_TEXT.match(text, place, end)
            if match and _is_label(text, match):
                found.append(place)
                break
    return min(found, default=None)


def _is_label(text: str, match: re.Match[str]) -> bool:
    line = max(text.rfind("\n", 0, match.start()), text.rfind("|", 0, match.start())) + 1
    return not text[line : match.start()].strip(" *_#") and (":" in match[0] or "\n" in match[0])


def read_recipients(sheet: Sheet) -> tuple[tuple[Fact, ...], Cell | None]:
    """The entries under the label with which the sheet begins, and the line of the archive ("Lưu: VT"), which is the last."""
    label = _LABEL.search(sheet.folded)
    entries: list[tuple[int, int]] = []
    for cell in cells(sheet, label.end() if label else 0):
        words = sheet.plain[cell.start : cell.end]
        if is_upper(words) and _SIGNING.match(sheet.folded, cell.start):
            break
        if _ITEM.match(words):
            entries.extend(_items_of_line(sheet, cell.start, cell.end))
        elif entries and _goes_on(sheet, entries[-1], cell):
            entries[-1] = (entries[-1][0], cell.end)
        elif entries and (cell.gap or _ARCHIVE.match(sheet.folded, entries[-1][0])):
            break
        elif not entries and not is_upper(words):
            entries.append((cell.start, cell.end))
    archive = entries[-1] if entries and _ARCHIVE.match(sheet.folded, entries[-1][0]) else None
    return tuple(_facts(sheet, entries)), Cell(*archive, gap=False, rule=False) if archive else None


def _goes_on(sheet: Sheet, entry: tuple[int, int], cell: Cell) -> bool:
    """Whether a line without a mark goes on with the entry above it."""
    if sheet.plain[entry[0] : entry[1]].rstrip().endswith((";", ".")) or is_upper(sheet.plain[cell.start : cell.end]):
        return False
    archive = _ARCHIVE.match(sheet.folded, entry[0])
    return sheet.plain[cell.start].islower() or not (cell.gap or archive)


def _items_of_line(sheet: Sheet, start: int, end: int) -> list[tuple[int, int]]:
    """The entries of one line: a table cell may hold them all ("- Như trên; - Lưu: VT.")."""
    cuts = [match.end() for match in re.finditer(r";\s+(?=-\s)", sheet.plain[start:end])]
    return [(start + a, start + b) for a, b in pairwise([0, *cuts, end - start])]


def _facts(sheet: Sheet, entries: list[tuple[int, int]]) -> list[Fact]:
    facts = []
    for start, end in entries:
        mark = _ITEM.match(sheet.plain, start, end)
        first = mark.end() if mark else start
        beside = _RIGHT_COLUMN.search(sheet.plain[first:end])
        last = first + beside.start() if beside else end
        value = sheet.words(first, last).rstrip(" ;.,")
        if value:
            facts.append(Fact(value, sheet.span(first, last), "recipients"))
    return facts
