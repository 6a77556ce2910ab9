"""Agencies of the paper's own place: "Hội Nông dân tỉnh An Lĩnh" in a paper of An Lĩnh is "Hội Nông dân tỉnh".

Reads: the issuer. Writes: the agencies of finished tasks and duties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from binhdang.plan import Duty, Task
from binhdang.vietnamese.text import UPPER

_SEAT = re.compile(
    rf"(?<![^\W\d_])(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) (?:[{UPPER}\d][\w']*(?: |$)){{1,5}}$"
)


class Seat(NamedTuple):
    """The unit that a paper is of: its level and its whole name ("tỉnh", "tỉnh An Lĩnh")."""

    level: str
    name: str


def seat_of(issuer: str | None) -> Seat | None:
    """The unit in the name of a paper's issuer."""
    m = _SEAT.search(issuer or "")
    return Seat(m[1], m.group()) if m else None


def tasks_of(tasks: Iterable[Task], seat: Seat | None) -> list[Task]:
    """The tasks, their agencies without the name of the paper's own unit."""
    return [
        replace(t, leads=_short(t.leads, seat), partners=_short(t.partners, seat))
        if _names(seat, t.leads, t.partners)
        else t
        for t in tasks
    ]


def duties_of(duties: Iterable[Duty], seat: Seat | None) -> list[Duty]:
    """The duties, their agencies without the name of the paper's own unit."""
    return [
        replace(d, reporters=_short(d.reporters, seat), recipients=_short(d.recipients, seat), via=_short(d.via, seat))
        if _names(seat, d.reporters, d.recipients, d.via)
        else d
        for d in duties
    ]


_BY_LEVEL = ("Tỉnh đoàn", "Tỉnh ủy", "Thành đoàn", "Thành ủy", "Huyện đoàn", "Huyện ủy", "Thị đoàn", "Thị ủy")


def _names(seat: Seat | None, *agencies: tuple[str, ...]) -> bool:
    if seat is None:
        return False
    place = seat.name.removeprefix(f"{seat.level} ")
    return any(name.endswith(f" {place}") for names in agencies for name in names)


def _short(names: tuple[str, ...], seat: Seat | None) -> tuple[str, ...]:
    """Departments (Sở) stand at one level only and lose the level's word too."""
    if seat is None:
        return names
    kept = []
    bare = seat.name.removeprefix(f"{seat.level} ")
    for name in names:
        if name.startswith(_BY_LEVEL):
            kept.append(name.removesuffix(f" {bare}").removesuffix(f" {seat.level}"))
            continue
        stem = name.removesuffix(f" {seat.name}")
        kept.append(name if stem == name else stem if stem.startswith("Sở ") else f"{stem} {seat.level}")
    return tuple(dict.fromkeys(kept))
