"""What agencies are told when a plan lays work on them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse

from binhdang.server.notices.actions.posting import Draft
from binhdang.server.plans.actions.records import Records
from binhdang.server.plans.models import Plan
from binhdang.server.plans.notices import PLAN_ISSUED


def told_of(plan: Plan, records: Records) -> Iterator[Draft]:
    """One notice for each agency that the plan names, groups through their members; not for who issues it."""
    members: dict[UUID, list[UUID]] = {}
    for member in records.members:
        members.setdefault(member.group_id, []).append(member.agency_id)
    named: dict[UUID, None] = {}
    for party in (*records.assignments, *records.recipients):
        for agency in [party.agency_id] if party.agency_id else members.get(party.group_id or plan.pk, []):
            named.setdefault(agency)
    named.pop(plan.runs_id, None)
    url = reverse("plans:plan", args=[plan.pk])
    for agency in named:
        yield Draft(
            PLAN_ISSUED.code,
            f"Được giao việc theo {plan}",
            f"{url}?co-quan={agency}",
            agency=agency,
            text=plan.title,
            subject_kind="plan",
            subject=plan.pk,
        )
