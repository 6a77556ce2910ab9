"""Accounts: who may make and lock them, what makes a good one, and what each act leaves behind."""

from __future__ import annotations

import pytest
from accounts_builders import PASSWORD, Province, person, post, province, signed_in
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.test import Client

from binhdang.server.accounts import names
from binhdang.server.accounts.actions import people as acts
from binhdang.server.accounts.models import Person
from binhdang.server.audit.models import Event
from binhdang.server.web.asking import SYSTEM
from binhdang.server.web.records import Conflict, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Province:
    return province()


GOOD = {"username": "an", "full_name": "Nguyễn Văn An"}
# (what is typed otherwise, the field that is refused, a word of the reason)
REFUSED = [
    ({"username": "a"}, "username", "3 đến 60"),
    ({"username": "trần an"}, "username", "không dấu"),
    ({"username": ".an.van"}, "username", "bắt đầu bằng"),
    ({"username": "a" * 61}, "username", "60"),
    ({"username": "lead"}, "username", "đã có người dùng"),
    ({"username": "LEAD"}, "username", "đã có người dùng"),
    ({"full_name": "  "}, "full_name", "họ và tên"),
    ({"full_name": "An " * 50}, "full_name", "120"),
    ({"email": "lan@"}, "email", "chưa đúng"),
    ({"email": "Lead@Tinh.gov.vn"}, "email", "tài khoản khác"),
    ({"phone": "0912"}, "phone", "8 đến 15"),
    ({"phone": "gọi chị Lan 0912345678"}, "phone", "8 đến 15"),
]


@pytest.mark.parametrize(("typed", "field", "said"), REFUSED, ids=[str(row[0]) for row in REFUSED])
def test_an_account_that_cannot_be(here: Province, typed: dict[str, str], field: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        acts.add_person(by=here.by("admin"), **{**GOOD, "username": "an.nguyen", **typed})
    assert refused.value.field == field
    assert said in str(refused.value)


def test_what_is_typed_is_tidied(here: Province) -> None:
    made = acts.add_person(
        by=here.by("admin"), username=" An.Nguyen ", full_name="  Nguyễn  Văn An", email=" An@Tinh.gov.vn"
    )
    assert (made.username, made.full_name, made.email) == ("an.nguyen", "Nguyễn Văn An", "an@tinh.gov.vn")
    assert made.folded == "nguyen van an"
    assert not made.has_usable_password()


def test_an_email_may_be_that_of_a_locked_account(here: Province) -> None:
    doctor = here.people["doctor"]
    acts.lock_person(by=here.by("admin"), person=doctor, seen=doctor.version)
    acts.add_person(by=here.by("admin"), username="new", full_name="Phạm Thị Mới", email=doctor.email)
    doctor.refresh_from_db()
    with pytest.raises(Refused, match="tài khoản khác"):
        acts.unlock_person(by=here.by("admin"), person=doctor, seen=doctor.version)


@pytest.mark.parametrize("who", ["lead", "leader", "officer", "inspector"])
def test_only_those_who_manage_accounts_do(here: Province, who: str) -> None:
    officer, by = here.people["neighbour"], here.by(who)
    for act in (
        lambda: acts.add_person(by=by, username="new", full_name="Người Mới"),
        lambda: acts.correct_person(by=by, person=officer, seen=officer.version, username="new", full_name="Mới"),
        lambda: acts.lock_person(by=by, person=officer, seen=officer.version),
        lambda: acts.unlock_person(by=by, person=officer, seen=officer.version),
        lambda: acts.reset_sign_in(by=by, person=officer, seen=officer.version),
    ):
        with pytest.raises(Refused, match="không có quyền"):
            act()


def test_a_change_over_somebody_elses_change_is_a_conflict(here: Province) -> None:
    lan = here.people["lead"]
    fields = {"username": lan.username, "full_name": lan.full_name}
    acts.correct_person(by=here.by("admin"), person=lan, seen=lan.version, title="Phó Giám đốc", **fields)
    with pytest.raises(Conflict):
        acts.correct_person(by=here.by("admin"), person=lan, seen=lan.version, title="Giám đốc", **fields)


def test_locking_ends_every_session(here: Province) -> None:
    officer = here.people["officer"]
    browsers = [signed_in(officer), signed_in(officer)]
    assert all(browser.get("/nguoi-dung/toi/").status_code == 200 for browser in browsers)
    acts.lock_person(by=here.by("admin"), person=officer, seen=officer.version, reason="nghỉ việc")
    assert [browser.get("/nguoi-dung/toi/").status_code for browser in browsers] == [302, 302]
    event = Event.objects.get(verb="person.lock")
    assert (event.before, event.after, event.reason) == ({"is_active": True}, {"is_active": False}, "nghỉ việc")
    assert event.agency == str(here.agencies["an_binh"].pk)


def test_nobody_locks_themselves_nor_the_last_administrator(here: Province) -> None:
    admin = here.people["admin"]
    with pytest.raises(Refused, match="tự khóa"):
        acts.lock_person(by=here.by("admin"), person=admin, seen=admin.version)
    with pytest.raises(Refused, match="cuối cùng"):
        acts.lock_person(by=SYSTEM, person=admin, seen=admin.version)
    post(person("second"), "administrator", None)
    acts.lock_person(by=SYSTEM, person=admin, seen=admin.version)
    assert not Person.objects.get(username="admin").is_active


def test_a_reset_takes_away_every_old_way_in(here: Province) -> None:
    officer = here.people["officer"]
    own = here.by("officer")
    officer = acts.change_password(by=own, person=officer, password=PASSWORD)
    Authenticator.objects.create(user=officer, type="totp", data={})
    browser = signed_in(officer)
    clear = acts.reset_sign_in(by=here.by("admin"), person=officer, seen=officer.version)
    assert browser.get("/nguoi-dung/toi/").status_code == 302
    assert not Authenticator.objects.exists()
    officer.refresh_from_db()
    assert officer.must_change_password
    assert officer.check_password(clear) and not officer.check_password(PASSWORD)


def test_no_password_stands_in_an_event(here: Province) -> None:
    officer = here.people["officer"]
    clear = acts.reset_sign_in(by=here.by("admin"), person=officer, seen=officer.version)
    officer.refresh_from_db()
    told = " ".join(str((event.before, event.after, event.reason)) for event in Event.objects.all())
    assert clear not in told
    assert officer.password not in told


def test_people_change_how_they_are_reached_themselves(here: Province) -> None:
    officer = here.people["officer"]
    with pytest.raises(Refused, match="Mỗi người tự sửa"):
        acts.change_profile(by=here.by("admin"), person=officer, seen=officer.version, phone="0912345678")
    changed = acts.change_profile(by=here.by("officer"), person=officer, seen=officer.version, phone="0912 345 678")
    assert (changed.phone, changed.email, changed.full_name) == ("0912 345 678", "", "Lê Thị Hoa")


# (name, the names that are taken, what is made)
MADE = [
    ("Nguyễn Thị Lan", set(), "nguyenthilan"),
    ("Nguyễn Thị Lan", {"nguyenthilan", "nguyenthilan2"}, "nguyenthilan3"),
    ("Đỗ Ý", set(), "doy"),
    ("H’Hen Niê", set(), "hhennie"),
    ("Ý", set(), "nguoidungy"),
]


@pytest.mark.parametrize(("full_name", "taken", "made"), MADE)
def test_a_sign_in_name_made_from_a_name(full_name: str, taken: set[str], made: str) -> None:
    assert names.username_from(full_name, taken) == made
    assert names.is_username(made)


def test_people_are_listed_by_their_given_names(here: Province) -> None:
    page = signed_in(here.people["admin"]).get("/nguoi-dung/")
    assert [str(person) for person in page.context["page"]] == [
        "Phạm Thị Ánh",
        "Trần Văn Bình",
        "Lê Thị Hoa",
        "Nguyễn Thị Lan",
        "Y Đăm Niê",
        "Đỗ Văn Quản",
        "Hồ Văn Tra",
    ]


# (who asks, what the address says, who is listed)
LISTS = [
    ("admin", "tim=lan", {"lead"}),
    ("admin", "tim=nguyễn thị", {"lead"}),
    ("admin", "tim=HOA", {"officer"}),
    ("admin", "tim=hoa@tinh", set()),
    ("admin", "tim=officer@tinh", {"officer"}),
    ("admin", "co_quan=an binh", {"leader", "officer"}),
    ("admin", "vai_tro=commune_officer", {"officer", "neighbour"}),
    ("admin", "co_quan=An Bình&vai_tro=commune_officer", {"officer"}),
    ("admin", "trang_thai=locked", set()),
    ("admin", "trang_thai=idle", set()),
    ("admin", "trang=99&vai_tro=inspector", {"inspector"}),
    ("lead", "", {"lead", "leader", "officer", "neighbour", "inspector"}),
    ("leader", "", {"leader", "officer"}),
]


@pytest.mark.parametrize(("who", "asked", "listed"), LISTS)
def test_the_list_shows_those_whom_one_manages(here: Province, who: str, asked: str, listed: set[str]) -> None:
    page = signed_in(here.people[who]).get(f"/nguoi-dung/?{asked}")
    assert {person.username for person in page.context["page"]} == listed


@pytest.mark.parametrize("many", [2, 30])
def test_the_list_asks_the_database_a_fixed_number_of_times(
    here: Province, many: int, django_assert_max_num_queries: object
) -> None:
    for number in range(many):
        post(person(f"more{number}"), "commune_officer", here.agencies["an_binh"])
    client = signed_in(here.people["lead"])
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        assert client.get("/nguoi-dung/").status_code == 200


def test_a_person_elsewhere_is_not_even_there(here: Province) -> None:
    client = signed_in(here.people["leader"])
    assert client.get(f"/nguoi-dung/{here.people['officer'].pk}/").status_code == 200
    assert client.get(f"/nguoi-dung/{here.people['neighbour'].pk}/").status_code == 404


def test_the_pages_of_an_account_from_its_making_to_its_lock(here: Province) -> None:
    admin = signed_in(here.people["admin"])
    made = admin.post("/nguoi-dung/them/", {"full_name": "Vũ Thị Mai", "username": "mai"}, follow=True)
    mai = Person.objects.get(username="mai")
    assert made.redirect_chain == [(f"/nguoi-dung/{mai.pk}/", 302)]
    assert "Tạo liên kết mời" in made.content.decode()
    wrong = admin.post("/nguoi-dung/them/", {"full_name": "Vũ Thị Mai", "username": "mai"})
    assert "đã có người dùng" in wrong.content.decode()
    told = admin.get(f"/nguoi-dung/{mai.pk}/khoa/").content.decode()
    assert "ra khỏi mọi máy" in told
    admin.post(f"/nguoi-dung/{mai.pk}/khoa/", {"seen": mai.version, "reason": "thử"})
    mai.refresh_from_db()
    assert not mai.is_active
    admin.post(f"/nguoi-dung/{mai.pk}/mo-khoa/", {"seen": mai.version})
    mai.refresh_from_db()
    reset = admin.post(f"/nguoi-dung/{mai.pk}/cap-lai/", {"seen": mai.version})
    password = reset.context["password"]
    assert authenticate(None, username="mai", password=password) == mai
    assert "no-store" in reset["Cache-Control"]


def test_a_correction_that_meets_another_shows_both(here: Province) -> None:
    lan, admin = here.people["lead"], signed_in(here.people["admin"])
    typed = {"full_name": lan.full_name, "username": "lead", "title": "Phó Giám đốc", "seen": lan.version}
    assert admin.post(f"/nguoi-dung/{lan.pk}/sua/", typed).status_code == 302
    both = admin.post(f"/nguoi-dung/{lan.pk}/sua/", {**typed, "title": "Giám đốc"})
    assert "Phó Giám đốc" in both.content.decode() and "Người khác vừa sửa" in both.content.decode()
    lan.refresh_from_db()
    again = admin.post(
        f"/nguoi-dung/{lan.pk}/sua/", {**typed, "title": "Giám đốc", "seen": both.context["form"]["seen"].value()}
    )
    assert again.status_code == 302
    lan.refresh_from_db()
    assert lan.title == "Giám đốc"


def test_the_history_of_an_account_is_for_those_who_read_the_journal(here: Province) -> None:
    officer = here.people["officer"]
    acts.reset_sign_in(by=here.by("admin"), person=officer, seen=officer.version)
    for who, told in (("lead", True), ("leader", False), ("admin", False)):
        page = signed_in(here.people[who]).get(f"/nguoi-dung/{officer.pk}/").content.decode()
        assert ("cấp lại mật khẩu" in page) is told, who


def test_strangers_are_led_to_sign_in_and_back(here: Province) -> None:
    answer = Client().get("/nguoi-dung/?tim=lan")
    assert answer["Location"] == "/tai-khoan/login/?next=/nguoi-dung/%3Ftim%3Dlan"


def test_after_a_conflict_the_form_can_be_sent_again(here: Province) -> None:
    hoa = here.people["officer"]
    stale = hoa.version
    acts.correct_person(by=here.by("admin"), person=hoa, seen=stale, username="officer", full_name="Lê Thị Hòa")
    admin, address = signed_in(here.people["admin"]), f"/nguoi-dung/{hoa.pk}/khoa/"
    answer = admin.post(address, {"seen": stale, "reason": "Nghỉ hưu"})
    assert "Người khác vừa sửa mục này" in answer.content.decode()
    form = answer.context["form"]
    again = {name: form[name].value() for name in form.fields}
    assert again["reason"] == "Nghỉ hưu"
    assert admin.post(address, again).status_code == 302
    hoa.refresh_from_db()
    assert not hoa.is_active
