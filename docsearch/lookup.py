"""What a typed reference means: every directive and document that fits, however it was typed.

The forms are tried from the surest to the loosest, and the first that finds anything answers: an id (``108-2014-nd-cp``)
or its start, a number (``60/qd-ubnd``, ``20/QĐ-UBND 2023``), the start of a document's id, a file, a type with digits
(``QD 60``, ``nghị định số 108 năm 2014 của Chính phủ``), a name (``luật đất đai 2024``), and at last whatever citation the
typed words hold ("Quyết định số 60/QĐ-UBND ngày 06/02/2023 của ...").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from docsearch.catalogue import Catalogue
from docsearch.model import Card, Directive, Lookup
from docsearch.notation import fold_symbol, number_key
from docsearch.registry import name_key, slug
from docsearch.vietnamese import clean, fold

LONGEST = 500  # characters of a reference: a citation with its date and title has fewer
MOST = 100  # candidates: beyond that a reference says nothing
_ID_START = re.compile(r"[a-z0-9.]+(?:-[a-z0-9.~]+)+(?:@[a-z0-9.-]*)?")
_HEX = re.compile(r"[0-9a-f]{6,64}")
_TYPE_FIRST = re.compile(
    r"(?P<type>[^\W\d_](?:[^\d]*?[^\W\d_])?)(?:\s+so\b)?[\s:.-]*(?P<ordinal>\d{1,6}[a-z]?)"
    r"(?:(?:\s*/\s*|[\s,]+(?:nam\s+)?)(?P<year>(?:19|20)\d\d))?(?:[\s,]+cua\s+(?P<issuer>\S.*))?"
)
_DIGITS_FIRST = re.compile(r"(?P<ordinal>\d{1,6}[a-z]?)(?:/(?P<year>\d{4}))?[\s/-]+(?P<type>[^\W\d_][\w/-]*)")
_SAYS_NUMBER = re.compile(r"\bso\s+\d")
_NAMED_YEAR = re.compile(r"/((?:19|20)\d\d)(?:/|$)")
_YEAR_LAST = re.compile(r"(?P<rest>.*\S)[\s,]+(?:năm\s+|nam\s+)?(?P<year>(?:19|20)\d\d)", re.IGNORECASE)

Found = tuple[tuple[Directive, ...], tuple[Card, ...]]
NOTHING: Found = ((), ())


def look_up(catalogue: Catalogue, typed: str) -> Lookup:
    """All that `typed` may mean, held directives first; nothing where nothing fits."""
    plain = " ".join(clean(typed[:LONGEST]).split())
    for form in _FORMS:
        directives, cards = form(catalogue, plain)
        if directives or cards:
            held = (card for directive in directives for card in catalogue.documents.cards_of_directive(directive.id))
            return Lookup(typed=typed, directives=directives, cards=(*held, *cards))
    return Lookup(typed=typed)


def _by_id(catalogue: Catalogue, typed: str) -> Found:
    directive = catalogue.answers.directive(typed.lower())
    return ((directive,) if directive else ()), ()


def _by_number(catalogue: Catalogue, typed: str) -> Found:
    """The directives of this number, and the papers that bear it but say too little else to be one of them."""
    number, year = (typed, None) if number_key(typed) else _split_year(typed)
    key = number_key(number)
    if key is None:
        return NOTHING
    unlinked = () if year else catalogue.documents.cards_by_number(key)
    return _of_year(catalogue.answers.by_number(key, MOST), year), unlinked


def _by_id_start(catalogue: Catalogue, typed: str) -> Found:
    """``60-qd-ubnd-2023`` means that of every place."""
    start = fold(typed)
    return (catalogue.answers.by_id_start(start, MOST), ()) if _ID_START.fullmatch(start) else NOTHING


def _by_document(catalogue: Catalogue, typed: str) -> Found:
    """The start of a document's id, a path, or a file's name."""
    cards = catalogue.documents.cards_by_prefix(typed.lower(), MOST) if _HEX.fullmatch(typed.lower()) else ()
    if not cards and "." in typed:
        at = catalogue.files.at(str(Path(typed).absolute()))
        records = (at,) if at else catalogue.files.ending(Path(typed).name, MOST)
        documents = dict.fromkeys(record.document for record in records if record.document)
        cards = tuple(card for card in map(catalogue.documents.card, documents) if card)
    return (), cards


def _by_type_and_digits(catalogue: Catalogue, typed: str) -> Found:
    match = _TYPE_FIRST.fullmatch(fold(typed)) or _DIGITS_FIRST.fullmatch(fold(typed))
    if match is None:
        return NOTHING
    fitting = (d for d in catalogue.answers.by_ordinal(match["ordinal"].lstrip("0") or "0") if _is_of_type(d, match["type"]))
    issuer = typed[-len(match["issuer"]) :] if match.groupdict().get("issuer") else None  # folding keeps the length
    return tuple(islice(_of_office(_of_year(fitting, match["year"]), issuer), MOST)), ()


def _of_office(directives: Iterable[Directive], issuer: str | None) -> Iterator[Directive]:
    """Those of the office and the places that these words name, and those whose office nobody knows; all where there are none."""
    if issuer is None:
        yield from directives
        return
    from docsearch.resolver.phrases import read_body

    body = read_body(issuer)
    named = {slug(part.name) for part in body.parts if part.name}
    for directive in directives:
        office = directive.office
        if office is None or (
            body.code in ("", "bo", office.code) and (office.place is None or named <= set(office.place.split(".")))
        ):
            yield directive


def spoken(catalogue: Catalogue, typed: str) -> tuple[Directive, ...]:
    """What a line means that is nothing but a type and digits, and says "số" or a year: ``nghị định số 118 năm 2025``.

    Without either ("quyết định 60") the digits may be a count of anything.
    """
    plain = " ".join(clean(typed[:LONGEST]).split())
    match = _TYPE_FIRST.fullmatch(fold(plain))
    if match is None or not (match["year"] or _SAYS_NUMBER.search(fold(plain))) or "cua" in match["type"]:
        return ()
    return _by_type_and_digits(catalogue, plain)[0]


def _is_of_type(directive: Directive, typed: str) -> bool:
    """``quyet dinh``, ``qd`` or ``qd-ubnd`` for a Quyết định with the symbol QĐ-UBND."""
    if directive.doctype and fold(directive.doctype) == typed:
        return True
    wanted, symbol = fold_symbol(typed), (number_key(directive.number or "") or "").rpartition("/")[2]
    return wanted in symbol.split("-") or symbol.startswith(wanted + "-") or symbol == wanted


def _by_name(catalogue: Catalogue, typed: str) -> Found:
    """A law by its name, with or without its year; the whole name before longer ones that begin so."""
    for name, year in ((typed, None), _split_year(typed)):
        key = name_key(name)
        directives = _of_year(catalogue.answers.by_name(key, MOST), year) if key else ()
        whole = tuple(d for d in directives if d.name and name_key(d.name) == key)
        if directives:
            return whole or directives, ()
    return NOTHING


def _by_citation(catalogue: Catalogue, typed: str) -> Found:
    """The first citation in the typed words: what agrees with all that it says."""
    from docsearch.citations import find_citations

    for citation in find_citations(typed).citations:
        year = citation.issued[:4] if citation.issued else None
        forms: tuple[tuple[Form, str | None], ...] = ((_by_number, citation.number), (_by_name, citation.name))
        for form, words in forms:
            directives, cards = form(catalogue, words) if words else NOTHING
            fitting = tuple(_of_office((d for d in directives if _may_be_of(d, year)), citation.issuer))
            if fitting or cards:
                return fitting, cards
    return NOTHING


def _split_year(typed: str) -> tuple[str, str | None]:
    match = _YEAR_LAST.fullmatch(typed)
    return (match["rest"], match["year"]) if match else (typed, None)


def _of_year(directives: Iterable[Directive], year: str | None) -> tuple[Directive, ...]:
    return tuple(d for d in directives if year is None or _year_of(d) == year)


def _may_be_of(directive: Directive, year: str | None) -> bool:
    """Whether nothing says that it is of another year."""
    return year is None or _year_of(directive) in ("", year)


def _year_of(directive: Directive) -> str:
    """The year that the number names, else that of the date; "" where neither is known."""
    named = _NAMED_YEAR.search(directive.number or "")
    return named[1] if named else (directive.issued or "")[:4]


Form = Callable[[Catalogue, str], Found]
_FORMS: tuple[Form, ...] = (_by_id, _by_number, _by_id_start, _by_document, _by_type_and_digits, _by_name, _by_citation)
