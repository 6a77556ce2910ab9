"""Who reports what to whom, through whom, by when: sentences and the duties in them."""

from __future__ import annotations

import pytest

from reading_text import plan_of

HEADING = "I. CHẾ ĐỘ BÁO CÁO\n\n"
SO = "Sở Nội vụ"
XA = "Ủy ban nhân dân các xã"

# (sentence, [(kind, day, month, year, before, reporters, recipients, via)])
CASES: list[tuple[str, list[tuple[object, ...]]]] = [
    (
        "UBND các xã báo cáo kết quả năm về Sở Nội vụ trước ngày 25/11/2024.",
        [("annual", 25, 11, 2024, True, [XA], [SO], [])],
    ),
    (
        "UBND các xã báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/12 về Sở Nội vụ.",
        [("six_month", 10, 6, None, True, [XA], [SO], []), ("annual", 10, 12, None, True, [XA], [SO], [])],
    ),
    (
        "Định kỳ UBND các xã báo cáo (trước ngày 01/6 đối với báo cáo sơ kết và trước ngày 25/11 đối với báo cáo tổng kết năm) "
        "về UBND huyện (qua Phòng Nội vụ) để tổng hợp, báo cáo Sở Nội vụ.",
        [
            ("six_month", 1, 6, None, True, [XA], ["Ủy ban nhân dân huyện"], ["Phòng Nội vụ"]),
            ("annual", 25, 11, None, True, [XA], ["Ủy ban nhân dân huyện"], ["Phòng Nội vụ"]),
        ],
    ),
    (
        "Định kỳ 6 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12), UBND các xã gửi báo cáo về Sở Nội vụ.",
        [("six_month", 15, 6, None, True, [XA], [SO], []), ("annual", 15, 12, None, True, [XA], [SO], [])],
    ),
    (
        "UBND các xã gửi báo cáo số liệu quý về Sở Nội vụ trước ngày 20 tháng cuối quý.",
        [("quarter", 20, None, None, True, [XA], [SO], [])],
    ),
    (
        "UBND các xã xây dựng kế hoạch, gửi Sở Nội vụ trước ngày 31/3/2024.",
        [("plan", 31, 3, 2024, True, [XA], [SO], [])],
    ),
    (
        "Trước ngày 15/7 hằng năm, các cơ quan, đơn vị lập dự toán gửi Sở Tài chính.",
        [("budget_proposal", 15, 7, None, True, ["các cơ quan, đơn vị"], ["Sở Tài chính"], [])],
    ),
    (
        "UBND các xã gửi báo cáo giữa kỳ về Sở Nội vụ trước ngày 30/9/2025.",
        [("mid_term", 30, 9, 2025, True, [XA], [SO], [])],
    ),
    (
        "UBND các xã báo cáo định kỳ, đột xuất về Sở Nội vụ theo yêu cầu.",
        [("periodic", None, None, None, False, [XA], [SO], []), ("ad_hoc", None, None, None, False, [XA], [SO], [])],
    ),
    (
        "Chậm nhất ngày 05/12/2024, UBND các xã nộp báo cáo năm về Sở Nội vụ.",
        [("annual", 5, 12, 2024, False, [XA], [SO], [])],
    ),
    (
        "UBND các xã gửi báo cáo kết quả công tác năm và báo cáo kết quả Tháng hành động về Sở Nội vụ trước ngày 17/12/2024.",
        [("annual", 17, 12, 2024, True, [XA], [SO], []), ("annual", 17, 12, 2024, True, [XA], [SO], [])],
    ),
    (
        "Sở Nội vụ tham mưu sơ kết vào năm 2025, tổng kết vào cuối năm 2030, báo cáo Ủy ban nhân dân huyện.",
        [
            ("mid_term", None, None, 2025, False, [SO], ["Ủy ban nhân dân huyện"], []),
            ("final", None, None, 2030, False, [SO], ["Ủy ban nhân dân huyện"], []),
        ],
    ),
    (
        "Trên đây là Kế hoạch năm 2024; đề nghị UBND các xã triển khai thực hiện và báo cáo kết quả về Sở Nội vụ trước ngày 05/12/2024.",
        [("annual", 5, 12, 2024, True, [XA], [SO], [])],
    ),
    ("UBND các xã sơ kết, rút kinh nghiệm vào tháng 6.", []),
    ("Sở Nội vụ kiểm tra việc thực hiện trước ngày 30/10/2024.", []),
    ("Thực hiện Công văn số 55/UBND-VX ngày 20/9/2023 về việc báo cáo.", []),
]


@pytest.mark.parametrize(("sentence", "duties"), CASES, ids=[c[0][:50] for c in CASES])
def test_duties_of_a_sentence(sentence: str, duties: list[tuple[object, ...]]) -> None:
    """One row a date; passed-on reports are not listed; without a sending there is no duty."""
    found = plan_of(HEADING + "1. " + sentence).reporting
    rows = [
        (d.kind, d.day, d.month, d.year, d.before, list(d.reporters), list(d.recipients), list(d.via)) for d in found
    ]
    assert sorted(rows, key=str) == sorted(duties, key=str)


def test_the_clause_an_agency_stands_in_names_the_reporter() -> None:
    """A bullet under an agency's heading reports for that agency."""
    plan = plan_of("I. TỔ CHỨC THỰC HIỆN\n\n1. Phòng Y tế\n\n- Báo cáo kết quả năm gửi Sở Y tế trước ngày 05/12.")
    assert [(d.reporters, d.recipients) for d in plan.reporting] == [(("Phòng Y tế",), ("Sở Y tế",))]


def test_the_sentence_beside_a_list_of_dates_names_the_recipient() -> None:
    """Dates in bullets, then one sentence without a date that says where the reports go."""
    plan = plan_of(
        HEADING
        + "- Báo cáo 6 tháng: trước ngày 10/6.\n\n- Báo cáo năm: trước ngày 10/12.\n\nBáo cáo gửi về Sở Nội vụ để tổng hợp."
    )
    assert [(d.kind, d.recipients) for d in plan.reporting] == [("six_month", (SO,)), ("annual", (SO,))]


def test_a_cut_off_is_kept_as_printed() -> None:
    """The period's cut-off stands beside the due date."""
    sentence = "UBND các xã báo cáo năm về Sở Nội vụ trước ngày 20/12 (số liệu tính đến hết ngày 14/12)."
    found = plan_of(HEADING + "1. " + sentence).reporting
    assert [(d.day, d.cut_off) for d in found] == [(20, "số liệu tính đến hết ngày 14/12")]
