"""The light markup of the sources: words with their styles, and every citation with what it states.

A citation stands in braces, its relation after a bar::

    Thực hiện {Kế hoạch số 97/KH-UBND ngày 30/12/2022|implements;@tinh} của <i Ủy ban nhân dân tỉnh>

* ``^`` after the relation: nested in the last citation that is one level higher (``^^``: two levels deep).  A citation
  within the braces of another one is nested in it.
* After a semicolon: ``i=`` issuer, ``p=`` pinpoint, ``d=`` ISO date, ``t=`` type, ``n=`` number, ``name=``: what the text
  states elsewhere, or what the rules of `fields` cannot see.  ``acts=`` relation from this citation to the last one that
  does not act ("được sửa đổi bởi").  ``@office`` or ``@office/year``: whose directive it is; ``=id``: its id, spelled out;
  ``?`` too little is said to tell.
* ``<i words>`` issuer of the citation before, ``<I words>`` of the one after; ``<p words>`` pinpoint of the one after,
  ``<P words>`` of the one before; ``<d words>`` date of the one before, ``<D words>`` of the one after.
* ``**bold**``, ``*italic*``, ``⏎`` a line break, ``¶`` a page break within a paragraph, ``^[a footnote]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

_MARKS = {"i", "I", "p", "P", "d", "D"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style.  `note` is the index of the footnote called at their end."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """One citation as marked: its half-open range in the plain text, its relation, depth and stated attributes."""

    start: int
    end: int
    relation: str
    depth: int
    stated: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inline:
    """One paragraph: its runs, its citations in text order, and its footnotes."""

    runs: tuple[Run, ...]
    cites: tuple[Cite, ...] = ()
    notes: tuple[Inline, ...] = ()

    @property
    def text(self) -> str:
        """The words without any mark."""
        return "".join(run.text for run in self.runs)


class _Scanner:
    """Reads one paragraph from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.length = 0  # of the plain text so far
        self.bold = self.italic = False
        self.words: list[str] = []
        self.runs: list[Run] = []
        self.open: list[int] = []
        self.cites: list[Cite] = []
        self.marks: list[tuple[str, int, str]] = []
        self.notes: list[Inline] = []

    def scan(self) -> Inline:
        while self.at < len(self.source):
            self._step()
        self._flush()
        if self.open:
            raise ValueError(f"brace not closed: {self.source[:60]!r}")
        cites = sorted(self.cites, key=lambda cite: (cite.start, -cite.end))
        return Inline(tuple(self.runs), tuple(_attach(cites, self.marks)), tuple(self.notes))

    def _step(self) -> None:
        rest = self.source[self.at :]
        if rest.startswith("**"):
            self._toggle("bold", 2)
        elif rest.startswith("\\"):
            self._word(rest[1], 2)
        elif rest.startswith("*"):
            self._toggle("italic", 1)
        elif rest.startswith("^["):
            self._note(rest)
        elif rest.startswith("{"):
            self.open.append(self.length)
            self.at += 1
        elif rest.startswith("|") and self.open:
            self._close(rest)
        elif rest[:1] == "<" and rest[1:2] in _MARKS and rest[2:3] == " ":
            self._mark(rest)
        else:
            self._word("\n" if rest[0] == "⏎" else rest[0], 1)

    def _word(self, letters: str, taken: int) -> None:
        self.words.append(letters)
        self.length += len(letters)
        self.at += taken

    def _flush(self, note: int | None = None) -> None:
        if self.words or note is not None:
            self.runs.append(Run("".join(self.words), self.bold, self.italic, note))
        self.words = []

    def _toggle(self, style: str, taken: int) -> None:
        self._flush()
        setattr(self, style, not getattr(self, style))
        self.at += taken

    def _note(self, rest: str) -> None:
        end = rest.index("]")
        self.notes.append(parse(rest[2:end]))
        self._flush(len(self.notes) - 1)
        self.at += end + 1

    def _close(self, rest: str) -> None:
        end = rest.index("}")
        relation, *attributes = rest[1:end].split(";")
        stated = dict(_attribute(text) for text in attributes)
        start = self.open.pop()
        depth = len(self.open) + relation.count("^")
        self.cites.append(Cite(start=start, end=self.length, relation=relation.rstrip("^"), depth=depth, stated=stated))
        self.at += end + 1

    def _mark(self, rest: str) -> None:
        end = rest.index(">")
        words = rest[3:end]
        self.marks.append((rest[1], self.length, words))
        for letter in words:
            self._word("\n" if letter == "⏎" else letter, 0)
        self.at += end + 1


def _attribute(text: str) -> tuple[str, str]:
    if text.startswith("@"):
        return "office", text[1:]
    if text.startswith("="):
        return "id", text[1:]
    if text == "?":
        return "state", "ambiguous"
    key, _, value = text.partition("=")
    return key, value


def _attach(cites: list[Cite], marks: list[tuple[str, int, str]]) -> list[Cite]:
    """The citations with the words of the marks beside them."""
    for kind, at, words in marks:
        before = [i for i, cite in enumerate(cites) if cite.end <= at]
        after = [i for i, cite in enumerate(cites) if cite.start >= at]
        index = max(before, key=lambda i: (cites[i].end, -i)) if kind in "iPd" else after[0]
        key = kind.lower()
        cites[index] = replace(cites[index], stated={**cites[index].stated, key: " ".join(words.split())})
    return cites


def parse(source: str) -> Inline:
    """The runs, citations and footnotes of one paragraph of source.

    >>> [run.text for run in parse("Căn cứ **{Luật Lưu trữ ngày 11/11/2011|based_on}**;").runs]
    ['Căn cứ ', 'Luật Lưu trữ ngày 11/11/2011', ';']
    """
    return _Scanner(source).scan()
