"""A paper as plain text, with the places of its citations: the form in which its gold counts.

Line wrapping and eth put one character in the place of one, so the offsets hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus._make.markup import Cite, Inline
from corpus._make.paper import Block, Paper, upper

STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
PAGE_BREAK = "\n\n\n\n"
_MARKS = {"dash": "- ", "plus": "+ "}


@dataclass(slots=True)
class Sheet:
    """Text as it grows, and the citations met so far: `groups` are indices of citations that stand in one paragraph."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    cites: list[tuple[int, int, Cite, int]] = field(default_factory=list)  # start, end, mark, paragraph
    notes: list[Inline] = field(default_factory=list)
    paragraphs: int = 0

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def line(self, text: str = "") -> None:
        self.write(text + "\n")

    def inline(self, inline: Inline) -> None:
        """One paragraph without its end; its footnotes are called by number and kept for `finish`."""
        self.paragraphs += 1
        for cite in inline.cites:
            start, end = (self.length + _at(inline, at) for at in (cite.start, cite.end))
            self.cites.append((start, end - _trailing_call(inline, cite.end), cite, self.paragraphs))
        for run in inline.runs:
            self.write(run.text.replace("¶", PAGE_BREAK))
            if run.note is not None:
                self.notes.append(inline.notes[run.note])
                self.write(f"[{len(self.notes)}]")

    def finish(self) -> None:
        """The footnotes, at the end."""
        for number, note in enumerate(self.notes, 1):
            self.write(f"\n[{number}] ")
            self.inline(note)
            self.line()


def _at(inline: Inline, at: int) -> int:
    """Where the character `at` of the plain text stands once page breaks and calls of notes are written."""
    grown = at + (len(PAGE_BREAK) - 1) * inline.text[:at].count("¶")
    seen = 0
    for run in inline.runs:
        seen += len(run.text)
        if run.note is not None and seen <= at:
            grown += 3  # "[1]": no paper has ten footnotes
    return grown


def _trailing_call(inline: Inline, end: int) -> int:
    """The length of the note called right at `end`: it is not part of the citation."""
    seen = 0
    for run in inline.runs:
        seen += len(run.text)
        if run.note is not None and seen == end:
            return 3
    return 0


def lay_out(paper: Paper) -> tuple[str, list[tuple[int, int, Cite, int]]]:
    """The text of a paper, and (start, end, mark, paragraph) of each citation in text order."""
    sheet = Sheet()
    if not paper.layout.get("bare"):
        _letterhead(sheet, paper)
    else:
        sheet.write(f"\n\n{paper.number_line}\n\n{paper.date_line}\n\n")
    _title(sheet, paper)
    _body(sheet, paper.body)
    _ending(sheet, paper)
    for annex in paper.annexes:
        sheet.write("\n\n")
        _body(sheet, annex)
    sheet.finish()
    text = "".join(sheet.parts)
    return _worn(text, paper), sorted(sheet.cites, key=lambda entry: (entry[0], -entry[1]))


def _worn(text: str, paper: Paper) -> str:
    width = int(str(paper.layout.get("wrap", 0)))
    if width:
        text = wrapped(text, width)
    if paper.layout.get("eth"):
        text = re.sub(r"(?<=[/Q])Đ|(?<=N)Đ(?=-CP)", "Ð", text)
    if paper.layout.get("nbsp"):
        text = re.sub(r"(?<=[Ss]ố) (?=\d)", "\u00a0", text)
    return text


def wrapped(text: str, width: int) -> str:
    """The text with some spaces made line breaks; lines that hold columns stay whole."""
    return "\n".join(line if "    " in line or line.startswith("|") else _wrap(line, width) for line in text.split("\n"))


def _wrap(line: str, width: int) -> str:
    letters = list(line)
    begin = space = 0
    for at, letter in enumerate(line):
        if letter == " " and at > begin + 2:
            if at - begin > width and space > begin:
                letters[space] = "\n"
                begin = space + 1
            space = at
    if len(line) - begin > width and space > begin:
        letters[space] = "\n"
    return "".join(letters)


def heads(paper: Paper) -> tuple[list[str], list[str]]:
    """The left and the right column of the letterhead, down to the rules under them."""
    motto = PARTY if paper.office.party else STATE
    left = [*paper.office.parent, *paper.office.name, "*" if paper.office.party else "-------"]
    return left, [*motto, "" if paper.office.party else "---------------"]


def subject_line(paper: Paper) -> Inline | None:
    """The "V/v ..." of a công văn, which stands under its number."""
    return paper.title if paper.doctype == "Công văn" else None


def _letterhead(sheet: Sheet, paper: Paper) -> None:
    left, right = heads(paper)
    if paper.layout.get("columns"):
        _side_by_side(sheet, left, right)
        _side_by_side(sheet, ["", paper.number_line], ["", paper.date_line])
        sheet.line()
    else:
        for line in (*left, "", *(line for line in right if line), "", paper.number_line):
            sheet.line(line)
    subject = subject_line(paper)
    if subject:
        sheet.inline(subject)
        sheet.line()
    if not paper.layout.get("columns"):
        sheet.write(f"\n{paper.date_line}\n\n")
    if paper.urgency:
        sheet.write(f"{paper.urgency}\n\n")


def _side_by_side(sheet: Sheet, left: list[str], right: list[str]) -> None:
    for index in range(max(len(left), len(right))):
        one, other = (column[index] if index < len(column) else "" for column in (left, right))
        sheet.line(f"{one.center(34)}      {other.center(44)}".rstrip())


def _title(sheet: Sheet, paper: Paper) -> None:
    if paper.doctype != "Công văn":
        sheet.line(paper.doctype.upper())
        sheet.inline(upper(paper.title) if paper.layout.get("capitals") else paper.title)
        sheet.write("\n\n")
    if paper.authority:
        sheet.write(f"{paper.authority}\n\n")
    if paper.addressees:
        sheet.write("Kính gửi: ")
        several = len(paper.addressees) > 1
        for addressee in paper.addressees:
            sheet.write("\n- " if several else "")
            sheet.inline(addressee)
        sheet.write("\n\n")


def _body(sheet: Sheet, body: tuple[Block, ...]) -> None:
    for block in body:
        if block.kind == "table":
            _table(sheet, block)
        else:
            sheet.write(_MARKS.get(block.kind, ""))
            sheet.inline(block.inline)
            sheet.line()
        sheet.line()


def _table(sheet: Sheet, block: Block) -> None:
    for row in block.rows:
        sheet.write("|")
        for cell in row:
            sheet.write(" ")
            sheet.inline(cell)
            sheet.write(" |")
        sheet.line()


def _ending(sheet: Sheet, paper: Paper) -> None:
    if paper.recipients:
        sheet.line("Nơi nhận:")
        for index, recipient in enumerate(paper.recipients, 1):
            last = index == len(paper.recipients)
            sheet.line(f"- {recipient}{'.' if last else ';'}")
        sheet.line()
    for line in paper.sign:
        sheet.line(line)
    if paper.signer:
        sheet.write(f"\n\n{paper.signer}\n")
