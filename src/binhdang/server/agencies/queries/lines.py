"""Reads of the reporting line on a day: who is above an agency, and everyone below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from binhdang.server.agencies.models import Agency, ReportingLine, standing_on

_DEEPEST = 12  # levels of the line; there are three or four


def lines_on(day: date) -> QuerySet[ReportingLine]:
    """The lines in force on a day, with both agencies."""
    return ReportingLine.objects.filter(standing_on(day)).select_related("agency", "superior")


def superior_of(agency: UUID, day: date) -> Agency | None:
    """To whom an agency reports on a day."""
    line = lines_on(day).filter(agency=agency).first()
    return None if line is None else line.superior


def superiors_of(agency: UUID, day: date) -> list[UUID]:
    """Everyone above an agency on a day, the nearest first."""
    found: list[UUID] = []
    for _ in range(_DEEPEST):
        above = (
            lines_on(day).filter(agency=found[-1] if found else agency).values_list("superior_id", flat=True).first()
        )
        if above is None or above in found:
            break
        found.append(above)
    return found


def reporters_of(agency: UUID, day: date) -> QuerySet[ReportingLine]:
    """The lines that end at an agency on a day, in the order of the reporters' names."""
    return lines_on(day).filter(superior=agency).order_by("agency__order", "agency__id")


def below(agencies: Iterable[UUID], day: date) -> dict[UUID, int]:
    """Every agency that reports to these on a day, directly or through others, with how many steps below it is.

    One query a level, whatever the number of agencies.
    """
    newest = set(agencies)
    reached = dict.fromkeys(newest, 0)
    for depth in range(1, _DEEPEST + 1):
        rows = ReportingLine.objects.filter(standing_on(day), superior__in=newest).values_list("agency_id", flat=True)
        newest = set(rows) - reached.keys()
        if not newest:
            break
        reached |= dict.fromkeys(newest, depth)
    return {agency: depth for agency, depth in reached.items() if depth}


def history_of(agency: Agency) -> QuerySet[ReportingLine]:
    """All lines of an agency to others, the latest first."""
    return ReportingLine.objects.filter(agency=agency).select_related("superior").order_by("-start", "-end", "id")
