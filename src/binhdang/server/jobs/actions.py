"""Acts on jobs: ask for one, cancel it, have it tried again, forget the old ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from binhdang.access import Permission
from binhdang.server.audit.actions import act
from binhdang.server.jobs.kinds import kind_named
from binhdang.server.jobs.models import CANCELLED, DONE, FAILED, OPEN, WAITING, Job
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused

_LONGEST_TITLE = 200
_KEPT = timedelta(days=30)
_FAILED_KEPT = timedelta(days=90)


def start_job(
    *, by: By, kind: str, title: str, agency: str = "", subject: str = "", arguments: Mapping[str, Any] | None = None
) -> Job:
    """Asks for a job. Inside another act it is asked for together with that act, or not at all.

    The act that starts it has asked the policy; what the job then does is asked again, for the same person. Raises
    LookupError for a kind that no room has registered.
    """
    known = kind_named(kind)
    if known is None:
        raise LookupError(f"no kind of job is called {kind}")
    pk, key = uuid4(), f"{kind}:{subject}" if known.alone else None
    try:
        with transaction.atomic():
            with act("job.start", by=by, kind="job", subject=pk, agency=agency) as doing:
                doing.changed("kind", None, kind)
            assert doing.event is not None  # set when the act ends
            return Job.objects.create(
                id=pk,
                kind=kind,
                title=title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…",
                person=by.person,
                post_agency=by.agency,
                agency=agency,
                subject=subject,
                event=doing.event,
                arguments=dict(arguments or {}),
                alone_key=key,
            )
    except IntegrityError:
        standing = Job.objects.filter(alone_key=key).first() if key else None
        if standing is None:
            raise
        return standing


def cancel_job(*, by: By, job: Job) -> Job:
    """Cancels a job: at once while it waits, at its next step while it runs. Raises Refused when it has ended."""
    with act("job.cancel", by=by, kind="job", subject=job.pk, agency=job.agency) as doing:
        taken = _take(by, job)
        if taken.status not in OPEN:
            raise Refused("Việc này đã kết thúc rồi nên không dừng được nữa.")
        now = timezone.now()
        doing.changed("cancel_asked_at", taken.cancel_asked_at, taken.cancel_asked_at or now)
        taken.cancel_asked_at = taken.cancel_asked_at or now
        if taken.status == WAITING:
            doing.changed("status", taken.status, CANCELLED)
            taken.status, taken.ended_at, taken.alone_key = CANCELLED, now, None
        _store(taken)
    return taken


def retry_job(*, by: By, job: Job) -> Job:
    """Has a failed or cancelled job tried again, from where it stood. Raises Refused for any other."""
    with act("job.retry", by=by, kind="job", subject=job.pk, agency=job.agency) as doing:
        taken = _take(by, job)
        if taken.status not in (FAILED, CANCELLED):
            raise Refused("Chỉ làm lại được việc không thành hoặc đã dừng.")
        doing.changed("status", taken.status, WAITING)
        known = kind_named(taken.kind)
        taken.status, taken.due_at, taken.tries, taken.worker = WAITING, timezone.now(), 0, None
        taken.ended_at = taken.cancel_asked_at = None
        taken.code = taken.message = taken.doing = ""
        taken.alone_key = f"{taken.kind}:{taken.subject}" if known and known.alone else None
        if taken.alone_key and Job.objects.filter(alone_key=taken.alone_key).exists():
            raise Refused("Đã có một việc như vậy đang chờ hoặc đang chạy; hãy xem việc ấy.")
        _store(taken)
    return taken


def forget_old_jobs(*, by: By) -> int:
    """Removes jobs that ended long ago; failed ones are kept longer. How many."""
    now = timezone.now()
    old = Q(status__in=(DONE, CANCELLED), ended_at__lt=now - _KEPT) | Q(status=FAILED, ended_at__lt=now - _FAILED_KEPT)
    jobs = list(Job.objects.filter(old).values_list("pk", flat=True)[:1000])
    if jobs:
        with act("job.forget", by=by, kind="job", subject=uuid4()) as doing:
            Job.objects.filter(pk__in=jobs).delete()
            doing.changed("count", None, len(jobs))
    return len(jobs)


def _take(by: By, job: Job) -> Job:
    """The job as it is now, held until the act ends, for who asked for it or who runs the system."""
    taken = Job.objects.select_for_update().filter(pk=job.pk).first()
    if taken is None:
        raise Refused("Việc này đã được dọn khỏi danh sách.")
    if by.person != taken.person:
        permit(by, Permission.RUN_SYSTEM)
    return taken


def _store(job: Job) -> None:
    job.version += 1
    job.save()
