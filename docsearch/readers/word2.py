"""Word files of before Word 6 (.doc of Word for Windows 2) to text: plain, as these keep formats apart from it.

The text stands in one run of 8-bit letters, from the place that the header tells; tables are lines of cells.
"""

from __future__ import annotations

import re
import struct

from docsearch.errors import BrokenFile
from docsearch.model import RawText
from docsearch.readers.flow import squeeze
from docsearch.readers.source import Source
from docsearch.readers.wordbin import decode

_HEADER = 0x40
_FAST_SAVED, _ENCRYPTED = 0x0004, 0x0100
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x15]*))?\x15")  # its instruction, then its result
_BREAKS = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\a": "\t", "\x1e": "-", "\x1f": ""})
_OTHERS = re.compile("[\x00-\x06\x08\x0e-\x1d]")  # pictures, marks of notes


def read(source: Source) -> RawText:
    """One page: the main text; ``formats-passed-over`` says that automatic numbers and deletions are not known."""
    data = source.data
    if len(data) < _HEADER:
        raise BrokenFile(source.path, "damaged or cut short: its header is not whole")
    (flags,) = struct.unpack_from("<H", data, 0x0A)
    if flags & _ENCRYPTED:
        raise BrokenFile(source.path, "protected by a password")
    if flags & _FAST_SAVED:  # its text stands in pieces, in another order
        raise BrokenFile(
            source.path, "a Word 2 file saved in pieces (fast save): open it in Word or LibreOffice and save it again"
        )
    start, length = struct.unpack_from("<I", data, 0x18)[0], struct.unpack_from("<I", data, 0x34)[0]
    text = decode(data[start : start + length], 1).replace("\r\n", "\r")
    shown = _OTHERS.sub("", _FIELD.sub(r"\1", text)).translate(_BREAKS)
    return RawText(format="doc-old", pages=(squeeze(shown),), notes=("formats-passed-over",))
