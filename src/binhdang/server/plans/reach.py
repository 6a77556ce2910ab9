"""Who sees which plans: who runs and issues them, whose work they lay down, who gets them, and who stands above."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from binhdang.access import Actor, Permission, Standing, Thing, scope
from binhdang.server.agencies.queries.lines import below, superiors_of
from binhdang.server.plans.models import Assignment, GroupMember, Plan, Recipient

_ROLES = {
    Standing.LEADS: Assignment.Role.LEAD,
    Standing.PARTNERS: Assignment.Role.PARTNER,
    Standing.REQUESTED: Assignment.Role.REQUESTED,
}


def plans_of(actor: Actor, permission: Permission = Permission.READ) -> QuerySet[Plan]:
    """The plans to which the actor may do this, as one WHERE."""
    reach = scope(actor, permission)
    if reach.everything:
        return Plan.objects.all()
    by: dict[Standing, list[UUID]] = {}
    for standing, agency in reach.pairs:
        if agency:
            by.setdefault(standing, []).append(UUID(agency))
    seen = Q(runs__in=by.get(Standing.RUNS, []) + by.get(Standing.OWNER, []))
    seen |= Q(issuer__in=by.get(Standing.OWNER, []))
    if Standing.ABOVE in by:
        seen |= Q(runs__in=list(below(by[Standing.ABOVE], actor.day)))
    for standing, role in _ROLES.items():
        if agencies := by.get(standing):
            seen |= Q(Exists(_assigned(agencies, role)))
    if agencies := by.get(Standing.RECIPIENT):
        seen |= Q(Exists(Recipient.objects.filter(plan=OuterRef("pk"), agency__in=agencies)))
    return Plan.objects.filter(seen)


def _assigned(agencies: list[UUID], role: str) -> QuerySet[Assignment]:
    groups = GroupMember.objects.filter(agency__in=agencies).values("group")
    whose = Q(agency__in=agencies) | Q(group__in=groups)
    return Assignment.objects.filter(whose, role=role, task__plan=OuterRef("pk"))


def thing_of(plan: Plan, actor: Actor | None = None) -> Thing:
    """A plan as what something is done to, for acts of those who run it and those above them."""
    above = superiors_of(plan.runs_id, actor.day) if actor is not None else []
    owners = {str(plan.runs_id)} | ({str(plan.issuer_id)} if plan.issuer_id else set())
    return Thing(
        {
            Standing.OWNER: frozenset(owners),
            Standing.RUNS: frozenset({str(plan.runs_id)}),
            Standing.ABOVE: frozenset(map(str, above)),
        }
    )


def papers_of_plans(actor: Actor) -> Q | None:
    """Whoever sees a plan reads its paper."""
    return Q(pk__in=plans_of(actor).values("paper"))
