"""A catalogue of any schema that there ever was is opened, brought up to date, and knows what a new one would."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import schemas
from papers import facts

from docsearch import ingest, library
from docsearch.catalogue import schema
from docsearch.catalogue.database import Database

VERSIONS = range(1, len(schema.MIGRATIONS) + 1)


def test_each_schema_has_its_case() -> None:
    """A new step needs one: `python tests/schemas.py`."""
    assert sorted(int(path.stem) for path in schemas.FOLDER.glob("*.sql")) == list(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_step_stays_as_it_was_released(version: int, tmp_path: Path) -> None:
    schemas.restore(version, tmp_path / "catalogue.db", tmp_path)
    Database(tmp_path / "made.db", migrations=schema.MIGRATIONS[:version]).close()
    released, made = (sqlite3.connect(tmp_path / name) for name in ("catalogue.db", "made.db"))
    assert schemas.tables(released) == schemas.tables(made)
    released.close()
    made.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_catalogue_of_an_earlier_schema_knows_what_a_new_one_does(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "UNDERSTANDING", "as the columns are today")
    corpus = schemas.corpus(tmp_path / "corpus")
    with library.open(tmp_path / "new", create=True) as new:
        new.index([corpus], workers=1)
        wanted = facts(new)
    (tmp_path / "index").mkdir()
    schemas.restore(version, tmp_path / "index" / "catalogue.db", corpus)
    with library.open(tmp_path / "index") as archive:
        assert [card.number for card in archive.catalogue.documents.cards()] == ["1/KH-UBND", "2/KH-UBND", "3/KH-UBND"]
        assert all(map(archive.catalogue.documents.extraction, archive.catalogue.documents.ids()))
        counts = archive.index([corpus], workers=1).counts
        assert counts.get("new", 0) == counts.get("gone", 0) == counts.get("failed", 0) == 0
        assert archive.doctor() == ()
        assert facts(archive) == wanted
        assert archive.catalogue.version() == str(len(schema.MIGRATIONS))


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_a_step_that_is_cut_off_is_done_again(version: int, tmp_path: Path) -> None:
    corpus = schemas.corpus(tmp_path / "corpus")
    path = tmp_path / "catalogue.db"
    schemas.restore(version, path, corpus)
    with pytest.raises(Exception, match="no such table"):
        Database(path, migrations=(*schema.MIGRATIONS, "INSERT INTO nowhere VALUES (1)"))
    database = Database(path)
    assert database.value("SELECT count(*) FROM documents") == schemas.COUNT
    assert database.value("PRAGMA user_version") == len(schema.MIGRATIONS)
    database.close()
