"""Who is asking: the actor, the post acted for, the address, and the way to a new password."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from accounts_builders import Province, person, post, province, signed_in
from django.conf import settings as installation
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from binhdang.server.accounts.addresses import address_of
from binhdang.server.accounts.middleware import ActorMiddleware
from binhdang.server.accounts.models import Person
from binhdang.server.audit.models import Event

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here() -> Province:
    return province()


def asked_by(who: Person | AnonymousUser) -> HttpRequest:
    """A request as views see it."""
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.7")
    request.user, request.session = who, SessionStore()
    ActorMiddleware(lambda request: HttpResponse())(request)
    return request


def test_a_stranger_has_no_actor() -> None:
    request = asked_by(AnonymousUser())
    assert request.actor is None and request.asking is None
    assert (request.by.person, request.by.address, request.by.door) == ("", "10.0.0.7", "page")


def test_an_actor_is_made_of_posts_in_force_and_coming_in_one_query(
    here: Province, django_assert_num_queries: object
) -> None:
    officer = here.people["officer"]
    post(officer, "finance_officer", here.agencies["an_binh"], start=TODAY + timedelta(days=3))
    post(officer, "analyst", here.agencies["an_binh"], end=TODAY - timedelta(days=1))
    request = asked_by(officer)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [held.role.code for held in request.actor.posts] == ["commune_officer", "finance_officer"]
        assert [held.role.code for held in request.actor.held()] == ["commune_officer"]
        assert request.by.agency == str(here.agencies["an_binh"].pk)


def test_nothing_is_asked_of_the_database_before_a_page_asks(here: Province, django_assert_num_queries: object) -> None:
    officer = here.people["officer"]
    with django_assert_num_queries(0):  # type: ignore[operator]
        asked_by(officer)


def test_the_post_acted_for_is_chosen_and_written_into_events(here: Province) -> None:
    officer, other = here.people["officer"], here.agencies["department"]
    second = post(officer, "agency_officer", other, start=TODAY)
    client = signed_in(officer)
    contact = {"seen": officer.version, "phone": "0912345678"}
    client.post("/nguoi-dung/toi/lien-he/", contact)
    assert client.post("/nguoi-dung/toi/chuyen/", {"post": second.pk}).status_code == 302
    client.post("/nguoi-dung/toi/lien-he/", {**contact, "seen": officer.version + 1, "phone": "0987654321"})
    acted_for = list(
        Event.objects.filter(verb="person.change_profile").order_by("at").values_list("post_agency", flat=True)
    )
    assert acted_for == [str(here.agencies["an_binh"].pk), str(other.pk)]


def test_a_post_of_somebody_else_cannot_be_acted_for(here: Province) -> None:
    client, theirs = signed_in(here.people["officer"]), here.people["lead"].posts.get()
    client.post("/nguoi-dung/toi/chuyen/", {"post": theirs.pk})
    assert "acting_for" not in client.session


# (proxies of our own, X-Forwarded-For, the address that counts)
FORWARDED = [
    (0, "", "10.0.0.7"),
    (0, "203.0.113.9", "10.0.0.7"),  # anybody can write it
    (1, "203.0.113.9", "203.0.113.9"),
    (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first was made up by the caller
    (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
    (2, "203.0.113.9", "10.0.0.7"),  # came past the proxies
    (1, "unknown", "10.0.0.7"),
    (1, "2001:db8::1", "2001:db8::1"),
    (1, "", "10.0.0.7"),
]


@pytest.mark.parametrize(("proxies", "forwarded", "address"), FORWARDED)
def test_the_address_that_counts(settings: object, proxies: int, forwarded: str, address: str) -> None:
    settings.CONFIGURATION = replace(installation.CONFIGURATION, proxies=proxies)  # type: ignore[attr-defined]
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.7", HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == address


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/", "/nguoi-dung/toi/", "/nguoi-dung/toi/chuyen/", "/tai-khoan/sessions/"])
def test_a_one_time_password_leads_to_a_new_one_from_everywhere(here: Province, method: str, address: str) -> None:
    officer = here.people["officer"]
    Person.objects.filter(pk=officer.pk).update(must_change_password=True)
    answer = getattr(signed_in(officer), method)(address)
    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/password/change/")


def test_with_a_one_time_password_one_can_sign_out(here: Province) -> None:
    officer = here.people["officer"]
    Person.objects.filter(pk=officer.pk).update(must_change_password=True)
    client = signed_in(officer)
    client.post("/tai-khoan/logout/")
    assert "_auth_user_id" not in client.session


def test_the_librarys_page_of_emails_leads_to_ours(here: Province) -> None:
    client = signed_in(here.people["officer"])
    answer = client.post("/tai-khoan/email/", {"action_add": "", "email": "admin@tinh.gov.vn"})
    assert answer["Location"] == "/nguoi-dung/toi/lien-he/"


def test_with_nobody_at_all_strangers_are_led_to_the_first_page_of_all() -> None:
    for address in ("/", "/tai-khoan/login/"):
        assert Client().get(address)["Location"] == "/nguoi-dung/khoi-dau/"
    person("an.nguyen")
    assert Client().get("/nguoi-dung/khoi-dau/").status_code == 404
    assert Client().get("/tai-khoan/login/").status_code == 200
