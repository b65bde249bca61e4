"""How the law names the parts of an instrument: "điểm a khoản 2 Điều 5"; parse undoes write.

One phrase can name several parts: lists ("khoản 1, khoản 2 Điều 11"), ranges ("từ Điều 5 đến Điều 7"), and the older order
from the outside in ("Điều 5, khoản 2, điểm a").  Levels and labels: Nghị định 78/2025/NĐ-CP, Điều 63 and 64, 69.4 (inserted
units: Điều 37a, điểm a1).  Điểm d is not điểm đ: marks are never folded here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from docsearch.errors import NotationError
from docsearch.model import Unit

# From the outside in.  A form (mẫu) and an appendix hold what the other levels hold, so they stand outermost.
LEVELS: Final = ("phụ lục", "phần", "chương", "mục", "tiểu mục", "mẫu", "Điều", "khoản", "điểm", "tiết", "đoạn")
_DEPTH: Final = {name.lower(): depth for depth, name in enumerate(LEVELS)}
_ALPHABET: Final = "abcdđeghiklmnopqrstuvxy"  # the order of điểm, Nghị định 78/2025/NĐ-CP, Điều 64
_LONGEST_RANGE: Final = 200

_UNIT = re.compile(
    r"(?:các\s+)?(phụ\s+lục|phần|chương|tiểu\s+mục|mục|mẫu|[đðd]iều|khoản|điểm|tiết|đoạn):?\s+(?:số\s+)?", re.IGNORECASE
)
_LABEL = re.compile(r"(?:\d+[a-zđ]?\d?(?:\.\d+)*|[a-zđ](?:\.[IVXLC]+|\d?(?:\.\d+)*)|[IVXLC]+(?:\.\d+)?)(?!\w)\)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|và|hoặc|của|tại|thuộc|từ|-)?\s*")
_TO = re.compile(r"\s*(?:đến|tới|-|–)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """One part of an instrument: its levels and labels from the outside in: ``(("Điều", "5"), ("khoản", "2"))``."""

    steps: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """As the law writes it, from the inside out: ``điểm a khoản 2 Điều 5``."""
        return " ".join(f"{level} {label}" for level, label in reversed(self.steps))

    @property
    def article(self) -> str | None:
        """The label of its article, or ``None``."""
        return next((label for level, label in self.steps if level == "Điều"), None)


def parse_pinpoints(text: str) -> tuple[Pinpoint, ...]:
    """The parts that `text` names, in its order; `NotationError` where it is no pinpoint.

    >>> [str(p) for p in parse_pinpoints("điểm b khoản 3 và điểm c khoản 5 Điều 6")]
    ['điểm b khoản 3 Điều 6', 'điểm c khoản 5 Điều 6']
    >>> [str(p) for p in parse_pinpoints("từ Điều 5 đến Điều 7")]
    ['Điều 5', 'Điều 6', 'Điều 7']
    """
    groups = _groups(text)
    depths = [_DEPTH[level.lower()] for level, _ in groups]
    if len(groups) > 1 and all(outer < inner for outer, inner in pairwise(depths)):
        groups.reverse()
    return tuple(Pinpoint(steps) for steps in _combined(groups))


def parse_pinpoint(text: str) -> Pinpoint:
    """The one part that `text` names; `NotationError` where it names none or several."""
    found = parse_pinpoints(text)
    if len(found) != 1:
        raise NotationError("single pinpoint", text)
    return found[0]


def absent(pinpoint: Pinpoint, units: Sequence[Unit]) -> tuple[str, str] | None:
    """The first level of a pinpoint, from the outside in, that an outline shows not to exist: ``("Điều", "99")``.

    ``None`` where it exists, and where the outline cannot tell: it has no such level there, its articles do not run on from 1
    without a gap, or the unit is an inserted one ("Điều 37a"), which the text of the first issue does not have.
    """
    articles: dict[str, list[int]] = {}
    for index, unit in enumerate(units):
        if unit.kind == "article":
            articles.setdefault(unit.label.lower(), []).append(index)
    around: list[int] = []
    for level, label in pinpoint.steps:
        if level == "Điều":
            if not articles or not label.isdigit() or any(str(number) not in articles for number in range(1, len(articles) + 1)):
                return None
            around = articles.get(label, [])
            if not around:
                return level, label
        elif level in _INNER and len(around) == 1:
            inside = [index for index, unit in enumerate(units) if unit.parent == around[0] and unit.kind == _INNER[level]]
            around = [index for index in inside if units[index].label.lower() == label.lower()]
            if not around:
                return (level, label) if inside and _is_plain(label) else None
    return None


_INNER: Final = {"khoản": "clause", "điểm": "point"}


def _is_plain(label: str) -> bool:
    """Whether a label is a number or a letter alone, as first issued: not "5a" nor "a1"."""
    return label.isdigit() or len(label) == 1


Group = tuple[str, list[str]]


def _groups(text: str) -> list[Group]:
    """Levels with their labels in the order of the text: ``[("khoản", ["1", "2"]), ("Điều", ["5"])]``."""
    groups: list[Group] = []
    at = _skip(_BETWEEN, text, 0)
    while at < len(text):
        unit = _UNIT.match(text + " ", at)
        if unit is None:
            raise NotationError("pinpoint", text, at)
        level = _level(unit[1])
        labels, at = _labels(text, _skip(_BETWEEN, text, unit.end()))
        if not labels and level == "phụ lục" and groups:  # "mục 5 Phụ lục": the only annex has no label
            break
        if not labels:
            raise NotationError("pinpoint", text, at)
        at = _range_of_units(text, at, level, labels)
        groups.append((level, labels))
        at = _skip(_BETWEEN, text, at)
        while text.startswith(("và ", "của "), at):
            at = _skip(_BETWEEN, text, at)
    if not groups:
        raise NotationError("pinpoint", text)
    return groups


def _level(word: str) -> str:
    plain = " ".join(word.lower().replace("ð", "đ").split())
    return LEVELS[_DEPTH["điều" if plain == "diều" else plain]]  # "Diều 5": what OCR makes of Điều


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _labels(text: str, at: int) -> tuple[list[str], int]:
    """The list of labels that begins at `at` ("1, 2 và 5", "a đến d") and where it ends."""
    labels: list[str] = []
    found = _LABEL.match(text, at)
    while found is not None:
        labels.append(found[0].rstrip(")"))
        at = found.end()
        through = _TO.match(text, at)
        last = _LABEL.match(text, through.end()) if through else None
        if last is not None:
            labels += _between(labels[-1], last[0])
            at = last.end()
        joint = re.compile(r"\s*(?:,\s*và|,|;|và|hoặc)\s*").match(text, at)
        found = _LABEL.match(text, joint.end()) if joint else None
    return labels, at


def _range_of_units(text: str, at: int, level: str, labels: list[str]) -> int:
    """Read "(Điều 5) đến Điều 7" to its end; return where it ends."""
    through = _TO.match(text, at)
    unit = _UNIT.match(text, through.end()) if through else None
    last = _LABEL.match(text, unit.end()) if unit and _level(unit[1]) == level else None
    if last is None:
        return at
    labels += _between(labels[-1], last[0])
    return last.end()


def _between(first: str, last: str) -> list[str]:
    """The labels after `first` up to `last`; only `last` where the steps between are not known (roman, inserted)."""
    if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + _LONGEST_RANGE:
        return [str(number) for number in range(int(first) + 1, int(last) + 1)]
    low, high = _ALPHABET.find(first), _ALPHABET.find(last)
    if len(first) == len(last) == 1 and 0 <= low < high:
        return list(_ALPHABET[low + 1 : high + 1])
    return [last]


Steps = tuple[tuple[str, str], ...]


def _combined(groups: Sequence[Group]) -> list[Steps]:
    """Every part named by groups that go from the inside out: each level holds what stands before it and is still open."""
    done: list[Steps] = []
    for level, labels in groups:
        inner = [steps for steps in done if _DEPTH[steps[0][0].lower()] > _DEPTH[level.lower()]]
        if inner:
            done = [held for steps in done for held in (_held(steps, level, labels) if steps in inner else [steps])]
        else:
            done += [((level, label),) for label in labels]
    return list(dict.fromkeys(done))


def _held(steps: Steps, level: str, labels: Iterable[str]) -> list[Steps]:
    return [((level, label), *steps) for label in labels]
