"""Commands that list the whole archive: xref, missing."""

from __future__ import annotations

import sys
from itertools import islice

import click

from docsearch import jsonform, library, listing
from docsearch.cli import screen
from docsearch.cli.speech import command, option, relation_name, say
from docsearch.model import Filters, XrefRow


@command("xref")
@option("--by", type=click.Choice(["directive", "document"]), default="directive", show_default=True)
@option("--format", "form", type=click.Choice(["table", *listing.WRITERS]), default="table", show_default=True)
@option("--type", "doctypes", multiple=True)
@option("--issuer", "issuers", multiple=True)
@option("--year", "years", type=int, multiple=True)
@option("--from", "issued_from")
@option("--to", "issued_to")
@option("--cites", "cites", multiple=True)
@option("--limit", type=click.IntRange(1))
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def xref(  # each option is one condition that a person may set
    where: str,
    by: listing.By,
    form: str,
    doctypes: tuple[str, ...],
    issuers: tuple[str, ...],
    years: tuple[int, ...],
    issued_from: str | None,
    issued_to: str | None,
    cites: tuple[str, ...],
    limit: int | None,
    as_json: bool,
) -> int:
    """The cross-reference listing: which paper cites which directive, how and how often."""
    filters = Filters(doctypes=doctypes, issuers=issuers, years=years, issued_from=issued_from, issued_to=issued_to, cites=cites)
    with library.open(where) as archive:
        rows = islice(archive.xref(filters, by=by), limit)
        if as_json or form != "table":
            for piece in listing.WRITERS["json" if as_json else form](rows, by):
                sys.stdout.write(piece)
            return 0
        count = screen.emit_rows(_headers(by), (_cells(r, by) for r in rows), wide=1, grouped=1)
    return 0 if count else 1


def _headers(by: listing.By) -> tuple[str, ...]:
    first, second = ("label-cited", "label-citing") if by == "directive" else ("label-citing", "label-cited")
    return (say(first), say(second), say("label-relation"), say("label-times"), say("label-state"))


def _cells(row: XrefRow, by: listing.By) -> tuple[object, ...]:
    ends = (listing.cited_name(row), row.citing.label)
    first, second = ends if by == "directive" else ends[::-1]
    return (first, second, relation_name(row.relation), row.times, say(f"state-{row.state}"))


@command("missing")
@option("--limit", type=click.IntRange(1), default=50, show_default=True)
@option("--page", type=click.IntRange(1), default=1, show_default=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def missing(where: str, limit: int, page: int, as_json: bool) -> int:
    """What is cited but not held, most cited first."""
    with library.open(where) as archive:
        rows = list(archive.missing(limit=limit, offset=(page - 1) * limit))
    if as_json:
        screen.emit_json(jsonform.plain(rows))
    else:
        screen.emit_rows(
            (say("label-documents"), say("label-mentions"), say("label-directive"), say("label-issued"), say("label-id")),
            ((m.documents, m.mentions, m.directive.label, m.directive.issued, m.directive.id) for m in rows),
            wide=2,
        )
    return 0 if rows else 1
