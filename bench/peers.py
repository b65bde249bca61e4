"""The peers of the search race, each used as its own documentation does: raw tantivy-py, SQLite FTS5, Xapian, Whoosh.

All do one job over the same texts: index the words as written and folded, answer "all these words" or a phrase exactly
where marks were typed and folded where none were, with the ten best, a fragment of each with the words marked, how many
there are in all, and how many of each type, issuer and year.
"""

from __future__ import annotations

import importlib
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import tantivy

from docsearch.vietnamese import fold, is_marked

FACETS = ("doctype", "issuer", "year")
TEN = 10
WIDTH = 200  # characters of a fragment


@dataclass(frozen=True, slots=True)
class Paper:
    """One text of the race, `text` with its title as the first line, and the facts to count by."""

    id: str
    title: str
    text: str
    number: str
    doctype: str
    issuer: str
    issued: str

    @property
    def year(self) -> int:
        return int(self.issued[:4])


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: how many in all, the fragments, the counts."""

    total: int
    fragments: tuple[str, ...] = ()
    facets: dict[str, dict[str, int]] | None = None


class Peer(Protocol):
    """One search library over one folder."""

    def write(self, papers: Iterable[Paper]) -> None:
        """Take in all papers; they can be found afterwards."""

    def open(self) -> None:
        """Make ready to be asked."""

    def ask(self, typed: str, *, full: bool = True) -> Page:
        """The ten best; with fragments and counts where `full`."""


# --- raw tantivy ------------------------------------------------------------------------------------------------------


class Tantivy:
    """tantivy-py: two fields of words, cut and folded in Rust; the text stored for its `SnippetGenerator`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _index(self) -> tantivy.Index:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", stored=True, tokenizer_name="lower")
        builder.add_text_field("folded", tokenizer_name="fold")
        for field in ("doctype", "issuer"):
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_integer_field("year", fast=True, indexed=True)
        self._schema = builder.build()
        self._folder.mkdir(exist_ok=True)
        index = tantivy.Index(self._schema, str(self._folder))
        lower = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        index.register_tokenizer("lower", lower.build())
        lower = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        index.register_tokenizer("fold", lower.filter(tantivy.Filter.ascii_fold()).build())
        return index

    def write(self, papers: Iterable[Paper]) -> None:
        writer = self._index().writer(96_000_000, 1)
        for paper in papers:
            document = tantivy.Document()
            document.add_text("id", paper.id)
            document.add_text("text", paper.text)
            document.add_text("folded", paper.text)
            document.add_text("doctype", paper.doctype)
            document.add_text("issuer", paper.issuer)
            document.add_integer("year", paper.year)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._opened = self._index()
        self._opened.reload()
        self._searcher = self._opened.searcher()

    def ask(self, typed: str, *, full: bool = True) -> Page:
        field = "text" if is_marked(typed) else "folded"
        query = self._opened.parse_query(typed, [field], conjunction_by_default=True)
        found = self._searcher.search(query, TEN)
        documents = [self._searcher.doc(address) for _, address in found.hits]
        total = int(found.count)  # type: ignore[attr-defined]  # its stub forgets it
        if not full:
            return Page(total)
        return Page(total, tuple(self._fragments(query, field, documents)), self._counts(query))

    def _fragments(self, query: tantivy.Query, field: str, documents: list[tantivy.Document]) -> Iterable[str]:
        generator = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, field)
        generator.set_max_num_chars(WIDTH)
        for document in documents:
            if field == "folded":
                document.add_text("folded", str(document.get_first("text")))
            yield generator.snippet_from_doc(document).to_html()

    def _counts(self, query: tantivy.Query) -> dict[str, dict[str, int]]:
        found = self._searcher.aggregate(query, {name: {"terms": {"field": name, "size": 1000}} for name in FACETS})
        return {
            name: {str(bucket["key"]).removesuffix(".0"): bucket["doc_count"] for bucket in found[name]["buckets"]}
            for name in FACETS
        }


# --- SQLite FTS5 ------------------------------------------------------------------------------------------------------


class Fts5:
    """SQLite: one table of words as written, one of folded words (its own folding leaves đ), the facts in a third."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, papers: Iterable[Paper]) -> None:
        self._folder.mkdir()
        database = sqlite3.connect(self._folder / "fts5.db")
        for name in ("exact", "folded"):
            database.execute(f"CREATE VIRTUAL TABLE {name} USING fts5 (text, tokenize='unicode61 remove_diacritics 0')")
        database.execute("CREATE TABLE facts (row INTEGER PRIMARY KEY, id TEXT, doctype TEXT, issuer TEXT, year TEXT)")
        with database:
            for row, paper in enumerate(papers, 1):
                database.execute("INSERT INTO exact (rowid, text) VALUES (?, ?)", (row, paper.text))
                database.execute("INSERT INTO folded (rowid, text) VALUES (?, ?)", (row, fold(paper.text)))
                facts = (row, paper.id, paper.doctype, paper.issuer, str(paper.year))
                database.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", facts)
        database.close()

    def open(self) -> None:
        self._database = sqlite3.connect(self._folder / "fts5.db")
        self._database.execute("PRAGMA mmap_size = 4000000000")

    def ask(self, typed: str, *, full: bool = True) -> Page:
        table = "exact" if is_marked(typed) else "folded"
        quoted = typed if typed.startswith('"') else " ".join(f'"{word}"' for word in typed.split())
        if not full:
            ten = f"SELECT f.id FROM {table} t JOIN facts f ON f.row = t.rowid WHERE {table} MATCH ? ORDER BY rank LIMIT {TEN}"
            self._database.execute(ten, (quoted,)).fetchall()
            return Page(
                int(self._database.execute(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (quoted,)).fetchone()[0])
            )
        ten = f"SELECT rowid, snippet({table}, 0, '[', ']', '…', 40) FROM {table} WHERE {table} MATCH ? ORDER BY rank LIMIT {TEN}"
        fragments = tuple(row[1] for row in self._database.execute(ten, (quoted,)))
        counts = {name: dict[str, int]() for name in FACETS}
        for name, value, count in self._database.execute(_FTS5_COUNTS.format(table), (quoted,)):
            counts[name][value] = count
        return Page(sum(counts["year"].values()), fragments, counts)


_FTS5_COUNTS = "WITH hits AS MATERIALIZED (SELECT rowid FROM {0} WHERE {0} MATCH ?)" + " UNION ALL ".join(
    f" SELECT '{name}', {name}, count(*) FROM facts WHERE row IN (SELECT rowid FROM hits) GROUP BY {name}" for name in FACETS
)


# --- Xapian -----------------------------------------------------------------------------------------------------------


def _xapian() -> Any:
    """Its binding is a package of the system (python3-xapian), not of the package index."""
    place = "/usr/lib/python3/dist-packages"
    sys.path.append(place)
    try:
        return importlib.import_module("xapian")
    finally:
        sys.path.remove(place)


class Xapian:
    """Xapian: words as written, folded ones under the prefix F, values to count by, the text as data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._xapian = _xapian()

    def write(self, papers: Iterable[Paper]) -> None:
        database = self._xapian.WritableDatabase(str(self._folder), self._xapian.DB_CREATE_OR_OPEN)
        cutter = self._xapian.TermGenerator()
        for paper in papers:
            document = self._xapian.Document()
            cutter.set_document(document)
            cutter.set_termpos(0)
            cutter.index_text(paper.text)
            cutter.set_termpos(0)
            cutter.index_text(fold(paper.text), 1, "F")
            for slot, name in enumerate(FACETS):
                document.add_value(slot, str(getattr(paper, name)))
            document.set_data(paper.text)
            database.add_document(document)
        database.commit()
        database.close()

    def open(self) -> None:
        self._database = self._xapian.Database(str(self._folder))
        self._readers = {}
        for prefix in ("", "F"):
            reader = self._xapian.QueryParser()
            reader.set_database(self._database)
            reader.set_default_op(self._xapian.Query.OP_AND)
            reader.add_prefix("", prefix)
            self._readers[prefix] = reader

    def ask(self, typed: str, *, full: bool = True) -> Page:
        marked = is_marked(typed)
        query = self._readers["" if marked else "F"].parse_query(typed, self._xapian.QueryParser.FLAG_PHRASE)
        enquire = self._xapian.Enquire(self._database)
        enquire.set_query(query)
        spies = [self._xapian.ValueCountMatchSpy(slot) for slot in range(len(FACETS))] if full else []
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, TEN, self._database.get_doccount())
        texts = [hit.document.get_data().decode() for hit in found]
        total = int(found.get_matches_estimated())
        if not full:
            return Page(total)
        # It marks terms without their prefix only, so a folded query is shown in the folded text.
        fragments = tuple(found.snippet(text if marked else fold(text), WIDTH).decode() for text in texts)
        counts = (((item.term.decode(), item.termfreq) for item in spy.values()) for spy in spies)
        return Page(total, fragments, {name: dict(pairs) for name, pairs in zip(FACETS, counts, strict=True)})


# --- Whoosh -----------------------------------------------------------------------------------------------------------


class Whoosh:
    """Whoosh: two fields of words, one through its own table of accents; its highlighter; counts by its facets."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, papers: Iterable[Paper]) -> None:
        from whoosh import analysis, fields, index
        from whoosh.support.charset import accent_map

        words = analysis.RegexTokenizer() | analysis.LowercaseFilter()
        schema = fields.Schema(
            id=fields.ID(stored=True), text=fields.TEXT(analyzer=words, stored=True),
            folded=fields.TEXT(analyzer=words | analysis.CharsetFilter(accent_map)),
            **{name: fields.ID(sortable=True) for name in FACETS},
        )  # fmt: skip
        self._folder.mkdir()
        writer = index.create_in(str(self._folder), schema).writer(limitmb=256)
        for paper in papers:
            facts = {name: str(getattr(paper, name)) for name in FACETS}
            writer.add_document(id=paper.id, text=paper.text, folded=paper.text, **facts)
        writer.commit()

    def open(self) -> None:
        from whoosh import index, qparser

        self._searcher = index.open_dir(str(self._folder)).searcher()
        self._readers = {name: qparser.QueryParser(name, self._searcher.schema) for name in ("text", "folded")}

    def ask(self, typed: str, *, full: bool = True) -> Page:
        from whoosh import sorting

        field = "text" if is_marked(typed) else "folded"
        kinds = {name: sorting.FieldFacet(name, maptype=sorting.Count) for name in FACETS} if full else None
        found = self._searcher.search(self._readers[field].parse(typed), limit=TEN, groupedby=kinds)
        if not full:
            return Page(len(found))
        fragments = tuple(hit.highlights(field, text=hit["text"], top=1) for hit in found)
        return Page(len(found), fragments, {name: dict(Counter(found.groups(name))) for name in FACETS})


PEERS: dict[str, Callable[[Path], Peer]] = {"tantivy": Tantivy, "FTS5": Fts5, "Xapian": Xapian, "Whoosh": Whoosh}
