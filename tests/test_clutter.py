"""What a look at a folder passes over without a word, and what it counts as skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsearch import library
from docsearch.readers.parts import is_clutter


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "README.vi.md",
        "readme",
        "LICENSE",
        "LICENSE.txt",
        "Makefile",
        "_make",
        "__pycache__",
        "make.py",
        "a.toml",
        ".ci",
    ],
)
def test_what_goes_with_programs_is_no_paper(name: str) -> None:
    assert is_clutter(name)


@pytest.mark.parametrize(
    "name", ["12-KH-UBND.txt", "_dự thảo.docx", "báo cáo", "readme-cua-toi.docx", "makefile-giai-thich.pdf", "so lieu.xyz", "py"]
)
def test_what_may_be_a_paper_is_looked_at(name: str) -> None:
    assert not is_clutter(name)


def test_a_folder_of_papers_beside_its_workshop_counts_only_papers(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    (folder / "_make").mkdir(parents=True)
    for name in ("README.md", "make.py", "_make/source.txt"):
        (folder / name).write_text("Quyết định số 1/QĐ-UBND", encoding="utf-8")
    (folder / "a.txt").write_text("Căn cứ Nghị định số 30/2020/NĐ-CP;", encoding="utf-8")
    (folder / "b.bin").write_bytes(bytes(range(256)))
    with library.open(tmp_path / "ix", create=True) as archive:
        assert archive.index(folder).counts == {"unchanged": 0, "new": 1, "skipped": 1}
