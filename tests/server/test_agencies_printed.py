"""Printed names taken apart, without a database."""

from __future__ import annotations

import pytest

from binhdang.server.agencies.printed import Several, marked, readings, several


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("Sở LĐ-TB&XH", "sở lao động thương binh xã hội"),
        ("Sở Văn hoá, Thể thao và Du lịch", "sở văn hóa thể thao du lịch"),
        ("ubnd các xã, phường", "ủy ban nhân dân các xã phường"),
        ("ỦY BAN NHÂN DÂN TỈNH AN LĨNH", "ủy ban nhân dân tỉnh an lĩnh"),
        ("“Báo – Đài”", "báo đài"),
        ("", ""),
    ],
)
def test_names_are_compared_in_one_form(printed: str, told: str) -> None:
    assert marked(printed) == told


@pytest.mark.parametrize(
    ("printed", "way"),
    [
        ("UBND xã An Bình", ("uy ban nhan dan", "xã", "an binh")),
        ("Sở Nội vụ tỉnh", ("so noi vu", "tỉnh", "")),
        ("Hội LHPN cấp tỉnh", ("hoi lien hiep phu nu", "", "")),
        ("Liên minh Hợp tác xã tỉnh", ("lien minh hop tac xa", "tỉnh", "")),
        ("Chủ tịch UBND huyện", ("uy ban nhan dan", "huyện", "")),
        ("Hội Phụ nữ thuộc thành phố Hải Long", ("hoi phu nu", "thành phố", "hai long")),
    ],
)
def test_the_place_behind_a_body(printed: str, way: tuple[str, str, str]) -> None:
    assert way in [(one.body, one.word, one.place) for one in readings(printed)]


@pytest.mark.parametrize("printed", ["Công an quận", "Cơ quan Quân sự", "Sở Địa phương", "Ban Tình nguyện"])
def test_words_that_sound_alike_are_no_places(printed: str) -> None:
    assert len([one for one in readings(printed) if one.levels]) == (1 if printed == "Công an quận" else 0)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("UBND các xã, phường", Several("uy ban nhan dan", ("xã", "phường"))),
        ("Công an các huyện, thị xã, thành phố", Several("cong an", ("huyện", "thị xã", "thành phố"))),
        ("UBND xã, phường", Several("uy ban nhan dan", ("xã", "phường"))),
        ("UBND cấp xã", Several("uy ban nhan dan", ("xã", "phường", "thị trấn", "đặc khu"))),
        ("các sở, ban, ngành", Several("", (), ("departments", "bodies"))),
        ("các hội, đoàn thể", Several("", (), ("mass",))),
        ("các bộ, ngành", Several("", (), ("ministries", "bodies"))),
        ("UBND xã", None),
        ("UBND các xã vùng cao", None),
        ("các đơn vị liên quan", None),
        ("các cơ quan", None),
        ("các xã, phường", None),  # units, no agencies
        ("Hội Liên hiệp Phụ nữ các cấp", None),
    ],
)
def test_groups_that_can_be_counted_out(printed: str, meant: Several | None) -> None:
    assert several(printed) == meant


def test_a_group_tells_at_which_unit_it_is() -> None:
    meant = several("các sở, ban, ngành, đoàn thể thành phố Hải Long")
    assert meant is not None and meant.at is not None
    assert (meant.at.word, meant.at.place, meant.at.seat) == ("thành phố", "hai long", "hải long")


@pytest.mark.parametrize("words", [("huyện", "thành phố"), ("thành phố",)])
def test_a_word_of_two_levels_is_told_by_its_company(words: tuple[str, ...]) -> None:
    assert ("province" in Several("x", words).levels) == (words == ("thành phố",))
