"""Who reports to whom for this programme: one superior at a time, never round in a ring."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from binhdang.access import Permission
from binhdang.server.agencies.actions.turns import take_turn
from binhdang.server.agencies.models import Agency, ReportingLine, standing_on
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused, check_version

_DAY = timedelta(days=1)
_DEEPEST = 12  # levels of the line
Period = tuple[date, date]


def set_reporting_line(
    *,
    by: By,
    agency: UUID,
    superior: UUID,
    start: date,
    seen: int,
    end: date | None = None,
    parent: UUID | None = None,
) -> ReportingLine:
    """From a day on the agency reports to the superior; the line in force ends the day before.

    Without a last day it runs until either agency ends or a line already set for later begins. `seen` is the agency's
    version.
    """
    with act("agency.report_to", by=by, kind="agency", subject=agency, agency=agency, parent=parent) as doing:
        permit(by, Permission.EDIT_MAP)
        take_turn()
        lower, upper = _both(agency, superior)
        check_version(lower, seen)
        end = _last_day(lower, upper, start, end)
        before = ReportingLine.objects.filter(standing_on(start), agency=lower).select_related("superior").first()
        if before is not None and before.superior_id == upper.pk and before.end == end:
            raise Refused(f"{lower} đã báo cáo với {upper} vào ngày này.", field="superior")
        if ring(lower.pk, upper.pk, (start, end or date.max)):
            raise Refused(
                f"{upper} đang báo cáo với {lower}, trực tiếp hoặc qua cơ quan khác, nên tuyến này sẽ thành vòng.",
                hint="Hãy đổi tuyến của cơ quan kia trước.",
                field="superior",
            )
        line = _written(before, ReportingLine(agency=lower, superior=upper, start=start, end=end))
        doing.changed("superior", None if before is None else before.superior_id, upper.pk)
        doing.changed("start", None, start)
        doing.changed("end", None, end)
        lower.version += 1
        lower.save()
    return line


def end_reporting_line(*, by: By, agency: UUID, seen: int, last_day: date) -> None:
    """Ends the line in force without another to follow it."""
    with act("agency.stop_reporting", by=by, kind="agency", subject=agency, agency=agency) as doing:
        permit(by, Permission.EDIT_MAP)
        take_turn()
        lower = Agency.objects.select_for_update().get(pk=agency)
        check_version(lower, seen)
        line = ReportingLine.objects.filter(standing_on(last_day), agency=lower).first()
        if line is None:
            raise Refused(f"Ngày {last_day:%d/%m/%Y} cơ quan này không báo cáo với cơ quan nào.", field="last_day")
        doing.changed("end", line.end, last_day)
        line.end = last_day
        line.version += 1
        line.save()
        lower.version += 1
        lower.save()


def ring(agency: UUID, superior: UUID, period: Period) -> bool:
    """Whether the agency already stands above the superior on some day of the period."""
    newest = [(superior, period)]
    for _ in range(_DEEPEST):
        lines = ReportingLine.objects.filter(agency__in={above for above, _ in newest})
        by_agency: dict[UUID, list[ReportingLine]] = {}
        for line in lines:
            by_agency.setdefault(line.agency_id, []).append(line)
        newest = [
            (line.superior_id, common)
            for above, within in newest
            for line in by_agency.get(above, ())
            if (common := _common(line, within)) is not None
        ]
        if any(above == agency for above, _ in newest):
            return True
        if not newest:
            return False
    return True  # deeper than any real line


def _common(line: ReportingLine, period: Period) -> Period | None:
    first, last = max(line.start or date.min, period[0]), min(line.end or date.max, period[1])
    return (first, last) if first <= last else None


def _both(agency: UUID, superior: UUID) -> tuple[Agency, Agency]:
    if agency == superior:
        raise Refused("Cơ quan không thể báo cáo với chính mình.", field="superior")
    held = {one.pk: one for one in Agency.objects.select_for_update().filter(pk__in=[agency, superior]).order_by("pk")}
    return held[agency], held[superior]


def _last_day(lower: Agency, upper: Agency, start: date, end: date | None) -> date | None:
    """The line's last day, once it lies within the days of both agencies."""
    for one, name in ((lower, "start"), (upper, "superior")):
        if not one.stands_on(start):
            raise Refused(f"{one} không hoạt động vào ngày {start:%d/%m/%Y}.", field=name)
        if end is not None and not one.stands_on(end):
            raise Refused(f"{one} kết thúc ngày {one.end:%d/%m/%Y}, trước ngày cuối của tuyến.", field="end")
    if end is not None and end < start:
        raise Refused("Ngày cuối của tuyến trước ngày đầu.", field="end")
    later = ReportingLine.objects.filter(agency=lower, start__gt=start).order_by("start").first()
    until = None if later is None or later.start is None else later.start - _DAY
    if end is not None and until is not None and end > until:
        raise Refused(f"Cơ quan này đã có tuyến khác từ ngày {until + _DAY:%d/%m/%Y}.", field="end")
    return min((day for day in (end, until, lower.end, upper.end) if day is not None), default=None)


def _written(before: ReportingLine | None, line: ReportingLine) -> ReportingLine:
    """Stores the line after ending the one in force; one that began on the same day was a mistake and is put right."""
    if before is not None and before.start == line.start:
        before.superior, before.end = line.superior, line.end
        before.version += 1
        before.save()
        return before
    if before is not None and line.start is not None:
        before.end = line.start - _DAY
        before.version += 1
        before.save()
    line.save()
    return line
