"""Word files (.docx) to text, as Word shows them: automatic numbers, tables, text boxes, notes; deletions left out.

What is where follows ECMA-376 part 1: 17.3 (paragraphs and runs), 17.4 (tables), 17.11 (notes), 17.13.5 (revisions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docsearch import legacy
from docsearch.errors import BrokenFile
from docsearch.model import RawText
from docsearch.readers.decoding import from_legacy
from docsearch.readers.flow import raised, squeeze, table_text
from docsearch.readers.numbering import Numbering, W, read_numbering, value
from docsearch.readers.ooxml import Package, open_package
from docsearch.readers.source import Source
from docsearch.readers.symbols import symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    {
        f"{W}{name}"
        for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid", "sdtPr")
    }
    | {f"{W}{name}" for name in ("rubyPr", "rt", "annotationRef", "footnoteRef", "endnoteRef")}
    | {_FALLBACK}
)
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\xad",  # in TCVN3 it is a letter; elsewhere it is taken out at the end
}
_PARAGRAPHS = frozenset({f"{W}p", f"{W}tbl"})
_ROWS = frozenset({f"{W}tr"})
_CELLS = frozenset({f"{W}tc"})
_LEAVES = frozenset(
    {*_CHARACTERS, *(f"{W}{name}" for name in ("t", "sym", "txbxContent", "footnoteReference", "endnoteReference"))}
)
_NOTE_KINDS = (("footnotes", "footnote"), ("endnotes", "endnote"))


@dataclass(slots=True)
class _Word:
    """One Word file being read: its styles, lists, and the notes in the order in which they are cited.

    `old`: its text is in an encoding of before Unicode, so that letters look like signs and fonts have a say.
    """

    numbering: Numbering
    styles: dict[str, _Element]
    old: bool = False
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    capitals: dict[str | None, bool | None] = field(default_factory=lambda: {None: None})

    def style_capitals(self, name: str | None) -> bool | None:
        """Whether the style sets text in capitals; ``None``: it does not say."""
        if name not in self.capitals:
            found = (_switch(style.find(f"{W}rPr"), "caps") for style in self.style_chain(name))
            self.capitals[name] = next((caps for caps in found if caps is not None), None)
        return self.capitals[name]

    def style_chain(self, name: str | None) -> Iterator[_Element]:
        """The style and those that it is based on; stops at a loop."""
        seen: set[str] = set()
        while name is not None and name in self.styles and name not in seen:
            seen.add(name)
            yield self.styles[name]
            name = value(self.styles[name], "basedOn")


def read(source: Source) -> RawText:
    """One page: the body, then the notes as "[1] ..."; headers and footers are furniture."""
    package = open_package(source)
    main = _main_part(package)
    root = package.part(main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise BrokenFile(source.path, "it has no document body")
    related = package.related(main)
    fonts = _fonts(_part(package, related, "fontTable"))
    raw = _read(package, body, related, old=False)
    if legacy.detect(raw.pages[0], fonts):
        raw = from_legacy(_read(package, body, related, old=True), fonts)
    return raw


def _read(package: Package, body: _Element, related: dict[str, list[str]], *, old: bool) -> RawText:
    word = _Word(read_numbering(_part(package, related, "numbering")), _styles(_part(package, related, "styles")), old)
    lines = [_blocks(word, body), *_note_texts(word, package, related)]
    text = squeeze("\n".join(line for line in lines if line))
    return RawText(format="docx", pages=(text,), furniture=_furniture(word, package, related), notes=_remarks(body))


def _main_part(package: Package) -> str:
    return package.related("").get("officeDocument", ["word/document.xml"])[0]


def _part(package: Package, related: dict[str, list[str]], kind: str) -> _Element | None:
    names = related.get(kind, [])
    return package.part(names[0]) if names else None


def _styles(root: _Element | None) -> dict[str, _Element]:
    return {style.get(f"{W}styleId", ""): style for style in root.iterfind(f"{W}style")} if root is not None else {}


def _fonts(root: _Element | None) -> list[str]:
    return [font.get(f"{W}name", "") for font in root.iterfind(f"{W}font")] if root is not None else []


def _remarks(body: _Element) -> tuple[str, ...]:
    remarks = (("tracked-deletions", f"{W}del"), ("tracked-insertions", f"{W}ins"), ("embedded-documents", f"{W}altChunk"))
    counts = ((name, sum(1 for _ in body.iter(tag))) for name, tag in remarks)
    return tuple(f"{name}:{count}" for name, count in counts if count)


# --- blocks -----------------------------------------------------------------------------------------------------------


def _blocks(word: _Word, parent: _Element) -> str:
    """The paragraphs and tables below `parent`, one line or more each."""
    pieces: list[str] = []
    joined = False  # the mark of the paragraph before was deleted: this one goes on from it
    for block in _walk(parent, _PARAGRAPHS):
        text = table_text(_rows(word, block)) if block.tag == f"{W}tbl" else _paragraph(word, block)
        if joined and pieces:
            pieces[-1] += text
        else:
            pieces.append(text)
        joined = block.tag == f"{W}p" and block.find(f"{W}pPr/{W}rPr/{W}del") is not None
    return "\n".join(pieces)


def _walk(parent: _Element, leaves: frozenset[str]) -> Iterator[_Element]:
    """The nearest descendants with these tags, in order, through whatever stands between; not what was deleted or hidden.

    Insertions, content controls, hyperlinks and the like are such wrappers.  Depth costs no stack.
    """
    waiting = [iter(parent)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in leaves:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and not _hidden(child):
            waiting.append(iter(child))


def _rows(word: _Word, table: _Element) -> Iterator[list[str]]:
    for row in _walk(table, _ROWS):
        if row.find(f"{W}trPr/{W}del") is None:
            yield [squeeze(_blocks(word, cell)) for cell in _walk(row, _CELLS)]


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _paragraph(word: _Word, paragraph: _Element) -> str:
    """The paragraph with its number; text boxes that hang on it come first, on lines of their own.

    Word numbers empty paragraphs of a list too, and goes on counting after them.
    """
    boxes: list[str] = []
    text = _inline(word, paragraph, boxes)
    label = _label(word, paragraph)
    return "\n".join([*boxes, label + text if text.strip() else label.rstrip(" ")])


def _label(word: _Word, paragraph: _Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = style.get(f"{W}val") if style is not None else None
    places = [paragraph.find(f"{W}pPr"), *(each.find(f"{W}pPr") for each in word.style_chain(name))]
    found = [numbers for place in places if place is not None and (numbers := place.find(f"{W}numPr")) is not None]
    number = next((value(each, "numId") for each in found if value(each, "numId") is not None), None)
    if number is None or number == "0":
        return ""
    level = next((value(each, "ilvl") for each in found if value(each, "ilvl") is not None), None)
    if level is None or not level.isdigit():
        return word.numbering.label(number, word.numbering.style_level(number, name or ""))
    return word.numbering.label(number, int(level))


def _inline(word: _Word, paragraph: _Element, boxes: list[str]) -> str:
    """The text of a paragraph; text boxes are added to `boxes`."""
    text = ""
    for leaf in _walk(paragraph, _LEAVES):
        if leaf.tag == f"{W}txbxContent":
            boxes.append(squeeze(_blocks(word, leaf)))
        elif leaf.tag == f"{W}t":
            text += _shown(word, leaf, text)
        elif leaf.tag == f"{W}sym":
            text += symbol(_code(leaf))
        else:
            text += _CHARACTERS.get(leaf.tag) or _note_mark(word, leaf)
    return text


def _code(leaf: _Element) -> int:
    code = leaf.get(f"{W}char", "")
    return int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0


def _shown(word: _Word, leaf: _Element, before: str) -> str:
    """A piece of text as Word shows it: in capitals, or raised."""
    content, run = leaf.text or "", leaf.getparent()
    properties = run.find(f"{W}rPr") if run is not None else None
    if word.old:  # no case but that of plain letters: the others are codes
        large = _capitals(word, leaf, properties) or legacy.is_capital_font(_font(word, leaf, properties))
        content = legacy.in_capitals(content) if large else content
    elif _capitals(word, leaf, properties):
        return content.upper()
    align = value(properties, "vertAlign") if properties is not None else None
    return raised(before, content) if align == "superscript" else content


def _capitals(word: _Word, leaf: _Element, properties: _Element | None) -> bool:
    """True where Word shows the text in capitals; titles are sometimes made so."""
    own = _switch(properties, "caps")
    if own is None and properties is not None:
        own = word.style_capitals(value(properties, "rStyle"))
    if own is None:
        own = word.style_capitals(_style(leaf))
    return bool(own)


def _style(leaf: _Element) -> str | None:
    """The style of the paragraph that `leaf` stands in."""
    paragraph = next(leaf.iterancestors(f"{W}p"), None)
    style = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    return style.get(f"{W}val") if style is not None else None


def _font(word: _Word, leaf: _Element, properties: _Element | None) -> str:
    """The font of the text, where it or its styles say; "" where they do not."""
    styles = [value(properties, "rStyle") if properties is not None else None, _style(leaf)]
    places = [properties, *(each.find(f"{W}rPr") for name in styles for each in word.style_chain(name))]
    fonts = (place.find(f"{W}rFonts") for place in places if place is not None)
    return next((name for each in fonts if each is not None and (name := each.get(f"{W}ascii", ""))), "")


def _switch(properties: _Element | None, name: str) -> bool | None:
    """A property that is on or off; ``None`` where it is not said."""
    switch = properties.find(f"{W}{name}") if properties is not None else None
    return None if switch is None else switch.get(f"{W}val", "1") not in ("0", "false", "off")


def _hidden(run: _Element) -> bool:
    return run.tag == f"{W}r" and _switch(run.find(f"{W}rPr"), "vanish") is True


# --- notes, headers and footers ---------------------------------------------------------------------------------------


def _note_mark(word: _Word, reference: _Element) -> str:
    kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
    key = (kind, reference.get(f"{W}id", ""))
    return f"[{word.notes.setdefault(key, len(word.notes) + 1)}]"


def _note_texts(word: _Word, package: Package, related: dict[str, list[str]]) -> Iterator[str]:
    for kind, tag in _NOTE_KINDS:
        root = _part(package, related, kind)
        for note in root.iterfind(f"{W}{tag}") if root is not None else ():
            number = word.notes.get((tag, note.get(f"{W}id", "")))
            if number is not None:
                yield f"[{number}] {squeeze(_blocks(word, note))}"


def _furniture(word: _Word, package: Package, related: dict[str, list[str]]) -> tuple[str, ...]:
    lines: dict[str, None] = {}
    for name in [*related.get("header", []), *related.get("footer", [])]:
        root = package.part(name)
        text = squeeze(_blocks(word, root)) if root is not None else ""
        lines.update(dict.fromkeys(line for line in text.split("\n") if line.strip()))
    return tuple(lines)
