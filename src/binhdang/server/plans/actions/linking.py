"""How plans stand to one another, and guidance papers that set the dates of what waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from binhdang.access import Permission
from binhdang.server.audit.actions import act
from binhdang.server.papers.models import Paper
from binhdang.server.plans.models import Plan, PlanLink, Task
from binhdang.server.plans.reach import thing_of
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused


def link_plan(*, by: By, plan: UUID, other: UUID, kind: str) -> PlanLink:
    """Says that a plan carries out, amends, replaces or follows another. The act of who runs the plan."""
    with act("plan.link", by=by, kind="plan", subject=plan) as doing:
        found = Plan.objects.select_for_update().get(pk=plan)
        permit(by, Permission.WRITE, thing_of(found))
        doing.agency = str(found.runs_id)
        if plan == other or kind not in PlanLink.Kind.values:
            raise Refused("Không nối được hai kế hoạch này.")
        link, _ = PlanLink.objects.get_or_create(plan=found, other_id=other, kind=kind)
        doing.changed("other", None, other)
    return link


def unlink_plan(*, by: By, link: UUID) -> None:
    """Takes such a word back."""
    with act("plan.unlink", by=by, kind="plan") as doing:
        found = PlanLink.objects.select_related("plan").get(pk=link)
        permit(by, Permission.WRITE, thing_of(found.plan))
        doing.subject, doing.agency = str(found.plan_id), str(found.plan.runs_id)
        doing.changed("other", found.other_id, None)
        found.delete()


def tie_guidance(*, by: By, plan: UUID, tasks: Sequence[UUID], paper: UUID, day: date | None) -> int:
    """Ties a guidance paper to tasks that wait for it; with a day, that is their due from now on. How many tasks."""
    with act("plan.guide", by=by, kind="plan", subject=plan) as doing:
        found = Plan.objects.select_for_update().get(pk=plan)
        permit(by, Permission.WRITE, thing_of(found))
        doing.agency = str(found.runs_id)
        guidance = Paper.objects.get(pk=paper)
        if guidance.owner_id != found.runs_id:
            raise Refused("Văn bản hướng dẫn phải nằm trong kho văn bản của cơ quan chủ trì.")
        waiting = list(Task.objects.filter(plan=found, pk__in=tasks))
        for task in waiting:
            task.waits_for = guidance
            if day is not None:
                text = f"theo {guidance.heading}"
                task.due, task.due_on = {"type": "by", "text": text, "date": day.isoformat(), "before": False}, day
            task.version += 1
        Task.objects.bulk_update(waiting, ["waits_for", "due", "due_on", "version"], batch_size=200)
        doing.changed("guidance", None, guidance.pk)
        doing.changed("tasks", None, [str(task.pk) for task in waiting])
    return len(waiting)
