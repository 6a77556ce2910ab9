"""Pages of jobs: the list, one job, how far it is, cancel, try again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from binhdang.access import Permission, may
from binhdang.server.jobs import actions, presenters, queries
from binhdang.server.jobs.models import Job
from binhdang.server.web.doors import Asked, needs
from binhdang.server.web.paging import page_of
from binhdang.server.web.records import Refused


@require_safe
@needs()
def jobs(request: Asked) -> HttpResponse:
    """One's own jobs that run, wait or failed, and those that ended; everybody's for who runs the system."""
    runs_system = may(request.actor, Permission.RUN_SYSTEM)
    everybody = runs_system and request.GET.get("cua") == "moi-nguoi"
    ended = request.GET.get("phan") == "xong"
    found = queries.jobs_of(request.actor, all_people=everybody)
    page = page_of((queries.settled if ended else queries.unsettled)(found), request)
    context = {
        "page": page,
        "rows": [(job, *presenters.STATES[job.status], presenters.kind_title(job)) for job in page],
        "names": queries.names_of(page) if everybody else {},
        "runs_system": runs_system,
        "everybody": everybody,
        "ended": ended,
        "nobody_works": queries.nobody_works(),
    }
    return render(request, "jobs/jobs.html", context)


@require_safe
@never_cache
@needs()
def job(request: Asked, pk: UUID) -> HttpResponse:
    """One job."""
    shown, sight = _seen(request, pk)
    context = {
        "job": shown,
        "told": presenters.tell(shown, sight, then="tai-lai"),
        "sight": sight,
        "who": queries.names_of([shown]).get(shown.person, ""),
        "nobody_works": shown.is_open and queries.nobody_works(),
    }
    return render(request, "jobs/job.html", context)


@require_safe
@never_cache
@needs()
def progress(request: Asked, pk: UUID) -> HttpResponse:
    """How far a job is, for the part of a page that asks again and again."""
    shown, sight = _seen(request, pk)
    then = request.GET.get("xong", "")
    told = presenters.tell(shown, sight, then=then)
    answer = render(request, "jobs/progress.html", {"told": told, "is_news": told.stage != request.GET.get("da")})
    if not shown.is_open and then == "tai-lai":
        answer.headers["HX-Refresh"] = "true"
    return answer


@needs()
def cancel(request: Asked, pk: UUID) -> HttpResponse:
    """Cancel a job, after telling what follows."""
    shown, sight = _seen(request, pk)
    if not sight.acts:
        raise Http404
    if request.method != "POST" and shown.is_open:
        return render(request, "jobs/cancel.html", {"job": shown})
    try:
        stopped = actions.cancel_job(by=request.by, job=shown)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Việc sẽ dừng ở bước kế tiếp.") if stopped.is_open else _("Đã dừng việc này."))
    return redirect("jobs:job", pk)


@require_POST
@needs()
def retry(request: Asked, pk: UUID) -> HttpResponse:
    """Have a job tried again."""
    shown, sight = _seen(request, pk)
    if not sight.acts:
        raise Http404
    try:
        actions.retry_job(by=request.by, job=shown)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Việc đã vào hàng chờ và làm tiếp từ chỗ đang dở."))
    return redirect("jobs:job", pk)


def _seen(request: Asked, pk: UUID) -> tuple[Job, queries.Sight]:
    """The job and how much of it the person sees. Raises Http404 for nothing."""
    found = Job.objects.filter(pk=pk).first()
    sight = queries.sight_of(request.actor, found) if found else None
    if found is None or sight is None or not sight.shown:
        raise Http404
    return found, sight
