"""agency.abolished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from binhdang.plan import Plan
from binhdang.reference.abolished import abolished_bodies, district_level
from checking_builders import COMPLETE, codes, duty, found, plan, recipient, task


def dated(day: date | None, *leads: str) -> Plan:
    return plan(document=replace(COMPLETE, date=day, period=None), tasks=tuple(task(a, a) for a in leads))


@pytest.mark.parametrize(
    ("day", "lead", "warned"),
    [
        (date(2025, 2, 28), "Sở Lao động - Thương binh và Xã hội", False),
        (date(2025, 3, 1), "Sở Lao động - Thương binh và Xã hội", True),
        (date(2026, 1, 5), "Sở LĐTB&XH", True),
        (date(2026, 1, 5), "Sở Lao động, Thương binh và Xã hội tỉnh", True),
        (date(2026, 1, 5), "Sở Nội vụ", False),
        (date(2025, 6, 30), "Phòng Nội vụ", False),
        (date(2025, 7, 1), "Phòng Nội vụ", True),
        (date(2025, 6, 30), "Ủy ban nhân dân các huyện, thị xã, thành phố", False),
        (date(2025, 7, 1), "Ủy ban nhân dân các huyện, thị xã, thành phố", True),
        (date(2025, 7, 1), "Ủy ban nhân dân các xã, phường, đặc khu", False),
        (date(2025, 7, 1), "Ủy ban nhân dân thành phố", False),  # cities under the centre go on
        (date(2025, 7, 1), "Bộ Chỉ huy quân sự tỉnh", False),  # "quân" is not "quận"
        (None, "Sở Lao động - Thương binh và Xã hội", False),
    ],
)
def test_bodies_by_date(day: date | None, lead: str, warned: bool) -> None:
    expected = ["agency.abolished"] if warned else []
    assert codes(dated(day, lead), "agency") == expected


def test_one_finding_a_body_with_its_successor() -> None:
    paper = dated(date(2026, 1, 5), "Sở LĐTB&XH", "Sở Lao động - Thương binh và Xã hội")
    extra = duty("annual", 5, 12, "UBND huyện A", "Sở LĐTBXH")
    paper = replace(paper, reporting=(extra,), recipients=(recipient("Sở LĐ-TB&XH"), recipient("UBND các quận")))
    body, level = found(paper, "agency")
    assert "28/02/2025" in body.message
    assert "Sở Nội vụ" in body.mend
    assert "cấp huyện" in level.message


def test_every_body_has_its_source_and_successor() -> None:
    for body in (*abolished_bodies(), district_level()):
        assert body.source
        assert body.successor
        assert date(2025, 2, 28) <= body.until <= date(2025, 6, 30)
