"""From the catalogue to the search engine: what waits in the outbox is taken in, committed, and only then crossed out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from docsearch.catalogue import Catalogue
from docsearch.engines import Engine
from docsearch.model import Citation, Entry, Extraction, Fact, Office
from docsearch.notation import number_key

BATCH = 200  # documents held in memory at once
COMMIT_EVERY = 1_000  # outbox rows: what is not committed is held in memory, and a long run must not lose hours


def deliver(catalogue: Catalogue, engine: Engine, progress: Callable[[int], None] | None = None) -> None:
    """Let the engine take in all that waits.

    `progress` hears how many rows are done.  A kill between the engine's commit and the crossing out means that the
    next run gives it the same documents again, which changes nothing.
    """
    done, taken = 0, catalogue.outbox.delivered()
    while errands := catalogue.outbox.take(taken, BATCH):
        engine.remove(errands.remove)
        engine.replace(entries(catalogue, errands.replace))
        done += errands.last - taken
        taken = errands.last
        if progress:
            progress(done)
        if done % COMMIT_EVERY < BATCH:
            _settle(catalogue, engine, taken)
    _settle(catalogue, engine, taken)


def _settle(catalogue: Catalogue, engine: Engine, taken: int) -> None:
    if taken == catalogue.outbox.delivered() == engine.generation():
        return
    engine.commit(taken)
    catalogue.outbox.clear(taken)


def entries(catalogue: Catalogue, documents: Iterable[str]) -> Iterator[Entry]:
    """What the engine is given of these documents, one after the other; one that is gone since is left out."""
    for document in documents:
        extraction = catalogue.documents.extraction(document)
        if extraction:
            yield entry(document, extraction, catalogue.graph.office(document))


def entry(document: str, extraction: Extraction, office: Office | None) -> Entry:
    """What the engine is given of one document; `office` is its issuer's."""
    facts = extraction.metadata
    issued = _value(facts.issued)
    number = number_key(_value(facts.number))
    return Entry(
        document=document,
        title=_value(facts.title),
        headings="\n".join(unit.title for unit in extraction.units if unit.title),
        body=extraction.text,
        number=_value(facts.number),
        numbers=(number,) if number else (),
        cites=tuple(sorted(set(_cited(extraction.findings.citations)))),
        doctype=_value(facts.doctype),
        issuer=_value(facts.issuer),
        level=level(office),
        year=int(issued[:4]) if issued else None,
        issued=issued,
        signer=_value(facts.signer),
        place="\n".join(fact.value for fact in (facts.place, facts.issuer, facts.parent_issuer) if fact),
        addressees="\n".join(fact.value for fact in (*facts.addressees, *facts.recipients)),
        secrecy=_value(facts.secrecy),
        urgency=_value(facts.urgency),
    )


def _cited(citations: Iterable[Citation]) -> Iterator[str]:
    """The keys of the numbers cited, and each with the relation by which the document itself cites it."""
    for citation in citations:
        key = number_key(citation.number) if citation.number else None
        if key:
            yield key
        if key and citation.nested_in is None:
            yield f"{citation.relation}:{key}"


def level(office: Office | None) -> str:
    """central, province, district or commune; "" where it is not known.

    Communes since July 2025 lie directly under the province, and a place of which no province is known bears its kind:
    ``vinh-long.xa-cau-ke``, ``huyen-song-luc``.
    """
    if office is None or office.place is None:
        return ""
    own = office.place.rpartition(".")[2]
    if office.place.count(".") > 1 or own.startswith(_COMMUNES):
        return "commune"
    if "." in office.place or own.startswith(_DISTRICTS):
        return "district"
    return "province" if office.place else "central"


_COMMUNES = ("xa-", "phuong-", "thi-tran-", "dac-khu-")
_DISTRICTS = ("huyen-", "quan-", "thi-xa-")


def _value(fact: Fact | None) -> str:
    return fact.value if fact else ""
