"""Doing a planned change when its day has come."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone

from binhdang.access import Permission
from binhdang.server.agencies.actions.changes import check_olds, check_results, locked_olds
from binhdang.server.agencies.actions.turns import take_turn
from binhdang.server.agencies.changes import Passage, movers, passage
from binhdang.server.agencies.editions import renew
from binhdang.server.agencies.models import (
    Agency,
    AgencySuccession,
    Change,
    Extent,
    Outcome,
    Transfer,
    Unit,
    UnitSuccession,
)
from binhdang.server.agencies.queries.units import standing
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused, check_version

_DAY = timedelta(days=1)
_PRINTED = {Change.Kind.RENAME.value: "Đổi tên", Change.Kind.STATUS.value: "Chuyển loại"}
_EXTENTS = {Extent.WHOLE.value: "Nhập toàn bộ", Extent.PART.value: "Nhập một phần"}

log = logging.getLogger(__name__)


def take_effect(*, by: By, change: UUID, seen: int | None = None) -> Change:
    """Does a change whose day has come, with all that moves with it, in one transaction; a second call does nothing.

    Old ones end the day before, new ones begin on the day, each succession names the change, then every room moves its
    own. `seen` is the version that a person saw; what is done by the clock saw none.
    """
    with transaction.atomic():
        permit(by, Permission.EDIT_MAP)
        take_turn()
        found = Change.objects.select_for_update().get(pk=change)
        if found.state == Change.State.DONE:
            return found
        if seen is not None:
            check_version(found, seen)
        _check_due(found)
        ids = found.transfers.values_list("unit_id", "agency_id")
        locked_olds(found, {old for pair in ids for old in pair if old is not None})
        where = passage(found)
        check_olds(found, where.olds)
        _settle_places(where)
        check_results(found, where.olds, where.outcomes)
        with act("change.take_effect", by=by, kind="change", subject=change) as doing:
            doing.changed("state", found.state, Change.State.DONE)
            found.state = Change.State.DONE
            found.version += 1
            found.save()
            for outcome in where.outcomes:
                if outcome.is_new:
                    _make(outcome)
            for transfer in found.transfers.select_related("outcome", "unit", "agency"):
                _record(transfer, found)
        for mover in movers():
            mover.move(where, by=by, parent=doing.event)
        _end(where, by, doing.event)
        renew()
    return found


def take_due_changes(*, by: By) -> tuple[list[Change], list[tuple[Change, Refused]]]:
    """Does every change whose day has come, the earliest first: those done, and those that cannot be done with why."""
    done: list[Change] = []
    refused: list[tuple[Change, Refused]] = []
    for change in Change.objects.filter(state=Change.State.PLANNED, on__lte=timezone.localdate()).order_by("on", "id"):
        try:
            done.append(take_effect(by=by, change=change.pk))
        except Refused as e:
            refused.append((change, e))
        except DatabaseError as e:  # one that the database refuses holds no other up
            refused.append(
                (change, Refused(f"Cơ sở dữ liệu không nhận ({type(e).__name__}).", hint="Chi tiết ở nhật ký máy chủ."))
            )
    for change, why in refused:
        log.error("a change cannot be done on its day", extra={"told": {"change": str(change.pk), "code": why.code}})
    return done, refused


def _check_due(change: Change) -> None:
    if change.state == Change.State.WITHDRAWN:
        raise Refused("Thay đổi này đã rút.", hint="Nếu vẫn cần, hãy ghi lại thay đổi.")
    if change.on > timezone.localdate():
        raise Refused(
            f"Thay đổi này có hiệu lực từ {change.on:%d/%m/%Y}, chưa đến ngày.",
            hint="Đến ngày ấy máy chủ tự thực hiện.",
        )


def _settle_places(where: Passage) -> None:
    """Where new ones will be, by now: what was to be above them may have become another since it was planned."""
    new = [outcome for outcome in where.outcomes if outcome.is_new and outcome.above_id is not None]
    now = standing((outcome.above_id for outcome in new if outcome.above_id), where.change.on)
    for outcome in new:
        outcome.above = now.get(outcome.above_id) if outcome.above_id else None


def _make(outcome: Outcome) -> None:
    """Makes the new unit or agency of an outcome."""
    start, above = outcome.change.on, outcome.above
    assert above is not None  # planning saw to it
    if outcome.change.subject == Change.Subject.UNIT:
        old = outcome.transfers.select_related("unit").order_by("position")[0].unit
        assert old is not None
        outcome.unit = Unit(
            code=outcome.code, level=old.level, kind=outcome.kind, name=outcome.name, parent=above, start=start
        )
        outcome.unit.save()
    else:
        outcome.agency = Agency(unit=above, kind=outcome.kind, name=outcome.name, short=outcome.short, start=start)
        outcome.agency.save()
    outcome.save()


def _record(transfer: Transfer, change: Change) -> None:
    """Writes the succession of a row; what stands on after giving a part away does not follow itself."""
    outcome = transfer.outcome
    if outcome is None or (heir := outcome.heir) is None or heir.pk == transfer.old.pk:
        return
    printed = _PRINTED.get(change.kind) or _EXTENTS[transfer.extent]
    if transfer.unit is not None and outcome.unit is not None:
        UnitSuccession.objects.create(
            old=transfer.unit,
            new=outcome.unit,
            on=change.on,
            area=transfer.extent,
            people=transfer.extent,
            printed=printed,
            change=change,
        )
    elif transfer.agency is not None and outcome.agency is not None:
        AgencySuccession.objects.create(
            old=transfer.agency, new=outcome.agency, on=change.on, extent=transfer.extent, note=printed, change=change
        )


def _end(where: Passage, by: By, parent: UUID | None) -> None:
    """Ends the old ones the day before, each with its event."""
    kind = str(where.change.subject)
    for pk in where.ending:
        old = where.olds[pk]
        with act(f"{kind}.end", by=by, kind=kind, subject=pk, parent=parent) as doing:
            doing.changed("end", old.end, where.change.on - _DAY)
            old.end = where.change.on - _DAY
            old.version += 1
            old.save()
