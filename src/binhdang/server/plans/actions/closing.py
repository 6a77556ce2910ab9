"""The end of a plan."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from binhdang.access import Permission
from binhdang.server.audit.actions import act
from binhdang.server.plans.models import Plan
from binhdang.server.plans.reach import thing_of
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused, check_version


def close_plan(*, by: By, plan: UUID, seen: int, reason: str = "") -> Plan:
    """Ends a plan: its work is no longer followed up, all of it stays readable."""
    with act("plan.close", by=by, kind="plan", subject=plan) as doing:
        found = _locked(by, plan, seen)
        doing.agency, doing.reason = str(found.runs_id), reason
        if found.state == Plan.State.CLOSED:
            raise Refused("Kế hoạch này đã kết thúc.")
        found.state, found.closed_at = Plan.State.CLOSED, timezone.now()
        found.version += 1
        found.save()
    return found


def reopen_plan(*, by: By, plan: UUID, seen: int, reason: str) -> Plan:
    """Takes the end back; a reason is asked for."""
    with act("plan.reopen", by=by, kind="plan", subject=plan) as doing:
        found = _locked(by, plan, seen)
        doing.agency, doing.reason = str(found.runs_id), reason
        if not reason.strip():
            raise Refused("Hãy ghi lý do mở lại.", field="reason")
        found.state, found.closed_at = Plan.State.ISSUED, None
        found.version += 1
        found.save()
    return found


def _locked(by: By, plan: UUID, seen: int) -> Plan:
    found = Plan.objects.select_for_update().get(pk=plan)
    permit(by, Permission.WRITE, thing_of(found))
    check_version(found, seen)
    return found
