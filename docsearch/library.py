"""The one door: an archive of directives on disk, opened, kept up to date, and asked.

    with docsearch.open("index") as library:
        library.index(["corpus"])
        for citing in library.cited_by("108/2014/NĐ-CP"):
            print(citing.card.number, citing.sentence)

An archive is a folder with the catalogue and one search index.  Any number of processes may ask while one writes.
What a question does not need is not loaded: searching never loads a reader or the citation patterns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING

from docsearch.catalogue import Catalogue
from docsearch.crossref import By, cross_references
from docsearch.engines import ENGINES, Engine, open_engine
from docsearch.errors import (
    CatalogueDamaged,
    DocsearchError,
    EngineError,
    IndexDamaged,
    LibraryError,
    VersionMismatch,
)
from docsearch.folder import CATALOGUE, LOCK, find
from docsearch.journal import Journal, journal_of
from docsearch.lock import writing
from docsearch.lookup import look_up
from docsearch.model import (
    Ailment,
    Answer,
    Cited,
    Citing,
    Duplicate,
    Filters,
    Finding,
    Hit,
    Lookup,
    Match,
    Missing,
    Outcome,
    Report,
    SavedSearch,
    Sheet,
    Sort,
    Status,
    Suggestion,
    XrefRow,
)
from docsearch.rebuilding import Progress, engine_folder
from docsearch.sheets import cites, citing, directive_sheet, document_sheet

if TYPE_CHECKING:
    from docsearch.catalogue.rescue import Rescued
    from docsearch.saved import SavedSearches


def open(index: str | Path = "index", *, engine: str | None = None, create: bool = False) -> Library:
    """The archive in the folder `index`.

    `create` makes the folder and an empty archive where there is none, searched by `engine` ("tantivy" where not said).
    `NotALibrary` where there is none; `LibraryError` where it is searched by another engine (`Library.rebuild` changes
    it); `CatalogueDamaged` or `VersionMismatch` where the catalogue cannot be used.
    """
    root = Path(index)
    find(root, create=create)
    return Library(root, engine)


def doctor(index: str | Path = "index", *, repair: bool = False) -> tuple[Ailment, ...]:
    """`Library.doctor`, also of an archive whose catalogue does not open any more."""
    from docsearch.checkup import damaged, saved
    from docsearch.salvage import salvage

    root = Path(index)
    try:
        with open(root) as archive:
            return archive.doctor(repair=repair)
    except CatalogueDamaged as error:
        ailment = damaged(error)
    if repair:
        with writing(root / LOCK):
            rescued = salvage(root / CATALOGUE)
        with open(root) as archive:
            archive.retry()
        return (saved(ailment, rescued),)
    return (ailment,)


class Library:
    """An open archive; close it, or use it in a `with` block."""

    def __init__(self, root: Path, engine: str | None = None) -> None:
        self.root = root
        self.catalogue = Catalogue(root / CATALOGUE)
        self._engine: Engine | None = None
        self._engine_folder = ""
        self._wanted = engine
        used = self.engine_name
        if engine not in (None, used):
            self.close()
            raise LibraryError(root, f"searched by {used}; `docsearch rebuild --engine {engine}` changes it")

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        self._close_engine()
        self.catalogue.close()

    # --- writing ---

    def index(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        workers: int | None = None,
        retry: bool = False,
        on_outcome: Callable[[Outcome, int, int], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Report:
        """Bring the archive up to date with files and folders: read what is new or changed, forget what is gone.

        What failed is not tried again while it is unchanged, unless `retry`.  `workers`: reading processes, one a core
        where not said.  `on_outcome` hears each outcome, its number, and how many there will be.  `stop` is asked before each
        file; what was begun is completed.  `LibraryLocked` where another process writes.  A run that was cut off is taken up
        by the next one.
        """
        from docsearch.ingest import ingest

        roots = [paths] if isinstance(paths, str | Path) else paths
        with writing(self.root / LOCK), self._writable_engine() as engine:
            self.catalogue.set("engine", self.engine_name)
            report = ingest(
                self.catalogue, engine, roots, avoid=self.root, workers=workers, retry=retry, on_outcome=on_outcome, stop=stop
            )  # fmt: skip
            if engine is None:
                self._rebuild(self.engine_name)
        return report

    def retry(self, *, workers: int | None = None, on_outcome: Callable[[Outcome, int, int], None] | None = None) -> Report:
        """Read again what could not be read, though it did not change: after a repair, an upgrade, an extra installed.

        What is not there any more is left to `index`.
        """
        failed = self._on_disk(record.path for record in self.catalogue.files.in_state("failed"))
        return self.index(failed, workers=workers, retry=True, on_outcome=on_outcome)

    @staticmethod
    def _on_disk(paths: Iterable[str]) -> list[str]:
        """Those that are there, or are in a file that is."""
        from docsearch.readers.parts import outer_path

        return [path for path in paths if Path(outer_path(path)).exists()]

    def watch(
        self,
        paths: Iterable[str | Path],
        stop: Event,
        *,
        settle: float | None = None,
        workers: int | None = None,
        on_outcome: Callable[[Outcome, int, int], None] | None = None,
        on_report: Callable[[Report], None] | None = None,
        on_trouble: Callable[[DocsearchError], None] | None = None,
    ) -> None:
        """Keep the archive up to date with files and folders until `stop` is set; what was read by then is completed.

        First all of them as `index` does, then what changes, as soon as it has been the same for `settle` seconds.
        `on_outcome` is that of `index`; `on_report` hears what each step did, `on_trouble` why one could not be done (another
        process writes, the disk is full); it is tried again later.  Needs the extra `watch`.
        """
        from docsearch.watching import SETTLE, attempt, watch

        index = partial(self.index, workers=workers, on_outcome=on_outcome, stop=stop.is_set)
        act = attempt(index, on_report, on_trouble)
        watch(paths, act, stop, is_known=self._is_known, avoid=self.root, settle=SETTLE if settle is None else settle)

    def _is_known(self, path: str) -> bool:
        return self.catalogue.files.at(path) is not None

    def rebuild(self, *, engine: str | None = None, on_progress: Progress | None = None) -> None:
        """Make the search index again from the catalogue, or change to another engine; the old one answers meanwhile."""
        with writing(self.root / LOCK):
            self._rebuild(engine or self.engine_name, on_progress)

    def _rebuild(self, engine: str, on_progress: Progress | None = None) -> None:
        from docsearch.rebuilding import rebuild

        self._close_engine()
        rebuild(self.catalogue, self.root, engine, on_progress)

    def doctor(self, *, repair: bool = False) -> tuple[Ailment, ...]:
        """What is wrong: originals against the catalogue, the catalogue in itself, the search index against it.

        With `repair`, what can be made again from what is good is made again, and said to be mended.
        """
        from docsearch.checkup import ALTERED, DAMAGED, ENGINE_CODES, check, mend, saved

        found = tuple(check(self.catalogue, self.root))
        if not repair or not found:
            return found
        if any(ailment.code == DAMAGED for ailment in found):
            rescued, first = self._salvage(), found[0]
            return (saved(first, rescued), *(replace(ailment, mended=True) for ailment in found[1:]))
        altered = self._on_disk(path for a in found if a.code == ALTERED for path in self.catalogue.files.of_document(a.subject))
        with writing(self.root / LOCK):
            mended = mend(self.catalogue, found, lambda: self._rebuild(self.engine_name))
        if mended - ENGINE_CODES:
            self.index(altered)
        return tuple(replace(ailment, mended=ailment.code in mended) for ailment in found)

    def _salvage(self) -> Rescued:
        """Go on with what is whole in a damaged catalogue; what is not is read again."""
        from docsearch.salvage import salvage

        self.close()
        with writing(self.root / LOCK):
            rescued = salvage(self.root / CATALOGUE)
        self.catalogue = Catalogue(self.root / CATALOGUE)
        self.retry()
        self.rebuild()
        return rescued

    # --- asking ---

    def search(
        self,
        typed: str,
        *,
        filters: Filters = Filters(),  # noqa: B008  a frozen record
        match: Match | None = None,
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        facets: tuple[str, ...] = (),
        snippets: int = 2,
        like: str | None = None,
        within: Iterable[str | SavedSearch] = (),
        among: Iterable[str] | None = None,
        explain: bool = False,
        units: bool = False,
    ) -> Answer:
        """One page of the documents that match the typed words and the filters; never an error for what was typed.

        `match` forces exact or folded comparison.  `facets`: of which fields to count the values (doctype, issuer, level,
        year, status).  `snippets`: how many fragments each hit shows at most.  `like`: documents like this reference.
        `within`: only of the results of these earlier lines or saved searches.  `among`: only these documents.  `explain`:
        say of each hit why it matched.  `units`: name of each hit the parts (articles, sections) that answer best.
        """
        from docsearch.search import search

        return search(
            self.catalogue, self.engine, typed, filters=filters, match=match, sort=sort, limit=limit, offset=offset,
            facets=facets, snippets=snippets, like=like, within=within, among=among, explain=explain, units=units,
        )  # fmt: skip

    def every(
        self,
        typed: str,
        *,
        filters: Filters = Filters(),  # noqa: B008  a frozen record
        match: Match | None = None,
        sort: Sort = "relevance",
        snippets: int = 0,
        like: str | None = None,
        within: Iterable[str | SavedSearch] = (),
        among: Iterable[str] | None = None,
    ) -> Iterator[Hit]:
        """All that `search` would find, in the same order, as a stream in bounded memory: for lists and exports."""
        from docsearch.search import every

        return every(
            self.catalogue, self.engine, typed, filters=filters, match=match, sort=sort, snippets=snippets, like=like,
            within=within, among=among,
        )  # fmt: skip

    def suggest(self, typed: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """How a line that is being typed may go on: numbers, names, offices and titles that the archive knows."""
        from docsearch.suggest import suggest

        return suggest(self.catalogue, self.engine, typed, limit)

    @property
    def searches(self) -> SavedSearches:
        """The searches that people keep; they stand in the journal beside the index."""
        from docsearch.saved import SavedSearches

        return SavedSearches(Journal(journal_of(self.root)))

    def news(self, search: SavedSearch) -> tuple[tuple[str, ...], int]:
        """The documents that a saved search finds and has not shown yet, in its order, and how many it finds in all."""
        from docsearch.saved import new_hits

        return new_hits(self.catalogue, self.engine, search)

    def lookup(self, typed: str) -> Lookup:
        """What a typed reference means: all directives and documents that fit, held ones first; else what is near it."""
        found = look_up(self.catalogue, typed)
        if found.directives or found.cards:
            return found
        from docsearch.corrections import near_numbers

        return replace(found, near=near_numbers(self.catalogue, typed))

    def show(self, typed: str, *, on: str | None = None) -> tuple[Sheet, ...]:
        """All about each directive or document that a reference may mean, with its validity on the day `on` (ISO; today)."""
        found = self.lookup(typed)
        sheets = tuple(directive_sheet(self.catalogue, directive, on) for directive in found.directives)
        return sheets or tuple(document_sheet(self.catalogue, card.document) for card in found.cards)

    def cites(self, typed: str) -> tuple[Cited, ...]:
        """What a held directive or document cites, in text order, with where each citation leads."""
        found = self.lookup(typed)
        documents = [d.documents[0] for d in found.directives if d.documents] or [card.document for card in found.cards]
        return tuple(cited for document in documents for cited in cites(self.catalogue, document))

    def cites_file(self, path: str | Path) -> tuple[Cited, ...]:
        """The same for a file that need not be in the archive: read, resolved against it, nothing written."""
        from docsearch.draft import resolve_file

        return resolve_file(self.catalogue, path)

    def check(self, path: str | Path) -> tuple[Finding, ...]:
        """What looks wrong about the citations of a file that need not be in the archive, by place; nothing is written."""
        from docsearch.draft import check_file

        return check_file(path, self.catalogue)

    def cited_by(self, typed: str, *, limit: int | None = None, offset: int = 0) -> Iterator[Citing]:
        """Each place that cites a directive, newest document first, with its sentence; all that the reference may mean."""
        directives = self.lookup(typed).directives
        if len(directives) == 1:
            yield from citing(self.catalogue, directives[0].id, limit, offset)
            return
        every = (citing for directive in directives for citing in citing(self.catalogue, directive.id, None, 0))
        yield from islice(every, offset, None if limit is None else offset + limit)

    def times_cited(self, typed: str) -> tuple[int, int]:
        """By how many documents a directive is cited, and in how many places: all that the reference may mean."""
        counts = [self.catalogue.answers.times_cited(directive.id) for directive in self.lookup(typed).directives]
        return sum(documents for documents, _ in counts), sum(places for _, places in counts)

    def xref(self, filters: Filters = Filters(), *, by: By = "directive") -> Iterator[XrefRow]:  # noqa: B008
        """The cross-reference listing, as a stream: which document cites which directive, how, and how often."""
        return cross_references(self.catalogue, filters, by)

    def missing(self, *, limit: int | None = None, offset: int = 0) -> Iterator[Missing]:
        """What is cited but not held, most cited first."""
        for directive, documents, mentions in self.catalogue.answers.missing(-1 if limit is None else limit, offset):
            cited_in = self.catalogue.answers.citing_cards(directive.id, 3)
            yield Missing(directive=directive, documents=documents, mentions=mentions, cited_in=cited_in)

    def duplicates(self) -> Iterator[Duplicate]:
        """The same paper more than once: same bytes, same text, versions of one directive, drafts; nothing is merged."""
        from docsearch.duplicates import duplicates

        return duplicates(self.catalogue)

    def failures(self) -> Iterator[Outcome]:
        """The files that could not be read, and why; then those that are not papers."""
        for state in ("failed", "skipped"):
            for record in self.catalogue.files.in_state(state):
                yield Outcome(path=record.path, state=state, reason=record.reason)

    def status(self) -> Status:
        """The size and state of the archive."""
        documents, characters, citations = self.catalogue.documents.totals()
        directives, missing = self.catalogue.answers.counts()
        return Status(
            path=str(self.root),
            engine=self.engine_name,
            version=self.catalogue.version(),
            documents=documents,
            characters=characters,
            citations=citations,
            directives=directives,
            missing=missing,
            links=self.catalogue.answers.states(),
            doctypes=self.catalogue.documents.doctypes(),
            failures=self.catalogue.files.count("failed"),
            pending=self.catalogue.outbox.pending(),
            disk_bytes=sum(path.stat().st_size for path in self.root.rglob("*") if path.is_file()),
            last_run=self.catalogue.get("last_run"),
        )

    # --- within ---

    @property
    def engine(self) -> Engine:
        """The search index, opened for reading on first use, and again when another process has made it anew."""
        folder = engine_folder(self.catalogue)
        if folder is None:
            raise EngineError(self.engine_name, self.root, "there is no search index yet; run `docsearch index`")
        if self._engine is None or self._engine_folder != folder:
            self._close_engine()
            self._engine = open_engine(self.engine_name, self.root / folder, read_only=True)
            self._engine_folder = folder
        return self._engine

    @property
    def engine_name(self) -> str:
        """Which engine searches this archive."""
        return self.catalogue.get("engine") or self._wanted or ENGINES[0]

    def _close_engine(self) -> None:
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    @contextmanager
    def _writable_engine(self) -> Iterator[Engine | None]:
        """The search index to write to; ``None`` where there is none that can be trusted, so that it must be made again."""
        folder = engine_folder(self.catalogue)
        try:
            engine = open_engine(self.engine_name, self.root / folder) if folder else None
        except (IndexDamaged, VersionMismatch):  # not for an error that may pass: a sound index is not made again for it
            engine = None
        if engine is None or engine.generation() < self.catalogue.outbox.delivered():
            if engine:
                engine.close()
            yield None
            return
        try:
            yield engine
        finally:
            engine.close()
            self._close_engine()
