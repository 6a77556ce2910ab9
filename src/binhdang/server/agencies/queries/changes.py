"""Reads of planned and done changes."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Value, When

from binhdang.server.agencies.models import Agency, Change, Transfer, Unit


def changes(state: str = "") -> QuerySet[Change]:
    """Changes with their rows: those that wait first, the next to come on top, then the latest done or withdrawn."""
    found = Change.objects.filter(state=state) if state else Change.objects.all()
    waiting = Case(When(state=Change.State.PLANNED, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.prefetch_related(
        "transfers__unit", "transfers__agency", "outcomes__unit", "outcomes__agency", "outcomes__change"
    ).order_by(waiting, "-on", "id")


def planned_for(one: Unit | Agency) -> Change | None:
    """The change that a unit or an agency waits for, if any."""
    side = {"unit": one} if isinstance(one, Unit) else {"agency": one}
    waiting = Transfer.objects.filter(change__state=Change.State.PLANNED, **side).select_related("change")
    found = waiting.first()
    return found.change if found is not None else None
