"""Issuing: the reviewed paper becomes a running programme, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from binhdang.access import Permission
from binhdang.checking.above import alike
from binhdang.review import Reviewed, State, apply
from binhdang.server.agencies.models import Agency
from binhdang.server.audit.actions import act
from binhdang.server.notices.actions.posting import post_notices
from binhdang.server.papers.models import Paper, Review
from binhdang.server.papers.queries.reviews import standing_edits
from binhdang.server.papers.reach import thing_of as thing_of_paper
from binhdang.server.plans.actions.records import Records, day_of, records_of
from binhdang.server.plans.actions.telling import told_of
from binhdang.server.plans.models import Assignment, Plan, PlanLink, Target
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Conflict, Refused


@dataclass(frozen=True, slots=True)
class Issue:
    """What the person decides when a plan is issued.

    `issuer` is the issuing agency of the register, None where it is not in it. `above` are the plans that it carries out.
    `unled_to_runner` lays tasks that name no lead on the agency that runs the plan.
    """

    start: date | None = None
    end: date | None = None
    issuer: UUID | None = None
    above: Sequence[UUID] = ()
    unled_to_runner: bool = False


def issue_plan(*, by: By, paper: UUID, seen: int, issue: Issue) -> Plan:
    """Makes the plan's records from the finished review and lays the work on those whom it names.

    `seen` is the review's version that the person saw. Raises Refused that names what is missing, Conflict after edits.
    """
    with act("plan.issue", by=by, kind="plan") as doing:
        found = Paper.objects.select_for_update(of=("self",)).select_related("reading", "owner").get(pk=paper)
        permit(by, Permission.WRITE, thing_of_paper(found))
        reviewed = _reviewed(found, seen)
        plan = _plan(found, reviewed, issue)
        doing.subject, doing.agency = str(plan.pk), str(plan.runs_id)
        records = records_of(plan, reviewed)
        _lead_the_unled(plan, records, issue)
        plan.save(force_insert=True)
        records.write()
        links = _links(by, plan, issue.above)
        _link_targets(records.targets, links)
        post_notices(by=by, drafts=told_of(plan, records))
        doing.changed("tasks", None, len(records.tasks))
        doing.changed("assignments", None, len(records.assignments))
        doing.changed("number", None, plan.number)
    return plan


def _reviewed(paper: Paper, seen: int) -> Reviewed:
    review = Review.objects.filter(paper=paper).select_related("reading").first()
    if review is None or review.done_at is None:
        raise Refused(
            "Văn bản chưa rà soát xong.", hint="Hãy rà soát xong rồi giao việc: chưa ai xem thì chưa giao cho ai."
        )
    if review.version != seen:
        raise Conflict("Người khác vừa sửa thêm trong lần rà soát.", hint="Hãy xem lại rồi giao việc.")
    if Plan.objects.filter(paper=paper).exists():
        raise Refused("Kế hoạch này đã giao việc rồi.", hint="Thay đổi được ghi bằng văn bản sửa đổi.")
    reviewed = apply(review.reading.record, standing_edits(review))
    missing = [name for name in ("number", "date") if not reviewed.document[name]]
    if missing:
        raise Refused(
            "Văn bản chưa có số hoặc ngày ban hành.", hint="Hãy ghi trong phần Thông tin văn bản khi rà soát."
        )
    names = unsettled_leads(reviewed)
    if names:
        shown = "; ".join(f"“{name}”" for name in names[:5])
        raise Refused(f"Chưa chọn cơ quan cho: {shown}.", hint="Hãy chọn ở phần Cơ quan khi rà soát.")
    return reviewed


def unsettled_leads(reviewed: Reviewed) -> list[str]:
    """The names of leads, of tasks that are followed up, of which nobody has said whom they mean."""
    names = (
        name
        for item in reviewed.of("task")
        if item.state != State.GUIDANCE
        for name in item.fields["leads"]
        if reviewed.binding(name, item.key) is None
    )
    return list(dict.fromkeys(names))


def unled(reviewed: Reviewed) -> int:
    """How many tasks that are followed up name no lead."""
    return sum(i.state != State.GUIDANCE and not i.fields["leads"] for i in reviewed.of("task"))


def _plan(paper: Paper, reviewed: Reviewed, issue: Issue) -> Plan:
    told = reviewed.document
    period, signer = told["period"] or {}, told["signer"] or {}
    start = issue.start or day_of(period.get("from"))
    end = issue.end or day_of(period.get("to"))
    if start and end and end < start:
        raise Refused("Ngày cuối của thời kỳ phải sau ngày đầu.", field="end")
    if issue.issuer is not None and not Agency.objects.filter(pk=issue.issuer).exists():
        raise Refused("Không có cơ quan này trong danh mục.", field="issuer")
    signed = ", ".join(part for part in (signer.get("name"), signer.get("position")) if part)
    return Plan(
        pk=uuid4(),
        paper=paper,
        runs=paper.owner,
        issuer_id=issue.issuer,
        kind=(told["kind"] or "Kế hoạch")[:80],
        number=told["number"][:120],
        date=day_of(told["date"]),
        title=told["title"] or paper.name,
        issuer_name=(told["issuer"] or "")[:300],
        signer=signed[:300],
        start=start,
        end=end,
    )


def _lead_the_unled(plan: Plan, records: Records, issue: Issue) -> None:
    led = {a.task_id for a in records.assignments if a.role != Assignment.Role.PARTNER}
    without = [task for task in records.tasks if task.tracked and task.pk not in led]
    if without and not issue.unled_to_runner:
        raise Refused(
            f"{len(without)} nhiệm vụ chưa có cơ quan chủ trì.",
            hint="Hãy ghi chủ trì khi rà soát, hoặc chọn giao chúng cho cơ quan chủ trì chương trình.",
        )
    records.assignments += [
        Assignment(task=task, role=Assignment.Role.LEAD, printed=plan.runs.name, agency=plan.runs, since=task.since)
        for task in without
    ]


def _links(by: By, plan: Plan, above: Sequence[UUID]) -> list[Plan]:
    plans = list(Plan.objects.filter(pk__in=above))
    PlanLink.objects.bulk_create(PlanLink(plan=plan, other=other, kind=PlanLink.Kind.CARRIES_OUT) for other in plans)
    return plans


def _link_targets(targets: Sequence[Target], above: Sequence[Plan]) -> None:
    """Ties each target to the one above that it takes up: the same unit and much the same subject. The value stays its own."""
    theirs = list(Target.objects.filter(plan__in=above, until=None))
    pairs = alike([(t.unit, t.subject) for t in targets], [(t.unit, t.subject) for t in theirs])
    changed = []
    for own, other in pairs.items():
        targets[own].above = theirs[other]
        changed.append(targets[own])
    Target.objects.bulk_update(changed, ["above"])
