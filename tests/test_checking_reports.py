"""reporting.later-than-own."""

from __future__ import annotations

import pytest

from binhdang.plan import Duty
from checking_builders import codes, duty, found, plan

COMMUNES, DEPARTMENT, PROVINCE = "Ủy ban nhân dân các xã, phường", "Sở Nội vụ", "Ủy ban nhân dân tỉnh"


def test_the_department_needs_time_to_add_up() -> None:
    duties = (duty("annual", 10, 12, COMMUNES, DEPARTMENT), duty("annual", 5, 12, DEPARTMENT, PROVINCE))
    (finding,) = found(plan(reporting=duties), "reporting")
    assert (finding.code, finding.severity) == ("reporting.later-than-own", "warning")
    assert "gửi Sở Nội vụ trước ngày 10/12" in finding.message
    assert "gửi lên trên trước ngày 5/12" in finding.message


@pytest.mark.parametrize(
    ("lower", "upper", "clash"),
    [
        (duty("annual", 1, 12, COMMUNES, DEPARTMENT), duty("annual", 5, 12, DEPARTMENT, PROVINCE), False),
        (duty("annual", 5, 12, COMMUNES, DEPARTMENT), duty("annual", 5, 12, DEPARTMENT, PROVINCE), True),
        (duty("annual", 5, 12, COMMUNES, DEPARTMENT), duty("annual", 5, 12, DEPARTMENT, PROVINCE, before=False), False),
        # of different kinds, of different years, without a date, without a month
        (duty("annual", 10, 12, COMMUNES, DEPARTMENT), duty("six_month", 5, 6, DEPARTMENT, PROVINCE), False),
        (
            duty("annual", 10, 12, COMMUNES, DEPARTMENT, year=2026),
            duty("annual", 5, 12, DEPARTMENT, PROVINCE, year=2027),
            False,
        ),
        (duty("month", 25, 1, COMMUNES, DEPARTMENT), duty("month", 20, 1, DEPARTMENT, PROVINCE), False),
        # the yearly report of December goes up in January
        (duty("annual", 15, 12, COMMUNES, DEPARTMENT), duty("annual", 10, 1, DEPARTMENT, PROVINCE), False),
        # to somebody else
        (duty("annual", 10, 12, COMMUNES, "Sở Y tế"), duty("annual", 5, 12, DEPARTMENT, PROVINCE), False),
        # through the department
        (
            duty("annual", 10, 12, COMMUNES, PROVINCE, via=(DEPARTMENT,)),
            duty("annual", 5, 12, DEPARTMENT, PROVINCE),
            True,
        ),
        # both at once: not one below the other
        (
            duty("annual", 10, 12, f"{COMMUNES};{DEPARTMENT}", DEPARTMENT),
            duty("annual", 5, 12, DEPARTMENT, PROVINCE),
            False,
        ),
        # a date that no calendar has
        (duty("annual", 31, 6, COMMUNES, DEPARTMENT), duty("annual", 5, 6, DEPARTMENT, PROVINCE), False),
    ],
)
def test_dates_compared(lower: Duty, upper: Duty, clash: bool) -> None:
    expected = ["reporting.later-than-own"] if clash else []
    assert codes(plan(reporting=(lower, upper)), "reporting") == expected
