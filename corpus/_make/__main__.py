"""Writes every paper in its format, and the gold beside the tests."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from corpus._make.docx import docx
from corpus._make.gold import gold
from corpus._make.html import page
from corpus._make.links import links
from corpus._make.markdown import markdown
from corpus._make.paper import CORPUS, Paper, papers
from corpus._make.pdf import pdf
from corpus._make.text import lay_out

GOLD = CORPUS.parent / "tests" / "gold"


def content(paper: Paper) -> bytes:
    """The bytes of a paper's file, in the format that its suffix names."""
    suffix = Path(paper.file).suffix
    if suffix == ".pdf":
        return pdf(paper)
    if suffix == ".docx":
        return docx(paper)
    if suffix == ".md":
        return encoded(markdown(paper), paper)
    return encoded(page(paper) if suffix == ".html" else lay_out(paper)[0], paper)


def encoded(text: str, paper: Paper) -> bytes:
    """UTF-8, or what the source asks for: with a byte order mark, UTF-16, or line ends of Windows."""
    if paper.layout.get("crlf"):
        text = text.replace("\n", "\r\n")
    return text.encode(str(paper.layout.get("encoding", "utf-8")))


def main() -> None:
    """Write all, or only the gold and the papers whose path holds some words."""
    parser = argparse.ArgumentParser(prog="python -m corpus.make", description=__doc__)
    parser.add_argument("words", nargs="?", default="", help="only papers whose path holds these words")
    words = parser.parse_args().words
    everything = papers()
    for paper in everything:
        if words in paper.file:
            path = CORPUS / paper.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content(paper))
    write_gold(everything, GOLD)
    print(f"{len(everything)} papers")


def write_gold(everything: list[Paper], folder: Path) -> None:
    """The text and gold of each paper, and the expected links of them all."""
    folder.mkdir(parents=True, exist_ok=True)
    for paper in everything:
        text, expected, _ = gold(paper)
        (folder / f"{paper.stem}.txt").write_text(text, encoding="utf-8")
        _write_json(folder / f"{paper.stem}.json", {"paper": paper.file, **expected})
    _write_json(folder / "links" / "corpus.json", links(everything))


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
