"""What this room moves when units or agencies change: units below, agencies at a unit, reporting lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from binhdang.server.agencies.changes import Line, Passage, register
from binhdang.server.agencies.models import Agency, Change, Outcome, ReportingLine, Unit, standing_on
from binhdang.server.agencies.queries.units import lineage
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import By

_DAY = timedelta(days=1)
_DEEPEST = 12  # levels of the line


class _AtUnits:
    """What names a unit as its own: it follows the unit by itself as long as that is not divided, so nothing is written."""

    def move(self, passage: Passage, *, by: By, parent: UUID | None) -> None:
        """Nothing: reads ask what a unit has become by the day."""


class UnitsBelow(_AtUnits):
    """Units below those of a change."""

    title = "Đơn vị trực thuộc"

    def preview(self, passage: Passage) -> Iterator[Line]:
        """Whose unit above becomes another, or none that anyone can name."""
        if passage.change.subject != Change.Subject.UNIT:
            return
        became = lineage(passage.ending, passage.change.on)
        below = Unit.objects.filter(standing_on(passage.change.on), parent__in=list(became)).order_by("order", "id")
        for unit in below.exclude(pk__in=passage.olds):
            yield _followed(unit.title, passage, became[unit.parent_id] if unit.parent_id else None)


class AgenciesAt(_AtUnits):
    """Agencies at the units of a change."""

    title = "Cơ quan tại đơn vị"

    def preview(self, passage: Passage) -> Iterator[Line]:
        """Whose unit becomes another; those of one kind that come together and that somebody must merge."""
        if passage.change.subject != Change.Subject.UNIT:
            return
        heirs = {o.unit_id for o in passage.outcomes if o.unit_id is not None}
        became = lineage({*passage.ending, *heirs}, passage.change.on)
        found = Agency.objects.filter(standing_on(passage.change.on), unit__in=list(became)).order_by("order", "id")
        alike: dict[tuple[UUID, str], list[Agency]] = defaultdict(list)
        for agency in found:
            unit = became[agency.unit_id]
            outcome = passage.whole.get(unit) or next((o for o in passage.outcomes if o.unit_id == unit), None)
            if outcome is not None and agency.kind:
                alike[outcome.pk, agency.kind].append(agency)
            if unit in passage.ending:
                yield _followed(agency.name, passage, unit)
        for group in alike.values():
            if len(group) > 1:
                names = ", ".join(agency.name for agency in group)
                yield Line(f"Cùng loại, cùng một đơn vị: {names}. Hãy lập thay đổi hợp nhất nếu có quyết định.", True)


def _followed(name: str, passage: Passage, unit: UUID | None) -> Line:
    if unit in passage.whole:
        return Line(f"{name} → thuộc {passage.whole[unit].title}")
    heirs = passage.divided.get(unit, ()) if unit is not None else ()
    if not heirs:
        return Line(f"{name}: chưa có đơn vị tiếp nhận, cần người quyết định.", True)
    choices = " hay ".join(outcome.title for outcome in heirs)
    return Line(f"{name}: thuộc {choices}? Cần người quyết định.", True)


@dataclass(slots=True)
class _Move:
    """One line and where it goes; without `agency` and `superior` it ends, `why` says why and whether to decide."""

    line: ReportingLine
    agency: Agency | Outcome | None = None
    superior: Agency | Outcome | None = None
    why: str = ""
    decide: bool = False


class ReportingLines:
    """Lines from and to the agencies of a change."""

    title = "Tuyến báo cáo"

    def preview(self, passage: Passage) -> Iterator[Line]:
        """Each line as it will be, and those that end."""
        for move in _moves(passage):
            was = f"{move.line.agency} báo cáo với {move.line.superior}"
            if move.agency is None:
                yield Line(f"{was}: {move.why}", move.decide)
            else:
                yield Line(f"{was} → {_title(move.agency)} báo cáo với {_title(move.superior)}")

    def move(self, passage: Passage, *, by: By, parent: UUID | None) -> None:
        """Ends each line the day before and writes the one that follows it."""
        on = passage.change.on
        for move in _moves(passage):
            line = ReportingLine.objects.select_for_update().get(pk=move.line.pk)
            with act(
                "agency.line_moved", by=by, kind="agency", subject=line.agency_id, agency=line.agency_id, parent=parent
            ) as doing:
                until, agency, superior = line.end, _record(move.agency), _record(move.superior)
                doing.changed("end", until, on - _DAY)
                if line.start is not None and line.start >= on:
                    line.delete()  # it had not begun
                else:
                    line.end = on - _DAY
                    line.version += 1
                    line.save()
                if agency is not None and superior is not None:
                    start = max(line.start or on, on)
                    ReportingLine.objects.create(agency=agency, superior=superior, start=start, end=until)
                    doing.changed("agency", line.agency_id, agency.pk)
                    doing.changed("superior", line.superior_id, superior.pk)


def _title(end: Agency | Outcome | None) -> str:
    return "" if end is None else end.title if isinstance(end, Outcome) else end.name


def _record(end: Agency | Outcome | None) -> Agency | None:
    return end.agency if isinstance(end, Outcome) else end


def _moves(passage: Passage) -> list[_Move]:
    """What becomes of each line from and to agencies that end, in the order of the reporters' names."""
    if passage.change.subject != Change.Subject.AGENCY:
        return []
    touched = Q(agency__in=passage.ending) | Q(superior__in=passage.ending)
    lines = (
        ReportingLine.objects.filter(touched & _lasting(passage.change.on))
        .select_related("agency", "superior")
        .order_by("agency__order", "start", "id")
    )
    nodes = _Nodes(passage)
    moves = [_where(line, nodes) for line in lines]
    _settle_superiors(moves, nodes)
    return moves


def _lasting(on: date) -> Q:
    return Q(end=None) | Q(end__gte=on)


def _where(line: ReportingLine, nodes: _Nodes) -> _Move:
    agency, superior = nodes.end_of(line.agency), nodes.end_of(line.superior)
    if agency is None or superior is None:
        return _Move(line, why="cần người quyết định tuyến mới.", decide=True)
    if nodes.key(agency) == nodes.key(superior):
        return _Move(line, why="hai cơ quan thành một, tuyến này kết thúc.")
    if line.agency_id in nodes.passage.ending and nodes.has_own_line(agency):
        return _Move(line, why=f"kết thúc; {_title(agency)} giữ tuyến của mình.")
    if nodes.key(agency) in nodes.above(superior):
        return _Move(line, why="tuyến sẽ thành vòng, cần người quyết định.", decide=True)
    return _Move(line, agency, superior)


def _settle_superiors(moves: list[_Move], nodes: _Nodes) -> None:
    """Of the lines that several agencies bring into one for the same days: one stays where all go to one superior."""
    brought: dict[UUID, list[_Move]] = defaultdict(list)
    for move in moves:
        if isinstance(move.agency, Outcome):
            brought[move.agency.pk].append(move)
    for group in brought.values():
        for rivals in _at_once(group):
            superiors = {nodes.key(move.superior) for move in rivals if move.superior is not None}
            for move in rivals if len(superiors) > 1 else rivals[1:]:
                move.decide = len(superiors) > 1
                move.why = (
                    f"{_title(move.agency)} chỉ báo cáo với một cơ quan, cần người quyết định là cơ quan nào."
                    if move.decide
                    else "kết thúc; trùng với tuyến trên."
                )
                move.agency = move.superior = None


def _at_once(moves: list[_Move]) -> list[list[_Move]]:
    """The lines in groups whose days overlap; lines that follow one another stand alone."""
    groups: list[list[_Move]] = []
    until = date.min
    for move in sorted(moves, key=lambda m: m.line.start or date.min):
        if not groups or (move.line.start or date.min) > until:
            groups.append([])
        groups[-1].append(move)
        until = max(until, move.line.end or date.max)
    return groups


class _Nodes:
    """Agencies as they will be: those that go whole into one outcome are one with it."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self._outcome = {**passage.whole, **{o.agency_id: o for o in passage.outcomes if o.agency_id is not None}}
        self._above: dict[UUID, set[UUID]] = {}
        kept = [o.agency_id for o in passage.outcomes if o.agency_id is not None and not o.is_new]
        lines = ReportingLine.objects.filter(_lasting(passage.change.on), agency__in=kept)
        self._own = set(lines.exclude(superior__in=passage.ending).values_list("agency_id", flat=True))

    def end_of(self, agency: Agency) -> Agency | Outcome | None:
        """What an agency will be; None where it is divided or has no heir."""
        if agency.pk not in self.passage.ending:
            return agency
        return self.passage.whole.get(agency.pk)

    def key(self, end: Agency | Outcome) -> UUID:
        """The id by which the node is told."""
        outcome = self._outcome.get(end.pk)
        return outcome.pk if outcome is not None else end.pk

    def has_own_line(self, end: Agency | Outcome) -> bool:
        """Whether an agency that stands already has its own line."""
        agency = _record(end)
        return agency is not None and agency.pk in self._own

    def above(self, end: Agency | Outcome) -> set[UUID]:
        """The keys of all nodes above a node."""
        start = self.key(end)
        if start not in self._above:
            found: set[UUID] = set()
            self._above[start] = found
            newest = {start}
            for _ in range(_DEEPEST):
                lines = ReportingLine.objects.filter(_lasting(self.passage.change.on), agency__in=self._members(newest))
                newest = {self._key(above) for above in lines.values_list("superior_id", flat=True)} - found - {start}
                found |= newest
                if not newest:
                    break
        return self._above[start]

    def _key(self, agency: UUID) -> UUID:
        outcome = self._outcome.get(agency)
        return outcome.pk if outcome is not None else agency

    def _members(self, keys: Iterable[UUID]) -> set[UUID]:
        wanted = set(keys)
        return wanted | {agency for agency, outcome in self._outcome.items() if outcome.pk in wanted}


for _mover in (UnitsBelow(), AgenciesAt(), ReportingLines()):
    register(_mover)
