"""What a sheet says of the file itself: blanks in its letterhead, digital signatures, what OCR saw, what was lost."""

from __future__ import annotations

from statistics import mean

from docsearch.cli.speech import say
from docsearch.model import Sheet, Signature

MOST = 5  # signatures


def facts(sheet: Sheet) -> list[tuple[str, object]]:
    """Label and words for a sheet, of what there is."""
    return [*_blanks(sheet), *_signatures(sheet), *_scan(sheet)]


def signatures(sheet: Sheet) -> list[Signature]:
    """The digital signatures of the sheet's file."""
    from docsearch.readers.signatures import read_note  # readers are not loaded for commands that read nothing

    return [signature for note in sheet.notes if note.startswith("signature:") and (signature := read_note(note))]


def _blanks(sheet: Sheet) -> list[tuple[str, object]]:
    """Number and date that the paper leaves blank, each with what was inferred in its place."""
    found = sheet.metadata
    if found is None:
        return []
    places = (("label-number", "number-blank", found.number), ("label-issued", "date-blank", found.issued))
    return [
        (say(label), say("blank-inferred", value=fact.value, how=say(f"how-{fact.how}")) if fact else say("blank"))
        for label, warning, fact in places
        if (warning in found.warnings and (fact is None or fact.span is None))
    ]


def _signatures(sheet: Sheet) -> list[tuple[str, object]]:
    signed = signatures(sheet)
    told = [
        ", ".join(part for part in (say(f"signature-{each.state}"), each.signer, each.body, (each.signed or "")[:16]) if part)
        for each in signed
    ]
    return [(say("label-signature"), "; ".join([*told[:MOST], *([say("more", count=len(told) - MOST)] if told[MOST:] else [])]))]


def _scan(sheet: Sheet) -> list[tuple[str, object]]:
    """How much of it OCR read, how surely, and what it left out."""
    seen = [float(note.rpartition(":")[2]) for note in sheet.notes if note.startswith("ocr:")]
    unsure = sum(int(note.rpartition(":")[2]) for note in sheet.notes if note.startswith("ocr-unsure:"))
    missed = sum(1 for note in sheet.notes if note.startswith(("page-without-text:", "page-damaged:")))
    told = [say("ocr-read", pages=len(seen), sure=mean(seen))] if seen else []
    told += [say("ocr-unsure", words=unsure)] if unsure else []
    told += [say("stamp-aside")] if any(note.startswith("incoming-stamp:") for note in sheet.notes) else []
    told += [say("pages-missed", pages=missed)] if missed else []
    return [(say("label-scan"), "; ".join(told))]
