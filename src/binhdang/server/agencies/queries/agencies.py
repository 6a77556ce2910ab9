"""Reads of agencies: on a day, at a unit, of a kind, over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from binhdang.reference.agency_kinds import agency_kinds
from binhdang.server.agencies.models import Agency, AgencySuccession, Unit, standing_on
from binhdang.server.agencies.queries.units import lineage
from binhdang.vietnamese.text import fold

_LONGEST_CHAIN = 20  # successions followed; a longer chain is a ring


def agencies_on(day: date) -> QuerySet[Agency]:
    """The agencies that stand on a day, with their units."""
    return Agency.objects.filter(standing_on(day)).select_related("unit").order_by("order", "id")


def agencies_at(unit: Unit, day: date) -> QuerySet[Agency]:
    """The agencies at a unit on a day, those included that stayed when the unit took a new name or others in."""
    return agencies_on(day).filter(unit__in=list(lineage([unit.id], day)))


def search_agencies(
    text: str = "", *, day: date | None = None, kind: str = "", unit: Unit | None = None
) -> QuerySet[Agency]:
    """Agencies by name, short name or another spelling of their kind, with or without tone marks; best first."""
    found = Agency.objects.select_related("unit")
    if day is not None:
        found = found.filter(standing_on(day))
    if kind:
        found = found.filter(kind=kind)
    if unit is not None:
        found = found.filter(unit__in=list(lineage([unit.id], day)))
    words = " ".join(fold(text).split())
    if not words:
        return found.order_by("order", "id")
    kinds = [one.code for one in agency_kinds().named(text)]
    rank = Case(
        When(Q(folded=words) | Q(folded_short=words), then=Value(0)),
        When(Q(folded__startswith=words) | Q(kind__in=kinds), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    matches = Q(folded__contains=words) | Q(folded_short__contains=words) | Q(kind__in=kinds)
    return found.filter(matches).annotate(rank=rank).order_by("rank", "order", "id")


@dataclass(frozen=True, slots=True)
class Chain:
    """What an agency's work came from and where it went, step by step, the nearest step first."""

    origins: Sequence[AgencySuccession]
    successions: Sequence[AgencySuccession]


def chain(agency: Agency) -> Chain:
    """The successions of an agency, both ways, as far as they go."""
    return Chain(_followed(agency.id, "new", "old"), _followed(agency.id, "old", "new"))


def _followed(start: UUID, near: str, far: str) -> list[AgencySuccession]:
    links: list[AgencySuccession] = []
    reached, newest = {start}, {start}
    for _ in range(_LONGEST_CHAIN):
        step = list(
            AgencySuccession.objects.filter(**{f"{near}__in": newest})
            .select_related("old", "new", "change")
            .order_by("on", "old__order", "new__order", "id")
        )
        links += step
        newest = {getattr(link, f"{far}_id") for link in step} - reached
        reached |= newest
        if not newest:
            break
    return links
