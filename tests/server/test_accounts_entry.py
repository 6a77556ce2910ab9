"""Coming in the first time: the setup code and the first administrator, invitations that work once."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from accounts_builders import PASSWORD, Province, province, signed_in
from allauth.mfa.models import Authenticator
from django.conf import settings as installation
from django.test import Client
from django.utils import timezone

from binhdang.server.accounts.actions import founding, invitations
from binhdang.server.accounts.models import Invitation, Person, Post
from binhdang.server.audit.models import Event
from binhdang.server.web.asking import By
from binhdang.server.web.records import Refused

pytestmark = pytest.mark.django_db
STRANGER = By("", address="10.0.0.9")


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    """The data folder of the installation."""
    settings.CONFIGURATION = replace(installation.CONFIGURATION, folder=tmp_path)  # type: ignore[attr-defined]
    return tmp_path


FIRST = {"username": "quan.tri", "full_name": "Đỗ Văn Quản", "password": PASSWORD}


def test_the_setup_code_is_made_once_for_the_servers_eyes_alone(folder: Path) -> None:
    code = founding.setup_code()
    assert founding.setup_code() == code and len(code) == 20
    assert stat.S_IMODE((folder / "setup.code").stat().st_mode) == 0o600


def test_the_first_administrator_is_made_with_the_code(folder: Path) -> None:
    code, client = founding.setup_code(), Client()
    wrong = client.post("/nguoi-dung/khoi-dau/", {**FIRST, "code": "0" * 20})
    assert "Mã khởi đầu không đúng" in wrong.content.decode()
    assert not Person.objects.exists()
    weak = client.post("/nguoi-dung/khoi-dau/", {**FIRST, "code": code, "password": "123456"})
    assert "quá ngắn" in weak.content.decode()
    assert not Person.objects.exists() and not Event.objects.exists()
    answer = client.post("/nguoi-dung/khoi-dau/", {**FIRST, "code": f" {code} "})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Post.objects.get().role == "administrator"
    assert client.get("/nguoi-dung/").status_code == 200  # signed in
    assert not (folder / "setup.code").exists()
    assert Client().get("/nguoi-dung/khoi-dau/").status_code == 404


def test_no_code_no_administrator(folder: Path) -> None:
    with pytest.raises(Refused, match="không đúng"):
        founding.found(by=STRANGER, code="", **FIRST)


def test_of_two_first_administrators_one_is_made(folder: Path) -> None:
    code = founding.setup_code()
    founding.found(by=STRANGER, code=code, **FIRST)
    with pytest.raises(Refused, match="đã có"):
        founding.found(by=STRANGER, code=code, **{**FIRST, "username": "another"})


@pytest.fixture
def here() -> Province:
    return province()


def invited(here: Province, name: str = "officer") -> str:
    """The token of a new link."""
    return invitations.invite(by=here.by("admin"), person=here.people[name])


def test_an_invitation_sets_the_password_and_signs_in(here: Province) -> None:
    page = signed_in(here.people["admin"]).post(f"/nguoi-dung/{here.people['officer'].pk}/moi/")
    link = re.search(r'value="http://testserver(/nguoi-dung/loi-moi/[^"]+)"', page.content.decode())
    assert link and "no-store" in page["Cache-Control"]
    client = Client()
    assert "Lê Thị Hoa" in client.get(link[1]).content.decode()
    for password, again, said in (
        ("123", "123", "quá ngắn"),
        (PASSWORD, "khác", "chưa giống nhau"),
        ("le thi hoa hoa", "le thi hoa hoa", "gần giống tên"),
    ):
        assert said in client.post(link[1], {"password": password, "again": again}).content.decode()
    answer = client.post(link[1], {"password": PASSWORD, "again": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/nguoi-dung/toi/").status_code == 200
    assert Client().get(link[1]).status_code == 410


def test_only_the_digest_of_a_token_is_kept(here: Province) -> None:
    token = invited(here)
    kept = str(list(Invitation.objects.values())) + str(list(Event.objects.values("before", "after", "reason")))
    assert token not in kept
    assert invitations.digest_of(token) in kept


def test_a_link_ends_with_time_with_a_newer_one_and_with_a_lock(here: Province) -> None:
    first = invited(here)
    second = invited(here)
    doctor, lead = invited(here, "doctor"), invited(here, "lead")
    Invitation.objects.filter(person=here.people["doctor"]).update(expires_at=timezone.now() - timedelta(seconds=1))
    Person.objects.filter(username="lead").update(is_active=False)
    states = {
        token: Client().get(f"/nguoi-dung/loi-moi/{token}/").status_code for token in (first, second, doctor, lead)
    }
    assert states == {first: 410, second: 200, doctor: 410, lead: 410}
    assert Client().get("/nguoi-dung/loi-moi/made-up/").status_code == 410


def test_of_two_who_use_a_link_at_once_one_comes_in(here: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second comes in while the first has looked the link up and not used it yet."""
    token, check, came = invited(here), invitations.check_password_rules, []

    def meanwhile(password: str, person: Person) -> None:
        monkeypatch.setattr(invitations, "check_password_rules", check)
        came.append(invitations.accept(by=STRANGER, token=token, password="một câu đủ dài khác"))
        check(password, person)

    monkeypatch.setattr(invitations, "check_password_rules", meanwhile)
    with pytest.raises(Refused, match="vừa được dùng"):
        invitations.accept(by=STRANGER, token=token, password=PASSWORD)
    assert came == [here.people["officer"]]


def test_an_invitation_does_not_go_round_the_second_factor(here: Province) -> None:
    token, client = invited(here), Client()
    Authenticator.objects.create(user=here.people["officer"], type="totp", data={"secret": "x"})
    answer = client.post(f"/nguoi-dung/loi-moi/{token}/", {"password": PASSWORD, "again": PASSWORD})
    assert answer["Location"] == "/tai-khoan/2fa/authenticate/"
    assert "_auth_user_id" not in client.session


def test_only_the_administrator_invites(here: Province) -> None:
    with pytest.raises(Refused, match="không có quyền"):
        invitations.invite(by=here.by("lead"), person=here.people["officer"])
