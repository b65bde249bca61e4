"""A typed line, cut: words, phrases, numbers, fields, signs, parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docsearch.notation import number_key
from docsearch.vietnamese import exact_key, fold, is_marked

# --- fields -----------------------------------------------------------------------------------------------------------

TEXT_FIELDS = {
    "title": "trichyeu tieude title subject",
    "headings": "muc heading headings",
    "issuer": "coquan coquanbanhanh cqbh noibanhanh issuer",
    "signer": "ky nguoiky signer",
    "place": "noi diadanh diaphuong place",
    "addressees": "kinhgui noinhan addressees recipients",
    "body": "noidung body text",
}
_VALUE_FIELDS = {
    "doctype": "loai theloai type doctype",
    "level": "cap level",
    "status": "tinhtrang trangthai hieuluc status",
    "secrecy": "mat domat secrecy",
    "urgency": "khan dokhan urgency",
    "symbol": "kyhieu symbol",
    "number": "so sohieu sokyhieu sovanban number",
    "year": "nam year",
    "issued": "ngay ngaybanhanh date issued",
    "from": "tu tungay from since",
    "to": "den denngay to until",
    "cites": "dan viendan trichdan cites",
    "cites_successor": "danthaythe dannguoithay citessuccessor",
    "cited_by": "duocdan duocviendan citedby",
}
# Relations stand in the index beside plain citations, as "based_on:108/2014/ND-CP".
_RELATION_FIELDS = {
    "based_on": "cancu basedon",
    "implements": "thuchien trienkhai thihanh implements",
    "amends": "suadoi bosung amends",
    "replaces": "thaythe replaces",
    "repeals": "baibo repeals",
    "guides": "huongdan guides",
    "corrects": "dinhchinh corrects",
    "consolidates": "hopnhat consolidates",
    "issues": "banhanh issues",
    "replies_to": "traloi phucdap repliesto",
}
FIELDS = {
    alias: field
    for table in (TEXT_FIELDS, _VALUE_FIELDS, _RELATION_FIELDS)
    for field, names in table.items()
    for alias in names.split()
}


_SYLLABLES = ("nơi", "mật", "khẩn", "ký", "năm", "số", "từ", "đến", "loại", "cấp", "dẫn", "mục", "ngày")
_SPELLED = {fold(name): name for name in _SYLLABLES}


def field_named(typed: str) -> str | None:
    """The field that a person means by `typed` ("Cơ-quan", "co quan", "issuer"); ``None`` where it is none.

    A name of one syllable that bears marks must bear its own: "Hà Nội: ..." is a place, not the field ``nơi:``.
    """
    name = re.sub(r"[\s_-]+", "", fold(typed))
    spelled = _SPELLED.get(name)
    return None if spelled and is_marked(typed) and exact_key(typed) != spelled else FIELDS.get(name)


# --- pieces -----------------------------------------------------------------------------------------------------------

_QUOTES = '"“”„«»'
_PIECE = re.compile(
    rf"""
      (?P<space> \s+ )
    | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}](?:~(?P<slop>\d{{1,2}}))?   # "a b"  “a b”~3
    | (?P<open> \( ) | (?P<close> \) )
    | (?P<either> \|+ )
    | (?P<minus> (?<![^\s(:])[-−–!](?=[^\s\-−–!)]) )                             # before a word, not within one
    | (?P<field> [^\W\d_](?:[\w-]{{0,20}}[^\W_])? )\s?:(?!//)                     # loại:  căn-cứ:
    | (?P<number>
        (?<![\w/.,-])
        \d{{1,6}}[a-zđA-ZĐ]?\s?/\s?(?:(?:19|20)\d\d\s?/\s?)?                      # 60/   108/2014/
        [A-Za-zĐđƯư][\w&]*(?:\s?[-/]\s?[A-Za-zĐđƯư][\w&]*(?:\.[\w&]+)*)*         # QĐ-UBND, VPCP-V.I
        (?![\w]) )
    | (?P<dated> (?<![\w/.,-])(?:1[3-9]|[2-9]\d|\d{{3,6}})/(?:19|20)\d\d(?![\w/]) )  # 108/2014; 02/2023 is a month
    | (?P<word> [^\s()|{_QUOTES}]+ )
    | (?P<stray> . )
    """,
    re.VERBOSE,
)
_OPERATORS = {"OR": "either", "HOẶC": "either", "HOAC": "either", "AND": "space", "VÀ": "space", "NOT": "minus"}
_LETTERS = re.compile(r"(?<!\w)[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its kind (a group of the pattern above), its text or the field it names, the slop of a phrase."""

    kind: str
    text: str
    slop: int = 0


def cut(text: str) -> Iterator[Piece]:
    """The pieces of a typed line.  Operators are capital words, unless the whole line is in capitals (a copied heading)."""
    spoken = any(word != word.upper() for word in _LETTERS.findall(text))
    for found in _PIECE.finditer(text):
        kind, said = found.lastgroup or "stray", found[0]
        if kind in ("phrase", "slop") and _is_number(found["phrase"]):
            yield Piece("number", found["phrase"])
        elif kind in ("phrase", "slop"):
            yield Piece("phrase", found["phrase"], int(found["slop"] or 0))
        elif kind == "field":
            yield from _field_pieces(found["field"])
        elif kind == "number" and not _is_number(said):
            yield from (Piece("word", word) for word in said.split())
        elif kind == "word" and spoken and said in _OPERATORS:
            yield Piece(_OPERATORS[said], said)
        else:
            yield Piece(kind, said)


def _field_pieces(name: str) -> Iterator[Piece]:
    field = field_named(name)
    yield Piece("field", field) if field else Piece("word", name)


def _is_number(said: str) -> bool:
    """Not so "3/ngày", "50/người": no symbol has a tone mark."""
    return number_key(said) is not None and not re.search(r"[^\x00-\x7fĐđƯưƠơÂâĂăÊêÔô\s]", said)
