"""The package of an Office Open XML file: its parts, inflated under a limit, as XML without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile, LimitExceeded, ReadError
from docsearch.readers.source import MIB, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CHUNK = 256 * 1024
# Files saved as "Strict Open XML" say the same under other names (ISO/IEC 29500-1, annex A).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/presentationml/main", b"http://schemas.openxmlformats.org/presentationml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


@dataclass(slots=True)
class Package:
    """The parts of one file by name.  Inflated bytes are counted as they come: declared sizes lie in bombs."""

    source: Source
    archive: zipfile.ZipFile
    inflated: int = 0
    problems: list[str] = field(default_factory=list)

    def part(self, name: str) -> _Element | None:
        """The root element of a part, or ``None`` where there is no such part."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return None
        return parse_xml(self.source, name, self._inflate(info))

    def related(self, name: str) -> dict[str, list[str]]:
        """What a part points to inside the package: the last word of the relation ("header") to the names of parts."""
        found: dict[str, list[str]] = {}
        for relation, target in self._relations(name):
            found.setdefault(relation.get("Type", "").rpartition("/")[2], []).append(target)
        return found

    def targets(self, name: str) -> dict[str, str]:
        """The same by the relation's id: the name of the part that is pointed to."""
        return {relation.get("Id", ""): target for relation, target in self._relations(name)}

    def elements(self, name: str, tag: str) -> Iterator[_Element]:
        """The elements of a large part one by one, each to be used before the next; none where there is no such part."""
        from lxml import etree

        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return
        data = _checked(self.source, name, self._inflate(info))
        try:
            for _, element in etree.iterparse(io.BytesIO(data), tag=tag, resolve_entities=False, no_network=True, load_dtd=False):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.LxmlError as error:
            raise _unsound(self.source, name, error) from error

    def _relations(self, name: str) -> Iterator[tuple[_Element, str]]:
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        for relation in root.iter(_REL) if root is not None else ():
            if relation.get("TargetMode") != "External":
                yield relation, posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")

    def _inflate(self, info: zipfile.ZipInfo) -> bytes:
        most, chunks = self.source.limits.inflated_bytes, []
        try:
            with self.archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self.inflated += len(chunk)
                    if self.inflated > most:
                        raise LimitExceeded(self.source.path, f"inflates to more than {most / MIB:,.0f} MiB")
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
            raise BrokenFile(self.source.path, f"damaged part {info.filename} ({error})") from error
        return b"".join(chunks)


def open_package(source: Source) -> Package:
    """The package; `BrokenFile` where its directory cannot be read (cut short, damaged)."""
    try:
        return Package(source, zipfile.ZipFile(io.BytesIO(source.data)))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError) as error:
        raise BrokenFile(source.path, f"damaged or cut short: its ZIP directory cannot be read ({error})") from error


def parse_xml(source: Source, name: str, data: bytes) -> _Element:
    """XML without entities, document types or network; `BrokenFile` where it is not sound or nested too deeply."""
    from lxml import etree  # heavy, and only these files need it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(_checked(source, name, data), parser)
    except (etree.LxmlError, ValueError) as error:
        raise _unsound(source, name, error) from error


def _checked(source: Source, name: str, data: bytes) -> bytes:
    if b"<!DOCTYPE" in data[:2048]:
        raise BrokenFile(source.path, f"part {name} declares a document type, which Office files never do")
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return data


def _unsound(source: Source, name: str, error: Exception) -> ReadError:
    if "Excessive depth" in str(error):
        return LimitExceeded(source.path, f"part {name} is nested too deeply")
    return BrokenFile(source.path, f"part {name} is not sound XML ({' '.join(str(error).split())[:120]})")
