"""Where the places of a phrase are: the path of "huyện Cầu Kè" or of "tỉnh", seen from the citing document."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from docsearch.registry import Place, commune_path, communes_named, place_names, places, slug
from docsearch.resolver.phrases import Part

_COMMUNES = ("xa", "phuong", "thi-tran", "dac-khu")


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


def locate(parts: tuple[Part, ...], seat: Seat, on: str | None) -> tuple[str | None, str]:
    """The path of the first of `parts` (each lies in the next) and how it is known; ``None`` where it is not.

    `on` is the day of what is cited, as exactly as it is known: places are those of that day.
    """
    path: str | None = None
    how = "stated"
    for part in reversed(parts):
        if part.name:
            path = _named(part, path, seat, on)
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
    """The place at `path`; a commune, and a district that no table has, is made from the form of its path."""
    if path in places():
        return places()[path]
    bare = path.rsplit(".", maxsplit=1)[-1]
    kind = next((kind for kind in _COMMUNES if bare.startswith(kind + "-")), "xa" if path.count(".") == 2 else "huyen")
    return Place(path, kind, bare)


# --- named ------------------------------------------------------------------------------------------------------------


def _named(part: Part, around: str | None, seat: Seat, on: str | None) -> str | None:
    """The place of that kind and name: in `around` where given, else near the citing document, else the only one there is."""
    if part.kind in (*_COMMUNES, "commune"):
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
    home = (seat.place or "").split(".")[0]
    if home:
        areas = (home, *(place.path for place in _predecessors().get(home, ())))
        paths = [path for path in paths if path.split(".")[0] in areas]
    return paths[0] if len(paths) == 1 else None


def _commune(part: Part, around: str | None, seat: Seat, on: str | None) -> str | None:
    found = [place.path for place in communes_named(part.name) if _is_kind(place, part.kind) and place.exists(on)]
    if around is not None:
        inside = [path for path in found if path.startswith(around + ".")]
        if len(inside) == 1:
            return inside[0]
        return commune_path(around, part.kind, part.name) if not inside and "." in around else None
    district = ".".join((seat.place or "").split(".")[:2])
    inside = [path for path in found if district and path.startswith(district + ".")]
    return inside[0] if len(inside) == 1 else _only(found, seat)
