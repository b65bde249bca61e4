"""A catalogue that is damaged, put right: what is whole in it is taken over into a new one, the rest is read again.

The damaged files are kept under another name.  At each moment either they or the whole new catalogue stand under the name
that is opened, so that a kill leaves the work to be begun again.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from docsearch.catalogue.rescue import Rescued, rescue

FRESH = "catalogue.new"
KEPT = "catalogue.damaged-{number}.db"


def salvage(path: Path) -> Rescued:
    """Put a new catalogue in the place of the damaged one at `path`; no other process may write meanwhile."""
    fresh = path.with_name(FRESH)
    for leftover in (fresh, *_logs(fresh)):
        leftover.unlink(missing_ok=True)
    rescued = rescue(_source(path), fresh)
    _keep(path)
    os.replace(fresh, path)  # noqa: PTH105
    return rescued


def _source(path: Path) -> Path:
    """The damaged file, or its kept twin: a salvage that was cut off may have moved the log there already."""
    kept = path.parent.glob(KEPT.format(number="*"))
    return next((twin for twin in kept if twin.samefile(path)), path)


def _keep(path: Path) -> None:
    """Give the damaged files another name; the main one keeps its own beside it until the new one takes that."""
    source = _source(path)
    if source == path:
        source = _free(path)
        try:
            os.link(path, source)
        except OSError:  # the file system has no links
            shutil.copy2(path, source)
    for log, kept in zip(_logs(path), _logs(source), strict=True):
        with contextlib.suppress(FileNotFoundError):
            os.replace(log, kept)  # noqa: PTH105


def _free(path: Path) -> Path:
    number = 1
    while (name := path.with_name(KEPT.format(number=number))).exists():
        number += 1
    return name


def _logs(path: Path) -> tuple[Path, Path]:
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")
