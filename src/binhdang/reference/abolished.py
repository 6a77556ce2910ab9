"""Bodies and levels of government that ended, with the last day and the successor, each with its source."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class AbolishedBody:
    """A body, its last day, who has its gender-equality work now."""

    name: str
    until: date
    successor: str
    source: str


@dataclass(frozen=True, slots=True)
class AbolishedLevel:
    """A level of government: `words` are its unit words in agency names."""

    name: str
    words: tuple[str, ...]
    until: date
    successor: str
    source: str


@cache
def _rows() -> dict[str, Any]:
    text = files("binhdang.reference").joinpath("abolished_agencies.json").read_text(encoding="utf-8")
    rows: dict[str, Any] = json.loads(text)
    return rows


@cache
def abolished_bodies() -> tuple[AbolishedBody, ...]:
    """All bodies of abolished_agencies.json."""
    return tuple(
        AbolishedBody(row["name"], date.fromisoformat(row["until"]), row["successor"], row["source"])
        for row in _rows()["bodies"]
    )


@cache
def district_level() -> AbolishedLevel:
    """The district level (huyện, quận, thị xã, with thị trấn below it)."""
    row = _rows()["level"]
    return AbolishedLevel(
        row["name"], tuple(row["words"]), date.fromisoformat(row["until"]), row["successor"], row["source"]
    )
