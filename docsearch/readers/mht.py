"""Pages saved with their pictures (.mht, .mhtml) to text: the page itself; pictures and styles are passed over."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from docsearch.errors import BrokenFile, LimitExceeded
from docsearch.model import RawText
from docsearch.readers import html
from docsearch.readers.decoding import decode
from docsearch.readers.source import Source


def read(source: Source) -> RawText:
    """The page on one page, read as `html` reads it."""
    try:
        mail = message_from_bytes(source.data)
        pages = [part for part in mail.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    except RecursionError as error:
        raise LimitExceeded(source.path, "nested too deeply") from error
    if not pages:
        raise BrokenFile(source.path, "no web page in it")
    start = str(mail.get_param("start", ""))
    page = next((part for part in pages if start and part.get("Content-ID", "") == start), pages[0])
    payload = page.get_payload(decode=True)
    text = decode(replace(source, data=payload if isinstance(payload, bytes) else b""), _charset(page)).text
    return replace(html.read(replace(source, data=b"\xef\xbb\xbf" + text.encode("utf-8", "replace"))), format="mht")


def _charset(page: Message[str, str]) -> str | None:
    return page.get_content_charset()
