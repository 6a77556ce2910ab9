"""Vietnamese numbers and money."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhdang.vietnamese.numbers import find_money, money, number, roman, to_roman, words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.040", "1040"),
        ("1,5", "1.5"),
        ("10.050,5", "10050.5"),
        ("1 250 000", "1250000"),
        ("1\u00a0250", "1250"),
        ("2.040.000", "2040000"),
        ("05", "5"),
        ("0", "0"),
        ("1.5", "1.5"),
        ("1.25", "1.25"),
        ("0.500", "0.5"),
        ("1,250,000", "1250000"),
        ("1,250.5", "1250.5"),
        ("1,250", "1.25"),
        (" 90 ", "90"),
        ("năm", "5"),
        ("Mười hai", "12"),
        ("hai mươi lăm", "25"),
        ("một trăm linh hai", "102"),
        ("ba nghìn không trăm mười lăm", "3015"),
        ("hai nghìn tỷ", "2000000000000"),
        ("hai tỷ năm trăm triệu", "2500000000"),
    ],
)
def test_number(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "12a", "1.25.5", "1.2345.678", "12.34.567", "triệu", "mươi", "năm hai", "a", "²"]
)
def test_not_a_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(("text", "value"), [("không", 0), ("hai mốt", None), ("tháng năm", None), ("bảy mươi tư", 74)])
def test_words(text: str, value: int | None) -> None:
    assert words(text) == value


@pytest.mark.parametrize(
    ("text", "millions"),
    [
        ("2,5 tỷ", "2500"),
        ("500 triệu đồng", "500"),
        ("1.000đ", "0.001"),
        ("50.000 đồng", "0.05"),
        ("1 250 000 đồng", "1.25"),
        ("1 tỷ 200 triệu đồng", "1200"),
        ("2 nghìn tỷ đồng", "2000000"),
        ("15 tr.đ", "15"),
        ("20 trđ", "20"),
        ("300 triệu/năm", "300"),
        ("ba trăm triệu đồng", "300"),
        ("Bằng chữ: Hai tỷ năm trăm triệu đồng", "2500"),
        ("năm 2012 là 500 triệu đồng", "500"),
    ],
)
def test_money(text: str, millions: str) -> None:
    assert money(text) == Decimal(millions)


@pytest.mark.parametrize("text", ["500", "100 đại biểu", "5 đồng chí", "3 trường", "15%", "bình đẳng giới"])
def test_no_money(text: str) -> None:
    assert money(text) is None


def test_find_money_gives_places() -> None:
    text = "hỗ trợ 430 triệu đồng, tỉnh 70 triệu đồng."
    assert [(text[m.start : m.end], m.amount) for m in find_money(text)] == [
        ("430 triệu đồng", Decimal(430)),
        ("70 triệu đồng", Decimal(70)),
    ]


@given(st.integers(1, 399))
def test_roman_back_and_forth(value: int) -> None:
    assert roman(to_roman(value)) == roman(to_roman(value).lower()) == value


@pytest.mark.parametrize("text", ["", "IIII", "VX", "A", "ABC", "CCCC"])
def test_not_roman(text: str) -> None:
    assert roman(text) is None


@given(st.integers(0, 10**12))
def test_grouped_numbers_are_read_back(value: int) -> None:
    assert number(f"{value:,}".replace(",", ".")) == value
