"""Every agency that the sample plans put to work several times is of a known kind: what plans name, the reference knows."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("django")

from binhdang.server.agencies.kinds import kinds_by_body
from binhdang.server.agencies.printed import readings, several

PLANS = Path(__file__).parent / "plans"
# Divisions within a body, schools and villages are no agencies of the map.
_WITHIN = (
    "phòng ",
    "vụ ",
    "văn phòng sở",
    "văn phòng bộ",
    "ban nữ công",
    "thanh tra sở",
    "trường ",
    "trưởng ",
    "hội phụ nữ công an",
    "ban phụ nữ quân sự",
    "ban chính sách",
    "ban tổ chức",
    "ban tuyên giáo",
    "ban gia đình",
    "trung tâm hỗ trợ phụ nữ",
    "công đoàn ngành",
    "báo ",
)
_ISSUERS = ("thủ tướng chính phủ", "chính phủ")


def test_bodies_that_plans_name_are_known() -> None:
    named: Counter[str] = Counter()
    for path in sorted(PLANS.glob("*.gold.json")):
        for task in json.loads(path.read_text("utf-8"))["tasks"]:
            named.update(
                name["name"] if isinstance(name, dict) else name for name in (*task["leads"], *task["partners"])
            )
    often = {
        name for name, count in named.items() if count >= 4 and several(name) is None and "các" not in name.split()
    }
    known = kinds_by_body()
    unknown = {
        name
        for name in often
        if not any(reading.body in known for reading in readings(name))
        and not name.lower().startswith((*_WITHIN, *_ISSUERS))
    }
    assert len(often) > 40
    assert unknown == set()
