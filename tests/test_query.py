from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.model import And, Fuzzy, Match, Node, Not, Number, OneOf, Or, Phrase, Prefix, Range, Term
from docsearch.query import LONGEST, parse_query, steps
from docsearch.query.tree import DEEPEST, MOST_LEAVES


def exact(text: str, field: str | None = None) -> tuple[Term, ...]:
    return tuple(Term(word, "exact", field) for word in text.split())


def folded(text: str, field: str | None = None) -> tuple[Term, ...]:
    return tuple(Term(word, "folded", field) for word in text.split())


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "node"),
    [
        pytest.param("kế hoạch", And(exact("kế hoạch")), id="marks-typed"),
        pytest.param("ke hoach", And(folded("ke hoach")), id="no-marks"),
        pytest.param("uỷ ban", And(exact("uỷ ban")), id="one-mark-decides-for-all"),
        pytest.param('"thủ tục"', Phrase(("thủ", "tục"), "exact"), id="phrase"),
        pytest.param("“thủ tục”~3", Phrase(("thủ", "tục"), "exact", None, 3), id="typographic-quotes-and-slop"),
        pytest.param('"thu"', Term("thu"), id="phrase-of-one"),
        pytest.param("quy-che", Phrase(("quy", "che")), id="joined-words-are-a-phrase"),
        pytest.param("a -b", And((*folded("a"), Not(*folded("b")))), id="not"),
        pytest.param('-"a b" c', And((Not(Phrase(("a", "b"))), *folded("c"))), id="not-phrase"),
        pytest.param("-a", And((Not(*folded("a")),)), id="only-not"),
        pytest.param("--a", Term("a"), id="not-not"),
        pytest.param("A NOT b", And((Term("A"), Not(Term("b")))), id="not-spelled"),
        pytest.param("a OR b c", And((Or(folded("a b")), *folded("c"))), id="or-ties-neighbours"),
        pytest.param("xa HOẶC phuong", Or(folded("xa phuong")), id="or-in-vietnamese"),
        pytest.param("xa HOAC phuong | ap", Or(folded("xa phuong ap")), id="or-of-three"),
        pytest.param("a (b OR c d)", And((*folded("a"), And((Or(folded("b c")), *folded("d"))))), id="group"),
        pytest.param("ĐẤT Ở HOẶC ĐẤT VƯỜN", And(exact("ĐẤT Ở HOẶC ĐẤT VƯỜN")), id="a-heading-in-capitals-has-no-operators"),
        pytest.param("hành*", Prefix("hành", "exact"), id="prefix"),
        pytest.param(
            "chinnh~ abc~2 abc~9", And((Fuzzy("chinnh"), Fuzzy("abc", distance=2), Fuzzy("abc", distance=2))), id="fuzzy"
        ),
        pytest.param("=từ cai", And((Term("từ", "exact", kept=True), Term("cai"))), id="one-word-exact"),
        pytest.param("~tự kế", And((Term("tự", "folded", kept=True), Term("kế", "exact"))), id="one-word-folded"),
        pytest.param("kế hoạch, năm; (2023).", And((*exact("kế hoạch năm 2023"),)), id="signs-are-no-words"),
        pytest.param("Hà Nội: kế", And(exact("Hà Nội kế")), id="a-colon-after-no-field"),
        pytest.param("Hà Nội: kỳ: đất", And(exact("Hà Nội kỳ đất")), id="other-marks-are-another-word-than-the-field"),
        pytest.param("https://a.vn/b", Phrase(("https", "a", "vn", "b")), id="web-address"),
        pytest.param("02/2023", Phrase(("02", "2023")), id="a-month-is-no-number"),
        pytest.param("3/ngày", Phrase(("3", "ngày"), "exact"), id="a-rate-is-no-number"),
        pytest.param("AND và OR", Term("và", "exact"), id="operators-without-neighbours"),
    ],
)
def test_words_are_read(typed: str, node: Node) -> None:
    assert parse_query(typed).node == node


@pytest.mark.parametrize(
    "typed", ["", "  \n ", "-", "()", "***", "~", "=", '""', "... ?", "OR or".replace("or", "OR").lower()[:0]]
)
def test_nothing_asked_is_everything(typed: str) -> None:
    assert parse_query(typed).node is None


@pytest.mark.parametrize(("match", "typed"), [("folded", "kế hoạch"), ("exact", "ke hoach")])
def test_the_caller_may_force_the_comparison(match: Match, typed: str) -> None:
    query = parse_query(typed, match=match)
    assert query.match == match
    assert isinstance(query.node, And)
    assert all(isinstance(part, Term) and part.match == match for part in query.node.parts)


@pytest.mark.parametrize("typed", ["60/QĐ-UBND ke hoach", "loại:QĐ ke hoach", "=từ ke hoach", "ke hoach dẫn:60/QĐ-UBND"])
def test_numbers_values_and_forced_words_do_not_decide_the_comparison(typed: str) -> None:
    assert parse_query(typed).match == "folded"


def test_decomposed_typing_is_the_same_query() -> None:
    assert parse_query("ke\u0302\u0301 hoạch").node == And(exact("kế hoạch"))


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("60/QĐ-UBND", "60/QD-UBND"),
        ("60/qd-ubnd", "60/QD-UBND"),
        ("060/QÐ-UBND.", "60/QD-UBND"),
        ("60 / QĐ-UBND", "60/QD-UBND"),
        ('"60/QĐ-UBND"', "60/QD-UBND"),
        ("108/2014/nd-cp", "108/2014/ND-CP"),
        ("143/2020/NĐ-\nCP", "143/2020/ND-CP"),
        ("01/2021/TT-BGDĐT,", "1/2021/TT-BGDDT"),
        ("228/SNV-TCBC&TCPCP", "228/SNV-TCBCTCPCP"),
        ("30a/2008/NQ-CP", "30A/2008/NQ-CP"),
        ("108/2014", "108/2014"),
        ("060/2023", "60/2023"),
    ],
)
def test_a_number_is_read_however_typed(typed: str, key: str) -> None:
    node = parse_query(typed).node
    assert isinstance(node, Number)
    assert (node.key, node.field) == (key, None)


def test_a_number_stands_among_words() -> None:
    assert parse_query("theo 60/QĐ-UBND ngày").node == And(
        (Term("theo", "exact"), Number("60/QD-UBND", "60/QĐ-UBND"), Term("ngày", "exact"))
    )


# --- fields -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "node"),
    [
        pytest.param("số:60", OneOf("ordinal", ("60",)), id="ordinal"),
        pytest.param("so:060/2023", Number("60/2023", "060/2023", "number"), id="ordinal-and-year"),
        pytest.param("Số: 60/QĐ-UBND", Number("60/QD-UBND", "60/QĐ-UBND", "number"), id="copied-number-line"),
        pytest.param("ký-hiệu:qđ-ubnd", OneOf("symbol", ("QD-UBND",)), id="symbol"),
        pytest.param("loại:KH", OneOf("doctype", ("Kế hoạch",)), id="type-short"),
        pytest.param("loai:ke hoach so", And((OneOf("doctype", ("Kế hoạch",)), Term("so"))), id="type-of-two-words"),
        pytest.param('type:"QUYẾT ĐỊNH"', OneOf("doctype", ("Quyết định",)), id="type-quoted"),
        pytest.param("loại:sổ", OneOf("doctype", ("sổ",)), id="type-unknown"),
        pytest.param("năm:2023", Range("year", "2023", "2023"), id="year"),
        pytest.param("nam:2021..2023", Range("year", "2021", "2023"), id="years"),
        pytest.param("year:2021-2023", Range("year", "2021", "2023"), id="years-with-dash"),
        pytest.param("năm:>=2021", Range("year", "2021", None), id="year-from"),
        pytest.param("năm:<2021", Range("year", None, "2020"), id="year-before"),
        pytest.param("ngày:2023-02", Range("issued", "2023-02", "2023-02"), id="month"),
        pytest.param("ngày:>=01/6/2023", Range("issued", "2023-06-01", None), id="day-from"),
        pytest.param("ngày:<01/01/2023", Range("issued", None, "2022-12-31"), id="day-before"),
        pytest.param("ngày:>12/2022", Range("issued", "2023-01", None), id="after-a-month"),
        pytest.param("date:2023-01-01..", Range("issued", "2023-01-01", None), id="open-range"),
        pytest.param('ngày:"ngày 01 tháng 6 năm 2023"', Range("issued", "2023-06-01", "2023-06-01"), id="date-in-words"),
        pytest.param("từ:2022", Range("issued", "2022", None), id="from"),
        pytest.param("đến:06/2023", Range("issued", None, "2023-06"), id="to"),
        pytest.param("trích-yếu:(đất OR rừng)", Or(exact("đất rừng", "title")), id="title-group"),
        pytest.param("title:dat rung", And((Term("dat", field="title"), Term("rung"))), id="title-takes-one"),
        pytest.param('cơ_quan:"Sở Nội vụ"', Phrase(("Sở", "Nội", "vụ"), "exact", "issuer"), id="issuer"),
        pytest.param('ký:"Lê Hoà"', Phrase(("Lê", "Hoà"), "exact", "signer"), id="signer"),
        pytest.param("nội-dung:dat", Term("dat"), id="body-is-anywhere"),
        pytest.param("dẫn:108/2014/nd-cp", Number("108/2014/ND-CP", "108/2014/nd-cp", "cites"), id="cites"),
        pytest.param('dẫn:"Luật Đất đai"', Number("", "Luật Đất đai", "cites"), id="cites-a-name"),
        pytest.param("được-dẫn:1/KH-UBND", Number("1/KH-UBND", "1/KH-UBND", "cited_by"), id="cited-by"),
        pytest.param("căn cứ", And(exact("căn cứ")), id="no-field-without-colon"),
        pytest.param("căn-cứ:108/2014/NĐ-CP", Number("108/2014/ND-CP", "108/2014/NĐ-CP", "based_on"), id="based-on"),
        pytest.param("-loại:BC", And((Not(OneOf("doctype", ("Báo cáo",))),)), id="not-of-a-type"),
        pytest.param("tình-trạng:expired", OneOf("status", ("expired",)), id="status"),
        pytest.param(
            "tinh-trang:het hieu luc dat", And((OneOf("status", ("expired",)), Term("dat"))), id="status-of-several-words"
        ),
        pytest.param("hiệu-lực:hết hiệu lực một phần", OneOf("status", ("partly_expired",)), id="the-longest-name"),
        pytest.param("tình-trạng:còn", OneOf("status", ("standing", "partly_expired")), id="a-state-of-two"),
        pytest.param("cấp:huyện đất", And((OneOf("level", ("district",)), Term("đất", "exact"))), id="level"),
        pytest.param("level:Commune", OneOf("level", ("commune",)), id="level-in-english"),
        pytest.param("cấp:liên bang", And((OneOf("level", ("liên",)), Term("bang"))), id="level-unknown"),
        pytest.param("khẩn:hoả tốc", OneOf("urgency", ("Hỏa tốc",)), id="urgency"),
        pytest.param("mật:mật", OneOf("secrecy", ("Mật",)), id="secrecy"),
        pytest.param('nơi:"Cầu Kè"', Phrase(("Cầu", "Kè"), "exact", "place"), id="place"),
        pytest.param("noi:hue", Term("hue", field="place"), id="place-without-marks"),
        pytest.param("kính-gửi:sở", Term("sở", "exact", "addressees"), id="addressee"),
        pytest.param("dẫn:108/2014/NĐ-CP+", Number("108/2014/ND-CP", "108/2014/NĐ-CP", "cites_family"), id="cites-family"),
        pytest.param(
            'dan:"Luat Dat dai"+ x', And((Number("", "Luat Dat dai", "cites_family"), Term("x"))), id="family-of-a-name"
        ),
        pytest.param("dẫn:108/2014 +", Number("108/2014", "108/2014", "cites_family"), id="family-after-a-space"),
        pytest.param("dẫn-thay-thế:1/KH-UBND", Number("1/KH-UBND", "1/KH-UBND", "cites_successor"), id="cites-the-successor"),
    ],
)
def test_fields_are_read(typed: str, node: Node) -> None:
    assert parse_query(typed).node == node


def test_the_short_name_of_an_office_stands_for_the_full_one() -> None:
    node = parse_query('cơ-quan:"UBND tỉnh Hải Lăng"').node
    assert isinstance(node, And)
    short, rest = node.parts
    assert isinstance(short, Or)
    assert Phrase(("Ủy", "ban", "nhân", "dân"), "folded", "issuer") in short.parts
    assert rest == Phrase(("tỉnh", "Hải", "Lăng"), "exact", "issuer")


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ('kế "hoạch', "quote-unclosed"),
        ("(kế", "parenthesis-unclosed"),
        ("kế)", "parenthesis-unclosed"),
        ("năm:", "field-empty:year"),
        ("ngày:hôm-qua", "field-empty:issued"),
        ("trích-yếu:", "field-empty:title"),
        ("kế " * 2000, "cut"),
    ],
)
def test_what_is_passed_over_is_said(typed: str, note: str) -> None:
    assert parse_query(typed).notes == (note,)


# --- what was understood ----------------------------------------------------------------------------------------------


def lines(typed: str) -> list[str]:
    """The steps, each as its depth in points, its code and what it looks for."""
    return [f"{'.' * step.depth}{step.code} {step.what}".strip() for step in steps(parse_query(typed).node)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", ["everything"]),
        ("đất", ["word đất"]),
        ("đất (rừng OR -biển)", ["all", ".word đất", ".any", "..word rừng", "..not", "...word biển"]),
        ('"ban hành kế hoạch"~3 hành* chinnh~2', ["all", ".near ban hành kế hoạch ~3", ".prefix hành", ".fuzzy chinnh ~2"]),
        ("60/QĐ-UBND năm:2021..", ["all", ".number 60/QD-UBND", ".range 2021.."]),
        ('loại:KH dẫn:"Luật Đất đai"', ["all", ".one-of Kế hoạch", ".number Luật Đất đai"]),
        ("-đất", ["not", ".word đất"]),
    ],
)
def test_a_query_is_told_step_by_step(typed: str, wanted: list[str]) -> None:
    assert lines(typed) == wanted


def test_a_long_list_of_values_is_told_in_short() -> None:
    (step,) = steps(OneOf("year", tuple(map(str, range(2000, 2020)))))
    assert step.what == "2000 | 2001 | 2002 | 2003 | 2004 …"
    (step,) = steps(OneOf("document", ("a", "b"), "cites:Luật Đất đai"))
    assert (step.field, step.what) == ("cites", "Luật Đất đai (2)")


# --- whatever is typed ------------------------------------------------------------------------------------------------

TYPED = """( ) " “ - OR | ~ = * : .. >= < / kế hoach UBND kế* a~2 ² ٣ 0000-00 2023 108/2014 60/QĐ-UBND
năm: ngày: loại: số: cơ-quan: dẫn: trích-yếu: + dẫn-thay-thế: tình-trạng: hết hiệu lực cấp: nơi:"""
SIGNS = st.lists(st.sampled_from([*TYPED.split(), " ", " ", "\n"]), max_size=60).map("".join)


def leaves(node: Node | None) -> list[Node]:
    match node:
        case None:
            return []
        case And() | Or():
            return [leaf for part in node.parts for leaf in leaves(part)]
        case Not():
            return leaves(node.part)
        case _:
            return [node]


def depth(node: Node | None) -> int:
    match node:
        case And() | Or():
            return 1 + max(map(depth, node.parts), default=0)
        case Not():
            return 1 + depth(node.part)
        case _:
            return 0


@given(st.text() | SIGNS)
def test_any_typing_is_a_query(typed: str) -> None:
    query = parse_query(typed)
    assert query.typed == typed
    assert len(leaves(query.node)) <= MOST_LEAVES + 10 * typed.count("UBND")
    assert depth(query.node) <= 4 * DEEPEST + 8
    assert list(steps(query.node))
    for leaf in leaves(query.node):
        assert not isinstance(leaf, Phrase) or len(leaf.words) > 1
        assert not isinstance(leaf, Range) or leaf.low or leaf.high


@given(st.text() | SIGNS)
def test_forcing_the_comparison_changes_nothing_else(typed: str) -> None:
    shapes = [[type(leaf) for leaf in leaves(parse_query(typed, match=match).node)] for match in ("exact", "folded")]
    assert shapes[0] == shapes[1]


REPEATED = (
    '" ( ) - ~ * = a* *a a~ : a: năm: title: title:( 1/ 1/a- 1/2014/ 1/a. OR_ a_OR_ .. a_ é / ngày:> < 0 (a_ -( "a"_ & 1/Q&'
)
REPEATED += ' + dẫn: dẫn:1/2014+ tình-trạng: tình-trạng:hết_ cấp:xã_ "a_b"~9_'


@pytest.mark.parametrize("piece", REPEATED.replace("_", "\N{NO-BREAK SPACE}").split(" "))
def test_the_time_grows_with_the_length_and_not_faster(piece: str) -> None:
    """Thirty thousand signs of one kind take less than a second; a parser that goes back would take minutes."""
    start = time.process_time()
    parse_query(piece * (30_000 // len(piece)))
    parse_query((piece * LONGEST)[:LONGEST])
    assert time.process_time() - start < 1
