"""Words that point back, and short names that a document defines: kept apart from the citations.

"Quyết định này" is the document itself, or its annex; "Kế hoạch nêu trên" is the last plan cited; "(sau đây gọi tắt là Nghị
định số 57)" names the decree cited before the bracket.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache

from docsearch.model import Alias, Anaphor, AnaphorKind, Citation, Span
from docsearch.registry import doctypes

# Papers that another paper puts into force: "Quy chế này" in a decision is the decision's annex.
_ANNEXES = {"Quy chế", "Quy định", "Kế hoạch", "Đề án", "Chương trình", "Phương án", "Hướng dẫn", "Quy chế phối hợp", "Dự án"}
_ANY = "Văn bản"
_ALIAS_REACH = 600  # the paper named stands at most so far before its short name
_LONGEST = 400  # characters of a mention


@cache
def _types() -> dict[str, str]:
    """Type by its words in lower case, directives only."""
    return {form.lower(): kind.name for kind in doctypes() if kind.kind == "directive" for form in (kind.name, *kind.forms)}


@cache
def _short_forms() -> dict[str, str]:
    return {form: kind.name for kind in doctypes() for form in kind.short}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """ "này" and "trên" behind the last letters of a type.

    Each begins with its word, which is searched as a string; the look-behind of one letter turns most of them away.
    """
    ends = {f" {name}"[-3:] for name in _types()} | {f" {name}"[-3:].upper() for name in _types()}
    last, three = "".join(sorted({end[-1] for end in ends})), "|".join(sorted(ends))
    above = r"(?!\s+(?:cơ sở|địa bàn|toàn|mạng|môi trường|trang|tinh thần))"
    return (
        re.compile(rf"này(?<=[{last}]\snày)(?<=(?:{three})\snày)(?!\w)"),
        re.compile(
            rf"trên(?<=[{last}uiể]\strên)(?:(?<=(?:{three})\strên){above}"
            rf"|(?<=(?:nêu|nói)\strên)(?<=(?:{three})\s(?:nêu|nói)\strên)|(?<=kể\strên)(?<=(?:{three})\skể\strên))(?!\w)"
        ),
    )


_OF_ABOVE = re.compile(r"(?:nêu|nói|kể)\s$")


# One pattern a word, since what begins with plain letters is found as a string is.
_ALIASES = tuple(
    re.compile(rf"{word}\s+(?:(?:tắt|chung|gọn)\s+)?là\s*:?\s*[\"“]?(?P<words>[^)\"”;.\n]{{2,90}})") for word in ("gọi", "viết")
)
_ALIAS_OPENINGS = ("sau đây", "gọi tắt là", "viết tắt là", "(gọi là")


def find_anaphora(text: str, citations: tuple[Citation, ...], own_doctype: str | None) -> tuple[Anaphor, ...]:
    """All words in `text` that point back to a citation or to the document, in text order."""
    cited = _Cited(citations)
    found = [_anaphor(text, match, cited, own_doctype) for pattern in _patterns() for match in pattern.finditer(text)]
    return tuple(sorted((one for one in found if one), key=lambda one: one.span.start))


class _Cited:
    """The citations of a text, to be asked for the last one before a place."""

    __slots__ = ("_citations", "_of_type", "_starts")

    def __init__(self, citations: tuple[Citation, ...]) -> None:
        self._citations = citations
        self._starts = [citation.span.start for citation in citations]
        self._of_type: dict[str | None, list[int]] = {}
        for index, citation in enumerate(citations):
            self._of_type.setdefault(citation.doctype, []).append(index)

    def covers(self, start: int) -> bool:
        """Whether a citation begins before `start` and goes on there: "Nghị quyết số 57 ... này"."""
        before = bisect_left(self._starts, start)
        return before > 0 and self._citations[before - 1].span.end > start

    def last(self, doctype: str, start: int) -> int | None:
        """The index of the last citation of this type before `start`; of any type for "văn bản"."""
        before = bisect_left(self._starts, start)
        if doctype == _ANY:
            return before - 1 if before else None
        indices = self._of_type.get(doctype, [])
        place = bisect_left(indices, before)
        return indices[place - 1] if place else None


def _anaphor(text: str, match: re.Match[str], cited: _Cited, own_doctype: str | None) -> Anaphor | None:
    word = match.start()
    if match[0] == "trên" and (verb := _OF_ABOVE.search(text, word - 4, word)):  # "nêu trên"
        word = verb.start()
    phrase = _type_before(text, word)
    if phrase is None:
        return None
    start, doctype = phrase
    if cited.covers(start):
        return None
    if match[0] == "này" and _is_own(doctype, own_doctype):
        return _made(text, start, match.end(), "self", None)
    target = cited.last(doctype, start)
    if text[start].islower() and (target is None or (word == match.start() and match[0] == "trên" and doctype != _ANY)):
        return None  # "thông báo trên mạng", "các quy định nêu trên"
    return _made(text, start, match.end(), "unresolved" if target is None else "antecedent", target)


def _made(text: str, start: int, end: int, kind: AnaphorKind, target: int | None) -> Anaphor:
    return Anaphor(span=Span(start, end), text=text[start:end], kind=kind, target=target)


def _is_own(doctype: str, own: str | None) -> bool:
    """Whether "<type> này" is the document, as far as its own type is known."""
    return own is None or doctype in (own, _ANY) or (doctype in _ANNEXES and own not in {"Báo cáo", "Tờ trình", "Công văn"})


def _type_before(text: str, at: int) -> tuple[int, str] | None:
    """The type whose words end right before `at`, with its place; the longest that fits."""
    found = _type_at_end(text[max(0, at - 26) : at])
    return (at - found[0], found[1]) if found else None


@lru_cache(maxsize=8192)
def _type_at_end(left: str) -> tuple[int, str] | None:
    """The type that ends `left`, its place counted back from the end."""
    words = left.lower().split()
    for count in range(min(4, len(words)), 0, -1):
        doctype = _types().get(" ".join(words[-count:]))
        if doctype:
            place = len(left)
            for word in reversed(left.split()[-count:]):
                place = left.rfind(word, 0, place)
            return len(left) - place, doctype
    return None


def find_aliases(text: str, citations: tuple[Citation, ...]) -> tuple[Alias, ...]:
    """The short names that `text` gives to papers it cites; those of offices and things are left out."""
    named = [match for pattern in _ALIASES for match in pattern.finditer(text)] if citations else []
    if not named or not any(opening in text for opening in _ALIAS_OPENINGS):
        return ()
    starts = [citation.span.start for citation in citations]
    found = (_alias(match, citations, starts) for match in sorted(named, key=lambda match: match.start()))
    return tuple(one for one in found if one)


def _alias(match: re.Match[str], citations: tuple[Citation, ...], starts: list[int]) -> Alias | None:
    words = match["words"].strip(" *_,“\"'")
    doctype = _leading_type(words)
    if doctype is None:
        return None
    start = match.start("words") + match["words"].find(words)
    ordinal = re.search(r"\d+", words)
    low, high = bisect_left(starts, match.start() - _ALIAS_REACH - _LONGEST), bisect_left(starts, match.start())
    near = [i for i in range(low, high) if match.start() - _ALIAS_REACH <= citations[i].span.end <= match.start()]
    fitting = [i for i in near if citations[i].doctype == doctype or (ordinal and ordinal[0] in str(citations[i].number))]
    same = [i for i in fitting if ordinal and re.match(rf"0*{int(ordinal[0])}(?!\d)", str(citations[i].number))]
    outer = [i for i in fitting if citations[i].nested_in is None]
    target = next(iter([*same[-1:], *outer[-1:], *fitting[-1:]]), None)
    return Alias(Span(start, start + len(words)), words, target) if target is not None else None


def _leading_type(words: str) -> str | None:
    """The type with which a short name begins: "Nghị định 57", "QĐ 1907"."""
    parts = words.split()
    for count in (4, 3, 2, 1):
        doctype = _types().get(" ".join(parts[:count]).lower()) if len(parts) >= count else None
        if doctype:
            return doctype
    return _short_forms().get(parts[0]) if parts else None
