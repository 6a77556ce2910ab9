"""Planning a change of units or agencies ahead of its day, and withdrawing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from binhdang.access import Permission
from binhdang.reference.agency_kinds import agency_kinds
from binhdang.server.agencies.actions.agencies import check_kind
from binhdang.server.agencies.actions.turns import take_turn
from binhdang.server.agencies.actions.waiting import check_waiting
from binhdang.server.agencies.kinds import fits
from binhdang.server.agencies.models import (
    CODE_DIGITS,
    UNIT_KINDS,
    Agency,
    Change,
    Extent,
    Outcome,
    Transfer,
    Unit,
    standing_on,
    titled,
)
from binhdang.server.agencies.queries.units import lineage, standing
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused, check_version
from binhdang.vietnamese.text import fold

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OutcomeDraft:
    """What will stand: `existing` is the id of one that stands already; a new one has a name and what goes with it.

    `above` is the unit above a new unit or the unit that a new agency is at; where the first old one is, if not given.
    """

    existing: UUID | None = None
    name: str = ""
    kind: str = ""
    code: str = ""
    short: str = ""
    above: UUID | None = None


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """What goes where: an old one's id, the place of its outcome in the list (None: it just ends), whole or a part."""

    old: UUID
    to: int | None = None
    extent: str = Extent.WHOLE


def plan_change(
    *,
    by: By,
    subject: str,
    kind: str,
    on: date,
    decree: str,
    outcomes: Sequence[OutcomeDraft],
    transfers: Sequence[TransferDraft],
    decree_on: date | None = None,
    decree_title: str = "",
) -> Change:
    """Enters a change that will be done when its day comes; a day gone by is done at the next round."""
    with act("change.plan", by=by, kind="change") as doing:
        permit(by, Permission.EDIT_MAP)
        take_turn()
        change = Change(subject=subject, kind=kind, on=on, decree=decree.strip(), decree_on=decree_on)
        change.decree_title = decree_title.strip()
        olds = locked_olds(change, {draft.old for draft in transfers})
        _check_decree(change)
        change.check_lengths()
        check_shape(change, transfers, len(outcomes))
        check_olds(change, olds)
        results = [_outcome(change, draft, place, transfers, olds) for place, draft in enumerate(outcomes)]
        check_results(change, olds, results)
        check_waiting(change, olds, results)
        change.save()
        for result in results:
            result.save()
        for place, draft in enumerate(transfers):
            row = Transfer(change=change, position=place, extent=draft.extent)
            row.unit, row.agency = _sides(olds[draft.old])
            row.outcome = None if draft.to is None else results[draft.to]
            row.save()
        doing.subject = str(change.pk)
        for name in ("subject", "kind", "on", "decree", "decree_on", "decree_title"):
            doing.changed(name, None, getattr(change, name))
        doing.changed("old", [], [str(olds[draft.old]) for draft in transfers])
        doing.changed("new", [], [result.title for result in results])
    return change


def withdraw_change(*, by: By, change: UUID, seen: int, reason: str) -> Change:
    """Takes a change back as long as it has not been done; it stays on record with the reason."""
    with act("change.withdraw", by=by, kind="change", subject=change) as doing:
        permit(by, Permission.EDIT_MAP)
        found = Change.objects.select_for_update().get(pk=change)
        check_version(found, seen)
        if found.state != Change.State.PLANNED:
            raise Refused(f"Thay đổi này {found.get_state_display().lower()}, không rút được nữa.")
        if not reason.strip():
            raise Refused("Chưa ghi lý do rút.", field="reason")
        doing.changed("state", found.state, Change.State.WITHDRAWN)
        doing.reason = found.reason = reason.strip()
        found.state = Change.State.WITHDRAWN
        found.version += 1
        found.save()
    return found


def locked_olds(change: Change, ids: set[UUID]) -> dict[UUID, Unit | Agency]:
    """The units or agencies that go over, held against other acts."""
    model: type[Unit] | type[Agency] = Unit if change.subject == Change.Subject.UNIT else Agency
    found: dict[UUID, Unit | Agency] = {
        one.pk: one for one in model._default_manager.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    if len(found) < len(ids):
        raise Refused("Có mục được chọn không còn trong danh mục.", field="old")
    return found


def check_olds(change: Change, olds: dict[UUID, Unit | Agency]) -> None:
    """That each one stands until the change's day and is part of no other change that waits."""
    for old in olds.values():
        if not old.stands_on(change.on - _DAY) or (old.end is not None and old.end < change.on):
            raise Refused(f"{old} không còn hoặc chưa có vào ngày trước khi thay đổi có hiệu lực.", field="old")
    waiting = Transfer.objects.filter(
        Q(unit__in=olds) | Q(agency__in=olds), change__state=Change.State.PLANNED
    ).exclude(change=change.pk)
    if (other := waiting.select_related("change", "unit", "agency").first()) is not None:
        raise Refused(
            f"{other.old} đã nằm trong một thay đổi khác, có hiệu lực từ {other.change.on:%d/%m/%Y}.",
            hint="Hãy rút thay đổi kia trước, hoặc chờ nó được thực hiện.",
            field="old",
        )
    if len({old.level for old in olds.values() if isinstance(old, Unit)}) > 1:
        raise Refused("Các đơn vị trong một thay đổi phải cùng cấp.", field="old")
    if any(isinstance(old, Unit) and old.level == Unit.Level.NATION for old in olds.values()):
        raise Refused("Đơn vị “Việt Nam” đứng trên cùng, không thay đổi được.", field="old")


def _check_decree(change: Change) -> None:
    if not change.decree:
        raise Refused("Chưa ghi số, ký hiệu của nghị quyết hoặc quyết định.", field="decree")
    if change.decree_on is not None and change.decree_on > change.on:
        raise Refused("Văn bản ban hành sau ngày có hiệu lực của thay đổi.", field="decree_on")


def check_shape(change: Change, transfers: Sequence[TransferDraft], outcomes: int) -> None:
    """That the rows are of the change's kind."""
    kind, olds = change.kind, Counter(draft.old for draft in transfers)
    if not olds:
        raise Refused("Chưa chọn đơn vị hoặc cơ quan nào thay đổi.", field="old")
    if len({(draft.old, draft.to) for draft in transfers}) < len(transfers):
        raise Refused("Có hai dòng trùng nhau.", field="old")
    if kind == Change.Kind.CLOSE:
        if outcomes or any(draft.to is not None for draft in transfers):
            raise Refused("Giải thể thì không có nơi tiếp nhận; nếu có, hãy chọn “Hợp nhất, sáp nhập”.", field="kind")
        return
    if any(draft.to is None or draft.to >= outcomes for draft in transfers):
        raise Refused("Có dòng chưa nói chuyển về đâu.", field="new")
    if {draft.to for draft in transfers} != set(range(outcomes)):
        raise Refused("Có kết quả mà không đơn vị hay cơ quan nào chuyển về.", field="new")
    if kind == Change.Kind.SPLIT:
        if max(olds.values()) < 2:
            raise Refused("Chia tách phải có ít nhất hai nơi tiếp nhận.", field="new")
        if any(draft.extent == Extent.WHOLE for draft in transfers if olds[draft.old] > 1):
            raise Refused("Đã chia tách thì mỗi nơi chỉ nhận một phần.", field="new")
        return
    if outcomes != 1 or any(draft.extent != Extent.WHOLE for draft in transfers):
        raise Refused("Kết quả phải là một, nhận toàn bộ; nếu chia nhiều nơi, hãy chọn “Chia tách”.", field="new")
    if kind != Change.Kind.MERGE and len(olds) > 1:
        raise Refused("Mỗi lần chỉ đổi tên hoặc chuyển loại một đơn vị, cơ quan.", field="old")


def _outcome(
    change: Change,
    draft: OutcomeDraft,
    place: int,
    transfers: Sequence[TransferDraft],
    olds: dict[UUID, Unit | Agency],
) -> Outcome:
    result = Outcome(change=change, position=place, is_new=draft.existing is None)
    if draft.existing is not None:
        result.unit, result.agency = _sides(next(iter(locked_olds(change, {draft.existing}).values())))
        return result
    first = next(olds[row.old] for row in transfers if row.to == place)
    result.name, result.short = " ".join(draft.name.split()), " ".join(draft.short.split())
    result.code = draft.code.strip() if isinstance(first, Unit) else ""
    if isinstance(first, Unit) and change.kind in (Change.Kind.RENAME, Change.Kind.STATUS):
        result.code = result.code or first.code
    above = draft.above or (first.parent_id if isinstance(first, Unit) else first.unit_id)
    result.above = None if above is None else standing([above], change.on).get(above)
    if isinstance(first, Unit):
        result.kind = _unit_kind(first, draft.kind)
    else:
        result.kind = _agency_kind(first, draft.kind, result.above, change.on)
    return result


def _unit_kind(first: Unit, chosen: str) -> str:
    """The kind of a new unit: as chosen, else as the first old one's."""
    if chosen and chosen not in UNIT_KINDS.get(first.level, ()):
        known = ", ".join(UNIT_KINDS.get(first.level, ()))
        raise Refused(
            f"“{chosen}” không phải là loại đơn vị {first.get_level_display().lower()}: {known}.", field="kind"
        )
    return chosen or first.kind


def _agency_kind(first: Agency, chosen: str, unit: Unit | None, on: date) -> str:
    """The kind of a new agency: as chosen, else what the first old one's kind is on the day, where it can be there."""
    if chosen:
        if unit is not None:
            check_kind(Agency(unit=unit, kind=chosen, start=on))
        return chosen
    kinds = agency_kinds()
    if unit is None or kinds.get(first.kind) is None:
        return first.kind
    kind = kinds.on(first.kind, on)
    return kind.code if kind.stood_on(on) and fits(kind, unit) else ""


def check_results(change: Change, olds: dict[UUID, Unit | Agency], results: Sequence[Outcome]) -> None:
    """That each outcome stands on the day, or can be made then."""
    names: set[tuple[str, str, UUID | None]] = set()
    for result in results:
        if result.heir is not None:
            _check_existing(change, olds, result.heir)
            continue
        if not result.name:
            raise Refused("Chưa có tên của đơn vị, cơ quan mới.", field="name")
        if result.above is None:
            raise Refused(
                f"Chưa rõ {result.title} thuộc đơn vị hành chính nào vào ngày {change.on:%d/%m/%Y}.",
                hint="Hãy chọn đơn vị có vào ngày đó; thay đổi đã ghi thì rút rồi ghi lại.",
                field="above",
            )
        name = (result.kind, fold(result.name), result.above.pk)
        if name in names or _namesake(change, olds, result):
            raise Refused(f"Đã có {result.title} tại {result.above} vào ngày có hiệu lực.", field="name")
        names.add(name)
        _check_lengths(result, next(iter(olds.values())))
        _check_code(change, olds, result)
        _check_difference(change, next(iter(olds.values())), result)


def _check_existing(change: Change, olds: dict[UUID, Unit | Agency], heir: Unit | Agency) -> None:
    if not heir.stands_on(change.on):
        raise Refused(f"{heir} không hoạt động vào ngày có hiệu lực.", field="new")
    if heir.pk in olds and change.kind != Change.Kind.SPLIT:
        raise Refused(f"{heir} không thể nhập vào chính mình.", field="new")
    if change.kind in (Change.Kind.RENAME, Change.Kind.STATUS):
        raise Refused("Đổi tên hoặc chuyển loại thì ghi tên mới, không chọn đơn vị, cơ quan đang có.", field="new")


def _check_lengths(result: Outcome, old: Unit | Agency) -> None:
    """That what the outcome makes will fit its columns: on the day it would be too late to say so."""
    made: Unit | Agency
    if isinstance(old, Unit):
        made = Unit(level=old.level, kind=result.kind, name=result.name)
    else:
        made = Agency(kind=result.kind, name=result.name, short=result.short)
    made.key()
    made.check_lengths()


def _check_code(change: Change, olds: dict[UUID, Unit | Agency], result: Outcome) -> None:
    level = next((old.level for old in olds.values() if isinstance(old, Unit)), "")
    if not result.code or not level:
        return
    digits = CODE_DIGITS[level]
    if len(result.code) != digits or not result.code.isdecimal():
        raise Refused(f"Mã số “{result.code}” phải có {digits} chữ số.", field="code")
    bearer = Unit.objects.filter(standing_on(change.on), level=level, code=result.code).exclude(pk__in=olds).first()
    if bearer is not None:
        raise Refused(
            f"Mã số {result.code} đang là của {bearer}.", hint="Để trống nếu chưa có mã chính thức.", field="code"
        )


def _namesake(change: Change, olds: dict[UUID, Unit | Agency], result: Outcome) -> bool:
    assert result.above is not None
    around = list(lineage([result.above.pk]))
    if change.subject == Change.Subject.UNIT:
        units = Unit.objects.filter(standing_on(change.on), parent__in=around, kind=result.kind)
        return units.filter(folded=fold(result.name)).exclude(pk__in=olds).exists()
    agencies = Agency.objects.filter(standing_on(change.on), unit__in=around)
    return agencies.filter(folded=fold(result.name)).exclude(pk__in=olds).exists()


def _check_difference(change: Change, old: Unit | Agency, result: Outcome) -> None:
    if change.kind == Change.Kind.STATUS:
        if not isinstance(old, Unit):
            raise Refused("Chỉ đơn vị hành chính mới chuyển loại.", field="kind")
        if old.kind == result.kind:
            raise Refused(f"{old} đang là {old.kind}; hãy chọn loại mới.", field="kind")
    same_place = result.above_id == (old.parent_id if isinstance(old, Unit) else old.unit_id)
    if (
        change.kind == Change.Kind.RENAME
        and same_place
        and titled(old.kind, old.name) == titled(result.kind, result.name)
    ):
        raise Refused("Tên mới giống tên đang có.", field="name")


def _sides(one: Unit | Agency) -> tuple[Unit | None, Agency | None]:
    return (one, None) if isinstance(one, Unit) else (None, one)
