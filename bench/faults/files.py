"""Faults of the files themselves, through the reading processes: each must cost one outcome, with its reason on one line."""

from __future__ import annotations

import io
import random
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.faults.place import in_child
from bench.faults.rows import Row, Verdict, count, sample_files
from bench.faults.sound import sound_files
from docsearch import library
from docsearch.errors import ReadError
from docsearch.readers.isolation import Limits, ReaderPool
from docsearch.readers.parts import part_path
from docsearch.readers.source import MIB

LIMITS = Limits(seconds=10, cpu_seconds=10, memory=1024 * MIB, inflated_bytes=64 * MIB)
SEED = 20230206


def read_all(fault: str, files: Mapping[str, bytes], folder: Path) -> Row:
    """Read them; survived is a file with an outcome, lost one without any."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    results: Counter[str] = Counter()
    broke = []
    with ReaderPool(2, LIMITS) as pool:
        for path, result in pool.read_all(sorted(folder.iterdir())):
            results["refused" if isinstance(result, ReadError) else "read"] += 1
            held = () if isinstance(result, ReadError) else tuple(part_path(path, part.name) for part in result.raw.parts)
            for name, found in ((path, result), *pool.read_all(held)):
                if isinstance(found, ReadError) and ("the program failed" in found.reason or "\n" in found.reason):
                    broke.append(f"{Path(name).name}: {found.reason}")
    for line in broke:
        print(line, file=sys.stderr)
    lost = len(files) - results.total()
    return Row(fault, len(files), results.total() - len(broke), lost, f"{results['read']} read, {results['refused']} refused")


def spoiled_formats(folder: Path, times: int) -> list[Row]:
    """A sound file of each format, cut off and with flipped bits; the files that one holds are read too."""
    return [
        read_all(f"{form}: cut off, bits flipped", _cut(form, data, times) | _flipped(form, data, times), folder / form)
        for form, data in sorted(sound_files().items())
    ]


def _cut(form: str, data: bytes, times: int) -> dict[str, bytes]:
    chance = random.Random(SEED)
    return {f"cut{number}.{form}": data[: chance.randrange(len(data))] for number in range(times)}


def _flipped(form: str, data: bytes, times: int) -> dict[str, bytes]:
    chance = random.Random(SEED + 1)
    made = {}
    for number in range(times):
        spoiled = bytearray(data)
        for _ in range(chance.randint(1, 40)):
            spoiled[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        made[f"flip{number}.{form}"] = bytes(spoiled)
    return made


def bombs(folder: Path) -> Row:
    hostile = sample_files().hostile()
    return read_all("ZIP, XML, gzip and Flate bombs, deep nesting, passwords, wrong names", hostile, folder / "hostile")


def malformed_pdfs(folder: Path) -> Row:
    return read_all("malformed PDF files", pdfs(), folder / "pdfs")


def pdfs() -> dict[str, bytes]:
    """What PDF libraries are known to stumble over."""
    made = sample_files()
    sound: bytes = made.paper_pdf(3)
    table = sound.rindex(b"xref", 0, sound.rindex(b"startxref"))
    catalogue, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
    loop = made.stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")
    tiny = made.stream(b"BT " + b"/F 1 Tf (a) Tj " * 60_000 + b"ET")
    files = {
        "empty": b"", "junk": random.Random(SEED).randbytes(9000), "html": b"<html><body>404 Not Found</body></html>",
        "header-only": b"%PDF-1.7\n", "half": sound[: len(sound) // 2], "most": sound[: len(sound) * 95 // 100],
        "no-table": sound[:table], "wrong-lengths": sound.replace(b"/Length ", b"/Length 9"), "junk-before": b"\0" * 2000 + sound,
        "pages-loop": made.pdf_of(made.PAGES_LOOP), "self-reference": made.pdf_of(made.SELF_REFERENCE),
        "form-loop": made.pdf_of([catalogue, pages, page, made.stream(b"/X Do"), loop]),
        "many-tiny-objects": made.pdf_of([catalogue, pages, page, tiny]), "flate-bomb": made.flate_bomb_pdf(),
        "encrypted": made.encrypted_pdf(), "owner-locked": made.owner_locked_pdf(), "scanned": made.scanned_pdf(),
    }  # fmt: skip
    files |= {f"bits-{name}": data for name, data in _flipped("", sound, 12).items()}
    return {f"{name}.pdf": data for name, data in files.items()}


SECRET = "khong-duoc-thay"


def ways_out(folder: Path) -> Row:
    """Files that name others: by entities, links, names of members, targets of relations; nothing of those may be read."""
    made, corpus = sample_files(), folder / "ways-out"
    corpus.mkdir(parents=True)
    secret = folder / "secret.txt"
    secret.write_text(SECRET)
    for name, data in _ways(made, secret).items():
        (corpus / name).write_bytes(data)
    (corpus / "link.txt").symlink_to(secret)
    (corpus / "up").symlink_to(folder, target_is_directory=True)
    return count(
        "links, names and entities that lead out of the corpus, or to the network", 1, lambda _: _kept_in(folder, corpus)
    )


def _kept_in(folder: Path, corpus: Path) -> Verdict:
    """Whether all was read, nothing of the secret came in, and nobody asked the network."""
    target = folder / "ways-out-index"
    before = {path for path in folder.rglob("*") if target not in path.parents}
    ended = in_child(lambda: _texts(target, corpus), inline=False)
    if ended.code:
        return ended.verdict
    after = {path for path in folder.rglob("*") if target not in path.parents and path != target}
    return "whole" if ended.said and not any(SECRET in text for text in ended.said) and after == before else "differs"


def _texts(target: Path, corpus: Path) -> list[str]:
    with library.open(target, create=True) as archive:
        archive.index([corpus], workers=1)
        return [archive.catalogue.documents.text(id)[0] for id in archive.catalogue.documents.ids()]


def _ways(made: Any, secret: Path) -> dict[str, bytes]:
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y SYSTEM "http://127.0.0.1:9/x">]>'.encode()
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    word += b"<w:t>A &x;&y;</w:t></w:r></w:p></w:body></w:document>"
    frame = f"<html><body><p>A &x; &y;</p><iframe src='{secret.as_uri()}'></iframe></body></html>".encode()
    return {
        "entity.docx": made.zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": entity + word}),
        "entity.html": entity + frame,
        "entity.txt": entity,
        "names.zip": made.zipped({"../secret.txt": b"A", "/etc/passwd": b"B", "..\\..\\secret.txt": b"C", "C:\\x.txt": b"D"}),
        "link.zip": _zip_with_link(secret),
        "sound.txt": made.PAPER.encode(),
    }  # fmt: skip


def _zip_with_link(target: Path) -> bytes:
    """An archive with a member that Unix takes for a symbolic link."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, str(target))
    return buffer.getvalue()
