"""All results of a search as a file: CSV, JSON Lines, a spreadsheet (XLSX), a paper with a list (DOCX).

Every writer takes the hits one by one and holds none of them, so that any number can be written.  A file is written beside
its place and put there when it is whole: half a list is never taken for a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from docsearch.errors import LibraryError
from docsearch.export.columns import COLUMNS, Row, rows
from docsearch.export.text import write_csv, write_jsonl
from docsearch.model import Hit

__all__ = ["COLUMNS", "FORMS", "export"]

Writer = Callable[[Path, Iterable[Row], Mapping[str, str], str], int]


def _write_xlsx(path: Path, found: Iterable[Row], labels: Mapping[str, str], title: str) -> int:
    from docsearch.export.sheet import write_xlsx

    return write_xlsx(path, found, labels, title)


def _write_docx(path: Path, found: Iterable[Row], labels: Mapping[str, str], title: str) -> int:
    from docsearch.export.paper import write_docx

    return write_docx(path, found, labels, title)


FORMS: dict[str, Writer] = {".csv": write_csv, ".jsonl": write_jsonl, ".xlsx": _write_xlsx, ".docx": _write_docx}


def export(path: Path, hits: Iterable[Hit], *, labels: Mapping[str, str] | None = None, title: str = "") -> int:
    """Write `hits` to `path` in the form that its ending says; how many there were.

    `labels` name the `COLUMNS` for people (XLSX, DOCX); `title` stands above the list of a DOCX.  `LibraryError` for an
    ending of no form and where the file cannot be written; `MissingExtra` where the package for a form is not there.
    """
    writer = FORMS.get(path.suffix.lower())
    if writer is None:
        raise LibraryError(path, f"no form of export; known are {', '.join(FORMS)}")
    part = path.with_name(f".{path.name}.part")
    try:
        count = writer(part, rows(hits), labels or {}, title)
        part.replace(path)
    except OSError as error:
        raise LibraryError(path, error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return count
