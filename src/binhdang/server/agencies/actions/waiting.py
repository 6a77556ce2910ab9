"""What a change being planned must know of the changes that wait already: none may take the ground from under another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from binhdang.server.agencies.models import Agency, Change, Outcome, Transfer, Unit
from binhdang.server.agencies.queries.units import lineage
from binhdang.server.web.records import Refused
from binhdang.vietnamese.text import fold

_UNDIVIDED = (Change.Kind.RENAME, Change.Kind.STATUS, Change.Kind.MERGE)
_FIRST = "Hãy rút thay đổi kia trước, hoặc chờ nó được thực hiện rồi ghi thay đổi này."


def check_waiting(change: Change, olds: Mapping[UUID, Unit | Agency], results: Sequence[Outcome]) -> None:
    """That what comes out is still there on the day, and what ends is awaited by nobody. Raises Refused."""
    heirs = {result.heir.pk for result in results if result.heir is not None}
    _check_heirs(change, heirs - olds.keys())
    _check_awaited(change, olds.keys() - heirs)
    new = [result for result in results if result.heir is None]
    _check_new(change, new)
    _check_places(change, {result.above_id for result in new if result.above_id is not None})


def _check_heirs(change: Change, heirs: set[UUID]) -> None:
    """Those that stand and take in do not end by another change before."""
    ending = Transfer.objects.filter(_is(heirs), change__state=Change.State.PLANNED, change__on__lte=change.on)
    for transfer in ending.select_related("change", "unit", "agency"):
        old = transfer.old
        if not transfer.change.outcomes.filter(Q(unit=old.pk) | Q(agency=old.pk)).exists():
            raise Refused(f"{old} sẽ kết thúc từ {_told(transfer.change)}.", hint=_FIRST, field="new")


def _check_awaited(change: Change, ending: set[UUID]) -> None:
    """Those that end are not what another change leads into, on that day or later."""
    waiting = Outcome.objects.filter(change__state=Change.State.PLANNED, change__on__gte=change.on)
    led = waiting.filter(_is(ending), is_new=False).select_related("change", "unit", "agency").first()
    if led is not None:
        raise Refused(f"{led.title} sẽ tiếp nhận nơi khác từ {_told(led.change)}.", hint=_FIRST, field="old")
    if change.subject != Change.Subject.UNIT or change.kind in _UNDIVIDED:
        return
    placed = waiting.filter(above__in=list(lineage(ending, change.on)), is_new=True).select_related("change", "above")
    if (first := placed.first()) is not None:
        raise Refused(f"{first.title} sẽ lập tại {first.above} từ {_told(first.change)}.", hint=_FIRST, field="old")


def _check_new(change: Change, new: Sequence[Outcome]) -> None:
    """No other change makes one of the same name at the same place, or one that bears the same code."""
    waiting = Outcome.objects.filter(
        change__state=Change.State.PLANNED, change__subject=change.subject, is_new=True
    ).select_related("change")
    names = {(fold(other.name), other.kind if _is_unit(change) else "", other.above_id): other for other in waiting}
    codes = {other.code: other for other in waiting if other.code}
    for result in new:
        assert result.above_id is not None  # checked before
        kind = result.kind if _is_unit(change) else ""
        twins = (names.get((fold(result.name), kind, place)) for place in lineage([result.above_id]))
        if (twin := next((twin for twin in twins if twin is not None), None)) is not None:
            raise Refused(f"{twin.title} cũng được lập từ {_told(twin.change)}.", hint=_FIRST, field="name")
        if result.code and (twin := codes.get(result.code)) is not None:
            raise Refused(f"Mã {result.code} đã dành cho {twin.title} từ {_told(twin.change)}.", field="code")


def _check_places(change: Change, places: set[UUID]) -> None:
    """The units where new ones will be are not divided or ended by another change before."""
    dividing = Transfer.objects.filter(
        unit__in=places, change__state=Change.State.PLANNED, change__on__lte=change.on
    ).exclude(change__kind__in=_UNDIVIDED)
    for transfer in dividing.select_related("change", "unit"):
        if not transfer.change.outcomes.filter(unit=transfer.unit).exists():
            raise Refused(f"{transfer.unit} sẽ không còn nguyên từ {_told(transfer.change)}.", hint=_FIRST)


def _is(ids: set[UUID]) -> Q:
    return Q(unit__in=ids) | Q(agency__in=ids)


def _is_unit(change: Change) -> bool:
    return change.subject == Change.Subject.UNIT


def _told(change: Change) -> str:
    on: date = change.on
    return f"{on:%d/%m/%Y} theo {change.decree}"
