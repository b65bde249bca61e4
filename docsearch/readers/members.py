"""Archives that are read from front to end, as parts: what `tar` and `packed` share.

Members are documents of their own.  Inflated bytes are counted as they come, whatever sizes are declared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import tee

from docsearch.errors import BrokenFile, LimitExceeded, ReadError
from docsearch.model import Part, RawText
from docsearch.readers.parts import clean_names, is_clutter
from docsearch.readers.source import MIB, Source

_ALL = 4  # times as much as one member may inflate to, all may
_KEPT = 64 * MIB  # an archive that inflates to less is inflated once for all of its members


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as the archive has it, and its bytes piece by piece, to be drawn before the next member."""

    name: str
    pieces: Iterator[bytes] = field(repr=False)


Members = Callable[[Source], Iterator[Member]]


def read_members(source: Source, form: str, members: Members) -> RawText:
    """No text, and the members; ``left-out:N`` notes traces of programs, ``cut-short`` an archive that is not whole."""
    parts: list[Part] = []
    notes: list[str] = []
    left_out = total = 0
    try:
        for name, member in _named(source, members(source)):
            if _is_clutter(name):
                left_out += 1
                continue
            parts.append(_part(source, name, member))
            total += parts[-1].size
            _hold(source, total, _ALL, "its files inflate")
    except BrokenFile as error:
        if not parts:
            raise
        notes.append(f"cut-short:{error.reason}")
    if not parts:
        raise BrokenFile(source.path, "no file in it")
    return RawText(format=form, pages=(), parts=tuple(parts), notes=(*notes, *((f"left-out:{left_out}",) if left_out else ())))


def take_member(source: Source, name: str, members: Members) -> bytes | None:
    """The bytes of a member, or ``None`` where there is none of this name; `ReadError` where it cannot be taken out."""
    kept = _small(source, members)
    if kept is not None and name in kept:
        return kept[name]
    for other, member in _named(source, members(source)):
        if other == name:
            return b"".join(_counted(source, member))
    return None


@lru_cache(maxsize=2)
def _small(source: Source, members: Members) -> dict[str, bytes] | None:
    """What stands in a small archive; ``None`` in a large one."""
    kept: dict[str, bytes] = {}
    try:
        for name, member in _named(source, members(source)):
            pieces, size = [], sum(map(len, kept.values()))
            for piece in member.pieces:
                pieces.append(piece)
                size += len(piece)
                if size > _KEPT:
                    return None
            kept[name] = b"".join(pieces)
    except ReadError:  # who asks for what comes after it is told so
        pass
    return kept


def _named(source: Source, members: Iterator[Member]) -> Iterator[tuple[str, Member]]:
    """The members with clean names, each as it comes."""
    first, second = tee(members)
    for count, (member, name) in enumerate(zip(first, clean_names(each.name for each in second), strict=True), 1):
        if count > source.limits.parts:
            raise LimitExceeded(source.path, f"more than {source.limits.parts:,} files in it")
        yield name, member


def _is_clutter(name: str) -> bool:
    return any(map(is_clutter, name.split("/")))


def _part(source: Source, name: str, member: Member) -> Part:
    digest, size = hashlib.sha256(), 0
    try:
        for piece in _counted(source, member):
            digest.update(piece)
            size += len(piece)
    except ReadError as error:
        return Part(name=name, size=size, problem=error.reason)
    return Part(name=name, id=digest.hexdigest(), size=size)


def _counted(source: Source, member: Member) -> Iterator[bytes]:
    size = 0
    for piece in member.pieces:
        size += len(piece)
        _hold(source, size, 1, "inflates")
        yield piece


def _hold(source: Source, size: int, times: int, what: str) -> None:
    most = source.limits.inflated_bytes * times
    if size > most:
        raise LimitExceeded(source.path, f"{what} to more than {most / MIB:,.0f} MiB")
