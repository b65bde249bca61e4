"""The subject (trích yếu) that a text gives after a mention: where it begins and where it can end at the latest.

It begins right after the issuer or the date with a connector: "về việc", "về" are dropped, "quy định", "ban hành", "sửa đổi"
... belong to it.  It has no closing mark of its own either; it ends at ";", at the end of the sentence, at a bracket that
was opened before, or where the author's own clause goes on (", cụ thể", ", đồng thời", ", Ủy ban nhân dân huyện ban hành").
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from docsearch.citations.issuers import phrase_at
from docsearch.citations.offices import SPACE
from docsearch.citations.paragraphs import LONG_LINE
from docsearch.citations.symbols import FURNITURE

LONGEST: Final = 700  # characters; longer subjects exist but are cut here

_KEPT = (
    r"quy{s}+định|quy{s}+chế|ban{s}+hành|phê{s}+duyệt|phê{s}+chuẩn|sửa{s}+đổi|bổ{s}+sung|bố{s}+sung|hướng{s}+dẫn|công{s}+bố|thành{s}+lập|giao|"
    r"quyết{s}+định|thông{s}+qua|bãi{s}+bỏ|thay{s}+thế|hủy{s}+bỏ|huỷ{s}+bỏ|triển{s}+khai|thực{s}+hiện|tổ{s}+chức|kiện{s}+toàn|đề{s}+nghị|thông{s}+báo|"
    r"tổng{s}+hợp|điều{s}+chỉnh|đính{s}+chính|phân{s}+công|phân{s}+cấp|phân{s}+bổ|chấp{s}+thuận|công{s}+nhận|kéo{s}+dài|xử{s}+lý|xử{s}+phạt|tăng{s}+cường|"
    r"đẩy{s}+mạnh|gửi|vướng{s}+mắc|xin|trả{s}+lời|phúc{s}+đáp|kết{s}+luận|rà{s}+soát|giải{s}+quyết|cho{s}+phép|thu{s}+hồi|khen{s}+thưởng|bổ{s}+nhiệm|"
    r"miễn{s}+nhiệm|giải{s}+thích|hợp{s}+nhất|dự{s}+thảo|đánh{s}+giá|báo{s}+cáo|yêu{s}+cầu|xác{s}+định|chi{s}+tiết|tạm{s}+ngưng|đình{s}+chỉ|tiếp{s}+tục|"
    r"phát{s}+động|cung{s}+cấp|chuyển|xếp|đặt|tặng|cử|chỉ{s}+đạo|xây{s}+dựng|góp{s}+ý|lấy{s}+ý{s}+kiến|thẩm{s}+định|"
    r"thống{s}+nhất|đồng{s}+ý|nhất{s}+trí|cho{s}+ý{s}+kiến|tham{s}+gia{s}+ý{s}+kiến"
).replace("{s}", SPACE)
_START = re.compile(
    rf"""
    (?: {SPACE}* \( (?:nay|sau|gọi|trước) [^()]{{0,120}} \) )?      # "(nay là Bộ Xây dựng)", "(sau đây gọi là ...)"
    (?P<comma> {SPACE}* ,? ) {SPACE}*
    (?: (?P<about> (?:tại{SPACE}+)? v[ềêẽẻ]{SPACE}+việc | v/v | (?:tại{SPACE}+)? v[ềêẻ] ) {SPACE}+ (?=\S)
      | (?P<kept> {_KEPT} ) (?!\w) )
    """,
    re.VERBOSE,
)
_CLOSER = re.compile(
    rf"""
      ; | \) | \|
    | \( (?: sau{SPACE}+đây | gọi{SPACE} | viết{SPACE}+tắt | nay{SPACE} )?
    | [“"«]
    | : (?= {SPACE} )
    | \. (?= [\s*_”"’)] | $ )
    | \n (?P<paragraph>(?= {SPACE}* (?: \n | \||[-+•–*]\s | \d{{1,2}}[.)]\s | [a-zđ]\)\s | [IVX]{{1,4}}[.)]\s
                         | Căn{SPACE}cứ | Theo{SPACE}đề | Xét{SPACE} | Điều{SPACE}\d{{1,3}}[a-zđ]?[.:*] | QUYẾT{SPACE}
                         | Chương{SPACE}[IVX] | \d{{1,3}}[ ]{{0,3}}\n{SPACE}{{0,3}}(?:Nghị|Thông|Quyết|Luật|Chỉ|Pháp)(?!\w) ) ) )?
    | , {SPACE}* (?: cụ{SPACE}+thể | cụ{SPACE}+thê | như{SPACE}+sau | (?:bao{SPACE}+)?gồm | trong{SPACE}+đó
        | đồng{SPACE}+thời | theo{SPACE}+đó | có{SPACE}+hiệu
        | (?:đã{SPACE}+)?được{SPACE} | đạt{SPACE} | qua{SPACE}+đó | nhằm{SPACE} | (?=[A-ZĐỦỤ]) )
    """,
    re.VERBOSE,
)
_TORN = re.compile(rf"{FURNITURE}|\s{{1,10}}")
_CLOSING = {"“": "”", '"': '"', "«": "»"}
_SMALL_NEXT = re.compile(rf"(?:{SPACE}|\n)*[a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ0-9(“]")
_FINITE = re.compile(
    rf"{SPACE}+(?:đã|đang|sẽ|có|đề|ban|báo|yêu|kính|trình|thông|quyết|tổng|chỉ|hướng|trả|xây|tiếp|phối|chủ|tổ|triển|thực|giao|nhận|xin|công|phê|cho)(?!\w)"
)
_OFFICE_AHEAD = re.compile(
    r"(?:UBND|Ủy|Uỷ|HĐND|Hội|Bộ|Sở|Cục|Chi|Tổng|Chủ|Phó|Chính|Thủ|Ban|Văn|Phòng|Thuế|Công|Trung|Đảng|Tỉnh|Thành)(?!\w)"
)


class Title(NamedTuple):
    """A subject in the text: half-open offsets; the end is the latest possible one."""

    start: int
    end: int


def title_after(text: str, at: int, *, finite: bool) -> Title | None:
    """The subject that begins at `at`, or ``None``.

    `finite`: a plain verb here is that of the author's sentence ("Điều 10 Nghị định số 103 quy định ...").
    """
    if text[at : at + 12].lstrip(" \n\t*_,")[:1] in _NO_TITLE:
        return None
    size = _GLOSSED if "(" in text[at : at + 8] else _HEAD
    head = text[at : at + size].lower()  # one look-up in small letters is cheaper than a pattern that ignores case
    found = _START.match(head) if len(head) <= size else None
    if found is None:
        return None
    if found["kept"]:
        if _new_paragraph(text, at, at + found.start("kept")):
            return None
        comma = bool(found["comma"].strip())
        if (comma and not _AFTER_COMMA.match(head, found.start("kept"))) or (
            (comma or finite) and not _SURE.match(head, found.start("kept"))
        ):
            return None
    start = at + (found.end() if found["about"] else found.start("kept"))
    end = _end(text, start)
    lapse = _LAPSE.search(text, start, end) if text.find("hiệu", start, end) > 0 else None
    return Title(start, lapse.start() if lapse else end)


def _new_paragraph(text: str, at: int, start: int) -> bool:
    """Whether a verb stands at the head of a paragraph of its own: a blank line and "Quy định", a new line and "Thực hiện"."""
    lines = text.count("\n", at, start)
    if lines == 0 or not (text[start].isupper() and text[start + 1].islower()):
        return False
    return lines > 1 or text[start : start + 5].split(maxsplit=1)[0] in _BIDDING


_BIDDING: Final = frozenset({"Thay", "Thực", "Triển", "Tiếp", "Tăng", "Đẩy", "Giao", "Đề", "Yêu", "Rà", "Kiện", "Chỉ"})

_HEAD: Final = 60  # characters: the connector ...
_GLOSSED: Final = 190  # ... and with a gloss in brackets before it
_NO_TITLE: Final = frozenset(';.:)/-–“”"|nN0123456789')  # signs and letters with which no connector begins
_LAPSE = re.compile(rf"hết{SPACE}+hiệu{SPACE}+lực")


# What begins a subject even where "quy định" or "tiếp tục" would be the verb of the author's sentence.
_SURE = re.compile(
    rf"(?:quy{SPACE}+định{SPACE}+(?:chi|chỉ){SPACE}+tiết|sửa{SPACE}+đổi|bổ{SPACE}+sung|bố{SPACE}+sung|bãi{SPACE}+bỏ|hướng{SPACE}+dẫn|ban{SPACE}+hành|phê{SPACE}+duyệt"
    rf"|thay{SPACE}+thế|đính{SPACE}+chính|hợp{SPACE}+nhất|công{SPACE}+bố|triển{SPACE}+khai)(?!\w)"
)
# The subjects that may follow a comma: "Nghị định số 12/2020/NĐ-CP của Chính phủ, quy định chi tiết một số điều của ...".
_AFTER_COMMA = re.compile(rf"(?:quy{SPACE}+định|hướng{SPACE}+dẫn|sửa{SPACE}+đổi|ban{SPACE}+hành|phê{SPACE}+duyệt)(?!\w)")


def _end(text: str, start: int) -> int:
    """Where the subject that begins at `start` ends at the latest."""
    at, limit = start, min(len(text), start + LONGEST)
    while True:
        found = _CLOSER.search(text, at, limit)
        if found is None:
            return limit
        after = _passes(text, found, limit)
        if after < 0:
            return found.start()
        at = after


def _passes(text: str, found: re.Match[str], limit: int) -> int:
    """Where to go on after a mark that does not end the subject; -1 where it does."""
    mark = found[0]
    if mark == "\n":  # most marks are line ends of wrapped text
        return _past_line_end(text, found, limit)
    if mark in _CLOSING:
        close = text.find(_CLOSING[mark], found.end(), limit)
        return close + 1 if close > 0 else found.end()
    if mark == "(":
        close = text.find(")", found.end(), limit)
        return close + 1 if close > 0 else found.end()
    if mark == ".":
        return found.end() if text[found.start() - 2 : found.start()].lower() in {"tp", "tx"} else -1
    if mark[0] == "," and not mark[1:].strip():
        return -1 if _new_clause(text, found.end()) else found.end()
    return -1


def _past_line_end(text: str, found: re.Match[str], limit: int) -> int:
    """The same for a line end; a number may go on across a page: "143/2020/NĐ-" and "CP" below."""
    if text[found.start() - 1] in "-/–" and text[found.start() - 2].isalnum():
        torn = _TORN.match(text, found.start(), limit)
        return torn.end() if torn else -1
    return found.end() if _line_goes_on(text, found) else -1


def _line_goes_on(text: str, found: re.Match[str]) -> bool:
    """Whether the sentence goes on after this line end: in wrapped text it does, and across a page."""
    if text[found.start() - 2 : found.start()] == "**":
        return False  # the heading in bold ends here
    if found["paragraph"] is None:
        return found.start() - text.rfind("\n", 0, found.start()) < LONG_LINE
    return text[found.start() - 1] not in ";.:" and _page_break(text, found.end())


def _page_break(text: str, at: int) -> bool:
    """Whether the sentence goes on after blank lines, as across a page."""
    return text[at : at + 1] in "\n " and _SMALL_NEXT.match(text, at) is not None


def _new_clause(text: str, at: int) -> bool:
    """Whether the words at `at` are the author's own clause: an office and its verb."""
    if _OFFICE_AHEAD.match(text, at) is None:
        return False
    office = phrase_at(text, at)
    return office is not None and _FINITE.match(text, office.end) is not None
