"""Who is told of notices by letter: asked for all of them at once, in five queries whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from binhdang.access import ROLES
from binhdang.server.accounts.models import Person, Post
from binhdang.server.agencies.models import standing_on
from binhdang.server.notices.kinds import Way, kinds
from binhdang.server.notices.models import Choice, Notice, ReadMark
from binhdang.server.notices.queries import way_of


class Listeners:
    """The people with an address for letters to whom some notices are addressed on a day, and how each wants to be told."""

    def __init__(self, notices: QuerySet[Notice], day: date) -> None:
        reached = Person.objects.filter(is_active=True).exclude(email="")
        posts = Post.objects.filter(
            standing_on(day),
            standing_on(day, "agency__"),
            agency__in=notices.order_by().values("agency"),
            person__in=reached.values("pk"),
        )
        self._roles: dict[UUID, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
        for agency, person, role in posts.values_list("agency_id", "person_id", "role"):
            if agency is not None:
                self._roles[agency][person].add(role)
        self._named = set(reached.filter(pk__in=notices.order_by().values("person")).values_list("pk", flat=True))
        marks = ReadMark.objects.filter(notice__in=notices.order_by().values("pk"))
        self._read = set(marks.values_list("person_id", "notice_id"))
        people = Q(choices__person__in=self._named) | Q(choices__person__in=posts.values("person"))
        chosen = Choice.objects.filter(people).values_list("choices__person_id", "kind", "way")
        self._chosen = {(person, kind): Way(way) for person, kind, way in chosen}
        self._suited = {
            code: frozenset(role.code for role in ROLES.values() if kind.suits(role)) for code, kind in kinds().items()
        }

    def of(self, notice: Notice) -> Iterator[tuple[UUID, Way]]:
        """Each of them who has not read it and has not done it, with their way."""
        if notice.kind not in self._suited:  # of a room that is no more
            return
        for person in self._addressed(notice):
            if person != notice.by_id and (person, notice.pk) not in self._read:
                yield person, way_of(notice.kind, self._chosen.get((person, notice.kind)))

    def _addressed(self, notice: Notice) -> Iterator[UUID]:
        there = self._roles[notice.agency_id] if notice.agency_id is not None else {}
        if notice.person_id is None:
            suited = self._suited[notice.kind]
            yield from (person for person, roles in there.items() if roles & suited)
        elif notice.person_id in self._named and (notice.agency_id is None or notice.person_id in there):
            yield notice.person_id
