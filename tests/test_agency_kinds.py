"""Kinds of agencies: how many there are, what they are called, what became of them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from binhdang.reference.agency_kinds import agency_kinds

NOW = date(2026, 1, 1)


def test_how_many_there_are() -> None:
    assert Counter(kind.level for kind in agency_kinds()) == {
        "central": 39,
        "province": 71,
        "district": 26,
        "commune": 13,
        "village": 1,
    }
    assert Counter(kind.group for kind in agency_kinds()) == {
        "state": 109,
        "mass": 26,
        "party": 10,
        "coordination": 3,
        "front": 2,
    }


def test_how_many_have_a_successor_and_how_well_it_is_known() -> None:
    assert Counter(kind.verified for kind in agency_kinds()) == {None: 123, True: 21, False: 6}
    assert {kind.code for kind in agency_kinds() if kind.verified is False} == {
        "tctk",
        "so-nnptnt",
        "so-tnmt",
        "phong-nnptnt-huyen",
        "phong-nnmt-huyen",
        "phong-ktht-huyen",
    }


def test_what_is_written_from_memory_says_so() -> None:
    recalled = {kind.code for kind in agency_kinds() if kind.recalled}
    assert len(recalled) == 73
    assert not recalled & {"so-noivu", "so-ldtbxh", "lhpn", "ubnd-xa", "phong-ldtbxh", "bo-noivu"}


def test_codes_are_unique_and_successors_exist() -> None:
    assert len({kind.code for kind in agency_kinds()}) == len(agency_kinds()) == 150
    for kind in agency_kinds():
        assert bool(kind.successor) == (kind.on is not None) == (kind.verified is not None), kind
        if kind.successor:
            heir = agency_kinds().get(kind.successor)
            assert heir is not None and kind.on is not None and heir.stood_on(kind.on), kind
            assert kind.until is not None and (kind.on - kind.until).days == 1, kind


@pytest.mark.parametrize(
    ("code", "day", "heir"),
    [
        ("so-ldtbxh", date(2025, 2, 28), "Sở Lao động - Thương binh và Xã hội"),
        ("so-ldtbxh", date(2025, 3, 1), "Sở Nội vụ"),
        ("bo-ldtbxh", NOW, "Bộ Nội vụ"),
        ("vu-bdg", NOW, "Vụ Công tác thanh niên và Bình đẳng giới (Bộ Nội vụ)"),
        ("so-khdt", NOW, "Sở Tài chính"),
        ("phong-ldtbxh", date(2025, 5, 1), "Phòng Nội vụ huyện"),
        ("phong-ldtbxh", NOW, "Phòng Văn hóa - Xã hội (cấp xã)"),
        ("phong-tuphap", NOW, "Văn phòng HĐND và UBND (cấp xã)"),
        ("huyenuy", NOW, "Huyện ủy / Thị ủy"),
        ("lhpn", NOW, "Hội Liên hiệp Phụ nữ"),
    ],
)
def test_who_has_the_work_on_a_day(code: str, day: date, heir: str) -> None:
    assert agency_kinds().on(code, day).name == heir


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("Sở LĐ-TB&XH", ["so-ldtbxh"]),
        ("SỞ LAO ĐỘNG – THƯƠNG BINH VÀ XÃ HỘI", ["so-ldtbxh"]),
        ("Sở Văn hoá, Thể thao và Du lịch", ["so-vhttdl"]),
        ("Ban Vì sự tiến bộ phụ nữ", ["ban-vstbpn-tinh"]),
        ("tổ dân phố", ["thon"]),
        ("Ban Dân vận Tỉnh ủy", ["btg-tinhuy"]),
        ("Bộ đội Biên phòng tỉnh", ["bdbp-tinh"]),
        ("Ban CHQS xã", ["bchqs-xa"]),
        ("Ban Thường vụ Tỉnh ủy", ["tinhuy"]),
        ("Hội Liên hiệp Phụ nữ Việt Nam", ["lhpn-tw"]),
        ("Sở Điện ảnh", []),
    ],
)
def test_a_printed_name_is_recognised(printed: str, codes: list[str]) -> None:
    assert [kind.code for kind in agency_kinds().named(printed)] == codes


def test_who_is_asked_and_who_is_assigned() -> None:
    requested = {kind.code for kind in agency_kinds() if kind.is_requested}
    assert requested >= {"tinhuy", "huyenuy", "mttq", "lhpn", "doan", "ldld", "hoind", "hoiccb", "lhpn-tw", "danguy-xa"}
    assert not requested & {"so-noivu", "congan-xa", "ban-vstbpn-tinh", "hdnd-xa"}
