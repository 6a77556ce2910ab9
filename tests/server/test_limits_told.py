"""The page of limits says what the code holds to: docs/gioi-han.md."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

PAGE = (Path(__file__).parents[2] / "docs" / "gioi-han.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([^|`]+) \| ([\d.]+) ([^|`]+) \| `([\w.]+)` \|$", PAGE, re.M)
UNITS = {"MB": 2**20, "giờ": 3600, "ngày": 86_400}


def held(place: str) -> Any:
    """What the code holds to, in bytes, seconds or pieces."""
    if place.startswith("settings."):
        value = getattr(settings, place.removeprefix("settings."))
        if isinstance(value, list):
            value = next(entry["OPTIONS"]["min_length"] for entry in value if "OPTIONS" in entry)
        return value
    parts = place.split(".")
    end = next(n for n, part in enumerate(parts) if part != part.lower())  # modules have no capitals
    value = reduce(_inner, parts[end:], import_module("binhdang.server." + ".".join(parts[:end])))
    if isinstance(value, dict):
        value = value["full_name"]
    return value.total_seconds() if isinstance(value, timedelta) else value


def _inner(outer: Any, name: str) -> Any:
    """A name of a module, or the default of a dataclass's field."""
    fields = getattr(outer, "__dataclass_fields__", None)
    return fields[name].default if fields else getattr(outer, name)


@pytest.mark.parametrize(("what", "number", "unit", "place"), ROWS, ids=[row[3] for row in ROWS])
def test_a_limit_is_as_it_is_told(what: str, number: str, unit: str, place: str) -> None:
    told = int(number.replace(".", "")) * UNITS.get(unit, 1)
    if place == "rsgi.THREADS":  # whoever imports it makes the server's own folder
        source = (Path(__file__).parents[2] / "src" / "binhdang" / "server" / "rsgi.py").read_text("utf-8")
        assert f"THREADS = {told}\n" in source
        return
    assert held(place) == told, what


def test_the_table_is_read_whole() -> None:
    assert len(ROWS) == len(re.findall(r"^\| .* \| `[\w.]+` \|$", PAGE, re.M)) > 20
