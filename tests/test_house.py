"""The house holds: imports go down, columns stand apart, heavy packages stay in the one file that needs them."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "docsearch"

# From the top of the house to its foot; a room is a module or a folder.  Rooms on one line are of one floor.
FLOORS = {
    "doors": {"cli", "__main__"},
    "library": {"library"},
    "roads": {
        "ingest",
        "extraction",
        "survey",
        "watching",
        "duplicates",
        "sheets",
        "proof",
        "salvage",
        "linking",
        "delivery",
        "holding",
        "draft",
        "standing",
        "search",
        "attempts",
        "conditions",
        "suggest",
        "corrections",
        "likeness",
        "saved",
        "lookup",
        "crossref",
        "checkup",
        "rebuilding",
        "folder",
    },
    "columns": {
        "readers",
        "outline",
        "metadata",
        "citations",
        "resolver",
        "validity",
        "consistency",
        "catalogue",
        "engines",
        "query",
        "snippet",
        "passage",
        "pinpoints",
        "reasons",
        "succession",
        "articles",
        "export",
        "journal",
        "lock",
        "jsonform",
        "listing",
    },
    "plinth": {"registry", "notation", "legacy", "keystrokes", "quotations", "vietnamese", "misread", "mint", "model", "errors"},
}
COLUMNS = FLOORS["columns"]
ROOMS = set().union(*FLOORS.values())

# What each room of the plinth stands on.
PLINTH: dict[str, set[str]] = {
    "errors": set(),
    "model": set(),
    "mint": set(),
    "misread": set(),
    "quotations": set(),
    "notation": {"errors"},
    "vietnamese": {"model"},
    "legacy": {"vietnamese", "errors"},
    "keystrokes": {"vietnamese"},
    "registry": {"errors", "notation", "vietnamese", "model"},
}

# Pure columns: text and records in, records out.  They open no file and ask no database.
PURE = {
    "outline",
    "metadata",
    "citations",
    "resolver",
    "validity",
    "consistency",
    "query",
    "snippet",
    "passage",
    "pinpoints",
    "reasons",
}
IMPURE_PACKAGES = {"sqlite3", "pathlib", "os", "io", "subprocess", "socket", "shutil", "tempfile", "threading"}

HEAVY: dict[str, str | tuple[str, ...]] = {
    "lxml": "readers",
    "docx": ("readers", "export/paper.py"),
    "xlsxwriter": "export/sheet.py",
    "olefile": "readers",
    "xlrd": "readers",
    "pypdfium2": "readers",
    "pdfminer": "readers",
    "PIL": "readers",
    "pyhanko": "readers/signatures.py",
    "libarchive": "readers/packed.py",
    "tantivy": "engines/tantivy.py",
    "whoosh": "engines/whoosh.py",
    "sqlite3": "catalogue",
    "rich": "cli",
    "click": "cli",
    "watchfiles": "watching.py",
}


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The modules that a file imports anywhere in it; a name imported from a package counts as a module of it."""
    return {name for node in ast.walk(ast.parse(path.read_text("utf-8"))) for name in _imported(node)}


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        assert node.level == 0, "imports are absolute"
        yield node.module
        if node.module.startswith("docsearch"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    names = (name.split(".") for name in imports(path) if name.startswith("docsearch."))
    return {parts[1] for parts in names if parts[1] in ROOMS} - {room(path)}


def floor(name: str) -> int:
    return next(level for level, rooms in enumerate(FLOORS.values()) if name in rooms)


INNER = [path for path in modules() if name_of(path) != "__init__.py"]
by_name = pytest.mark.parametrize("path", INNER, ids=name_of)


def test_every_room_has_its_floor() -> None:
    assert {room(path) for path in INNER} <= ROOMS


@by_name
def test_imports_go_down_only(path: Path) -> None:
    assert {other for other in rooms_imported(path) if floor(other) < floor(room(path))} == set()


@by_name
def test_no_column_imports_another(path: Path) -> None:
    if room(path) in COLUMNS:
        assert rooms_imported(path) & COLUMNS == set()


def test_the_plinth_stands_on_itself() -> None:
    stands_on = {name: rooms_imported(ROOT / f"{name}.py") for name in PLINTH if (ROOT / f"{name}.py").exists()}
    assert {name: found - PLINTH[name] for name, found in stands_on.items() if found - PLINTH[name]} == {}


@by_name
def test_pure_columns_touch_no_file(path: Path) -> None:
    if room(path) in PURE:
        assert {name.split(".")[0] for name in imports(path)} & IMPURE_PACKAGES == set()


@by_name
def test_heavy_packages_stay_in_their_place(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)} & HEAVY.keys()
    assert {package for package in used if not name_of(path).startswith(HEAVY[package])} == set()


@by_name
def test_no_file_is_longer_than_a_room_should_be(path: Path) -> None:
    """Other than the list of records, which is read as one."""
    assert name_of(path) == "model.py" or len(path.read_text("utf-8").splitlines()) <= 450


@by_name
def test_no_function_is_longer_than_a_page(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [node.name for node in functions if node.end_lineno and node.end_lineno - node.lineno > 60] == []


def test_sql_stands_in_the_catalogue_only() -> None:
    words = ("SELECT ", "INSERT INTO", "DELETE FROM", "PRAGMA ")
    found = [
        name_of(path)
        for path in INNER
        if room(path) != "catalogue"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lstrip().startswith(words)
    ]
    assert found == []


LIGHT = ("docsearch", "docsearch.library", "docsearch.search", "docsearch.cli")
FORBIDDEN = (
    "lxml",
    "docx",
    "pypdfium2",
    "pdfminer",
    "whoosh",
    "rich",
    "docsearch.ingest",
    "docsearch.readers",
    "docsearch.citations",
)


@pytest.mark.parametrize("module", LIGHT)
def test_asking_loads_no_reader(module: str) -> None:
    script = f"import {module}, sys; print(*[m for m in sys.modules if m.startswith({FORBIDDEN!r})])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert done.stdout.split() == []
