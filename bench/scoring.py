"""Found mentions held against annotated ones: which are right, in which field they err, and how sure a share is.

An annotated paper is ``NAME.txt`` beside ``NAME.json``, in the shape that ``docsearch extract --json`` prints.  Mentions are
aligned in text order by what they name, so that a slip in a span or a type costs that field only, and one mention missed
costs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import sqrt
from typing import Any, Literal

from docsearch import vietnamese

FIELDS = ("doctype", "number", "name", "issued", "issuer", "pinpoint", "relation", "nested_in")
META = ("doctype", "number", "issued", "issuer", "title", "signer")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One mention: annotated and found ("hit"), annotated only ("missed"), or found only ("extra").

    `wrong` are the fields that differ, "span" among them; `told` says each difference in a line.  `place` is stable
    between runs: the paper with the index in the gold, or with the words of an extra one.
    """

    place: str
    state: Literal["hit", "missed", "extra"]
    text: str
    doctype: str
    relation: str
    wrong: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many."""

    right: int
    of: int

    @property
    def value(self) -> float:
        return self.right / self.of if self.of else float("nan")


def wilson(share: Share, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score, which stays inside 0 to 1 for small counts and for shares of 1."""
    n = share.of
    if not n:
        return 0.0, 1.0
    p, zz = share.right / n, z * z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = z * sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n)
    return max(0.0, middle - half), min(1.0, middle + half)


# --- what is the same -------------------------------------------------------------------------------------------------


def plain(value: object) -> str:
    """Letters and digits only, without case, marks and leading zeros; offices in their short form."""
    words = re.sub(r"[^0-9a-z]+", " ", vietnamese.fold(str(value or "").replace("Ð", "Đ"))).strip()
    words = words.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    return re.sub(r"(?<!\d)0+(?=\d)", "", words)


def named(citation: Json) -> str:
    """What a mention names: its number, or else its name."""
    number = plain(citation.get("number")).replace(" ", "")
    return number or "~" + plain(citation.get("name"))


def right(field: str, gold: Json, found: Json, parent: int | None) -> bool:
    """Whether one field is right; `parent` is the found mention's parent as an index of the gold.

    A name is asked only where the gold has one; "also" and "relation_alt" of the gold hold what is right as well.
    """
    want, got = gold.get(field), found.get(field)
    if field == "nested_in":
        return want == parent
    if field == "name" and not want:
        return True
    if field == "number" and got in gold.get("also", ()):
        return True
    if field == "relation" and got == gold.get("relation_alt", want):
        return True
    return plain(want) == plain(got) if want else not got


def right_fact(field: str, want: object, got: object) -> bool:
    """Whether a field of the metadata is right; a subject may begin with "Về việc" or without."""
    if field == "title":
        return _subject(want) == _subject(got)
    return plain(want) == plain(got)


def _subject(value: object) -> str:
    return re.sub(r"^(?:ve viec|v v|ve) ", "", plain(value))


# --- one paper --------------------------------------------------------------------------------------------------------


def judge(name: str, gold: Sequence[Json], found: Sequence[Json]) -> list[Judged]:
    """Every mention of one paper, annotated or found, in text order of the gold, extra ones last."""
    pairs = align(gold, found)
    back = {theirs: ours for ours, theirs in pairs.items()}
    out = [_judged(name, index, want, found, pairs, back) for index, want in enumerate(gold)]
    return out + [_extra(name, one) for index, one in enumerate(found) if index not in back]


def align(gold: Sequence[Json], found: Sequence[Json]) -> dict[int, int]:
    """Index in the gold to index in `found`, in order, by what the mentions name."""
    meant = {named(one): named({"number": one["also"][0]}) for one in gold if one.get("also")}
    left, right_side = ([meant.get(named(one), named(one)) for one in side] for side in (gold, found))
    blocks = SequenceMatcher(None, left, right_side, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _judged(
    name: str, index: int, want: Json, found: Sequence[Json], pairs: Mapping[int, int], back: Mapping[int, int]
) -> Judged:
    place, doctype = f"{name}#{index}", str(want.get("doctype"))
    if index not in pairs:
        return Judged(place=place, state="missed", text=want["text"], doctype=doctype, relation=want["relation"])
    got = found[pairs[index]]
    above = got.get("nested_in")
    parent = None if above is None else back.get(above, -1)
    wrong = [field for field in FIELDS if not right(field, want, got, parent)]
    told = [f"{field}: gold {want.get(field)!r}, found {parent if field == 'nested_in' else got.get(field)!r}" for field in wrong]
    if (got.get("start"), got.get("end")) != (want["start"], want["end"]):
        wrong.append("span")
        told.append(f"span: gold {want['text']!r}, found {got.get('text')!r}")
    return Judged(
        place=place, state="hit", text=want["text"], doctype=doctype, relation=want["relation"],
        wrong=tuple(wrong), told=tuple(told),
    )  # fmt: skip


def _extra(name: str, one: Json) -> Judged:
    words = " ".join(str(one["text"]).split())
    return Judged(
        place=f"{name}+{words}", state="extra", text=str(one["text"]), doctype=str(one.get("doctype")),
        relation=str(one.get("relation")),
    )  # fmt: skip


def judge_facts(name: str, gold: Json, found: Json) -> dict[str, bool]:
    """Right or wrong by ``NAME.field``, for the fields that the gold gives."""
    return {f"{name}.{field}": right_fact(field, gold[field], found.get(field)) for field in META if gold.get(field) is not None}


# --- figures ----------------------------------------------------------------------------------------------------------


def shares(judged: Iterable[Judged]) -> dict[str, Share]:
    """Precision, recall, and each field as a share of all annotated mentions: a missed one is wrong in all."""
    every = list(judged)
    hits = [one for one in every if one.state == "hit"]
    gold = sum(one.state != "extra" for one in every)
    out = {"precision": Share(len(hits), len(every) - gold + len(hits)), "recall": Share(len(hits), gold)}
    for field in ("span", *FIELDS):
        out[field] = Share(sum(field not in one.wrong for one in hits), gold)
    return out


def f1(figures: Mapping[str, Share]) -> float:
    precision, recall = figures["precision"].value, figures["recall"].value
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
