"""Files inside files: members of archives, attachments of messages, each read as a document of its own.

    archive.zip!/folder/a.docx          its path: that of the outer file, "!/", its name in there
    mails.zip!/2024/thu.eml!/b.pdf      and again

Such a path is read like any other: `load_part` takes out the one file that is asked for.  A format that holds others has,
beside ``read``, a function ``take(source, name) -> bytes | None``.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from docsearch.errors import LimitExceeded, ReadError
from docsearch.model import Part
from docsearch.readers.files import Loaded, load
from docsearch.readers.sniff import sniff
from docsearch.readers.source import Limits, Source
from docsearch.readers.wrapped import unwrap

SEPARATOR = "!" + os.sep
CONTAINERS = {
    "zip": "docsearch.readers.zip",
    "tar": "docsearch.readers.tar",
    "7z": "docsearch.readers.packed",
    "rar": "docsearch.readers.packed",
    "eml": "docsearch.readers.eml",
    "msg": "docsearch.readers.msg",
}
_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx"})
_ABOUT_PROGRAMS = frozenset(
    {"readme", "license", "licence", "copying", "notice", "authors", "changelog", "contributing", "makefile", "dockerfile"}
)
_PROGRAM_TEXT = frozenset({
    "py", "pyc", "pyi", "js", "mjs", "ts", "css", "scss", "c", "h", "cpp", "hpp", "java", "go", "rs", "rb", "php", "sh",
    "bash", "bat", "ps1", "sql", "toml", "ini", "cfg", "conf", "yml", "yaml", "lock", "log", "db",
})  # fmt: skip
_LOCK_PREFIX = "~$"  # what Word leaves beside an open file
_NAME_LENGTH = 200


# --- names ------------------------------------------------------------------------------------------------------------


def part_path(container: str, name: str) -> str:
    """The path of a part: ``part_path("a.zip", "b/c.doc")`` is "a.zip!/b/c.doc"."""
    return container + SEPARATOR + name.replace("/", os.sep)


def outer_path(path: str) -> str:
    """The path of the file on disk that holds a part; of any other path, itself."""
    return next((outer for outer, _ in _splits(path) if os.path.isfile(outer)), path)  # noqa: PTH113


def holders(path: str) -> Iterator[str]:
    """The path itself, and those of the files that may hold it.

    >>> list(holders(os.path.join("a.zip!", "b.eml!", "c.pdf"))) == ["a.zip!/b.eml!/c.pdf", "a.zip", "a.zip!/b.eml"]
    True
    """
    yield path
    yield from (outer for outer, _ in _splits(path))


def is_clutter(name: str) -> bool:
    """Whether a file or folder is passed over without a word, because it can hold no paper.

    Traces of programs: hidden ("."), a lock, a cache of small pictures.  Workshops: folders whose name begins with "_".  What
    goes with programs: README, LICENSE and their like with any ending, and files of source text or settings, by their ending.
    Whatever else is not understood is read, and counted as skipped with its reason.

    >>> [is_clutter(name) for name in ("README.md", "_make", "make.py", "readme-cua-toi.docx", "_dự thảo.docx")]
    [True, True, True, False, False]
    """
    stem, _, ending = name.lower().rpartition(".")
    return (
        name.startswith((".", _LOCK_PREFIX))
        or name.lower() in _CLUTTER
        or (name.startswith("_") and "." not in name)
        or (stem or ending).partition(".")[0] in _ABOUT_PROGRAMS
        or (stem != "" and ending in _PROGRAM_TEXT)
    )


def clean_names(names: Iterable[str]) -> Iterator[str]:
    """Names as parts have them: NFC, relative, with nothing that leads out, and no two the same.

    >>> list(clean_names(["../../etc/passwd", "C:\\\\báo cáo.doc", "a.doc", "a.doc", ""]))
    ['etc/passwd', 'C/báo cáo.doc', 'a.doc', 'a (2).doc', 'file']
    """
    seen: set[str] = set()
    for name in names:
        clean = _clean_name(name)
        stem, suffix = posixpath.splitext(clean)
        number = 1
        while clean.lower() in seen:
            number += 1
            clean = f"{stem} ({number}){suffix}"
        seen.add(clean.lower())
        yield clean


def _clean_name(name: str) -> str:
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").replace(":", "/"))
    plain = re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "_", plain)
    pieces = [piece.strip()[-_NAME_LENGTH:] for piece in plain.split("/")]
    return "/".join(piece for piece in pieces if piece not in ("", ".", "..")) or "file"


def describe_part(name: str, data: bytes) -> Part:
    """The part of these bytes."""
    return Part(name=name, id=hashlib.sha256(data).hexdigest(), size=len(data))


# --- taking out -------------------------------------------------------------------------------------------------------


def load_part(path: Path, limits: Limits, root: Path | None = None) -> Loaded:
    """What `files.load` gives, of a file on disk or of one inside another; its time is that of the file on disk."""
    outer = next((outer for outer, _ in _splits(str(path)) if os.path.isfile(outer)), None)  # noqa: PTH113
    if outer is None or os.path.lexists(path):
        return load(path, limits, root)
    status = os.stat(outer)  # noqa: PTH116
    loaded = _outer(Path(outer), limits, root, (status.st_mtime_ns, status.st_size, status.st_ino))
    source = _source(Path(outer), loaded.data, limits)
    data = _inner(source, str(path)[len(outer) + len(SEPARATOR) :], path)
    return Loaded(data=data, id=hashlib.sha256(data).hexdigest(), mtime_ns=loaded.mtime_ns)


# The parts of one file are read one after the other, mostly: it is kept until the next.
@lru_cache(maxsize=1)
def _outer(path: Path, limits: Limits, root: Path | None, state: tuple[int, int, int]) -> Loaded:
    return load(path, limits, root)


@lru_cache(maxsize=1)
def _source(path: Path, data: bytes, limits: Limits) -> Source:
    return Source(path, data, limits)


def _splits(path: str) -> Iterator[tuple[str, str]]:
    """Where a path may be cut into that of an outer file and the name of a part, the shortest outer path first."""
    for found in re.finditer(re.escape(SEPARATOR), path):
        yield path[: found.start()], path[found.end() :]


def _inner(source: Source, rest: str, path: Path) -> bytes:
    """The bytes of the part that `rest` names, through the containers on the way."""
    for _ in range(source.limits.nesting):
        inside, rest = _step(source, rest, path)
        if not rest:
            return inside.data
        source = inside
    raise LimitExceeded(path, "nested too deeply")


def _step(source: Source, rest: str, path: Path) -> tuple[Source, str]:
    """The part whose name `rest` begins with, the longest that there is, and what is left of `rest`."""
    for name, left in ((rest, ""), *reversed(list(_splits(rest)))):
        inside = _kept(source, name) if left else _taken(source, name)
        if inside is not None:
            return inside, left
    raise ReadError(path, "no such file in it")


def _taken(source: Source, name: str) -> Source | None:
    """A part as a source of its own; ``None`` where there is none of this name, or nothing is held at all."""
    inside = unwrap(source)
    code = _code(inside)
    if code not in CONTAINERS:
        return None
    data: bytes | None = import_module(CONTAINERS[code]).take(inside, name.replace(os.sep, "/"))
    return None if data is None else Source(Path(part_path(str(source.path), name)), data, source.limits)


_kept = lru_cache(maxsize=4)(_taken)  # one that holds others is asked again for each of them


@lru_cache(maxsize=5)
def _code(source: Source) -> str:
    return sniff(source.data, source.path.name)
