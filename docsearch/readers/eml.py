"""E-mail messages (.eml) to text; their attachments, and messages in them, are documents of their own.  Nothing is fetched."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from functools import lru_cache
from typing import TypeAlias

from docsearch.errors import LimitExceeded
from docsearch.model import RawText
from docsearch.readers.decoding import decode
from docsearch.readers.letter import Attachment, Letter, as_raw, attachment
from docsearch.readers.source import Source

Mail: TypeAlias = "Message[str, str]"

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_PARTS = 10_000  # of a message, with those that hold others
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})


def read(source: Source) -> RawText:
    """One page: the headers, then the words; ``inline-pictures:N`` notes pictures that stand in the words, as in signatures."""
    return as_raw(source, "eml", _letter(source))


def take(source: Source, name: str) -> bytes | None:
    """The bytes of an attachment, or ``None`` where there is none of this name."""
    return attachment(_letter(source), name)


@lru_cache(maxsize=1)  # attachments are asked for one by one
def _letter(source: Source) -> Letter:
    try:
        mail = message_from_bytes(source.data)
        parts = list(_leaves(source, mail))
    except RecursionError as error:
        raise LimitExceeded(source.path, "nested too deeply") from error
    headers = tuple((name, header_text(mail.get(name))) for name in _HEADERS)
    pictures = sum(map(_is_inline_picture, parts))
    words = [part for part in parts if _is_words(part)]
    attached = [part for part in parts if part not in words and not _is_inline_picture(part)]
    return Letter(
        headers, _words(source, words), tuple(_attachments(attached)), (f"inline-pictures:{pictures}",) if pictures else ()
    )


def _leaves(source: Source, mail: Mail) -> Iterator[Mail]:
    """The parts that hold no others, in order; a message in the message is one.  Of alternatives, the one to show."""
    waiting, count = [mail], 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > _PARTS:
            raise LimitExceeded(source.path, f"more than {_PARTS:,} parts in it")
        if not part.is_multipart() or part.get_content_type() == "message/rfc822":
            yield part
            continue
        inner = [each for each in part.get_payload() if isinstance(each, Message)]
        waiting.extend(reversed(_shown(inner) if part.get_content_type() == "multipart/alternative" else inner))


def _shown(alternatives: list[Mail]) -> list[Mail]:
    """Plain text where it says something, or else the last that there is; and what is no alternative at all."""
    plain = [part for part in alternatives if part.get_content_type() == "text/plain" and _payload(part).strip()]
    others = [part for part in alternatives if _is_attached(part)]
    shown = plain[:1] or [part for part in alternatives if part not in others][-1:]
    return shown + [part for part in others if part not in shown]


def _is_attached(part: Mail) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _is_words(part: Mail) -> bool:
    return part.get_content_type() in ("text/plain", "text/html") and not _is_attached(part)


def _is_inline_picture(part: Mail) -> bool:
    inline = part.get_content_disposition() == "inline" or "Content-ID" in part
    return part.get_content_maintype() == "image" and inline and part.get_content_disposition() != "attachment"


def _payload(part: Mail) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _words(source: Source, parts: list[Mail]) -> str:
    return "\n\n".join(_text(source, part) for part in parts)


def _text(source: Source, part: Mail) -> str:
    text = decode(replace(source, data=_payload(part)), part.get_content_charset()).text
    return page_text(source, text) if part.get_content_type() == "text/html" else text


def page_text(source: Source, text: str) -> str:
    """The words of a web page that is at hand as text."""
    from docsearch.readers import html

    if not text.strip():
        return ""
    return "\n".join(html.read(replace(source, data=b"\xef\xbb\xbf" + text.encode("utf-8", "replace"))).pages)


# --- headers and attachments ------------------------------------------------------------------------------------------


def header_text(value: object) -> str:
    """A header as people read it, its encoded words decoded.

    >>> header_text("=?utf-8?B?QsOhbyBjw6Fv?= 12")
    'Báo cáo 12'
    """
    if value is None:
        return ""
    try:
        pieces = decode_header(str(value))
    except (HeaderParseError, ValueError):
        return str(value)
    return "".join(_decoded(data, charset) for data, charset in pieces).strip()


def _decoded(data: bytes | str, charset: str | None) -> str:
    if isinstance(data, str):
        return data
    for encoding in (charset or "utf-8", "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1")


def _attachments(parts: list[Mail]) -> Iterator[Attachment]:
    for number, part in enumerate(parts, 1):
        if part.get_content_type() in _SIGNATURES:
            continue
        name = header_text(part.get_filename() or part.get_param("name", "")) or f"attachment {number}{_suffix(part)}"
        if part.get_content_type() == "message/rfc822":
            yield _enclosed(part, number)
        elif part.get_content_type() in _SEALED:
            yield Attachment(name, b"", "encrypted for its receiver")
        else:
            yield Attachment(name, _payload(part))


def _suffix(part: Mail) -> str:
    return mimetypes.guess_extension(part.get_content_type()) or ""


def _enclosed(part: Mail, number: int) -> Attachment:
    inner = part.get_payload()
    if not isinstance(inner, list) or not inner or not isinstance(inner[0], Message):
        return Attachment(f"message {number}.eml", _payload(part))
    name = header_text(inner[0].get("Subject")).replace("/", "-").replace("\\", "-") or f"message {number}"
    return Attachment(f"{name}.eml", inner[0].as_bytes())
