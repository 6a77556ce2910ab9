"""Whose turn it is: a job taken, ended, put back, and taken back from a worker that died. Each is one conditional write.

None of it but the end is an act: who asked for the job did, and the end is told under the event of that.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from binhdang.server.audit.actions import act
from binhdang.server.jobs.kinds import kind_named
from binhdang.server.jobs.models import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job, Worker
from binhdang.server.jobs.processes import is_gone
from binhdang.server.jobs.running import Lost, by_of, held

DEAD = timedelta(seconds=60)
"""A worker that has not beaten for so long is taken for dead, wherever it is."""
_WAITS = (10, 60, 300)  # seconds before the second, third … try
_KILLED = "Việc này nhiều lần làm tiến trình phải dừng đột ngột nên không được chạy tiếp. Hãy báo người quản trị."


def take(worker: UUID, now: datetime) -> Job | None:
    """The job whose turn it is, made the worker's; of two workers that reach for one job, one goes on to the next."""
    waiting = Job.objects.filter(status=WAITING, due_at__lte=now).order_by("due_at", "asked_at", "id")
    while (pk := waiting.values_list("pk", flat=True).first()) is not None:
        mine = Job.objects.filter(pk=pk, status=WAITING).update(
            status=RUNNING, worker=worker, tries=F("tries") + 1, started_at=timezone.now(), version=F("version") + 1
        )
        if mine:
            return Job.objects.get(pk=pk)
    return None


def end(job: Job, worker: UUID, status: str, **fields: Any) -> None:
    """The job's end, with its event. Raises Lost where the worker does not hold the job any more."""
    by = by_of(job)
    with act("job.end", by=by, kind="job", subject=job.pk, agency=job.agency, parent=job.event) as doing:
        if status == DONE:  # what it was given may name people, and is not needed any more
            fields |= {"done": Coalesce("of", "done"), "doing": "", "arguments": {}, "state": {}}
        ended = held(job, worker).update(
            status=status, ended_at=timezone.now(), worker=None, alone_key=None, version=F("version") + 1, **fields
        )
        if not ended:
            raise Lost
        doing.changed("status", RUNNING, status)


def put_back(job: Job, worker: UUID, **fields: Any) -> None:
    """The job waits again, for the same worker or another."""
    held(job, worker).update(status=WAITING, worker=None, version=F("version") + 1, **fields)


def wait_before(tries: int) -> timedelta:
    """How long a job waits after so many tries."""
    return timedelta(seconds=_WAITS[min(max(tries, 1), len(_WAITS)) - 1])


def living(now: datetime) -> QuerySet[Worker]:
    """The workers that have beaten lately and have not ended."""
    return Worker.objects.filter(ended_at=None, beat_at__gt=now - DEAD)


def take_back_lost(me: UUID) -> int:
    """Puts back what dead workers held, or this one, who is idle as it asks; how many jobs.

    A job that was cancelled meanwhile ends so; one whose worker died at it again and again fails.
    """
    now = timezone.now()
    others = list(Worker.objects.filter(ended_at=None).exclude(pk=me))
    gone = [one.pk for one in others if is_gone(one.machine, one.process)]
    silent = Q(pk__in=[one.pk for one in others], beat_at__lte=now - DEAD)
    Worker.objects.filter(Q(pk__in=gone) | silent).update(ended_at=now)
    # who began meanwhile is there before it holds a job: what it holds is asked of the workers as they are now
    held_by = Worker.objects.filter(pk=OuterRef("worker"), ended_at=None).exclude(pk=me)
    lost = list(Job.objects.filter(~Exists(held_by), status=RUNNING))
    for job in lost:
        _take_back(job, now)
    return len(lost)


def _take_back(job: Job, now: datetime) -> None:
    assert job.worker is not None  # it runs
    kind = kind_named(job.kind)
    try:
        if job.cancel_asked_at:
            end(job, job.worker, CANCELLED)
        elif job.tries >= (kind.most_tries if kind else 1):
            end(job, job.worker, FAILED, code="job.killed", message=_KILLED)
        else:
            put_back(job, job.worker, due_at=now if job.tries < 2 else now + wait_before(job.tries - 1))
    except Lost:
        pass  # somebody else took it back
