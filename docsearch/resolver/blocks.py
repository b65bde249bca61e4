"""Blocks of mentions, and what the mentions of one block mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docsearch.model import Directive, Link, Mention


@dataclass(frozen=True, slots=True)
class Resolution:
    """The links and directives of one block (`resolve_block`) or of many (`resolve`).

    `links` holds one link for each mention whose own block this is, by (document, index); `directives` every directive
    that this block defines, by id.  A link may name a directive that another block defines (a law cited by its name
    alone links to the directive of its number), and one that no block defines: then it is known from the name only.
    """

    links: tuple[Link, ...]
    directives: tuple[Directive, ...]


def block_keys(mention: Mention) -> tuple[str, ...]:
    """The blocks in which this mention counts, its own first; never empty.

    ``n:108/2014/ND-CP`` a number; ``w:luat dat dai`` a law by its name; ``d:nghi-dinh:108`` digits alone that nothing in the
    document completes; ``x:...`` nothing to go by (always alone).
    """
    raise NotImplementedError


def resolve_block(key: str, mentions: Iterable[Mention]) -> Resolution:
    """What the mentions of one block mean: give all that have `key` among their `block_keys`, in any order."""
    raise NotImplementedError


def resolve(mentions: Iterable[Mention]) -> Resolution:
    """All blocks of these mentions at once: for one draft without an archive, for tests, for a rebuild in memory."""
    raise NotImplementedError
