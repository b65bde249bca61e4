"""The same paper more than once is shown as what it is, and never made one by itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import citing, paper, put, write

from docsearch import library
from docsearch.catalogue.codec import words_key
from docsearch.duplicates import passages, resemblance, state_of
from docsearch.library import Library
from docsearch.model import Duplicate, Metadata

BODY = citing("Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư") + "\n" + (
    "Ủy ban nhân dân huyện yêu cầu các phòng, ban chuyên môn rà soát hồ sơ đã tiếp nhận, phân công cán bộ giải quyết đúng hạn, "
    "công khai kết quả tại bộ phận một cửa và báo cáo trước ngày 25 hằng tháng để tổng hợp.\n"
)  # fmt: skip
TITLE = "Kế hoạch rà soát hồ sơ tiếp nhận tại bộ phận một cửa năm 2023"
PLAN = paper("12/KH-UBND", title=TITLE, body=BODY)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Library]:
    with library.open(tmp_path / "index", create=True) as made:
        yield made


def found(archive: Library, folder: Path) -> list[tuple[str, str | None, list[tuple[str, str]]]]:
    """Kind, directive, and for each version its state and its first file."""
    archive.index([folder], workers=1)
    return [
        (d.kind, d.directive.id if d.directive else None, [(v.state, Path(v.paths[0]).name) for v in d.versions])
        for d in archive.duplicates()
    ]  # fmt: skip


def test_papers_of_their_own_are_no_duplicates(archive: Library, tmp_path: Path) -> None:
    texts = {"a.txt": PLAN, "b.txt": paper("13/KH-UBND", title=TITLE, body=BODY), "c.txt": paper("12/KH-UBND", year=2022)}
    assert found(archive, write(tmp_path / "corpus", texts)) == []


def test_the_same_bytes_are_one_document_with_its_places(archive: Library, tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", {"a.txt": PLAN})
    shutil.copy2(corpus / "a.txt", corpus / "b.txt")
    assert [kind for kind, *_ in found(archive, corpus)] == ["same-bytes"]
    (duplicate,) = archive.duplicates()
    assert [Path(path).name for path in duplicate.versions[0].paths] == ["a.txt", "b.txt"]
    assert archive.status().documents == 1


def test_the_same_text_in_other_bytes_is_found(archive: Library, tmp_path: Path) -> None:
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in PLAN.splitlines()) + "</body></html>"
    corpus = write(tmp_path / "corpus", {"a.txt": PLAN, "b.html": page})
    groups = found(archive, corpus)
    assert [kind for kind, *_ in groups] == ["same-text"]
    assert archive.status().documents == 2


def test_one_number_with_other_content_is_shown_and_not_merged(archive: Library, tmp_path: Path) -> None:
    other = PLAN.replace("ngày 25 hằng tháng", "ngày 20 hằng quý")
    corpus = write(tmp_path / "corpus", {"a.txt": PLAN, "b.txt": other})
    ((kind, directive, versions),) = found(archive, corpus)
    assert (kind, directive, len(versions)) == ("same-directive", "12-kh-ubnd-2023@tra-vinh.cau-ke", 2)
    (group,) = archive.duplicates()
    assert group.versions[0].likeness == 1.0
    assert 0.7 < group.versions[1].likeness < 1.0
    assert archive.status().documents == 2


def test_a_draft_without_a_number_is_held_with_what_it_became(archive: Library, tmp_path: Path) -> None:
    draft = "DỰ THẢO\n" + PLAN.replace("Số: 12/KH-UBND", "Số:      /KH-UBND").replace("ngày 05 tháng 03", "ngày    tháng    ")
    texts = {"a.txt": PLAN, "draft.txt": draft, "other.txt": draft.replace("một cửa", "tiếp công dân")}
    groups = found(archive, write(tmp_path / "corpus", texts))
    assert groups == [("draft", "12-kh-ubnd-2023@tra-vinh.cau-ke", [("", "a.txt"), ("draft", "draft.txt")])]


def test_a_draft_is_shown_once_however_many_files_hold_what_it_became(archive: Library, tmp_path: Path) -> None:
    draft = PLAN.replace("Số: 12/KH-UBND", "Số:      /KH-UBND")
    texts = {"a.txt": PLAN, "b.txt": PLAN + "\n", "1.txt": draft, "2.txt": draft + "\nBản trình ký lần hai.\n"}
    groups = found(archive, write(tmp_path / "corpus", texts))
    drafts = [versions for kind, _, versions in groups if kind == "draft"]
    assert [sorted(version) for version in drafts] == [sorted([*drafts[0][:1], ("draft", "1.txt"), ("draft", "2.txt")])]


def test_versions_are_compared_with_the_text_that_most_share_and_the_odd_one_comes_last(archive: Library, tmp_path: Path) -> None:
    other = paper("12/KH-UBND", title="Kế hoạch tiêm phòng gia súc", body="Tiêm phòng cho đàn bò trên địa bàn toàn huyện.")
    texts = {"a.txt": PLAN, "b.txt": PLAN + "\n", "c.txt": PLAN.replace("hằng tháng", "hằng quý"), "odd.txt": other}
    groups = found(archive, write(tmp_path / "corpus", texts))
    ((_, versions),) = [(directive, versions) for kind, directive, versions in groups if kind == "same-directive"]
    assert [name for _, name in versions[2:]] == ["c.txt", "odd.txt"]


def test_show_tells_the_versions_of_a_directive(archive: Library, tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", {"a.txt": PLAN, "b.txt": paper("13/KH-UBND")})
    archive.index([corpus], workers=1)
    assert archive.show("12/KH-UBND")[0].versions == ()
    put(corpus / "c.txt", PLAN.replace("hằng tháng", "hằng quý"))
    archive.index([corpus], workers=1)
    assert len(archive.show("12/KH-UBND")[0].versions) == 2
    assert archive.show("13/KH-UBND")[0].versions == ()


def test_documents_of_before_are_given_their_key_by_the_next_run(archive: Library, tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", {"a.txt": PLAN, "b.txt": PLAN + "\n"})
    wanted = found(archive, corpus)
    archive.catalogue._database.run("UPDATE documents SET words = NULL, seal = NULL")
    assert [kind for kind, *_ in wanted] == ["same-text"]
    assert found(archive, corpus) == wanted
    assert archive.doctor() == ()


@pytest.mark.parametrize(
    ("notes", "head", "state"),
    [
        ((), "ỦY BAN NHÂN DÂN", ""),
        ((), "DỰ THẢO lần 2", "draft"),
        (("ocr:1:0.91",), "", "scanned"),
        (("page-poor-ocr:2",), "", "scanned"),
        (("signature-stamp",), "", "signed"),
        (("signature-stamp", "ocr:1:0.91"), "", "scanned"),
    ],
)
def test_what_a_version_is_is_told_by_reader_and_text(notes: tuple[str, ...], head: str, state: str) -> None:
    assert state_of(notes, Metadata(), head) == state


def test_a_blank_number_makes_a_draft() -> None:
    assert state_of((), Metadata(warnings=("number-blank",)), "") == "draft"


@given(
    st.lists(st.sampled_from(["Số", "12/KH-UBND", "ngày", "05", "tháng", "3", "Ủy", "ban", "nhân", "dân"]), max_size=30),
    st.randoms(),
)
def test_the_key_of_a_text_does_not_depend_on_order_marks_or_white_space(words: list[str], chance: object) -> None:
    shuffled = list(words)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert words_key("\n".join(shuffled).upper()) == words_key(" ".join(words))


@given(st.text(), st.text())
def test_resemblance_is_symmetric_and_one_for_the_same(one: str, other: str) -> None:
    assert resemblance(passages(one), passages(one)) == 1.0
    assert resemblance(passages(one), passages(other)) == resemblance(passages(other), passages(one))


def test_kinds_come_surest_first(archive: Library, tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", {"a.txt": PLAN, "b.txt": PLAN + "\n", "c.txt": PLAN.replace("tháng để", "quý để")})
    shutil.copy2(corpus / "a.txt", corpus / "d.txt")
    archive.index([corpus], workers=1)
    groups: list[Duplicate] = list(archive.duplicates())
    assert [group.kind for group in groups] == ["same-bytes", "same-text", "same-directive"]
    assert len(groups[2].versions) == 3
