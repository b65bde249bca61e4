"""The engine `tantivy`: a library in Rust, fast enough for any number of papers that one machine holds."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import tantivy

from docsearch.engines import form, segments
from docsearch.engines.build import KEY, build, narrowed, spreads
from docsearch.engines.segments import Stand
from docsearch.errors import EngineError, IndexDamaged
from docsearch.model import Entry, Match, Matches, Node, Query, Scored, Sort

T = TypeVar("T")

NAME = "tantivy"
_HEAP = 30_000_000  # bytes for words not yet written: more than a commit of usual papers takes; half cost a fifth more time
_KIND = "kind"  # "document", or "mark": the one record that holds the generation, so that a commit is one act
_MOST_VALUES = 60_000  # of one facet; more offices than Viet Nam has
_RETRIES = 5  # a writer may drop a file between our reading its list and opening it


@cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_KIND, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("generation", stored=True)
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    for text in form.TEXTS:
        builder.add_text_field(form.stream(text, "exact"), tokenizer_name="whitespace")
        builder.add_text_field(form.stream(text, "folded"), tokenizer_name="whitespace")
    for name in form.KEYWORDS:
        builder.add_text_field(f"{name}_key", tokenizer_name="raw", index_option="basic")
    for name in form.FACETS[:-1]:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in form.NUMBERS:
        builder.add_integer_field(name, fast=True, indexed=name in ("year", "first", "last"))
    return builder.build()


def _keep_little() -> None:
    """Let the C library give back to the system what is freed, as far as it knows how to.

    glibc keeps a store for each thread, and once a large block was freed large ones in it too: 20,000 papers were written
    with 63 MB, with this and `_hand_back` with 46, in about the same time.
    """
    for name, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, 1 << 16), (_TRIM_THRESHOLD, 1 << 17)):
        _allocator("mallopt", name, value)


def _hand_back() -> None:
    """Give back what was freed in between."""
    _allocator("malloc_trim", 0)


def _allocator(name: str, *values: int) -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library has no such function
            getattr(ctypes.CDLL(None), name)(*values)


_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of malloc.h


class TantivyEngine:
    """See `engines.Engine`.  The writer is opened with the first change, so that readers never wait for it."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._list = str(path / "meta.json")  # of the segments; it is looked at before each search
        self._read_only = read_only
        self._stand, self._index = _open(path, read_only)
        self._writer: tantivy.IndexWriter | None = None
        self._changed = False
        self._seen: object = None

    # --- writing

    def replace(self, entries: Iterable[Entry]) -> None:
        """See `Engine.replace`."""
        writer = self._writing()
        for entry in entries:
            document = _document(form.form(entry))
            with self._written():
                writer.delete_documents_by_term("document", entry.document)
                writer.add_document(document)

    def remove(self, documents: Iterable[str]) -> None:
        """See `Engine.remove`."""
        writer = self._writing()
        with self._written():
            for document in documents:
                writer.delete_documents_by_term("document", document)

    def commit(self, generation: int) -> None:
        """See `Engine.commit`.  Files that nobody needs any more are removed at once."""
        writer = self._writing()
        mark = tantivy.Document()
        mark.add_text(_KIND, "mark")
        mark.add_unsigned("generation", generation)
        with self._written():
            writer.delete_documents_by_term(_KIND, "mark")
            writer.add_document(mark)
            writer.commit()
            writer.garbage_collect_files()
        self._changed = False
        _hand_back()

    def close(self) -> None:
        """See `Engine.close`.  Waits for the merges that commits have started; without them each run leaves a segment more."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with contextlib.suppress(EngineError), self._written():  # what was committed stands; a merge can be made later
                if self._changed:
                    writer.rollback()
                writer.wait_merging_threads()
        self._stand.close()

    def _writing(self) -> tantivy.IndexWriter:
        if self._read_only:
            raise EngineError(NAME, self._path, "opened for reading only")
        if self._writer is None:
            _keep_little()
            with self._written():
                self._writer = self._index.writer(_HEAP, 1)
        self._changed = True
        return self._writer

    def _written(self) -> contextlib.AbstractContextManager[None]:
        """A disk that is full or fails says nothing against what is on it already."""
        return _told(lambda words: EngineError(NAME, self._path, f"cannot be written: {words}"))

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
        searcher = self._searcher()
        dialect = _Dialect(searcher)
        ranked = sort == "relevance" and limit > 0
        wanted = narrowed(build(query.node, dialect, ranked=ranked), filters, dialect)
        counted = narrowed(build(query.node, dialect, ranked=False), filters, dialect) if facets and ranked else wanted
        with _told(partial(_damaged, self._path)):  # the query is ours, so it is the files
            rows, total = _page(searcher, wanted, sort, limit, offset)
            return Matches(rows=rows, total=total, facets=_counts(searcher, counted, facets) if facets else {})

    def frequency(self, field: str, word: str, match: Match) -> int:
        """See `Engine.frequency`."""
        return self._searcher().doc_freq(form.stream(field, match), KEY[match](word))

    def documents(self) -> Iterator[str]:
        """See `Engine.documents`."""
        searcher = self._searcher()
        with _told(partial(_damaged, self._path)):
            found = searcher.search(_Dialect(searcher).everything(), limit=max(1, searcher.num_docs), count=False)
            for _, address in found.hits:
                yield str(searcher.doc(address).get_first("document"))

    def generation(self) -> int:
        """See `Engine.generation`."""
        searcher = self._searcher()
        with _told(partial(_damaged, self._path)):
            marks = searcher.search(tantivy.Query.term_query(_schema(), _KIND, "mark"), limit=1).hits
            return int(searcher.doc(marks[0][1]).get_first("generation") or 0) if marks else 0

    def _searcher(self) -> tantivy.Searcher:
        """A view of the last commit, whoever made it."""
        state = _state(self._list)
        if state != self._seen:
            _retried(self._path, self._reload)
            self._seen = state
        return self._index.searcher()

    def _reload(self) -> None:
        self._stand.refresh()
        self._index.reload()

    def damage(self) -> Iterator[str]:
        """See `Engine.damage`."""
        return segments.damaged(self._path)


# --- the files --------------------------------------------------------------------------------------------------------


def _open(path: Path, read_only: bool) -> tuple[Stand, tantivy.Index]:
    if read_only or (path / "meta.json").exists():
        form.check_stamp(path, NAME)
        stand = Stand(path)
        return stand, _retried(path, lambda: _ready(tantivy.Index.open(str(stand.path))))
    path.mkdir(parents=True, exist_ok=True)
    form.write_stamp(path, NAME)
    return Stand(path), _retried(path, lambda: _ready(tantivy.Index(_schema(), str(path))))


def _ready(index: tantivy.Index) -> tantivy.Index:
    index.config_reader("manual")  # no watching thread: `_searcher` looks at the file itself
    return index


def _retried(path: Path, act: Callable[[], T]) -> T:
    for left in range(_RETRIES, 0, -1):
        try:
            with _told(partial(_damaged, path)):
                return act()
        except EngineError:
            if left == 1:
                raise
    raise AssertionError("unreachable")


@contextlib.contextmanager
def _told(made: Callable[[str], EngineError]) -> Iterator[None]:
    """Turn what tantivy raises into ours: for any error a `ValueError`, for a slip of its own a panic."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise made(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it cannot be imported
            raise
        raise made(f"tantivy broke down: {error}") from error


def _damaged(path: Path, words: str) -> EngineError:
    """What tantivy's words mean for the files: where the system refused to read them, nothing is said against them."""
    refused = _REFUSED.search(words)
    if refused and int(refused[1]) != errno.ENOENT:
        return EngineError(NAME, path, f"cannot be read: {os.strerror(int(refused[1]))}")
    missing = _MISSING.search(words)
    return IndexDamaged(NAME, path, f"{f'{Path(missing[1]).name} is missing' if missing else words}; run `docsearch rebuild`")


_MISSING = re.compile(r'\bFileDoesNotExist\("(.+?)"\)')
_REFUSED = re.compile(r"\bOs \{ code: (\d+)")


def _state(meta: str) -> object:
    try:
        state = os.stat(meta)  # noqa: PTH116  a path object takes five times as long, and a correction asks a thousand times
    except OSError:
        return None
    return (state.st_ino, state.st_mtime_ns, state.st_size)


def _document(ready: form.Form) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text(_KIND, "document")
    document.add_text("document", ready.document)
    for name, words in ready.texts.items():
        if words:
            document.add_text(name, words)
    for name, values in ready.keywords.items():
        for value in values:
            document.add_text(f"{name}_key", value)
    for name, value in ready.facets.items():
        document.add_text(name, value)
    for name, number in ready.numbers.items():
        document.add_integer(name, number)
    return document


# --- asking -----------------------------------------------------------------------------------------------------------


def _page(
    searcher: tantivy.Searcher, query: tantivy.Query, sort: Sort, limit: int, offset: int
) -> tuple[tuple[Scored, ...], int]:
    if limit < 1 or offset >= searcher.num_docs:
        return (), _total(searcher.search(query, limit=1))
    limit = min(limit, searcher.num_docs)  # room for all of them is taken before the search
    if sort == "relevance":
        found = searcher.search(query, limit=limit, offset=offset)
    else:
        field, down = form.SORTS[sort]
        order = tantivy.Order.Desc if down else tantivy.Order.Asc
        found = searcher.search(query, limit=limit, offset=offset, order_by_field=field, order=order)
    rows = tuple(
        Scored(str(searcher.doc(address).get_first("document")), float(score) if sort == "relevance" else 0.0)
        for score, address in found.hits
    )
    return rows, _total(found)


def _total(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]  # its stub forgets it


def _counts(searcher: tantivy.Searcher, query: tantivy.Query, facets: tuple[str, ...]) -> Mapping[str, Mapping[str, int]]:
    asked = {name: {"terms": {"field": name, "size": _MOST_VALUES, "segment_size": _MOST_VALUES}} for name in facets}
    answer = searcher.aggregate(query, asked)
    return {name: _tidy(answer[name]["buckets"]) for name in facets}


def _tidy(buckets: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Values with their counts, the most frequent first; a year comes as a real number."""
    pairs = [(key if isinstance(key := bucket["key"], str) else str(int(key)), int(bucket["doc_count"])) for bucket in buckets]
    return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


class _Dialect:
    """See `build.Dialect`."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def everything(self) -> tantivy.Query:
        return self.scored(tantivy.Query.term_query(_schema(), _KIND, "document", "basic"), 1.0)

    def term(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(_schema(), field, word, "freq")

    def phrase(self, field: str, keys: Sequence[str], slop: int) -> tantivy.Query:
        """Tantivy's own slop lets words change places, so each way to spread them is a phrase of its own."""
        ways = spreads(len(keys), slop)
        phrases = [tantivy.Query.phrase_query(_schema(), field, list(zip(way, keys, strict=True))) for way in ways]
        return phrases[0] if len(phrases) == 1 else tantivy.Query.disjunction_max_query(phrases)

    def prefix(self, field: str, start: str) -> tantivy.Query:
        return tantivy.Query.regex_query(_schema(), field, "".join(map(_escaped, start)) + ".*")

    def fuzzy(self, field: str, word: str, distance: int) -> tantivy.Query:
        return tantivy.Query.fuzzy_term_query(_schema(), field, word, distance, False)

    def one_of(self, field: str, values: Sequence[str]) -> tantivy.Query:
        name = field if field == "document" else f"{field}_key"
        return self.scored(tantivy.Query.term_set_query(_schema(), name, list(values)), 0.0)

    def between(self, field: str, low: int | None, high: int | None) -> tantivy.Query:
        whole = tantivy.Query.range_query(_schema(), field, tantivy.FieldType.Integer, low, high)
        return self.scored(whole, 0.0)

    def scored(self, query: tantivy.Query, score: float) -> tantivy.Query:
        return tantivy.Query.const_score_query(query, score)

    def weighted(self, query: tantivy.Query, weight: float) -> tantivy.Query:
        return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)

    def combined(
        self, must: Sequence[tantivy.Query], should: Sequence[tantivy.Query], never: Sequence[tantivy.Query]
    ) -> tantivy.Query:
        if not must and not should:
            return tantivy.Query.empty_query()
        occur = tantivy.Occur
        sides = ((occur.Must, must), (occur.Should, should), (occur.MustNot, never))
        return tantivy.Query.boolean_query([(kind, query) for kind, queries in sides for query in queries])

    def frequency(self, field: str, word: str) -> int:
        return self._searcher.doc_freq(field, word)


def _escaped(letter: str) -> str:
    return letter if letter.isalnum() else f"\\{letter}"
