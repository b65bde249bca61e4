"""OpenDocument texts, spreadsheets and presentations (.odt, .ods, .odp) to text, as LibreOffice shows them.

What is where follows OpenDocument 1.3 part 3: 5 (text), 6 (fields, notes), 9 (tables), 10 (frames), 16 (styles, lists).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile, LimitExceeded
from docsearch.model import RawText
from docsearch.readers.flow import raised, squeeze, table_text
from docsearch.readers.odflists import Lists, read_lists
from docsearch.readers.odfnames import DRAW, FO, OFFICE, STYLE, TABLE, TEXT
from docsearch.readers.ooxml import Package, open_package
from docsearch.readers.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset({f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TABLE}table"})
_ASIDE = frozenset(
    {f"{TEXT}tracked-changes", f"{TEXT}deletion", f"{OFFICE}annotation", f"{OFFICE}forms", f"{TEXT}sequence-decls"}
    | {f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{TEXT}ruby-text", f"{OFFICE}scripts", f"{OFFICE}event-listeners"}
    | {f"{TABLE}covered-table-cell"}
)
_ROWS = frozenset({f"{TABLE}table-row"})
_CELLS = frozenset({f"{TABLE}table-cell"})
_REPEATS = 256  # of a row or cell that is written once for many, at most
_GAP = 16  # tabs for empty cells, at most


@dataclass(slots=True)
class _Paper:
    """One file being read: its styles and lists, and the notes in the order in which they are cited."""

    styles: dict[str, _Element]
    lists: Lists
    limit: int
    notes: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    size: int = 0


def read(source: Source) -> RawText:
    """One page for a text, one a sheet or slide for the others; headers and footers are furniture."""
    package = open_package(source)
    _refuse_encrypted(package)
    root, styles = package.part("content.xml"), package.part("styles.xml")
    body = root.find(f"{OFFICE}body") if root is not None else None
    if root is None or body is None or not len(body):
        raise BrokenFile(source.path, "it has no document body")
    roots = [each for each in (styles, root) if each is not None]
    paper = _Paper(_styles(roots), read_lists(roots), source.limits.characters)
    try:
        form, pages = _pages(paper, body[0])
    except RecursionError as error:
        raise LimitExceeded(source.path, "nested too deeply") from error
    if paper.size > paper.limit:
        raise LimitExceeded(source.path, f"more than {paper.limit:,} characters")
    return RawText(format=form, pages=pages, furniture=_furniture(paper, styles), notes=_remarks(root))


def _refuse_encrypted(package: Package) -> None:
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and any(
        isinstance(each.tag, str) and each.tag.endswith("}encryption-data") for each in manifest.iter()
    ):
        raise BrokenFile(package.source.path, "protected by a password")


def _styles(roots: list[_Element]) -> dict[str, _Element]:
    return {each.get(f"{STYLE}name", ""): each for root in roots for each in root.iter(f"{STYLE}style")}


def _remarks(root: _Element) -> tuple[str, ...]:
    count = sum(1 for _ in root.iter(f"{TEXT}deletion"))
    return (f"tracked-deletions:{count}",) if count else ()


def _pages(paper: _Paper, body: _Element) -> tuple[str, tuple[str, ...]]:
    if body.tag == f"{OFFICE}spreadsheet":
        sheets = (_sheet(paper, table) for table in body.iterfind(f"{TABLE}table"))
        return "ods", tuple(sheet for sheet in sheets if sheet)
    if body.tag == f"{OFFICE}presentation":
        return "odp", tuple(squeeze(_blocks(paper, page)) for page in body.iterfind(f"{DRAW}page"))
    text = _blocks(paper, body)
    return "odt", (squeeze("\n".join([text, *paper.notes])),)


# --- blocks -----------------------------------------------------------------------------------------------------------


def _blocks(paper: _Paper, parent: _Element) -> str:
    """The paragraphs, lists and tables below `parent`, one line or more each."""
    return "\n".join(_block(paper, block) for block in _walk(parent, _BLOCKS))


def _block(paper: _Paper, block: _Element) -> str:
    if block.tag == f"{TABLE}table":
        return table_text(_rows(paper, block))
    if block.tag == f"{TEXT}list":
        return "\n".join(_items(paper, block, paper.lists.begin(block), 1))
    return _paragraph(paper, block)


def _walk(parent: _Element, leaves: frozenset[str]) -> Iterator[_Element]:
    """The nearest descendants with these tags, in order, through whatever stands between.  Depth costs no stack."""
    waiting = [iter(parent)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in leaves:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _ASIDE:
            waiting.append(iter(child))


def _items(paper: _Paper, block: _Element, style: str, level: int) -> Iterator[str]:
    """The lines of a list, each item with what is written before it; lists in lists are read on the same way."""
    for item in block:
        if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
            continue
        label = paper.lists.label(style, level, item) if item.tag == f"{TEXT}list-item" and _has_text(item) else ""
        for child in _walk(item, _BLOCKS):
            if child.tag == f"{TEXT}list":
                yield from _items(paper, child, child.get(f"{TEXT}style-name") or style, level + 1)
            else:
                yield label + _block(paper, child)
                label = ""


def _has_text(item: _Element) -> bool:
    """Whether the item has a paragraph of its own: one that only holds a deeper list shows no number."""
    return next((child.tag != f"{TEXT}list" for child in _walk(item, _BLOCKS)), False)


def _rows(paper: _Paper, table: _Element) -> Iterator[list[str]]:
    for row in _walk(table, _ROWS):
        yield [squeeze(_blocks(paper, cell)) for cell in _walk(row, _CELLS)]


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _paragraph(paper: _Paper, paragraph: _Element) -> str:
    """The text of a paragraph; text boxes that hang on it come first, on lines of their own."""
    outer, paper.boxes = paper.boxes, []
    text = _inline(paper, paragraph)
    boxes, paper.boxes = paper.boxes, outer
    if _property(paper, paragraph, "text-transform", FO) == "uppercase":
        text = text.upper()
    paper.size += len(text)
    return "\n".join([*boxes, text])


def _inline(paper: _Paper, parent: _Element) -> str:
    text = _spaced(parent.text)
    for child in parent:
        text += _piece(paper, child, text) + _spaced(child.tail)
    return text


def _spaced(text: str | None) -> str:
    return re.sub("[ \t\r\n]+", " ", text or "")  # 6.1.2: white space as in HTML; runs of it are elements


def _piece(paper: _Paper, child: _Element, before: str) -> str:  # noqa: PLR0911  one line a kind of element
    if not isinstance(child.tag, str) or child.tag in _ASIDE:
        return ""
    if child.tag == f"{TEXT}s":
        return " " * min(_int(child.get(f"{TEXT}c"), 1), 100)
    if child.tag == f"{TEXT}tab":
        return "\t"
    if child.tag == f"{TEXT}line-break":
        return "\n"
    if child.tag == f"{TEXT}note":
        return _note(paper, child)
    if child.tag.startswith(DRAW):
        paper.boxes.extend(filter(None, [squeeze(_blocks(paper, child))]))
        return ""
    return _span(paper, child, before)


def _span(paper: _Paper, span: _Element, before: str) -> str:
    if _property(paper, span, "display", TEXT) == "none":
        return ""
    text = _inline(paper, span)
    if _property(paper, span, "text-transform", FO) == "uppercase":
        return text.upper()
    position = _property(paper, span, "text-position", STYLE) or ""
    return raised(before, text) if position.startswith("super") or re.match(r"[1-9]", position) else text


def _note(paper: _Paper, note: _Element) -> str:
    number = len(paper.notes) + 1
    paper.notes.append("")
    body = note.find(f"{TEXT}note-body")
    text = squeeze(_blocks(paper, body)) if body is not None else ""
    paper.notes[number - 1] = f"[{number}] {text}"
    return f"[{number}]"


def _property(paper: _Paper, element: _Element, name: str, space: str) -> str | None:
    """A property of text that the element's style, or one that it is based on, sets."""
    style, seen = element.get(f"{TEXT}style-name"), set()
    while style and style in paper.styles and style not in seen:
        seen.add(style)
        properties = paper.styles[style].find(f"{STYLE}text-properties")
        if properties is not None and properties.get(f"{space}{name}") is not None:
            return properties.get(f"{space}{name}")
        style = paper.styles[style].get(f"{STYLE}parent-style-name")
    return None


def _int(text: str | None, other: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else other


# --- sheets, headers and footers --------------------------------------------------------------------------------------


def _sheet(paper: _Paper, table: _Element) -> str:
    """The sheet's name, then its rows that are not empty, cells parted by tabs; "" where there are none."""
    lines: list[str] = []
    for row in _walk(table, _ROWS):
        line = _sheet_row(paper, row)
        if line:
            times = min(_int(row.get(f"{TABLE}number-rows-repeated"), 1), _REPEATS)
            paper.size += len(line) * times
            lines.extend([line] * times)
        if paper.size > paper.limit:
            break
    return "\n".join([table.get(f"{TABLE}name", ""), *lines]) if lines else ""


def _sheet_row(paper: _Paper, row: _Element) -> str:
    line, gap = "", 0
    for cell in row:
        times = _int(cell.get(f"{TABLE}number-columns-repeated"), 1)
        text = " ".join(_blocks(paper, cell).split()) if cell.tag in _CELLS else ""
        if not text:
            gap += times
            continue
        before = "\t" * min(gap + 1, _GAP) if line else ""
        line += before + "\t".join([text] * min(times, _REPEATS))
        gap = 0
    return line


def _furniture(paper: _Paper, styles: _Element | None) -> tuple[str, ...]:
    lines: dict[str, None] = {}
    for page in styles.iter(f"{STYLE}master-page") if styles is not None else ():
        for part in page:
            if part.tag in {f"{STYLE}{name}{of}" for name in ("header", "footer") for of in ("", "-left", "-first")}:
                text = squeeze(_blocks(paper, part))
                lines.update(dict.fromkeys(line for line in text.split("\n") if line.strip()))
    return tuple(lines)
