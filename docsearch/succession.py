"""Old and new names: an office or a province found by the names of those it came from and those it became.

The ministries merged on 1 March 2025 and the provinces on 1 July 2025, so one task has papers under several names.  Who
followed whom stands in ``tables/issuers.toml`` and ``tables/places.tsv``; here typed names are widened by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product

from docsearch import registry
from docsearch.model import And, Node, Or, Phrase, Term
from docsearch.registry import Issuer, Place, name_key
from docsearch.vietnamese import folded_key, words

_HEADS = frozenset(["ban", "bo", "cuc", "hoi", "so", "thue", "tong", "uy", "ubnd"])
"""First words of the names that changed: a phrase that begins otherwise is asked without loading the tables (18 ms).

The highest organs of the State changed theirs too, but "Chính phủ" in a text is seldom a question for the Council of Ministers.
"""
MOST = 24  # names for one; a department of a province merged from three has nine
_KINDS = {"tinh": "tỉnh", "thanh-pho": "thành phố", "quan": "quận", "huyen": "huyện", "thi-xa": "thị xã"}
_SAID = {"tinh": "tinh", "thanh pho": "thanh-pho", "tp": "thanh-pho", "quan": "quan", "huyen": "huyen", "thi xa": "thi-xa"}


def other_names(name: str, *, offices_only: bool = True) -> tuple[str, ...]:
    """What the office `name` (with its place, if it has one) was called before and after; a place too, unless `offices_only`.

    None where it is no whole name, or the same today as ever.

    >>> other_names("Bộ Nông nghiệp và Môi trường")[:2]
    ('Bộ Nông nghiệp và Phát triển nông thôn', 'Bộ Tài nguyên và Môi trường')
    """
    typed = words(name)
    for cut in range(len(typed), -1, -1):
        office = registry.issuer_names().get(name_key(" ".join(typed[:cut]))) if cut else None
        if cut and office is None:
            continue
        if office is None and offices_only:
            break
        places = _place_names(typed[cut:], bare=office is None) if cut < len(typed) else ("",)
        if places:
            heads = (" ".join(typed[:cut]), *(issuer.name for issuer in _kin_of_office(office))) if office else ("",)
            every = (" ".join(filter(None, pair)) for pair in product(heads, places))
            return tuple(dict.fromkeys(other for other in every if name_key(other) != name_key(name)))[:MOST]
    return ()


def with_other_names(node: Node | None) -> tuple[Node | None, tuple[str, ...]]:
    """`node` where each whole name of an office, and of a place in a field for it, may be any of its names; those added."""
    added: dict[str, None] = {}

    def widened(part: Node) -> Node:
        match part:
            case And() | Or():
                return replace(part, parts=tuple(map(widened, part.parts)))
            case Phrase(slop=0) | Term(kept=False) if part.field in (None, "issuer", "place"):
                return _widened(part, added)
            case _:
                return part

    return (None if node is None else widened(node)), tuple(added)


def _widened(part: Phrase | Term, added: dict[str, None]) -> Node:
    typed = part.words if isinstance(part, Phrase) else (part.word,)
    if part.field is None and (len(typed) == 1 or folded_key(typed[0]) not in _HEADS):
        return part
    names = other_names(" ".join(typed), offices_only=part.field is None)
    added.update(dict.fromkeys(names))
    return Or((part, *(Phrase(tuple(words(name)), part.match, part.field) for name in names))) if names else part


# --- who followed whom ------------------------------------------------------------------------------------------------


def _kin_of_office(office: Issuer) -> Iterator[Issuer]:
    """Those it came from and those it became, the nearest first."""
    return (registry.issuers()[code] for code in _kin(office.code, _offices()))


def _place_names(typed: list[str], *, bare: bool) -> tuple[str, ...]:
    """A province or district as typed, then the names of its kin; () where it is no known place, or has no kind unless `bare`."""
    kind, name = _kind_and_name(typed)
    if not name or (kind is None and not bare):
        return ()
    found = registry.place_names().get(name_key(" ".join(name)), ())
    meant = [place for place in found if kind in (place.kind, None) and (kind or "." not in place.path)]
    if not meant:
        return ()
    kin = (registry.places()[path] for place in meant for path in _kin(place.path, _places()))
    return (" ".join(typed), *(_spelled(place, with_kind=kind is not None) for place in kin))


def _spelled(place: Place, *, with_kind: bool) -> str:
    return f"{_KINDS[place.kind]} {place.name}" if with_kind and place.kind in _KINDS else place.name


def _kind_and_name(typed: list[str]) -> tuple[str | None, list[str]]:
    """``tỉnh Trà Vinh`` as its kind and its name."""
    for length in (2, 1):
        kind = _SAID.get(name_key(" ".join(typed[:length])))
        if kind and len(typed) > length:
            return kind, typed[length:]
    return None, typed


Followed = Mapping[str, tuple[str, ...]]
"""Each office or place by what came of it."""


@cache
def _offices() -> tuple[Followed, Followed]:
    return _both_ways({issuer.code: issuer.successors for issuer in registry.issuers().values()})


@cache
def _places() -> tuple[Followed, Followed]:
    return _both_ways({place.path: place.successors for place in registry.places().values()})


def _both_ways(after: Followed) -> tuple[Followed, Followed]:
    """What came before each, and after."""
    before: dict[str, tuple[str, ...]] = {}
    for one, others in after.items():
        for other in others:
            before[other] = (*before.get(other, ()), one)
    return before, after


def _kin(one: str, ways: tuple[Followed, Followed]) -> tuple[str, ...]:
    """All that it came from and all that it became, the nearest first; not what else came of those."""
    return tuple(found for way in ways for found in _reached(one, way))


def _reached(one: str, way: Followed) -> Iterator[str]:
    newest, seen = [one], {one}
    while newest:
        newest = list(dict.fromkeys(other for each in newest for other in way.get(each, ()) if other not in seen))
        seen.update(newest)
        yield from newest
