"""Proof that originals, catalogue and search index agree, and the mending of what does not.

Mending never touches an original, and never wipes what is good: a file that changed or is gone is left to ``index``, wrong
counters and links are made again from the mentions, the search index from the catalogue, a document from its file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from docsearch.catalogue import Catalogue
from docsearch.catalogue.files import FileRecord
from docsearch.engines import open_engine
from docsearch.errors import CatalogueDamaged, EngineError, VersionMismatch
from docsearch.model import Ailment, Severity
from docsearch.proof import disproofs
from docsearch.readers.parts import outer_path
from docsearch.rebuilding import engine_folder


def check(catalogue: Catalogue, root: Path) -> Iterator[Ailment]:
    """All that is wrong, as it is found; nothing is changed.  What a damaged catalogue says is not asked further."""
    damage = tuple(check_file(catalogue))
    yield from damage
    if not damage:
        yield from check_originals(catalogue)
        yield from check_catalogue(catalogue)
        yield from check_engine(catalogue, root)


def check_file(catalogue: Catalogue) -> Iterator[Ailment]:
    """Damage of the catalogue's own file."""
    try:
        for detail in catalogue.damage():
            yield _ailment(DAMAGED, "error", str(catalogue.path), detail)
    except CatalogueDamaged as error:
        yield damaged(error)


def damaged(error: CatalogueDamaged) -> Ailment:
    """A catalogue that does not even answer."""
    return _ailment(DAMAGED, "error", error.path, error.reason)


def saved(ailment: Ailment, what: object) -> Ailment:
    """The same once it is mended, with what was saved in place of the advice."""
    return replace(ailment, mended=True, detail=f"{ailment.detail.partition('; `')[0]}; {what}")


def check_originals(catalogue: Catalogue) -> Iterator[Ailment]:
    """Files that are no longer what was read."""
    for record in catalogue.files.all():
        if record.document:
            yield from _check_file(record)


def _check_file(record: FileRecord) -> Iterator[Ailment]:
    outer = outer_path(record.path)
    if outer != record.path:  # what stands in another file is as it was while that one is
        yield from _check_outer(record, outer)
        return
    try:
        with open(record.path, "rb") as file:  # noqa: PTH123  the path may not be Unicode
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        yield _ailment("original-gone", "warning", record.path, "the file is gone; `docsearch index` forgets it")
    except OSError as error:
        yield _ailment("original-unreadable", "error", record.path, error.strerror or str(error))
    else:
        if found != record.document:
            yield _ailment(
                "original-changed", "warning", record.path, "the file changed since it was read; run `docsearch index`"
            )


def _check_outer(record: FileRecord, outer: str) -> Iterator[Ailment]:
    with contextlib.suppress(OSError):
        if os.stat(outer).st_mtime_ns != record.mtime_ns:  # noqa: PTH116  the path may not be Unicode
            yield _ailment(
                "original-changed", "warning", record.path, "the file that holds it changed since; run `docsearch index`"
            )


def check_catalogue(catalogue: Catalogue) -> Iterator[Ailment]:
    """Documents that are not what was written, facts that contradict each other, work that was cut off."""
    altered = tuple(catalogue.documents.altered())
    for document in altered:
        yield _altered(catalogue, document)
    for code, subject, detail in catalogue.contradictions():
        yield _ailment(code, "error", subject, detail)
    for code, subject in disproofs(catalogue, altered):
        yield _ailment(code, "error", subject, "what is stored does not follow from the texts")
    unfinished = catalogue.graph.dirty_count() + len(catalogue.documents.released()) + catalogue.documents.unread()
    if unfinished:
        yield _ailment("unfinished", "warning", str(unfinished), "a run was cut off; `docsearch index` goes on from there")


def _altered(catalogue: Catalogue, document: str) -> Ailment:
    """Its file or, failing that, its text makes it again; without either it is lost to this catalogue."""
    found = any(map(os.path.exists, map(outer_path, catalogue.files.of_document(document))))
    code = ALTERED if found or catalogue.documents.is_legible(document) else DAMAGED
    return _ailment(code, "error", document, "what was read in it is no longer what was written")


def check_engine(catalogue: Catalogue, root: Path) -> Iterator[Ailment]:
    """Documents that catalogue and search index do not share, and a search index of another time."""
    name, folder = catalogue.get("engine") or "", engine_folder(catalogue)
    if folder is None:
        yield _ailment("index-missing", "error", str(root), "there is no search index; run `docsearch rebuild`")
        return
    try:
        engine = open_engine(name, root / folder, read_only=True)
    except (EngineError, VersionMismatch) as error:
        yield _ailment("index-damaged", "error", str(root / folder), str(error))
        return
    try:
        damage = tuple(engine.damage())
        generation, held = (0, set()) if damage else (engine.generation(), set(engine.documents()))
    except (EngineError, OSError) as error:
        yield _ailment("index-damaged", "error", str(root / folder), str(error))
        return
    finally:
        engine.close()
    for detail in damage:
        yield _ailment("index-damaged", "error", str(root / folder), detail)
    if not damage:
        yield from _compare(catalogue, generation, held)


def _compare(catalogue: Catalogue, generation: int, held: set[str]) -> Iterator[Ailment]:
    if catalogue.outbox.pending():
        yield _ailment("index-behind", "warning", str(catalogue.outbox.pending()), "changes wait for the search index")
        return
    if generation < catalogue.outbox.delivered():
        detail = f"the search index is at {generation}, the catalogue at {catalogue.outbox.delivered()}"
        yield _ailment("index-stale", "error", str(generation), detail)
    wanted = set(catalogue.documents.ids())
    for document in sorted(wanted - held):
        yield _ailment("not-searchable", "error", document, "in the catalogue, not in the search index")
    for document in sorted(held - wanted):
        yield _ailment("search-ghost", "error", document, "in the search index, not in the catalogue")


def mend(catalogue: Catalogue, found: Iterable[Ailment], rebuild: Callable[[], None]) -> frozenset[str]:
    """Make again what can be made again from what is good; the codes of what was mended.

    Documents and links are only marked: the run of ``index`` that must follow makes them again.
    """
    found = tuple(found)
    codes = frozenset(ailment.code for ailment in found)
    for ailment in found:
        if ailment.code == ALTERED:
            catalogue.documents.distrust(ailment.subject)
        if ailment.code == MISREAD:
            catalogue.documents.misread(ailment.subject)
    if codes & GRAPH_CODES:
        with catalogue.transaction():
            catalogue.graph.soil_all()
    if codes & ENGINE_CODES:
        rebuild()
    return codes & {*GRAPH_CODES, *ENGINE_CODES, ALTERED, MISREAD}


def _ailment(code: str, severity: Severity, subject: str, detail: str) -> Ailment:
    return Ailment(code=code, severity=severity, subject=subject, detail=detail)


DAMAGED = "catalogue-damaged"
"""What only `salvage` mends."""

ALTERED = "document-altered"
"""What reading its file again mends."""

MISREAD = "mentions-altered"
"""What understanding its text again mends."""

ENGINE_CODES = frozenset({"index-missing", "index-damaged", "index-stale", "index-behind", "not-searchable", "search-ghost"})
"""What making the search index again mends."""

GRAPH_CODES = frozenset({"counter-wrong", "unlinked-mention", "links-altered", "edges-altered"})
"""What resolving all blocks again mends."""
