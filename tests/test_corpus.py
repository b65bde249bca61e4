"""The sample papers and their gold: made from one source, true to form, and consistent."""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus._make.__main__ import content
from corpus._make.docx import docx
from corpus._make.gold import gold
from corpus._make.links import links
from corpus._make.markup import parse
from corpus._make.paper import CORPUS, Paper, papers
from corpus._make.pdf import FontMissing
from docsearch import registry
from docsearch.notation import DocNumber, parse_date, parse_number

GOLD = Path(__file__).parent / "gold"
FIELDS = {"start", "end", "text", "doctype", "number", "name", "issued", "issuer", "pinpoint", "relation", "nested_in"}
PLACES = ("Thuận Giang", "Bình Lạc", "Cẩm Trà", "Kim Trạch", "Hòa Khê", "Gò Sậy", "Lộc Trà", "An Bồi", "Vĩnh Bồi", "Bến Lở")
ALL = papers()


@cache
def read_gold(stem: str) -> tuple[str, dict[str, Any]]:
    text = (GOLD / f"{stem}.txt").read_bytes().decode("utf-8")
    return text, json.loads((GOLD / f"{stem}.json").read_text(encoding="utf-8"))


def each_paper(*suffixes: str) -> pytest.MarkDecorator:
    chosen = [paper for paper in ALL if not suffixes or Path(paper.file).suffix in suffixes]
    return pytest.mark.parametrize("paper", chosen, ids=[paper.file for paper in chosen])


def squeezed(text: str) -> str:
    return re.sub(r"[\s\ufffe\u00ad-]", "", text)


# --- the papers -------------------------------------------------------------------------------------------------------


@each_paper(".txt", ".md", ".html", ".docx")
def test_paper_is_what_its_source_makes(paper: Paper) -> None:
    assert (CORPUS / paper.file).read_bytes() == content(paper)


@each_paper(".pdf")
def test_pdf_says_what_its_source_makes(paper: Paper) -> None:
    pytest.importorskip("fpdf", reason="fpdf2 makes the PDFs")
    try:
        made = content(paper)
    except FontMissing as error:
        pytest.skip(str(error))
    assert text_of(made) == text_of((CORPUS / paper.file).read_bytes())


@each_paper(".pdf")
def test_pdf_holds_every_word_of_its_source(paper: Paper) -> None:
    said = text_of((CORPUS / paper.file).read_bytes())
    for block in paper.body:
        for inline in (block.inline, *(cell for row in block.rows for cell in row)):
            assert re.sub(r"^\d+\n", "", squeezed(inline.text)) in said


@cache
def text_of(data: bytes) -> str:
    """The letters of a PDF without page numbers at the head, white space and hyphens."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return squeezed("".join(re.sub(r"\A\d+\s", "", page) for page in pages))


def test_no_paper_is_left_over() -> None:
    held = {path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*") if path.is_file() and not in_workshop(path)}
    assert held == {paper.file for paper in ALL}


def in_workshop(path: Path) -> bool:
    where = path.relative_to(CORPUS)
    return where.parts[0] in ("_make", "__pycache__", "make.py", "README.md", ".gitattributes")


def test_kinds_and_types_are_many() -> None:
    kinds = Counter(Path(paper.file).suffix for paper in ALL)
    types = Counter(paper.doctype for paper in ALL)
    assert 40 <= len(ALL) <= 60
    assert all(kinds[suffix] >= least for suffix, least in ((".txt", 12), (".md", 8), (".docx", 10), (".html", 5), (".pdf", 8)))
    assert types.keys() >= {
        "Báo cáo", "Kế hoạch", "Quyết định", "Công văn", "Chỉ thị", "Thông báo", "Tờ trình", "Nghị quyết", "Công điện",
        "Hướng dẫn",
    }  # fmt: skip


def test_two_offices_and_two_years_share_one_number() -> None:
    same = {(paper.office.key, paper.issued and paper.issued[:4]) for paper in ALL if paper.number == "60/QĐ-UBND"}
    assert same == {("bl", "2023"), ("bl", "2024"), ("ct", "2023")}


def test_some_formats_hold_their_difficulties() -> None:
    assert "Ð" in (CORPUS / "huyen-cam-tra/ubnd/05-KH-UBND-2023.txt").read_text(encoding="utf-8")
    assert (CORPUS / "huyen-kim-trach/xa-an-boi/21-UBND-2023.txt").read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")
    assert b"\r\n" in (CORPUS / "huyen-kim-trach/ubnd/02-CT-UBND-2024.txt").read_bytes()
    with zipfile.ZipFile(CORPUS / "tinh-thuan-giang/tinh-uy/19-CT-TU-2022.docx") as package:
        assert b"footnoteReference" in package.read("word/document.xml")


@each_paper()
def test_sources_are_composed_and_dates_are_days(paper: Paper) -> None:
    text, _, _ = gold(paper)
    assert unicodedata.is_normalized("NFC", text)
    assert paper.issued is None or parse_date(re.split(r", (?=ngày)", paper.date_line)[-1]) == paper.issued


@pytest.mark.parametrize("name", PLACES)
def test_places_are_invented(name: str) -> None:
    assert name.casefold() not in {known.casefold() for known in registry.place_names()}
    assert not registry.communes_named(name)


def test_a_word_file_is_the_same_each_time() -> None:
    paper = next(paper for paper in ALL if paper.file.endswith(".docx"))
    assert docx(paper) == docx(paper)


# --- the gold ---------------------------------------------------------------------------------------------------------


@each_paper()
def test_gold_is_what_its_source_makes(paper: Paper) -> None:
    text, expected, _ = gold(paper)
    stored_text, stored = read_gold(paper.stem)
    assert stored_text == text
    assert stored == {"paper": paper.file, **expected}


@each_paper()
def test_gold_cuts_its_text_and_counts_its_parents(paper: Paper) -> None:
    text, stored = read_gold(paper.stem)
    last = (-1, 0)
    for index, citation in enumerate(stored["citations"]):
        assert set(citation) - {"relation_alt"} == FIELDS
        assert text[citation["start"] : citation["end"]] == citation["text"]
        assert last < (citation["start"], -citation["end"])
        assert citation["nested_in"] is None or 0 <= citation["nested_in"] < index
        last = (citation["start"], -citation["end"])


@each_paper()
def test_gold_fields_agree_with_the_words(paper: Paper) -> None:
    text, stored = read_gold(paper.stem)
    for citation in stored["citations"]:
        check_fields(citation, plain(text))


def plain(text: str) -> str:
    """One line, as fields are given: eth mended, no emphasis."""
    return " ".join(text.replace("Ð", "Đ").replace("**", "").split())


def check_fields(citation: dict[str, Any], text: str) -> None:
    words = plain(citation["text"])
    assert citation["doctype"] in {row.name for row in registry.doctypes()}
    assert citation["relation"] in registry.relations()
    assert citation["number"] or citation["name"]
    if citation["number"]:
        assert citation["number"] in re.sub(r"\s+", "", words)
        assert citation["number"].isdigit() or isinstance(parse_number(citation["number"]), DocNumber)
    if citation["name"]:
        assert words.startswith(citation["name"])
    for key in ("issuer", "pinpoint"):
        assert citation[key] is None or citation[key] in text
    if citation["issued"] and "ngày" in words.casefold():
        assert parse_date(re.split(r"(?i)ngày ", words)[-1]) == citation["issued"]


@each_paper()
def test_metadata_stands_in_the_text(paper: Paper) -> None:
    text, stored = read_gold(paper.stem)
    facts, shown = stored["metadata"], plain(text)
    assert facts["title"] in shown
    assert facts["number"] is None or facts["number"] in shown
    assert facts["signer"] is None or facts["signer"] in shown
    assert facts["issuer"].casefold() in shown.casefold() or "bare" in paper.layout  # then the place line completes it


# --- the expected graph -----------------------------------------------------------------------------------------------


def test_expected_links_are_what_the_sources_make() -> None:
    stored = json.loads((GOLD / "links" / "corpus.json").read_text(encoding="utf-8"))
    assert stored == links(ALL)


def test_expected_links_cover_the_three_answers() -> None:
    rows = links(ALL)["links"]
    assert isinstance(rows, list)
    states = Counter(row["state"] for row in rows)
    assert states["resolved"] >= 60 and states["missing"] >= 60 and states["ambiguous"] >= 2


def test_no_paper_is_cited_before_it_was_written() -> None:
    days = {paper.id: paper.issued for paper in ALL if paper.id}
    for paper in ALL:
        _, _, targets = gold(paper)
        for aim in targets:
            day = days.get(str(aim["directive"]))
            assert day is None or paper.issued is None or day <= paper.issued, (paper.file, aim)


def test_papers_that_are_held_are_cited_by_their_own_day() -> None:
    days = {paper.id: paper.issued for paper in ALL if paper.id}
    odd = set()
    for paper in ALL:
        _, expected, targets = gold(paper)
        citations = expected["citations"]
        assert isinstance(citations, list)
        for citation, aim in zip(citations, targets, strict=True):
            day = days.get(str(aim["directive"]))
            if day and citation["issued"] and citation["issued"] != day:
                odd.add((paper.number, citation["number"], citation["issued"]))
    assert odd == {("44/BC-UBND", "03/CĐ-UBND", "2023-09-26")}  # the one slip that is planted


# --- the markup -------------------------------------------------------------------------------------------------------


def test_markup_knows_nesting_and_what_stands_beside() -> None:
    inline = parse("Theo <p khoản 2 Điều 5> {Nghị định số 1/2020/NĐ-CP|refers_to} của <i Chính phủ> sửa đổi {Luật X|amends^}")
    first, second = inline.cites
    assert inline.text == "Theo khoản 2 Điều 5 Nghị định số 1/2020/NĐ-CP của Chính phủ sửa đổi Luật X"
    assert (first.stated, first.depth, second.depth) == ({"p": "khoản 2 Điều 5", "i": "Chính phủ"}, 0, 1)


def test_markup_refuses_an_open_brace() -> None:
    with pytest.raises(ValueError, match="brace"):
        parse("{Luật X")


@pytest.mark.skipif(importlib.util.find_spec("fpdf") is None, reason="fpdf2 makes the PDFs")
def test_missing_font_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus._make.pdf._FONTS", ())
    paper = next(paper for paper in ALL if paper.file.endswith(".pdf"))
    with pytest.raises(FontMissing, match="fonts-noto-core"):
        content(paper)
