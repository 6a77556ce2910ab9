"""Printed dates in text."""

from datetime import date
from time import process_time

import pytest

from binhdang.vietnamese.dates import date_at, find_dates


def on(year: int, month: int, day: int) -> date:
    return date(year, month, day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 30/01/2024", on(2024, 1, 30)),
        ("ký 26.11.2003 tại", on(2003, 11, 26)),  # full stops
        ("08.7.2005", on(2005, 7, 8)),  # one zero of two
        ("28-06-2025", on(2025, 6, 28)),  # dashes
        ("10/1/2022", on(2022, 1, 10)),
        ("ngày 21 tháng 11 năm 2025", on(2025, 11, 21)),
        ("Ngày 21 tháng 11 năm 2025", on(2025, 11, 21)),  # capital
        ("ngày 21\ntháng 11 năm 2025", on(2025, 11, 21)),  # line break inside
        ("ngày 21 tháng 11, năm 2025", on(2025, 11, 21)),  # comma before the year
        ("ngày 21 tháng 11/2025", on(2025, 11, 21)),  # half in words
        ("ngày 27 năm 12 năm 2019", on(2019, 12, 27)),  # "năm" for "tháng"
        ("ngày\xa05\xa0tháng\xa03\xa0năm\xa02018", on(2018, 3, 5)),  # no-break spaces
        ("ngày 5 tháng 3 năm 20 18", on(2018, 3, 5)),  # space inside the year
        ("ngày5 tháng3 năm2018", on(2018, 3, 5)),  # fused
        ("ngày 09/02/201 8", on(2018, 2, 9)),  # space inside the year, digits
        ("ngày 9 / 2 / 2018", on(2018, 2, 9)),
        ("5 tháng 3 năm 2018", on(2018, 3, 5)),  # no "ngày"
    ],
)
def test_a_printed_date_is_read(text: str, expected: date) -> None:
    assert [d.as_date for d in find_dates(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "day", "month", "named"),
    [
        ("trước 25/11 hằng năm", 25, 11, False),
        ("trước ngày 10 tháng 6", 10, 6, True),
        ("ngày 8/3", 8, 3, True),
        ("tỷ lệ 1/2 số người", 1, 2, False),  # may be a fraction: `named` tells
    ],
)
def test_a_date_without_a_year(text: str, day: int, month: int, named: bool) -> None:
    (found,) = find_dates(text)
    assert (found.day, found.month, found.year, found.as_date, found.named) == (day, month, None, None, named)
    assert found.on(2024) == date(2024, month, day)


@pytest.mark.parametrize(
    "text",
    [
        "số 30/2008/NQ-CP",  # a symbol
        "12/10/2013/TT-BTC",  # a symbol with a date's shape in front
        "5 năm 2 lần",  # a term
        "giai đoạn 5 năm 2011 - 2015",
        "tháng 6/2024",  # a month is no date
        "đạt 18/20 chỉ tiêu",  # a fraction that no month fits
        "trực 24/24 giờ",
        "1.2.3. Mục tiêu",  # an item number
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_an_impossible_date_keeps_its_place() -> None:
    text = "Báo cáo ngày 31/02/2019 của Sở"
    (found,) = find_dates(text)
    assert text[found.start : found.end] == "ngày 31/02/2019"
    assert found.as_date is None
    assert found.year == 2019


def test_several_dates_with_places() -> None:
    text = "từ 15/11/2024-15/12/2024; ngày 8/3, 20/10"
    assert [text[d.start : d.end] for d in find_dates(text)] == ["15/11/2024", "15/12/2024", "ngày 8/3", "20/10"]


def test_date_at_looks_at_one_place_only() -> None:
    text = "x ngày 1/2/2020"
    assert date_at(text, 0) is None
    found = date_at(text, 2)
    assert found is not None
    assert found.as_date == date(2020, 2, 1)


@pytest.mark.usefixtures("even_time")
@pytest.mark.parametrize("unit", ["1/", "ngày ", "1.1.", "1 ", "ngày 1 năm ", "1-", "1 tháng "])
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = process_time()
        find_dates(text)
        return process_time() - start

    seconds(5_000)  # warm
    small, large = min(seconds(30_000) for _ in range(3)), min(seconds(240_000) for _ in range(2))
    assert large < small * 8 * 4  # eight times the text; quadratic time would be 64 times
