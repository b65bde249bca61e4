"""A query as a list of steps, for whoever wants to see what was understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docsearch.model import And, Fuzzy, Match, Node, Not, Number, OneOf, Or, Phrase, Prefix, Range, Term

LONGEST_LIST = 5  # values shown of a condition


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the tree: how deep it stands, a code, what is looked for, in which field, and which key is compared.

    Codes: everything, all, any, not; word, phrase, near, prefix, fuzzy; number, one-of, range.
    """

    depth: int
    code: str
    what: str = ""
    field: str | None = None
    match: Match | None = None


def steps(node: Node | None, depth: int = 0) -> Iterator[Step]:
    """The tree from the top down, each node before its parts; one step ``everything`` where nothing was asked."""
    match node:
        case None:
            yield Step(depth, "everything")
        case And(parts=(only,)) | Or(parts=(only,)):
            yield from steps(only, depth)
        case And() | Or():
            yield Step(depth, "all" if isinstance(node, And) else "any")
            for part in node.parts:
                yield from steps(part, depth + 1)
        case Not():
            yield Step(depth, "not")
            yield from steps(node.part, depth + 1)
        case _:
            yield _leaf(node, depth)


def _leaf(node: Node, depth: int) -> Step:
    match node:
        case Phrase() | Term() | Prefix() | Fuzzy():
            return _of_words(node, depth)
        case Number():
            return Step(depth, "number", node.key or node.typed, node.field or "number-or-cites")
        case Range():
            return Step(depth, "range", f"{node.low or ''}..{node.high or ''}", node.field)
        case OneOf():
            return _of_values(node, depth)
        case _:
            raise AssertionError(node)


def _of_words(node: Term | Phrase | Prefix | Fuzzy, depth: int) -> Step:
    match node:
        case Phrase(slop=0):
            code, what = "phrase", " ".join(node.words)
        case Phrase():
            code, what = "near", f"{' '.join(node.words)} ~{node.slop}"
        case Fuzzy():
            code, what = "fuzzy", f"{node.word} ~{node.distance}"
        case _:
            code, what = ("word" if isinstance(node, Term) else "prefix"), node.word
    return Step(depth, code, what, node.field, node.match)


def _of_values(node: OneOf, depth: int) -> Step:
    """The values, or the words that stand for them with the number of documents that they are."""
    if not node.said:
        more = " …" if len(node.values) > LONGEST_LIST else ""
        return Step(depth, "one-of", " | ".join(node.values[:LONGEST_LIST]) + more, node.field)
    field, colon, what = node.said.partition(":")
    return Step(depth, "one-of", f"{what if colon else field} ({len(node.values)})", field if colon else node.field)
