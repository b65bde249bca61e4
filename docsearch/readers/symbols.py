"""Signs of the fonts Symbol and Wingdings, which have no letters of their own: bullets, boxes, arrows."""

from __future__ import annotations

_SIGNS = {
    0xF02D: "-", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "-", 0xF0FC: "✓", 0xF0FE: "☑", 0xF0A8: "☐", 0xF06F: "☐", 0xF071: "☐",
    0xF0A3: "☐", 0xF052: "☑", 0xF053: "☒", 0xF0AE: "→", 0xF0B3: "≥", 0xF0B1: "±", 0xF0B4: "×", 0xF0B0: "°",
}  # fmt: skip


def symbol(code: int) -> str:
    """What the sign with this code of the private area (U+F020 to U+F0FF) shows; "" where it is not known."""
    return _SIGNS.get(code, "")


def plain_signs(text: str) -> str:
    """`text` with the known signs as Unicode has them; others stay."""
    return text.translate(_SIGNS)
