"""Every field that is stored is classed, personal, sensitive or open, with how long it is kept: docs/du-lieu.md."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.utils import timezone

from binhdang.server.accounts.actions.sessions import forget_ended_sessions
from binhdang.server.accounts.models import Person

PAGE = Path(__file__).parents[2] / "docs" / "du-lieu.md"
OF_EVERY_RECORD = {"id", "source", "version"}


class Classed(NamedTuple):
    """A row of the page."""

    personal: list[str]
    sensitive: list[str]
    open: list[str]
    kept: str


def rows() -> dict[str, Classed]:
    """The page's table by models."""
    found = {}
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and (label := re.fullmatch(r"`(\w+\.\w+)`", cells[0])):
            found[label[1]] = Classed(*(re.findall(r"`(\w+)`", cell) for cell in cells[1:4]), cells[4])
    return found


def fields(label: str) -> set[str]:
    model = apps.get_model(label)
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)} - OF_EVERY_RECORD


def test_every_field_is_classed_once_with_how_long_it_is_kept() -> None:
    told = rows()
    labels = {model._meta.label for model in apps.get_models()}
    assert sorted(labels - set(told)) == [], "a table without a row in docs/du-lieu.md"
    kinds = set(re.findall(r"^\| ([\w ]+) \| [^`|\n]*\|$", PAGE.read_text("utf-8"), re.M)) - {"giữ"}
    for label, row in told.items():
        classed = [*row.personal, *row.sensitive, *row.open]
        assert len(classed) == len(set(classed)), f"{label}: a field is classed twice"
        assert sorted(fields(label)) == sorted(classed), f"{label}: fields and their classes in docs/du-lieu.md differ"
        assert row.kept in kinds, label


@pytest.mark.django_db
def test_of_a_session_that_ended_nothing_is_left() -> None:
    person = Person.objects.create(username="lan", full_name="Nguyễn Thị Lan")
    for key, hours in (("over", -1), ("on", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(hours=hours))
    for key in ("over", "on", "ended"):
        UserSession.objects.create(user=person, session_key=key, ip="10.0.0.7", user_agent="Firefox")
    assert forget_ended_sessions() == 2
    assert [session.session_key for session in UserSession.objects.all()] == ["on"]
    assert [session.session_key for session in Session.objects.all()] == ["on"]
