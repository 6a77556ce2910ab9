"""Kinds of agencies that gender-equality plans name, at each level, with their other spellings and what became of them.

Source: names as printed in issued plans, 2004-2026; Decree 25/2025/NĐ-CP and Decree 150/2025/NĐ-CP for the
reorganisation of 1 March and 1 July 2025. script/agency_kinds.py makes the file. A successor is the one that has the
gender-equality work now; other work may have gone elsewhere, as the remark says. A successor that no paper was seen for
is unverified. Bodies marked as recalled are written from memory: neither a paper nor a decree at hand shows their name and
last day, and pages say so. A paper keeps the name that it prints.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from binhdang.vietnamese.text import fold, plain

Level = Literal["central", "province", "district", "commune", "village"]
Group = Literal["state", "party", "front", "mass", "coordination"]


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of agency; `until` is its last day, `successor` the code of the kind that has its work since `on`.

    `verified` is None where there is no successor, False where none was found in a paper; `recalled` says that the body itself
    stands here from memory.
    """

    code: str
    level: Level
    group: Group
    name: str
    until: date | None = None
    successor: str = ""
    on: date | None = None
    verified: bool | None = None
    aliases: tuple[str, ...] = ()
    remark: str = ""
    recalled: bool = False

    @property
    def is_requested(self) -> bool:
        """Whether it is asked ("đề nghị") rather than assigned: bodies outside the State's own line, shown apart."""
        return self.group in ("party", "front", "mass")

    def stood_on(self, day: date) -> bool:
        """Whether agencies of this kind were there on a day."""
        return self.until is None or day <= self.until


class AgencyKinds:
    """All kinds in the order of the file, found by code and by printed name."""

    def __init__(self, kinds: tuple[AgencyKind, ...]) -> None:
        self.kinds = kinds
        self._by_code = {kind.code: kind for kind in kinds}
        self._by_name: dict[str, list[AgencyKind]] = defaultdict(list)
        for kind in kinds:
            for name in dict.fromkeys(_matched(name) for name in (kind.name, *kind.aliases)):
                self._by_name[name].append(kind)

    def __iter__(self) -> Iterator[AgencyKind]:
        return iter(self.kinds)

    def __len__(self) -> int:
        return len(self.kinds)

    def get(self, code: str) -> AgencyKind | None:
        """The kind of a code."""
        return self._by_code.get(code)

    def named(self, name: str) -> list[AgencyKind]:
        """The kinds that a printed name can mean, at whatever level."""
        return list(self._by_name.get(_matched(name), ()))

    def on(self, code: str, day: date) -> AgencyKind:
        """What has a kind's work on a day: the kind itself or the last of its successors by then. Raises KeyError."""
        kind = self._by_code[code]
        while kind.successor and kind.on is not None and kind.on <= day:
            kind = self._by_code[kind.successor]
        return kind


def _matched(name: str) -> str:
    return " ".join(fold(plain(name)).replace("-", " ").replace(",", " ").split())


@cache
def agency_kinds() -> AgencyKinds:
    """The kinds of agencies of the file."""
    text = (files(__package__) / "agency_kinds.csv").read_text("utf-8")
    return AgencyKinds(tuple(_kind(row) for row in csv.DictReader(text.splitlines())))


def _kind(row: dict[str, str]) -> AgencyKind:
    if row["level"] not in get_args(Level) or row["group"] not in get_args(Group):
        raise ValueError(row["code"])
    return AgencyKind(
        row["code"],
        cast(Level, row["level"]),
        cast(Group, row["group"]),
        row["name"],
        _day(row["until"]),
        row["successor"],
        _day(row["on"]),
        {"yes": True, "no": False}.get(row["verified"]),
        tuple(row["aliases"].split("|")) if row["aliases"] else (),
        row["remark"],
        row["recalled"] == "yes",
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
