"""Search results as people and programs read them, with what was understood and why each was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

import click

from docsearch.cli import screen
from docsearch.cli.speech import relation_name, say
from docsearch.model import Answer, Hit, Reason, Snippet, UnitHit
from docsearch.query import Step, steps

COUNTS_SHOWN = 10  # values of one facet on a terminal; a pipe and --json get all


def print_answer(found: Answer, *, explain: bool = False) -> None:
    """For programs: one line a hit; lines that begin with # are counts, the query as understood, and reasons."""
    for note in (*map(say_note, (*found.query.notes, *found.notes)), *_offers(found)):
        click.echo(note, err=True)
    for line in understood(found) if explain else ():
        click.echo(f"#query\t{screen.tame(line)}")
    for hit in found.hits:
        click.echo("\t".join(screen.tame(cell or "") for cell in _cells(hit)))
        for part in hit.units:
            fragment = screen.marked(part.snippet.text, part.snippet.highlights) if part.snippet else ""
            click.echo("\t".join(map(screen.tame, ("#unit", hit.card.document, part.name, part.unit.title))) + f"\t{fragment}")
        for reason in hit.reasons:
            cells = (hit.card.document, reason.asked, reason.field, reason.match or "", str(reason.times))
            click.echo("#why\t" + "\t".join(map(screen.tame, cells)))
    for name, counts in found.facets.items():
        for value, count in counts.items():
            click.echo(f"#{name}\t{screen.tame(value)}\t{count}")


def _cells(hit: Hit) -> Iterator[str | None]:
    card = hit.card
    yield from (
        card.directive or card.document,
        card.number,
        card.issued,
        card.doctype,
        card.issuer,
        card.title,
        screen.short_path(card.path),
    )
    yield " … ".join(screen.marked(s.text, s.highlights) for s in hit.snippets)


def show_answer(found: Answer, first: int, *, explain: bool = False) -> None:
    """For people: a few lines a hit, the words marked, then the counts; `first` is the number of the first hit."""
    for note in (*found.query.notes, *found.notes):
        click.secho(say_note(note), fg="yellow", err=True)
    for offer in _offers(found):
        click.secho(offer, fg="yellow", err=True)
    click.echo(say("found", count=f"{found.total:,}") + " – " + say(f"match-{found.query.match}"))
    for line in understood(found) if explain else ():
        click.secho("  " + screen.tame(line), dim=True)
    for n, hit in enumerate(found.hits, first):
        _show_hit(n, hit)
    for name, counts in found.facets.items():
        shown = [f"{screen.tame(value_name(name, value))} ({count})" for value, count in islice(counts.items(), COUNTS_SHOWN)]
        more = [say("more", count=len(counts) - COUNTS_SHOWN)] if len(counts) > COUNTS_SHOWN else []
        click.echo(f"\n{say(f'label-{name}')}: " + ", ".join(shown + more))


def _show_hit(n: int, hit: Hit) -> None:
    card = hit.card
    day = f", {card.issued}" if card.issued else ""
    issuer = f" · {card.issuer}" if card.issuer else ""
    click.echo(f"\n{n}. " + click.style(screen.tame(card.label), bold=True) + screen.tame(day + issuer))
    if card.title:
        click.echo(f"   {screen.tame(card.title)}")
    for snippet in hit.snippets:
        click.echo(f"   … {screen.marked(snippet.text, snippet.highlights)} …{screen.tame(_where(snippet))}")
    for part in hit.units:
        click.echo(f"   • {screen.tame(_named(part))}")
        if part.snippet:
            click.echo(f"     … {screen.marked(part.snippet.text, part.snippet.highlights)} …")
    for line in _why(hit.reasons):
        click.secho(f"   {screen.tame(line)}", fg="green")
    click.secho(f"   {screen.tame(screen.short_path(card.path))}", dim=True)


def _named(part: UnitHit) -> str:
    """A part of a paper by its name and heading: "Điều 5. Trách nhiệm thi hành"."""
    return ". ".join(filter(None, (part.name[:1].upper() + part.name[1:], part.unit.title)))


def _where(snippet: Snippet) -> str:
    """The page and the part of the paper: " (page 3, khoản 2 Điều 5)"."""
    page = f"{say('page')} {snippet.page}" if snippet.page and snippet.page > 1 else ""
    named = ", ".join(part for part in (page, snippet.unit) if part)
    return f" ({named})" if named else ""


def _offers(found: Answer) -> list[str]:
    return [say("did-you-mean", line=screen.tame(line)) for line in found.corrections]


def say_note(note: str) -> str:
    """A note of the search road ("code" or "code:detail") in words; an unknown code is shown as it is."""
    code, _, detail = note.partition(":")
    try:
        return say(f"note-{code}", detail=screen.tame(detail))
    except KeyError:
        return note


# --- what was understood, and why ---------------------------------------------------------------------------------------


def understood(found: Answer) -> Iterator[str]:
    """The query that was run in the end, a line a step, indented as deep as it stands."""
    for step in steps(found.query.node):
        yield "  " * step.depth + _step(step)


def _step(step: Step) -> str:
    what = step.what
    if step.code == "one-of" and step.field:
        what = " | ".join(value_name(step.field, value) for value in what.split(" | "))
    said = say(f"step-{step.code}", what=what, field=field_name(step.field or ""))
    where = say("step-in", field=field_name(step.field)) if step.match and step.field else ""
    return said + where + (f" – {say(f'match-{step.match}')}" if step.match else "")


def _why(reasons: Iterable[Reason]) -> Iterator[str]:
    """One line for each thing asked: the fields that hold it, how often, and whether with the marks typed."""
    for asked, group in groupby(reasons, key=lambda reason: reason.asked):
        yield f"✓ {asked}: " + "; ".join(map(_reason, group))


def _reason(reason: Reason) -> str:
    times = f" ×{reason.times}" if reason.times > 1 else ""
    how = f" ({say(f'match-{reason.match}')})" if reason.match else ""
    return field_name(reason.field) + times + how


def field_name(code: str) -> str:
    """A field of the query language in words; a relation by its own name."""
    try:
        return say(f"field-{code}")
    except KeyError:
        pass
    try:
        return relation_name(code)
    except KeyError:
        return code


def value_name(field: str, value: str) -> str:
    """A value of a field in words: the levels and states have names; "?" where it is not known."""
    try:
        return say(f"{field}-{value}")
    except KeyError:
        return value or "?"
