"""What comes first: the orders that people rely on, held for every engine."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from reading import bare

from docsearch.attempts import best, first_answer
from docsearch.engines import ENGINES, Engine, form, open_engine
from docsearch.model import Match, Or, Term
from docsearch.query import parse_query
from docsearch.vietnamese import words

APART = "kế hoạch tổ chức hội nghị, hội nghị bàn việc cải tiến cách dạy chính khóa cho hành khách"
FILLER = words(
    "điều khoản chung về trách nhiệm của cơ quan đơn vị địa phương trong năm báo cáo kết quả thực hiện nhiệm vụ được giao"
)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(request.param, tmp_path / "index")
    yield opened
    opened.close()


def fill(engine: Engine, *papers: Mapping[str, object]) -> None:
    engine.replace(bare(f"{index:064x}", **paper) for index, paper in enumerate(papers))
    engine.commit(1)


def order(engine: Engine, typed: str, match: Match | None = None) -> list[int]:
    """The papers by their place in the list that was filled in, as the road of a query finds them."""
    _, _, found = first_answer(
        parse_query(typed, match=match), partial(engine.search, limit=20), best(engine, None), forced=match is not None
    )
    return [int(row.document, 16) for row in found.rows]


def padded(said: str, length: int, seed: int) -> str:
    """`said` within other words, so that papers are of one length."""
    dice = random.Random(seed)
    before = dice.randrange(length - len(said.split()))
    rest = dice.choices(FILLER, k=length - len(said.split()))
    return " ".join([*rest[:before], said, *rest[before:]])


@pytest.mark.parametrize("typed", ["cải cách hành chính", "cai cach hanh chinh", "CẢI CÁCH HÀNH CHÍNH"])
def test_words_side_by_side_come_before_the_same_words_apart(engine: Engine, typed: str) -> None:
    fill(
        engine,
        {"body": padded(APART.replace(",", ""), 30, 1)},
        {"body": padded("cải cách hành chính", 30, 2)},
        {"body": padded(APART.replace(",", ""), 30, 3)},
    )
    assert order(engine, typed)[0] == 1


def test_words_in_the_title_come_before_the_same_words_in_the_text(engine: Engine) -> None:
    fill(
        engine,
        {"title": "Về việc khác", "body": padded("cải cách hành chính", 40, 1)},
        {"title": "Cải cách hành chính", "body": padded("", 40, 2)},
    )
    assert order(engine, "cải cách hành chính") == [1, 0]


@pytest.mark.parametrize("typed", ["từ chối", "từ chối hồ sơ", '"từ chối"', "tiếp nhận hoặc từ chối hồ sơ của công dân"])
def test_what_stands_with_the_marks_typed_comes_before_the_like_without(engine: Engine, typed: str) -> None:
    said = typed.strip('"')
    other = said.replace("từ chối", "tự chói")
    fill(engine, *({"body": padded(line, 30, 1)} for line in (other, said, other)))
    found = order(engine, typed, "folded")
    assert (found[0], sorted(found)) == (1, [0, 1, 2])


def test_a_question_is_answered_by_the_paper_that_speaks_so_not_by_one_that_holds_all_its_words(engine: Engine) -> None:
    question = "người lao động nữ mang thai có được chuyển làm công việc nhẹ hơn không"
    scattered = question.split()
    random.Random(5).shuffle(scattered)
    everything = " ".join(word for one in scattered for word in (*random.Random(one).choices(FILLER, k=25), one))
    fill(
        engine,
        {"body": everything},
        {"body": "Người lao động nữ mang thai được chuyển làm công việc nhẹ hơn hoặc giảm bớt giờ làm hằng ngày"},
        *({"body": padded("", 60, seed)} for seed in range(20)),
    )
    assert order(engine, question)[0] == 1


def test_a_title_pasted_whole_finds_its_paper_alone(engine: Engine) -> None:
    title = "ban hành quy chế quản lý sử dụng nhà văn hóa khu dân cư trên địa bàn huyện"
    fill(engine, {"title": title}, *({"body": padded("quy chế quản lý", 60, seed)} for seed in range(20)))
    assert order(engine, title) == [0]
    assert order(engine, title.replace("chế", "chẻ").replace("nhà", "nhá")) == [0]


def test_the_paper_with_the_number_comes_before_any_words(engine: Engine) -> None:
    line = "kế hoạch kiểm tra công tác cải cách hành chính năm trên địa bàn"
    fill(
        engine,
        {"title": line, "body": f"{line} 12/KH-UBND {line}", "cites": ("12/KH-UBND",)},
        {"body": padded(line, 60, 1), "numbers": ("12/KH-UBND",)},
    )
    assert order(engine, f"{line} 12/KH-UBND") == [1, 0]


def test_a_phrase_of_frequent_words_alone_is_not_looked_for_only_to_rank(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(engine, *({"body": "hành chính"} for _ in range(3)), {"body": "chính hành"})

    def scores() -> list[float]:
        return [row.score for row in engine.search(parse_query("hành chính"), limit=4).rows]

    assert scores()[2] > scores()[3]
    monkeypatch.setattr(form, "REACH", 3)
    assert len(set(scores())) == 1


def test_a_page_is_the_beginning_of_all_and_counts_all(engine: Engine) -> None:
    dice = random.Random(3)
    vocabulary = words(APART)
    fill(engine, *({"title": " ".join(dice.choices(vocabulary, k=3)), "body": padded("", 30, seed)} for seed in range(400)))
    query = parse_query("tổ chức hội nghị bàn kế hoạch cải tiến cách dạy OR (báo cáo kết quả)")
    loose = parse_query(" OR ".join(vocabulary))
    for asked in (query, loose, replace(query, node=Or(tuple(Term(word, "exact") for word in vocabulary), near=True))):
        everything = engine.search(asked, limit=500)
        page = engine.search(asked, limit=10)
        assert page.total == everything.total == len(everything.rows)
        assert [row.score for row in page.rows] == pytest.approx([row.score for row in everything.rows[:10]])
