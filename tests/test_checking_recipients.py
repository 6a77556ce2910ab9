"""recipients.*: who works against who is sent the paper."""

from __future__ import annotations

import pytest

from binhdang.plan import Plan
from checking_builders import codes, found, plan, recipient, task

WORKERS = ("Sở Nội vụ", "Sở Y tế", "Hội Liên hiệp Phụ nữ tỉnh", "Ủy ban nhân dân các xã, phường, đặc khu")


def sent_to(*names: str, leads: tuple[str, ...] = WORKERS, text: str = "KẾ HOẠCH") -> Plan:
    return plan(text, tasks=tuple(task(f"Việc {a}", a) for a in leads), recipients=tuple(recipient(n) for n in names))


@pytest.mark.parametrize(
    "names",
    [
        ("Sở Nội vụ", "Sở Y tế", "Hội LHPN tỉnh", "UBND các xã, phường, đặc khu"),
        ("Như trên",),
        ("Như Điều 3",),
        ("Như kính gửi", "Bộ Nội vụ (b/c)"),
        ("Các đơn vị nêu tại mục IV",),
        ("Các cơ quan, đơn vị liên quan",),
        ("Các sở, ban, ngành, đoàn thể tỉnh", "UBND các xã, phường"),
        ("Các Sở, ngành", "UBND xã, phường, đặc khu"),
        ("Thành viên Ban Vì sự TBPN tỉnh", "UBND các xã"),
        ("Sở Nội vụ; Sở Y tế; Hội LHPN tỉnh", "Địa phương"),
        ("Sở NV", "Sở Y tế", "Hội LHPN tỉnh", "UBND cấp xã", "Lưu: VT, các đơn vị thực hiện"),
    ],
)
def test_everybody_who_works_is_sent_the_paper(names: tuple[str, ...]) -> None:
    assert codes(sent_to(*names), "recipients.worker-missing") == []


@pytest.mark.parametrize(
    ("name", "lead"),
    [
        ("UBMTTQ và các đoàn thể xã", "Hội Nông dân xã"),
        ("Lưu: VT, VHXH", "Phòng Văn hóa - Xã hội"),
        ("Lưu: VT, LĐTB&XH", "Phòng Lao động - Thương binh và Xã hội"),
        ("Các trường học, Trạm Y tế", "Trạm Y tế"),
        ("CT, các PCT UBND xã", "Trưởng thôn"),  # a person, not an agency
    ],
)
def test_a_line_that_names_an_agency_its_own_way(name: str, lead: str) -> None:
    assert codes(sent_to(name, leads=(lead,)), "recipients.worker-missing") == []


def test_one_finding_names_all_who_are_left_out() -> None:
    (finding,) = found(sent_to("Bộ Nội vụ (b/c)", "Sở Nội vụ", "UBND các xã, phường"), "recipients.worker-missing")
    assert finding.severity == "warning"
    assert finding.message == "Được giao việc nhưng không có trong Nơi nhận: Sở Y tế, Hội Liên hiệp Phụ nữ tỉnh."


def test_the_communes_are_not_covered_by_the_departments() -> None:
    (finding,) = found(sent_to("Các sở, ban, ngành tỉnh"), "recipients.worker-missing")
    assert "Ủy ban nhân dân các xã, phường, đặc khu" in finding.message
    assert "Sở Y tế" not in finding.message


@pytest.mark.parametrize("lead", ["Ủy ban nhân dân tỉnh Sông Đà", "Ủy ban nhân dân tỉnh", "các cơ quan liên quan"])
def test_the_issuer_and_unnamed_groups_need_no_copy(lead: str) -> None:
    assert codes(sent_to("Sở Nội vụ", leads=(lead,)), "recipients.worker-missing") == []


def test_no_list_of_recipients_is_another_rule() -> None:
    assert codes(sent_to(), "recipients") == []


def test_a_named_recipient_without_work() -> None:
    paper = sent_to("Sở Nội vụ", "Sở Xây dựng", "Sở Y tế", leads=("Sở Nội vụ", "Sở Y tế"))
    (finding,) = found(paper, "recipients.no-work")
    assert finding.severity == "info"
    assert "“Sở Xây dựng”" in finding.message


@pytest.mark.parametrize(
    ("name", "leads", "text"),
    [
        ("Bộ Nội vụ", ("Sở Nội vụ",), "KẾ HOẠCH"),  # above
        ("CT, các PCT UBND tỉnh", ("Sở Nội vụ",), "KẾ HOẠCH"),
        ("Lưu: VT, KGVX", ("Sở Nội vụ",), "KẾ HOẠCH"),
        ("VPUB: CVP", ("Sở Nội vụ",), "KẾ HOẠCH"),
        ("Các sở, ban, ngành", ("Sở Nội vụ",), "KẾ HOẠCH"),
        ("Sở Xây dựng", ("các sở, ban, ngành",), "KẾ HOẠCH"),  # may be one of them
    ],
)
def test_recipients_that_need_no_work(name: str, leads: tuple[str, ...], text: str) -> None:
    assert codes(sent_to(name, "Sở Nội vụ", leads=leads, text=text), "recipients.no-work") == []
