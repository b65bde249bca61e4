"""All results as a file that other programs open: whole, streamed, and harmless."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from directives import filled

from docsearch.errors import LibraryError, MissingExtra
from docsearch.export import COLUMNS, FORMS, export
from docsearch.model import Card, Hit

EVIL = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\tx", "<w:t>&\x0b</w:t>", "a\nb", "\ue003")


def hit(number: str = "12/KH-UBND", title: str = "Cải cách hành chính") -> Hit:
    card = Card(
        document="a" * 64, directive="12-kh-ubnd-2023@thuan-giang", path="/kho/12.txt", format="txt", doctype="Kế hoạch",
        number=number, issuer=None, issued="2023-02-10", title=title,
    )  # fmt: skip
    return Hit(card=card, score=1.0, match="exact", snippets=())


def numbers(path: Path) -> list[str]:
    """The numbers in a file, as another program reads them."""
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8-sig", newline="") as opened:
                return [row["number"] for row in csv.DictReader(opened)]
        case ".jsonl":
            return [json.loads(line)["number"] for line in path.read_text("utf-8").splitlines()]
        case ".xlsx":
            openpyxl = pytest.importorskip("openpyxl")
            book = openpyxl.load_workbook(path)
            return [str(row[0].value) for row in list(book.worksheets[0].rows)[1:]]
        case _:
            import docx

            table = docx.Document(str(path)).tables[0]
            return [row.cells[1].text for row in table.rows[1:]]


@pytest.fixture(params=FORMS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == ".xlsx":
        pytest.importorskip("xlsxwriter")
    return tmp_path / f"kết quả{request.param}"


def test_every_hit_is_a_row(target: Path) -> None:
    assert export(target, (hit(f"{n}/KH-UBND") for n in range(1, 251)), title="cải cách") == 250
    assert numbers(target) == [f"{n}/KH-UBND" for n in range(1, 251)]


def test_nothing_found_is_an_empty_list(target: Path) -> None:
    assert export(target, []) == 0
    assert numbers(target) == []


def test_hits_are_taken_one_by_one(target: Path) -> None:
    """What was written is not held: no hit is alive when the one after the next is asked for."""
    alive: list[int] = []

    class Counted(str):
        __slots__ = ()

        def __del__(self) -> None:
            alive.pop()

    def hits() -> Iterator[Hit]:
        for _ in range(300):
            alive.append(1)
            assert len(alive) < 5
            yield hit(title=Counted("x"))

    assert export(target, hits()) == 300


@pytest.mark.parametrize("title", EVIL)
def test_text_of_papers_runs_nothing_and_breaks_nothing(target: Path, title: str) -> None:
    assert export(target, [hit(title=title)], title=title) == 1
    assert numbers(target) == ["12/KH-UBND"]
    if target.suffix == ".csv":
        cells = next(csv.reader(target.read_text("utf-8-sig").splitlines()[1:])) if "\n" not in title else ["x"]
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t") for cell in cells if cell)
    if target.suffix == ".xlsx":
        sheet = zipfile.ZipFile(target).read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "hyperlink" not in sheet.lower().replace("=hyperlink", "")


def test_labels_name_the_columns_for_people(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    export(tmp_path / "a.xlsx", [hit()], labels={"number": "Số, ký hiệu"})
    heads = [cell.value for cell in next(openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].rows)]
    assert heads == ["Số, ký hiệu", *COLUMNS[1:]]


def test_a_failure_leaves_what_was_there(target: Path) -> None:
    target.write_bytes(b"old")

    def broken() -> Iterator[Hit]:
        yield hit()
        raise LibraryError(target, "gone")

    with pytest.raises(LibraryError):
        export(target, broken())
    assert target.read_bytes() == b"old"
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("name", ["a.pdf", "a", "none/a.csv"], ids=["unknown-form", "no-form", "no-folder"])
def test_a_place_that_cannot_be_is_an_error_of_ours(tmp_path: Path, name: str) -> None:
    with pytest.raises(LibraryError):
        export(tmp_path / name, [hit()])


def test_a_missing_package_names_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra, match=r"docsearch\[office\]"):
        export(tmp_path / "a.xlsx", [hit()])


def test_a_sheet_that_is_full_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr("docsearch.export.sheet.MOST_ROWS", 4)
    export(tmp_path / "a.xlsx", [hit(f"{n}/KH") for n in range(8)])
    assert [sheet.max_row for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets] == [4, 4, 3]


def test_the_results_of_a_search(tmp_path: Path) -> None:
    with filled(tmp_path) as archive:
        assert export(tmp_path / "a.csv", archive.every("thủ tục")) == 2
    assert set(numbers(tmp_path / "a.csv")) == {"41/BC-UBND", "12/KH-UBND"}
