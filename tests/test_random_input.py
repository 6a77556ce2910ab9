"""Whatever the bytes are, a person gets a plan or an error worded for people; and hostile repeats cost time in proportion.

A few hundred cases a test by default; script/test --long runs 10,000.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhdang import reading
from binhdang.errors import BinhdangError
from binhdang.plan import Plan, from_record, to_json
from binhdang.reading.intake import take_in_bytes

PLANS = Path(__file__).parent / "plans"
LINES = [line for p in sorted(PLANS.glob("*.txt")) for line in p.read_text("utf-8").split("\n")]
NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", ""])
PIECES = st.sampled_from(
    [
        "I. ", "1. ", "a) ", "- ", "1.1. ", "Điều 1. ", "Phần thứ nhất", "\n", "\n\n", "\t", " ", "|", "%", "50% ", "1.250,5 ",
        "KẾ HOẠCH", "Số: ", "12/KH-UBND", "ngày 31 tháng 2 năm 2024", "29/2/2023", "trước ngày 30/13", "Quý V", "hằng năm",
        "Sở Nội vụ", "chủ trì, phối hợp với ", "các sở, ban, ngành", "UBND ", "Quyết định số ", "/QĐ-TTg", "Luật ", "Nơi nhận:",
        "TM. ", "KT. CHỦ TỊCH", "(b/c);", "báo cáo ", "triệu đồng", "Tổng cộng", "Đơn vị tính: ", "[1]", "./.", "\u0301", "\u202e", "0" * 40,
    ]
)  # fmt: skip


def read(data: bytes, name: str) -> Plan | None:
    """The plan, or None where the file is refused with an error for people."""
    try:
        return reading.read(take_in_bytes(data, name))
    except BinhdangError as error:
        assert error.message and error.code
        return None


def whole(plan: Plan) -> None:
    """Every span lies in the text, and the plan goes through JSON unchanged."""
    spans = [s for c in plan.citations for s in c.spans]
    spans += [
        row.span for rows in (plan.tasks, plan.targets, plan.outline, plan.reporting, plan.recipients) for row in rows
    ]
    spans += [*plan.unplaced, *(f.span for f in plan.findings if f.span)]
    assert all(0 <= s.start <= s.end <= len(plan.text) for s in spans)
    assert from_record(json.loads(to_json(plan))) == plan


@pytest.mark.long
@given(st.binary(max_size=600), NAMES)
def test_any_bytes(data: bytes, name: str) -> None:
    if plan := read(data, name):
        whole(plan)


@pytest.mark.long
@given(st.lists(PIECES | st.text(max_size=6), max_size=80))
def test_any_pieces_of_plans(pieces: list[str]) -> None:
    if plan := read("".join(pieces).encode("utf-8", "replace"), "a.txt"):
        whole(plan)


@pytest.mark.long
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=60))
def test_any_order_of_lines(lines: list[str]) -> None:
    if plan := read("\n".join(lines).encode(), "a.txt"):
        whole(plan)


@pytest.mark.usefixtures("even_time")
@pytest.mark.parametrize(
    "piece",
    ["1. ", "a) ", "((", "- ", " ", "50% ", "Quyết định số ", "ngày 12 tháng 3 ", "Sở Nội vụ, ", "a\n", "I. A\n", "1 | 2\t\n", "“", "[1]"],
)  # fmt: skip
def test_hostile_repeats_take_time_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        data = ("KẾ HOẠCH\nI. MỤC TIÊU\n" + piece * (size // len(piece.encode()))).encode()
        times = []
        for _ in range(2):
            start = time.process_time()
            read(data, "a.txt")
            times.append(time.process_time() - start)
        return min(times)

    # Four times the text: four times the time, with room for the clock; a square would be sixteen. A machine that slows
    # down in between is asked again; a square stays one.
    assert any(seconds(24_000) <= 8 * seconds(6_000) + 0.05 for _ in range(5))
