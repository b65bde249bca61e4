"""A single file compressed with gzip, bzip2 or xz: inflated under the limit, then read as what it holds."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from docsearch.errors import BrokenFile, LimitExceeded
from docsearch.readers.sniff import sniff
from docsearch.readers.source import MIB, Source


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


_INFLATERS: dict[str, tuple[str, Callable[[], _Inflater]]] = {
    "gz": ("gzip", lambda: zlib.decompressobj(wbits=31)),
    "bz2": ("bzip2", bz2.BZ2Decompressor),
    "xz": ("xz", lambda: lzma.LZMADecompressor(memlimit=256 * MIB)),
}
_ENDINGS = {".tgz": ".tar", ".tbz2": ".tar", ".tbz": ".tar", ".txz": ".tar", ".gz": "", ".bz2": "", ".xz": ""}


@lru_cache(maxsize=2)  # the members of a .tar.gz are asked for one by one
def unwrap(source: Source) -> Source:
    """The file inside, named as the outside without ".gz"; the file itself where it is not compressed so."""
    code = sniff(source.data, source.path.name)
    if code not in _INFLATERS:
        return source
    return replace(source, path=_inner_path(source.path), data=_inflated(source, *_INFLATERS[code]))


def _inner_path(path: Path) -> Path:
    """``a.tar.gz`` and ``a.tgz`` hold ``a.tar``."""
    end = path.suffix.lower()
    return path.with_suffix(_ENDINGS[end]) if end in _ENDINGS and path.stem else path


def _inflated(source: Source, name: str, start: Callable[[], _Inflater]) -> bytes:
    inflater = start()
    most = source.limits.inflated_bytes
    try:
        data = inflater.decompress(source.data, most + 1)
    except (zlib.error, lzma.LZMAError, OSError, EOFError) as error:
        raise BrokenFile(source.path, f"damaged {name} data ({error})") from error
    if len(data) > most:
        raise LimitExceeded(source.path, f"inflates to more than {most / MIB:,.0f} MiB")
    if not inflater.eof:
        raise BrokenFile(source.path, f"cut short: the {name} data has no end")
    return data
