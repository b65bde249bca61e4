"""What a file is, by its content; its name only breaks ties between kinds of plain text.

Names lie: of 400 files called .doc some were HTML, some RTF, some DOCX, some empty.
"""

from __future__ import annotations

import io
import re
import zipfile

from docsearch.readers.ole import root_names

# code -> what a person calls it.  Those with a reader are listed in `readers.READERS`.
DESCRIPTIONS = {
    "empty": "an empty file",
    "txt": "plain text",
    "md": "Markdown text",
    "html": "a web page (HTML)",
    "docx": "Microsoft Word (.docx)",
    "pdf": "PDF",
    "gz": "a gzip-compressed file (.gz)",
    "doc": "Microsoft Word 97-2003 (.doc)",
    "doc-old": "Microsoft Word 2 (.doc)",
    "wri": "a Microsoft Write file (.wri)",
    "rtf": "Rich Text Format (.rtf)",
    "odt": "OpenDocument text (.odt)",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "odp": "an OpenDocument presentation (.odp)",
    "xlsx": "a Microsoft Excel workbook (.xlsx)",
    "xls": "a Microsoft Excel 97-2003 workbook (.xls)",
    "pptx": "a Microsoft PowerPoint presentation (.pptx)",
    "ppt": "a Microsoft PowerPoint 97-2003 presentation (.ppt)",
    "office-encrypted": "a Microsoft Office file protected by a password",
    "ole": "a Microsoft compound file of unknown content",
    "word-xml": "Microsoft Word 2003 XML",
    "eml": "an e-mail message (.eml)",
    "mht": "a saved web archive (.mht)",
    "msg": "a Microsoft Outlook message (.msg)",
    "epub": "an e-book (.epub)",
    "zip": "a ZIP archive (.zip)",
    "7z": "a 7-Zip archive (.7z)",
    "rar": "a RAR archive (.rar)",
    "bz2": "a bzip2-compressed file (.bz2)",
    "xz": "an xz-compressed file (.xz)",
    "tar": "a tar archive (.tar)",
    "png": "a PNG image",
    "jpeg": "a JPEG image",
    "tiff": "a TIFF image",
    "gif": "a GIF image",
    "bmp": "a bitmap image",
    "webp": "a WebP image",
    "csv": "a table as text (.csv, .tsv)",
    "xml": "XML data",
    "data": "structured data or program text, not a paper",
    "sqlite": "an SQLite database",
    "executable": "a program",
    "binary": "binary data of an unknown kind",
}

# Where the mark may stand, from and to; the mark; the code.
_MAGIC = (
    (0, 1024, b"%PDF-", "pdf"),  # some servers and mail programs put lines of their own before it
    (257, 262, b"ustar", "tar"),
    (8, 12, b"WEBP", "webp"),
    (0, 4, b"PK\x05\x06", "zip"),
    (0, 5, b"{\\rtf", "rtf"),
    (0, 2, b"\x1f\x8b", "gz"),
    (0, 6, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, 6, b"Rar!\x1a\x07", "rar"),
    (0, 3, b"BZh", "bz2"),
    (0, 6, b"\xfd7zXZ\x00", "xz"),
    (0, 8, b"\x89PNG\r\n\x1a\n", "png"),
    (0, 3, b"\xff\xd8\xff", "jpeg"),
    (0, 4, b"II*\x00", "tiff"),
    (0, 4, b"MM\x00*", "tiff"),
    (0, 4, b"GIF8", "gif"),
    (0, 16, b"SQLite format 3\x00", "sqlite"),
    (0, 4, b"\x7fELF", "executable"),
    (0, 2, b"MZ", "executable"),
    (0, 4, b"\xdb\xa5\x2d\x00", "doc-old"),
    (0, 4, b"\x31\xbe\x00\x00", "wri"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The streams in the root of a compound file; the first of these that is there decides.
_OLE_STREAMS = (
    ("EncryptedPackage", "office-encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__substg1.0_", "msg"),
    ("Book", "xls"),
)
_ZIP_MEMBERS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
# The part that has the text; it tells the format where what should tell it is damaged.
_ZIP_MAINS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"))
_ODF = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
}
_MARKDOWN_NAMES = frozenset({"md", "markdown", "mdown"})
_DATA_NAMES = frozenset(
    {"json", "jsonl", "ndjson", "yml", "yaml", "toml", "ini", "cfg", "conf", "py", "js", "css", "sql", "sh", "log"}
)
_TABLE_NAMES = frozenset({"csv", "tsv", "tab"})
_HEAD = 4096
_HTML_SURE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
_HTML_START = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*"
    r"<(?:div|p|table|h[1-6]|meta|title|style|script|center|font|span|section|article|main|ul|ol|b|strong|br)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_HEADER = re.compile(
    r"(?:From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|X-[\w-]+|Content-[\w-]+):", re.IGNORECASE
)
# A page saved with its pictures; a message whose pictures stand in its text looks the same, but was sent to somebody.
_ARCHIVE = re.compile(r"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b\x1a")


def describe(code: str) -> str:
    """What a person calls the format: ``describe("doc")`` is "Microsoft Word 97-2003 (.doc)"."""
    return DESCRIPTIONS.get(code, code)


def sniff(data: bytes, name: str) -> str:
    """The code of the format of `data`, a key of `DESCRIPTIONS`; ``binary`` where nothing is recognised.

    `name` decides only between kinds of plain text (``md``, ``data``) and never makes one of what is not text.
    """
    if not data:
        return "empty"
    return _by_magic(data) or _by_text(data, name.rpartition(".")[2].lower() if "." in name else "")


def _by_magic(data: bytes) -> str | None:
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return "bmp"
    return next((code for start, stop, magic, code in _MAGIC if magic in data[start:stop]), None)


def _zip_kind(data: bytes) -> str:
    names = _zip_names(data)
    if "mimetype" in names:
        return _ODF.get(_mimetype(data), "zip")
    main = next((code for member, code in _ZIP_MAINS if member in names), None)
    if main or "[Content_Types].xml" not in names:
        return main or "zip"
    return next((code for folder, code in _ZIP_MEMBERS if any(name.startswith(folder) for name in names)), "zip")


def _zip_names(data: bytes) -> frozenset[str]:
    """Names of the members; where the directory is lost (a broken download), those seen in the local headers."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        seen = re.findall(rb"PK\x03\x04.{26}([\w\[\]./-]{3,60})", data[:65536], re.DOTALL)
        return frozenset(_header_name(name) for name in seen)


def _header_name(found: bytes) -> str:
    match = re.match(rb"\[Content_Types\]\.xml|mimetype|(?:word|xl|ppt)/", found)
    return (match.group() if match else found).decode("ascii", "replace")


def _mimetype(data: bytes) -> str:
    # OpenDocument and EPUB: the first member is "mimetype", stored, so its text stands in the first bytes.
    found = re.search(rb"mimetype(application/[\w.+-]+?)(?=PK|$)", data[:200])
    return found[1].decode("ascii") if found else ""


def _ole_kind(data: bytes) -> str:
    names = root_names(data)
    if names:
        return next((code for stream, code in _OLE_STREAMS if any(name.startswith(stream) for name in names)), "ole")
    # Cut short or damaged: what the names are of is not known then, only that they are there.
    return next((code for stream, code in _OLE_STREAMS if stream.encode("utf-16-le") in data), "ole")


def _by_text(data: bytes, suffix: str) -> str:
    head = _text_head(data)
    if head is None:
        return "binary"
    return _mail_kind(head) or _by_marks(head, suffix) or _by_name(suffix)


def _by_name(suffix: str) -> str:
    if suffix in _TABLE_NAMES:
        return "csv"
    return "data" if suffix in _DATA_NAMES else "txt"


def _by_marks(head: str, suffix: str) -> str | None:
    if suffix in _MARKDOWN_NAMES:  # which may hold any HTML
        return "md"
    if _HTML_SURE.search(head):
        return "html"
    if head.lstrip().startswith("<?xml"):
        return _xml_kind(head)
    return "html" if _HTML_START.match(head) else None


def _text_head(data: bytes) -> str | None:
    """The first characters of `data`, for looking at; ``None`` where they are not text."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if utf16 := guess_utf16(data):
        return head.decode(utf16, "replace")
    controls = sum(1 for byte in head if byte < 32 and byte not in _TEXT_CONTROLS)
    # VISCII keeps six letters among the control codes; they are rare.  NUL is in no 8-bit text, but files damaged by a
    # copy hold a few.
    if controls > len(head) / 50:
        return None
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def guess_utf16(data: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where bytes without a mark look like it: NULs at one parity only.

    In Vietnamese UTF-16 text half to two thirds of the high bytes are 0, the others 1, 3, 0x1E and 0x20.
    """
    head = data[: _HEAD * 4]
    if len(head) < 4 or len(data) % 2:
        head = head[: len(head) // 2 * 2]
    if len(head) < 4:
        return None
    even, odd, half = head[0::2].count(0), head[1::2].count(0), len(head) // 2
    if odd > half * 0.3 and even * 20 <= odd:
        return "utf-16-le"
    if even > half * 0.3 and odd * 20 <= even:
        return "utf-16-be"
    return None


def _mail_kind(head: str) -> str | None:
    """``eml`` or ``mht`` where the text begins with the headers of a message."""
    head = head.lstrip()
    if not _MAIL_HEADER.match(head):
        return None
    headers = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    count = sum(1 for line in headers.splitlines()[:200] if _MAIL_HEADER.match(line))
    if _has_header(headers, "MIME-Version") and _ARCHIVE.search(headers) and not _has_header(headers, "To|Received|Return-Path"):
        return "mht"
    return "eml" if count >= 3 and _has_header(headers, "MIME-Version|Message-ID|Received|Return-Path") else None


def _has_header(headers: str, names: str) -> bool:
    return re.search(rf"^(?:{names}):", headers, re.IGNORECASE | re.MULTILINE) is not None


def _xml_kind(head: str) -> str:
    if re.search(r"<(?:\w+:)?wordDocument\b|progid=\"Word\.Document\"", head):
        return "word-xml"
    if re.search(r"<pkg:package\b", head):
        return "word-xml"
    return "html" if re.search(r"<html[\s>]", head, re.IGNORECASE) else "xml"
