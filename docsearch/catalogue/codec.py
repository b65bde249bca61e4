"""Records as the catalogue stores them, and back: each pair of functions undoes the other.

A packed record is JSON by field name with the defaults left out, so that a record which gains a field can still be read
from an older catalogue.
"""

from __future__ import annotations

import json
import os
import re
import types
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints, overload

from docsearch.model import Citation, Directive, Link, Mention, Office, Span
from docsearch.vietnamese import fold

T = TypeVar("T")
_WORD = re.compile(r"\w+")
LEVEL = 3  # of zlib: 6 saves 3 % of the bytes and costs half as much time again (measured on gazette texts)


# --- whole records, packed --------------------------------------------------------------------------------------------


def pack_text(text: str) -> bytes:
    """Text, deflated."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


def unpack_text(data: bytes) -> str:
    """What `pack_text` packed."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def pack(records: Sequence[object] | object) -> bytes:
    """A record or a tuple of them, packed."""
    return pack_text(json.dumps(_plain(records), ensure_ascii=False, separators=(",", ":")))


def unpack(kind: Callable[..., T], data: bytes) -> T:
    """The record of `kind` that was packed."""
    return _builder(kind)(json.loads(unpack_text(data)))  # type: ignore[no-any-return]


def unpack_many(kind: Callable[..., T], data: bytes) -> tuple[T, ...]:
    """The records of `kind` that were packed together."""
    return tuple(map(_builder(kind), json.loads(unpack_text(data))))


class Unpacked(Sequence[T]):
    """The same records, each made when it is asked for: of a law's thousand parts a page of results names two."""

    def __init__(self, kind: Callable[..., T], data: bytes) -> None:
        self._build = _builder(kind)
        self._data = data
        self._made: dict[int, T] = {}

    @cached_property
    def _plain(self) -> list[Any]:
        return [] if self._data == _NOTHING else json.loads(unpack_text(self._data))

    def __len__(self) -> int:
        return len(self._plain)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self._build(one) for one in self._plain[at]]
        if at not in self._made:
            self._made[at] = self._build(self._plain[at])
        return self._made[at]


def _plain(value: object) -> Any:
    """Lists, dicts and values only."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not is_dataclass(value):
        return value
    pairs = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: _plain(item) for field, item in pairs if item != field.default}


_NOTHING = pack(())


@cache
def _builder(kind: Any) -> Callable[[Any], Any]:
    """The function that makes a `kind` of its plain form."""
    if kind is Span:
        return lambda data: Span(*data)
    if is_dataclass(kind):
        return _record_builder(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        item = _builder(arguments[0])
        return lambda data: tuple(map(item, data))
    if origin in (Union, types.UnionType):
        inner = _builder(next(argument for argument in arguments if argument is not type(None)))
        return lambda data: None if data is None else inner(data)
    return lambda data: data


def _record_builder(kind: Any) -> Callable[[Any], Any]:
    builders = {name: _builder(hint) for name, hint in get_type_hints(kind).items()}
    return lambda data: kind(**{name: builders[name](value) for name, value in data.items() if name in builders})


# --- what stands for a whole document ---------------------------------------------------------------------------------


def words_key(text: str) -> str:
    """What two texts have in common that say the same: a checksum of all their words, without marks, in whatever order.

    The order is left out because a letterhead of two columns is read in one order from Word and in another from PDF.
    Words are counted first and folded then: of 3,000,000 words of law 13,000 are different.
    """
    counts = Counter(_WORD.findall(text))
    words: Counter[str] = Counter()
    for word, count in zip(
        fold("\n".join(counts)).split("\n"), counts.values(), strict=False
    ):  # no words fold to one that is empty
        words[word] += count
    return blake2b(repr(sorted(words.items())).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def seal(columns: Iterable[object], contents: Iterable[bytes], citations: Iterable[Sequence[object]]) -> str:
    """A checksum of the rows of one document, the same before they are written and as they are read."""
    found = blake2b(
        json.dumps([_stored(columns), *map(_stored, citations)], ensure_ascii=False).encode("utf-8", "surrogatepass"),
        digest_size=16,
    )
    for content in contents:
        found.update(content)
    return found.hexdigest()


def _stored(row: Iterable[object]) -> list[object]:
    """SQLite knows no truth values."""
    return [int(value) if isinstance(value, bool) else value for value in row]


# --- records as rows --------------------------------------------------------------------------------------------------

_SPANS = ("cue", "number_span", "issued_span", "issuer_span", "title_span", "pinpoint_span")


def write_citation(citation: Citation) -> tuple[object, ...]:
    """The columns of `citations` from `start` on; the text is not among them: it is the cut of the span."""
    spans = json.dumps([_plain(getattr(citation, name)) for name in _SPANS], separators=(",", ":"))
    return (
        citation.span.start, citation.span.end, citation.kind, citation.doctype, citation.number, citation.name,
        citation.issued, citation.issuer, citation.title, citation.pinpoint, citation.relation, citation.nested_in,
        citation.passive, citation.partial, citation.negated, citation.certainty, spans, to_json(citation.flags),
    )  # fmt: skip


def read_citation(row: Sequence[Any], text: str) -> Citation:
    """The citation of such columns, in the text that it was read from."""
    span = Span(row[0], row[1])
    spans = {name: Span(*pair) for name, pair in zip(_SPANS, json.loads(row[16]), strict=True) if pair}
    return Citation(
        span=span, text=span.cut(text), kind=row[2], doctype=row[3], number=row[4], name=row[5], issued=row[6],
        issuer=row[7], title=row[8], pinpoint=row[9], relation=row[10], nested_in=row[11], passive=bool(row[12]),
        partial=bool(row[13]), negated=bool(row[14]), certainty=row[15], flags=from_json(row[17]), **spans,
    )  # fmt: skip


def write_mention(mention: Mention) -> tuple[object, ...]:
    """The columns of `mentions` from `idx` on."""
    office, place = write_office(mention.office)
    return (
        mention.index, mention.doctype, mention.number, mention.name, mention.issued, office, place, mention.how, mention.title,
        mention.said, mention.near, to_json(mention.flags),
    )  # fmt: skip


def read_mention(document: str, row: Sequence[Any]) -> Mention:
    """The mention of such columns."""
    return Mention(
        document=document, index=row[0], doctype=row[1], number=row[2], name=row[3], issued=row[4],
        office=read_office(row[5], row[6]), how=row[7], title=row[8], said=row[9], near=row[10], flags=from_json(row[11]),
    )  # fmt: skip


def write_link(link: Link) -> tuple[object, ...]:
    """The columns `state`, `candidates`, `certainty`, `reasons` of `links`."""
    return link.state, to_json(link.candidates), link.certainty, to_json(link.reasons)


def read_link(document: str, index: int, directive: str | None, row: Sequence[Any]) -> Link:
    """The link of such columns."""
    return Link(
        document=document, index=index, state=row[0], directive=directive, candidates=from_json(row[1]), certainty=row[2],
        reasons=from_json(row[3]),
    )  # fmt: skip


def read_directive(row: Sequence[Any], documents: tuple[str, ...]) -> Directive:
    """The directive of the columns `id`, `doctype`, `number`, `name`, `issued`, `office`, `place`, `title`, `flags`."""
    return Directive(
        id=row[0], doctype=row[1], number=row[2], name=row[3], issued=row[4], office=read_office(row[5], row[6]), title=row[7],
        flags=from_json(row[8]), documents=documents,
    )  # fmt: skip


def write_office(office: Office | None) -> tuple[str | None, str | None]:
    """Its code and its place."""
    return (office.code, office.place) if office else (None, None)


def read_office(code: str | None, place: str | None) -> Office | None:
    """The office of a code and a place."""
    return None if code is None else Office(code=code, place=place)


@lru_cache(maxsize=4096)  # flags and reasons are few and come by the million
def to_json(values: tuple[Any, ...]) -> str:
    """A short list as text; "" where it is empty."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else ""


@lru_cache(maxsize=4096)
def from_json(text: str) -> tuple[Any, ...]:
    """The short list that `to_json` wrote."""
    return tuple(json.loads(text)) if text else ()


# --- small values -----------------------------------------------------------------------------------------------------


def write_path(path: str) -> str | bytes:
    """A path as stored: text, or, where the file system's bytes are not Unicode, those bytes."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def read_path(stored: str | bytes) -> str:
    """A path to open a file with."""
    return os.fsdecode(stored)


def show_path(stored: str | bytes) -> str:
    """A path to print: bytes that are no Unicode are replaced."""
    return stored.decode("utf-8", "replace") if isinstance(stored, bytes) else stored


def file_name(stored: str | bytes) -> str:
    """The last part of a path, NFC, to read: what a person called the file.  Bytes that are no Unicode are replaced."""
    return unicodedata.normalize("NFC", show_path(os.fsencode(stored))).rpartition(os.sep)[2]


def day_number(issued: str | None) -> int:
    """An ISO date of any exactness as yyyymmdd, missing parts 0: for sorting."""
    parts = [*(issued or "").split("-"), "0", "0"]
    return int(parts[0] or 0) * 10000 + int(parts[1]) * 100 + int(parts[2])
