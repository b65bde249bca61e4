"""What is inconsistent about the citations of one document: for ``docsearch check``, also for a draft that is not archived.

Each finding has a code, a severity and the place in the text.  ``error``: cannot be right (a date that does not exist, a
paper of the future).  ``warning``: contradicts something else that is said.  ``note``: worth a look.

========================= ======== =====================================================================================
``impossible-date``       error    there is no such day
``future-date``           error    the cited paper is younger than the one that cites it
``year-differs``          warning  year in the number, and another in the date
``issuer-mismatch``       warning  the phrase names another body than the symbol
``law-number``            warning  the law of that name and year has another number
``two-dates``             warning  one directive, two dates in this document
``date-differs``          warning  the directive that is held has another date
``number-order``          warning  its number does not fit between those of its series before and after it in time
``replaced``              warning  replaced or repealed before this document
``suspended``             warning  suspended before this document
``no-such-part``          warning  the text that is held has no such article, clause or point
``corrected``             note     a correction of this paper names what is cited here
``type-mismatch``         note     the type word and the letters of the symbol differ
``partly-replaced``       note     amended before this document
``ambiguous``             note     several directives bear this number, or too little is said to tell which is meant
========================= ======== =====================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache

from docsearch.errors import NotationError
from docsearch.model import Citation, Directive, Finding, Link, Mention, Metadata, Office, Severity, Span, Validity
from docsearch.notation import DocNumber, fold_symbol, parse_date, parse_number
from docsearch.registry import doctypes, issuer_segments

_DATE = re.compile(r"ngày\s*(\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}\s*(?:[/.-]|năm)\s*\d{4})")
_DATE_BEHIND = re.compile(rf",?\s*{_DATE.pattern}")
_UNDOING = {"amends", "replaces", "repeals", "corrects", "consolidates"}  # such a paper has reason to name what is ended
_PARTY_RULES = ("Quy định", "Quy chế", "Quyết định")  # all QĐ in the Party's papers
_SYMBOLS_OF_TODAY = "1997"  # before, ministries wrote them each in its own way
_SMALLEST_SERIES = 3  # two papers alone cannot tell which number is wrong
_LARGEST_SERIES = 400  # the order of a series is worked out in quadratic time

Point = tuple[str, int, Citation]
"""A paper in its series: date, number, citation."""


def findings(
    metadata: Metadata,
    citations: Sequence[Citation],
    mentions: Sequence[Mention],
    *,
    text: str = "",
    links: Mapping[int, Link] | None = None,
    directives: Mapping[str, Directive] | None = None,
    validity: Callable[[str, str], Validity] | None = None,
    absent: Mapping[int, str] | None = None,
    corrected: Mapping[int, str] | None = None,
) -> tuple[Finding, ...]:
    """All findings on one document, by place in the text.

    `mentions` are those of the document (its own identity, index -1, may be among them); `text` is its text.  With `links` and
    `directives` the archive has a say, with `validity` (directive id and day to `Validity`) also the end of what is cited.
    `absent` are the parts that citations name and the held texts do not have ("Điều 99"), by citation index; `corrected` the
    corrections of this paper that name what a citation names, index -1 for the paper as a whole.
    """
    issued = metadata.issued.value if metadata.issued else None
    cited = {mention.index: mention for mention in mentions if mention.index >= 0}
    found = [
        *(one for citation in citations for one in _alone(citation, issued, text)),
        *(one for index, mention in cited.items() for one in _of_mention(citations[index], mention)),
        *_two_dates(citations, links or {}),
        *_series(citations, cited),
        *_ambiguous(citations, links or {}, cited),
        *(
            one
            for link in (links or {}).values()
            if link.index >= 0
            for one in _linked(citations[link.index], link, directives or {})
        ),
        *(_ended(citations, links or {}, metadata, validity) if validity and issued else ()),
        *(_no_such_part(citations[index], part) for index, part in (absent or {}).items()),
        *(_corrected(metadata, citations, index, by) for index, by in (corrected or {}).items()),
    ]
    return tuple(sorted(found, key=lambda one: (one.span.start if one.span else 0, one.code)))


def _finding(code: str, severity: Severity, span: Span | None, **detail: str | None) -> Finding:
    return Finding(code=code, severity=severity, span=span, detail={key: value for key, value in detail.items() if value})


# --- one citation -----------------------------------------------------------------------------------------------------


def _alone(citation: Citation, issued: str | None, text: str) -> Iterator[Finding]:
    """What one citation shows by itself, and against the date of the document."""
    place = citation.issued_span or citation.span
    number = _number(citation)
    if citation.issued is None and (written := _impossible_date(citation, text)):
        yield _finding("impossible-date", "error", written[1], number=citation.number, date=written[0])
    if number and number.year and citation.issued and citation.issued[:4] != str(number.year):
        yield _finding("year-differs", "warning", place, number=citation.number, date=citation.issued)
    stated = citation.issued or (str(number.year) if number and number.year else None)
    if issued and stated and _after(stated, issued):
        yield _finding("future-date", "error", place, number=citation.number, date=stated, own=issued)
    if "type-mismatch" in citation.flags and not (number and _is_of_another_style(number, citation)):
        yield _finding("type-mismatch", "note", citation.span, doctype=citation.doctype, number=citation.number)


def _impossible_date(citation: Citation, text: str) -> tuple[str, Span] | None:
    """A date within the citation or right behind it that is no day: its words and place."""
    inside = _DATE.search(citation.text)
    behind = None if inside else _DATE_BEHIND.match(text, citation.span.end)
    found, start = (inside, citation.span.start) if inside else (behind, 0)
    if found is None or parse_date(found[1]) is not None:
        return None
    return " ".join(found[1].split()), Span(start + found.start(1), start + found.end(1))


def _is_of_another_style(number: DocNumber, citation: Citation) -> bool:
    """Whether the letters need not be those of the type: QĐ of the Party, "TC/TCT" of before 1997, CT of the tax department."""
    party = number.hyphen and citation.doctype in _PARTY_RULES
    office = fold_symbol(number.segments[0]) in issuer_segments() and citation.doctype in ("Công văn", "Văn bản")
    return party or office or _is_old(citation)


def _is_old(citation: Citation) -> bool:
    return citation.issued is not None and citation.issued < _SYMBOLS_OF_TODAY


def _of_mention(citation: Citation, mention: Mention) -> Iterator[Finding]:
    place = citation.issuer_span or citation.span
    stated_after = place.start > citation.span.start  # before it stands who acts, as a rule
    if "issuer-mismatch" in mention.flags and stated_after and not _is_old(citation):
        yield _finding("issuer-mismatch", "warning", place, number=citation.number, issuer=citation.issuer)
    if "name-mismatch" in mention.flags:
        yield _finding("law-number", "warning", citation.number_span or citation.span, number=citation.number, name=citation.name)


def _number(citation: Citation) -> DocNumber | None:
    try:
        return parse_number(citation.number) if citation.number else None
    except NotationError:
        return None


def _after(one: str, other: str) -> bool:
    """Whether a day, month or year is surely later than another."""
    exact = min(len(one), len(other))
    return one[:exact] > other[:exact]


# --- several citations ------------------------------------------------------------------------------------------------


def _two_dates(citations: Sequence[Citation], links: Mapping[int, Link]) -> Iterator[Finding]:
    """One directive with two full dates: told at each date that differs from the first."""
    first: dict[str, str] = {}
    for index, citation in enumerate(citations):
        link = links.get(index)
        identity = (link and link.directive) or _year_number(citation)
        if identity is None or not citation.issued or len(citation.issued) != 10:
            continue
        date = first.setdefault(identity, citation.issued)
        number = _number(citation)
        if date != citation.issued and not (number and number.year and citation.issued[:4] != str(number.year)):  # told already
            place = citation.issued_span or citation.span
            yield _finding("two-dates", "warning", place, number=citation.number, date=citation.issued, other=date)


def _year_number(citation: Citation) -> str | None:
    """A number that is enough to be one directive: it holds the year and the type."""
    number = _number(citation)
    return number.key if number and number.year and _type_letters(number) else None


def _series(citations: Sequence[Citation], cited: Mapping[int, Mention]) -> Iterator[Finding]:
    """Numbers that do not rise with their dates within one issuer's series of one year."""
    series: dict[tuple[Office, str, str, bool], dict[int, Point]] = {}
    for index, citation in enumerate(citations):
        mention, number = cited.get(index), _number(citation)
        office = mention.office if mention else None
        if office and office.place is not None and number and number.ordinal.isdigit() and len(citation.issued or "") == 10:
            date, ordinal = citation.issued or "", int(number.ordinal)
            key = (office, _type_letters(number) or "công văn", date[:4], number.year is not None)
            series.setdefault(key, {}).setdefault(ordinal, (date, ordinal, citation))
    for points in series.values():
        yield from _out_of_order(sorted(points.values(), key=lambda point: point[:2])[:_LARGEST_SERIES])


def _type_letters(number: DocNumber) -> str:
    """The letters of the type in a symbol; "" in a công văn, where all units of an office share one series."""
    first = fold_symbol(number.segments[0])
    return first if first in _letters() else ""


@cache
def _letters() -> frozenset[str]:
    return frozenset(fold_symbol(symbol) for doctype in doctypes() for symbol in doctype.symbols)


def _out_of_order(points: Sequence[Point]) -> Iterator[Finding]:
    if len(points) < _SMALLEST_SERIES:
        return
    kept = {point[1] for point in _longest_rise(points)}
    for at, (date, ordinal, citation) in enumerate(points):
        if ordinal not in kept:
            before = next((point for point in reversed(points[:at]) if point[1] in kept), None)
            after = next((point for point in points[at + 1 :] if point[1] in kept), None)
            yield _finding(
                "number-order",
                "warning",
                citation.number_span or citation.span,
                number=citation.number,
                date=date,
                before=before and f"{before[2].number} ({before[0]})",
                after=after and f"{after[2].number} ({after[0]})",
            )


def _longest_rise(points: Sequence[Point]) -> list[Point]:
    """The longest run of `points` in which numbers rise; of equally long ones that which rises least.

    150 after 132 and 408 after 132 are both possible when 150 is of the later day; the smaller step is the likelier one.
    """
    best: list[tuple[int, int, int]] = []  # length, minus the total rise, index of the point before
    for at, point in enumerate(points):
        options = [
            (best[one][0] + 1, best[one][1] - (point[1] - points[one][1]), one) for one in range(at) if points[one][1] < point[1]
        ]
        best.append(max(options, default=(1, 0, -1)))
    at = max(range(len(points)), key=lambda one: best[one][:2], default=-1)
    run: list[Point] = []
    while at >= 0:
        run.append(points[at])
        at = best[at][2]
    return run[::-1]


# --- against the archive ----------------------------------------------------------------------------------------------


def _ambiguous(citations: Sequence[Citation], links: Mapping[int, Link], cited: Mapping[int, Mention]) -> Iterator[Finding]:
    """Numbers of which too little is said, each told once.

    Names of laws without a year are how everyone speaks, and that our tables do not know an office is no fault of the paper.
    """
    told: set[str] = set()
    for index, link in links.items():
        if index < 0 or link.state != "ambiguous":
            continue
        citation, mention = citations[index], cited.get(index)
        if not citation.number or citation.number in told:
            continue
        if "no-office" in link.reasons and (citation.issuer or (mention and mention.office is None)):
            continue
        told.add(citation.number)
        reason, candidates = ", ".join(link.reasons), ", ".join(link.candidates)
        yield _finding("ambiguous", "note", citation.span, number=citation.number, reason=reason, candidates=candidates)


def _linked(citation: Citation, link: Link, directives: Mapping[str, Directive]) -> Iterator[Finding]:
    held = directives.get(link.directive or "")
    full = citation.issued and held and held.documents and held.issued and len(citation.issued) == len(held.issued)
    if full and held and held.issued != citation.issued:
        place = citation.issued_span or citation.span
        yield _finding("date-differs", "warning", place, number=citation.number, date=citation.issued, held=held.issued)


def _ended(
    citations: Sequence[Citation], links: Mapping[int, Link], metadata: Metadata, validity: Callable[[str, str], Validity]
) -> Iterable[Finding]:
    """What had been replaced, repealed, suspended or amended before the document's date, told once for each directive.

    Not what this document itself does, and of amendments only those to a basis whose amending act it does not name.
    """
    issued = metadata.issued.value if metadata.issued else ""
    named = {link.directive for link in links.values()}
    own = links[-1].directive if -1 in links else None
    told: set[str] = set()
    for index, citation in enumerate(citations):
        directive = link.directive if (link := links.get(index)) else None
        if directive is None or directive in told or citation.relation in _UNDOING or citation.nested_in is not None:
            continue
        told.add(directive)
        state = validity(directive, issued)
        acts = [act for act in dict.fromkeys(edge.source for edge in state.evidence) if act and act != own]
        if state.state in _ENDS and acts and (state.state != "partly_expired" or _is_unaware(citation, acts, named)):
            code, severity = _ENDS[state.state]
            severity = severity if citation.relation in _NEEDING else "note"
            by = ", ".join(acts)
            yield _finding(code, severity, citation.span, number=citation.label, directive=directive, by=by, on=issued)


def _is_unaware(citation: Citation, acts: Iterable[str], named: Container[str | None]) -> bool:
    """Whether a basis stands without any of the acts that had amended it."""
    return citation.relation == "based_on" and not any(act in named for act in acts)


_NEEDING = ("based_on", "implements")  # relations for which the cited act must be in force
_ENDS: dict[str, tuple[str, Severity]] = {
    "expired": ("replaced", "warning"),
    "suspended": ("suspended", "warning"),
    "partly_expired": ("partly-replaced", "note"),
}


def _no_such_part(citation: Citation, part: str) -> Finding:
    return _finding("no-such-part", "warning", citation.pinpoint_span or citation.span, number=citation.label, part=part)


def _corrected(metadata: Metadata, citations: Sequence[Citation], index: int, by: str) -> Finding:
    span = citations[index].span if index >= 0 else metadata.number.span if metadata.number else None
    return _finding("corrected", "note", span, number=citations[index].label if index >= 0 else None, by=by)
