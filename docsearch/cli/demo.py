"""The command that shows the main job on the sample papers, each step as a user would type it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from docsearch.cli.speech import command, language, option, say

# what is said before a step, and the command line of the step (without the index, which is put in)
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("demo-again", ("index", "{corpus}")),
    ("demo-search", ("search", "cai cach hanh chinh", "--limit", "3")),
    ("demo-facts", ("search", '"chuyển đổi số"', "--type", "Kế hoạch", "--facets", "--limit", "2")),
    ("demo-lookup", ("lookup", "60/qd-ubnd", "108/2014/NĐ-CP")),
    ("demo-show", ("show", "142/KH-UBND")),
    ("demo-cited", ("cited-by", "142/KH-UBND", "--limit", "4")),
    ("demo-xref", ("xref", "--cites", "142/KH-UBND", "--by", "document", "--limit", "15")),
    ("demo-missing", ("missing", "--limit", "10")),
    ("demo-doctor", ("doctor",)),
)


@command("demo")
@option("--corpus", default="corpus", show_default=True, type=click.Path())
@click.pass_context
def demo(ctx: click.Context, corpus: str) -> int:
    """Index the sample papers in a folder of its own, then search, look up and cross-reference."""
    if not Path(corpus).is_dir():
        raise click.UsageError(say("demo-no-corpus", path=corpus))
    place = tempfile.mkdtemp(prefix="docsearch-demo-")
    try:
        _step(place, "demo-index", ("index", corpus))
        for key, words in STEPS:
            _step(place, key, tuple(w.format(corpus=corpus) for w in words))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return 0


def _step(place: str, key: str, words: tuple[str, ...]) -> None:
    from docsearch.cli import cli

    typed = " ".join(f'"{w}"' if " " in w and '"' not in w else w for w in words)
    click.secho(f"\n# {say(key)}", fg="cyan")
    click.secho(f"$ docsearch {typed}", bold=True)
    cli.main(["--index", place, "--lang", language(), "--table", *words], prog_name="docsearch", standalone_mode=False)
