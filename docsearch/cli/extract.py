"""The command that reads one file without any archive."""

from __future__ import annotations

import click

import docsearch
from docsearch import jsonform
from docsearch.cli import screen
from docsearch.cli.speech import command, option, relation_name, say
from docsearch.model import Citation, Extraction


@command("extract")
@click.argument("file", type=click.Path())
@option("--json", "as_json", is_flag=True)
def extract(file: str, as_json: bool) -> int:
    """What one file says of itself and which directives it cites; no archive needed."""
    found = docsearch.extract(file)
    if as_json:
        screen.emit_json(jsonform.extraction(found))
    else:
        _show(found)
    return 0 if found.findings.citations or found.metadata.doctype or found.metadata.number else 1


def _show(found: Extraction) -> None:
    meta = found.metadata
    labels = ("doctype", "number", "issued", "issuer", "place", "title", "signer_authority", "signer_position", "signer")
    screen.facts((say(f"label-{name.replace('_', '-')}"), fact.value) for name in labels if (fact := getattr(meta, name)))
    click.echo()
    screen.heading(say("cites-heading", count=len(found.findings.citations)))
    screen.emit_rows(
        (say("label-cited"), say("label-issued"), say("label-issuer"), say("label-relation"), say("label-place-in-text")),
        (_row(found.text, c) for c in found.findings.citations),
        wide=0,
    )


def _row(text: str, c: Citation) -> tuple[object, ...]:
    shown = ("  ↳ " if c.nested_in is not None else "") + (f"{c.pinpoint} " if c.pinpoint else "") + c.label
    line = text.count("\n", 0, c.span.start) + 1
    return (shown, c.issued, c.issuer, relation_name(c.relation), say("line", line=line))
