"""Bytes to text: UTF-8, UTF-16, Windows-1258, what a file declares; and text in the encodings of before Unicode.

Detection comes before any cleaning: TCVN3 writes ư as the byte of the soft hyphen, VISCII keeps letters among the
control codes.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from docsearch import legacy
from docsearch.model import RawText
from docsearch.readers.sniff import guess_utf16
from docsearch.readers.source import Decoded, Source

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What files call the encodings that Python does not know.
_LEGACY_CHARSETS = {
    "viscii": "viscii", "csviscii": "viscii", "viscii1.1-1": "viscii", "vps": "vps", "x-viet-vps": "vps", "vni": "vni",
    "x-viet-vni": "vni", "tcvn": "tcvn3", "tcvn3": "tcvn3", "tcvn-5712": "tcvn3", "tcvn5712-1": "tcvn3", "x-viet-tcvn": "tcvn3",
    "x-viet-tcvn5712": "tcvn3",
}  # fmt: skip
# UTF-8 that was read as Windows-1252 and saved: "Cá»™ng hÃ²a xÃ£ há»™i".
_MOJIBAKE = re.compile(
    "[\xc3\xc4\xc6][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|á[º»]"
)
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạ-ỹẠ-Ỹ]")
_SAMPLE = 50_000
_ASSUMED = "encoding:windows-1252-assumed"


def decode(source: Source, declared: str | None = None) -> Decoded:
    """The text of the bytes; `declared` is what the file says of itself (an HTML ``charset``), believed after the facts.

    Text in a legacy Vietnamese encoding that nothing declares comes as Windows-1252 has it: `from_legacy` knows it.
    """
    return _mend_mojibake(_as_text(source.data, declared))


def from_legacy(raw: RawText, fonts: Iterable[str] = ()) -> RawText:
    """`raw` with text in a legacy encoding made Unicode, and ``legacy-encoding:tcvn3`` noted; any other as it is.

    `fonts` are the names of the fonts of the file, where its format tells them.
    """
    encoding = legacy.detect("\n".join(raw.pages), fonts)
    if encoding is None:
        return raw
    return replace(
        raw,
        pages=tuple(legacy.convert(page, encoding) for page in raw.pages),
        furniture=tuple(legacy.convert(line, encoding) for line in raw.furniture),
        notes=(*(note for note in raw.notes if note != _ASSUMED), f"legacy-encoding:{encoding}"),
    )


def _as_text(data: bytes, declared: str | None) -> Decoded:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _noted(data[len(mark) :], name, "replace")
    if utf16 := guess_utf16(data):
        return _noted(data, utf16, "replace")
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _as_damaged_utf8(data) or _as_declared(data, declared) or _as_eight_bit(data)


def _noted(data: bytes, encoding: str, errors: str = "strict") -> Decoded:
    text = data.decode(encoding, errors)
    notes = () if encoding == "utf-8" else (f"encoding:{encoding}",)
    lost = text.count("\ufffd")
    return Decoded(text, (*notes, f"undecodable:{lost}") if lost else notes)


def _as_damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: at most one to twenty sound multi-byte letters."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    sound = sum(1 for char in text[:_SAMPLE] if char > "\x7f") - text[:_SAMPLE].count("\ufffd")
    return Decoded(text, (f"undecodable:{lost}",)) if lost * 20 <= sound else None


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    if encoding := _LEGACY_CHARSETS.get((declared or "").lower()):
        return Decoded(legacy.convert(data.decode("latin-1"), encoding), (f"legacy-encoding:{encoding}",))
    name = _codec(declared)
    if name is None or name.startswith(("utf", "iso8859", "cp1252", "ascii")):  # these two are said by default, not meant
        return None
    try:
        return _noted(data, name)
    except UnicodeDecodeError:
        return None


def _codec(name: str | None) -> str | None:
    try:
        return codecs.lookup(name).name if name else None
    except (LookupError, ValueError):  # unknown, or damaged: a name with a NUL in it
        return None


def _as_eight_bit(data: bytes) -> Decoded:
    western = data.decode("cp1252", "replace") if _fits(data, "cp1252") else data.decode("latin-1")
    if legacy.detect(western) in (None, "windows-1258") and _fits(data, "cp1258"):
        vietnamese = unicodedata.normalize("NFC", data.decode("cp1258"))
        if vietnamese_share(vietnamese) > 0.05:
            return Decoded(vietnamese, ("encoding:windows-1258",))
    return Decoded(western, (_ASSUMED,))


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def vietnamese_share(text: str) -> float:
    """How many of the letters are of Vietnamese alone: 0.20 to 0.30 in good text, 0.00 to 0.12 in that of a foreign OCR."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    return len(_VIETNAMESE.findall(sample)) / letters if letters else 0.0


def _mend_mojibake(decoded: Decoded) -> Decoded:
    """UTF-8 that had been read as Windows-1252: read again, line by line, where the line allows it."""
    if len(_MOJIBAKE.findall(decoded.text[:_SAMPLE])) < max(3, len(decoded.text[:_SAMPLE].split()) // 10):
        return decoded
    lines = decoded.text.split("\n")
    mended = [_read_again(line) for line in lines]
    count = sum(1 for old, new in zip(lines, mended, strict=True) if old != new)
    return Decoded("\n".join(mended), (*decoded.notes, f"mojibake-mended:{count}")) if count else decoded


def _read_again(line: str) -> str:
    try:
        return b"".join(_western_byte(char) for char in line).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return line


def _western_byte(char: str) -> bytes:
    # Windows-1252 leaves five bytes undefined; programs pass them through as Latin-1.
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
