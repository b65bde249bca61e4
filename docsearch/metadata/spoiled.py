"""The fixed lines of a letterhead as a scan misreads them: Quốc hiệu, motto, heads of offices, titles of types and roles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from docsearch import registry
from docsearch.metadata.sheet import Sheet, is_upper
from docsearch.metadata.words import ROLES, headings
from docsearch.misread import Phrases
from docsearch.vietnamese import fold

_STATE = (
    *("conghoaxahoichunghiavietnam", "hoaxahoichunghiavietnam", "xahoichunghiavietnam", "hoichunghiavietnam", "chunghiavietnam"),
    *("conghoaxahoi", "dangcongsanvietnam"),
)


def _words(*phrases: str) -> re.Pattern[str]:
    """A pattern of whole words.  It begins with plain letters, which are sought four times as fast as the edge of a word."""
    return re.compile("(?:" + "|".join(rf"{words[0]}(?<!\w{words[0]}){words[1:]}" for words in phrases) + r")\b")


_WORDS_OF_STATE = _words(
    *("cong hoa", "hoa xa", "xa hoi", "hoi chu", "chu nghia", "nghia viet", "viet nam", "dang cong", "cong san")
)
_MOTTO = ("doclaptudohanhphuc",)
_WORDS_OF_MOTTO = _words("doc lap", "lap tu", "tu do", "do hanh", "hanh phuc", "lap - tu", "do - hanh")
_LONGEST = 200  # characters of a line of two columns
_LENGTH = 40  # so many letters more are worth as much as all letters alike
_LIKE = 0.84  # share of letters in common: of 400 lines read by OCR all above 0.86, other lines in capitals below 0.6
HEADS = (
    *("ủy ban nhân dân", "hội đồng nhân dân", "ủy ban", "hội đồng", "tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "đảng ủy"),
    *("văn phòng", "thanh tra", "công an", "kho bạc", "chủ tịch", "chính phủ", "quốc hội", "thủ tướng", "bảo hiểm"),
    *("ban chỉ đạo", "trung tâm", "tổng cục", "chi cục", "kiểm toán"),
)
_LETTERS = re.compile(r"[a-z]+")


def mottos(sheet: Sheet, end: int, *, state: bool, motto: bool) -> list[tuple[int, int]]:
    """Where the State's (or the Party's) name and the motto stand with slips; each is looked for only where it is asked for."""
    found = []
    for words, names, wanted in ((_WORDS_OF_STATE, _STATE, state), (_WORDS_OF_MOTTO, _MOTTO, motto)):
        for start, stop in _lines_with(words, sheet.folded, end) if wanted else ():
            if stop - start <= _LONGEST and (names is _MOTTO or is_upper(sheet.plain[start:stop])):
                stretch = _likest(sheet.folded, start, stop, names)
                found += [stretch] if stretch else []
    return found


def _lines_with(words: re.Pattern[str], text: str, end: int) -> Iterator[tuple[int, int]]:
    """The lines that hold one of some words, each once."""
    past = 0
    for match in words.finditer(text, 0, end):
        if match.start() >= past:
            start = text.rfind("\n", 0, match.start()) + 1
            past = text.find("\n", match.end(), end)
            past = end if past < 0 else past
            yield start, past


def _likest(text: str, start: int, stop: int, names: tuple[str, ...]) -> tuple[int, int] | None:
    """The words of a line that are likest to one of some names, or ``None`` where none is like enough."""
    words = [(*match.span(), "".join(_LETTERS.findall(match[0]))) for match in re.finditer(r"\S+", text[start:stop])]
    best, stretch = 0.0, None
    for first, (begin, _, _) in enumerate(words):
        letters = ""
        for _, past, more in words[first:]:
            letters += more
            for name in names:
                if abs(len(letters) - len(name)) <= 2:
                    like = _likeness(letters, name)
                    if like > _LIKE and like + len(name) / _LENGTH > best:  # the whole name rather than half of it
                        best, stretch = like + len(name) / _LENGTH, (start + begin, start + past)
            if len(letters) > len(names[0]) + 2:
                break
    return stretch


@cache
def _counts(name: str) -> tuple[tuple[str, int], ...]:
    """How often each letter stands in a name."""
    return tuple(Counter(name).items())


def _likeness(letters: str, name: str) -> float:
    """The share of letters in common and in order; 0 where the letters alone, in any order, are too few, as they mostly are."""
    common = sum([min(count, letters.count(letter)) for letter, count in _counts(name)])
    if 2 * common <= _LIKE * (len(letters) + len(name)):
        return 0.0
    return SequenceMatcher(None, letters, name, autojunk=False).ratio()


@cache
def _heads() -> Phrases:
    return Phrases(fold(head) for head in HEADS)


@cache
def _roles() -> Phrases:
    return Phrases(role for role in map(fold, ROLES.split(", ")) if " " in role)


@cache
def _types() -> Phrases:
    return Phrases(headings())


@cache
def _bodies() -> Phrases:
    return Phrases(registry.issuer_names())


def office_head(folded: str) -> tuple[str, int] | None:
    """The head with which a name of an office begins, folded, and how many of its words that takes: "uy bam nhan dan" ..."""
    words = folded.split()
    for count in (4, 5, 2, 3):
        meant = _heads().meant(_bare(words[:count])) if len(words) >= count else None
        if meant:
            return meant, count
    return None


def is_role(folded: str) -> bool:
    """Whether words are a title of one who signs, but for a slip: "pho chu tih"."""
    words = folded.removeprefix("pho ").split()
    return any(_roles().meant(_bare(words[:count])) is not None for count in (2, 3) if len(words) >= count)


def type_of_line(folded: str) -> str | None:
    """The type that a line in capitals names but for a slip: "Chỉ thị" for "hi thi"."""
    meant = _types().meant(_bare(folded.split()))
    return headings()[meant] if meant else None


def registered_name(name: str) -> str | None:
    """The office of the register that a name is but for a slip: "BỘ GIÁO ĐUC VÀ ĐÀO TẠ0"."""
    key = registry.name_key(name)
    meant = _bodies().meant(key) if len(key) > _LONG else None
    return registry.issuer_names()[meant].name if meant else None


_LONG = 12  # letters of an office's name that one slip cannot make another office's


def _bare(words: list[str]) -> str:
    return "".join(_LETTERS.findall("".join(words)))
