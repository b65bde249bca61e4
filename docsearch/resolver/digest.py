"""A directive from its mentions: its id, and what most of them say of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from docsearch.model import Directive, Mention, Office
from docsearch.notation import DirectiveId
from docsearch.registry import act_key, acts
from docsearch.resolver.identity import Symbol

_OWN_MARK = 8  # characters of a document's hash in the id of a directive whose year or office nobody says


class Key(NamedTuple):
    """What makes two mentions of one number the same directive: type code, office, period ("" where the number has the year)."""

    kind: str
    office: Office
    period: str


def identities(symbol: Symbol, groups: Mapping[Key, Sequence[Mention]]) -> dict[Key, str]:
    """The id of each directive of a block.  Those that would have one id are marked ``~2``, ``~3`` by their earliest date."""
    ids: dict[Key, str] = {}
    taken: Counter[DirectiveId] = Counter()
    for key in sorted(groups, key=lambda key: (_earliest(groups[key]), key.kind, key.office.code, key.office.place or "")):
        year = None if symbol.series in ("normative", "term") else int((issued(groups[key]) or key.period)[:4])
        identity = DirectiveId(_name(symbol, key.kind), year, key.office.place or "")
        taken[identity] += 1
        mark = str(taken[identity]) if taken[identity] > 1 else ""
        ids[key] = str(DirectiveId(identity.name, identity.year, identity.place, mark))
    return ids


def own_id(symbol: Symbol, kind: str, document: str) -> str:
    """The id of a held directive whose year or office nobody says: its document's and no other's."""
    return str(DirectiveId(_name(symbol, kind), mark=re.sub(r"[^a-z0-9]", "", document.lower())[:_OWN_MARK], unknown=True))


def _name(symbol: Symbol, kind: str) -> str:
    return f"{kind}-{symbol.slug}" if kind else symbol.slug


def digest(identity: str, office: Office | None, group: Iterable[Mention]) -> Directive:
    """What the mentions of one directive say of it: first its own document, else most of the others.

    Two full dates raise ``date-conflict`` and each other date is told (``also-dated:2013-02-19``): in the gazette 30 of 33
    numbers with two dates were slips of the citing text.
    """
    mentions = list(group)
    own = [mention for mention in mentions if mention.index < 0]
    date = issued(mentions)
    others = sorted({mention.issued for mention in mentions if mention.issued and len(mention.issued) == 10} - {date})
    return Directive(
        id=identity,
        doctype=_most(own, mentions, "doctype"),
        number=_most(own, mentions, "number"),
        name=_in_small_letters(_most(own, mentions, "name"), mentions),
        issued=date,
        office=office,
        title=_most(own, own if any(one.name for one in mentions) else mentions, "title"),  # a law's name is its title
        documents=tuple(sorted({mention.document for mention in own})),
        flags=("date-conflict", *(f"also-dated:{other}" for other in others)) if others and date and len(date) == 10 else (),
    )


def issued(mentions: Sequence[Mention]) -> str | None:
    """The date of the directive itself where held, else the date that most say, full dates first."""
    dated = [mention for mention in mentions if mention.issued]
    own = [mention for mention in dated if mention.index < 0]
    full = [mention for mention in dated if len(mention.issued or "") == 10]
    return _most(own, full or dated, "issued")


def _in_small_letters(name: str | None, mentions: Sequence[Mention]) -> str | None:
    """A name that its own paper prints in capitals as others write it: the table of laws, those who cite it, else by rule."""
    if name is None or not _is_shouted(name):
        return name
    key = act_key(name)
    listed = [act.name for act in acts().get(key, ()) if not _is_shouted(act.name)]
    cited = [one.name for one in mentions if one.name and act_key(one.name) == key and not _is_shouted(one.name)]
    return _commonest(listed or cited) if listed or cited else _capitalised(name, _most((), mentions, "doctype") or "")


def _is_shouted(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return sum(map(str.isupper, letters)) * 2 > len(letters)


def _capitalised(name: str, kind: str) -> str:
    """``Luật DỮ LIỆU`` as ``Luật Dữ liệu``: the kind, then a capital and small letters."""
    rest = name[len(kind) :].strip() if name.lower().startswith(kind.lower()) else name
    kind = kind if rest != name else ""
    return f"{kind} {rest[:1].upper()}{rest[1:].lower()}".strip()


def _most(own: Sequence[Mention], mentions: Sequence[Mention], name: str) -> str | None:
    """The commonest value of a field, among the document's own if they have any; the smallest of equally common ones."""
    for group in (own, mentions):
        values = [value for mention in group if (value := getattr(mention, name))]
        if values:
            return values[0] if len(values) == 1 else _commonest(values)
    return None


def _commonest(values: Sequence[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _earliest(group: Iterable[Mention]) -> str:
    return min((mention.issued for mention in group if mention.issued), default="")
