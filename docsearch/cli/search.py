"""The command that finds papers by their words."""

from __future__ import annotations

from itertools import islice

import click

from docsearch import library
from docsearch.cli import screen
from docsearch.cli.speech import command, option, say
from docsearch.jsonform import answer as answer_json
from docsearch.model import Answer, Filters, Hit, Sort

FACETS = ("doctype", "issuer", "year")
COUNTS_SHOWN = 10  # values of one facet on a terminal; a pipe and --json get all


@command("search")
@click.argument("words", nargs=-1, required=True)
@option("--type", "doctypes", multiple=True)
@option("--issuer", "issuers", multiple=True)
@option("--year", "years", type=int, multiple=True)
@option("--from", "issued_from")
@option("--to", "issued_to")
@option("--cites", "cites", multiple=True)
@option("--exact/--folded", "exact", default=None)
@option("--sort", type=click.Choice(["relevance", "date", "-date", "number"]), default="relevance", show_default=True)
@option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@option("--page", type=click.IntRange(1), default=1, show_default=True)
@option("--facets", is_flag=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def search(  # each option is one condition that a person may set
    where: str,
    words: tuple[str, ...],
    doctypes: tuple[str, ...],
    issuers: tuple[str, ...],
    years: tuple[int, ...],
    issued_from: str | None,
    issued_to: str | None,
    cites: tuple[str, ...],
    exact: bool | None,
    sort: Sort,
    limit: int,
    page: int,
    facets: bool,
    as_json: bool,
) -> int:
    """Find papers by their words, numbers and facts."""
    filters = Filters(doctypes=doctypes, issuers=issuers, years=years, issued_from=issued_from, issued_to=issued_to, cites=cites)
    with library.open(where) as archive:
        found = archive.search(
            " ".join(words),
            filters=filters,
            match=None if exact is None else ("exact" if exact else "folded"),
            sort=sort,
            limit=limit,
            offset=(page - 1) * limit,
            facets=FACETS if facets else (),
        )
    if as_json:
        screen.emit_json(answer_json(found))
    elif screen.for_people():
        _show(found, limit, page)
    else:
        _print(found)
    return 0 if found.total else 1


def _print(found: Answer) -> None:
    """For programs: one line a hit."""
    for hit in found.hits:
        card = hit.card
        cells = (
            card.directive or card.document,
            card.number,
            card.issued,
            card.doctype,
            card.issuer,
            card.title,
            card.path,
            _snippet(hit),
        )
        click.echo("\t".join(screen.tame(cell or "") for cell in cells))
    for name, counts in found.facets.items():
        for value, count in counts.items():
            click.echo(f"#{name}\t{screen.tame(value)}\t{count}")
    for note in found.notes:
        click.echo(say_note(note), err=True)


def _show(found: Answer, limit: int, page: int) -> None:
    """For people: a few lines a hit, the words marked, then the counts."""
    for note in (*found.query.notes, *found.notes):
        click.secho(say_note(note), fg="yellow", err=True)
    click.echo(say("found", count=f"{found.total:,}") + " – " + say(f"match-{found.query.match}"))
    for n, hit in enumerate(found.hits, 1 + (page - 1) * limit):
        _show_hit(n, hit)
    for name, counts in found.facets.items():
        shown = [f"{screen.tame(value or '?')} ({count})" for value, count in islice(counts.items(), COUNTS_SHOWN)]
        more = [say("more", count=len(counts) - COUNTS_SHOWN)] if len(counts) > COUNTS_SHOWN else []
        click.echo(f"\n{say(f'label-{name}')}: " + ", ".join(shown + more))


def _show_hit(n: int, hit: Hit) -> None:
    card = hit.card
    day = f", {card.issued}" if card.issued else ""
    click.echo(
        f"\n{n}. "
        + click.style(screen.tame(card.label), bold=True)
        + screen.tame(day + (f" · {card.issuer}" if card.issuer else ""))
    )
    if card.title:
        click.echo(f"   {screen.tame(card.title)}")
    for snippet in hit.snippets:
        page = f" ({say('page')} {snippet.page})" if snippet.page and snippet.page > 1 else ""
        click.echo(f"   … {screen.marked(snippet.text, snippet.highlights)} …{page}")
    click.secho(f"   {screen.tame(card.path)}", dim=True)


def _snippet(hit: Hit) -> str:
    return " … ".join(screen.marked(s.text, s.highlights) for s in hit.snippets)


def say_note(note: str) -> str:
    """A note of the search road ("code" or "code:detail") in words; an unknown code is shown as it is."""
    code, _, detail = note.partition(":")
    try:
        return say(f"note-{code}", detail=screen.tame(detail))
    except KeyError:
        return note
