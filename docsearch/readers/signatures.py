"""Digital signatures in PDF files: who signed, for which body, when, and whether the file was changed since.

The work is pyHanko's (extra ``signatures``), without network and without a list of trusted issuers: whether a certificate
was issued by whom it says, and revoked since, is a question for the State's own service.
"""

from __future__ import annotations

import binascii
import io
import logging
import re
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from docsearch.model import Signature, SignatureState
from docsearch.readers.source import Source
from docsearch.vietnamese import clean

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature

# The byte range of a signature stands in the open: never inside a compressed or encrypted part of the file.
_SIGNED = re.compile(rb"/ByteRange\s*\[")
_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d{1,12}\s+\d{1,12}\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_MOST = 50  # signatures of one file


def read_signatures(source: Source) -> tuple[Signature, ...]:
    """The signatures of a PDF in the order in which they were put; none where it has none.

    Where pyHanko is not installed or gives up on the file, one that is ``unchecked`` stands for all.
    """
    if _SIGNED.search(source.data) is None:
        return ()
    if find_spec("pyhanko") is None:
        return (Signature(state="unchecked"),)
    logging.getLogger("pyhanko").addHandler(logging.NullHandler())  # it reports each issuer that it does not know
    _quicken()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return tuple(_signatures(source.data)) or (_uprooted(source.data),)
        except MemoryError:
            raise
        except Exception:  # files are damaged in every way, and the text is worth more than the signature
            return (Signature(state="unchecked"),)


def _quicken() -> None:
    """Let pyHanko take hexadecimal strings whole: it takes them letter by letter, and a signature has 60,000.

    That was three quarters of the time of a signed gazette file's signature, 150 of 200 milliseconds.
    """
    from pyhanko.pdf_utils import generic

    if hasattr(generic, "read_hex_string_from_stream"):
        generic.read_hex_string_from_stream = _read_hexadecimal


def _read_hexadecimal(stream: BinaryIO) -> Any:
    """A string of a PDF, "<48 69>", from a stream that stands at its first sign and is left after its last."""
    from pyhanko.pdf_utils import generic, misc

    pieces: list[bytes] = []
    while (end := (piece := stream.read(4096)).find(b">")) < 0:
        if not piece:
            raise misc.PdfStreamError("Stream ended prematurely")
        pieces.append(piece)
    stream.seek(end + 1 - len(piece), io.SEEK_CUR)
    digits = b"".join([*pieces, piece[:end]])[1:].translate(None, b"\0\t\n\f\r ")
    try:
        return generic.pdf_string(binascii.unhexlify(digits + b"0" * (len(digits) % 2)))
    except binascii.Error as error:
        raise misc.PdfStreamError(f"Unexpected token in hex string: {error}") from error


def note(signature: Signature) -> str:
    """The signature as a note: ``signature:intact | Trần Văn Bình | UBND huyện ... | 2023-06-01T10:00:00+07:00``."""
    parts = (signature.signer, signature.body, signature.signed)
    told = (part or "" for part in parts) if any(parts) else ()
    return " | ".join((f"signature:{signature.state}", *told))


_NOTE = re.compile(r"signature:(intact|added-to|altered|unchecked)(?: \| (.*?) \| (.*?) \| (.*))?", re.DOTALL)


def read_note(written: str) -> Signature | None:
    """The signature of a `note`; ``None`` where the note is of something else.

    >>> read_note(note(Signature(state="intact", signer="Trần Văn Bình"))).signer
    'Trần Văn Bình'
    """
    found = _NOTE.fullmatch(written)
    if found is None:
        return None
    signer, body, signed = (part or None for part in found.groups()[1:])
    return Signature(state=cast("SignatureState", found[1]), signer=signer, body=body, signed=signed)


def _signatures(data: bytes) -> Iterator[Signature]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(data[max(data.find(b"%PDF-"), 0) :]), strict=False)
    for embedded in reader.embedded_regular_signatures[:_MOST]:
        names = _names(embedded)
        yield Signature(state=_state(embedded), signer=names[0], body=names[1], signed=_time(embedded))


def _uprooted(data: bytes) -> Signature:
    """What stands for signatures that the file holds and its form does not list: programs that make files smaller leave them so.

    Where they sign more bytes than there are, the file was certainly changed.
    """
    beyond = any(int(start) + int(length) > len(data) for start, length in _RANGE.findall(data))
    return Signature(state="altered" if beyond else "unchecked")


def _names(embedded: EmbeddedPdfSignature) -> tuple[str | None, str | None]:
    """Common name and organisation of the certificate; its other fields hold identity numbers, which nobody needs here."""
    try:
        subject: dict[str, Any] = embedded.signer_cert.subject.native
    except Exception:  # no certificate inside, or one that cannot be taken apart
        return None, None
    body = _first(subject.get("organization_name")) or _first(subject.get("organizational_unit_name"))
    return _first(subject.get("common_name")), body


def _first(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    text = " ".join(clean(str(value)).split()).replace("|", "/") if value else ""
    return text or None


def _time(embedded: EmbeddedPdfSignature) -> str | None:
    try:
        told = embedded.self_reported_timestamp
    except Exception:
        return None
    return told.isoformat() if told else None


def _state(embedded: EmbeddedPdfSignature) -> SignatureState:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        found = validate_pdf_signature(embedded, ValidationContext(trust_roots=[], allow_fetching=False))
    except MemoryError:
        raise
    except Exception:  # an algorithm that is not known, or a signature that breaks its form
        return "unchecked"
    level = found.modification_level
    if not (found.intact and found.valid) or level is None or level is ModificationLevel.OTHER:
        return "altered"
    return "intact" if found.docmdp_ok and level is not ModificationLevel.ANNOTATIONS else "added-to"
