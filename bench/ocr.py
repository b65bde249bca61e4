"""How well pictures of pages are read: characters wrong and citations found, on rendered pages whose text is known.

    python -m bench.ocr [--pages N] [--skip N] [--variants clean,noisy,grainy,turned,seal]

The pages are those of the PDFs in ``corpus/`` and, where they are there, of ``../shared/data/pdf_digital``.  Each is rendered,
spoiled as a scanner does (rotation, blur, noise, a red seal over the text, a page lying on its side) and read by OCR
alone; the text layer is the truth.  Characters are compared line by line, as edit distance to what was seen in the place of
the line, so that the order of columns does not count; rules of underscores are no characters.  Citations are compared page
by page, in reading order, by the key of their numbers.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from docsearch.citations import find_citations
from docsearch.notation import number_key
from docsearch.readers import ocr
from docsearch.readers.layout import Line, PrintedPage, in_reading_order, take_furniture, take_stamps
from docsearch.readers.pdfium import read_page
from docsearch.readers.source import Source
from docsearch.vietnamese import clean

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data" / "pdf_digital"


def clean_page(image: Image.Image, chance: random.Random) -> Image.Image:
    return image


def noisy(image: Image.Image, chance: random.Random) -> Image.Image:
    """A careless scan: leaning by up to a degree and a half, a little blurred, grained."""
    return _grained(image, chance, 18)


def grainy(image: Image.Image, chance: random.Random) -> Image.Image:
    """The same with twice the grain."""
    return _grained(image, chance, 36)


def _grained(image: Image.Image, chance: random.Random, deviation: float) -> Image.Image:
    leaning = image.rotate(chance.uniform(-1.5, 1.5), resample=Image.Resampling.BICUBIC, fillcolor="white")
    soft = leaning.filter(ImageFilter.GaussianBlur(0.8)).convert("L")
    grain = Image.effect_noise(soft.size, deviation)
    return ImageChops.add(soft, grain, scale=1.0, offset=-128)


def turned(image: Image.Image, chance: random.Random) -> Image.Image:
    """On its side or on its head."""
    return image.rotate(chance.choice((90, 180, 270)), expand=True)


def seal(image: Image.Image, chance: random.Random) -> Image.Image:
    """A red seal over the text."""
    stamped = image.convert("RGB")
    layer = Image.new("RGB", stamped.size, "white")
    draw = ImageDraw.Draw(layer)
    x, y = (round(side * chance.uniform(0.35, 0.6)) for side in stamped.size)
    for radius, width in ((210, 12), (150, 6), (60, 20)):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(214, 40, 48), width=width)
    return ImageChops.multiply(stamped, layer)


VARIANTS: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "clean": clean_page, "noisy": noisy, "grainy": grainy, "turned": turned, "seal": seal,
}  # fmt: skip


def pages(most: int, skip: int = 0) -> Iterator[tuple[str, PrintedPage, Image.Image]]:
    """Name, text layer and picture of pages with enough text, a few of each file, after its first `skip`."""
    files = [*sorted((ROOT / "corpus").rglob("*.pdf")), *sorted(SHARED.glob("*.pdf"))]
    each = max(1, -(-most // max(len(files), 1)))
    given = 0
    for path in files:
        document = pypdfium2.PdfDocument(path)
        for index in range(skip, min(skip + each, len(document))):
            page = read_page(document, index).page
            if sum(map(str.isalpha, page.text)) > 300 and given < most:
                given += 1
                yield f"{path.stem}:{index + 1}", page, document[index].render(scale=300 / 72).to_pil()
        document.close()


def text_of(page: PrintedPage) -> str:
    """The page's words as the reader of PDFs hands them on."""
    ordered = in_reading_order(take_furniture([take_stamps(page)[0]])[0][0], first=page.number == 1)
    return clean("\n".join(line.text.strip() for line in ordered.lines))


def distance(truth: PrintedPage, seen: PrintedPage) -> tuple[int, int]:
    """Characters wrong, and characters: each row of the page against what was seen at its height."""
    rows = in_rows(truth.lines)
    found: list[list[Line]] = [[] for _ in rows]
    for piece in seen.lines:
        found[min(range(len(rows)), key=lambda at: min(away(line, piece) for line in rows[at]))].append(piece)
    pairs = [(" ".join(map(across, in_rows(these))), across(those)) for these, those in zip(found, rows, strict=True)]
    return sum(levenshtein(one, other) for one, other in pairs), sum(len(other) for _, other in pairs)


def in_rows(lines: Iterable[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if plain(line.text)), key=lambda line: -line.middle):
        if rows and rows[-1][0].middle - line.middle < 5:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def away(line: Line, piece: Line) -> float:
    """How far up or down; a line with a number broken at its end goes on in the next row, and is as high as two."""
    inside = line.height > 1.6 * piece.height and line.bottom < piece.middle < line.top
    return 0.0 if inside else abs(line.middle - piece.middle)


def across(row: Sequence[Line]) -> str:
    return plain(" ".join(line.text for line in sorted(row, key=lambda line: line.left)))


def plain(text: str) -> str:
    return " ".join(re.sub(r"_{3,}|[*|]", " ", clean(text)).split())


def levenshtein(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, letter in enumerate(other, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (char != letter))
    return row[-1]


def cited(text: str) -> Counter[str]:
    found = find_citations(text).citations
    return Counter(key for citation in found if citation.number and (key := number_key(citation.number)))


def measure(variant: str, sheets: Sequence[tuple[str, PrintedPage, Image.Image]]) -> dict[str, object]:
    chance = random.Random(5)
    wrong = letters = hit = wanted = 0
    surest: list[float] = []
    worst: list[tuple[float, str]] = []
    start = time.perf_counter()
    for name, page, picture in sheets:
        seen = ocr.read_picture(Source(Path(name), b""), VARIANTS[variant](picture, chance), page.number)
        truth, read = text_of(page), text_of(seen.page)
        off, size = distance(page, seen.page)
        wrong, letters = wrong + off, letters + size
        there, here = cited(truth), cited(read)
        hit, wanted = hit + (there & here).total(), wanted + there.total()
        surest.append(seen.confidence)
        worst.append((round(100 * off / max(size, 1), 2), name))
    return {
        "variant": variant,
        "pages": len(sheets),
        "characters_wrong_pct": round(100 * wrong / max(letters, 1), 3),
        "citations": f"{hit}/{wanted}",
        "confidence": round(sum(surest) / max(len(surest), 1), 3),
        "seconds_per_page": round((time.perf_counter() - start) / max(len(sheets), 1), 2),
        "worst": sorted(worst, reverse=True)[:4],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--variants", default="clean,noisy,grainy,turned,seal")
    options = parser.parse_args()
    if reason := ocr.missing():
        sys.exit(reason)
    sheets = list(pages(options.pages, options.skip))
    for variant in options.variants.split(","):
        print(json.dumps(measure(variant, sheets), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
