"""Administrative units of Vietnam over time: provinces, districts and communes, old map and new, and what became of each.

Source: the General Statistics Office's conversion table of the reorganisation of 1 July 2025 (63 provinces, 696 districts
and 10,035 communes became 34 provinces and 3,321 communes; districts ended), and the National Assembly's resolution that
made Đồng Nai a city under the central government from 30 April 2026. script/units.py makes the two files from the table
and mends its slips; each mended row has a remark or is told of in the script.

A statistical code is no identity: "00004" was Phường Trúc Bạch until 30 June 2025 and is Phường Ba Đình since. An id is
the code with the year of the unit's first day ("00004.2025"); units that stood before 1 July 2025 have the bare code.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

Level = Literal["province", "district", "commune"]
Extent = Literal["whole", "part", "none"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit from its first to its last day, both counted in; None where it is not recorded or has not come.

    `kind` is as printed in lower case ("xã", "phường", "đặc khu", "thành phố" …), `name` stands without it, `parent` is
    the id of the unit above. `remark` tells what is doubtful in the source.
    """

    id: str
    code: str
    level: Level
    kind: str
    name: str
    parent: str | None
    start: date | None
    end: date | None
    remark: str = ""

    @property
    def title(self) -> str:
        """Kind and name: "Xã Phù Đổng"."""
        return f"{self.kind[:1].upper()}{self.kind[1:]} {self.name}".strip()

    def stood_on(self, day: date) -> bool:
        """Whether the unit was there on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit's going over into another on a day: how much of its area and of its people, None where nobody says.

    A share of a split unit is never known from the source beyond whole, part and none. `printed` is the source's wording.
    """

    old: str
    new: str
    on: date
    area: Extent | None
    people: Extent | None
    printed: str


class Units:
    """The units and successions of the two files, found by id, by code and day, upwards, downwards and over time."""

    def __init__(self, units: tuple[Unit, ...], successions: tuple[Succession, ...]) -> None:
        self.units = units
        self.successions = successions
        self._by_id = {unit.id: unit for unit in units}
        self._by_code: dict[tuple[Level, str], list[Unit]] = defaultdict(list)
        self._below: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            self._by_code[unit.level, unit.code].append(unit)
            if unit.parent is not None:
                self._below[unit.parent].append(unit)
        self._after: dict[str, list[Succession]] = defaultdict(list)
        self._before: dict[str, list[Succession]] = defaultdict(list)
        for succession in successions:
            self._after[succession.old].append(succession)
            self._before[succession.new].append(succession)

    def get(self, id: str) -> Unit:
        """The unit of an id. Raises KeyError."""
        return self._by_id[id]

    def at(self, day: date, level: Level) -> Iterator[Unit]:
        """The units of a level that stood on a day, in the order of their codes."""
        return (unit for unit in self.units if unit.level == level and unit.stood_on(day))

    def of_code(self, level: Level, code: str, day: date) -> list[Unit]:
        """Who bore a code on a day: one unit, or two where the source prints one code for two."""
        return [unit for unit in self._by_code.get((level, code), ()) if unit.stood_on(day)]

    def above(self, id: str, day: date) -> Unit | None:
        """The unit right above a unit on a day: its parent, or what that had become without being split."""
        unit = self._by_id.get(self._by_id[id].parent or "")
        while unit is not None and not unit.stood_on(day):
            heirs = self._after.get(unit.id, ())
            unit = self._by_id[heirs[0].new] if len(heirs) == 1 else None
        return unit

    def below(self, id: str, day: date) -> list[Unit]:
        """The units right below a unit that stood on a day, those included that it had under an earlier name or kind."""
        ids = [id]
        for one in ids:
            ids += [s.old for s in self._before.get(one, ()) if self._is_renamed(s)]
        return [unit for one in ids for unit in self._below.get(one, ()) if unit.stood_on(day)]

    def _is_renamed(self, succession: Succession) -> bool:
        old, new = self._by_id[succession.old], self._by_id[succession.new]
        return old.code == new.code and len(self._before[new.id]) == 1 and not self.is_split(old.id)

    def successors(self, id: str) -> list[Succession]:
        """Into what a unit went over; more than one where it was split, none where it stands or ended without heir."""
        return list(self._after.get(id, ()))

    def predecessors(self, id: str) -> list[Succession]:
        """What a unit was made of."""
        return list(self._before.get(id, ()))

    def is_split(self, id: str) -> bool:
        """Whether a unit went over into several: its figures are never moved by guess."""
        return len(self._after.get(id, ())) > 1


@cache
def units() -> Units:
    """The units of Vietnam. Reading the two files takes some tenths of a second, once."""
    return Units(
        tuple(
            Unit(
                row["id"],
                row["code"],
                _level(row["level"]),
                row["kind"],
                row["name"],
                row["parent"] or None,
                _day(row["from"]),
                _day(row["to"]),
                row["remark"],
            )
            for row in _rows("units.csv")
        ),
        tuple(
            Succession(
                row["old"],
                row["new"],
                date.fromisoformat(row["on"]),
                _extent(row["area"]),
                _extent(row["people"]),
                row["printed"],
            )
            for row in _rows("successions.csv")
        ),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((files(__package__) / name).read_text("utf-8").splitlines())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _level(text: str) -> Level:
    for level in ("province", "district", "commune"):
        if text == level:
            return level
    raise ValueError(text)


def _extent(text: str) -> Extent | None:
    for extent in ("whole", "part", "none"):
        if text == extent:
            return extent
    return None
