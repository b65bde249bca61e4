from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import sample_files as files
from hypothesis import given
from hypothesis import strategies as st

from docsearch import legacy, readers

PAPER = files.PAPER
LETTERS = [row["letter"] for row in legacy.read_table()]
WHOLE = ("vni", "viscii", "vps")  # have all letters; TCVN3 has no marked capitals


def written(text: str, encoding: str) -> str:
    """Unicode text as a program of then wrote it, and one of today shows it: bytes read as Windows-1252."""
    codes = {row["letter"]: row[encoding].split() for row in legacy.read_table()}
    codes |= {letter: codes[letter.lower()] for letter in codes if not codes[letter]}
    data = b"".join(bytes.fromhex(codes[char][0]) if codes.get(char) else char.encode("ascii") for char in text)
    return "".join(shown(bytes([byte])) for byte in data)


def shown(byte: bytes) -> str:
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")


def as_1258(text: str) -> bytes:
    """Text in Windows-1258: a letter keeps its other mark, its tone is a character of its own."""
    return "".join(map(_tone_apart, text)).encode("cp1258")


def _tone_apart(char: str) -> str:
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        tone = next(part for part in parts[1:] if part in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone
    return char


# --- the table --------------------------------------------------------------------------------------------------------


def test_table_holds_all_letters_once() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 134
    assert all(unicodedata.is_normalized("NFC", letter) for letter in LETTERS)


@pytest.mark.parametrize("encoding", WHOLE)
def test_codes_are_whole_and_no_two_letters_share_one(encoding: str) -> None:
    codes = [code for row in legacy.read_table() for code in row[encoding].split()]
    assert len(codes) == len(set(codes))
    assert all(row[encoding] for row in legacy.read_table())


def test_tcvn3_has_seven_capitals() -> None:
    rows = [row["letter"] for row in legacy.read_table() if row["tcvn3"]]
    assert "".join(letter for letter in rows if letter.isupper()) == "ĂÂÊÔƠƯĐ"
    assert len(rows) == 67 + 7


# --- conversion -------------------------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from([*PAPER.split(), "Nghị", "được", "ĐẲNG", "ẵm", "khuỵu", "lỵ", "Ỷ", "quỹ"]), max_size=20).map(
    " ".join
)


@pytest.mark.parametrize("encoding", WHOLE)
@given(text=WORDS)
def test_what_was_written_is_read(encoding: str, text: str) -> None:
    assert legacy.convert(written(text, encoding), encoding) == text


@given(text=WORDS.map(str.lower))
def test_small_letters_of_tcvn3_are_read(text: str) -> None:
    assert legacy.convert(written(text, "tcvn3"), "tcvn3") == text


@given(text=st.text(max_size=60), encoding=st.sampled_from([*legacy.NAMES]))
def test_any_text_comes_out_nfc_and_ascii_as_it_was(text: str, encoding: str) -> None:
    assert unicodedata.is_normalized("NFC", legacy.convert(text, encoding))
    plain = "".join(char for char in text if char.isascii() and char.isprintable())
    assert legacy.convert(plain, encoding) == plain


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("H\xad\xedng dÉn thi hµnh Th«ng t\xad", "Hướng dẫn thi hành Thông tư"),
        ("Thñ t\u2212íng; x\u2219; \u03bc 7 \u2212 5, \u22122", "Thủ tướng; xã; à 7 - 5, -2"),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Bé TæNG TR\xadëNG", "BỘ TỔNG TRƯỞNG"),
        ("TH¤NG T\xad", "THÔNG TƯ"),
        ("Dù ¸N ®ÇU t\xad", "Dự ÁN ĐẦU tư"),
        ("Sè: 12/Q§-UB", "Số: 12/QĐ-UB"),
        ("UBND TØNH Hµ T¢Y\tHµ T©y, ngµy 5", "UBND TỈNH HÀ TÂY\tHà Tây, ngày 5"),
        ("Bµ Lª ThÞ Hµ, TP. HuÕ", "Bà Lê Thị Hà, TP. Huế"),
        ("Căn cứ Qu¸t ®Þnh, thanh toán kinh phí", "Căn cứ Quát định, thanh toán kinh phí"),
    ],
    ids=[
        "plain",
        "soft hyphen",
        "signs of PDF",
        "capitals",
        "short word",
        "short last word",
        "one capital",
        "number",
        "columns",
        "names",
        "Unicode",
    ],
)
def test_tcvn3_line(old: str, new: str) -> None:
    assert legacy.convert(old, "tcvn3") == new


def test_capital_font_shows_capitals() -> None:
    assert legacy.convert(legacy.in_capitals("Dù ¸n, “Sè” 5 cña ®\xad"), "tcvn3") == "DỰ ÁN, “SỐ” 5 CỦA ĐƯ"
    assert legacy.detect(legacy.in_capitals("Céng hßa x· héi chñ nghÜa ViÖt Nam")) == "tcvn3"


def test_vni_marks_are_read_whatever_the_shift_key_was() -> None:
    assert legacy.convert("ÑOÄC LAÄP - ÑOäC LAäP", "vni") == "ĐỘC LẬP - ĐỘC LẬP"


def test_lines_of_two_encodings_are_read_each_as_its_own() -> None:
    lines = PAPER.lower().splitlines()
    mixed = "\n".join(written(line, "vni" if at % 2 else "tcvn3") for at, line in enumerate(lines))
    assert legacy.convert(mixed, "tcvn3") == PAPER.lower().rstrip("\n")


# --- detection --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii"])
def test_paper_is_known_by_its_words(encoding: str) -> None:
    assert legacy.detect(written(PAPER, encoding)) == encoding
    assert legacy.detect(f"Table of contents\n1. Introduction\n{written(PAPER, encoding)}") == encoding


def test_windows_1258_is_known_by_its_words() -> None:
    assert legacy.detect(as_1258(PAPER).decode("cp1252")) == "windows-1258"


@pytest.mark.parametrize(
    "text",
    [
        "",
        PAPER,
        unicodedata.normalize("NFD", PAPER),
        "Cong hoa xa hoi chu nghia Viet Nam, công dân là, và, có, không, các; thành phần khác",
        "Le Président de la République a signé à Genève un décret relatif aux élèves; où êtes-vous? Noël, dû, forêt, déjà été",
        "Über die Größe der Flüsse äußerte sich der Bürgermeister von Köln: möglicherweise höher, natürlich früher als üblich.",
        "på gång är det så att få män går från ån till sjön, även öl och åka båt; här, där, nå, då, när, för, än, år, två, små",
        "não há ações de educação à população; você será informado amanhã após as eleições, só até lá já pôr avó",
        "El año pasado el niño comió más piñas según la opinión de él, sí, tú también estás aquí: mañana corazón",
        "The committee agreed on § 5 at 20 °C; cost £300 ± 5 %, see §7 and ©2020. ¶ 3 × 4 ÷ 2 ½ ¼ café naïve",
        "° ± µ ¸ · ¹ º » ¼ ½ ¾ × ÷ § © ®",
    ],
    ids=["nothing", "NFC", "NFD", "few marks", "French", "German", "Swedish", "Portuguese", "Spanish", "English", "signs"],
)
def test_other_text_is_of_no_old_encoding(text: str) -> None:
    assert legacy.detect(text) is None


def test_a_paper_in_unicode_that_quotes_stays() -> None:
    assert legacy.detect(PAPER + written("Cộng hòa xã hội chủ nghĩa", "tcvn3")) is None


def test_a_font_lets_one_word_be_enough() -> None:
    assert legacy.detect("ViÖt Nam") is None
    assert legacy.detect("ViÖt Nam", [".VnTime"]) == "tcvn3"
    assert legacy.detect("Vieät Nam", ["VNI-Times"]) == "vni"
    assert legacy.detect("Việt Nam", [".VnTime"]) is None


@pytest.mark.parametrize(
    ("name", "encoding", "capitals"),
    [
        (".VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        (".VnArial NarrowH", "tcvn3", True),
        ("VnTimeH Bold", "tcvn3", True),
        (".Vn3DH", "tcvn3", True),
        ("VNI-Helve", "vni", False),
        ("VPS Times", "vps", False),
        ("Times New Roman", None, False),
        ("Vnesia", None, False),
    ],
)
def test_font_names(name: str, encoding: str | None, capitals: bool) -> None:
    assert legacy.encoding_of_font(name) == encoding
    assert legacy.is_capital_font(name) == capitals


# --- syllables --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", PAPER.replace("/", " ").replace("-", " ").translate(dict.fromkeys(map(ord, ":,.;"), " ")).split()
)
def test_words_of_a_paper_are_syllables(word: str) -> None:
    assert legacy.is_syllable(word) or word.isdigit() or word in {"12", "BC", "UBND", "KH", "1", "I", "250", "243", "2024"}


@pytest.mark.parametrize("word", ["élève", "über", "tàc", "mảt", "bbà", "Straße", "", "ừ́"])
def test_other_words_are_none(word: str) -> None:
    assert not legacy.is_syllable(word)


# --- through the readers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii"])
@pytest.mark.parametrize("bytes_of", ["utf-8", "eight bits"])
def test_old_text_is_read_as_unicode(encoding: str, bytes_of: str) -> None:
    old = written(PAPER.lower(), encoding)
    data = old.encode() if bytes_of == "utf-8" else b"".join(_byte(char) for char in old)
    raw = readers.read(Path("a.txt"), data)
    assert raw.pages == (PAPER.lower(),)
    assert raw.notes[-1] == f"legacy-encoding:{encoding}"
    assert "encoding:windows-1252-assumed" not in raw.notes


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def test_what_a_page_declares_is_believed() -> None:
    head = b"<html><head><meta http-equiv='Content-Type' content='text/html; charset=x-viet-vps'></head><body><p>"
    page = written("Nghị quyết của Hội đồng", "vps")
    raw = readers.read(Path("a.html"), head + b"".join(map(_byte, page)) + b"</p></body></html>")
    assert raw.pages == ("Nghị quyết của Hội đồng",)
    assert raw.notes == ("legacy-encoding:vps",)


def test_word_file_with_capital_fonts() -> None:
    def run(text: str, font: str) -> str:
        middle = "<w:softHyphen/>".join(f"<w:t xml:space='preserve'>{part}</w:t>" for part in text.split("\xad"))
        return f"<w:r><w:rPr><w:rFonts w:ascii='{font}'/></w:rPr>{middle}</w:r>"

    fonts = "<w:font w:name='.VnTime'/><w:font w:name='.VnTimeH'/>"
    body = "".join(
        f"<w:p>{run(written(text, 'tcvn3'), font)}</w:p>"
        for text, font in [("thông tư liên tịch", ".VnTimeH"), ("Căn cứ Thông tư số 3", ".VnTime")]
    )
    raw = readers.read(Path("a.docx"), files.docx(body, fontTable=fonts, header1=files.paragraphs(written("Công báo", "tcvn3"))))
    assert raw.pages == ("THÔNG TƯ LIÊN TỊCH\nCăn cứ Thông tư số 3",)
    assert raw.furniture == ("Công báo",)
    assert raw.notes == ("legacy-encoding:tcvn3",)
