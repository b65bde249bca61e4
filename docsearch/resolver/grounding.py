"""Mentions from citations: each issuer made an office, each short form completed from its document.

Evidence for the office, in the order in which it is taken (`Mention.how`):

* ``symbol``: the symbol is of one body of the centre (NĐ-CP, TT-BNV).  It overrides a phrase that names another ("Nghị định
  43/2011/NĐ-CP ... của Thủ tướng Chính phủ"): flag ``issuer-mismatch``.
* ``stated``: the phrase names body and place, or a place that only one chain of places bears.
* ``relative``: "UBND tỉnh", "Tỉnh ủy", "của Bộ": completed with the place or body of the citing document.  ``relative-inferred``
  where that place itself is known only from what the document cites; ``relative-merged`` where the province took in others
  since, so that "tỉnh" may be one of those.
* ``department``: letters of one level (SNV, TU, HU) without a phrase: in the place of the citing document.
* ``own-body``: what the author issued ("UBND huyện xây dựng Kế hoạch số 01/KH-UBND").
* ``title``: "... trên địa bàn huyện Cầu Kè" in the title of what is cited.
* ``own-place``: UBND or HĐND without a place in a paper of a province: that province.
* ``outer``: the body in whose paper's title the number stands.
* ``same-number``: the same number with the same date has its issuer elsewhere in the document.
* ``unplaced``: a place is named, or meant, that nothing here tells where to find.
* ``none``: nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docsearch.model import Alias, Citation, Mention, Metadata, Office
from docsearch.registry import Issuer, in_office
from docsearch.resolver.coreference import complete
from docsearch.resolver.home import Home, find_home
from docsearch.resolver.identity import Symbol, read_symbol
from docsearch.resolver.lawnames import number_of_dated, number_of_latest, number_of_popular
from docsearch.resolver.location import locate, province_of
from docsearch.resolver.named import LAWS, is_law
from docsearch.resolver.numbered import UNPLACED
from docsearch.resolver.phrases import Body, Part, read_body, read_places

_ON_THE_TERRITORY = re.compile(
    r"trên địa bàn\s+((?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)\b[^,.;(]*)", re.IGNORECASE
)

_DECREE = re.compile(r"(?P<ordinal>\d{1,3})(?:/(?P<year>(?:19|20)\d\d))?")
_FIRST_DECREE_WITH_YEAR = "1997"  # the law of 12 November 1996 put the year into the numbers of normative acts


def mentions(
    document_id: str, metadata: Metadata, citations: Sequence[Citation], aliases: Sequence[Alias] = ()
) -> tuple[Mention, ...]:
    """The document's own identity (index -1, first), then one mention for each citation, in their order."""
    home = find_home(metadata, citations)
    own = _own(document_id, metadata, home)
    cited = [_mention(document_id, index, citation, home) for index, citation in enumerate(citations)]
    placed = [_of_outer(mention, citation, cited) for mention, citation in zip(cited, citations, strict=True)]
    bases = frozenset(index for index, one in enumerate(citations) if one.relation == "based_on" and one.nested_in is None)
    whole = complete(own, placed, bases, {alias.text: alias.target for alias in aliases})
    return (own, *map(_by_table, whole))


def _own(document_id: str, metadata: Metadata, home: Home) -> Mention:
    doctype = metadata.doctype.value if metadata.doctype else None
    title = metadata.title.value if metadata.title else None
    return Mention(
        document=document_id,
        index=-1,
        doctype=doctype,
        number=metadata.number.value if metadata.number else None,
        name=_law_name(doctype, title),
        issued=home.issued,
        office=home.office,
        how=home.how,
        title=title,
        said=home.issued,
        near=home.place,
    )


def _law_name(doctype: str | None, title: str | None) -> str | None:
    """The name of a law from its own title, which stands with or without the word Luật."""
    if doctype not in LAWS or not title:
        return None
    return title if title.lower().startswith(doctype.lower()) else f"{doctype} {title}"


def _mention(document_id: str, index: int, citation: Citation, home: Home) -> Mention:
    number = _whole_number(citation)
    symbol = read_symbol(number) if number else None
    office, how, flags = _office(citation, symbol, home)
    mention = Mention(
        document=document_id,
        index=index,
        doctype=citation.doctype,
        number=number,
        name=citation.name,
        issued=citation.issued,
        office=office,
        how=how,
        title=citation.title,
        said=home.issued,
        near=home.place,
        flags=flags if number == citation.number else (*flags, "symbol-completed"),
    )
    return number_of_dated(mention) if citation.name and is_law(mention) else mention


def _of_outer(mention: Mention, citation: Citation, cited: Sequence[Mention]) -> Mention:
    """What stands in the title of another was said on the day of that one, and by its body.

    A title of 2017 means no law of 2025, and a number without an issuer in it is of the body that wrote it.
    """
    if citation.nested_in is None:
        return mention
    around = cited[citation.nested_in]
    said = _day_of(around)
    if said and (mention.said is None or said < mention.said):
        mention = replace(mention, said=said)
    inner, outer = mention.office, around.office
    if mention.how not in ("none", "own-place") or inner is None or outer is None:
        return mention
    return replace(mention, office=outer, how="outer") if outer.place and inner.code == outer.code else mention


def _day_of(mention: Mention) -> str | None:
    """The date of what is mentioned, else the year in its number."""
    symbol = read_symbol(mention.number) if mention.number and not mention.issued else None
    return mention.issued or (str(symbol.number.year) if symbol and symbol.number.year else None)


def _by_table(mention: Mention) -> Mention:
    """What the document itself leaves open, as likely: the latest law of a name, the paper of a popular name."""
    if mention.number:
        return mention if read_symbol(mention.number) else number_of_popular(mention)
    return number_of_latest(mention) if mention.name and is_law(mention) else mention


def _whole_number(citation: Citation) -> str | None:
    """The number, with the symbol where type and year leave only one: "Nghị định 108/2014" is 108/2014/NĐ-CP."""
    short = _DECREE.fullmatch(citation.number) if citation.number and citation.doctype == "Nghị định" else None
    year = (short["year"] or (citation.issued or "")[:4]) if short else ""
    return f"{short['ordinal']}/{year}/NĐ-CP" if short and year >= _FIRST_DECREE_WITH_YEAR else citation.number


def _office(citation: Citation, symbol: Symbol | None, home: Home) -> tuple[Office | None, str, tuple[str, ...]]:
    """Office, evidence and flags of one citation."""
    on = citation.issued or (str(symbol.number.year) if symbol and symbol.number.year else None) or home.issued
    body = read_body(citation.issuer, on) if citation.issuer else None
    row = in_office(symbol.issuers, on) if symbol else None
    flags = ("issuer-mismatch",) if symbol and row and body and _contradict(symbol, body) else ()
    if row and row.level == "central":
        return Office(code=row.code, place=""), "stated" if body and not flags else "symbol", flags
    if row:
        return *_local(row, citation, body, home, on), flags
    return *_by_phrase(body, home, on), flags


def _contradict(symbol: Symbol, body: Body) -> bool:
    """Whether the phrase names another body than the symbol, and not the one that followed it or went before.

    "Của tỉnh" names none, and a joint paper's phrase may begin with any of its issuers.
    """
    if body.issuer is None or symbol.joint:
        return False
    same = {body.code, body.within, *body.issuer.successors}
    return not any(issuer.code in same or body.code in issuer.successors for issuer in symbol.issuers)


def _local(row: Issuer, citation: Citation, body: Body | None, home: Home, on: str | None) -> tuple[Office, str]:
    """Office of a symbol whose body exists in many places: the place from the phrase, the level, the author or the title."""
    if body and (body.parts or row.level == "agency"):
        place, how = locate(body.parts, home, on) if body.parts else ("", "stated")
        return Office(code=row.code, place=place), how if place is not None else UNPLACED
    if row.level in ("province", "district", "commune", "phong"):
        place, how = locate((Part("district" if row.level == "phong" else row.level, ""),), home, on)
        return Office(code=row.code, place=place), "department" if place is not None else "none"
    return _unstated(row, citation, home, on)


def _unstated(row: Issuer, citation: Citation, home: Home, on: str | None) -> tuple[Office, str]:
    """Office of UBND, HĐND and their like where no phrase tells whose."""
    same_body = home.office is not None and home.office.code == row.code
    if same_body and citation.relation == "issues" and citation.nested_in is None and not citation.passive:
        return Office(code=row.code, place=home.place), "own-body"
    territory = _ON_THE_TERRITORY.search(citation.title) if citation.title else None
    if territory:
        place, _ = locate(read_places(territory[1]), home, on)
        if place is not None:
            return Office(code=row.code, place=place), "title"
    if row.level == "local" and home.place and home.place == province_of(home.place):
        return Office(code=row.code, place=home.place), "own-place"
    return Office(code=row.code, place=None), "none"


def _by_phrase(body: Body | None, home: Home, on: str | None) -> tuple[Office | None, str]:
    """Office of a number whose letters are of no known body: only the phrase can tell."""
    if body is None:
        return None, "none"
    if body.code == "bo" and home.office and home.office.place == "":
        return home.office, "relative"
    if not body.code:
        return None, "none"
    if body.parts:
        place, how = locate(body.parts, home, on)
        return Office(code=body.code, place=place), how if place is not None else UNPLACED
    central = body.central or (body.issuer is not None and body.issuer.level in ("central", "agency"))
    return Office(code=body.code, place="" if central else None), "stated" if central else "none"
