"""When agencies merge, the people who work there go along; nobody is moved by guess, and an agency's end ends its posts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from accounts_builders import person, post
from django.utils import timezone
from map_builders import LAN, agency, small_map

from binhdang.server.accounts.models import Post
from binhdang.server.accounts.queries import posts_of
from binhdang.server.agencies import changes
from binhdang.server.agencies.actions import (
    OutcomeDraft,
    TransferDraft,
    close_agency,
    plan_change,
    take_effect,
)
from binhdang.server.agencies.models import Agency, Change
from binhdang.server.audit.models import Event

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)
EVE = date(2026, 6, 30)


@pytest.fixture
def offices() -> dict[str, Agency]:
    at = small_map()["Trà Giang"]
    return {name: agency(name, at) for name in ("Sở A", "Sở B", "Sở C")}


def plan(kind: str, olds: list[Agency], *outcomes: OutcomeDraft, extent: str = "whole") -> Change:
    rows = [TransferDraft(old.pk, to, extent) for old in olds for to in range(len(outcomes))]
    return plan_change(
        by=LAN, subject="agency", kind=kind, on=DAY, decree="05/NQ-HĐND", outcomes=outcomes, transfers=rows
    )


def told(change: Change) -> list[tuple[str, bool]]:
    parts = [part for part in changes.preview(change) if part.title == "Người giữ nhiệm vụ"]
    return [(line.text, line.decide) for part in parts for line in part.lines]


def held() -> list[tuple[str, str, str, date | None, date | None]]:
    found = Post.objects.exclude(agency=None).select_related("person", "agency").order_by("person__username", "start")
    return [(p.person.username, p.role, p.agency.name if p.agency else "", p.start, p.end) for p in found]


def test_posts_go_on_at_the_one_agency_that_follows(offices: dict[str, Agency]) -> None:
    start, end = date(2026, 1, 1), date(2026, 12, 31)
    post(person("anh", "Nguyễn Văn An"), "agency_officer", offices["Sở A"], start=start, end=end)
    post(person("binh", "Lê Thị Bình"), "agency_leader", offices["Sở B"], start=start)
    post(person("chinh", "Trần Thị Chi"), "agency_officer", offices["Sở A"], start=start, end=EVE)  # over by then
    post(person("dung", "Vũ Văn Dũng"), "agency_officer", offices["Sở C"], start=start)
    change = plan("merge", [offices["Sở A"], offices["Sở B"]], OutcomeDraft(name="Sở AB"))
    assert told(change) == [
        ("Nguyễn Văn An, Chuyên viên tại Sở A → Sở AB", False),
        ("Lê Thị Bình, Lãnh đạo cơ quan tại Sở B → Sở AB", False),
    ]
    take_effect(by=LAN, change=change.pk)
    assert held() == [
        ("anh", "agency_officer", "Sở A", start, EVE),
        ("anh", "agency_officer", "Sở AB", DAY, end),
        ("binh", "agency_leader", "Sở B", start, EVE),
        ("binh", "agency_leader", "Sở AB", DAY, None),
        ("chinh", "agency_officer", "Sở A", start, EVE),
        ("dung", "agency_officer", "Sở C", start, None),
    ]
    assert Event.objects.filter(verb="post.move", parent__isnull=False).count() == 2


def test_one_who_worked_at_both_holds_one_post(offices: dict[str, Agency]) -> None:
    an = person("anh")
    for name in ("Sở A", "Sở B"):
        post(an, "agency_officer", offices[name], start=date(2026, 1, 1))
    take_effect(by=LAN, change=plan("merge", [offices["Sở A"], offices["Sở B"]], OutcomeDraft(name="Sở AB")).pk)
    assert [(name, end) for _, _, name, _, end in held()].count(("Sở AB", None)) == 1


def test_after_a_split_somebody_must_appoint_again(offices: dict[str, Agency]) -> None:
    post(person("anh", "Nguyễn Văn An"), "agency_officer", offices["Sở A"], start=date(2026, 1, 1))
    change = plan("split", [offices["Sở A"]], OutcomeDraft(name="Sở Một"), OutcomeDraft(name="Sở Hai"), extent="part")
    assert told(change) == [("Nguyễn Văn An, Chuyên viên tại Sở A: nhiệm vụ kết thúc, cần người cử lại.", True)]
    take_effect(by=LAN, change=change.pk)
    assert held() == [("anh", "agency_officer", "Sở A", date(2026, 1, 1), EVE)]


def test_a_closed_agency_leaves_nobody_in_its_posts(offices: dict[str, Agency]) -> None:
    an = person("anh")
    post(an, "agency_officer", offices["Sở A"], start=date(2026, 1, 1))
    assert len(posts_of(str(an.pk))) == 1
    yesterday = timezone.localdate() - timedelta(days=1)
    close_agency(by=LAN, agency=offices["Sở A"].pk, seen=offices["Sở A"].version, last_day=yesterday)
    assert posts_of(str(an.pk)) == []
