"""Whether a directive was in force on a day, as far as the relations held in the archive can say.

Only what some paper says counts: an act that replaces or repeals it ends it, one that amends it ends parts of it, and an act
that takes it as its basis shows that it was in force on that day (a basis must be: Nghị định 78/2025/NĐ-CP, Điều 63).  One that
suspends it stops it until an act says otherwise (Luật 64/2025/QH15, Điều 57); the day on which that ends by itself is not known
from relations.  One that extends it changes nothing.
Nothing said is no evidence: the answer is then ``unknown``.  An administrative paper has no legal force of its own; for it
read "expired" as "replaced or withdrawn".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docsearch.model import Directive, Edge, Validity, ValidityState

_ENDING = {"replaces", "repeals"}
_CHANGING = {"amends"}
_STOPPING = {"suspends"}
_ACTING = _ENDING | _CHANGING | _STOPPING
_PROVING = {"based_on", "amends", "guides", "extends"}


def validity(
    directive: str,
    on: str,
    edges: Iterable[Edge],
    directives: Mapping[str, Directive],
    effective: Mapping[str, str] | None = None,
) -> Validity:
    """The state of `directive` on the day `on` (ISO), with the edges that say it, the earliest act first.

    `edges` are those that lead to the directive (others are passed over); `directives` it and the acting ones, for their
    dates; `effective` the first days in force of acts where known, by id.  An act counts from its first day in force, else
    from its date (reason ``from-issue-date``).  Edges of acts without a date decide nothing (reason ``undated-act``).
    """
    days = {name: day for name, act in directives.items() if (day := act.issued)} | dict(effective or {})
    told = [edge for edge in edges if edge.target == directive]
    if directive in days and _after(days[directive], on):
        return Validity(directive=directive, on=on, state="not_yet", reasons=("issued-later",))
    state, evidence = _verdict(on, told, days, directives)
    return Validity(
        directive=directive, on=on, state=state, evidence=evidence, reasons=_reasons(told, evidence, days, effective or {})
    )


def _verdict(
    on: str, told: Sequence[Edge], days: Mapping[str, str], directives: Mapping[str, Directive]
) -> tuple[ValidityState, tuple[Edge, ...]]:
    """The state on that day, and the edges that decide it."""
    past = [edge for edge in told if edge.relation in _ACTING and _not_after(days.get(edge.source or "", "9"), on)]
    ends = [edge for edge in past if edge.relation in _ENDING and not edge.partial]
    if ends:
        return "expired", _in_order(ends, days)
    stops = [edge for edge in past if edge.relation in _STOPPING and not edge.partial]
    if stops:
        return "suspended", _in_order(stops, days)
    changes = [edge for edge in past if edge.relation not in _STOPPING]
    if changes:
        return "partly_expired", _in_order(changes, days)
    proofs = [edge for edge in told if edge.relation in _PROVING and _built_on(directives.get(edge.source or ""), on)]
    return ("in_force", _in_order(proofs, days)) if proofs else ("unknown", ())


def _in_order(edges: Iterable[Edge], days: Mapping[str, str]) -> tuple[Edge, ...]:
    """The edges by the day of their acts."""
    return tuple(
        sorted(edges, key=lambda edge: (days.get(edge.source or "", ""), edge.source or "", edge.asserted_by, edge.index))
    )


def _after(day: str, on: str) -> bool:
    """Whether a day, month or year is surely later than another."""
    exact = min(len(day), len(on))
    return day[:exact] > on[:exact]


def _not_after(day: str, on: str) -> bool:
    """Whether a day, month or year is surely not later than another: of the same year, where only that is known, is not sure."""
    return day < on[: len(day)] if len(day) < len(on) else day[: len(on)] <= on


def _built_on(acting: Directive | None, on: str) -> bool:
    """Whether an act was issued on that day or later: what it builds on was in force then."""
    return acting is not None and acting.issued is not None and acting.issued[: len(on)] >= on


def _reasons(
    told: Sequence[Edge], evidence: Sequence[Edge], days: Mapping[str, str], effective: Mapping[str, str]
) -> tuple[str, ...]:
    reasons = list(dict.fromkeys(edge.relation for edge in evidence)) or ["nothing-held-says"]
    acting = [edge for edge in told if edge.relation in _ACTING]
    if any(edge in acting and edge.source not in effective for edge in evidence):
        reasons.append("from-issue-date")
    if any(edge.source not in days for edge in acting):
        reasons.append("undated-act")
    if any(edge.relation in _STOPPING and edge.partial for edge in told):
        reasons.append("suspended-in-part")
    return tuple(reasons)
