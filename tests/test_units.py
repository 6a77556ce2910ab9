"""Units over time: the maps before and after 1 July 2025, and what became of each unit."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from binhdang.reference.units import Level, units

BEFORE, AFTER, LATER = date(2025, 6, 30), date(2025, 7, 1), date(2026, 4, 30)
COUNTS: list[tuple[date, Level, int]] = [
    (BEFORE, "province", 63),
    (BEFORE, "district", 696),
    (BEFORE, "commune", 10_035),
    (AFTER, "province", 34),
    (AFTER, "district", 0),
    (AFTER, "commune", 3_321),
    (LATER, "province", 34),
]


@pytest.mark.parametrize(("day", "level", "count"), COUNTS)
def test_how_many_stood(day: date, level: Level, count: int) -> None:
    """The counts of the resolutions of 2025."""
    assert sum(1 for _ in units().at(day, level)) == count


def test_kinds_of_today() -> None:
    kinds = Counter(unit.kind for unit in units().at(AFTER, "commune"))
    assert kinds == {"xã": 2_621, "phường": 687, "đặc khu": 13}


def test_a_code_is_no_identity() -> None:
    """The same code, two units: which one depends on the day."""
    (old,) = units().of_code("commune", "00004", BEFORE)
    (new,) = units().of_code("commune", "00004", AFTER)
    assert (old.title, new.title) == ("Phường Trúc Bạch", "Phường Ba Đình")
    assert old.id != new.id


def test_a_province_becomes_a_city() -> None:
    (before,) = units().of_code("province", "75", date(2026, 4, 29))
    (since,) = units().of_code("province", "75", date(2026, 4, 30))
    assert (before.title, since.title) == ("Tỉnh Đồng Nai", "Thành phố Đồng Nai")
    assert [s.new for s in units().successors(before.id)] == [since.id]


def test_what_became_of_provinces() -> None:
    """Two provinces of old are one of today; Hà Nội stayed."""
    merged = {units().get(s.old).title for s in units().predecessors("24.2025")}
    assert merged == {"Tỉnh Bắc Giang", "Tỉnh Bắc Ninh"}
    assert [units().get(s.old).title for s in units().predecessors("01.2025")] == ["Thành phố Hà Nội"]


def test_a_split_commune_keeps_its_shares_open() -> None:
    """Cổ Bi went to three units, in parts that the source does not measure."""
    heirs = units().successors("00553")
    assert {units().get(s.new).title for s in heirs} == {"Phường Phúc Lợi", "Xã Phù Đổng", "Xã Gia Lâm"}
    assert {(s.area, s.people) for s in heirs} == {("part", "part")}
    assert units().is_split("00553")


def test_where_all_the_people_went_is_known() -> None:
    """Đặng Xá: a part of its area to one, the rest with all its people to another."""
    people = {units().get(s.new).title: s.people for s in units().successors("00556")}
    assert people == {"Xã Phù Đổng": "none", "Xã Thuận An": "whole"}


def test_how_many_were_split() -> None:
    assert sum(units().is_split(u.id) for u in units().at(BEFORE, "commune")) == 440


def test_every_commune_and_province_of_old_has_an_heir() -> None:
    for level in ("commune", "province"):
        assert all(units().successors(u.id) for u in units().at(BEFORE, level))


def test_a_unit_that_was_not_split_went_over_whole() -> None:
    for unit in units().at(BEFORE, "commune"):
        heirs = units().successors(unit.id)
        assert len(heirs) > 1 or (heirs[0].area, heirs[0].people) == ("whole", "whole"), unit


def test_island_districts_are_special_zones() -> None:
    heirs = {units().get(u.id).name: units().successors(u.id) for u in units().at(BEFORE, "district")}
    islands = {name: units().get(links[0].new).title for name, links in heirs.items() if links}
    assert islands == {name: f"Đặc khu {name}" for name in ("Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo")}


def test_every_link_and_parent_is_a_unit() -> None:
    known = {unit.id for unit in units().units}
    assert len(known) == len(units().units)
    assert all(u.parent in known for u in units().units if u.parent is not None)
    assert all(u.parent is not None for u in units().units if u.level != "province")
    assert all(s.old in known and s.new in known for s in units().successions)


def test_a_unit_stands_under_one_that_stood_with_it() -> None:
    for unit in units().units:
        if unit.parent is not None and unit.start is not None:
            assert units().get(unit.parent).stood_on(unit.start), unit


def test_names_are_clean() -> None:
    kinds = {"province": {"tỉnh", "thành phố"}, "district": {"huyện", "quận", "thị xã", "thành phố"}}
    for unit in units().units:
        assert unit.kind in kinds.get(unit.level, {"xã", "phường", "thị trấn", "đặc khu"}), unit
        assert unit.name and unit.name == unit.name.strip() and "  " not in unit.name


def test_two_communes_under_one_code_are_told() -> None:
    doubtful = [u for u in units().units if u.remark]
    assert {u.code for u in doubtful} == {"01615", "02485"}
    assert {u.name for u in units().of_code("commune", "01615", BEFORE)} == {"Hồng Quang", "Mỹ Hưng"}


def test_the_units_below() -> None:
    """Hà Nội had thirty districts and has 126 communes."""
    assert len(units().below("01", BEFORE)) == 30
    assert len(units().below("01.2025", AFTER)) == 126


def test_a_new_kind_of_province_keeps_its_communes() -> None:
    """Đồng Nai's communes stand under the province until April 2026 and under the city since."""
    (commune, *others) = units().below("75.2025", AFTER)
    above = [units().above(commune.id, day) for day in (AFTER, LATER)]
    assert [u.title for u in above if u] == ["Tỉnh Đồng Nai", "Thành phố Đồng Nai"]
    assert len(units().below("75.2026", LATER)) == len(others) + 1


def test_a_merged_province_has_no_units_of_those_before() -> None:
    """Communes of the old province ended with it: the new one has only its own."""
    assert {u.start for u in units().below("24.2025", AFTER)} == {AFTER}
