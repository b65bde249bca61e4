"""PDF files with a text layer: pdfium reads, the layout decides the order, pdfminer.six is the second opinion.

Measured on gazette files: pdfium reads 14 to 30 times as fast as pdfminer.six and finds more numbers, because it joins
a number broken at its hyphen (it writes U+FFFE there, which is a hyphen).  pdfminer.six is asked where pdfium cannot
open the file, or where a page's text is broken or out of order.
"""

from __future__ import annotations

import ctypes
import io
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile, LimitExceeded, MissingExtra
from docsearch.model import RawText
from docsearch.readers.layout import Line, PrintedPage, letterhead_first, take_furniture, take_stamps, upward_jumps
from docsearch.readers.source import Source

if TYPE_CHECKING:
    import pypdfium2

_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạ-ỹẠ-Ỹ]")
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)")
_ALIAS_OBJECT = re.compile(rb"\d\s+obj\s+\d+\s+\d+\s+R\s+endobj")  # an object that is a reference: pdfminer.six loops on a ring
_GAP = 1.8  # of a line's height: more white than this between two words of one line parts two columns


def read(source: Source) -> RawText:
    """The text page by page.

    Notes: ``page-without-text:N`` for a scanned page, ``page-poor-ocr:N`` for one whose text layer was made by an OCR
    that knows no Vietnamese, ``second-opinion:N`` for one read by pdfminer.six.  A file of scanned pages only raises
    `MissingExtra`.
    """
    try:
        found, notes = _read_pdfium(source)
    except _RefusedError as refusal:
        found, notes = _read_pdfminer(source, refusal), ("second-opinion:all",)
    return _finish(source, found, notes)


@dataclass(frozen=True, slots=True)
class _Found:
    """One page as read, and whether pictures cover most of it."""

    page: PrintedPage
    pictured: bool = False


class _RefusedError(Exception):
    """pdfium cannot open the file; the message is its reason."""


# --- pdfium -----------------------------------------------------------------------------------------------------------


def _read_pdfium(source: Source) -> tuple[list[_Found], tuple[str, ...]]:
    document = _open(source)
    try:
        if len(document) > source.limits.pages:
            raise LimitExceeded(source.path, f"{len(document):,} pages, more than {source.limits.pages:,}")
        return _pages(source, document)
    finally:
        document.close()


def _open(source: Source) -> pypdfium2.PdfDocument:
    import pypdfium2  # heavy, and only PDF files need it

    data = source.data[max(source.data.find(b"%PDF-"), 0) :]
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BrokenFile(source.path, "encrypted: it opens only with a password") from error
        raise _RefusedError(str(error)) from error


def _pages(source: Source, document: pypdfium2.PdfDocument) -> tuple[list[_Found], tuple[str, ...]]:
    import pypdfium2

    found: list[_Found] = []
    notes: list[str] = []
    characters = 0
    for index in range(len(document)):
        try:
            page = _page(document, index)
        except pypdfium2.PdfiumError:
            notes.append(f"page-damaged:{index + 1}")
            continue
        found.append(page)
        characters += sum(len(line.text) for line in page.page.lines)
        if characters > source.limits.characters:
            raise LimitExceeded(source.path, f"more than {source.limits.characters:,} characters")
    if not found:
        raise _RefusedError("no page can be loaded")
    return _second_opinions(source, found, notes)


def _page(document: pypdfium2.PdfDocument, index: int) -> _Found:
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            width, height = page.get_size()
            lines = tuple(_lines(text_page))
        finally:
            text_page.close()
        sparse = sum(len(line.text) for line in lines) < 400 or _poor(" ".join(line.text for line in lines))
        return _Found(PrintedPage(index + 1, width, height, lines), pictured=sparse and _pictured(page, width * height))
    finally:
        page.close()


def _pictured(page: pypdfium2.PdfPage, area: float) -> bool:
    """True where pictures cover more than half of the page."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    covered = 0.0
    for picture in page.get_objects(filter=(FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += abs(right - left) * abs(top - bottom)
    return covered > area / 2


def _lines(text_page: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """The lines as pdfium has them, parted where two columns stand on one line."""
    from pypdfium2 import raw

    text = text_page.get_text_range()
    straight = text_page.count_chars() == len(text)
    start = 0
    for words in text.split("\r\n"):
        at = start if straight else raw.FPDFText_GetCharIndexFromTextIndex(text_page, start)
        yield from _parted(text_page, words.replace("\ufffe", "-").replace("\n", " "), _boxes(text_page, at, len(words)))
        start += len(words) + 2


_Box = tuple[float, float, float, float]


def _boxes(text_page: pypdfium2.PdfTextPage, start: int, length: int) -> list[_Box]:
    """Boxes (left, bottom, right, top) of the pieces of one line."""
    from pypdfium2 import raw

    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    boxes: list[_Box] = []
    for index in range(raw.FPDFText_CountRects(text_page, start, length) if length and start >= 0 else 0):
        raw.FPDFText_GetRect(text_page, index, left, top, right, bottom)
        boxes.append((left.value, bottom.value, right.value, top.value))
    return boxes


def _parted(text_page: pypdfium2.PdfTextPage, words: str, boxes: Sequence[_Box]) -> Iterator[Line]:
    if not boxes:
        return
    groups = _columns(boxes)
    if len(groups) == 1:
        yield _line(words, groups[0])
        return
    cells = [_words_in(text_page, group) for group in groups]
    if len(cells) == 2 and _starts_column(cells[1]):
        yield from (_line(cell, group) for cell, group in zip(cells, groups, strict=True))
    elif len(cells) > 2 and "".join("".join(cells).split()) == "".join(words.split()):
        yield _line("\t".join(cells), boxes)
    else:
        yield _line(words, boxes)


def _columns(boxes: Sequence[_Box]) -> list[list[_Box]]:
    groups: list[list[_Box]] = [[boxes[0]]]
    for before, after in pairwise(boxes):
        height = max(before[3] - before[1], after[3] - after[1], 8.0)
        if after[0] - before[2] > _GAP * height:
            groups.append([after])
        else:
            groups[-1].append(after)
    return groups


def _starts_column(words: str) -> bool:
    """A blank left for a number or a date ("Số:      /BC-UBND") is no gap between columns."""
    return words[:1].isupper() or words[:1] in "_-–—*("


def _words_in(text_page: pypdfium2.PdfTextPage, boxes: Sequence[_Box]) -> str:
    line = _line("", boxes)
    text: str = text_page.get_text_bounded(line.left - 0.5, line.bottom - 0.5, line.right + 0.5, line.top + 0.5)
    return " ".join(text.replace("\ufffe", "-").split())


def _line(words: str, boxes: Sequence[_Box]) -> Line:
    return Line(
        words,
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


# --- pdfminer.six -----------------------------------------------------------------------------------------------------


def _second_opinions(source: Source, found: list[_Found], notes: list[str]) -> tuple[list[_Found], tuple[str, ...]]:
    """Pages whose text looks broken or out of order, read again where that makes them better."""
    doubtful = [each.page.number - 1 for each in found if _doubtful(each.page)]
    if not doubtful or _ALIAS_OBJECT.search(source.data):
        return found, tuple(notes)
    again = {page.number: page for page in _mined(source, doubtful)}
    better = [_better(each, again.get(each.page.number)) for each in found]
    changed = [new.page.number for old, new in zip(found, better, strict=True) if new is not old]
    return better, (*notes, *(f"second-opinion:{number}" for number in changed))


def _doubtful(page: PrintedPage) -> bool:
    return _broken_share(page.text) > 0.02 or (len(page.lines) > 8 and upward_jumps(page) > 0.3)


def _better(first: _Found, second: PrintedPage | None) -> _Found:
    if second is None or len(second.text) * 2 < len(first.page.text):
        return first
    broken = _broken_share(first.page.text), _broken_share(second.text)
    ordered = upward_jumps(second) < upward_jumps(first.page)
    return replace(first, page=second) if broken[1] < broken[0] or (broken[1] == broken[0] and ordered) else first


def _broken_share(text: str) -> float:
    return len(_BROKEN.findall(text)) / len(text) if text else 0.0


def _read_pdfminer(source: Source, refusal: _RefusedError) -> list[_Found]:
    if _ALIAS_OBJECT.search(source.data):
        raise BrokenFile(source.path, f"damaged PDF ({refusal})") from refusal
    pages = list(_mined(source, None))
    if not any(page.lines for page in pages):
        raise BrokenFile(source.path, _damage(source, refusal)) from refusal
    return [_Found(page) for page in pages]


def _damage(source: Source, refusal: _RefusedError) -> str:
    if b"%%EOF" not in source.data[-2048:]:
        return "damaged PDF: cut short, its end is missing"
    return f"damaged PDF ({str(refusal).rstrip('.')})"


def _mined(source: Source, numbers: Sequence[int] | None) -> Iterator[PrintedPage]:
    """Pages (numbers from 0; ``None``: all) as pdfminer.six reads them; stops at what it cannot read."""
    from pdfminer.high_level import extract_pages  # heavy, and few files need it
    from pdfminer.layout import LAParams

    latest = time.monotonic() + source.limits.seconds / 2
    try:
        layouts = extract_pages(io.BytesIO(source.data), page_numbers=numbers, laparams=LAParams(), maxpages=source.limits.pages)
        for position, layout in enumerate(layouts):
            number = numbers[position] + 1 if numbers else position + 1
            yield PrintedPage(number, layout.width, layout.height, tuple(_mined_lines(layout)))
            if time.monotonic() > latest:
                raise LimitExceeded(source.path, f"more than {source.limits.seconds / 2:.0f} seconds for a damaged PDF")
    except LimitExceeded:
        raise
    except Exception:  # it raises errors of every kind on damaged files (seen: ten)
        return


def _mined_lines(layout: object) -> Iterator[Line]:
    from pdfminer.layout import LTTextBox, LTTextLine

    for box in layout:  # type: ignore[attr-defined]
        if isinstance(box, LTTextBox):
            for line in box:
                if isinstance(line, LTTextLine):
                    yield Line(line.get_text().rstrip("\n"), *line.bbox)


# --- the paper out of the pages ---------------------------------------------------------------------------------------


def _finish(source: Source, found: list[_Found], notes: tuple[str, ...]) -> RawText:
    stamped = [take_stamps(each.page) for each in found]
    stamps = tuple(dict.fromkeys(line for _, lines in stamped for line in lines))
    pages, furniture = take_furniture([page for page, _ in stamped])
    remarks = [note for page, each in zip(pages, found, strict=True) for note in _remarks(page, each)]
    if found and sum(1 for note in remarks if note.startswith("page-without-text")) == len(found):
        raise MissingExtra(source.path, f"scanned: no text layer on any page ({len(found)}); OCR is not installed")
    pages[:1] = map(letterhead_first, pages[:1])
    notes = (*notes, *remarks, *(("signature-stamp",) if stamps else ()))
    return RawText(format="pdf", pages=tuple(map(_page_text, pages)), furniture=furniture + stamps, notes=notes)


def _page_text(page: PrintedPage) -> str:
    return "\n".join(line.text.strip() for line in page.lines).strip("\n")


def _remarks(page: PrintedPage, found: _Found) -> Iterator[str]:
    letters = sum(map(str.isalpha, page.text))
    if (letters < 100 and found.pictured) or (not letters and not found.page.lines):
        yield f"page-without-text:{page.number}"
    elif found.pictured and _poor(page.text):
        yield f"page-poor-ocr:{page.number}"


def _poor(text: str) -> bool:
    """True where Vietnamese letters are too few: 0.20 to 0.30 of all in good text, 0.00 to 0.12 after a foreign OCR."""
    letters = sum(map(str.isalpha, text))
    return letters > 100 and len(_VIETNAMESE.findall(text)) < letters * 0.12
