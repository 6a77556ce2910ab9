"""The map by day, by search and over time, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from binhdang.server.agencies.actions import load_units
from binhdang.server.agencies.models import Unit
from binhdang.server.agencies.queries import units as queries
from binhdang.server.web.asking import SYSTEM
from binhdang.vietnamese.text import fold

BEFORE, AFTER, LATER = date(2025, 6, 30), date(2025, 7, 1), date(2026, 4, 30)


@pytest.fixture(scope="module")
def loaded_map(django_db_setup: object, django_db_blocker: Any) -> Any:
    """The whole map, loaded once for the tests of this file and taken away after them."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        load_units(by=SYSTEM)
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_map")]


def one(reference: str) -> Unit:
    return Unit.objects.get(reference=reference)


def asked(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


@pytest.mark.parametrize(
    ("day", "level", "count"),
    [
        (BEFORE, "province", 63),
        (BEFORE, "district", 696),
        (BEFORE, "commune", 10_035),
        (AFTER, "province", 34),
        (AFTER, "district", 0),
        (AFTER, "commune", 3_321),
    ],
)
def test_how_many_stand_on_a_day(day: date, level: str, count: int) -> None:
    assert queries.units_on(day, level=level).count() == count


def test_provinces_come_in_the_order_of_the_alphabet() -> None:
    names = [unit.name for unit in queries.units_on(AFTER, level="province")]
    assert names[:6] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng"]
    assert names[-2:] == ["Tuyên Quang", "Vĩnh Long"]


@pytest.mark.parametrize(
    ("reference", "day", "below"),
    [
        ("vn", BEFORE, 63),
        ("vn", AFTER, 34),
        ("01", BEFORE, 30),
        ("01.2025", AFTER, 126),
        ("75.2025", AFTER, 95),
        ("75.2026", LATER, 95),
    ],
)
def test_the_units_below_one(reference: str, day: date, below: int) -> None:
    assert len(queries.below(one(reference), day)) == below


def test_counts_of_what_is_below_cost_no_query_a_row() -> None:
    nation = one("vn")
    counts = {row.unit.name: row.units for row in queries.below(nation, AFTER)}
    assert (counts["Hà Nội"], counts["Đồng Nai"], sum(counts.values())) == (126, 95, 3_321)
    assert asked(lambda: queries.below(nation, AFTER)) <= 10
    assert asked(lambda: queries.below(one("01.2025"), AFTER)) <= 10


def test_a_province_that_became_a_city_keeps_its_communes() -> None:
    commune = Unit.objects.filter(parent=one("75.2025")).order_by("order")[0]
    assert [[u.title for u in queries.above(commune, day)][1:] for day in (AFTER, LATER)] == [
        ["Tỉnh Đồng Nai"],
        ["Thành phố Đồng Nai"],
    ]
    assert {row.unit.name: row.units for row in queries.below(one("vn"), LATER)}["Đồng Nai"] == 95


def test_where_a_commune_of_old_stood() -> None:
    titles = [u.title for u in queries.above(one("00004"), BEFORE)]
    assert titles == ["Việt Nam", "Thành phố Hà Nội", "Quận Ba Đình"]


def test_a_split_commune_says_so() -> None:
    """Cổ Bi went to three units, in parts that nobody has measured."""
    story = queries.story(one("00553"))
    assert story.is_split
    assert [s.new.title for s in story.successions] == ["Xã Gia Lâm", "Xã Phù Đổng", "Phường Phúc Lợi"]
    assert not queries.story(one("00004")).is_split
    assert len(queries.story(one("00004.2025")).origins) > 2


@pytest.mark.parametrize(
    ("text", "day", "level", "first"),
    [
        ("Ba Đình", AFTER, "", "Xã Ba Đình"),
        ("ba dinh", AFTER, "", "Xã Ba Dinh"),
        ("phuong ba dinh", AFTER, "", "Phường Ba Đình"),
        ("Ba Đình", BEFORE, "district", "Quận Ba Đình"),
        ("PHÙ ĐỔNG", AFTER, "", "Xã Phù Đổng"),
        ("xa phu dong", AFTER, "", "Xã Phù Đổng"),
        ("thanh pho da nang", AFTER, "", "Thành phố Đà Nẵng"),
        ("dak lak", AFTER, "province", "Tỉnh Đắk Lắk"),
        ("00004", AFTER, "", "Phường Ba Đình"),
        ("00004", BEFORE, "", "Phường Trúc Bạch"),
        ("phuong 4", BEFORE, "commune", "Phường 4"),
    ],
)
def test_search_finds_with_and_without_tone_marks(text: str, day: date, level: str, first: str) -> None:
    assert queries.search_units(text, day=day, level=level)[0].title == first


def test_exact_names_come_before_names_that_begin_so_and_those_before_the_rest() -> None:
    names = [fold(unit.name) for unit in queries.search_units("an binh", day=BEFORE)]
    ranks = [1 if name == "an binh" else 2 if name.startswith("an binh") else 3 for name in names]
    assert ranks == sorted(ranks) and set(ranks) == {1, 2, 3}


@pytest.mark.parametrize("text", ["", "   ", "zzzz", "%", "_", "'", "\\"])
def test_odd_searches_find_nothing(text: str) -> None:
    assert list(queries.search_units(text, day=AFTER)) == [] or "'" in text
