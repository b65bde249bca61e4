"""One piece of words as a node: a term, a phrase, a beginning, a near miss; and offices by their short names."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from docsearch import registry
from docsearch.model import And, Fuzzy, Match, Node, Not, Or, Phrase, Prefix, Term
from docsearch.notation import fold_symbol
from docsearch.vietnamese import words

LONGEST_PHRASE = 64  # words
_EDITS = re.compile(r"~(\d?)\Z")
LEADS: dict[str, Match] = {"=": "exact", "~": "folded"}


def word(text: str, mode: Match, field: str | None) -> Node | None:
    """One piece without spaces: ``=từ``, ``~tu``, ``hành*``, ``chinnh~2``; with signs inside it is a phrase."""
    text = text.strip(".,;:!?'’‘[]{}<>…")
    match, parts = LEADS.get(text[:1], mode), words(text)
    if len(parts) == 1 and text.endswith("*"):
        return Prefix(parts[0], match, field)
    edits = _EDITS.search(text)
    if edits and words(text[: edits.start()]):
        parts = words(text[: edits.start()])
        return Fuzzy(parts[0], match, field, min(int(edits[1] or 1), 2)) if len(parts) == 1 else phrase(parts, match, field)
    node = phrase(parts, match, field)
    return replace(node, kept=True) if isinstance(node, Term) and text[:1] in LEADS else node


def phrase(parts: list[str], match: Match, field: str | None, slop: int = 0) -> Node | None:
    """Several words as a phrase, one as a term; ``None`` of none."""
    if len(parts) > 1:
        return Phrase(tuple(parts[:LONGEST_PHRASE]), match, field, slop)
    return Term(parts[0], match, field) if parts else None


def with_full_names(node: Node) -> Node:
    """Short names of offices stand for their full ones too: ``cơ-quan:UBND``, ``cơ-quan:"UBND tỉnh Trà Vinh"``."""
    match node:
        case Term():
            names = dict.fromkeys(tuple(words(issuer.name)) for issuer in _offices(node.word))
            return Or((node, *(Phrase(name, "folded", "issuer") for name in names))) if names else node
        case Phrase():
            runs = [list(run) for _, run in groupby(node.words, key=lambda word: bool(_offices(word)))]
            parts = [part for run in runs if (part := phrase(run, node.match, node.field, node.slop))]
            return And(tuple(map(with_full_names, parts))) if len(parts) > 1 else node
        case And() | Or():
            return replace(node, parts=tuple(with_full_names(part) for part in node.parts))
        case Not():
            return Not(with_full_names(node.part))
        case _:
            return node


def _offices(word: str) -> tuple[registry.Issuer, ...]:
    return registry.issuer_segments().get(fold_symbol(word), ()) if word.isupper() else ()
