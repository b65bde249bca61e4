"""A message as text: its headers, its words, and the files that came with it; what the formats of mail share."""

from __future__ import annotations

from dataclasses import dataclass

from docsearch.errors import LimitExceeded
from docsearch.model import Part, RawText
from docsearch.readers.flow import squeeze
from docsearch.readers.parts import clean_names, describe_part
from docsearch.readers.source import Source


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; `problem` says why it cannot be read."""

    name: str
    data: bytes
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: headers as (name, value) in the order to show them, its words, and its attachments."""

    headers: tuple[tuple[str, str], ...]
    text: str
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()


def as_raw(source: Source, form: str, letter: Letter) -> RawText:
    """One page: the headers that are there, a blank line, the words; the attachments as parts."""
    if len(letter.attachments) > source.limits.parts:
        raise LimitExceeded(source.path, f"{len(letter.attachments):,} attachments, more than {source.limits.parts:,}")
    headers = [f"{name}: {' '.join(value.split())}" for name, value in letter.headers if value.strip()]
    text = squeeze("\n".join([*headers, "", letter.text]))
    return RawText(format=form, pages=(text,), parts=tuple(_parts(letter)), notes=letter.notes)


def _parts(letter: Letter) -> list[Part]:
    return [
        Part(name=name, size=len(each.data), problem=each.problem) if each.problem else describe_part(name, each.data)
        for name, each in zip(_names(letter), letter.attachments, strict=True)
    ]


def _names(letter: Letter) -> list[str]:
    return list(clean_names(each.name for each in letter.attachments))


def attachment(letter: Letter, name: str) -> bytes | None:
    """The bytes of an attachment by the name of its part."""
    found = (each.data for own, each in zip(_names(letter), letter.attachments, strict=True) if own == name)
    return next(found, None)
