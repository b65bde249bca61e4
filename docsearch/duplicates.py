"""The same paper more than once: the same file, the same text in another format, versions of one directive, its drafts.

Nothing is merged.  Files of the same bytes are one document with several places; everything else stays apart and is shown
together, so that a person can say which one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from docsearch.catalogue import Catalogue
from docsearch.model import Duplicate, Metadata, Version, VersionState
from docsearch.vietnamese import fold

MOST = 50  # versions compared of one directive
ALIKE = 0.8  # share of passages that a draft has in common with what it became, at least
LONGEST = 1_000_000  # characters that are compared
PASSAGE = 4  # words
_WORD = re.compile(r"\w+")
_HEAD = 600  # characters in which a draft says that it is one


def duplicates(catalogue: Catalogue) -> Iterator[Duplicate]:
    """Each group of documents or files that are the same thing, surest first."""
    for document in catalogue.answers.same_bytes():
        yield Duplicate(kind="same-bytes", directive=None, versions=_versions(catalogue, (document,)))
    for documents in catalogue.answers.same_words():
        yield Duplicate(kind="same-text", directive=None, versions=_versions(catalogue, documents))
    for directive in catalogue.answers.held_twice():
        yield Duplicate(kind="same-directive", directive=directive, versions=_versions(catalogue, directive.documents))
    yield from _drafts(catalogue)


def versions(catalogue: Catalogue, directive: str) -> tuple[Version, ...]:
    """The documents of one directive and its drafts; none where there is only one, in one place."""
    found = catalogue.answers.directive(directive)
    held = found.documents[:MOST] if found else ()
    if not held:
        return ()
    drafts = (draft for _, draft in catalogue.answers.drafts(directive))
    compared = _versions(catalogue, (*held, *drafts))
    kept = tuple(v for v in compared if v.card.document in held or v.likeness >= ALIKE)
    return kept if len(kept) > 1 or len(kept[0].paths) > 1 else ()


def _drafts(catalogue: Catalogue) -> Iterator[Duplicate]:
    for directive, draft in catalogue.answers.drafts():
        found = catalogue.answers.directive(directive)
        if found and found.documents:
            pair = _versions(catalogue, (found.documents[0], draft))
            if pair[1].likeness >= ALIKE:
                yield Duplicate(kind="draft", directive=found, versions=pair)


def _versions(catalogue: Catalogue, documents: Sequence[str]) -> tuple[Version, ...]:
    """These documents, the fullest first, each with how much of its text it shares with that one."""
    texts = {document: catalogue.documents.text(document)[0] for document in islice(documents, MOST)}
    ordered = sorted(texts, key=lambda document: _rank(catalogue, document))
    first = passages(texts[ordered[0]]) if len(ordered) > 1 else frozenset()
    found = (_version(catalogue, document, texts[document], first) for document in ordered)
    return tuple(version for version in found if version)


def _rank(catalogue: Catalogue, document: str) -> tuple[int, str]:
    """Signed before scanned before draft; a fixed order among equals."""
    order: tuple[VersionState, ...] = ("signed", "", "scanned", "draft")
    return order.index(state_of(catalogue.documents.notes(document), catalogue.documents.metadata(document), "")), document


def _version(catalogue: Catalogue, document: str, text: str, first: frozenset[int]) -> Version | None:
    card = catalogue.documents.card(document)
    if card is None:
        return None
    state = state_of(catalogue.documents.notes(document), catalogue.documents.metadata(document), text[:_HEAD])
    likeness = resemblance(first, passages(text)) if first else 1.0
    return Version(card=card, paths=catalogue.files.of_document(document), state=state, likeness=likeness)


def state_of(notes: Sequence[str], facts: Metadata | None, head: str) -> VersionState:
    """What a document is among the versions of its directive, as far as it shows; "" where nothing does."""
    if "du thao" in fold(head) or (facts and facts.number is None and "number-blank" in facts.warnings):
        return "draft"
    if any(note.startswith(("ocr:", "page-poor-ocr:")) for note in notes):
        return "scanned"
    return "signed" if any(note.startswith("signature") for note in notes) else ""


def passages(text: str) -> frozenset[int]:
    """The runs of `PASSAGE` words of a text, without marks, as numbers; of a shorter text the one that it is."""
    words = _WORD.findall(fold(text[:LONGEST]))
    return frozenset(hash(tuple(words[at : at + PASSAGE])) for at in range(max(1, len(words) - PASSAGE + 1)))


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of passages that two texts have in common, 0 to 1 (Jaccard)."""
    return len(one & other) / len(one | other)
