"""What stands behind a field that is no text: years and dates, numbers, document types, what is cited."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from docsearch import registry
from docsearch.model import Node, Number, OneOf, Range
from docsearch.notation import fold_symbol, iso_date, number_key, parse_date
from docsearch.query.pieces import Piece
from docsearch.vietnamese import fold, words

_BOUNDS = re.compile(r"(?P<compare>[<>]=?)(?P<bound>.+)|(?P<low>.*?)\.\.(?P<high>.*)", re.DOTALL)


def between(field: str, text: str) -> Node | None:
    """A range of years or days; ``None`` where `text` is neither."""
    if field in ("from", "to"):
        low, high = (text, None) if field == "from" else (None, text)
    else:
        low, high = _bounds(text, year=field == "year")
    name = "year" if field == "year" else "issued"
    bottom, top = (_bound(name, bound) if bound else None for bound in (low, high))
    return Range(name, bottom, top) if bottom or top else None


def _bound(name: str, text: str) -> str | None:
    """One bound, ISO; with ``<`` or ``>`` before it the year, month or day beside it."""
    step = {"<": -1, ">": 1}.get(text[:1], 0)
    value = (_year if name == "year" else read_day)(text.lstrip("<> "))
    return _beside(value, step) if value and step else value


def _beside(iso: str, step: int) -> str:
    """The year, month or day before (-1) or after (1)."""
    if len(iso) == 10:
        return (date.fromisoformat(iso) + timedelta(step)).isoformat()
    if len(iso) == 4:
        return f"{int(iso) + step:04d}"
    month = int(iso[:4]) * 12 + int(iso[5:]) - 1 + step
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def _bounds(text: str, *, year: bool) -> tuple[str | None, str | None]:
    """The two ends of ``2021..2023``, ``>=2021``, ``<2021`` (which keeps its sign, for it is not included), or one value."""
    found = re.fullmatch(_BOUNDS, text) or (re.fullmatch(r"(?P<low>\d{4})[-–](?P<high>\d{4})", text) if year else None)
    if found is None:
        return text, text
    compare = found.groupdict().get("compare")
    if not compare:
        return found["low"], found["high"]
    bound = found["bound"] if compare.endswith("=") else compare + found["bound"]
    return (bound, None) if compare.startswith(">") else (None, bound)


def _year(text: str) -> str | None:
    return text if re.fullmatch(r"(?:1[89]|20)\d\d", text, re.ASCII) else None


_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)


def read_day(text: str) -> str | None:
    """An ISO date, or any date that `notation` reads."""
    found = _ISO.fullmatch(text)
    return iso_date(int(found[1]), int(found[2]), int(found[3]) if found[3] else None) if found else parse_date(text)


def own_number(text: str) -> Node | None:
    """A whole number, number and year, or the ordinal alone."""
    key = number_key(text)
    if key:
        return Number(key, text, "number")
    found = re.fullmatch(r"0*(\d{1,6}[a-zđ]?)(?:/((?:19|20)\d\d))?", text, re.ASCII | re.IGNORECASE)
    if found is None:
        return OneOf("symbol", (fold_symbol(text),)) if words(text) else None
    ordinal = found[1].upper()
    return Number(f"{ordinal}/{found[2]}", text, "number") if found[2] else OneOf("ordinal", (ordinal,))


def cited(field: str, piece: Piece, text: str) -> Node | None:
    """What is cited; a name ("Luật Đất đai") has no key and is looked up by whoever knows the catalogue."""
    key = text.lstrip("0") if piece.kind == "dated" else number_key(text)
    return Number(key or "", text, field) if words(text) else None


@cache
def doctype_names() -> dict[str, str]:
    """Each spelling of a document type, folded, to its name."""
    found: dict[str, str] = {}
    for doctype in registry.doctypes():
        for spelling in (doctype.name, *doctype.forms, *doctype.symbols, *doctype.short):
            found.setdefault(joined(spelling), doctype.name)
    return found


_LEVELS = {
    "central": "trung ương, tw, central",
    "province": "tỉnh, thành phố, province",
    "district": "huyện, quận, thị xã, district",
    "commune": "xã, phường, thị trấn, đặc khu, commune",
}
_STATUSES = {
    "expired": "hết hiệu lực, hết, bị thay thế, bị bãi bỏ, expired, replaced, repealed",
    "partly_expired": "hết hiệu lực một phần, hết một phần, bị sửa đổi, partly expired, partly_expired, amended",
    "suspended": "ngưng hiệu lực, tạm ngưng hiệu lực, ngưng, đình chỉ, bị đình chỉ, suspended",
    "not_yet": "chưa có hiệu lực, chưa, not yet, not_yet",
    "standing": "chưa thấy hết hiệu lực, standing",
    "standing partly_expired": "còn hiệu lực, còn, in force, in_force",
}
_SECRECY = ("Mật", "Tối mật", "Tuyệt mật")  # Luật Bảo vệ bí mật nhà nước 2018, Điều 8
_URGENCY = ("Khẩn", "Thượng khẩn", "Hỏa tốc")  # Nghị định 30/2020/NĐ-CP, Điều 8


@cache
def value_names(field: str) -> dict[str, str]:
    """Each spelling, folded, of the values that a field can have, to the value; empty for a field without such names."""
    match field:
        case "doctype":
            return doctype_names()
        case "level" | "status":
            table = _LEVELS if field == "level" else _STATUSES
            return {joined(name): code for code, names in table.items() for name in names.split(",")}
        case "secrecy" | "urgency":
            return {joined(name): name for name in (_SECRECY if field == "secrecy" else _URGENCY)}
        case _:
            return {}


def level_code(typed: str) -> str:
    """The code of a level of offices: ``huyện`` gives ``district``; what is none is given back."""
    return value_names("level").get(joined(typed), typed)


def status_codes(typed: str) -> tuple[str, ...]:
    """The states that are meant: ``còn hiệu lực`` are two, for what is amended is still in force."""
    return tuple(value_names("status").get(joined(typed), typed).split(" "))


def joined(text: str) -> str:
    """The folded words of a name, one space between: how spellings of a type are compared."""
    return " ".join(words(fold(text)))


def doctype_name(typed: str) -> str:
    """The full name of a document type that `typed` names or abbreviates ("KH", "ke hoach"); else `typed` itself."""
    return doctype_names().get(joined(typed), typed)
