"""A paper as Markdown: bold letterhead, headings, bars for tables, footnotes as ``[^1]``."""

from __future__ import annotations

from corpus._make.markup import Inline, Run
from corpus._make.paper import Block, Paper, upper
from corpus._make.text import PAGE_BREAK, heads, subject_line

_LEVELS = {"heading1": "## ", "heading2": "### ", "heading3": "#### ", "dash": "- ", "plus": "+ "}


class _Notes:
    """The footnotes met so far."""

    def __init__(self) -> None:
        self.met: list[Inline] = []

    def inline(self, inline: Inline) -> str:
        return "".join(self._run(run, inline) for run in inline.runs)

    def _run(self, run: Run, inline: Inline) -> str:
        mark = "**" * run.bold + "*" * run.italic
        words = f"{mark}{run.text}{mark[::-1]}" if run.text.strip() else run.text
        words = words.replace("¶", PAGE_BREAK)
        if run.note is None:
            return words
        self.met.append(inline.notes[run.note])
        return f"{words}[^{len(self.met)}]"


def markdown(paper: Paper) -> str:
    """The text of the file."""
    notes = _Notes()
    parts = [*_head(paper, notes), *_blocks(paper.body, notes), *_ending(paper)]
    for annex in paper.annexes:
        parts += ["---", *_blocks(annex, notes)]
    parts += [f"[^{number}]: {notes.inline(note)}" for number, note in enumerate(notes.met, 1)]
    return "\n\n".join(parts) + "\n"


def _head(paper: Paper, notes: _Notes) -> list[str]:
    left, right = ([line for line in column if line.strip("-* ")] for column in heads(paper))
    subject = subject_line(paper)
    under = f"<br>{notes.inline(subject)}" if subject else ""
    rows = [f"| {'<br>'.join(left)} | {'<br>'.join(right)} |", "|---|---|"]
    rows.append(f"| {paper.number_line}{under} | *{paper.date_line}* |")
    parts = ["\n".join(rows)]
    if paper.urgency:
        parts.append(f"**{paper.urgency}**")
    if not subject:
        title = upper(paper.title) if paper.layout.get("capitals") else paper.title
        parts.append("\n".join(f"**{line}**  " for line in (paper.doctype.upper(), *title.text.split("\n"))))
    if paper.authority:
        parts.append(f"**{paper.authority}**")
    if paper.addressees:
        parts.append(_addressees([notes.inline(line) for line in paper.addressees]))
    return parts


def _addressees(lines: list[str]) -> str:
    return f"Kính gửi: {lines[0]}" if len(lines) == 1 else "\n".join(["Kính gửi:", "", *(f"- {line}" for line in lines)])


def _blocks(body: tuple[Block, ...], notes: _Notes) -> list[str]:
    return [_block(block, notes) for block in body]


def _block(block: Block, notes: _Notes) -> str:
    if block.kind == "table":
        rows = ["| " + " | ".join(notes.inline(cell) for cell in row) + " |" for row in block.rows]
        return "\n".join([rows[0], "|" + "---|" * len(block.rows[0]), *rows[1:]])
    words = notes.inline(block.inline)
    if block.kind == "centre":
        return f"**{words}**"
    return f"*{words}*" if block.kind == "basis" else _LEVELS.get(block.kind, "") + words


def _ending(paper: Paper) -> list[str]:
    parts = []
    if paper.recipients:
        parts.append(
            "\n".join(["**Nơi nhận:**", "", *(f"- {line};" for line in paper.recipients[:-1]), f"- {paper.recipients[-1]}."])
        )
    if paper.sign:
        parts.append("\n".join(f"**{line}**  " for line in paper.sign))
    if paper.signer:
        parts.append(f"*{paper.signer}*")
    return parts
