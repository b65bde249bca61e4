"""A sound file of each format that has a reader, to be spoiled."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from pathlib import Path

from bench.faults.rows import sample_files, sample_office
from docsearch.readers import READERS

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ("png", "jpeg", "tiff", "bmp", "webp", "gif")
SMALLEST = 3000  # bytes: with less in it little can be spoiled


def sound_files() -> dict[str, bytes]:
    """By format, real ones where they are there; pictures only where they can be made."""
    made = {**_texts(), **_office(), **_holders(), **_pictures(), **_real()}
    left_out = READERS.keys() - made.keys() - {*PICTURES, "7z", "ole"}  # what an OLE file holds is a doc, xls or msg
    assert not left_out, f"no sound file of {left_out}"
    return made


def _texts() -> dict[str, bytes]:
    paper, made = sample_files().PAPER, sample_files()
    lines = "".join(f"<p>{line}</p>" for line in paper.splitlines())
    page = f"<html><head><meta charset='utf-8'></head><body>{lines}</body></html>".encode()
    rows = "".join(f"{n};{line};;\n" for n, line in enumerate(paper.splitlines()))
    return {
        "txt": paper.encode("utf-16"), "md": b"# " + paper.encode(), "html": page, "gz": gzip.compress(page * 3),
        "bz2": bz2.compress(page * 3), "xz": lzma.compress(page * 3), "csv": rows.encode(),
        "pdf": made.paper_pdf(2), "docx": made.docx(made.paragraphs(paper)),
        "rtf": ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}" + "\\par ".join(map(_rtf, paper.splitlines())) + "}").encode(),
    }  # fmt: skip


def _rtf(line: str) -> str:
    return "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in line)


def _office() -> dict[str, bytes]:
    made, paper = sample_office(), sample_files().PAPER.splitlines()
    lines = "".join(f"<text:p>{line}</text:p>" for line in paper)
    cells = f"<table:table><table:table-row><table:table-cell>{lines}</table:table-cell></table:table-row></table:table>"
    frame = f"<draw:page><draw:frame><draw:text-box>{lines}</draw:text-box></draw:frame></draw:page>"
    rows = "".join(f'<row r="{n}"><c t="inlineStr"><is><t>{line}</t></is></c></row>' for n, line in enumerate(paper, 1))
    return {
        "doc": made.doc(*(f"{line}\r" for line in paper)), "odt": made.odf(lines),
        "ods": made.odf(cells, kind="spreadsheet"), "odp": made.odf(frame, kind="presentation"),
        "xlsx": made.xlsx({"Bảng": rows}), "xls": made.xls({"Bảng": [[line, 3.0] for line in paper]}),
        "pptx": made.pptx(made.shape(*paper)), "ppt": made.ppt([(paper[:2], paper[2:])]), "word-xml": made.word_2003(paper),
    }  # fmt: skip


def _holders() -> dict[str, bytes]:
    made, office, paper = sample_files(), sample_office(), sample_files().PAPER
    inner = {"1.docx": made.docx(made.paragraphs(paper)), "2.zip": made.zipped({"3.txt": paper.encode()})}
    page = f"<html><body>{paper}</body></html>"
    mht = "Snapshot-Content-Location: http://x.vn\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    mht += f"--b\nContent-Type: text/html; charset=utf-8\n\n{page}\n--b--\n"
    return {
        "zip": made.zipped(inner), "tar": made.tarred(inner), "rar": made.rar(inner), **_packed(inner),
        "eml": office.eml(paper, inner), "msg": office.msg(paper, inner),
        "mht": f"From: <x>\n{mht}".encode(),
    }  # fmt: skip


def _packed(files: dict[str, bytes]) -> dict[str, bytes]:
    """A 7z archive; nothing where the extra for it is not installed."""
    try:
        import libarchive
    except (ImportError, OSError, AttributeError, TypeError):
        return {}
    written = bytearray()

    def write(piece: bytes) -> int:
        written.extend(piece)
        return len(piece)

    with libarchive.custom_writer(write, "7zip") as archive:
        for name, data in files.items():
            archive.add_file_from_memory(name, len(data), data)
    return {"7z": bytes(written)}


def _pictures() -> dict[str, bytes]:
    """A page drawn, in each form of picture; nothing where the extra for it is not installed."""
    try:
        from PIL import Image, ImageDraw
    except ImportError:
        return {}
    page, found = Image.new("L", (900, 300), 255), {}
    ImageDraw.Draw(page).multiline_text((20, 20), "UY BAN NHAN DAN\nSo: 12/BC-UBND", fill=0, font_size=40)
    for form in PICTURES:
        buffer = io.BytesIO()
        page.save(buffer, form)
        found[form] = buffer.getvalue()
    return found


def _real() -> dict[str, bytes]:
    """The smallest real files that are large enough; none where the folder of real ones is not there."""
    found: dict[str, bytes] = {}
    for folder in (ROOT / "corpus", ROOT.parent / "shared" / "data"):
        paths = (path for path in folder.glob("*/**/*.*") if path.suffix[1:].lower() in READERS and path.is_file())
        for path in sorted(paths, key=lambda path: path.stat().st_size):
            if path.suffix.lower() not in (".md", ".txt") and path.stat().st_size > SMALLEST:
                found.setdefault(path.suffix[1:].lower(), path.read_bytes())
    return found
