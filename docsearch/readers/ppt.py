"""PowerPoint presentations of before 2007 (.ppt) to text, a page a slide: its text, then the speaker's notes.

The format is that of [MS-PPT]: records of eight bytes' head, some of which hold others; the last edit says where each slide
stands (2.1.2).  Text of placeholders stands in a list for all slides, that of text boxes in the drawing of the slide.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from docsearch.errors import BrokenFile, LimitExceeded
from docsearch.model import RawText
from docsearch.readers.decoding import from_legacy
from docsearch.readers.flow import squeeze
from docsearch.readers.ole import open_compound
from docsearch.readers.source import Source

# Types of records ([MS-PPT] 2.13.24, [MS-ODRAW] 2.2.14).
_DOCUMENT, _LIST, _SLIDE_PLACE, _SLIDE, _SLIDE_FACTS, _NOTES = 1000, 4080, 1011, 1006, 1007, 1008
_TEXT_KIND, _WIDE_TEXT, _BYTE_TEXT, _LIST_TEXT, _BOX = 3999, 4000, 4008, 3998, 0xF00D
_EDIT, _PLACES, _FONT = 4085, 6002, 4023
_SLIDES, _OF_NOTES = 0, 2  # instances of the list
_HOLDER = 0xF  # version of a record that holds others
_DEEPEST = 40
_ENCRYPTED = 0xF3D1C4DF  # in the stream "Current User"
_BREAKS = str.maketrans({"\r": "\n", "\v": "\n", "\0": "", "\ue000": " "})


@dataclass(frozen=True, slots=True)
class _Record:
    """One record: its type and instance, and where its content begins and ends."""

    type: int
    instance: int
    start: int
    stop: int
    holds: bool


@dataclass(slots=True)
class _Show:
    """A presentation being read: its stream, and where each of its persistent objects stands."""

    data: bytes
    places: dict[int, int] = field(default_factory=dict)

    def record(self, at: int) -> _Record | None:
        """The record at this place; none where no whole head stands there."""
        if not 0 <= at <= len(self.data) - 8:
            return None
        head, kind, length = struct.unpack_from("<HHI", self.data, at)
        return _Record(kind, head >> 4, at + 8, min(at + 8 + length, len(self.data)), head & 0xF == _HOLDER)

    def inside(self, holder: _Record) -> Iterator[_Record]:
        """The records directly in another."""
        at = holder.start
        while at + 8 <= holder.stop and (record := self.record(at)):
            yield record
            at = record.stop

    def all_inside(self, holder: _Record, depth: int = 0) -> Iterator[_Record]:
        """The records in another, however deep, each before those that it holds."""
        for record in self.inside(holder):
            yield record
            if record.holds and depth < _DEEPEST:
                yield from self.all_inside(record, depth + 1)

    def persistent(self, number: int) -> _Record | None:
        """The object of this number."""
        return self.record(self.places[number]) if number in self.places else None

    def number(self, record: _Record, at: int = 0) -> int:
        """Four bytes of a record's content as a number; 0 where they are not there."""
        content = self.data[record.start + at : min(record.start + at + 4, record.stop)]
        return int.from_bytes(content, "little")


def read(source: Source) -> RawText:
    """One page a slide, in the order of the show."""
    compound = open_compound(source)
    data, user = compound.stream("PowerPoint Document"), compound.stream("Current User")
    if not data or not user or len(user) < 20:
        raise BrokenFile(source.path, "damaged or cut short: it has no list of slides")
    token, edit = struct.unpack_from("<II", user, 12)
    if token == _ENCRYPTED:
        raise BrokenFile(source.path, "protected by a password")
    show = _Show(data)
    document = show.persistent(_find_places(show, edit))
    if document is None or document.type != _DOCUMENT:
        raise BrokenFile(source.path, "damaged or cut short: its last edit cannot be read")
    slides = _listed(show, document, _SLIDES)
    if len(slides) > source.limits.pages:
        raise LimitExceeded(source.path, f"{len(slides):,} slides, more than {source.limits.pages:,}")
    notes = {identity: _texts(show, place, texts) for place, identity, texts in _listed(show, document, _OF_NOTES)}
    pages = tuple(_page(show, place, texts, notes) for place, _, texts in slides)
    return from_legacy(RawText(format="ppt", pages=pages), _fonts(show, document))


def _find_places(show: _Show, edit: int) -> int:
    """Fill in where the objects stand, the last edit first; the number of the document."""
    document, seen = 0, set[int]()
    while edit and edit not in seen and (record := show.record(edit)) and record.type == _EDIT:
        seen.add(edit)
        document = document or show.number(record, 16)
        places = show.record(show.number(record, 12))
        if places and places.type == _PLACES:
            for number, place in _read_places(show, places):
                show.places.setdefault(number, place)
        edit = show.number(record, 8)
    return document


def _read_places(show: _Show, record: _Record) -> Iterator[tuple[int, int]]:
    """Runs of objects: the number of the first (20 bits) and how many (12), then the place of each."""
    at = 0
    while record.start + at + 4 <= record.stop:
        head = show.number(record, at)
        first, count = head & 0xFFFFF, head >> 20
        for step in range(min(count, (record.stop - record.start - at) // 4)):
            yield first + step, show.number(record, at + 4 * (step + 1))
        at += 4 * (count + 1)


_Listed = tuple[_Record | None, int, list[str]]  # where a slide stands, its identity, the texts of its placeholders


def _listed(show: _Show, document: _Record, instance: int) -> list[_Listed]:
    """The slides, or the pages of notes, in order."""
    found: list[_Listed] = []
    for holder in show.inside(document):
        if holder.type != _LIST or holder.instance != instance:
            continue
        for record in show.inside(holder):
            if record.type == _SLIDE_PLACE:
                found.append((show.persistent(show.number(record)), show.number(record, 12), []))
            elif record.type == _TEXT_KIND and found:
                found[-1][2].append("")
            elif found and found[-1][2] and (text := _text(show, record)):
                found[-1][2][-1] += text
    return found


def _page(show: _Show, slide: _Record | None, texts: list[str], notes: dict[int, list[str]]) -> str:
    said = _texts(show, slide, texts)
    facts = next((each for each in show.inside(slide) if each.type == _SLIDE_FACTS), None) if slide else None
    said += notes.get(show.number(facts, 16), []) if facts else []
    return squeeze("\n".join(said))


def _texts(show: _Show, slide: _Record | None, texts: list[str]) -> list[str]:
    """What a slide says, in the order of its drawing; texts of its placeholders that no drawing names come first."""
    drawn: list[str] = []
    named: set[int] = set()
    for box in show.all_inside(slide) if slide else ():
        if box.type != _BOX:
            continue
        for record in show.inside(box):
            at = show.number(record) if record.type == _LIST_TEXT else -1
            if 0 <= at < len(texts):
                named.add(at)
                drawn.append(texts[at])
            elif text := _text(show, record):
                drawn.append(text)
    return [*(text for at, text in enumerate(texts) if at not in named), *drawn]


def _text(show: _Show, record: _Record) -> str:
    """The letters of a record of text; those of 8 bits are Latin-1, and in old fonts codes."""
    content = show.data[record.start : record.stop]
    if record.type == _WIDE_TEXT:
        return content.decode("utf-16-le", "replace").translate(_BREAKS)
    return content.decode("latin-1").translate(_BREAKS) if record.type == _BYTE_TEXT else ""


def _fonts(show: _Show, document: _Record) -> list[str]:
    """Names of the fonts, of 32 letters each."""
    fonts = (show.data[each.start : min(each.start + 64, each.stop)] for each in show.all_inside(document) if each.type == _FONT)
    return [font.decode("utf-16-le", "replace").partition("\0")[0] for font in fonts]
