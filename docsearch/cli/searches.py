"""Commands about searches: save one, list those saved with their news, suggest how a line may go on."""

from __future__ import annotations

import click

from docsearch import jsonform, library
from docsearch.cli import screen
from docsearch.cli.filtering import ORDERS, filtered
from docsearch.cli.speech import command, option, say
from docsearch.model import Filters, Sort


@command("save", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("name")
@click.argument("words", nargs=-1)
@filtered
@option("--exact/--folded", "exact", default=None)
@option("--sort", type=ORDERS, default="relevance", show_default=True)
@click.pass_obj
def save(where: str, name: str, words: tuple[str, ...], filters: Filters, exact: bool | None, sort: Sort) -> int:
    """Keep a search under a name."""
    if not words and filters == Filters():
        raise click.UsageError(say("nothing-asked"))
    with library.open(where) as archive:
        match = None if exact is None else "exact" if exact else "folded"
        kept = archive.searches.save(name, " ".join(words), filters=filters, match=match, sort=sort)  # type: ignore[arg-type]
    click.echo(say("search-saved", name=screen.tame(kept.name)))
    return 0


@command("saved")
@option("--forget", metavar="NAME")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def saved(where: str, forget: str | None, as_json: bool) -> int:
    """The searches that are kept, with what is new in each."""
    with library.open(where) as archive:
        if forget is not None:
            return 0 if archive.searches.forget(forget) else 1
        rows = [(kept, len(fresh), total) for kept in archive.searches.all().values() for fresh, total in (archive.news(kept),)]
    if as_json:
        screen.emit_json([{**_plain(kept), "new": fresh, "total": total} for kept, fresh, total in rows])
    else:
        screen.emit_rows(
            (say("label-name"), say("label-new"), say("label-found"), say("label-typed"), say("label-saved")),
            ((kept.name, fresh, total, kept.typed, kept.saved[:10]) for kept, fresh, total in rows),
            wide=3,
        )
    return 0 if rows else 1


def _plain(kept: object) -> jsonform.Json:
    """A saved search without the ids that it has shown."""
    found: jsonform.Json = {**jsonform.plain(kept)}
    del found["seen"]
    return found


@command("suggest")
@click.argument("typed", nargs=-1, required=True)
@option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def suggest(where: str, typed: tuple[str, ...], limit: int, as_json: bool) -> int:
    """How a line that is being typed may go on."""
    with library.open(where) as archive:
        found = archive.suggest(" ".join(typed), limit)
    if as_json:
        screen.emit_json(jsonform.plain(found))
    else:
        headers = (say("label-kind"), say("label-text"), say("label-detail"))
        screen.emit_rows(headers, ((say(f"kind-{s.kind}"), s.text, s.detail) for s in found), wide=1)
    return 0 if found else 1
