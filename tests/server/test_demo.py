"""The province to try: filled once, by acts, never over real data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from binhdang.access import ROLES
from binhdang.errors import BinhdangError
from binhdang.server.accounts.actions.people import add_person
from binhdang.server.accounts.models import Person, Post
from binhdang.server.agencies.models import Agency, ReportingLine
from binhdang.server.audit.models import Event
from binhdang.server.configuration import Configuration
from binhdang.server.running.demo import fill
from binhdang.server.web.asking import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.CONFIGURATION = Configuration(folder=tmp_path)


def test_a_province_is_filled_with_people_in_every_role() -> None:
    demo = fill()
    assert {post.role for post in Post.objects.all()} == set(ROLES)
    assert Agency.objects.filter(kind="ubnd-xa").count() == 99
    assert Agency.objects.filter(kind="ubnd-huyen", end=date(2025, 6, 30)).count() == 6
    assert Agency.objects.count() == 13 + 99 + 6
    assert ReportingLine.objects.values("superior").distinct().count() == 1
    assert ReportingLine.objects.count() == 12 + 99
    # each thing that stands there was made by an act that left its event
    assert Event.objects.filter(verb="agency.add").count() == 118
    assert Event.objects.filter(verb="post.appoint").count() == len(demo.accounts) == Person.objects.count()
    request = RequestFactory().get("/")
    for account in demo.accounts:
        assert authenticate(request, username=account.username, password=demo.password) is not None


def test_what_was_filled_is_not_filled_again() -> None:
    first = fill()
    events = Event.objects.count()
    assert fill() == first
    assert Event.objects.count() == events


def test_nothing_is_filled_over_real_people() -> None:
    add_person(by=SYSTEM, username="lan", full_name="Nguyễn Thị Lan")
    with pytest.raises(BinhdangError, match="Nơi này đã có người dùng") as refused:
        fill()
    assert refused.value.code == "demo.filled"
