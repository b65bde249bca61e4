"""Words that name a body, read: "Chủ tịch Ủy ban nhân dân huyện Cầu Kè, tỉnh Trà Vinh" to its issuer and its places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docsearch.registry import Issuer, in_office, issuer_heads, issuer_names, slug
from docsearch.vietnamese import exact_key, fold, is_marked

# Words for kinds of places.  They are compared with their marks: folded, "tỉnh" is the first word of Tịnh Biên.
_KINDS = {
    "tỉnh": "tinh", "thành phố": "thanh-pho", "tp": "thanh-pho", "huyện": "huyen", "quận": "quan", "thị xã": "thi-xa",
    "tx": "thi-xa", "xã": "xa", "phường": "phuong", "thị trấn": "thi-tran", "đặc khu": "dac-khu",
}  # fmt: skip
_SHORT_KINDS = {"h": "huyen", "q": "quan", "x": "xa", "p": "phuong", "t": "tinh", "tt": "thi-tran"}  # only before a name
_PARTY_NAMES = {"tinh-uy": "tinh", "thanh-uy": "thanh-pho", "huyen-uy": "huyen", "quan-uy": "quan", "thi-uy": "thi-xa"}
_RANKS = {"pho", "quyen", "kt", "tm", "dong chi", "ban thuong vu", "thuong truc", "tap the", "lanh dao", "nguyen", "truong"}
_LEVELS = ("province", "district", "commune")
_LONGEST_NAME = 14  # words: "Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam" has 13
_ENDS = {"khóa", "nhiệm", "về", "và", "ngày"}  # words that end a place name also where all is in capitals
_WORD = re.compile(r"(?P<gap>[,;(])?\s*(?P<word>[^\W_]+(?:['’][^\W_]+)*)")  # Ea H'leo

_WHOLE_COUNTRY = re.compile(
    r"\b(?:quoc gia|nha nuoc|trung uong|viet nam|chinh phu|cong ty|tong cong ty|tap doan|hiep hoi|lien hiep)\b"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One place in a phrase: kind and name, which is "" in a relative phrase ("của tỉnh").

    The kind is that of the word ("huyen", "thi-xa"), or the level of the body where no word says it ("province" for
    "Tỉnh ủy Trà Vinh" and "Sở Nội vụ"), or "".
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body as a phrase names it: issuer row or slug, and its places from the smallest to the largest.

    `code` is "" where only a place or a title is named ("của Thành phố", "Giám đốc"), and "bo" for "của Bộ".
    `central` is told of a body without a row whose name says that it serves the whole country, or that is a company; `within`
    is the code of a body named after it, to which it belongs ("Ban Pháp chế HĐND tỉnh").
    """

    code: str
    issuer: Issuer | None
    parts: tuple[Part, ...]
    central: bool = False
    within: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a phrase as written, with tone marks in one place, and folded; `apart`: a comma or bracket stands before."""

    raw: tuple[str, ...]
    exact: tuple[str, ...]
    plain: tuple[str, ...]
    apart: tuple[bool, ...]

    def tail(self, start: int) -> _Words:
        return _Words(self.raw[start:], self.exact[start:], self.plain[start:], self.apart[start:])


@lru_cache(maxsize=16384)
def read_body(phrase: str, on: str | None = None) -> Body:
    """What `phrase` names; `on` chooses between bodies of one name that followed each other.  Never fails.

    >>> read_body("Chủ tịch UBND huyện Cầu Kè").code, read_body("Chủ tịch UBND huyện Cầu Kè").parts
    ('ubnd', (Part(kind='huyen', name='cau ke'),))
    """
    words, place_words = _cut(phrase), _place_words(phrase)
    start, heads = _after_titles(words)
    issuer, length = _known(words.plain, start)
    if issuer is not None:
        around, more = _known(words.plain, start + length)  # "Ban Pháp chế HĐND tỉnh"; "UBND Ủy ban nhân dân thành phố"
        parts = _with_level(issuer, words, _parts(words.tail(start + length + more), place_words))
        return Body(issuer.code, issuer, parts, within=around.code if around else "")
    return _unlisted(words.tail(start), place_words, heads, on)


@lru_cache(maxsize=4096)
def read_places(phrase: str) -> tuple[Part, ...]:
    """The places that `phrase` names, which is nothing but places: "Cầu Kè", "huyện Cầu Kè, tỉnh Trà Vinh"."""
    return _parts(_cut(phrase), _place_words(phrase))


def _cut(phrase: str) -> _Words:
    found = _WORD.findall(phrase)
    raw = tuple(word for _, word in found)
    return _Words(raw, tuple(map(exact_key, raw)), tuple(map(_plain, raw)), tuple(gap != "" for gap, _ in found))


def _plain(word: str) -> str:
    return fold(word).replace("'", " ").replace("’", " ")


def _place_words(phrase: str) -> dict[str, str]:
    """The words for kinds of places; folded where nobody typed any mark."""
    return _KINDS if is_marked(phrase) else {fold(word): kind for word, kind in _KINDS.items()}


def _known(plain: tuple[str, ...], start: int) -> tuple[Issuer | None, int]:
    """The issuer with the longest name that stands at `start`, and the number of its words."""
    names = issuer_names()
    for length in range(min(_LONGEST_NAME, len(plain) - start), 0, -1):
        issuer = names.get(" ".join(plain[start : start + length]))
        if issuer is not None:
            return issuer, length
    return None, 0


def _after_titles(words: _Words) -> tuple[int, tuple[Issuer, ...]]:
    """Where the titles at the beginning end ("Phó Chủ tịch", "Bộ trưởng, Chủ nhiệm"), and who has the last of them."""
    titles = issuer_heads()
    start, having = 0, tuple[Issuer, ...]()
    while start < len(words.plain) and _known(words.plain, start)[0] is None:
        for length in range(min(4, len(words.plain) - start), 0, -1):
            title = " ".join(words.plain[start : start + length])
            if title in titles or title in _RANKS:
                having = titles.get(title, having)
                start += _title_end(words.plain, start, length)
                break
        else:
            break
    return start, having


def _title_end(plain: tuple[str, ...], start: int, length: int) -> int:
    """How many words of a title are not the body's: one of "Tổng Kiểm toán nhà nước", one of "Trưởng Ban Chỉ đạo"."""
    for words in range(1, length):
        if _known(plain, start + words)[0] is not None:
            return words
    return length - (plain[start + length - 1] == "ban")


def _unlisted(words: _Words, kinds: dict[str, str], heads: tuple[Issuer, ...], on: str | None) -> Body:
    """A body without a row: a title alone, a place alone, "Bộ", or an unknown name with its place."""
    cut = next((at for at in range(len(words.plain)) if _kind_at(words, at, kinds)), len(words.plain))
    parts = _parts(words.tail(cut), kinds)
    plain = " ".join(words.plain[:cut])
    if not plain:
        only = in_office(heads, on) if len(heads) == 1 and not parts else None
        return Body(only.code, only, ()) if only else Body("", None, parts)
    if plain == "bo":
        return Body("bo", None, ())
    if plain.startswith("so ") and not parts:
        parts = (Part("province", ""),)
    return Body(slug(" ".join(words.raw[:cut])), None, parts, central=bool(_WHOLE_COUNTRY.search(plain)))


def _with_level(issuer: Issuer, words: _Words, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The places of a body of one level: the kind from its own name ("Huyện ủy Cầu Kè"), relative where none is named."""
    own_name = next((kind for name, kind in _PARTY_NAMES.items() if name in "-".join(words.plain)), None)
    kind = own_name or (issuer.level if issuer.level in _LEVELS else None)
    if kind is None:
        return parts
    if not parts:
        return (Part(kind, ""),)
    first = parts[0]
    return (Part(kind, first.name), *parts[1:]) if not first.kind else parts


def _kind_at(words: _Words, at: int, kinds: dict[str, str]) -> tuple[str, int] | None:
    """The kind of place that a word or two at `at` say, with the number of words."""
    if words.exact[at : at + 2] == ("xã", "hội"):  # "Ban Văn hóa - Xã hội"
        return None
    for length in (2, 1):
        kind = kinds.get(" ".join(words.exact[at : at + length]))
        if kind:
            return kind, length
    short = _SHORT_KINDS.get(words.exact[at])
    if short and at + 1 < len(words.raw) and _names(words.raw[at + 1]) and not _kind_ends(words, at + 2, kinds):
        return short, 1
    return None


def _parts(words: _Words, kinds: dict[str, str]) -> tuple[Part, ...]:
    """The places that these words name, in their order; what is no place ends them."""
    parts: list[Part] = []
    at = 0
    while at < len(words.raw):
        kind, length = _kind_at(words, at, kinds) or ("", 0)
        if not kind and at == 0 and words.apart[0]:  # "Sở Nội vụ, Sở Tài chính": another body
            break
        end = _name_end(words, at + length, kinds)
        if not kind and (end == at or words.plain[at].isdigit()):  # "UBND 10 xã, thị trấn" is not Quận 10
            break
        parts.append(Part(kind, " ".join(words.plain[at + length : end])))
        at = end
    return tuple(parts)


def _name_end(words: _Words, start: int, kinds: dict[str, str]) -> int:
    """Where the proper name that begins at `start` ends: `start` itself where none stands there ("UBND tỉnh, Sở Nội vụ")."""
    end = start
    if 0 < start < len(words.raw) and words.apart[start] and _kind_ends(words, start, kinds):
        return start
    while end < len(words.raw) and _names(words.raw[end]) and words.exact[end] not in _ENDS:
        if end > start and (words.apart[end] or _kind_at(words, end, kinds)):
            break
        end += 1
    return end


def _kind_ends(words: _Words, end: int, kinds: dict[str, str]) -> bool:
    """Whether a word for a kind of place ends at `end`."""
    return any(" ".join(words.exact[max(0, end - length) : end]) in kinds for length in (1, 2))


def _names(word: str) -> bool:
    """Whether a word can belong to a proper name: a capital or a digit."""
    return word[0].isupper() or word[0].isdigit()
