"""Numbers from names, by the tables: "Luật Đất đai năm 2024" is 31/2024/QH15, "Đề án 06" is 06/QĐ-TTg."""

from __future__ import annotations

from dataclasses import replace

from docsearch.model import Mention, Office
from docsearch.registry import ACTS_UNTIL, Act, act_key, acts, aliases, in_office
from docsearch.resolver.identity import read_symbol

YEARS_TO_FORCE = 1  # a law of this year or the last may not yet have replaced the one before it
LATEST = "latest-of-name"
OTHER_NAME = "name-mismatch"
POPULAR = "popular-name"
BASIS = "the-basis"


def number_of_dated(mention: Mention) -> Mention:
    """The mention with the number of the one law of its name and day, or of its name and year: flag ``known-act``.

    A mention with a number keeps it; where the table gives its name another number of the same year it is told (flag
    ``name-mismatch``): "Luật Bảo vệ môi trường số 17/2020/QH14", which is 72/2020/QH14.
    """
    named = acts().get(act_key(mention.name or ""), ())
    if mention.number:
        year = mention.number.split("/")[1:2]
        others = [act.number for act in named if [act.year] == year]
        wrong = others and mention.number.lstrip("0") not in [number.lstrip("0") for number in others]
        return replace(mention, flags=(*mention.flags, OTHER_NAME)) if wrong else mention
    if not mention.issued or not named:
        return mention
    fitting = [act for act in named if act.issued == mention.issued] or [act for act in named if act.year == mention.issued[:4]]
    if len(fitting) != 1 or not fitting[0].number:
        return mention
    return _numbered(mention, fitting[0], "known-act")


def number_of_latest(mention: Mention) -> Mention:
    """An undated name with the number of the latest law of that name before the citing paper: flag ``latest-of-name``.

    Only where the table reaches as far as that paper, and the law is old enough to have been in force: likely, not certain.
    """
    if mention.number or mention.issued or not mention.name or not mention.said or mention.said > ACTS_UNTIL:
        return mention
    before = [act for act in acts().get(act_key(mention.name), ()) if act.year <= mention.said[:4]]
    if (
        not before
        or not _in_force(before[-1], mention.said)
        or len({act.number for act in before if act.year == before[-1].year}) > 1
    ):
        return mention
    if not before[-1].number:  # a constitution has none; its year is its name
        return replace(mention, issued=before[-1].year, flags=(*mention.flags, LATEST))
    return _numbered(mention, before[-1], LATEST)


def number_of_popular(mention: Mention) -> Mention:
    """Digits alone with the number that everyone means by them: flag ``popular-name``, likely and not certain.

    Not in a paper that is older than the one meant, nor where a date or an issuer speaks against it.
    """
    known = aliases().get((mention.doctype or "", (mention.number or "").lstrip("0")))
    if known is None or mention.said is None or mention.said < known[1]:
        return mention
    symbol = read_symbol(known[0])
    issuer = in_office(symbol.issuers, known[1]) if symbol else None
    spoken_against = (mention.issued and not known[1].startswith(mention.issued)) or (
        mention.office is not None and issuer is not None and mention.office.code != issuer.code
    )
    if issuer is None or spoken_against:
        return mention
    office = Office(code=issuer.code, place="")
    flags = (*mention.flags, POPULAR)
    return replace(mention, number=known[0], issued=known[1], office=office, how="name", flags=flags)


def _numbered(mention: Mention, act: Act, flag: str) -> Mention:
    symbol = read_symbol(act.number)
    assert symbol is not None and symbol.issuers, "tables/acts.tsv holds acts of the Assembly and its committee only"
    office = Office(code=symbol.issuers[0].code, place="")
    return replace(mention, number=act.number, office=office, how="name", flags=(*mention.flags, flag))


def _in_force(act: Act, said: str) -> bool:
    return int(act.year) + YEARS_TO_FORCE < int(said[:4])
