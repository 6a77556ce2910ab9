"""How plans and their items are worded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from binhdang.server.papers.presenters import DUTY_KINDS
from binhdang.server.plans.models import Assignment, Duty, DutyParty, Plan, PlanLink, Target

STATES: Mapping[str, str] = {Plan.State.ISSUED: "active", Plan.State.CLOSED: "done"}
LINKS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    PlanLink.Kind.CARRIES_OUT: (_("Thực hiện"), _("Được thực hiện bằng")),
    PlanLink.Kind.AMENDS: (_("Sửa đổi"), _("Được sửa đổi bởi")),
    PlanLink.Kind.REPLACES: (_("Thay thế"), _("Được thay thế bởi")),
    PlanLink.Kind.FOLLOWS: (_("Tiếp nối"), _("Được tiếp nối bởi")),
}
"""Each kind of link, said from its plan and from the other."""
ROLE_BADGES: Mapping[str, str] = {
    Assignment.Role.LEAD: "active",
    Assignment.Role.PARTNER: "",
    Assignment.Role.REQUESTED: "attention",
}


def last_day_of(due: Mapping[str, Any] | None) -> date | None:
    """The last day that a due names; None for ongoing work and for what waits for guidance."""
    match due:
        case {"type": "by", "date": str(day)} | {"type": "window", "end": str(day)}:
            return date.fromisoformat(day)
        case _:
            return None


def is_lower(target: Target) -> bool:
    """Whether a target asks for less than the one above that it takes up."""
    if target.above is None:
        return False
    downward = target.above.comparator in ("<", "<=")
    return target.value > target.above.value if downward else target.value < target.above.value


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty as its row shows it."""

    duty: Duty
    kind: str | Promise
    when: str
    reporters: str
    recipients: str
    via: str


def duty_row(duty: Duty) -> DutyRow:
    """A duty in words; its parties have been fetched as `bound`."""
    by: dict[str, list[str]] = {"reporter": [], "recipient": [], "via": []}
    bound: list[DutyParty] = getattr(duty, "bound", [])
    for party in bound:
        by[party.role].append(party.name)
    day = "/".join(f"{part:02d}" for part in (duty.day, duty.month) if part)
    when = f"{day}/{duty.year}" if day and duty.year else day
    if day and not duty.year:
        when = f"{day} {_('hằng năm')}"
    if when and duty.before:
        when = f"{_('trước')} {when}"
    joined = {role: "; ".join(names) for role, names in by.items()}
    return DutyRow(
        duty, DUTY_KINDS.get(duty.kind, duty.kind), when, joined["reporter"], joined["recipient"], joined["via"]
    )
