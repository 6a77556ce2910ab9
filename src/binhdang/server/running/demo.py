"""A province to try the software in: today's communes and six former districts of a real map, made-up people.

Everything is written by the same acts that officers use. It is only ever filled into an installation that has nobody
in it; a mark in the folder tells that what stands there is for trying.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from binhdang.access import ROLES
from binhdang.errors import BinhdangError
from binhdang.reference.agency_kinds import agency_kinds
from binhdang.server.accounts.actions.people import add_person, change_password
from binhdang.server.accounts.actions.posts import appoint
from binhdang.server.accounts.models import Person
from binhdang.server.agencies.actions.agencies import add_agency
from binhdang.server.agencies.actions.lines import set_reporting_line
from binhdang.server.agencies.actions.units import load_units
from binhdang.server.agencies.models import Agency, Unit, standing_on
from binhdang.server.web.asking import SYSTEM, By

PROVINCE = "Bắc Ninh"
LEAD = "so-noivu"
PARTNERS = (
    "ubnd-tinh",
    "so-taichinh",
    "so-vhttdl",
    "so-gddt",
    "so-yte",
    "so-tuphap",
    "so-nnmt",
    "so-khcn",
    "congan-tinh",
    "lhpn",
    "ldld",
    "doan",
)
DISTRICTS = ("Lạng Giang", "Yên Thế", "Lục Nam", "Quế Võ", "Tiên Du", "Gia Bình")
_NEW_MAP = date(2025, 7, 1)
_MARK = "demo.json"


@dataclass(frozen=True, slots=True)
class Account:
    """Someone to sign in as."""

    username: str
    full_name: str
    role: str
    agency: str


@dataclass(frozen=True, slots=True)
class Demo:
    """Who can sign in, all with one password."""

    password: str
    accounts: tuple[Account, ...]


_PEOPLE = (  # role, username, name, agency's kind ("" for the installation, a number for the n-th commune)
    ("administrator", "quantri", "Đỗ Minh Khôi", ""),
    ("programme_lead", "daumoi", "Nguyễn Thị Thu Hà", LEAD),
    ("agency_leader", "lanhdao", "Trần Quốc Bảo", LEAD),
    ("finance_officer", "taichinh", "Lê Thị Ngọc Ánh", "so-taichinh"),
    ("agency_officer", "yte", "Phạm Văn Đức", "so-yte"),
    ("agency_officer", "phunu", "Hoàng Thị Mai", "lhpn"),
    ("agency_officer", "giaoduc", "Vũ Thanh Tùng", "so-gddt"),
    ("analyst", "phantich", "Bùi Hải Yến", LEAD),
    ("inspector", "kiemtra", "Đặng Hữu Phước", LEAD),
    ("commune_officer", "xa1", "Ngô Thị Ái", "0"),
    ("commune_officer", "xa2", "Dương Văn Ân", "1"),
    ("commune_officer", "xa3", "Lý Thị Đào", "2"),
)


def fill() -> Demo:
    """Fills an empty installation, or returns what was filled before. Raises BinhdangError over real data."""
    mark = Path(settings.CONFIGURATION.folder) / _MARK
    if mark.exists() and Person.objects.exists():
        told = json.loads(mark.read_text("utf-8"))
        return Demo(told["password"], tuple(Account(*account) for account in told["accounts"]))
    if Person.objects.exists() or Agency.objects.exists():
        raise BinhdangError(
            "Nơi này đã có người dùng hoặc cơ quan thật nên không đổ dữ liệu thử vào.",
            hint="Hãy chọn thư mục khác: binhdang demo --folder THƯ_MỤC.",
            code="demo.filled",
        )
    with transaction.atomic():  # broken off, nothing stands and it can be begun again
        load_units(by=SYSTEM)
        demo = Demo(secrets.token_urlsafe(9), _people(_agencies()))
        _passwords(demo)
        accounts = [[a.username, a.full_name, a.role, a.agency] for a in demo.accounts]
        mark.touch(mode=0o600)
        mark.write_text(json.dumps({"password": demo.password, "accounts": accounts}, ensure_ascii=False), "utf-8")
    return demo


def _agencies() -> dict[str, Agency]:
    """The province's bodies by their kinds, the communes by number; all report to the lead."""
    today = timezone.localdate()
    names = {kind.code: kind.name for kind in agency_kinds().kinds} | {"ubnd-tinh": f"Ủy ban nhân dân tỉnh {PROVINCE}"}
    province = Unit.objects.get(standing_on(today), level=Unit.Level.PROVINCE, name=PROVINCE)
    made = {
        code: add_agency(by=SYSTEM, unit=province.pk, name=names[code], kind=code, start=_NEW_MAP)
        for code in (LEAD, *PARTNERS)
    }
    communes = list(
        Unit.objects.filter(standing_on(today), parent=province, level=Unit.Level.COMMUNE).order_by("order")
    )
    for number, unit in enumerate(communes):
        made[str(number)] = add_agency(
            by=SYSTEM, unit=unit.pk, name=f"Ủy ban nhân dân {unit.kind} {unit.name}", kind="ubnd-xa", start=_NEW_MAP
        )
    for name in DISTRICTS:
        unit = Unit.objects.filter(level=Unit.Level.DISTRICT, name=name, end=_NEW_MAP - timedelta(days=1)).order_by(
            "code"
        )[0]
        add_agency(
            by=SYSTEM,
            unit=unit.pk,
            name=f"Ủy ban nhân dân {unit.kind} {name}",
            kind="ubnd-huyen",
            end=_NEW_MAP - timedelta(days=1),
        )
    for code, agency in made.items():
        if code != LEAD:
            set_reporting_line(by=SYSTEM, agency=agency.pk, superior=made[LEAD].pk, start=_NEW_MAP, seen=agency.version)
    return made


def _people(agencies: dict[str, Agency]) -> tuple[Account, ...]:
    today = timezone.localdate()
    accounts = []
    for role, username, name, place in _PEOPLE:
        agency = agencies.get(place)
        person = add_person(by=SYSTEM, username=username, full_name=name)
        end = today + timedelta(days=60) if ROLES[role].limited else None
        appoint(by=SYSTEM, person=person, role=role, agency=agency, start=today, end=end)
        accounts.append(Account(username, name, ROLES[role].title, agency.name if agency else "Hệ thống"))
    return tuple(accounts)


def _passwords(demo: Demo) -> None:
    for account in demo.accounts:
        person = Person.objects.get(username=account.username)
        change_password(by=By(str(person.pk), door="system"), person=person, password=demo.password)
