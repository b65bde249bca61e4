"""Mentions to directives: whose number it is, which directive, whether held; the same whatever the order."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch import resolver
from docsearch.model import Alias, Citation, Edge, Fact, Link, Mention, Metadata, Office, Span
from docsearch.notation import parse_directive_id
from docsearch.resolver.identity import party_term, read_symbol
from docsearch.resolver.phrases import Part, read_body

CASES = sorted((Path(__file__).parent / "cases" / "resolver").glob("*.json"))
SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def fact(value: str | None) -> Fact | None:
    return Fact(value, None, "test") if value else None


def metadata(**values: Any) -> Metadata:
    listed = tuple(Fact(value, None, "test") for value in values.pop("addressees", ()))
    facts: dict[str, Any] = {key: fact(value) for key, value in values.items()}
    return Metadata(addressees=listed, **facts)


def citation(**values: Any) -> Citation:
    plain: dict[str, Any] = dict.fromkeys(("doctype", "number", "name", "issued", "issuer", "title", "pinpoint", "nested_in"))
    plain |= {"relation": "refers_to", "span": Span(0, 1), "text": "", "kind": "number"}
    return Citation(**(plain | values))


def mention(document: str, index: int, number: str | None, **values: Any) -> Mention:
    plain: dict[str, Any] = dict.fromkeys(("doctype", "name", "issued", "office"))
    return Mention(document=document, index=index, number=number, **(plain | {"how": "stated"} | values))


def settled(mentions: Iterable[Mention]) -> dict[tuple[str, int], Link]:
    return {(link.document, link.index): link for link in resolver.resolve(mentions).links}


def triples(edges: Iterable[Edge]) -> list[list[str | None]]:
    return [[edge.source, edge.relation, edge.target] for edge in edges]


# --- cases ------------------------------------------------------------------------------------------------------------


def read_case(path: Path) -> tuple[Metadata, list[Citation], dict[str, Any]]:
    case = json.loads(path.read_text("utf-8"))
    expected = ("directive", "how", "state")
    cited = [citation(**{key: value for key, value in row.items() if key not in expected}) for row in case["citations"]]
    return metadata(**case["metadata"]), cited, case


def test_there_are_cases() -> None:
    assert len(CASES) >= 12


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.stem))
def test_case(path: Path) -> None:
    own, cited, case = read_case(path)
    mentions = resolver.mentions("paper", own, cited)
    links = settled(mentions)
    assert links["paper", -1].directive == case["own"]
    for index, row in enumerate(case["citations"]):
        link = links["paper", index]
        assert (link.directive, link.reasons) == (row["directive"], link.reasons), row
        assert row.get("how") in (None, mentions[index + 1].how), row
        assert row.get("state") in (None, link.state), row


@pytest.mark.parametrize(
    "path", [path for path in CASES if "edges" in json.loads(path.read_text("utf-8"))], ids=lambda path: path.stem
)
def test_case_gives_its_edges_and_no_others(path: Path) -> None:
    own, cited, case = read_case(path)
    resolution = resolver.resolve(resolver.mentions("paper", own, cited))
    links = {link.index: link for link in resolution.links}
    found = resolver.edges("paper", cited, links, {one.id: one for one in resolution.directives})
    assert triples(found) == case["edges"]


def test_the_sample_report_gets_the_ids_expected() -> None:
    path = SHARED / "gold" / "dev" / "seed-265-BC-UBND.json"
    if not path.exists():
        pytest.skip("the annotated sample report is not here")
    gold = json.loads(path.read_text("utf-8"))
    kept = ("doctype", "number", "name", "issued", "issuer", "relation", "nested_in")
    cited = [citation(**{key: row[key] for key in kept}) for row in gold["citations"]]
    own = metadata(number="265/BC-UBND", issued="2023-06-01", doctype="Báo cáo", issuer="Ủy ban nhân dân huyện", place="Cầu Kè")
    resolution = resolver.resolve(resolver.mentions("paper", own, cited))
    links = {link.index: link for link in resolution.links}
    assert [links[index].directive for index in range(-1, len(cited))] == SAMPLE_IDS
    found = triples(resolver.edges("paper", cited, links, {one.id: one for one in resolution.directives}))
    assert [edge for edge in found if edge[0] != SAMPLE_IDS[0]] == SAMPLE_THIRD_PARTY_EDGES


SAMPLE_IDS = """
265-bc-ubnd-2023@tra-vinh.cau-ke cv-228-snv-tcbctcpcp-2022@tra-vinh 97-kh-ubnd-2022@tra-vinh 1-kh-ubnd-2023@tra-vinh.cau-ke
118-kh-ubnd-2022@tra-vinh.cau-ke 10-kh-ubnd-2023@tra-vinh.cau-ke 38-kh-ubnd-2023@tra-vinh.cau-ke
53-kh-ubnd-2023@tra-vinh.cau-ke 60-qd-ubnd-2023@tra-vinh.cau-ke 2-qd-ubnd-2023@tra-vinh.cau-ke
cv-20-ubnd-th-2023@tra-vinh.cau-ke cv-17-ubnd-th-2023@tra-vinh.cau-ke cv-106-ubnd-th-2023@tra-vinh.cau-ke
cv-132-ubnd-th-2023@tra-vinh.cau-ke cv-150-ubnd-nc-2023@tra-vinh.cau-ke cv-408-ubnd-nc-2023@tra-vinh.cau-ke
28-kh-ubnd-2023@tra-vinh.cau-ke 20-qd-ubnd-2023@tra-vinh 60-qd-ubnd-2023@tra-vinh.cau-ke 108-2020-nd-cp 37-2014-nd-cp
120-2020-nd-cp 108-2014-nd-cp 113-2018-nd-cp 108-2014-nd-cp 143-2020-nd-cp 108-2014-nd-cp 113-2018-nd-cp
cv-293-snv-ccvc-2023@tra-vinh 71-2020-nd-cp 60-2021-nd-cp 16-2021-tt-btttt 20-2021-tt-btttt 9-2013-tt-btttt
22-2021-tt-btttt 91-2020-nd-cp 14-kh-ubnd-2022@tra-vinh 1907-qd-ttg-2020 21-qd-ttg-2021 16-ct-tu-2021@tra-vinh
2203-qd-ubnd-2022@tra-vinh 43-2011-nd-cp 108-2014-nd-cp
""".split()  # noqa: SIM905  a list of 43 strings is four times as long
SAMPLE_THIRD_PARTY_EDGES = [
    ["108-2020-nd-cp", "amends", "37-2014-nd-cp"],
    ["113-2018-nd-cp", "amends", "108-2014-nd-cp"],
    ["143-2020-nd-cp", "amends", "108-2014-nd-cp"],
    ["143-2020-nd-cp", "amends", "113-2018-nd-cp"],
    ["20-2021-tt-btttt", "amends", "9-2013-tt-btttt"],
    ["22-2021-tt-btttt", "guides", "91-2020-nd-cp"],
    ["14-kh-ubnd-2022@tra-vinh", "implements", "1907-qd-ttg-2020"],
    ["14-kh-ubnd-2022@tra-vinh", "implements", "21-qd-ttg-2021"],
]


# --- several papers ---------------------------------------------------------------------------------------------------

CAU_KE = Office(code="ubnd", place="tra-vinh.cau-ke")
TRA_VINH = Office(code="ubnd", place="tra-vinh")
SOMEWHERE = Office(code="ubnd", place=None)


def test_a_cited_paper_that_is_held_is_resolved_and_one_that_is_not_is_missing() -> None:
    cited = mention("a", 0, "60/QĐ-UBND", issued="2023-02-06", office=CAU_KE)
    held = mention("b", -1, "60/QĐ-UBND", issued="2023-02-06", office=CAU_KE)
    assert settled([cited])["a", 0].state == "missing"
    assert settled([cited, held])["a", 0].state == "resolved"


def test_two_offices_with_one_number_are_two_directives() -> None:
    mentions = [mention("a", 0, "60/QĐ-UBND", issued="2023-02-06", office=office) for office in (CAU_KE, TRA_VINH)]
    directives = resolver.resolve([mentions[0], mention("b", 0, "60/QĐ-UBND", issued="2023-02-06", office=TRA_VINH)]).directives
    assert [one.id for one in directives] == ["60-qd-ubnd-2023@tra-vinh", "60-qd-ubnd-2023@tra-vinh.cau-ke"]


def test_another_year_is_another_directive_but_another_day_is_a_slip() -> None:
    dates = ("2020-03-31", "2020-03-30", "2020-03-31", "2026-04-23")
    office = Office(code="thu-tuong", place="")
    found = resolver.resolve(
        [mention(name, 0, "16/CT-TTg", issued=date, office=office) for name, date in zip("abcd", dates, strict=True)]
    )
    assert [(one.id, one.issued) for one in found.directives] == [
        ("16-ct-ttg-2020", "2020-03-31"),
        ("16-ct-ttg-2026", "2026-04-23"),
    ]
    assert found.directives[0].flags == ("date-conflict", "also-dated:2020-03-30")


def test_a_date_conflict_does_not_split_a_number_with_a_year() -> None:
    office = Office(code="chinh-phu", place="")
    dates = ("2013-02-19", "2013-12-19", "2013-02-19")
    found = resolver.resolve(
        [mention(name, 0, "17/2013/NĐ-CP", issued=date, office=office) for name, date in zip("abc", dates, strict=True)]
    )
    assert [(one.id, one.issued) for one in found.directives] == [("17-2013-nd-cp", "2013-02-19")]


def test_the_date_of_a_held_paper_outweighs_what_others_say() -> None:
    office = Office(code="chinh-phu", place="")
    others = [mention(name, 0, "17/2013/NĐ-CP", issued="2013-12-19", office=office) for name in "abc"]
    found = resolver.resolve([*others, mention("d", -1, "17/2013/NĐ-CP", issued="2013-02-19", office=office)])
    assert found.directives[0].issued == "2013-02-19"


def test_numbers_of_the_party_run_through_a_term() -> None:
    office = Office(code="tu", place="tra-vinh")
    dates = ("2021-12-30", "2022-01-03", "2018-05-04")
    found = resolver.resolve(
        [mention(name, 0, "16-CT/TU", issued=date, office=office) for name, date in zip("abc", dates, strict=True)]
    )
    assert [one.id for one in found.directives] == ["16-ct-tu-2018@tra-vinh", "16-ct-tu-2021@tra-vinh"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2016-02-01", "2020-12-31", True),
        ("2015-12-01", "2016-03-01", False),
        ("2021-02-02", "2025-06-01", True),
        ("2010", "2011", False),
    ],
)
def test_terms_of_the_centre(one: str, other: str, same: bool) -> None:
    assert (party_term(one, central=True) == party_term(other, central=True)) is same


def test_a_merged_province_began_its_numbers_again_in_july_2025() -> None:
    office = Office(code="ubnd", place="vinh-long")
    dates = ("2025-02-03", "2025-07-09")
    found = resolver.resolve(
        [mention(name, 0, "10/QĐ-UBND", issued=date, office=office) for name, date in zip("ab", dates, strict=True)]
    )
    assert [one.id for one in found.directives] == ["10-qd-ubnd-2025@vinh-long", "10-qd-ubnd-2025@vinh-long~2"]


def test_without_an_office_the_same_day_is_evidence_and_the_year_is_not() -> None:
    known = mention("a", 0, "60/QĐ-UBND", issued="2023-02-06", office=CAU_KE)
    same_day = mention("b", 0, "60/QĐ-UBND", issued="2023-02-06", office=SOMEWHERE, how="none")
    same_year = mention("c", 0, "60/QĐ-UBND", issued="2023", office=SOMEWHERE, how="none")
    links = settled([known, same_day, same_year])
    assert (links["b", 0].directive, links["b", 0].reasons[-1]) == ("60-qd-ubnd-2023@tra-vinh.cau-ke", "same-day")
    assert (links["c", 0].state, links["c", 0].candidates) == ("ambiguous", ("60-qd-ubnd-2023@tra-vinh.cau-ke",))


def test_a_paper_of_another_province_does_not_mean_a_place_here() -> None:
    known = mention("a", 0, "60/QĐ-UBND", issued="2023-02-06", office=CAU_KE)
    far = mention("b", 0, "60/QĐ-UBND", issued="2023-02-06", office=SOMEWHERE, how="none", near="nghe-an")
    near = mention("c", 0, "60/QĐ-UBND", issued="2023-02-06", office=SOMEWHERE, how="none", near="tra-vinh")
    links = settled([known, far, near])
    assert links["b", 0].candidates == ()
    assert links["c", 0].directive == "60-qd-ubnd-2023@tra-vinh.cau-ke"


def test_two_directives_that_fit_are_both_candidates() -> None:
    office = Office(code="thu-tuong", place="")
    known = [
        mention(name, 0, "06/QĐ-TTg", issued=date, office=office) for name, date in (("a", "2021-01-05"), ("b", "2022-01-06"))
    ]
    undated = mention("c", 0, "06/QĐ-TTg", office=office, said="2023-05-04")
    early = mention("d", 0, "06/QĐ-TTg", office=office, said="2021-05-04")
    links = settled([*known, undated, early])
    assert (links["c", 0].state, links["c", 0].candidates) == ("ambiguous", ("6-qd-ttg-2021", "6-qd-ttg-2022"))
    assert (links["d", 0].directive, links["d", 0].certainty) == ("6-qd-ttg-2021", "medium")


def test_papers_of_an_unknown_office_are_never_merged() -> None:
    held = [mention(name, -1, "60/QĐ-UBND", issued="2023-02-06", office=SOMEWHERE) for name in ("aaaa1111ff", "bbbb2222ff")]
    found = resolver.resolve(held)
    assert [one.id for one in found.directives] == ["60-qd-ubnd-~aaaa1111", "60-qd-ubnd-~bbbb2222"]


def test_a_law_cited_with_name_and_number_tells_the_number_of_the_name() -> None:
    both = mention("a", 0, "301/2031/QH17", doctype="Luật", name="Luật Nghỉ mát", office=Office(code="quoc-hoi", place=""))
    by_name = mention("b", 0, None, doctype="Luật", name="Luật Nghỉ mát", issued="2031", said="2033-01-01")
    assert settled([by_name])["b", 0].directive == "luat-nghi-mat-2031"
    assert settled([by_name, both])["b", 0].directive == "luat-301-2031-qh17"
    assert resolver.block_keys(both) == ("n:301/2031/QH17", "w:luat nghi mat")


def test_a_number_that_the_table_gives_to_another_law_is_doubted() -> None:
    own = metadata(number="5/QĐ-TTg", issued="2025-02-03", issuer="Thủ tướng Chính phủ")
    cited = citation(doctype="Luật", number="17/2020/QH14", name="Luật Bảo vệ môi trường")
    mentions = resolver.mentions("a", own, [cited])
    assert mentions[1].flags == ("name-mismatch",)
    assert settled(mentions)["a", 0].certainty == "low"


POPULAR = metadata(number="5/KH-UBND", issued="2025-02-03", issuer="Ủy ban nhân dân tỉnh Trà Vinh")


@pytest.mark.parametrize(
    ("cited", "directive", "certainty"),
    [
        ({"doctype": "Đề án", "number": "06"}, "6-qd-ttg-2022", "medium"),
        ({"doctype": "Nghị quyết", "number": "57"}, "57-nq-tw-2024", "medium"),
        ({"doctype": "Nghị quyết", "number": "57", "issued": "2023"}, None, "low"),
        ({"doctype": "Nghị quyết", "number": "57", "issuer": "Chính phủ"}, None, "low"),
        ({"doctype": "Nghị quyết", "number": "68"}, None, "low"),
    ],
    ids=["scheme", "resolution", "another year", "another issuer", "not yet issued"],
)
def test_a_popular_name_is_likely_its_paper(cited: dict[str, str], directive: str | None, certainty: str) -> None:
    link = settled(resolver.mentions("a", POPULAR, [citation(**cited)]))["a", 0]
    assert (link.directive, link.certainty) == (directive, certainty)


def test_a_full_form_in_the_document_outweighs_a_popular_name() -> None:
    cited = [citation(doctype="Nghị quyết", number="57/NQ-HĐND", issued="2023-05-04", issuer="HĐND tỉnh")]
    links = settled(resolver.mentions("a", POPULAR, [*cited, citation(doctype="Nghị quyết", number="57")]))
    assert links["a", 1].directive == "57-nq-hdnd-2023@tra-vinh"


# --- phrases and symbols ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "code", "parts"),
    [
        ("Chủ tịch UBND huyện Cầu Kè, tỉnh Trà Vinh", "ubnd", (Part("huyen", "cau ke"), Part("tinh", "tra vinh"))),
        ("UBND huyện Tịnh Biên", "ubnd", (Part("huyen", "tinh bien"),)),
        ("Thành phố", "", (Part("thanh-pho", ""),)),
        ("Bộ", "bo", ()),
        ("Thống đốc", "nhnn", ()),
        ("Bộ trưởng Bộ Tài chính và Bộ trưởng Bộ Nội vụ", "btc", ()),
        ("Trưởng Ban Chỉ đạo phòng, chống lụt bão huyện", "ban-chi-dao-phong-chong-lut-bao", (Part("huyen", ""),)),
        ("Ban Pháp chế Hội đồng nhân dân tỉnh", "bpc", (Part("tinh", ""),)),
        ("uy ban nhan dan TINH TRA VINH", "ubnd", (Part("tinh", "tra vinh"),)),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH THỪA THIÊN HUẾ KHÓA VII", "hdnd", (Part("tinh", "thua thien hue"),)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_phrase_is_read(phrase: str, code: str, parts: tuple[Part, ...]) -> None:
    body = read_body(phrase)
    assert (body.code, body.parts) == (code, parts)


@given(st.text(max_size=60))
def test_any_phrase_is_read(phrase: str) -> None:
    read_body(phrase)


@pytest.mark.parametrize(
    ("number", "slug", "series"),
    [
        ("5563/CT-CS", "5563-ct-cs", "yearly"),
        ("16/CT-TTg", "16-ct-ttg", "yearly"),
        ("26/NQ-TW", "26-nq-tw", "party"),
        ("16/2021/TT-LĐTBXH", "16-2021-tt-bldtbxh", "normative"),
        ("1498/SNV-TCBM&BC", "1498-snv-tcbmbc", "yearly"),
        ("427/BC-UBPLTP15", "427-bc-ubpltp15", "term"),
        ("11268/SNNMT-KL", "11268-snnmt-kl", "yearly"),
    ],
)
def test_a_symbol_is_taken_apart(number: str, slug: str, series: str) -> None:
    symbol = read_symbol(number)
    assert symbol is not None
    assert (symbol.slug, symbol.series) == (slug, series)


# --- order ------------------------------------------------------------------------------------------------------------

OFFICES = [None, SOMEWHERE, CAU_KE, TRA_VINH, Office(code="ubnd", place="vinh-long")]
DATES = [None, "2023", "2023-02-06", "2023-02-07", "2022-05-04", "2025-02-03", "2025-08-04", "2025"]
NUMBERED = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["60/QĐ-UBND", "060/QĐ-UBND", "61/2023/QĐ-UBND", "09/2026/QH16"]),
        "office": st.sampled_from(OFFICES),
        "issued": st.sampled_from(DATES),
        "near": st.sampled_from([None, "", "tra-vinh", "tra-vinh.cau-ke", "nghe-an"]),
        "said": st.sampled_from([None, "2023-06-01", "2026-01-01"]),
        "doctype": st.sampled_from([None, "Luật", "Nghị quyết", "Quyết định"]),
    }
)
NAMED = st.fixed_dictionaries(
    {
        "number": st.sampled_from([None, "31/2024/QH15", "32/2024/QH15", "13/2003/QH11"]),
        "issued": st.sampled_from([None, "2024", "2024-01-18", "2003"]),
        "said": st.sampled_from([None, "2010-01-01", "2024-06-01", "2026-06-01"]),
        "doctype": st.just("Luật"),
        "name": st.just("Luật Nghỉ mát"),
    }
)
PAPERS = st.lists(st.lists(st.one_of(NUMBERED, NAMED), min_size=1, max_size=4), min_size=1, max_size=6)


def papers(rows: Sequence[Sequence[Mapping[str, Any]]]) -> list[list[Mention]]:
    return [
        [mention(f"{at:02}aaaaaa{at:02}", index - 1, **row) for index, row in enumerate(paper)] for at, paper in enumerate(rows)
    ]


@given(PAPERS, st.randoms(use_true_random=False))
def test_the_order_of_mentions_does_not_matter(rows: list[list[dict[str, Any]]], chance: random.Random) -> None:
    mentions = [one for paper in papers(rows) for one in paper]
    expected = resolver.resolve(mentions)
    chance.shuffle(mentions)
    assert resolver.resolve(mentions) == expected


@given(PAPERS, st.randoms(use_true_random=False))
def test_papers_that_come_and_go_one_by_one_give_the_same_graph(rows: list[list[dict[str, Any]]], chance: random.Random) -> None:
    """The way of an archive: only the blocks of what changed are resolved again."""
    every = papers(rows)
    kept = [paper for paper in every if chance.random() < 0.7]
    steps = [(paper, True) for paper in every] + [(paper, False) for paper in every if paper not in kept]
    chance.shuffle(steps)
    blocks: dict[str, set[Mention]] = {}
    answers: dict[str, resolver.Resolution] = {}
    for paper, comes in sorted(steps, key=lambda step: not step[1]):
        keys = {key: None for one in paper for key in resolver.block_keys(one)}
        for key in keys:
            theirs = {one for one in paper if key in resolver.block_keys(one)}
            blocks[key] = blocks.get(key, set()) | theirs if comes else blocks[key] - theirs
            answers[key] = resolver.resolve_block(key, blocks[key]) if blocks[key] else resolver.Resolution((), ())
    expected = resolver.resolve(one for paper in kept for one in paper)
    links = sorted((link for answer in answers.values() for link in answer.links), key=lambda link: (link.document, link.index))
    assert tuple(links) == expected.links
    assert {one for answer in answers.values() for one in answer.directives} == set(expected.directives)


@given(PAPERS)
def test_every_mention_has_one_link_and_every_directive_one_block(rows: list[list[dict[str, Any]]]) -> None:
    mentions = [one for paper in papers(rows) for one in paper]
    found = resolver.resolve(mentions)
    assert [(link.document, link.index) for link in found.links] == sorted((one.document, one.index) for one in mentions)
    ids = [one.id for one in found.directives]
    assert len(ids) == len(set(ids))
    assert {link.directive for link in found.links if link.directive} <= set(ids)
    assert all(str(parse_directive_id(identity)) == identity for identity in ids)


@given(PAPERS)
def test_a_link_is_resolved_only_where_a_paper_is_held(rows: list[list[dict[str, Any]]]) -> None:
    found = resolver.resolve(one for paper in papers(rows) for one in paper)
    held = {one.id for one in found.directives if one.documents}
    for link in found.links:
        assert (link.state == "resolved") == (link.directive in held)
        assert link.state != "ambiguous" or link.directive is None


# --- places that no table has -----------------------------------------------------------------------------------------


def plan(document: str, index: int, place: str, **values: Any) -> Mention:
    return mention(document, index, "12/KH-UBND", office=Office(code="ubnd", place=place), issued="2023-01-10", **values)


def test_a_district_without_province_is_the_only_like_named_one_of_its_block() -> None:
    links = settled([plan("a", -1, "huyen-lam-khe"), plan("b", 0, "thuan-giang.lam-khe")])
    assert {link.directive for link in links.values()} == {"12-kh-ubnd-2023@thuan-giang.lam-khe"}


def test_a_district_without_province_stays_alone_beside_two_of_its_name() -> None:
    links = settled([plan("a", -1, "huyen-lam-khe"), plan("b", 0, "thuan-giang.lam-khe"), plan("c", 0, "que-son.lam-khe")])
    assert links["a", -1].directive == "12-kh-ubnd-2023@huyen-lam-khe"


def test_a_district_is_never_a_province_of_its_name() -> None:
    links = settled([plan("a", -1, "huyen-lam-khe"), plan("b", 0, "lam-khe")])
    assert links["a", -1].directive != links["b", 0].directive


def test_a_guessed_place_gives_way_to_the_paper_of_that_day() -> None:
    links = settled([plan("a", -1, "thuan-giang.cam-tra.loc-tra"), plan("b", 0, "thuan-giang", how="own-place")])
    assert links["b", 0].directive == links["a", -1].directive


def test_what_an_act_does_to_the_one_before_it_is_a_second_edge() -> None:
    cited = [
        citation(doctype="Nghị định", number="108/2014/NĐ-CP", relation="based_on"),
        citation(doctype="Nghị định", number="143/2020/NĐ-CP", relation="based_on", passive=True, flags=("acts:amends",)),
        citation(doctype="Nghị định", number="9/2021/NĐ-CP", relation="refers_to", flags=("suspends",)),
    ]
    resolution = resolver.resolve(resolver.mentions("paper", metadata(number="1/2023/NĐ-CP", issued="2023-01-01"), cited))
    links = {link.index: link for link in resolution.links}
    found = triples(resolver.edges("paper", cited, links, {one.id: one for one in resolution.directives}))
    own = "1-2023-nd-cp"
    assert found == [
        [own, "based_on", "108-2014-nd-cp"],
        [own, "based_on", "143-2020-nd-cp"],
        ["143-2020-nd-cp", "amends", "108-2014-nd-cp"],
        [own, "suspends", "9-2021-nd-cp"],
    ]


@pytest.mark.parametrize(
    ("number", "changed", "possible"),
    [
        ("40/2025/TT-BTC", "126/2020/NĐ-CP", False),
        ("242/2025/NĐ-CP", "93/2025/QH15", False),
        ("1/2025/NĐ-CP", "126/2020/NĐ-CP", True),
        ("1/2025/NĐ-CP", "40/2020/TT-BTC", True),
    ],
)
def test_an_act_changes_none_of_a_higher_body(number: str, changed: str, possible: bool) -> None:
    cited = [citation(doctype="Luật" if "QH" in changed else None, number=changed, relation="amends")]
    resolution = resolver.resolve(resolver.mentions("paper", metadata(number=number, issued="2025-11-01"), cited))
    links = {link.index: link for link in resolution.links}
    found = resolver.edges("paper", cited, links, {one.id: one for one in resolution.directives})
    assert bool(found) == possible


# --- laws named without their year ---


def law_cited(name: str, number: str | None = None, **more: Any) -> Citation:
    return citation(doctype="Luật", name=name, number=number, kind="number" if number else "name", **more)


DECREE = metadata(number="8/2033/NĐ-CP", issued="2033-05-01", doctype="Nghị định", issuer="Chính phủ")
NEW, OLD = law_cited("Luật Nghỉ mát", "301/2031/QH17", relation="based_on"), law_cited("Luật Nghỉ mát", "12/2009/QH12")


def test_a_law_in_the_title_of_an_old_paper_is_not_one_of_later_years() -> None:
    old = citation(doctype="Thông tư", number="3/2017/TT-BCT", issued="2017-03-01")
    links = settled(resolver.mentions("a", DECREE, [NEW, old, law_cited("Luật Nghỉ mát", nested_in=1)]))
    assert links["a", 2].directive is None and "luat-301-2031-qh17" not in links["a", 2].candidates


def test_of_two_laws_of_one_name_the_basis_is_meant_but_not_surely() -> None:
    links = settled(resolver.mentions("a", DECREE, [NEW, OLD, law_cited("Luật Nghỉ mát")]))
    assert (links["a", 2].directive, links["a", 2].certainty) == ("luat-301-2031-qh17", "medium")


def test_of_two_laws_of_one_name_none_is_meant_where_both_or_none_is_the_basis() -> None:
    for relation in ("based_on", "refers_to"):
        both = [law_cited("Luật Nghỉ mát", n, relation=relation) for n in ("301/2032/QH17", "12/2009/QH12")]
        link = settled(resolver.mentions("a", DECREE, [*both, law_cited("Luật Nghỉ mát")]))["a", 2]
        assert link.directive is None and set(link.candidates) == {"luat-301-2032-qh17", "luat-12-2009-qh12"}


def test_a_short_name_that_the_paper_defines_means_what_it_stands_for() -> None:
    cited = [law_cited("Luật Nghỉ mát theo phương thức mới", "301/2031/QH17"), law_cited("Luật NMM")]
    mentions = resolver.mentions("a", DECREE, cited, [Alias(Span(0, 8), "Luật NMM", 0)])
    link = settled(mentions)["a", 1]
    assert (link.directive, link.state) == ("luat-301-2031-qh17", "missing")
    assert [d.name for d in resolver.resolve(mentions).directives if d.id == link.directive] == [
        "Luật Nghỉ mát theo phương thức mới"
    ]


def test_a_short_name_of_a_law_whose_number_stands_in_the_basis() -> None:
    cited = [NEW, law_cited("Luật Nghỉ mát"), law_cited("Luật NM")]
    mentions = resolver.mentions("a", DECREE, cited, [Alias(Span(0, 7), "Luật NM", 1)])
    assert settled(mentions)["a", 2].directive == "luat-301-2031-qh17"


def test_a_law_with_a_long_name_and_no_number_has_an_id_that_can_be_typed() -> None:
    names = [f"Luật sửa đổi, bổ sung một số điều của Luật Nghỉ mát, Luật Tắm biển, Luật Leo núi, Luật {last}" for last in "AB"]
    ids = [settled(resolver.mentions("a", DECREE, [law_cited(name, issued="2032")]))["a", 0].directive or "" for name in names]
    assert len(set(ids)) == 2 and all(len(id) <= 80 and parse_directive_id(id).year == 2032 for id in ids)


# --- names ------------------------------------------------------------------------------------------------------------


def named(*mentions: Mention) -> list[str | None]:
    return [directive.name for directive in resolver.resolve(mentions).directives]


def law(document: str, index: int, name: str, number: str = "301/2031/QH17") -> Mention:
    return mention(document, index, number, doctype="Luật", name=name, office=Office(code="quoc-hoi", place=""))


def test_a_law_printed_in_capitals_is_named_as_those_who_cite_it_name_it() -> None:
    own, cited = law("a", -1, "Luật NGHỈ MÁT Ở CÔN ĐẢO"), law("b", 0, "Luật Nghỉ mát ở Côn Đảo")
    assert named(own, cited) == named(cited, own) == ["Luật Nghỉ mát ở Côn Đảo"]


def test_a_law_printed_in_capitals_is_named_as_the_table_names_it() -> None:
    assert named(law("a", -1, "Luật TỔ CHỨC CHÍNH QUYỀN ĐỊA PHƯƠNG", "72/2025/QH15")) == ["Luật Tổ chức chính quyền địa phương"]


def test_a_law_in_capitals_that_nobody_cites_gets_one_capital() -> None:
    assert named(law("a", -1, "Luật NGHỈ MÁT, TẮM BIỂN")) == ["Luật Nghỉ mát, tắm biển"]


def test_what_others_call_a_law_in_passing_is_not_its_title() -> None:
    cited = mention("b", 0, "301/2031/QH17", doctype="Luật", name="Luật Nghỉ mát", title="luật sửa đổi, bổ sung")
    assert [directive.title for directive in resolver.resolve([cited]).directives] == [None]


def test_a_name_in_small_letters_stays_as_its_own_paper_writes_it() -> None:
    assert named(law("a", -1, "Luật nghỉ mát"), law("b", 0, "Luật Nghỉ Mát")) == ["Luật nghỉ mát"]
