"""A draft looked over: what it says of what it cites, alone and against a small archive of a fictional province."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import docsearch
from docsearch import library
from docsearch.cli import main
from docsearch.model import Finding

HEAD = """ỦY BAN NHÂN DÂN
TỈNH THUẬN GIANG
-------
Số: {number}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Thuận Giang, ngày {day} tháng {month} năm {year}

"""
ARTICLES = "\n\n".join(f"Điều {n}. Trách nhiệm thứ {n}\n\n1. Việc thứ nhất.\n\n2. Việc thứ hai." for n in range(1, 13))


def paper(number: str, date: str, body: str) -> str:
    year, month, day = date.split("-")
    return HEAD.format(number=number, day=day, month=month, year=year) + body


def decision(title: str, articles: str) -> str:
    return f"QUYẾT ĐỊNH\n{title}\n\nỦY BAN NHÂN DÂN TỈNH THUẬN GIANG\n\nCăn cứ Luật Đất đai số 31/2024/QH15;\n\n{articles}\n"


HELD = {
    "18.txt": paper("18/2023/QĐ-UBND", "2023-06-15", decision("Quy định về thu gom rác", ARTICLES)),
    "20.txt": paper(
        "20/2023/QĐ-UBND",
        "2023-07-01",
        decision(
            "Bãi bỏ, ngưng hiệu lực một số văn bản",
            "Điều 1. Bãi bỏ Quyết định số 5/2020/QĐ-UBND ngày 06 tháng 01 năm 2020 của Ủy ban nhân dân tỉnh.\n\n"
            "Điều 2. Ngưng hiệu lực Quyết định số 6/2020/QĐ-UBND ngày 07 tháng 01 năm 2020 của Ủy ban nhân dân tỉnh.",
        ),
    ),
    "9.txt": paper(
        "9/UBND-NC",
        "2023-12-01",
        "V/v đính chính Quyết định số 44/QĐ-UBND ngày 01/11/2023\n\nKính gửi: Các sở.\n\nỦy ban nhân dân tỉnh đính chính "
        "Quyết định số 44/QĐ-UBND ngày 01/11/2023: viện dẫn Quyết định số 77/QĐ-UBND năm 2021 là chưa đúng.\n",
    ),
}
DRAFT = paper(
    "44/QĐ-UBND",
    "2023-11-01",
    """QUYẾT ĐỊNH
Về việc kiểm tra

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH THUẬN GIANG

Căn cứ Quyết định số 5/2020/QĐ-UBND ngày 06 tháng 01 năm 2020 của Ủy ban nhân dân tỉnh về phí;

Căn cứ Quyết định số 6/2020/QĐ-UBND ngày 07 tháng 01 năm 2020 của Ủy ban nhân dân tỉnh về giá;

Điều 1. Thực hiện Điều 99 Quyết định số 18/2023/QĐ-UBND ngày 16 tháng 6 năm 2023 của Ủy ban nhân dân tỉnh.

Điều 2. Thực hiện khoản 2 Điều 12 Quyết định số 18/2023/QĐ-UBND của Ủy ban nhân dân tỉnh; khoản 3 Điều 12 Quyết định số
18/2023/QĐ-UBND của Ủy ban nhân dân tỉnh.

Điều 3. Thay Quyết định số 77/QĐ-UBND năm 2021 của Ủy ban nhân dân tỉnh; báo cáo theo Nghị định số 30/2020/NĐ-CP ngày 30/02/2020,
Thông tư số 1/2024/TT-BNV ngày 05/01/2024.
""",
)


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("draft") / "draft.txt"
    file.write_text(DRAFT, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("papers")
    for name, text in HELD.items():
        (folder / name).write_text(text, encoding="utf-8")
    where = folder.parent / f"{folder.name}-index"
    with library.open(where, create=True) as archive:
        archive.index(folder)
    return str(where)


@pytest.fixture(scope="module")
def found(index: str, draft: Path) -> tuple[Finding, ...]:
    with library.open(index) as archive:
        return archive.check(draft)


def one(found: tuple[Finding, ...], code: str, words: str = "") -> Finding:
    (finding,) = [finding for finding in found if finding.code == code and words in finding.words]
    return finding


def test_alone_a_draft_is_held_against_itself(draft: Path) -> None:
    assert {finding.code for finding in docsearch.check(draft)} == {"impossible-date", "future-date"}


def test_what_had_ended_is_told_with_the_act_that_ended_it(found: tuple[Finding, ...]) -> None:
    ended = one(found, "replaced")
    assert ended.severity == "warning" and ended.detail["by"] == "20-2023-qd-ubnd@thuan-giang"
    assert ended.detail["acts"] == "Quyết định 20/2023/QĐ-UBND (2023-07-01)"


def test_what_is_suspended_is_told(found: tuple[Finding, ...]) -> None:
    assert one(found, "suspended").detail["number"] == "Quyết định 6/2020/QĐ-UBND"


def test_a_part_that_the_held_text_has_not_is_told_and_one_that_it_has_is_not(found: tuple[Finding, ...]) -> None:
    assert [(f.words, f.detail["part"]) for f in found if f.code == "no-such-part"] == [
        ("Điều 99", "Điều 99"),
        ("khoản 3 Điều 12", "khoản 3"),
    ]


def test_another_date_than_that_of_the_held_paper_is_told(found: tuple[Finding, ...]) -> None:
    assert one(found, "date-differs").detail["held"] == "2023-06-15"


def test_a_correction_is_told_at_the_paper_and_at_what_it_names(found: tuple[Finding, ...]) -> None:
    assert [f.words for f in found if f.code == "corrected"] == ["44/QĐ-UBND", "Quyết định số 77/QĐ-UBND năm 2021"]


def test_each_finding_stands_on_its_line_with_its_words(found: tuple[Finding, ...]) -> None:
    lines = DRAFT.splitlines()
    for finding in found:
        assert finding.line and finding.words.split()[0] in lines[finding.line - 1]


def test_checking_writes_nothing(index: str, draft: Path) -> None:
    with library.open(index) as archive:
        before = archive.status()
        archive.check(draft)
        assert archive.status() == before


# --- the command ------------------------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        main(list(words))
    out = capsys.readouterr()
    return int(left.value.code or 0), out.out, out.err


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("none", 0), ("note", 1)])
def test_exit_code_follows_the_severity_asked_for(
    capsys: pytest.CaptureFixture[str], index: str, draft: Path, fail_on: str, code: int
) -> None:
    assert run(capsys, "-i", index, "check", str(draft), "--fail-on", fail_on)[0] == code


def test_a_sound_paper_leaves_with_0(capsys: pytest.CaptureFixture[str], index: str, tmp_path: Path) -> None:
    file = tmp_path / "sound.txt"
    file.write_text(paper("45/QĐ-UBND", "2023-11-02", "QUYẾT ĐỊNH\nVề việc họp\n\nĐiều 1. Họp.\n"), encoding="utf-8")
    assert run(capsys, "-i", index, "check", str(file), "--fail-on", "note") == (0, "", "")


def test_without_an_index_the_file_is_checked_by_itself(capsys: pytest.CaptureFixture[str], draft: Path, tmp_path: Path) -> None:
    code, out, err = run(capsys, "-i", str(tmp_path / "none"), "--lang", "en", "check", str(draft))
    assert code == 1 and "no such day: 30/02/2020" in out and "by itself" in err


def test_json_tells_the_place_and_both_sides(capsys: pytest.CaptureFixture[str], index: str, draft: Path) -> None:
    _, out, _ = run(capsys, "-i", index, "check", "--json", "--level", "warning", str(draft))
    (told,) = json.loads(out)
    assert told["file"] == str(draft)
    assert {"code", "severity", "span", "line", "words", "detail"} <= set(told["findings"][0])
    assert "note" not in {finding["severity"] for finding in told["findings"]}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_finding_has_words(capsys: pytest.CaptureFixture[str], index: str, draft: Path, lang: str) -> None:
    _, out, _ = run(capsys, "-i", index, "--lang", lang, "check", str(draft))
    rows = [line.split("\t") for line in out.splitlines()]
    assert len(rows) >= 8 and all(len(row) == 6 and row[5].strip() for row in rows)


def test_a_file_that_is_not_there_is_an_error(capsys: pytest.CaptureFixture[str], index: str) -> None:
    code, _, err = run(capsys, "-i", index, "check", "khong-co.txt")
    assert code == 2 and "khong-co.txt" in err


# --- validity for people ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "day", "words"),
    [
        (
            "5/2020/QĐ-UBND",
            "2023-08-01",
            ("expired (by the papers held, on 2023-08-01)", "repealed by Quyết định 20/2023/QĐ-UBND"),
        ),
        ("6/2020/QĐ-UBND", "2023-08-01", ("suspended", "suspended by Quyết định 20/2023/QĐ-UBND (2023-07-01)")),
        ("5/2020/QĐ-UBND", "2023-06-01", ("unknown: no paper that is held tells (on 2023-06-01)",)),
        ("31/2024/QH15", "2023-06-01", ("in force", "the basis of Quyết định 18/2023/QĐ-UBND")),
    ],
    ids=["repealed", "suspended", "unknown", "basis"],
)
def test_show_tells_validity_on_a_day_with_its_evidence(
    capsys: pytest.CaptureFixture[str], index: str, reference: str, day: str, words: tuple[str, ...]
) -> None:
    code, out, _ = run(capsys, "-i", index, "--lang", "en", "show", reference, "--on", day)
    assert code == 0
    assert all(piece in out for piece in words)
