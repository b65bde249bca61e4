"""Office, mail and archive files made in memory, sound and hostile; the smallest that readers take for real ones."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from itertools import accumulate

from sample_files import zipped

# --- compound files ([MS-CFB]) ----------------------------------------------------------------------------------------

_SECTOR = 512
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
Tree = Mapping[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """A compound file of these streams and storages; streams are padded, so that all stand in sectors of their own."""
    entries: list[bytes] = []
    sectors: list[bytes] = []
    chains: list[int] = []

    def store(data: bytes) -> int:
        start = len(sectors)
        data += b"\0" * (-len(data) % _SECTOR)
        count = len(data) // _SECTOR
        sectors.extend(data[at * _SECTOR : (at + 1) * _SECTOR] for at in range(count))
        chains.extend([*range(start + 1, start + count), _END])
        return start

    def add(folder: Tree) -> int:
        """Add what stands in a storage, each the right neighbour of the one before; the first one's number."""
        first = previous = _NONE
        for name, content in folder.items():
            number = len(entries)
            entries.append(b"")
            if isinstance(content, bytes):
                padded = content.ljust(4096, b"\0")
                entries[number] = _entry(name, 2, _NONE, store(padded), len(padded))
            else:
                entries[number] = _entry(name, 1, add(content), 0, 0)
            if previous == _NONE:
                first = number
            else:
                entries[previous] = entries[previous][:72] + struct.pack("<I", number) + entries[previous][76:]
            previous = number
        return first

    entries.append(b"")
    entries[0] = _entry("Root Entry", 5, add(tree), _END, 0)
    directory = store(b"".join(entries))
    tables = 1
    while tables * 128 < len(sectors) + tables:
        tables += 1
    first_table = len(sectors)
    chains += [_FAT] * tables
    chains += [_FREE] * (tables * 128 - len(chains))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, _END, 0, _END, 0)
    places = [first_table + number for number in range(tables)]
    head += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return head + b"".join(sectors) + struct.pack(f"<{len(chains)}I", *chains)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(wide), kind, 1, _NONE, _NONE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


# --- Word 97 to 2003 ([MS-DOC]) ---------------------------------------------------------------------------------------

Setting = tuple[int, int]
# A run of text: its characters and the settings of its look; a mark at its end may say what its paragraph is.
DELETED, HIDDEN, CAPITALS, RAISED, FONT = 0x0800, 0x083C, 0x083B, 0x2A48, 0x4A4F
IN_TABLE, ROW_END, LEVEL, LIST = 0x2416, 0x2417, 0x260A, 0x460B
_WIDTHS = {0: "B", 1: "B", 2: "H", 4: "H", 5: "H"}
ROW: tuple[Setting, ...] = ((IN_TABLE, 1), (ROW_END, 1))


def settings(*values: Setting) -> bytes:
    """A list of properties."""
    return b"".join(struct.pack("<H" + _WIDTHS[code >> 13], code, value) for code, value in values)


def doc(
    *runs: str | tuple[str, Sequence[Setting]],
    wide: bool = True,
    lengths: Sequence[int] = (),
    tables: Mapping[int, bytes] | None = None,
    fonts: Sequence[str] = ("Times New Roman",),
    flags: int = 0x0200,
) -> bytes:
    """A Word file of these runs.  Settings of a run that ends a paragraph are those of the paragraph; of others, of the text.

    `lengths` are the characters of footnotes, headers, macros, comments, endnotes and text boxes, at the end of the text;
    `tables` further tables by number.
    """
    pairs = [(run, ()) if isinstance(run, str) else run for run in runs]
    text = "".join(run for run, _ in pairs)
    width = 2 if wide else 1
    start = 0x800
    ends = [start + width * count for count in accumulate(len(run) for run, _ in pairs)]
    body = text.encode("utf-16-le") if wide else bytes(ord(char) for char in text)
    body = body.ljust(-(-len(body) // 512) * 512, b"\0")
    page = (start + len(body)) // 512
    looks = [settings(*given) if run[-1:] not in ("\r", "\a") else b"" for run, given in pairs]
    shapes = [settings(*given) if run[-1:] in ("\r", "\a") else b"" for run, given in pairs]
    main = text_pages(start, ends, looks, shapes)
    stop = ends[-1] if ends else start
    whole = dict(tables or {})
    whole[12] = struct.pack("<III", start, stop, page)
    whole[13] = struct.pack("<III", start, stop, page + 1)
    whole[15] = struct.pack("<HH", len(fonts), 0) + b"".join(map(_font, fonts))
    place = start if wide else (start * 2) | 1 << 30
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, place, 0)
    whole[33] = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    table, places = bytearray(), bytearray()
    for number in range(93):
        content = whole.get(number, b"")
        places += struct.pack("<II", len(table), _said(number, content))
        table += content
    counts = [len(text) - sum(lengths), *lengths, *[0] * 8][:8]
    header = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x409, 0, flags).ljust(0x20, b"\0")
    header += struct.pack("<H", 14) + b"\0" * 28 + struct.pack("<H", 22)
    header += (b"\0" * 12 + struct.pack("<8I", *counts)).ljust(88, b"\0") + struct.pack("<H", 93) + bytes(places)
    return compound({"WordDocument": header.ljust(start, b"\0") + body + main, "1Table": bytes(table)})


def _said(number: int, content: bytes) -> int:
    """The length that the header says: levels of lists follow their table uncounted."""
    return 2 + 28 * struct.unpack_from("<H", content)[0] if number == 73 and content else len(content)


def text_pages(start: int, ends: Sequence[int], looks: Sequence[bytes], shapes: Sequence[bytes]) -> bytes:
    """A page of characters' properties and one of paragraphs'."""
    places = struct.pack(f"<{len(ends) + 1}I", start, *ends)
    return _page(places, len(ends), looks, 1, _look) + _page(places, len(ends), shapes, 13, _shape)


def _page(places: bytes, count: int, values: Sequence[bytes], width: int, form: object) -> bytes:
    page = bytearray(512)
    page[: len(places)] = places
    page[511] = count
    at = 510
    for number, value in enumerate(values):
        packed = form(value)  # type: ignore[operator]
        at -= len(packed) + len(packed) % 2
        page[at : at + len(packed)] = packed
        page[len(places) + number * width] = at // 2
    assert len(places) + count * width <= at
    return bytes(page)


def _look(value: bytes) -> bytes:
    return bytes([len(value)]) + value


def _shape(value: bytes) -> bytes:
    body = b"\0\0" + value
    return bytes([0, (len(body) + 1) // 2]) + body.ljust(-(-len(body) // 2) * 2, b"\0")


def _font(name: str) -> bytes:
    wide = b"\0" * 39 + (name + "\0").encode("utf-16-le")
    return bytes([len(wide)]) + wide


def word_lists(*levels: tuple[int, int, str]) -> dict[int, bytes]:
    """The tables of one list, number 1, with these levels: first number, code of the format, text with \\0, \\1 for numbers."""
    shapes = b"".join(_level(*level) for level in (*levels, *[(1, 255, "")] * (9 - len(levels))))
    lists = struct.pack("<H", 1) + struct.pack("<ii9HBB", 77, 0, *[0xFFF] * 9, 0, 0) + shapes
    uses = struct.pack("<I", 1) + struct.pack("<i8xBBH", 77, 0, 0, 0) + b"\xff" * 4
    return {73: lists, 74: uses}


def _level(start: int, code: int, text: str) -> bytes:
    return struct.pack("<iBB9xB8xBB2x", start, code, 0, 0, 0, 0) + struct.pack("<H", len(text)) + text.encode("utf-16-le")


# --- Office Open XML and OpenDocument ---------------------------------------------------------------------------------

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    rows = "".join(f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{to}"/>' for id, (kind, to) in targets.items())
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def xlsx(sheets: Mapping[str, str], *, strings: str = "", styles: str = "", hidden: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets: name to rows."""
    listed = "".join(
        f'<sheet name="{name}" r:id="s{number}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for number, name in enumerate(sheets)
    )
    parts = {f"s{number}": ("worksheet", f"sheet{number}.xml") for number in range(len(sheets))}
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations({"r": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations({**parts, "t": ("sharedStrings", "strings.xml"), "y": ("styles", "styles.xml")}),
        "xl/strings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
    }
    for number, rows in enumerate(sheets.values()):
        files[f"xl/sheet{number}.xml"] = f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    return zipped({name: content.encode() for name, content in files.items()})


def pptx(*slides: str, notes: str = "") -> bytes:
    """A presentation of these slides: the XML of their shapes; `notes` are those of the first."""
    frame = f'xmlns:p="{_SHOW}" xmlns:a="{_DRAWING}" xmlns:r="{OFFICE}"'
    ids = "".join(f'<p:sldId r:id="s{number}"/>' for number in range(len(slides)))
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations({"r": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/presentation.xml": f"<p:presentation {frame}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": _relations(
            {f"s{number}": ("slide", f"slides/slide{number}.xml") for number in range(len(slides))}
        ),
        "ppt/slides/_rels/slide0.xml.rels": _relations({"n": ("notesSlide", "../notes.xml")}),
        "ppt/notes.xml": f"<p:notes {frame}>{notes}</p:notes>",
    }
    for number, shapes in enumerate(slides):
        files[f"ppt/slides/slide{number}.xml"] = f"<p:sld {frame}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
    return zipped({name: content.encode() for name, content in files.items()})


def shape(*paragraphs: str, kind: str = "") -> str:
    """A shape of a slide with these paragraphs."""
    lines = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>'


_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("manifest", "manifest"),
    )
)  # fmt: skip


def odf(body: str, *, kind: str = "text", styles: str = "", pages: str = "", manifest: str = "") -> bytes:
    """An OpenDocument file with this body; `styles` are automatic ones, `pages` the master pages."""
    files = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_ODF}><office:master-styles>{pages}</office:master-styles>"
        "</office:document-styles>",
        "META-INF/manifest.xml": f"<manifest:manifest {_ODF}>{manifest}</manifest:manifest>",
    }
    return zipped({name: content.encode() for name, content in files.items()}, 0)


# --- Excel 97 to 2003 -------------------------------------------------------------------------------------------------


def xls(
    sheets: Mapping[str, Sequence[Sequence[str | float | tuple[float, int]]]], *, font: str = "Arial", hidden: Sequence[str] = ()
) -> bytes:
    """A workbook (BIFF8): name to rows of texts, numbers, and numbers with their format (9 per cent, 14 date)."""
    formats = (0, 9, 14)
    opening = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    opening += _record(0x31, struct.pack("<HHHHHBBBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0, len(font), 0) + font.encode("latin-1"))
    opening += b"".join(_record(0xE0, struct.pack("<HH", 0, form) + b"\0" * 16) for form in formats)
    bodies = [_sheet(rows, formats) for rows in sheets.values()]
    place = len(opening) + sum(12 + len(name) * 2 for name in sheets) + 4
    listed = b""
    for name, body in zip(sheets, bodies, strict=True):
        wide = name.encode("utf-16-le")
        listed += _record(0x85, struct.pack("<IBBBB", place, name in hidden, 0, len(name), 1) + wide)
        place += len(body)
    return compound({"Workbook": opening + listed + _record(0x0A, b"") + b"".join(bodies)})


def _sheet(rows: Sequence[Sequence[str | float | tuple[float, int]]], formats: Sequence[int]) -> bytes:
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                body += _record(0x204, struct.pack("<HHH", row, column, 0) + text)
            else:
                number, form = value if isinstance(value, tuple) else (value, 0)
                body += _record(0x203, struct.pack("<HHHd", row, column, formats.index(form), number))
    return body + _record(0x0A, b"")


def _record(code: int, data: bytes) -> bytes:
    return struct.pack("<HH", code, len(data)) + data


# --- Word in one XML file ---------------------------------------------------------------------------------------------


def word_2003(lines: Sequence[str], *, body: str = "", before: str = "") -> bytes:
    """A document of Word 2003 in XML: a paragraph a line, or this `body`; `before` goes ahead of it."""
    names = (
        'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    )
    names += ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
    body = body or "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    root = f"<w:wordDocument {names}>{before}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    return f'<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>{root}'.encode()


# --- PowerPoint of before 2007 ([MS-PPT]) ---------------------------------------------------------------------------------


def ppt(slides: Sequence[tuple[Sequence[str], Sequence[str]]], notes: Mapping[int, str] | None = None) -> bytes:
    """A presentation: each slide has texts of placeholders, which its drawing names in turn, and texts of text boxes.

    `notes`: what the speaker says to a slide, by its number from 0.  The first edit has no slides, the second one has all.
    """
    said, listed, of_notes = notes or {}, b"", b""
    objects: dict[int, bytes] = {}
    for number, (placed, boxes) in enumerate(slides):
        identity = 300 + number if number in said else 0
        drawn = [_ppt(3998, struct.pack("<I", at)) for at in range(len(placed))] + [_ppt(4000, wide(text)) for text in boxes]
        objects[2 + number] = _ppt_holder(1006, _ppt(1007, bytes(16) + struct.pack("<I", identity)), _drawing(drawn))
        listed += _ppt(1011, struct.pack("<IIIII", 2 + number, 0, 0, 256 + number, 0))
        listed += b"".join(_ppt(3999, bytes(4)) + _ppt(4000, wide(text)) for text in placed)
        if identity:
            objects[100 + number] = _ppt_holder(1008, _drawing([_ppt(4000, wide(said[number]))]))
            of_notes += _ppt(1011, struct.pack("<IIIII", 100 + number, 0, 0, identity, 0))
    objects[1] = _ppt_holder(1000, _ppt_holder(4080, listed), _ppt_holder(4080, of_notes, instance=2))
    data = _ppt(4085, struct.pack("<IIIIIII", 0, 0, 0, 0, 1, 1, 0))
    places = b""
    for number, content in objects.items():
        places += struct.pack("<II", 1 << 20 | number, len(data))
        data += content
    table, data = len(data), data + _ppt(6002, places)
    edit, data = len(data), data + _ppt(4085, struct.pack("<IIIIIII", 0, 0, 0, table, 1, 1, 0))
    return compound({"Current User": struct.pack("<HHIIII", 0, 4086, 20, 20, 0xE391C05F, edit), "PowerPoint Document": data})


def _drawing(boxes: Sequence[bytes]) -> bytes:
    return _ppt_holder(1036, *(_ppt_holder(0xF004, _ppt_holder(0xF00D, box)) for box in boxes))


def _ppt(kind: int, data: bytes) -> bytes:
    return struct.pack("<HHI", 0, kind, len(data)) + data


def _ppt_holder(kind: int, *records: bytes, instance: int = 0) -> bytes:
    data = b"".join(records)
    return struct.pack("<HHI", instance << 4 | 0xF, kind, len(data)) + data


# --- mail -------------------------------------------------------------------------------------------------------------


def eml(words: str, attachments: Mapping[str, bytes] | None = None, **headers: str) -> bytes:
    """A message with these words and attachments."""
    mail = EmailMessage()
    shown = {"From": "Văn thư <vanthu@anlac.gov.vn>", "To": "xa@anlac.gov.vn", "Date": "Tue, 05 Mar 2024 08:00:00 +0700"}
    for name, value in (shown | {"Subject": "Gửi báo cáo"} | headers).items():
        mail[name] = value
    mail.set_content(words)
    for name, data in (attachments or {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if attachments:
        mail.set_boundary("=-part-=")
    return mail.as_bytes()


def msg(words: str, attachments: Mapping[str, bytes | Tree] | None = None, **texts: str) -> bytes:
    """An Outlook message; an attachment that is a tree is a message of its own.  `texts` are properties: ``p0037="..."``."""
    return compound(letter_tree(words, attachments, 32, **texts))


def letter_tree(words: str, attachments: Mapping[str, bytes | Tree] | None = None, head: int = 24, **texts: str) -> Tree:
    """The streams and storages of a message."""
    sent = struct.pack("<HHIQ", 0x40, 0x39, 6, 133_540_740_000_000_000)
    tree: dict[str, bytes | Tree] = {"__properties_version1.0": b"\0" * head + sent}
    properties = {"p0037": "Gửi báo cáo", "p0C1A": "Văn thư", "p5D01": "vanthu@anlac.gov.vn", "p0E04": "Xã", "p1000": words}
    for name, text in (properties | texts).items():
        tree[f"__substg1.0_{name[1:]}001F"] = wide(text)
    for number, (name, content) in enumerate((attachments or {}).items()):
        data = "__substg1.0_37010102" if isinstance(content, bytes) else "__substg1.0_3701000D"
        tree[f"__attach_version1.0_#{number:08X}"] = {"__substg1.0_3707001F": wide(name), data: content}
    return tree


def wide(text: str) -> bytes:
    """Text in UTF-16."""
    return text.encode("utf-16-le")
