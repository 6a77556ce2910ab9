"""The order of the Vietnamese alphabet, compared as plain text."""

from __future__ import annotations

import random

import pytest

from binhdang.vietnamese.collation import sort_key

# Each list is in order as it stands.
IN_ORDER = [
    ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "ô", "ơ"],
    ["o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z"],
    ["ba", "bà", "bả", "bã", "bá", "bạ", "bă", "bằ", "bắ", "bặ", "bâ", "bầ"],
    ["Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương", "Bình Định"],
    ["Dân", "Dương", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Em"],
    ["Hà Giang", "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Dương", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Hưng Yên"],
    ["Phường 1", "Phường 2", "Phường 9", "Phường 10", "Phường 11", "Phường 100", "Phường An"],
    ["An", "An Bình", "An Định", "Anh", "Ăn"],
    ["Mã", "Mã Lai", "Mai", "Mãi", "Mái", "Mái Dầm"],
    ["Nguyễn Văn An", "Nguyễn Văn Ân", "Nguyễn Văn Bảo", "Trần Thị An"],
]


@pytest.mark.parametrize("names", IN_ORDER, ids=lambda names: names[0])
def test_names_come_in_the_order_of_the_alphabet(names: list[str]) -> None:
    mixed = names.copy()
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == names


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("HÀ NỘI", "hà nội"),
        ("Sở Lao động - Thương binh và Xã hội", "Sở Lao động – Thương binh và  Xã hội"),
        ("Văn hóa, Thể thao", "Văn hóa Thể thao"),
        ("Phường 04", "Phường 4"),
        ("Ha\u0300 No\u0323\u0302i", "Hà Nội"),
        (" Huế ", "Huế"),
    ],
)
def test_what_reads_alike_has_one_key(one: str, another: str) -> None:
    assert sort_key(one) == sort_key(another)


def test_letters_weigh_more_than_tone_marks() -> None:
    """A tone mark early in the name gives way to a letter late in it."""
    assert sort_key("Hạ An") < sort_key("Hà Binh") < sort_key("Hạ Binh")


def test_a_key_is_digits_alone() -> None:
    """Whatever collation a database has, it orders digits in the same way."""
    for text in ("Đắk R'lấp", "Xã Phù Đổng (cũ)", "Москва", "中国", "№ 5", "", "²", "ǅ", "１２"):
        key = sort_key(text)
        assert key == "" or (key.isascii() and key.isdecimal()), text


def test_other_alphabets_come_last() -> None:
    assert sort_key("Zung") < sort_key("Москва")


@pytest.mark.parametrize("text", ["1a" * 100, "ạ" * 200, "Đ" * 200, "9 " * 100, "中" * 200, "7" * 200])
def test_a_key_is_at_most_three_times_as_long_as_its_text(text: str) -> None:
    assert len(sort_key(text)) <= 3 * len(text) + 2
