"""A block of one law's name: which law each mention means.

Name and year make a law (or name and day, where two years apart are slips of a day or two); the number is known from
those who cite the law with both, and from the law itself where it is held.  A name without a year is never certain: it
is the latest law of the name before the citing paper, if the one before it cannot still have been in force; else it stays
ambiguous among those known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from docsearch.model import Certainty, Directive, Link, Mention, Office
from docsearch.notation import DirectiveId
from docsearch.registry import Act, act_key, acts
from docsearch.resolver.digest import Key, digest, identities
from docsearch.resolver.identity import Symbol, read_symbol, type_code
from docsearch.resolver.lawnames import BASIS, LATEST, YEARS_TO_FORCE

LONGEST_SLUG = 64  # letters of a name in an id, which people type
LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
_LAWMAKERS = ("quoc-hoi", "ubtvqh")
_ASSEMBLY = Office(code="quoc-hoi", place="")
_STANDING = Office(code="ubtvqh", place="")


def is_law(mention: Mention) -> bool:
    """Whether a mention is of a law, code, ordinance or constitution: these are known by their names."""
    return mention.doctype in LAWS or (mention.doctype is None and (mention.name or "").startswith(LAWS))


@dataclass(frozen=True, slots=True)
class _Law:
    """A law of this name: id, year, full date where known, whether it is held; `table`: only the table tells of it."""

    id: str
    year: str
    day: str | None
    held: bool
    table: bool = False


def resolve(mentions: Sequence[Mention]) -> tuple[tuple[Link, ...], tuple[Directive, ...]]:
    """Links and directives of one block; mentions with a number are witnesses and get none here."""
    names = [mention for mention in mentions if not _symbol(mention)]
    laws = _numbered(mentions)
    laws += _from_table(names, {law.id for law in laws})
    unnumbered = _unnumbered(names, laws)
    laws += [_Law(one.id, (one.issued or "")[:4], one.issued, bool(one.documents)) for one in unnumbered]
    links = tuple(_link(mention, sorted(laws, key=lambda law: (law.year, law.id))) for mention in names)
    return links, tuple(unnumbered)


def _from_table(names: Sequence[Mention], told: set[str]) -> list[_Law]:
    """The laws of this name that only the table knows: a name may mean one, but no block defines them, so none is linked."""
    named = acts().get(act_key(names[0].name or ""), ()) if names else ()
    found = [_Law(_id(act), act.year, act.issued or None, held=False, table=True) for act in named if act.number]
    return [law for law in found if law.id not in told]


def _id(act: Act) -> str:
    symbol = read_symbol(act.number)
    assert symbol is not None
    return "-".join(filter(None, (type_code(symbol, act.kind), symbol.slug)))


def _symbol(mention: Mention) -> Symbol | None:
    return read_symbol(mention.number) if mention.number else None


def _numbered(mentions: Iterable[Mention]) -> list[_Law]:
    """The laws whose number is known with this name."""
    witnesses: dict[str, list[Mention]] = {}
    for mention in mentions:
        symbol = _symbol(mention)
        kind = type_code(symbol, mention.doctype) if symbol else None
        if symbol and kind is not None and any(issuer.code in _LAWMAKERS for issuer in symbol.issuers):
            key = Key(kind, mention.office or _ASSEMBLY, "")
            witnesses.setdefault(identities(symbol, {key: [mention]})[key], []).append(mention)
    return [_law(identity, group) for identity, group in sorted(witnesses.items())]


def _law(identity: str, group: Sequence[Mention]) -> _Law:
    told = digest(identity, None, group)
    symbol = _symbol(group[0])
    assert symbol is not None
    return _Law(identity, str(symbol.number.year), told.issued, bool(told.documents))


def _unnumbered(names: Iterable[Mention], numbered: Sequence[_Law]) -> list[Directive]:
    """Directives of years in which no number is known for the name; the year is that of the date, or stated."""
    years = {year for law in numbered for year in (law.year, (law.day or "")[:4])}
    groups: dict[str, list[Mention]] = {}
    for mention in names:
        if mention.issued and mention.issued[:4] not in years:
            groups.setdefault(mention.issued[:4], []).append(mention)
    return [_directive(year, group) for year, group in sorted(groups.items())]


def _directive(year: str, group: Sequence[Mention]) -> Directive:
    first = min(group, key=lambda mention: mention.name or "")
    office = _STANDING if first.doctype == "Pháp lệnh" else _ASSEMBLY
    return digest(str(DirectiveId(_slug(first.name or ""), int(year))), office, group)


def _slug(name: str) -> str:
    """A name as it stands in an id; a long one (laws that amend eight others name them all) is cut and told apart by a hash."""
    whole = act_key(name).replace(" ", "-")
    if len(whole) <= LONGEST_SLUG:
        return whole
    return f"{whole[:LONGEST_SLUG].rpartition('-')[0]}-{sha256(whole.encode()).hexdigest()[:6]}"


def _link(mention: Mention, laws: Sequence[_Law]) -> Link:
    law, certainty, reason = _chosen(mention, laws)
    candidates = () if law else tuple(sorted(law.id for law in laws if _possible(mention, law)))
    return Link(
        document=mention.document,
        index=mention.index,
        state="ambiguous" if law is None else "resolved" if law.held else "missing",
        directive=law.id if law else None,
        candidates=candidates,
        certainty=certainty,
        reasons=(reason, *mention.flags),
    )


def _chosen(mention: Mention, laws: Sequence[_Law]) -> tuple[_Law | None, Certainty, str]:
    possible = [law for law in laws if _possible(mention, law)]
    if not mention.issued:
        return _latest(mention, possible)
    on_day = [law for law in possible if law.day == mention.issued]
    fitting = on_day or possible
    if fitting and not any(law.table for law in fitting) and any(law.table for law in laws):
        return fitting[0], "low", "year-not-in-table"
    if len(fitting) == 1 and not fitting[0].table:
        return (
            fitting[0],
            "medium" if {LATEST, BASIS} & set(mention.flags) else "high",
            "name-and-day" if on_day else "name-and-year",
        )
    return None, "low", "same-name-same-year"


def _possible(mention: Mention, law: _Law) -> bool:
    if mention.issued:
        return mention.issued[:4] in (law.year, (law.day or "")[:4])
    if mention.said is None or law.year > mention.said[:4]:
        return False
    return not law.day or law.day[: len(mention.said)] <= mention.said[: len(law.day)]


def _latest(mention: Mention, possible: Sequence[_Law]) -> tuple[_Law | None, Certainty, str]:
    """The law that a name without a year most likely means, never with high certainty."""
    if not possible:
        return None, "low", "no-year"
    latest = possible[-1]
    alone = len(possible) == 1
    settled = mention.said is not None and int(latest.year) + YEARS_TO_FORCE < int(mention.said[:4])
    if not latest.table and (alone or (settled and possible[-2].year != latest.year)):
        return latest, "medium", "only-known" if alone else "latest-of-name"
    return None, "low", "no-year"
