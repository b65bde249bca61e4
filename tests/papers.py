"""Papers for the tests of the archive, in the form that Nghị định 30/2020/NĐ-CP gives them.

The district is a real one, because numbers of local offices are told apart by their place; the papers are not.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from docsearch.library import Library

OLD_NS = 1_600_000_000 * 10**9  # long settled: no file of a test is too fresh to be trusted

_PAPER = """\
ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN CẦU KÈ                  Độc lập - Tự do - Hạnh phúc

Số: {number}          Cầu Kè, ngày {day:02d} tháng {month:02d} năm {year}

{kind}
{title}

{body}

Nơi nhận:                                   TM. ỦY BAN NHÂN DÂN
- UBND tỉnh;                                KT. CHỦ TỊCH
- Lưu: VT.                                  PHÓ CHỦ TỊCH



                                            Lê Hữu Phước
"""
_KINDS = {"BC": "BÁO CÁO", "KH": "KẾ HOẠCH", "QĐ": "QUYẾT ĐỊNH", "TB": "THÔNG BÁO"}
_NATIONAL = (
    "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
    "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
    "Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ",
    "Luật Cán bộ, công chức số 22/2008/QH12",
)


def paper(
    number: str, day: int = 5, month: int = 3, year: int = 2023, title: str = "Về công tác cải cách hành chính", body: str = ""
) -> str:
    """The text of one paper; the type comes from the number."""
    kind = _KINDS[number.partition("/")[2].partition("-")[0]]
    return _PAPER.format(number=number, day=day, month=month, year=year, title=title, kind=kind, body=body)


def citing(*cited: str) -> str:
    """A body that is based on the first and carries out the others."""
    first, rest = cited[0], cited[1:]
    return "\n".join((f"Căn cứ {first};", *(f"Thực hiện {other}, Ủy ban nhân dân huyện báo cáo như sau." for other in rest)))


def archive_of(count: int) -> dict[str, str]:
    """So many papers by file name; each cites two national acts and the three papers before it."""
    texts: dict[str, str] = {}
    for n in range(1, count + 1):
        before = (f"Kế hoạch số {m}/KH-UBND ngày 05/3/2023 của Ủy ban nhân dân huyện Cầu Kè" for m in range(max(1, n - 3), n))
        body = citing(_NATIONAL[n % 4], _NATIONAL[(n + 1) % 4], *before)
        texts[f"{n:03d}.txt"] = paper(f"{n}/KH-UBND", title=f"Kế hoạch thứ {n} về cải cách hành chính", body=body)
    return texts


def write(folder: Path, texts: dict[str, str]) -> Path:
    """The papers as files, with a time long past."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        put(folder / name, text)
    return folder


def put(path: Path, text: str, *, age: int = 0) -> None:
    """One file; a larger `age` is a later time."""
    path.write_text(text, "utf-8")
    os.utime(path, ns=(OLD_NS, OLD_NS + age * 10**9))


_FACTS = {
    "files": "SELECT f.path, f.state, f.reason, d.id FROM files f LEFT JOIN documents d ON d.key = f.document",
    "documents": """
        SELECT d.id, d.format, d.size, d.length, d.citations, d.number, d.doctype, d.issuer, d.issued, d.title, g.id, d.name
        FROM documents d LEFT JOIN directives g ON g.key = d.directive
    """,
    "contents": """
        SELECT d.id, c.text, c.pages, c.notes, c.metadata, c.units, c.asides
        FROM contents c JOIN documents d ON d.key = c.document
    """,
    "citations": """
        SELECT d.id, c.idx, c.start, c.stop, c.kind, c.doctype, c.number, c.name, c.issued, c.issuer, c.title, c.pinpoint,
            c.relation, c.nested_in, c.passive, c.partial, c.negated, c.certainty, c.spans, c.flags
        FROM citations c JOIN documents d ON d.key = c.document
    """,
    "links": """
        SELECT d.id, l.idx, l.state, g.id, l.candidates, l.certainty, l.reasons, l.dated, b.name FROM links l
        JOIN documents d ON d.key = l.document JOIN blocks b ON b.key = l.block LEFT JOIN directives g ON g.key = l.directive
    """,
    "directives": """
        SELECT g.id, g.doctype, g.number, g.name, g.issued, g.office, g.place, g.title, g.flags, g.held, g.citing, g.cited,
            g.number_key, g.ordinal, g.name_key, b.name FROM directives g LEFT JOIN blocks b ON b.key = g.block
    """,
    "edges": """
        SELECT d.id, e.idx, e.seq, s.id, t.id, e.relation, e.partial FROM edges e JOIN documents d ON d.key = e.document
        LEFT JOIN directives s ON s.key = e.source JOIN directives t ON t.key = e.target
    """,
    "mentions": """
        SELECT b.name, d.id, m.idx, m.doctype, m.number, m.name, m.issued, m.office, m.place, m.how, m.title, m.said,
            m.near, m.flags
        FROM mentions m JOIN blocks b ON b.key = m.block JOIN documents d ON d.key = m.document
    """,
    "blocks": "SELECT name, dirty FROM blocks",
    "outbox": "SELECT document, removed FROM outbox",
}
_ASKED = (
    "cải cách hành chính",
    "ke hoach so 3",
    '"Ủy ban nhân dân huyện báo cáo"',
    "30/2020/NĐ-CP",
    "số:2/KH-UBND",
    "dẫn:1/KH-UBND",
)


def facts(library: Library) -> dict[str, list[Any]]:
    """All that an archive knows, by table, in a fixed order and without the keys that depend on the order of arrival."""
    database = library.catalogue._database
    found = {name: sorted(database.rows(statement), key=repr) for name, statement in _FACTS.items()}
    return found | {"searchable": sorted(library.engine.documents()), "hits": [_hits(library, typed) for typed in _ASKED]}


def _hits(library: Library, typed: str) -> list[str]:
    """The documents that a line finds; in no order of merit, which also depends on how the index grew."""
    return sorted(hit.card.document for hit in library.every(typed))
