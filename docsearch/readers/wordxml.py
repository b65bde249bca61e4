"""Word files in one XML file to text: the format of Word 2003, and the "flat" form of .docx; both read as .docx is.

The one of 2003 has the elements of .docx under another name, lists that say what they show at each paragraph (``wx:t``), and
revisions as annotations (Microsoft's Office 2003 XML Reference Schemas).
"""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile
from docsearch.model import RawText
from docsearch.readers import docx
from docsearch.readers.numbering import W
from docsearch.readers.ooxml import parse_xml
from docsearch.readers.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OLD, _NEW = b"http://schemas.microsoft.com/office/word/2003/wordml", W.strip("{}").encode()
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_PLACES = {f"{W}hdr": "header", f"{W}ftr": "footer"}
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"


def read(source: Source) -> RawText:
    """What the .docx of the same content says."""
    root = parse_xml(source, source.path.name, source.data.replace(_OLD, _NEW))
    parts = dict(_package(source, root) if root.tag == f"{_PKG}package" else _of_2003(source, root))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return replace(docx.read(replace(source, data=buffer.getvalue())), format="word-xml")


def _package(source: Source, root: _Element) -> Iterator[tuple[str, bytes]]:
    """The parts of a package that stands in one file."""
    for part in root.iterfind(f"{_PKG}part"):
        name, content = part.get(f"{_PKG}name", "").lstrip("/"), part.find(f"{_PKG}xmlData")
        if content is not None and len(content):
            yield name, _written(content[0])
        elif (packed := part.findtext(f"{_PKG}binaryData")) is not None:
            try:
                yield name, base64.b64decode(packed)
            except (binascii.Error, ValueError) as error:
                raise BrokenFile(source.path, f"damaged: its part {name!r} cannot be read") from error


def _of_2003(source: Source, root: _Element) -> Iterator[tuple[str, bytes]]:
    """The document of 2003 as parts of a package: the text apart from its styles, fonts, notes, headers and footers."""
    body = root.find(f"{W}body")
    if body is None:
        raise BrokenFile(source.path, "it has no document body")
    for paragraph in body.iter(f"{W}p"):
        _write_number(paragraph)
    for annotation in [each for each in body.iter(f"{_AML}annotation") if each.get(f"{W}type") == "Word.Deletion"]:
        annotation.tag = f"{W}del"
    parts = [("styles", root.find(f"{W}styles")), ("fontTable", root.find(f"{W}fonts"))]
    parts += [(f"{kind}s", _taken_notes(body, kind)) for kind in ("footnote", "endnote")]
    parts += [(_PLACES[each.tag], each) for each in [*body.iter(*_PLACES)]]
    for _, part in parts:
        if part is not None and (parent := part.getparent()) is not None:
            parent.remove(part)
    kept = [(f"part{number}.xml", kind, part) for number, (kind, part) in enumerate(parts, 1) if part is not None]
    document = _element(f"{W}document")
    document.append(body)
    yield "word/document.xml", _written(document)
    yield from ((f"word/{name}", _written(part)) for name, _, part in kept)
    lines = "".join(f'<Relationship Id="{name}" Type="of/{kind}" Target="{name}"/>' for name, kind, _ in kept)
    yield "word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'.encode()


def _taken_notes(body: _Element, kind: str) -> _Element:
    """The notes, which stand where they are cited, on a sheet of their own; numbers take their place."""
    sheet = _element(f"{W}{kind}s")
    for number, note in enumerate([*body.iter(f"{W}{kind}")], 1):
        mark = _element(f"{W}{kind}Reference")
        for each in (mark, note):
            each.set(f"{W}id", str(number))
        parent = note.getparent()
        if parent is not None:
            parent.replace(note, mark)
            sheet.append(note)
    return sheet


def _element(tag: str) -> _Element:
    from lxml import etree

    return etree.Element(tag)


def _written(element: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(element, encoding="utf-8")


def _write_number(paragraph: _Element) -> None:
    """Put what the list shows at a paragraph before its first run."""
    shown = paragraph.find(f"{W}pPr/{W}listPr/{_WX}t")
    if shown is None or not shown.get(f"{_WX}val"):
        return
    run, text = _element(f"{W}r"), _element(f"{W}t")
    text.text = shown.get(f"{_WX}val", "") + " "
    run.append(text)
    paragraph.insert(1, run)
