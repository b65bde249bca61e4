"""Sixty papers of offices that do not exist, and a plain reading of a query, for the tests of the engines."""

from __future__ import annotations

import random

from docsearch.engines import Engine, form
from docsearch.engines.build import bounded_slop, spreads
from docsearch.model import And, Entry, Fuzzy, Match, Node, Not, Number, OneOf, Or, Phrase, Prefix, Query, Range, Term
from docsearch.snippet import within
from docsearch.vietnamese import exact_key, folded_key, starts, words

# --- sixty papers of offices that do not exist -------------------------------------------------------------------------

TYPES = {"KH": "Kế hoạch", "QĐ": "Quyết định", "BC": "Báo cáo", "TB": "Thông báo"}
OFFICES = ("Ủy ban nhân dân huyện Sông Lục", "Ủy ban nhân dân tỉnh Hải Lăng", "Sở Nội vụ tỉnh Hải Lăng", "")
SENTENCES = (
    "Ủy ban nhân dân huyện ban hành kế hoạch cải cách hành chính",
    "uỷ quyền cho Trưởng phòng ký thay các văn bản",
    "hoà giải ở cơ sở, hòa nhập cộng đồng",
    "tự kiểm tra, tư vấn và từ chối hồ sơ",
    "chuyển đổi số trong quản lý đất đai",
    "cai cach hanh chinh",
    "Căn cứ Nghị định số 108/2014/NĐ-CP của Chính phủ",
    "thủ tục hành chính công khai, minh bạch",
    "quý III năm 2023, quỹ tiền lương",
    "Điều 5a. Trách nhiệm thi hành",
)


def _paper(index: int) -> Entry:
    dice = random.Random(index)
    symbol, office = dice.choice(list(TYPES)), dice.choice(OFFICES)
    year = dice.choice((2021, 2022, 2023, None))
    issued = "" if year is None else dice.choice((f"{year}", f"{year}-0{dice.randint(1, 9)}", f"{year}-0{dice.randint(1, 9)}-15"))
    number = f"{dice.randint(1, 12)}/{symbol}-UBND".replace("Đ", "D") if dice.random() < 0.8 else ""
    return Entry(
        document=f"{index * 2654435761 % 2**32:08x}{index:056x}",
        title=dice.choice(SENTENCES) if dice.random() < 0.7 else "",
        headings=dice.choice(SENTENCES) if dice.random() < 0.5 else "",
        body="\n".join(dice.choices(SENTENCES, k=dice.randint(0, 6))),
        number=number,
        numbers=(number,) if number else (),
        cites=tuple({dice.choice(("108/2014/ND-CP", "1/KH-UBND", "based_on:2/QD-UBND", "2/QD-UBND")) for _ in range(2)}),
        doctype=TYPES[symbol] if number else "",
        issuer=office,
        level="district" if "huyện" in office else "",
        year=year,
        issued=issued,
        status=dice.choice(("", "in_force", "expired")),
        signer=dice.choice(("", "Nguyễn Văn Hoà", "Trần Thị Quý")),
    )


PAPERS = tuple(_paper(index) for index in range(60))

# --- a plain reading of a query ---------------------------------------------------------------------------------------


def keys(text: str, match: Match) -> list[str]:
    return [(exact_key if match == "exact" else folded_key)(word) for word in words(text)]


def keys_of(paper: Entry, field: str | None, match: Match) -> list[str]:
    """The keys of a field; the body begins with the title and something that is no word."""
    if field in (None, "body"):
        return [*keys(paper.title, match), *([form.BARRIER] if words(paper.title) else []), *keys(paper.body, match)]
    return keys(getattr(paper, field), match)


def stands(paper: Entry, node: Term | Phrase | Prefix | Fuzzy) -> bool:
    typed = node.words if isinstance(node, Phrase) else (node.word,)
    wanted = [key for word in typed for key in keys(word, node.match)]
    return not wanted or stands_in(keys_of(paper, node.field, node.match), wanted, node)


def stands_in(found: list[str], wanted: list[str], node: Node) -> bool:
    match node:
        case Prefix():
            return any(key.startswith(starts(node.word, node.match)) for key in found)
        case Fuzzy():
            return any(within(wanted[0], key, node.distance) for key in found)
        case _:
            slop = bounded_slop(len(wanted), node.slop) if isinstance(node, Phrase) and len(wanted) > 1 else 0
            return any(
                [found[at + step] for step in way] == wanted
                for way in spreads(len(wanted), slop)
                for at in range(len(found) - way[-1])
            )


def bears(paper: Entry, node: Number) -> bool:
    own = set(paper.numbers) | {f"{key.split('/')[0]}/{paper.year}" for key in paper.numbers}
    cited = set(paper.cites) | {"108/2014" for key in paper.cites if key == "108/2014/ND-CP"}
    key = node.key if node.field in (None, "cites", "number") else f"{node.field}:{node.key}"
    return (node.field in (None, "number") and key in own) or (node.field != "number" and key in cited)


def earliest(iso: str) -> str:
    return iso + "-00-00"[len(iso) - 4 :]


def latest(iso: str) -> str:
    return iso + "-99-99"[len(iso) - 4 :]


def fits(paper: Entry, node: Node | None) -> bool:  # noqa: PLR0911  one line a kind of node
    match node:
        case None:
            return True
        case And():
            return all(fits(paper, part) for part in node.parts)
        case Or():
            return any(fits(paper, part) for part in node.parts)
        case Not():
            return not fits(paper, node.part)
        case Number():
            return bears(paper, node)
        case OneOf(field="year"):
            return str(paper.year) in node.values
        case OneOf(field="document"):
            return paper.document in node.values
        case OneOf():
            value = getattr(paper, node.field)
            return bool(value) and keys(value, "folded") in [keys(wanted, "folded") for wanted in node.values]
        case Range(field="year"):
            return paper.year is not None and (node.low or "0") <= str(paper.year) <= (node.high or "9")
        case Range():
            low, high = earliest(node.low or "0000"), latest(node.high or "9999")
            return bool(paper.issued) and latest(paper.issued) >= low and earliest(paper.issued) <= high
        case _:
            return stands(paper, node)


def bare(document: str, **more: object) -> Entry:
    empty: dict[str, object] = dict.fromkeys(("title", "headings", "body", "number", "doctype", "issuer", "level", "issued"), "")
    return Entry(**(empty | {"document": document, "numbers": (), "cites": (), "year": None} | more))  # type: ignore[arg-type]


def ask(engine: Engine, node: Node | None, **more: object) -> list[str]:
    found = engine.search(Query(typed="", node=node, match="exact"), **({"limit": 100} | more))  # type: ignore[arg-type]
    return [row.document for row in found.rows]
