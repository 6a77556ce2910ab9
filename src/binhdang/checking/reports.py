"""Reporting dates: those below must report before the agency itself has to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from binhdang.checking.case import Case
from binhdang.checking.names import is_committee, key, same
from binhdang.checking.rule import Objection, Rule
from binhdang.paper import Severity
from binhdang.plan import Duty

# Kinds whose date is one day of a year; months and quarters come round and are not compared.
DATED = frozenset(("annual", "six_month", "plan", "final", "mid_term", "budget_proposal"))
KIND_NAMES = {
    "annual": "báo cáo năm",
    "six_month": "báo cáo 6 tháng",
    "plan": "gửi kế hoạch",
    "final": "báo cáo tổng kết",
    "mid_term": "báo cáo giữa kỳ",
    "budget_proposal": "gửi dự toán kinh phí",
}
LEAP_YEAR = 2000  # stands for "every year"


def last_day(duty: Duty) -> date | None:
    """The last day that keeps the duty, in its own year or in the year that stands for all; None without a date."""
    if duty.kind not in DATED or not duty.month or not duty.day:
        return None
    year = duty.year or LEAP_YEAR
    if duty.kind in ("annual", "final") and duty.year is None and duty.month <= 2:
        year += 1  # a yearly report due in January is that of the year before
    try:
        day = date(year, duty.month, duty.day)
    except ValueError:
        return None
    return day - timedelta(days=1) if duty.before else day


def not_earlier(lower: Duty, upper: Duty) -> bool:
    """Whether two duties of one kind and year clash: those below may report on or after the day of their superior."""
    if lower.kind != upper.kind or bool(lower.year) != bool(upper.year) or (lower.year != upper.year):
        return False
    below, above = last_day(lower), last_day(upper)
    return below is not None and above is not None and below >= above


def agency_in(names: Iterable[str], agency: str) -> bool:
    """Whether the agency is among the names; a committee also without its place."""
    return any(same(n, agency) or (is_committee(n) and key(agency).startswith(key(n) + " ")) for n in names)


def spell(duty: Duty) -> str:
    """The date as an officer writes it: "trước ngày 25/11"."""
    year = f"/{duty.year}" if duty.year else ""
    return f"{'trước ngày ' if duty.before else 'ngày '}{duty.day}/{duty.month}{year}"


_MOST = 300  # duties of a plan that are compared; issued plans have at most some dozens


def _later_than_own(case: Case) -> Iterator[Objection]:
    duties = case.plan.reporting[:_MOST]
    for upper in duties:
        for lower in duties:
            if lower is upper or not not_earlier(lower, upper):
                continue
            receivers = (*lower.recipients, *lower.via)
            own = [r for r in upper.reporters if agency_in(receivers, r) and not agency_in(lower.reporters, r)]
            if own:
                kind = KIND_NAMES[lower.kind]
                yield Objection(
                    f"{kind.capitalize()}: đơn vị dưới gửi {own[0]} {spell(lower)}, "
                    f"nhưng {own[0]} phải gửi lên trên {spell(upper)}: không còn thời gian tổng hợp.",
                    lower.span,
                    "Đặt hạn của đơn vị dưới sớm hơn hạn của cơ quan tổng hợp ít nhất một ngày làm việc.",
                )
                break


RULES = (
    Rule(
        "reporting.later-than-own",
        Severity.WARNING,
        "Hạn báo cáo của cấp dưới muộn hơn hạn của mình",
        "Hạn đơn vị dưới gửi báo cáo không sớm hơn hạn cơ quan tổng hợp phải gửi lên trên.",
        "Those below report no earlier than the agency itself must report upward.",
        _later_than_own,
    ),
)
