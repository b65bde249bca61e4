"""The same paper more than once: the same file, the same text in another format, versions of one directive, its drafts.

Nothing is merged.  Files of the same bytes are one document with several places; everything else stays apart and is shown
together, so that a person can say which one counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

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
    """Each group of documents or files that are the same thing, surest first.

    Documents of one directive are shown as such where their texts differ; drafts only beside the paper that they became.
    """
    for document in catalogue.answers.same_bytes():
        yield Duplicate(kind="same-bytes", directive=None, versions=_versions(catalogue, (document,)))
    for documents in catalogue.answers.same_words():
        yield Duplicate(kind="same-text", directive=None, versions=_versions(catalogue, documents))
    for directive in catalogue.answers.held_twice():
        if not _is_one_text(catalogue, directive.documents):
            yield Duplicate(kind="same-directive", directive=directive, versions=_versions(catalogue, directive.documents))
    yield from _drafts(catalogue)


def _is_one_text(catalogue: Catalogue, documents: Sequence[str]) -> bool:
    found = {catalogue.documents.words(document) for document in documents}
    return len(found) == 1 and None not in found


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
    for directive, pairs in groupby(catalogue.answers.drafts(), itemgetter(0)):
        found = catalogue.answers.directive(directive)
        if found and found.documents:
            held = _ordered(catalogue, found.documents[:MOST])[0]
            drafts = tuple(islice((draft for _, draft in pairs), MOST))
            first, *others = _versions(catalogue, (held, *drafts), first=held)
            alike = tuple(version for version in others if version.likeness >= ALIKE)
            if alike:
                yield Duplicate(kind="draft", directive=found, versions=(first, *alike))


def _versions(catalogue: Catalogue, documents: Sequence[str], first: str | None = None) -> tuple[Version, ...]:
    """These documents, the fullest first, then the more alike; each with how much of its text it shares with the first."""
    ordered = _ordered(catalogue, documents[:MOST])
    first = first or ordered[0]
    shown = passages(catalogue.documents.text(first)[0]) if len(ordered) > 1 else frozenset[int]()
    found = (_version(catalogue, document, shown if document != first else frozenset()) for document in ordered)
    return tuple(sorted(filter(None, found), key=lambda v: (v.card.document != first, _STATES.index(v.state), -v.likeness)))


_STATES: tuple[VersionState, ...] = ("signed", "", "scanned", "draft")


def _ordered(catalogue: Catalogue, documents: Sequence[str]) -> list[str]:
    """Signed before scanned before draft; then what has its text, or itself, in more places; a fixed order among equals."""
    alike = Counter(words for document in documents if (words := catalogue.documents.words(document)))

    def rank(document: str) -> tuple[int, int, int, str]:
        state = state_of(catalogue.documents.notes(document), catalogue.documents.metadata(document), "")
        words, places = alike[catalogue.documents.words(document) or ""], len(catalogue.files.of_document(document))
        return _STATES.index(state), -words, -places, document

    return sorted(documents, key=rank)


def _version(catalogue: Catalogue, document: str, first: frozenset[int]) -> Version | None:
    """One of several; `first` are the passages that it is compared with, none for the first itself."""
    card = catalogue.documents.card(document)
    if card is None:
        return None
    text = catalogue.documents.text(document)[0]
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
