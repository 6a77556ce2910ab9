"""Wording: what a job's state is called, how far it is, and when it is worth asking again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from binhdang.server.jobs.kinds import kind_named
from binhdang.server.jobs.models import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job
from binhdang.server.jobs.queries import Sight, ahead_of
from binhdang.server.web.templatetags.words import number

STATES: dict[str, tuple[str, str | Promise]] = {
    WAITING: ("waiting", gettext_lazy("Đang chờ")),
    RUNNING: ("active", gettext_lazy("Đang chạy")),
    DONE: ("done", gettext_lazy("Xong")),
    FAILED: ("error", gettext_lazy("Không thành")),
    CANCELLED: ("neutral", gettext_lazy("Đã dừng")),
}
"""Each state as a badge's kind and words."""

_SOON, _LATER = 10, 120  # seconds since a job was asked for: up to then one looks often, after it seldom


@dataclass(frozen=True, slots=True)
class Told:
    """A job as its progress is shown."""

    job: Job
    kind: str | Promise
    badge: str
    state: str | Promise
    words: str
    done: int | None
    of: int | None
    message: str
    url: str
    said: str
    stage: str
    pause: int
    poll: str


def kind_title(job: Job) -> str | Promise:
    """What kind of work it is."""
    kind = kind_named(job.kind)
    return kind.title if kind else job.kind


def tell(job: Job, sight: Sight, *, then: str = "") -> Told:
    """A job as somebody may see it; `then` is "reload" where the page is to be loaded anew at its end."""
    badge, state = STATES[job.status]
    if job.status == RUNNING and job.cancel_asked_at:
        state = _("Đang dừng")
    stage = f"{job.status}{_quarter(job)}{'c' if job.cancel_asked_at else ''}"
    return Told(
        job=job,
        kind=kind_title(job),
        badge=badge,
        state=state,
        words=_words(job, sight),
        done=min(job.done, job.of) if job.of else None,
        of=job.of or None,
        message=_message(job, sight),
        url=str(job.result.get("url", "")) if job.status == DONE and sight.content else "",
        said=f"{job.title}: {state}{f' {_quarter(job)}%' if _quarter(job) else ''}",
        stage=stage,
        pause=_pause(job),
        poll=f"{reverse('jobs:progress', args=[job.pk])}?{urlencode({'da': stage, 'xong': then})}",
    )


def _words(job: Job, sight: Sight) -> str:
    """The line under the bar."""
    if job.status == WAITING:
        if job.tries:
            return _("Lần trước chưa thành, sẽ làm lại lúc %(time)s") % {"time": _clock(job)}
        ahead = ahead_of(job)
        if not ahead:
            return _("Sắp đến lượt")
        return ngettext("Còn %(count)s việc phía trước", "Còn %(count)s việc phía trước", ahead) % {"count": ahead}
    if job.status != RUNNING:
        return ""
    parts = [f"{number(job.done)} / {number(job.of)}" if job.of else "", job.doing if sight.content else ""]
    return " · ".join(part for part in parts if part)


def _clock(job: Job) -> str:
    return f"{timezone.localtime(job.due_at):%H:%M:%S}"


def _message(job: Job, sight: Sight) -> str:
    if job.status != FAILED:
        return ""
    return job.message if sight.content else _("Mã lỗi: %(code)s") % {"code": job.code}


def _quarter(job: Job) -> int:
    """How far it is, by quarters: what those who hear the page are told of."""
    return 25 * (4 * min(job.done, job.of) // job.of) if job.of and job.status == RUNNING else 0


def _pause(job: Job) -> int:
    age = (timezone.now() - job.asked_at).total_seconds()
    return 1 if age < _SOON else 2 if age < _LATER else 5
