"""The conditions that a person may set on the command line, the same for every command that takes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any

import click

from docsearch.cli.speech import option
from docsearch.model import Filters

_OPTIONS = (
    option("--type", "doctypes", multiple=True),
    option("--issuer", "issuers", multiple=True),
    option("--level", "levels", multiple=True),
    option("--year", "years", type=int, multiple=True),
    option("--from", "issued_from"),
    option("--to", "issued_to"),
    option("--status", "statuses", multiple=True),
    option("--cites", "cites", multiple=True),
    option("--cited-by", "cited_by", multiple=True),
    option("--as-named", "as_named", is_flag=True),
)
ORDERS = click.Choice(["relevance", "date", "-date", "number"])


def filtered(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command that takes the conditions as options and is called with one `filters`."""

    @wraps(function)
    def called(*arguments: Any, **settings: Any) -> Any:
        conditions = {field.name: settings.pop(field.name) for field in fields(Filters)}
        return function(*arguments, filters=Filters(**conditions), **settings)

    for add in reversed(_OPTIONS):
        called = add(called)
    return called
