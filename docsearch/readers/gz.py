"""A single file compressed with gzip: inflated under the limit, then read as what it holds."""

from __future__ import annotations

import zlib
from dataclasses import replace

from docsearch.errors import BrokenFile, LimitExceeded
from docsearch.readers.source import MIB, Source


def unwrap(source: Source) -> Source:
    """The file inside; its name is that of the outside without ".gz"."""
    inflater = zlib.decompressobj(wbits=31)
    most = source.limits.inflated_bytes
    try:
        data = inflater.decompress(source.data, most + 1)
    except zlib.error as error:
        raise BrokenFile(source.path, f"damaged gzip data ({error})") from error
    if len(data) > most:
        raise LimitExceeded(source.path, f"inflates to more than {most / MIB:,.0f} MiB")
    if not inflater.eof:
        raise BrokenFile(source.path, "cut short: the gzip data has no end")
    name = source.path.name
    return replace(source, path=source.path.with_name(name[:-3] if name.lower().endswith(".gz") else name), data=data)
