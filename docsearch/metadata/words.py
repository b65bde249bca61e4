"""The words by which the parts of a paper are known, as patterns for folded text.

They are written here as Vietnamese writes them and folded once; in the text a line may break between any two syllables.
"""

from __future__ import annotations

import re
from functools import cache

from docsearch import registry
from docsearch.vietnamese import fold


def either(words: str) -> str:
    r"""A pattern for any of some phrases, parted by commas, in folded text: ``"sở, văn phòng"`` gives ``(?:van\s+phong|so)``."""
    phrases = sorted((fold(phrase).split() for phrase in words.split(",")), key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase)) for phrase in phrases) + ")"


def exactly(words: str) -> str:
    """The same for text with its marks, in small letters or compared without case: "sở" and "số" are two words there."""
    phrases = sorted((phrase.split() for phrase in words.split(",")), key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase)) for phrase in phrases) + ")"


LEVEL = either("tỉnh, thành phố, tp, tp., huyện, quận, thị xã, thị trấn, xã, phường, đặc khu")
"""The words before the name of a place."""

OFFICES = (
    "ủy ban, uỷ ban, UBND, HĐND, hội đồng, chính phủ, quốc hội, thủ tướng, chủ tịch, bộ, sở, tổng cục, cục, chi cục, vụ, "
    "viện, trường, ban, văn phòng, thanh tra, phòng, trung tâm, công an, công ty, tổng công ty, đảng ủy, đảng bộ, chi bộ, "
    "tỉnh ủy, thành ủy, huyện ủy, quận ủy, thị ủy, thuế, kho bạc, bảo hiểm, ngân hàng, tòa án, toà án, kiểm toán, liên đoàn, "
    "hải quan, tổng liên đoàn, mặt trận, hội, bệnh viện, đại học, học viện, đoàn, tổ công tác, bch, chi nhánh, hạt kiểm lâm, "
    "phân hiệu, tập đoàn, liên minh, hiệp hội, tổng thanh tra, cơ quan, nhà xuất bản, liên hiệp, tiểu ban, trung ương"
)
OFFICE = either(OFFICES)
"""The words with which the name of an office begins."""

ROLES = (
    "chủ tịch, bộ trưởng, thứ trưởng, thủ tướng, tổng giám đốc, giám đốc, tổng cục trưởng, chi cục trưởng, cục trưởng, "
    "vụ trưởng, trưởng ban, trưởng phòng, trưởng đoàn, hiệu trưởng, thống đốc, chánh án, chánh văn phòng, chánh thanh tra, "
    "viện trưởng, tổng thanh tra, tổng kiểm toán, chủ nhiệm, tổng bí thư, bí thư, thủ trưởng, trưởng, tổng thư ký, "
    "thẩm phán, thường trực, ủy viên, tư lệnh, chính ủy, chỉ huy trưởng, kiểm toán trưởng, tổng biên tập, chủ tọa, cục phó, "
    "người đứng đầu, phó ban"
)
ROLE = either(ROLES)
"""The titles of those who sign."""

_NOT_OFFICES = r"(?!,|\s+(?:hành|sung|nghị|thảo|chống|ngừa|cháy|hợp|số\s|cáo|quản\s+lý\s+(?:nhà|và)))"
AUTHORITY = re.compile(rf"(?:{exactly(ROLES)}|{exactly(OFFICES)}{_NOT_OFFICES})\b[^.;:()\d]{{0,150}}", re.IGNORECASE)
"""A line that names who decides, in text with its marks."""

_BREAKING = (
    "ủy ban, văn phòng, hội đồng, thủ tướng, chính phủ, nhân dân, thành phố, công an, kho bạc, tổng cục, chi cục, "
    "thanh tra, quốc hội, trung tâm, bảo hiểm, đảng ủy, tỉnh ủy, thành ủy, huyện ủy, tòa án, chủ tịch, đại học, ngân "
    "hàng, kiểm toán, hải quan, công ty, liên đoàn, mặt trận, bệnh viện, học viện, tập đoàn, cơ quan, tổ chức, thường "
    "vụ, thường trực, chỉ đạo"
)
RIFTS = frozenset(tuple(fold(pair).split()) for pair in _BREAKING.split(", "))
"""Words of two syllables between which a line may have been broken: "VĂN" / "PHÒNG CHÍNH PHỦ"."""

DANGLING = re.compile(
    r"(?:^|\s)(?:"
    + either(
        "của, và, do, với, về, tại, bởi, các, theo, cho, trên, trong, hoặc, là, việc, đến, từ, giữa, cùng, thuộc, những, "
        "ngày, tháng, nghị quyết số, quyết định số, nghị định số, thông tư số, chỉ thị số, luật số, kế hoạch số, theo số"
    )[3:-1]
    + r"|[,–(-])$"
)
"""Words after which a title or a name must go on."""

_ATTACHMENTS = ("Phụ lục", "Quy trình", "Nội quy", "Điều lệ", "Danh mục", "Chương trình hành động", "Bản thỏa thuận", "Thư công")
_NOT_HEADINGS = ("Văn bản hợp nhất", "Văn bản", "Công văn", "Mẫu", "Quy chuẩn", "Giấy phép", "Bản án")


@cache
def headings() -> dict[str, str]:
    """The types that may head a paper, by their folded names."""
    types = (kind.name for kind in registry.doctypes() if kind.name not in _NOT_HEADINGS)
    return {fold(name): name for name in (*types, *_ATTACHMENTS)}


@cache
def symbols() -> dict[str, str]:
    """The types by the folded letters that they have in a symbol: ``{"ttr": "Tờ trình", ...}``; the first row of two wins."""
    found: dict[str, str] = {}
    for kind in registry.doctypes():
        if kind.kind == "directive":
            for letters in kind.symbols:
                found.setdefault(fold(letters), kind.name)
    return found


@cache
def letters_of(doctype: str) -> tuple[str, ...]:
    """The letters of a type in a symbol: ``("TTr", "TTR")`` for Tờ trình."""
    return next((kind.symbols for kind in registry.doctypes() if kind.name == doctype), ())


def type_of_symbol(number: str) -> str | None:
    """The type that a number's symbol names: "Tờ trình" for 84/TTr-UBND; ``None`` for 228/SNV-CCVC and 80/2015/QH13."""
    symbol = re.sub(r"^[^/-]*[/-](?:\d{4}/)?", "", number)
    first = re.split(r"[-/]", symbol)[0]
    if first == symbol and first not in ("CP", "SL"):  # one group alone is an office: QH13, CP, HĐBT
        return None
    return symbols().get(fold(first))
