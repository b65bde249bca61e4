"""The contract of every engine: the same hits, counts, facets and orders, held against a plain reading of the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import OFFICES, PAPERS, SENTENCES, ask, bare, fits

from docsearch.engines import ENGINES, Engine, form, open_engine
from docsearch.engines.build import bounded_slop, spreads
from docsearch.model import And, Entry, Fuzzy, Node, Not, Number, OneOf, Or, Phrase, Prefix, Query, Range, Term
from docsearch.vietnamese import words

# --- the engines ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    """Every engine with the sixty papers, written in three commits, some papers twice and some taken out again."""
    engines = {}
    for name in ENGINES:
        engine = open_engine(name, tmp_path_factory.mktemp("index") / name)
        engine.replace(PAPERS[:30])
        engine.commit(1)
        engine.replace([*PAPERS[20:50], PAPERS[40]])
        engine.commit(2)
        engine.replace(PAPERS[45:])
        engine.remove([PAPERS[59].document])
        engine.commit(3)
        engine.replace(PAPERS[59:])
        engine.commit(4)
        engines[name] = engine
    yield engines
    for engine in engines.values():
        engine.close()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(request.param, tmp_path / "index")
    yield opened
    opened.close()


WORDS = st.sampled_from(sorted({word for sentence in SENTENCES for word in words(sentence)} | {"hòa", "uy", "xyz", "Hải", "Hoà"}))
MATCHES = st.sampled_from(("exact", "folded"))
TEXT_FIELDS = st.sampled_from((None, None, None, "title", "headings", "issuer", "signer", "body"))
LEAVES = st.one_of(
    st.builds(Term, WORDS, MATCHES, TEXT_FIELDS),
    st.builds(Phrase, st.lists(WORDS, min_size=2, max_size=3).map(tuple), MATCHES, TEXT_FIELDS, st.integers(0, 4)),
    st.sampled_from(SENTENCES).flatmap(
        lambda sentence: st.tuples(st.integers(0, 4), st.integers(2, 5), st.integers(0, 3)).map(
            lambda cut: Phrase(tuple(words(sentence)[cut[0] : cut[0] + cut[1] : 1 + cut[2] % 2]), "exact", None, cut[2])
        )
    ),
    st.builds(Prefix, WORDS.map(lambda word: word[:2]), MATCHES, TEXT_FIELDS),
    st.builds(Fuzzy, WORDS, MATCHES, TEXT_FIELDS, st.integers(1, 2)),
    st.builds(
        Number,
        st.sampled_from(("108/2014/ND-CP", "108/2014", "1/KH-UBND", "2/QD-UBND", "3/2022", "9/XX")),
        st.just(""),
        st.sampled_from((None, "number", "cites", "based_on")),
    ),
    st.builds(OneOf, st.just("doctype"), st.sampled_from((("ke hoach",), ("Quyết định", "BÁO CÁO"), ()))),
    st.builds(OneOf, st.just("issuer"), st.sampled_from(((OFFICES[0],), (OFFICES[1], OFFICES[2])))),
    st.builds(OneOf, st.just("status"), st.just(("expired",))),
    st.builds(OneOf, st.just("year"), st.sampled_from((("2022",), ("2021", "2023"), ("x",)))),
    st.builds(OneOf, st.just("document"), st.sampled_from(((PAPERS[3].document, PAPERS[7].document), ("none",)))),
    st.builds(Range, st.just("year"), st.sampled_from((None, "2022")), st.sampled_from((None, "2022"))).filter(
        lambda r: r.low or r.high
    ),
    st.builds(
        Range,
        st.just("issued"),
        st.sampled_from((None, "2021-05", "2022", "2023-03-15")),
        st.sampled_from((None, "2022-04-30", "2023")),
    ).filter(lambda r: r.low or r.high),
)
NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: And(tuple(parts))),
        inner.map(lambda part: And((Not(part),))),
        st.tuples(inner, inner).map(lambda pair: And((pair[0], Not(pair[1])))),
    ),
    max_leaves=5,
)
FACETS = ("doctype", "issuer", "level", "status", "year")


def counted(papers: Sequence[Entry], facet: str) -> dict[str, int]:
    return dict(Counter(str(value) for paper in papers if (value := getattr(paper, facet))))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(node=NODES, filters=st.none() | LEAVES)
def test_every_engine_finds_and_counts_what_a_plain_reading_finds(
    filled: dict[str, Engine], node: Node, filters: Node | None
) -> None:
    wanted = [paper for paper in PAPERS if fits(paper, node) and fits(paper, filters)]
    for name, engine in filled.items():
        found = engine.search(Query(typed="", node=node, match="exact"), filters, limit=100, facets=FACETS)
        assert {row.document for row in found.rows} == {paper.document for paper in wanted}, name
        assert len(found.rows) == found.total == len(wanted), name
        assert {facet: dict(counts) for facet, counts in found.facets.items()} == {
            facet: counted(wanted, facet) for facet in FACETS
        }


@pytest.mark.parametrize("sort", ["date", "-date", "number"])
def test_every_engine_sorts_alike(filled: dict[str, Engine], sort: str) -> None:
    orders = {name: ask(engine, None, sort=sort) for name, engine in filled.items()}
    assert len({tuple(order) for order in orders.values()}) == 1
    papers = {paper.document: paper for paper in PAPERS}
    order = [papers[document] for document in orders[ENGINES[0]]]
    if sort == "number":
        ordinals = [int(paper.number.split("/")[0]) if paper.number else 99 for paper in order]
        assert ordinals == sorted(ordinals)
    else:
        dated = [form.first_day(paper.issued) for paper in order if paper.issued]
        assert dated == sorted(dated, reverse=sort == "-date")
        assert all(not paper.issued for paper in order[len(dated) :])


def test_the_order_does_not_depend_on_the_order_of_writing(tmp_path: Path) -> None:
    orders = []
    for name in ENGINES:
        for turn, papers in enumerate((PAPERS, PAPERS[::-1])):
            engine = open_engine(name, tmp_path / f"{name}{turn}")
            engine.replace(papers)
            engine.commit(1)
            orders.append(tuple(tuple(ask(engine, None, sort=sort)) for sort in ("date", "-date", "number")))
            engine.close()
    assert len(set(orders)) == 1


def test_pages_cut_the_whole_answer(filled: dict[str, Engine]) -> None:
    for name, engine in filled.items():
        whole = ask(engine, Term("hành", "exact"))
        pages = [
            document for offset in range(0, 60, 7) for document in ask(engine, Term("hành", "exact"), limit=7, offset=offset)
        ]
        assert pages == whole, name
        assert ask(engine, None, limit=5, offset=10**15) == []
        assert len(ask(engine, None, limit=10**15)) == 60
        assert engine.search(Query(typed="", node=None, match="exact"), limit=0).total == 60


def test_facets_come_most_frequent_first(filled: dict[str, Engine]) -> None:
    for engine in filled.values():
        counts = list(engine.search(Query(typed="", node=None, match="exact"), facets=("doctype",)).facets["doctype"].values())
        assert counts == sorted(counts, reverse=True)


# --- ranking ----------------------------------------------------------------------------------------------------------


def test_number_ranks_above_citing_above_title_above_body(engine: Engine) -> None:
    filler = "một hai ba bốn năm sáu bảy tám"
    engine.replace(
        [
            bare("body", body=f"hạn hán {filler}"),
            bare("title", body=filler, title="hạn hán"),
            bare("cites", body=f"hạn hán {filler}", cites=("5/KH-UBND",)),
            bare("number", body=filler, title="hạn hán", numbers=("5/KH-UBND",)),
            *(bare(f"other{index}", body=filler) for index in range(20)),
        ]
    )
    engine.commit(1)
    both = Or((Number("5/KH-UBND", ""), And((Term("hạn", "exact"), Term("hán", "exact")))))
    assert ask(engine, both) == ["number", "cites", "title", "body"]


def test_filters_do_not_score(engine: Engine) -> None:
    engine.replace(
        [bare("a", body="lúa lúa lúa gạo"), bare("b", body="lúa gạo gạo gạo", doctype="Kế hoạch"), bare("c", body="lúa")]
    )
    engine.commit(1)
    query = Query(typed="", node=Term("lúa", "exact"), match="exact")
    alone = {row.document: row.score for row in engine.search(query).rows}
    kept = engine.search(query, Term("gạo", "exact")).rows
    assert [row.document for row in kept] == ["a", "b"]
    for row in kept:
        assert row.score == pytest.approx(alone[row.document])


# --- phrases ----------------------------------------------------------------------------------------------------------


@given(st.integers(2, 30), st.integers(0, 10**6))
def test_slop_is_bounded_so_that_a_phrase_stays_payable(length: int, slop: int) -> None:
    bounded = bounded_slop(length, slop)
    assert 0 <= bounded <= slop
    assert len(spreads(length, bounded)) <= 300


def test_frequency_counts_documents_with_and_without_marks(engine: Engine) -> None:
    papers = [bare("a", body="Từ chối hồ sơ, từ nay"), bare("b", body="tự kiểm tra"), bare("c", body="Kế hoạch")]
    engine.replace(papers)
    engine.commit(1)
    assert engine.frequency("body", "Từ", "exact") == 1
    assert engine.frequency("body", "từ", "folded") == 2
    assert engine.frequency("body", "không", "exact") == 0
    assert engine.frequency("title", "từ", "folded") == 0


@pytest.mark.parametrize(
    ("node", "wanted"),
    [
        (Term("lam", field="place"), ["a"]),
        (Term("nội", "exact", "addressees"), ["b"]),
        (OneOf("urgency", ("hỏa tốc",)), ["b"]),
        (OneOf("secrecy", ("MẬT",)), ["a"]),
    ],
    ids=["place", "addressees", "urgency", "secrecy"],
)
def test_the_letterhead_is_searched_by_its_parts(engine: Engine, node: Node, wanted: list[str]) -> None:
    one = replace(bare("a", body="x"), place="Lâm Khê", secrecy="Mật")
    engine.replace([one, replace(bare("b", body="y"), addressees="Sở Nội vụ", urgency="Hỏa tốc")])
    engine.commit(1)
    assert ask(engine, node) == wanted
