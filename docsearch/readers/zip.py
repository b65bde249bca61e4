"""ZIP archives: their members are documents of their own.  Inflated bytes are counted, whatever sizes are declared."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from docsearch.errors import BrokenFile, LimitExceeded, ReadError
from docsearch.model import Part, RawText
from docsearch.readers.parts import clean_names, is_clutter
from docsearch.readers.source import MIB, Source

_CHUNK = 256 * 1024
_UTF8, _ENCRYPTED = 0x800, 0x1
_ALL = 4  # times as much as one member may inflate to, all may
_VIETNAMESE = re.compile(r"[\x20-\x7e–—‘’“”ăâđêôơưĂÂĐÊÔƠƯà-ýÀ-Ýạ-ỹẠ-Ỹ]*")


def read(source: Source) -> RawText:
    """No text, and the members; ``left-out:N`` notes those that are traces of programs (``__MACOSX``, ``~$a.docx``)."""
    archive = _archive(source)
    if not archive.members:
        raise BrokenFile(source.path, "no file in it")
    notes = (f"left-out:{archive.left_out}",) if archive.left_out else ()
    return RawText(format="zip", pages=(), parts=tuple(_parts(source, archive)), notes=notes)


def take(source: Source, name: str) -> bytes | None:
    """The bytes of a member, or ``None`` where there is none of this name; `ReadError` where it cannot be taken out."""
    archive = _archive(source)
    info = archive.members.get(name)
    return None if info is None else b"".join(_inflated(source, archive, info))


@dataclass(frozen=True, slots=True)
class _Archive:
    """An archive that is open: its members by their clean names, and how many were left out."""

    file: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    left_out: int


@lru_cache(maxsize=5)  # members are asked for one by one, in archives in archives too
def _archive(source: Source) -> _Archive:
    file = _open(source)
    infos = [info for info in file.infolist() if not info.is_dir()]
    if len(infos) > source.limits.parts:
        raise LimitExceeded(source.path, f"{len(infos):,} files in it, more than {source.limits.parts:,}")
    named = dict(zip(clean_names(map(_name, infos)), infos, strict=True))
    kept = {name: info for name, info in named.items() if not any(map(is_clutter, name.split("/")))}
    return _Archive(file, kept, len(named) - len(kept))


def _open(source: Source) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(source.data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError) as error:
        raise BrokenFile(source.path, f"damaged or cut short: its ZIP directory cannot be read ({error})") from error


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name.  Where it is not said to be UTF-8, it may be all the same, or in the code page of a Vietnamese Windows."""
    if info.flag_bits & _UTF8:
        return info.filename
    data = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp1258"):
        try:
            name = unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _VIETNAMESE.fullmatch(name):
            return name
    return info.filename


def _parts(source: Source, archive: _Archive) -> Iterator[Part]:
    """Each member, hashed; the sum of what they inflate to is bounded."""
    total, most = 0, source.limits.inflated_bytes * _ALL
    for name, info in archive.members.items():
        digest, size = hashlib.sha256(), 0
        try:
            for chunk in _inflated(source, archive, info):
                digest.update(chunk)
                size += len(chunk)
                if total + size > most:
                    raise _TooLarge(source.path, f"its files inflate to more than {most / MIB:,.0f} MiB")
            yield Part(name=name, id=digest.hexdigest(), size=size)
        except _TooLarge:
            raise
        except ReadError as error:
            yield Part(name=name, size=info.file_size, problem=error.reason)
        total += size


class _TooLarge(LimitExceeded):
    """The archive as a whole is too large."""

    def __reduce__(self) -> tuple[type[ReadError], tuple[object, ...]]:
        """It is a plain `LimitExceeded` to others."""
        return LimitExceeded, (self.path, self.reason)


def _inflated(source: Source, archive: _Archive, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's bytes, counted as they come."""
    if info.flag_bits & _ENCRYPTED:
        raise BrokenFile(source.path, "protected by a password")
    size, most = 0, source.limits.inflated_bytes
    try:
        with archive.file.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise LimitExceeded(source.path, f"inflates to more than {most / MIB:,.0f} MiB")
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise BrokenFile(source.path, f"damaged member ({' '.join(str(error).split())[:120]})") from error
