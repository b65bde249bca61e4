"""The contract of every engine: the same hits, counts, facets and orders, held against a plain reading of the documents."""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsearch.engines import ENGINES, Engine, form, open_engine
from docsearch.engines.build import bounded_slop, spreads
from docsearch.errors import EngineError, IndexDamaged, VersionMismatch
from docsearch.model import And, Entry, Fuzzy, Match, Node, Not, Number, OneOf, Or, Phrase, Prefix, Query, Range, Term
from docsearch.snippet import within
from docsearch.vietnamese import exact_key, folded_key, words

# --- sixty papers of offices that do not exist -------------------------------------------------------------------------

TYPES = {"KH": "Kế hoạch", "QĐ": "Quyết định", "BC": "Báo cáo", "TB": "Thông báo"}
OFFICES = ("Ủy ban nhân dân huyện Sông Lục", "Ủy ban nhân dân tỉnh Hải Lăng", "Sở Nội vụ tỉnh Hải Lăng", "")
SENTENCES = (
    "Ủy ban nhân dân huyện ban hành kế hoạch cải cách hành chính",
    "uỷ quyền cho Trưởng phòng ký thay các văn bản",
    "hoà giải ở cơ sở, hòa nhập cộng đồng",
    "tự kiểm tra, tư vấn và từ chối hồ sơ",
    "chuyển đổi số trong quản lý đất đai",
    "cai cach hanh chinh",
    "Căn cứ Nghị định số 108/2014/NĐ-CP của Chính phủ",
    "thủ tục hành chính công khai, minh bạch",
    "quý III năm 2023, quỹ tiền lương",
    "Điều 5a. Trách nhiệm thi hành",
)


def _paper(index: int) -> Entry:
    dice = random.Random(index)
    symbol, office = dice.choice(list(TYPES)), dice.choice(OFFICES)
    year = dice.choice((2021, 2022, 2023, None))
    issued = "" if year is None else dice.choice((f"{year}", f"{year}-0{dice.randint(1, 9)}", f"{year}-0{dice.randint(1, 9)}-15"))
    number = f"{dice.randint(1, 12)}/{symbol}-UBND".replace("Đ", "D") if dice.random() < 0.8 else ""
    return Entry(
        document=f"{index * 2654435761 % 2**32:08x}{index:056x}",
        title=dice.choice(SENTENCES) if dice.random() < 0.7 else "",
        headings=dice.choice(SENTENCES) if dice.random() < 0.5 else "",
        body="\n".join(dice.choices(SENTENCES, k=dice.randint(0, 6))),
        number=number,
        numbers=(number,) if number else (),
        cites=tuple({dice.choice(("108/2014/ND-CP", "1/KH-UBND", "based_on:2/QD-UBND", "2/QD-UBND")) for _ in range(2)}),
        doctype=TYPES[symbol] if number else "",
        issuer=office,
        level="district" if "huyện" in office else "",
        year=year,
        issued=issued,
        status=dice.choice(("", "in_force", "expired")),
        signer=dice.choice(("", "Nguyễn Văn Hoà", "Trần Thị Quý")),
    )


PAPERS = tuple(_paper(index) for index in range(60))

# --- a plain reading of a query ---------------------------------------------------------------------------------------


def keys(text: str, match: Match) -> list[str]:
    return [(exact_key if match == "exact" else folded_key)(word) for word in words(text)]


def keys_of(paper: Entry, field: str | None, match: Match) -> list[str]:
    """The keys of a field; the body begins with the title and something that is no word."""
    if field in (None, "body"):
        return [*keys(paper.title, match), *([form.BARRIER] if words(paper.title) else []), *keys(paper.body, match)]
    return keys(getattr(paper, field), match)


def stands(paper: Entry, node: Term | Phrase | Prefix | Fuzzy) -> bool:
    typed = node.words if isinstance(node, Phrase) else (node.word,)
    wanted = [key for word in typed for key in keys(word, node.match)]
    return not wanted or stands_in(keys_of(paper, node.field, node.match), wanted, node)


def stands_in(found: list[str], wanted: list[str], node: Node) -> bool:
    match node:
        case Prefix():
            return any(key.startswith(wanted[0]) for key in found)
        case Fuzzy():
            return any(within(wanted[0], key, node.distance) for key in found)
        case _:
            slop = bounded_slop(len(wanted), node.slop) if isinstance(node, Phrase) and len(wanted) > 1 else 0
            return any(
                [found[at + step] for step in way] == wanted
                for way in spreads(len(wanted), slop)
                for at in range(len(found) - way[-1])
            )


def bears(paper: Entry, node: Number) -> bool:
    own = set(paper.numbers) | {f"{key.split('/')[0]}/{paper.year}" for key in paper.numbers}
    cited = set(paper.cites) | {"108/2014" for key in paper.cites if key == "108/2014/ND-CP"}
    key = node.key if node.field in (None, "cites", "number") else f"{node.field}:{node.key}"
    return (node.field in (None, "number") and key in own) or (node.field != "number" and key in cited)


def earliest(iso: str) -> str:
    return iso + "-00-00"[len(iso) - 4 :]


def latest(iso: str) -> str:
    return iso + "-99-99"[len(iso) - 4 :]


def fits(paper: Entry, node: Node | None) -> bool:  # noqa: PLR0911  one line a kind of node
    match node:
        case None:
            return True
        case And():
            return all(fits(paper, part) for part in node.parts)
        case Or():
            return any(fits(paper, part) for part in node.parts)
        case Not():
            return not fits(paper, node.part)
        case Number():
            return bears(paper, node)
        case OneOf(field="year"):
            return str(paper.year) in node.values
        case OneOf(field="document"):
            return paper.document in node.values
        case OneOf():
            value = getattr(paper, node.field)
            return bool(value) and keys(value, "folded") in [keys(wanted, "folded") for wanted in node.values]
        case Range(field="year"):
            return paper.year is not None and (node.low or "0") <= str(paper.year) <= (node.high or "9")
        case Range():
            low, high = earliest(node.low or "0000"), latest(node.high or "9999")
            return bool(paper.issued) and latest(paper.issued) >= low and earliest(paper.issued) <= high
        case _:
            return stands(paper, node)


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


def ask(engine: Engine, node: Node | None, **more: object) -> list[str]:
    found = engine.search(Query(typed="", node=node, match="exact"), **({"limit": 100} | more))  # type: ignore[arg-type]
    return [row.document for row in found.rows]


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


def bare(document: str, **more: object) -> Entry:
    empty: dict[str, object] = dict.fromkeys(("title", "headings", "body", "number", "doctype", "issuer", "level", "issued"), "")
    return Entry(**(empty | {"document": document, "numbers": (), "cites": (), "year": None} | more))  # type: ignore[arg-type]


def test_number_ranks_above_citing_above_title_above_headings_above_body(engine: Engine) -> None:
    filler = "một hai ba bốn năm sáu bảy tám"
    engine.replace(
        [
            bare("body", body=f"hạn hán {filler}"),
            bare("headings", body=f"hạn hán {filler}", headings="hạn hán"),
            bare("title", body=filler, title="hạn hán"),
            bare("cites", body=f"hạn hán {filler}", cites=("5/KH-UBND",)),
            bare("number", body=filler, title="hạn hán", numbers=("5/KH-UBND",)),
            *(bare(f"other{index}", body=filler) for index in range(20)),
        ]
    )
    engine.commit(1)
    both = Or((Number("5/KH-UBND", ""), And((Term("hạn", "exact"), Term("hán", "exact")))))
    assert ask(engine, both) == ["number", "cites", "title", "headings", "body"]


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


# --- writing ----------------------------------------------------------------------------------------------------------


def test_nothing_is_seen_before_the_commit(engine: Engine) -> None:
    engine.replace(PAPERS[:3])
    assert list(engine.documents()) == []
    assert engine.generation() == 0
    engine.commit(7)
    assert sorted(engine.documents()) == sorted(paper.document for paper in PAPERS[:3])
    assert engine.generation() == 7


def test_replacing_twice_in_one_commit_keeps_the_last(engine: Engine) -> None:
    engine.replace([bare("x", body="một"), bare("x", body="hai")])
    engine.replace([bare("x", body="ba")])
    engine.commit(1)
    assert (ask(engine, Term("hai", "exact")), ask(engine, Term("ba", "exact"))) == ([], ["x"])
    assert list(engine.documents()) == ["x"]


def test_removing_takes_back_what_was_put_before(engine: Engine) -> None:
    engine.replace([bare("x", body="một"), bare("y", body="một")])
    engine.remove(["x", "not there"])
    engine.commit(1)
    assert ask(engine, None) == ["y"]
    engine.remove(["y"])
    engine.replace([bare("y", body="hai")])
    engine.commit(2)
    assert ask(engine, Term("hai", "exact")) == ["y"]


def test_uncommitted_changes_are_lost_on_close(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    engine.replace([bare("x")])
    engine.commit(1)
    engine.replace([bare("y")])
    engine.close()
    again = open_engine(request.node.callspec.params["engine"], tmp_path / "index")
    assert list(again.documents()) == ["x"]
    again.close()


def test_a_reader_sees_each_commit_and_cannot_write(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    engine.replace(PAPERS[:10])
    engine.commit(1)
    reader = open_engine(request.node.callspec.params["engine"], tmp_path / "index", read_only=True)
    for generation in range(2, 6):
        engine.replace(PAPERS[: generation * 5])
        engine.remove([PAPERS[generation].document])
        engine.commit(generation)
        assert reader.generation() == generation
        assert len(ask(reader, None)) == len(list(reader.documents())) == len(ask(engine, None))
    with pytest.raises(EngineError, match="reading"):
        reader.replace(PAPERS[:1])
    with pytest.raises(EngineError, match="reading"):
        reader.remove(["x"])
    with pytest.raises(EngineError, match="reading"):
        reader.commit(9)
    reader.close()


def test_changing_the_same_papers_again_and_again_does_not_grow_the_index(engine: Engine, tmp_path: Path) -> None:
    engine.replace(PAPERS)
    engine.commit(1)
    once = size(tmp_path / "index")
    for generation in range(2, 42):
        engine.replace(PAPERS[generation : generation + 12])
        engine.commit(generation)
    engine.close()
    assert size(tmp_path / "index") < 3 * once + 200_000


@pytest.mark.parametrize("name", ENGINES)
def test_one_change_a_run_does_not_pile_up_segments(name: str, tmp_path: Path) -> None:
    """Each run of a program opens, writes one paper and ends; the index stays as small as if it were written at once."""
    for generation, paper in enumerate([*PAPERS[:30], *PAPERS[:6]], 1):
        engine = open_engine(name, tmp_path / "often")
        engine.replace([paper])
        engine.commit(generation)
        engine.close()
    engine = open_engine(name, tmp_path / "once")
    engine.replace(PAPERS[:30])
    engine.commit(1)
    engine.close()
    assert size(tmp_path / "often") < 4 * size(tmp_path / "once")
    assert len(list((tmp_path / "often").iterdir())) < 100


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# --- what cannot be opened --------------------------------------------------------------------------------------------


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="lucene"):
        open_engine("lucene", tmp_path)


@pytest.mark.parametrize("name", ENGINES)
def test_reading_where_there_is_no_index_says_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="rebuild"):
        open_engine(name, tmp_path / "nowhere", read_only=True)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ENGINES)
def test_an_index_of_another_engine_or_version_is_refused(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    engine.replace(PAPERS[:2])
    engine.commit(1)
    engine.close()
    other = ENGINES[1 - ENGINES.index(name)]
    with pytest.raises(IndexDamaged, match=name):
        open_engine(other, tmp_path, read_only=True)
    stamp = next(tmp_path.glob("docsearch.json"))
    stamp.write_text(json.dumps({"engine": name, "version": "0.0"}))
    with pytest.raises(VersionMismatch):
        open_engine(name, tmp_path)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves the file open
@pytest.mark.parametrize("name", ENGINES)
def test_damaged_files_are_reported_as_damage(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    engine.replace(PAPERS[:20])
    engine.commit(1)
    engine.close()
    for path in [*tmp_path.glob("*meta.json"), *tmp_path.glob("*.toc")]:
        path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(IndexDamaged, match="rebuild"):
        open_engine(name, tmp_path, read_only=True)
    gc.collect()


# --- a writer that is killed ------------------------------------------------------------------------------------------

WRITER = """
    import sys
    from pathlib import Path
    sys.path[:0] = {paths!r}
    from docsearch.engines import open_engine
    from test_engines import PAPERS
    engine = open_engine({name!r}, Path({folder!r}))
    print("ready", flush=True)
    for turn in range({start}, 10_000):
        engine.replace(PAPERS[turn % 50 : turn % 50 + 10])
        engine.commit(turn)
"""


@pytest.mark.parametrize("name", ENGINES)
def test_a_killed_writer_leaves_a_whole_index(name: str, tmp_path: Path) -> None:
    """After each kill the index holds what the last commit held, and can be written again."""
    here = Path(__file__).resolve().parent
    last = 0
    for turn in range(4):
        code = textwrap.dedent(WRITER).format(
            paths=[str(here), str(here.parent)], name=name, folder=str(tmp_path), start=last + 1
        )
        child = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, env=os.environ | {"PYTHONWARNINGS": "ignore"}
        )
        assert child.stdout is not None
        child.stdout.readline()
        try:
            child.wait(0.3 + 0.17 * turn)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        reader = open_engine(name, tmp_path, read_only=True)
        held = list(reader.documents())
        assert reader.generation() >= last
        assert len(held) == len(set(held)) == len(ask(reader, None))
        last = reader.generation()
        reader.close()
    assert last > 0
    engine = open_engine(name, tmp_path)
    engine.replace(PAPERS)
    engine.commit(last + 1)
    assert len(ask(engine, None)) == 60
    engine.close()


# --- phrases ----------------------------------------------------------------------------------------------------------


@given(st.integers(2, 30), st.integers(0, 10**6))
def test_slop_is_bounded_so_that_a_phrase_stays_payable(length: int, slop: int) -> None:
    bounded = bounded_slop(length, slop)
    assert 0 <= bounded <= slop
    assert len(spreads(length, bounded)) <= 300
