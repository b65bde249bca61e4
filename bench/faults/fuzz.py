"""Nonsense given to what reads texts and what reads typed lines: an answer each time, in bounded time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from bench.faults.place import SEED
from bench.faults.rows import Row, Verdict, count, papers, sample_files
from docsearch.extraction import understand
from docsearch.query import parse_query
from docsearch.snippet import snippets

SLOW = 5.0  # seconds of processor time for some 20,000 characters
_STRANGE = "\0\x1b\u202e\u200b\ufeff\u0301\u0300\ud7ff\ue000\uffff\U0001f600İıﬁ１／ĐđÐð\"'()[]{}:/\\|*?~^-+&,.;\n\t "
_PIECES = (
    "Nghị định số 30/2020/NĐ-CP", "ngày 05/3/2023", "Điều 5", "khoản 2", "điểm a", "của Chính phủ", "(sau đây gọi tắt là",
    "Số:", "“", "”", "Căn cứ", "sửa đổi, bổ sung", "QUYẾT ĐỊNH", "1/2/3/4/5", "Nơi nhận:", "Phụ lục", "Luật", "được sửa đổi",
    "năm 99999999999999999999",
)  # fmt: skip
_OPERATORS = (
    "AND",
    "OR",
    "NOT",
    "-",
    "+",
    "(",
    ")",
    '"',
    "~2",
    "*",
    "số:",
    "ngày:2020..2023",
    "dẫn:",
    "~",
    "^",
    ":",
    "..",
    "năm:[2020 TO",
)


def texts(tries: int) -> Row:
    """Papers with letters flipped, pieces repeated, moved and cut off."""
    papers_ = [*papers().archive_of(4).values(), sample_files().PAPER]

    def one(number: int) -> Verdict:
        chance = random.Random(SEED + number)
        return _answered(lambda: _understood(spoiled(chance.choice(papers_), chance)))

    return count("spoiled texts through outline, metadata, citations", tries, one)


def queries(tries: int) -> Row:
    """Lines of operators, quotes, fields, numbers and strange characters."""
    text = sample_files().PAPER

    def one(number: int) -> Verdict:
        line = typed(random.Random(SEED + number))
        return _answered(lambda: snippets(text, parse_query(line)))

    return count("senseless lines through query and snippet", tries, one)


def spoiled(text: str, chance: random.Random) -> str:
    """The text with some damage."""
    for _ in range(chance.randint(1, 30)):
        at, length = chance.randrange(len(text) + 1), chance.randint(0, 40)
        match chance.randrange(6):
            case 0:
                text = text[:at] + chance.choice(_STRANGE) + text[at + 1 :]
            case 1:
                text = text[:at] + text[at + length :]
            case 2:
                text = text[:at] + chance.choice(_PIECES) + text[at:]
            case 3:
                text = text[:at] + text[at : at + length] * chance.randint(2, 40) + text[at:]
            case 4:
                text = text[at:] + text[:at]
            case _:
                text = text[:at] + chr(chance.choice([chance.randrange(0xD800), chance.randrange(0xE000, 0x110000)])) + text[at:]
        text = text[:20_000] or "x"
    return text


def typed(chance: random.Random) -> str:
    """A line that nobody means."""
    pieces = (*_OPERATORS, *_PIECES, *_STRANGE)
    return chance.choice(("", " ")).join(chance.choice(pieces) for _ in range(chance.randint(1, 60)))


def _understood(text: str) -> None:
    found = understand(text)
    for citation in found.findings.citations:
        assert found.text[citation.span.start : citation.span.end] == citation.text


def _answered(work: Callable[[], object]) -> Verdict:
    started = time.process_time()
    try:
        work()
    except Exception as error:
        print(f"{type(error).__name__}: {error}", flush=True)
        return "broke"
    return "hung" if time.process_time() - started > SLOW else "whole"
