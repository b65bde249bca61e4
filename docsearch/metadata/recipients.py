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
    rf"(?:(?<=[:;,.])[ ]*|[ ]{{2,}})(?=(?:T/?M|K/?T|T/?L|TUQ|Q)[.,]\s?[{CAPITAL}]|[{CAPITAL}]{{3,}}[{CAPITAL} ]+$)"
    r"|(?<=\S)[ ]{8,}(?=\S)",
    re.MULTILINE,
)
_INDENT = 20  # columns: what stands further right, under a right column, belongs to it
_SIGNING = re.compile(rf"(?:(?:tm|kt|tuq|tl|q)\s?[./]|[tk]/[tml]\b)|(?:pho\s+)?{ROLE}\b")
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


def columns(sheet: Sheet) -> tuple[list[Cell], list[Cell]]:
    """The lines under the label with which the sheet begins, left column and right column apart.

    The right one, where there is any, holds the signature: two columns of a page may have been read as one line each.
    """
    label = _LABEL.search(sheet.folded)
    top = sheet.plain.find("\n", label.end() - 1) if label else 0
    left: list[Cell] = []
    right: list[Cell] = []
    for cell in cells(sheet, label.end() if label else 0):
        indent = cell.start - sheet.plain.rfind("\n", 0, cell.start) - 1
        if (cell.start < top and _SIGNING.match(sheet.folded, cell.start)) or (right and indent > _INDENT):
            right.append(cell)
            continue
        titled = _SIGNING.match(sheet.folded, cell.start)
        beside = None if titled else _RIGHT_COLUMN.search(sheet.plain, cell.start, cell.end)
        left.append(Cell(cell.start, beside.start(), cell.gap, cell.rule) if beside else cell)
        if beside:
            right.append(Cell(beside.end(), cell.end, cell.gap, cell.rule))
    return left, right


def read_recipients(sheet: Sheet, lines: list[Cell]) -> tuple[tuple[Fact, ...], Cell | None, list[Cell]]:
    """The entries that lines under "Nơi nhận" are; the one of the archive ("Lưu: VT"), which is the last; the lines after it."""
    entries: list[tuple[int, int]] = []
    rest: list[Cell] = []
    for number, cell in enumerate(lines):
        words = sheet.plain[cell.start : cell.end]
        if is_upper(words) and _SIGNING.match(sheet.folded, cell.start):
            rest = lines[number:]
            break
        if _ITEM.match(words):
            entries.extend(_items_of_line(sheet, cell.start, cell.end))
        elif entries and _goes_on(sheet, entries[-1], cell):
            entries[-1] = (entries[-1][0], cell.end)
        elif entries and (cell.gap or _ARCHIVE.match(sheet.folded, entries[-1][0])):
            rest = lines[number:]
            break
        elif not entries and not is_upper(words):
            entries.append((cell.start, cell.end))
    archive = entries[-1] if entries and _ARCHIVE.match(sheet.folded, entries[-1][0]) else None
    return tuple(_facts(sheet, entries)), Cell(*archive, gap=False, rule=False) if archive else None, rest


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
        value = sheet.words(first, end).rstrip(" ;.,")
        if value:
            facts.append(Fact(value, sheet.span(first, end), "recipients"))
    return facts
