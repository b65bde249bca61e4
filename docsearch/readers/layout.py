"""Lines of a printed page, with their places: reading order, page furniture, signature stamps.

Pure: lines in, lines out.  Places are PDF points (1/72 inch), origin at the bottom left of the page.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile


@dataclass(frozen=True, slots=True)
class Line:
    """Text on one line, and its box."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Height of its middle above the foot of the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: its number from 1, its size, and its lines in the order in which the file has them."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines, one under the other."""
        return "\n".join(line.text for line in self.lines)


# --- furniture --------------------------------------------------------------------------------------------------------

_MARGIN = 0.13  # of the page's height: gazette headers and page numbers stand in it
_EDGE = 0.08  # running titles stand in it; letterheads, which a bundle of papers repeats too, begin below
_NUMBER = re.compile(r"[-–—\s]*(?:trang|page)?\s*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_GAZETTE = re.compile(
    r"(?:(\d{1,4})\s+)?CÔNG BÁO\s*/\s*Số\s*[\d\s+]+/\s*Ngày\s*\d{1,2}[./-]\d{1,2}[./-]\d{4}(?:\s+(\d{1,4}))?", re.IGNORECASE
)
_OUTERMOST = 3


def take_furniture(pages: Sequence[PrintedPage]) -> tuple[list[PrintedPage], tuple[str, ...]]:
    """The pages without what belongs to the page and not to the paper, and the lines taken out, each said once.

    Furniture stands among the outermost lines of the margin and is a gazette header, a page number, or a line that the
    edge of many pages repeats: numbers in it may differ, as in a running title.  Where such a line comes first it stays,
    so that nothing is lost that the text does not say elsewhere.
    """
    repeated, leads = _repeated(pages), _leads(pages)
    taken: dict[str, None] = {}
    seen: set[_Key] = set()
    kept: list[PrintedPage] = []
    for page in pages:
        outer = _margin_lines(page)
        gone = [line for line in outer if _is_furniture(page, line, leads) or _edge_key(page, line) in repeated & seen]
        seen.update(key for line in outer if (key := _edge_key(page, line)))
        taken.update(dict.fromkeys(line.text.strip() for line in gone))
        kept.append(_without(page, gone) if gone else page)
    return kept, tuple(taken)


_Key = tuple[str, int]


def _without(page: PrintedPage, lines: Iterable[Line]) -> PrintedPage:
    gone = set(map(id, lines))
    return PrintedPage(page.number, page.width, page.height, tuple(line for line in page.lines if id(line) not in gone))


def _margin_lines(page: PrintedPage) -> list[Line]:
    """The outermost lines with text in the head and in the foot of the page."""
    filled = sorted((line for line in page.lines if line.text.strip()), key=lambda line: -line.middle)
    head = [line for line in filled[:_OUTERMOST] if line.middle > page.height * (1 - _MARGIN)]
    foot = [line for line in filled[-_OUTERMOST:] if line.middle < page.height * _MARGIN and line not in head]
    return head + foot


def _repeated(pages: Sequence[PrintedPage]) -> frozenset[_Key]:
    """Lines of the edge on two pages of five: left and right pages may differ.

    Fewer will not do: a consolidated text says "... có hiệu lực thi hành kể từ ngày ..." in the footnotes of every
    third page, and that is the paper.
    """
    counts = Counter(key for page in pages for key in {_edge_key(page, line) for line in _margin_lines(page)} if key)
    least = max(2 if len(pages) == 2 else 3, math.ceil(len(pages) * 0.4))
    return frozenset(key for key, count in counts.items() if count >= least)


def _edge_key(page: PrintedPage, line: Line) -> _Key | None:
    """What makes two lines of the edge the same: the words, numbers aside, and the height to some points."""
    if page.height * _EDGE <= line.middle <= page.height * (1 - _EDGE):
        return None
    return re.sub(r"\d+", "#", line.text.strip()), round(line.middle / 8)


def _leads(pages: Sequence[PrintedPage]) -> frozenset[int]:
    """By how much the printed page numbers run ahead of the pages: what two numbers in the margins agree on, and 0.

    A lone number that agrees with no other is the first cell of a table's row, or a blank filled in.
    """
    counts = Counter(lead for page in pages for lead in {_lead(page, line) for line in _margin_lines(page)} if lead is not None)
    return frozenset({0, *(lead for lead, count in counts.items() if count >= 2)})


def _lead(page: PrintedPage, line: Line) -> int | None:
    found = _NUMBER.fullmatch(line.text.strip()) or _GAZETTE.fullmatch(line.text.strip())
    number = found and found[found.lastindex or 0]
    return int(number) - page.number if number and number.isdigit() else None


def _is_furniture(page: PrintedPage, line: Line, leads: frozenset[int]) -> bool:
    return _GAZETTE.fullmatch(line.text.strip()) is not None or _lead(page, line) in leads


# --- signature stamps -------------------------------------------------------------------------------------------------

_STAMP_FIRST = re.compile(
    r"\s*(?:Người ký|Ký bởi|Được ký bởi|Ký số bởi|Digitally signed by|Signature (?:Not )?Verified|Signature Valid)\b",
    re.IGNORECASE,
)
_STAMP_NEXT = re.compile(
    r"\s*(?:E-?mail|Cơ quan|Tổ chức|Đơn vị|Chức vụ|Ngày ký|Thời gian ký|Giờ ký|Lý do|Vị trí|Ký bởi|Người ký"
    r"|Reason|Location|Date|DN)\s*:"
    r"|\s*\d{1,2}[./-]\d{1,2}[./-]\d{4}\s+\d{1,2}:\d{2}",
    re.IGNORECASE,
)
_STAMP_TIME = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[ T]+\d{1,2}:\d{2}")
_STAMP_LINES = 8


def take_stamps(page: PrintedPage) -> tuple[PrintedPage, tuple[str, ...]]:
    """The page without the words of digital-signature stamps: neither signer, issuer nor date of the paper.

    A stamp is a line "Người ký:", "Ký bởi:" ... with the lines like it that follow, and a time of day among them.
    """
    gone: list[Line] = []
    start = 0
    while start < len(page.lines):
        stamp = _stamp_at(page.lines, start)
        gone += stamp
        start += len(stamp) or 1
    return (_without(page, gone), tuple(line.text.strip() for line in gone)) if gone else (page, ())


def _stamp_at(lines: Sequence[Line], start: int) -> list[Line]:
    if not _STAMP_FIRST.match(lines[start].text):
        return []
    stamp = [lines[start]]
    for position in range(start + 1, min(start + _STAMP_LINES, len(lines))):
        # A long value runs over into a line without a label; it counts where a labelled line follows.
        if _STAMP_NEXT.match(lines[position].text):
            stamp = list(lines[start : position + 1])
        elif position > start + len(stamp):
            break
    return stamp if any(_STAMP_TIME.search(line.text) for line in stamp) else []


# --- reading order ----------------------------------------------------------------------------------------------------


_GUTTERS = tuple(share / 100 for share in range(28, 62, 2))  # of the page's width: where the gap between two columns may be
_RECIPIENTS = re.compile(r"\s*Nơi nhận\s*:?", re.IGNORECASE)

_Columns = tuple[list[Line], list[Line]]  # left and right, each from the top down


def in_reading_order(page: PrintedPage, *, first: bool) -> PrintedPage:
    """The page with what stands in two columns, letterhead (of the first page) and signature, read column by column."""
    return _signature_apart(_letterhead_apart(page) if first else page)


def _letterhead_apart(page: PrintedPage) -> PrintedPage:
    """The longest run of lines from the top that some upright gap leaves uncrossed, where it is two columns."""
    rows = _from_top(page.lines)
    left, right = max((_beside(_columns(rows, page.width * share)) for share in _GUTTERS), key=_size)
    if not left or len(right) < 2:
        return page
    above = [line for line in right if line.bottom > max(line.top for line in left)]  # a gazette's section heading
    return _put_first(page, [*above, *left, *right[len(above) :]], 0)


def _signature_apart(page: PrintedPage) -> PrintedPage:
    """The recipients ("Nơi nhận") and the signer beside them, where the file has them row by row."""
    start = next((at for at, line in enumerate(page.lines) if _RECIPIENTS.match(line.text)), None)
    if start is None:
        return page
    anchor = page.lines[start]
    rows = _from_top(line for line in page.lines if line.middle < anchor.top + anchor.height / 2)
    left, right = max((_columns(rows, page.width * share) for share in _GUTTERS), key=_size)
    if not any(line is anchor for line in left) or len(right) < 2:
        return page
    return _put_first(page, left + right, min(start, len(page.lines) - len(left + right)))


def _from_top(lines: Iterable[Line]) -> list[Line]:
    return sorted((line for line in lines if line.text.strip()), key=lambda line: -line.middle)


def _columns(rows: Sequence[Line], gutter: float) -> _Columns:
    """The lines left and right of `gutter`, down to the first that crosses it."""
    run = list(takewhile(lambda line: not line.left < gutter < line.right, rows))
    return [line for line in run if line.right <= gutter], [line for line in run if line.left >= gutter]


def _beside(columns: _Columns) -> _Columns:
    """Without what stands below the last line of the left column: a centred title is beside nothing."""
    left, right = columns
    lowest = min((line.bottom for line in left), default=0.0)
    kept = [line for line in right if line.top > lowest]
    return (left, kept) if kept and left and max(line.top for line in left) > min(line.bottom for line in kept) else ([], [])


def _size(columns: _Columns) -> int:
    return sum(map(len, columns)) if all(columns) else 0


def _put_first(page: PrintedPage, lines: Sequence[Line], place: int) -> PrintedPage:
    """The page with these lines together, in this order, after the first `place` others."""
    chosen = set(map(id, lines))
    rest = [line for line in page.lines if id(line) not in chosen]
    return PrintedPage(page.number, page.width, page.height, (*rest[:place], *lines, *rest[place:]))


def is_out_of_order(page: PrintedPage) -> bool:
    """True where the lines of the file go up the page too often: well up with three in ten, or up at all with six in ten.

    The cells of a table do go up, one after the other, but seldom so far or so often.
    """
    steps = [(after.middle - before.middle) / max(before.height, 6.0) for before, after in pairwise(page.lines)]
    far, near = (sum(1 for step in steps if step > least) for least in (2.5, 0.7))
    return len(steps) > 7 and (far > len(steps) * 0.3 or near > len(steps) * 0.6)
