"""The command that finds papers by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import click

from docsearch import library
from docsearch.cli import screen
from docsearch.cli.filtering import ORDERS, filtered
from docsearch.cli.hits import print_answer, show_answer, understood
from docsearch.cli.speech import command, option, say
from docsearch.errors import DocsearchError
from docsearch.jsonform import answer as answer_json
from docsearch.library import Library
from docsearch.model import Answer, Filters, Match, SavedSearch, Sort

FACETS = ("doctype", "issuer", "level", "year", "status")
_WORDS_MAY_BEGIN_SO = {"ignore_unknown_options": True, "help_option_names": ["--help"]}  # -xây, -hành: not these words


@command("search", context_settings=_WORDS_MAY_BEGIN_SO)
@click.argument("words", nargs=-1)
@filtered
@option("--like")
@option("--within", multiple=True)
@option("--saved", "saved")
@option("--new", "only_new", is_flag=True)
@option("--exact/--folded", "exact", default=None)
@option("--sort", type=ORDERS)
@option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@option("--page", type=click.IntRange(1), default=1, show_default=True)
@option("--facets", is_flag=True)
@option("--explain", is_flag=True)
@option("--units", is_flag=True)
@option("--export", "target", type=click.Path(dir_okay=False, path_type=Path))
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def search(  # each option is one thing that a person may ask for
    where: str,
    words: tuple[str, ...],
    filters: Filters,
    like: str | None,
    within: tuple[str, ...],
    saved: str | None,
    only_new: bool,
    exact: bool | None,
    sort: Sort | None,
    limit: int,
    page: int,
    facets: bool,
    explain: bool,
    units: bool,
    target: Path | None,
    as_json: bool,
) -> int:
    """Find papers by their words, numbers and facts."""
    _check(words, filters, like, saved, only_new)
    match: Match | None = None if exact is None else ("exact" if exact else "folded")
    with library.open(where) as archive:
        kept = _kept(archive, saved) if saved else None
        asked = _asked(archive, " ".join(words), filters, match, sort, like, within, kept)
        fresh = archive.news(kept)[0] if kept else ()
        if only_new:
            asked["among"] = fresh
        if target is not None:
            count = _export(archive, target, asked)
            _mark(archive, kept, words, fresh)
            return 0 if count else 1
        counted = FACETS if facets else ()
        offset = (page - 1) * limit
        found = archive.search(**asked, limit=limit, offset=offset, facets=counted, explain=explain, units=units)
        _mark(archive, kept, words, [hit.card.document for hit in found.hits] if only_new else fresh)
    _tell(found, 1 + (page - 1) * limit, as_json=as_json, explain=explain)
    return 0 if found.total else 1


def _tell(found: Answer, first: int, *, as_json: bool, explain: bool) -> None:
    if as_json:
        screen.emit_json({**answer_json(found), **({"understood": list(understood(found))} if explain else {})})
    elif screen.for_people():
        show_answer(found, first, explain=explain)
    else:
        print_answer(found, explain=explain)


def _check(words: Sequence[str], filters: Filters, like: str | None, saved: str | None, only_new: bool) -> None:
    """Something must be asked; a misspelled option is no word."""
    for word in words:
        if word.startswith("--") and len(word) > len("--"):
            raise click.NoSuchOption(word)
    if not words and like is None and saved is None and replace(filters, as_named=False) == Filters():
        raise click.UsageError(say("nothing-asked"))
    if only_new and not saved:
        raise click.UsageError(say("new-without-saved"))


def _kept(archive: Library, name: str) -> SavedSearch:
    kept = archive.searches.get(name)
    if kept is None:
        raise DocsearchError(say("no-such-search", name=name))
    return kept


def _asked(
    archive: Library,
    typed: str,
    filters: Filters,
    match: Match | None,
    sort: Sort | None,
    like: str | None,
    within: Sequence[str],
    kept: SavedSearch | None,
) -> dict[str, Any]:
    """What `Library.search` is asked: a saved search as it was saved, or, where words are typed too, these within it."""
    known = archive.searches.all() if within else {}
    narrowing: list[str | SavedSearch] = [known.get(" ".join(line.split()), line) for line in within]
    if kept and typed:
        narrowing.append(kept)
    elif kept:
        changed = {field.name: value for field in fields(Filters) if (value := getattr(filters, field.name))}
        typed, filters, match, sort = kept.typed, replace(kept.filters, **changed), match or kept.match, sort or kept.sort
    order = sort or "relevance"
    return {"typed": typed, "filters": filters, "match": match, "sort": order, "like": like, "within": narrowing}


def _mark(archive: Library, kept: SavedSearch | None, words: Sequence[str], documents: Sequence[str]) -> None:
    """A saved search that was looked at as a whole has shown its hits; with more words it was only used."""
    if kept and not words:
        archive.searches.mark_seen(kept, documents)


def _export(archive: Library, target: Path, asked: dict[str, Any]) -> int:
    from docsearch.export import COLUMNS, export

    labels = {name: say(f"label-{name}") for name in (*COLUMNS, "row")}
    count = export(target, archive.every(**asked), labels=labels, title=asked["typed"])
    click.echo(say("exported", count=f"{count:,}", path=target), err=True)
    return count
