"""The tables under ``tables/`` as records: document types, relations, issuers, places.  Each is read on first use.

A new document type, issuer or relation is a new row, not new code.  Each row tells the source of its rule and carries
real examples, which the tests hold against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from docsearch.errors import RegistryError
from docsearch.notation import fold_symbol
from docsearch.vietnamese import fold

T = TypeVar("T")

_TABLES = Path(__file__).with_name("tables")


def read_table(name: str) -> tuple[dict[str, Any], ...]:
    """The rows of ``tables/NAME.toml``, in order: the one array of tables in it, which is called as the file is.

    `RegistryError` where the file is no TOML or holds no such array.
    """
    import tomllib  # a search that names no office and no type reads no table

    path = _TABLES / f"{name}.toml"
    try:
        rows = tomllib.loads(path.read_text("utf-8"))[name]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise RegistryError(path.name, "-", f"no table [[{name}]]: {error}") from error
    return tuple(rows)


def column(table: str, row: dict[str, Any], key: str, kind: type[Any], default: Any = None) -> Any:
    """The value of one column of a row, `default` where it is empty; `RegistryError` where it is of another kind."""
    value = row.get(key, default)
    if value is not default and not isinstance(value, kind):
        raise RegistryError(f"{table}.toml", str(row), f"{key} must be {kind.__name__}")
    return tuple(value) if isinstance(value, list) else value


# --- document types ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DocType:
    """A type of official paper: see the head of ``tables/doctypes.toml`` for the columns.

    `kind` is "directive", or the class of look-alike ("permit", "judgment", "standard", "form") that is never cited.
    """

    name: str
    symbols: tuple[str, ...]
    short: tuple[str, ...]
    forms: tuple[str, ...]
    group: str
    kind: str
    digits: bool
    source: str
    examples: tuple[str, ...]


@cache
def doctypes() -> tuple[DocType, ...]:
    """All document types, in the order of the table."""
    return tuple(_doctype(row) for row in read_table("doctypes"))


def _doctype(row: dict[str, Any]) -> DocType:
    def words(key: str) -> tuple[str, ...]:
        found: tuple[str, ...] = column("doctypes", row, key, list, ())
        return found

    return DocType(
        name=column("doctypes", row, "name", str),
        symbols=words("symbols"),
        short=words("short"),
        forms=words("forms"),
        group=column("doctypes", row, "class", str),
        kind=column("doctypes", row, "kind", str, "directive"),
        digits=column("doctypes", row, "digits", bool, False),
        source=column("doctypes", row, "source", str),
        examples=words("examples"),
    )


@cache
def law_names() -> dict[str, tuple[str, ...]]:
    """The names of laws by kind ("Luật", "Bộ luật", "Pháp lệnh"), without that word."""
    return {row["kind"]: tuple(row["names"]) for row in read_table("laws")}


# --- relations --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType:
    """Why a paper names an instrument, and the words that say so: see the head of ``tables/relations.toml``.

    `told_as` is the code that a citation has: `code`, save for deeds that are told as a wider relation and a flag.
    """

    code: str
    told_as: str
    vietnamese: str
    english: str
    active: tuple[str, ...]
    opening: tuple[str, ...]
    adjacent: tuple[str, ...]
    fixed: tuple[str, ...]
    passive: tuple[str, ...]
    after: tuple[str, ...]
    neutral: tuple[str, ...]
    deeds: tuple[str, ...]
    source: str
    examples: tuple[str, ...]


@cache
def relations() -> dict[str, RelationType]:
    """All relations by code, in the order of the table."""
    return {row["code"]: _relation(row) for row in read_table("relations")}


def _relation(row: dict[str, Any]) -> RelationType:
    texts = {key: column("relations", row, key, str) for key in ("code", "vietnamese", "english", "source")}
    cues = ("active", "opening", "adjacent", "fixed", "passive", "after", "neutral", "deeds", "examples")
    return RelationType(
        **texts,
        told_as=column("relations", row, "told_as", str, row["code"]),
        **{key: column("relations", row, key, list, ()) for key in cues},
    )


@dataclass(frozen=True, slots=True)
class Act:
    """A law as known by its name: number ("" for a constitution), kind, name with its kind, and date, "" where not known."""

    number: str
    kind: str
    name: str
    issued: str

    @property
    def year(self) -> str:
        """The year in its number, else of its date."""
        return self.number.split("/")[1] if self.number else self.issued[:4]


ACTS_UNTIL = "2025-12-31"  # laws of later days are not in the table


@cache
def acts() -> dict[str, tuple[Act, ...]]:
    """Laws by `act_key` of their name, the oldest first."""
    rows = [(*line.split("\t"), "")[:4] for line in _lines("acts")]
    found = [Act(number, kind, f"{kind} {name}".strip(), issued) for number, kind, name, issued in rows]
    return _grouped((act_key(act.name), act) for act in sorted(found, key=lambda act: (act.year, act.issued, act.number)))


def act_key(name: str) -> str:
    """The name of a law as compared: `name_key` without the country ("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam")."""
    return name_key(name).removesuffix(" nuoc cong hoa xa hoi chu nghia viet nam")


@cache
def aliases() -> dict[tuple[str, str], tuple[str, str]]:
    """Popular names: type and digits without leading zeros ("Đề án", "6") to number and date of the paper meant."""
    rows = read_table("aliases")
    return {(row["doctype"], row["digits"].lstrip("0")): (row["number"], row["issued"]) for row in rows}


# --- issuers ----------------------------------------------------------------------------------------------------------


def name_key(name: str) -> str:
    """A name as compared: folded words, one space between: "Bộ Văn hóa, Thể thao và Du lịch", "BỘ VĂN HOÁ THỂ THAO ..."."""
    return " ".join(_WORD.findall(fold(name)))


def slug(name: str) -> str:
    """A name as it stands in ids: "Bà Rịa - Vũng Tàu" gives ``ba-ria-vung-tau``."""
    return "-".join(_WORD.findall(fold(name)))


_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A body that issues directives: see the head of ``tables/issuers.toml`` for the columns.

    `level` says where such a body is: "central"; "province", "district", "commune"; "local" (any of the three); "agency"
    (one in the centre and one of the same name in places); "phong" (an office of a district, since July 2025 of a commune).
    `party`: its numbers run through a congress term.
    """

    code: str
    name: str
    level: str
    segments: tuple[str, ...]
    names: tuple[str, ...]
    heads: tuple[str, ...]
    since: str | None
    until: str | None
    successors: tuple[str, ...]
    source: str
    examples: tuple[str, ...]
    party: bool


@cache
def issuers() -> dict[str, Issuer]:
    """All issuers by code, in the order of the table."""
    return {row["code"]: _issuer(row) for row in read_table("issuers")}


def _issuer(row: dict[str, Any]) -> Issuer:
    words = {key: column("issuers", row, key, list, ()) for key in ("segments", "names", "heads", "successors", "examples")}
    texts = {key: column("issuers", row, key, str) for key in ("code", "name", "level", "since", "until", "source")}
    return Issuer(**words, **texts, party=column("issuers", row, "party", bool, False))


@cache
def issuer_names() -> dict[str, Issuer]:
    """Issuers by `name_key` of each of their names, with and without "và" ("Sở Văn hóa, Thể thao Du lịch")."""
    names = {name_key(name): issuer for issuer in issuers().values() for name in (*issuer.names, issuer.name)}
    return {key.replace(" va ", " "): issuer for key, issuer in names.items()} | names


@cache
def issuer_heads() -> dict[str, tuple[Issuer, ...]]:
    """Titles of heads by `name_key` ("bo truong", "thong doc"), with the issuers that have such a head."""
    return _grouped((name_key(head), issuer) for issuer in issuers().values() for head in issuer.heads)


@cache
def issuer_segments() -> dict[str, tuple[Issuer, ...]]:
    """Issuers by folded segment of a symbol (``BNV``, ``UBND``, ``BGDDT``); two share one where a body followed another."""
    return _grouped((fold_symbol(segment), issuer) for issuer in issuers().values() for segment in issuer.segments)


def in_office(candidates: tuple[Issuer, ...], on: str | None) -> Issuer | None:
    """The one of `candidates` that existed on that day (any ISO precision); the first where no day is known, ``None`` of none."""
    fitting = [issuer for issuer in candidates if on is None or _covers(issuer.since, issuer.until, on)]
    return next(iter(fitting or candidates), None)


def _covers(since: str | None, until: str | None, on: str) -> bool:
    """Whether a day, month or year lies at least partly between two days, both included, ``None`` open."""
    return not (since and on < since[: len(on)]) and not (until and on > until[: len(on)])


# --- places -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A province, district or commune.  `path` is its slug chain, province first: ``tra-vinh.cau-ke.an-phu-tan``.

    A commune of the two-level system of July 2025 has its kind in the slug, ``vinh-long.xa-cau-ke``: many took the name of the
    district that they were cut from.  `until` of a merged place is its last day, `successors` are paths.
    """

    path: str
    kind: str
    name: str
    since: str = ""
    until: str = ""
    successors: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def level(self) -> str:
        """province, district or commune."""
        if self.kind in _COMMUNE_KINDS:
            return "commune"
        return "district" if "." in self.path or self.kind in _DISTRICT_KINDS else "province"

    def exists(self, on: str | None) -> bool:
        """Whether it existed on that day, month or year; yes where no day is known."""
        return on is None or _covers(self.since or None, self.until or None, on)


_COMMUNE_KINDS = ("xa", "phuong", "thi-tran", "dac-khu")
_DISTRICT_KINDS = ("huyen", "quan", "thi-xa")
_COMMUNE_LETTERS = {kind[0]: kind for kind in _COMMUNE_KINDS}
REFORM = "2025-07-01"  # districts ended the day before (Luật Tổ chức chính quyền địa phương 72/2025/QH15)


@cache
def places() -> dict[str, Place]:
    """Provinces and districts by path."""
    return {place.path: place for place in map(_place, _lines("places"))}


def _lines(name: str) -> list[str]:
    text = (_TABLES / f"{name}.tsv").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _place(line: str) -> Place:
    path, kind, name, since, until, successors, others = (*line.split("\t"), "", "", "", "")[:7]
    return Place(path, kind, name, since, until, *(tuple(filter(None, cell.split(","))) for cell in (successors, others)))


@cache
def place_names() -> dict[str, tuple[Place, ...]]:
    """Provinces and districts by `name_key` of each of their names, without the word for their kind."""
    return _grouped((name_key(name), place) for place in places().values() for name in (place.name, *place.others))


def communes_named(key: str) -> tuple[Place, ...]:
    """The communes whose `name_key` is `key`, of the old and the new system; read on first use (20 ms)."""
    return tuple(_commune(*row) for row in _commune_rows().get(key, ()))


@cache
def _commune_rows() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """(parent, kind, name) by name key.  The whole table is folded at once: word by word it takes ten times as long."""
    rows: list[tuple[str, tuple[str, str, str]]] = []
    lines = _lines("communes")
    folded = fold("\n".join(lines)).replace("-", " ").replace("'", " ").split("\n")
    for line, plain in zip(lines, folded, strict=True):
        (parent, *cells), (_, *keys) = line.split("\t"), plain.split("\t")
        for cell, cell_keys in zip(cells, keys, strict=True):
            kind, names = _COMMUNE_LETTERS[cell[0]], cell[2:].split("|")
            rows += [
                (" ".join(key.split()), (parent, kind, name)) for key, name in zip(cell_keys[2:].split("|"), names, strict=True)
            ]
    return _grouped(rows)


def _commune(parent: str, kind: str, name: str) -> Place:
    same = [row for row in _commune_rows()[name_key(name)] if row[0] == parent]
    paths = [commune_path(parent, row[1], row[2], plain=len(same) == 1) for row in same]
    at = same.index((parent, kind, name))
    twice = paths[:at].count(paths[at])  # Tân Thanh and Tân Thành of one district
    path = f"{paths[at]}-{twice + 1}" if twice else paths[at]
    return Place(path, kind, name, until="2025-06-30") if "." in parent else Place(path, kind, name, since=REFORM)


def commune_path(parent: str, kind: str, name: str, *, plain: bool = True) -> str:
    """The path of a commune: kind in the slug under a province, for a bare number, and for the town beside its like-named xã."""
    bare = slug(name)
    with_kind = "." not in parent or bare.isdigit() or (not plain and kind != "xa")
    return f"{parent}.{kind}-{bare}" if with_kind else f"{parent}.{bare}"


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, dict[T, None]] = {}
    for key, value in pairs:
        groups.setdefault(key, {})[value] = None
    return {key: tuple(group) for key, group in groups.items()}
