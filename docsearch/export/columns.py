"""What a list of results says of each: what a register of papers says (Nghị định 30/2020/NĐ-CP, Phụ lục IV), and where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docsearch.model import Hit

COLUMNS = ("number", "issued", "doctype", "title", "issuer", "directive", "path", "document", "match")
SHOWN = ("number", "issued", "doctype", "title", "issuer", "path")
"""The columns of a list for people."""

Row = dict[str, str]


def rows(hits: Iterable[Hit]) -> Iterator[Row]:
    """One row a hit under `COLUMNS`; "" where nothing is known."""
    for hit in hits:
        card = hit.card
        yield {
            "number": card.number or "",
            "issued": card.issued or "",
            "doctype": card.doctype or "",
            "title": card.title or "",
            "issuer": card.issuer or "",
            "directive": card.directive or "",
            "path": card.path,
            "document": card.document,
            "match": hit.match,
        }
