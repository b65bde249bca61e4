"""The command that looks over the citations of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import click

import docsearch
from docsearch import jsonform, library
from docsearch.cli import screen
from docsearch.cli.speech import command, option, say
from docsearch.cli.wording import WORDS
from docsearch.errors import NotALibrary
from docsearch.model import Finding

LEVELS = ("note", "warning", "error")
NONE = "none"
COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


@command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@option("--fail-on", type=click.Choice([*reversed(LEVELS), NONE]), default="error", show_default=True)
@option("--level", type=click.Choice(LEVELS), default="note", show_default=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def check(where: str, files: tuple[str, ...], fail_on: str, level: str, as_json: bool) -> int:
    """What looks wrong about the citations of files that need not be in the archive."""
    try:
        opened: library.Library | None = library.open(where)
    except NotALibrary:
        opened = None
        click.echo(say("check-alone"), err=True)
    with opened or nullcontext():
        found = [(file, opened.check(file) if opened else docsearch.check(file)) for file in files]
    shown = [(file, [one for one in findings if _reaches(one, level)]) for file, findings in found]
    if as_json:
        screen.emit_json([{"file": file, "findings": jsonform.plain(findings)} for file, findings in shown])
    else:
        _show(shown)
    return 1 if any(_reaches(one, fail_on) for _, findings in found for one in findings) else 0


def _reaches(finding: Finding, level: str) -> bool:
    return level != NONE and LEVELS.index(finding.severity) >= LEVELS.index(level)


def _show(found: Sequence[tuple[str, Sequence[Finding]]]) -> None:
    for file, findings in found:
        if not screen.for_people():
            for one in findings:
                cells = (file, str(one.line or ""), one.severity, one.code, one.words, explain(one))
                click.echo("\t".join(map(screen.tame, cells)))
            continue
        screen.heading(Path(file).name)
        for one in findings:
            place = say("line", line=one.line) if one.line else ""
            label = click.style(say(f"severity-{one.severity}"), fg=COLOURS[one.severity], bold=True)
            click.echo(f"  {label}  {place}  {screen.tame(one.words)}")
            click.echo(f"      {screen.tame(explain(one))}")
        if not findings:
            click.echo("  " + say("check-clean"))


def explain(finding: Finding) -> str:
    """What is said and what speaks against it, in words."""
    detail = {"acts": finding.detail.get("by", ""), **finding.detail}
    names = ("number", "date", "own", "issuer", "name", "other", "held", "acts", "on", "part", "doctype", "candidates")
    words = say(f"finding-{finding.code}", **{name: detail.get(name, "") for name in names})
    ends = [say(key, **detail) for key, name in _MORE.get(finding.code, ()) if detail.get(name)]
    reason = f"reason-{detail.get('reason', '')}"
    return " ".join([words, *ends, *([say(reason)] if reason in WORDS else [])])


# further words for a code, where a detail is there
_MORE = {
    "number-order": (("finding-before", "before"), ("finding-after", "after")),
    "ambiguous": (("finding-candidates", "candidates"),),
}
