"""Funding named in running text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from binhdang.reading.draft import Draft, Paragraph
from binhdang.reading.stages.budget_sources import plan_years, source_of, years_in
from binhdang.reading.stages.funding import find_funding


def draft(*paragraphs: str) -> Draft:
    text = "\n".join(paragraphs)
    rows, at = [], 0
    for p in paragraphs:
        rows.append(Paragraph(at, p, p, p.lower()))
        at += len(p) + 1
    return Draft(text, rows)


def found(*paragraphs: str) -> list[tuple[str, str | None, int | None, Decimal | None]]:
    d = draft(*paragraphs)
    rows = find_funding(d)
    assert all(f.span.of(d.text) == f.label for f in rows)
    return [(f.label, f.source, f.year, f.amount) for f in rows]


def test_amounts_by_source_and_year() -> None:
    assert found(
        "Năm 2026, kinh phí thực hiện Kế hoạch là 1,2 tỷ đồng, trong đó: ngân sách Trung ương hỗ trợ 800 triệu đồng; "
        "ngân sách tỉnh: 300 triệu đồng; nguồn xã hội hóa 100.000.000 đồng."
    ) == [
        ("kinh phí thực hiện Kế hoạch", None, 2026, Decimal(1200)),
        ("ngân sách Trung ương", "central", 2026, Decimal(800)),
        ("ngân sách tỉnh", "local", 2026, Decimal(300)),
        ("nguồn xã hội hóa", "other", 2026, Decimal(100)),
    ]


def test_sources_without_amounts_in_a_funding_section() -> None:
    assert found(
        "III. KINH PHÍ THỰC HIỆN",
        "1. Ngân sách huyện cấp theo phân cấp.",
        "2. Viện trợ quốc tế và các nguồn hợp pháp khác.",
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Tài chính: tham mưu cân đối ngân sách huyện.",
    ) == [
        ("Ngân sách huyện", "local", None, None),
        ("Viện trợ quốc tế", "other", None, None),
        ("các nguồn hợp pháp khác", "other", None, None),
    ]


def test_amount_before_its_only_source() -> None:
    assert found("Dự kiến tổng kinh phí: 45.000.000 đồng (Bốn mươi lăm triệu đồng) từ nguồn ngân sách xã.") == [
        ("nguồn ngân sách xã", "local", None, Decimal(45))
    ]


def test_the_state_budget_has_no_class() -> None:
    assert found("Kinh phí được bố trí trong dự toán ngân sách nhà nước hằng năm.") == [
        ("ngân sách nhà nước", None, None, None)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tuyên truyền Luật Bình đẳng giới trên Đài Truyền thanh.",
        "Lồng ghép giới vào ngân sách của các ngành.",
        "Kế hoạch phát triển kinh tế - xã hội của huyện.",
        "Có 30 đồng chí tham dự hội nghị.",
    ],
)
def test_no_funding(text: str) -> None:
    assert found(text) == []


def test_tables_are_left_to_the_budget() -> None:
    d = draft("Kinh phí từ ngân sách tỉnh 5 triệu đồng")
    d.paragraphs[0].table = 0
    assert find_funding(d) == []


def test_spans_point_at_the_printed_words_when_mending_changed_the_length() -> None:
    text, match = "Kinh phí do ngân  sách xã cấp.", "Kinh phí do ngân sách xã cấp."
    back = [*range(17), *range(18, 31)]
    d = Draft(text, [Paragraph(0, text, match, match.lower(), back=back)])
    assert [f.label for f in find_funding(d)] == ["ngân  sách xã"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("NSTW", "central"),
        ("Trung ương", "central"),
        ("TW", "central"),
        ("Ngân sách Trung ương hỗ trợ", "central"),
        ("Ngân sách tỉnh", "local"),
        ("NSĐP", "local"),
        ("Huyện", "local"),
        ("Cấp xã", "local"),
        ("Ngân sách thành phố", "local"),
        ("Nguồn khác", "other"),
        ("Xã hội hóa", "other"),
        ("Xã hội hoá", "other"),
        ("Vốn huy động", "other"),
        ("Viện trợ", "other"),
        ("Ngân sách nhà nước", None),
        ("Nội dung", None),
        ("Kinh tế - xã hội", None),
    ],
)
def test_source_of(name: str, source: str | None) -> None:
    assert source_of(name) == source


def test_years() -> None:
    assert years_in("giai đoạn 2021 - 2023") == [2021, 2022, 2023]
    assert years_in("Năm 2026, 2027; số 12/2026/QĐ") == [2026, 2027]
    assert plan_years("KẾ HOẠCH\nBình đẳng giới năm 2026\n\nCăn cứ Luật năm 2006") == [2026]
    assert plan_years("KẾ HOẠCH\nBình đẳng giới năm 2026\nI. MỤC TIÊU\nĐến năm 2030 đạt 35%") == [2026]
    assert plan_years("KẾ HOẠCH\nBình đẳng giới\nCăn cứ Luật năm 2006") == []
    assert plan_years("Báo cáo năm 2026") == []
