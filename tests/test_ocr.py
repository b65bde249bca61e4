from __future__ import annotations

import doctest
import io
import unicodedata
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sample_files as files

from docsearch import readers
from docsearch.errors import BrokenFile, LimitExceeded, MissingExtra
from docsearch.model import RawText
from docsearch.readers import Limits, numbers, ocr, spelling, tesseract
from docsearch.readers.isolation import ReaderPool, Reading
from docsearch.readers.numbers import elected, is_doubtful_number
from docsearch.readers.pieces import Piece, mend, pieces_of, without_guesses, without_incoming_stamp, without_noise
from docsearch.readers.spelling import mend_marks
from docsearch.readers.tesseract import Word

if TYPE_CHECKING:
    from PIL.Image import Image

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
REASON = ocr.missing()
sees = pytest.mark.skipif(REASON is not None, reason=f"not installed here: {REASON}")

# --- words to lines, without any program ------------------------------------------------------------------------------


def words(text: str, *, left: int = 100, top: int = 100, sure: float = 0.95, line: int = 1, height: int = 40) -> list[Word]:
    """A line of words, 20 dots for each letter; "word~40" was seen with a confidence of 0.40, "   " leaves a column."""
    found: list[Word] = []
    for part in text.split(" "):
        shown, _, confidence = part.partition("~")
        if shown:
            certainty = float(confidence) / 100 if confidence else sure
            found.append(Word(shown, certainty, (1, 1, line), left, top, left + 20 * len(shown), top + height))
        left += 20 * (len(shown) + 1)
    return found


def lines(*texts: str) -> list[Word]:
    return [word for at, text in enumerate(texts) for word in words(text, top=100 + 60 * at, line=at)]


def texts(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces]


def test_columns_of_a_line_are_parted() -> None:
    seen = pieces_of(
        lines("BỘ CÔNG THƯƠNG      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số:      /QĐ-BCT", "Điều 1. Phê duyệt Kế hoạch")
    )
    assert texts(seen) == ["BỘ CÔNG THƯƠNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: /QĐ-BCT", "Điều 1. Phê duyệt Kế hoạch"]


def test_noise_is_left_out_and_doubtful_words_stay() -> None:
    seen = without_noise(pieces_of(lines("_~90", "— Độc lập", "s¿É....-ee~5 Điều~0 2.~96 Hiệu~96 lực~96", "zx~10 vk~5")))
    assert texts(seen) == ["Độc lập", "Điều 2. Hiệu lực"]


@pytest.mark.parametrize(
    ("line", "clear"),
    [
        ("Số: 45/QĐ-TTg~53", "Số: 45/QĐ-TTg"),
        ("Số: 45/QĐ-TTg~30", "Số: /QĐ-TTg"),
        ("Số: 0256~96 /QĐ-BCT~64", "Số: 0256 /QĐ-BCT"),
        ("SỐ: oo¿¿~5 /QĐ-BCT~90", "Số: /QĐ-BCT"),
        ("Sẻ~62 đổ~72 /CT-BCT~81", "Số: /CT-BCT"),
        ("Số: 41~60 /2010/TT-TTCP~70", "Số: /2010/TT-TTCP"),
        ("Hà Nội, ngày 12 tháng 01~79 năm 2010", "Hà Nội, ngày 12 tháng 01 năm 2010"),
        ("Hà Nội, ngày 43~95 tháng Q4~82 năm 2010", "Hà Nội, ngày tháng năm 2010"),
        ("Hà Nội, ngày,3â~43 tháng 01~92 năm 2010", "Hà Nội, ngày tháng 01 năm 2010"),
        ("TP. Cần Thơ, ngày 05~50 tháng 7 năm 2004~30", "TP. Cần Thơ, ngày tháng 7 năm"),
        ("Căn cứ Nghị định số 12~60 /2008/NĐ-CP", "Căn cứ Nghị định số 12 /2008/NĐ-CP"),
        ("Căn cứ Luật Đất đai ngày 26~40 tháng 11 năm 2003;", "Căn cứ Luật Đất đai ngày 26 tháng 11 năm 2003;"),
    ],
)  # fmt: skip
def test_guesses_at_handwriting_are_left_blank(line: str, clear: str) -> None:
    assert texts(without_guesses(pieces_of(lines(line)))) == [clear]


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
        ("tiét kiẹm, kiéng.", "tiết kiệm, kiếng."),
        ("giẻ rách xé", "giẻ rách xé"),
        ("ngày l2 tháng I1 năm 2006", "ngày 12 tháng 11 năm 2006"),
        ("tháng 1U năm 2009", "tháng 10 năm 2009"),
        ("mục I1 phần II", "mục I1 phần II"),
        ("số 28/2005/PL-UBTVQHI1;", "số 28/2005/PL-UBTVQH11;"),
        ("số 137/2025/0H15", "số 137/2025/QH15"),
        ("số 101⁄2025⁄QHI5,", "số 101/2025/QH15,"),
        ("số 35/2023/UBTVQHI15", "số 35/2023/UBTVQH15"),
    ],
)
def test_slips_with_one_reading_are_mended(line: str, mended: str) -> None:
    assert texts(mend(pieces_of(lines(line)))) == [mended]


def test_number_broken_at_a_line_end_is_whole() -> None:
    seen = mend(pieces_of(lines("theo Quyết định số 12/2020/QĐ-", "UBND ngày 05 tháng 3", "Cục Thuế -", "Sở Nội vụ")))
    assert texts(seen) == ["theo Quyết định số 12/2020/QĐ-UBND", "ngày 05 tháng 3", "Cục Thuế -", "Sở Nội vụ"]


def test_stamp_of_reception_is_taken_out() -> None:
    page = [
        *words("Số: 61/QĐ-TTg", left=400, top=100, line=1),
        *words("VĂN PHÒNG ỦY BAN NHÂN DÂN", left=60, top=220, line=2, height=30),
        *words("CÔNG VĂN ĐẾN", left=180, top=270, line=3, height=34),
        *words("Số:...2352.....~20", left=90, top=320, line=4),
        *words("Ngày.21/3/18..~30    THỦ TƯỚNG CHÍNH PHỦ", left=90, top=370, line=5),
        *words("Kính chuyển:......~40", left=90, top=420, line=6),
        *words("Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;", left=400, top=500, line=7),
    ]
    kept, stamp = without_incoming_stamp(pieces_of(page))
    assert texts(kept) == ["Số: 61/QĐ-TTg", "THỦ TƯỚNG CHÍNH PHỦ", "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;"]
    assert texts(stamp)[1] == "CÔNG VĂN ĐẾN"


def test_stamp_whose_head_is_hidden_is_known_by_its_lines() -> None:
    page = [
        *words("Số: 44/QĐ-BCT", left=400, top=100, line=1),
        *words("CỤC CÔNG NGHỆ", left=60, top=220, line=2, height=30),
        *words("CV Số:.......~20", left=62, top=320, line=3),
        *words("Ngày....~47 tháng năm~30 2010", left=60, top=370, line=4),
        *words("Lưu hồ sơ:..........~56 Căn cứ Nghị định số 189/NĐ-CP", left=64, top=420, line=5),
    ]
    kept, stamp = without_incoming_stamp(pieces_of(page))
    assert texts(kept) == ["Số: 44/QĐ-BCT", "Căn cứ Nghị định số 189/NĐ-CP"]
    assert len(stamp) == 4


def test_lines_of_a_form_are_no_stamp() -> None:
    page = pieces_of(lines("Họ và tên:..........", "Số:..........", "Ngày:..........", "Nơi chuyển đến:.........."))
    assert without_incoming_stamp(page) == (page, [])


@pytest.mark.parametrize(
    ("looks", "number"),
    [
        ("I5~37 1Š~65 I5~46 15~72", "15"),
        ("0044~79 oo¿¿~5 0044~86 0044~61", "0044"),
        ("01~71 O1~56 0]~54 01~90", "01"),
        ("O4~22 O4~33 O{_~9 O4~47", None),
        ("15~92 †~78 VŠ~39", None),
        ("16~80 18~85 16~90 16~90", None),
        ("4$~80 43~95 43~89 4$~73", None),
        ("4§~51 44T~86 AT~47", None),
    ],
    ids=["italic", "stamped", "letters for digits", "never sure", "one alone", "two sure ones", "thirteen by hand", "by hand"],
)
def test_looks_must_agree_on_a_number(looks: str, number: str | None) -> None:
    assert elected(words(looks)) == number


def test_only_numbers_after_their_marks_are_looked_at_again() -> None:
    line = words("Hà Nội, ngày l5~40 tháng 01~95 năm 2010; Điều l5~40")
    doubtful = [after.text for before, after in pairwise(line) if is_doubtful_number(before, after)]
    assert doubtful == ["l5"]


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("bố sung một số điều", "bổ sung một số điều"),
        ("TÔ CHỨC, Quyêt định;", "TỔ CHỨC, Quyết định;"),
        ("tô, chức", "tô, chức"),
        ("ông Tô Chức", "ông Tô Chức"),
        ("hoà bình, hòa bình", "hoà bình, hòa bình"),
        ("45/QĐ-TTg to chuc", "45/QĐ-TTg tổ chức"),
    ],
    ids=["one pair", "capitals and signs", "a comma between", "a name", "where a mark stands", "no marks at all"],
)
def test_marks_are_mended_where_a_pair_has_no_rival(line: str, mended: str) -> None:
    assert " ".join(mend_marks(line.split())) == mended


def test_tables_and_examples_of_spelling() -> None:
    assert doctest.testmod(spelling).failed == doctest.testmod(numbers).failed == 0
    rows = [row for row in spelling._TABLE.read_text("utf-8").splitlines() if not row.startswith("#")]
    assert len(rows) > 1000
    assert all(len(row.split()) == 2 and unicodedata.is_normalized("NFC", row) for row in rows)


def test_words_like_those_of_a_stamp_stay() -> None:
    page = pieces_of(
        lines("QUY TRÌNH XỬ LÝ CÔNG VĂN ĐẾN", "CÔNG VĂN ĐẾN", "Điều 1. Công văn đến được đăng ký", "ngày 12 tháng 3")
    )
    assert without_incoming_stamp(page) == (page, [])


def test_the_surer_look_is_taken_and_disputed_digits_are_not_believed() -> None:
    first = [*words("tô~92 chức"), *words("16/QĐ-UBND~80", top=200)]
    second = [*words("tổ~94 chức"), *words("18/QĐ-UBND~85", top=200)]
    looks = ocr.surer(first, second)
    assert [word.text for word in looks] == ["tổ", "chức", "18/QĐ-UBND"]
    assert looks[2].confidence < 0.4


# --- what is missing --------------------------------------------------------------------------------------------------


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "missing", lambda: tesseract.INSTALL)


@pytest.mark.usefixtures("blind")
def test_a_scan_says_what_to_install() -> None:
    for name, data in (("a.pdf", files.scanned_pdf()), ("a.png", b"\x89PNG\r\n\x1a\n\0\0")):
        with pytest.raises(MissingExtra, match=r"tesseract-ocr-vie|docsearch\[ocr\]"):
            readers.read(Path(name), data)


@pytest.mark.usefixtures("blind")
def test_a_scan_among_other_pages_is_noted() -> None:
    raw = readers.read(Path("a.pdf"), files.with_scanned_page([(72, 700, "Căn cứ Luật Đất đai")]))
    assert raw.notes == ("page-without-text:2",)


# --- pictures ---------------------------------------------------------------------------------------------------------


@cache
def sheet() -> Image:
    """The first page of a paper of the corpus as a scanner would see it: grey, 300 dots an inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(next(CORPUS.rglob("198-BC-UBND-2023.pdf")))
    picture: Image = document[0].render(scale=300 / 72).to_pil().convert("L")
    return picture


@cache
def paper() -> str:
    return readers.read(next(CORPUS.rglob("198-BC-UBND-2023.pdf"))).pages[0]


def saved(picture: Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def read(name: str, data: bytes, **options: object) -> RawText:
    return readers.read(Path(name), data, **options)  # type: ignore[arg-type]


def likeness(text: str, truth: str) -> float:
    return SequenceMatcher(None, truth.split(), text.split(), autojunk=False).ratio()


@sees
@pytest.mark.parametrize("spoilt", ["as it is", "leaning", "on its side", "on its head", "red seal"])
def test_a_picture_is_read(spoilt: str) -> None:
    from PIL import Image, ImageDraw

    picture = sheet()
    if spoilt == "leaning":
        picture = picture.rotate(1.3, resample=Image.Resampling.BICUBIC, fillcolor=255)
    elif spoilt in ("on its side", "on its head"):
        picture = picture.rotate(90 if spoilt == "on its side" else 180, expand=True)
    elif spoilt == "red seal":
        picture = picture.convert("RGB")
        ImageDraw.Draw(picture).ellipse((1200, 1400, 1650, 1850), outline=(220, 40, 50), width=12)
    raw = read("scan.png", saved(picture, "PNG", dpi=(300, 300)))
    assert likeness(raw.pages[0], paper()) > (0.97 if spoilt == "red seal" else 0.98)
    assert raw.format == "png"
    assert raw.notes[0].startswith("ocr:1:0.9")


@sees
def test_a_scanned_pdf_is_read_and_its_stamp_set_aside(tmp_path: Path) -> None:
    data = saved(sheet(), "PDF", resolution=300)
    raw = read("scan.pdf", data, cache=tmp_path)
    assert likeness(raw.pages[0], paper()) > 0.98
    assert raw.notes[0].startswith("ocr:1:0.9")
    assert not any(note.startswith("page-without-text") for note in raw.notes)


@sees
def test_a_page_seen_before_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(sheet().crop((0, 0, 2480, 900)), "PDF", resolution=300)
    first = read("scan.pdf", data, cache=tmp_path)
    monkeypatch.setattr(tesseract, "words", lambda *_, **__: pytest.fail("it was looked at again"))
    assert read("scan.pdf", data, cache=tmp_path) == first
    kept = next(tmp_path.rglob("*.json"))
    kept.write_text(kept.read_text()[:100])  # cut short by a kill
    with pytest.raises(pytest.fail.Exception, match="again"):
        read("scan.pdf", data, cache=tmp_path)


@sees
def test_an_archive_reads_no_picture_twice_and_of_a_changed_file_only_the_new_page(tmp_path: Path) -> None:
    from docsearch import library

    strips = [sheet().crop((0, top, 2480, top + 500)) for top in (300, 800, 1300)]
    scan, held = tmp_path / "scan.pdf", tmp_path / "index"

    def index(*pages: Image) -> set[tuple[str, int]]:
        scan.write_bytes(saved(pages[0], "PDF", resolution=300, save_all=True, append_images=list(pages[1:])))
        with library.open(held, create=True) as archive:
            report = archive.index([scan], workers=1)
            assert sum(report.counts.values()) == 1 and not report.failures
        return {(path.name, path.stat().st_mtime_ns) for path in (held / "ocr").rglob("*.json")}

    first = index(strips[0], strips[1])
    assert len(first) == 2
    second = index(strips[0], strips[2])
    assert first < second and len(second) == 3
    assert index(strips[1], strips[2], strips[0]) == second


@sees
def test_each_frame_of_a_tiff_is_a_page() -> None:
    top = sheet().crop((0, 0, 2480, 900))
    raw = read("fax.tif", saved(top, "TIFF", save_all=True, append_images=[top.point(lambda dot: dot)], dpi=(300, 300)))
    assert raw.format == "tiff"
    assert len(raw.pages) == 2
    assert all("BÁO CÁO" in page for page in raw.pages)


@sees
def test_a_small_picture_that_tells_no_size_is_taken_for_a_sheet() -> None:
    small = sheet().resize((1240, 1754))
    assert likeness(read("photo.jpg", saved(small, "JPEG", quality=90)).pages[0], paper()) > 0.95


@sees
def test_too_large_and_damaged_pictures_cost_one_line() -> None:
    with pytest.raises(LimitExceeded, match="dots"):
        read("a.png", saved(sheet(), "PNG"), limits=Limits(dots=1_000_000))
    with pytest.raises(LimitExceeded, match="2 pages"):
        read("a.tif", saved(sheet(), "TIFF", save_all=True, append_images=[sheet()]), limits=Limits(picture_pages=1))
    data = saved(sheet(), "PNG")
    for broken in (data[:2000], data[:40], b"\x89PNG\r\n\x1a\n" + b"\0" * 50):
        with pytest.raises(BrokenFile, match="damaged"):
            read("a.png", broken)


@sees
def test_a_page_that_takes_too_long_is_left_and_said() -> None:
    with pytest.raises(BrokenFile, match="OCR could"):
        read("a.png", saved(sheet(), "PNG"), limits=Limits(page_seconds=0.01))
    with pytest.raises(BrokenFile, match="OCR could"):
        read("a.pdf", saved(sheet(), "PDF", resolution=300), limits=Limits(page_seconds=0.01))


@sees
def test_many_pictures_may_take_longer_than_a_file(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    page = sheet()
    path.write_bytes(
        saved(page, "PDF", resolution=300, save_all=True, append_images=[page.rotate(1), page.rotate(2), page.rotate(3)])
    )
    with ReaderPool(1, Limits(seconds=3.0, cpu_seconds=60, page_seconds=60), cache=tmp_path / "seen") as pool:
        reading = pool.submit(path).result()
    assert isinstance(reading, Reading)
    assert len(reading.raw.pages) == 4
    assert len(list((tmp_path / "seen").rglob("*.json"))) == 4
