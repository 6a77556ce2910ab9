"""Changes entered ahead: what they show beforehand is what they do on their day, and nothing goes by guess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.utils import timezone
from map_builders import LAN, agency, reports, small_map, unit

from binhdang.server.agencies import changes
from binhdang.server.agencies.actions import (
    OutcomeDraft,
    TransferDraft,
    plan_change,
    take_due_changes,
    take_effect,
    withdraw_change,
)
from binhdang.server.agencies.models import Agency, Change, ReportingLine, Unit
from binhdang.server.agencies.queries import agencies as agency_queries
from binhdang.server.agencies.queries import lines
from binhdang.server.agencies.queries import units as unit_queries
from binhdang.server.audit.models import Event
from binhdang.server.web.asking import SYSTEM, By
from binhdang.server.web.records import Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)
EVE = date(2026, 6, 30)


@pytest.fixture
def places() -> dict[str, Unit]:
    return small_map()


def plan(kind: str, olds: list[Any], *outcomes: OutcomeDraft, extent: str = "whole", on: date = DAY) -> Change:
    """A change in which every old one goes to every outcome."""
    subject = "unit" if isinstance(olds[0], Unit) else "agency"
    rows = [TransferDraft(old.pk, to, extent) for old in olds for to in range(len(outcomes))]
    rows = rows or [TransferDraft(old.pk) for old in olds]
    return plan_change(
        by=LAN, subject=subject, kind=kind, on=on, decree="05/NQ-HĐND", outcomes=outcomes, transfers=rows
    )


def lines_of(change: Change) -> list[tuple[str, bool]]:
    return [(line.text, line.decide) for part in changes.preview(change) for line in part.lines]


def test_a_province_becomes_a_city_and_keeps_what_is_below_it(places: dict[str, Unit]) -> None:
    province = places["Trà Giang"]
    seat = agency("Sở Nội vụ", province, kind="so-noivu")
    change = plan("status", [province], OutcomeDraft(name="Trà Giang", kind="thành phố", code="91"))
    told = lines_of(change)
    assert ("Xã An Bình → thuộc Thành phố Trà Giang", False) in told
    assert ("Sở Nội vụ → thuộc Thành phố Trà Giang", False) in told
    assert len(told) == 4
    take_effect(by=LAN, change=change.pk)
    city = Unit.objects.get(kind="thành phố")
    province.refresh_from_db()
    assert (province.end, city.start, city.level, city.parent) == (EVE, DAY, "province", places["Việt Nam"])
    assert [row.unit.name for row in unit_queries.below(city, DAY)] == ["An Bình", "Bạch Hạc", "Ea Đông"]
    assert list(agency_queries.agencies_at(city, DAY)) == [seat]
    assert unit_queries.above(places["An Bình"], EVE)[-1] == province
    assert unit_queries.above(places["An Bình"], DAY)[-1] == city
    (told_on,) = unit_queries.story(city).origins
    assert (told_on.old, told_on.printed, told_on.change) == (province, "Chuyển loại", change)


def test_a_merger_of_communes_asks_for_their_agencies_to_be_merged(places: dict[str, Unit]) -> None:
    a, b = places["An Bình"], places["Ea Đông"]
    for place in (a, b):
        agency(f"Ủy ban nhân dân {place.title}", place, kind="ubnd-xa")
    change = plan("merge", [a, b], OutcomeDraft(name="An Đông", kind="xã"))
    decide = [text for text, is_open in lines_of(change) if is_open]
    assert len(decide) == 1 and "Ủy ban nhân dân Xã An Bình, Ủy ban nhân dân Xã Ea Đông" in decide[0]
    take_effect(by=LAN, change=change.pk)
    made = Unit.objects.get(name="An Đông")
    assert {s.old for s in unit_queries.story(made).origins} == {a, b}
    assert agency_queries.agencies_at(made, DAY).count() == 2
    assert [row.unit.name for row in unit_queries.below(places["Trà Giang"], DAY)] == ["An Đông", "Bạch Hạc"]


def test_a_split_unit_moves_nothing_by_guess(places: dict[str, Unit]) -> None:
    province = places["Trà Giang"]
    seat = agency("Sở Nội vụ", province, kind="so-noivu")
    change = plan(
        "split",
        [province],
        OutcomeDraft(name="Trà", kind="tỉnh"),
        OutcomeDraft(name="Giang", kind="tỉnh"),
        extent="part",
    )
    assert len(lines_of(change)) == 4 and all(decide for _, decide in lines_of(change))
    take_effect(by=LAN, change=change.pk)
    assert unit_queries.story(province).is_split
    assert unit_queries.above(places["An Bình"], DAY) == []
    assert all(not agency_queries.agencies_at(u, DAY).exists() for u in Unit.objects.filter(name__in=["Trà", "Giang"]))
    seat.refresh_from_db()
    assert seat.unit == province


def test_a_part_may_go_to_one_that_stands_and_the_rest_stay(places: dict[str, Unit]) -> None:
    a, b = places["An Bình"], places["Ea Đông"]
    change = plan("split", [a], OutcomeDraft(existing=a.pk), OutcomeDraft(existing=b.pk), extent="part")
    take_effect(by=LAN, change=change.pk)
    a.refresh_from_db()
    assert a.end is None and unit_queries.story(a).is_split
    assert [s.new for s in unit_queries.story(a).successions] == [b]
    assert unit_queries.standing([a.pk], DAY) == {a.pk: a}


@pytest.fixture
def offices(places: dict[str, Unit]) -> dict[str, Agency]:
    """Two departments that report to the committee; a commune reports to each."""
    at = places["Trà Giang"]
    made = {name: agency(name, at) for name in ("Ủy ban", "Sở A", "Sở B", "Sở C")}
    made |= {name: agency(name, places["An Bình"]) for name in ("Xã 1", "Xã 2")}
    for lower, upper in (("Sở A", "Ủy ban"), ("Sở B", "Ủy ban"), ("Xã 1", "Sở A"), ("Xã 2", "Sở B")):
        reports(made[lower], made[upper])
    return made


def who_reports(day: date) -> set[tuple[str, str]]:
    return {(line.agency.name, line.superior.name) for line in lines.lines_on(day)}


def test_a_merger_of_agencies_takes_their_lines_along(offices: dict[str, Agency]) -> None:
    before = who_reports(EVE)
    change = plan("merge", [offices["Sở A"], offices["Sở B"]], OutcomeDraft(name="Sở AB"))
    told = {text for text, _ in lines_of(change)}
    assert "Xã 1 báo cáo với Sở A → Xã 1 báo cáo với Sở AB" in told
    assert "Sở A báo cáo với Ủy ban → Sở AB báo cáo với Ủy ban" in told
    take_effect(by=LAN, change=change.pk)
    assert who_reports(DAY) == {("Sở AB", "Ủy ban"), ("Xã 1", "Sở AB"), ("Xã 2", "Sở AB")}
    assert who_reports(EVE) == before
    made = Agency.objects.get(name="Sở AB")
    assert [link.old.name for link in agency_queries.chain(made).origins] == ["Sở A", "Sở B"]


def test_one_that_takes_another_in_keeps_its_own_line(offices: dict[str, Agency]) -> None:
    change = plan("merge", [offices["Sở A"]], OutcomeDraft(existing=offices["Sở B"].pk))
    take_effect(by=LAN, change=change.pk)
    assert who_reports(DAY) == {("Sở B", "Ủy ban"), ("Xã 1", "Sở B"), ("Xã 2", "Sở B")}


def test_different_superiors_are_for_a_person_to_settle(offices: dict[str, Agency]) -> None:
    reports(offices["Sở B"], offices["Sở C"], date(2026, 2, 1))
    change = plan("merge", [offices["Sở A"], offices["Sở B"]], OutcomeDraft(name="Sở AB"))
    assert sum(decide for _, decide in lines_of(change)) == 2
    take_effect(by=LAN, change=change.pk)
    assert who_reports(DAY) == {("Xã 1", "Sở AB"), ("Xã 2", "Sở AB")}


def test_a_merger_never_closes_a_ring(offices: dict[str, Agency]) -> None:
    """Sở C reports to Xã 1, which reports to Sở A: when A and C are one, Xã 1 cannot stand between."""
    reports(offices["Sở C"], offices["Xã 1"])
    change = plan("merge", [offices["Sở A"], offices["Sở C"]], OutcomeDraft(name="Sở AC"))
    take_effect(by=LAN, change=change.pk)
    for one in Agency.objects.all():
        assert one.pk not in lines.superiors_of(one.pk, DAY)


def test_lines_of_a_split_agency_end_and_are_told(offices: dict[str, Agency]) -> None:
    change = plan("split", [offices["Sở A"]], OutcomeDraft(name="Sở A1"), OutcomeDraft(name="Sở A2"), extent="part")
    assert sum(decide for _, decide in lines_of(change)) == 2
    take_effect(by=LAN, change=change.pk)
    assert who_reports(DAY) == {("Sở B", "Ủy ban"), ("Xã 2", "Sở B")}


def test_taking_effect_twice_does_nothing_more(offices: dict[str, Agency]) -> None:
    change = plan("rename", [offices["Sở A"]], OutcomeDraft(name="Sở A mới"))
    take_effect(by=LAN, change=change.pk)
    counted = Event.objects.count(), ReportingLine.objects.count(), Agency.objects.count()
    take_effect(by=LAN, change=change.pk)
    assert (Event.objects.count(), ReportingLine.objects.count(), Agency.objects.count()) == counted
    parent = Event.objects.get(verb="change.take_effect")
    assert {e.verb for e in Event.objects.filter(parent=parent.pk)} == {"agency.line_moved", "agency.end"}


def test_what_is_due_is_done_by_the_daily_command(offices: dict[str, Agency], capsys: Any) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    due = plan("rename", [offices["Sở A"]], OutcomeDraft(name="Sở A mới"))
    later = plan("close", [offices["Sở C"]], on=tomorrow)
    call_command("take_effect")
    assert "Đã thực hiện: Đổi tên từ 01/07/2026" in capsys.readouterr().out
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == ("done", "planned")
    with pytest.raises(Refused, match="chưa đến ngày"):
        take_effect(by=SYSTEM, change=later.pk)
    assert take_due_changes(by=SYSTEM) == ([], [])


def test_a_change_is_withdrawn_with_a_reason_and_stays_on_record(offices: dict[str, Agency]) -> None:
    change = plan("close", [offices["Sở C"]])
    with pytest.raises(Refused, match="Chưa ghi lý do"):
        withdraw_change(by=LAN, change=change.pk, seen=1, reason=" ")
    withdraw_change(by=LAN, change=change.pk, seen=1, reason="Nghị quyết bị hoãn")
    with pytest.raises(Refused, match="đã rút"):
        take_effect(by=SYSTEM, change=change.pk)
    assert Change.objects.get().reason == "Nghị quyết bị hoãn"
    assert Agency.objects.get(name="Sở C").end is None
    plan("close", [offices["Sở C"]])  # it is free for another


def test_one_thing_waits_for_one_change(offices: dict[str, Agency]) -> None:
    plan("close", [offices["Sở C"]])
    with pytest.raises(Refused, match="đã nằm trong một thay đổi khác, có hiệu lực từ 01/07/2026"):
        plan("rename", [offices["Sở C"]], OutcomeDraft(name="Sở D"))


@pytest.mark.parametrize(
    ("kind", "count", "outcomes", "extent", "said"),
    [
        ("close", 1, [OutcomeDraft(name="X")], "whole", "không có nơi tiếp nhận"),
        ("merge", 2, [], "whole", "chưa nói chuyển về đâu"),
        ("merge", 2, [OutcomeDraft(name="X"), OutcomeDraft(name="Y")], "whole", "Kết quả phải là một"),
        ("merge", 2, [OutcomeDraft(name="X")], "part", "nhận toàn bộ"),
        ("merge", 2, [OutcomeDraft(name=" ")], "whole", "Chưa có tên"),
        ("split", 1, [OutcomeDraft(name="X")], "part", "ít nhất hai nơi"),
        ("split", 1, [OutcomeDraft(name="X"), OutcomeDraft(name="x")], "part", "Đã có"),
        ("split", 1, [OutcomeDraft(name="X"), OutcomeDraft(name="Y")], "whole", "mỗi nơi chỉ nhận một phần"),
        ("rename", 2, [OutcomeDraft(name="X")], "whole", "Mỗi lần chỉ đổi tên"),
        ("rename", 1, [OutcomeDraft(name="An Bình")], "whole", "Tên mới giống"),
        ("rename", 1, [OutcomeDraft(name="Bạch Hạc", kind="phường")], "whole", "Đã có"),
        ("status", 1, [OutcomeDraft(name="An Bình", kind="xã")], "whole", "đang là xã"),
    ],
)
def test_what_is_no_change(
    places: dict[str, Unit], kind: str, count: int, outcomes: list[OutcomeDraft], extent: str, said: str
) -> None:
    olds = [places["An Bình"], places["Ea Đông"]][:count]
    with pytest.raises(Refused, match=said):
        plan(kind, olds, *outcomes, extent=extent)
    assert not Change.objects.exists() and not Event.objects.exists()


def test_the_old_ones_must_stand_and_be_of_one_level(places: dict[str, Unit]) -> None:
    gone = unit("Cũ", above=places["Trà Giang"], end=date(2025, 6, 30))
    with pytest.raises(Refused, match="không còn hoặc chưa có"):
        plan("close", [gone])
    with pytest.raises(Refused, match="phải cùng cấp"):
        plan("merge", [places["An Bình"], places["Lam Sơn"]], OutcomeDraft(name="X"))
    with pytest.raises(Refused, match="đứng trên cùng"):
        plan("rename", [places["Việt Nam"]], OutcomeDraft(name="X"))


class Flags:
    """What another room might hang on agencies."""

    title = "Cờ thi đua"

    def __init__(self, at: UUID) -> None:
        self.at = at

    def preview(self, passage: changes.Passage) -> Iterator[changes.Line]:
        if self.at in passage.whole:
            yield changes.Line(f"Cờ → {passage.whole[self.at].title}")

    def move(self, passage: changes.Passage, *, by: By, parent: UUID | None) -> None:
        heir = passage.whole[self.at].heir
        assert heir is not None and parent is not None
        self.at = heir.pk


def test_another_room_moves_its_own(offices: dict[str, Agency], monkeypatch: pytest.MonkeyPatch) -> None:
    flags = Flags(offices["Sở A"].pk)
    monkeypatch.setattr(changes, "_MOVERS", [*changes.movers()])
    changes.register(flags)
    change = plan("rename", [offices["Sở A"]], OutcomeDraft(name="Sở A mới"))
    assert ("Cờ → Sở A mới", False) in lines_of(change)
    take_effect(by=LAN, change=change.pk)
    assert flags.at == Agency.objects.get(name="Sở A mới").pk


def test_a_mover_that_fails_undoes_everything(offices: dict[str, Agency], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_MOVERS", [*changes.movers()])
    changes.register(Flags(offices["Sở B"].pk))  # knows nothing of Sở A: raises KeyError
    change = plan("rename", [offices["Sở A"]], OutcomeDraft(name="Sở A mới"))
    with pytest.raises(KeyError):
        take_effect(by=LAN, change=change.pk)
    assert not Agency.objects.filter(name="Sở A mới").exists()
    assert Change.objects.get().state == "planned"
