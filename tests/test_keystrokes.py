from __future__ import annotations

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch import keystrokes
from docsearch.keystrokes import decoded, is_syllable, understood, with_any_tone
from docsearch.vietnamese import fold, words

TEXT = """Ủy ban nhân dân huyện ban hành kế hoạch triển khai thực hiện công tác cải cách hành chính, kiểm soát thủ tục, chuyển đổi
số; tổ chức tuyên truyền phổ biến giáo dục pháp luật đến người dân, doanh nghiệp. Những khuyết điểm nghiêm trọng được xử lý kịp
thời; giữ gìn vệ sinh, quỹ đất, đường thủy, khuỷu, giếng nước, hươu, rượu, thuở, mía, lửa, cừa, chuẩn bị, thuế, xuất, quốc gia,
quang, quỳnh, huỳnh, khoảng, hoặc, ngoài, xoong, thuyền, yêu, yến, ý, ưu, oan, gì, chuyên, tuần, khuya, nghề, ghế, đạo đức"""
SYLLABLES = sorted({word.lower() for word in words(TEXT)})


@pytest.mark.parametrize("word", SYLLABLES)
def test_words_of_the_language_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["test", "software", "ubnd", "abc", "nd", "kế9", "quyeets", "việtt", "bàt", "lậpp", "ctr"])
def test_other_strings_are_none(word: str) -> None:
    assert not is_syllable(word)


TELEX = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
VNI = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
VNI_TONES = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}


def keyed(word: str, marks: dict[str, str], tones: dict[str, str], *, tone_last: bool) -> str:
    """`word` as it is typed, the tone behind its vowel or at the end."""
    keys, tone = "", ""
    for letter in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", letter)
        found = "".join(tones.get(part, "") for part in parts)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        keys += marks.get(bare, bare) + ("" if tone_last else found)
        tone += found if tone_last else ""
    return keys + tone


@pytest.mark.parametrize("tone_last", [True, False])
@pytest.mark.parametrize("marks", ["telex", "vni"])
@pytest.mark.parametrize("word", [word for word in SYLLABLES if word != fold(word)])
def test_what_the_keys_write_is_read(word: str, marks: str, tone_last: bool) -> None:
    tables = (TELEX, TELEX_TONES) if marks == "telex" else (VNI, VNI_TONES)
    assert decoded(keyed(word, *tables, tone_last=tone_last)) == word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nuwowcs", "nước"), ("nuocws", "nước"), ("nuoc71", "nước"), ("duongwf", "dường"), ("DDuowngf", "đường"),
        ("quyetes", "quyết"), ("quyet61", "quyết"), ("dinhjd", "định"), ("d9inh5", "định"), ("dinh59", "định"),
        ("thuwr", "thử"), ("luaajt", "luật"), ("cuar", "của"), ("cuwar", "cửa"), ("cuawr", "cửa"), ("qua", None), ("hoaz", "hoa"),
    ],
)  # fmt: skip
def test_keys_may_come_in_other_orders(typed: str, meant: str | None) -> None:
    assert decoded(typed) == meant


@pytest.mark.parametrize("word", SYLLABLES)
def test_a_word_without_its_tone_may_be_any_with_one(word: str) -> None:
    bare = unicodedata.normalize("NFC", "".join(x for x in unicodedata.normalize("NFD", word) if x not in TELEX_TONES))
    assert word in with_any_tone(bare)
    assert with_any_tone(word) == (word,) or word == bare


STAY = "2023 60 108a UBND QĐ quyết kế a1b2c3 dinh hanh software test12 3a"


@pytest.mark.parametrize("typed", STAY.split())
def test_what_is_no_such_typing_stays(typed: str) -> None:
    assert decoded(typed) is None


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("quyeets ddinhj", "quyết định"),
        ("quyet61 d9inh5", "quyết định"),
        ("coong vawn 2023 soos 97", "công văn 2023 số 97"),
        ("coong vawn trar lowif 97", "công văn trả lời 97"),
        ("ke hoach", None),
        ("windows server test", None),
        ("", None),
    ],
)
def test_a_line_is_read_so_where_most_of_it_becomes_words(line: str, meant: str | None) -> None:
    found = understood(line.split())
    assert (found and " ".join(found)) == meant


@given(st.text(max_size=30))
def test_nothing_typed_breaks_it(word: str) -> None:
    meant = decoded(word)
    assert meant is None or (is_syllable(meant) and decoded(meant) in (None, meant))


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(keystrokes).failed == 0
