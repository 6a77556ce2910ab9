"""Which agency a printed name means: a table of names as plans print them, in papers of a province, a commune, a ministry."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from map_builders import LAN, agency, small_map, unit

from binhdang.server.agencies.actions import (
    OutcomeDraft,
    TransferDraft,
    close_agency,
    plan_change,
    take_effect,
)
from binhdang.server.agencies.models import Unit
from binhdang.server.agencies.queries.suggest import Suggestion, Way, suggest_agencies, suggest_many

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 10)
OLD = date(2024, 6, 10)
BOTH = "Sở Nội vụ và Lao động"

AT_PROVINCE = {  # name: kind, short
    "Ủy ban nhân dân tỉnh Trà Giang": ("ubnd-tinh", ""),
    "Sở Nội vụ": ("so-noivu", "SNV"),
    "Sở Y tế tỉnh Trà Giang": ("so-yte", ""),
    "Sở Văn hóa, Thể thao và Du lịch": ("so-vhttdl", ""),
    "Sở Khoa học và Công nghệ": ("so-khcn", ""),
    "Công an tỉnh": ("congan-tinh", ""),
    "Ban Vì sự tiến bộ của phụ nữ tỉnh": ("ban-vstbpn-tinh", ""),
    "Hội Liên hiệp Phụ nữ tỉnh Trà Giang": ("lhpn", ""),
    "Tỉnh đoàn": ("doan", ""),
    "Liên minh Hợp tác xã tỉnh": ("lmhtx-tinh", ""),
    "Báo Trà Giang": ("", ""),
    "Trung tâm Điều phối": ("", "TTĐP"),
}


@pytest.fixture
def places() -> dict[str, Unit]:
    """A ministry; two provinces; in Trà Giang two communes and a ward with their committees, some with more."""
    places = small_map()
    agency("Bộ Nội vụ", places["Việt Nam"], kind="bo-noivu")
    for name, (kind, short) in AT_PROVINCE.items():
        agency(name, places["Trà Giang"], kind=kind, short=short)
    agency("Sở Nội vụ", places["Lam Sơn"], kind="so-noivu")
    for name in ("An Bình", "Ea Đông", "Bạch Hạc"):
        place = places[name]
        agency(f"Ủy ban nhân dân {place.kind} {name}", place, kind="ubnd-xa")
        agency("Hội Liên hiệp Phụ nữ", place, kind="lhpn")
    agency("Công an xã An Bình", places["An Bình"], kind="congan-xa")
    agency("Trạm Y tế", places["An Bình"], kind="tramyte")
    agency("Phòng Văn hóa - Xã hội", places["An Bình"], kind="phong-vhxh-xa")
    return places


def best(name: str, at: Unit, day: date = DAY) -> tuple[str, str, Way] | None:
    """The best suggestion: what it is called, where, and which way led to it."""
    found = suggest_agencies(name, unit=at, day=day)
    if not found:
        return None
    first = found[0]
    return first.title, str(first.agency.unit) if first.agency else f"{len(first.group.members)}", first.way  # type: ignore[union-attr]


PROVINCE, COMMUNE, LAM_SON = "Tỉnh Trà Giang", "Xã An Bình", "Tỉnh Lam Sơn"
NAMES_IN_A_PROVINCES_PAPER = [
    # exact, in whatever letters
    ("Sở Nội vụ", "Sở Nội vụ", PROVINCE, Way.EXACT),
    ("SỞ NỘI VỤ", "Sở Nội vụ", PROVINCE, Way.EXACT),
    ("Sở  Nội  vụ ", "Sở Nội vụ", PROVINCE, Way.EXACT),
    ("Giám đốc Sở Nội vụ", "Sở Nội vụ", PROVINCE, Way.EXACT),
    ("Sở Văn hoá - Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch", PROVINCE, Way.EXACT),
    ("Bộ Nội vụ", "Bộ Nội vụ", "Việt Nam", Way.EXACT),
    ("Liên minh Hợp tác xã tỉnh", "Liên minh Hợp tác xã tỉnh", PROVINCE, Way.EXACT),
    # with the paper's own place, or without the one that stands in the register
    ("Sở Nội vụ tỉnh Trà Giang", "Sở Nội vụ", PROVINCE, Way.PLACE),
    ("Sở Nội vụ Trà Giang", "Sở Nội vụ", PROVINCE, Way.PLACE),
    ("Sở Y tế", "Sở Y tế tỉnh Trà Giang", PROVINCE, Way.PLACE),
    ("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Trà Giang", PROVINCE, Way.PLACE),
    ("UBND tỉnh", "Ủy ban nhân dân tỉnh Trà Giang", PROVINCE, Way.PLACE),
    ("ubnd tỉnh Trà Giang", "Ủy ban nhân dân tỉnh Trà Giang", PROVINCE, Way.EXACT),
    ("Chủ tịch UBND tỉnh", "Ủy ban nhân dân tỉnh Trà Giang", PROVINCE, Way.PLACE),
    ("Công an tỉnh Trà Giang", "Công an tỉnh", PROVINCE, Way.PLACE),
    ("Báo Trà Giang", "Báo Trà Giang", PROVINCE, Way.EXACT),
    # short forms and abbreviations
    ("SNV", "Sở Nội vụ", PROVINCE, Way.SHORT),
    ("TTĐP tỉnh", "Trung tâm Điều phối", PROVINCE, Way.SHORT),
    ("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh Trà Giang", PROVINCE, Way.PLACE),
    ("Ban Thường vụ Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh Trà Giang", PROVINCE, Way.PLACE),
    ("Ban VSTBPN tỉnh", "Ban Vì sự tiến bộ của phụ nữ tỉnh", PROVINCE, Way.EXACT),
    ("Sở VHTT&DL", "Sở Văn hóa, Thể thao và Du lịch", PROVINCE, Way.EXACT),
    # a kind's other spellings
    ("Ban Vì sự tiến bộ phụ nữ", "Ban Vì sự tiến bộ của phụ nữ tỉnh", PROVINCE, Way.KIND),
    ("Đoàn TNCS Hồ Chí Minh", "Tỉnh đoàn", PROVINCE, Way.KIND),
    # a place below, told
    ("UBND xã An Bình", "Ủy ban nhân dân xã An Bình", COMMUNE, Way.PLACE),
    ("Hội LHPN xã An Bình", "Hội Liên hiệp Phụ nữ", COMMUNE, Way.PLACE),
    ("Trạm Y tế xã An Bình", "Trạm Y tế", COMMUNE, Way.PLACE),
    ("Trạm Y tế", "Trạm Y tế", COMMUNE, Way.EXACT),  # the only one there is
    # a place elsewhere, told
    ("Sở Nội vụ tỉnh Lam Sơn", "Sở Nội vụ", LAM_SON, Way.PLACE),
    ("Sở Nội vụ Lam Sơn", "Sở Nội vụ", LAM_SON, Way.PLACE),
    # tone marks and slips
    ("So Noi vu", "Sở Nội vụ", PROVINCE, Way.EXACT),
    ("Sở Nọi vụ", "Sở Nội vụ", PROVINCE, Way.EXACT),
    ("Sở Khoa học và Công nghê", "Sở Khoa học và Công nghệ", PROVINCE, Way.EXACT),
    ("Sở Khoa hoc và Công ngệ", "Sở Khoa học và Công nghệ", PROVINCE, Way.FUZZY),
    ("Hội Liên hiêp Phụ nũ tỉnh", "Hội Liên hiệp Phụ nữ tỉnh Trà Giang", PROVINCE, Way.PLACE),
    ("UBND phường An Bình", "Ủy ban nhân dân xã An Bình", COMMUNE, Way.PLACE),  # no ward of that name
    # work that went over
    ("Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ", PROVINCE, Way.HEIR),
    ("Sở LĐTB&XH tỉnh", "Sở Nội vụ", PROVINCE, Way.HEIR),
    ("Sở TT&TT", "Sở Khoa học và Công nghệ", PROVINCE, Way.HEIR),
]


@pytest.mark.parametrize(("printed", "agency_name", "where", "way"), NAMES_IN_A_PROVINCES_PAPER)
def test_names_in_a_paper_of_a_province(
    places: dict[str, Unit], printed: str, agency_name: str, where: str, way: Way
) -> None:
    assert best(printed, places["Trà Giang"]) == (agency_name, where, way)


@pytest.mark.parametrize(
    ("printed", "agency_name", "where"),
    [
        ("Ủy ban nhân dân xã", "Ủy ban nhân dân xã An Bình", COMMUNE),
        ("UBND xã", "Ủy ban nhân dân xã An Bình", COMMUNE),
        ("Công an xã", "Công an xã An Bình", COMMUNE),
        ("Hội Liên hiệp Phụ nữ", "Hội Liên hiệp Phụ nữ", COMMUNE),  # the nearest
        ("Hội Liên hiệp Phụ nữ tỉnh", "Hội Liên hiệp Phụ nữ tỉnh Trà Giang", PROVINCE),
        ("Phòng VH-XH", "Phòng Văn hóa - Xã hội", COMMUNE),
        ("Sở Nội vụ", "Sở Nội vụ", PROVINCE),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Trà Giang", PROVINCE),
        ("UBND xã Ea Đông", "Ủy ban nhân dân xã Ea Đông", "Xã Ea Đông"),
    ],
)
def test_names_in_a_paper_of_a_commune(places: dict[str, Unit], printed: str, agency_name: str, where: str) -> None:
    found = best(printed, places["An Bình"])
    assert found is not None and found[:2] == (agency_name, where)


@pytest.mark.parametrize(
    "printed",
    [
        "các đơn vị liên quan",
        "các cơ quan, đơn vị, địa phương liên quan",
        "các sở, ban, ngành liên quan",
        "các cơ quan chức năng",
        "các đơn vị trực thuộc",
        "các phòng chuyên môn",
        "các xã vùng cao",
        "Ủy ban nhân dân các xã vùng III",
        "các thôn",
        "chính quyền các cấp",
        "các huyện ủy, thành ủy",
        "Ủy ban nhân dân các huyện",  # there are none any more
        "Ủy ban nhân dân thành phố",  # the province is none
        "Sở Điện ảnh",
        "Bộ Y tế",  # not a slip of Sở Y tế
        "Như trên",
        "",
    ],
)
def test_what_means_nobody_here(places: dict[str, Unit], printed: str) -> None:
    assert best(printed, places["Trà Giang"]) is None


@pytest.mark.parametrize(
    ("printed", "members"),
    [
        ("Ủy ban nhân dân các xã, phường, đặc khu", {"xã An Bình", "xã Ea Đông", "phường Bạch Hạc"}),
        ("UBND các xã, phường", {"xã An Bình", "xã Ea Đông", "phường Bạch Hạc"}),
        ("UBND xã, phường, đặc khu thuộc tỉnh", {"xã An Bình", "xã Ea Đông", "phường Bạch Hạc"}),
        ("Ủy ban nhân dân cấp xã", {"xã An Bình", "xã Ea Đông", "phường Bạch Hạc"}),
        ("Chủ tịch UBND các xã", {"xã An Bình", "xã Ea Đông"}),
        ("Ủy ban nhân dân các phường", {"phường Bạch Hạc"}),
    ],
)
def test_groups_of_committees(places: dict[str, Unit], printed: str, members: set[str]) -> None:
    (found,) = suggest_agencies(printed, unit=places["Trà Giang"], day=DAY)
    assert found.group is not None and found.way == Way.GROUP
    assert {one.name.removeprefix("Ủy ban nhân dân ") for one in found.group.members} == members
    assert found.reason == f"Nhóm: {len(members)} cơ quan tại Tỉnh Trà Giang."


@pytest.mark.parametrize(
    ("printed", "heads"),
    [
        ("các sở", {"Sở"}),
        ("các sở, ban, ngành", {"Sở", "Công"}),
        ("các sở, ban, ngành tỉnh", {"Sở", "Công"}),
        ("Các sở, ban, ngành, đoàn thể cấp tỉnh", {"Sở", "Công", "Hội", "Tỉnh", "Liên"}),
        ("các tổ chức chính trị - xã hội tỉnh", {"Hội", "Tỉnh", "Liên"}),
        ("các sở, ngành, địa phương", {"Sở", "Công", "Ủy"}),
    ],
)
def test_groups_of_bodies(places: dict[str, Unit], printed: str, heads: set[str]) -> None:
    (found,) = suggest_agencies(printed, unit=places["Trà Giang"], day=DAY)
    assert found.group is not None
    assert {one.name.split()[0] for one in found.group.members} == heads
    assert all("tỉnh Trà Giang" not in one.name or one.name.split()[0] != "Ủy" for one in found.group.members)


def test_a_group_tells_where_the_body_is_not_entered(places: dict[str, Unit]) -> None:
    (found,) = suggest_agencies("Công an các xã, phường", unit=places["Trà Giang"], day=DAY)
    assert found.group is not None and [one.name for one in found.group.members] == ["Công an xã An Bình"]
    assert {unit.name for unit in found.group.missing} == {"Ea Đông", "Bạch Hạc"}
    assert "Còn 2 nơi chưa ghi cơ quan này: Phường Bạch Hạc, Xã Ea Đông." in found.reason


def test_a_body_of_some_commune_is_all_of_them_and_unsure(places: dict[str, Unit]) -> None:
    (found,) = suggest_agencies("Ủy ban nhân dân xã", unit=places["Trà Giang"], day=DAY)
    assert found.group is not None and len(found.group.members) == 2
    assert found.score < Way.HEIR and "không nói xã nào" in found.reason


def test_a_ministry_names_departments_of_all_provinces(places: dict[str, Unit]) -> None:
    (found,) = suggest_agencies("Sở Nội vụ các tỉnh, thành phố", unit=places["Việt Nam"], day=DAY)
    assert found.group is not None and {str(one.unit) for one in found.group.members} == {PROVINCE, LAM_SON}
    assert best("Sở Nội vụ tỉnh Lam Sơn", places["Việt Nam"]) == ("Sở Nội vụ", LAM_SON, Way.PLACE)


def test_an_agency_that_was_followed_leads_to_its_heir_of_the_papers_day(places: dict[str, Unit]) -> None:
    old = [agency(name, places["Trà Giang"]) for name in ("Sở Một", "Sở Hai")]
    for on, olds, name in (
        (date(2026, 3, 1), old, "Sở Ba"),
        (date(2026, 9, 1), None, "Sở Bốn"),
    ):
        going = olds or [one.agency for one in suggest_agencies("Sở Ba", unit=places["Trà Giang"], day=DAY)]
        change = plan_change(
            by=LAN,
            subject="agency",
            kind="merge",
            on=on,
            decree="1/NQ",
            outcomes=[OutcomeDraft(name=name)],
            transfers=[TransferDraft(one.pk, 0) for one in going if one is not None],
        )
        take_effect(by=LAN, change=change.pk)
    at = places["Trà Giang"]
    assert best("Sở Một", at, date(2026, 2, 28)) == ("Sở Một", PROVINCE, Way.EXACT)
    assert best("Sở Một", at, date(2026, 3, 1)) == ("Sở Ba", PROVINCE, Way.SUCCESSOR)
    assert best("Sở Hai tỉnh", at, date(2026, 9, 1)) == ("Sở Bốn", PROVINCE, Way.SUCCESSOR)
    (found,) = suggest_agencies("Sở Một", unit=at, day=DAY)
    assert found.reason == "Sở Một kết thúc ngày 28/02/2026; công việc đã chuyển cho Sở Ba."


def test_an_agency_that_ended_without_an_heir_is_nobody(places: dict[str, Unit]) -> None:
    gone = agency("Ban Dân số", places["Trà Giang"])
    close_agency(by=LAN, agency=gone.pk, seen=1, last_day=date(2026, 1, 31))
    assert best("Ban Dân số", places["Trà Giang"], date(2026, 1, 31)) is not None
    assert best("Ban Dân số", places["Trà Giang"]) is None


def test_an_old_paper_finds_todays_agency_where_the_register_begins_later(places: dict[str, Unit]) -> None:
    agency("Sở Du lịch", places["Trà Giang"], start=date(2025, 7, 1))
    (found,) = suggest_agencies("Sở Du lịch", unit=places["Trà Giang"], day=OLD)
    assert found.score < Way.HEIR
    assert found.reason.startswith("Ngày 10/06/2024 danh mục chưa có; đây là cơ quan hiện nay.")
    (heir,) = suggest_agencies("Sở LĐTBXH", unit=places["Trà Giang"], day=OLD)  # the kind still had its work then
    assert heir.way == Way.HEIR and "hiện nay" in heir.reason


def test_reasons_say_what_was_doubtful(places: dict[str, Unit]) -> None:
    def reason(name: str) -> str:
        return suggest_agencies(name, unit=places["Trà Giang"], day=DAY)[0].reason

    assert reason("Sở Nọi vụ") == "Đúng tên cơ quan. Chỉ khác dấu."
    assert reason("So Noi vu") == "Đúng tên cơ quan."
    assert "Văn bản ghi “phường an bình”, danh mục ghi Xã An Bình." in reason("UBND phường An Bình")
    assert reason("Sở LĐTBXH").startswith("Từ 01/03/2025 công việc bình đẳng giới của Sở Lao động")
    assert "Chưa kiểm chứng" not in reason("Sở LĐTBXH")
    assert "giống 9" in reason("Sở Khoa hoc và Công ngệ")


def test_candidates_are_ranked_and_few(places: dict[str, Unit]) -> None:
    found = suggest_agencies("Hội Liên hiệp Phụ nữ", unit=places["An Bình"], day=DAY)
    assert [str(one.agency.unit) for one in found if one.agency] == [COMMUNE, PROVINCE]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for number in range(8):
        agency(f"Ban số {number}", places["Trà Giang"], short="BS")
    assert len(suggest_agencies("BS", unit=places["Trà Giang"], day=DAY)) == 5


def test_a_whole_plan_costs_as_many_queries_as_one_name(places: dict[str, Unit]) -> None:
    for number in range(60):
        place = unit(f"Xã Mới {number}", above=places["Trà Giang"])
        agency(f"Ủy ban nhân dân xã Xã Mới {number}", place, kind="ubnd-xa")
    names = [printed for printed, *_ in NAMES_IN_A_PROVINCES_PAPER]
    names += [f"UBND xã Xã Mới {number}" for number in range(60)] + [f"Sở lạ số {number}" for number in range(200)]

    def asked(names: list[str]) -> tuple[int, dict[str, list[Suggestion]]]:
        with CaptureQueriesContext(connection) as captured:
            found = suggest_many(names, unit=places["Trà Giang"], day=DAY)
        return len(captured), found

    few, _ = asked(["Sở Nội vụ tỉnh Lam Sơn", "Sở lạ tỉnh Lam Sơn"])
    many, found = asked(names)
    assert many <= few
    assert list(found) == list(dict.fromkeys(names))
    assert found["UBND xã Xã Mới 7"][0].title == "Ủy ban nhân dân xã Xã Mới 7"
