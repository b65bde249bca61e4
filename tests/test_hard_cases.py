"""The hard cases of citing, by kind: at least six of each, written for this project, in ``cases/hard``.

A case begins at ``==`` with its kind; ⟦ ⟧ enclose what must be found, ``\\uXXXX`` is the character of that code.  Each line
``--`` is one citation: type | number | name | date | further fields; ``~~`` is one anaphor with its target ("self", "?" for
none, or an index); ``=>`` an alias with its target.  ``!!`` says why a case is known to fail.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from docsearch.extraction import understand
from docsearch.model import Anaphor, Citation
from docsearch.vietnamese import clean

FILES = sorted((Path(__file__).parent / "cases" / "hard").glob("*.txt"))
FURTHER = {"issuer": "issuer", "pin": "pinpoint", "rel": "relation", "in": "nested_in", "partial": "partial"}


@dataclass
class Case:
    kind: str
    text: str = ""
    cites: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    known: str = ""


def read(path: Path) -> list[Case]:
    """The cases of a file in order."""
    cases: list[Case] = []
    for block in re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))[1:]:
        title, _, rest = block.partition("\n")
        case = Case(title.strip())
        lines: list[str] = []
        for line in rest.split("\n"):
            sink = {"--": case.cites, "~~": case.points, "=>": case.aliases}.get(line[:2])
            if sink is not None:
                sink.append(line[3:])
            elif line.startswith("!! "):
                case.known = line[3:]
            else:
                lines.append(line)
        case.text = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), "\n".join(lines).rstrip("\n"))
        cases.append(case)
    return cases


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The clean text without its marks, and the spans that they enclose, the wider first."""
    plain, opened, spans = "", [], []
    for sign in clean(text):
        if sign == "⟦":
            opened.append(len(plain))
        elif sign == "⟧":
            spans.append((opened.pop(), len(plain)))
        else:
            plain += sign
    return plain, sorted(spans, key=lambda span: (span[0], -span[1]))


def wanted(row: str) -> dict[str, str]:
    """One line of a case as fields, "" for what must not be stated."""
    parts = [part.strip() for part in row.split("|")]
    fields = dict(zip(("doctype", "number", "name", "issued"), [*parts, "", "", ""][:4], strict=True))
    for part in parts[4:]:
        key, _, value = part.partition("=")
        fields[FURTHER[key]] = "" if value == "-" else value
    return fields


def told(citation: Citation, fields: dict[str, str]) -> dict[str, str]:
    values = {name: getattr(citation, name) for name in fields}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def pointed(anaphor: Anaphor) -> str:
    target = {"self": "self", "unresolved": "?"}.get(anaphor.kind, str(anaphor.target))
    return f"{anaphor.text} | {target}"


CASES = [
    pytest.param(case, id=f"{case.kind}#{index}", marks=[pytest.mark.xfail(reason=case.known, strict=True)] if case.known else [])
    for path in FILES
    for index, case in enumerate(read(path))
]


@pytest.mark.parametrize("case", CASES)
def test_hard_case_is_read(case: Case) -> None:
    plain, spans = marked(case.text)
    findings = understand(plain).findings
    rows = [wanted(row) for row in case.cites]
    assert [c.text for c in findings.citations] == [plain[start:end] for start, end in spans]
    assert [told(c, row) for c, row in zip(findings.citations, rows, strict=True)] == rows
    if case.points:
        assert [pointed(anaphor) for anaphor in findings.anaphora] == case.points
    if case.aliases:
        assert [f"{alias.text} | {alias.target}" for alias in findings.aliases] == case.aliases


def test_each_kind_has_six_cases() -> None:
    kinds = Counter(re.match(r"[A-M]1?[0-9]?(?= |$)|[A-M]", case.kind)[0] for path in FILES for case in read(path))  # type: ignore[index]
    lines = Counter(re.sub(r"[0-9]+.*", "", kind) if kind[0] in "DEFGHIJKLM" else kind for kind in kinds.elements())
    assert {kind for kind, count in lines.items() if count < 6} == set()
