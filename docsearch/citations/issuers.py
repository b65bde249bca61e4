"""Who issued what a mention names: the words right after it ("của ...") or before it ("Chính phủ ban hành ...").

An issuer phrase has no closing mark of its own: it ends where the subject of the paper begins.  So it is walked word by
word and ends at a subject connector ("về", "quy định", "ban hành" ...), at a date, at punctuation that no name of an office
holds, and before "và" with a new instrument (measured on 402 gazette papers; see the tests for each case).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

SPACE: Final = r"[\s*_]"  # white space, and the marks of bold and italic that a saved page keeps inside sentences

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"

# Bodies whose name is complete by itself: nothing but a term of office may follow.
_NATIONAL = re.compile(
    rf"""
    (?: Thủ{SPACE}+tướng(?:{SPACE}+Chính{SPACE}+phủ)?
      | Chính{SPACE}+phủ
      | (?:Ủy|Uỷ){SPACE}+ban{SPACE}+[Tt]hường{SPACE}+vụ{SPACE}+Quốc{SPACE}+hội
      | Quốc{SPACE}+hội
      | Bộ{SPACE}+Chính{SPACE}+trị
      | Ban{SPACE}+Bí{SPACE}+thư(?:{SPACE}+Trung{SPACE}+ương(?:{SPACE}+Đảng)?)?
      | Ban{SPACE}+Chấp{SPACE}+hành{SPACE}+Trung{SPACE}+ương(?:{SPACE}+Đảng)?
      | Chủ{SPACE}+tịch{SPACE}+nước
      | Hội{SPACE}+đồng{SPACE}+(?:Bộ{SPACE}+trưởng|Nhà{SPACE}+nước|Chính{SPACE}+phủ)
    )
    (?: {SPACE}+khóa{SPACE}+[IVXLC\d]+ )?
    (?! \w)
    """,
    re.VERBOSE,
)

_LINK = re.compile(rf"{SPACE}*[,)]?{SPACE}*(?:(?P<of>(?:của{SPACE}+)?(?:của|cúa|cùa|cửa|cua|Của)|(?:CỦA{SPACE}+)?CỦA)|(?P<by>do|DO)){SPACE}+(?=\w)")
_BY_ISSUED = re.compile(rf"{SPACE}*(?:liên{SPACE}+tịch{SPACE}+|ký{SPACE}+)?(?:ban{SPACE}+hành|BAN{SPACE}+HÀNH)\b", re.IGNORECASE)
_PIECE = re.compile(rf"{SPACE}*([^\s,;.:()\[\]\"“”«»…|*_]+|[,;.:()\[\]\"“”«»…|])")

# Words in small letters that no name of an office holds: the name has ended before them.
_STOPS: Final = frozenset(
    """về ngày được đã đang cho trong để nêu như từ kèm khi theo thì là có các những này đối gửi trình xin vướng nhằm gồm bao hết
    trên đến tới tại nói cũng sẽ không chưa hoặc do số v/v cùng với vì bằng bị qua sau trước căn nay vê vẽ khiếu
    phê cụ ký cử mà phải nhận của""".split()
)
# Words that end it together with the next one only: "quy định" does, "Quy hoạch" and "thông tin" do not.
_PAIRS: Final[dict[str, frozenset[str]]] = {
    first: frozenset(seconds.split())
    for first, seconds in {
        "quy": "định",
        "ban": "hành",
        "sửa": "đổi",
        "bổ": "sung nhiệm",
        "bố": "sung",
        "bãi": "bỏ nhiệm",
        "hướng": "dẫn",
        "công": "bố nhận",
        "giao": "nhiệm chỉ kế dự các bổ quyền cho đất chủ sở ủy uy",
        "thành": "lập",
        "quyết": "định nghị",
        "thông": "qua báo tri",
        "triển": "khai",
        "thực": "hiện",
        "kiện": "toàn",
        "tổng": "hợp kết",
        "trả": "lời",
        "phúc": "đáp",
        "yêu": "cầu",
        "chỉ": "đạo định tiết",
        "kết": "luận",
        "báo": "cáo",
        "xác": "định nhận",
        "điều": "chỉnh động",
        "hủy": "bỏ",
        "thay": "thế",
        "đính": "chính",
        "chấp": "thuận hành",
        "rà": "soát",
        "đình": "chỉ",
        "tạm": "ngưng dừng",
        "thu": "hồi",
        "miễn": "nhiệm",
        "phân": "công cấp bổ loại định",
        "tổ": "chức",
        "liên": "quan",
        "kế": "hoạch",
        "ủy": "quyền",
        "tăng": "cường",
        "thống": "nhất",
        "tiếp": "tục",
        "đẩy": "mạnh",
        "phát": "động",
        "cấp": "giấy phép",
        "dự": "thảo",
        "kiến": "nghị",
        "khẳng": "định",
        "liệt": "kê",
        "xử": "lý phạt",
        "xếp": "hạng",
        "tặng": "thưởng",
        "hỗ": "trợ",
        "chuyển": "giao",
        "cho": "phép",
        "không": "thu",
        "căn": "cứ",
        "đổi": "tên",
        "đề": "nghị xuất án cương",
    }.items()
}
# Capitals end it only where a subject is known to begin so: "của Chính phủ Quy định chi tiết".
_CAPITAL_PAIRS: Final = frozenset(
    {("Quy", "định"), ("Về", "việc"), ("Sửa", "đổi"), ("Ban", "hành"), ("Phê", "duyệt"), ("Hướng", "dẫn"), ("Bãi", "bỏ")}
)
_UNLESS_AFTER_BAN: Final = frozenset({"chỉ", "chấp", "tổ", "điều"})  # Ban chỉ đạo, Ban chấp hành, Ban tổ chức

_LEVELS: Final = frozenset({"tỉnh", "tính", "huyện", "quận", "xã", "phường", "thành", "thị", "đặc", "tp", "cấp"})
_LEVEL_SECOND: Final = {"thành": "phố", "thị": frozenset({"xã", "trấn"}), "đặc": "khu"}
_AFTER_LEVEL: Final = frozenset({"phố", "trấn", "khu", "khóa", "khoá", "ủy", "uỷ"})
_MINISTERIAL: Final = frozenset({"bộ", "thống", "sở", "ban", "ủy", "viện", "tòa", "văn", "tổng", "ubnd", "chủ"})
_RANKS: Final = frozenset({"trưởng", "tịch", "đốc", "nhiệm", "án"})  # last words of Bộ trưởng, Chủ tịch, Giám đốc, Chủ nhiệm
# Second halves of names of ministries that some write small: "Nông nghiệp và phát triển nông thôn".
_FIELD_WORDS: Final = frozenset("phát đào môi du truyền xã đầu tôn thể bảo phòng tìm".split())
_TYPE_FIRST: Final = frozenset(
    """nghị quyết chỉ thông luật bộ_luật pháp hiến công kế báo tờ văn kết hướng chương đề quy lệnh điều điểm khoản
    phụ chiến dự phương""".split()
)
_TYPE_PAIRS: Final = frozenset(
    {
        "nghị định", "nghị quyết", "quyết định", "chỉ thị", "thông tư", "thông báo", "thông tri", "bộ luật", "pháp lệnh", "hiến pháp", "công văn",
        "công điện", "kế hoạch", "báo cáo", "tờ trình", "văn bản", "kết luận", "hướng dẫn", "chương trình", "đề án", "quy định", "quy chế",
        "chiến lược", "phương án",
    }
)  # fmt: skip
# How an office's name begins: where the subject of a sentence is looked for.
OFFICE: Final = (
    r"(?:Thủ\s+tướng|Chính\s+phủ|Quốc\s+hội|[UỦ][ỷy]\s+ban|Uỷ\s+ban|UBND|HĐND|UBTVQH|Hội\s+đồng|Thường\s+trực|Thường\s+vụ|(?:Phó\s+)?Chủ\s+tịch|"
    r"Bộ|Sở|Cục|Tổng|Chi\s+cục|Vụ|Ban|Văn\s+phòng|Tỉnh\s+ủy|Thành\s+ủy|Huyện\s+ủy|Quận\s+ủy|Đảng\s+ủy|Thị\s+ủy|Công\s+ty|CÔNG\s+TY|Tập\s+đoàn|"
    r"Giám\s+đốc|Trưởng|T[òo]a\s+án|Viện|Kho\s+bạc|Ngân\s+hàng|Bảo\s+hiểm|Trường|Đại\s+học|Hội|Liên\s+đoàn|Phòng|Thuế|Hải\s+quan|Công\s+an|"
    r"Kiểm\s+toán|Thanh\s+tra|Trung\s+tâm|Hiệp\s+hội|Bí\s+thư|Chánh|Thống\s+đốc|Đảng\s+bộ|Mặt\s+trận|BQL\w*|[A-ZĐ]{3,}(?=\s))(?!\w)"
)


class Phrase(NamedTuple):
    """An issuer phrase in the text: half-open offsets."""

    start: int
    end: int


def tidy(phrase: str) -> str:
    """An issuer phrase on one line, without the marks of bold and italic: ``Chính* *phủ`` is ``Chính phủ``."""
    if "*" in phrase or "_" in phrase:
        phrase = phrase.replace("*", " ").replace("_", " ")
    tidied = " ".join(phrase.split())
    for slip, meant in _SLIPS:
        tidied = slip.sub(meant, tidied)
    return tidied


# Slips of OCR in words that can only be one thing.
_SLIPS: Final = (
    (re.compile(r"^T\w{1,2} tướng\b"), "Thủ tướng"),
    (re.compile(r"^\S{1,2} ban (?=Quốc|nhân|Thường|Trung|Mặt|Dân|Chứng)"), "Ủy ban "),
    (re.compile(r"\b(Tỉnh|Thành|Huyện|Quận) \dy$"), r"\1 ủy"),
    (re.compile(r"^UBND tính\b"), "UBND tỉnh"),
)


def issuer_after(text: str, at: int) -> Phrase | None:
    """The issuer that the words at `at` state ("của Chính phủ", "do Quốc hội ban hành"), without "của"; ``None``: none."""
    link = _LINK.match(text, at)
    if link is None:
        return _bare_national(text, at)
    phrase = phrase_at(text, link.end())
    if phrase is None or (link["by"] and not _BY_ISSUED.match(text, phrase.end)):
        return None
    return phrase


_BARE = re.compile(rf"{SPACE}+(?=Chính|Thủ|Quốc)")
_SUBJECT = re.compile(rf"{SPACE}*(?:về|quy|phê|sửa|ban|hướng|V[ềề])(?!\w)")


def _bare_national(text: str, at: int) -> Phrase | None:
    """The Government named with no "của", as where a scan lost it: "ngày 28/5/2008 Chính phủ về hỗ trợ ..."."""
    gap = _BARE.match(text, at)
    found = gap and _NATIONAL.match(text, gap.end())
    return Phrase(found.start(), found.end()) if found and _SUBJECT.match(text, found.end()) else None


def phrase_at(text: str, at: int) -> Phrase | None:
    """The issuer phrase that begins at `at`, or ``None`` where no office is named there."""
    national = _NATIONAL.match(text, at)
    if national is not None:
        return Phrase(at, _joint_end(text, national.end()))
    end = _walk(text, at)
    return Phrase(at, end) if end > at else None


def _joint_end(text: str, end: int) -> int:
    """`end`, or the end of a second national body that issued jointly: "của Chính phủ và Ban Thường trực ..."."""
    both = re.compile(rf"{SPACE}+(?:và|-){SPACE}+(?=Đoàn Chủ tịch|Ban Thường trực|Ủy ban Trung ương|Uỷ ban Trung ương)").match(
        text, end
    )
    return max(end, _walk(text, both.end())) if both else end


class _Walk:
    """The state of one walk over the words of an issuer phrase."""

    __slots__ = ("end", "first", "last", "place", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = -1  # after the last word that belongs to the phrase
        self.first = ""  # the first word, in small letters
        self.last = ""  # the last word, as written
        self.place = False  # a level word ("tỉnh") has been read: only a proper name may follow
        self.words = 0


def _walk(text: str, at: int) -> int:
    """The end of the office's name that begins at `at`; `at` itself where none does."""
    walk = _Walk(text)
    piece = _PIECE.match(text, at)
    while piece is not None and walk.words < 32:
        following = _PIECE.match(text, piece.end())
        if not _accept(walk, piece, following):
            break
        piece = following
    return max(walk.end, at)


def _accept(walk: _Walk, piece: re.Match[str], following: re.Match[str] | None) -> bool:
    """Take one more word into the phrase, or say that it has ended; a comma or hyphen is held open, not taken."""
    word = piece[1]
    if piece.start(1) - piece.start() > 1 and "\n\n" in walk.text[piece.start() : piece.start(1)]:
        return False
    after = following[1] if following is not None else ""
    if not word[0].isalnum():
        return _opens_further(walk, word, after, following)
    low = word.lower()
    if walk.words == 0:
        if low == "luật" or f"{low} {after.lower()}" in _TYPE_PAIRS:
            return False
        if not word[0].isupper() and low not in _MINISTERIAL and not (after == "ban" and len(word) <= 2):
            return False
        walk.first = low
    elif _ends(walk, word, low, after):
        return False
    walk.place = _is_place(walk, low, after.lower())
    walk.last, walk.end = word, piece.end()
    walk.words += 1
    return True


def _is_place(walk: _Walk, low: str, after: str) -> bool:
    if low not in _LEVELS:
        return walk.place
    second = _LEVEL_SECOND.get(low)
    if second is not None:
        return walk.place or after in second
    return walk.place or not (low == "xã" and after == "hội")


def _ends(walk: _Walk, word: str, low: str, after: str) -> bool:
    """Whether the phrase is over before `word`."""
    small = word[0].islower()
    shouting = len(word) > 1 and word.isupper()
    if walk.place:
        if small:
            return low not in _LEVELS and low not in _AFTER_LEVEL
        if after.lower() in _PAIRS.get(low, ()):
            return True
    if small or shouting:
        if low in _STOPS and not (low == "về" and _named_about(walk, after)):
            return True
        if low == "và":
            return not _joins(walk, after)
        seconds = _PAIRS.get(low)
        if seconds is not None and after.lower() in seconds:
            return not (low in _UNLESS_AFTER_BAN and walk.last.lower() == "ban")
        return False
    return (word, after) in _CAPITAL_PAIRS


def _named_about(walk: _Walk, after: str) -> bool:
    """A steering committee is named by what it is about: "Ban Chỉ đạo Nhà nước về Du lịch"."""
    return after[:1].isupper() and "đạo" in walk.text[walk.end - 60 : walk.end].lower() and after.lower() not in _TYPE_FIRST


def _joins(walk: _Walk, after: str) -> bool:
    """Whether "và" goes on inside the phrase: another word of the name, or a second office; not another instrument."""
    if not after[:1].isalpha() or after.lower() in {"các", "những"}:
        return False
    if after.lower() in {"nghị", "quyết", "thông", "luật", "pháp", "tờ", "báo", "chỉ", "kế", "công"}:
        return (
            after[0].isupper()
            and after.lower() in {"thông", "công", "kế"}
            and walk.first in {"bộ", "sở", "giám", "phòng", "ban"}
            and (not _type_follows(walk, after))
        )
    return after[0].isupper() or (not walk.place and after in _FIELD_WORDS)


def _type_follows(walk: _Walk, after: str) -> bool:
    found = re.compile(rf"{SPACE}+(?:và){SPACE}+(\w+){SPACE}+(\w+)").match(walk.text, walk.end)
    return found is not None and f"{found[1]} {found[2]}".lower() in _TYPE_PAIRS


def _opens_further(walk: _Walk, mark: str, after: str, following: re.Match[str] | None) -> bool:
    """Whether the phrase goes on after a punctuation mark: "Văn hóa, Thể thao và Du lịch", "Bộ trưởng, Chủ nhiệm", "TP. Huế"."""
    if mark in "-–—":
        return after[:1].isupper()
    if mark == "." and walk.last.lower() in {"tp", "tx", "tt"}:
        return after[:1].isupper()
    if mark != "," or following is None or walk.words == 0 or not after[:1].isalpha():
        return False
    low = after.lower()
    if walk.last.lower() in _RANKS and low in {"chủ", "bộ", "phó", "tổng", "trưởng", "giám"}:
        return True
    if low in _LEVELS and walk.place:
        third = _PIECE.match(walk.text, following.end())
        return third is not None and (third[1][0].isupper() or third[1] in {"phố", "xã", "trấn"})
    if walk.last.lower() == "phòng" and low == "chống":
        return True
    if after[0].islower():
        return (
            walk.first in {"ủy", "uỷ", "ban"} and not walk.place and _SMALL_FIELDS.match(walk.text, following.start()) is not None
        )
    return not walk.place and _list_of_fields(walk.text, following.start())


_FIELDS = re.compile(
    rf"{SPACE}*[{_UPPER}]\w+(?:{SPACE}+\w+){{0,3}}?(?:,{SPACE}*[{_UPPER}]\w+(?:{SPACE}+\w+){{0,3}}?)?{SPACE}+và{SPACE}+[{_UPPER}t]\w+"
)


_SMALL_FIELDS = re.compile(rf"{SPACE}*\w+(?:{SPACE}+\w+){{0,2}}{SPACE}+và{SPACE}+[{_UPPER}]\w")


def _list_of_fields(text: str, at: int) -> bool:
    """Whether the words at `at` are more fields of one office ("Thể thao và Du lịch"), not a new part of the sentence."""
    found = _FIELDS.match(text, at)
    if found is None:
        return False
    words = found[0].lower().split()
    return f"{words[0]} {words[1]}".strip(",") not in _TYPE_PAIRS and words[0] not in {"ubnd", "chủ", "ủy", "sở", "bộ", "luật"}
