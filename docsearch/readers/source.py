"""What every reader is given: one file's bytes with the limits it must keep, and the record for decoded text."""

from __future__ import annotations

from collections.abc import Callable
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

    Pages that are pictures take some 3 seconds each, so their time is counted by the page: `page_seconds` for each of at
    most `picture_pages`, beside `seconds` for the file.  `dots` bounds one picture; A0 at 300 dots an inch has 139 million.
    """

    seconds: float = 120.0
    cpu_seconds: int = 120
    memory: int = 3072 * MIB
    file_bytes: int = 512 * MIB
    inflated_bytes: int = 512 * MIB
    pages: int = 20_000
    characters: int = 200_000_000
    parts: int = 20_000
    nesting: int = 4
    page_seconds: float = 60.0
    picture_pages: int = 1_000
    dots: int = 200_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: its path (for messages and tie-breaks only), its bytes, and the limits.

    `cache` is a folder for what costs much and may be wanted again, the words seen in pictures.  `more_time` is called
    with the seconds that the next step may take, before each step that is slow by its nature; nobody counts them in the
    caller's own process.
    """

    path: Path
    data: bytes
    limits: Limits = field(default_factory=Limits)
    cache: Path | None = None
    more_time: Callable[[float], None] = lambda seconds: None


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes read as text, with the notes on how (``encoding:utf-16-le`` ...)."""

    text: str
    notes: tuple[str, ...] = ()
