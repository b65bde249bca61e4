"""The engine `whoosh`: pure Python, for machines without a compiled wheel; it answers as tantivy does, only slower."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, matching, query, reading, searching, sorting, writing

from docsearch.engines import form
from docsearch.engines.build import KEY, build, narrowed
from docsearch.errors import DocsearchError, EngineError, IndexDamaged
from docsearch.model import Entry, Match, Matches, Node, Query, Scored, Sort

NAME = "whoosh"
_MEMORY = 128  # megabytes for the words not yet written
_KIND = "kind"  # "document", or "mark": the one record that holds the generation, so that a commit is one act
_DEAD = 0.25  # share of deleted records from which a commit writes the whole index anew
_NEXT_TO_NOTHING = 1e-9  # a score; Whoosh takes 0 for "not said" and counts 1
_LINES = "\n"  # joins the values of a keyword field; no value holds it


@cache
def _schema() -> fields.Schema:
    schema = fields.Schema(kind=fields.ID(), document=fields.ID(stored=True), generation=fields.STORED())
    for text in form.TEXTS:
        for match in ("exact", "folded"):
            schema.add(f"{text}_{match}", fields.TEXT(analyzer=analysis.RegexTokenizer(r"[^ ]+"), phrase=True))
    for name in form.KEYWORDS:
        schema.add(f"{name}_key", fields.KEYWORD(analyzer=analysis.RegexTokenizer(rf"[^{_LINES}]+")))
    for name in form.FACETS:
        schema.add(f"{name}_facet", fields.ID(sortable=True))
    for name in form.NUMBERS:
        schema.add(name, fields.NUMERIC(int, bits=64, sortable=True))
    return schema


class WhooshEngine:
    """See `engines.Engine`.  Changes wait in memory until `commit`; one writer at a time, held only while it writes."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._read_only = read_only
        self._index = _open(path, read_only)
        self._searcher: searching.Searcher | None = None
        self._changes: dict[str, form.Form | None] = {}

    # --- writing

    def replace(self, entries: Iterable[Entry]) -> None:
        """See `Engine.replace`."""
        self._refuse_reader()
        for entry in entries:
            self._changes[entry.document] = form.form(entry)

    def remove(self, documents: Iterable[str]) -> None:
        """See `Engine.remove`."""
        self._refuse_reader()
        self._changes.update(dict.fromkeys(documents))

    def commit(self, generation: int) -> None:
        """See `Engine.commit`."""
        self._refuse_reader()
        try:
            self._commit(generation)
        except index.LockError as error:
            raise EngineError(NAME, self._path, "another process is writing to it") from error
        except OSError as error:
            raise EngineError(NAME, self._path, f"cannot be written: {error.strerror or error}") from error
        self._changes.clear()

    def _commit(self, generation: int) -> None:
        writer = self._index.writer(limitmb=_MEMORY)
        try:
            self._write(writer, generation)
            writer.commit(optimize=self._is_littered())
        except BaseException:
            if not writer.is_closed:  # a commit that fails closes it
                writer.cancel()
            raise

    def _write(self, writer: writing.IndexWriter, generation: int) -> None:
        writer.delete_by_term(_KIND, "mark")
        if self._index.doc_count() > 1:
            for document in self._changes:
                writer.delete_by_term("document", document)
        for ready in self._changes.values():
            if ready is not None:
                writer.add_document(**_document(ready))
        writer.add_document(kind="mark", generation=generation)

    def _is_littered(self) -> bool:
        everything = self._index.doc_count_all()
        return bool(everything and 1 - self._index.doc_count() / everything > _DEAD)

    def close(self) -> None:
        """See `Engine.close`."""
        self._drop_view()
        self._changes.clear()
        self._index.close()

    def _refuse_reader(self) -> None:
        if self._read_only:
            raise EngineError(NAME, self._path, "opened for reading only")

    # --- reading

    def search(
        self,
        query: Query,
        filters: Node | None = None,
        *,
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        facets: tuple[str, ...] = (),
    ) -> Matches:
        """See `Engine.search`."""
        view = self._view()
        dialect = _Dialect(view.reader())
        ranked = sort == "relevance" and limit > 0
        wanted = narrowed(build(query.node, dialect, ranked=ranked), filters, dialect)
        results = view.search(
            _Whole(wanted),
            limit=max(1, limit + offset),
            sortedby=_order(sort),
            groupedby={name: sorting.FieldFacet(f"{name}_facet", maptype=sorting.Count) for name in facets} or None,
        )
        rows = tuple(
            Scored(str(results[place]["document"]), float(results.score(place) or 0.0) if sort == "relevance" else 0.0)
            for place in range(offset, min(offset + limit, results.scored_length()))
        )
        return Matches(rows=rows, total=len(results), facets={name: _tidy(results.groups(name)) for name in facets})

    def frequency(self, field: str, word: str, match: Match) -> int:
        """See `Engine.frequency`."""
        return int(self._view().reader().doc_frequency(form.stream(field, match), KEY[match](word)))

    def documents(self) -> Iterator[str]:
        """See `Engine.documents`."""
        for stored in self._view().reader().all_stored_fields():
            if "document" in stored:
                yield str(stored["document"])

    def generation(self) -> int:
        """See `Engine.generation`."""
        mark = self._view().document(kind="mark")
        return int(mark["generation"]) if mark else 0

    def damage(self) -> Iterator[str]:
        """See `Engine.damage`.  Whoosh keeps no checksums: what can be read at all is taken for whole."""
        try:
            for _ in self.documents():
                pass
        except Exception as error:  # it reads damaged files as if they were sound, so anything may come
            yield f"{type(error).__name__}: {error}"

    def _view(self) -> searching.Searcher:
        """A view of the last commit, whoever made it.

        Opened anew after each: Whoosh's own `refresh` keeps the readers of old segments and does not see what was
        deleted in them (3.54.0).
        """
        if self._searcher is None or not self._searcher.up_to_date():
            self._drop_view()
            self._searcher = self._index.searcher()
        return self._searcher

    def _drop_view(self) -> None:
        if self._searcher is not None:
            self._searcher.close()
            self._searcher = None


# --- the files --------------------------------------------------------------------------------------------------------


def _open(path: Path, read_only: bool) -> index.Index:
    try:
        if read_only or index.exists_in(str(path)):
            form.check_stamp(path, NAME)
            return index.open_dir(str(path))
        path.mkdir(parents=True, exist_ok=True)
        form.write_stamp(path, NAME)
        return index.create_in(str(path), _schema())
    except DocsearchError:
        raise
    except Exception as error:  # its table of contents is a pickle: a damaged one raises anything
        raise IndexDamaged(NAME, path, f"{error}; run `docsearch rebuild`") from error


def _document(ready: form.Form) -> dict[str, Any]:
    keywords = {f"{name}_key": _LINES.join(values) for name, values in ready.keywords.items()}
    facets = {f"{name}_facet": value for name, value in ready.facets.items()}
    if "year" in ready.numbers:
        facets["year_facet"] = str(ready.numbers["year"])
    return {"kind": "document", "document": ready.document} | ready.texts | keywords | facets | ready.numbers


# --- asking -----------------------------------------------------------------------------------------------------------


def _order(sort: Sort) -> sorting.FieldFacet | None:
    if sort == "relevance":
        return None
    field, down = form.SORTS[sort]
    return sorting.FieldFacet(field, reverse=down)


def _tidy(counts: Mapping[str, int]) -> dict[str, int]:
    """Values with their counts, the most frequent first; a document without the value stands under ""."""
    return dict(sorted(((key, count) for key, count in counts.items() if key), key=lambda pair: (-pair[1], pair[0])))


class _Dialect:
    """See `build.Dialect`."""

    def __init__(self, reader: reading.IndexReader) -> None:
        self._reader = reader

    def everything(self) -> query.Query:
        return self.scored(query.Term(_KIND, "document"), 1.0)

    def term(self, field: str, word: str) -> query.Query:
        return query.Term(field, word)

    def phrase(self, field: str, keys: Sequence[str], slop: int) -> query.Query:
        return _Near(field, list(keys), slop=slop)

    def prefix(self, field: str, start: str) -> query.Query:
        return query.Prefix(field, start)

    def fuzzy(self, field: str, word: str, distance: int) -> query.Query:
        return query.FuzzyTerm(field, word, maxdist=distance, prefixlength=0)

    def one_of(self, field: str, values: Sequence[str]) -> query.Query:
        name = field if field == "document" else f"{field}_key"
        return self.scored(query.Or([query.Term(name, value) for value in values]), 0.0)

    def between(self, field: str, low: int | None, high: int | None) -> query.Query:
        return self.scored(query.NumericRange(field, low, high), 0.0)

    def scored(self, wanted: query.Query, score: float) -> query.Query:
        return query.ConstantScoreQuery(wanted, score or _NEXT_TO_NOTHING)

    def weighted(self, wanted: query.Query, weight: float) -> query.Query:
        return wanted.with_boost(weight)

    def combined(self, must: Sequence[query.Query], should: Sequence[query.Query], never: Sequence[query.Query]) -> query.Query:
        if not must and not should:
            return query.NullQuery
        whole = query.And(list(must)) if must else query.Or(list(should))
        if must and should:
            whole = query.AndMaybe(whole, query.Or(list(should)))
        return _Without(whole, query.Or(list(never))) if never else whole

    def frequency(self, field: str, word: str) -> int:
        return int(self._reader.doc_frequency(field, word))


class _Whole(query.WrappingQuery):  # type: ignore[misc]
    """A query that is answered to its end.

    Whoosh leaves out documents that cannot reach the page asked for, by bounds that are too low where optional parts are
    many (3.54.0): of 2,238 documents it then counted 7, and the best were not among them.
    """

    def matcher(self, searcher: searching.Searcher, context: Any = None) -> matching.Matcher:
        return _WholeMatcher(self.child.matcher(searcher, context))


class _WholeMatcher(matching.WrappingMatcher):  # type: ignore[misc]
    def replace(self, minquality: float = 0) -> matching.Matcher:
        return self if self.is_active() else matching.NullMatcher()

    def supports_block_quality(self) -> bool:
        return False


class _Without(query.AndNot):  # type: ignore[misc]
    """One query without the documents of another; Whoosh's own matcher loses its place within others (3.54.0)."""

    def matcher(self, searcher: searching.Searcher, context: Any = None) -> matching.Matcher:
        wanted = self.a.matcher(searcher, context)
        return _WithoutMatcher(wanted, self.b.matcher(searcher, searcher.boolean_context()))


class _WithoutMatcher(matching.AndNotMatcher):  # type: ignore[misc]
    def _find_first(self) -> None:
        self._find_next()

    def _find_next(self) -> bool:
        wanted, unwanted = self.a, self.b
        while wanted.is_active() and unwanted.is_active() and unwanted.id() <= wanted.id():
            if unwanted.id() < wanted.id():
                unwanted.skip_to(wanted.id())
            else:
                wanted.next()
        return False

    def skip_to(self, id: int) -> None:
        if self.a.is_active() and id > self.a.id():
            self.a.skip_to(id)
            self._find_next()


class _Near(query.Phrase):  # type: ignore[misc]
    """Words in order with at most `slop` others between them in all; Whoosh's own counts between each two."""

    def matcher(self, searcher: searching.Searcher, context: Any = None) -> matching.Matcher:
        leaves = [query.Term(self.fieldname, word).matcher(searcher, context) for word in self.words]
        if not all(leaf.is_active() for leaf in leaves):
            return matching.NullMatcher()
        return _NearMatcher(leaves, self.slop, self.boost)


class _NearMatcher(matching.WrappingMatcher):  # type: ignore[misc]
    """Goes over the documents that hold all the words, and stops where they stand near each other."""

    def __init__(self, leaves: list[matching.Matcher], slop: int, boost: float) -> None:
        super().__init__(reduce(matching.IntersectionMatcher, leaves), boost)
        self._leaves, self._slop = leaves, slop
        self._find()

    def copy(self) -> _NearMatcher:
        return _NearMatcher([leaf.copy() for leaf in self._leaves], self._slop, self.boost)

    def replace(self, minquality: float = 0) -> matching.Matcher:
        return self if self.is_active() else matching.NullMatcher()

    def supports_block_quality(self) -> bool:
        return False

    def next(self) -> bool:
        self.child.next()
        return self._find()

    def skip_to(self, id: int) -> bool:
        self.child.skip_to(id)
        return self._find()

    def all_ids(self) -> Iterator[int]:
        while self.is_active():
            yield self.id()
            self.next()

    def _find(self) -> bool:
        while self.child.is_active() and not _stand_near([leaf.value_as("positions") for leaf in self._leaves], self._slop):
            self.child.next()
        return True


def _stand_near(places: list[list[int]], slop: int) -> bool:
    """Whether the words, whose ascending `places` in one document these are, stand in order with `slop` or fewer between."""
    for first in places[0]:
        last = first
        for others in places[1:]:
            at = bisect_right(others, last)
            if at == len(others):
                return False
            last = others[at]
        if last - first - (len(places) - 1) <= slop:
            return True
    return False
