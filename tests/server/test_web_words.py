"""Dates and numbers read as Vietnamese readers expect them, and in English where that is chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from binhdang.server.web.templatetags.browsers import browser
from binhdang.server.web.templatetags.words import day, moment, number, relative_day

TODAY = date(2026, 6, 7)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 6, 10), "10/06/2026"),
        (datetime(2026, 6, 9, 18, 0, tzinfo=UTC), "10/06/2026"),  # already the next day in Vietnam
        (None, ""),
        ("", ""),
    ],
)
def test_days(value: date | None, shown: str) -> None:
    assert day(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(datetime(2026, 6, 9, 18, 5, tzinfo=UTC), "01:05 10/06/2026"), (None, ""), ("", "")],
)
def test_moments(value: datetime | None, shown: str) -> None:
    assert moment(value) == shown


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (TODAY, "hôm nay", "today"),
        (date(2026, 6, 8), "còn 1 ngày", "1 day left"),
        (date(2026, 6, 10), "còn 3 ngày", "3 days left"),
        (date(2026, 6, 5), "trễ 2 ngày", "2 days late"),
        (date(2026, 6, 6), "trễ 1 ngày", "1 day late"),
        (date(2030, 6, 7), "còn 1.461 ngày", "1,461 days left"),
        (datetime(2026, 6, 6, 18, 0, tzinfo=UTC), "hôm nay", "today"),
        (None, "", ""),
    ],
)
def test_days_from_today(value: date | None, vietnamese: str, english: str) -> None:
    assert relative_day(value, TODAY) == vietnamese
    with translation.override("en"):
        assert relative_day(value, TODAY) == english


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1250, None, "1.250"),
        (-1250, None, "-1.250"),
        (1250.5, None, "1.250,5"),
        (Decimal("1250.50"), None, "1.250,5"),
        (Decimal("1250.000"), None, "1.250"),
        (Decimal("1E+6"), None, "1.000.000"),
        (Decimal("12345678901234567890.5"), None, "12.345.678.901.234.567.890,5"),
        (0.1, None, "0,1"),
        (1250, 2, "1.250,00"),
        (2.345, 2, "2,35"),
        (Decimal("-0.04"), 1, "0,0"),
        (99.96, 1, "100,0"),
        (None, None, ""),
        ("", None, ""),
        (float("nan"), None, ""),
        (float("inf"), None, ""),
    ],
)
def test_numbers(value: float | Decimal | None, places: int | None, shown: str) -> None:
    assert number(value, places) == shown


def test_numbers_in_english() -> None:
    with translation.override("en"):
        assert number(Decimal("1250.5")) == "1,250.5"


def test_years_and_codes_in_templates_are_left_alone() -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            assert engines["django"].from_string("{{ year }} {{ figure|number }}").render(
                {"year": 2026, "figure": 2026}
            ) in ("2026 2.026", "2026 2,026")


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", "Chrome trên Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge trên Windows"),
        ("Mozilla/5.0 (Windows NT 6.1) coc_coc_browser/110.0 Chrome/104.0 Safari/537.36", "Cốc Cốc trên Windows"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36", "Chrome trên Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari trên iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko Firefox/120.0", "Firefox trên Linux"),
        ("curl/8.5", "trình duyệt không rõ tên"),
        ("", "trình duyệt không rõ tên"),
    ],
)
def test_browsers(says: str, shown: str) -> None:
    assert browser(says) == shown
