"""The agencies that a paper of a unit may name, by how it may print them: at the unit, above it, below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from binhdang.server.agencies.editions import kept
from binhdang.server.agencies.models import Agency, AgencySuccession, Unit, standing_on
from binhdang.server.agencies.printed import marked, readings, tails
from binhdang.server.agencies.queries.units import above, lineage, standing
from binhdang.vietnamese.text import fold

_LONGEST_CHAIN = 20  # successions followed; a longer chain is a ring


class Form(Enum):
    """How a body is written: as the whole name, the name without its place, the short name."""

    WHOLE = "whole"
    BODY = "body"
    SHORT = "short"


class Entry(NamedTuple):
    """An agency under one way to write it; `marked` has the tone marks."""

    agency: Agency
    unit: Unit
    form: Form
    marked: str


def _empty() -> dict[UUID, dict[str, list[Entry]]]:
    return defaultdict(lambda: defaultdict(list))


@dataclass(slots=True)
class Bodies:
    """Agencies by unit and body, those standing on the day and those that had ended, with what followed them.

    `units_of` are the units at which a body stands; once for each agency.
    """

    standing: dict[UUID, dict[str, list[Entry]]] = field(default_factory=_empty)
    ended: dict[UUID, dict[str, list[Entry]]] = field(default_factory=_empty)
    units_of: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    of_kind: dict[tuple[UUID, str], list[Agency]] = field(default_factory=lambda: defaultdict(list))
    at: dict[UUID, list[Agency]] = field(default_factory=lambda: defaultdict(list))
    heirs: dict[UUID, list[AgencySuccession]] = field(default_factory=lambda: defaultdict(list))

    def written(self, unit: Unit, body: str) -> list[Entry]:
        """Those that stand at a unit and may be written so."""
        return self.standing[unit.pk][body] if unit.pk in self.standing and body in self.standing[unit.pk] else []

    def gone(self, unit: Unit, body: str) -> list[Entry]:
        """Those that had ended by the day."""
        return self.ended[unit.pk][body] if unit.pk in self.ended and body in self.ended[unit.pk] else []

    def followers(self, agency: Agency, day: date) -> list[Agency]:
        """What has the work of an agency on a day, through all that came between."""
        found: dict[UUID, Agency] = {}
        newest = [agency]
        for _ in range(_LONGEST_CHAIN):
            links = [link for one in newest for link in self.heirs.get(one.pk, ()) if link.on <= day]
            newest = [link.new for link in links if link.new_id not in found]
            found |= {link.new_id: link.new for link in links}
            if not newest:
                break
        return [one for one in found.values() if one.stands_on(day)]


@dataclass(frozen=True, slots=True)
class Area:
    """The paper's own unit, those above it (the nearest first) and those below, on a day, with their agencies."""

    day: date
    own: Unit
    above: Sequence[Unit]
    below: Sequence[Unit]
    places: dict[str, list[Unit]]
    known: frozenset[UUID]
    bodies: Bodies

    def chain(self) -> list[Unit]:
        """The own unit and those above."""
        return [self.own, *self.above]


@kept(16)
def area(unit: Unit, day: date) -> Area:
    """What a paper of a unit may name on a day; the number of queries depends on the levels alone."""
    own = standing([unit.pk], day, known=[unit]).get(unit.pk, unit)
    over = above(own, day)[::-1]
    under = list(_below(own, day))
    places: dict[str, list[Unit]] = defaultdict(list)
    for one in (own, *over, *under):
        places[one.folded].append(one)
    known = frozenset(one.pk for one in (own, *over, *under))
    return Area(day, own, over, under, dict(places), known, bodies_at([own, *over, *under], day))


def _below(unit: Unit, day: date) -> Iterator[Unit]:
    newest = [unit.pk]
    for _ in range(3):
        children = list(Unit.objects.filter(standing_on(day), parent__in=list(lineage(newest, day))).order_by("order"))
        yield from children
        newest = [child.pk for child in children]
        if not newest:
            break


def units_named(names: Iterable[str], day: date) -> dict[str, list[Unit]]:
    """The units that stand on a day, by their folded names."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(standing_on(day), folded__in=set(names)):
        found[unit.folded].append(unit)
    return dict(found)


def bodies_at(units: Sequence[Unit], day: date) -> Bodies:
    """The agencies at units on a day, and those that were there before."""
    bodies = Bodies()
    became = lineage((unit.pk for unit in units), day)
    by_id = {unit.pk: unit for unit in units}
    ended: list[UUID] = []
    for agency in _named(Agency.objects.filter(unit__in=list(became))):
        unit = by_id[became[agency.unit_id]]
        if agency.stands_on(day):
            bodies.at[unit.pk].append(agency)
            if agency.kind:
                bodies.of_kind[unit.pk, agency.kind].append(agency)
            index = bodies.standing
        elif agency.end is not None and agency.end < day:
            ended.append(agency.pk)
            index = bodies.ended
        else:
            continue
        for entry in _entries(agency, unit):
            body = fold(entry.marked)
            index[unit.pk][body].append(entry)
            if index is bodies.standing:
                bodies.units_of[body].append(unit)
    _follow(bodies, ended)
    return bodies


def _named(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    return agencies.select_related("unit").order_by("order", "id")


def _follow(bodies: Bodies, ended: Iterable[UUID]) -> None:
    newest = set(ended)
    seen: set[UUID] = set()
    for _ in range(_LONGEST_CHAIN):
        if not newest:
            break
        seen |= newest
        links = list(AgencySuccession.objects.filter(old__in=newest).select_related("new", "new__unit").order_by("on"))
        for link in links:
            bodies.heirs[link.old_id].append(link)
        newest = {link.new_id for link in links} - seen


def _entries(agency: Agency, unit: Unit) -> Iterator[Entry]:
    """The ways to write an agency, each once."""
    whole = marked(agency.name)
    forms = {whole: Form.WHOLE}
    for name in stripped(agency.name, unit, agency.unit):
        forms.setdefault(name, Form.BODY)
    if agency.short:
        forms.setdefault(marked(agency.short), Form.SHORT)
    return (Entry(agency, unit, form, text) for text, form in forms.items())


def stripped(name: str, *units: Unit) -> Iterator[str]:
    """A name without the place that it names, where that is one of the units."""
    names, levels = {unit.folded for unit in units}, {unit.level for unit in units}
    ways = readings(name)
    for reading in ways:
        if levels & set(reading.levels) and (not reading.place or reading.place in names):
            yield reading.marked
    yield from (reading.marked for reading in tails(ways[0]) if reading.place in names)
