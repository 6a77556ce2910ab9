"""Entering, correcting and closing agencies, and who reports to whom."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from map_builders import LAN, NEW_YEAR, agency, reports, small_map, unit

from binhdang.server.accounts.models import Person, Post
from binhdang.server.agencies.actions import (
    OutcomeDraft,
    TransferDraft,
    add_agency,
    close_agency,
    correct_agency,
    end_reporting_line,
    load_units,
    plan_change,
    reopen_agency,
    set_reporting_line,
    take_effect,
    withdraw_change,
)
from binhdang.server.agencies.actions.imports import import_agencies
from binhdang.server.agencies.models import Agency, ReportingLine
from binhdang.server.agencies.queries import agencies as agency_queries
from binhdang.server.agencies.queries import lines
from binhdang.server.audit.models import Event
from binhdang.server.web.asking import By
from binhdang.server.web.records import Conflict, Refused

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)


@pytest.fixture
def places() -> Any:
    return small_map()


@pytest.fixture
def so(places: Any) -> Agency:
    return agency("Sở Nội vụ", places["Trà Giang"], kind="so-noivu", short="SNV", start=date(2025, 3, 1))


def test_an_agency_is_entered_with_its_event(so: Agency) -> None:
    event = Event.objects.get(verb="agency.add")
    assert (event.subject, event.person, event.after["name"]) == (str(so.pk), LAN.person, "Sở Nội vụ")
    assert (so.folded, so.version, so.source) == ("so noi vu", 1, "local")


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"name": "  "}, "name", "Chưa có tên"),
        ({"name": "sở  NỘI vụ"}, "name", "đã có cơ quan “Sở Nội vụ”"),
        ({"name": "S" * 201}, "name", "dài quá 200"),
        ({"name": "Sở A", "kind": "so-khong-co"}, "kind", "Không có loại"),
        ({"name": "UBND", "kind": "ubnd-xa"}, "kind", "không phải là cơ quan ở cấp tỉnh"),
        ({"name": "Sở B", "kind": "so-ldtbxh", "start": JUNE}, "kind", "kết thúc ngày 28/02/2025"),
    ],
)
def test_what_cannot_be_entered(places: Any, so: Agency, fields: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        add_agency(by=LAN, unit=places["Trà Giang"].pk, **fields)
    assert refused.value.field == field
    assert Agency.objects.count() == 1


def test_the_name_of_one_that_ended_may_be_used_again(places: Any) -> None:
    old = agency("Văn phòng", places["An Bình"], start=date(2020, 1, 1))
    close_agency(by=LAN, agency=old.pk, seen=1, last_day=date(2025, 6, 30))
    assert agency("Văn phòng", places["An Bình"], start=date(2025, 7, 1)).pk != old.pk


def test_an_agency_begins_within_the_days_of_its_unit(places: Any) -> None:
    places["An Bình"].start = date(2025, 7, 1)
    places["An Bình"].save()
    with pytest.raises(Refused, match="chỉ có từ ngày 01/07/2025"):
        agency("Trạm Y tế", places["An Bình"], start=date(2025, 6, 30))


def test_a_correction_tells_before_and_after(so: Agency) -> None:
    correct_agency(by=LAN, agency=so.pk, seen=1, name="Sở Nội Vụ", kind="so-noivu", short="SNV", start=so.start)
    event = Event.objects.get(verb="agency.correct")
    assert (event.before, event.after) == ({"name": "Sở Nội vụ"}, {"name": "Sở Nội Vụ"})
    assert Agency.objects.get().version == 2


def test_two_who_correct_at_once_do_not_overwrite_each_other(so: Agency) -> None:
    correct_agency(by=LAN, agency=so.pk, seen=1, name="Sở Nội Vụ")
    with pytest.raises(Conflict):
        correct_agency(by=LAN, agency=so.pk, seen=1, name="Sở nội vụ")
    assert Agency.objects.get().name == "Sở Nội Vụ"


def test_one_to_whom_others_report_is_not_closed(places: Any, so: Agency) -> None:
    commune = agency("Ủy ban nhân dân xã An Bình", places["An Bình"])
    reports(commune, so)
    with pytest.raises(Refused, match="còn 1 cơ quan báo cáo với cơ quan này, như Ủy ban nhân dân xã An Bình"):
        close_agency(by=LAN, agency=so.pk, seen=so.version, last_day=JUNE)


def test_closing_ends_the_agencys_own_line(places: Any, so: Agency) -> None:
    commune = agency("Ủy ban nhân dân xã An Bình", places["An Bình"])
    reports(commune, so)
    close_agency(by=LAN, agency=commune.pk, seen=commune.version, last_day=JUNE)
    assert ReportingLine.objects.get().end == Agency.objects.get(pk=commune.pk).end == JUNE


def test_a_new_line_ends_the_one_in_force_the_day_before(places: Any, so: Agency) -> None:
    commune = agency("Ủy ban nhân dân xã An Bình", places["An Bình"])
    board = agency("Ban Vì sự tiến bộ của phụ nữ", places["Trà Giang"])
    reports(commune, so)
    reports(commune, board, JUNE)
    assert [lines.superior_of(commune.pk, day) for day in (date(2025, 12, 31), NEW_YEAR, date(2026, 5, 31), JUNE)] == [
        None,
        so,
        so,
        board,
    ]
    ends = list(ReportingLine.objects.order_by("start").values_list("start", "end"))
    assert ends == [(NEW_YEAR, date(2026, 5, 31)), (JUNE, None)]


def test_a_line_set_before_a_later_one_ends_where_that_begins(places: Any, so: Agency) -> None:
    commune = agency("Ủy ban nhân dân xã An Bình", places["An Bình"])
    board = agency("Ban Vì sự tiến bộ của phụ nữ", places["Trà Giang"])
    reports(commune, board, JUNE)
    reports(commune, so)
    assert ReportingLine.objects.get(superior=so).end == date(2026, 5, 31)


def test_lines_never_go_round(places: Any) -> None:
    a, b, c = (agency(name, places["Trà Giang"]) for name in ("Sở A", "Sở B", "Sở C"))
    reports(a, b)
    reports(b, c, JUNE)
    with pytest.raises(Refused, match="sẽ thành vòng"):
        reports(c, a)  # no ring today, but one from June on
    with pytest.raises(Refused, match="chính mình"):
        reports(a, a)
    assert ReportingLine.objects.count() == 2


def test_two_may_change_places_at_different_times(places: Any) -> None:
    a, b = (agency(name, places["Trà Giang"]) for name in ("Sở A", "Sở B"))
    reports(a, b)
    end_reporting_line(by=LAN, agency=a.pk, seen=a.version, last_day=date(2026, 5, 31))
    reports(b, a, JUNE)
    assert lines.superior_of(b.pk, JUNE) == a


@pytest.mark.parametrize(("start", "end"), [(date(2025, 2, 1), None), (JUNE, date(2026, 12, 31))])
def test_a_line_lies_within_the_days_of_both(places: Any, so: Agency, start: date, end: date | None) -> None:
    commune = agency("Ủy ban nhân dân xã An Bình", places["An Bình"])
    short = agency("Tổ công tác", places["Trà Giang"], start=date(2025, 3, 1))
    close_agency(by=LAN, agency=short.pk, seen=1, last_day=date(2026, 9, 30))
    with pytest.raises(Refused, match=r"không hoạt động|kết thúc ngày 30/09/2026"):
        set_reporting_line(by=LAN, agency=commune.pk, superior=short.pk, start=start, end=end, seen=1)
    line = set_reporting_line(by=LAN, agency=commune.pk, superior=short.pk, start=JUNE, seen=1)
    assert line.end == date(2026, 9, 30)


def test_everything_below_costs_a_query_a_level(places: Any, so: Agency) -> None:
    for number in range(12):
        commune = agency(f"Ủy ban nhân dân xã số {number}", places["An Bình"])
        reports(commune, so)
        reports(agency(f"Thôn số {number}", places["An Bình"]), commune)
    with CaptureQueriesContext(connection) as captured:
        below = lines.below([so.pk], NEW_YEAR)
    assert len(captured) == 3
    assert sorted(below.values()) == [1] * 12 + [2] * 12
    assert lines.below([so.pk], date(2025, 12, 31)) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("so noi vu", ["Sở Nội vụ"]),
        ("NỘI VỤ", ["Sở Nội vụ", "Phòng Nội vụ và Lao động"]),
        ("snv", ["Sở Nội vụ"]),
        ("không có", []),
    ],
)
def test_agencies_are_found_by_name_and_short_name(places: Any, so: Agency, text: str, found: list[str]) -> None:
    agency("Phòng Nội vụ và Lao động", places["An Bình"])
    assert {one.name for one in agency_queries.search_agencies(text)} == set(found)


def test_an_act_on_what_is_not_there_is_not_done(so: Agency) -> None:
    with pytest.raises(Agency.DoesNotExist):
        close_agency(by=LAN, agency=uuid4(), seen=1, last_day=JUNE)
    assert Event.objects.count() == 1


def told_to(role: str) -> By:
    """Somebody else, with one post at Sở Nội vụ."""
    person = Person.objects.create(username=role, full_name="Nguyễn Văn Khác")
    Post.objects.create(person=person, role=role, agency=Agency.objects.get(name="Sở Nội vụ"), start=date(2025, 7, 1))
    return By(str(person.pk))


@pytest.mark.parametrize("role", ["programme_lead", "agency_officer", "nobody"])
def test_acts_ask_the_policy_themselves(places: Any, so: Agency, role: str) -> None:
    by = By("") if role == "nobody" else told_to(role)
    unit, commune = places["Trà Giang"].pk, agency("Ủy ban nhân dân xã An Bình", places["An Bình"])
    closing = {"subject": "agency", "kind": "close", "on": JUNE, "decree": "1/QĐ", "outcomes": []}
    planned = plan_change(by=LAN, transfers=[TransferDraft(commune.pk)], **closing)  # type: ignore[arg-type]
    before = Event.objects.count()
    tried: list[tuple[Any, dict[str, Any]]] = [
        (add_agency, {"unit": unit, "name": "Sở Y tế"}),
        (correct_agency, {"agency": so.pk, "seen": 1, "name": "Sở"}),
        (close_agency, {"agency": so.pk, "seen": 1, "last_day": JUNE}),
        (reopen_agency, {"agency": so.pk, "seen": 1, "reason": "nhầm"}),
        (set_reporting_line, {"agency": commune.pk, "superior": so.pk, "start": JUNE, "seen": 1}),
        (end_reporting_line, {"agency": commune.pk, "seen": 1, "last_day": JUNE}),
        (import_agencies, {"rows": []}),
        (load_units, {}),
        (plan_change, closing | {"transfers": [TransferDraft(so.pk)]}),
        (withdraw_change, {"change": planned.pk, "seen": 1, "reason": "thôi"}),
        (take_effect, {"change": planned.pk}),
    ]
    for act, told in tried:
        with pytest.raises(Refused, match=r"không có quyền này|không giữ nhiệm vụ nào"):
            act(by=by, **told)
    assert Event.objects.count() == before


def test_one_of_the_past_is_entered_with_its_last_day(places: Any) -> None:
    district = unit("Cẩm Khê", "district", kind="huyện", above=places["Trà Giang"], end=date(2025, 6, 30))
    with pytest.raises(Refused, match="chỉ có đến ngày 30/06/2025") as refused:
        agency("Ủy ban nhân dân huyện Cẩm Khê", district)
    assert refused.value.field == "end" and "ghi cả ngày kết thúc" in refused.value.hint
    with pytest.raises(Refused, match="chỉ có đến ngày 30/06/2025"):
        agency("Ủy ban nhân dân huyện Cẩm Khê", district, end=date(2025, 7, 1))
    with pytest.raises(Refused, match="Ngày kết thúc chưa đến"):
        agency("Ban X", places["An Bình"], end=date(2199, 7, 1))
    made = agency("Ủy ban nhân dân huyện Cẩm Khê", district, kind="ubnd-huyen", end=date(2025, 6, 30))
    assert not made.stands_on(date(2025, 7, 1)) and made.stands_on(date(2025, 6, 30))
    assert Event.objects.get(verb="agency.add", subject=made.pk).after["end"] == "2025-06-30"


def test_a_closing_by_mistake_is_taken_back_with_the_line(places: Any, so: Agency) -> None:
    commune = agency("Ủy ban nhân dân xã An Bình", places["An Bình"])
    reports(commune, so)
    with pytest.raises(Refused, match="chưa kết thúc"):
        reopen_agency(by=LAN, agency=commune.pk, seen=commune.version, reason="nhầm")
    closed = close_agency(by=LAN, agency=commune.pk, seen=commune.version, last_day=JUNE)
    with pytest.raises(Conflict):
        reopen_agency(by=LAN, agency=commune.pk, seen=1, reason="nhầm")
    with pytest.raises(Refused, match="Chưa ghi vì sao"):
        reopen_agency(by=LAN, agency=commune.pk, seen=closed.version, reason=" ")
    again = reopen_agency(by=LAN, agency=commune.pk, seen=closed.version, reason="Ghi nhầm xã")
    assert (again.end, ReportingLine.objects.get().end) == (None, None)
    event = Event.objects.get(verb="agency.reopen")
    assert (event.before["end"], event.after["end"], event.reason) == ("2026-06-01", None, "Ghi nhầm xã")


def test_a_closing_on_which_something_stands_is_not_taken_back(places: Any, so: Agency) -> None:
    old = agency("Văn phòng", places["An Bình"])
    closed = close_agency(by=LAN, agency=old.pk, seen=1, last_day=date(2025, 6, 30))
    agency("Văn phòng", places["An Bình"], start=date(2025, 7, 1))
    with pytest.raises(Refused, match="đã có cơ quan “Văn phòng”"):
        reopen_agency(by=LAN, agency=old.pk, seen=closed.version, reason="nhầm")
    change = plan_change(
        by=LAN,
        subject="agency",
        kind="rename",
        on=JUNE,
        decree="1/QĐ",
        outcomes=[OutcomeDraft(name="Sở Nội vụ mới")],
        transfers=[TransferDraft(so.pk, 0)],
    )
    take_effect(by=LAN, change=change.pk)
    so.refresh_from_db()
    with pytest.raises(Refused, match="đã chuyển cho cơ quan khác"):
        reopen_agency(by=LAN, agency=so.pk, seen=so.version, reason="nhầm")


def test_texts_longer_than_their_columns_are_told_by_field(places: Any, so: Agency) -> None:
    typed: dict[str, Any] = {"subject": "agency", "kind": "rename", "on": JUNE, "decree": "1/QĐ"}
    typed |= {"outcomes": [OutcomeDraft(name="Sở mới")], "transfers": [TransferDraft(so.pk, 0)]}
    for field, wrong in (
        ("decree", {"decree": "1/" + "Đ" * 60}),
        ("decree_title", {"decree_title": "t" * 301}),
        ("name", {"outcomes": [OutcomeDraft(name="S" * 201)]}),
        ("short", {"outcomes": [OutcomeDraft(name="Sở", short="S" * 61)]}),
    ):
        with pytest.raises(Refused, match="dài quá") as refused:
            plan_change(by=LAN, **(typed | wrong))
        assert refused.value.field == field
    change = plan_change(by=LAN, **typed)
    with pytest.raises(Refused, match="Lý do rút dài quá 300 ký tự"):
        withdraw_change(by=LAN, change=change.pk, seen=1, reason="r" * 301)


if connection.vendor != "sqlite":  # which has one writer at a time

    @pytest.mark.django_db(transaction=True)
    def test_two_who_set_lines_at_once_never_close_a_ring() -> None:
        at = small_map()["Trà Giang"]
        a, b, c, d = (agency(name, at) for name in "ABCD")
        reports(b, c)
        reports(d, a)
        together, said = threading.Barrier(2), []

        def set_line(lower: Agency, upper: Agency) -> None:
            try:
                together.wait()
                set_reporting_line(by=LAN, agency=lower.pk, superior=upper.pk, start=NEW_YEAR, seen=lower.version)
                said.append("set")
            except Refused as refused:
                said.append("ring" if "thành vòng" in refused.message else refused.message)
            finally:
                connection.close()

        threads = [threading.Thread(target=set_line, args=pair) for pair in ((a, b), (c, d))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(said) == ["ring", "set"]
