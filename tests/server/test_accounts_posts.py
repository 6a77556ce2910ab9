"""Posts: who may appoint whom to what, for which days, and what happens to the work when a post ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from accounts_builders import LONG_AGO, Province, person, post, province, signed_in
from django.db import IntegrityError, transaction
from django.utils import timezone

from binhdang.access import Scope, Standing
from binhdang.access.roles import ROLES
from binhdang.server.accounts import handover
from binhdang.server.accounts.actions.people import lock_person
from binhdang.server.accounts.actions.posts import appoint, end_post
from binhdang.server.accounts.models import Person, Post
from binhdang.server.accounts.reach import thing_of_agency, within
from binhdang.server.agencies.models import Agency, ReportingLine
from binhdang.server.audit.models import Event
from binhdang.server.web.asking import By
from binhdang.server.web.records import Conflict, Refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def here() -> Province:
    return province()


# (who appoints, to which role, where, may they)
WHO_MAY = [
    ("lead", "agency_officer", "department", True),
    ("lead", "commune_officer", "an_binh", True),  # below on the line
    ("lead", "agency_leader", "ea_dong", True),
    ("lead", "programme_lead", "an_binh", True),
    ("lead", "agency_officer", "ministry", False),  # above
    ("lead", "agency_officer", "health", False),  # not on the line
    ("lead", "administrator", None, False),
    ("leader", "commune_officer", "an_binh", True),
    ("leader", "commune_officer", "ea_dong", False),  # a neighbour
    ("leader", "commune_officer", "department", False),
    ("leader", "programme_lead", "an_binh", False),  # would edit the map of all, which a leader may not
    ("officer", "commune_officer", "an_binh", False),
    ("inspector", "commune_officer", "an_binh", False),
    ("admin", "administrator", None, True),
    ("admin", "commune_officer", "an_binh", False),
    ("admin", "programme_lead", "health", False),  # there is one already
]


@pytest.mark.parametrize(
    ("who", "role", "where", "may_they"), WHO_MAY, ids=[f"{r[0]}: {r[1]} at {r[2]}" for r in WHO_MAY]
)
def test_who_may_appoint(here: Province, who: str, role: str, where: str | None, may_they: bool) -> None:
    new, agency = person("new"), here.agencies[where] if where else None
    try:
        appoint(by=here.by(who), person=new, role=role, agency=agency, start=TODAY)
    except Refused:
        assert not may_they
    else:
        assert may_they
    assert Post.objects.filter(person=new, role=role, agency=agency).exists() is may_they


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("admin", {"administrator", "programme_lead"}),
        ("lead", set(ROLES) - {"administrator"}),
        ("leader", set(ROLES) - {"administrator", "programme_lead", "inspector"}),  # nobody picks their own inspector,
    ],
)
def test_the_page_offers_the_roles_that_one_may_give(here: Province, who: str, roles: set[str]) -> None:
    page = signed_in(here.people[who]).get("/nguoi-dung/cu/")
    offered = [code for code, _ in page.context["form"].fields["role"].choices]
    assert offered[0] == "" and set(offered[1:]) == roles


def test_the_administrator_appoints_the_first_programme_lead(here: Province) -> None:
    lead = Post.objects.get(role="programme_lead")
    end_post(by=here.by("lead"), post=lead, seen=lead.version, last_day=TODAY - DAY)
    appoint(
        by=here.by("admin"), person=person("new"), role="programme_lead", agency=here.agencies["ministry"], start=TODAY
    )
    with pytest.raises(Refused, match="có quyền mà bạn không có"):
        appoint(
            by=here.by("admin"),
            person=person("more"),
            role="programme_lead",
            agency=here.agencies["health"],
            start=TODAY,
        )


def test_locking_the_leads_makes_no_room_for_one_of_the_administrators_own(here: Province) -> None:
    lead = here.people["lead"]
    lock_person(by=here.by("admin"), person=lead, seen=lead.version)
    with pytest.raises(Refused, match="có quyền mà bạn không có"):
        appoint(
            by=here.by("admin"),
            person=person("own"),
            role="programme_lead",
            agency=here.agencies["ministry"],
            start=TODAY,
        )


def test_nobody_appoints_themselves(here: Province) -> None:
    with pytest.raises(Refused, match="tự cử mình"):
        appoint(
            by=here.by("lead"),
            person=here.people["lead"],
            role="agency_leader",
            agency=here.agencies["department"],
            start=TODAY,
        )


# (role, first day, last day, the field that is refused)
DAYS = [
    ("commune_officer", TODAY, None, None),
    ("commune_officer", TODAY, TODAY, None),
    ("commune_officer", TODAY, TODAY - DAY, "end"),
    ("inspector", TODAY, None, "end"),
    ("inspector", TODAY, TODAY + DAY, None),
    ("commune_officer", LONG_AGO - DAY, None, "start"),  # the agency was not there
    ("commune_officer", TODAY, TODAY + 400 * DAY, None),
    ("nobody", TODAY, None, "role"),
]


@pytest.mark.parametrize(("role", "start", "end", "field"), DAYS)
def test_the_days_of_a_post(here: Province, role: str, start: date, end: date | None, field: str | None) -> None:
    try:
        appoint(
            by=here.by("lead"), person=person("new"), role=role, agency=here.agencies["an_binh"], start=start, end=end
        )
    except Refused as refused:
        assert refused.field == field
    else:
        assert field is None


def test_a_post_cannot_outlast_its_agency(here: Province) -> None:
    closing = here.agencies["an_binh"]
    Agency.objects.filter(pk=closing.pk).update(end=TODAY + 10 * DAY)
    closing.refresh_from_db()
    for end in (None, TODAY + 11 * DAY):
        with pytest.raises(Refused, match="chỉ hoạt động đến"):
            appoint(
                by=here.by("lead"),
                person=person(f"p{end}".replace("-", "")[:9].lower()),
                role="commune_officer",
                agency=closing,
                start=TODAY,
                end=end,
            )
    appoint(
        by=here.by("lead"), person=person("new"), role="commune_officer", agency=closing, start=TODAY, end=closing.end
    )


def test_the_same_post_twice_and_a_locked_person_are_refused(here: Province) -> None:
    officer, where = here.people["officer"], here.agencies["an_binh"]
    with pytest.raises(Refused, match="đã giữ vai trò này"):
        appoint(by=here.by("lead"), person=officer, role="commune_officer", agency=where, start=TODAY + DAY)
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    with pytest.raises(Refused, match="đang bị khóa"):
        appoint(by=here.by("lead"), person=officer, role="finance_officer", agency=where, start=TODAY)


def test_the_database_itself_refuses_posts_that_cannot_be(here: Province) -> None:
    holder, where = person("new"), here.agencies["an_binh"]
    for fields in (
        {"role": "inspector", "agency": where, "start": TODAY},
        {"role": "commune_officer", "agency": None, "start": TODAY},
        {"role": "commune_officer", "agency": where, "start": None},
        {"role": "commune_officer", "agency": where, "start": TODAY, "end": TODAY - DAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.create(person=holder, **fields)


def test_an_appointment_tells_what_was_given(here: Province) -> None:
    made = appoint(
        by=here.by("lead"), person=person("new"), role="commune_officer", agency=here.agencies["an_binh"], start=TODAY
    )
    event = Event.objects.get(verb="post.appoint", subject=str(made.pk))
    assert (event.person, event.agency) == (str(here.people["lead"].pk), str(here.agencies["an_binh"].pk))
    assert event.after["role"] == "commune_officer" and event.after["start"] == TODAY.isoformat()


# (who ends it, whose post, may they)
ENDS = [
    ("lead", "officer", True),
    ("leader", "officer", True),
    ("leader", "neighbour", False),
    ("admin", "officer", False),
    ("officer", "leader", False),
    ("lead", "doctor", False),
]


@pytest.mark.parametrize(("who", "whose", "may_they"), ENDS)
def test_who_may_end_a_post(here: Province, who: str, whose: str, may_they: bool) -> None:
    held = Post.objects.get(person=here.people[whose])
    try:
        end_post(by=here.by(who), post=held, seen=held.version, last_day=TODAY)
    except Refused:
        assert not may_they
    else:
        assert may_they


def test_the_last_administrator_stays(here: Province) -> None:
    held = Post.objects.get(role="administrator")
    with pytest.raises(Refused, match="cuối cùng"):
        end_post(by=here.by("admin"), post=held, seen=held.version, last_day=TODAY)
    second = post(person("second"), "administrator", None, start=TODAY, end=TODAY + 5 * DAY)
    with pytest.raises(Refused, match="cuối cùng"):  # the second will have gone by then
        end_post(by=here.by("admin"), post=held, seen=held.version, last_day=TODAY + 5 * DAY)
    end_post(by=By(str(second.person_id)), post=held, seen=held.version, last_day=TODAY + 3 * DAY)


def test_ending_over_another_change_is_a_conflict(here: Province) -> None:
    held = Post.objects.get(person=here.people["officer"])
    end_post(by=here.by("lead"), post=held, seen=held.version, last_day=TODAY + 9 * DAY)
    with pytest.raises(Conflict):
        end_post(by=here.by("leader"), post=held, seen=held.version, last_day=TODAY)


@pytest.fixture
def reports_to_write(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[object, int]]:
    """A kind of work that some room above has: reports, by who writes them."""
    desk: dict[object, int] = {}

    def hand(by: By, held: Post, to: Person) -> None:
        desk[to.pk] = desk.pop(held.person_id)

    monkeypatch.setattr(handover, "_KINDS", [])
    handover.register(handover.OpenWork("báo cáo đang lập", lambda held: desk.get(held.person_id, 0), hand))
    return desk


def test_open_work_goes_to_somebody_named(here: Province, reports_to_write: dict[object, int]) -> None:
    officer, leader = here.people["officer"], here.people["leader"]
    held = Post.objects.get(person=officer)
    reports_to_write[officer.pk] = 3
    ending = {"by": here.by("lead"), "post": held, "seen": held.version, "last_day": TODAY}
    with pytest.raises(Refused, match="3 báo cáo đang lập"):
        end_post(**ending)
    with pytest.raises(Refused, match="không giữ nhiệm vụ tại"):
        end_post(**ending, next_holder=here.people["neighbour"])
    with pytest.raises(Refused, match="không giữ nhiệm vụ tại"):
        end_post(**ending, next_holder=officer)
    end_post(**ending, next_holder=leader)
    assert reports_to_write == {leader.pk: 3}
    event = Event.objects.get(verb="post.end")
    assert event.after["handed"] == {"báo cáo đang lập": 3}
    assert event.after["next_holder"] == str(leader.pk)


def test_the_page_asks_for_a_next_holder_only_where_there_is_work(
    here: Province, reports_to_write: dict[object, int]
) -> None:
    held, client = Post.objects.get(person=here.people["officer"]), signed_in(here.people["leader"])
    address = f"/nguoi-dung/nhiem-vu/{held.pk}/ket-thuc/"
    assert "nhận bàn giao" not in client.get(address).content.decode()
    reports_to_write[held.person_id] = 1
    assert "nhận bàn giao" in client.get(address).content.decode()
    ended = {"seen": held.version, "last_day": TODAY.isoformat(), "next_holder": str(here.people["leader"].pk)}
    assert client.post(address, ended).status_code == 302
    held.refresh_from_db()
    assert held.end == TODAY


def test_an_agency_as_a_thing_knows_those_above_it(here: Province) -> None:
    thing = thing_of_agency(here.agencies["an_binh"])
    assert thing.agencies[Standing.OWNER] == {str(here.agencies["an_binh"].pk)}
    assert thing.agencies[Standing.ABOVE] == {str(here.agencies[name].pk) for name in ("department", "ministry")}


# (the pairs of a scope, the agencies that it reaches)
REACH = [
    ([("owner", "department")], {"department"}),
    ([("above", "department")], {"an_binh", "ea_dong"}),
    ([("owner", "ministry"), ("above", "ministry")], {"ministry", "department", "an_binh", "ea_dong"}),
    ([("above", "health")], set()),
    ([], set()),
]


@pytest.mark.parametrize(("pairs", "reached"), REACH)
def test_a_scope_as_one_where(here: Province, pairs: list[tuple[str, str]], reached: set[str]) -> None:
    scope = Scope(pairs=frozenset((Standing(standing), str(here.agencies[name].pk)) for standing, name in pairs))
    found = Agency.objects.filter(within(scope, "pk"))
    assert set(found) == {here.agencies[name] for name in reached}
    for one in here.agencies.values():  # the list and the single thing agree
        assert scope.holds(thing_of_agency(one)) == (one in found)
    assert set(Agency.objects.filter(within(Scope(everything=True), "pk"))) == set(here.agencies.values())


def test_a_line_counts_on_its_days(here: Province) -> None:
    ReportingLine.objects.filter(agency=here.agencies["an_binh"]).update(end=TODAY - DAY)
    scope = Scope(pairs=frozenset({(Standing.ABOVE, str(here.agencies["department"].pk))}))
    assert list(Agency.objects.filter(within(scope, "pk"))) == [here.agencies["ea_dong"]]
    assert Agency.objects.filter(within(scope, "pk", TODAY - DAY)).count() == 2


def test_appointing_on_the_page(here: Province) -> None:
    new, client = person("mai", "Vũ Thị Mai"), signed_in(here.people["leader"])
    page = client.get("/nguoi-dung/cu/?nguoi=mai")
    assert page.context["form"]["agency"].value() == "Văn phòng An Bình"
    typed = {"person": "mai", "role": "commune_officer", "agency": "van phong an binh", "start": TODAY.isoformat()}
    for wrong, said in (
        ({"person": "may"}, "Không có ai đăng nhập bằng tên"),
        ({"agency": "Văn phòng An Bịnh 2"}, "Không có cơ quan nào tên"),
        ({"agency": "Văn phòng Ea Đông"}, "không có quyền cử"),
        ({"start": "32/13/2026"}, "Ngày chưa đúng"),
    ):
        assert said in client.post("/nguoi-dung/cu/", {**typed, **wrong}).content.decode()
    assert client.post("/nguoi-dung/cu/", typed).status_code == 302
    assert Post.objects.get(person=new).agency == here.agencies["an_binh"]


def test_two_agencies_of_one_name_are_told_apart_by_their_place(here: Province) -> None:
    agency = here.agencies["an_binh"]
    twin = Agency.objects.create(unit=agency.unit, name=agency.name, start=LONG_AGO)
    typed = {"person": "neighbour", "role": "finance_officer", "agency": agency.name, "start": TODAY.isoformat()}
    page = signed_in(here.people["lead"]).post("/nguoi-dung/cu/", typed)
    assert "Có 2 cơ quan cùng tên" in page.content.decode()
    assert twin.unit.title in page.content.decode()


def test_ones_own_posts_are_explained(here: Province) -> None:
    post(here.people["officer"], "finance_officer", here.agencies["department"], start=TODAY)
    page = signed_in(here.people["officer"]).get("/nguoi-dung/toi/").content.decode()
    for role in ("commune_officer", "finance_officer"):
        assert ROLES[role].title in page and ROLES[role].description in page
    assert "Đang làm việc với nhiệm vụ này" in page and "Làm việc với nhiệm vụ này" in page
