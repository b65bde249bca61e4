"""Commands that keep the archive: index, retry, status, failures, duplicates, rebuild, doctor."""

from __future__ import annotations

import json
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Event
from types import TracebackType
from typing import Any

import click

from docsearch import library
from docsearch.cli import screen
from docsearch.cli.speech import command, option, say
from docsearch.errors import DocsearchError
from docsearch.jsonform import plain
from docsearch.model import Duplicate, Outcome, OutcomeState, Report, Status, Version

ENGINES = click.Choice(["tantivy", "whoosh"])
NAMED = 10  # files of one step of a watch
HAPPENED: tuple[OutcomeState, ...] = ("new", "changed", "gone", "skipped")
STATES: tuple[OutcomeState, ...] = ("new", "changed", "unchanged", "gone", "skipped", "failed")


@command("index")
@click.argument("paths", nargs=-1, type=click.Path())
@option("--engine", type=ENGINES)
@option("--workers", type=click.IntRange(1))
@option("--retry", is_flag=True)
@option("--watch", is_flag=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def index(
    where: str, paths: tuple[str, ...], engine: str | None, workers: int | None, retry: bool, watch: bool, as_json: bool
) -> int:  # fmt: skip
    """Read new and changed files, forget those that are gone, and link what they cite."""
    with library.open(where, engine=engine, create=True) as archive:
        if watch:
            return _watch(archive, paths or ("corpus",), workers, as_json)
        with _Progress() as progress:
            report = archive.index(paths or ("corpus",), workers=workers, retry=retry, on_outcome=progress.step)
    return _report(report, as_json)


@command("retry")
@option("--workers", type=click.IntRange(1))
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def retry(where: str, workers: int | None, as_json: bool) -> int:
    """Read again what could not be read."""
    with library.open(where) as archive, _Progress() as progress:
        report = archive.retry(workers=workers, on_outcome=progress.step)
    return _report(report, as_json)


def _report(report: Report, as_json: bool) -> int:
    if as_json:
        screen.emit_json(plain(report))
    else:
        _tell(report)
    return 0 if any(report.counts.get(s) for s in ("new", "changed", "unchanged", "gone")) else 1


def _watch(archive: library.Library, paths: tuple[str, ...], workers: int | None, as_json: bool) -> int:
    """Until the terminal or the system asks it to end; what was read by then is completed."""
    stop, happened = Event(), deque[Outcome](maxlen=NAMED)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())

    def tell(report: Report) -> None:
        if as_json:
            click.echo(json.dumps(plain(report), ensure_ascii=False))
        elif any(report.counts.get(s) for s in STATES if s != "unchanged"):
            click.echo(f"{datetime.now():%Y-%m-%d %H:%M:%S}  ", nl=False)
            _tell(report)
            _name(happened, sum(report.counts.get(s, 0) for s in HAPPENED))
        happened.clear()

    def note(outcome: Outcome, done: int, total: int) -> None:
        if outcome.state in HAPPENED:
            happened.append(outcome)

    def complain(error: DocsearchError) -> None:
        click.echo(f"docsearch: {error}", err=True)

    click.echo(say("watching", paths=screen.tame(", ".join(paths))), err=True)
    archive.watch(paths, stop, workers=workers, on_outcome=note, on_report=tell, on_trouble=complain)
    click.echo(say("stopped"), err=True)
    return 0


def _name(happened: Iterable[Outcome], count: int) -> None:
    """The last files of a step; why others failed is told already."""
    named = 0
    for named, outcome in enumerate(happened, 1):  # noqa: B007
        click.echo(f"  {say(f'file-{outcome.state}')}: {screen.tame(outcome.path)}")
    if count > named:
        click.echo(f"  {say('more', count=count - named)}")


def _tell(report: Report) -> None:
    counts = ", ".join(say(f"count-{s}", count=report.counts[s]) for s in STATES if report.counts.get(s))
    click.echo(say("indexed", counts=counts or say("nothing"), citations=report.citations, seconds=f"{report.seconds:.1f}"))
    if report.counts.get("skipped"):
        click.echo(say("skipped-hint"), err=True)
    for outcome in report.failures:
        click.echo(f"  {say('failed')}: {screen.tame(outcome.path)}: {screen.tame(outcome.reason or '')}", err=True)


class _Progress(AbstractContextManager["_Progress"]):
    """A bar on stderr while files are read; silent where nobody watches."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> _Progress:
        if sys.stderr.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                TextColumn("{task.description}"),
                console=screen.console(stderr=True),
            )
            self._bar.start()
        return self

    def step(self, outcome: Outcome, done: int, total: int) -> None:
        """Show that one more file is done."""
        if self._bar is None:
            return
        if self._task is None:
            self._task = self._bar.add_task("", total=total)
        self._bar.update(self._task, completed=done, total=total, description=screen.tame(outcome.path)[-40:].replace("[", r"\["))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()


@command("status")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def status(where: str, as_json: bool) -> int:
    """How large the archive is and whether anything waits."""
    with library.open(where) as archive:
        found = archive.status()
    if as_json:
        screen.emit_json(plain(found))
    else:
        screen.facts(_status_facts(found))
    return 0 if found.documents else 1


def _status_facts(found: Status) -> list[tuple[str, object]]:
    links = ", ".join(f"{say(f'state-{state}')} {count:,}" for state, count in found.links.items() if count)
    kinds = ", ".join(f"{kind or '?'} {count:,}" for kind, count in found.doctypes.items())
    return [
        (say("label-path"), found.path),
        (say("label-engine"), found.engine),
        (say("label-documents"), f"{found.documents:,}"),
        (say("label-doctypes"), kinds),
        (say("label-characters"), f"{found.characters:,}"),
        (say("label-citations"), f"{found.citations:,}"),
        (say("label-links"), links),
        (say("label-directives"), f"{found.directives:,}"),
        (say("label-missing"), f"{found.missing:,}"),
        (say("label-failures"), f"{found.failures:,}" if found.failures else ""),
        (say("label-pending"), f"{found.pending:,}" if found.pending else ""),
        (say("label-size"), f"{found.disk_bytes / 1e6:,.1f} MB"),
        (say("label-last-run"), found.last_run),
    ]


@command("failures")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def failures(where: str, as_json: bool) -> int:
    """Each file that was not read, and why."""
    with library.open(where) as archive:
        found = list(archive.failures())
    if as_json:
        screen.emit_json(plain(found))
    else:
        headers = (say("label-state"), say("label-file"), say("label-reason"))
        screen.emit_rows(headers, ((say(f"file-{o.state}"), o.path, o.reason) for o in found), wide=1)
    return 0 if found else 1


@command("duplicates")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def duplicates(where: str, as_json: bool) -> int:
    """The same paper more than once."""
    with library.open(where) as archive:
        found = list(archive.duplicates())
    if as_json:
        screen.emit_json(plain(found))
    else:
        columns = ("label-group", "label-kind", "label-directive", "label-version", "label-likeness", "label-file")
        rows = ((number, *row) for number, group in enumerate(found, 1) for row in _duplicate_rows(group))
        screen.emit_rows(tuple(map(say, columns)), rows, wide=5, grouped=3)
    return 0 if found else 1


def _duplicate_rows(group: Duplicate) -> Iterator[tuple[object, ...]]:
    card = group.versions[0].card
    label = group.directive.id if group.directive else card.directive or card.label
    for version in group.versions:
        for path in version.paths:
            yield say(f"kind-{group.kind}"), label, _state(version), f"{version.likeness:.0%}", path


def _state(version: Version) -> str:
    return say(f"version-{version.state}") if version.state else ""


@command("rebuild")
@option("--engine", type=ENGINES)
@click.pass_obj
def rebuild(where: str, engine: str | None) -> int:
    """Make the search index again from the catalogue."""
    with library.open(where) as archive:
        archive.rebuild(engine=engine)
        found = archive.status()
    click.echo(say("rebuilt", documents=found.documents, engine=found.engine))
    return 0


@command("doctor")
@option("--repair", is_flag=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def doctor(where: str, repair: bool, as_json: bool) -> int:
    """Prove that originals, catalogue and search index agree."""
    found = library.doctor(where, repair=repair)
    if as_json:
        screen.emit_json(plain(found))
    elif not found:
        click.echo(say("healthy"))
    else:
        screen.emit_rows(
            (say("label-severity"), say("label-code"), say("label-subject"), say("label-detail"), say("label-mended")),
            ((a.severity, a.code, a.subject, a.detail, say("yes") if a.mended else "") for a in found),
            wide=3,
        )
    return 1 if any(a.severity == "error" and not a.mended for a in found) else 0
