"""What pages keep of the map is never older than the last act, and never what was not committed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from accounts_builders import signed_in
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from map_builders import LAN, agency, keeper, small_map

from binhdang.server.agencies import editions
from binhdang.server.agencies.actions import (
    OutcomeDraft,
    TransferDraft,
    close_agency,
    correct_agency,
    plan_change,
    reopen_agency,
    take_effect,
)
from binhdang.server.agencies.editions import edition, kept
from binhdang.server.agencies.models import Agency, Edition, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Unit]:
    return small_map()


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if each act were committed; a test itself is one transaction."""
    depth = len(connection.savepoint_ids)
    monkeypatch.setattr(editions, "_is_in_transaction", lambda: len(connection.savepoint_ids) > depth)


def shown(client: Client, address: str = "/don-vi/") -> str:
    return client.get(address).content.decode()


def test_every_act_is_seen_by_the_next_page(places: dict[str, Unit], committed: None) -> None:
    client, commune = signed_in(keeper()), places["An Bình"]
    address = f"/don-vi/{commune.pk}/"
    assert "Chưa có cơ quan nào" in shown(client, address)
    made = agency("Trạm Y tế", commune)
    assert "Trạm Y tế" in shown(client, address)

    def count() -> int:
        made.refresh_from_db()
        return made.version

    steps: list[tuple[Callable[[], object], str, str]] = [
        (lambda: correct_agency(by=LAN, agency=made.pk, seen=count(), name="Trạm Y tế xã"), "Trạm Y tế xã", "Không có"),
        (
            lambda: close_agency(by=LAN, agency=made.pk, seen=count(), last_day=date(2026, 1, 1)),
            "Chưa có cơ quan nào",
            "Trạm Y tế xã",
        ),
        (
            lambda: reopen_agency(by=LAN, agency=made.pk, seen=count(), reason="nhầm"),
            "Trạm Y tế xã",
            "Chưa có cơ quan nào",
        ),
    ]
    for act, there, gone in steps:
        before = edition()
        act()
        page = shown(client, address)
        assert edition() != before
        assert there in page and gone not in page
    change = plan_change(
        by=LAN,
        subject="unit",
        kind="rename",
        on=date(2026, 3, 1),
        decree="1/NQ",
        outcomes=[OutcomeDraft(name="An Mới")],
        transfers=[TransferDraft(commune.pk, 0)],
    )
    assert "Xã An Bình" in shown(client, f"/don-vi/{places['Trà Giang'].pk}/")
    take_effect(by=LAN, change=change.pk)
    page = shown(client, f"/don-vi/{places['Trà Giang'].pk}/")
    assert "Xã An Mới" in page and "Xã An Bình" not in page


def test_a_page_that_was_shown_costs_few_queries(places: dict[str, Unit], committed: None) -> None:
    """Of the map alone: the edition; of one unit, itself and what it waits for too. The frame's own are not counted."""
    client = signed_in(keeper())
    agency("Sở Nội vụ", places["Trà Giang"])
    for address, queries in (("/don-vi/", 1), (f"/don-vi/{places['Trà Giang'].pk}/", 3)):
        shown(client, address)
        with CaptureQueriesContext(connection) as captured:
            shown(client, address)
        asked = [query["sql"] for query in captured if query["sql"].startswith('SELECT "agencies_')]
        assert len(asked) == queries, asked


def test_nothing_is_kept_that_is_not_committed(places: dict[str, Unit], committed: None) -> None:
    asked: list[int] = []

    @kept(8)
    def count(unit: Unit) -> int:
        asked.append(1)
        return Agency.objects.filter(unit=unit).count()

    place = places["An Bình"]
    agency("Trạm Y tế", place)
    assert [count(edition(), place) for _ in range(3)] == [1, 1, 1]
    assert len(asked) == 1
    with pytest.raises(RuntimeError), transaction.atomic():
        agency("Công an xã", place)
        assert edition() is None
        assert count(edition(), place) == 2
        raise RuntimeError
    assert count(edition(), place) == 1
    Edition.objects.all().delete()
    assert edition() is None and count(edition(), place) == 1
    agency("Công an xã", place)
    assert edition() is not None and count(edition(), place) == 2
