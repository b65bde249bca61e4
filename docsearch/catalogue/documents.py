"""The documents that we hold, each with all that was read in it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docsearch.catalogue import codec
from docsearch.catalogue.database import Database, Row
from docsearch.model import Alias, Anaphor, Card, Citation, Document, Extraction, Findings, Metadata, Page, Unit
from docsearch.notation import number_key

CARD = """
d.id, (SELECT o.id FROM directives o WHERE o.key = d.directive),
    (SELECT f.path FROM files f WHERE f.document = d.key ORDER BY f.path LIMIT 1), d.format, d.doctype, d.number, d.issuer,
    d.issued, d.title
"""
"""The columns of a card, from `documents` as d."""

_CARD = f"SELECT {CARD} FROM documents d"
_CARD_OF = f"{_CARD} WHERE d.id = ?"
_CARDS_OF = f"{_CARD} WHERE d.id IN ({{}})"
_LEAVES = f"SELECT {CARD}, c.text, c.pages, c.units FROM documents d JOIN contents c ON c.document = d.key WHERE d.id IN ({{}})"
_CARD_OF_KEY = f"{_CARD} WHERE d.key = ?"
_CARDS_ALL = f"{_CARD} ORDER BY d.key"
_CARDS_OF_DIRECTIVE = f"{_CARD} JOIN directives g ON g.key = d.directive WHERE g.id = ? ORDER BY d.id"
_CARDS_NUMBER = f"{_CARD} WHERE d.number_key = ? AND d.directive IS NULL ORDER BY d.id"
_CARDS_PREFIX = f"{_CARD} WHERE d.id >= ? AND d.id < ? ORDER BY d.id LIMIT ?"
_KEY = "SELECT key FROM documents WHERE id = ?"
_IDS = "SELECT id FROM documents ORDER BY id"
_STAMPS = "SELECT reading, understanding, name FROM documents WHERE id = ?"
_NAME = "SELECT d.name, (SELECT min(f.path) FROM files f WHERE f.document = d.key) FROM documents d WHERE d.id = ?"
_SOIL = "UPDATE documents SET understanding = '' WHERE id = ?"
_RELEASE = "UPDATE documents SET released = 1 WHERE id = ?"
_KEEP = "UPDATE documents SET released = 0 WHERE id = ?"
_RELEASED = "SELECT id FROM documents WHERE released = 1 ORDER BY key"
_OUTDATED = "SELECT id FROM documents WHERE understanding < ? UNION ALL SELECT id FROM documents WHERE understanding > ?"
_UNREAD = "SELECT count(*) FROM documents WHERE understanding = ''"
_DISTRUST = "UPDATE documents SET reading = '' WHERE id = ?"
_DISTRUST_FILES = "UPDATE files SET settled = 0 WHERE document = (SELECT key FROM documents WHERE id = ?)"
_PUT = """
INSERT INTO documents (id, format, size, length, citations, number, doctype, issuer, issued, title, reading, understanding, name,
    number_key, words, seal)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET format = excluded.format, size = excluded.size, length = excluded.length,
    citations = excluded.citations, number = excluded.number, doctype = excluded.doctype, issuer = excluded.issuer,
    issued = excluded.issued, title = excluded.title, reading = excluded.reading, understanding = excluded.understanding,
    name = excluded.name, number_key = excluded.number_key, words = excluded.words, seal = excluded.seal
RETURNING key
"""
_PUT_CONTENTS = (
    "INSERT OR REPLACE INTO contents (document, text, pages, notes, metadata, units, asides) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_CLEAR_CITATIONS = "DELETE FROM citations WHERE document = ?"
_PUT_CITATION = f"INSERT INTO citations VALUES ({', '.join('?' * 20)})"
_DROP = "DELETE FROM documents WHERE key = ?"
_HELD = "SELECT 1 FROM files WHERE document = ? LIMIT 1"
_DOCUMENT = """
SELECT d.id, (SELECT f.path FROM files f WHERE f.document = d.key ORDER BY f.path LIMIT 1), d.format, d.size, c.text,
    c.pages, c.notes
FROM documents d JOIN contents c ON c.document = d.key WHERE d.id = ?
"""
_READ = (
    "SELECT c.text, c.metadata, c.units, c.asides, d.key FROM documents d JOIN contents c ON c.document = d.key WHERE d.id = ?"
)
_TEXT = "SELECT c.text, c.pages FROM documents d JOIN contents c ON c.document = d.key WHERE d.id = ?"
_CITATION = "SELECT c.* FROM documents d JOIN citations c ON c.document = d.key WHERE d.id = ? AND c.idx = ?"
_METADATA = "SELECT c.metadata FROM documents d JOIN contents c ON c.document = d.key WHERE d.id = ?"
_CITATIONS = "SELECT * FROM citations WHERE document = ? ORDER BY idx"
_ISSUERS = """
WITH RECURSIVE known (issuer) AS (
    SELECT min(issuer) FROM documents
    UNION ALL SELECT (SELECT min(d.issuer) FROM documents d WHERE d.issuer > known.issuer) FROM known WHERE issuer IS NOT NULL
)
SELECT issuer FROM known WHERE issuer IS NOT NULL
"""
_UNITS = "SELECT c.units FROM documents d JOIN contents c ON c.document = d.key WHERE d.id = ?"
SEALED = 10  # columns from `id` to `title`, and `number_key`; what read them and when is not sealed
_SEALED = """
SELECT d.key, d.seal, d.id, d.format, d.size, d.length, d.citations, d.number, d.doctype, d.issuer, d.issued, d.title,
    d.number_key, c.text, c.pages, c.notes, c.metadata, c.units, c.asides
FROM documents d JOIN contents c ON c.document = d.key
"""
_SEALED_ALL = f"{_SEALED} ORDER BY d.key"
_UNSEALED = f"{_SEALED} WHERE d.seal IS NULL ORDER BY d.key LIMIT ?"
_CITATION_ROWS = "SELECT * FROM citations WHERE document = ? ORDER BY idx"
_SEAL = "UPDATE documents SET seal = ?, words = ? WHERE key = ?"
_WORDS = "SELECT words FROM documents WHERE id = ?"
_NOTES = "SELECT c.notes FROM documents d JOIN contents c ON c.document = d.key WHERE d.id = ?"
_TOTALS = "SELECT count(*), coalesce(sum(length), 0), coalesce(sum(citations), 0) FROM documents"
_DOCTYPES = "SELECT coalesce(doctype, ''), count(*) FROM documents GROUP BY doctype ORDER BY count(*) DESC, doctype"


@dataclass(frozen=True, slots=True)
class Aside:
    """What a text says around its citations, packed as one."""

    anaphora: tuple[Anaphor, ...] = ()
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamps:
    """By which versions a document was read and understood, and under which file name."""

    reading: str
    understanding: str
    name: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a page of results shows of a document: its card, and for its fragments the text with its pages and parts."""

    card: Card
    text: str
    pages: Sequence[Page]
    units: Sequence[Unit]


@dataclass(frozen=True, slots=True)
class Packed:
    """A document with its extraction, made ready for its rows; packing is most of the work and needs no database."""

    id: str
    columns: tuple[object, ...]
    contents: tuple[bytes, ...]
    citations: tuple[tuple[object, ...], ...]


def pack_document(document: Document, extraction: Extraction, stamps: Stamps) -> Packed:
    """The rows of a document."""
    facts, findings = extraction.metadata, extraction.findings
    own = (fact and fact.value for fact in (facts.number, facts.doctype, facts.issuer, facts.issued, facts.title))
    columns = (
        document.id, document.format, document.size, len(document.text), len(findings.citations), *own, stamps.reading,
        stamps.understanding, stamps.name, number_key(facts.number.value) if facts.number else None,
    )  # fmt: skip
    contents = (
        codec.pack_text(document.text), codec.pack(document.pages), codec.pack(document.notes), codec.pack(facts),
        codec.pack(extraction.units), codec.pack(Aside(findings.anaphora, findings.aliases)),
    )  # fmt: skip
    citations = tuple(map(codec.write_citation, findings.citations))
    seal = codec.seal(columns[:SEALED] + columns[-1:], contents, citations)
    return Packed(document.id, (*columns, codec.words_key(document.text), seal), contents, citations)


class Documents:
    """The tables `documents`, `contents` and `citations`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # writing

    def put(self, packed: Packed) -> int:
        """Add a document or write it anew; its key."""
        key = int(self._database.value(_PUT, packed.columns))
        self._database.run(_PUT_CONTENTS, (key, *packed.contents))
        self._database.run(_CLEAR_CITATIONS, (key,))
        self._database.run_many(_PUT_CITATION, ((key, index, *row) for index, row in enumerate(packed.citations)))
        return key

    def drop(self, key: int) -> None:
        """Take a document out with all that hangs on it."""
        self._database.run(_DROP, (key,))

    def check_name(self, document: str) -> None:
        """Ask that a document be understood again if the first of its files has another name than the one it was read under.

        The first in the order of paths, not of arrival: the answer must not depend on which file came first.
        """
        row = self._database.row(_NAME, (document,))
        if row and row[1] is not None and codec.file_name(row[1]) != row[0]:
            self._database.run(_SOIL, (document,))

    def misread(self, document: str) -> None:
        """Ask that its text be understood again."""
        self._database.run(_SOIL, (document,))

    def distrust(self, document: str) -> None:
        """Ask that its files be read again, or, where they cannot be, its text be understood again."""
        self.misread(document)
        self._database.run(_DISTRUST, (document,))
        self._database.run(_DISTRUST_FILES, (document,))

    def release(self, document: str) -> None:
        """A file let go of a document."""
        self._database.run(_RELEASE, (document,))

    def keep(self, document: str) -> None:
        """It stays: some file holds it."""
        self._database.run(_KEEP, (document,))

    def seal(self, limit: int) -> int:
        """Seal as they are some documents that were entered before there were seals; how many."""
        rows = self._database.all(_UNSEALED, (limit,))
        for row in rows:
            self._database.run(_SEAL, (self._seal_of(row), codec.words_key(codec.unpack_text(row[13])), row[0]))
        return len(rows)

    def _seal_of(self, row: Row) -> str:
        citations = [found[2:] for found in self._database.all(_CITATION_ROWS, (row[0],))]
        return codec.seal(row[2:13], row[13:], citations)

    # asking

    def altered(self) -> Iterator[str]:
        """The ids of the documents that are no longer what was written; reads them all."""
        for row in self._database.rows(_SEALED_ALL):
            if row[1] is not None and self._seal_of(row) != row[1]:
                yield row[2]

    def is_legible(self, document: str) -> bool:
        """Whether its text can be read back: it is deflated, and that has a checksum."""
        try:
            self.text(document)
        except (ValueError, zlib.error):
            return False
        return True

    def words(self, document: str) -> str | None:
        """What stands for all the words of its text, in whatever order."""
        value = self._database.value(_WORDS, (document,))
        return None if value is None else str(value)

    def notes(self, document: str) -> tuple[str, ...]:
        """What its reader noted."""
        data = self._database.value(_NOTES, (document,))
        return () if data is None else codec.unpack_many(str, data)

    def released(self) -> tuple[str, ...]:
        """The ids of documents that some file let go of, and of which it is not settled whether another holds them."""
        return tuple(row[0] for row in self._database.all(_RELEASED))

    def key(self, document: str) -> int | None:
        """The key of an id."""
        value = self._database.value(_KEY, (document,))
        return None if value is None else int(value)

    def is_held(self, key: int) -> bool:
        """Does any file hold it?"""
        return self._database.value(_HELD, (key,)) is not None

    def stamps(self, document: str) -> Stamps | None:
        """By which versions it was read; ``None`` where it is not known."""
        row = self._database.row(_STAMPS, (document,))
        return Stamps(*row) if row else None

    def outdated(self, understanding: str) -> tuple[str, ...]:
        """The ids of the documents that another version of the columns read."""
        return tuple(row[0] for row in self._database.rows(_OUTDATED, (understanding, understanding)))

    def unread(self) -> int:
        """How many texts wait for the columns."""
        return int(self._database.value(_UNREAD))

    def ids(self) -> Iterator[str]:
        """Every id, in order."""
        return (row[0] for row in self._database.rows(_IDS))

    def document(self, document: str) -> Document | None:
        """The document with its text."""
        row = self._database.row(_DOCUMENT, (document,))
        if row is None:
            return None
        return Document(
            id=row[0], path=codec.show_path(row[1] or ""), format=row[2], size=row[3], text=codec.unpack_text(row[4]),
            pages=codec.unpack_many(Page, row[5]), notes=codec.unpack_many(str, row[6]),
        )  # fmt: skip

    def extraction(self, document: str) -> Extraction | None:
        """All that was read in it."""
        row = self._database.row(_READ, (document,))
        if row is None:
            return None
        text, aside = codec.unpack_text(row[0]), codec.unpack(Aside, row[3])
        findings = Findings(citations=self.citations(row[4], text), anaphora=aside.anaphora, aliases=aside.aliases)
        metadata, units = codec.unpack(Metadata, row[1]), codec.unpack_many(Unit, row[2])
        return Extraction(text=text, metadata=metadata, units=units, findings=findings)

    def text(self, document: str) -> tuple[str, tuple[Page, ...]]:
        """Its text, and where its pages stand in it."""
        row = self._database.row(_TEXT, (document,))
        return (codec.unpack_text(row[0]), codec.unpack_many(Page, row[1])) if row else ("", ())

    def citation(self, document: str, index: int, text: str) -> Citation | None:
        """One of its citations."""
        row = self._database.row(_CITATION, (document, index))
        return codec.read_citation(row[2:], text) if row else None

    def metadata(self, document: str) -> Metadata | None:
        """What it says of itself."""
        data = self._database.value(_METADATA, (document,))
        return None if data is None else codec.unpack(Metadata, data)

    def citations(self, key: int, text: str = "") -> tuple[Citation, ...]:
        """Its citations in text order; without the text, their own words are left empty."""
        return tuple(codec.read_citation(row[2:], text) for row in self._database.all(_CITATIONS, (key,)))

    def card(self, document: str) -> Card | None:
        """The facts that a list shows."""
        row = self._database.row(_CARD_OF, (document,))
        return read_card(row) if row else None

    def cards_of(self, documents: Sequence[str]) -> dict[str, Card]:
        """The cards of these documents, by id; one that is gone since is left out.  At most 1,000 at once."""
        rows = self._database.all(_CARDS_OF.format(_marks(documents)), documents)
        return {row[0]: read_card(row) for row in rows}

    def leaves(self, documents: Sequence[str]) -> dict[str, Leaf]:
        """The same with their texts."""
        rows = self._database.all(_LEAVES.format(_marks(documents)), documents)
        return {row[0]: _read_leaf(row) for row in rows}

    def cards(self) -> Iterator[Card]:
        """The cards of all documents, in order of arrival."""
        return map(read_card, self._database.rows(_CARDS_ALL))

    def cards_of_directive(self, directive: str) -> tuple[Card, ...]:
        """The documents that embody it."""
        return tuple(map(read_card, self._database.rows(_CARDS_OF_DIRECTIVE, (directive,))))

    def cards_by_number(self, key: str) -> tuple[Card, ...]:
        """The documents that bear a number (its key) and are not known to be any one directive."""
        return tuple(map(read_card, self._database.rows(_CARDS_NUMBER, (key,))))

    def cards_by_prefix(self, prefix: str, limit: int) -> tuple[Card, ...]:
        """The documents whose id begins so."""
        return tuple(map(read_card, self._database.rows(_CARDS_PREFIX, (prefix, prefix + "g", limit))))

    def totals(self) -> tuple[int, int, int]:
        """Documents, characters, citations."""
        row = self._database.row(_TOTALS) or (0, 0, 0)
        return int(row[0]), int(row[1]), int(row[2])

    def issuers(self) -> list[str]:
        """Each office that issued a document, once, in order: a step in the index for each, however many documents it has."""
        return [row[0] for row in self._database.all(_ISSUERS)]

    def units(self, document: str) -> tuple[Unit, ...]:
        """Its outline."""
        data = self._database.value(_UNITS, (document,))
        return () if data is None else codec.unpack_many(Unit, data)

    def doctypes(self) -> dict[str, int]:
        """How many documents of each type, most first; "" where none is known."""
        return {row[0]: row[1] for row in self._database.rows(_DOCTYPES)}


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _read_leaf(row: Row) -> Leaf:
    text, pages, units = row[-3:]
    return Leaf(read_card(row), codec.unpack_text(text), codec.Unpacked(Page, pages), codec.Unpacked(Unit, units))


def read_card(row: Row) -> Card:
    """The card of its columns."""
    return Card(
        document=row[0], directive=row[1], path=codec.show_path(row[2] or ""), format=row[3], doctype=row[4], number=row[5],
        issuer=row[6], issued=row[7], title=row[8],
    )  # fmt: skip
