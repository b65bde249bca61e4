"""What the command line says, in Vietnamese and English, and the click classes that speak it.

The language is ``--lang``, else ``DOCSEARCH_LANG``, else that of the locale.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from docsearch.cli.wording import WORDS


def language() -> str:
    """ "vi" or "en": what the running command was asked for, else what the locale says."""
    ctx = click.get_current_context(silent=True)
    asked = ctx.find_root().params.get("lang") if ctx else None
    return asked or _locale_language()


def _locale_language() -> str:
    for name in ("DOCSEARCH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "vi" if value.lower().startswith("vi") else "en"
    return "en"


def say(key: str, **values: object) -> str:
    """The words of `key` in the language in force, with `values` filled in.

    >>> say("found", count=3)[:1]
    '3'
    """
    vietnamese, english = WORDS[key]
    words = vietnamese if language() == "vi" else english
    return words.format(**values) if values else words


def relation_name(code: str) -> str:
    """A relation in words: "căn cứ" or "based on"."""
    from docsearch.registry import relations  # a table is read only when it is needed

    relation = relations()[code]
    return relation.vietnamese if language() == "vi" else relation.english


class SpokenOption(click.Option):
    """An option whose help is looked up under ``--name`` when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option as written and its help in the language in force."""
        self.help = say(max(self.opts, key=len))
        return super().get_help_record(ctx)


class SpokenCommand(click.Command):
    """A command whose help is looked up under its name when it is shown."""

    def _speak(self) -> None:
        self.help = say(self.name or "")
        self.short_help = self.help.partition("\n")[0]

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line of the help, never cut."""
        self._speak()
        return self.short_help or ""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help text."""
        self._speak()
        super().format_help(ctx, formatter)


class SpokenGroup(SpokenCommand, click.Group):
    """The root command, spoken."""


F = TypeVar("F", bound=Callable[..., Any])


def command(name: str, **settings: Any) -> Callable[[Callable[..., Any]], SpokenCommand]:
    """`click.command` for a spoken command."""
    return click.command(name, cls=SpokenCommand, **settings)


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """`click.option` for a spoken option."""
    return click.option(*names, cls=SpokenOption, **settings)
