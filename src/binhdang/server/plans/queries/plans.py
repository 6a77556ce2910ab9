"""Plans in lists, and one plan with all that its page shows; the number of queries does not grow with the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from binhdang.access import Actor
from binhdang.server.papers.models import Paper
from binhdang.server.plans.models import (
    Assignment,
    BudgetAmount,
    BudgetLine,
    Duty,
    DutyParty,
    Group,
    GroupMember,
    Plan,
    PlanLink,
    Section,
    Target,
    Task,
)
from binhdang.server.plans.reach import plans_of
from binhdang.vietnamese.text import fold


def listed(plans: QuerySet[Plan], *, text: str = "", state: str = "", year: int | None = None) -> QuerySet[Plan]:
    """The plans of a list, the newest first, with how many tasks they have."""
    if state in Plan.State.values:
        plans = plans.filter(state=state)
    if year is not None:
        plans = plans.filter(Q(start__lte=date(year, 12, 31)) & Q(end__gte=date(year, 1, 1)) | Q(date__year=year))
    for word in text.split():
        plans = plans.filter(Q(number__icontains=word) | Q(title__icontains=word) | Q(issuer_name__icontains=word))
    counted = plans.annotate(count=Count("tasks", filter=Q(tasks__tracked=True, tasks__until=None)))
    return counted.select_related("runs", "issuer").order_by("-date", "-issued_at", "id")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the tasks of a plan are narrowed to; empty is all."""

    text: str = ""
    agency: str = ""
    role: str = ""
    due: str = ""
    section: str = ""


def tasks_of(plan: Plan, asked: Filter, today: date) -> QuerySet[Task]:
    """A plan's tasks in force, with whom they are laid on: by agency (through groups too), due, section, words."""
    tasks = Task.objects.filter(plan=plan, until=None)
    for word in fold(asked.text).split():
        tasks = tasks.filter(folded__contains=word)
    if asked.agency:
        tasks = tasks.filter(Exists(_laid_on(asked.agency, asked.role)))
    elif asked.role in Assignment.Role.values:
        tasks = tasks.filter(Exists(Assignment.objects.filter(task=OuterRef("pk"), role=asked.role)))
    match asked.due:
        case "qua-han":
            tasks = tasks.filter(due_on__lt=today)
        case "sap-toi":
            tasks = tasks.filter(due_on__gte=today).order_by("due_on", "position")
        case "khong-han":
            tasks = tasks.filter(due=None)
        case "cho":
            tasks = tasks.filter(due__type="as_directed", waits_for=None)
    if asked.section:
        tasks = tasks.filter(section__in=_inside(plan, asked.section))
    shown = Assignment.objects.select_related("agency", "group").order_by("role", "printed")
    return tasks.select_related("waits_for").prefetch_related(Prefetch("assignments", shown, to_attr="laid"))


def _laid_on(agency: str, role: str) -> QuerySet[Assignment]:
    try:
        pk = UUID(agency)
    except ValueError:
        return Assignment.objects.none()
    whose = Q(agency=pk) | Q(group__in=GroupMember.objects.filter(agency=pk).values("group"))
    laid = Assignment.objects.filter(whose, task=OuterRef("pk"))
    return laid.filter(role=role) if role in Assignment.Role.values else laid


def _inside(plan: Plan, section: str) -> list[UUID]:
    """The section with all below it."""
    children: dict[str, list[str]] = defaultdict(list)
    known: dict[str, UUID] = {}
    for pk, parent in Section.objects.filter(plan=plan).values_list("pk", "parent_id"):
        known[str(pk)] = pk
        children[str(parent)].append(str(pk))
    found, newest = [], [section] if section in known else []
    while newest:
        found += newest
        newest = [child for one in newest for child in children[one]]
    return [known[one] for one in found]


@dataclass(slots=True)
class Node:
    """A section with how deep it stands and how many tasks it and those below it hold."""

    section: Section
    depth: int
    count: int = 0


def outline_of(plan: Plan) -> list[Node]:
    """The outline in the order of the paper."""
    counts = dict(
        Task.objects.filter(plan=plan, until=None)
        .exclude(section=None)
        .values_list("section")
        .annotate(n=Count("id"))
        .values_list("section", "n")
    )
    nodes: dict[UUID, Node] = {}
    sections = list(Section.objects.filter(plan=plan).order_by("position"))
    for section in sections:
        above = nodes.get(section.parent_id) if section.parent_id else None
        nodes[section.pk] = Node(section, above.depth + 1 if above else 0)
    for section in sections:
        at: UUID | None = section.pk
        while at is not None and at in nodes:
            nodes[at].count += counts.get(section.pk, 0)
            at = nodes[at].section.parent_id
    return list(nodes.values())


def agencies_in(plan: Plan) -> list[tuple[str, str, int]]:
    """Those on whom work is laid, with how much: id, name, number of tasks; groups by their name."""
    rows = (
        Assignment.objects.filter(task__plan=plan, task__until=None, until=None)
        .exclude(agency=None)
        .values("agency_id", "agency__name", "agency__order")
        .annotate(n=Count("task", distinct=True))
        .order_by("agency__order")
    )
    return [(str(row["agency_id"]), row["agency__name"], row["n"]) for row in rows]


def targets_of(plan: Plan) -> QuerySet[Target]:
    """The targets with those above them."""
    return Target.objects.filter(plan=plan, until=None).select_related("above", "above__plan")


def duties_of(plan: Plan) -> QuerySet[Duty]:
    """The duties with who sends, to whom, through whom."""
    parties = DutyParty.objects.select_related("agency", "group").order_by("printed")
    return Duty.objects.filter(plan=plan, until=None).prefetch_related(Prefetch("parties", parties, to_attr="bound"))


@dataclass(slots=True)
class Money:
    """The budget as a table: lines, years, amounts by line and year over all sources, and the sums of the lowest lines."""

    lines: Sequence[BudgetLine]
    years: Sequence[int]
    rows: list[tuple[BudgetLine, list[Decimal | None], Decimal | None]] = field(default_factory=list)
    sums: list[Decimal] = field(default_factory=list)
    whole: Decimal = Decimal(0)
    unit: str = ""


def money_of(plan: Plan) -> Money:
    """The budget of a plan."""
    lines = list(BudgetLine.objects.filter(plan=plan, until=None).order_by("position"))
    by: Mapping[UUID, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    undated: dict[UUID, Decimal] = defaultdict(Decimal)
    years: set[int] = set()
    for pk, year, amount in BudgetAmount.objects.filter(line__in=lines).values_list("line_id", "year", "amount"):
        if year is None:
            undated[pk] += amount
        else:
            by[pk][year] += amount
            years.add(year)
    parents = {line.parent_code for line in lines if line.parent_code}
    money = Money(lines, sorted(years), unit=lines[0].unit if lines else "", sums=[Decimal(0)] * len(years))
    for line in lines:
        amounts = [by[line.pk].get(year) for year in money.years]
        whole = sum((a for a in amounts if a is not None), undated[line.pk])
        money.rows.append((line, amounts, whole or None))
        if line.code not in parents:  # a line above others repeats their sum
            money.whole += whole
            money.sums = [total + (a or Decimal(0)) for total, a in zip(money.sums, amounts, strict=True)]
    return money


def links_of(plan: Plan, actor: Actor) -> list[tuple[str, bool, Plan, UUID]]:
    """The links both ways among plans that the actor sees: kind, whether it is this plan's own word, the other, the link."""
    seen = plans_of(actor)
    out = PlanLink.objects.filter(plan=plan, other__in=seen).select_related("other")
    into = PlanLink.objects.filter(other=plan, plan__in=seen).select_related("plan")
    return [(link.kind, True, link.other, link.pk) for link in out] + [
        (link.kind, False, link.plan, link.pk) for link in into
    ]


def plans_cited(paper: Paper, actor: Actor) -> list[Plan]:
    """The plans that a paper cites, of those that the actor sees: the ones that it may carry out."""
    symbols = [c.symbol for c in paper.citations.all() if c.symbol]
    return list(plans_of(actor).filter(paper__symbol__in=symbols).exclude(paper=paper).order_by("-date"))


def groups_of(plan: Plan) -> QuerySet[Group]:
    """The groups of a plan."""
    return Group.objects.filter(plan=plan).order_by("name")
