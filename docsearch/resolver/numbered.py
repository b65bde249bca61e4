"""A block of one number: which of its mentions mean the same directive, and which directive that is.

Number and symbol are not enough: ``60/QĐ-UBND`` exists in every place and every year.  A mention is complete when it
says type (where the symbol does not), office and period; complete mentions with the same three are one directive.  An
incomplete one is linked only if what it says leaves one directive and is evidence enough; else it stays ambiguous, with
the directives that fit.

Period (Nghị định 30/2020/NĐ-CP, Điều 15: unique within one year): none where the year, or the term of the National
Assembly, is in the number, else the year of the date; with the Party the congress term.  In a province that was merged
on 1 July 2025 the numbers of that year began again, so it has two periods.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from docsearch.model import Certainty, Directive, Link, Mention, Office
from docsearch.registry import REFORM, places
from docsearch.resolver.digest import Key, digest, identities, own_id
from docsearch.resolver.identity import Symbol, party_term, read_symbol, type_code
from docsearch.resolver.lawnames import BASIS, LATEST, OTHER_NAME, POPULAR
from docsearch.resolver.location import is_bare, is_commune_of_province, province_of, same_name

# Evidence of an office that is likely and not certain: such a link is no better.
UNPLACED = "unplaced"
_GUESSED = {"own-place", "outer"}
_LIKELY = {"title", "outer", "own-place", "relative-inferred", "relative-merged"}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A mention of the block with what it says of the key: ``None`` where it does not."""

    mention: Mention
    kind: str | None
    office: Office | None
    period: str | None
    key: Key | None


@dataclass(frozen=True, slots=True)
class _Choice:
    """Where an incomplete mention leads: one key, or `candidates`."""

    key: Key | None
    certainty: Certainty
    reason: str
    candidates: tuple[Key, ...] = ()


def resolve(mentions: Sequence[Mention]) -> tuple[tuple[Link, ...], tuple[Directive, ...]]:
    """Links and directives of one block; `mentions` in the order of document and index."""
    readings = _on_their_days(_in_their_provinces([_read(mention) for mention in mentions]))
    groups = _grouped(readings)
    known = {key: frozenset(_days(group)) for key, group in groups.items()}
    choices = [None if reading.key else _choose(reading, known) for reading in readings]
    for reading, choice in zip(readings, choices, strict=True):
        if choice and choice.key:
            groups[choice.key].append(reading.mention)
    return _answer(readings, groups, choices)


def _in_their_provinces(readings: Sequence[_Reading]) -> list[_Reading]:
    """The readings, places without province or district taken for the only like-named place of the block that has them."""
    whole = {reading.key for reading in readings if reading.key and not _lacks_a_level(reading.key)}
    return [_in_its_province(reading, whole) for reading in readings]


def _in_its_province(reading: _Reading, whole: set[Key]) -> _Reading:
    if reading.key is None or not _lacks_a_level(reading.key):
        return reading
    fitting = [one for one in whole if _is_key_but_for_province(reading.key, one)]
    return replace(reading, office=fitting[0].office, key=fitting[0]) if len(fitting) == 1 else reading


def _on_their_days(readings: Sequence[_Reading]) -> list[_Reading]:
    """The readings, those that only guess at their place taken for the one directive that another says of the same day."""
    groups = _grouped(readings)
    guessed = {key for key, group in groups.items() if all(mention.how in _GUESSED for mention in group)}
    meant: dict[Key | None, Key] = {}
    for key in guessed:
        days = set(_days(groups[key]))
        fitting = [one for one in groups if one not in guessed and _near_by(key, one) and not days.isdisjoint(_days(groups[one]))]
        if len(fitting) == 1:
            meant[key] = fitting[0]
    return [
        replace(one, office=meant[one.key].office, key=meant[one.key]) if one.key in meant else one for one in readings
    ]  # fmt: skip


def _grouped(readings: Iterable[_Reading]) -> dict[Key, list[Mention]]:
    groups: dict[Key, list[Mention]] = {}
    for reading in readings:
        if reading.key:
            groups.setdefault(reading.key, []).append(reading.mention)
    return groups


def _near_by(key: Key, other: Key) -> bool:
    """Whether two keys differ in nothing but the place, and one place lies in the other."""
    same = (key.kind, key.office.code, key.period) == (other.kind, other.office.code, other.period)
    return same and _near(key.office.place, other.office.place or "")


def _lacks_a_level(key: Key) -> bool:
    """Whether the place has no province, or is a commune of the time of districts without one."""
    place = key.office.place or ""
    return is_bare(place) or (is_commune_of_province(place) and key.period <= REFORM[:4])


def _is_key_but_for_province(key: Key, other: Key) -> bool:
    same = (key.kind, key.office.code, key.period) == (other.kind, other.office.code, other.period)
    return same and same_name(key.office.place or "", other.office.place or "")


def _answer(
    readings: Sequence[_Reading], groups: dict[Key, list[Mention]], choices: Sequence[_Choice | None]
) -> tuple[tuple[Link, ...], tuple[Directive, ...]]:
    symbol = _symbol(readings[0].mention)
    ids = identities(symbol, groups)
    directives = {ids[key]: digest(ids[key], key.office, group) for key, group in groups.items()}
    links = []
    for reading, choice in zip(readings, choices, strict=True):
        mention = reading.mention
        if choice and not choice.key and mention.index == -1:
            identity = own_id(symbol, reading.kind or "", mention.document)
            directives[identity] = digest(identity, reading.office, [mention])
            links.append(_link(mention, directives[identity], "low", ("own-document", choice.reason)))
        elif choice and not choice.key:
            links.append(_undecided(mention, choice, ids))
        else:
            key = choice.key if choice else reading.key
            assert key is not None
            certainty = choice.certainty if choice else "high"
            reasons = (*_reasons(mention, symbol), *((choice.reason,) if choice else ()))
            links.append(_link(mention, directives[ids[key]], certainty, reasons))
    return tuple(links), tuple(directives[identity] for identity in sorted(directives))


def _link(mention: Mention, directive: Directive, certainty: Certainty, reasons: tuple[str, ...]) -> Link:
    return Link(
        document=mention.document,
        index=mention.index,
        state="resolved" if directive.documents else "missing",
        directive=directive.id,
        certainty=_weighed(mention, certainty),
        reasons=reasons,
    )


def _weighed(mention: Mention, certainty: Certainty) -> Certainty:
    """A link is no surer than the evidence of the office and of the number."""
    if OTHER_NAME in mention.flags:
        return "low"
    likely = mention.how in _LIKELY or not {LATEST, POPULAR, BASIS}.isdisjoint(mention.flags)
    return "medium" if certainty == "high" and likely else certainty


def _undecided(mention: Mention, choice: _Choice, ids: dict[Key, str]) -> Link:
    return Link(
        document=mention.document,
        index=mention.index,
        state="ambiguous",
        directive=None,
        candidates=tuple(sorted(ids[key] for key in choice.candidates)),
        certainty="low",
        reasons=(choice.reason,),
    )


def _reasons(mention: Mention, symbol: Symbol) -> tuple[str, ...]:
    period = {"normative": "number-with-year", "term": "number-with-term", "yearly": "year", "party": "term"}[symbol.series]
    return (period, f"office:{mention.how}", *mention.flags)


# --- what a mention says ----------------------------------------------------------------------------------------------


def _symbol(mention: Mention) -> Symbol:
    symbol = read_symbol(mention.number or "")
    assert symbol is not None, "a mention without a number is in another block"
    return symbol


def _read(mention: Mention) -> _Reading:
    symbol = _symbol(mention)
    kind, office = type_code(symbol, mention.doctype), mention.office or _central(symbol)
    period = _period(symbol, mention.issued, office)
    return _Reading(mention, kind, office, period, _key(kind, office, period))


def _central(symbol: Symbol) -> Office | None:
    """The office of a symbol that only one body of the centre bears."""
    if len(symbol.issuers) == 1 and symbol.issuers[0].level == "central":
        return Office(code=symbol.issuers[0].code, place="")
    return None


def _key(kind: str | None, office: Office | None, period: str | None) -> Key | None:
    if kind is None or office is None or office.place is None or period is None:
        return None
    return Key(kind, office, period)


def _period(symbol: Symbol, issued: str | None, office: Office | None) -> str | None:
    if symbol.series in ("normative", "term"):
        return ""
    if issued is None:
        return None
    if symbol.series == "party":
        return str(party_term(issued, central=office is not None and office.place == ""))
    if issued[:4] == REFORM[:4] and office and office.place and office.place.split(".")[0] in _merged():
        return None if len(issued) == 4 else "2025b" if issued >= REFORM[: len(issued)] else "2025"
    return issued[:4]


@cache
def _merged() -> frozenset[str]:
    """Provinces that took in others on 1 July 2025."""
    return frozenset(successor for place in places().values() if place.until == "2025-06-30" for successor in place.successors)


def _days(group: Iterable[Mention]) -> list[str]:
    return [mention.issued for mention in group if mention.issued and len(mention.issued) == 10]


# --- incomplete mentions ----------------------------------------------------------------------------------------------


def _choose(reading: _Reading, known: dict[Key, frozenset[str]]) -> _Choice:
    """Which of the known directives an incomplete mention means."""
    fitting = tuple(key for key in known if _fits(reading, key, known[key]))
    issued = reading.mention.issued
    same_day = tuple(key for key in fitting if issued and len(issued) == 10 and issued in known[key])
    if len(same_day) == 1:
        return _Choice(same_day[0], "high" if reading.mention.index >= 0 else "medium", "same-day")
    if len(fitting) != 1 or reading.mention.index < 0:
        return _Choice(None, "low", _lack(reading), fitting)
    if _evident(reading, fitting[0]):
        return _Choice(fitting[0], "medium", "only-known")
    return _Choice(None, "low", _lack(reading), fitting)


def _fits(reading: _Reading, key: Key, days: frozenset[str]) -> bool:
    office, mention = reading.office, reading.mention
    if reading.kind not in (None, key.kind) or (office and office.code and office.code != key.office.code):
        return False
    if office and office.place is not None:
        if office.place != key.office.place:
            return False
    elif not _near(mention.near, key.office.place or ""):
        return False
    return _in_time(reading, key, days)


def _near(near: str | None, place: str) -> bool:
    """Whether a body at `near` may mean one at `place` without naming it: the same place, one above or one below it."""
    if not near or not place or near == place or near.startswith(place + ".") or place.startswith(near + "."):
        return True
    return is_bare(near) and (place == province_of(place) or same_name(near, place))


def _in_time(reading: _Reading, key: Key, days: frozenset[str]) -> bool:
    mention = reading.mention
    if reading.period is not None:
        return reading.period[:4] == key.period[:4]
    if mention.issued:
        return key.period.startswith(mention.issued[:4]) or not key.period
    return not mention.said or not days or min(days)[: len(mention.said)] <= mention.said[:10]


def _evident(reading: _Reading, key: Key) -> bool:
    """Whether being the only known one that fits is enough.

    A type word left out is (nothing else could be meant here).  A place left out is where the speaker's own place decides.  A
    year left out is only for the centre, or for a paper of the speaker's own year: elsewhere each year has that number.
    """
    mention = reading.mention
    if mention.how == UNPLACED:  # a place was named, and it is not known: not that of the one directive that is
        return False
    placed = (reading.office is not None and reading.office.place is not None) or bool(mention.near and key.office.place)
    dated = reading.period is not None or (
        mention.said is not None and (key.office.place == "" or key.period == _period(_symbol(mention), mention.said, key.office))
    )
    return placed and dated


def _lack(reading: _Reading) -> str:
    """What is missing, for the reader of an ambiguous link."""
    if reading.office is None or reading.office.place is None:
        return "no-office"
    return "no-year" if reading.period is None else "no-type"
