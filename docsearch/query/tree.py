"""The pieces of a typed line, put together as a tree."""

from __future__ import annotations

from docsearch.model import And, Match, Node, Not, Number, OneOf, Or
from docsearch.notation import fold_symbol, number_key
from docsearch.query.pieces import TEXT_FIELDS, Piece
from docsearch.query.values import between, cited, joined, own_number, status_codes, value_names
from docsearch.query.words import phrase, with_full_names, word
from docsearch.vietnamese import words

MOST_LEAVES = 64  # words, phrases, conditions; each costs the engine a list of postings
DEEPEST = 8  # parentheses within parentheses
MOST_WORDS = 6  # of the name of a value: "chưa thấy hết hiệu lực"


class Reader:
    """Goes once over the pieces, from left to right, and never back."""

    def __init__(self, pieces: list[Piece], mode: Match) -> None:
        self._pieces = pieces
        self._at = 0
        self._mode = mode
        self._leaves = 0
        self.notes: list[str] = []

    @property
    def cut(self) -> bool:
        """Whether more was asked than is read."""
        return self._leaves > MOST_LEAVES

    def read(self) -> Node | None:
        """The whole line; a parenthesis too many is passed over."""
        parts: list[Node] = []
        while self._at < len(self._pieces):
            node = self._sequence(None, 0)
            parts += [node] if node is not None else []
            if self._next("close"):
                self.notes.append("parenthesis-unclosed")
        return _all_of(parts)

    def _peek(self) -> Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _next(self, *kinds: str) -> Piece | None:
        """The next piece, taken, if it is of one of these kinds."""
        piece = self._peek()
        if piece is None or piece.kind not in kinds:
            return None
        self._at += 1
        return piece

    def _sequence(self, field: str | None, depth: int) -> Node | None:
        """Items up to the end or the closing parenthesis: all of them; "or" ties its two neighbours together."""
        groups: list[list[Node]] = []
        tied = False
        while (piece := self._peek()) is not None and piece.kind != "close":
            if self._next("either"):
                tied = bool(groups)
                continue
            node = self._item(field, depth)
            if node is not None and tied:
                groups[-1].append(node)
            elif node is not None:
                groups.append([node])
            tied = tied and node is None
        return _all_of([_any_of(group) for group in groups])

    def _item(self, field: str | None, depth: int) -> Node | None:
        negated = False
        while self._next("minus"):
            negated = not negated
        node = self._positive(field, depth)
        return Not(node) if negated and node is not None else node

    def _positive(self, field: str | None, depth: int) -> Node | None:
        piece = self._peek()
        if piece is None or piece.kind in ("close", "either", "minus"):
            return None
        self._at += 1
        if piece.kind == "open":
            return self._group(field, depth)
        if piece.kind == "field":
            return self._field(piece.text, depth)
        if piece.kind == "stray":
            self.notes.append("quote-unclosed")
            return None
        return self._counted(self._leaf(piece, field))

    def _group(self, field: str | None, depth: int) -> Node | None:
        if depth >= DEEPEST:
            return None  # its words are read as if it were not there
        node = self._sequence(field, depth + 1)
        if not self._next("close"):
            self.notes.append("parenthesis-unclosed")
        return node

    def _counted(self, node: Node | None) -> Node | None:
        if node is None:
            return None
        self._leaves += 1
        return None if self.cut else node

    def _leaf(self, piece: Piece, field: str | None) -> Node | None:
        match piece.kind:
            case "number":
                return Number(number_key(piece.text) or "", piece.text, None)
            case "dated":
                return Number(piece.text.lstrip("0"), piece.text, None)
            case "phrase":
                return phrase(words(piece.text), self._mode, field, piece.slop)
            case _:
                return word(piece.text, self._mode, field)

    # --- fields

    def _field(self, field: str, depth: int) -> Node | None:
        if field in TEXT_FIELDS:
            return self._text_field("body" if field == "body" else field, depth)
        piece = self._next("word", "phrase", "number", "dated")
        node = self._counted(self._value(field, piece)) if piece else None
        if node is None:
            self.notes.append(f"field-empty:{field}")
        return node

    def _text_field(self, field: str, depth: int) -> Node | None:
        scope = None if field == "body" else field
        piece = self._peek()
        if piece is None or piece.kind in ("close", "either", "field"):
            self.notes.append(f"field-empty:{field}")
            return None
        node = self._item(scope, depth)
        return with_full_names(node) if field == "issuer" and node is not None else node

    def _value(self, field: str, piece: Piece) -> Node | None:
        text = piece.text.strip(" ,;") if field in ("year", "issued") else piece.text.strip(" .,;")
        match field:
            case "doctype" | "level" | "status" | "secrecy" | "urgency":
                return self._named(field, text, piece.kind == "word") if words(text) else None
            case "year" | "issued" | "from" | "to":
                return between(field, text)
            case "number":
                return own_number(text)
            case "symbol":
                return OneOf("symbol", (fold_symbol(text),)) if words(text) else None
            case "cites":
                return cited("cites_family" if self._with_family() else field, piece, text.rstrip("+"))
            case _:
                return cited(field, piece, text)

    def _with_family(self) -> bool:
        """Whether a ``+`` stands at the end of what is cited; it is taken."""
        taken, following = self._pieces[self._at - 1], self._peek()
        if following is not None and following.kind == "word" and following.text == "+":
            self._at += 1
            return True
        return taken.kind == "word" and taken.text.endswith("+")

    def _named(self, field: str, text: str, may_grow: bool) -> OneOf:
        """The value by its full name or code; of plain words as many as make a known one: ``loại:kế hoạch``."""
        names = value_names(field)
        for more in range(MOST_WORDS - 1 if may_grow else 0, -1, -1):
            following = self._pieces[self._at : self._at + more]
            if len(following) < more or any(piece.kind != "word" for piece in following):
                continue
            name = names.get(joined(" ".join([text, *(piece.text for piece in following)])))
            if name:
                self._at += more
                return OneOf(field, status_codes(name) if field == "status" else (name,))
        return OneOf(field, (text,))


def _all_of(parts: list[Node]) -> Node | None:
    if len(parts) == 1 and not isinstance(parts[0], Not):
        return parts[0]
    return And(tuple(parts)) if parts else None


def _any_of(parts: list[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    return Or(tuple(And((part,)) if isinstance(part, Not) else part for part in parts))
