"""What is done to one agency: adding it, correcting what was typed, closing it and taking a closing back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from binhdang.access import Permission
from binhdang.reference.agency_kinds import AgencyKind, agency_kinds
from binhdang.server.agencies.actions.turns import take_turn
from binhdang.server.agencies.editions import renew
from binhdang.server.agencies.kinds import UNIT_LEVELS, fits
from binhdang.server.agencies.models import (
    Agency,
    AgencySuccession,
    Change,
    ReportingLine,
    Transfer,
    Unit,
    standing_on,
)
from binhdang.server.agencies.queries.units import lineage, standing
from binhdang.server.audit.actions import Act, act
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused, check_version

_FIELDS = ("name", "kind", "short", "start")
_DAY = timedelta(days=1)


def add_agency(
    *,
    by: By,
    unit: UUID,
    name: str,
    kind: str = "",
    short: str = "",
    start: date | None = None,
    end: date | None = None,
    parent: UUID | None = None,
) -> Agency:
    """Enters an agency at a unit. `start` is its first day, None where nobody knows it; `end` the last of one of the past."""
    place = Unit.objects.get(pk=unit)
    agency = drafted(place, name=name, kind=kind, short=short, start=start, end=end)
    with act("agency.add", by=by, kind="agency", subject=agency.pk, agency=agency.pk, parent=parent) as doing:
        permit(by, Permission.EDIT_MAP)
        Unit.objects.select_for_update().get(pk=unit)  # of two who enter the same agency, the second finds it there
        check_agency(agency, _namesakes(agency))
        enter(agency, doing)
        renew()
    return agency


def drafted(unit: Unit, *, name: str, kind: str, short: str, start: date | None, end: date | None = None) -> Agency:
    """An agency as it was typed, not stored yet."""
    agency = Agency(unit=unit, name=" ".join(name.split()), kind=kind, short=" ".join(short.split()))
    agency.start, agency.end = start, end
    agency.key()
    return agency


def enter(agency: Agency, doing: Act) -> None:
    """Stores a new agency that was checked, and tells the event what it is."""
    for name in ("unit_id", *_FIELDS, "end"):
        doing.changed(name.removesuffix("_id"), None, getattr(agency, name))
    agency.save()


def correct_agency(
    *, by: By, agency: UUID, seen: int, name: str, kind: str = "", short: str = "", start: date | None = None
) -> Agency:
    """Mends what was typed wrong. A new name by decree is a change (`plan_change`), not a correction."""
    with act("agency.correct", by=by, kind="agency", subject=agency, agency=agency) as doing:
        permit(by, Permission.EDIT_MAP)
        found = locked(agency)
        check_version(found, seen)
        typed = drafted(found.unit, name=name, kind=kind, short=short, start=start)
        for field in _FIELDS:
            doing.changed(field, getattr(found, field), getattr(typed, field))
        kind_before = found.kind
        for field in _FIELDS:
            setattr(found, field, getattr(typed, field))
        found.key()
        check_agency(found, _namesakes(found), kind_before=kind_before)
        _check_lines(found)
        found.version += 1
        found.save()
        renew()
    return found


def close_agency(*, by: By, agency: UUID, seen: int, last_day: date, reason: str = "") -> Agency:
    """Ends an agency that nobody follows, with its own line; refused while others report to it after its last day."""
    with act("agency.close", by=by, kind="agency", subject=agency, agency=agency) as doing:
        permit(by, Permission.EDIT_MAP)
        found = locked(agency)
        check_version(found, seen)
        _check_closing(found, last_day)
        doing.reason = reason
        doing.changed("end", found.end, last_day)
        end_lines(Q(agency=found), last_day)
        found.end = last_day
        found.version += 1
        found.save()
        renew()
    return found


def reopen_agency(*, by: By, agency: UUID, seen: int, reason: str) -> Agency:
    """Takes a closing back that was entered by mistake, while nothing stands on it; its own line goes on."""
    with act("agency.reopen", by=by, kind="agency", subject=agency, agency=agency) as doing:
        permit(by, Permission.EDIT_MAP)
        take_turn()
        found = locked(agency)
        check_version(found, seen)
        if why := why_not_reopened(found):
            raise Refused(why)
        if not reason.strip():
            raise Refused("Chưa ghi vì sao bỏ việc kết thúc.", field="reason")
        line = line_to_go_on(found)
        doing.reason = reason.strip()
        doing.changed("end", found.end, None)
        found.end = None
        check_agency(found, _namesakes(found), kind_before=found.kind)
        if line is not None:
            doing.changed("superior", None, line.superior_id)
            line.end = line.superior.end
            line.version += 1
            line.save()
        found.version += 1
        found.save()
        renew()
    return found


def why_not_reopened(agency: Agency) -> str:
    """Why an agency's closing cannot be taken back; empty where it can."""
    if agency.end is None:
        return "Cơ quan này chưa kết thúc."
    if AgencySuccession.objects.filter(old=agency).exists():
        return "Công việc của cơ quan này đã chuyển cho cơ quan khác theo một thay đổi, không mở lại được."
    closed = Transfer.objects.filter(agency=agency, change__state=Change.State.DONE, change__on=agency.end + _DAY)
    if (transfer := closed.select_related("change").first()) is not None:
        return f"Cơ quan này kết thúc theo {transfer.change.decree}, không mở lại được bằng cách này."
    if not standing([agency.unit_id], timezone.localdate()):
        return f"{agency.unit} không còn, nên không mở lại được cơ quan ở đó."
    return ""


def line_to_go_on(agency: Agency) -> ReportingLine | None:
    """The line that ended with the agency's closing and would go on without it."""
    lines = ReportingLine.objects.filter(agency=agency, end=agency.end).select_related("superior")
    line = lines.exclude(start__gt=agency.end).first()
    ended = line is None or (
        line.superior.end is not None and agency.end is not None and line.superior.end <= agency.end
    )
    return None if ended else line


def locked(agency: UUID) -> Agency:
    """The agency, held against other acts until this one is done."""
    return Agency.objects.select_for_update().get(pk=agency)


def end_lines(lines: Q, last_day: date) -> None:
    """Ends lines that reach beyond a day; those that had not begun by then never will."""
    beyond = ReportingLine.objects.filter(lines & (Q(end=None) | Q(end__gt=last_day)))
    for line in beyond.select_for_update():
        if line.start is not None and line.start > last_day:
            line.delete()
            continue
        line.end = last_day
        line.version += 1
        line.save()


def check_agency(agency: Agency, namesakes: Iterable[Agency], *, kind_before: str = "") -> None:
    """That an agency can stand as it is; `namesakes` are those of its name at its unit. Raises Refused."""
    _check_name(agency, namesakes)
    _check_days(agency)
    if agency.kind and agency.kind != kind_before:
        check_kind(agency)


def _namesakes(agency: Agency) -> QuerySet[Agency]:
    around = list(lineage([agency.unit_id]))
    return Agency.objects.filter(unit__in=around, folded=agency.folded).exclude(pk=agency.pk)


def _check_name(agency: Agency, namesakes: Iterable[Agency]) -> None:
    if not agency.name:
        raise Refused("Chưa có tên cơ quan.", field="name")
    if len(agency.name) > 200:
        raise Refused("Tên cơ quan dài quá 200 ký tự.", field="name")
    if len(agency.short) > 60:
        raise Refused("Tên viết tắt dài quá 60 ký tự.", field="short")
    for other in namesakes:
        begins = max(agency.start or date.min, other.start or date.min)
        if begins <= min(agency.end or date.max, other.end or date.max):
            raise Refused(
                f"{agency.unit} đã có cơ quan “{other.name}”.",
                hint="Hãy dùng cơ quan đã có, hoặc ghi tên khác để phân biệt.",
                field="name",
            )


def _check_days(agency: Agency) -> None:
    if agency._state.adding:
        _check_end(agency)
    if agency.start is None:
        return
    if agency.end is not None and agency.start > agency.end:
        raise Refused(f"Ngày thành lập sau ngày kết thúc ({agency.end:%d/%m/%Y}).", field="start")
    first, last = agency.unit.start, agency.unit.end
    if last is not None and agency.start > last:
        raise Refused(
            f"{agency.unit} chỉ có đến ngày {last:%d/%m/%Y}.",
            hint="Hãy chọn đơn vị hành chính đang có vào ngày thành lập.",
            field="start",
        )
    if first is not None and agency.start < first:
        raise Refused(
            f"{agency.unit} chỉ có từ ngày {first:%d/%m/%Y}.",
            hint="Hãy để trống nếu không rõ ngày thành lập, hoặc chọn đơn vị trước sắp xếp.",
            field="start",
        )


def _check_end(agency: Agency) -> None:
    """That one entered after its time says when it ended: at a unit that is gone nothing new begins."""
    last = agency.unit.end
    if agency.end is None:
        if last is not None and last < timezone.localdate():
            raise Refused(
                f"{agency.unit} chỉ có đến ngày {last:%d/%m/%Y}.",
                hint="Cơ quan đang hoạt động thì chọn đơn vị hiện nay; cơ quan của thời trước thì ghi cả ngày kết thúc.",
                field="end",
            )
        return
    if agency.end > timezone.localdate():
        raise Refused(
            "Ngày kết thúc chưa đến.",
            hint="Hãy để trống; khi có quyết định thì kết thúc cơ quan từ trang của nó hoặc ghi thay đổi.",
            field="end",
        )
    if last is not None and agency.end > last:
        raise Refused(
            f"{agency.unit} chỉ có đến ngày {last:%d/%m/%Y}.",
            hint="Ngày kết thúc của cơ quan không thể sau ngày đó.",
            field="end",
        )


def _check_lines(agency: Agency) -> None:
    if agency.start is None:
        return
    outside = ReportingLine.objects.filter(Q(agency=agency) | Q(superior=agency), start__lt=agency.start).first()
    if outside is not None:
        raise Refused(
            f"Cơ quan này đã có tuyến báo cáo từ ngày {outside.start:%d/%m/%Y}, trước ngày thành lập.", field="start"
        )


def check_kind(agency: Agency) -> None:
    """That an agency's kind can be at its unit, and is still there when it begins. Raises Refused."""
    known: AgencyKind | None = agency_kinds().get(agency.kind)
    if known is None:
        raise Refused(f"Không có loại cơ quan mã “{agency.kind}”.", field="kind")
    if not fits(known, agency.unit):
        raise Refused(
            f"“{known.name}” không phải là cơ quan ở {agency.unit.get_level_display().lower()}.",
            hint=f"Hãy chọn loại khác, hoặc chọn một đơn vị {UNIT_LEVELS[known.level].label.lower()}.",
            field="kind",
        )
    if agency.start is not None and not known.stood_on(agency.start):
        heir = agency_kinds().on(agency.kind, agency.start)
        raise Refused(
            f"“{known.name}” kết thúc ngày {known.until:%d/%m/%Y}, trước ngày thành lập.",
            hint="" if heir is known else f"Từ ngày {known.on:%d/%m/%Y} công việc do {heir.name} đảm nhận.",
            field="kind",
        )


def _check_closing(agency: Agency, last_day: date) -> None:
    if agency.end is not None:
        raise Refused(f"Cơ quan này đã kết thúc ngày {agency.end:%d/%m/%Y}.", field="last_day")
    if agency.start is not None and last_day < agency.start:
        raise Refused(f"Ngày kết thúc trước ngày thành lập ({agency.start:%d/%m/%Y}).", field="last_day")
    planned = (
        Transfer.objects.filter(agency=agency, change__state=Change.State.PLANNED).select_related("change").first()
    )
    if planned is not None:
        raise Refused(
            f"Cơ quan này nằm trong một thay đổi có hiệu lực từ {planned.change.on:%d/%m/%Y}.",
            hint="Hãy rút thay đổi đó trước nếu nó không còn đúng.",
        )
    after = last_day + timedelta(days=1)
    reporters = ReportingLine.objects.filter(Q(start__gt=after) | standing_on(after), superior=agency)
    if count := reporters.count():
        first = reporters.select_related("agency").order_by("agency__order")[0].agency
        raise Refused(
            f"Sau ngày {last_day:%d/%m/%Y} còn {count} cơ quan báo cáo với cơ quan này, như {first}.",
            hint="Hãy đặt tuyến báo cáo mới cho các cơ quan ấy, hoặc lập thay đổi “Hợp nhất, sáp nhập”.",
            field="last_day",
        )
