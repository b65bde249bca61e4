"""Outlook messages (.msg) to text; their attachments, and messages in them, are documents of their own.

What is where follows [MS-OXMSG] 2 (streams), [MS-OXPROPS] (numbers of properties) and [MS-OXRTFCP] (compressed RTF).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import lru_cache

from docsearch.errors import BrokenFile, LimitExceeded, ReadError
from docsearch.model import RawText
from docsearch.readers.decoding import decode
from docsearch.readers.eml import page_text
from docsearch.readers.letter import Attachment, Letter, as_raw, attachment
from docsearch.readers.ole import Compound, open_compound
from docsearch.readers.source import Source

_SUBJECT, _SENDER, _SENDER_MAIL, _SENDER_ADDRESS = 0x0037, 0x0C1A, 0x5D01, 0x0C1F
_TO, _CC, _BODY, _HTML, _RTF = 0x0E04, 0x0E03, 0x1000, 0x1013, 0x1009
_SENT, _DELIVERED, _CODE_PAGE = 0x0039, 0x0E06, 0x3FFD
_DATA, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x3001, 0x3712
_WIDE, _NARROW, _BINARY, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D  # types of properties
_MESSAGE_HEAD, _INNER_HEAD = 32, 24  # bytes before the fixed properties of a message, and of one in another
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")


@dataclass(frozen=True, slots=True)
class _Message:
    """One message in a file: the storage where it stands ("" for the outer one), and its properties of fixed size."""

    file: Compound
    storage: str
    fixed: dict[int, bytes]

    def binary(self, number: int, storage: str = "", kind: int = _BINARY) -> bytes | None:
        """The bytes of a property, of the message or of a storage in it."""
        name = f"__substg1.0_{number:04X}{kind:04X}"
        return self.file.stream("/".join(part for part in (self.storage, storage, name) if part))

    def text(self, number: int, storage: str = "") -> str:
        """The text of a property; "" where there is none."""
        wide = self.binary(number, storage, _WIDE)
        if wide is not None:
            return wide[: len(wide) // 2 * 2].decode("utf-16-le", "replace").rstrip("\0")
        narrow = (self.binary(number, storage, _NARROW) or b"").rstrip(b"\0")
        return decode(replace(self.file.source, data=narrow), self.charset).text if narrow else ""

    @property
    def charset(self) -> str | None:
        """The code page of text of 8 bits, as Python names it."""
        page = int.from_bytes(self.fixed.get(_CODE_PAGE, b"")[:4], "little")
        return "utf-8" if page == 65001 else f"cp{page}" if page else None


def read(source: Source) -> RawText:
    """One page: the headers, then the words; ``inline-pictures:N`` notes pictures that stand in the words, as in signatures."""
    return as_raw(source, "msg", _letter(source))


def take(source: Source, name: str) -> bytes | None:
    """The bytes of an attachment, or ``None`` where there is none of this name."""
    return attachment(_letter(source), name)


@lru_cache(maxsize=1)  # attachments are asked for one by one
def _letter(source: Source) -> Letter:
    return _read(_message(open_compound(source), "", _MESSAGE_HEAD), 0)


def _message(file: Compound, storage: str, head: int) -> _Message:
    data = file.stream(f"{storage}/__properties_version1.0" if storage else "__properties_version1.0") or b""
    entries = struct.iter_unpack("<HHI8s", data[head : head + (len(data) - head) // 16 * 16] if len(data) > head else b"")
    return _Message(file, storage, {number: value for _, number, _, value in entries})


def _read(message: _Message, depth: int) -> Letter:
    if depth > message.file.source.limits.nesting:
        raise LimitExceeded(message.file.source.path, "nested too deeply")
    found = [_attachment(message, name, depth) for name in _attachments(message)]
    kept = tuple(each for each in found if each is not None)
    pictures = len(found) - len(kept)
    return Letter(_headers(message), _words(message), kept, (f"inline-pictures:{pictures}",) if pictures else ())


def _headers(message: _Message) -> tuple[tuple[str, str], ...]:
    name, mail = message.text(_SENDER), message.text(_SENDER_MAIL) or message.text(_SENDER_ADDRESS)
    sender = f"{name} <{mail}>" if name and "@" in mail and mail != name else name or mail
    return (
        ("From", sender), ("To", message.text(_TO)), ("Cc", message.text(_CC)), ("Date", _date(message)),
        ("Subject", message.text(_SUBJECT)),
    )  # fmt: skip


def _date(message: _Message) -> str:
    """When it was sent, in universal time, or else delivered: 2024-03-05 08:00 UTC."""
    ticks = int.from_bytes(message.fixed.get(_SENT) or message.fixed.get(_DELIVERED) or b"", "little")
    if not 0 < ticks < 2**61:  # of 100 nanoseconds, since 1601
        return ""
    return f"{datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10):%Y-%m-%d %H:%M UTC}"


def _words(message: _Message) -> str:
    text = message.text(_BODY)
    if text.strip():
        return text
    page = message.binary(_HTML)
    if page:
        return page_text(message.file.source, decode(replace(message.file.source, data=page), message.charset).text)
    packed = message.binary(_RTF)
    return _rich_text(message.file.source, packed) if packed else ""


def _rich_text(source: Source, packed: bytes) -> str:
    from docsearch.readers import rtf

    return "\n".join(rtf.read(replace(source, data=inflate(source, packed))).pages)


# --- attachments ------------------------------------------------------------------------------------------------------


def _attachments(message: _Message) -> list[str]:
    return [name for name in message.file.names(message.storage) if name.lower().startswith("__attach_version1.0_")]


def _attachment(message: _Message, storage: str, depth: int) -> Attachment | None:
    """The attachment; ``None`` for a picture that stands in the words."""
    texts = (message.text(number, storage) for number in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))
    name = next(filter(None, texts), storage)
    data = message.binary(_DATA, storage)
    if data is None:
        return _enclosed(message, storage, name, depth)
    if message.text(_CONTENT_ID, storage) and name.lower().endswith(_PICTURES):
        return None
    return Attachment(name, data)


def _enclosed(message: _Message, storage: str, name: str, depth: int) -> Attachment:
    """A message in the message, as an e-mail file; any other object cannot be read."""
    inner = f"__substg1.0_{_DATA:04X}{_OBJECT:04X}"
    if inner not in message.file.names(_join(message.storage, storage)):
        return Attachment(name, b"", "an attachment that is only a link, or an object of another program")
    try:
        letter = _read(_message(message.file, _join(message.storage, storage, inner), _INNER_HEAD), depth + 1)
    except ReadError as error:
        return Attachment(name, b"", error.reason)
    return Attachment(name if name.lower().endswith(".eml") else f"{name}.eml", as_mail(letter))


def _join(*parts: str) -> str:
    return "/".join(part for part in parts if part)


def as_mail(letter: Letter) -> bytes:
    """The letter as an e-mail file, the same bytes each time."""
    mail = EmailMessage()
    for name, value in letter.headers:
        if value:
            mail[name] = " ".join(value.split())
    mail.set_content(letter.text)
    for each in letter.attachments:
        mail.add_attachment(each.data, maintype="application", subtype="octet-stream", filename=each.name)
    if letter.attachments:
        mail.set_boundary("=-docsearch-part-=")
    return mail.as_bytes()


# --- compressed RTF ---------------------------------------------------------------------------------------------------

_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
    b"SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_COMPRESSED, _STORED = b"LZFu", b"MELA"
_WINDOW = 4096


def inflate(source: Source, packed: bytes) -> bytes:
    """The RTF in a compressed body; `BrokenFile` where it is damaged."""
    if packed[8:12] == _STORED:
        return packed[16:]
    if packed[8:12] != _COMPRESSED or len(packed) < 16:
        raise BrokenFile(source.path, "damaged: its rich text cannot be unpacked")
    return b"".join(_pieces(packed[16:]))


def _pieces(packed: bytes) -> Iterator[bytes]:
    """Literal bytes, and places in the last 4,096 bytes with lengths of 2 to 17; a place that is the present one ends it."""
    window = bytearray(_WINDOW)
    window[: len(_DICTIONARY)] = _DICTIONARY
    at, write = 0, len(_DICTIONARY)
    while at < len(packed):
        flags, at = packed[at], at + 1
        for bit in range(8):
            piece = packed[at : at + (2 if flags >> bit & 1 else 1)]
            at += len(piece)
            if not piece:
                return
            if len(piece) == 2:
                place, length = (piece[0] << 4) | piece[1] >> 4, (piece[1] & 15) + 2
                if place == write:
                    return
                piece = _copy(window, place, write, length)
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _WINDOW
            yield piece


def _copy(window: bytearray, place: int, write: int, length: int) -> bytes:
    """The bytes at a place of the window; those that the copy itself writes may be among them."""
    copied = bytearray()
    for step in range(length):
        source = (place + step) % _WINDOW
        distance = (source - write) % _WINDOW
        copied.append(copied[distance] if distance < len(copied) else window[source])
    return bytes(copied)
