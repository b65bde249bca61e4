"""Pictures of pages made ready for reading: grey, without red seals, upright, straight.  Needs Pillow (extra ``ocr``)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

if TYPE_CHECKING:
    from collections.abc import Sequence

DPI = 300
_RED = 60  # by so much red must exceed green and blue: seals do by 100 and more, paper and black ink by 20 at most
_SKEW = 4.0  # degrees either way that are looked at
_SKEW_SEEN = 0.15  # less is left: the program reads lines that lean by half a degree


def grey(image: Image.Image) -> Image.Image:
    """The picture in grey on white, with red ink (seals, stamps of reception) taken out where black is not under it."""
    if image.mode in ("1", "L", "I", "I;16", "F"):
        return image.convert("L")
    colours = _on_white(image)
    red, green, blue = colours.split()
    redness = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    plain = colours.convert("L")
    if any(redness.histogram()[_RED + 1 :]):
        plain.paste(255, mask=redness.point(lambda value: 255 if value > _RED else 0))
    return plain


def _on_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def lies_on_its_side(image: Image.Image) -> bool:
    """Whether the lines of text seem to run from top to bottom: columns of ink part more sharply than rows do."""
    small = _small(image)
    return _sharpness(_profile(small, rows=False)) > 1.5 * _sharpness(_profile(small, rows=True))


def straight(image: Image.Image) -> Image.Image:
    """The picture turned by a few degrees, so that its lines are level."""
    angle = skew(image)
    if abs(angle) < _SKEW_SEEN:
        return image
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)


def skew(image: Image.Image) -> float:
    """By how many degrees, counter-clockwise, the picture must be turned to be level: where rows of ink part sharpest."""
    small = _small(image)
    best = 0.0
    for step in (1.0, 0.25, 0.05):
        reach = {1.0: _SKEW, 0.25: 0.75, 0.05: 0.2}[step]
        angles = [best + step * count for count in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda angle: (_sharpness(_profile(_turned(small, angle), rows=True)), -abs(angle)))
    return best


def turned(image: Image.Image, degrees: int) -> Image.Image:
    """The picture turned clockwise by a quarter, a half or three quarters."""
    return image.rotate(-degrees, expand=True) if degrees else image


def scaled(image: Image.Image, share: float) -> Image.Image:
    """The picture larger or smaller."""
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, resample=Image.Resampling.LANCZOS)


def _turned(image: Image.Image, angle: float) -> Image.Image:
    return image.rotate(angle, resample=Image.Resampling.BILINEAR) if angle else image


def _small(image: Image.Image) -> Image.Image:
    """Ink as white on black, some 1000 dots on the long side."""
    share = 1000 / max(image.size)
    small = image.resize((max(1, round(image.width * share)), max(1, round(image.height * share))), Image.Resampling.BOX)
    return small.point(lambda value: 255 - value if value < 200 else 0)


def _profile(image: Image.Image, *, rows: bool) -> Sequence[int]:
    """How much ink stands in each row, or column, of the middle of the picture: its edges show shadows of the scanner."""
    width, height = image.size
    middle = image.crop((width // 12, height // 12, width - width // 12, height - height // 12))
    line = middle.resize((1, middle.height) if rows else (middle.width, 1), Image.Resampling.BOX)
    return line.tobytes()


def _sharpness(profile: Iterable[int]) -> int:
    return sum((after - before) ** 2 for before, after in pairwise(profile))


def pgm(image: Image.Image) -> bytes:
    """The grey picture as bytes that any program reads, without the cost of packing."""
    buffer = io.BytesIO()
    image.save(buffer, "PPM")
    return buffer.getvalue()
