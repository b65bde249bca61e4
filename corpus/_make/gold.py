"""The gold of a paper: what it says of itself and every citation in it, in the JSON that the scorer reads."""

from __future__ import annotations

import re

from corpus._make.fields import fields, one_line
from corpus._make.markup import Cite
from corpus._make.paper import Paper, directive_id, offices
from corpus._make.text import lay_out

Entry = dict[str, object]

_PINPOINT = r"(?:điểm|khoản|điều|chương|mục|phụ lục)\b[^.;:\n]*"
_THEO = re.compile(rf"(?<!thực hiện )\btheo(?: đúng)?(?:\s+(?:các\s+)?{_PINPOINT})?\s+(?:các\s+)?$", re.IGNORECASE)
_JOINT = re.compile(
    rf"(?:\s+của\s+[^,;.]+)?[,\s(]*(?:và|được sửa đổi, bổ sung (?:bởi|tại)|được sửa đổi bởi)?\s*(?:{_PINPOINT})?", re.IGNORECASE
)


def gold(paper: Paper) -> tuple[str, dict[str, object], list[Entry]]:
    """The text of a paper, its gold, and for each citation what it should lead to."""
    text, marks = lay_out(paper)
    nested = _nesting(marks)
    citations: list[Entry] = []
    for index, (start, end, cite, _) in enumerate(marks):
        words = text[start:end]
        citations.append({"start": start, "end": end, "text": words, **fields(cite, words), "nested_in": nested[index]})
    _mark_arguable(text, citations)
    targets = [target(cite, entry) for (_, _, cite, _), entry in zip(marks, citations, strict=True)]
    actors = _actors(marks)
    for index, aim in enumerate(targets):
        if index in actors:
            aim["acts_on"], aim["acts"] = actors[index]
    return text, {"metadata": metadata(paper), "citations": citations}, targets


def _mark_arguable(text: str, citations: list[Entry]) -> None:
    """Gives ``relation_alt`` where "theo" is all that ties an action to its instrument: carried out, or merely referred to.

    "xử phạt theo Nghị định số ..." may be read either way; "thực hiện theo" may not.  Members of one enumeration go together.
    """
    for index, entry in enumerate(citations):
        before = citations[index - 1] if index else None
        start, last = int(str(entry["start"])), int(str(before["end"])) if before else 0
        joined = before is not None and "relation_alt" in before and _JOINT.fullmatch(text[last:start])
        if entry["relation"] == "implements" and (_THEO.search(text[max(0, start - 90) : start]) or joined):
            entry["relation_alt"] = "refers_to"


def metadata(paper: Paper) -> dict[str, str | None]:
    """What the paper says of itself."""
    title = one_line(paper.title.text)
    return {
        "doctype": paper.doctype,
        "number": paper.number,
        "issued": paper.issued,
        "issuer": paper.issuer,
        "title": title.upper() if paper.layout.get("capitals") else title,
        "signer": paper.signer,
    }


def _nesting(marks: list[tuple[int, int, Cite, int]]) -> list[int | None]:
    """For each citation the index of the one in whose title it stands."""
    found: list[int | None] = []
    for index, (_, _, cite, paragraph) in enumerate(marks):
        above = [i for i in range(index) if marks[i][3] == paragraph and marks[i][2].depth == cite.depth - 1]
        found.append(above[-1] if cite.depth and above else None)
        if cite.depth and not above:
            raise ValueError(f"nested in nothing: {cite}")
    return found


def _actors(marks: list[tuple[int, int, Cite, int]]) -> dict[int, tuple[int, str]]:
    """The citations that act on an earlier one of their paragraph ("được sửa đổi bởi"): which, by which relation."""
    found: dict[int, tuple[int, str]] = {}
    for index, (_, _, cite, paragraph) in enumerate(marks):
        if "acts" in cite.stated:
            before = (i for i in range(index) if marks[i][3] == paragraph and marks[i][2].depth <= cite.depth)
            heads = [i for i in before if "acts" not in marks[i][2].stated]
            found[index] = (heads[-1], cite.stated["acts"])
    return found


def target(cite: Cite, entry: Entry) -> Entry:
    """The id of the directive meant, ``None`` where nothing but the text's own words could tell."""
    stated = cite.stated
    if "id" in stated or "state" in stated:
        return {"directive": stated.get("id"), "state": stated.get("state")}
    number = entry["number"]
    if not number or not re.search(r"[/-]", str(number)):
        return {"directive": None, "state": None}
    office, _, year = stated.get("office", "").partition("/")
    at = offices()[office].at if office else None
    day = year or str(entry["issued"] or "")
    return {"directive": directive_id(str(number), str(entry["doctype"]), day or None, at), "state": None}
