"""PDF files with a text layer: pdfium reads, the layout decides the order, pdfminer.six is the second opinion.

Measured on gazette files: pdfium reads 14 to 30 times as fast as pdfminer.six and finds more numbers.  pdfminer.six is
asked where pdfium cannot open the file, or where a page's text is broken or out of order.  Pages that are pictures go
through OCR, where it is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from docsearch import legacy
from docsearch.errors import BrokenFile, LimitExceeded, MissingExtra, ReadError
from docsearch.model import RawText
from docsearch.readers.decoding import vietnamese_share
from docsearch.readers.layout import PrintedPage, in_reading_order, is_out_of_order, take_furniture, take_stamps
from docsearch.readers.signatures import note, read_signatures
from docsearch.readers.source import Source

if TYPE_CHECKING:
    import pypdfium2

    from docsearch.readers import ocr
    from docsearch.readers.pdfium import Found

_STAMP = 100  # letters; a signature stamp has 15 to 99 characters
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)")


def read(source: Source) -> RawText:
    """The text page by page.

    Notes: ``ocr:N:0.87`` for a page read by OCR, with its confidence; where that is not installed or failed,
    ``page-without-text:N`` for a scanned page and ``page-poor-ocr:N`` for one whose text layer was made by an OCR that
    knows no Vietnamese; ``page-damaged:N`` for one that cannot be loaded, ``second-opinion:N`` for one read by
    pdfminer.six ("all" where it read the file), ``signature-stamp`` where the words of one were taken out,
    ``signature:...`` for each digital signature.  A file of scanned pages only raises `MissingExtra` where OCR is not
    installed.
    """
    try:
        found, notes = _read_pdfium(source)
    except _RefusedError as refusal:
        found, notes = _read_pdfminer(source, refusal), ("second-opinion:all",)
    return _finish(source, found, notes)


class _RefusedError(Exception):
    """pdfium cannot open the file; the message is its reason."""


# --- pdfium first -----------------------------------------------------------------------------------------------------


def _read_pdfium(source: Source) -> tuple[list[Found], tuple[str, ...]]:
    document = _open(source)
    try:
        if len(document) > source.limits.pages:
            raise LimitExceeded(source.path, f"{len(document):,} pages, more than {source.limits.pages:,}")
        found, notes = _pages(source, document)
    finally:
        document.close()
    again = _second_opinions(source, found)
    changed = [new.page.number for old, new in zip(found, again, strict=True) if new is not old]
    return _look(source, again), (*notes, *(f"second-opinion:{number}" for number in changed))


def _open(source: Source) -> pypdfium2.PdfDocument:
    import pypdfium2

    data = source.data[max(source.data.find(b"%PDF-"), 0) :]
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BrokenFile(source.path, "encrypted: it opens only with a password") from error
        raise _RefusedError(str(error)) from error


def _pages(source: Source, document: pypdfium2.PdfDocument) -> tuple[list[Found], list[str]]:
    import pypdfium2

    from docsearch.readers.pdfium import Found, read_page

    found: list[Found] = []
    notes: list[str] = []
    characters = 0
    for index in range(len(document)):
        try:
            found.append(read_page(document, index))
        except pypdfium2.PdfiumError:
            notes.append(f"page-damaged:{index + 1}")
            found.append(Found(PrintedPage(index + 1, 0.0, 0.0, ())))
        characters += sum(len(line.text) for line in found[-1].page.lines)
        if characters > source.limits.characters:
            raise LimitExceeded(source.path, f"more than {source.limits.characters:,} characters")
    if len(notes) == len(found):
        raise _RefusedError("no page can be loaded")
    return found, notes


# --- pdfminer.six second ----------------------------------------------------------------------------------------------


def _second_opinions(source: Source, found: list[Found]) -> list[Found]:
    """The pages, with those whose text looks broken or out of order read again where that makes them better."""
    doubtful = [each.page.number - 1 for each in found if _doubtful(each.page)]
    if not doubtful:
        return found
    from docsearch.readers import pdfmine

    again = {page.number: page for page in pdfmine.read_pages(source, doubtful)} if pdfmine.is_safe(source) else {}
    return [_better(each, again.get(each.page.number)) for each in found]


def _doubtful(page: PrintedPage) -> bool:
    return _broken_share(page.text) > 0.02 or is_out_of_order(page)


def _better(first: Found, second: PrintedPage | None) -> Found:
    """The second reading where it is less broken, or as sound and better ordered; the first where that lost text."""
    if second is None or len(second.text) * 2 < len(first.page.text):
        return first
    before, after = _broken_share(first.page.text), _broken_share(second.text)
    if after < before or (after == before and is_out_of_order(first.page) and not is_out_of_order(second)):
        return replace(first, page=second)
    return first


def _broken_share(text: str) -> float:
    return len(_BROKEN.findall(text)) / len(text) if text else 0.0


def _read_pdfminer(source: Source, refusal: _RefusedError) -> list[Found]:
    from docsearch.readers import pdfmine
    from docsearch.readers.pdfium import Found

    pages = list(pdfmine.read_pages(source)) if pdfmine.is_safe(source) else []
    if not any(page.lines for page in pages):
        cut = b"%%EOF" not in source.data[-2048:]
        raise BrokenFile(source.path, f"damaged PDF ({'cut short: its end is missing' if cut else refusal})") from refusal
    return [Found(page) for page in pages]


# --- pictures third ---------------------------------------------------------------------------------------------------


def _look(source: Source, found: list[Found]) -> list[Found]:
    """The pages, with those that are pictures, or whose text nobody can decode, seen by OCR where it is installed."""
    wanted = [each for each in found if each.scanned or _broken_share(each.page.text) > 0.1]
    if not wanted:
        return found
    from docsearch.readers import ocr

    if ocr.missing():
        return found
    from docsearch.readers.pdfium import pictures

    seen: dict[int, Found] = {}
    numbers = [each.page.number for each in wanted[: source.limits.picture_pages]]
    for each, picture in zip(wanted, pictures(source.data[max(source.data.find(b"%PDF-"), 0) :], numbers), strict=False):
        source.more_time(3 * source.limits.page_seconds)  # it may be looked at thrice, each way up
        with suppress(ocr.TesseractError):
            seen[each.page.number] = _as_seen(each, ocr.read_picture(source, picture, each.page.number))
    return [seen.get(each.page.number, each) for each in found]


def _as_seen(layer: Found, seen: ocr.Seen) -> Found:
    """The page as seen, its text layer aside; the layer itself where it is Vietnamese and holds more, or nothing was seen."""
    if not seen.page.lines:
        return layer
    if vietnamese_share(layer.page.text) >= 0.12 and _letters(layer.page) >= _letters(seen.page):
        return replace(layer, scanned=False)
    aside = (line.text.strip() for line in layer.page.lines) if _letters(layer.page) < _STAMP else ()
    return replace(layer, page=seen.page, aside=(*layer.aside, *aside, *seen.aside), scanned=False, notes=seen.notes)


def _letters(page: PrintedPage) -> int:
    return sum(map(str.isalpha, page.text))


# --- the paper out of the pages ---------------------------------------------------------------------------------------


def _finish(source: Source, found: list[Found], notes: tuple[str, ...]) -> RawText:
    found, old = _as_unicode(found)
    stamped = [take_stamps(each.page) for each in found]
    stamps = tuple(line for _, lines in stamped for line in lines)
    pages, furniture = take_furniture([page for page, _ in stamped])
    remarks = [remark for page, each in zip(pages, found, strict=True) for remark in _remarks(page, each)]
    if sum(1 for remark in remarks if remark.startswith("page-without-text")) == len(found):
        raise _unseen(source, len(found))
    pages = [in_reading_order(page, first=page.number == 1) for page in pages]
    aside = tuple(line for each in found for line in each.aside)
    signatures = read_signatures(source)
    return RawText(
        format="pdf",
        pages=tuple(map(_page_text, pages)),
        furniture=tuple(dict.fromkeys((*furniture, *aside, *stamps))),
        notes=(*notes, *old, *remarks, *(("signature-stamp",) if stamps else ()), *map(note, signatures)),
        signatures=signatures,
    )


def _as_unicode(found: list[Found]) -> tuple[list[Found], tuple[str, ...]]:
    """The pages with text of before Unicode converted, before anything looks for words in it; and a note on that."""
    encoding = legacy.detect("\n".join(each.page.text for each in found))
    if encoding is None:
        return found, ()
    return [replace(each, page=_converted(each.page, encoding)) for each in found], (f"legacy-encoding:{encoding}",)


def _converted(page: PrintedPage, encoding: str) -> PrintedPage:
    return replace(page, lines=tuple(replace(line, text=legacy.convert(line.text, encoding)) for line in page.lines))


def _page_text(page: PrintedPage) -> str:
    return "\n".join(line.text.strip() for line in page.lines)


def _unseen(source: Source, pages: int) -> ReadError:
    from docsearch.readers import ocr

    reason = ocr.missing()
    if reason:
        return MissingExtra(source.path, f"scanned: no text layer on any page ({pages}); {reason}")
    return BrokenFile(source.path, f"scanned, and OCR could read none of {pages} pages")


def _remarks(page: PrintedPage, found: Found) -> Iterator[str]:
    yield from found.notes
    if found.scanned and _letters(page) < _STAMP:
        yield f"page-without-text:{page.number}"
    elif found.scanned:
        yield f"page-poor-ocr:{page.number}"
