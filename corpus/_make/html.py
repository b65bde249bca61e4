"""A paper as a saved web page: letterhead and signature in tables, source lines broken anywhere between words.

With the layout key ``page`` the paper stands within the menu and footer of a portal.
"""

from __future__ import annotations

import html
import textwrap

from corpus._make.markup import Inline, Run
from corpus._make.paper import Block, Paper, upper
from corpus._make.text import heads, subject_line

_STYLE = "body{font-family:'Times New Roman',serif;max-width:46em;margin:auto}td{vertical-align:top}.giua{text-align:center}"
_MENU = """<div id="menu"><ul><li><a href="/">Trang chủ</a></li><li><a href="/van-ban">Văn bản</a></li>
<li><a href="/thu-tuc">Thủ tục hành chính</a></li></ul><form action="/tim"><input name="q"><button>Tìm kiếm</button></form></div>
<script>window.luotXem = 1024;</script>"""
_FOOTER = """<div id="chan-trang"><p>Cổng thông tin điện tử tỉnh Thuận Giang</p><p>Lượt truy cập: 24/7</p></div>"""
_DOCTYPE = " ".join(("<!DOCTYPE", "html>"))  # apart, lest a reader that sniffs take this file for a page
_TAGS = {"heading1": "h2", "heading2": "h3", "heading3": "h4"}


def page(paper: Paper) -> str:
    """The text of the file."""
    title = html.escape(" ".join(f"{paper.doctype} {paper.number or ''}".split()))
    parts = [_letterhead(paper), *_title(paper), *_blocks(paper.body), _ending(paper)]
    for annex in paper.annexes:
        parts += ['<hr class="phu-luc">', *_blocks(annex)]
    parts += _notes(paper)
    body = "\n".join(["", *parts, ""])
    if paper.layout.get("page"):
        body = f'{_MENU}\n<div class="noi-dung">\n{body}\n</div>\n{_FOOTER}'
    head = _element("head", f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>')
    whole = _element("html", f"\n{head}\n{_element('body', body)}\n", ' lang="vi"')
    return f"{_DOCTYPE}\n{whole}\n"


def _element(tag: str, content: str, attributes: str = "") -> str:
    return f"<{tag}{attributes}>{content}</{tag}>"


def _words(inline: Inline) -> str:
    return "".join(_run(run) for run in inline.runs)


def _run(run: Run) -> str:
    words = html.escape(run.text, quote=False).replace("¶", "\n").replace("\n", "<br>\n")
    for tag, on in (("b", run.bold), ("i", run.italic)):
        words = f"<{tag}>{words}</{tag}>" if on else words
    return words + (f"<sup>[{run.note + 1}]</sup>" if run.note is not None else "")


def _broken(words: str) -> str:
    """The same words on lines of a hundred characters: a browser does not see it, a careless reader does."""
    return textwrap.fill(words, 100, break_long_words=False, break_on_hyphens=False)


def _letterhead(paper: Paper) -> str:
    left, right = ("<br>\n".join(line for line in column if line) for column in heads(paper))
    subject = subject_line(paper)
    under = f"<br>\n<i>{_words(subject)}</i>" if subject else ""
    return (
        f'<table width="100%">\n<tr><td class="giua" width="45%"><b>{left}</b></td><td class="giua"><b>{right}</b></td></tr>\n'
        f'<tr><td class="giua">{html.escape(paper.number_line)}{under}</td>'
        f'<td class="giua"><i>{paper.date_line}</i></td></tr>\n</table>'
    )


def _title(paper: Paper) -> list[str]:
    parts = [f"<p><b>{paper.urgency}</b></p>"] if paper.urgency else []
    if subject_line(paper) is None:
        title = upper(paper.title) if paper.layout.get("capitals") else paper.title
        parts.append(f'<p class="giua"><b>{paper.doctype.upper()}</b></p>\n<p class="giua"><b>{_broken(_words(title))}</b></p>')
    if paper.authority:
        parts.append(f'<p class="giua"><b>{paper.authority}</b></p>')
    if paper.addressees:
        parts.append(
            "<p>Kính gửi: " + "<br>\n- ".join(["", *map(_words, paper.addressees)][len(paper.addressees) == 1 :]) + "</p>"
        )
    return parts


def _blocks(body: tuple[Block, ...]) -> list[str]:
    return [_block(block) for block in body]


def _block(block: Block) -> str:
    if block.kind == "table":
        rows = ("".join(f"<td>{_words(cell)}</td>" for cell in row) for row in block.rows)
        return '<table border="1">\n' + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"
    words = {"dash": "- ", "plus": "+ "}.get(block.kind, "") + _words(block.inline)
    if block.kind in _TAGS:
        return f"<{_TAGS[block.kind]}>{_broken(words)}</{_TAGS[block.kind]}>"
    if block.kind == "centre":
        return f'<p class="giua"><b>{words}</b></p>'
    return f"<p>{_broken(f'<i>{words}</i>' if block.kind == 'basis' else words)}</p>"


def _ending(paper: Paper) -> str:
    last = len(paper.recipients) - 1
    lines = [f"- {line}{'.' if index == last else ';'}" for index, line in enumerate(paper.recipients)]
    left = "<br>\n".join(["<b><i>Nơi nhận:</i></b>", *lines]) if lines else ""
    right = "<br>\n".join([*(f"<b>{line}</b>" for line in paper.sign), "<br><br>", f"<b>{paper.signer or ''}</b>"])
    return f'<table width="100%">\n<tr><td width="50%">{left}</td><td class="giua">{right}</td></tr>\n</table>'


def _notes(paper: Paper) -> list[str]:
    notes = [note for block in paper.body for note in block.inline.notes]
    return [f"<p>[{number}] {_words(note)}</p>" for number, note in enumerate(notes, 1)]
