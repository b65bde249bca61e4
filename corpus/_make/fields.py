"""What one marked citation states, field by field, in the shape of the gold.

The words in the braces give type, number, name and date; the attributes beside them give the rest.  These rules are meant
for texts that we wrote ourselves: they are no extractor.
"""

from __future__ import annotations

import re
import unicodedata

from corpus._make.markup import Cite

TYPES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình",
    "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình",
    "CĐ": "Công điện", "NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "KL": "Kết luận",
    "VBHN": "Văn bản hợp nhất", "CV": "Công văn", "GM": "Giấy mời", "QC": "Quy chế", "QyĐ": "Quy định", "HĐ": "Hợp đồng",
}  # fmt: skip
_NAMED = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")
_WORDS = sorted([*TYPES.values(), *_NAMED, "Văn bản"], key=len, reverse=True)
_NUMBER = re.compile(r"\d{1,5}[a-z]?\s*(?:/\s*\d{4}\s*)?[/-]\s*[A-ZĐ][\w&]*(?:\s*[-/]\s*[A-ZĐ][\w&]*)*")
_DATE = re.compile(r"(\d{1,2})\s*(?:/|-|\.|tháng)\s*(\d{1,2})\s*(?:/|-|\.|năm)\s*(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm|(?<!số))\s+((?:19|20)\d\d)$", re.IGNORECASE)


def one_line(text: str) -> str:
    """The words on one line, eth mended."""
    return " ".join(text.replace("Ð", "Đ").replace("ð", "đ").replace("¶", "\n").replace("**", "").split())


def number_of(words: str) -> str | None:
    """The number and symbol in the words, without white space."""
    match = _NUMBER.search(_DATE.sub(" ", words))
    return re.sub(r"\s+", "", match[0]).replace("–", "-") if match else None


def date_of(words: str) -> str | None:
    """The ISO date in the words, or the year alone."""
    if match := _DATE.search(words):
        return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    match = _YEAR.search(words)
    return match[1] if match else None


def _doctype(words: str, number: str | None) -> str | None:
    for word in _WORDS:
        if words.lower().startswith(word.lower()):
            return word
    short = re.match(r"\w+", words)
    if short and short[0] in TYPES:
        return TYPES[short[0]]
    symbol = re.sub(r"^\d+[a-z]?[/-](\d{4}/)?", "", number or "")
    return TYPES.get(re.split(r"[-/]", symbol)[0])


def _name(words: str, number: str | None) -> str | None:
    """The name of a law: the words without number, date and year."""
    spaced = r"\s*".join(map(re.escape, number)) if number else None
    plain = re.sub(rf"(?:\s*số)?:?\s*{spaced}", "", words, flags=re.IGNORECASE) if spaced else words
    plain = re.sub(r",?\s*(?:ngày\s+\d.*|năm\s+\d{4}|\s\d{4})$", "", plain, flags=re.IGNORECASE).strip()
    return None if plain in _NAMED[1:] else plain


def fields(cite: Cite, words: str) -> dict[str, str | None]:
    """Type, number, name, date, issuer, pinpoint and relation of a citation whose text is `words`."""
    plain, stated = one_line(words), cite.stated
    number = stated.get("n") or number_of(plain)
    doctype = stated.get("t") or _doctype(plain, number)
    named = doctype in _NAMED
    day = stated.get("d")
    return {
        "doctype": doctype,
        "number": number or None,
        "name": stated.get("name") or (_name(plain, number) if named else None),
        "issued": (date_of(day) or day if day else None) or date_of(plain),
        "issuer": stated.get("i"),
        "pinpoint": stated.get("p"),
        "relation": cite.relation,
    }


def slug(text: str) -> str:
    """ASCII, lower case, hyphens, "&" left out: ``STTTT-CNTT&ĐT`` gives ``stttt-cnttdt``."""
    letters = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d").replace("&", ""))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-")
