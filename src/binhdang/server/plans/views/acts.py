"""Pages on which a plan is issued, ended, opened again, and tied to guidance."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhdang.access import Permission, may
from binhdang.server.agencies.models import Agency
from binhdang.server.agencies.queries.agencies import search_agencies
from binhdang.server.papers import presenters as paper_words
from binhdang.server.papers.models import Paper
from binhdang.server.papers.queries.reviews import review_of
from binhdang.server.papers.views.papers import paper_for
from binhdang.server.plans import actions
from binhdang.server.plans.actions.issuing import unled, unsettled_leads
from binhdang.server.plans.forms import CloseForm, GuidanceForm, IssueForm
from binhdang.server.plans.models import Plan, Task
from binhdang.server.plans.queries import plans as queries
from binhdang.server.plans.reach import thing_of
from binhdang.server.plans.views.plans import plan_for
from binhdang.server.web.doors import Asked, needs
from binhdang.server.web.records import Conflict, Refused

_MOST = 30  # choices offered


@needs(Permission.WRITE)
def issue(request: Asked, pk: UUID) -> HttpResponse:
    """What issuing will do, and the word to do it."""
    paper = paper_for(request, pk, write=True)
    if (known := Plan.objects.filter(paper=paper).first()) is not None:
        return redirect("plans:plan", known.pk)
    if paper.reading is None:
        return redirect("papers:paper", pk)
    standing = review_of(paper)
    reviewed = standing.reviewed
    period = reviewed.document["period"] or {}
    above = queries.plans_cited(paper, request.actor)
    issuers = _issuers(paper)
    form = IssueForm(
        request.POST or None,
        issuers=[(str(a.pk), f"{a}, {a.unit.title}") for a in issuers],
        above=[(str(p.pk), f"{p}: {p.title}") for p in above],
        initial={
            "issuer": str(issuers[0].pk) if len(issuers) == 1 else "",
            "start": period.get("from"),
            "end": period.get("to"),
            "above": [str(p.pk) for p in above],
            "seen": standing.seen,
        },
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            decided = actions.Issue(
                start=told["start"],
                end=told["end"],
                issuer=UUID(told["issuer"]) if told["issuer"] else None,
                above=[UUID(p) for p in told.get("above", ())],
                unled_to_runner=told["unled"],
            )
            try:
                plan = actions.issue_plan(by=request.by, paper=pk, seen=told["seen"], issue=decided)
            except (Refused, Conflict) as e:
                form.add_error(None, f"{e.message} {e.hint}")
            else:
                messages.success(request, _("Đã giao việc theo “%(plan)s”.") % {"plan": plan})
                return redirect("plans:plan", plan.pk)
    tasks = reviewed.of("task")
    context = {
        "paper": paper,
        "form": form,
        "done": standing.review is not None and standing.review.done_at is not None,
        "document": reviewed.document,
        "tracked": sum(i.state != "guidance" for i in tasks),
        "guidance": sum(i.state == "guidance" for i in tasks),
        "counts": [(paper_words.SORT_NAMES[s], len(reviewed.of(s))) for s in ("target", "duty", "budget", "recipient")],
        "unsettled": unsettled_leads(reviewed),
        "unled": unled(reviewed),
    }
    return render(request, "plans/issue.html", context, status=status)


def _issuers(paper: Paper) -> list[Agency]:
    """Agencies of the register that may be the one that the paper was issued by."""
    name = paper.issuer.rpartition(" tỉnh ")[0] or paper.issuer
    found = list(search_agencies(paper.issuer)[:_MOST]) or list(search_agencies(name)[:_MOST])
    return found


@needs(Permission.WRITE)
def close(request: Asked, pk: UUID) -> HttpResponse:
    """Asks before a plan ends, and ends it; for an ended one: opens it again."""
    plan = plan_for(request, pk)
    if not may(request.actor, Permission.WRITE, thing_of(plan, request.actor)):
        raise Http404
    form = CloseForm(request.POST or None, initial={"seen": plan.version})
    closed = plan.state == Plan.State.CLOSED
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        change = actions.reopen_plan if closed else actions.close_plan
        try:
            change(by=request.by, plan=pk, seen=told["seen"], reason=told["reason"])
        except (Refused, Conflict) as e:
            form.add_error("reason" if isinstance(e, Refused) and e.field else None, f"{e.message} {e.hint}")
        else:
            messages.success(request, _("Đã mở lại kế hoạch.") if closed else _("Đã kết thúc kế hoạch."))
            return redirect("plans:plan", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/close.html", {"plan": plan, "form": form, "closed": closed}, status=status)


@needs(Permission.WRITE)
def guidance(request: Asked, pk: UUID) -> HttpResponse:
    """Ties a guidance paper to the tasks that wait for it."""
    plan = plan_for(request, pk)
    if not may(request.actor, Permission.WRITE, thing_of(plan, request.actor)):
        raise Http404
    waiting = list(Task.objects.filter(plan=plan, until=None, due__type="as_directed").order_by("position"))
    papers = Paper.objects.filter(owner=plan.runs_id).exclude(pk=plan.paper_id).order_by("-added_at")[:_MOST]
    form = GuidanceForm(
        request.POST or None,
        papers=[(str(p.pk), f"{p}: {p.title}"[:140]) for p in papers],
        tasks=[(str(t.pk), f"{t.ref} {t.text}"[:160]) for t in waiting],
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        count = actions.tie_guidance(
            by=request.by, plan=pk, tasks=[UUID(t) for t in told["tasks"]], paper=UUID(told["paper"]), day=told["day"]
        )
        messages.success(request, _("Đã gắn văn bản hướng dẫn cho %(n)d nhiệm vụ.") % {"n": count})
        return redirect("plans:plan", pk)
    status = 422 if request.method == "POST" else 200
    context = {"plan": plan, "form": form, "waiting": waiting, "papers": papers}
    return render(request, "plans/guidance.html", context, status=status)


@needs(Permission.WRITE)
@require_POST
def unlink(request: Asked, pk: UUID, link: UUID) -> HttpResponse:
    """Takes a link between plans back."""
    plan = plan_for(request, pk)
    if not may(request.actor, Permission.WRITE, thing_of(plan, request.actor)):
        raise Http404
    found = get_object_or_404(plan.links, pk=link)
    actions.unlink_plan(by=request.by, link=found.pk)
    messages.success(request, _("Đã bỏ liên hệ."))
    return redirect("plans:plan", pk)
