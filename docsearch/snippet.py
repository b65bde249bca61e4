"""The fragments of a text that show why it was found: whole words round the hits, with the places to mark; never HTML.

Each thing asked is looked for in the folded text, which has the same length, by a pattern of its own that begins with its
letters: so the regular-expression engine runs through a text at the speed of a plain search.  What is found is then held
against the keys of the words, so that an exact query marks no folded word.  Of frequent words only some places are looked
at: the first ones, and those near the rarer words.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

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

MOST_PLACES = 240  # hits looked at, shared among the things asked: a thing found more often is frequent
FEWEST_PLACES = 12  # of each thing, however many are asked
FITTING = 1_000  # spellings of one thing whose fit is remembered
MOST_REGIONS = 64  # places of rarer things round which frequent ones are looked for
_LETTERS = r"[^\W_]"
_BETWEEN = r"(?:(?!\n\s*\n)[\W_])+"  # what may stand between two words of a phrase: signs and spaces, no empty line


@dataclass(frozen=True, slots=True)
class _Want:
    """One thing to mark: a pattern over the folded text, a test of the words found, and how much it tells."""

    pattern: re.Pattern[str]
    fits: Callable[[str], bool]
    weight: int


_Place = tuple[int, int, int, int]
"""One hit: its start, its weight below zero (so that of hits that start together the heavier sorts first), its end, its want."""


def snippets(
    text: str,
    query: Query,
    *,
    pages: Sequence[Page] = (),
    units: Sequence[Unit] = (),
    most: int = 2,
    width: int = 200,
) -> tuple[Snippet, ...]:
    """Up to `most` fragments of about `width` characters, in text order: those that show most of what was asked for.

    Each begins and ends between words and stands on one line; its highlights are spans in that line, whole words, in
    order, none over another.  Nothing where no asked word stands in the text (the condition was of another kind).
    """
    if query.node is None:
        return ()
    folded = fold(text).replace("_", " ")
    wants = list(_wants(query.node, folded))
    if not wants or len(folded) != len(text):
        return ()
    groups = _best_groups(_apart(_places(text, folded, wants, width)), wants, most, width)
    groups.sort()
    return tuple(_snippet(text, group, pages, units, width) for group in groups)


# --- what to look for -------------------------------------------------------------------------------------------------


def _wants(node: Node, folded: str) -> Iterator[_Want]:
    match node:
        case And() | Or():
            for part in node.parts:
                yield from _wants(part, folded)
        case Term() | Phrase() | Prefix() | Number():
            yield from _leaf_wants(node)
        case Fuzzy():
            yield from _fuzzy_wanted(node, folded)
        case _:
            return


@lru_cache(maxsize=1024)  # a page asks the same of ten texts
def _leaf_wants(node: Term | Phrase | Prefix | Number) -> tuple[_Want, ...]:
    match node:
        case Term():
            return tuple(_words_wanted(words(node.word), node.match, 0))
        case Phrase():
            return tuple(_words_wanted([part for word in node.words for part in words(word)], node.match, node.slop))
        case Prefix():
            return tuple(_prefix_wanted(node))
        case Number():
            return tuple(_number_wanted(node))


def _words_wanted(parts: list[str], match: Match, slop: int) -> Iterator[_Want]:
    key = _KEY[match]
    wanted = [key(part) for part in parts]
    if not wanted:
        return
    gap = _BETWEEN if not slop else rf"{_BETWEEN}(?:{_LETTERS}+{_BETWEEN}){{0,{min(slop, 20)}}}?"
    first, *others = (_spelled(part) for part in wanted)
    pattern = re.compile(gap.join((_begun(first), *others)) + r"(?!\w)")
    if others:
        fits = lru_cache(FITTING)(lambda found: _in_order(wanted, map(key, words(found))))
    else:
        fits = lru_cache(FITTING)(lambda found: key(found) == wanted[0])
    yield _Want(pattern, fits, 2 + len(wanted) if others else 1)


_KEY: dict[Match, Callable[[str], str]] = {"exact": exact_key, "folded": folded_key}


def _spelled(word: str) -> str:
    """A pattern for all that folds to the same as `word`; each finds one length only."""
    return either_spelling(re.escape(fold(word)))


def _begun(start: str) -> str:
    """A pattern that finds `start` only where a word begins; the letters stand first, for the speed of it."""
    return rf"{start}(?<!\w{start})"


def _in_order(wanted: list[str], found: Iterable[str]) -> bool:
    """Whether all of `wanted` stand in `found`, in this order."""
    remaining = iter(found)
    return all(any(key == word for key in remaining) for word in wanted)


def _prefix_wanted(node: Prefix) -> Iterator[_Want]:
    key, typed = _KEY[node.match], words(node.word)
    if typed:
        begun = starts(typed[-1], node.match)
        pattern = "|".join(f"{_begun(start)}{_LETTERS}*" for start in dict.fromkeys(map(_spelled, begun)))
        yield _Want(re.compile(pattern), lru_cache(FITTING)(lambda found: key(found).startswith(begun)), 1)


def _fuzzy_wanted(node: Fuzzy, folded: str) -> Iterator[_Want]:
    key, typed = _KEY[node.match], words(node.word)
    if typed:
        wanted = key(typed[-1])
        near = [word for word in set(words(folded)) if within(fold(wanted), word, node.distance)]
        pattern = "|".join(f"{_begun(re.escape(word))}(?!\\w)" for word in near) or "(?!)"
        yield _Want(re.compile(pattern), lambda found: within(wanted, key(found), node.distance), 1)


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
        yield _Want(re.compile(r"\b0*" + r"\s?[-/]\s?".join(spelled) + r"\b"), lambda _: True, 6)


# --- where it stands --------------------------------------------------------------------------------------------------


def _places(text: str, folded: str, wants: list[_Want], width: int) -> list[_Place]:
    """Where each thing asked stands: all places of rare ones; of frequent ones the first, and those near the rarest."""
    most = max(FEWEST_PLACES, MOST_PLACES // len(wants))
    found = [_stands(text, folded, number, want, most) for number, want in enumerate(wants)]
    frequent = [number for number, places in enumerate(found) if len(places) == most]
    if len(wants) > 1 and frequent:
        rarest = sorted(found, key=lambda places: (len(places) == most, -places[-1][0] if places else 0))
        regions = _regions(folded, [place for places in rarest for place in places][:MOST_REGIONS], width)
        for number in frequent:
            reach = found[number][-1][2]
            for low, high in regions:
                if high > reach:
                    found[number] += _stands(text, folded, number, wants[number], FEWEST_PLACES, max(low, reach), high)
    return [place for places in found for place in places]


def _stands(text: str, folded: str, number: int, want: _Want, most: int, low: int = 0, high: int = sys.maxsize) -> list[_Place]:
    """The first places of one thing between two places."""
    fits, lightness = want.fits, -want.weight
    places: list[_Place] = []
    for found in want.pattern.finditer(folded, low, high):
        start, end = found.span()
        if fits(text[start:end]):
            places.append((start, lightness, end, number))
            if len(places) == most:
                break
    return places


def _regions(folded: str, round_these: Iterable[_Place], width: int) -> list[tuple[int, int]]:
    """The text round these places, `width` to either side, from word to word; what overlaps is one."""
    regions: list[tuple[int, int]] = []
    for start, _, end, _ in sorted(round_these):
        low = folded.rfind(" ", 0, max(0, start - width)) + 1
        space = folded.find(" ", end + width)
        high = len(folded) if space < 0 else space
        if regions and low <= regions[-1][1]:
            regions[-1] = (regions[-1][0], max(high, regions[-1][1]))
        else:
            regions.append((low, high))
    return regions


def _apart(places: list[_Place]) -> list[_Place]:
    """The places in text order, none over another."""
    apart: list[_Place] = []
    reach = 0
    places.sort()
    for place in places:
        if place[0] >= reach:
            apart.append(place)
            reach = place[2]
    return apart


def _best_groups(places: list[_Place], wants: list[_Want], most: int, width: int) -> list[list[_Place]]:
    """Up to `most` groups of neighbouring hits that fit into `width`, those that show most first, apart from each other."""
    chosen: list[list[_Place]] = []
    for _, first, after in sorted(_groups(places, wants, width)):
        low, high = places[first][0] - width, places[after - 1][2] + width
        if all(high < other[0][0] or other[-1][2] < low for other in chosen):
            chosen.append(places[first:after])
            if len(chosen) >= most:
                break
    return chosen


def _groups(places: list[_Place], wants: list[_Want], width: int) -> list[tuple[int, int, int]]:
    """For each hit the run of hits that starts with it and fits: its worth (below zero), its first and the one after its last.

    Worth is first what different wants tell, then how many stand together as they were typed, then how many there are.
    """
    weights = [1000 * want.weight for want in wants]
    typed_so = [0, *(_follows(one, other) for one, other in pairwise(places)), 0]
    counts = [0] * len(wants)
    groups: list[tuple[int, int, int]] = []
    after = worth = 0
    for first, (start, _, _, own) in enumerate(places):
        while after < len(places) and (after == first or places[after][2] <= start + width):
            want = places[after][3]
            worth += (1 if counts[want] else weights[want]) + (typed_so[after] if after > first else 0)
            counts[want] += 1
            after += 1
        groups.append((-worth, first, after))
        counts[own] -= 1
        worth -= (1 if counts[own] else weights[own]) + (typed_so[first + 1] if after > first + 1 else 0)
    return groups


def _follows(one: _Place, other: _Place) -> int:
    """What it adds that `other` stands behind `one` as it was typed."""
    return 10 if other[3] == one[3] + 1 and other[0] - one[2] == 1 else 0


def _telling(group: list[_Place]) -> list[_Place]:
    """The hits worth a mark: a word alone is none where the same word stands in its typed company.

    Beside "[thủ tục hành chính]" the "chính" of "Chính phủ" says nothing.
    """
    behind = [_follows(one, other) > 0 for one, other in pairwise(group)]
    accompanied = [before or after for before, after in zip([False, *behind], [*behind, False], strict=True)]
    told = {place[3] for place, company in zip(group, accompanied, strict=True) if company}
    return [place for place, company in zip(group, accompanied, strict=True) if company or place[3] not in told]


# --- the fragment -----------------------------------------------------------------------------------------------------

_SPACE = re.compile(r"\s+")
_SPACES = re.compile(r"\s\s+")


def _snippet(text: str, group: list[_Place], pages: Sequence[Page], units: Sequence[Unit], width: int) -> Snippet:
    first = group[0][0]
    span = _whole_words(text, first, group[-1][2], width)
    line, moved = _one_line(text, span)
    marks = tuple(Span(moved(start), moved(end)) for start, _, end, _ in _telling(group))
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
    cut = span.cut(text)
    line = " ".join(cut.split())
    if len(line) == len(cut):
        return line, lambda place: place - span.start
    starts, drops = [span.start], [span.start]
    for run in _SPACES.finditer(text, span.start, span.end):
        starts.append(run.end())
        drops.append(drops[-1] + run.end() - run.start() - 1)
    return line, lambda place: place - drops[bisect_right(starts, place) - 1]


def _page(pages: Sequence[Page], place: int) -> int | None:
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
    if not units:
        return None
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
