"""The process that does jobs: one at a time, each ended well or badly, and never held by a worker that is dead."""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, close_old_connections, connection
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from binhdang.errors import BinhdangError
from binhdang.server.jobs import turns
from binhdang.server.jobs.kinds import Kind, kind_named
from binhdang.server.jobs.models import CANCELLED, DONE, FAILED, RUNNING, Job, Worker
from binhdang.server.jobs.processes import process_named, this_machine
from binhdang.server.jobs.running import Cancelled, Leaving, Lost, Running, held

log = logging.getLogger(__name__)

_LOOK = 0.5  # seconds between two looks for work
_BEAT = 5.0  # seconds
_PATIENCE = timedelta(seconds=20)  # for a cancelled job to come to its next step
_REMEMBERED = timedelta(days=1)  # that workers which ended are kept
_FAULT = "Phần mềm gặp trục trặc khi làm việc này. Trục trặc đã được ghi lại; hãy làm lại, nếu vẫn vậy thì báo người quản trị."


def work(leave: threading.Event) -> None:
    """Does jobs until it is told to leave. Leaving passes through where a job had to be left in the middle."""
    me = Worker.objects.create(id=uuid4(), machine=this_machine(), process=process_named(os.getpid())).pk
    Worker.objects.filter(ended_at__lt=timezone.now() - _REMEMBERED).delete()
    threading.Thread(target=_beat, args=(me, leave), daemon=True).start()
    sweep = 0.0
    try:
        while not leave.is_set():
            try:
                close_old_connections()
                if time.monotonic() >= sweep:
                    turns.take_back_lost(me)
                    sweep = time.monotonic() + _BEAT
                if (job := turns.take(me, timezone.now())) is not None:
                    run(Running(job, me, leave))
                    continue
            except DatabaseError:
                log.exception("the database did not answer; looking again")
                sweep = 0.0  # a job whose end could not be written is taken back then
            leave.wait(_LOOK)
    finally:
        Worker.objects.filter(pk=me).update(ended_at=timezone.now())


def run_waiting_jobs(*, now: datetime | None = None) -> list[Job]:
    """Does here and at once all jobs that wait, for tests and commands; what became of them. `now` may lie ahead."""
    me, leave, ran = uuid4(), threading.Event(), []
    while (job := turns.take(me, now or timezone.now())) is not None:
        run(Running(job, me, leave))
        job.refresh_from_db()
        ran.append(job)
    return ran


def run(running: Running) -> None:
    """Does a job and writes how it ended. Leaving passes through, after the job was put back."""
    job, worker = running.job, running.worker
    kind = kind_named(job.kind) or Kind(job.kind, job.kind, _gone)
    try:
        result = _checked(kind.run(running) or {})
    except Cancelled:
        with suppress(Lost):
            turns.end(job, worker, CANCELLED)
    except Lost:
        log.warning("a job was taken over by another worker", extra=_of(job))
    except Leaving:
        turns.put_back(job, worker, tries=Greatest(F("tries") - 1, 0))
        raise
    except BinhdangError as error:
        with suppress(Lost):
            turns.end(job, worker, FAILED, code=error.code, message=str(error))
    except Exception:
        log.exception("a job met a fault", extra=_of(job))
        with suppress(Lost):
            _again_or_never(job, worker, kind.most_tries)
    else:
        with suppress(Lost):
            turns.end(job, worker, DONE, result=result)


def _of(job: Job) -> dict[str, dict[str, str]]:
    return {"told": {"job": str(job.pk), "kind": job.kind}}


def _gone(running: Running) -> None:
    raise BinhdangError("Phiên bản này của phần mềm không còn làm loại việc ấy.", code="job.unknown-kind")


def _again_or_never(job: Job, worker: UUID, most_tries: int) -> None:
    tries = held(job, worker).values_list("tries", flat=True).first() or 0
    if tries >= most_tries:
        turns.end(job, worker, FAILED, code="job.fault", message=_FAULT)
    else:
        turns.put_back(job, worker, due_at=timezone.now() + turns.wait_before(tries))


def _checked(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """Raises ValueError for a result that would lead away from this server, TypeError for one that JSON cannot hold."""
    json.dumps(result)
    url = result.get("url", "/")
    if not isinstance(url, str) or not url.startswith("/") or url.startswith("//"):
        raise ValueError("a result leads to a path of this server")
    return result


def _beat(me: UUID, leave: threading.Event) -> None:
    """Says every few seconds that the worker lives; ends it when it was taken for dead, or hangs on in a cancelled job."""
    while True:
        time.sleep(_BEAT)
        try:
            now = timezone.now()
            if not Worker.objects.filter(pk=me, ended_at=None).update(beat_at=now):
                leave.set()
            if Job.objects.filter(status=RUNNING, worker=me, cancel_asked_at__lt=now - _PATIENCE).exists():
                log.warning("a cancelled job did not come to its next step; its worker ends")
                os.kill(os.getpid(), signal.SIGKILL)
        except DatabaseError:
            log.exception("a worker could not say that it lives")
            connection.close()
