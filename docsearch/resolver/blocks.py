"""Blocks: the mentions that could mean one directive, resolved together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docsearch.model import Directive, Link, Mention
from docsearch.registry import act_key
from docsearch.resolver import named, numbered
from docsearch.resolver.identity import read_symbol, type_codes

_NUMBER, _NAME, _DIGITS, _ALONE = "n:", "w:", "d:", "x:"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The links and directives of one block (`resolve_block`) or of many (`resolve`).

    `links` holds one link for each mention whose own block this is, by (document, index); `directives` every directive
    that this block defines, by id.  A link may name a directive that another block defines: a law cited by its name
    alone links to the directive of its number.
    """

    links: tuple[Link, ...]
    directives: tuple[Directive, ...]


def block_keys(mention: Mention) -> tuple[str, ...]:
    """The blocks in which this mention counts, its own first; never empty.

    ``n:108/2014/ND-CP`` a number; ``w:luat dat dai`` a law by its name; ``d:nd:108`` digits alone that nothing in the
    document completes; ``x:...`` nothing to go by (always alone).
    """
    symbol = read_symbol(mention.number) if mention.number else None
    name = _NAME + act_key(mention.name) if mention.name and named.is_law(mention) else None
    if symbol:
        return (_NUMBER + symbol.key, name) if name else (_NUMBER + symbol.key,)
    if mention.number:
        digits = mention.number.lstrip("0") or "0"
        return (f"{_DIGITS}{type_codes().get(mention.doctype or '', '')}:{digits}",)
    return (name or f"{_ALONE}{mention.document}:{mention.index}",)


def resolve_block(key: str, mentions: Iterable[Mention]) -> Resolution:
    """What the mentions of one block mean: give all that have `key` among their `block_keys`, in any order."""
    ordered = sorted(mentions, key=lambda mention: (mention.document, mention.index))
    if key.startswith(_NUMBER):
        return Resolution(*numbered.resolve(ordered))
    if key.startswith(_NAME):
        return Resolution(*named.resolve(ordered))
    reason = "digits-only" if key.startswith(_DIGITS) else "no-number"
    return Resolution(tuple(_open(mention, reason) for mention in ordered), ())


def resolve(mentions: Iterable[Mention]) -> Resolution:
    """All blocks of these mentions at once: for one draft without an archive, for tests, for a rebuild in memory."""
    blocks: dict[str, list[Mention]] = {}
    for mention in mentions:
        for key in block_keys(mention):
            blocks.setdefault(key, []).append(mention)
    parts = [resolve_block(key, blocks[key]) for key in sorted(blocks)]
    links = sorted((link for part in parts for link in part.links), key=lambda link: (link.document, link.index))
    directives = sorted((directive for part in parts for directive in part.directives), key=lambda directive: directive.id)
    return Resolution(tuple(links), tuple(directives))


def _open(mention: Mention, reason: str) -> Link:
    """A link to nothing: too little is said."""
    return Link(
        document=mention.document, index=mention.index, state="ambiguous", directive=None, certainty="low", reasons=(reason,)
    )
