"""PowerPoint presentations (.pptx) to text, a page a slide: its text boxes and tables, then the speaker's notes.

What is where follows ECMA-376 part 1: 19.3 (slides), 21.1.2 (text), 21.1.3 (tables).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile, LimitExceeded
from docsearch.model import RawText
from docsearch.readers.flow import squeeze, table_text
from docsearch.readers.ooxml import Package, open_package
from docsearch.readers.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_A}br": "\n", f"{_A}tab": "\t"}
_AROUND = frozenset({"dt", "ftr", "hdr", "sldNum", "sldImg"})  # kinds of places that belong to every slide


def read(source: Source) -> RawText:
    """One page a slide, in the order of the show; what stands at the foot of slides is furniture."""
    package = open_package(source)
    main = package.related("").get("officeDocument", ["ppt/presentation.xml"])[0]
    root = package.part(main)
    if root is None:
        raise BrokenFile(source.path, "it has no list of slides")
    targets = package.targets(main)
    slides = [targets.get(each.get(_ID, ""), "") for each in root.iterfind(f"{_P}sldIdLst/{_P}sldId")]
    if len(slides) > source.limits.pages:
        raise LimitExceeded(source.path, f"{len(slides):,} slides, more than {source.limits.pages:,}")
    furniture: dict[str, None] = {}
    pages = tuple(_slide(package, name, furniture) for name in slides)
    return RawText(format="pptx", pages=pages, furniture=tuple(furniture))


def _slide(package: Package, name: str, furniture: dict[str, None]) -> str:
    texts = [_shapes(package.part(name), furniture)]
    texts += [_shapes(package.part(notes), {}) for notes in package.related(name).get("notesSlide", [])]
    return squeeze("\n".join(text for text in texts if text))


def _shapes(root: _Element | None, furniture: dict[str, None]) -> str:
    lines: list[str] = []
    for shape in _walk(root) if root is not None else ():
        if shape.tag == f"{_A}tbl":
            lines.append(table_text(_table(shape)))
        elif _kind(shape) in _AROUND:
            furniture.update(dict.fromkeys(line for line in _text(shape).split("\n") if line.strip()))
        else:
            lines.append(_text(shape))
    return "\n".join(line for line in lines if line)


def _walk(root: _Element) -> Iterator[_Element]:
    """Shapes and tables in order, through groups; not what stands there for old programs only."""
    waiting = [iter(root)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in (f"{_P}sp", f"{_A}tbl"):
            yield child
        elif child.tag != _FALLBACK:
            waiting.append(iter(child))


def _kind(shape: _Element) -> str:
    place = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return place.get("type", "") if place is not None else ""


def _table(table: _Element) -> Iterator[list[str]]:
    for row in table.iterfind(f"{_A}tr"):
        yield [_text(cell) for cell in row.iterfind(f"{_A}tc")]


def _text(parent: _Element) -> str:
    return "\n".join(_paragraph(paragraph) for paragraph in parent.iter(f"{_A}p"))


def _paragraph(paragraph: _Element) -> str:
    return "".join(part.text or "" if part.tag == f"{_A}t" else _BREAKS.get(part.tag, "") for part in paragraph.iter())
