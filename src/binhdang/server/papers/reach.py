"""Who sees which papers: those of one's agency, and those that a room above has tied to something one sees."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q, QuerySet

from binhdang.access import Actor, Permission, Standing, Thing, may, scope
from binhdang.server.papers.models import Paper

Sight = Callable[[Actor], Q | None]
"""The WHERE over papers that an actor sees by a room's own things; None where there are none."""

_SIGHTS: list[Sight] = []


def register(sight: Sight) -> None:
    """Makes a room's papers seen by those who see its things; called once, when the room is loaded."""
    _SIGHTS.append(sight)


def thing_of(paper: Paper) -> Thing:
    """A paper in an agency's keeping: nobody else's until a room above publishes it."""
    return Thing({Standing.OWNER: frozenset({str(paper.owner_id)})})


def papers_of(actor: Actor, permission: Permission = Permission.READ) -> QuerySet[Paper]:
    """The papers to which the actor may do this."""
    reach = scope(actor, permission)
    if reach.everything:
        return Paper.objects.all()
    owners = [UUID(agency) for standing, agency in reach.pairs if standing == Standing.OWNER]
    seen = Q(owner__in=owners)
    if permission == Permission.READ:
        for sight in _SIGHTS:
            if (more := sight(actor)) is not None:
                seen |= more
    return Paper.objects.filter(seen)


def may_write(actor: Actor, paper: Paper) -> bool:
    """Whether the actor may review the paper."""
    return may(actor, Permission.WRITE, thing_of(paper))
