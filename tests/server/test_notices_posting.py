"""Who is told what: notices to agencies and to people, thousands at one go, over a merger and after a post's end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from accounts_builders import Province, person, post, province, signed_in
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from map_builders import LAN, agency, small_map
from notices_builders import DUE, ISSUED, KINDS, MENTION, MONEY, actor, posted

from binhdang.access import ROLES
from binhdang.server.accounts.models import Person, Post
from binhdang.server.agencies import changes
from binhdang.server.agencies.actions import OutcomeDraft, TransferDraft, plan_change, take_effect
from binhdang.server.agencies.models import Agency, Change
from binhdang.server.audit.models import Event
from binhdang.server.notices import kinds
from binhdang.server.notices.actions.forgetting import forget_old
from binhdang.server.notices.actions.posting import Draft, post_notices
from binhdang.server.notices.actions.reading import mark_read
from binhdang.server.notices.kinds import Kind, Way
from binhdang.server.notices.models import Letter, Notice, ReadMark
from binhdang.server.notices.queries import count_unread, visible_to
from binhdang.server.running.due_changes import take_changes
from binhdang.server.web.asking import SYSTEM, By

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_KINDS", {**kinds.kinds(), **KINDS})


@pytest.fixture
def here() -> Province:
    made = province()
    made.people["money"] = person("money", "Bùi Văn Tiền")
    post(made.people["money"], "finance_officer", made.agencies["an_binh"])
    return made


def seen(who: Person) -> set[str]:
    return {notice.title for notice in visible_to(actor(who))}


def test_who_sees_what(here: Province) -> None:
    an_binh, officer = here.agencies["an_binh"], here.people["officer"]
    posted(ISSUED, "to an agency", agency=an_binh)
    posted(MONEY, "to its finance officers", agency=an_binh)
    posted(MENTION, "to a person", person=officer)
    posted(MENTION, "to a person at the agency", person=officer, agency=an_binh)
    expected = {
        "officer": {"to an agency", "to a person", "to a person at the agency"},
        "leader": {"to an agency"},
        "money": {"to its finance officers"},
        "neighbour": set(),
        "lead": set(),  # the agency reports to theirs; its notices are its own
        "inspector": set(),
        "admin": set(),
    }
    assert {name: seen(here.people[name]) for name in expected} == expected


def test_with_the_post_the_agency_s_notices_go(here: Province) -> None:
    officer = here.people["officer"]
    posted(ISSUED, "to the agency", agency=here.agencies["an_binh"])
    posted(MENTION, "to them at the agency", person=officer, agency=here.agencies["an_binh"])
    posted(MENTION, "to them", person=officer)
    Post.objects.filter(person=officer).update(end=timezone.localdate() - timedelta(days=1))
    assert seen(officer) == {"to them"}
    assert count_unread(actor(officer)) == 1


def test_one_with_several_posts_sees_each_agency_s_by_the_role_there(here: Province) -> None:
    officer = here.people["officer"]
    post(officer, "finance_officer", here.agencies["ea_dong"])
    for word in ("an_binh", "ea_dong"):
        posted(ISSUED, f"work {word}", agency=here.agencies[word])
        posted(MONEY, f"money {word}", agency=here.agencies[word])
    assert seen(officer) == {"work an_binh", "money ea_dong"}


def test_thousands_cost_a_few_statements_and_a_row_each(here: Province) -> None:
    drafts = [Draft(ISSUED.code, "Kế hoạch 48", "/", agency=one.pk) for one in here.agencies.values()] * 60
    with CaptureQueriesContext(connection) as captured:
        post_notices(by=here.by("lead"), drafts=drafts)
    inserts = [query for query in captured if "INSERT" in query["sql"]]
    assert Notice.objects.count() == len(drafts) == 300
    assert len(inserts) < len(drafts) / 10
    assert len(captured) - len(inserts) <= 2  # the savepoint
    assert Event.objects.filter(kind="notice").count() == 0


def test_what_the_act_takes_back_was_never_told(here: Province) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        posted(ISSUED, "x", agency=here.agencies["an_binh"])
        raise ZeroDivisionError
    assert Notice.objects.count() == 0


def test_what_is_told_once_is_not_told_again(here: Province) -> None:
    first, second, officer = here.agencies["an_binh"], here.agencies["ea_dong"], here.people["officer"]
    for _ in range(2):
        posted(DUE, "to one agency", agency=first, once="task 7, 3 days")
        posted(DUE, "to another agency", agency=second, once="task 7, 3 days")
        posted(MENTION, "to a person there", agency=first, person=officer, once="task 7, 3 days")
        posted(DUE, "without a word", agency=first)
    told = sorted(Notice.objects.values_list("title", flat=True))
    assert told == ["to a person there", "to another agency", "to one agency", "without a word", "without a word"]


def test_long_words_are_cut_and_kept_on_one_line(here: Province) -> None:
    made = posted(ISSUED, "Kế hoạch\r\nsố 48 \0" + "dài " * 100, agency=here.agencies["an_binh"])
    assert made.title.startswith("Kế hoạch số 48 dài dài")
    assert len(made.title) <= 200
    assert made.title.endswith("…")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "no.such", "agency": 1},
        {"kind": "plan.issued"},
        {"kind": "plan.issued", "agency": 1, "url": "https://elsewhere.vn/"},
        {"kind": "plan.issued", "agency": 1, "url": "//elsewhere.vn/"},
    ],
)
def test_a_slip_of_the_caller_is_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Draft(**{"title": "x", "url": "/", **wrong})


def test_the_database_refuses_a_notice_to_nobody(here: Province) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(kind="x", title="x", url="/")


def test_a_kind_says_what_makes_sense() -> None:
    with pytest.raises(ValueError, match="not usually left out"):
        Kind("x", "x", "x", Way.NONE, must=True)
    with pytest.raises(ValueError, match="twice"):
        kinds.register(ISSUED)
    suited = {role.code for role in ROLES.values() if ISSUED.suits(role)}
    assert suited == {"programme_lead", "agency_officer", "agency_leader", "commune_officer"}
    assert not any(MENTION.suits(role) for role in ROLES.values())


def test_what_one_did_oneself_is_read(here: Province) -> None:
    posted(ISSUED, "x", agency=here.agencies["an_binh"], by=here.by("officer"))
    assert seen(here.people["officer"]) == {"x"}
    assert [count_unread(actor(here.people[name])) for name in ("officer", "leader")] == [0, 1]


DAY = timezone.localdate()


@pytest.fixture
def offices() -> dict[str, Agency]:
    at = small_map()["Trà Giang"]
    return {name: agency(name, at) for name in ("Sở A", "Sở B", "Sở C")}


def change_of(kind: str, olds: list[Agency], *outcomes: OutcomeDraft, extent: str = "whole") -> Change:
    rows = [TransferDraft(old.pk, to, extent) for old in olds for to in range(len(outcomes))]
    return plan_change(
        by=LAN, subject="agency", kind=kind, on=DAY, decree="05/NQ-HĐND", outcomes=outcomes, transfers=rows
    )


def told(change: Change) -> list[tuple[str, bool]]:
    parts = [part for part in changes.preview(change) if part.title == "Thông báo"]
    return [(line.text, line.decide) for part in parts for line in part.lines]


def test_a_merged_agency_s_notices_are_seen_by_those_who_follow(offices: dict[str, Agency]) -> None:
    people = {name: person(name) for name in ("anh", "binh", "chi")}
    for who, office in zip(people.values(), offices.values(), strict=True):
        post(who, "agency_officer", office, start=date(2026, 1, 1))
    for office in offices.values():
        posted(DUE, f"to {office}", agency=office, once="the same word")
    posted(MENTION, "to Anh there", agency=offices["Sở A"], person=people["anh"])
    mark_read(by=By(str(people["anh"].pk)), notice=Notice.objects.get(title="to Sở A").pk)
    change = change_of("merge", [offices["Sở A"], offices["Sở B"]], OutcomeDraft(name="Sở AB"))
    assert told(change) == [("2 thông báo gửi Sở A → Sở AB", False), ("1 thông báo gửi Sở B → Sở AB", False)]
    take_effect(by=SYSTEM, change=change.pk)
    news = f"Hợp nhất, sáp nhập từ {DAY:%d/%m/%Y}: Sở A, Sở B → Sở AB"
    assert seen(people["anh"]) == {"to Sở A", "to Sở B", "to Anh there", news}
    assert seen(people["binh"]) == {"to Sở A", "to Sở B", news}
    assert seen(people["chi"]) == {"to Sở C"}
    assert count_unread(actor(people["anh"])) == 3  # what was read stays so
    moves = Event.objects.filter(verb="notices.move")
    assert [event.parent for event in moves] == [Event.objects.get(verb="change.take_effect").pk] * 2


def test_a_divided_agency_s_notices_are_not_given_away_by_guess(offices: dict[str, Agency]) -> None:
    an = person("anh")
    post(an, "agency_officer", offices["Sở A"], start=date(2026, 1, 1))
    posted(DUE, "to Sở A", agency=offices["Sở A"])
    change = change_of(
        "split", [offices["Sở A"]], OutcomeDraft(name="Sở Một"), OutcomeDraft(name="Sở Hai"), extent="part"
    )
    assert told(change) == [("1 thông báo gửi Sở A: ở lại với cơ quan cũ, không chuyển.", False)]
    take_effect(by=SYSTEM, change=change.pk)
    heir = Agency.objects.get(name="Sở Một")
    post(an, "agency_officer", heir, start=DAY)
    assert seen(an) == {f"Chia tách từ {DAY:%d/%m/%Y}: Sở A → Sở Một, Sở Hai"}


def test_what_is_old_is_forgotten_with_its_marks(here: Province) -> None:
    old = posted(ISSUED, "old", agency=here.agencies["an_binh"])
    posted(ISSUED, "new", agency=here.agencies["an_binh"])
    mark_read(by=here.by("officer"), notice=old.pk)
    now = timezone.now()
    Notice.objects.filter(pk=old.pk).update(made_at=now - timedelta(days=366))
    Letter.objects.create(person=here.people["officer"], made_at=now - timedelta(days=91))
    assert forget_old(by=SYSTEM) == (1, 1)
    assert (seen(here.people["officer"]), ReadMark.objects.count()) == ({"new"}, 0)
    assert forget_old(by=SYSTEM) == (0, 0)
    assert Event.objects.filter(verb="notices.forget").count() == 1


def test_a_change_that_cannot_be_done_is_told_to_the_administrators_once_a_day(here: Province) -> None:
    gone = Agency.objects.create(unit=here.agencies["health"].unit, name="Ban cũ", start=date(2025, 7, 1))
    change = plan_change(
        by=SYSTEM,
        subject="agency",
        kind="merge",
        on=DAY,
        decree="05/NQ-HĐND",
        outcomes=[OutcomeDraft(name="Sở mới", above=gone.unit_id)],
        transfers=[TransferDraft(gone.pk, 0), TransferDraft(here.agencies["health"].pk, 0)],
    )
    Agency.objects.filter(pk=gone.pk).update(end=DAY - timedelta(days=1))
    for _ in range(2):
        take_changes(by=SYSTEM)
    told = Notice.objects.get()
    assert (told.person, told.title) == (here.people["admin"], f"{change}: chưa thực hiện được")
    assert signed_in(here.people["admin"]).get(f"/thong-bao/{told.pk}/")["Location"] == f"/don-vi/thay-doi/{change.pk}/"
    assert (
        "Thay đổi chưa có hiệu lực được" in signed_in(here.people["admin"]).get("/thong-bao/lua-chon/").content.decode()
    )
    assert "Thay đổi chưa có" not in signed_in(here.people["officer"]).get("/thong-bao/lua-chon/").content.decode()
