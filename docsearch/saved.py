"""Saved searches: kept in the journal, asked again, and what is new since they were last looked at.

What was seen is remembered by the ids of the documents, which are hashes of their bytes: an index that was deleted and made
again knows the same papers as seen, and a paper that was read anew is not news.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from docsearch.catalogue import Catalogue
from docsearch.engines import Engine
from docsearch.errors import NotationError
from docsearch.journal import Journal
from docsearch.model import Filters, Match, SavedSearch, Sort
from docsearch.search import ids
from docsearch.vietnamese import clean

LONGEST_NAME = 100  # characters
_SHORT = 12  # hexadecimal digits of an id: among ten million documents no two are alike by chance


class SavedSearches:
    """The searches that people keep, each under a name."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def save(
        self,
        name: str,
        typed: str,
        *,
        filters: Filters = Filters(),  # noqa: B008  a frozen record
        match: Match | None = None,
        sort: Sort = "relevance",
    ) -> SavedSearch:
        """Keep a search under `name`, in the place of another of that name; nothing of it counts as seen yet.

        `NotationError` for a name without letters or of more than `LONGEST_NAME`.
        """
        named = _tidy(name)
        if not named or len(named) > LONGEST_NAME:
            raise NotationError("name of a search", name)
        conditions = {key: value for key, value in asdict(filters).items() if value}
        self._journal.append("search-saved", name=named, typed=typed, filters=conditions, match=match, sort=sort)
        return self.all()[named]

    def forget(self, name: str) -> bool:
        """Keep it no longer; whether there was one."""
        known = self.get(name) is not None
        if known:
            self._journal.append("search-forgotten", name=_tidy(name))
        return known

    def mark_seen(self, search: SavedSearch, documents: Iterable[str]) -> None:
        """Remember that these documents were shown; only those that were not before are written."""
        fresh = sorted({document[:_SHORT] for document in documents} - search.seen)
        if fresh:
            self._journal.append("search-seen", name=search.name, documents=fresh)

    def get(self, name: str) -> SavedSearch | None:
        """The search of this name."""
        return self.all().get(_tidy(name))

    def all(self) -> dict[str, SavedSearch]:
        """All that are kept, by name, the oldest first."""
        found: dict[str, SavedSearch] = {}
        for entry in self._journal.entries():
            name = str(entry.get("name", ""))
            match entry["what"]:
                case "search-saved":
                    found.pop(name, None)
                    found[name] = _search(name, entry)
                case "search-forgotten":
                    found.pop(name, None)
                case "search-seen" if name in found:
                    found[name] = replace(found[name], seen=found[name].seen | frozenset(entry.get("documents", ())))
        return found


def new_hits(catalogue: Catalogue, engine: Engine, search: SavedSearch) -> tuple[tuple[str, ...], int]:
    """The documents found that were not seen yet, in the order of the search, and how many are found in all."""
    found = tuple(ids(catalogue, engine, search.typed, filters=search.filters, match=search.match, sort=search.sort))
    return tuple(document for document in found if document[:_SHORT] not in search.seen), len(found)


def _search(name: str, entry: Mapping[str, Any]) -> SavedSearch:
    return SavedSearch(
        name=name, typed=str(entry.get("typed", "")), filters=Filters(**dict(_conditions(entry.get("filters") or {}))),
        match=entry.get("match"), sort=entry.get("sort", "relevance"), saved=str(entry.get("at", "")),
    )  # fmt: skip


def _conditions(kept: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The conditions that this version knows."""
    for field in fields(Filters):
        if field.name in kept:
            value = kept[field.name]
            yield field.name, tuple(value) if isinstance(value, list) else value


def _tidy(name: str) -> str:
    return " ".join(clean(name).split())
