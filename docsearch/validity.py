"""Whether a directive was in force on a day, as far as the relations held in the archive can say.

Only what some paper says counts: an act that replaces or repeals it ends it, one that amends it ends parts of it, and an act
that takes it as its basis shows that it was in force on that day (a basis must be: Nghị định 78/2025/NĐ-CP, Điều 63).
Nothing said is no evidence: the answer is then ``unknown``.  An administrative paper has no legal force of its own; for it
read "expired" as "replaced or withdrawn".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docsearch.model import Directive, Edge, Validity, ValidityState

_ENDING = {"replaces", "repeals"}
_CHANGING = {"amends"}
_PROVING = {"based_on", "amends", "guides"}


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
    known = effective or {}
    told = [edge for edge in edges if edge.target == directive]
    if _starts_later(directive, on, directives, known):
        return Validity(directive=directive, on=on, state="not_yet", reasons=("issued-later",))
    dated = [
        (day, edge) for edge in told if edge.relation in _ENDING | _CHANGING and (day := _day(edge.source, directives, known))
    ]
    past = sorted(((day, edge) for day, edge in dated if _not_after(day, on)), key=_order)
    ends = [edge for _, edge in past if edge.relation in _ENDING and not edge.partial]
    state: ValidityState = "expired" if ends else "partly_expired" if past else "unknown"
    evidence = tuple(ends) or tuple(edge for _, edge in past)
    if not past:
        proving = sorted(
            ((directives[edge.source or ""].issued or "", edge) for edge in told if _proves(edge, on, directives)), key=_order
        )
        evidence = tuple(edge for _, edge in proving)
        state = "in_force" if evidence else "unknown"
    return Validity(
        directive=directive, on=on, state=state, evidence=evidence, reasons=_reasons(told, evidence, directives, known)
    )


def _order(item: tuple[str, Edge]) -> tuple[str, str, str, int]:
    day, edge = item
    return day, edge.source or "", edge.asserted_by, edge.index


def _starts_later(directive: str, on: str, directives: Mapping[str, Directive], effective: Mapping[str, str]) -> bool:
    day = _day(directive, directives, effective)
    return day is not None and not _not_after(day, on)


def _day(directive: str | None, directives: Mapping[str, Directive], effective: Mapping[str, str]) -> str | None:
    """From when an act counts: its first day in force, else its date; ``None`` where neither is known."""
    if directive is None:
        return None
    known = directives.get(directive)
    return effective.get(directive) or (known.issued if known else None)


def _not_after(day: str, on: str) -> bool:
    """Whether a day, month or year is not later than another, as exactly as both are known."""
    exact = min(len(day), len(on))
    return day[:exact] <= on[:exact]


def _proves(edge: Edge, on: str, directives: Mapping[str, Directive]) -> bool:
    """Whether an act of that day or later builds on the directive."""
    acting = directives.get(edge.source or "")
    return edge.relation in _PROVING and acting is not None and acting.issued is not None and acting.issued[: len(on)] >= on


def _reasons(
    told: Iterable[Edge], evidence: Iterable[Edge], directives: Mapping[str, Directive], effective: Mapping[str, str]
) -> tuple[str, ...]:
    decisive = tuple(evidence)
    reasons = list(dict.fromkeys(edge.relation for edge in decisive)) or ["nothing-held-says"]
    acting = [edge for edge in told if edge.relation in _ENDING | _CHANGING]
    if any(edge.source not in effective for edge in decisive if edge in acting):
        reasons.append("from-issue-date")
    if any(_day(edge.source, directives, effective) is None for edge in acting):
        reasons.append("undated-act")
    return tuple(reasons)
