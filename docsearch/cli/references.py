"""Commands about one reference: show, lookup, cites, cited-by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from docsearch import jsonform, library
from docsearch.cli import reading, screen, standing
from docsearch.cli.speech import command, option, relation_name, say
from docsearch.model import Cited, Citing, Directive, Fact, Link, Lookup, Metadata, Sheet, Version


@command("show")
@click.argument("reference")
@option("--on", type=click.DateTime(["%Y-%m-%d"]))
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(where: str, reference: str, on: datetime | None, as_json: bool) -> int:
    """All about one directive or document: its facts, what it cites, who cites it."""
    with library.open(where) as archive:
        sheets = archive.show(reference, on=on.date().isoformat() if on else None)
        found = None if sheets else archive.lookup(reference)
    if as_json:
        screen.emit_json([_sheet_json(s) for s in sheets])
    elif len(sheets) > 1:
        _tell_ambiguous(reference, [s.directive for s in sheets if s.directive])
    else:
        for sheet in sheets:
            _show_sheet(sheet, asked=on is not None)
    if found:
        _tell_unknown(found)
    return 1 if found else 0


def _sheet_json(sheet: Sheet) -> jsonform.Json:
    return {
        "directive": jsonform.plain(sheet.directive),
        "documents": jsonform.plain(sheet.cards),
        "metadata": jsonform.metadata(sheet.metadata) if sheet.metadata else None,
        "cites": [jsonform.cited(c) for c in sheet.cites],
        "cited_by": [jsonform.citing(c) for c in sheet.cited_by],
        "times_cited": {"documents": sheet.times_cited[0], "places": sheet.times_cited[1]},
        "edges": jsonform.plain(sheet.edges),
        "validity": jsonform.plain(sheet.validity),
        "acts": jsonform.plain(sheet.acts),
        "witnesses": jsonform.plain(sheet.witnesses),
        "versions": jsonform.plain(sheet.versions),
        "notes": list(sheet.notes),
        "signatures": jsonform.plain(tuple(reading.signatures(sheet))),
    }


def _show_sheet(sheet: Sheet, *, asked: bool) -> None:
    screen.heading(sheet.directive.label if sheet.directive else sheet.cards[0].label)
    facts = [*_directive_facts(sheet), *standing.facts(sheet, asked=asked)]
    screen.facts([*facts, *(_metadata_facts(sheet.metadata) if sheet.metadata else []), *reading.facts(sheet)])
    if sheet.versions:
        click.echo()
        screen.heading(say("versions-heading", count=len(sheet.versions)))
        _version_rows(sheet.versions)
    if sheet.cites:
        click.echo()
        screen.heading(say("cites-heading", count=len(sheet.cites)))
        _cited_rows(sheet.cites)
    if sheet.cited_by:
        click.echo()
        documents, places = sheet.times_cited
        screen.heading(say("cited-by-heading", documents=documents, places=places))
        _citing_rows(sheet.cited_by)
        _tell_more(places - len(sheet.cited_by), sheet.directive.id if sheet.directive else "")


def _version_rows(versions: Iterable[Version]) -> None:
    screen.emit_rows(
        (say("label-version"), say("label-likeness"), say("label-format"), say("label-file")),
        (
            (say(f"version-{v.state}") if v.state else "", f"{v.likeness:.0%}", v.card.format, path)
            for v in versions
            for path in v.paths
        ),
        wide=3,
    )


def _directive_facts(sheet: Sheet) -> list[tuple[str, object]]:
    directive = sheet.directive
    held = ", ".join(screen.short_path(card.path) for card in sheet.cards)
    if directive is None:
        return [(say("label-held"), held)]
    return [
        (say("label-id"), directive.id),
        (say("label-issued"), directive.issued),
        (say("label-title"), directive.title),
        (say("label-held"), held or say("not-held")),
    ]


def _metadata_facts(found: Metadata) -> list[tuple[str, object]]:
    signer = " – ".join(f.value for f in (found.signer_authority, found.signer_position, found.signer) if f)
    return [
        (say("label-issuer"), _value(found.issuer)),
        (say("label-place"), _value(found.place)),
        (say("label-addressees"), "; ".join(f.value for f in found.addressees)),
        (say("label-signer"), signer),
        (say("label-recipients"), "; ".join(f.value for f in found.recipients)),
        (say("label-secrecy"), _value(found.secrecy)),
        (say("label-urgency"), _value(found.urgency)),
    ]


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


@command("lookup")
@click.argument("references", nargs=-1, required=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def lookup(where: str, references: tuple[str, ...], as_json: bool) -> int:
    """Which directive is meant: every candidate, held or only cited."""
    with library.open(where) as archive:
        found = [archive.lookup(typed) for typed in references]
    if as_json:
        screen.emit_json(jsonform.plain(found))
    else:
        screen.emit_rows(
            (
                say("label-typed"),
                say("label-id"),
                say("label-directive"),
                say("label-issued"),
                say("label-title"),
                say("label-held"),
            ),
            (row for one in found for row in _lookup_rows(one)),
            wide=4,
            copied=1,
        )
    for one in found:
        if not one.directives and not one.cards:
            _tell_unknown(one)
    return 0 if any(one.directives or one.cards for one in found) else 1


def _lookup_rows(found: Lookup) -> Iterable[tuple[object, ...]]:
    for d in found.directives:
        yield (found.typed, d.id, d.label, d.issued, d.title, say("yes") if d.documents else say("no"))
    if not found.directives:
        for card in found.cards:
            yield (found.typed, card.document[:12], card.number, card.issued, card.title, screen.short_path(card.path))


@command("cites")
@click.argument("reference")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def cites(where: str, reference: str, as_json: bool) -> int:
    """What a directive, or a file that need not be in the archive, cites."""
    with library.open(where) as archive:
        is_file = Path(reference).is_file()
        rows = archive.cites_file(reference) if is_file else archive.cites(reference)
        found = Lookup(typed=reference) if is_file else archive.lookup(reference)
    if as_json:
        screen.emit_json([jsonform.cited(row) for row in rows])
    else:
        _cited_rows(rows)
    if not rows:
        _tell_why_nothing(found, is_read=is_file)
    return 0 if rows else 1


def _tell_why_nothing(found: Lookup, *, is_read: bool) -> None:
    """Why no citations can be shown: the paper cites nothing, it is not held, or nobody knows it."""
    if is_read or found.cards or any(d.documents for d in found.directives):
        click.echo(say("nothing-cited", reference=found.typed), err=True)
    elif found.directives:
        click.echo(say("cites-not-held", reference=found.typed), err=True)
    else:
        _tell_unknown(found)


def _cited_rows(rows: Iterable[Cited]) -> None:
    screen.emit_rows(
        (say("label-cited"), say("label-issued"), say("label-relation"), say("label-state"), say("label-id")),
        ((_cited_as(r), r.citation.issued, relation_name(r.citation.relation), _state(r.link), _target(r.link)) for r in rows),
        wide=0,
    )


def _cited_as(row: Cited) -> str:
    c = row.citation
    inner = "  ↳ " if c.nested_in is not None else ""
    pinpoint = f"{c.pinpoint} " if c.pinpoint else ""
    return inner + pinpoint + c.label


def _state(link: Link) -> str:
    return say(f"state-{link.state}")


def _target(link: Link) -> str:
    return link.directive or " | ".join(link.candidates)


@command("cited-by")
@click.argument("reference")
@option("--limit", type=click.IntRange(1), default=50, show_default=True)
@option("--page", type=click.IntRange(1), default=1, show_default=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def cited_by(where: str, reference: str, limit: int, page: int, as_json: bool) -> int:
    """Who cites a directive, with the citing sentence."""
    with library.open(where) as archive:
        target = archive.lookup(reference)
        rows = list(archive.cited_by(reference, limit=limit, offset=(page - 1) * limit))
        places = archive.times_cited(reference)[1]
    if as_json:
        screen.emit_json([jsonform.citing(row) for row in rows])
    else:
        if len(target.directives) > 1:
            _tell_ambiguous(reference, target.directives)
        _citing_rows(rows)
        _tell_more(places - (page - 1) * limit - len(rows), f"{reference} --limit {limit} --page {page + 1}")
    if not rows and (target.directives or target.cards):
        click.echo(say("nobody-cites", reference=reference), err=True)
    elif not rows:
        _tell_unknown(target)
    return 0 if rows else 1


def _citing_rows(rows: Iterable[Citing]) -> None:
    for row in rows:
        card = row.card
        sentence = screen.marked(row.sentence, [row.highlight])
        relation = relation_name(row.citation.relation)
        if screen.for_people():
            day = f", {card.issued}" if card.issued else ""
            page = f", {say('page')} {row.page}" if row.page and row.page > 1 else ""
            click.echo(
                "  "
                + click.style(screen.tame(card.label), bold=True)
                + screen.tame(f"{day} · {relation}{page} · {screen.short_path(card.path)}")
            )
            click.echo(f"    {sentence}")
        else:
            click.echo(
                "\t".join(
                    (screen.tame(card.label), card.issued or "", relation, screen.tame(screen.short_path(card.path)), sentence)
                )
            )


def _tell_more(left: int, command: str) -> None:
    """How many citing places are not shown, and the command that shows them; on stderr, so that a pipe holds rows only."""
    if left > 0:
        click.echo(say("cited-by-more", count=left, command=command), err=True)


def _tell_ambiguous(reference: str, directives: Iterable[Directive]) -> None:
    candidates = list(directives)
    click.echo(say("ambiguous", reference=reference, count=len(candidates)), err=True)
    for d in candidates:
        click.echo(f"  {d.id}  {screen.tame(d.label)}  {d.issued or ''}  {screen.tame(d.title or '')}", err=True)


def _tell_unknown(found: Lookup) -> None:
    """That nothing of what was typed is known, and the numbers that may have been meant."""
    click.echo(say("unknown", reference=found.typed), err=True)
    for number in found.near:
        click.echo(say("did-you-mean", line=number), err=True)
