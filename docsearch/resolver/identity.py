"""What a number says by itself: its block, its series, the office that its symbol names, the slug of its id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from docsearch.errors import NotationError
from docsearch.notation import DocNumber, fold_symbol, parse_number
from docsearch.registry import Issuer, doctypes, issuer_segments

Series = Literal["normative", "term", "yearly", "party"]

_TERM = re.compile(r"(?<=[A-Z])(?:\d{1,2}|[IVX]{1,5})$")  # QH15, UBTVQH14, HĐNN7, QHXI
_ASSEMBLY_TERM = re.compile(r"(?:QH|UBTVQH|HDNN)\d{1,2}$|^(?:UB|HD|BC)[A-Z]+\d{2}$")  # 1314/NQ-UBTVQH15, 427/BC-UBPLTP15
_OLD_CENTRE = {"CP", "HDBT", "HDCP", "TTG"}  # 15/CP, 25-HĐBT: any type of the government before 1997
_TYPELESS = {"QH", "UBTVQH"}  # 80/2015/QH13: laws and resolutions have series of their own
_SLIPS = {"LDTBXH": "BLDTBXH"}  # TT-LĐTBXH for TT-BLĐTBXH: 19 times in the gazette
_CODES = {"Luật": "luat", "Bộ luật": "luat", "Công văn": "cv", "Hiến pháp": "hien-phap", "Quy định": "quy-dinh", "Sắc lệnh": "sl"}
_ANY_TYPE = (None, "Văn bản")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document number taken apart.

    `key` is what two writings of one number share; `slug` the same in an id; `segment` the folded type letters ("QD"), ""
    where the symbol holds none; `prefix` the type to set before the id: "" none, "cv", or ``None`` where only the type word
    can say it.  `series`: "term" where the symbol bears the term of the National Assembly, through which its numbers run.
    `issuers` are the offices whose letters it bears (two where one followed the other).
    """

    number: DocNumber
    key: str
    slug: str
    series: Series
    segment: str
    prefix: str | None
    issuers: tuple[Issuer, ...]
    joint: bool


@lru_cache(maxsize=65536)
def read_symbol(number: str) -> Symbol | None:
    """`number` taken apart, ``None`` where it is only digits or no number."""
    try:
        parsed = parse_number(number)
    except NotationError:
        return None
    segments = [fold_symbol(part) for part in parsed.segments]
    at = _type_at(segments)
    organs = segments[:at] + segments[at + 1 :] if at is not None else segments
    organs = [_SLIPS.get(organ, organ) if parsed.year else organ for organ in organs]
    twice_typed = at is not None and len(organs) > 1 and organs[0] in type_segments() and not _issuers(organs)  # VBHN-NĐ-BXD
    issuers = _issuers(organs[1:] if twice_typed else organs)
    segment = segments[at] if at is not None else ""
    ordinal = parsed.ordinal.lstrip("0").upper() or "0"
    middle = "-".join([*segments[:at], segment, *organs[at:]]) if at is not None else "-".join(organs)
    key = f"{ordinal}/{parsed.year}/{middle}" if parsed.year else f"{ordinal}/{middle}"
    return Symbol(
        number=parsed,
        key=key,
        slug=key.lower().replace("/", "-"),
        series=_series(parsed, issuers),
        segment=segment,
        prefix=_prefix(parsed, segment, organs),
        issuers=issuers,
        joint=segment in ("TTLT", "NQLT", "TTLB"),
    )


def _type_at(segments: list[str]) -> int | None:
    """Which letter group is the type: the first (QĐ-UBND), in symbols before 1997 the second (TC/QĐ-CĐKT), none in a công văn.

    "CT" is Chỉ thị before an office (CT-TTg) and the tax department before anything else (CT-CS).
    """
    types = type_segments()
    if segments[0] in types:
        of_office = len(segments) > 1 and _issuers(segments[1:2])
        return None if segments[0] in issuer_segments() and not of_office else 0
    return 1 if len(segments) > 2 and segments[1] in types and not _issuers(segments[:1]) else None


def _issuers(organs: list[str]) -> tuple[Issuer, ...]:
    known = issuer_segments()
    for organ in organs[:1]:
        for form in (organ, _TERM.sub("", organ), organ.split(".")[0]):
            if form in known:
                return known[form]
    return ()


def _series(number: DocNumber, issuers: tuple[Issuer, ...]) -> Series:
    if number.year:
        return "normative"
    if any(_ASSEMBLY_TERM.search(fold_symbol(segment)) for segment in number.segments):
        return "term"
    return "party" if any(issuer.party for issuer in issuers) else "yearly"


def _prefix(number: DocNumber, segment: str, organs: list[str]) -> str | None:
    if segment:
        return ""
    organ = _TERM.sub("", organs[0])
    by_word = organ in _TYPELESS if number.year else len(organs) == 1 and organ in _OLD_CENTRE
    return None if by_word else "cv"


@cache
def type_segments() -> dict[str, str]:
    """Folded type letters to the name of the type: ``QD`` to "Quyết định"."""
    names: dict[str, str] = {}
    for doctype in doctypes():
        for symbol in doctype.symbols:
            if doctype.kind == "directive":
                names.setdefault(fold_symbol(symbol), doctype.name)
    return names


@cache
def type_codes() -> dict[str, str]:
    """Names of types to their code in ids: "Nghị quyết" to ``nq``, both "Luật" and "Bộ luật" to ``luat`` (one series)."""
    return {doctype.name: fold_symbol(doctype.symbols[0]).lower() for doctype in doctypes() if doctype.symbols} | _CODES


def type_code(symbol: Symbol, doctype: str | None) -> str | None:
    """The part of an id that says the type: "" where the symbol says it, ``None`` where nothing does.

    In the Party's papers QĐ is Quyết định or Quy định, and each has its own series.
    """
    if symbol.series == "party" and symbol.segment == "QD" and doctype == "Quy định":
        return "quy-dinh"
    if symbol.prefix is not None:
        return symbol.prefix
    return None if doctype in _ANY_TYPE else type_codes().get(doctype or "")


# --- congress terms ---------------------------------------------------------------------------------------------------

# Closing days of the national congresses; those of provinces are held in the autumn before, of districts in the summer.
_CONGRESSES = ("1991-06-27", "1996-07-01", "2001-04-22", "2006-04-25", "2011-01-19", "2016-01-28", "2021-02-01", "2026-01-23")
_LOCAL_CONGRESSES = (
    "1991-01-01",
    "1996-01-01",
    "2000-12-01",
    "2005-12-01",
    "2010-10-01",
    "2015-10-01",
    "2020-10-01",
    "2025-10-01",
)


def party_term(issued: str, *, central: bool) -> int:
    """The congress term in which a day, month or year lies, counted from 1991; Party numbers start again with each."""
    return sum(congress[: len(issued)] <= issued for congress in (_CONGRESSES if central else _LOCAL_CONGRESSES))
