"""By which relation each mention is cited, and inside which title it stands.

The third stage.  A mention is nested in the title that is open where it stands, coordinated with the mention before it, or
stands by itself; its relation comes from the words that govern it, from its neighbour in an enumeration, or from the head
of its list.  Each mention is read with bounded windows, so the whole is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docsearch.citations.cues import cues_after
from docsearch.citations.found import ACTS, Found
from docsearch.citations.govern import Verdict, govern, plain, read_words
from docsearch.citations.issuers import tidy
from docsearch.citations.joints import (
    adds_part,
    before_separator,
    clause_of,
    ends_with_separator,
    goes_on,
    is_apart,
    unquoted,
)
from docsearch.citations.lists import BULLET, Lists, Sections, opener
from docsearch.citations.nesting import LAWS, Nesting, is_newer
from docsearch.citations.paragraphs import block_start
from docsearch.citations.sharing import share
from docsearch.model import Metadata
from docsearch.registry import relations

_WEIGHED: Final = frozenset({"replies_to", "amends", "replaces", "repeals", "issues"})
_CHANGES: Final = frozenset({"amends", "replaces", "repeals"})
_ANSWERS = re.compile(
    r"có\s+ý\s+kiến(?:\s+\w+){0,4}\s+như\s+sau|trả\s+lời(?:\s+\w+){0,6}\s+như\s+sau|hướng\s+dẫn(?:\s+\w+){0,4}\s+như\s+sau"
    r"|báo\s+cáo\s+như\s+sau"
)
_BY = re.compile(r"\bbằng\b")
_PART = re.compile(r"\b(?:nội dung|quy định|một phần|một số|điều|khoản|điểm|phụ lục|mục|cụm từ)\b", re.IGNORECASE)
# "Trên cơ sở Báo cáo số ... và Kết luận của X tại Thông báo số ...": what is said at the second is a basis like the first.
_SAID = re.compile(
    r"(?:[,;]|\bvà)\s+(?:ý\s+kiến|kết\s+luận|kiến\s+nghị|đề\s+xuất|báo\s+cáo|chỉ\s+đạo|thông\s+báo|yêu\s+cầu)(?:\s+\w+){0,4}?"
    r"\s+của\s+[^,;.]{3,120}?\s+tại\s+(?:các\s+)?(?:văn\s+bản\s+)?$",
    re.IGNORECASE,
)
_NEAR: Final = 3000  # characters
_PARAGRAPHS = re.compile(r"[.:][ *_]*\n\s*\S|\n\s*\d+\.\s+[A-ZĐ]{2}")
_LONGEST_BASIS: Final = 500  # characters
_BASIS_FOLLOWS = re.compile(r";[ *_]*\n[\s*_]*(?:Căn\s+cứ|CĂN\s+CỨ)\s")
_OTHER_BASIS = re.compile(r"\n\s*\n|Căn\s+cứ")
_RESUMED = re.compile(r",\s+(?:đồng\s+thời\s+)?tiếp\s+tục\s+(?:\w+\s+){0,2}?(?:thực\s+hiện|triển\s+khai)\s+$")
_NEW_SUBJECT = re.compile(r"\bnày\b|[.;]\s")


def relate(text: str, founds: Sequence[Found], own: Metadata | None) -> None:
    """Fill in relation, nesting and cue of each mention, then what the members of an enumeration share."""
    reading = _Reading(text, founds, own)
    for index in range(len(founds)):
        reading.read(index)
    for found in founds:
        _settle_title(text, found)
    share(text, founds)


class _Reading:
    """One pass over the mentions of a text, in order."""

    def __init__(self, text: str, founds: Sequence[Found], own: Metadata | None) -> None:
        self.text = text
        self.founds = founds
        self.nesting = Nesting(text, founds)
        self.top = -1  # the last mention that is neither nested nor a short name in brackets
        self.history = -1  # the last mention, where it is only the history of another ("được sửa đổi bởi ...")
        self.lists = Lists(text)
        self.sections = Sections(text)
        self.lapses = "hết hiệu lực" in text
        self.lapse = -1  # where the sentence says "hết hiệu lực" of the mentions before
        self.consolidated = _is_consolidation(text, own)  # while the acts are listed that it consolidates

    def read(self, index: int) -> None:
        """Decide one mention."""
        found, last = self.founds[index], index - 1
        before = self.founds[last]
        if index and found.start < before.end:
            self._inside_name(index, last)
            return
        if index and before.nested_in >= 0 and found.start < self._container(last).end:
            self._inside_name(index, before.nested_in)
            return
        begin = self._words_from(found)
        self.nesting.close_before(found.start)
        if self.text[begin - 1 : begin] == "(" or self._is_alias(begin):
            self._in_brackets(index, begin)
        elif self.nesting.open:
            self._with_open_titles(index, begin)
        else:
            self._on_top(index, begin, min(max(self._tail(before), before.title_end), begin) if index else 0)
        if found.title_end > 0:
            self.nesting.enter(index)

    def _words_from(self, found: Found) -> int:
        """Where the mention with its pinpoint begins."""
        return found.pinpoint_start if 0 <= found.pinpoint_start < found.start else found.start

    def _container(self, index: int) -> Found:
        return self.founds[self.founds[index].nested_in]

    def _inside_name(self, index: int, parent: int) -> None:
        """A law named inside the name of the law that amends it."""
        found = self.founds[index]
        found.nested_in, found.relation = parent, "amends"
        found.issuer = found.title = None
        found.issuer_start = found.issuer_end = found.title_start = found.title_end = -1

    def _is_alias(self, begin: int) -> bool:
        words = self.text[max(0, begin - 40) : begin]
        return "(" in words and words.rstrip(" \n*_").endswith(("là", "tắt", "viết tắt là", "gọi"))

    def _in_brackets(self, index: int, begin: int) -> None:
        """ "(Nghị quyết số 50/NQ-CP)": a short name, or a mere reference."""
        found = self.founds[index]
        self.nesting.close_all(begin)
        found.relation = "refers_to"

    # --- titles -------------------------------------------------------------------------------------------------------

    def _with_open_titles(self, index: int, begin: int) -> None:
        last = self._last_plain(index)
        before = self.founds[last]
        low = self._tail(before)
        gap = self.text[low:begin]
        added = adds_part(gap)
        if added or ends_with_separator(gap):
            self._coordinated(index, last, low + len(gap) - len(gap.lstrip()) if added else begin, any_type=added)
            return
        goes_on = before.nested_in >= 0 and before.title_start < 0 and gap.lstrip(" \n*_").startswith(",")
        if goes_on or (before.relation == "implements" and _RESUMED.search(gap)):
            self.nesting.close_all(low)  # the author goes on after a short name: ", xác định cụ thể ... thực hiện Kết luận số"
            self._on_top(index, begin, low)
            return
        verdict = govern(gap)
        if self._changes_more(gap, verdict):
            self.nesting.close_all(low)
            self._on_top(index, begin, low)
            return
        if "\n" in gap[len(gap.rstrip(" \n*_")) :] and is_apart(gap, verdict):
            self.nesting.close_all(begin)  # a new line that nothing links to the title: a new paragraph
            self._on_top(index, begin, self.text.rfind("\n", low, begin) + 1)
            return
        parent = self._history_parent(index, last) if verdict.passive else self.nesting.parent_of(index)
        if parent < 0:
            self.nesting.close_all(low + verdict.start if verdict.start >= 0 else begin)
            self._on_top(index, begin, low)
            return
        self.nesting.close_to(parent, begin)
        if verdict.link == "theo" and verdict.code and "theo" not in read_words(gap)[verdict.last : verdict.last + 1]:
            verdict = Verdict(None)  # in a title "chính sách ... theo Nghị quyết số" only refers; "thực hiện theo" implements
        found = self.founds[index]
        found.nested_in = parent
        passed_on = self._history_of(before.relation) if verdict.passive and before.nested_in == parent else "refers_to"
        self._apply(found, low, verdict, passed_on)
        _act(found, verdict, gap)

    def _changes_more(self, gap: str, verdict: Verdict) -> bool:
        """Whether a paper that changes one act goes on to change another: "Sửa đổi A về phí và bãi bỏ một số điều của B"."""
        above = self.founds[self.top].relation if self.top >= 0 else None
        return (
            above in _CHANGES
            and verdict.code in _CHANGES
            and verdict.first == 1
            and gap.lstrip(" \n*_")[:3].lower() in {"và ", "và\n"}
        )

    def _history_parent(self, index: int, last: int) -> int:
        """The title in which an act stands that changed one named there; -1 where it changed what bears the title.

        "Nghị quyết A về việc thi hành Bộ luật B đã được sửa đổi theo Luật C": laws change laws, so C is in the title of A; but
        "Nghị định A quy định chi tiết Luật B được sửa đổi bởi Nghị định C": C has changed A.
        """
        found, before = self.founds[index], self.founds[last]
        outer = self.founds[before.nested_in] if before.nested_in >= 0 else None
        if outer is not None and found.doctype in LAWS and before.doctype in LAWS and outer.doctype not in LAWS:
            return before.nested_in if before.nested_in in self.nesting.open and not is_newer(found, outer) else -1
        return self.nesting.amending_parent(index)

    def _last_plain(self, index: int) -> int:
        """The mention before this one that does not stand inside a name."""
        last = index - 1
        while last > 0 and self.founds[last].nested_in >= 0 and self.founds[last].start < self._container(last).end:
            last = self.founds[last].nested_in
        return last

    def _tail(self, found: Found) -> int:
        """Where a mention with its issuer and date ends."""
        tail = found.title_start if found.title_start >= 0 else found.end
        return max(tail, found.issuer_end, found.issued_end, found.end)

    def _coordinated(self, index: int, last: int, begin: int, *, any_type: bool) -> None:
        sibling = self.nesting.sibling_of(index, last, any_type=any_type)
        other, found = self.founds[sibling], self.founds[index]
        self.nesting.close_to(other.nested_in, before_separator(self.text, begin))
        found.nested_in, found.relation = other.nested_in, other.relation
        found.cue_start, found.cue_end = other.cue_start, other.cue_end
        if other.nested_in < 0:
            self.top = index

    # --- mentions of the document itself ------------------------------------------------------------------------------

    def _on_top(self, index: int, begin: int, low: int) -> None:
        """Decide a mention that stands in no title; the words from `low` on may govern it."""
        found = self.founds[index]
        block = block_start(self.text, low, begin)
        start = low if block < 0 else block
        clause = self._clause_start(start, begin)
        gap = unquoted(self.text[clause:begin])
        verdict = govern(gap)
        if verdict.code in _WEIGHED:
            verdict = self._weighed(found, verdict, gap, clause)
        fallback = self._fallback(index, start, begin, block, gap, verdict) if verdict.code is None else "refers_to"
        self._apply(found, clause, verdict, fallback)
        if block < 0 and index:
            _act(found, verdict, self.text[start:begin])
        continues = self.history == index - 1 >= 0 and verdict.code is None and goes_on(self.text[start:begin])
        if continues and not found.passive:
            found.flags += tuple([flag for flag in self.founds[self.history].flags if flag.startswith(ACTS)])
        if found.passive or continues:
            self.history = index
        else:
            self.top = index

    def _clause_start(self, start: int, begin: int) -> int:
        """Where the clause of a mention begins: after the last ";", or inside a bracket that is open, save "(tại"."""
        clause = clause_of(self.text, start, begin)
        bracket = self.text.rfind("(", clause, begin)
        if bracket < 0 or self.text.find(")", bracket, begin) >= 0 or len(self.text[bracket:begin].split()) < 2:
            return clause
        return bracket + 1

    def _weighed(self, found: Found, verdict: Verdict, gap: str, clause: int) -> Verdict:
        """The verdict after what only the whole text can tell."""
        if verdict.code == "replies_to" and "nhận" in read_words(gap)[verdict.first : verdict.last]:
            answers = _ANSWERS.search(self.text, found.end, found.end + 2500)
            return verdict if answers else verdict._replace(code="refers_to")
        if verdict.code == "amends" and verdict.first == 0 and self.text[clause - 1 : clause] == "(" and verdict.link:
            return verdict._replace(code=None, passive=True)  # "(sửa đổi, bổ sung tại Nghị định số ...)": it has been amended
        if verdict.code == "replaces" and found.pinpoint is not None and _BY.search(self.text, found.end, found.end + 60):
            return verdict._replace(code="amends")  # "Thay thế Phụ lục II của X bằng Phụ lục I": one part for another
        if self.text[found.start - 1 : found.start] in {"“", '"'} and verdict.code in _CHANGES:
            return verdict._replace(code="refers_to")  # "Thay thế cụm từ “Nghị định số ...” bằng ..."
        if verdict.code == "issues" and found.number is None:
            return verdict._replace(code="refers_to")  # "xây dựng Luật Chuyển đổi số": a law that is still to come
        return verdict

    def _fallback(self, index: int, start: int, begin: int, block: int, gap: str, verdict: Verdict) -> str:
        """The relation of a mention that no cue governs."""
        above = self.founds[self.top].relation if self.top >= 0 else None
        if self.consolidated and not verdict.link and (above in {None, "consolidates"} or self._opens_line(begin)):
            return "consolidates"
        if block < 0 and above is not None:
            shared = self._from_sentence(index, start, begin, gap, verdict, above)
            if shared is not None:
                return shared
        elif start < clause_of(self.text, start, begin):
            return opener(self.text, start) or "refers_to"
        begins = block >= 0 or not index
        if begins and verdict.link == "tại" and _SAID.search(gap):
            return opener(self.text, start) or "refers_to"
        listed = None
        if begins and not BULLET.sub("", gap, count=1).strip(" \n*_,"):
            listed = self._lapsing(index) or self.lists.relation_of(block, above if self._is_near(block) else None)
            listed = listed or self._among_bases(index)
        if listed is None and self.founds[index].kind == "number" and self.sections.ended_at(begin) and self._opens_line(begin):
            return "repeals"
        return listed or self._from_after(self.founds[index])

    def _among_bases(self, index: int) -> str | None:
        """ "based_on" for the first item of a preamble whose "Căn cứ" a stamp hides: a basis ends in ";" and the next begins."""
        end = self.founds[index].end
        stop = self.text.find(";", end, end + _LONGEST_BASIS)
        follows = stop >= 0 and _BASIS_FOLLOWS.match(self.text, stop, end + _LONGEST_BASIS)
        return "based_on" if follows and not _OTHER_BASIS.search(self.text, end, stop) else None

    def _is_near(self, block: int) -> bool:
        """Whether the last mention stands in the paragraph before the one at `block`: nothing between them ends another."""
        end = self.founds[self.top].end if self.top >= 0 else -1
        return end > 0 and block - end < _NEAR and _PARAGRAPHS.search(self.text, end, max(block - 1, 0)) is None

    def _lapsing(self, index: int) -> str | None:
        """ "repeals" where the sentence that a mention begins ends in "hết hiệu lực thi hành kể từ ngày", however far behind."""
        begin = self.founds[index].end
        lapse = _LAPSE.search(self.text, begin, begin + _LONGEST_SENTENCE) if self.lapses else None
        if lapse is None or _SENTENCE_END.search(self.text, begin, lapse.start()):
            return None
        self.lapse = lapse.start()
        return "repeals"

    def _opens_line(self, begin: int) -> bool:
        """Whether a mention stands at the head of a line and nothing before it goes on to it."""
        before = self.text[max(0, begin - 40) : begin].rstrip(" \t*_")
        return before.endswith("\n") and not ends_with_separator(before)

    def _from_sentence(self, index: int, start: int, begin: int, gap: str, verdict: Verdict, above: str) -> str | None:
        """What the mentions before it in the same sentence give: `above`, the last of them, or its history."""
        if begin < self.lapse and not verdict.passive and self._is_subject(index, start, begin):
            return "repeals"
        if verdict.passive:
            return "refers_to" if verdict.deed == "repeals" else self._history_of(above)
        if self.history == index - 1 and goes_on(self.text[start:begin]):
            return self.founds[self.history].relation
        words = self.text[start:begin]
        if ends_with_separator(words) or adds_part(words) or self._shares_clause(start, begin, gap):
            return above
        if verdict.link == "tại" and not gap.strip(" \n*_").removesuffix("tại").strip():
            return self._from_clause(index)
        return None

    def _is_subject(self, index: int, start: int, begin: int) -> bool:
        """Whether a mention is one of those that lapse: after "và", and no further act of those that changed the one before."""
        history = self.founds[index - 1] if self.history == index - 1 else None
        words = self.text[start:begin]
        return ends_with_separator(words) and (history is None or history.doctype != self.founds[index].doctype)

    def _history_of(self, relation: str) -> str:
        """What an act is to the citing text that is only named as the history of another one.

        What the text rests on, it rests on as amended; but who repeals an act does not repeal what amended it.
        """
        return relation if relation in {"based_on", "implements", "guides", "consolidates"} else "refers_to"

    def _shares_clause(self, start: int, begin: int, gap: str) -> bool:
        """Whether a mention without a cue goes on with what the paragraph began.

        "Theo đề nghị của A tại M1; ý kiến của B tại M2"; "Bãi bỏ Điều 5 của M1; một số điều và Phụ lục của M2".
        """
        above = self.founds[self.top].relation
        if above == "proposed_by" or (above in {"based_on", "implements"} and _SAID.search(gap)):
            return True
        return self.text[start:begin].find(";") >= 0 and len(gap.split()) <= 8 and gap.rstrip(" \n*_").endswith("của")

    def _from_clause(self, index: int) -> str:
        """A mention after "tại" whose cue stands before the mention in between: "đề nghị của X về Luật Y tại Tờ trình số"."""
        last = self.founds[index - 1]
        begin = max(0, last.start - 300)
        block = block_start(self.text, begin, last.start)
        verdict = govern(self.text[block if block >= 0 else begin : last.start] + " tại")
        return "proposed_by" if verdict.code == "proposed_by" else "refers_to"

    def _from_after(self, found: Found) -> str:
        """What the words after a mention say: "Quyết định số ... hết hiệu lực kể từ ngày ..."."""
        low = max(self._tail(found), found.title_end)
        after = self.text[low : low + 90]
        if "hiệu" not in after:
            return "refers_to"
        words = read_words(after)[:14]
        for cue in cues_after():
            size = len(cue.words)
            places = [place for place in range(min(5, len(words))) if words[place : place + size] == cue.words]
            if places and not plain(after).split()[places[0]].istitle():  # "- Hết hiệu lực một phần": the next cell of a table
                _flag(found, cue.code, cue.deed)
                return cue.code
        return "refers_to"

    def _apply(self, found: Found, low: int, verdict: Verdict, fallback: str) -> None:
        """Write the verdict into the record, or the fallback where there is none."""
        found.relation = verdict.code or fallback
        self.consolidated = self.consolidated and found.relation != "based_on"  # its basis comes behind what it consolidates
        found.passive, found.negated = verdict.passive, verdict.negated
        if verdict.start >= 0:
            found.cue_start, found.cue_end = low + verdict.start, low + verdict.end
        if not verdict.negated:
            _flag(found, verdict.code, verdict.deed)
        changes = found.relation in _CHANGES or "suspends" in found.flags
        found.partial = changes and found.pinpoint is not None


def _act(found: Found, verdict: Verdict, gap: str) -> None:
    """Note what a mention does to the one before it, unless another subject stands between ("Luật này được thay thế bởi")."""
    if verdict.passive and verdict.deed and not _NEW_SUBJECT.search(gap):
        found.flags += (ACTS + verdict.deed,)
        found.partial = _PART.search(gap) is not None


def _flag(found: Found, code: str | None, deed: str) -> None:
    """Note what is done to a mention where its relation says less ("tạm ngưng hiệu lực": a reference that suspends)."""
    row = relations().get(deed) if deed else None
    if row and row.told_as != deed and code == row.told_as and deed not in found.flags:
        found.flags += (deed,)


def _settle_title(text: str, found: Found) -> None:
    """Write down the subject of a mention, now that its end is known."""
    if found.title_start < 0:
        return
    words = text[found.title_start : found.title_end].rstrip(" \n\t*_,;")
    found.title_end = found.title_start + len(words)
    found.title = tidy(words) or None
    if found.title is None:
        found.title_start = found.title_end = -1


_LAPSE = re.compile(r"(?<!khi\s)hết\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:(?:kể|tính)\s+)?(?:từ|khi|sau|trước|theo)\s")
_LONGEST_SENTENCE: Final = 1500  # characters from a mention to the verb of its sentence
_SENTENCE_END = re.compile(r"[.:]\s|;\s+(?![\sa-zà-ỹđ])|\n\s*\n")  # a title goes on after ";" in small letters


def _is_consolidation(text: str, own: Metadata | None) -> bool:
    """Whether the text is a consolidated one (văn bản hợp nhất)."""
    if own is not None and own.doctype is not None:
        return own.doctype.value == "Văn bản hợp nhất"
    head = text[:1500]
    return "VBHN" in head or "HỢP NHẤT" in head
