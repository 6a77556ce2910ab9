"""Which days have a morning's letter."""

from __future__ import annotations

from datetime import date

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether officers work on a day: Monday to Friday."""
    return day.weekday() < _SATURDAY
