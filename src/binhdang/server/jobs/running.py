"""A job as the code that does it sees it: what was asked, where it stood, and how to tell how far it is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from threading import Event
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from binhdang.server.jobs.models import RUNNING, Job
from binhdang.server.web.asking import SYSTEM, By

_PAUSE = 0.5  # seconds between two writes of how far a job is


class Stopped(BaseException):
    """Not an Exception: a room that goes on after a failed row must not go on after this."""


class Cancelled(Stopped):
    """Somebody cancelled the job."""


class Leaving(Stopped):
    """The worker has to leave; another goes on from the last saved state."""


class Lost(Stopped):
    """The job is another worker's by now."""


def by_of(job: Job) -> By:
    """Who acts when a job acts: who asked for it."""
    return SYSTEM if job.person == SYSTEM.person else By(job.person, job.post_agency, door="job")


class Running:
    """A job in the hands of a worker.

    What a step writes and the state after it belong into one transaction, so that after a kill no step is done twice:

        for row in rows[running.state.get("next", 0):]:
            with transaction.atomic():
                add_person(by=running.by, parent=running.event, …)
                running.save({"next": number + 1})
            running.progress(number + 1, len(rows), "…")
    """

    def __init__(self, job: Job, worker: UUID, leave: Event) -> None:
        self.job = job
        self.by = by_of(job)
        self.event: UUID = job.event
        self.arguments: Mapping[str, Any] = job.arguments
        self.state: dict[str, Any] = dict(job.state)
        self._kept: Mapping[str, Any] = job.state
        self.worker, self._leave = worker, leave
        self._next = 0.0

    def save(self, state: Mapping[str, Any]) -> None:
        """Keeps where the job stands, in the caller's transaction if there is one. Raises Cancelled and Lost."""
        fields: dict[str, Any] = {"state": state}
        if state != self._kept:
            fields["tries"] = 1  # it gets on: what went wrong before does not count any more
        self._write(fields)
        self.state, self._kept = dict(state), dict(state)

    def progress(self, done: int, of: int | None = None, doing: str = "") -> None:
        """Tells how far the job is, written about twice a second at most. Raises Cancelled, Leaving and Lost."""
        if self._leave.is_set():
            raise Leaving
        if time.monotonic() >= self._next:
            self._write({"done": done, "of": of, "doing": doing[:200]})
            self._next = time.monotonic() + _PAUSE

    def _write(self, fields: Mapping[str, Any]) -> None:
        """One statement in the usual case; only where it met nothing is asked why."""
        if held(self.job, self.worker).filter(cancel_asked_at=None).update(version=F("version") + 1, **fields):
            return
        raise Cancelled if held(self.job, self.worker).exists() else Lost


def held(job: Job, worker: UUID) -> QuerySet[Job]:
    """The job's row while the worker holds it, else nothing: what has been taken away is not written to any more."""
    return Job.objects.filter(pk=job.pk, status=RUNNING, worker=worker)
