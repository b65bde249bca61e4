"""Phrases that no Vietnamese text holds but a scan does ("sửa đối, bố sung"), made right for reading, each letter in its place.

Tesseract takes one mark for another most often in "ổ", and "chi tiết" for "chỉ tiết": a third of 20 papers, printed, spoiled
and read again, had one of these, and with it lost what a decree amends.  The offsets stay those of the text.
"""

from __future__ import annotations

from typing import Final

_HEAD: Final = 3_000  # characters in which a paper that a scan read shows it
_TRACES: Final = ("ố sung", "ô sung", "chỉ tiết")
_MEANT: Final = {
    "chi tiết": ("chỉ tiết", "chí tiết"),
    "sửa đổi": ("sửa đối", "sửa đôi", "sửa đồi", "sửa đỗi", "sữa đổi", "sữa đối"),
    "bổ sung": ("bố sung", "bỗ sung", "bô sung", "bồ sung", "bộ sung"),
    "kể từ": ("kế từ", "kê từ"),
}


def _spellings() -> dict[str, str]:
    pairs = [(slip, meant) for meant, slips in _MEANT.items() for slip in slips]
    cases = [(change(slip), change(meant)) for slip, meant in pairs for change in (str, str.capitalize, str.upper)]
    return {slip.replace(" ", gap): meant.replace(" ", gap) for slip, meant in cases for gap in (" ", "\n")}


_SPELLINGS: Final = _spellings()


def mend(text: str) -> str:
    """`text` with such phrases as they were written; the same text where its head has none."""
    head = text[:_HEAD]
    if not any(trace in head for trace in _TRACES):
        return text
    for slip, meant in _SPELLINGS.items():
        if slip in text:
            text = text.replace(slip, meant)
    return text
