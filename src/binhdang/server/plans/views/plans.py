"""Pages of plans: the list, and one plan by its parts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from binhdang.access import Permission, may
from binhdang.office import write_paper
from binhdang.review import plan_of
from binhdang.server.accounts.journal import readable, tell
from binhdang.server.papers import presenters as paper_words
from binhdang.server.papers.queries.reviews import review_of
from binhdang.server.plans import presenters
from binhdang.server.plans.models import Plan, Task
from binhdang.server.plans.queries import plans as queries
from binhdang.server.plans.reach import plans_of, thing_of
from binhdang.server.plans.text import marked_text
from binhdang.server.web.doors import Asked, needs
from binhdang.server.web.paging import page_of

PARTS = ("viec", "chi-tieu", "kinh-phi", "bao-cao", "van-ban", "lien-he", "lich-su")


def plan_for(request: Asked, pk: UUID) -> Plan:
    """The plan, if the person may see it."""
    return get_object_or_404(plans_of(request.actor).select_related("runs", "issuer", "paper__reading"), pk=pk)


@needs(Permission.READ)
def plans(request: Asked) -> HttpResponse:
    """The plans that the person may see, the newest first."""
    asked = {name: request.GET.get(name, "").strip() for name in ("tim", "muc", "nam")}
    year = int(asked["nam"]) if asked["nam"].isdecimal() and 1990 <= int(asked["nam"][:4]) <= 2100 else None
    page = page_of(queries.listed(plans_of(request.actor), text=asked["tim"], state=asked["muc"], year=year), request)
    context = {
        "page": page,
        "rows": [(plan, presenters.STATES[plan.state]) for plan in page],
        "text": asked["tim"],
        "year": asked["nam"],
        "tab": asked["muc"],
        "tabs": [("", "Tất cả"), *Plan.State.choices],
        "is_filtered": any(asked.values()),
    }
    return render(request, "plans/plans.html", context)


@needs(Permission.READ)
def plan(request: Asked, pk: UUID) -> HttpResponse:
    """One plan: its outline and the part that is asked for."""
    found = plan_for(request, pk)
    part = request.GET.get("phan", "viec")
    part = part if part in PARTS else "viec"
    today = timezone.localdate()
    context: dict[str, Any] = {
        "plan": found,
        "part": part,
        "badge": presenters.STATES[found.state],
        "today": today,
        "writes": may(request.actor, Permission.WRITE, thing_of(found, request.actor)),
    }
    context |= _PART[part](request, found, today)
    return render(request, "plans/plan.html", context)


def _tasks(request: Asked, plan: Plan, today: date) -> dict[str, Any]:
    names = {"text": "tim", "agency": "co-quan", "role": "vai-tro", "due": "han", "section": "muc-luc"}
    asked = queries.Filter(**{field: request.GET.get(name, "").strip() for field, name in names.items()})
    page = page_of(queries.tasks_of(plan, asked, today), request, 100)
    return {
        "page": page,
        "rows": [(task, paper_words.due_words(task.due)) for task in page],
        "asked": asked,
        "nodes": queries.outline_of(plan),
        "agencies": queries.agencies_in(plan),
        "is_filtered": asked != queries.Filter(),
        "waiting": Task.objects.filter(plan=plan, until=None, due__type="as_directed", waits_for=None).count(),
        "roles": presenters.ROLE_BADGES,
    }


def _targets(request: Asked, plan: Plan, today: date) -> dict[str, Any]:
    rows = [
        (t, str(paper_words.COMPARATORS[t.comparator]).replace(" …", ""), presenters.is_lower(t))
        for t in queries.targets_of(plan)
    ]
    return {"targets": rows}


def _money(request: Asked, plan: Plan, today: date) -> dict[str, Any]:
    return {"money": queries.money_of(plan)}


def _duties(request: Asked, plan: Plan, today: date) -> dict[str, Any]:
    duties = queries.duties_of(plan)
    return {"duties": [presenters.duty_row(duty) for duty in duties]}


def _text(request: Asked, plan: Plan, today: date) -> dict[str, Any]:
    return {"paragraphs": marked_text(plan)}


def _links(request: Asked, plan: Plan, today: date) -> dict[str, Any]:
    links = [
        (presenters.LINKS[kind][0 if own else 1], own, other, pk)
        for kind, own, other, pk in queries.links_of(plan, request.actor)
    ]
    return {"links": links, "recipients": plan.recipients.select_related("agency", "group")}


def _history(request: Asked, plan: Plan, today: date) -> dict[str, Any]:
    events = readable(request.actor).filter(kind="plan", subject=str(plan.pk))
    return {"events": tell(events[:100])}


@needs(Permission.READ)
def word(request: Asked, pk: UUID) -> HttpResponse:
    """The plan's paper set anew as Word, in the form of Decree 30, with what the review corrected."""
    found = plan_for(request, pk)
    data = write_paper(plan_of(review_of(found.paper).reviewed))
    response = HttpResponse(data, content_type=_WORD)
    name = f"{found.kind} {found.number}".replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.docx") or "attachment"
    return response


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PART = {
    "viec": _tasks,
    "chi-tieu": _targets,
    "kinh-phi": _money,
    "bao-cao": _duties,
    "van-ban": _text,
    "lien-he": _links,
    "lich-su": _history,
}
