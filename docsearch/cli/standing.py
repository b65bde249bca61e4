"""The validity of a directive in words: the state, the day, and the acts and papers that say so."""

from __future__ import annotations

from docsearch.cli.speech import say
from docsearch.model import Sheet

ACTS_SHOWN = 5


def facts(sheet: Sheet, *, asked: bool) -> list[tuple[str, object]]:
    """Label and words for a sheet; nothing where nothing is known and nobody `asked`."""
    validity = sheet.validity
    if validity is None or (validity.state == "unknown" and not asked):
        return []
    words = say("validity-on", state=say(f"validity-{validity.state}"), day=validity.on)
    if validity.state == "unknown":
        words = say("validity-nothing", day=validity.on)
    whole = {(edge.source, edge.relation) for edge in validity.evidence if not edge.partial}
    deeds = dict.fromkeys((edge.source, edge.relation, (edge.source, edge.relation) not in whole) for edge in validity.evidence)
    evidence = [told for deed in deeds if (told := _act(sheet, *deed))]
    shown = [*evidence[:ACTS_SHOWN], *([say("more", count=len(evidence) - ACTS_SHOWN)] if len(evidence) > ACTS_SHOWN else [])]
    said_by = "; ".join(card.label for card in sheet.witnesses[:ACTS_SHOWN])
    return [
        (say("label-validity"), words),
        (say("label-evidence"), "; ".join(shown)),
        (say("label-said-by"), said_by),
    ]


def _act(sheet: Sheet, source: str | None, relation: str, in_part: bool) -> str | None:
    """What one act does: "bị thay thế bởi Quyết định 04/2024/QĐ-UBND (2024-02-26)"; in part where nobody says as a whole."""
    act = next((act for act in sheet.acts if act.id == source), None)
    if act is None:
        return None
    day = f" ({act.issued})" if act.issued else ""
    return say(f"evidence-{relation}", act=f"{act.label}{day}") + (f" – {say('in-part')}" if in_part else "")
