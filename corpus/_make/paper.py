"""What a source holds: one paper with its letterhead, title, body, recipients, signature and annexes."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from corpus._make.fields import slug
from corpus._make.markup import Inline, Run, parse

HERE = Path(__file__).parent
CORPUS = HERE.parent
_KINDS = {"# ": "heading1", "## ": "heading2", "### ": "heading3", "- ": "dash", "+ ": "plus", "~ ": "basis", "! ": "centre"}
_ARTICLE = re.compile(r"(Điều \d+[a-z]?\.)")
_NATIONAL = re.compile(r"(^|-)(qh\d+|ubtvqh\d+|cp|ttg|tw|b[a-z]+|vpcp|vpqh|ttcp|tandtc|tanhandtc|nhnn)$")


@dataclass(frozen=True, slots=True)
class Office:
    """An office: its letterhead (`parent` above `name`, each of one or two lines), full name, place, and place as a slug."""

    key: str
    parent: tuple[str, ...]
    name: tuple[str, ...]
    full: str
    place: str
    at: str
    party: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or table.  kind: para, heading1-3, dash, plus, basis, centre or table (then `rows` of cells)."""

    kind: str
    inline: Inline
    rows: tuple[tuple[Inline, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper as written.  `file` is where it goes, under ``corpus/``; its suffix is its format."""

    file: str
    office: Office
    number: str | None
    doctype: str
    issued: str | None
    issuer: str
    title: Inline
    number_line: str
    date_line: str
    authority: str
    addressees: tuple[Inline, ...]
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    sign: tuple[str, ...]
    signer: str | None
    annexes: tuple[tuple[Block, ...], ...]
    urgency: str
    layout: dict[str, object]

    @property
    def stem(self) -> str:
        """A name for its gold, unique in the corpus: folder and file without the suffix."""
        return self.file.rsplit(".", 1)[0].replace("/", "--")

    @property
    def id(self) -> str | None:
        """The id of the directive that it is."""
        return directive_id(self.number, self.doctype, self.issued, self.office.at) if self.number else None


_YEAR_INSIDE = re.compile(r"\d+[a-z]?-\d{4}-")
_TYPED = re.compile(r"(pl|nq|qd|ct|tb|hd|ctr|kh|pa|da|bc|ttr|cd|nd|tt|ttlt|kl|vbhn|qc|qyd|cv|gm|qdi|(ubtv)?qh\d+)(-|$)")
_OF_THE_ASSEMBLY = re.compile(r"(ubtv)?qh\d+")
_PREFIXES = {"Luật": "luat-", "Bộ luật": "luat-", "Nghị quyết": "nq-", "Pháp lệnh": "pl-"}


def directive_id(number: str, doctype: str, issued: str | None, at: str | None) -> str | None:
    """The typable id: ``60-qd-ubnd-2023@thuan-giang.binh-lac``; ``None`` where too little is stated.

    A number with a year needs no date.  `at` is the slug of the place, "" for central bodies; ``None`` means that the
    symbol must tell: a central one, or nothing.
    """
    plain = slug(re.sub(r"^0+(?=\d)", "", number))
    symbol = re.sub(r"^\d+[a-z]?-(\d{4}-)?", "", plain)
    year = "" if _YEAR_INSIDE.match(plain) else f"-{issued[:4]}" if issued else None
    if year is None or (at is None and not _NATIONAL.search(symbol)):
        return None
    head = _PREFIXES.get(doctype, "") if _OF_THE_ASSEMBLY.fullmatch(symbol) else "" if _TYPED.match(symbol) else "cv-"
    if doctype == "Quy định" and symbol.startswith("qd-"):  # in the Party's papers QĐ is two types, each with its own series
        head = "quy-dinh-"
    return f"{head}{plain}{year}" + (f"@{at}" if at else "")


@cache
def offices() -> dict[str, Office]:
    """The offices of the fictional province, by key."""
    rows = tomllib.loads((HERE / "offices.toml").read_text(encoding="utf-8"))
    return {key: _office(key, row) for key, row in rows.items()}


def _office(key: str, row: dict[str, object]) -> Office:
    lines = {name: tuple(str(row.get(name, "")).splitlines()) for name in ("parent", "name")}
    full, place, at = (str(row[name]) for name in ("full", "place", "at"))
    return Office(key, lines["parent"], lines["name"], full, place, at, bool(row.get("party")))


def blocks(source: str) -> Iterator[Block]:
    """The paragraphs and tables of a body, one a line."""
    rows: list[tuple[Inline, ...]] = []
    for line in source.splitlines():
        if line.startswith("| "):
            rows.append(tuple(parse(cell.strip()) for cell in line.strip("| ").split(" | ")))
            continue
        if rows:
            yield Block("table", Inline(()), tuple(rows))
            rows = []
        if line.strip():
            yield _block(line.strip())
    if rows:
        yield Block("table", Inline(()), tuple(rows))


def _block(line: str) -> Block:
    for mark, kind in _KINDS.items():
        if line.startswith(mark):
            return Block(kind, parse(line[len(mark) :]))
    return Block("para", parse(_ARTICLE.sub(r"**\1**", line, count=1) if _ARTICLE.match(line) else line))


def _long_date(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"ngày {day} tháng {month if int(month) < 3 else int(month)} năm {year}"


def load(path: Path) -> Paper:
    """The paper whose source is `path`."""
    source = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    row = tomllib.loads(source)
    office = offices()[row["office"]]
    number, issued = row.get("number"), row.get("issued")
    colon = "" if office.party else ":"
    return Paper(
        file=row["file"],
        office=office,
        number=number,
        doctype=row["doctype"],
        issued=issued,
        issuer=row.get("issuer", office.full),
        title=parse(row["title"].replace("\n", "⏎")),
        number_line=row.get("number_line", f"Số{colon} {number}"),
        date_line=row.get("date_line") or f"{office.place}, {_long_date(str(issued))}",
        authority=row.get("authority", ""),
        addressees=tuple(parse(line) for line in row.get("to", ())),
        body=tuple(blocks(row["body"])),
        recipients=tuple(row.get("recipients", ())),
        sign=tuple(row.get("sign", ())),
        signer=row.get("signer"),
        annexes=tuple(tuple(blocks(annex)) for annex in row.get("annexes", ())),
        urgency=row.get("urgency", ""),
        layout=row.get("layout", {}),
    )


def upper(inline: Inline) -> Inline:
    """The same words in capitals; no letter of ours grows when it does."""
    return replace(inline, runs=tuple(Run(run.text.upper(), run.bold, run.italic, run.note) for run in inline.runs))


def papers() -> list[Paper]:
    """All papers, by the place where they go."""
    return sorted((load(path) for path in (HERE / "papers").glob("*.toml")), key=lambda paper: paper.file)
