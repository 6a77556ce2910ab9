"""Reads of the journal: which events somebody may read, and each told with the names of what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from binhdang.access import Actor, Permission, scope
from binhdang.server.accounts.models import Person, Post
from binhdang.server.accounts.presenters import VERBS, field_title, value_text, verb_title
from binhdang.server.accounts.reach import agencies_in
from binhdang.server.agencies.models import Agency, Unit
from binhdang.server.audit.models import Event
from binhdang.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Told:
    """An event as people read it."""

    at: datetime
    who: str
    for_agency: str
    address: str
    what: str
    subject: str
    agency: str
    reason: str
    changes: Sequence[tuple[str, str, str]] = field(default_factory=tuple)


_NAMED: list[type[Model]] = [Person, Agency, Unit]


def register_named(model: type[Model]) -> None:
    """Lets events about a room's things be told with their names; called once, when the room is loaded."""
    _NAMED.append(model)


def readable(actor: Actor) -> QuerySet[Event]:
    """The events of the agencies whose journal the actor may read; of what is no agency's, those done for these."""
    reach = scope(actor, Permission.READ_AUDIT)
    if reach.everything:
        return Event.objects.order_by("-at", "-id")
    agencies = [str(pk) for pk in agencies_in(reach, actor.day)]
    theirs = Q(agency__in=agencies) | Q(agency="", post_agency__in=agencies)
    return Event.objects.filter(theirs).order_by("-at", "-id")


def about(person: Person, actor: Actor) -> QuerySet[Event]:
    """What was done to a person's account and posts, as far as the actor may read it."""
    posts = [str(pk) for pk in Post.objects.filter(person=person).values_list("pk", flat=True)]
    account = Q(kind="person", subject=str(person.pk))
    return readable(actor).filter(account | Q(kind="post", subject__in=posts))


def by_people(events: QuerySet[Event], name: str) -> QuerySet[Event]:
    """Those done by people of this name."""
    people = Person.objects.filter(Q(folded__contains=fold(name)) | Q(username=name.lower()))
    return events.filter(person__in=[str(pk) for pk in people.values_list("pk", flat=True)])


def of_agencies(events: QuerySet[Event], name: str) -> QuerySet[Event]:
    """Those whose work was an agency's of this name, or that were done for one."""
    agencies = Agency.objects.filter(Q(folded__contains=fold(name)) | Q(folded_short=fold(name)))
    ids = [str(pk) for pk in agencies.values_list("pk", flat=True)]
    return events.filter(Q(agency__in=ids) | Q(post_agency__in=ids))


def on_day(events: QuerySet[Event], day: date) -> QuerySet[Event]:
    """Those of a day, as Vietnam counts it."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    return events.filter(at__gte=start, at__lt=start + timedelta(days=1))


def matching(events: QuerySet[Event], words: str) -> QuerySet[Event]:
    """Those whose act is called so, that give such a reason, or that were done to people of this name."""
    folded = fold(words)
    verbs = [verb for verb, title in VERBS.items() if folded in fold(title)]
    people = Person.objects.filter(folded__contains=folded).values_list("pk", flat=True)
    subjects = Q(kind="person", subject__in=[str(pk) for pk in people])
    posts = Post.objects.filter(person__folded__contains=folded).values_list("pk", flat=True)
    subjects |= Q(kind="post", subject__in=[str(pk) for pk in posts])
    return events.filter(Q(verb__in=verbs) | Q(reason__icontains=words) | subjects)


def tell(events: Iterable[Event]) -> list[Told]:
    """Events with names for ids: one query for each kind of thing, whatever the number of events."""
    events = list(events)
    names = _names(events)

    def name(text: str) -> str:
        return names.get(text, text)

    return [
        Told(
            at=event.at,
            who="Hệ thống" if event.person == "system" else name(event.person),
            for_agency=name(event.post_agency),
            address=event.address,
            what=verb_title(event.verb),
            subject=names.get(event.subject, ""),
            agency=name(event.agency),
            reason=event.reason,
            changes=tuple(
                (
                    field_title(key),
                    value_text(key, _named(event.before.get(key), names)),
                    value_text(key, _named(new, names)),
                )
                for key, new in event.after.items()
            ),
        )
        for event in events
    ]


def _named(value: object, names: dict[str, str]) -> object:
    return names.get(value, value) if isinstance(value, str) else value


def _names(events: Iterable[Event]) -> dict[str, str]:
    ids = {pk for event in events for pk in _ids(event)}
    posts = Post.objects.filter(pk__in=ids).select_related("person")
    names = {str(one.pk): str(one) for model in _NAMED for one in model._default_manager.filter(pk__in=ids)}
    return names | {str(post.pk): str(post.person) for post in posts}


def _ids(event: Event) -> Iterator[UUID]:
    told = (event.person, event.subject, event.agency, event.post_agency, *event.before.values(), *event.after.values())
    for value in told:
        try:
            yield UUID(value)
        except (AttributeError, TypeError, ValueError):  # not an id
            continue
