"""budget.*: sums, lines left out, text against table."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from binhdang.checking.budget import money
from binhdang.paper import Span
from binhdang.plan import Funding
from checking_builders import budget, codes, found, line, plan

SOUND = budget(
    line("I", "Truyền thông", {2026: 100, 2027: 50}),
    line("I.1", "Báo", {2026: 60, 2027: 50}),
    line("I.2", "Đài", {2026: 40}),
    line("II", "Kiểm tra", {2026: 20}),
    by_year={2026: 120, 2027: 50},
    total=170,
)


def test_sums_that_agree() -> None:
    assert codes(plan(budget=SOUND), "budget") == []


def test_a_wrong_total_is_an_error_with_both_numbers() -> None:
    wrong = budget(line("I", "Truyền thông", {2026: 1100}), line("II", "Kiểm tra", {2026: 20}), by_year={2026: 1130})
    (finding,) = found(plan(budget=wrong), "budget")
    assert (finding.code, finding.severity) == ("budget.total-mismatch", "error")
    assert "năm 2026: in 1.130, cộng các phần được 1.120, lệch +10 triệu đồng" in finding.message


def test_a_total_that_leaves_a_line_out_names_it() -> None:
    wrong = budget(
        line("I", "Truyền thông", {2026: 100}), line("II", "Kiểm tra", {2026: 20}), by_year={2026: 100}, total=100
    )
    findings = found(plan(budget=wrong), "budget")
    assert [f.code for f in findings] == ["budget.total-mismatch"] * 2 + ["budget.left-out"]
    assert "Dòng tổng cộng bỏ sót dòng II “Kiểm tra”" in findings[-1].message


def test_a_line_that_leaves_a_child_out_names_it() -> None:
    wrong = budget(line("I", "Dự án 1", {2026: 60}), line("I.1", "Báo", {2026: 60}), line("I.2", "Đài", {2026: 40}))
    findings = found(plan(budget=wrong), "budget")
    assert [f.code for f in findings] == ["budget.total-mismatch", "budget.left-out"]
    assert "Dòng I bỏ sót dòng I.2 “Đài”" in findings[-1].message


@pytest.mark.parametrize(
    ("sentence", "amount", "expected"),
    [
        ("Trong năm 2026, kinh phí thực hiện Kế hoạch này là 120 triệu đồng.", 120, []),
        ("Trong năm 2026, kinh phí thực hiện Kế hoạch này là 150 triệu đồng.", 150, ["budget.text-mismatch"]),
        ("Tổng kinh phí năm 2026: 150 triệu đồng.", 150, ["budget.text-mismatch"]),
        ("Tổ chức hai lớp tập huấn: 15 triệu đồng.", 15, []),  # one activity, not the plan
        ("Tổng kinh phí lớn. Riêng hội thi là 15 triệu đồng.", 15, []),  # another sentence
    ],
)
def test_money_in_the_text_against_the_table(sentence: str, amount: int, expected: list[str]) -> None:
    at = sentence.index(str(amount))
    funding = Funding("Ngân sách", None, 2026, Decimal(amount), Span(at, at + 3))
    assert codes(plan(sentence, budget=SOUND, funding=(funding,)), "budget") == expected


@pytest.mark.parametrize(
    ("amount", "source", "expected"),
    [
        (170, None, []),
        (120, None, []),  # of one year, which the reader did not catch
        (180, None, ["budget.text-mismatch"]),
        (170, "local", []),
        (90, "local", ["budget.text-mismatch"]),
        (90, "central", []),  # the table has no such money: the text speaks of something else
    ],
)
def test_money_of_the_whole_period(amount: int, source: str | None, expected: list[str]) -> None:
    sentence = f"Tổng kinh phí thực hiện giai đoạn là {amount} triệu đồng."
    at = sentence.index(str(amount))
    funding = Funding("Ngân sách", source, None, Decimal(amount), Span(at, at + 3))
    said = codes(plan(sentence, budget=SOUND, funding=(funding,)), "budget")
    assert said == expected


def test_a_table_with_undecided_columns_proves_nothing() -> None:
    sentence = "Tổng kinh phí năm 2026 là 500 triệu đồng."
    funding = Funding("Ngân sách", None, 2026, Decimal(500), Span(26, 29))
    row = line("I", "x", {2026: 120})
    undecided = replace(row, amounts=(replace(row.amounts[0], source=None),))
    assert codes(plan(sentence, budget=budget(row), funding=(funding,)), "budget.text-mismatch") != []
    assert codes(plan(sentence, budget=budget(undecided), funding=(funding,)), "budget.text-mismatch") == []


def test_a_table_in_thousands_is_compared_in_millions() -> None:
    sentence = "Tổng kinh phí năm 2026 là 120 triệu đồng."
    funding = Funding("Ngân sách", None, 2026, Decimal(120), Span(26, 29))
    thousands = budget(line("I", "x", {2026: 120_000}), by_year={2026: 120_000}, unit="nghìn đồng")
    assert codes(plan(sentence, budget=thousands, funding=(funding,)), "budget") == []


@pytest.mark.parametrize(
    ("amount", "printed"),
    [("1130", "1.130"), ("1250.50", "1.250,5"), ("0", "0"), ("-90", "-90"), ("1000000", "1.000.000")],
)
def test_money_is_written_the_vietnamese_way(amount: str, printed: str) -> None:
    assert money(Decimal(amount)) == printed
