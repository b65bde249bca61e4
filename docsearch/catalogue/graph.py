"""Mentions, the blocks in which they are resolved, and what they were resolved to; written as one block, asked by directive.

The resolver decides; this file keeps its answers, and the counters that follow from them.  Nothing here is worked out for
the whole archive: a block that is resolved again touches its own links and the directives that these name or named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from docsearch.catalogue import codec
from docsearch.catalogue.database import Database, Row
from docsearch.errors import NotationError
from docsearch.model import Directive, Edge, Link, Mention, Office
from docsearch.notation import parse_number
from docsearch.registry import name_key

_BLOCK = "INSERT INTO blocks (name, dirty) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET dirty = 1 RETURNING key"
_BLOCK_NAMED = "SELECT key FROM blocks WHERE name = ?"
_SOIL = "UPDATE blocks SET dirty = 1 WHERE key IN (SELECT block FROM mentions WHERE document = ?)"
_SOIL_ALL = "UPDATE blocks SET dirty = 1"
_DIRTY = "SELECT key, name FROM blocks WHERE dirty = 1 ORDER BY key LIMIT ?"
_DIRTY_COUNT = "SELECT count(*) FROM blocks WHERE dirty = 1"
_CLEAN = "UPDATE blocks SET dirty = 0 WHERE key = ?"
_DROP_BLOCK = "DELETE FROM blocks WHERE key = ?"
_PUT_MENTION = f"INSERT INTO mentions VALUES ({', '.join('?' * 14)})"
_CLEAR_MENTIONS = "DELETE FROM mentions WHERE document = ?"
_MENTIONS = """
SELECT d.key, d.id, d.issued, m.idx, m.doctype, m.number, m.name, m.issued, m.office, m.place, m.how, m.title, m.said, m.near,
    m.flags
FROM mentions m JOIN documents d ON d.key = m.document WHERE m.block = ? ORDER BY m.document, m.idx
"""
_OFFICE = "SELECT m.office, m.place FROM documents d JOIN mentions m ON m.document = d.key AND m.idx < 0 WHERE d.id = ? LIMIT 1"
_LINKS_OF_BLOCK = "SELECT document, idx, directive, state, candidates, certainty, reasons FROM links WHERE block = ?"
_PUT_LINK = """
INSERT OR REPLACE INTO links (document, idx, block, directive, state, candidates, certainty, reasons, dated)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_DROP_LINK = "DELETE FROM links WHERE document = ? AND idx = ? AND block = ?"
_TARGETS = "SELECT DISTINCT directive FROM links WHERE document = ? AND directive IS NOT NULL"
_CLEAR_LINKS = "DELETE FROM links WHERE document = ?"
_OWN = "UPDATE documents SET directive = ? WHERE key = ?"
_RELINK = "UPDATE documents SET relinked = 1 WHERE key = ?"
_RELINK_ALL = "UPDATE documents SET relinked = 1"
_RELINK_CITING = "UPDATE documents SET relinked = 1 WHERE key IN (SELECT document FROM links WHERE directive = ?)"
_DIRECTIVE_KEY = "INSERT INTO directives (id, flags) VALUES (?, '') ON CONFLICT (id) DO UPDATE SET id = id RETURNING key"
_DEFINED = "SELECT key, doctype, number, name, issued, office, place, title, flags FROM directives WHERE block = ?"
_DEFINE = """
UPDATE directives SET block = ?, doctype = ?, number = ?, name = ?, issued = ?, office = ?, place = ?, title = ?, flags = ?,
    number_key = ?, ordinal = ?, name_key = ? WHERE key = ?
"""
_UNDEFINE = "UPDATE directives SET block = NULL WHERE key = ? AND block = ?"
_RECOUNT_ALL = """
UPDATE directives SET
    held = (SELECT count(*) FROM links WHERE directive = directives.key AND idx < 0),
    citing = (SELECT count(DISTINCT document) FROM links WHERE directive = directives.key AND idx >= 0),
    cited = (SELECT count(*) FROM links WHERE directive = directives.key AND idx >= 0)
"""
_RECOUNT = f"{_RECOUNT_ALL} WHERE key = ?"
_SWEEP = "DELETE FROM directives WHERE key = ? AND block IS NULL AND held = 0 AND cited = 0"
_RELINKED = "SELECT key, id FROM documents WHERE relinked = 1 ORDER BY key LIMIT ?"
_CLEAR_EDGES = "DELETE FROM edges WHERE document = ?"
_PUT_EDGE = """
INSERT INTO edges (document, idx, seq, source, target, relation, partial, dated)
VALUES (?, ?, ?, (SELECT key FROM directives WHERE id = ?), (SELECT key FROM directives WHERE id = ?), ?, ?, ?)
"""
_BLOCKS = "SELECT key, name FROM blocks ORDER BY key"
_ENTERED = """
SELECT b.name, m.idx, m.doctype, m.number, m.name, m.issued, m.office, m.place, m.how, m.title, m.said, m.near, m.flags
FROM documents d JOIN mentions m ON m.document = d.key JOIN blocks b ON b.key = m.block WHERE d.id = ?
"""
_SETTLED_LINKS = """
SELECT d.id, l.idx, g.id, l.state, l.candidates, l.certainty, l.reasons FROM links l JOIN documents d ON d.key = l.document
LEFT JOIN directives g ON g.key = l.directive WHERE l.block = ?
"""
_SETTLED = "SELECT id, doctype, number, issued, office, place FROM directives WHERE block = ?"
_RELATIONS = """
SELECT s.id, t.id, e.relation, e.idx, e.partial FROM documents d JOIN edges e ON e.document = d.key
LEFT JOIN directives s ON s.key = e.source JOIN directives t ON t.key = e.target WHERE d.id = ? ORDER BY e.idx, e.seq
"""
_ISSUED = "SELECT issued FROM documents WHERE key = ?"
_RELATED = "UPDATE documents SET relinked = 0 WHERE key = ?"


@dataclass(frozen=True, slots=True)
class Block:
    """A block to resolve: its name for the resolver, its mentions, and the keys and dates of their documents."""

    key: int
    name: str
    mentions: tuple[Mention, ...]
    documents: dict[str, tuple[int, int]]


class Graph:
    """The tables `blocks`, `mentions`, `links`, `directives` and `edges`, as they are written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- a document comes or goes ---

    def add(self, document: int, mentions: Iterable[tuple[Mention, tuple[str, ...]]]) -> None:
        """Enter each mention in its blocks, which are then to be resolved."""
        keys: dict[str, int] = {}
        for mention, names in mentions:
            columns = codec.write_mention(mention)
            for name in names:
                if name not in keys:
                    keys[name] = int(self._database.value(_BLOCK, (name,)))
                self._database.run(_PUT_MENTION, (keys[name], document, *columns))

    def remove(self, document: int) -> None:
        """Take out a document's mentions, links and edges; the blocks where they counted are to be resolved."""
        targets = [row[0] for row in self._database.rows(_TARGETS, (document,))]
        for statement in (_SOIL, _CLEAR_MENTIONS, _CLEAR_LINKS, _CLEAR_EDGES):
            self._database.run(statement, (document,))
        self._database.run(_OWN, (None, document))
        self._recount(targets)

    def soil_all(self) -> None:
        """Every block is to be resolved again, every edge made again, every counter counted again."""
        self._database.run(_SOIL_ALL)
        self._database.run(_RECOUNT_ALL)
        self._database.run(_RELINK_ALL)

    # --- blocks ---

    def dirty_count(self) -> int:
        """How many blocks are to be resolved."""
        return int(self._database.value(_DIRTY_COUNT))

    def dirty(self, limit: int) -> list[tuple[int, str]]:
        """Some blocks to resolve: key and name."""
        return self._database.all(_DIRTY, (limit,))

    def block(self, key: int, name: str) -> Block:
        """A block with its mentions."""
        rows = self._database.all(_MENTIONS, (key,))
        documents = {row[1]: (row[0], codec.day_number(row[2])) for row in rows}
        return Block(key, name, tuple(codec.read_mention(row[1], row[3:]) for row in rows), documents)

    def mentions(self, name: str) -> tuple[Mention, ...]:
        """The mentions of a block by its name; none where there is no such block."""
        key = self._database.value(_BLOCK_NAMED, (name,))
        return () if key is None else self.block(key, name).mentions

    def office(self, document: str) -> Office | None:
        """The office that issued a document, as the document itself says."""
        row = self._database.row(_OFFICE, (document,))
        return codec.read_office(*row) if row else None

    # --- as it is stored, for proving it ---

    def blocks(self) -> Iterator[tuple[int, str]]:
        """Key and name of every block."""
        return ((row[0], row[1]) for row in self._database.rows(_BLOCKS))

    def entered(self, document: str) -> set[tuple[str, Mention]]:
        """The mentions of a document, each with the name of a block where it counts."""
        return {(row[0], codec.read_mention(document, row[1:])) for row in self._database.rows(_ENTERED, (document,))}

    def settled(self, key: int) -> tuple[set[Link], set[tuple[object, ...]]]:
        """The links of a block, and id, type, number, date and office of the directives that it defines."""
        links = {codec.read_link(row[0], row[1], row[2], row[3:]) for row in self._database.rows(_SETTLED_LINKS, (key,))}
        directives = {(*row[:4], codec.read_office(row[4], row[5])) for row in self._database.rows(_SETTLED, (key,))}
        return links, directives

    def related(self, document: str) -> tuple[Edge, ...]:
        """The edges that a document states, in order."""
        rows = self._database.rows(_RELATIONS, (document,))
        return tuple(
            Edge(source=row[0], target=row[1], relation=row[2], asserted_by=document, index=row[3], partial=bool(row[4]))
            for row in rows
        )

    def settle(self, block: Block, links: Iterable[Link], directives: Iterable[Directive]) -> None:
        """Write what a block was resolved to in place of what it was before; only what differs is touched."""
        touched = self._define(block, directives)
        touched |= self._link(block, links)
        self._recount(touched)
        self._database.run(_CLEAN if block.mentions else _DROP_BLOCK, (block.key,))

    def _define(self, block: Block, directives: Iterable[Directive]) -> set[int]:
        """Write the directives of a block; the keys of those that are new, other or no longer defined."""
        before = {row[0]: row[1:] for row in self._database.rows(_DEFINED, (block.key,))}
        after = {self._directive_key(directive.id): directive for directive in directives}
        changed = {key for key, directive in after.items() if before.get(key) != _facts(directive)}
        for key in changed:
            directive = after[key]
            self._database.run(_DEFINE, (block.key, *_facts(directive), *_search_keys(directive), key))
            self._database.run(_RELINK_CITING, (key,))
        gone = before.keys() - after.keys()
        for key in gone:
            self._database.run(_UNDEFINE, (key, block.key))
        return changed | gone

    def _link(self, block: Block, links: Iterable[Link]) -> set[int]:
        """Write the links of a block; the keys of the directives that gained or lost one."""
        before: dict[tuple[int, int], Row] = {
            (row[0], row[1]): row[2:] for row in self._database.all(_LINKS_OF_BLOCK, (block.key,))
        }
        after = self._columns(block, links)
        dates = dict(block.documents.values())
        changed = {place for place, columns in after.items() if before.get(place) != columns}
        gone = before.keys() - after.keys()
        self._database.run_many(_DROP_LINK, ((*place, block.key) for place in gone))
        self._database.run_many(_PUT_LINK, ((*place, block.key, *after[place], dates[place[0]]) for place in changed))
        self._database.run_many(_OWN, ((after[place][0], place[0]) for place in changed if place[1] < 0))
        self._database.run_many(_RELINK, {(place[0],) for place in changed | gone})
        touched = [columns[place] for columns in (before, after) for place in changed | gone if place in columns]
        return {target for target, *_ in touched if target is not None}

    def _columns(self, block: Block, links: Iterable[Link]) -> dict[tuple[int, int], Row]:
        """The columns of each link from `directive` on, by document and index."""
        keys = _Remembered(self._directive_key)
        targets = ((link, None if link.directive is None else keys[link.directive]) for link in links)
        return {
            (block.documents[link.document][0], link.index): (target, *codec.write_link(link)) for link, target in targets
        }  # fmt: skip

    def _directive_key(self, directive: str) -> int:
        return int(self._database.value(_DIRECTIVE_KEY, (directive,)))

    def _recount(self, directives: Iterable[int]) -> None:
        """Count these directives' links again; one that nothing defines or names any more goes."""
        for key in directives:
            self._database.run(_RECOUNT, (key,))
            self._database.run(_SWEEP, (key,))

    # --- edges ---

    def relinked(self, limit: int) -> list[tuple[int, str]]:
        """Some documents whose edges are to be made again: key and id."""
        return self._database.all(_RELINKED, (limit,))

    def relate(self, document: int, edges: Sequence[Edge]) -> None:
        """Write the edges of a document in place of those before."""
        self._database.run(_CLEAR_EDGES, (document,))
        dated = codec.day_number(self._database.value(_ISSUED, (document,)))
        rows = ((document, e.index, n, e.source, e.target, e.relation, e.partial, dated) for n, e in enumerate(edges))
        self._database.run_many(_PUT_EDGE, rows)
        self._database.run(_RELATED, (document,))


class _Remembered(dict[str, int]):
    """The keys of directives, each asked for once: a block of thousands of links names few."""

    def __init__(self, ask: Callable[[str], int]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, directive: str) -> int:
        self[directive] = key = self._ask(directive)
        return key


def _facts(directive: Directive) -> tuple[object, ...]:
    return (
        directive.doctype, directive.number, directive.name, directive.issued, *codec.write_office(directive.office),
        directive.title, codec.to_json(directive.flags),
    )  # fmt: skip


def _search_keys(directive: Directive) -> tuple[str | None, str | None, str | None]:
    """By what people look it up: its number's key, its ordinal, its folded name."""
    name = name_key(directive.name) if directive.name else None
    try:
        number = parse_number(directive.number or "")
    except NotationError:
        return None, None, name
    return number.key, number.ordinal.lstrip("0").lower() or "0", name
