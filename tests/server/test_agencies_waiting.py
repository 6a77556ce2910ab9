"""Changes that wait know of one another: none takes the ground from under another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from map_builders import LAN, agency, small_map, unit

from binhdang.server.agencies.actions import OutcomeDraft, TransferDraft, plan_change, take_effect
from binhdang.server.agencies.models import Agency, Change, Outcome, Unit
from binhdang.server.web.records import Refused

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (6, 7, 8))


@pytest.fixture
def places() -> dict[str, Unit]:
    return small_map()


@pytest.fixture
def so(places: dict[str, Unit]) -> dict[str, Agency]:
    return {name: agency(name, places["Trà Giang"]) for name in ("Sở A", "Sở B", "Sở C", "Sở D")}


def plan(kind: str, olds: list[Any], *outcomes: OutcomeDraft, on: date = JULY, decree: str = "5/NQ") -> Change:
    subject = "unit" if isinstance(olds[0], Unit) else "agency"
    extent = "part" if kind == "split" else "whole"
    rows = [TransferDraft(old.pk, to, extent) for old in olds for to in range(len(outcomes))]
    rows = rows or [TransferDraft(old.pk) for old in olds]
    return plan_change(by=LAN, subject=subject, kind=kind, on=on, decree=decree, outcomes=outcomes, transfers=rows)


@pytest.mark.parametrize(
    ("on", "said"), [(JUNE, ""), (JULY, "sẽ kết thúc từ 01/07/2026 theo 1/QĐ"), (AUGUST, "sẽ kết thúc")]
)
def test_nothing_goes_into_one_that_will_have_ended(so: dict[str, Agency], on: date, said: str) -> None:
    plan("close", [so["Sở B"]], decree="1/QĐ")
    if not said:
        plan("merge", [so["Sở A"]], OutcomeDraft(existing=so["Sở B"].pk), on=on)
        return
    with pytest.raises(Refused, match=said) as refused:
        plan("merge", [so["Sở A"]], OutcomeDraft(existing=so["Sở B"].pk), on=on)
    assert "rút thay đổi kia" in refused.value.hint


@pytest.mark.parametrize(("on", "said"), [(JUNE, "sẽ tiếp nhận"), (JULY, "sẽ tiếp nhận"), (AUGUST, "")])
def test_one_that_others_wait_for_does_not_end_before(so: dict[str, Agency], on: date, said: str) -> None:
    plan("merge", [so["Sở A"]], OutcomeDraft(existing=so["Sở B"].pk))
    if not said:
        plan("rename", [so["Sở B"]], OutcomeDraft(name="Sở B mới"), on=on)
        return
    with pytest.raises(Refused, match=said):
        plan("rename", [so["Sở B"]], OutcomeDraft(name="Sở B mới"), on=on)


def test_one_may_give_a_part_away_and_be_taken_into_later(so: dict[str, Agency]) -> None:
    """Sở A gives a part away and stands on: it does not end, so others may wait for it."""
    plan("split", [so["Sở A"]], OutcomeDraft(existing=so["Sở A"].pk), OutcomeDraft(existing=so["Sở B"].pk))
    plan("merge", [so["Sở C"]], OutcomeDraft(existing=so["Sở A"].pk), on=AUGUST)


def test_two_changes_do_not_make_the_same_thing(so: dict[str, Agency], places: dict[str, Unit]) -> None:
    plan("merge", [so["Sở A"], so["Sở B"]], OutcomeDraft(name="Sở Chung"))
    with pytest.raises(Refused, match="Sở Chung cũng được lập từ 01/07/2026") as refused:
        plan("merge", [so["Sở C"], so["Sở D"]], OutcomeDraft(name="SỞ CHUNG"), on=AUGUST)
    assert refused.value.field == "name"
    plan("rename", [places["An Bình"]], OutcomeDraft(name="An Mới", code="90001"))
    with pytest.raises(Refused, match="Mã 90001 đã dành cho Xã An Mới"):
        plan("rename", [places["Ea Đông"]], OutcomeDraft(name="Ea Mới", code="90001"))
    plan("rename", [places["Ea Đông"]], OutcomeDraft(name="An Mới", kind="phường"))  # Phường An Mới is another


def test_nothing_is_made_at_a_unit_that_will_be_divided(places: dict[str, Unit]) -> None:
    office = agency("Văn phòng", places["An Bình"])
    plan("split", [places["An Bình"]], OutcomeDraft(name="Một"), OutcomeDraft(name="Hai"))
    plan("rename", [office], OutcomeDraft(name="Văn phòng mới"), on=JUNE)
    other = agency("Trạm Y tế", places["An Bình"])
    with pytest.raises(Refused, match="Xã An Bình sẽ không còn nguyên từ 01/07/2026"):
        plan("rename", [other], OutcomeDraft(name="Trạm"), on=AUGUST)


def test_a_unit_is_not_divided_under_what_will_be_made_there(places: dict[str, Unit]) -> None:
    office = agency("Văn phòng", places["An Bình"])
    plan("rename", [office], OutcomeDraft(name="Văn phòng mới"), on=AUGUST)
    with pytest.raises(Refused, match="Văn phòng mới sẽ lập tại Xã An Bình"):
        plan("close", [places["An Bình"]])


def test_what_is_made_stands_at_what_its_unit_has_become(places: dict[str, Unit]) -> None:
    """The office's new name was planned while the commune still had its old one."""
    office = agency("Văn phòng", places["An Bình"])
    later = plan("rename", [office], OutcomeDraft(name="Văn phòng mới"), on=JULY)
    take_effect(by=LAN, change=plan("rename", [places["An Bình"]], OutcomeDraft(name="An Mới"), on=JUNE).pk)
    take_effect(by=LAN, change=later.pk)
    made = Agency.objects.get(name="Văn phòng mới")
    assert (made.unit.name, made.unit.stands_on(JULY)) == ("An Mới", True)
    assert Outcome.objects.get(agency=made).above == made.unit


@pytest.mark.parametrize(
    ("chosen", "on", "made"),
    [
        ("so-noivu", JULY, "so-noivu"),  # as chosen
        ("", JULY, "so-noivu"),  # the old kind's heir since March 2025
        ("", date(2025, 2, 1), "so-ldtbxh"),
    ],
)
def test_a_new_agency_has_the_kind_that_is_chosen_or_its_heir(
    places: dict[str, Unit], chosen: str, on: date, made: str
) -> None:
    old = agency("Sở Lao động - Thương binh và Xã hội", places["Trà Giang"], kind="so-ldtbxh")
    change = plan("rename", [old], OutcomeDraft(name="Sở Nội vụ và Lao động", kind=chosen), on=on)
    assert change.outcomes.get().kind == made


@pytest.mark.parametrize(
    ("kind", "on", "said"),
    [
        ("ubnd-xa", JULY, "không phải là cơ quan ở cấp tỉnh"),
        ("so-ldtbxh", JULY, "kết thúc ngày 28/02/2025"),
        ("so-khong-co", JULY, "Không có loại cơ quan"),
    ],
)
def test_a_kind_that_cannot_be_is_told(so: dict[str, Agency], kind: str, on: date, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        plan("rename", [so["Sở A"]], OutcomeDraft(name="Sở mới", kind=kind), on=on)
    assert refused.value.field == "kind"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({"kind": "tỉnh"}, "không phải là loại đơn vị cấp xã: xã, phường, đặc khu, thị trấn"),
        ({"code": "123"}, "phải có 5 chữ số"),
        ({"code": "12a45"}, "phải có 5 chữ số"),
        ({"code": "55555"}, "Mã số 55555 đang là của Phường Bạch Hạc"),
        ({"name": "A" * 121}, "Tên dài quá 120 ký tự"),
    ],
)
def test_a_new_unit_has_a_kind_a_code_and_a_name_that_can_be(
    places: dict[str, Unit], new: dict[str, str], said: str
) -> None:
    Unit.objects.filter(name="Bạch Hạc").update(code="55555")
    with pytest.raises(Refused, match=said):
        plan("rename", [places["An Bình"]], OutcomeDraft(**({"name": "An Mới"} | new)))


def test_a_district_that_ended_stays_with_its_kind(places: dict[str, Unit]) -> None:
    """What is not chosen is not judged: the old one's kind goes on, even one that no new unit may choose."""
    old = unit("Lạ", kind="nông trường", above=places["Trà Giang"])
    assert plan("rename", [old], OutcomeDraft(name="Lạ Mới")).outcomes.get().kind == "nông trường"
