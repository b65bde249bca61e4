"""The fragments of a text that show why it was found: whole words round the hits, with the places to mark; never HTML.

The text is searched in its folded form, which has the same length, by one pattern made of the query; what is found is
then held against the keys of the words, so that an exact query marks no folded word.  A megabyte takes some 40 ms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from docsearch.model import (
    And,
    Fuzzy,
    Match,
    Node,
    Number,
    Or,
    Page,
    Phrase,
    Prefix,
    Query,
    Snippet,
    Span,
    Term,
    Unit,
    UnitKind,
)
from docsearch.vietnamese import either_spelling, exact_key, fold, folded_key, starts, words

MOST_PLACES = 5_000  # hits looked at; the best fragments of a long text stand among its first
_LETTERS = r"[^\W_]"
_BETWEEN = r"(?:(?!\n\s*\n)[\W_])+"  # what may stand between two words of a phrase: signs and spaces, no empty line


@dataclass(frozen=True, slots=True)
class _Want:
    """One thing to mark: a pattern over the folded text, a test of the words found, and how much it tells."""

    pattern: str
    fits: Callable[[str], bool]
    weight: int


@dataclass(frozen=True, slots=True)
class _Place:
    """One hit: where it stands, which want it answers."""

    start: int
    end: int
    want: int


def snippets(
    text: str,
    query: Query,
    *,
    pages: tuple[Page, ...] = (),
    units: tuple[Unit, ...] = (),
    most: int = 2,
    width: int = 200,
) -> tuple[Snippet, ...]:
    """Up to `most` fragments of about `width` characters, in text order: those that show most of what was asked for.

    Each begins and ends between words and stands on one line; its highlights are spans in that line, whole words, in
    order, none over another.  Nothing where no asked word stands in the text (the condition was of another kind).
    """
    wants = list(_wants(query.node, folded := fold(text).replace("_", " "))) if query.node is not None else []
    if not wants or len(folded) != len(text):
        return ()
    places = list(islice(_places(text, folded, wants), MOST_PLACES))
    groups = _best_groups(places, wants, most, width)
    in_order = sorted(groups, key=lambda group: group[0].start)
    return tuple(_snippet(text, group, pages, units, width) for group in in_order)


# --- what to look for -------------------------------------------------------------------------------------------------


def _wants(node: Node, folded: str) -> Iterator[_Want]:
    match node:
        case And() | Or():
            for part in node.parts:
                yield from _wants(part, folded)
        case Term():
            yield from _words_wanted(words(node.word), node.match, 0)
        case Phrase():
            yield from _words_wanted([part for word in node.words for part in words(word)], node.match, node.slop)
        case Prefix():
            yield from _prefix_wanted(node)
        case Fuzzy():
            yield from _fuzzy_wanted(node, folded)
        case Number():
            yield from _number_wanted(node)
        case _:
            return


def _words_wanted(parts: list[str], match: Match, slop: int) -> Iterator[_Want]:
    key = _KEY[match]
    wanted = [key(part) for part in parts]
    if not wanted:
        return
    gap = _BETWEEN if not slop else rf"{_BETWEEN}(?:{_LETTERS}+{_BETWEEN}){{0,{min(slop, 20)}}}?"
    pattern = gap.join(either_spelling(re.escape(fold(part))) for part in wanted)
    yield _Want(pattern, lambda found: _in_order(wanted, map(key, words(found))), 1 if len(wanted) == 1 else 2 + len(wanted))


_KEY: dict[Match, Callable[[str], str]] = {"exact": exact_key, "folded": folded_key}


def _in_order(wanted: list[str], found: Iterable[str]) -> bool:
    """Whether all of `wanted` stand in `found`, in this order."""
    remaining = iter(found)
    return all(any(key == word for key in remaining) for word in wanted)


def _prefix_wanted(node: Prefix) -> Iterator[_Want]:
    key, typed = _KEY[node.match], words(node.word)
    if typed:
        begun = starts(typed[-1], node.match)
        pattern = "|".join(dict.fromkeys(either_spelling(re.escape(fold(start))) + f"{_LETTERS}*" for start in begun))
        yield _Want(f"(?:{pattern})", lambda found: key(found).startswith(begun), 1)


def _fuzzy_wanted(node: Fuzzy, folded: str) -> Iterator[_Want]:
    key, typed = _KEY[node.match], words(node.word)
    if typed:
        wanted = key(typed[-1])
        near = [word for word in set(words(folded)) if within(fold(wanted), word, node.distance)]
        pattern = "|".join(map(re.escape, near)) or "(?!)"
        yield _Want(pattern, lambda found: within(wanted, key(found), node.distance), 1)


def within(one: str, other: str, distance: int) -> bool:
    """Whether at most `distance` letters added, dropped or changed make `one` `other`."""
    if abs(len(one) - len(other)) > distance:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (letter != against))
        if min(row) > distance:
            return False
    return row[-1] <= distance


def _number_wanted(node: Number) -> Iterator[_Want]:
    """A number as it is written: zeros before it, spaces round its signs, ``&`` between its letters."""
    if node.key:
        groups = re.split(r"[/-]", node.key.lower())
        spelled = ["&?".join(map(re.escape, group)) if group.isalpha() else re.escape(group) for group in groups]
        yield _Want("0*" + r"\s?[-/]\s?".join(spelled), lambda _: True, 6)


# --- where it stands --------------------------------------------------------------------------------------------------


def _places(text: str, folded: str, wants: list[_Want]) -> Iterator[_Place]:
    """The hits in text order, none over another; longer wants are tried first."""
    order = sorted(range(len(wants)), key=lambda index: -wants[index].weight)
    pattern = re.compile(rf"\b(?:{'|'.join(dict.fromkeys(wants[index].pattern for index in order))})\b")
    singles = [(index, re.compile(wants[index].pattern)) for index in order]
    for found in pattern.finditer(folded):
        start, end = found.span()
        said = text[start:end]
        for index, single in singles:
            if single.fullmatch(folded, start, end) and wants[index].fits(said):
                yield _Place(start, end, index)
                break


def _best_groups(places: list[_Place], wants: list[_Want], most: int, width: int) -> list[list[_Place]]:
    """Up to `most` groups of neighbouring hits that fit into `width`, those that show most first, apart from each other."""
    chosen: list[list[_Place]] = []
    for _, first, after in sorted(_groups(places, wants, width), key=lambda group: (-group[0], group[1])):
        group = places[first:after]
        if all(group[-1].end + width < other[0].start or other[-1].end + width < group[0].start for other in chosen):
            chosen.append(group)
        if len(chosen) >= most:
            break
    return chosen


def _groups(places: list[_Place], wants: list[_Want], width: int) -> Iterator[tuple[int, int, int]]:
    """For each hit the run of hits that starts with it and fits: its worth, its first and the one after its last.

    Worth is first what different wants tell, then how many stand together as they were typed, then how many there are.
    """
    typed_so = [0, *(10 * _follows(one, other) for one, other in pairwise(places)), 0]
    counts = [0] * len(wants)
    after = worth = 0
    for first, place in enumerate(places):
        while after < len(places) and (after == first or places[after].end - place.start <= width):
            want = places[after].want
            counts[want] += 1
            worth += (1000 * wants[want].weight if counts[want] == 1 else 1) + (typed_so[after] if after > first else 0)
            after += 1
        yield worth, first, after
        counts[place.want] -= 1
        worth -= (1000 * wants[place.want].weight if counts[place.want] == 0 else 1) + (
            typed_so[first + 1] if after > first + 1 else 0
        )


def _follows(one: _Place, other: _Place) -> bool:
    return other.want == one.want + 1 and other.start - one.end == 1


# --- the fragment -----------------------------------------------------------------------------------------------------

_SPACE = re.compile(r"\s+")


def _snippet(text: str, group: list[_Place], pages: tuple[Page, ...], units: tuple[Unit, ...], width: int) -> Snippet:
    span = _whole_words(text, group[0].start, group[-1].end, width)
    line, shift = _one_line(text, span)
    marks = tuple(Span(shift(place.start), shift(place.end)) for place in group)
    first = group[0].start
    return Snippet(span=span, text=line, highlights=marks, page=_page(pages, first), unit=unit_at(units, first))


def _whole_words(text: str, first: int, last: int, width: int) -> Span:
    """`first` to `last` with words before and after up to `width` characters in all, more after than before."""
    spare = max(0, width - (last - first))
    start = max(0, first - spare // 3)
    end = min(len(text), last + spare - (first - start))
    if start and not text[start - 1].isspace():
        after = _SPACE.search(text, start, first)
        start = after.end() if after else _word_start(text, first)
    if end < len(text) and not text[end].isspace():
        before = max(text.rfind(" ", last, end), text.rfind("\n", last, end))
        end = before if before >= 0 else _word_end(text, last)
    while start < first and text[start].isspace():
        start += 1
    while end > last and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


_LONGEST_WORD = 80


def _word_start(text: str, at: int) -> int:
    """Where the run of signs and letters round `at` begins, or a little before in a run without end."""
    low = max(0, at - _LONGEST_WORD)
    space = max(text.rfind(" ", low, at), text.rfind("\n", low, at), text.rfind("\t", low, at))
    return space + 1 if space >= 0 or low == 0 else at


def _word_end(text: str, at: int) -> int:
    space = _SPACE.search(text, at, min(len(text), at + _LONGEST_WORD))
    if space:
        return space.start()
    return len(text) if at + _LONGEST_WORD >= len(text) else at


def _one_line(text: str, span: Span) -> tuple[str, Callable[[int], int]]:
    """The words of `span` with one space between, and how a place in the text moves to one in that line."""
    pieces: list[str] = []
    cuts, drops = [span.start], [span.start]
    at = span.start
    for space in _SPACE.finditer(text, span.start, span.end):
        pieces += [text[at : space.start()], " "]
        at = space.end()
        cuts.append(at)
        drops.append(drops[-1] + len(space[0]) - 1)
    pieces.append(text[at : span.end])
    return "".join(pieces), lambda place: place - drops[bisect_right(cuts, place) - 1]


def _page(pages: tuple[Page, ...], place: int) -> int | None:
    at = bisect_right(pages, place, key=lambda page: page.span.start)
    return pages[at - 1].number if at else None


# --- the part of the document -----------------------------------------------------------------------------------------

_KINDS: dict[UnitKind, str] = {
    "part": "Phần", "chapter": "Chương", "section": "Mục", "subsection": "Tiểu mục", "article": "Điều", "clause": "khoản",
    "point": "điểm", "appendix": "Phụ lục", "heading": "mục",
}  # fmt: skip


def unit_at(units: Sequence[Unit], place: int) -> str | None:
    """The innermost unit that holds `place`, as the law names it: "điểm a khoản 2 Điều 5", "mục II"; ``None`` outside all.

    Articles are numbered through a whole document, so what holds them is not named, but for an appendix, which counts anew.
    """
    at = bisect_right(units, place, key=lambda unit: unit.span.start) - 1
    while at >= 0 and units[at].span.end <= place:
        parent = units[at].parent
        at = -1 if parent is None else parent
    chain = list(_outwards(units, at))
    article = next((n for n, unit in enumerate(chain) if unit.kind == "article"), None)
    named = chain if article is None else [*chain[: article + 1], *(u for u in chain[article + 1 :] if u.kind == "appendix")]
    return " ".join(f"{_KINDS[unit.kind]} {unit.label}".strip() for unit in named) or None


def _outwards(units: Sequence[Unit], at: int) -> Iterator[Unit]:
    while at >= 0:
        yield units[at]
        parent = units[at].parent
        at = -1 if parent is None else parent
