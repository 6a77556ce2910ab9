"""Keeps what a release leaves in its database, so that later versions are tried on it: tests/server/test_upgrade.py.

    cd CHECKOUT-OF-THE-RELEASE && script/bootstrap
    .venv/bin/python …/script/snapshot.py …/tests/server/releases
    script/with-postgresql .venv/bin/python …/script/snapshot.py …/tests/server/releases

Run once on each database with the release's own code, never again. Every table of the rooms gets rows, written by the
release's acts: one province's map, agencies, people in every role, changes planned, done and withdrawn, files, events,
a second factor, a session. What stands there is told in a JSON file beside the backup.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"BINHDANG_FOLDER": FOLDER.name, "BINHDANG_SECRET_KEY": "snapshot" * 8, "BINHDANG_DEBUG": "yes"}
os.environ["DJANGO_SETTINGS_MODULE"] = "binhdang.server.settings"

import django  # noqa: E402

django.setup()

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

import binhdang.server  # noqa: E402
from binhdang.access import ROLES  # noqa: E402
from binhdang.reference import units as reference  # noqa: E402
from binhdang.server.accounts.actions.invitations import invite  # noqa: E402
from binhdang.server.accounts.actions.people import add_person, change_password  # noqa: E402
from binhdang.server.accounts.actions.posts import appoint  # noqa: E402
from binhdang.server.accounts.models import Person  # noqa: E402
from binhdang.server.agencies.actions import (  # noqa: E402
    OutcomeDraft,
    TransferDraft,
    add_agency,
    load_units,
    plan_change,
    set_reporting_line,
    take_due_changes,
    withdraw_change,
)
from binhdang.server.agencies.models import Agency, Change, Unit  # noqa: E402
from binhdang.server.audit.sealing import seal  # noqa: E402
from binhdang.server.files.actions import begin_upload, keep, receive  # noqa: E402
from binhdang.server.running.backup import backup  # noqa: E402
from binhdang.server.web.asking import SYSTEM, By  # noqa: E402
from binhdang.version import __version__  # noqa: E402

PASSWORD = "con đò qua sông Cầu"
PROVINCE, OLD_PROVINCES = "Bắc Ninh", ("Bắc Ninh", "Bắc Giang")
TODAY = timezone.localdate()
PEOPLE = ("Đỗ Minh Khôi", "Nguyễn Thị Thu Hà", "Trần Quốc Bảo", "Lê Thị Ngọc Ánh", "Phạm Văn Đức")
PEOPLE += ("Y Đăm Niê", "Vũ Thanh Tùng", "Bùi Hải Yến")


def one_province(known: reference.Units) -> reference.Units:
    """Of the map of units a province, with all that went into it and its districts."""
    kept: dict[str, reference.Unit] = {}
    for unit in sorted(known.units, key=lambda unit: ("province", "district", "commune").index(unit.level)):
        if unit.parent in kept or (unit.level == "province" and unit.name in OLD_PROVINCES):
            kept[unit.id] = unit
    links = tuple(link for link in known.successions if link.old in kept and link.new in kept)
    return reference.Units(tuple(kept.values()), links)


def agencies() -> dict[str, Agency]:
    """Five departments and three communes, all under one of them; one renamed yesterday, one to be, one not after all."""
    part = one_province(reference.units())
    with patch.object(reference, "units", lambda: part):
        load_units(by=SYSTEM)
    province = Unit.objects.get(level="province", name=PROVINCE, end=None)
    names = {
        "noivu": "Sở Nội vụ",
        "yte": "Sở Y tế",
        "gddt": "Sở Giáo dục và Đào tạo",
        "hoi": "Hội Phụ nữ",
        "ban": "Ban Một",
    }
    made = {
        code: add_agency(by=SYSTEM, unit=province.pk, name=name, start=date(2025, 7, 1)) for code, name in names.items()
    }
    for n, unit in enumerate(Unit.objects.filter(level="commune", end=None, parent=province).order_by("order")[:3]):
        made[f"xa{n}"] = add_agency(by=SYSTEM, unit=unit.pk, name=f"Ủy ban nhân dân {unit}", start=date(2025, 7, 1))
    for code, agency in made.items():
        if code != "noivu":
            set_reporting_line(
                by=SYSTEM, agency=agency.pk, superior=made["noivu"].pk, start=date(2025, 7, 1), seen=agency.version
            )
    for code, name, days in (("ban", "Ban Hai", -1), ("hoi", "Hội Liên hiệp Phụ nữ tỉnh", 9_000), ("yte", "Sở Y", 60)):
        change = plan_change(
            by=SYSTEM,
            subject="agency",
            kind="rename",
            on=TODAY + timedelta(days=days),
            decree="05/NQ-HĐND",
            outcomes=[OutcomeDraft(name=name)],
            transfers=[TransferDraft(made[code].pk, 0)],
        )
        if code == "yte":
            withdraw_change(by=SYSTEM, change=change.pk, seen=change.version, reason="Nhập nhầm")
    take_due_changes(by=SYSTEM)
    assert {change.state for change in Change.objects.all()} == {"planned", "done", "withdrawn"}
    return made


def people(made: dict[str, Agency]) -> str:
    """Somebody in every role, all with one password; the lead with a second factor, whose secret is returned."""
    secret = generate_totp_secret()
    places = {"administrator": None, "programme_lead": made["noivu"], "commune_officer": made["xa0"]}
    for role, name in zip(ROLES, PEOPLE, strict=True):
        person = add_person(by=SYSTEM, username=role, full_name=name, email=f"{role}@tinh.gov.vn", phone="0912345678")
        agency = places.get(role, made["noivu"])
        end = TODAY + timedelta(days=30) if ROLES[role].limited else None
        appoint(by=SYSTEM, person=person, role=role, agency=agency, start=TODAY, end=end)
        change_password(by=By(str(person.pk), door="system"), person=person, password=PASSWORD)
    lead = Person.objects.get(username="programme_lead")
    TOTP.activate(lead, secret)
    RecoveryCodes.activate(lead)
    invite(by=SYSTEM, person=Person.objects.get(username="analyst"))
    for password in ("not this one", PASSWORD):
        Client(HTTP_HOST="localhost").post("/tai-khoan/login/", {"login": "administrator", "password": password})
    return secret


def main() -> None:
    """Fills, backs up, and tells what stands there."""
    out = Path(sys.argv[1]) / __version__
    out.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    made = agencies()
    secret = people(made)
    officer = By(str(Person.objects.get(username="commune_officer").pk))
    kept = keep(by=officer, parts=[b"%PDF-1.7\n" + b"x" * 1000], name="minh chứng.pdf")
    upload = begin_upload(by=officer, name="ảnh.png", size=5_000)
    receive(by=officer, upload=upload.pk, offset=0, parts=[b"\x89PNG\r\n\x1a\n" + b"x" * 100])
    seal()
    backup(out / f"{connection.vendor}.bdb")
    rows = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    told = {
        "password": PASSWORD,
        "second_factor": {"programme_lead": secret},
        "agency": str(made["ban"].pk),
        "file": kept.digest,
        "rows": {label: count for label, count in sorted(rows.items()) if count},
        "empty": sorted(label for label, count in rows.items() if not count),
    }
    (out / f"{connection.vendor}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    room = Path(binhdang.server.__file__).parent
    digests = {
        f"{path.parent.parent.name}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(room.glob("*/migrations/0*.py"))
    }
    (out / "migrations.json").write_text(json.dumps(digests, indent=1) + "\n", "ascii")


main()
