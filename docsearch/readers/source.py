"""What every reader is given: one file's bytes with the limits it must keep, and the record for decoded text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may cost.

    `seconds` is wall time and `memory` the address space of the worker that reads it; both are held by
    `isolation.ReaderPool` only.  The others are counted by the readers themselves, so they hold in-process too.
    The largest real papers seen are gazette issues of some 1,500 pages; a text of 100 MB must pass.  `parts` are the files
    that an archive or message may hold, `nesting` how many such may stand in each other.
    """

    seconds: float = 120.0
    cpu_seconds: int = 120
    memory: int = 3072 * MIB
    file_bytes: int = 512 * MIB
    inflated_bytes: int = 512 * MIB
    pages: int = 20_000
    characters: int = 200_000_000
    parts: int = 10_000
    nesting: int = 4


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: its path (for messages and tie-breaks only), its bytes, and the limits."""

    path: Path
    data: bytes
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes read as text, with the notes on how (``encoding:utf-16-le`` ...)."""

    text: str
    notes: tuple[str, ...] = ()
