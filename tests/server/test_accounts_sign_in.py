"""Signing in: wrong passwords, locked accounts, second factors, sessions, and what a password must be."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from accounts_builders import PASSWORD, person
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.test import Client

from binhdang.server.accounts.actions.people import change_password, lock_person
from binhdang.server.accounts.models import Person
from binhdang.server.audit.models import Event
from binhdang.server.web.asking import SYSTEM, By

pytestmark = pytest.mark.django_db

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng"
TOO_OFTEN = "Đã sai quá nhiều lần"


@pytest.fixture
def lan() -> Person:
    made = person("lan", "Nguyễn Thị Lan", email="lan@tinh.gov.vn")
    return change_password(by=By(str(made.pk)), person=made, password=PASSWORD)


def sign_in(name: str, password: str, client: Client | None = None, address: str = "10.0.0.1") -> HttpResponse:
    """An attempt on the sign-in page."""
    asked = {"login": name, "password": password}
    return (client or Client()).post("/tai-khoan/login/", asked, REMOTE_ADDR=address)  # type: ignore[return-value]


def said(answer: HttpResponse) -> str:
    """What the sign-in page says is wrong."""
    return " ".join(answer.context["form"].non_field_errors()) if answer.status_code == 200 else ""  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["lan", "LAN", "lan@tinh.gov.vn", "Lan@Tinh.gov.vn"])
def test_people_sign_in_by_name_or_email(lan: Person, name: str) -> None:
    answer = sign_in(name, PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("name", "password"), [("lan", "sai mật khẩu rồi"), ("nobody", PASSWORD), ("a@b.vn", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_words(lan: Person, name: str, password: str) -> None:
    assert said(sign_in(name, password)).startswith(WRONG)


def test_a_locked_account_gets_the_words_of_a_wrong_password(lan: Person) -> None:
    person("admin")
    lock_person(by=SYSTEM, person=lan, seen=lan.version)
    assert said(sign_in("lan", PASSWORD)) == said(sign_in("lan", "sai mật khẩu rồi"))
    assert said(sign_in("lan", PASSWORD)).startswith(WRONG)


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """The clock of the counters goes on."""
    clock = SimpleNamespace(time=lambda: time.time() + seconds, monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr(ratelimit, "time", clock)


def test_after_five_wrong_passwords_an_account_waits_from_every_address(
    lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        assert said(sign_in("lan", f"sai lần thứ {number}", address=f"10.0.1.{number}")).startswith(WRONG)
    assert said(sign_in("lan", PASSWORD, address="10.0.2.1")).startswith(TOO_OFTEN)
    later(monkeypatch, 240)
    assert said(sign_in("lan", PASSWORD, address="10.0.2.1")).startswith(TOO_OFTEN)
    later(monkeypatch, 301)
    assert sign_in("lan", PASSWORD, address="10.0.2.1").status_code == 302


def test_an_address_that_tries_many_accounts_waits(lan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10):
        assert said(sign_in(f"name{number}", PASSWORD)).startswith(WRONG)
    assert said(sign_in("lan", PASSWORD)).startswith(TOO_OFTEN)
    assert sign_in("lan", PASSWORD, address="10.0.0.2").status_code == 302
    later(monkeypatch, 61)
    assert sign_in("lan", PASSWORD).status_code == 302


def test_right_passwords_do_not_count(lan: Person) -> None:
    assert [sign_in("lan", PASSWORD).status_code for _ in range(7)] == [302] * 7


def test_a_session_from_before_the_sign_in_is_worth_nothing(lan: Person) -> None:
    """Somebody may have put their own session into the browser beforehand."""
    client = Client()
    client.session.save()
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in("lan", PASSWORD, client)
    assert client.session.session_key != session.session_key
    thief = Client()
    thief.cookies["sessionid"] = session.session_key
    assert thief.get("/nguoi-dung/toi/").status_code == 302


def test_a_second_factor_is_asked_for(lan: Person) -> None:
    TOTP.activate(lan, "JBSWY3DPEHPK3PXP")
    client = Client()
    assert sign_in("lan", PASSWORD, client)["Location"] == "/tai-khoan/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", next(yield_hotp_counters_from_time())))
    wrong = client.post("/tai-khoan/2fa/authenticate/", {"code": "000000" if code != "000000" else "111111"})
    assert "_auth_user_id" not in client.session
    assert "Mã chưa đúng" in wrong.content.decode()
    client.post("/tai-khoan/2fa/authenticate/", {"code": code})
    assert client.session["_auth_user_id"] == str(lan.pk)
    assert Authenticator.objects.count() == 1


def test_sessions_are_listed_and_ended(lan: Person) -> None:
    here, there = Client(), Client()
    sign_in("lan", PASSWORD, here)
    sign_in("lan", PASSWORD, there, address="10.0.0.99")
    listed = here.get("/tai-khoan/sessions/", REMOTE_ADDR="10.0.0.1").content.decode()
    assert "10.0.0.1" in listed and "10.0.0.99" in listed
    here.post("/tai-khoan/sessions/")
    assert there.get("/nguoi-dung/toi/").status_code == 302
    assert here.get("/nguoi-dung/toi/").status_code == 200
    assert UserSession.objects.count() == 1


# (password, what is said; empty where it is taken)
PASSWORDS = [
    ("ngắn quá", "quá ngắn"),
    ("mười một c1", "quá ngắn"),
    ("password1234", "Nhiều người dùng"),
    ("202020102010", "chỉ có chữ số"),
    ("abababababab", "lặp lại"),
    ("nguyen thi lan", "gần giống tên"),
    ("lan@tinh.gov.vn", "gần giống tên"),
    (PASSWORD, "phải khác"),
    ("áo dài trắng bay", ""),
]


@pytest.mark.parametrize(("password", "reason"), PASSWORDS)
def test_what_a_new_password_must_be(lan: Person, password: str, reason: str) -> None:
    client = Client()
    sign_in("lan", PASSWORD, client)
    Person.objects.filter(pk=lan.pk).update(must_change_password=True)
    typed = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/tai-khoan/password/change/", typed)
    lan.refresh_from_db()
    if reason:
        assert reason in answer.content.decode()
        assert lan.must_change_password
    else:
        assert answer.status_code == 302
        assert lan.check_password(password) and not lan.must_change_password
        assert client.get("/nguoi-dung/toi/").status_code == 200


def test_a_new_password_is_an_act_and_ends_other_sessions(lan: Person) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        sign_in("lan", PASSWORD, client)
    new = "áo dài trắng bay"
    here.post("/tai-khoan/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert there.get("/nguoi-dung/toi/").status_code == 302
    assert Event.objects.filter(verb="person.change_password", person=str(lan.pk)).latest("at").address == "127.0.0.1"


def test_passwords_are_kept_as_argon2(lan: Person) -> None:
    assert lan.password.startswith("argon2$argon2id$")


def test_nobody_signs_up() -> None:
    answer = Client().post("/tai-khoan/signup/", {"username": "new", "password1": PASSWORD, "password2": PASSWORD})
    assert not Person.objects.exists()
    assert answer.status_code in (200, 302)
