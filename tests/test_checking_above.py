"""against.*: the plan beside the plan that it carries out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from binhdang.checking.above import likeness
from binhdang.plan import Document, Period, Plan, Target
from checking_builders import COMPLETE, by, citation, codes, duty, found, plan, target, task

PROVINCE = replace(COMPLETE, number="57/KH-UBND", issuer="Ủy ban nhân dân tỉnh Sông Đà")
COMMUNE = replace(COMPLETE, number="8/KH-UBND", issuer="Ủy ban nhân dân xã Tân Lập")
DISTRICT_2024 = replace(
    COMPLETE, issuer="Ủy ban nhân dân huyện Yên Sơn", period=Period(date(2024, 1, 1), date(2024, 12, 31))
)
CITED = (citation("57 /KH-UBND", date(2026, 1, 15), kind="Kế hoạch"),)
SHELTERED = "người bị bạo lực trên cơ sở giới được tiếp cận ít nhất một dịch vụ cơ bản"
OFFENDERS = "người gây bạo lực trên cơ sở giới được phát hiện được tư vấn, tham vấn"


def above(**fields: Any) -> Plan:
    return plan(**{"document": PROVINCE, **fields})


def own(text: str = "KẾ HOẠCH", document: Document = COMMUNE, **fields: Any) -> Plan:
    return plan(text, **{"document": document, "citations": CITED, **fields})


def test_nothing_without_a_plan_above() -> None:
    assert codes(own(targets=(target(">=", "5", SHELTERED),)), "against") == []


@pytest.mark.parametrize(
    ("theirs", "ours", "lower"),
    [
        (target(">=", "80", SHELTERED), target("=", "80", SHELTERED), False),
        (target(">=", "80", SHELTERED), target("=", "85", SHELTERED), False),
        (target(">=", "80", SHELTERED), target(">=", "70", SHELTERED), True),
        (target("=", "80", "dân số tiếp cận kiến thức về bình đẳng giới"), target("=", "70", "dân số tiếp cận kiến thức về BĐG"), True),
        # less is better
        (target("<", "25", "lao động nữ làm việc trong nông nghiệp"), target("<", "30", "lao động nữ làm việc trong nông nghiệp"), True),
        (target("<", "25", "lao động nữ làm việc trong nông nghiệp"), target("<", "20", "lao động nữ làm việc trong nông nghiệp"), False),
        (target("=", "42", "tử vong mẹ trên 100.000 trẻ sinh sống", unit="ca"), target("=", "45", "tử vong mẹ trên 100.000 trẻ sinh sống", unit="ca"), True),
        # a step on the way
        (target(">=", "90", SHELTERED, 2030), target(">=", "80", SHELTERED, 2026), False),
        (target(">=", "90", SHELTERED, 2026), target(">=", "80", SHELTERED), True),
        # another unit, another subject
        (target(">=", "80", SHELTERED), target(">=", "7", SHELTERED, unit="lớp"), False),
        (target(">=", "80", SHELTERED), target(">=", "50", OFFENDERS), False),
        (target(">=", "50", "nữ thạc sĩ"), target(">=", "30", "nữ tiến sĩ"), False),
    ],
)  # fmt: skip
def test_targets(theirs: Target, ours: Target, lower: bool) -> None:
    said = codes(own(targets=(ours,)), "against.target-lower", against=above(targets=(theirs,)))
    assert said == (["against.target-lower"] if lower else [])


def test_missing_targets_are_one_info() -> None:
    parent = above(
        targets=(target(">=", "80", SHELTERED), target("=", "50", OFFENDERS), target(">=", "50", "nữ thạc sĩ"))
    )
    (finding,) = found(own(targets=(target("=", "80", SHELTERED),)), "against.target-missing", against=parent)
    assert (finding.code, finding.severity) == ("against.target-missing", "info")
    assert finding.message.startswith("2 chỉ tiêu")
    assert "nữ thạc sĩ" in finding.message


COMMUNES = "Ủy ban nhân dân các xã, phường, đặc khu"
DISTRICTS = "Ủy ban nhân dân các huyện, thị xã, thành phố"
WORK = "Rà soát, lập danh sách địa chỉ tin cậy tại thôn, tổ dân phố; báo cáo kết quả về Sở Nội vụ"


@pytest.mark.parametrize(
    ("lead", "document", "text", "missing"),
    [
        (COMMUNES, COMMUNE, "Tổ chức tuyên truyền.", True),
        (COMMUNES, COMMUNE, "Công chức văn hóa rà soát và lập danh sách các địa chỉ tin cậy ở từng thôn.", False),
        (COMMUNES, DISTRICT_2024, "Tổ chức tuyên truyền.", False),  # not this level's
        (DISTRICTS, DISTRICT_2024, "Tổ chức tuyên truyền.", True),
        ("Sở Nội vụ", COMMUNE, "Tổ chức tuyên truyền.", False),
        ("Sở Nội vụ", replace(COMMUNE, issuer="Sở Nội vụ"), "Tổ chức tuyên truyền.", True),
        ("Ủy ban nhân dân xã Tân Lập", COMMUNE, "Tổ chức tuyên truyền.", True),
        ("Ủy ban nhân dân xã Tân Hòa", COMMUNE, "Tổ chức tuyên truyền.", False),
        (COMMUNES, replace(COMMUNE, issuer=None), "Tổ chức tuyên truyền.", False),
    ],
)
def test_work_laid_on_the_issuer(lead: str, document: Document, text: str, missing: bool) -> None:
    parent = above(tasks=(task(WORK, lead, ref="IV.3"),))
    findings = found(own(text, document), "against.task-missing", against=parent)
    assert len(findings) == missing
    assert all("(mục IV.3)" in f.message and "địa chỉ tin cậy" in f.message for f in findings)


@pytest.mark.parametrize(
    "work",
    [
        "Xây dựng kế hoạch thực hiện phù hợp với tình hình của địa phương trong năm",
        "Báo cáo kết quả thực hiện về Sở Nội vụ để tổng hợp, báo cáo Ủy ban nhân dân tỉnh",
        "Bố trí kinh phí từ ngân sách địa phương để thực hiện kế hoạch",
        "Thực hiện tốt công tác",
        "Đẩy mạnh phối hợp liên ngành trong thực hiện hoạt động bình đẳng giới",
        "Thường xuyên kiểm tra việc thực hiện Kế hoạch tại địa phương",
    ],
)
def test_what_the_plan_itself_does_is_not_missing(work: str) -> None:
    assert codes(own("Việc khác."), "against.task-missing", against=above(tasks=(task(work, COMMUNES),))) == []


@pytest.mark.parametrize(
    ("words", "day", "later"),
    [
        ("Rà soát, lập danh sách địa chỉ tin cậy tại thôn", date(2026, 7, 1), True),
        ("Rà soát, lập danh sách địa chỉ tin cậy tại thôn", date(2026, 6, 30), False),
        ("Tổ chức hội thi tìm hiểu pháp luật", date(2026, 12, 1), False),
    ],
)
def test_dates_of_the_same_work(words: str, day: date, later: bool) -> None:
    parent = above(tasks=(task("Rà soát, lập danh sách địa chỉ tin cậy tại các thôn", due=by(date(2026, 6, 30))),))
    expected = ["against.due-later"] if later else []
    assert codes(own(tasks=(task(words, due=by(day)),)), "against.due-later", against=parent) == expected


def test_the_plan_above_is_cited() -> None:
    assert codes(own(), "against.not-cited", against=above()) == []
    assert codes(own(citations=()), "against.not-cited", against=above()) == ["against.not-cited"]
    unnumbered = above(document=replace(PROVINCE, number=None))
    assert codes(own(citations=()), "against.not-cited", against=unnumbered) == []


@pytest.mark.parametrize(("day", "later"), [(20, False), (25, True), (30, True)])
def test_reports_from_below_come_before_ours(day: int, later: bool) -> None:
    parent = above(reporting=(duty("annual", 25, 11, COMMUNES, "Sở Nội vụ"),))
    paper = own(reporting=(duty("annual", day, 11, "các trường học", "Ủy ban nhân dân xã"),))
    expected = ["against.report-later"] if later else []
    assert codes(paper, "against.report-later", against=parent) == expected


@pytest.mark.parametrize(("day", "later"), [(20, False), (25, False), (26, True)])
def test_our_own_report_upward_keeps_the_day_asked_for(day: int, later: bool) -> None:
    parent = above(reporting=(duty("annual", 25, 11, COMMUNES, "Sở Nội vụ"),))
    paper = own(reporting=(duty("annual", day, 11, "Phòng Văn hóa - Xã hội", "Sở Nội vụ"),))
    expected = ["against.report-later"] if later else []
    assert codes(paper, "against.report-later", against=parent) == expected


def test_a_second_report_of_the_year_may_come_later() -> None:
    parent = above(reporting=(duty("annual", 5, 12, COMMUNES, "Sở Nội vụ", year=2026),))
    office = "Phòng Văn hóa - Xã hội"
    month_of_action = duty("annual", 18, 12, office, "Sở Nội vụ", year=2026)
    yearly = duty("annual", 5, 12, office, "Sở Nội vụ")
    assert codes(own(reporting=(month_of_action,)), "against.report-later", against=parent) != []
    assert codes(own(reporting=(month_of_action, yearly)), "against.report-later", against=parent) == []


def test_likeness_goes_from_nothing_to_the_same() -> None:
    assert likeness(SHELTERED, SHELTERED) == 1
    assert likeness("lớp tập huấn", "nữ đại biểu") == 0
    assert likeness("", SHELTERED) == 0
    assert likeness(SHELTERED, OFFENDERS) < 0.55 < likeness(SHELTERED, SHELTERED.replace("ít nhất", "tối thiểu"))
