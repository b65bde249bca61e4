"""A paper as a Word file, laid out as Nghị định 30/2020/NĐ-CP, Phụ lục I says: letterhead and signature in tables without
rules, 14 point Times New Roman, page numbers at the head of every page but the first, real footnotes.

The package is written part by part with fixed dates, so the same source gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from corpus._make.markup import Inline, Run
from corpus._make.paper import Block, Paper, upper
from corpus._make.text import heads, subject_line

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = ("document", "styles", "footnotes", "header1", "header2")


def docx(paper: Paper) -> bytes:
    """The bytes of the file."""
    writer = _Writer()
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": _root("document", f"<w:body>{''.join(writer.paper(paper))}{_section()}</w:body>"),
        "word/_rels/document.xml.rels": _relationships(
            {f"rId{n}": (part.rstrip("12"), f"{part}.xml") for n, part in enumerate(_PARTS[1:], 1)}
        ),
        "word/styles.xml": _root("styles", _styles()),
        "word/footnotes.xml": _root("footnotes", _separators() + "".join(writer.footnotes)),
        "word/header1.xml": _root("hdr", _page_number()),
        "word/header2.xml": _root("hdr", _paragraph(_run(str(paper.layout.get("header", ""))), "right")),
    }
    return _zipped(parts)


def _zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


class _Writer:
    """Writes one document and collects its footnotes."""

    def __init__(self) -> None:
        self.footnotes: list[str] = []

    def paper(self, paper: Paper) -> Iterator[str]:
        yield self._letterhead(paper)
        yield from self._title(paper)
        yield from (self._block(block) for block in paper.body)
        yield self._ending(paper)
        for annex in paper.annexes:
            yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
            yield from (self._block(block) for block in annex)

    def _letterhead(self, paper: Paper) -> str:
        left, right = heads(paper)
        rule = len(left) - 1
        office = [
            _paragraph(_run(line, bold=i >= len(paper.office.parent) and i < rule, size=26), "center")
            for i, line in enumerate(left)
        ]
        state = [_paragraph(_run(line, bold=True, size=24 + 2 * (i == 1)), "center") for i, line in enumerate(right) if line]
        number = [_paragraph(_run(paper.number_line, size=26), "center")]
        subject = subject_line(paper)
        if subject:
            number.append(_paragraph(self._inline(subject, size=24), "center"))
        day = [_paragraph(_run(paper.date_line, italic=True, size=28), "center")]
        return _table([[office, state], [number, day]], (3400, 5671), ruled=False)

    def _title(self, paper: Paper) -> Iterator[str]:
        if paper.urgency:
            yield _paragraph(_run(paper.urgency, bold=True))
        if subject_line(paper) is None:
            yield _paragraph(_run(paper.doctype.upper(), bold=True), "center", before=240)
            title = upper(paper.title) if paper.layout.get("capitals") else paper.title
            yield _paragraph(self._inline(title, bold=True), "center", after=240)
        if paper.authority:
            yield _paragraph(_run(paper.authority, bold=True), "center", after=120)
        several = len(paper.addressees) > 1
        if several:
            yield _paragraph(_run("Kính gửi:"), "center")
        for addressee in paper.addressees:
            words = _run("- " if several else "Kính gửi: ") + self._inline(addressee)
            yield _paragraph(words, "left" if several else "center", indent=2268 if several else 0, after=60)

    def _block(self, block: Block) -> str:
        if block.kind == "table":
            rows = [
                [[_paragraph(self._inline(cell, bold=not i, size=24), "left")] for cell in row]
                for i, row in enumerate(block.rows)
            ]
            return _table(rows, _widths(block), ruled=True) + _paragraph("")
        lead = {"dash": "- ", "plus": "+ "}.get(block.kind, "")
        centre = block.kind == "centre"
        words = (_run(lead) if lead else "") + self._inline(
            block.inline, bold=centre or "heading" in block.kind, italic=block.kind == "basis"
        )
        return _paragraph(words, "center" if centre else "both", indent=0 if centre else 720, hanging=not centre, after=120)

    def _ending(self, paper: Paper) -> str:
        last = len(paper.recipients) - 1
        left = [_paragraph(_run("Nơi nhận:", bold=True, italic=True, size=24), "left")] if paper.recipients else [_paragraph("")]
        left += [
            _paragraph(_run(f"- {line}{'.' if i == last else ';'}", size=22), "left") for i, line in enumerate(paper.recipients)
        ]
        right = [_paragraph(_run(line, bold=True), "center") for line in paper.sign]
        right += [_paragraph("")] * 3 + [_paragraph(_run(paper.signer or "", bold=True), "center")]
        return _table([[left, right]], (4535, 4536), ruled=False)

    def _inline(self, inline: Inline, *, bold: bool = False, italic: bool = False, size: int = 28) -> str:
        return "".join(self._styled(run, inline, bold, italic, size) for run in inline.runs)

    def _styled(self, run: Run, inline: Inline, bold: bool, italic: bool, size: int) -> str:
        words = _run(run.text, bold=bold or run.bold, italic=italic or run.italic, size=size) if run.text else ""
        if run.note is None:
            return words
        self.footnotes.append("")  # its place, before its own words can call another
        number = len(self.footnotes)
        mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        words_below = _paragraph(mark + _run(" ") + self._inline(inline.notes[run.note], size=20))
        note = f'<w:footnote w:id="{number}">{words_below}</w:footnote>'
        self.footnotes[number - 1] = note
        call = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        return words + call


def _run(text: str, *, bold: bool = False, italic: bool = False, size: int = 28) -> str:
    style = "<w:b/>" * bold + "<w:i/>" * italic + f'<w:sz w:val="{size}"/>'
    lines = text.replace("¶", "\n").split("\n")
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r><w:rPr>{style}</w:rPr>{words}</w:r>"


def _paragraph(
    words: str, align: str = "both", *, indent: int = 0, hanging: bool = False, before: int = 0, after: int = 0
) -> str:
    side = f'<w:ind w:{"firstLine" if hanging else "left"}="{indent}"/>' if indent else ""
    return f'<w:p><w:pPr><w:spacing w:before="{before}" w:after="{after}"/>{side}<w:jc w:val="{align}"/></w:pPr>{words}</w:p>'


def _table(rows: list[list[list[str]]], widths: tuple[int, ...], *, ruled: bool) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides) if ruled else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(_cell(cell, width) for cell, width in zip(row, widths, strict=True))
        + "</w:tr>"
        for row in rows
    )
    style = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{style}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _widths(block: Block) -> tuple[int, ...]:
    """Column widths in twentieths of a point, in proportion to the longest cell, within reason."""
    longest = [min(50, max(7, *(len(cell.text) for cell in column))) for column in zip(*block.rows, strict=True)]
    return tuple(9071 * width // sum(longest) for width in longest)


def _cell(paragraphs: list[str], width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(paragraphs)}</w:tc>'


def _section() -> str:
    """A4, margins 20-20-30-20 mm, a first page without page number."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="first" r:id="rId4"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" '
        'w:header="567" w:footer="567" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )


def _page_number() -> str:
    return _paragraph('<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>', "center")


def _separators() -> str:
    kinds = (("separator", -1), ("continuationSeparator", 0))
    return "".join(f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>' for kind, n in kinds)


def _styles() -> str:
    name = "Times New Roman"
    font = f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/><w:sz w:val="28"/><w:lang w:val="vi-VN"/>'
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    return f"<w:docDefaults><w:rPrDefault><w:rPr>{font}</w:rPr></w:rPrDefault></w:docDefaults>{normal}"


def _root(tag: str, content: str) -> str:
    return f'{_DECLARATION}<w:{tag} xmlns:w="{_W}" xmlns:r="{_R}">{content}</w:{tag}>'


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    rows = "".join(f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{where}"/>' for key, (kind, where) in targets.items())
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _content_types() -> str:
    main = {part: part.rstrip("12") if part != "document" else "document.main" for part in _PARTS}
    rows = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{kind}+xml"/>' for part, kind in main.items())
    kinds = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    defaults = "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in kinds.items())
    return f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{rows}</Types>'
