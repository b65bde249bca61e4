"""A paper written in another way says the same: every sample paper, and real ones where they are at hand, in many copies.

What must stay is stated for each copy: all of type, number, name, date, issuer, pinpoint, relation and nesting, or less
where the copy itself changes them.  Offsets differ; each span must cut its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.extraction import understand
from docsearch.model import Citation, Findings
from docsearch.vietnamese import clean, fold

GOLD = Path(__file__).parent / "gold"
SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "gold" / "dev"
OWN = sorted(GOLD.glob("*.txt"))
REAL = sorted(path for path in SHARED.glob("*.txt") if not path.stem.endswith("-scan"))

WHO = ("doctype", "number", "name", "issued")
ALL = (*WHO, "issuer", "pinpoint", "relation", "nested_in")


@dataclass(frozen=True)
class Copy:
    """How a text is rewritten, and which fields of its citations must stay."""

    write: Callable[[str], str]
    stays: tuple[str, ...] = ALL


def in_numbers(text: str, write: Callable[[str], str]) -> str:
    """`text` with the number of each of its citations written another way."""
    out, at = [], 0
    for citation in findings(text).citations:
        span = citation.number_span
        if span is not None and span.start >= at:
            out += [text[at : span.start], write(text[span.start : span.end])]
            at = span.end
    return "".join([*out, text[at:]])


def broken(text: str, furniture: str) -> str:
    """`text` with `furniture` behind the first joint of each number after which letters follow: "143/2020/NĐ-" "CP"."""
    return in_numbers(text, lambda number: re.sub(r"-(?=[A-ZĐ]{2})", lambda joint: joint[0] + furniture, number, count=1))


def full_width(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in (*range(0x30, 0x3A), 0x2F)})


COPIES = {
    "decomposed": Copy(lambda text: unicodedata.normalize("NFD", text)),
    "eth": Copy(lambda text: text.replace("Đ", "\u00d0").replace("đ", "\u00f0")),
    "no-break spaces": Copy(lambda text: text.replace(" ", "\u00a0")),
    "thin spaces": Copy(lambda text: text.replace(" ", "\u2009")),
    "line ends of Windows": Copy(lambda text: text.replace("\n", "\r\n")),
    "zero width at joints": Copy(
        lambda text: in_numbers(text, lambda number: number.replace("/", "/\u200b").replace("-", "\u00ad-"))
    ),
    "full width": Copy(full_width),
    "en dash in numbers": Copy(lambda text: in_numbers(text, lambda number: number.replace("-", "–"))),
    "non-breaking hyphen": Copy(lambda text: in_numbers(text, lambda number: number.replace("-", "\u2011"))),
    "Cyrillic letters": Copy(lambda text: in_numbers(text, lambda number: number.translate(str.maketrans("CPTH", "СРТН")))),
    "space at joints": Copy(lambda text: broken(text, " ")),
    "line end at joints": Copy(lambda text: broken(text, "\n")),
    "page break at joints": Copy(lambda text: broken(text, "\n\n\n\n"), (*WHO, "issuer", "pinpoint")),
    "page number at joints": Copy(lambda text: broken(text, "\n\n12\n\n"), WHO),
    "gazette header at joints": Copy(lambda text: broken(text, "\n\nCÔNG BÁO/Số 282/Ngày 23-05-2026\n16\n\n"), WHO),
    "bold numbers": Copy(lambda text: in_numbers(text, "**{}**".format)),
    "capitals": Copy(str.upper, ("doctype", "number", "issued")),
}
# Capitals say nothing of where names of offices and laws begin and end; furniture and blank lines inside a number end the
# title in which it stands.


@cache
def findings(text: str) -> Findings:
    return understand(text).findings


def told(citations: tuple[Citation, ...], fields: tuple[str, ...]) -> list[tuple[object, ...]]:
    return [tuple(value(citation, field) for field in fields) for citation in citations]


def value(citation: Citation, field: str) -> object:
    """One field as it is compared: by its letters and digits, since tone marks may be placed and cased otherwise."""
    said = getattr(citation, field)
    if isinstance(said, str) and field not in {"relation", "issued", "doctype"}:
        return re.sub(r"[^0-9a-z]", "", fold(said))
    return said


def check_spans(text: str, citations: tuple[Citation, ...]) -> None:
    starts = [citation.span.start for citation in citations]
    assert starts == sorted(starts)
    for index, citation in enumerate(citations):
        assert citation.span.cut(text) == citation.text
        assert citation.text and citation.text == citation.text.strip()
        assert citation.nested_in is None or 0 <= citation.nested_in < index
        for part in (citation.number_span, citation.issued_span, citation.issuer_span, citation.pinpoint_span, citation.cue):
            assert part is None or 0 <= part.start < part.end <= len(text)
        if citation.number_span:
            assert citation.span.start <= citation.number_span.start < citation.number_span.end <= citation.span.end


def differing(path: Path, copy: Copy) -> list[tuple[object, object]]:
    text = clean(path.read_bytes().decode("utf-8"))
    rewritten = clean(copy.write(text))
    there = findings(rewritten).citations
    check_spans(rewritten, there)
    before, after = told(findings(text).citations, copy.stays), told(there, copy.stays)
    return [(a, b) for a, b in zip(before, after, strict=False) if a != b] or [(len(before), len(after))] * (
        len(before) != len(after)
    )


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_sample_paper_says_the_same(path: Path, copy: Copy) -> None:
    assert differing(path, copy) == []


@pytest.mark.skipif(not REAL, reason="the real papers are not at hand")
@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_real_papers_say_the_same(copy: Copy) -> None:
    assert {path.stem: found for path in REAL if (found := differing(path, copy))} == {}


# --- any text ---------------------------------------------------------------------------------------------------------

SCRAPS = [
    "Nghị định số 108/2014/NĐ-CP", "Quyết định số ", "60/QĐ-UBND", " ngày 06/02/2023", " ngày ", " của Chính phủ", " của ",
    "Căn cứ ", "Luật ", "Luật Đất đai", "Bộ luật ", "Pháp lệnh ", "Hiến pháp năm 2013", "sửa đổi, bổ sung một số điều của ",
    "khoản 2 ", "Điều 5 ", "Phụ lục I ", "(", ")", "“", "”", "\"", ";", ",", ".", ":", "\n", "\n\n", " ", "**", "|", "/",
    "-", "–", "số ", "Số: ", "12", "2023", "16-CT/TU", " và ", "các ", "Quyết định này", "Kế hoạch nêu trên",
    "(sau đây gọi tắt là ", "được sửa đổi, bổ sung bởi ", "thay thế ", "về việc ", "ban hành ", "THÔNG TƯ SỐ 8/2022/TT-BNV",
    "\u200b", "\u0301", "\u00d0", "／", "１", "CÔNG BÁO/Số 2/Ngày 3-4-2023",
]  # fmt: skip


@given(st.lists(st.sampled_from(SCRAPS), max_size=40))
@settings(max_examples=300, deadline=2000)
def test_any_text_is_read_in_time(scraps: list[str]) -> None:
    text = clean("".join(scraps))
    check_spans(text, understand(text).findings.citations)


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=2000)
def test_any_letters_are_read_in_time(text: str) -> None:
    check_spans(text, understand(text).findings.citations)
