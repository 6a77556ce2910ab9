"""Events stand or fall with their acts, cannot be changed, and their seals prove it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from binhdang.server.audit.actions import act
from binhdang.server.audit.models import Batch, Event
from binhdang.server.audit.sealing import export_heads, seal, verify
from binhdang.server.web.asking import SYSTEM, By

pytestmark = pytest.mark.django_db
LAN = By("lan", agency="so-noi-vu", address="10.0.0.7")


def do(subject: str = "x", **changes: object) -> None:
    with act("thing.change", by=LAN, kind="thing", subject=subject, agency="so-noi-vu") as doing:
        for name, value in changes.items():
            doing.changed(name, None, value)


def test_an_event_tells_who_what_and_what_changed() -> None:
    do("42", name="Lan", on=date(2026, 5, 1), share=Decimal("0.5"), same=None)
    event = Event.objects.get()
    assert (event.verb, event.person, event.post_agency, event.address) == (
        "thing.change",
        "lan",
        "so-noi-vu",
        "10.0.0.7",
    )
    assert (event.kind, event.subject, event.door) == ("thing", "42", "page")
    assert event.after == {"name": "Lan", "on": "2026-05-01", "share": "0.5"}
    assert event.before == {"name": None, "on": None, "share": None}


def test_an_act_that_fails_leaves_no_event_and_no_change() -> None:
    with pytest.raises(ZeroDivisionError), act("thing.make", by=SYSTEM, kind="thing", subject="1"):
        Batch.objects.create(number=9, sealed_at=timezone.now(), count=0, previous="", head="")
        raise ZeroDivisionError
    assert not Event.objects.exists()
    assert not Batch.objects.exists()


def test_an_act_must_say_what_it_was_done_to() -> None:
    with pytest.raises(ValueError, match="does not say"), act("thing.make", by=SYSTEM, kind="thing"):
        pass


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET person = 'another'",
        "UPDATE audit_event SET after = '{}'",
        "UPDATE audit_event SET batch = 7",
        "DELETE FROM audit_event",
        "UPDATE audit_batch SET head = 'x'",
        "DELETE FROM audit_batch",
    ],
)
def test_the_database_refuses_to_change_what_is_sealed(statement: str) -> None:
    do(name="Lan")
    seal()
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify().broken == []


def test_sealed_and_unsealed_events_are_told_apart() -> None:
    do("1", name="a")
    do("2", name="b")
    assert seal() == 2
    do("3", name="c")
    verdict = verify()
    assert (verdict.sealed, verdict.unsealed, verdict.batches, verdict.broken) == (2, 1, 1, [])
    assert seal() == 1
    assert seal() == 0
    verdict = verify()
    assert (verdict.sealed, verdict.unsealed, verdict.batches, verdict.broken) == (3, 0, 2, [])


def unguarded(statement: str, *values: object) -> None:
    """What somebody with the database's own powers could do."""
    triggers = ("event_kept", "event_unchanged", "batch_kept", "batch_unchanged")
    with connection.cursor() as cursor:
        for name in triggers:
            table = f" ON audit_{name.partition('_')[0]}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_{name}{table}")
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_event SET person = 'another' WHERE subject = '2'", "lô 1 có sự kiện đã bị sửa"),
        ("DELETE FROM audit_event WHERE subject = '2'", "lô 1 có 1 sự kiện, lúc niêm phong có 2"),
        ("UPDATE audit_event SET batch = 2 WHERE subject = '1'", "lô 1 có 1 sự kiện, lúc niêm phong có 2"),
        ("DELETE FROM audit_batch WHERE number = 1", "thiếu lô 1"),
        ("UPDATE audit_batch SET previous = head WHERE number = 2", "lô 2 không nối với lô trước"),
    ],
)
def test_a_change_behind_the_guards_is_found(statement: str, said: str) -> None:
    do("1", name="a")
    do("2", name="b")
    seal()
    do("3", name="c")
    seal()
    unguarded(statement)
    assert said in verify().broken


def test_an_exported_head_finds_a_history_that_was_sealed_anew(tmp_path: Path) -> None:
    do("1", name="a")
    seal()
    (path,) = export_heads(tmp_path)
    assert json.loads(path.read_text()) == {"batch": 1, "head": Batch.objects.get().head}
    assert verify(tmp_path).broken == []
    unguarded("UPDATE audit_event SET person = 'another', batch = NULL")
    unguarded("DELETE FROM audit_batch")
    seal()
    assert verify().broken == []
    assert verify(tmp_path).broken == [f"lô 1 khác với dấu đã xuất trong {path.name}"]


def test_the_head_of_a_past_day_is_written_once(tmp_path: Path) -> None:
    do("1", name="a")
    seal()
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert len(export_heads(tmp_path, today=tomorrow)) == 1
    assert export_heads(tmp_path, today=tomorrow) == []
