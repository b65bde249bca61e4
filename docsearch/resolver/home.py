"""The citing document's own body and place: what "tỉnh", "huyện" and "Bộ" mean in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from docsearch.model import Citation, Metadata, Office
from docsearch.registry import Issuer, in_office
from docsearch.resolver.identity import read_symbol
from docsearch.resolver.location import COMMUNES, DISTRICTS, locate, province_of
from docsearch.resolver.phrases import Body, Part, read_body, read_places


@dataclass(frozen=True, slots=True)
class Home:
    """The body that speaks.  `office` is its identity where known; `place` its path ("" in the centre, ``None`` unknown).

    `certain`: the place stands in the letterhead, the place line or the addressee, or the tables leave only one; else it was
    taken from what the document cites.
    """

    office: Office | None
    how: str
    place: str | None
    certain: bool
    issued: str | None


@dataclass(frozen=True, slots=True)
class _Seat:
    place: str | None
    certain: bool = True
    issued: str | None = None


_NOWHERE = _Seat(None)
_LEVELS = {"province": "province", "district": "district", "commune": "commune", "phong": "district"}


def find_home(metadata: Metadata, citations: Sequence[Citation]) -> Home:
    """Who issued this document, and where, from its letterhead, symbol, place line, addressees and, last, its citations."""
    issued = metadata.issued.value if metadata.issued else None
    symbol = read_symbol(metadata.number.value) if metadata.number else None
    body = read_body(metadata.issuer.value, issued) if metadata.issuer else None
    row = _row(in_office(symbol.issuers, issued) if symbol else None, body)
    if row and row.level == "central":
        return Home(Office(code=row.code, place=""), "stated" if body else "symbol", "", True, issued)
    place, certain = _place(metadata, body, row, citations, issued)
    if place is None and body and body.central:
        place = ""
    how = "stated" if body and body.parts else "place-chain" if place is not None else "none"
    code = row.code if row else body.code if body else ""
    return Home(Office(code=code, place=place) if code else None, how, place, certain, issued)


def _row(of_symbol: Issuer | None, body: Body | None) -> Issuer | None:
    """The issuer by its symbol, else by its letterhead.

    A body of a place writes its own letters as it likes: KH-BTC of a province is its organising board's, not the ministry's.
    """
    named = body.issuer if body else None
    if of_symbol and named and of_symbol.level == "central" and named.level not in ("central", "agency"):
        return named
    return of_symbol or named


def _place(
    metadata: Metadata, body: Body | None, row: Issuer | None, citations: Sequence[Citation], on: str | None
) -> tuple[str | None, bool]:
    """The path of the issuer's place, and whether the document itself says it."""
    parts = _own_parts(metadata, body, row)
    said = metadata.province
    own = [f"tỉnh {said.value}"] if said and said.how == "own-name" else []
    around = _around(parts, [*_letterhead(metadata), *own], on)
    place = locate(parts, around, on, listed=True)[0] if parts else None
    if place is None and _is_province_level(parts, row):
        place = province_of(around.place) or _province_of_seat(parts, on)
    if place is None and parts and province_of(around.place):
        place = locate(parts, around, on)[0]
    if place is not None:
        return place, True
    return _by_citations(metadata, parts, [citation.issuer for citation in citations if citation.issuer], on)


def _by_citations(metadata: Metadata, parts: tuple[Part, ...], issuers: Sequence[str], on: str | None) -> tuple[str | None, bool]:
    """The place from the only province that the text names: among those whom it cites, else anywhere."""
    cited = set(_provinces(issuers, on))
    if not cited and metadata.province:
        cited = set(_provinces([f"tỉnh {metadata.province.value}"], on))
    if not parts:
        return None, False
    phrases = [*(_letterhead(metadata)), *issuers]
    if len(cited) == 1:
        return locate(parts, _around(parts, phrases, on, cited.pop()), on)[0], False
    return locate(parts, _around(parts, phrases, on), on)[0], True


def _around(parts: tuple[Part, ...], phrases: Sequence[str], on: str | None, province: str | None = None) -> _Seat:
    """The province in which the issuer's place lies, and for a commune the district too, as the first phrases name them."""
    province = province or next(_provinces(phrases, on), None)
    if not parts or parts[0].kind not in COMMUNES or any(part.kind not in COMMUNES for part in parts):
        return _Seat(province)
    named = (part for phrase in phrases for part in read_body(phrase).parts if part.name and part.kind in DISTRICTS)
    districts = (locate((part,), _Seat(province), on)[0] for part in named)
    return _Seat(next(filter(None, districts), province))


def _own_parts(metadata: Metadata, body: Body | None, row: Issuer | None) -> tuple[Part, ...]:
    """The issuer's places as its own phrase names them; a kind without a name takes the name of the place line."""
    parts = body.parts if body else ()
    place_line = " ".join(metadata.place.value.split()) if metadata.place else ""
    named = read_places(place_line)
    level = _LEVELS.get(row.level) if row else None
    if parts and parts[0].name:
        return parts
    if parts and named:
        return (Part(parts[0].kind, named[0].name), *parts[1:])
    if named:
        return (Part(named[0].kind or level or "", named[0].name),)
    return ()


def _province_of_seat(parts: tuple[Part, ...], on: str | None) -> str | None:
    """The province of the town in the place line: "Vinh, ngày ..." of a department of Nghệ An."""
    town = locate((Part("", parts[0].name),), _NOWHERE, on)[0] if parts and parts[0].name else None
    return town.split(".")[0] if town else None


def _is_province_level(parts: tuple[Part, ...], row: Issuer | None) -> bool:
    return (bool(parts) and parts[0].kind in ("tinh", "province")) or (row is not None and row.level == "province")


def _letterhead(metadata: Metadata) -> list[str]:
    """The phrases about the document itself that may name its province, the surest first."""
    facts = (metadata.issuer, metadata.parent_issuer, *metadata.addressees, *metadata.recipients)
    return [fact.value for fact in facts if fact]


def _provinces(phrases: Iterable[str], on: str | None) -> Iterator[str]:
    """The provinces that these phrases name, or name a district of."""
    for phrase in phrases:
        named = tuple(part for part in read_body(phrase).parts if part.name)
        if named:
            province = province_of(locate(named, _NOWHERE, on)[0])
            if province:
                yield province
