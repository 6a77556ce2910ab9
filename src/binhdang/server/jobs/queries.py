"""Named reads: jobs of a person or of the installation, of a thing, and how the queue does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, Max, Q, QuerySet, Value, When
from django.utils import timezone

from binhdang.access import Actor, Permission, may
from binhdang.server.jobs import turns
from binhdang.server.jobs.kinds import kind_named
from binhdang.server.jobs.models import CANCELLED, DONE, FAILED, OPEN, RUNNING, WAITING, Job, Worker
from binhdang.server.web.asking import SYSTEM

_LATE = timedelta(seconds=60)


class Sight(NamedTuple):
    """What somebody sees of a job: anything at all, what it says of its content; and whether they may act on it."""

    shown: bool
    content: bool
    acts: bool


def sight_of(actor: Actor, job: Job) -> Sight:
    """One's own jobs whole; those about what one may read too; who runs the system acts on all, and reads titles."""
    kind = kind_named(job.kind)
    own = job.person == actor.person
    runs = may(actor, Permission.RUN_SYSTEM)
    content = own or (kind is not None and kind.follows(actor, job))
    return Sight(shown=content or runs, content=content, acts=own or runs)


def jobs_of(actor: Actor, *, all_people: bool = False) -> QuerySet[Job]:
    """One's own jobs, or everybody's for who runs the system; what runs first, then what waits, then the latest."""
    jobs = Job.objects.all()
    if not (all_people and may(actor, Permission.RUN_SYSTEM)):
        jobs = jobs.filter(person=actor.person)
    turn = Case(When(status=RUNNING, then=Value(0)), When(status=WAITING, then=Value(1)), default=Value(2))
    return jobs.order_by(turn, "-asked_at", "id")


def unsettled(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Those that run, wait or failed."""
    return jobs.filter(status__in=(*OPEN, FAILED))


def settled(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Those that are done or were cancelled."""
    return jobs.filter(status__in=(DONE, CANCELLED))


def latest_job(*, subject: str, kind: str) -> Job | None:
    """The last job of a kind about a thing, for the thing's own page."""
    return Job.objects.filter(subject=subject, kind=kind).order_by("-asked_at").first()


def ahead_of(job: Job) -> int:
    """How many jobs a waiting job waits for."""
    before = Q(due_at__lt=job.due_at) | Q(due_at=job.due_at, asked_at__lt=job.asked_at)
    return Job.objects.filter(Q(status=RUNNING) | Q(before, status=WAITING)).count()


def names_of(jobs: Iterable[Job]) -> Mapping[str, str]:
    """The names of who asked for the jobs, by id: one query."""
    ids = {UUID(job.person) for job in jobs if job.person != SYSTEM.person}
    return {str(one.pk): str(one) for one in get_user_model()._default_manager.filter(pk__in=ids)}


def counts() -> Mapping[str, int]:
    """How many jobs stand in each state."""
    found = dict(Job.objects.values_list("status").annotate(Count("pk")).order_by())
    return {status: found.get(status, 0) for status in (WAITING, RUNNING, DONE, FAILED, CANCELLED)}


def workers_count() -> int:
    """How many workers live."""
    return turns.living(timezone.now()).count()


def nobody_works() -> bool:
    """Whether no worker has lived for a minute: the last one that did is gone, or work waits and there never was one."""
    now = timezone.now()
    beat = Worker.objects.aggregate(last=Max("beat_at"))["last"]
    if beat is None:
        return Job.objects.filter(status=WAITING, due_at__lt=now - _LATE).exists()
    return bool(beat < now - _LATE)
