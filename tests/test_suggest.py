"""What is offered while a line is typed, and where a line found little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from directives import filled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsearch import library
from docsearch.engines import ENGINES
from docsearch.library import Library


@pytest.fixture(scope="module", params=ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with filled(tmp_path_factory.mktemp("archive"), request.param) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "kind", "first"),
    [
        ("12", "number", "12/KH-UBND"),
        ("012/k", "number", "12/KH-UBND"),
        ("10/2021/qd", "number", "10/2021/QĐ-UBND"),
        ("cải c", "title", "Cải cách hành chính năm 2023"),
        ("cai cach hanh", "title", "Cải cách hành chính năm 2023"),
        ("quy chế ", "title", "Ban hành Quy chế quản lý hồ sơ hành chính"),
        ("ủy ban nhân dân h", "issuer", "Ủy ban nhân dân huyện Bình Lạc"),
        ("uy ban nhan dan huyen", "issuer", "Ủy ban nhân dân huyện Bình Lạc"),
        ("binh l", "issuer", "Ủy ban nhân dân huyện Bình Lạc"),
    ],
)
def test_a_line_goes_on_as_the_archive_knows(archive: Library, typed: str, kind: str, first: str) -> None:
    of_kind = [suggestion.text for suggestion in archive.suggest(typed) if suggestion.kind == kind]
    assert first in of_kind


def test_a_title_that_begins_so_comes_before_one_that_holds_the_words(archive: Library) -> None:
    titles = [suggestion.text for suggestion in archive.suggest("cai cach")]
    assert titles == ["Cải cách hành chính năm 2023", "Kết quả cải cách hành chính 6 tháng đầu năm 2021"]


def test_a_number_brings_its_title(archive: Library) -> None:
    (suggestion,) = archive.suggest("41/b")
    assert (suggestion.text, suggestion.detail) == ("41/BC-UBND", "Kết quả cải cách hành chính 6 tháng đầu năm 2021")


@pytest.mark.parametrize("typed", ["", "  ", "...", "zzz", "(", '"', "9" * 40, "/", "a" * 5000])
def test_nothing_known_is_no_suggestion(archive: Library, typed: str) -> None:
    assert archive.suggest(typed) == ()


def test_no_more_than_asked_for(archive: Library) -> None:
    assert len(archive.suggest("hành chính", limit=2)) == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("hanh chinnh", "hành chính", id="a-letter-too-many"),
        pytest.param("hành chinnh", "hành chính", id="with-marks"),
        pytest.param("hành chín", "hành chính", id="a-letter-too-few"),
        pytest.param("quy chee quản lý", "quy chế quản lý", id="among-others"),
        pytest.param("thu tcu hanh chinh", "thủ tục hành chính", id="changed-about"),
        pytest.param("hanhchinh", "hành chính", id="two-words-as-one"),
        pytest.param("loại:BC hanh chinnh", "loại:BC hành chính", id="fields-stay"),
        pytest.param("41/BC-UBDN", "41/BC-UBND", id="symbol"),
        pytest.param("12/KH-UBN", "12/KH-UBND", id="symbol-too-short"),
        pytest.param("10/2012/QĐ-UBND", "10/2021/QĐ-UBND", id="year"),
        pytest.param("14/BC-UBND", "41/BC-UBND", id="ordinal-changed-about"),
        pytest.param("dẫn:10/2021/QĐ-UBDN", "dẫn:10/2021/QĐ-UBND", id="number-in-a-field"),
    ],
)
def test_a_slip_is_offered_mended(archive: Library, typed: str, meant: str) -> None:
    assert archive.search(typed).corrections[:1] == (meant,)


@pytest.mark.parametrize("typed", ["hành chính", "hanh chinh", "41/BC-UBND", "xyzzyx", "", "-hành", "năm:1990"])
def test_nothing_is_offered_for_what_is_known_or_has_no_like(archive: Library, typed: str) -> None:
    assert archive.search(typed).corrections == ()


@pytest.mark.parametrize(
    ("papers", "meant"),
    [
        (("Kiểm tra tỉ mỉ. Làm tỉ mỉ.", "Ghi tỷ mỷ từng việc."), "tỉ mỉ"),
        (("Kiểm tra tỷ mỷ.", "Ghi tỷ mỷ từng việc, không tỉ mỉ thì làm lại."), "tỷ mỷ"),
        (("Ủy ban hoà giải tỉ mỉ.", "Làm Tỉ Mỉ."), "tỉ mỉ"),
    ],
)
def test_a_word_with_two_writings_is_offered_as_most_papers_write_it(tmp_path: Path, papers: Sequence[str], meant: str) -> None:
    for number, text in enumerate(papers):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    with library.open(tmp_path / "index", create=True) as archive:
        archive.index([tmp_path / f"{number}.txt" for number in range(len(papers))], workers=1)
        assert archive.search("tii mi").corrections == (meant,)


def test_what_is_offered_finds_something(archive: Library) -> None:
    (offer,) = archive.search("cai cahc hanh chnh").corrections
    assert archive.search(offer).total == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("số:61 năm:2018", ("not-held:61-2018-nd-cp",)),
        ("61/2018/NĐ-CP số:61", ("not-held:61-2018-nd-cp",)),
        ("số:61 năm:2019", ()),
        ('số:61 nơi:"Bình Lạc"', ()),
        ("số:999", ()),
        ("số:41", ()),
    ],
)
def test_a_number_that_is_cited_but_not_held_is_said_to_be_known(archive: Library, typed: str, told: tuple[str, ...]) -> None:
    assert archive.search(typed).notes == told


PIECES = ("cải", "cách", "hnah", "10/2021", '"', "(", "-x", "41/BC-", "dẫn:", "~", "*")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_typing_is_answered(archive: Library, typed: str) -> None:
    assert len(archive.suggest(typed)) <= 10
    assert len(archive.search(typed, limit=1).corrections) <= 3
