"""Places named in scope and pilot phrases: kind and name, smallest first."""

import pytest

from binhdang.reading.stages.places import find_places
from binhdang.vietnamese.text import lower, plain


def places(text: str, *, given: bool = False) -> list[str]:
    match = plain(text)
    return find_places(match, lower(match), given=given)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xây dựng mô hình điểm tại xã Tân Việt.", ["xã Tân Việt"]),
        ("Làm điểm tại xã Tân Việt, huyện Đông Triều.", ["xã Tân Việt, huyện Đông Triều"]),
        ("Làm điểm tại xã Tân Việt (huyện Đông Triều).", ["xã Tân Việt, huyện Đông Triều"]),
        ("Làm điểm tại xã Tân Việt thuộc huyện Đông Triều.", ["xã Tân Việt, huyện Đông Triều"]),
        (
            "Thí điểm tại xã An Sinh, xã Tân Việt (huyện Đông Triều).",
            ["xã An Sinh, huyện Đông Triều", "xã Tân Việt, huyện Đông Triều"],  # one district for both
        ),
        (
            "Thí điểm tại xã An Sinh, huyện Đông Triều và phường Hà Tu, thành phố Hạ Long.",
            ["xã An Sinh, huyện Đông Triều", "phường Hà Tu, thành phố Hạ Long"],
        ),
        ("Thí điểm tại 02 xã Minh Đài và Thu Cúc.", ["xã Minh Đài", "xã Thu Cúc"]),
        ("Chọn phường 5 làm điểm.", ["phường 5"]),  # a number for a name
        ("Ra mắt câu lạc bộ tại thôn Đông, xã Tân Việt.", ["thôn Đông, xã Tân Việt"]),
        ("Nhân rộng mô hình tại thị trấn Mạo Khê.", ["thị trấn Mạo Khê"]),
        ("Triển khai tại đặc khu Vân Đồn.", ["đặc khu Vân Đồn"]),
        ("Triển khai tại thị xã Quảng Yên, xã Quảng Yên.", ["thị xã Quảng Yên", "xã Quảng Yên"]),
        ("Thí điểm tại xã Tân Việt, xã Tân Việt.", ["xã Tân Việt"]),  # said twice
        # No place, or no pilot.
        ("Ủy ban nhân dân xã Tân Việt tổ chức hội nghị.", []),  # a body, not a place of work
        ("Xây dựng mô hình tại các xã, phường.", []),  # no name
        ("Thí điểm mô hình trên địa bàn tỉnh Hòa Thuận.", []),  # the whole province is no pilot place
        ("Hội nghị sơ kết huyện Đông Triều.", []),
        ("Tập huấn cho cán bộ. Xã Tân Việt đã hoàn thành.", []),
        ("", []),
    ],
)
def test_where_something_is_piloted(text: str, expected: list[str]) -> None:
    assert places(text) == expected


def test_in_a_line_of_places_all_count() -> None:
    line = "xã Tân Việt, xã An Sinh (huyện Đông Triều); phường Hà Tu"
    assert places(line, given=True) == [
        "xã Tân Việt, huyện Đông Triều",
        "xã An Sinh, huyện Đông Triều",
        "phường Hà Tu",
    ]


def test_only_the_sentence_that_pilots_counts() -> None:
    assert places("Xã Hòa Bình đã sơ kết. Làm điểm tại xã Tân Việt.") == ["xã Tân Việt"]
