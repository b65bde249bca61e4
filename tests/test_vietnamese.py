from __future__ import annotations

import doctest
import unicodedata
from itertools import pairwise
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch import vietnamese
from docsearch.vietnamese import clean, exact_key, fold, folded_key, is_marked, place_tone, starts, streams, tokens

MARKED = "".join(f"{c}{c.upper()}" for family in vietnamese._FAMILIES for c in family[1:])
LINES = st.text() | st.text(alphabet=MARKED + "aeiouydđghknqt \u0301\u0323\u200b\xa0-/0123456789")


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(vietnamese).failed == 0


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        pytest.param("Quy\u00eae\u0302\u0301t", "Quyêết", id="nfd"),
        pytest.param("43/NQ-HÐND, 12/QƉ, ðiều", "43/NQ-HĐND, 12/QĐ, điều", id="eth-and-african-d"),
        pytest.param("một\xa0hai\u2009ba\u3000bốn", "một hai ba bốn", id="spaces"),
        pytest.param("a\r\nb\rc\x0cd\x0be\u2028f", "a\nb\nc\nd\ne\nf", id="line-ends"),
        pytest.param("\ufeffng\u00adhị\u200b đ\u200dịnh\x00", "nghị định", id="invisible"),
        pytest.param("\x85 Trung cấp", "  Trung cấp", id="ballot-box-of-a-symbol-font"),
        pytest.param("nửa \ud83d chữ", "nửa \ufffd chữ", id="lone-surrogate"),
        pytest.param("cột\tcột\n", "cột\tcột\n", id="tab-and-line-feed-stay"),
        pytest.param("e\u200b\u0302", "ê", id="mark-behind-a-zero-width"),
        pytest.param("thực hiê \u0323n, à\u0300", "thực hiê n, à", id="mark-that-no-letter-takes"),
    ],
)
def test_clean_mends(raw: str, wanted: str) -> None:
    assert clean(raw) == wanted


def test_clean_text_is_returned_as_it_is() -> None:
    text = "Căn cứ Luật Tổ chức chính quyền địa phương – “Điều 5”…\n"
    assert clean(text) is text


@given(LINES)
def test_clean_twice_is_clean_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@given(LINES)
def test_fold_keeps_the_length_of_clean_text_and_is_idempotent(text: str) -> None:
    text = clean(text)
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(LINES)
def test_fast_and_slow_folding_agree(text: str) -> None:
    text = clean(text)
    assert fold(text) == text.translate(vietnamese._FOLDS)


@pytest.mark.parametrize("strange", ["å", "民", "µ", "İ", "Σ", "ß", "\0", "Б", "²", "☐"])
@pytest.mark.parametrize("text", ["{}", "Ủy{}ban", "{0}{0} ủy ban {0}", "ủy ban " * 500 + "{0}\n" + "Ủy Ban " * 500])
def test_a_strange_letter_changes_nothing_around_it(text: str, strange: str) -> None:
    said = text.format(strange)
    assert fold(said) == said.translate(vietnamese._FOLDS)
    assert streams(said)[1].split() == [token.folded for token in tokens(said)]


def test_every_vietnamese_letter_folds_to_its_base() -> None:
    assert len(MARKED) == 134
    for letter in MARKED:
        base = unicodedata.normalize("NFD", letter.lower())[0]
        assert fold(letter) == {"đ": "d"}.get(base, base)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Å é ñ ü", "a e n u"), ("НĐ", "nd"), ("ß æ щ", "ß æ щ"), ("º ² ½ № € –", "o 2 ½ № € –"), ("İ", "i")],
)
def test_other_letters_fold_where_one_letter_stands_for_them(text: str, wanted: str) -> None:
    assert fold(text) == wanted


SAME = """
hoà=hòa uỷ=ủy ỦY=uỷ thuý=thúy loè=lòe hoá=hóa toà=tòa khoẻ=khỏe quý=qúy
tòan=toàn hòan=hoàn qủa=quả gía=giá gỉa=giả cuả=của vịêt=việt ngừơi=người đựơc=được
"""
DIFFERENT = "từ=tự má=mạ án=an năm=nằm đinh=dinh quy=quỵ kỹ=kỷ lý=lỵ"
STAY = "quý gì giếng khuỷu huỳnh người được giữa rượu toàn khuyến hoặc mía úa thuở quẩy quỵt gìn café résumé đắklắk"


@pytest.mark.parametrize("pair", SAME.split())
def test_the_place_of_the_tone_is_no_difference(pair: str) -> None:
    one, other = pair.split("=")
    assert exact_key(one) == exact_key(other)


@pytest.mark.parametrize("word", STAY.split())
def test_rightly_written_words_stay(word: str) -> None:
    assert place_tone(word) == word


@pytest.mark.parametrize(
    "pair", ["kĩ=kỹ", "kí=ký", "lí=lý", "quí=quý", "QUI=quy", "quít=quýt", "mĩ=mỹ", "sỹ=sĩ", "tỉ=tỷ", "ti=ty", "hi=hy"]
)
def test_i_and_y_of_one_sound_are_no_difference(pair: str) -> None:
    one, other = pair.split("=")
    assert exact_key(one) == exact_key(other)
    assert folded_key(fold(one)) == folded_key(fold(other)) == fold(exact_key(one))


@pytest.mark.parametrize("pair", ["vi=vy", "thi=thy", "ý=í", "tai=tay", "mại=mạy", "thúy=thúi", "quỳnh=quình"])
def test_i_and_y_elsewhere_are_different_words(pair: str) -> None:
    one, other = pair.split("=")
    assert exact_key(one) != exact_key(other)


@pytest.mark.parametrize("word", ["ki", "li", "kĩ", "hoà", "qui"])
def test_a_beginning_is_one_of_longer_words_too(word: str) -> None:
    assert all(exact_key(word + end).startswith(starts(word, "exact")) for end in ("", "nh", "ng", "n"))


@pytest.mark.parametrize("pair", DIFFERENT.split())
def test_different_words_stay_different(pair: str) -> None:
    one, other = pair.split("=")
    assert exact_key(one) != exact_key(other)
    assert folded_key(one) == folded_key(other)


@given(st.text(alphabet=MARKED + "aeiouydghknqt", max_size=9))
def test_placing_a_tone_twice_is_placing_it_once(word: str) -> None:
    once = place_tone(word.lower())
    assert place_tone(once) == once
    assert fold(once) == fold(word)


@given(LINES)
def test_tokens_cut_the_text(text: str) -> None:
    found = list(tokens(text))
    assert [token.position for token in found] == list(range(len(found)))
    assert all(a.end <= b.start for a, b in pairwise(found))
    for token in found:
        word = text[token.start : token.end]
        assert word[0].isalnum()
        assert token.exact == exact_key(word)
        assert token.folded == folded_key(word)


@given(LINES)
def test_streams_are_the_keys_of_the_tokens(text: str) -> None:
    exact, folded = streams(text)
    found = list(tokens(text))
    assert exact.split(" ") == ([token.exact for token in found] or [""])
    assert folded.split(" ") == ([token.folded for token in found] or [""])


@given(st.text(alphabet="aáÀđ \nщ\u0301ß_", min_size=1, max_size=40), st.integers(1, 200))
def test_a_long_text_with_strange_letters_is_read_as_its_parts(text: str, times: int) -> None:
    text = clean(text)
    long = f"{text}\n" * times
    assert streams(long) == tuple(" ".join([stream] * times) if stream else "" for stream in streams(text))
    assert fold(long) == (fold(text) + "\n") * times


@given(LINES)
def test_decomposed_text_has_the_words_of_composed_text(text: str) -> None:
    assert streams(unicodedata.normalize("NFD", clean(text))) == streams(clean(text))


@given(LINES)
def test_keys_are_their_own_keys(text: str) -> None:
    exact, folded = streams(clean(text))
    assert streams(exact)[0] == exact
    assert streams(exact)[1] == folded
    assert streams(folded)[1] == folded


def test_a_number_is_its_parts() -> None:
    assert streams("Quyết định số 60/QĐ-UBND, 108/2014/NÐ-CP".replace("Ð", "Đ"))[1] == "quyet dinh so 60 qd ubnd 108 2014 nd cp"


def test_foreign_words_get_all_their_letters() -> None:
    assert folded_key("Straße") == "strasse"


def test_a_very_long_word_is_cut() -> None:
    assert len(exact_key("a" * 10_000)) == vietnamese.LONGEST_KEY


@pytest.mark.parametrize(("text", "marked"), [("nghị định", True), ("ĐAK", True), ("KE HOACH 97", False), ("60/QD", False)])
def test_typed_marks_are_seen(text: str, marked: bool) -> None:
    assert is_marked(text) is marked


SAMPLE = """ỦY BAN NHÂN DÂN huyện Sông Lục; Uỷ ban, hoà giải, qúy, kĩ thuật, kỹ thuật, Nghị định số 108/2014/NĐ-CP; quyển, giữa
giếng; café, Straße, İzmir; 3,5 tê-lê-phôn e.mail@x.vn _gạch_ ① ½ ½kg — “ngoặc” đ Đ ð"""


def test_a_change_of_the_words_raises_their_version() -> None:
    """Where this fails, raise `ANALYSIS_VERSION` and write the new checksum beside it: older indexes hold other words."""
    made = crc32("\n".join(streams(SAMPLE)).encode())
    assert {2: 32579212}.get(vietnamese.ANALYSIS_VERSION) == made
