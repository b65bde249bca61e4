"""Which words govern a mention: the nearest cue before it in its clause, weighed by what links it to the mention.

A cue does not govern everything that follows.  "thực hiện Nghị quyết số 48" implements it; "thực hiện kiểm tra tại Quyết định
số 72" and "thực hiện theo quy định tại Luật" only refer.  So the link right before the mention is read first ("theo", "tại",
"của", "kèm theo", "bởi"), and each link lets certain cues through.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from docsearch.citations.cues import PUNCTUATION, Cue, Index, cues_by_last_word, marks_by_last_word, misread_cues
from docsearch.vietnamese import fold


class Verdict(NamedTuple):
    """What the words before a mention say: a relation code with the words [first, last) that decided, or a mere link.

    `code` is ``None`` where no cue governs; `link` is what stands right before the mention ("tại", "theo" ... or "").  `deed`
    is the row of the table that was met, also where it speaks of another mention (passive) or is told as a wider relation.
    """

    code: str | None
    first: int = -1
    last: int = -1
    passive: bool = False
    negated: bool = False
    link: str = ""
    start: int = -1  # where these words stand in the stretch of text, in characters
    end: int = -1
    deed: str = ""


_FILLERS: Final = frozenset(
    {
        "các",
        "những",
        "số",
        "cả",
        "toàn",
        "bộ",
        "văn",
        "bản",
        "sau",
        "đây",
        "là",
        "gồm",
        "nội",
        "dung",
        "như",
        "chính",
        "đoàn",
        "một",
        "",
    }
)
_PLACES: Final = frozenset({"tại", "trong", "bằng", "ở", "tai", "ai"})  # "ai": what is left of "tại" in some scans
_LINKS: Final = {"bởi": "bởi", "boi": "bởi", "của": "của", "cua": "của", "thuộc": "của", "thuoc": "của"}
_NOT: Final = frozenset({"không", "chưa", "chẳng"})
_REACH: Final = 60  # words
_MARKED_REACH: Final = 30  # words in which marks are mended
_CHANGES: Final = frozenset({"amends", "replaces", "repeals", "corrects"})
# What can be carried out "tại" an instrument: "triển khai các nhiệm vụ được giao tại Chỉ thị số ...".
_TASKS: Final = frozenset(
    {
        "nhiệm vụ", "nội dung", "giải pháp", "chỉ đạo", "ý kiến", "kết luận", "kiến nghị", "yêu cầu", "chủ trương", "mục tiêu",
        "chỉ tiêu", "lộ trình", "tiến độ", "quan điểm", "tinh thần", "công việc", "đề nghị", "chính sách",
    }
)  # fmt: skip
_ANNOUNCED: Final = frozenset(
    {("công", "bố"), ("ban", "hành"), ("phê", "duyệt")}
)  # "sửa đổi danh mục được công bố tại X": X is changed
# What can be changed "tại" one: "thay thế cụm từ ... tại Điều 5 Quyết định số ...".
_PARTS: Final = frozenset(
    {"cụm", "nội", "khoản", "điều", "điểm", "mục", "phụ", "biểu", "đoạn", "tên", "mẫu", "thứ", "danh", "tục", "một"}
)
# Words between a change and "tại" that say that something else is changed there: "bãi bỏ thủ tục đã được nêu tại".
_UNTOUCHED: Final = frozenset({"theo", "nêu", "được", "để", "cho"})
_CHANGE_WORDS: Final = frozenset({"sửa", "đổi", "bổ", "sung", "thay", "thế", "bãi", "bỏ", "hủy", "huỷ", "và", "hoặc", ""})
_OFFICES: Final = frozenset(
    {"UBND", "Ủy", "Uỷ", "HĐND", "Bộ", "Sở", "Cục", "Chi", "Chủ", "Chính", "Thủ", "Văn", "Ban", "Tổng", "Thuế", "Phòng", "Hội"}
)


_LONE_MARK = re.compile(r"[^\w\s](?<!\S.)[^\w\s]*(?!\S)")  # a pattern that begins with a look-behind takes three times as long


@lru_cache(maxsize=16)  # one stretch is asked for by several questions in a row
def plain(gap: str) -> str:
    """A stretch of text with the marks that stand alone made spaces, so that each word keeps its place."""
    gap = gap.replace("*", " ")
    return _LONE_MARK.sub(lambda mark: " " * len(mark[0]), gap)


Words = tuple[str, ...]


class _Bare(dict[str, str | None]):
    """A word in small letters to the same without punctuation, ``None`` for a mark alone; remembered, since words repeat."""

    def __missing__(self, word: str) -> str | None:
        if len(self) >= _VOCABULARY:
            self.clear()
        bare = self[word] = None if _LONE_MARK.fullmatch(word) else word.strip(PUNCTUATION)
        return bare


class _Plain(dict[str, str]):
    """A word to the same without marks, remembered."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _VOCABULARY:
            self.clear()
        plain = self[word] = fold(word)
        return plain


_VOCABULARY: Final = 50_000
_BARE: Final = _Bare()
_PLAIN: Final = _Plain()


@lru_cache(maxsize=16)
def read_words(gap: str) -> Words:
    """The words of a stretch of text as cues are compared: small letters, no punctuation; as many as `plain` has."""
    return tuple([bare for word in gap.replace("*", " ").lower().split() if (bare := _BARE[word]) is not None])


def govern(gap: str) -> Verdict:
    """What the words of `gap`, which ends right before a mention, say of it."""
    return _remembered(gap) if len(gap) < _SHORT else _read(gap)


_SHORT: Final = 40  # characters: "Căn cứ", "quy định chi tiết một số điều của" ... come again and again


@lru_cache(maxsize=4096)
def _remembered(gap: str) -> Verdict:
    return _read(gap)


def _read(gap: str) -> Verdict:
    verdict = _judge(gap)
    if verdict.first < 0:
        return verdict
    start, end = _place(gap, verdict.first, verdict.last)
    return Verdict(*verdict[:6], start, end, verdict.deed)


def _place(gap: str, first: int, last: int) -> tuple[int, int]:
    """Where words [first, last) of `gap` stand in it."""
    words = plain(gap)
    tail = words.split(None, first)[-1] if first else words.lstrip()
    rest = tail.split(None, last - first)
    end = len(words) - len(rest[-1]) if len(rest) > last - first else len(words)
    return len(words) - len(tail), len(words[:end].rstrip(' \n\t.,;:()"“”'))


def _judge(gap: str) -> Verdict:
    words = read_words(gap)
    found = _govern(words, gap, cues_by_last_word())
    for mend in (_marked, _mended):
        if found.code is None and not found.passive and (meant := mend(words)):
            slip = _govern(meant, gap, cues_by_last_word())
            found = slip if slip.code is not None or slip.passive else found
    return found


def _marked(words: Words) -> Words | None:
    """`words` with the cues whose marks a scan lost or changed ("sửa đôi, bỗ sung"); ``None`` where there are none."""
    low = max(0, len(words) - _MARKED_REACH)
    bare = tuple([_PLAIN[word] for word in words[low:]])
    marks = marks_by_last_word()
    if marks.keys().isdisjoint(bare):
        return None
    bare = (*words[:low], *bare)
    meant, place = list(words), len(words)
    while place > low:
        listed = marks.get(bare[place - 1], ())
        both = next((both for both in listed if bare[max(0, place - len(both[0])) : place] == both[0]), None) if listed else None
        size = len(both[0]) if both else 1
        if both:
            meant[place - size : place] = both[1]
        place -= size
    return tuple(meant) if tuple(meant) != words else None


def _mended(words: Words) -> Words | None:
    """`words` with the cue at their head or end that a scan misread by one letter ("Căn eứ", "thực biện", "Bãi b ỏ")."""
    end = _before_fillers(words, len(words))
    for first, last in ((0, 2), (end - 2, end), (0, 3), (end - 3, end)):
        meant = misread_cues().meant(" ".join(words[first:last])) if 0 <= first < last <= end else None
        if meant is not None:
            said = meant.split()
            blank = [""] * (last - first - len(said))
            return (*words[:first], *blank, *said, *words[last:]) if len(said) <= last - first else None
    return None


def _govern(words: Words, gap: str, index: Index) -> Verdict:
    end = _before_fillers(words, len(words))
    if end == 0:
        return Verdict(None)
    direct = _cue_at(words, end, index)
    if direct is not None and direct.how not in {"deeds", "neutral"} and _may_govern(direct, words, end):
        return _direct(words, end, direct, index)
    link, end = _link(words, end)
    verdict = _search(words, gap, end, link, index)
    if verdict.code == "implements" and words[verdict.last - 1] == "đạo" and words[:2] == ("căn", "cứ"):
        return verdict._replace(code="based_on", first=0, last=2)  # "Căn cứ ý kiến chỉ đạo của ... tại Công văn số ..."
    return verdict


def _before_fillers(words: Words, end: int) -> int:
    while end and words[end - 1] in _FILLERS and words[end - 2 : end] != ("đính", "chính"):
        end -= 1
    return end


def _link(words: Words, end: int) -> tuple[str, int]:
    """The word that links clause and mention, and where the words before it end."""
    word = words[end - 1]
    if word == "theo":
        if end > 1 and words[end - 2] in {"kèm", "kem"}:
            return "kèm", end - 2
        return ("kèm" if words[max(0, end - 3) : end - 1] == ("ban", "hành") else "theo"), end - 1
    if word in _PLACES:
        return "tại", end - 1
    return (_LINKS[word], end - 1) if word in _LINKS else ("", end)


def _cue_at(words: Words, end: int, index: Index) -> Cue | None:
    """The longest cue whose last word is the one before `end`."""
    for cue in index.get(words[end - 1], ()):
        size = len(cue.words)
        if size == 1 or words[end - size : end] == cue.words:  # a slice from before the first word is too short
            return cue
    return None


def _may_govern(cue: Cue, words: Words, end: int) -> bool:
    """Whether a cue stands where it must: one that opens a clause has at most the mark of a list before it."""
    return cue.how != "opening" or _opens(words, end - len(cue.words))


def _opens(words: Words, first: int) -> bool:
    """Whether nothing but the mark of a list stands before the word at `first`."""
    return all(len(word) < 3 for word in words[:first])


def _direct(words: Words, end: int, cue: Cue, index: Index) -> Verdict:
    """The verdict of a cue right before the mention: nothing stands between."""
    first = end - len(cue.words)
    if cue.how == "fixed":
        if words[max(0, first - 2) : first] == ("căn", "cứ") and cue.words[0] == "quy":
            return Verdict("based_on", first - 2, end)
        return _change_of_rules(words, first, cue, index) or Verdict("refers_to", first, end)
    return _verdict(words, end, cue)


def _change_of_rules(words: Words, first: int, cue: Cue, index: Index) -> Verdict | None:
    """What changes, or guides, the rules that stand in the mention: "Sửa đổi, bổ sung một số quy định tại Thông tư số ..."."""
    before = first
    while before and words[before - 1] in _SOME:
        before -= 1
    if not before or cue.words[0] != "quy":
        return None
    change = _cue_at(words, before, index)
    if change is None and _PLAIN[words[before - 1]] in marks_by_last_word() and (meant := _marked(words[:before])):
        words = (*meant, *words[before:])
        change = _cue_at(words, before, index)
    if change is None or change.how != "active":
        return None
    if change.code == "guides" and "một" in words[before:first]:  # "hướng dẫn một số nội dung quy định tại Nghị định số ..."
        return _verdict(words, before, change)
    if change.deed not in _CHANGES:
        return None
    noun = before == first and change.words == ("bổ", "sung")  # "thức ăn bổ sung quy định tại ..."
    return None if noun else _verdict(words, before, change)


_SOME: Final = frozenset({"một", "số", "các", "những", "nội", "dung", "toàn", "bộ"})


def _verdict(words: Words, end: int, cue: Cue, link: str = "") -> Verdict:
    first = end - len(cue.words)
    if cue.how == "passive":
        return Verdict(None, first, end, passive=True, link=link, deed=cue.deed)
    if cue.code in {"replaces", "repeals"}:
        return _change(words, first, end, cue.code, link)
    return Verdict(cue.code, first, end, negated=first > 0 and words[first - 1] in _NOT, link=link, deed=cue.deed)


def _change(words: Words, first: int, end: int, code: str, link: str) -> Verdict:
    """Several changes in one breath are an amendment ("sửa đổi, bổ sung và bãi bỏ một số điều"), and so is a change of words."""
    start = first
    while start and words[start - 1] in _CHANGE_WORDS:
        start -= 1
    while start < first and words[start] in {"", "và", "hoặc"}:
        start += 1
    said = words[start:end]
    if ("sửa" in said and "đổi" in said) or {"cụm", "từ"} <= set(words[end : end + 8]):
        return Verdict("amends", start, end, link=link)
    return Verdict(code, first, end, negated=first > 0 and words[first - 1] in _NOT, link=link)


def _search(words: Words, gap: str, end: int, link: str, index: Index) -> Verdict:
    """The nearest cue to the left that `link` lets through, within the clause."""
    commas, refused, place, low = False, False, end, max(0, end - _REACH)
    if index.keys().isdisjoint(words[low:end]):
        return Verdict(None, link=link)
    raw = plain(gap).split() if "," in gap else ()
    while place > low:
        if raw and place < end and raw[place - 1].endswith(","):
            if raw[place] in _OFFICES:
                break
            commas = commas or raw[place][:1].islower()
        cue = _cue_at(words, place, index) if words[place - 1] in index else None
        if cue is not None and (cue.how == "neutral" or _tells_what_papers(cue, words, place, gap)):
            place -= len(cue.words)
            continue
        if cue is not None and not (cue.code == "based_on" and (commas or refused)) and _lets(link, cue, words, place, end):
            return _verdict(words, place, cue, link)
        refused = refused or (link == "kèm" and cue is not None and cue.how == "active")
        place -= 1
    return Verdict(None, link=link)


def _tells_what_papers(cue: Cue, words: Words, place: int, gap: str) -> bool:
    """Whether a cue only tells what papers are meant that a list then names: "các văn bản hướng dẫn ..., nhất là: Luật"."""
    first = place - len(cue.words)
    return cue.code == "guides" and words[first - 2 : first] == ("văn", "bản") and gap.rstrip(' \n*_“"').endswith(":")


def _lets(link: str, cue: Cue, words: Words, place: int, end: int) -> bool:
    """Whether `link` lets this cue govern the mention."""
    match cue.how:
        case "adjacent":
            return False
        case "fixed":
            return cue.words[-1] in {"tại", "của", "trong"}
        case "passive":
            return link in {"theo", "tại", "bởi"}
        case "deeds":
            return link == "theo"
        case "opening":
            return _may_govern(cue, words, place) and _lets_active(link, cue, words, place, end)
        case _:
            return _lets_active(link, cue, words, place, end)


def _lets_active(link: str, cue: Cue, words: Words, place: int, end: int) -> bool:
    match link:
        case "theo":
            return cue.code == "implements"
        case "tại":
            return _guides_some(words[place:end]) if cue.code == "guides" else _lets_place(cue, words, place, end)
        case "kèm":
            return cue.code in _CHANGES or cue.code == "based_on"
        case _:
            return link != "bởi"


def _carries_out(between: Words) -> bool:
    """Whether what is carried out is a paper that an instrument put into force: "thực hiện tốt Quy chế làm việc của Bộ tại"."""
    start = next((at for at, word in enumerate(between) if word not in _WELL), 0)
    return " ".join(between[start : start + 2]) in _PUT_INTO_FORCE


_WELL: Final = frozenset({"tốt", "nghiêm", "túc", "đúng", "đầy", "đủ", "có", "hiệu", "quả", "các", ""})
_PUT_INTO_FORCE: Final = frozenset(
    {"quy chế", "kế hoạch", "chương trình", "đề án", "chiến lược", "quy hoạch", "phương án", "nội quy", "điều lệ"}
)


# Words of "hướng dẫn một số nội dung và điều khoản tại Nghị định số ...": some rules of it are what is guided.
_GUIDED: Final = _SOME | {"quy", "định", "điều", "khoản", "điểm", "và"}


def _guides_some(between: Words) -> bool:
    return "một" in between and all(word in _GUIDED for word in between)


def _lets_place(cue: Cue, words: Words, place: int, end: int) -> bool:
    if cue.code in {"proposed_by", "based_on"}:
        return True
    between = words[place:end]
    if cue.code == "implements":
        around = words[place - 2 : end]
        return place == end or any(f"{one} {two}" in _TASKS for one, two in pairwise(around)) or _carries_out(between)
    if cue.code not in _CHANGES or ("được" in between[-4:] and (cue.code != "amends" or tuple(between[-2:]) not in _ANNOUNCED)):
        return False
    if cue.code == "repeals" and next((word for word in between if word not in _FILLERS), "") == "quy":
        return _UNTOUCHED.isdisjoint(between)  # "Bãi bỏ quy định về phí tại ...", "Bãi bỏ các quy trình ... tại Quyết định số"
    if cue.words[0] in {"sửa", "bãi", "đính"} and _opens(words, place - len(cue.words)) and _UNTOUCHED.isdisjoint(between):
        return True  # "Sửa đổi lịch kiểm tra tại Mục III Kế hoạch số ..."
    return place == end or not _PARTS.isdisjoint(between) or "cụm" in cue.words
