"""Taking in agencies from a file: tried first, then done as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from binhdang.access import Permission
from binhdang.server.agencies.actions.agencies import check_agency, drafted, enter
from binhdang.server.agencies.editions import renew
from binhdang.server.agencies.excel import COLUMNS, NATION_CODE, Row
from binhdang.server.agencies.models import CODE_DIGITS, Agency, Unit
from binhdang.server.agencies.queries.units import lineage
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused

_LEVELS = {digits: level for level, digits in CODE_DIGITS.items()}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell."""

    row: Row
    column: str
    what: str

    @property
    def place(self) -> str:
        """Where it is."""
        return self.row.place(self.column)

    @property
    def value(self) -> str:
        """What stands there."""
        return self.row.cells.get(self.column, "")


@dataclass(slots=True)
class Imported:
    """What a file brings: new agencies, rows that are known already, faults."""

    new: list[tuple[Row, Agency]] = field(default_factory=list)
    known: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def try_import(rows: Sequence[Row]) -> Imported:
    """What taking in the rows would do; nothing is written, and no query is asked a row."""
    units = _units({row.cells["code"] for row in rows})
    became = lineage(unit.pk for found in units.values() for unit in found)
    around: dict[tuple[UUID, str], list[Agency]] = defaultdict(list)
    for agency in Agency.objects.filter(unit__in=list(became)):
        around[became[agency.unit_id], agency.folded].append(agency)
    imported = Imported()
    for row in rows:
        try:
            agency = _drafted(row, units)
            namesakes = around[agency.unit_id, agency.folded]
            if any(not one._state.adding for one in namesakes if one.stands_on(_asked_day(agency))):
                imported.known.append(row)
                continue
            check_agency(agency, namesakes)
        except Refused as refused:
            column = refused.field if refused.field in COLUMNS else "name"
            imported.faults.append(Fault(row, column, str(refused)))
        else:
            namesakes.append(agency)
            imported.new.append((row, agency))
    return imported


def import_agencies(*, by: By, rows: Sequence[Row]) -> Imported:
    """Enters the rows' agencies, all or none, under one event. Raises Refused where a row cannot be taken."""
    with transaction.atomic():
        permit(by, Permission.EDIT_MAP)
        list(Unit.objects.select_for_update().filter(code__in={row.cells["code"] for row in rows}).order_by("pk"))
        imported = try_import(rows)
        if imported.faults:
            raise Refused(
                f"Có {len(imported.faults)} chỗ chưa đúng, như {imported.faults[0].place}: {imported.faults[0].what}",
                hint="Chưa nhập dòng nào. Hãy sửa tệp rồi chọn lại.",
                field="file",
            )
        with act("agencies.import", by=by, kind="agency", subject=uuid4()) as doing:
            doing.changed("new", 0, len(imported.new))
            doing.changed("known", 0, len(imported.known))
        for _, agency in imported.new:
            with act(
                "agency.add", by=by, kind="agency", subject=agency.pk, agency=agency.pk, parent=doing.event
            ) as adding:
                enter(agency, adding)
        renew()
    return imported


def _drafted(row: Row, units: dict[str, list[Unit]]) -> Agency:
    start, end = (_day(row.cells.get(name, ""), name) for name in ("start", "end"))
    unit = _unit(units, row.cells["code"], start or end or timezone.localdate())
    fields = {name: row.cells.get(name, "") for name in ("name", "kind", "short")}
    return drafted(unit, start=start, end=end, **fields)


def _asked_day(agency: Agency) -> date:
    return agency.start or agency.end or timezone.localdate()


def _units(codes: set[str]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {code: [] for code in codes}
    for unit in Unit.objects.filter(code__in=codes):
        found[unit.code].append(unit)
    if NATION_CODE in found:
        found[NATION_CODE] = list(Unit.objects.filter(level=Unit.Level.NATION))
    return found


def _unit(units: dict[str, list[Unit]], code: str, day: date) -> Unit:
    """The unit of a code on a day."""
    if not code:
        raise Refused("Thiếu mã đơn vị hành chính.", hint=f"Cơ quan của cả nước ghi {NATION_CODE}.", field="code")
    level = _LEVELS.get(len(code))
    for unit in units[code]:
        if unit.stands_on(day) and (code == NATION_CODE or unit.level == level):
            return unit
    raise Refused(
        f"Ngày {day:%d/%m/%Y} không có đơn vị hành chính nào mã “{code}”.",
        hint="Mã cấp tỉnh có 2 chữ số, cấp xã có 5; trong Excel hãy để ô dạng chữ để giữ số 0 ở đầu.",
        field="code",
    )


def _day(text: str, column: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError as e:
        raise Refused(f"“{text}” không phải là ngày; hãy ghi như 01/07/2025.", field=column) from e
