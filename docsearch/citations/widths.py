"""Digits and signs of full width, as East Asian keyboards type them: "３０／２０２０／NĐ-CP"."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "０１２３４５６７８９"
_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def narrow(text: str) -> str:
    """`text` with what is of full width as usual, each sign in its place; the same text where it has no such digit."""
    return text.translate(_NARROW) if any(digit in text for digit in _DIGITS) else text
