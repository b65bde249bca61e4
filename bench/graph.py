"""The citation graph at size: `python -m bench.graph [DOCUMENTS] [FOLDER]` (100,000 documents, ten citations each).

Real numbers play no part here, so the documents are made: most citations go to few directives (the most cited one has
about a sixth of all documents), one in six names something not held.  Prints how fast the graph is built, what the first
page of each listing and a whole export cost, and what 100 more documents cost.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from docsearch import ingest
from docsearch.catalogue import Catalogue
from docsearch.library import Library
from docsearch.linking import link
from docsearch.model import Citation, Document, Extraction, Fact, Findings, Metadata, Page, Span

CITATIONS = 10
SEED = 20230206


def number_of(n: int) -> tuple[str, str]:
    """The number and date of the n-th directive: a decree or a decision, eight thousand a year."""
    year = 1990 + n // 8000
    number = f"{n % 8000 + 1}/{year}/NĐ-CP" if n % 2 else f"{n % 8000 + 1}/QĐ-TTg"
    return number, f"{year}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"


def document(n: int, total: int, chance: random.Random) -> tuple[Document, Extraction]:
    number, issued = number_of(n)
    parts, citations = [f"Số: {number}\n"], []
    for _ in range(CITATIONS):
        target = int(total * 1.2 * chance.random() ** 3)
        cited, said = number_of(target)
        doctype = "Nghị định" if "NĐ-CP" in cited else "Quyết định"
        text = f"{doctype} số {cited}"
        start = sum(map(len, parts)) + len("Căn cứ ")
        parts.append(f"Căn cứ {text} ngày {said} về việc này và việc khác.\n")
        citations.append(_citation(doctype, cited, said, Span(start, start + len(text)), text))
    whole = "".join(parts)
    own, day, title = (Fact(value, None, "made") for value in (number, issued, f"Văn bản {n}"))
    metadata = Metadata(number=own, issued=day, title=title)
    extraction = Extraction(text=whole, metadata=metadata, units=(), findings=Findings(citations=tuple(citations)))
    pages = (Page(1, Span(0, len(whole))),)
    made = Document(id=f"{n:064x}", path=f"/{n}.txt", format="txt", size=len(whole), text=whole, pages=pages)
    return made, extraction


def _citation(doctype: str, number: str, issued: str, span: Span, text: str) -> Citation:
    return Citation(
        span=span,
        text=text,
        kind="number",
        doctype=doctype,
        number=number,
        name=None,
        issued=issued,
        issuer=None,
        title=None,
        pinpoint=None,
        relation="based_on",
        nested_in=None,
    )


def enter(catalogue: Catalogue, numbers: range, total: int) -> None:
    """Write the documents as `ingest` does, a batch in one transaction."""
    chance = random.Random(SEED + numbers.start)
    for start in range(numbers.start, numbers.stop, 500):
        with catalogue.transaction():
            for n in range(start, min(start + 500, numbers.stop)):
                made, extraction = document(n, total, chance)
                digest = ingest.pack(made, extraction)
                catalogue.graph.add(catalogue.documents.put(digest.packed), digest.mentions)


def timed(name: str, work: Callable[[], object]) -> None:
    started = time.perf_counter()
    told = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:44} {1000 * (time.perf_counter() - started):12,.1f} ms   {told or '':>12}   peak {peak:,.0f} MB")


def count(items: Iterator[object]) -> int:
    return sum(1 for _ in items)


def main(total: int, folder: Path) -> None:
    archive = Library(folder)
    catalogue = archive.catalogue
    timed(f"enter {total:,} documents", lambda: enter(catalogue, range(total), total))
    timed("resolve all blocks, relate all documents", lambda: link(catalogue))
    print(f"{'size on disk':44} {sum(path.stat().st_size for path in folder.iterdir()) / 1e6:12,.1f} MB")
    hub = next(catalogue._database.rows("SELECT id, citing FROM directives ORDER BY citing DESC LIMIT 1"))
    print(f"most cited: {hub[0]} by {hub[1]:,} documents")
    timed("cited-by of it, first page of 50", lambda: count(archive.cited_by(hub[0], limit=50)))
    timed("cited-by of it, page 100", lambda: count(archive.cited_by(hub[0], limit=50, offset=5000)))
    timed("cited-by of it, all", lambda: count(archive.cited_by(hub[0])))
    timed("lookup of a number", lambda: len(archive.lookup("60/QĐ-TTg").directives))
    timed("show of the most cited", lambda: len(archive.show(hub[0])))
    timed("missing, first page of 50", lambda: count(archive.missing(limit=50)))
    timed("missing, all", lambda: count(archive.missing()))
    timed("xref by directive, first 50 rows", lambda: count(row for row, _ in zip(archive.xref(), range(50), strict=False)))
    timed(
        "xref by document, first 50 rows", lambda: count(r for r, _ in zip(archive.xref(by="document"), range(50), strict=False))
    )
    timed("xref by document, all", lambda: count(archive.xref(by="document")))
    timed("xref by directive, all", lambda: count(archive.xref()))
    timed("status", lambda: archive.status().citations)
    timed("100 more documents entered", lambda: enter(catalogue, range(total, total + 100), total))
    timed("  and linked", lambda: link(catalogue))
    archive.close()


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        main(wanted, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(wanted, Path(place))
