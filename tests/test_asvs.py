"""The table of ASVS 5.0 is whole, counts right, and names places that are there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
# Section by section, the requirements of levels 1 and 2 in ASVS 5.0.0: from the first to which they stand without a gap.
MOST = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4, "3.4": 6,
    "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12,
    "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2,
    "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1,
    "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
STATES = ("đạt", "chưa", "không áp dụng")


class Line(NamedTuple):
    """A requirement, whether it is met, and where that shows or why not."""

    number: str
    level: str
    asked: str
    state: str
    where: str


PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
LINES = [Line(*cells) for cells in re.findall(r"^\| ([\d.]+) \| (\d) \| (.+?) \| (.+?) \| (.+) \|$", PAGE, re.M)]


def test_every_requirement_of_both_levels_stands_there_once() -> None:
    expected = [f"{section}.{n}" for section, most in MOST.items() for n in range(1, most + 1)]
    assert len(expected) == 253
    assert [line.number for line in LINES] == expected
    assert {line.level for line in LINES} == {"1", "2"}


def test_each_is_met_or_not_or_does_not_apply_and_the_sum_is_told() -> None:
    count = Counter(line.state for line in LINES)
    assert set(count) == set(STATES)
    assert f"**Đạt {count['đạt']}, chưa {count['chưa']}, không áp dụng {count['không áp dụng']}.**" in PAGE
    assert [line.number for line in LINES if len(line.where) < 8] == []


def found(place: str) -> Path | None:
    path = next((p for p in (ROOT / place, ROOT / "src" / "binhdang" / place) if p.exists()), None)
    return path


def test_every_place_is_there() -> None:
    missing = []
    places = [place for line in LINES for place in re.findall(r"`([^` ]*/[^` ]*|\w+\.\w+)`", line.where)]
    for place in places:
        file, _, name = place.partition("::")
        path = found(file)
        if path is None or (
            name and not re.search(rf"\b(?:def|class) {name}\b|^\s*{name}\b.*=", path.read_text("utf-8"), re.M)
        ):
            missing.append(place)
    assert len(places) > 120
    assert missing == []


def test_a_test_that_is_named_is_one() -> None:
    named = [place for line in LINES for place in re.findall(r"`tests/[^`]+::(\w+)`", line.where)]
    assert [name for name in named if not name.startswith("test_") and name != "TABLE"] == []
