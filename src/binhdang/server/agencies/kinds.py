"""The kinds of agencies of the reference data beside the units of the map: where one can be, how plans print it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from binhdang.reference.agency_kinds import AgencyKind, agency_kinds
from binhdang.server.agencies.models import Unit
from binhdang.server.agencies.printed import LEVEL_WORDS, marked
from binhdang.vietnamese.text import fold

UNIT_LEVELS = {
    "central": Unit.Level.NATION,
    "province": Unit.Level.PROVINCE,
    "district": Unit.Level.DISTRICT,
    "commune": Unit.Level.COMMUNE,
    "village": Unit.Level.COMMUNE,
}
"""At units of which level agencies of a kind's level stand; villages are no units of the map."""


def fits(kind: AgencyKind, unit: Unit) -> bool:
    """Whether an agency of a kind can be at a unit of this level; only the State's own line is strict in that."""
    return kind.group != "state" or UNIT_LEVELS[kind.level] == unit.level


@cache
def kinds_by_body() -> dict[str, list[AgencyKind]]:
    """The kinds of agencies by the bodies that their names and other spellings hold, whatever the level."""
    found: dict[str, dict[str, AgencyKind]] = defaultdict(dict)
    for kind in agency_kinds():
        for form in (kind.name, *kind.aliases):
            for name in form.partition("(")[0].split(" / "):
                for body in _kind_bodies(name):
                    found[body][kind.code] = kind
    return {body: list(kinds.values()) for body, kinds in found.items()}


def _kind_bodies(name: str) -> Iterator[str]:
    """A kind's name without the words for units behind it: those are the paper's to tell."""
    words = marked(name).partition(" các ")[0]
    while not words.endswith(" hợp tác xã"):
        last = next((level for level in LEVEL_WORDS if words.endswith(f" {level}")), None)
        if last is None:
            break
        words = words.removesuffix(last).rstrip().removesuffix(" cấp")
    yield fold(words)
