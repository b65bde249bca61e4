"""Pictures of papers (PNG, JPEG, TIFF with several pages, BMP, WebP, GIF): each frame is a page and goes through OCR."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile, LimitExceeded, MissingExtra
from docsearch.model import RawText
from docsearch.readers import ocr
from docsearch.readers.layout import in_reading_order, take_furniture, take_stamps
from docsearch.readers.source import Source

if TYPE_CHECKING:
    from PIL import Image

_DPI = 300
_PAGE_INCHES = 8.27  # the short side of A4: what a picture that tells no size is taken to show
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")


def read(source: Source) -> RawText:
    """The text page by page; notes and errors as with scanned PDFs."""
    if reason := ocr.missing():
        raise MissingExtra(source.path, f"a picture: {reason}")
    seen: list[ocr.Seen] = []
    failures: list[str] = []
    for number, image in enumerate(_frames(source), 1):
        source.more_time(3 * source.limits.page_seconds)
        try:
            seen.append(ocr.read_picture(source, image, number))
        except ocr.TesseractError as error:
            failures.append(str(error))
    if not seen:
        raise BrokenFile(source.path, f"a picture, and OCR could not read it ({'; '.join(dict.fromkeys(failures))})")
    stamped = [take_stamps(each.page) for each in seen]
    pages, furniture = take_furniture([page for page, _ in stamped])
    aside = (line for each, (_, stamp) in zip(seen, stamped, strict=True) for line in (*each.aside, *stamp))
    return RawText(
        format=_format(source),
        pages=tuple(in_reading_order(page, first=page.number == 1).text for page in pages),
        furniture=tuple(dict.fromkeys((*furniture, *aside))),
        notes=tuple(note for each in seen for note in each.notes),
    )


def _format(source: Source) -> str:
    name = _open(source).format or ""
    return "jpeg" if name == "MPO" else name.lower()


def _frames(source: Source) -> Iterator[Image.Image]:
    """Each frame upright as its camera says, at 300 dots an inch."""
    from PIL import ImageOps

    file = _open(source)
    count = getattr(file, "n_frames", 1)
    if count > source.limits.picture_pages:
        raise LimitExceeded(source.path, f"{count:,} pages, more than {source.limits.picture_pages:,}")
    for index in range(count if file.format == "TIFF" else 1):  # other formats move, or show one thing several times
        try:
            file.seek(index)
            _check_size(source, file)
            frame = ImageOps.exif_transpose(file.copy())
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise BrokenFile(source.path, f"a damaged picture ({' '.join(str(error).split())[:100]})") from error
        yield _at_300(frame, file.info.get("dpi"))


def _open(source: Source) -> Image.Image:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its own idea of too large: `_check_size` has ours
            return Image.open(io.BytesIO(source.data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise LimitExceeded(source.path, f"a picture of more than {source.limits.dots:,} dots") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BrokenFile(source.path, "a damaged picture") from error


def _check_size(source: Source, file: Image.Image) -> None:
    if file.width * file.height > source.limits.dots:
        raise LimitExceeded(source.path, f"a picture of more than {source.limits.dots:,} dots")


def _at_300(frame: Image.Image, dpi: object) -> Image.Image:
    """The picture at 300 dots an inch: by what it says of its size, where that makes a sheet; as A4 otherwise."""
    from PIL import Image

    short = min(frame.size)
    told = _told(dpi)
    share = _DPI / told if told and 4 <= short / told <= 24 else _PAGE_INCHES * _DPI / short
    share = min(max(share, 0.2), 4.0, math.sqrt(60_000_000 / (frame.width * frame.height)))
    if 0.9 < share < 1.1:
        return frame
    size = (max(1, round(frame.width * share)), max(1, round(frame.height * share)))
    plain = frame if frame.mode in ("L", "RGB") else frame.convert("RGB")
    return plain.resize(size, resample=Image.Resampling.LANCZOS)


def _told(dpi: object) -> float | None:
    """The dots an inch that the file tells, where they are none of the defaults that programs write without knowing."""
    try:
        across = float(dpi[0])  # type: ignore[index]
    except (TypeError, ValueError, IndexError):
        return None
    return across if 100 <= across <= 1200 else None
