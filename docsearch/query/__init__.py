"""What a person typed, as a `Query`: lenient, never an error, in time linear in the length.

    cải cách hành chính            all the words; marks typed = compared exactly, none typed = without marks
    "thủ tục hành chính"           words next to each other;  "ban hành kế hoạch"~3 with up to three others between
    -xây  -"đô thị"  -(a b)        not these
    xã OR phường,  xã HOẶC phường  either;  ( ) groups
    hành*  chinnh~  chinnh~2       begins so; one or two letters differ
    =từ  ~tu                       this word exactly; this word without marks
    60/QĐ-UBND  108/2014/nd-cp     a document number, however typed; 60/2023 is one too
    loại: số: ký-hiệu: năm: ngày: từ: đến: cơ-quan: nơi: cấp: trích-yếu: ký: kính-gửi: mật: khẩn: tình-trạng:
                                   a field, in Vietnamese or English, with or without marks
    dẫn:X  dẫn:X+  dẫn-thay-thế:X  cites X; X or what changed or replaced it; what replaced X
    được-dẫn:Y  căn-cứ:X  thay-thế:X  sửa-đổi:X ...    cited by Y; does this itself to X
    năm:2021..2023  ngày:>=01/6/2023  ngày:2023-02

What cannot be read so is read as plain words, and `Query.notes` says what was passed over.
"""

from __future__ import annotations

from itertools import pairwise

from docsearch.model import Match, Query
from docsearch.query.pieces import TEXT_FIELDS, Piece, cut
from docsearch.query.steps import Step, steps
from docsearch.query.tree import Reader
from docsearch.query.values import doctype_name, level_code, read_day, status_codes
from docsearch.query.words import LEADS
from docsearch.vietnamese import clean, is_marked

__all__ = ["Step", "doctype_name", "level_code", "parse_query", "read_day", "status_codes", "steps"]

LONGEST = 4_000  # characters read; nobody types more


def parse_query(typed: str, *, match: Match | None = None) -> Query:
    """`typed` as a query; `match` forces the comparison of all words that do not say their own.

    Without it the line decides as a whole, because a text with marks has words without any (ủy *ban*): a mark typed in
    any word means exact, none means folded.  Numbers, fields and words with ``=`` or ``~`` do not count.

    Notes: ``cut`` (too long), ``quote-unclosed``, ``parenthesis-unclosed``, ``field-empty:NAME``.
    """
    text = clean(typed)
    pieces = [piece for piece in cut(text[:LONGEST]) if piece.kind != "space"]
    mode = match or _mode(pieces)
    reader = Reader(pieces, mode)
    node = reader.read()
    notes = ["cut"] if len(text) > LONGEST or reader.cut else []
    return Query(typed=typed, node=node, match=mode, notes=tuple(dict.fromkeys([*notes, *reader.notes])))


def _mode(pieces: list[Piece]) -> Match:
    values = {id(after) for before, after in pairwise(pieces) if before.kind == "field" and before.text not in TEXT_FIELDS}
    spoken = (piece for piece in pieces if piece.kind in ("word", "phrase") and id(piece) not in values)
    return "exact" if any(is_marked(piece.text) for piece in spoken if piece.text[:1] not in LEADS) else "folded"
