"""Short forms completed within one document: "Nghị định 108" beside "Nghị định số 108/2014/NĐ-CP", a number without its date.

Only where the document leaves one reading: two full forms that fit complete nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType

from docsearch.model import Mention, Office
from docsearch.registry import act_key
from docsearch.resolver.identity import read_symbol, type_code
from docsearch.resolver.lawnames import BASIS, OTHER_NAME

_SHORT = re.compile(r"0*(?P<ordinal>\d{1,6}[a-zđA-C]?)(?:/(?P<year>(?:19|20)\d\d))?")
_WEAK = {
    "none",
    "unplaced",
    "title",
    "own-place",
    "outer",
}  # evidence of an office that the same number elsewhere in the document outweighs


def complete(
    own: Mention, cited: Sequence[Mention], bases: Set[int] = frozenset(), aliases: Mapping[str, int] = MappingProxyType({})
) -> tuple[Mention, ...]:
    """The mentions `cited` by one document, completed from each other and from its own identity.

    `bases`: indices of what it is based on.  `aliases`: short names that it defines, with the index of what each means.
    What was completed is told: flags ``short-form`` (the number), ``the-basis`` (of two that fit the one it is based on),
    ``alias`` and ``date-inherited``, `how` ``same-number`` (the office).
    """
    numbered = _with_aliases(_with_numbers(cited, bases), aliases)
    families: dict[str, list[Mention]] = {}
    for mention in (own, *numbered):
        if family := _family(mention):
            families.setdefault(family, []).append(mention)
    return tuple(_from_family(mention, families.get(_family(mention) or "", ())) for mention in numbered)


# --- numbers ----------------------------------------------------------------------------------------------------------


def _with_aliases(cited: Sequence[Mention], aliases: Mapping[str, int]) -> Sequence[Mention]:
    """The mentions, those by a short name that the document defines as what it stands for: "Luật PPP"."""
    meant = {act_key(name): index for name, index in aliases.items()}
    targets = {mention.index: mention for mention in cited}

    def resolved(mention: Mention) -> Mention:
        target = None if mention.number or not mention.name else targets.get(meant.get(act_key(mention.name), -1))
        if target is None or not target.name or target.index == mention.index:
            return mention
        flags = (*mention.flags, "alias", *target.flags)
        return replace(target, index=mention.index, title=mention.title, said=mention.said, flags=flags)

    return [resolved(mention) for mention in cited] if meant else cited


def _with_numbers(cited: Sequence[Mention], bases: Set[int]) -> Sequence[Mention]:
    """The mentions, short forms with the number and date of the one full form that they can mean."""
    if all(mention.number and read_symbol(mention.number) for mention in cited):
        return cited
    full: dict[str, list[Mention]] = {}
    for mention in cited:
        for handle in _handles(mention):
            full.setdefault(handle, []).append(mention)
    return [_spelled_out(mention, full, bases) for mention in cited]


def _handles(mention: Mention) -> Iterable[str]:
    """By what a later short form may call this full one: type and digits, or its name."""
    symbol = read_symbol(mention.number) if mention.number else None
    if symbol:
        yield f"{mention.doctype}:{symbol.number.ordinal.lstrip('0')}"
    if mention.name and (symbol or mention.issued):
        yield f"name:{act_key(mention.name)}"


def _spelled_out(mention: Mention, full: dict[str, list[Mention]], bases: Set[int]) -> Mention:
    short = _SHORT.fullmatch(mention.number) if mention.number else None
    if short:
        handle, year = f"{mention.doctype}:{short['ordinal']}", short["year"] or (mention.issued or "")[:4]
    elif not mention.number and mention.name:
        handle, year = f"name:{act_key(mention.name)}", (mention.issued or "")[:4]
    else:
        return mention
    every = [
        one for one in full.get(handle, ()) if one is not mention and year in ("", *_years(one)) and _was_there(one, mention)
    ]
    fitting = _settled(every, bases)
    if not fitting:
        return mention
    model = max(fitting, key=lambda one: (one.number is not None, one.issued is not None, -one.index))
    return replace(
        mention,
        number=model.number or mention.number,
        issued=mention.issued or model.issued,
        office=model.office or mention.office,
        how="same-number" if model.office else mention.how,
        flags=(
            *mention.flags,
            "short-form",
            *((BASIS,) if len(fitting) < len(every) else ()),
            *(flag for flag in model.flags if flag == OTHER_NAME),
        ),
    )


def _was_there(full: Mention, short: Mention) -> bool:
    """Whether a paper is not younger than the words that may mean it."""
    return short.said is None or min(_years(full), default="") <= short.said[:4]


def _settled(fitting: list[Mention], bases: Set[int]) -> list[Mention]:
    """The full forms that leave one reading; of a law named twice the one that the document is based on.

    A decree on the law of 2024 names that of 2001 once, in what no longer holds; its articles speak of the new one.
    """
    if len({_identity(one) for one in fitting}) == 1:
        return fitting
    based = {_identity(one) for one in fitting if one.index in bases and one.name}
    return [one for one in fitting if _identity(one) in based] if len(based) == 1 else []


def _years(mention: Mention) -> tuple[str, ...]:
    symbol = read_symbol(mention.number) if mention.number else None
    return tuple(filter(None, ((mention.issued or "")[:4], str(symbol.number.year) if symbol and symbol.number.year else "")))


def _identity(mention: Mention) -> tuple[str, str]:
    """What makes two full forms one for a short form that may mean either: the number, else the year."""
    symbol = read_symbol(mention.number) if mention.number else None
    period = (mention.issued or "")[:4] if symbol is None or symbol.series not in ("normative", "term") else ""
    return (symbol.key if symbol else "", period)


# --- dates and offices ------------------------------------------------------------------------------------------------


def _family(mention: Mention) -> str | None:
    """Number and type: what two mentions of one directive share at least."""
    symbol = read_symbol(mention.number) if mention.number else None
    return f"{type_code(symbol, mention.doctype)}:{symbol.key}" if symbol else None


def _from_family(mention: Mention, family: Sequence[Mention]) -> Mention:
    """The mention with the date and the office that the others of its number leave no doubt about."""
    if len(family) < 2:
        return mention
    symbol = read_symbol(mention.number or "")
    assert symbol is not None
    if mention.issued is None and symbol.series not in ("normative", "term"):
        mention = _dated(mention, family)
    return _placed(mention, family) if mention.how in _WEAK else mention


def _dated(mention: Mention, family: Sequence[Mention]) -> Mention:
    dates = {one.issued for one in family if one.issued and one.index >= 0 and _may_be_one(mention.office, one.office)}
    if len({date[:4] for date in dates}) != 1:
        return mention
    date = max(dates, key=lambda date: (len(date), date)) if len(dates) > 1 else dates.pop()
    return replace(mention, issued=date, flags=(*mention.flags, "date-inherited"))


def _may_be_one(one: Office | None, other: Office | None) -> bool:
    return one is None or other is None or one.place is None or other.place is None or one == other


def _placed(mention: Mention, family: Iterable[Mention]) -> Mention:
    offices = {
        one.office
        for one in family
        if one.office and one.office.place is not None and one.how not in _WEAK and _same_date(mention.issued, one.issued)
    }
    return replace(mention, office=offices.pop(), how="same-number") if len(offices) == 1 else mention


def _same_date(one: str | None, other: str | None) -> bool:
    """Whether two dates agree as far as both are said."""
    if one is None or other is None:
        return True
    exact = min(len(one), len(other))
    return one[:exact] == other[:exact]
