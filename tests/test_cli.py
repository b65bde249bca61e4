"""The command line as a user meets it: a small archive of papers of a fictional district, each command run for real."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest

from docsearch.cli import main, reading, screen, standing
from docsearch.model import Directive, Edge, Fact, Metadata, Sheet, Span, Validity

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN LÂM KHÊ
-------
Số: 12/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Lâm Khê, ngày 10 tháng 01 năm 2023

KẾ HOẠCH
Cải cách hành chính huyện Lâm Khê năm 2023

Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về thực hiện cơ chế một cửa;

Ủy ban nhân dân huyện ban hành Kế hoạch cải cách hành chính năm 2023, như sau:

1. Nâng cao chất lượng hòa giải ở cơ sở.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Khê
"""

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN LÂM KHÊ
-------
Số: 77/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Lâm Khê, ngày 20 tháng 6 năm 2023

BÁO CÁO
Kết quả cải cách hành chính 6 tháng đầu năm 2023

Thực hiện Kế hoạch số 12/KH-UBND ngày 10/01/2023 của Ủy ban nhân dân huyện Lâm Khê về cải cách hành chính, kết quả như sau:

1. Tiếp nhận hồ sơ theo Nghị định số 61/2018/NĐ-CP và Quyết định số 1085/QĐ-TTg ngày 15/9/2022 của Thủ tướng Chính phủ.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lê Thị Suối
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "12-KH-UBND.txt").write_text(PLAN, encoding="utf-8")
    (folder / "77-BC-UBND.txt").write_text(REPORT, encoding="utf-8")
    (folder / "hong.pdf").write_bytes(b"%PDF-1.7\nbroken")
    return folder


@pytest.fixture(scope="module")
def place(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("index") / "ix")
    with pytest.raises(SystemExit) as left:
        main(["-i", place, "--lang", "en", "index", str(papers)])
    assert left.value.code == 0
    return place


@pytest.fixture
def run(place: str, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str, lang: str = "en") -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["-i", place, "--lang", lang, *words])
        out = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, out.out, out.err

    return run


def test_index_names_the_broken_file_and_keeps_the_others(run: Run, papers: Path) -> None:
    code, out, err = run("index", str(papers), "--retry")
    assert code == 0
    assert "2 unchanged, 1 failed" in out
    assert "hong.pdf" in err and "Traceback" not in err


def test_search_without_marks_finds_words_with_marks(run: Run) -> None:
    code, out, _ = run("search", "hoa giai")
    assert code == 0
    assert "12/KH-UBND" in out and "[hòa giải]" in out


def test_search_in_a_pipe_is_one_tab_separated_line_a_hit(run: Run) -> None:
    _, out, _ = run("search", "cải cách hành chính")
    rows = [line.split("\t") for line in out.splitlines()]
    assert {row[1] for row in rows} == {"12/KH-UBND", "77/BC-UBND"}
    assert len({len(row) for row in rows}) == 1


def test_search_with_wrong_marks_says_that_it_ignored_them(run: Run) -> None:
    code, out, err = run("search", "cãi cạch hánh chỉnh")
    assert code == 0 and "12/KH-UBND" in out
    assert "ignore the marks" in err


def test_search_that_finds_nothing_exits_1(run: Run) -> None:
    assert run("search", "khongcotunay")[0] == 1


def test_search_tells_what_was_understood_and_why(run: Run) -> None:
    _, out, _ = run("search", "hoa giai loai:KH", "--explain")
    assert '#query\t  the word "hoa" – marks ignored' in out and "#query\t  type: Kế hoạch" in out
    assert any(line.startswith("#why\t") and line.endswith("\tgiai\tbody\tfolded\t1") for line in out.splitlines())
    _, out, _ = run("--table", "search", "hòa giải", "--explain", lang="vi")
    assert "từ “hòa” – đúng dấu" in out and "✓ giải: nội dung (đúng dấu)" in out


def test_search_offers_what_may_have_been_meant(run: Run) -> None:
    assert "Did you mean: hành chính" in run("search", "hanh chinnh")[2]
    assert "Did you mean: 12/KH-UBND" in run("search", "12/KH-UBDN")[2]
    assert "Did you mean" not in run("search", "hành chính")[2]


def test_search_takes_words_that_begin_with_a_minus_and_no_wrong_option(run: Run) -> None:
    assert run("search", "cải cách", "-hoà")[:2] == (1, "")
    _, out, _ = run("search", "cải cách", "-chất")
    assert [line.split("\t")[1] for line in out.splitlines()] == ["77/BC-UBND"]
    code, _, err = run("search", "cải", "--limt", "3")
    assert code == 2 and "--limt" in err


def test_search_without_words_needs_a_condition(run: Run) -> None:
    _, out, _ = run("search", "--level", "huyện", "--type", "BC")
    assert [line.split("\t")[1] for line in out.splitlines()] == ["77/BC-UBND"]
    assert run("search", "cải", "--new")[0] == 2


def test_search_like_and_within(run: Run) -> None:
    _, out, _ = run("search", "--like", "12/KH-UBND")
    assert [line.split("\t")[1] for line in out.splitlines()] == ["77/BC-UBND"]
    _, out, _ = run("search", "cải cách", "--within", "hồ sơ")
    assert [line.split("\t")[1] for line in out.splitlines()] == ["77/BC-UBND"]


@pytest.mark.parametrize("form", ["csv", "jsonl", "docx"])
def test_search_writes_all_results_into_a_file(run: Run, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"a.{form}"
    code, out, err = run("search", "cải cách", "--limit", "1", "--export", str(target))
    assert (code, out) == (0, "") and "2 papers" in err
    assert target.stat().st_size > 100
    assert run("search", "cải cách", "--export", str(tmp_path / "a.pdf"))[0] == 2


def test_a_saved_search_tells_what_is_new_until_it_was_looked_at(run: Run) -> None:
    assert run("save", "cải cách", "cải cách", "--year", "2023")[0] == 0
    assert run("saved")[1].split("\t")[:3] == ["cải cách", "2", "2"]
    _, out, _ = run("search", "--saved", "cải cách", "--new", "--limit", "1")
    assert len(out.splitlines()) == 1
    assert run("saved")[1].split("\t")[:3] == ["cải cách", "1", "2"]
    assert len(run("search", "--saved", "cải cách")[1].splitlines()) == 2
    assert run("saved")[1].split("\t")[:3] == ["cải cách", "0", "2"]
    assert run("search", "--saved", "cải cách", "--new")[0] == 1
    assert len(run("search", "hồ sơ", "--saved", "cải cách")[1].splitlines()) == 1
    assert json.loads(run("saved", "--json")[1])[0]["filters"]["years"] == [2023]
    assert run("saved", "--forget", "cải cách")[0] == 0
    assert run("saved")[0] == 1
    assert "no saved search" in run("search", "--saved", "cải cách")[2]


def test_suggest_goes_on_with_a_line(run: Run) -> None:
    code, out, _ = run("suggest", "cai c")
    assert code == 0 and out.splitlines()[0].split("\t") == ["title", "Cải cách hành chính huyện Lâm Khê năm 2023", "12/KH-UBND"]
    assert run("suggest", "zzz")[0] == 1


def test_search_filters_by_type_and_counts(run: Run) -> None:
    _, out, _ = run("search", "cải cách", "--type", "Báo cáo", "--facets")
    hits = [line.split("\t")[1] for line in out.splitlines() if not line.startswith("#")]
    assert hits == ["77/BC-UBND"]
    assert "#doctype\tBáo cáo\t1" in out


@pytest.mark.parametrize("typed", ["12/KH-UBND", "12/kh-ubnd", "12-kh-ubnd-2023", "KH 12"])
def test_lookup_understands_every_typing(run: Run, typed: str) -> None:
    code, out, _ = run("lookup", typed)
    assert code == 0 and "12/KH-UBND" in out


def test_lookup_of_what_nobody_knows_exits_1_and_says_so(run: Run) -> None:
    code, _, err = run("lookup", "999/QĐ-XYZ")
    assert code == 1 and "999/QĐ-XYZ" in err


@pytest.mark.parametrize("command", ["lookup", "show", "cites", "cited-by"])
def test_a_number_with_a_slip_brings_the_one_that_is_near(run: Run, command: str) -> None:
    code, out, err = run("--lang", "en", command, "12/KH-UBNB")
    assert code == 1 and not out
    assert err.splitlines() == ["Not found: 12/KH-UBNB", "Did you mean: 12/KH-UBND"]


def test_an_id_stays_on_one_line_so_that_it_can_be_copied(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(screen, "for_people", lambda: True)
    id = "60-qd-ubnd-2023@thuan-giang.binh-lac"
    row = ("60/qd-ubnd", id, "Quyết định 60/QĐ-UBND", "2023-02-06", "Về việc ban hành Kế hoạch kiểm soát " * 3, "không có")
    screen.emit_rows(("typed", "id", "directive", "date", "title", "held"), [row], wide=4, copied=1)
    assert id in capsys.readouterr().out


def test_show_tells_facts_citations_and_citing_papers(run: Run) -> None:
    code, out, _ = run("show", "12/KH-UBND")
    assert code == 0
    for piece in ("Trần Văn Khê", "61/2018/NĐ-CP", "Báo cáo 77/BC-UBND"):
        assert piece in out


def test_cites_of_a_file_that_is_not_indexed(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Căn cứ Kế hoạch số 12/KH-UBND ngày 10/01/2023 của Ủy ban nhân dân huyện Lâm Khê;\n", encoding="utf-8")
    code, out, _ = run("cites", str(draft))
    assert code == 0 and "12/KH-UBND" in out
    assert "77/BC-UBND" not in run("search", "draft")[1]


def test_cited_by_gives_the_citing_sentence_with_the_number_marked(run: Run) -> None:
    code, out, _ = run("cited-by", "12/KH-UBND")
    assert code == 0
    assert "Thực hiện [Kế hoạch số 12/KH-UBND ngày 10/01/2023] của Ủy ban nhân dân huyện Lâm Khê" in out


def test_cited_by_says_how_many_places_are_left_and_how_to_see_them(run: Run) -> None:
    code, out, err = run("cited-by", "61/2018/NĐ-CP", "--limit", "1")
    assert code == 0 and len(out.splitlines()) == 1
    assert "cited-by 61/2018/NĐ-CP --limit 1 --page 2" in err
    _, rest, err = run("cited-by", "61/2018/NĐ-CP", "--limit", "1", "--page", "2")
    assert rest != out and len(rest.splitlines()) == 1 and not err


def test_show_says_how_many_papers_cite_it_not_how_many_are_shown(run: Run) -> None:
    shown = run("show", "61/2018/NĐ-CP", "--json")[1]
    assert json.loads(shown)[0]["times_cited"] == {"documents": 2, "places": 2}
    assert "2 papers, in 2 places" in run("--lang", "en", "show", "61/2018/NĐ-CP")[1]


def test_what_a_paper_cites_is_not_known_while_it_is_not_held(run: Run) -> None:
    code, out, err = run("--lang", "en", "cites", "61/2018/NĐ-CP")
    assert code == 1 and not out and "not held" in err
    assert "Not found" in run("--lang", "en", "cites", "999/QĐ-XYZ")[2]


def test_an_act_that_changes_another_as_a_whole_and_in_part_is_named_once() -> None:
    law, act = (
        Directive(id=id, doctype="Luật", number=None, name=f"Luật {id}", issued="2031-01-01", office=None, title=None)
        for id in ("a", "b")
    )
    deeds = [("b", "amends", False), ("b", "amends", True), ("b", "repeals", True)]
    edges = tuple(
        Edge(source=s, target="a", relation=r, asserted_by="d", index=n, partial=p) for n, (s, r, p) in enumerate(deeds)
    )
    state = Validity(directive="a", on="2032-01-01", state="partly_expired", evidence=edges)
    sheet = Sheet(directive=law, cards=(), metadata=None, cites=(), cited_by=(), validity=state, acts=(act,))
    why = str(standing.facts(sheet, asked=True)[1][1]).split("; ")
    assert len(why) == 2 and all("Luật b" in one for one in why) and len({one[-4:] for one in why}) == 2


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "docsearch", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("docsearch ")


def test_missing_lists_what_is_cited_but_not_held_most_cited_first(run: Run) -> None:
    _, out, _ = run("missing")
    numbers = [line.split("\t")[2] for line in out.splitlines()]
    assert numbers == ["Nghị định 61/2018/NĐ-CP", "Quyết định 1085/QĐ-TTg"]


@pytest.mark.parametrize("form", ["table", "csv", "json", "html", "graphml", "dot"])
def test_xref_writes_every_form(run: Run, form: str) -> None:
    code, out, _ = run("xref", "--format", form)
    assert code == 0
    assert "61/2018/NĐ-CP" in out and "1085/QĐ-TTg" in out


def test_xref_by_document_groups_by_the_citing_paper(run: Run) -> None:
    _, out, _ = run("xref", "--by", "document")
    groups = [(name, len(list(rows))) for name, rows in groupby(line.split("\t")[0] for line in out.splitlines())]
    assert sorted(groups) == [("Báo cáo 77/BC-UBND", 3), ("Kế hoạch 12/KH-UBND", 1)]


def test_every_json_answer_is_json(run: Run) -> None:
    for words in (
        ("search", "cải cách"),
        ("show", "12/KH-UBND"),
        ("lookup", "12/KH-UBND"),
        ("cites", "77/BC-UBND"),
        ("cited-by", "12/KH-UBND"),
        ("xref",),
        ("missing",),
        ("status",),
        ("doctor",),
    ):
        assert json.loads(run(*words, "--json")[1]) is not None, words


def test_extract_prints_the_agreed_json_without_an_index(run: Run, papers: Path) -> None:
    _, out, _ = run("extract", "--json", str(papers / "77-BC-UBND.txt"))
    found = json.loads(out)
    assert found["metadata"]["number"] == "77/BC-UBND" and found["metadata"]["signer"] == "Lê Thị Suối"
    assert [c["number"] for c in found["citations"]] == ["12/KH-UBND", "61/2018/NĐ-CP", "1085/QĐ-TTg"]
    assert all(REPORT[c["start"] : c["end"]] == c["text"] for c in found["citations"])


def test_answers_speak_vietnamese_when_asked(run: Run) -> None:
    assert "Văn bản" in run("status", lang="vi")[1]
    assert "căn cứ" in run("cites", "12/KH-UBND", lang="vi")[1]


def test_doctor_finds_the_archive_well(run: Run) -> None:
    assert run("doctor")[:2] == (0, "Originals, catalogue and search index agree.\n")


@pytest.mark.parametrize(
    "words",
    [("extract", "khong-co.txt"), ("search",), ("nolikethis",), ("search", "x", "--limit", "0")],
    ids=["no-file", "no-words", "no-command", "bad-number"],
)
def test_errors_are_one_line_and_exit_2(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert code == 2 and out == ""
    assert "Traceback" not in err and err.strip()


def test_no_index_is_said_with_what_to_do(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        main(["-i", str(tmp_path / "none"), "search", "x"])
    assert left.value.code == 2
    assert "docsearch index" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "a\u202eb", "a\x07b", "a\u2066b"])
def test_text_of_documents_cannot_command_the_terminal(text: str) -> None:
    assert screen.tame(text).replace("[2J", "") == "ab"


def test_marked_text_keeps_its_words() -> None:
    assert screen.marked("cải cách hành chính", [Span(4, 8)]) == "cải [cách] hành chính"


def test_marks_of_neighbouring_words_become_one() -> None:
    assert screen.marked("cải cách hành chính", [Span(0, 3), Span(4, 8), Span(14, 19)]) == "[cải cách] hành [chính]"


def test_tables_can_be_asked_for_in_a_pipe(run: Run) -> None:
    assert "Documents" in run("--table", "missing")[1] and "Documents" not in run("missing")[1]


def test_a_sheet_tells_of_signatures_scans_and_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCSEARCH_LANG", "en")
    notes = (
        "signature:altered | Trần Văn Khê | UBND HUYỆN LÂM KHÊ | 2023-01-11T08:30:00+07:00",
        "signature:unchecked",
        "ocr:1:0.90",
        "ocr:2:0.96",
        "ocr-unsure:1:3",
        "incoming-stamp:1",
        "page-without-text:3",
    )
    metadata = Metadata(number=Fact("12/KH-UBND", None, "file-name", "low"), warnings=("number-blank", "date-blank"))
    told = reading.facts(Sheet(directive=None, cards=(), metadata=metadata, cites=(), cited_by=(), notes=notes))
    assert told == [
        ("Number", "left blank in the text; 12/KH-UBND inferred from the file's name"),
        ("Date", "left blank in the text"),
        (
            "Digital signature",
            "the file was altered since, Trần Văn Khê, UBND HUYỆN LÂM KHÊ, 2023-01-11T08:30; not checked (see docs/formats.md)",
        ),
        ("Scan", "2 pages read by OCR, 93% sure; 3 unclear words left blank; stamp of reception set aside; 1 pages not read"),
    ]
    plain = Metadata(number=Fact("12/KH-UBND", Span(0, 9), "number-line", "high"))
    assert not any(words for _, words in reading.facts(Sheet(directive=None, cards=(), metadata=plain, cites=(), cited_by=())))
