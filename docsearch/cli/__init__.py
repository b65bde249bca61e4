"""The command line: each command parses, calls one method of the library, and shows what comes back.

Exit codes: 0 found, 1 nothing found, 2 error.  Results go to stdout, progress and complaints to stderr.  On a terminal people
get tables, in a pipe programs get one tab-separated line a row, and ``--json`` gives everything.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

import click

from docsearch.cli.speech import SpokenGroup, SpokenOption, say
from docsearch.errors import DocsearchError

# command -> the module of this folder that defines it; loaded only when it is called or listed
_WHERE = {
    "index": "archive",
    "retry": "archive",
    "status": "archive",
    "failures": "archive",
    "duplicates": "archive",
    "rebuild": "archive",
    "doctor": "archive",
    "search": "search",
    "save": "searches",
    "saved": "searches",
    "suggest": "searches",
    "show": "references",
    "lookup": "references",
    "cites": "references",
    "cited-by": "references",
    "xref": "listings",
    "missing": "listings",
    "extract": "extract",
    "check": "check",
    "demo": "demo",
}


_GARBAGE = 100_000
"""New objects after which Python looks for cycles of garbage.

With its own 700 it looks some fifty times while the modules of one search are loaded, and finds none.  With this and with
`gc.freeze` at the end a search takes 165 ms of the processor in place of 210 (on a busy machine, November 2026).
"""


class _Group(SpokenGroup):
    """The root command: finds a subcommand's module only when it is needed, so that a search loads no PDF code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which people meet them."""
        return list(_WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, its module imported on the way."""
        where = _WHERE.get(cmd_name)
        if where is None:
            return None
        command: click.Command = getattr(importlib.import_module(f"docsearch.cli.{where}"), cmd_name.replace("-", "_"))
        return command


@click.group("docsearch", cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-i", "--index", "index", default="index", envvar="DOCSEARCH_INDEX", show_envvar=True, cls=SpokenOption, type=click.Path()
)
@click.option("--lang", type=click.Choice(["vi", "en"]), envvar="DOCSEARCH_LANG", is_eager=True, cls=SpokenOption)
@click.option("--table/--plain", "table", default=None, cls=SpokenOption)
@click.version_option(package_name="docsearch", message="docsearch %(version)s")
@click.pass_context
def cli(ctx: click.Context, index: str, lang: str | None, table: bool | None) -> None:
    """See ``speech.WORDS["docsearch"]``."""
    ctx.obj = index


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code; an expected error is one line on stderr."""
    gc.set_threshold(_GARBAGE)
    try:
        code = cli.main(args=list(args) if args is not None else None, prog_name="docsearch", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo(say("stopped"), err=True)
        code = 130
    except DocsearchError as error:
        click.echo(f"docsearch: {error}", err=True)
        code = 2
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except OSError as error:
        click.echo(f"docsearch: {error.filename}: {error.strerror}" if error.filename else f"docsearch: {error}", err=True)
        code = 2
    if args is None:
        gc.freeze()  # nothing of a process that ends is garbage to look for
    sys.exit(code if isinstance(code, int) else 0)
