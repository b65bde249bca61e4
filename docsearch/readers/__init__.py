"""Files to raw text: one file a format, chosen by content.

    read(path) -> RawText      in this process
    sniff(data, name) -> str   what it is
    isolation.ReaderPool       the same in worker processes, with limits on time and memory

A reader is a module with ``read(source: Source) -> RawText``; it knows no law, and raises errors of the `ReadError` tree.
A new format is a new module and a row in `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from docsearch.errors import BrokenFile, LimitExceeded, UnknownFormat
from docsearch.model import RawText
from docsearch.readers.decoding import from_legacy
from docsearch.readers.files import load
from docsearch.readers.sniff import describe, sniff
from docsearch.readers.source import Limits, Source
from docsearch.readers.wrapped import unwrap
from docsearch.vietnamese import clean

__all__ = ["READERS", "Limits", "describe", "read", "sniff"]

READERS = {
    "txt": "docsearch.readers.txt",
    "md": "docsearch.readers.md",
    "html": "docsearch.readers.html",
    "doc": "docsearch.readers.doc",
    "ole": "docsearch.readers.ole",
    "rtf": "docsearch.readers.rtf",
    "odt": "docsearch.readers.odf",
    "ods": "docsearch.readers.odf",
    "odp": "docsearch.readers.odf",
    "xlsx": "docsearch.readers.xlsx",
    "xls": "docsearch.readers.xls",
    "pptx": "docsearch.readers.pptx",
    "eml": "docsearch.readers.eml",
    "msg": "docsearch.readers.msg",
    "mht": "docsearch.readers.mht",
    "zip": "docsearch.readers.zip",
    "tar": "docsearch.readers.tar",
    "7z": "docsearch.readers.packed",
    "rar": "docsearch.readers.packed",
    "docx": "docsearch.readers.docx",
    "doc-old": "docsearch.readers.word2",
    "word-xml": "docsearch.readers.wordxml",
    "ppt": "docsearch.readers.ppt",
    "csv": "docsearch.readers.csvtext",
    "pdf": "docsearch.readers.pdf",
    "png": "docsearch.readers.image",
    "jpeg": "docsearch.readers.image",
    "tiff": "docsearch.readers.image",
    "bmp": "docsearch.readers.image",
    "webp": "docsearch.readers.image",
    "gif": "docsearch.readers.image",
}

_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b\x7f-\x9f]")  # 0x1A ends a file in DOS, and may stand there
_SURROGATES = re.compile("[\ud800-\udfff]")


def read(
    path: Path,
    data: bytes | None = None,
    *,
    limits: Limits | None = None,
    cache: Path | None = None,
    more_time: Callable[[float], None] = lambda seconds: None,
) -> RawText:
    """What the file says, page by page, in reading order.

    Text is NFC, with no control characters but line feed and tab.  `data` are the bytes where they are already at hand.
    Raises `UnknownFormat`, `BrokenFile`, `LimitExceeded` or plain `ReadError` (it cannot be opened), each with one line
    that says why.  Time and memory are limited by `isolation.ReaderPool` only.  `cache` and `more_time` are those of
    `Source`.
    """
    limits = limits or Limits()
    source = Source(path, load(path, limits).data if data is None else data, limits, cache, more_time)
    return _leave(source, _read_format(source))


def _read_format(source: Source) -> RawText:
    source = unwrap(source)
    code = sniff(source.data, source.path.name)
    if code == "empty":
        raise BrokenFile(source.path, "empty")
    if code not in READERS:
        raise UnknownFormat(source.path, f"{describe(code)}: there is no reader for it")
    reader = import_module(READERS[code])
    raw = reader.read(source)
    assert isinstance(raw, RawText)
    return raw


def _leave(source: Source, raw: RawText) -> RawText:
    """`raw` as it leaves the readers: Unicode, clean, within the limit, and with something said."""
    if sum(map(len, raw.pages)) > source.limits.characters:
        raise LimitExceeded(source.path, f"more than {source.limits.characters:,} characters")
    if not raw.parts and not any(page.strip() for page in raw.pages):
        raise BrokenFile(source.path, "no text in it")
    raw = from_legacy(raw)
    return replace(
        raw,
        pages=tuple(clean(page) for page in raw.pages),
        furniture=tuple(clean(line) for line in raw.furniture),
        notes=raw.notes + _losses(raw),
    )


def _losses(raw: RawText) -> tuple[str, ...]:
    controls = sum(len(_CONTROLS.findall(page)) for page in raw.pages)
    surrogates = sum(len(_SURROGATES.findall(page)) for page in raw.pages)
    notes = (("control-characters", controls), ("lone-surrogates", surrogates))
    return tuple(f"{name}:{count}" for name, count in notes if count)
