"""Mail and archives: what they say, and the files that they hold."""

from __future__ import annotations

import hashlib
import io
import random
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
import sample_office as office
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import PAPER, docx, lying_zip, paragraphs, rar, tarred, zipped

from docsearch import readers
from docsearch.errors import BrokenFile, LimitExceeded, MissingExtra, ReadError
from docsearch.model import RawText
from docsearch.readers import Limits, msg, packed
from docsearch.readers.isolation import ReaderPool, Reading
from docsearch.readers.parts import clean_names, load_part, outer_path, part_path
from docsearch.readers.source import Source

LETTER = "Kính gửi xã,\n\nBáo cáo số 12/BC-UBND kèm theo.\n"
REPORT = docx(paragraphs(PAPER))
FILES = {"báo cáo.docx": REPORT, "ghi chú.txt": "Số: 1/TB-UBND".encode()}
HEADERS = "From: Văn thư <vanthu@anlac.gov.vn>\nTo: {}\nDate: {}\nSubject: Gửi báo cáo\n"


def read(data: bytes, limits: Limits | None = None, name: str = "a.bin") -> RawText:
    return readers.read(Path(name), data, limits=limits)


def names(raw: RawText) -> list[str]:
    return [part.name for part in raw.parts]


def inner(folder: Path, data: bytes, *steps: str, name: str = "a.bin") -> bytes:
    """What `load_part` takes out of a file on disk."""
    (folder / name).write_bytes(data)
    path = str(folder / name)
    for step in steps:
        path = part_path(path, step)
    return load_part(Path(path), Limits()).data


# --- every container --------------------------------------------------------------------------------------------------


def seven_zip(files: dict[str, bytes]) -> bytes:
    import libarchive

    written: list[bytes] = []

    def write(piece: bytes) -> int:
        written.append(bytes(piece))
        return len(piece)

    with libarchive.custom_writer(write, "7zip") as archive:
        for name, data in files.items():
            archive.add_file_from_memory(name, len(data), data)
    return b"".join(written)


CONTAINERS = {
    "zip": zipped(FILES),
    "tar": tarred(FILES),
    "eml": office.eml(LETTER, FILES),
    "msg": office.msg(LETTER, {name: data.ljust(4096, b"\n") for name, data in FILES.items()}),
}
UNPACKS = packed._missing() is None
if UNPACKS:
    CONTAINERS |= {"rar": rar(FILES), "7z": seven_zip(FILES)}
unpacks = pytest.mark.skipif(not UNPACKS, reason="the extra [archives] or its library is not installed")


@pytest.mark.parametrize("form", CONTAINERS)
def test_what_a_file_holds_is_named_and_can_be_taken_out(form: str, tmp_path: Path) -> None:
    raw = read(CONTAINERS[form])
    assert raw.format == form
    assert names(raw) == list(FILES)
    for part in raw.parts:
        data = inner(tmp_path, CONTAINERS[form], part.name)
        assert (part.id, part.size, part.problem) == (hashlib.sha256(data).hexdigest(), len(data), None)
        assert data.rstrip(b"\n") == FILES[part.name]


@pytest.mark.parametrize("form", CONTAINERS)
def test_part_is_read_like_a_file(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(CONTAINERS[form])
    path = part_path(str(tmp_path / "a.bin"), "ghi chú.txt")
    with ReaderPool(1) as pool:
        reading = pool.submit(path).result()
        with pytest.raises(ReadError, match="no such file"):
            pool.submit(path + "x").result()
    assert isinstance(reading, Reading)
    assert (reading.path, reading.raw.pages[0].strip()) == (path, "Số: 1/TB-UBND")
    assert reading.mtime_ns == (tmp_path / "a.bin").stat().st_mtime_ns


@pytest.mark.parametrize("form", CONTAINERS)
@pytest.mark.parametrize("cut", [False, True], ids=["flipped", "cut"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_spoiled_file_is_read_or_refused(form: str, cut: bool, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(CONTAINERS[form])
    for _ in range(chance.choice([1, 4, 40])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        raw = read(bytes(data[: chance.randrange(1, len(data))] if cut else data))
        assert raw.pages or raw.parts
    except ReadError as error:
        assert "\n" not in str(error)


def test_a_damaged_name_of_an_encoding_is_passed_over() -> None:
    data = b"From: a@b.vn\nTo: c@d.vn\nMIME-Version: 1.0\nContent-Type: text/plain; charset=u\0f-8\n\nB\xe1o c\xe1o\n"
    assert "Báo cáo" in read(data).pages[0]


def test_container_in_a_container(tmp_path: Path) -> None:
    data = zipped({"thư/a.eml": office.eml(LETTER, FILES)})
    assert inner(tmp_path, data, "thư/a.eml", "ghi chú.txt") == FILES["ghi chú.txt"]
    assert outer_path(part_path(part_path(str(tmp_path / "a.bin"), "thư/a.eml"), "b")) == str(tmp_path / "a.bin")


def test_a_real_folder_with_such_a_name_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.txt": b"trong"}))
    (tmp_path / "a.zip!").mkdir()
    (tmp_path / "a.zip!" / "b.txt").write_bytes(b"ngo\xc3\xa0i")
    assert load_part(Path(part_path(str(tmp_path / "a.zip"), "b.txt")), Limits()).data == "ngoài".encode()


def test_archives_in_each_other_without_end_are_refused(tmp_path: Path) -> None:
    data = b"x"
    for _ in range(9):
        data = zipped({"a.zip": data})
    with pytest.raises(LimitExceeded, match="nested too deeply"):
        inner(tmp_path, data, *["a.zip"] * 6)


# --- archives ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Văn bản\\a.doc", "C/Văn bản/a.doc"),
        ("a/./b//c.doc", "a/b/c.doc"),
        ("ba\u0301o ca\u0301o.doc", "báo cáo.doc"),
        ("a\nb\x1b.doc", "a_b_.doc"),
        ("..", "file"),
        ("x" * 5000 + ".doc", "x" * 196 + ".doc"),
    ],
)
def test_names_lead_nowhere_else(given: str, clean: str) -> None:
    assert list(clean_names([given])) == [clean]


@given(st.lists(st.text(max_size=12), max_size=20))
def test_names_are_unique_and_relative(given: list[str]) -> None:
    clean = list(clean_names(given))
    assert len({name.lower() for name in clean}) == len(given)
    assert not [name for name in clean if name.startswith("/") or ".." in name.split("/") or not name]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258", "cp437"])
def test_names_of_old_programs_are_read(encoding: str) -> None:
    name = {"utf-8": "Báo cáo số 5.txt", "cp1258": "Bâo cảo.txt", "cp437": "é½.txt"}[encoding]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("N" * len(_bytes(name, encoding)), b"x")
    data = buffer.getvalue().replace(b"N" * len(_bytes(name, encoding)), _bytes(name, encoding))
    assert names(read(data)) == [name]


def _bytes(name: str, encoding: str) -> bytes:
    return name.replace("ả", "a\u0309").encode(encoding) if encoding == "cp1258" else name.encode(encoding)


def test_traces_of_programs_are_left_out_and_counted() -> None:
    raw = read(zipped({"a.txt": b"x", "__MACOSX/._a.txt": b"y", "~$a.docx": b"z", ".DS_Store": b"", "sub/Thumbs.db": b""}))
    assert (names(raw), raw.notes) == (["a.txt"], ("left-out:4",))


def test_one_bad_member_does_not_take_the_others() -> None:
    data = bytearray(zipped({"a.txt": b"one " * 50, "b.txt": b"two " * 50, "c.txt": b"x" * 3_000_000}, 0))
    data[data.index(b"one ") + 3] ^= 1
    raw = read(bytes(data), Limits(inflated_bytes=2_000_000))
    problems = {part.name: part.problem for part in raw.parts}
    assert problems["b.txt"] is None
    assert "damaged" in str(problems["a.txt"])
    assert "inflates to more" in str(problems["c.txt"])


def test_member_under_a_password_is_named() -> None:
    data = bytearray(zipped({"a.txt": b"x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert read(bytes(data)).parts[0].problem == "protected by a password"


HOSTILE = {
    "empty.zip": (zipped({}), BrokenFile, "no file in it"),
    "clutter.zip": (zipped({".DS_Store": b""}), BrokenFile, "no file in it"),
    "bomb.zip": (zipped({f"{n}.txt": b" " * 9_000_000 for n in range(9)}), LimitExceeded, "its files inflate to more"),
    "lying.zip": (lying_zip(zipped({f"{n}.txt": b" " * 9_000_000 for n in range(9)})), LimitExceeded, "inflate"),
    "many.zip": (zipped(dict.fromkeys(map(str, range(1200)), b"")), LimitExceeded, "1,200 files in it"),
    "many.eml": (office.eml("x", dict.fromkeys(map(str, range(1200)), b"y")), LimitExceeded, "1,200 attachments"),
    "cut.zip": (zipped({"a.txt": b"x" * 1000}, 0)[:600], BrokenFile, "cut short"),
    "cut.msg": (CONTAINERS["msg"][:3000], BrokenFile, "damaged or cut short"),
    "deep.eml": (
        b"From: a\nTo: b\nMIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
        LimitExceeded,
        "nested too deeply",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_costs_one_line(name: str) -> None:
    data, kind, words = HOSTILE[name]
    if name == "lying.zip":  # the declared sizes are what Python's zipfile stops at: each member is damaged then
        assert {part.problem is not None for part in read(data, Limits(inflated_bytes=10_000_000)).parts} == {True}
        return
    with pytest.raises(kind, match=words) as caught:
        read(data, Limits(inflated_bytes=10_000_000, parts=1000), name)
    assert "\n" not in str(caught.value)


# --- mail -------------------------------------------------------------------------------------------------------------


def test_message_is_its_headers_and_words() -> None:
    raw = read(office.eml(LETTER))
    assert raw.pages == (HEADERS.format("xa@anlac.gov.vn", "Tue, 05 Mar 2024 08:00:00 +0700") + "\n" + LETTER.strip(),)
    raw = read(office.msg(LETTER))
    assert raw.pages[0].replace("\0", "") == HEADERS.format("Xã", "2024-03-05 01:00 UTC") + "\n" + LETTER.strip()


def mail(kind: str, *parts: str, headers: str = "To: b@c.vn\n") -> bytes:
    body = "".join(f"\n--b\n{part}" for part in parts)
    head = f"From: a@b.vn\n{headers}Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=b\n"
    return f"{head}{body}\n--b--\n".encode()


PLAIN = "Content-Type: text/plain; charset=utf-8\n\nlời văn\n"
PAGE = "Content-Type: text/html; charset=utf-8\n\n<p>trang <b>web</b></p>\n"
PICTURE = "Content-Type: image/png; name=logo.png\nContent-ID: <x>\nContent-Disposition: inline\n\nx\n"


def test_of_alternatives_one_is_shown_and_pictures_in_the_words_are_counted() -> None:
    assert read(mail("alternative", PLAIN, PAGE)).pages[0].endswith("\n\nlời văn")
    assert read(mail("alternative", "Content-Type: text/plain\n\n \n", PAGE)).pages[0].endswith("\n\ntrang web")
    raw = read(mail("related", PAGE, PICTURE))
    assert (raw.format, raw.parts, raw.notes) == ("eml", (), ("inline-pictures:1",))


def test_message_in_a_message_is_a_part(tmp_path: Path) -> None:
    forwarded = "Content-Type: message/rfc822\n\n" + office.eml(LETTER, {"a.txt": b"x"}).decode()
    data = mail("mixed", PLAIN, forwarded)
    assert names(read(data)) == ["Gửi báo cáo.eml"]
    assert inner(tmp_path, data, "Gửi báo cáo.eml", "a.txt") == b"x"
    data = office.msg("thư", {"Chuyển tiếp": office.letter_tree(LETTER, {"a.txt": b"x" * 5000})})
    assert names(read(data)) == ["Chuyển tiếp.eml"]
    assert inner(tmp_path, data, "Chuyển tiếp.eml", "a.txt", name="b.bin").startswith(b"x" * 5000)


def test_sealed_and_signed_mail() -> None:
    signature = "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n"
    assert read(mail("signed", PLAIN, signature)).parts == ()
    sealed = "Content-Type: application/pkcs7-mime; name=smime.p7m\n\nx\n"
    assert [part.problem for part in read(mail("mixed", PLAIN, sealed)).parts] == ["encrypted for its receiver"]


def test_compressed_rich_text_is_unpacked() -> None:
    text = b"{\\rtf1\\ansi\\ansicpg1252\\pard B\\'e1o c\\'e1o, b\\'e1o c\\'e1o, b\\'e1o c\\'e1o}"
    packed = bytes.fromhex(
        "34000000490000004c5a4675704154aa03000a007263706731323502320af320425c276531cc6f2000e00ee22c200c300eef050f077d1180"
    )
    assert msg.inflate(Source(Path("a"), b""), packed) == text
    with pytest.raises(BrokenFile, match="damaged"):
        msg.inflate(Source(Path("a"), b""), b"\0" * 20)


def test_saved_page_is_read_without_its_pictures() -> None:
    page = "".join(f"<p>{line}</p>" for line in PAPER.splitlines())
    page = f"Content-Type: text/html; charset=utf-8\n\n<html><body>{page}</body></html>\n"
    raw = read(mail("related", page, PICTURE, headers="Snapshot-Content-Location: http://x.vn\n"))
    assert raw.format == "mht"
    assert raw.pages[0].splitlines() == PAPER.splitlines()
    with pytest.raises(BrokenFile, match="no web page"):
        read(mail("related", PICTURE, headers=""))


# --- archives that are read from front to end -------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_tar_compressed_as_a_whole(mode: str, tmp_path: Path) -> None:
    data, name = tarred(FILES, mode), f"hồ sơ.tar.{mode[2:]}"
    assert names(read(data, name=name)) == list(FILES)
    assert inner(tmp_path, data, "ghi chú.txt", name=name) == FILES["ghi chú.txt"]


def test_links_and_devices_in_a_tar_are_no_files() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("mật khẩu", tarfile.SYMTYPE), ("lại", tarfile.LNKTYPE), ("ống", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        archive.addfile(tarfile.TarInfo("../../trống.txt"))
    assert names(read(buffer.getvalue())) == ["trống.txt"]


def test_of_an_archive_that_is_cut_short_the_first_members_are_read() -> None:
    raw = read(tarred({"a.txt": b"a" * 5000, "b.txt": b"b" * 5000})[:8000])
    assert [(part.name, part.problem) for part in raw.parts] == [
        ("a.txt", None),
        ("b.txt", "damaged or cut short: unexpected end of data"),
    ]
    assert any(note.startswith("cut-short:") for note in raw.notes)


def test_bytes_of_members_are_counted() -> None:
    data = tarred({"a.txt": b"a" * 5000, "b.txt": b"b"}, "w:xz")
    limits = Limits(inflated_bytes=20_000)
    assert names(read(data, limits)) == ["a.txt", "b.txt"]
    with pytest.raises(LimitExceeded, match="inflates to more"):
        read(tarred({"a.txt": bytes(50_000)}, "w:xz"), limits)
    small = read(tarred({"a.txt": b"a" * 5000, "b.txt": b"b"}), Limits(inflated_bytes=2000))
    assert [part.problem is None for part in small.parts] == [False, True]
    with pytest.raises(LimitExceeded, match="more than 1 files"):
        read(tarred(FILES), Limits(parts=1))


@unpacks
def test_names_of_packed_files_do_not_depend_on_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    script = f"from pathlib import Path; from docsearch import readers; raw = readers.read(Path('a.rar'), {rar(FILES)!r})"
    script += "; print(ascii([part.name for part in raw.parts]))"
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.setenv(name, "C")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    monkeypatch.setenv("PYTHONUTF8", "0")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == ascii(list(FILES))


@unpacks
def test_a_damaged_packed_archive_costs_one_line() -> None:
    with pytest.raises(BrokenFile, match="damaged or cut short"):
        read(CONTAINERS["7z"][:60])


def test_without_the_library_a_packed_archive_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_missing", lambda: "it needs pip install 'docsearch[archives]'")
    with pytest.raises(MissingExtra, match=r"RAR archive.*docsearch\[archives\]"):
        read(rar(FILES))
