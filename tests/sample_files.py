"""Files of every format, sound and hostile, made in memory; and what a worker may be asked to do with them."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import struct
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence

from docsearch.readers.isolation import Reading

PAPER = """ỦY BAN NHÂN DÂN
HUYỆN TÂN PHÚ ĐÔNG
Số: 12/BC-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tân Phú Đông, ngày 05 tháng 3 năm 2024
BÁO CÁO
Kết quả cải cách hành chính quý I năm 2024
Thực hiện Kế hoạch số 07/KH-UBND ngày 10/01/2024 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân huyện báo cáo như sau:
I. KẾT QUẢ
1. Tiếp nhận 1.250 hồ sơ, giải quyết đúng hạn 1.243 hồ sơ.
"""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


# --- Word -------------------------------------------------------------------------------------------------------------


def paragraphs(text: str) -> str:
    """Each line as a Word paragraph."""
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in text.splitlines())


def docx(body: str, *, namespace: str = _W, **parts: str) -> bytes:
    """A Word file with this body; `parts` are further parts by name (``numbering``, ``styles``, ``header1`` ...)."""
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>", namespace),
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in parts}),
    }
    files |= {
        f"word/{name}.xml": _part(_ROOTS.get(name.rstrip("0123456789"), name), content, namespace)
        for name, content in parts.items()
    }
    return zipped({name: content.encode() for name, content in files.items()})


_ROOTS = {"header": "hdr", "footer": "ftr"}


def _part(root: str, content: str, namespace: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{namespace}" xmlns:mc="{_MC}">{content}</w:{root}>'


def _relations(targets: Mapping[str, str]) -> str:
    rows = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_RELS}">{"".join(rows)}</Relationships>'


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# --- PDF --------------------------------------------------------------------------------------------------------------


def tarred(files: Mapping[str, bytes], mode: str = "w") -> bytes:
    """A tar archive; modes "w:gz", "w:bz2" and "w:xz" compress it as a whole."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def rar(files: Mapping[str, bytes]) -> bytes:
    """An archive as WinRAR 2.9 to 4 writes it, its members stored as they are."""

    def block(kind: int, flags: int, body: bytes) -> bytes:
        rest = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest

    data = b"Rar!\x1a\x07\0" + block(0x73, 0, bytes(6))
    for name, content in files.items():
        shown = name.encode()
        sizes = struct.pack("<IIBIIBBHI", len(content), len(content), 3, zlib.crc32(content), 0, 20, 0x30, len(shown), 0o100644)
        data += block(0x74, 0x8200, sizes + shown) + content
    return data + block(0x7B, 0x4000, b"")


Placed = tuple[float, float, str] | tuple[float, float, str, float]  # left, baseline, words, size
_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
%b
endcmap end end"""


def pdf(pages: Sequence[Sequence[Placed]], *, size: tuple[int, int] = (595, 842), extra: Sequence[bytes] = ()) -> bytes:
    """A PDF whose pages say these words at these places; `extra` are operators for each page's content."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *_font(pages)]
    kids = []
    for number, page in enumerate(pages):
        content = b"\n".join([b"BT", *map(_show, page), b"ET", *extra[number : number + 1]])
        objects.append(stream(content))
        kids.append(len(objects) + 1)
        box = f"/MediaBox [0 0 {size[0]} {size[1]}]".encode()
        objects.append(
            b"<< /Type /Page /Parent 2 0 R %b /Contents %d 0 R /Resources << /Font << /F 3 0 R >> >> >>" % (box, len(objects))
        )
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    return pdf_of(objects)


def stream(content: bytes, dictionary: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), dictionary, content)


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _show(placed: Placed) -> bytes:
    left, baseline, words, size = placed if len(placed) == 4 else (*placed, 12.0)
    return f"/F {size} Tf 1 0 0 1 {left} {baseline} Tm <{words.encode('utf-16-be').hex()}> Tj".encode()


def _font(pages: Sequence[Sequence[Placed]]) -> list[bytes]:
    used = sorted({char for page in pages for placed in page for char in placed[2]})
    rows = [f"1 beginbfchar <{ord(char):04x}> <{ord(char):04x}> endbfchar".encode() for char in used]
    return [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 500 /FontDescriptor 5 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 "
        b"/CapHeight 700 /ItalicAngle 0 /StemV 80 >>",
        stream(_UNICODE % b"\n".join(rows)),
    ]


def paper_pdf(pages: int = 1) -> bytes:
    """A sound PDF of some pages of plain lines."""
    lines: list[Placed] = [(72, 770 - 16 * row, line) for row, line in enumerate(PAPER.splitlines())]
    return pdf([lines] * pages)


_PICTURE = stream(b"\x80", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray")
_FILL = stream(b"q 595 0 0 842 0 0 cm /P Do Q")


def scanned_pdf() -> bytes:
    """A page that is one picture."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, _FILL, _PICTURE])


def with_scanned_page(words: Sequence[Placed]) -> bytes:
    """A page with these words, then one that is a picture."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 9 0 R /Resources << /XObject << /P 10 0 R >> >> >>"
    text = stream(b"\n".join([b"BT", *map(_show, words), b"ET"]))
    first = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /Resources << /Font << /F 3 0 R >> >> >>"
    pages = b"<< /Type /Pages /Kids [8 0 R 11 0 R] /Count 2 >>"
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", pages, *_font([words]), text, first, _FILL, _PICTURE, page])


def encrypted_pdf() -> bytes:
    """A PDF that wants a password that nobody knows."""
    key = bytes(range(1, 33)).hex().encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    objects.append(b"<< /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P -4 >>" % (key, key))
    return pdf_of(objects, b"/Encrypt 3 0 R /ID [<00> <00>]")


def owner_locked_pdf(words: str = "Quyet dinh so 60/QD-UBND") -> bytes:
    """A PDF that anybody may open, encrypted so that it may be neither printed nor copied (RC4, 40 bits: PDF 1.7, 7.6.2)."""
    rights, mark = struct.pack("<i", -64), bytes(16)
    owner = _rc4(hashlib.md5((b"chu so huu" + _PADDING)[:32]).digest()[:5], _PADDING)
    key = hashlib.md5(_PADDING + owner + rights + mark).digest()[:5]
    content = _rc4(hashlib.md5(key + b"\4\0\0\0\0").digest()[:10], f"BT /F 12 Tf 72 700 Td ({words}) Tj ET".encode())
    user = _rc4(key, _PADDING).hex().encode()
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
            stream(content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P -64 >>" % (owner.hex().encode(), user),
        ],
        b"/Encrypt 6 0 R /ID [<%b> <%b>]" % (mark.hex().encode(), mark.hex().encode()),
    )


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _rc4(key: bytes, data: bytes) -> bytes:
    state, at = list(range(256)), 0
    for place in range(256):
        at = (at + state[place] + key[place % len(key)]) % 256
        state[place], state[at] = state[at], state[place]
    out, one, other = bytearray(), 0, 0
    for byte in data:
        one = (one + 1) % 256
        other = (other + state[one]) % 256
        state[one], state[other] = state[other], state[one]
        out.append(byte ^ state[(state[one] + state[other]) % 256])
    return bytes(out)


# --- hostile ----------------------------------------------------------------------------------------------------------


def flate_bomb_pdf(size: int = 300_000_000) -> bytes:
    """A page whose content inflates to `size` bytes."""
    packer = zlib.compressobj(9)
    block = b" " * 1_000_000
    packed = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream(packed, b"/Filter /FlateDecode"),
        ]
    )


def lying_zip(data: bytes) -> bytes:
    """The archive with all declared sizes of inflated members set to 10."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = out.find(mark)
        while at >= 0:
            out[at + offset : at + offset + 4] = struct.pack("<I", 10)
            at = out.find(mark, at + 4)
    return bytes(out)


_LAUGHS = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE w [<!ENTITY a0 "ha">{_LAUGHS}]>'
SELF_REFERENCE = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox 4 0 R /Contents 4 0 R >>",
    b"4 0 R",
]
PAGES_LOOP = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]


def hostile() -> dict[str, bytes]:
    """Files that must cost one line each, by name."""
    paper, page = docx(paragraphs(PAPER)), paper_pdf(2)
    deep = "<w:ins>" * 20_000 + "</w:ins>" * 20_000
    return {
        "empty.pdf": b"",
        "blank.txt": b" \n\t\r\n ",
        "junk.pdf": bytes((value * 7 + 13) % 256 for value in range(5000)),
        "header-only.pdf": b"%PDF-1.7\n",
        "cut.pdf": page[: len(page) // 2],
        "cut.docx": paper[: len(paper) // 2],
        "cut.html.gz": gzip.compress(PAPER.encode())[:-20],
        "bomb.docx": docx("<w:p/>" + " " * 50_000_000),
        "lying-bomb.docx": lying_zip(docx("<w:p/>" + " " * 50_000_000)),
        "bomb.txt.gz": gzip.compress(b"a" * 50_000_000),
        "flate-bomb.pdf": flate_bomb_pdf(),
        "self-reference.pdf": pdf_of(SELF_REFERENCE),
        "pages-loop.pdf": pdf_of(PAGES_LOOP),
        "deep.docx": docx(f"<w:p>{deep}</w:p>"),
        "laughs.docx": zipped(
            {
                "[Content_Types].xml": b"<Types/>",
                "word/document.xml": BILLION_LAUGHS.encode() + b"<w:document>&a9;</w:document>",
            }
        ),
        "encrypted.pdf": encrypted_pdf(),
        "scanned.pdf": scanned_pdf(),
        "wrong-name.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
    }


# --- what a worker is asked to do -------------------------------------------------------------------------------------


def count(reading: Reading) -> int:
    """How many characters were read."""
    return sum(map(len, reading.raw.pages))


def behave(reading: Reading) -> object:
    """Do what the text says: ``hang``, ``spin``, ``crash``, ``eat``, ``fail``, ``recurse``, ``wrong``; else count."""
    deeds: dict[str, Callable[[], object]] = {
        "hang": lambda: time.sleep(600),
        "spin": _spin,
        "crash": os.abort,
        "eat": lambda: len(bytearray(1 << 36)),
        "fail": lambda: int("no number"),
        "recurse": lambda: _down(0),
        "wrong": lambda: os.system,
        "long": lambda: "x" * 100_000_000,
    }
    return deeds.get(reading.raw.pages[0].strip(), lambda: count(reading))()


def _spin() -> None:
    while True:
        pass


def _down(depth: int) -> int:
    return _down(depth + 1) + 1
