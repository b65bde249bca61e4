"""A paper as a born-digital PDF: letterhead in two columns, justified lines, page numbers at the head from page 2 on.

Lines also break after a hyphen inside a number, as word processors do it.  The font is embedded; any serif with
Vietnamese letters serves (Debian: fonts-noto-core, or fonts-dejavu-extra).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus._make.markup import Inline, Run
from corpus._make.paper import Block, Paper, upper
from corpus._make.text import heads, subject_line

_FACES = {"": "-Regular", "B": "-Bold", "I": "-Italic", "BI": "-BoldItalic"}
_FONTS = ("/usr/share/fonts/truetype/noto/NotoSerif", "/usr/share/fonts/truetype/dejavu/DejaVuSerifCondensed")
_LEFT, _TOP, _WIDTH, _BOTTOM = 30.0, 20.0, 160.0, 277.0  # millimetres, Nghị định 30/2020/NĐ-CP, Phụ lục I
_LINE = 5.9
_POINT = 25.4 / 72


class FontMissing(RuntimeError):
    """No serif font with Vietnamese letters is installed."""


@dataclass(frozen=True, slots=True)
class _Word:
    """Letters of one style; `glued`: no space before it."""

    text: str
    style: str
    glued: bool


def font_files() -> dict[str, Path]:
    """The font file of each style; `FontMissing` where there is none."""
    for font in _FONTS:
        plain = "" if "DejaVu" in font else "-Regular"
        files = {style: Path(f"{font}{face if style else plain}.ttf") for style, face in _FACES.items()}
        if all(path.exists() for path in files.values()):
            return files
    raise FontMissing("the PDFs need a serif font with Vietnamese letters: install fonts-noto-core or fonts-dejavu-extra")


def pdf(paper: Paper) -> bytes:
    """The bytes of the file; `ImportError` without fpdf2, `FontMissing` without the font."""
    sheet = _Sheet(paper)
    sheet.letterhead(paper)
    sheet.title(paper)
    for block in paper.body:
        sheet.block(block)
    sheet.ending(paper)
    for annex in paper.annexes:
        sheet.new_page()
        for block in annex:
            sheet.block(block)
    return bytes(sheet.pdf.output())


class _Sheet:
    """The pages as they fill."""

    def __init__(self, paper: Paper) -> None:
        from fpdf import FPDF

        self.pdf = FPDF(format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_creation_date(datetime(2025, 1, 1, tzinfo=UTC))
        self.pdf.set_title(f"{paper.doctype} {paper.number or ''}".strip())
        for style, path in font_files().items():
            self.pdf.add_font("serif", style, path)
        self.pdf.add_page()
        self.y = _TOP

    def new_page(self) -> None:
        self.pdf.add_page()
        self._centre([str(self.pdf.page)], _LEFT, _WIDTH, 12.0, "", 13)
        self.y = _TOP

    def letterhead(self, paper: Paper) -> None:
        left, right = heads(paper)
        names = len(paper.office.parent)
        top = self.y
        for index, line in enumerate(left[:-1]):
            self._centre([line], 20, 70, top + 5.5 * index, "B" if index >= names else "", 12)
        for index, line in enumerate(line for line in right[:-1] if line):
            self._centre([line], 85, 110, top + 5.5 * index, "B", 12 + index)
        bottom = top + 5.5 * (len(left) - 1) + 2
        if paper.office.party:
            self._centre(["*"], 20, 70, bottom - 1, "", 12)
        else:
            self.pdf.line(43, bottom, 67, bottom)
        self.pdf.line(115, top + 13 - 5 * paper.office.party, 165, top + 13 - 5 * paper.office.party)
        self._number(paper, bottom + 3)

    def _number(self, paper: Paper, top: float) -> None:
        self._centre([paper.number_line], 20, 70, top, "", 13)
        self._centre([paper.date_line], 90, 100, top, "I", 13)
        self.y = top + 7
        subject = subject_line(paper)
        if subject:
            lines = self._lines(_words(subject, ""), 62, 12)
            for line in lines:
                self._centre([" ".join(word.text for word in line)], 22, 66, self.y, "", 12)
                self.y += 5.2
        self.y += 5

    def title(self, paper: Paper) -> None:
        if paper.urgency:
            self.paragraph([_Word(word, "B", False) for word in paper.urgency.split()], indent=0)
        if subject_line(paper) is None:
            self._centred(Inline((Run(paper.doctype.upper()),)), "B")
            self._centred(upper(paper.title) if paper.layout.get("capitals") else paper.title, "B")
            self.y += 4
        if paper.authority:
            self._centred(Inline((Run(paper.authority),)), "B")
            self.y += 2
        if len(paper.addressees) == 1:
            self._centred(Inline((Run("Kính gửi: "), *paper.addressees[0].runs)), "")
        elif paper.addressees:
            self._centred(Inline((Run("Kính gửi:"),)), "")
            for addressee in paper.addressees:
                self.paragraph(_words(Inline((Run("- "), *addressee.runs)), ""), indent=40)
        self.y += 2

    def block(self, block: Block) -> None:
        if block.kind == "table":
            self._table(block)
        elif block.kind == "centre":
            self._centred(block.inline, "B")
        else:
            lead = {"dash": "- ", "plus": "+ "}.get(block.kind, "")
            style = "B" if "heading" in block.kind else "I" if block.kind == "basis" else ""
            runs = (Run(lead), *block.inline.runs) if lead else block.inline.runs
            self.paragraph(_words(Inline(runs), style))

    def paragraph(self, words: list[_Word], *, indent: float = 12.7, size: int = 13) -> None:
        """Justified lines, the first one indented; a page break where the source asks for one or the page is full."""
        lines = self._lines(words, _WIDTH, size, indent)
        for index, line in enumerate(lines):
            breaks = bool(line) and line[-1].text.endswith("¶")
            line = [_Word(word.text.rstrip("¶\n"), word.style, word.glued) for word in line]
            start = indent if index == 0 else 0.0
            forced = lines[index][-1].text.endswith("\n") if line else False
            self._room(_LINE)
            self._draw(line, _LEFT + start, None if index == len(lines) - 1 or forced else _WIDTH - start, size)
            self.y += _LINE
            if breaks:
                self.new_page()
        self.y += 2.1

    def ending(self, paper: Paper) -> None:
        height = max(6 + 5 * len(paper.recipients), 7 * len(paper.sign) + 30)
        self._room(height)
        top = self.y + 3
        if paper.recipients:
            self._left("Nơi nhận:", top, "BI", 12)
        for index, line in enumerate(paper.recipients, 1):
            self._left(f"- {line}{'.' if index == len(paper.recipients) else ';'}", top + 5 * index, "", 11)
        for index, line in enumerate(paper.sign):
            self._centre([line], 110, 80, top + 6 * index, "B", 13)
        if paper.signer:
            self._centre([paper.signer], 110, 80, top + 6 * len(paper.sign) + 22, "B", 13)
        self.y = top + height

    def _table(self, block: Block) -> None:
        widths = self._widths(block)
        for number, row in enumerate(block.rows):
            cells = [
                self._lines(_words(cell, "B" if number == 0 else ""), width - 3, 12)
                for cell, width in zip(row, widths, strict=True)
            ]
            height = 5.4 * max(len(cell) for cell in cells) + 2
            self._room(height)
            x = _LEFT
            for cell, width in zip(cells, widths, strict=True):
                self.pdf.rect(x, self.y, width, height)
                for index, line in enumerate(cell):
                    self._draw(line, x + 1.5, None, 12, self.y + 1 + 5.4 * index)
                x += width
            self.y += height
        self.y += 3

    def _widths(self, block: Block) -> list[float]:
        """Column widths in proportion to the longest cell, within reason."""
        longest = [min(60, max(6, *(len(cell.text) for cell in column))) for column in zip(*block.rows, strict=True)]
        return [_WIDTH * width / sum(longest) for width in longest]

    def _room(self, height: float) -> None:
        if self.y + height > _BOTTOM:
            self.new_page()

    def _centred(self, inline: Inline, style: str) -> None:
        for part in inline.text.split("\n"):
            for line in self._lines(_words(Inline((Run(part),)), style), _WIDTH - 10, 13):
                self._room(_LINE)
                self._centre(
                    ["".join(("" if word.glued else " ") + word.text for word in line).strip()], _LEFT, _WIDTH, self.y, style, 13
                )
                self.y += _LINE

    def _centre(self, lines: list[str], x: float, width: float, y: float, style: str, size: int) -> None:
        self.pdf.set_font("serif", style, size)
        for line in lines:
            self.pdf.text(x + (width - self.pdf.get_string_width(line)) / 2, y + size * _POINT, line)

    def _left(self, line: str, y: float, style: str, size: int) -> None:
        self.pdf.set_font("serif", style, size)
        self.pdf.text(_LEFT - 4, y + size * _POINT, line)

    def _lines(self, words: list[_Word], width: float, size: int, indent: float = 0.0) -> list[list[_Word]]:
        lines: list[list[_Word]] = [[]]
        used = indent
        for word in words:
            step = self._width(word, size) + (0 if word.glued or not lines[-1] else self._space(size))
            if lines[-1] and (used + step > width or lines[-1][-1].text.endswith(("\n", "¶"))):
                lines.append([])
                used, step = 0.0, self._width(word, size)
            lines[-1].append(word)
            used += step
        return lines

    def _width(self, word: _Word, size: int) -> float:
        self.pdf.set_font("serif", word.style, size)
        return float(self.pdf.get_string_width(word.text.rstrip("\n¶")))

    def _space(self, size: int) -> float:
        self.pdf.set_font("serif", "", size)
        return float(self.pdf.get_string_width(" "))

    def _draw(self, line: list[_Word], x: float, width: float | None, size: int, y: float | None = None) -> None:
        """One line, its spaces widened to fill `width` (``None``: as they are)."""
        gaps = sum(not word.glued for word in line[1:])
        used = sum(self._width(word, size) for word in line) + gaps * self._space(size)
        extra = (width - used) / gaps if width and gaps and width - used < 40 else 0.0
        base = (self.y if y is None else y) + size * _POINT
        for index, word in enumerate(line):
            if index and not word.glued:
                x += self._space(size) + extra
            self.pdf.set_font("serif", word.style, size)
            last = index == len(line) - 1
            spaced = word.text if last or line[index + 1].glued else word.text + " "
            self.pdf.text(x, base, spaced)
            x += self.pdf.get_string_width(word.text)


def _words(inline: Inline, style: str) -> list[_Word]:
    """The words of a paragraph; a number may break after each hyphen, so its parts are words that are glued."""
    found: list[_Word] = []
    glued = True
    for run in inline.runs:
        kind = "".join(sorted(set(style + "B" * run.bold + "I" * run.italic)))
        for piece in re.findall(r"\s*[^\s¶]*[¶\n]?|\s+", run.text):
            if not piece:
                continue
            if piece[0].isspace() and piece[0] != "\n":
                glued = False
            glued = _pieces(found, piece, kind, glued)
    return found


def _pieces(found: list[_Word], piece: str, kind: str, glued: bool) -> bool:
    """Adds the parts of one word; says whether the next one is glued to it."""
    word = piece.strip(" ")
    if not word:
        return glued
    parts = re.split(r"(?<=[A-ZĐ]-)(?=[A-ZĐ])", word) if "/" in word else [word]
    for part in parts:
        found.append(_Word(part, kind, glued and bool(found)))
        glued = True
    return not piece.endswith((" ", "\n"))
