"""Fixed phrases are known again after one slip of a scan, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from docsearch.misread import Phrases

PHRASES = Phrases(["thực hiện", "thi hành", "căn cứ", "bãi bỏ", "Nghị định", "xét"])

SLIPS = {
    "a letter for another": ("thực biện", "thực hiện"),
    "a first letter no syllable begins with": ("Tbực hiện", "thực hiện"),
    "a mark": ("cặn cứ", "căn cứ"),
    "a letter lost": ("hực hiện", "thực hiện"),
    "a letter doubled": ("thựcc hiện", "thực hiện"),
    "a word torn": ("Bãi b ỏ", "bãi bỏ"),
    "two words run together": ("thihành", "thi hành"),
    "capitals": ("NGHỊ ĐỊNB", "Nghị định"),
    "no slip": ("Nghị định", "Nghị định"),
}


@pytest.mark.parametrize(("words", "meant"), SLIPS.values(), ids=SLIPS)
def test_phrase_is_known_after_one_slip(words: str, meant: str) -> None:
    assert PHRASES.meant(words) == meant


@pytest.mark.parametrize("words", ["khi hành", "thục hiên", "cần có", "xét", "xem", "", "a", "Nghị quyết"])
def test_other_words_are_no_phrase(words: str) -> None:
    assert PHRASES.meant(words) is None


def test_what_may_be_two_phrases_is_none() -> None:
    assert Phrases(["thông báo", "thông cáo"]).meant("thông áo") is None
