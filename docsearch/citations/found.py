"""What the stages of citation reading hand to each other: one mention, filled in from left to right.

`scan` finds the mentions (what is named), `attach` reads what stands round each (issuer, pinpoint, title), `relate`
decides by which relation and inside which title it stands.  A `Found` lives only inside this folder and is turned into a
frozen `Citation` at the end; it is mutable so that a document of a thousand mentions is read without copying each
record three times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from docsearch.model import Certainty, CitationKind

ACTS: Final = "acts:"  # flag of an instrument that acts on the one named before it ("được sửa đổi bởi"): by which relation


@dataclass(slots=True)
class Found:
    """One mention; all offsets are half-open code points into the text, -1 where there is nothing."""

    # by scan
    start: int
    end: int
    kind: CitationKind
    doctype: str | None
    number: str | None
    name: str | None
    issued: str | None
    number_start: int = -1
    number_end: int = -1
    issued_start: int = -1  # the date, also where it stands away from the number and outside the span
    issued_end: int = -1
    head: int = -1  # index of the first member of the enumeration this one belongs to; -1: none
    certainty: Certainty = "high"
    flags: tuple[str, ...] = ()
    # by attach
    issuer: str | None = None
    issuer_start: int = -1
    issuer_end: int = -1
    pinpoint: str | None = None
    pinpoint_start: int = -1
    pinpoint_end: int = -1
    title: str | None = None
    title_start: int = -1
    title_end: int = -1
    # by relate
    relation: str = "refers_to"
    nested_in: int = -1
    cue_start: int = -1
    cue_end: int = -1
    passive: bool = False
    partial: bool = False
    negated: bool = False
