"""More like this: a query made of the words and pairs of words that tell one document from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log

from docsearch.catalogue import Catalogue
from docsearch.engines import Engine
from docsearch.lookup import look_up
from docsearch.model import And, Node, Not, OneOf, Or, Phrase, Query, Term
from docsearch.vietnamese import streams

MOST_WORDS = 16
MOST_PAIRS = 12
_READ = 40_000  # characters of the text; what a paper is about stands at its beginning
_LEAST = 2  # times a word must stand there to tell anything


def like(catalogue: Catalogue, engine: Engine, reference: str) -> Node | None:
    """The documents that share the most telling words of what `reference` means, themselves left out.

    Words are weighed by tf-idf over the archive; a syllable says little in Vietnamese, so those that stand side by side more
    than once go in as pairs too.  ``None`` where nothing held is meant; several documents of one directive count as one.
    """
    documents = tuple(dict.fromkeys(card.document for card in look_up(catalogue, reference).cards))
    if not documents:
        return None
    text, _ = catalogue.documents.text(documents[0])
    keys = streams(text[:_READ])[0].split()
    telling = _telling(engine, keys)
    pairs = _pairs(keys, set(telling))
    parts: tuple[Node, ...] = (*(Term(word, "exact") for word in telling), *(Phrase(pair, "exact") for pair in pairs))
    return And((Or(parts), Not(OneOf("document", documents, reference)))) if parts else OneOf("document", (), reference)


def _telling(engine: Engine, keys: Iterable[str]) -> list[str]:
    """The words of the highest tf-idf; numbers and single letters tell nothing."""
    total = engine.search(Query(typed="", node=None, match="exact"), limit=0).total
    counts = Counter(key for key in keys if len(key) > 1 and key.isalpha())
    worth = {word: _worth(count, engine.frequency("body", word, "exact"), total) for word, count in counts.items()}
    return sorted((word for word in worth if counts[word] >= _LEAST), key=lambda word: (-worth[word], word))[:MOST_WORDS]


def _worth(count: int, documents: int, total: int) -> float:
    return (1 + log(count)) * log(1 + total / (1 + documents))


def _pairs(keys: list[str], telling: set[str]) -> Iterator[tuple[str, str]]:
    """Pairs of neighbours of which one tells something, the most frequent first."""
    counts = Counter((one, other) for one, other in pairwise(keys) if one in telling or other in telling)
    often = sorted((pair for pair in counts if counts[pair] >= _LEAST), key=lambda pair: (-counts[pair], pair))
    yield from often[:MOST_PAIRS]
