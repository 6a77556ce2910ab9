"""The act of a file of people: tried as a whole first, then written as a whole, one event with its children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from binhdang.access import ROLES
from binhdang.server.accounts import names
from binhdang.server.accounts.actions.people import add_person
from binhdang.server.accounts.actions.posts import appoint
from binhdang.server.accounts.models import Person
from binhdang.server.accounts.passwords import OneTime, one_time_password
from binhdang.server.accounts.queries import agency_named
from binhdang.server.accounts.sheets import Fault, Row
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import By
from binhdang.server.web.records import Refused
from binhdang.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Slip:
    """What somebody is handed to sign in the first time."""

    person: Person
    password: str
    agency: str


class FaultyFile(Exception):
    """A file that cannot be written as it is; nothing was."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def try_people(*, by: By, rows: Sequence[Row]) -> tuple[list[str], list[Fault]]:
    """What writing the rows would do: each person's sign-in name, and everything that is wrong. Nothing stays written."""
    with transaction.atomic():
        written = _write(by, rows, [None] * len(rows))
        transaction.set_rollback(True)
    return [slip.person.username if slip else "" for slip in written.slips], written.faults


def add_people(*, by: By, rows: Sequence[Row]) -> list[Slip]:
    """Makes all accounts of a file and their posts; one-time passwords are told here once. Raises FaultyFile."""
    passwords = [one_time_password() for _ in rows]  # before the transaction: hashing is slow, others wait to write
    with transaction.atomic():
        written = _write(by, rows, passwords)
        if written.faults:
            raise FaultyFile(written.faults)
    return [slip for slip in written.slips if slip]


@dataclass(frozen=True, slots=True)
class _Written:
    slips: list[Slip | None]
    faults: list[Fault]


def _write(by: By, rows: Sequence[Row], passwords: Sequence[OneTime | None]) -> _Written:
    taken = set(Person.objects.values_list("username", flat=True))
    taken |= {row.values.get("username", "").lower() for row in rows}
    with act("people.add_from_file", by=by, kind="people", subject=uuid4()) as doing:
        doing.changed("count", None, len(rows))
    written = _Written([], [])
    for row, password in zip(rows, passwords, strict=True):
        try:
            with transaction.atomic():
                slip = _write_row(by, row, password, taken, doing.event)
            taken.add(slip.person.username)
            written.slips.append(slip)
        except Refused as refused:
            written.slips.append(None)
            written.faults.append(row.fault("end" if refused.field == "start" else refused.field, str(refused)))
    return written


def _write_row(by: By, row: Row, password: OneTime | None, taken: set[str], parent: UUID | None) -> Slip:
    told = {name: row.values.get(name, "") for name in ("full_name", "username", "email", "phone", "title")}
    told["username"] = told["username"] or names.username_from(told["full_name"], taken)
    person = add_person(by=by, first_password=password, parent=parent, **told)
    agency, role = row.values.get("agency", ""), row.values.get("role", "")
    if role or agency:
        post = appoint(
            by=by,
            person=person,
            role=_role(role),
            agency=agency_named(agency) if agency else None,
            start=timezone.localdate(),
            end=_day(row.values.get("end", "")),
            parent=parent,
        )
        agency = str(post.agency or "")
    return Slip(person, password.clear if password else "", agency)


def _role(text: str) -> str:
    found = [role.code for role in ROLES.values() if fold(text) in (role.code, fold(role.title))]
    if not found:
        raise Refused(
            f"Không có vai trò “{text}”." if text else "Có cơ quan thì phải có vai trò.",
            hint="Các vai trò: " + ", ".join(role.title for role in ROLES.values()) + ".",
            field="role",
        )
    return found[0]


def _day(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    if text:
        raise Refused(f"Ngày “{text}” chưa đúng; hãy ghi như 10/06/2026.", field="end")
    return None
