"""A small province for tests: a ministry, a department, two communes, and the people who work there.

Bộ Nội vụ ◄── Sở Nội vụ ◄─┬─ Văn phòng An Bình
                          └─ Văn phòng Ea Đông          Sở Y tế reports to nobody
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from binhdang.server.accounts.actions.people import add_person
from binhdang.server.accounts.actions.posts import appoint
from binhdang.server.accounts.models import Person, Post
from binhdang.server.agencies.models import Agency, ReportingLine, Unit
from binhdang.server.web.asking import SYSTEM, By

LONG_AGO = date(2025, 7, 1)
PASSWORD = "sông Hồng mùa nước lên"


@dataclass(frozen=True)
class Province:
    """The agencies and the people, each by one word."""

    agencies: dict[str, Agency]
    people: dict[str, Person]

    def by(self, name: str) -> By:
        """The one who acts."""
        return By(str(self.people[name].pk), address="10.0.0.7")


AGENCIES = {
    "ministry": "Bộ Nội vụ",
    "department": "Sở Nội vụ",
    "an_binh": "Văn phòng An Bình",
    "ea_dong": "Văn phòng Ea Đông",
    "health": "Sở Y tế",
}
LINES = [("department", "ministry"), ("an_binh", "department"), ("ea_dong", "department")]
PEOPLE = {  # username: name, role, agency
    "admin": ("Đỗ Văn Quản", "administrator", None),
    "lead": ("Nguyễn Thị Lan", "programme_lead", "department"),
    "leader": ("Trần Văn Bình", "agency_leader", "an_binh"),
    "officer": ("Lê Thị Hoa", "commune_officer", "an_binh"),
    "neighbour": ("Y Đăm Niê", "commune_officer", "ea_dong"),
    "doctor": ("Phạm Thị Ánh", "agency_officer", "health"),
    "inspector": ("Hồ Văn Tra", "inspector", "department"),
}


def person(username: str, full_name: str = "Nguyễn Văn An", **fields: str) -> Person:
    """Somebody with an account and no post."""
    return add_person(by=SYSTEM, username=username, full_name=full_name, **fields)  # type: ignore[arg-type]


def post(holder: Person, role: str, agency: Agency | None, *, start: date = LONG_AGO, end: date | None = None) -> Post:
    """A post given by the installation itself."""
    return appoint(by=SYSTEM, person=holder, role=role, agency=agency, start=start, end=end)


def province() -> Province:
    """All of it."""
    unit = Unit.objects.create(level="province", kind="tỉnh", name="Lào Cai", code="15", start=LONG_AGO)
    agencies = {word: Agency.objects.create(unit=unit, name=name, start=LONG_AGO) for word, name in AGENCIES.items()}
    for lower, upper in LINES:
        ReportingLine.objects.create(agency=agencies[lower], superior=agencies[upper], start=LONG_AGO)
    people = {}
    for username, (full_name, role, agency) in PEOPLE.items():
        people[username] = person(username, full_name, email=f"{username}@tinh.gov.vn")
        end = timezone.localdate() + timedelta(days=30) if role == "inspector" else None
        post(people[username], role, agencies[agency] if agency else None, end=end)
    return Province(agencies, people)


def signed_in(who: Person) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(who)
    return client
