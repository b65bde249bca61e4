"""Where the places of a phrase are: the path of "huyện Cầu Kè" or of "tỉnh", seen from the citing document.

Places come, go and change their names, and no table has them all.  One that no table has is a place of its own where the text
names it with its kind: "tỉnh Thuận Giang" is ``thuan-giang``, "huyện Bình Lạc" in a paper of that province
``thuan-giang.binh-lac``.  Where nothing tells the province the kind stands in its stead, ``huyen-binh-lac``: a path that no
province and no listed place has.  Two writings of one name may so become two places; two places never become one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from docsearch.registry import Place, commune_path, communes_named, place_names, places, slug
from docsearch.resolver.phrases import Part

DISTRICTS = ("huyen", "quan", "thi-xa", "thanh-pho")
COMMUNES = ("xa", "phuong", "thi-tran", "dac-khu")
_PROVINCES = ("tinh", "province")
_PLAIN_KIND = {"district": "huyen", "commune": "xa"}  # of a place whose body alone tells its level ("Huyện ủy Bình Lạc")
_BARE = re.compile(r"(?P<kind>huyen|quan|thi-xa|thanh-pho|xa|phuong|thi-tran|dac-khu)-(?P<name>[^.]*(?:-|\d)[^.]*)")
_LONGEST_NAME = 4  # words: "Ia Pa", "Mường Và", "Bà Rịa - Vũng Tàu"; longer ones have run into what follows
_SYLLABLE = re.compile(r"(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:[cmnpt]|ch|ng|nh)?")


class Seat(Protocol):
    """What relative places are relative to."""

    @property
    def place(self) -> str | None:
        """The path of the citing body, "" in the centre, ``None`` unknown."""

    @property
    def certain(self) -> bool:
        """Whether that path stands in the letterhead, or follows from it."""

    @property
    def issued(self) -> str | None:
        """The date of the citing document."""


def province_of(path: str | None) -> str | None:
    """The path of the province in which a place lies; ``None`` for the centre and where nothing tells it."""
    first = (path or "").split(".")[0]
    return None if not first or is_bare(first) else first


def is_bare(path: str) -> bool:
    """Whether a path begins with the kind of its place and not with a province, because nothing tells the province."""
    return _BARE.fullmatch(path.split(".", maxsplit=1)[0]) is not None and path not in places()


def is_commune_of_province(path: str) -> bool:
    """Whether a path is that of a commune right under its province: one of the system of July 2025, or of an unnamed district."""
    levels = path.split(".")
    return len(levels) == 2 and levels[1].startswith(tuple(f"{kind}-" for kind in COMMUNES))


def same_name(bare: str, path: str) -> bool:
    """Whether a path that lacks a level may be that of a place with it.

    ``huyen-binh-lac`` is ``thuan-giang.binh-lac``, and ``thuan-giang.xa-hoa-khe`` is ``thuan-giang.binh-lac.hoa-khe``.
    """
    levels = path.split(".")
    if is_commune_of_province(bare):
        province, commune = bare.split(".")
        return len(levels) == 3 and levels[0] == province and commune.endswith(f"-{levels[2]}")
    named = _BARE.fullmatch(bare.split(".", maxsplit=1)[0])
    if named and named["kind"] in COMMUNES:
        return len(levels) == 3 and levels[2] == named["name"]
    if named is None or len(levels) < 2 or levels[2:] != bare.split(".")[1:]:
        return False
    return levels[1] in (named["name"], f"{named['kind']}-{named['name']}")


def locate(parts: tuple[Part, ...], seat: Seat, on: str | None, *, listed: bool = False) -> tuple[str | None, str]:
    """The path of the first of `parts` (each lies in the next) and how it is known; ``None`` where it is not.

    `on` is the day of what is cited, as exactly as it is known: places are those of that day.  `listed`: only places that
    the tables have.
    """
    path: str | None = None
    how = "stated"
    for part in reversed(parts):
        if part.name:
            path = _named(part, path, seat, on) or (None if listed else _unlisted(part, path, seat))
        else:
            path, how = _relative(part.kind, seat, on)
        if path is None:
            return None, "none"
    return path, how


# --- relative ---------------------------------------------------------------------------------------------------------


def _relative(kind: str, seat: Seat, on: str | None) -> tuple[str | None, str]:
    """The citing document's own province, district or commune, as it was on the day of what is cited."""
    if not seat.place:
        return None, "none"
    chain = seat.place.split(".")
    own = [_at(".".join(chain[: length + 1])) for length in range(len(chain))]
    path = next((place.path for place in own if kind in (place.kind, place.level)), None)
    taken_in = [place.path for place in _taken_in(chain[0], on, seat.issued) if kind in (place.kind, place.level)]
    if path is None and len(taken_in) == 1:
        return taken_in[0], "relative-merged"
    how = "relative-merged" if taken_in and path == chain[0] else "relative"
    return path, how if seat.certain else "relative-inferred"


def _taken_in(province: str, on: str | None, issued: str | None) -> list[Place]:
    """The provinces that stood on the day `on` and were part of `province` when the citing document was `issued`."""
    before = _predecessors().get(province, ())
    return [place for place in before if on and place.until >= on and not (issued and issued <= place.until)]


@cache
def _predecessors() -> dict[str, list[Place]]:
    before: dict[str, list[Place]] = {}
    for place in places().values():
        for successor in place.successors:
            before.setdefault(successor, []).append(place)
    return before


def _at(path: str) -> Place:
    """The place at `path`; a commune, and a place that no table has, is made from the form of its path."""
    if path in places():
        return places()[path]
    levels = path.split(".")
    bare = _BARE.fullmatch(levels[0]) if len(levels) == 1 else None
    if bare:
        return Place(path, bare["kind"], bare["name"])
    kind = next((kind for kind in COMMUNES if levels[-1].startswith(kind + "-")), ("tinh", "huyen", "xa")[len(levels) - 1])
    return Place(path, kind, levels[-1])


# --- named ------------------------------------------------------------------------------------------------------------


def _named(part: Part, around: str | None, seat: Seat, on: str | None) -> str | None:
    """The place of that kind and name: in `around` where given, else near the citing document, else the only one there is."""
    if part.kind in (*COMMUNES, "commune"):
        return _commune(part, around, seat, on)
    found = [place for place in _bearing(part.name) if _is_kind(place, part.kind)]
    found = [place for place in found if place.exists(on)] or found
    if around is not None:
        inside = [place.path for place in found if place.path.startswith(around + ".")]
        return inside[0] if len(inside) == 1 else f"{around}.{slug(part.name)}" if "." not in around else None
    return _nearest(found, seat)


def _bearing(name: str) -> tuple[Place, ...]:
    """The provinces and districts of that name; words that ran into it from a list or a stamp are passed over."""
    words = name.split()
    found = (place_names().get(" ".join(words[:length])) for length in range(len(words), 1, -1))
    return place_names().get(name) or next(filter(None, found), ())


def _is_kind(place: Place, kind: str) -> bool:
    """Whether a place is of that kind; a city of the centre was once a province's, and "tỉnh" is said of any of the two."""
    if not kind or kind in (place.kind, place.level):
        return True
    return kind in ("tinh", "thanh-pho") and place.level == "province"


def _nearest(found: list[Place], seat: Seat) -> str | None:
    """One of `found`: the only province among them, the only one around the seat, the only one of all for a seat in the centre.

    A paper of a place names those of other provinces with their province; one that it names without, and that no table has
    there, has ended, and is not the like-named one at the other end of the country.
    """
    provinces = [place.path for place in found if place.level == "province"]
    if len(provinces) == 1:
        return provinces[0]
    return _only([place.path for place in found], seat)


def _only(paths: list[str], seat: Seat) -> str | None:
    home = province_of(seat.place)
    if home:
        areas = (home, *(place.path for place in _predecessors().get(home, ())))
        paths = [path for path in paths if path.split(".")[0] in areas]
    return paths[0] if len(paths) == 1 else None


def _commune(part: Part, around: str | None, seat: Seat, on: str | None) -> str | None:
    found = [place.path for place in _communes(part) if place.exists(on)]
    if around is not None:
        inside = [path for path in found if path.startswith(around + ".")]
        if len(inside) == 1:
            return inside[0]
        return commune_path(around, part.kind, part.name) if not inside and "." in around else None
    district = ".".join((seat.place or "").split(".")[:2])
    inside = [path for path in found if district and path.startswith(district + ".")]
    return inside[0] if len(inside) == 1 else _only(found, seat)


def _communes(part: Part) -> list[Place]:
    return [place for place in communes_named(part.name) if _is_kind(place, part.kind)]


# --- in no table ------------------------------------------------------------------------------------------------------


def _unlisted(part: Part, around: str | None, seat: Seat) -> str | None:
    """A path for a place that no table has; ``None`` where its name may be that of a listed one, or no name at all."""
    if not part.kind or not _is_name(part.name):
        return None
    kind = _PLAIN_KIND.get(part.kind, part.kind)
    if kind in _PROVINCES:
        return slug(part.name) if around is None and not _bearing(part.name) else None
    if kind in COMMUNES:
        return _unlisted_commune(kind, part.name, around, seat)
    province = around or province_of(seat.place)
    elsewhere = any(_is_kind(place, part.kind) for place in _bearing(part.name))
    if province and (around or not elsewhere or province not in places()):
        return f"{province}.{slug(part.name)}" if "." not in province else None
    return None if elsewhere else f"{kind}-{slug(part.name)}"


def _unlisted_commune(kind: str, name: str, around: str | None, seat: Seat) -> str | None:
    """In the district, else the province, that is named or speaks; a like-named one of the same province is not it."""
    place = around or seat.place or ""
    province = province_of(place)
    elsewhere = [one.path for one in _communes(Part(kind, name))]
    if any(path.split(".")[0] == province for path in elsewhere) or (elsewhere and not province):
        return None
    district = ".".join(place.split(".")[:2])
    parent = place.split(".")[0] if not province or _at(district).level == "commune" else district
    if not parent:
        return f"{kind}-{slug(name)}"
    return f"{parent}.{slug(name)}" if is_bare(parent) else commune_path(parent, kind, name)


def _is_name(name: str) -> bool:
    """Whether folded words can be the whole name of one place: two to four syllables, a number, a foreign word."""
    words = name.split()
    if len(words) == 1:
        return name.isdigit() or (len(name) > _LONGEST_NAME and not _SYLLABLE.fullmatch(name))
    return len(words) <= _LONGEST_NAME
