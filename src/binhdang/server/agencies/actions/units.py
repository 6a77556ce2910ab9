"""Loads the units of Vietnam from the reference data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Generic, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from binhdang.access import Permission
from binhdang.reference import units as reference
from binhdang.server.agencies.editions import renew
from binhdang.server.agencies.models import Unit, UnitSuccession
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import By, permit

NATION = "vn"
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:binhdang:units")  # never changed: all installations have the same ids by it
_BATCH = 2_000
_SOURCE = "reference"
_UNIT_FIELDS = ("code", "level", "kind", "name", "folded", "order", "parent", "start", "end", "remark")
_SUCCESSION_FIELDS = ("area", "people", "printed")

R = TypeVar("R", Unit, UnitSuccession)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loading did; `kept` are the rows that differ from the reference data because somebody edited them here."""

    units: int = 0
    units_changed: int = 0
    successions: int = 0
    successions_changed: int = 0
    kept: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not (self.units or self.units_changed or self.successions or self.successions_changed)


@cache
def unit_id(reference_id: str) -> UUID:
    """The id that a unit of the reference data has in every installation."""
    return uuid5(_NAMESPACE, reference_id)


def load_units(*, by: By) -> Loaded:
    """Writes the units and successions of the reference data that are missing or were corrected there.

    A row that somebody edited here stays as it is. A second loading writes nothing and leaves no event.
    """
    known = reference.units()
    with transaction.atomic():
        permit(by, Permission.EDIT_MAP)
        units = _compared(Unit, [_nation(), *map(_unit, sorted(known.units, key=_from_above))], _UNIT_FIELDS)
        links = _compared(UnitSuccession, list(map(_succession, known.successions)), _SUCCESSION_FIELDS)
        loaded = Loaded(
            len(units.missing), len(units.corrected), len(links.missing), len(links.corrected), units.kept + links.kept
        )
        if loaded.is_empty:
            return loaded
        with act("units.load", by=by, kind="unit", subject=unit_id(NATION)) as doing:
            for name, count in asdict(loaded).items():
                doing.changed(name, 0, count)
            units.write()
            links.write()
            renew()
    return loaded


@dataclass(slots=True)
class _Compared(Generic[R]):
    """The rows of the reference data beside those stored."""

    model: type[R]
    fields: Sequence[str]
    missing: list[R] = field(default_factory=list)
    corrected: list[R] = field(default_factory=list)
    kept: int = 0

    def write(self) -> None:
        """Stores what is missing and what was corrected; a corrected row keeps its version: nobody edited it here."""
        self.model._default_manager.bulk_create(self.missing, batch_size=_BATCH)
        self.model._default_manager.bulk_update(self.corrected, self.fields, batch_size=200)


def _compared(model: type[R], rows: list[R], fields: Sequence[str]) -> _Compared[R]:
    stored = {row[0]: row[1:] for row in model._default_manager.values_list("id", "version", *_columns(fields))}
    compared = _Compared(model, fields)
    for row in rows:
        found = stored.get(row.id)
        if found is None:
            compared.missing.append(row)
        elif found[1:] != tuple(getattr(row, column) for column in _columns(fields)):
            if found[0] == 1:
                compared.corrected.append(row)
            else:
                compared.kept += 1
    return compared


def _columns(fields: Sequence[str]) -> list[str]:
    return ["parent_id" if name == "parent" else name for name in fields]


def _from_above(unit: reference.Unit) -> int:
    return ("province", "district", "commune").index(unit.level)


def _nation() -> Unit:
    nation = Unit(id=unit_id(NATION), source=_SOURCE, reference=NATION, level=Unit.Level.NATION, name="Việt Nam")
    nation.key()
    return nation


def _unit(row: reference.Unit) -> Unit:
    unit = Unit(
        id=unit_id(row.id),
        source=_SOURCE,
        reference=row.id,
        code=row.code,
        level=row.level,
        kind=row.kind,
        name=row.name,
        parent_id=unit_id(row.parent or NATION),
        start=row.start,
        end=row.end,
        remark=row.remark,
    )
    unit.key()
    return unit


def _succession(row: reference.Succession) -> UnitSuccession:
    return UnitSuccession(
        id=uuid5(_NAMESPACE, f"{row.old} {row.new} {row.on}"),
        source=_SOURCE,
        old_id=unit_id(row.old),
        new_id=unit_id(row.new),
        on=row.on,
        area=row.area or "",
        people=row.people or "",
        printed=row.printed,
    )
