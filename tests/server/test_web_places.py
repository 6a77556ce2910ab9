"""Places stand in their order, are seen by those who may, and one of them at most is where the page lies."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from binhdang.server.accounts.models import Person
from binhdang.server.web import places

pytestmark = pytest.mark.urls("web_pages")


def anybody(request: HttpRequest) -> bool:
    return True


def nobody(request: HttpRequest) -> bool:
    return False


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_places", {})
    places.register(30, "Mật khẩu", "account_change_password")
    places.register(10, "Việc của tôi", "home")
    places.register(20, "Bảo mật", "mfa_index", anybody)
    places.register(25, "Khóa", "mfa_list_webauthn", anybody)
    places.register(40, "Kín", "usersessions_list", nobody)
    places.register(50, "Của tôi", "account_logout", personal=True)


def ask(path: str, user: object) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user  # type: ignore[assignment]
    return request


@pytest.mark.parametrize(
    ("path", "active"),
    [
        ("/", ["Việc của tôi"]),
        ("/tai-khoan/2fa/", ["Bảo mật"]),
        ("/tai-khoan/2fa/totp/activate/", ["Bảo mật"]),
        ("/tai-khoan/2fa/webauthn/add/", ["Khóa"]),
        ("/noi-khac/", []),
    ],
)
def test_the_nearest_place_is_where_the_page_lies(path: str, active: list[str]) -> None:
    shown = places.places_for(ask(path, Person(username="lan")))
    assert [str(place.title) for place in shown] == ["Việc của tôi", "Bảo mật", "Khóa", "Mật khẩu"]
    assert [str(place.title) for place in shown if place.active] == active


def test_strangers_see_what_everybody_may() -> None:
    shown = places.places_for(ask("/", AnonymousUser()))
    assert [str(place.title) for place in shown] == ["Bảo mật", "Khóa"]


def test_personal_places_stand_apart() -> None:
    shown = places.places_for(ask("/", Person(username="lan")), personal=True)
    assert [str(place.title) for place in shown] == ["Của tôi"]
