from __future__ import annotations

import datetime
import io
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sample_files as files

from docsearch import readers
from docsearch.metadata import read_metadata
from docsearch.model import RawText, Signature
from docsearch.readers import signatures

BODY, SIGNER = "ỦY BAN NHÂN DÂN HUYỆN TÂN PHÚ ĐÔNG", "Trần Văn Bình"


def read(data: bytes) -> RawText:
    return readers.read(Path("a.pdf"), data)


@cache
def signer() -> Any:
    """Someone with a key and a certificate that were made for this test."""
    pytest.importorskip("pyhanko", reason="the extra [signatures] is not installed")
    from asn1crypto import keys
    from asn1crypto import x509 as asn1
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = ec.generate_private_key(ec.SECP256R1())
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, BODY), (NameOID.COMMON_NAME, SIGNER)]
    name = x509.Name([x509.NameAttribute(kind, value) for kind, value in [*parts, (NameOID.USER_ID, "CCCD:082000000000")]])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    span = (datetime.datetime(2020, 1, 1), datetime.datetime(2050, 1, 1))
    certificate = made.not_valid_before(span[0]).not_valid_after(span[1]).sign(key, hashes.SHA256())
    secret = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signers.SimpleSigner(
        signing_cert=asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(secret),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )


def sign(data: bytes, field: str = "Signature1") -> bytes:
    who = signer()
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, sign_pdf

    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    return bytes(sign_pdf(writer, PdfSignatureMetadata(field_name=field), signer=who).getvalue())


def test_who_signed_for_which_body_and_when() -> None:
    raw = read(sign(files.paper_pdf()))
    found = raw.signatures[0]
    assert (found.state, found.signer, found.body) == ("intact", SIGNER, BODY)
    assert found.signed is not None
    assert datetime.datetime.fromisoformat(found.signed).tzinfo is not None
    assert raw.notes == (f"signature:intact | {SIGNER} | {BODY} | {found.signed}",)


@pytest.mark.parametrize("written", ["<>", "<48>", "<48 6\n9 4>", "<" + "00ff" * 5000 + ">", "<4g>", "<48"])
def test_hexadecimal_strings_are_read_as_pyhanko_reads_them(written: str) -> None:
    generic = pytest.importorskip("pyhanko.pdf_utils.generic", reason="the extra [signatures] is not installed")
    script = (
        "import io, sys; from pyhanko.pdf_utils import generic, misc\n"
        "stream = io.BytesIO(sys.stdin.buffer.read())\n"
        "try: print(repr(generic.read_hex_string_from_stream(stream)), stream.read())\n"
        "except misc.PdfReadError: print('refused')"
    )
    given = written.encode() + b" /Next"
    theirs = subprocess.run([sys.executable, "-c", script], input=given, capture_output=True, check=True).stdout.decode().strip()
    stream = io.BytesIO(given)
    try:
        ours = f"{signatures._read_hexadecimal(stream)!r} {stream.read()!r}"
    except generic.PdfReadError:
        ours = "refused"
    assert ours == theirs


@pytest.mark.parametrize(
    "signature",
    [
        Signature(state="intact", signer=SIGNER, body=BODY, signed="2023-06-01T10:00:00+07:00"),
        Signature(state="added-to", body=BODY),
        Signature(state="unchecked"),
    ],
    ids=["whole", "in part", "bare"],
)
def test_a_note_of_a_signature_is_read_back(signature: Signature) -> None:
    assert signatures.read_note(signatures.note(signature)) == signature
    assert signatures.read_note("ocr:1:0.9") is None


def test_numbers_of_persons_are_not_shown() -> None:
    assert "082000000000" not in repr(read(sign(files.paper_pdf())))


def test_a_changed_byte_is_seen() -> None:
    data = sign(files.paper_pdf())
    at = data.index(b"/F 12.0 Tf") + 4
    assert [each.state for each in read(data[:at] + b"3" + data[at + 1 :]).signatures] == ["altered"]


def test_a_signature_that_the_form_does_not_list_is_told() -> None:
    uprooted = sign(files.paper_pdf()).replace(b"/AcroForm", b"/XcroForm")
    assert [each.state for each in read(uprooted).signatures] == ["unchecked"]
    shrunk = re.sub(rb"(/ByteRange \[\d+ \d+ )\d(\d+ )", rb"\g<1>9\g<2>", uprooted)
    assert [each.state for each in read(shrunk).signatures] == ["altered"]


def test_a_second_signature_leaves_the_first_intact() -> None:
    data = sign(sign(files.paper_pdf()), "Signature2")
    assert [each.state for each in read(data).signatures] == ["intact", "intact"]


def test_a_page_put_over_the_signed_one_is_seen() -> None:
    data = sign(files.paper_pdf())
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    assert [each.state for each in signatures.read_signatures(_source(out.getvalue()))] == ["altered"]


def test_signing_says_nothing_of_the_paper() -> None:
    plain, signed = read(files.paper_pdf()), read(sign(files.paper_pdf()))
    assert signed.pages == plain.pages
    assert read_metadata("\n".join(signed.pages)) == read_metadata("\n".join(plain.pages))


@pytest.mark.parametrize("cut", [b"/ByteRange [0 10 20 99999999]", b"/ByteRange [", b"/ByteRange [0 -5 3]"])
def test_a_senseless_signature_costs_no_text(cut: bytes) -> None:
    data = files.paper_pdf() + b"\n% " + cut
    assert "12/BC-UBND" in "\n".join(read(data).pages)
    damaged = sign(files.paper_pdf()).replace(b"/ByteRange", cut[:10], 1).replace(b"/Adobe.PPKLite", b"/Adobe.Nobody!")
    assert "12/BC-UBND" in "\n".join(read(damaged).pages)


def test_unsigned_files_have_none_and_load_nothing() -> None:
    raw = read(files.paper_pdf())
    assert (raw.signatures, raw.notes) == ((), ())


def test_without_the_package_a_signature_is_said_to_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sign(files.paper_pdf())
    monkeypatch.setattr(signatures, "find_spec", lambda name: None)
    raw = read(data)
    assert raw.signatures == (Signature(state="unchecked"),)
    assert raw.notes == ("signature:unchecked",)


def _source(data: bytes) -> Any:
    from docsearch.readers.source import Source

    return Source(Path("a.pdf"), data)
