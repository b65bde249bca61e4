"""Catalogues of every schema that there ever was, as SQL text in cases/schema: made once for each and never changed.

python tests/schemas.py    writes that of the newest schema, if it is not there yet
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from papers import archive_of, write

from docsearch import library
from docsearch.catalogue import schema

FOLDER = Path(__file__).parent / "cases" / "schema"
CORPUS = "{corpus}"  # stands for the folder of the papers
COUNT = 3


def corpus(folder: Path) -> Path:
    """The papers that these catalogues hold."""
    return write(folder, archive_of(COUNT))


def restore(version: int, path: Path, papers: Path) -> None:
    """A catalogue of that schema at `path`, which holds the papers that stand in a folder."""
    script = (FOLDER / f"{version}.sql").read_text("utf-8").replace(CORPUS, str(papers))
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()


def tables(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Each table and index with the words that make it, white space and remarks aside."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'")
    return {(name, " ".join(re.sub("--.*", "", sql).split())) for name, sql in rows}


def dump(version: int, path: Path, papers: Path) -> Iterator[str]:
    """The catalogue at `path`, of the newest schema, as it would be in an older one."""
    old, new = sqlite3.connect(":memory:"), sqlite3.connect(path)
    for step in schema.MIGRATIONS[:version]:
        old.executescript(step)
    yield f"PRAGMA application_id = {schema.APPLICATION_ID};"
    yield f"PRAGMA user_version = {version};"
    names = [name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'")]
    for (statement,) in old.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'"):
        yield f"{statement};"
    for name in names:
        columns = [row[1] for row in old.execute(f"PRAGMA table_info({name})")]
        quoted = " || ', ' || ".join(f"quote({column})" for column in columns)
        for (values,) in new.execute(f"SELECT {quoted} FROM {name}"):
            yield f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({values.replace(str(papers), CORPUS)});"
    for name, last in new.execute("SELECT name, seq FROM sqlite_sequence"):
        yield f"INSERT INTO sqlite_sequence (name, seq) VALUES ('{name}', {last});"


def make(version: int) -> None:
    """Write the case of a schema."""
    with tempfile.TemporaryDirectory() as made:
        papers = corpus(Path(made) / "corpus")
        with library.open(Path(made) / "index", create=True) as archive:
            archive.index([papers], workers=1)
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{version}.sql").write_text(
            "\n".join(dump(version, Path(made) / "index" / "catalogue.db", papers)) + "\n", "utf-8"
        )


if __name__ == "__main__":
    for wanted in [int(word) for word in sys.argv[1:]] or [len(schema.MIGRATIONS)]:
        if not (FOLDER / f"{wanted}.sql").exists():
            make(wanted)
