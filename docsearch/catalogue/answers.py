"""Questions to the graph: which directive is meant, who cites it, what is missing, the cross-reference listing.

Each answer comes in a fixed order and as it is read, so that the first page costs a page and an export no memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from docsearch.catalogue import codec
from docsearch.catalogue.database import Database, Row
from docsearch.catalogue.documents import CARD, read_card
from docsearch.model import Card, Directive, Edge, Link, ValidityState, XrefRow

_DIRECTIVE = (
    "SELECT g.id, g.doctype, g.number, g.name, g.issued, g.office, g.place, g.title, g.flags, g.key, g.held FROM directives g"
)
_BY_ID = f"{_DIRECTIVE} WHERE g.id = ?"
_BY_NUMBER = f"{_DIRECTIVE} WHERE g.number_key = ? ORDER BY g.held DESC, g.citing DESC, g.id LIMIT ?"
_BY_ORDINAL = f"{_DIRECTIVE} WHERE g.ordinal = ? ORDER BY g.held DESC, g.citing DESC, g.id"
_BY_ID_START = f"{_DIRECTIVE} WHERE g.id >= ? AND g.id < ? ORDER BY g.held DESC, g.citing DESC, g.id LIMIT ?"
_BY_NAME = f"{_DIRECTIVE} WHERE g.name_key >= ? AND g.name_key < ? ORDER BY g.held DESC, g.citing DESC, g.id LIMIT ?"
_DOCUMENTS = "SELECT d.id FROM links l JOIN documents d ON d.key = l.document WHERE l.directive = ? AND l.idx < 0 ORDER BY d.id"
_CITING = """
SELECT d.id, l.idx, l.state, l.candidates, l.certainty, l.reasons FROM directives g
JOIN links l ON l.directive = g.key AND l.idx >= 0 JOIN documents d ON d.key = l.document
WHERE g.id = ? ORDER BY l.dated DESC, l.document, l.idx LIMIT ? OFFSET ?
"""
_LINKS = """
SELECT l.idx, g.id, l.state, l.candidates, l.certainty, l.reasons FROM links l LEFT JOIN directives g ON g.key = l.directive
JOIN documents d ON d.key = l.document WHERE d.id = ? ORDER BY l.idx
"""
_LINKED = f"{_DIRECTIVE} WHERE g.key IN (SELECT l.directive FROM links l JOIN documents d ON d.key = l.document WHERE d.id = ?)"
_MISSING = """
SELECT g.id, g.doctype, g.number, g.name, g.issued, g.office, g.place, g.title, g.flags, g.key, g.held, g.citing, g.cited
FROM directives g WHERE g.held = 0 AND g.citing > 0 ORDER BY g.citing DESC, g.cited DESC, g.id LIMIT ? OFFSET ?
"""
_CITING_DOCUMENTS = """
SELECT DISTINCT d.id FROM directives g JOIN links l ON l.directive = g.key AND l.idx >= 0 JOIN documents d ON d.key = l.document
WHERE g.id = ?
"""
_CITING_CARDS = f"""
SELECT DISTINCT {CARD}, l.dated, l.document FROM directives g JOIN links l ON l.directive = g.key AND l.idx >= 0
JOIN documents d ON d.key = l.document WHERE g.id = ? ORDER BY l.dated DESC, l.document LIMIT ?
"""
_EDGE = """
SELECT s.id, t.id, e.relation, d.id, e.idx, e.partial FROM edges e LEFT JOIN directives s ON s.key = e.source
JOIN directives t ON t.key = e.target JOIN documents d ON d.key = e.document
"""
_EDGES_FROM = f"{_EDGE} WHERE s.id = ? ORDER BY d.id, e.idx, e.seq LIMIT ?"
_EDGES_TO = f"{_EDGE} WHERE e.target = ? AND e.relation = ? ORDER BY e.dated DESC, e.document, e.idx, e.seq LIMIT ?"
_TIMES_CITED = "SELECT citing, cited FROM directives WHERE id = ?"
_KEY = "SELECT key FROM directives WHERE id = ?"
_ENDED = """
SELECT d.id, max(CASE WHEN e.relation = 'suspends' THEN 2 WHEN e.relation <> 'amends' AND e.partial = 0 THEN 3 ELSE 1 END)
FROM edges e JOIN directives s ON s.key = e.source JOIN documents d ON d.directive = e.target
WHERE e.relation IN ('replaces', 'repeals', 'amends', 'suspends') AND (e.relation <> 'suspends' OR e.partial = 0)
    AND s.issued <= ?
GROUP BY d.id
"""
_STATE_OF: Final[dict[int, ValidityState]] = {3: "expired", 2: "suspended", 1: "partly_expired"}
_ISSUED_AFTER = "SELECT id FROM documents WHERE issued > ? ORDER BY issued, key"
_NUMBERS_FROM = """
SELECT number, coalesce(title, '') FROM directives WHERE number_key >= ? AND number_key < ?
GROUP BY number_key ORDER BY max(held) DESC, max(citing) DESC, number_key LIMIT ?
"""
_SAME_BYTES = """
SELECT d.id FROM documents d WHERE d.key IN (SELECT document FROM files GROUP BY document HAVING count(*) > 1) ORDER BY d.id
"""
_SAME_WORDS = "SELECT words FROM documents WHERE words IS NOT NULL GROUP BY words HAVING count(*) > 1 ORDER BY words"
_OF_WORDS = "SELECT id FROM documents WHERE words = ? ORDER BY id"
_HELD_TWICE = f"{_DIRECTIVE} WHERE g.held > 1 ORDER BY g.id"
# A draft bears no number yet; its type, office and subject are those of the paper that it became.
_DRAFTS = """
SELECT DISTINCT g.id, d.id
FROM documents d JOIN documents o ON o.title = d.title AND o.doctype IS d.doctype AND o.issuer IS d.issuer
JOIN directives g ON g.key = o.directive
WHERE d.number IS NULL AND d.title IS NOT NULL AND o.number IS NOT NULL
"""
_ALL_DRAFTS = f"{_DRAFTS} ORDER BY g.id, d.id"
_DRAFTS_OF = f"{_DRAFTS} AND g.id = ? ORDER BY d.id"
_COUNTS = "SELECT count(*), count(*) FILTER (WHERE held = 0 AND citing > 0) FROM directives"
_STATES = "SELECT state, count(*) FROM links WHERE idx >= 0 GROUP BY state"
# What a directive is called in a row of the listing is its own number, so that two ways of writing it are one row.
_XREF = """
SELECT l.document, l.directive, coalesce(g.number, g.name, c.number, c.name, ''), l.state, c.relation
FROM links l JOIN citations c ON c.document = l.document AND c.idx = l.idx LEFT JOIN directives g ON g.key = l.directive
"""
_XREF_OF_DOCUMENT = f"{_XREF} WHERE l.document = ? AND l.idx >= 0 ORDER BY l.idx"
_XREF_OF_DIRECTIVE = f"{_XREF} WHERE l.directive IS ? AND l.idx >= 0 ORDER BY l.dated DESC, l.document, l.idx"
_CARD_OF_KEY = f"SELECT {CARD} FROM documents d WHERE d.key = ?"
_DOCUMENT_KEYS = "SELECT key FROM documents ORDER BY key"
_CITED_KEYS = "SELECT key FROM directives WHERE citing > 0 ORDER BY citing DESC, id"
_BY_KEY = f"{_DIRECTIVE} WHERE g.key = ?"

REMEMBERED = 10_000  # directives of a listing: the most cited come again and again
LAST = "\U0010ffff"  # sorts behind every letter


class Answers:
    """The graph as it is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- directives ---

    def directive(self, id: str) -> Directive | None:
        """The directive of an id."""
        row = self._database.row(_BY_ID, (id,))
        return self._directive(row) if row else None

    def by_number(self, key: str, limit: int) -> tuple[Directive, ...]:
        """The directives whose number has this key (`DocNumber.key`), held ones first."""
        return self._directives(_BY_NUMBER, (key, limit))

    def by_ordinal(self, ordinal: str) -> tuple[Directive, ...]:
        """The directives whose number begins with this ordinal, held ones first."""
        return self._directives(_BY_ORDINAL, (ordinal,))

    def by_id_start(self, start: str, limit: int) -> tuple[Directive, ...]:
        """The directives whose id begins so, held ones first."""
        return self._directives(_BY_ID_START, (start, start + LAST, limit))

    def by_name(self, folded: str, limit: int) -> tuple[Directive, ...]:
        """The directives whose folded name begins so, held ones first."""
        return self._directives(_BY_NAME, (folded, folded + LAST, limit))

    def numbers_from(self, start: str, limit: int) -> tuple[tuple[str, str], ...]:
        """The numbers whose key begins so, each once, with the title of one that bears it; held ones first."""
        return tuple((row[0], row[1]) for row in self._database.rows(_NUMBERS_FROM, (start, start + LAST, limit)))

    def linked(self, document: str) -> dict[str, Directive]:
        """The directives that a document's links name, by id; `documents` of each is left empty."""
        return {row[0]: codec.read_directive(row, ()) for row in self._database.rows(_LINKED, (document,))}

    def counts(self) -> tuple[int, int]:
        """How many directives are known, and how many of them are cited but not held."""
        row = self._database.row(_COUNTS) or (0, 0)
        return int(row[0]), int(row[1])

    def _directives(self, statement: str, parameters: Sequence[object]) -> tuple[Directive, ...]:
        return tuple(map(self._directive, self._database.all(statement, parameters)))

    def _directive(self, row: Row) -> Directive:
        documents = self._database.all(_DOCUMENTS, (row[9],)) if row[10] else ()
        return codec.read_directive(row, tuple(found[0] for found in documents))

    # --- the same thing twice ---

    def same_bytes(self) -> Iterator[str]:
        """The documents that more than one file holds."""
        return (row[0] for row in self._database.rows(_SAME_BYTES))

    def same_words(self) -> Iterator[tuple[str, ...]]:
        """The documents whose texts have the same words, group by group."""
        for (words,) in self._database.rows(_SAME_WORDS):
            yield tuple(row[0] for row in self._database.all(_OF_WORDS, (words,)))

    def held_twice(self) -> Iterator[Directive]:
        """The directives that more than one document embodies."""
        return map(self._directive, self._database.rows(_HELD_TWICE))

    def drafts(self, directive: str | None = None) -> Iterator[tuple[str, str]]:
        """A directive with a document without a number that has its type, office and subject, for all directives or one."""
        found = self._database.rows(_DRAFTS_OF, (directive,)) if directive else self._database.rows(_ALL_DRAFTS)
        return ((row[0], row[1]) for row in found)

    # --- links ---

    def links(self, document: str) -> dict[int, Link]:
        """A document's links by citation index, its own identity at -1."""
        rows = self._database.rows(_LINKS, (document,))
        return {row[0]: codec.read_link(document, row[0], row[1], row[2:]) for row in rows}

    def citing(self, directive: str, limit: int, offset: int) -> Iterator[Link]:
        """The links to a directive, newest document first; `limit` -1 is all."""
        rows = self._database.rows(_CITING, (directive, limit, offset))
        return (codec.read_link(row[0], row[1], directive, row[2:]) for row in rows)

    def times_cited(self, directive: str) -> tuple[int, int]:
        """By how many documents a directive is cited, and in how many places."""
        row = self._database.row(_TIMES_CITED, (directive,)) or (0, 0)
        return int(row[0]), int(row[1])

    def citing_documents(self, directive: str) -> Iterator[str]:
        """The ids of the documents that cite a directive."""
        return (row[0] for row in self._database.rows(_CITING_DOCUMENTS, (directive,)))

    def citing_cards(self, directive: str, limit: int) -> tuple[Card, ...]:
        """The cards of the newest documents that cite a directive."""
        return tuple(map(read_card, self._database.rows(_CITING_CARDS, (directive, limit))))

    def cited(self, document: str) -> tuple[str, ...]:
        """The ids of the directives that a document cites."""
        return tuple(
            dict.fromkeys(link.directive for link in self.links(document).values() if link.directive and link.index >= 0)
        )

    def states(self) -> dict[str, int]:
        """How many links of each state."""
        return dict(self._database.rows(_STATES))

    def missing(self, limit: int, offset: int) -> Iterator[tuple[Directive, int, int]]:
        """What is cited but not held, most cited first: the directive, documents that cite it, places; `limit` -1 is all."""
        for row in self._database.rows(_MISSING, (limit, offset)):
            yield codec.read_directive(row, ()), row[11], row[12]

    # --- edges and the whole listing ---

    def edges_from(self, directive: str, limit: int = -1) -> tuple[Edge, ...]:
        """What a directive does to others."""
        return tuple(map(_edge, self._database.rows(_EDGES_FROM, (directive, limit))))

    def edges_to(self, directive: str, relations: Sequence[str], limit: int = -1) -> tuple[Edge, ...]:
        """What others do to a directive by these relations, in their order, newest saying document first; `limit` of each."""
        key = self._database.value(_KEY, (directive,))
        rows = (row for relation in relations for row in self._database.rows(_EDGES_TO, (key, relation, limit)))
        return tuple(map(_edge, rows))

    def ended(self, on: str) -> Iterator[tuple[str, ValidityState]]:
        """The documents that an act dated not later than `on` ends, suspends or changes: the id and the state that follows."""
        return ((row[0], _STATE_OF[row[1]]) for row in self._database.rows(_ENDED, (on,)))

    def issued_after(self, on: str) -> tuple[str, ...]:
        """The ids of the documents that bear a later date than `on`."""
        return tuple(row[0] for row in self._database.rows(_ISSUED_AFTER, (on,)))

    def xref_by_document(self) -> Iterator[XrefRow]:
        """The cross-references grouped by citing document, in order of arrival."""
        directive = lru_cache(REMEMBERED)(self._by_key)
        for (key,) in self._database.rows(_DOCUMENT_KEYS):
            yield from self._xref_rows(_XREF_OF_DOCUMENT, key, directive)

    def xref_by_directive(self) -> Iterator[XrefRow]:
        """The same grouped by cited directive, most cited first; what is linked to none comes last."""
        directive = lru_cache(1)(self._by_key)
        for (key,) in self._database.rows(_CITED_KEYS):
            yield from self._xref_rows(_XREF_OF_DIRECTIVE, key, directive)
        yield from self._xref_rows(_XREF_OF_DIRECTIVE, None, directive)

    def _xref_rows(
        self, statement: str, key: int | None, directive: Callable[[int | None], Directive | None]
    ) -> Iterator[XrefRow]:
        """The rows of each document as they come, those that say the same counted together."""
        for document, group in groupby(self._database.rows(statement, (key,)), key=itemgetter(0)):
            card = read_card(self._database.row(_CARD_OF_KEY, (document,)) or ())
            times: Counter[Row] = Counter(row[1:] for row in group)
            for (target, cited_as, state, relation), count in times.items():
                yield XrefRow(
                    citing=card, directive=directive(target), cited_as=cited_as, state=state, relation=relation, times=count
                )  # fmt: skip

    def _by_key(self, key: int | None) -> Directive | None:
        row = None if key is None else self._database.row(_BY_KEY, (key,))
        return self._directive(row) if row else None


def _edge(row: Row) -> Edge:
    return Edge(source=row[0], target=row[1], relation=row[2], asserted_by=row[3], index=row[4], partial=bool(row[5]))
