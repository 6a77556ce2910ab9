"""Budget tables: with a header of one to three rows, over pages, and with header, ruling or labels lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhdang.paper import Line, Span
from binhdang.plan.model import Budget
from binhdang.plan.sums import Mismatch, sums
from binhdang.reading.draft import Grid, GridCell
from binhdang.reading.stages.budget import read_budget
from binhdang.reading.stages.lost_tables import find_lost_tables

TEXT = "KẾ HOẠCH\nCông tác bình đẳng giới năm 2026\n\nI. MỤC TIÊU"
LONG_TEXT = "KẾ HOẠCH\nBình đẳng giới giai đoạn 2026-2028\n\nI. MỤC TIÊU"


def grid(table: str, *, caption: str = "", lost: bool = False) -> Grid:
    """A grid from lines "| a | b |"; each cell's span is its place in `table`."""
    rows, at = [], 0
    for line in table.splitlines(keepends=True):
        cells, place = [], at + line.find("|") + 1
        for piece in line.strip().strip("|").split("|") if "|" in line else []:
            start = place + len(piece) - len(piece.lstrip())
            text = piece.strip()
            cells.append(GridCell(text, Span(start, start + len(text))))
            place += len(piece) + 1
        if cells:
            rows.append(tuple(cells))
        at += len(line)
    return Grid(tuple(rows), lost=lost, caption=caption)


def read(*tables: str, caption: str = "", text: str = TEXT, lost: bool = False) -> Budget:
    """The budget of some tables; abbreviated agencies are spelled out by a stub."""
    grids = [grid(t, caption=caption if i == 0 else "", lost=lost) for i, t in enumerate(tables)]
    budget, _, spans = read_budget(
        grids, text, spell_out=lambda s: s.replace("LĐTBXH", "Lao động - Thương binh và Xã hội")
    )
    assert budget is not None
    assert spans
    return budget


def shown(budget: Budget) -> list[str]:
    """Each line as "code title: 2026 central 10, …"; what is undecided is "?"."""
    return [
        f"{line.code} {line.title}: "
        + ", ".join(f"{a.year or '?'} {a.source or '?'} {a.amount.normalize():f}" for a in line.amounts)
        for line in budget.lines
    ]


def totals(budget: Budget) -> tuple[dict[int, int], dict[str, int], int | None]:
    """The printed totals as whole numbers."""
    t = budget.totals
    return (
        {k: int(v) for k, v in t.by_year.items()},
        {k: int(v) for k, v in t.by_source.items()},
        int(t.all) if t.all is not None else None,
    )


def test_one_amount_column() -> None:
    budget = read(
        """
        | STT | Nội dung        | Kinh phí (ngân sách xã) |
        | 1   | Tập huấn        | 15                      |
        | 2   | Tờ gấp          | 7,5                     |
        |     | Tổng cộng       | 22,5                    |
        """,
        caption="Dự toán kinh phí (Đơn vị tính: triệu đồng)",
    )
    assert shown(budget) == ["1 Tập huấn: 2026 local 15", "2 Tờ gấp: 2026 local 7.5"]
    assert budget.unit == "triệu đồng"
    assert budget.sources == ("local",)
    assert budget.lines[0].total == {"local": Decimal(15)}
    assert budget.totals.all == budget.totals.by_year[2026] == budget.totals.by_source["local"] == Decimal("22.5")
    assert budget.lines[0].span is not None


def test_source_from_the_only_source_of_the_text() -> None:
    text = TEXT + "\nII. KINH PHÍ\nKinh phí thực hiện được bố trí từ ngân sách huyện."
    budget = read(
        """
        | TT | Nội dung chi | Thành tiền |
        | 1  | Hội thi      | 20.000.000 |
        | 2  | Pa nô        | 5.500.000  |
        """,
        caption="ĐVT: đồng",
        text=text,
    )
    assert shown(budget) == ["1 Hội thi: 2026 local 20000000", "2 Pa nô: 2026 local 5500000"]
    assert budget.unit == "đồng"
    assert totals(budget) == ({}, {}, None)


def test_sources_under_one_head_with_a_total() -> None:
    budget = read(
        """
        | TT | Nội dung   | Kinh phí (triệu đồng) |         |        |            | Đơn vị thực hiện |
        |    |            | Tổng số               | Trong đó |       |            |                  |
        |    |            |                       | NSTW    | NSĐP   | Nguồn khác |                  |
        | (1)| (2)        | (3)                   | (4)     | (5)    | (6)        | (7)              |
        | 1  | Tập huấn   | 100                   | 60      | 40     | -          | Sở LĐTBXH        |
        | 2  | Mô hình    | 1.250                 | 1.000   | 200    | 50         | Sở Y tế          |
        |    | Tổng số    | 1.350                 | 1.060   | 240    | 50         |                  |
        """
    )
    assert shown(budget) == [
        "1 Tập huấn: 2026 central 60, 2026 local 40",
        "2 Mô hình: 2026 central 1000, 2026 local 200, 2026 other 50",
    ]
    assert [line.lead for line in budget.lines] == ["Sở Lao động - Thương binh và Xã hội", "Sở Y tế"]
    assert totals(budget) == ({2026: 1350}, {"central": 1060, "local": 240, "other": 50}, 1350)
    assert sums(budget) == []


def test_years_only() -> None:
    budget = read(
        """
        | STT | Nhiệm vụ | Kinh phí thực hiện |      |      | Tổng cộng |
        |     |          | Năm 2026 | Năm 2027 | Năm 2028 |           |
        | A   | Truyền thông | 10   | 10   | 20   | 40        |
        | B   | Tập huấn     | 5    |      | 5    | 10        |
        |     | Cộng         | 15   | 10   | 25   | 50        |
        """,
        caption="Biểu dự toán (ĐVT: Tr.đồng)",
        text=LONG_TEXT,
    )
    assert shown(budget) == ["A Truyền thông: 2026 ? 10, 2027 ? 10, 2028 ? 20", "B Tập huấn: 2026 ? 5, 2028 ? 5"]
    assert totals(budget) == ({2026: 15, 2027: 10, 2028: 25}, {}, 50)
    assert budget.unit == "triệu đồng"


YEARS_AND_SOURCES = """
| TT | Nội dung     | Năm 2026 |    | Năm 2027 |    | Tổng |    | Cơ quan chủ trì |
|    |              | TW | Tỉnh     | TW | Tỉnh     | TW | Tỉnh |                 |
| I  | Dự án 1      | 10 | 20       | 30 | 40       | 40 | 60   |                 |
| 1  | Tờ gấp       | 4  | 20       |    | 40       | 4  | 60   | Sở Tư pháp      |
| 2  | Hội thảo     | 6  |          | 30 |          | 36 |      | Sở LĐTBXH       |
| II | Dự án 2      |    | 5        |    | 5        |    | 10   | Sở Nội vụ       |
"""


def test_years_over_sources() -> None:
    budget = read(
        YEARS_AND_SOURCES + "| | Tổng cộng | 10 | 25 | 30 | 45 | 40 | 70 | |", caption="Kinh phí (nghìn đồng)"
    )
    assert shown(budget) == [
        "I Dự án 1: 2026 central 10, 2026 local 20, 2027 central 30, 2027 local 40",
        "I.1 Tờ gấp: 2026 central 4, 2026 local 20, 2027 local 40",
        "I.2 Hội thảo: 2026 central 6, 2027 central 30",
        "II Dự án 2: 2026 local 5, 2027 local 5",
    ]
    assert [line.parent for line in budget.lines] == [None, "I", "I", None]
    assert budget.lines[0].total == {"central": Decimal(40), "local": Decimal(60)}
    assert totals(budget) == ({2026: 35, 2027: 75}, {"central": 40, "local": 70}, None)
    assert budget.unit == "nghìn đồng"
    assert sums(budget) == []


def test_totals_row_merged_over_the_sources_of_a_year() -> None:
    budget = read(YEARS_AND_SOURCES + "| | Tổng cộng | 35 | | 75 | | 110 | | |", caption="Kinh phí (triệu đồng)")
    assert totals(budget) == ({2026: 35, 2027: 75}, {}, 110)


def test_pages_with_and_without_a_repeated_header() -> None:
    head = "| TT | Hoạt động | Ngân sách tỉnh | Xã hội hóa |\n"
    budget = read(
        head + "| I | Truyền thông | 30 | 5 |\n| 1 | Tờ gấp, áp | 10 | |\n",
        "| | phích | | |\n| 2 | Phóng sự | 20 | 5 |\n",
        head + "| II | Kiểm tra | 8 | |\n| | Tổng cộng | 38 | 5 |\n",
        caption="Kinh phí thực hiện (triệu đồng)",
    )
    assert shown(budget) == [
        "I Truyền thông: 2026 local 30, 2026 other 5",
        "I.1 Tờ gấp, áp phích: 2026 local 10",
        "I.2 Phóng sự: 2026 local 20, 2026 other 5",
        "II Kiểm tra: 2026 local 8",
    ]
    assert totals(budget)[1] == {"local": 38, "other": 5}


def test_parts_of_the_local_budget_are_one_source() -> None:
    budget = read(
        """
        | TT | Nội dung | Ngân sách tỉnh | Ngân sách huyện | Vốn huy động |
        | 1  | Tập huấn | 10             | 5               | 2            |
        """
    )
    assert shown(budget) == ["1 Tập huấn: 2026 local 15, 2026 other 2"]
    assert budget.sources == ("local", "other")


def test_a_task_table_with_amounts_is_a_budget() -> None:
    budget = read(
        """
        | STT | Nhiệm vụ  | Cơ quan chủ trì | Thời gian | Kinh phí (đồng) | Ghi chú |
        | 1   | Tọa đàm   | Hội LHPN xã     | Quý I     | 3.000.000       |         |
        | 2   | Báo cáo   | Công chức VHXH  | Tháng 12  |                 |         |
        """
    )
    assert shown(budget) == ["1 Tọa đàm: 2026 ? 3000000", "2 Báo cáo: "]
    assert [line.lead for line in budget.lines] == ["Hội LHPN xã", "Công chức VHXH"]


def test_sources_named_in_a_column_of_words() -> None:
    budget = read(
        """
        | TT | Nội dung | Kinh phí | Nguồn kinh phí              |
        | 1  | Tập huấn | 5        | Ngân sách tỉnh              |
        | 2  | Tờ gấp   | 1        | Xã hội hóa                  |
        | 3  | Hội thi  | 2        | Ngân sách xã và xã hội hóa  |
        """
    )
    assert shown(budget) == ["1 Tập huấn: 2026 local 5", "2 Tờ gấp: 2026 other 1", "3 Hội thi: 2026 ? 2"]


def test_the_state_budget_is_an_amount_without_a_class() -> None:
    budget = read(
        """
        | STT | Nội dung | Kinh phí năm 2026 |            |           |
        |     |          | Tổng              | Nguồn NSNN | Nguồn XHH |
        | 1   | Tập huấn | 15                | 10         | 5         |
        |     | Tổng     | 15                | 10         | 5         |
        """
    )
    assert shown(budget) == ["1 Tập huấn: 2026 ? 10, 2026 other 5"]
    assert totals(budget) == ({2026: 15}, {"other": 5}, 15)


def test_totals_on_top_a_unit_row_and_the_sum_in_words() -> None:
    budget = read(
        """
        | Đơn vị tính: đồng        |           |           |
        | STT | Nội dung           | Số tiền   | Ghi chú   |
        |     | TỔNG SỐ            | 7.000.000 |           |
        | A   | Cấp huyện          | 5.000.000 |           |
        | 1   | Tập huấn           | 5.000.000 |           |
        | B   | Cấp xã             | 2.000.000 |           |
        | Bằng chữ: Bảy triệu đồng |           |           |
        """,
        caption="DỰ TOÁN KINH PHÍ NĂM 2027",
        text=LONG_TEXT,
    )
    assert [line.code for line in budget.lines] == ["A", "A.1", "B"]
    assert budget.unit == "đồng"
    assert totals(budget) == ({2027: 7_000_000}, {}, 7_000_000)
    assert sums(budget) == []


def test_year_totals_beside_their_sources() -> None:
    budget = read(
        """
        | STT | Nhiệm vụ | Nhu cầu kinh phí giai đoạn 2026-2027 |      |      |      |      |      |      |
        |     |          | Tổng số                              | 2026 |      |      | 2027 |      |      |
        |     |          |                                      | Tổng | NSTW | NSĐP | Tổng | NSTW | NSĐP |
        | I   | Dự án 1  | 100                                  | 50   | 20   | 30   | 50   | 25   | 25   |
        | Tổng cộng (I) |     | 100                                  | 50   | 20   | 30   | 50   | 25   | 25   |
        """
    )
    assert shown(budget) == ["I Dự án 1: 2026 central 20, 2026 local 30, 2027 central 25, 2027 local 25"]
    assert totals(budget) == ({2026: 50, 2027: 50}, {"central": 45, "local": 55}, 100)


def test_subtotals_of_groups_are_no_lines() -> None:
    budget = read(
        """
        | TT | Hoạt động    | Kinh phí |
        | I  | Truyền thông |          |
        | 1  | Tập huấn     | 15       |
        |    | Cộng I       | 15       |
        |    | Mô hình      |          |
        | 1  | Câu lạc bộ   | 3        |
        |    | Cộng         | 3        |
        |    | Tổng cộng    | 18       |
        """
    )
    assert [line.code for line in budget.lines] == ["I", "I.1", "II", "II.1"]
    assert budget.totals.all == 18


def test_quantity_and_price_are_no_amounts() -> None:
    budget = read(
        """
        | TT | Nội dung | Đơn vị tính | Số lượng | Đơn giá | Thành tiền |
        | 1  | Tờ gấp   | tờ          | 2.000    | 1.500   | 3.000.000  |
        | 2  | Pa nô    | cái         | 2        | 500.000 | 1.000.000  |
        | Tổng cộng |   |             |          |         | 4.000.000  |
        """
    )
    assert [line.amounts[0].amount for line in budget.lines] == [3_000_000, 1_000_000]
    assert budget.totals.all == 4_000_000


def test_units_in_the_cells_and_commas_between_thousands() -> None:
    budget = read(
        """
        | TT | Nội dung | Kinh phí        |
        | 1  | Tập huấn | 12,500,000 đồng |
        | 2  | Tờ gấp   | 500,000 đồng    |
        """
    )
    assert [line.amounts[0].amount for line in budget.lines] == [12_500_000, 500_000]
    assert budget.unit == "đồng"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("I 1 2 II 1 2", "I I.1 I.2 II II.1 II.2"),
        ("I 1 2 _ 1 2 III", "I I.1 I.2 II II.1 II.2 III"),
        ("I 1 _ 3 II", "I I.1 I.2 I.3 II"),
        ("_ 1 2 II 1", "I I.1 I.2 II II.1"),
        ("1 1.1 1.2 2 2.1", "1 1.1 1.2 2 2.1"),
        ("I 1 1.1 1.2 2", "I I.1 I.1.1 I.1.2 I.2"),
        ("I 1 a b 2", "I I.1 I.1.a I.1.b I.2"),
        ("A I 1 II B I", "A A.I A.I.1 A.II B B.I"),
        ("_ _ _", "1 2 3"),
        ("1 - - 2", "1 1.1 1.2 2"),
        ("1 2 _", "1 2 3"),
    ],
)
def test_codes(labels: str, expected: str) -> None:
    rows = [f"| {'' if label == '_' else label} | Việc số {i} | 10 |" for i, label in enumerate(labels.split())]
    budget = read("| TT | Nội dung | Kinh phí |\n" + "\n".join(rows))
    assert " ".join(line.code for line in budget.lines) == expected
    assert [line.parent for line in budget.lines] == [line.code.rpartition(".")[0] or None for line in budget.lines]


def test_a_lost_label_after_children_that_fill_their_parent() -> None:
    head = "| TT | Nội dung | Kinh phí |\n| I | Truyền thông | 30 |\n| 1 | Tờ gấp | 10 |\n"
    full = read(head + "| 2 | Phóng sự | 20 |\n| | Kiểm tra | 8 |")
    assert [line.code for line in full.lines] == ["I", "I.1", "I.2", "II"]
    short = read(head + "| 2 | Phóng sự | 12 |\n| | Pa nô | 8 |")
    assert [line.code for line in short.lines] == ["I", "I.1", "I.2", "I.3"]


def test_titles_that_only_look_like_totals() -> None:
    budget = read(
        """
        | TT | Nội dung            | Kinh phí |
        | 1  | Tổng kết, đánh giá  | 10       |
        | 2  | Cộng tác viên       | 5        |
        |    | Tổng cộng (1+2)     | 15       |
        """
    )
    assert shown(budget) == ["1 Tổng kết, đánh giá: 2026 ? 10", "2 Cộng tác viên: 2026 ? 5"]
    assert budget.totals.all == 15


@pytest.mark.parametrize(
    "table",
    [
        "| STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n| 1 | Tuyên truyền | Sở Tư pháp | Quý I |\n| 2 | Tập huấn | Sở Y tế | 2026 |",
        "| TT | Chỉ tiêu | Đơn vị tính | Năm 2026 | Năm 2027 |\n| 1 | Nữ đại biểu | % | 35 | 40 |\n| 2 | Lao động nữ | % | 48 | 50 |",
        "| STT | Nội dung | Nguồn kinh phí |\n| 1 | Tuyên truyền | Ngân sách xã |\n| 2 | Tập huấn | Xã hội hóa |",
        "| Nơi nhận: | TM. ỦY BAN NHÂN DÂN |\n| - Như trên; | CHỦ TỊCH |",
    ],
)
def test_other_tables_are_no_budget(table: str) -> None:
    assert read_budget([grid(table)], TEXT, spell_out=str)[0] is None


def test_no_tables() -> None:
    assert read_budget([], "Kinh phí 500 triệu đồng", spell_out=str) == (None, [], [])


def test_an_unreadable_amount_is_a_finding() -> None:
    table = "| TT | Nội dung | Kinh phí |\n| 1 | Tập huấn | 1O5 |\n| 2 | Tờ gấp | 20 |"
    budget, findings, _ = read_budget([grid(table)], TEXT, spell_out=str)
    assert budget is not None
    assert budget.lines[0].amounts == ()
    assert [f.code for f in findings] == ["budget.undecided"]


# --- header lost ---

TOLD = (
    "KẾ HOẠCH\nBình đẳng giới giai đoạn 2021-2024\n\nNăm 2022, kinh phí thực hiện là 75 triệu đồng "
    "(trong đó: ngân sách tỉnh 45 triệu đồng, ngân sách Trung ương 30 triệu đồng)."
)
BODY = """
| I  | Dự án 1 | 20 | 30 | 40 | 10 | 60 | 40 |            |
| 1  | Tờ gấp  | 20 |    | 40 |    | 60 |    | Sở Tư pháp |
| 2  | Pa nô   |    | 30 |    | 10 |    | 40 | Sở Y tế    |
|    | Dự án 2 | 25 |    | 15 | 5  | 40 | 5  |            |
| 1  | Hội thi | 25 |    | 15 | 5  | 40 | 5  | Sở Nội vụ  |
| III| Kiểm tra| 0  |    | 3  |    | 3  |    | Sở LĐTBXH  |
"""


def test_header_lost_years_and_sources_from_sums_and_text() -> None:
    budget = read(BODY + "| | Tổng cộng | 75 | 73 | 148 |", text=TOLD, lost=True)
    assert shown(budget) == [
        "I Dự án 1: 2022 local 20, 2022 central 30, 2023 local 40, 2023 central 10",
        "I.1 Tờ gấp: 2022 local 20, 2023 local 40",
        "I.2 Pa nô: 2022 central 30, 2023 central 10",
        "II Dự án 2: 2022 local 25, 2023 local 15, 2023 central 5",
        "II.1 Hội thi: 2022 local 25, 2023 local 15, 2023 central 5",
        "III Kiểm tra: 2023 local 3",
    ]
    assert [line.lead for line in budget.lines][1:3] == ["Sở Tư pháp", "Sở Y tế"]
    assert budget.lines[0].total == {"local": Decimal(60), "central": Decimal(40)}
    assert totals(budget) == ({2022: 75, 2023: 73}, {}, 148)
    assert budget.unit == "triệu đồng"


def test_header_lost_totals_in_pieces() -> None:
    budget = read(BODY + "| 45 |\n| 58 | 15 | 103 | 45 | |", text=TOLD, lost=True)
    assert totals(budget)[1] == {"local": 103, "central": 45}


def test_header_and_empty_cells_lost() -> None:
    budget = read(
        """
        | I | Dự án 1 | 20 | 30 | 40 | 10 | 5 |
        | 1 | Tờ gấp | 20 | 40 | Sở Tư pháp |
        | 2 | Pa nô | 30 | 10 | 5 | Sở Y tế |
        | II | Dự án 2 | 25 | 15 | 7 | 3 |
        | Tổng cộng | 75 | 65 | 15 | 155 |
        """,
        text=TOLD,
        lost=True,
    )
    assert [line.code for line in budget.lines] == ["I", "I.1", "I.2", "II"]
    assert [line.lead for line in budget.lines] == [None, "Sở Tư pháp", "Sở Y tế", None]
    # nothing says in which column an amount stood, but the totals by year add up and the text names the first
    assert all(line.amounts == () for line in budget.lines)
    assert totals(budget) == ({2022: 75, 2023: 65, 2024: 15}, {}, 155)


def test_header_lost_and_nothing_in_the_text() -> None:
    text = "KẾ HOẠCH\nBình đẳng giới\nKinh phí theo phụ lục."
    budget, findings, _ = read_budget([grid(BODY, lost=True)], text, spell_out=str)
    assert budget is not None
    assert {(a.year, a.source) for line in budget.lines for a in line.amounts} == {(None, None)}
    # the sums are known as sums, so they are no amounts
    assert [a.amount for a in budget.lines[0].amounts] == [20, 30, 40, 10]
    assert [f.code for f in findings] == ["budget.undecided"]


def test_header_lost_three_years_and_a_total_of_the_plan() -> None:
    text = "KẾ HOẠCH\nBình đẳng giới giai đoạn 2026-2028\n\nKinh phí: ngân sách xã; đơn vị triệu đồng."
    budget = read(
        """
        | 1 | Tập huấn | 5 | 6 | 7 | 18 |
        | 2 | Tờ gấp   | 1 |   | 2 | 3  |
        | 3 | Hội thi  |   | 9 |   | 9  |
        |   | Cộng     | 6 | 15| 9 | 30 |
        """,
        text=text,
        lost=True,
    )
    assert shown(budget) == [
        "1 Tập huấn: 2026 local 5, 2027 local 6, 2028 local 7",
        "2 Tờ gấp: 2026 local 1, 2028 local 2",
        "3 Hội thi: 2027 local 9",
    ]
    assert totals(budget) == ({2026: 6, 2027: 15, 2028: 9}, {"local": 30}, 30)


@pytest.mark.parametrize(
    "table",
    [
        "| 1 | Xã Một | 35 | 41 |\n| 2 | Xã Hai | 48 | 50 |\n| 3 | Xã Ba | 51 | 47 |",
        "| TT | Xã | Nam | Nữ | Tổng |\n| 1 | Xã Một | 35 | 41 | 76 |\n| 2 | Xã Hai | 48 | 50 | 98 |\n| | Cộng | 83 | 91 | 174 |",
    ],
)
def test_lost_counts_of_people_are_no_budget(table: str) -> None:
    assert read_budget([grid(table, lost=True)], TOLD, spell_out=str)[0] is None


def test_header_kept_in_part() -> None:
    budget = read(
        """
        | TT | Nội dung | Năm 2026 | Năm 2027 |
        | TW | Tỉnh     | TW       | Tỉnh     |
        """
        + BODY,
        text=TOLD.replace("2022", "2030"),
        lost=True,
    )
    assert shown(budget)[1] == "I.1 Tờ gấp: 2026 central 20, 2027 central 40"


def test_a_row_that_lost_cells_is_put_back_by_its_sums() -> None:
    table = BODY.replace(
        "| 1  | Tờ gấp  | 20 |    | 40 |    | 60 |    | Sở Tư pháp |",
        "| 1 | Tờ gấp | 20 | 7 | 40 | 60 | 7 | Sở Tư pháp |",
    )
    budget = read(table, text=TOLD, lost=True)
    assert shown(budget)[1] == "I.1 Tờ gấp: 2022 local 20, 2022 central 7, 2023 local 40"


# --- sums ---


def test_sums_that_differ() -> None:
    budget = read(
        """
        | TT | Nội dung  | Năm 2026 |      | Năm 2027 |      | Tổng |      |
        |    |           | TW       | Tỉnh | TW       | Tỉnh | TW   | Tỉnh |
        | I  | Dự án 1   | 10       | 20   | 30       | 40   | 41   | 60   |
        | 1  | Tờ gấp    | 10       | 15   | 30       | 40   | 40   | 55   |
        | II | Kiểm tra  |          | 5    |          | 5    |      | 10   |
        |    | Tổng cộng | 10       | 20   | 30       | 40   | 40   | 60   |
        """,
        caption="Kinh phí",
    )
    found = sums(budget)
    assert found == [
        Mismatch("row", "I", None, "central", Decimal(41), Decimal(40)),
        Mismatch("parent", "I", 2026, "local", Decimal(20), Decimal(15)),
        Mismatch("column", None, 2026, None, Decimal(30), Decimal(35)),
        Mismatch("column", None, 2027, None, Decimal(70), Decimal(75)),
        Mismatch("column", None, None, "local", Decimal(60), Decimal(70)),
        Mismatch("left-out", "II", None, None, Decimal(0), Decimal(10)),
    ]


# --- lost ruling ---


def lines(text: str) -> list[Line]:
    """Physical lines; an empty one is a gap before the next."""
    out: list[Line] = []
    gap = False
    for line in text.split("\n"):
        if not line.strip() and "\t" not in line:
            gap = True
            continue
        out.append(Line(line, gap=gap))
        gap = False
    return out


def tabbed(table: str, *, between: str = "\n\n") -> str:
    """A table "| a | b |" as tab-led lines, one cell each."""
    rows = [[c.strip() for c in row.strip().strip("|").split("|")] for row in table.strip().splitlines()]
    return between.join("\n".join("\t" + c for c in row) for row in rows)


def cells(text: str) -> list[list[list[str]]]:
    return [[[c for _, c in row] for row in t.rows] for t in find_lost_tables(lines(text))]


TABLE = """
| I | Dự án 1  |    | 90 | 1.040 |            |
| 1 | Phóng sự |    | 50 | 540   | Sở Tư pháp |
| 2 | Tờ gấp   |    | 40 | 500   | Sở Y tế    |
| II| Dự án 2  | 10 |    | 10    | Sở Nội vụ  |
"""
ROWS = [[c.strip() for c in row.strip().strip("|").split("|")] for row in TABLE.strip().splitlines()]


def test_lost_tabbed_table_between_paragraphs() -> None:
    before = "II. KINH PHÍ\nKinh phí thực hiện kèm theo.\n\tNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    after = "\nBiểu kèm theo Kế hoạch này."
    assert cells(before + tabbed(TABLE) + after) == [ROWS]


def test_lost_table_gives_line_indexes() -> None:
    source = lines("Mở đầu\n" + tabbed(TABLE))
    (table,) = find_lost_tables(source)
    assert (table.start, table.end) == (1, len(source))
    assert all(source[i].text.strip() == text for row in table.rows for i, text in row)


def test_lost_table_without_empty_lines_between_rows() -> None:
    assert cells(tabbed(TABLE, between="\n")) == [ROWS]


def test_lost_row_cut_by_a_page_break() -> None:
    text = tabbed(TABLE).replace("\n\n\tII\n\tDự án 2", "\n \tDự án 2")
    assert cells(text) == [[*ROWS[:3], ROWS[3][1:]]]


def test_lost_table_in_pipes() -> None:
    text = tabbed(TABLE).replace("\n\t", "\n| ").replace("\t", "| ").replace("\n\n", " |\n\n")
    text = "\n".join(line if line.endswith("|") or not line else line + " |" for line in text.split("\n"))
    assert cells(text) == [ROWS]


def test_lost_table_in_bare_lines() -> None:
    bare = "\n\n".join("\n".join(c for c in row if c) for row in ROWS)
    assert cells("Kinh phí thực hiện như sau:\n" + bare) == [[[c for c in row if c] for row in ROWS]]


@pytest.mark.parametrize(
    "text",
    [
        "\tNơi nhận:\n- Như trên;\n- Lưu: VT, VX2.",
        "\tI. MỤC TIÊU\n\t1. Mục tiêu chung\n\tThu hẹp khoảng cách giới.\n\t2. Chỉ tiêu\n\tĐến năm 2026 đạt 35%.",
        "ỦY BAN NHÂN DÂN\nXÃ SÔNG ĐÀ\nSố: 12/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\n\nNguyễn Văn A",
        "Đoạn một của văn bản kéo dài.\n2\nĐoạn hai của văn bản kéo dài.\n3\nĐoạn ba của văn bản.\n4\nĐoạn bốn.\n5\nĐoạn năm.",
        "| Nơi nhận: |\n| - Như trên; |\n| - Lưu: VT. |\n| CHỦ TỊCH |",
    ],
)
def test_ordinary_lines_are_no_table(text: str) -> None:
    assert find_lost_tables(lines(text)) == []


# --- any header lost: tables made by layout, their ruling and header dropped ---

WORKS = {
    "I": ("Dự án 1", None),
    "1": ("Phóng sự", (40, 15, 20, 0, 35, 5)),
    "2": ("Tờ gấp", (0, 10, 12, 30, 20, 40)),
    "II": ("Dự án 2", None),
    "3": ("Mở lớp", (25, 0, 55, 7, 0, 60)),
    "III": ("Kiểm tra", (0, 8, 3, 0, 9, 6)),
}
SOURCE_NAMES = {"central": "ngân sách trung ương", "local": "ngân sách tỉnh", "other": "nguồn xã hội hóa"}


def added(rows: list[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def laid_out(amounts: list[int], sources: int, layout: str) -> list[int]:
    """A row's cells, years × sources, with the sums that `layout` names: "all", "by source" or "each year", first or last."""
    years = [amounts[i : i + sources] for i in range(0, len(amounts), sources)]
    if "each year" in layout:
        return [cell for year in years for cell in (sum(year), *year)]
    sums = [sum(amounts)] if "all" in layout else added(years) if "by source" in layout else []
    return sums + amounts if "first" in layout else amounts + sums


def lost_table(years: int, sources: list[str], layout: str, *, labels: bool, gaps: bool, total: str) -> tuple[str, str]:
    """A lost table as printed lines, and a text that gives the money of 2026 by source."""
    width = years * len(sources)
    own = {label: list(cells[:width]) if cells else [] for label, (_, cells) in WORKS.items()}
    own["I"], own["II"] = added([own["1"], own["2"]]), own["3"]
    grand = added([own["I"], own["II"], own["III"]])
    rows = []
    for label, (title, _) in WORKS.items():
        if labels or label.isdigit() or label == "III":
            printed = [str(v or "") for v in laid_out(own[label], len(sources), layout)]
            rows.append([*([label] if labels else []), title, *printed, "Sở Nội vụ" if label.isdigit() else ""])
    if total:
        rows.append(
            [*([""] if labels else []), total, *(str(v or "") for v in laid_out(grand, len(sources), layout)), ""]
        )
    parts = ", ".join(f"{SOURCE_NAMES[s]} {v} triệu đồng" for s, v in zip(sources, grand, strict=False))
    text = (
        f"KẾ HOẠCH\nBình đẳng giới giai đoạn 2026-{2025 + years}\n\n"
        f"Kinh phí năm 2026 là {sum(grand[: len(sources)])} triệu đồng (trong đó: {parts})."
    )
    return "\n\n".join("\n".join("\t" + c for c in row if c or gaps) for row in rows), text


def lost_grids(printed: str) -> list[Grid]:
    """The grids that are found in lines."""
    return [
        Grid(tuple(tuple(GridCell(c, Span(0, len(c))) for _, c in row) for row in table.rows), lost=True)
        for table in find_lost_tables(lines("Kinh phí kèm theo.\n\n" + printed))
    ]


@pytest.mark.parametrize("gaps", [True, False], ids=["empty cells kept", "empty cells lost"])
@pytest.mark.parametrize("labels", [True, False], ids=["labels", "no labels"])
@pytest.mark.parametrize(
    ("years", "sources", "layout", "total"),
    [
        (3, ["central", "local"], "all first", "Tổng cộng"),
        (3, ["local", "central"], "by source last", "Cộng theo nguồn"),
        (2, ["other", "central", "local"], "each year", "Tổng theo nguồn vốn"),
        (4, ["local"], "all last", "Cộng theo năm"),
        (6, ["central"], "all first", "Tổng số"),
        (2, ["central", "local"], "no sums", "Tổng cộng"),
    ],
)
def test_any_lost_table(years: int, sources: list[str], layout: str, total: str, labels: bool, gaps: bool) -> None:
    printed, text = lost_table(years, sources, layout, labels=labels, gaps=gaps, total=total)
    budget, findings, _ = read_budget(lost_grids(printed), text, spell_out=str)
    assert budget is not None
    assert [line.code for line in budget.lines] == (
        ["I", "I.1", "I.2", "II", "II.3", "III"] if labels else ["1", "2", "3", "4"]
    )
    printed_amounts = {
        title: {(2026 + i // len(sources), sources[i % len(sources)]): v for i, v in enumerate(cells) if v}
        for title, cells in ((title, cells[: years * len(sources)]) for title, cells in WORKS.values() if cells)
    }
    for line in budget.lines:
        if line.title in printed_amounts:
            decided = {(a.year, a.source): int(a.amount) for a in line.amounts if a.year and a.source}
            if gaps:
                assert decided == printed_amounts[line.title]
            else:
                # where empty cells are lost an amount may stay open, with a finding, but is never put in a wrong column
                assert decided.items() <= printed_amounts[line.title].items()
                assert decided == printed_amounts[line.title] or findings
    if gaps:
        assert findings == []
    if gaps or "each year" not in layout:
        assert sums(budget) == []


def test_a_last_row_that_adds_up_the_others_is_a_total_in_any_words() -> None:
    printed, text = lost_table(3, ["central", "local"], "all first", labels=True, gaps=True, total="Toàn tỉnh")
    budget, _, _ = read_budget(lost_grids(printed), text, spell_out=str)
    assert budget is not None
    assert budget.lines[-1].title == "Kiểm tra"
    assert totals(budget) == ({2026: 98, 2027: 127, 2028: 175}, {"central": 219, "local": 181}, 400)


def test_a_total_in_the_table_that_is_wrong() -> None:
    printed, text = lost_table(
        3, ["central", "local"], "by source last", labels=True, gaps=True, total="Cộng theo nguồn"
    )
    printed += "\n\n\t\n\tTổng cộng\n\t98\n\t127\n\t175\n\t410\n\t"
    budget, _, _ = read_budget(lost_grids(printed), text, spell_out=str)
    assert budget is not None
    assert totals(budget) == ({2026: 98, 2027: 127, 2028: 175}, {"central": 219, "local": 181}, 410)
    assert sums(budget) == [Mismatch("column", None, None, None, Decimal(410), Decimal(400))]


# --- anything at all ---

LABELS = ["", "I", "II", "1", "1.1", "a)", "-", "+"]
NUMBERS = ["²", "90", "1.040", "1,5", "0", "12%", "x9"]
WORDS = [
    "Dự án 1",
    "Tổng cộng",
    "Cộng I",
    "Sở Y tế",
    "TT",
    "Nội dung",
    "Kinh phí",
    "Năm 2026",
    "NSTW",
    "NSĐP",
    "Tổng số",
]
CELLS = st.sampled_from([*LABELS, *NUMBERS, *WORDS])


@given(st.lists(st.lists(CELLS, max_size=8), max_size=9), st.booleans())
def test_any_grid_is_read_or_left(table: list[list[str]], lost: bool) -> None:
    rows = tuple(tuple(GridCell(c, Span(0, len(c))) for c in row) for row in table)
    budget, findings, _ = read_budget([Grid(rows, lost=lost)], TOLD, spell_out=str)
    assert budget is None or budget.lines
    if budget is not None:
        known = {line.code for line in budget.lines}
        assert all(line.parent is None or line.parent in known for line in budget.lines)
        assert all(a.amount for line in budget.lines for a in line.amounts)
        sums(budget)
    assert all(f.code == "budget.undecided" for f in findings)


@given(st.lists(st.tuples(CELLS, st.sampled_from(["", "\t", " \t", "| "]), st.booleans()), max_size=40))
def test_lost_tables_keep_lines_in_order(parts: list[tuple[str, str, bool]]) -> None:
    source = [Line(lead + text, gap=gap) for text, lead, gap in parts]
    end = 0
    for table in find_lost_tables(source):
        assert end <= table.start < table.end <= len(source)
        end = table.end
        places = [i for row in table.rows for i, _ in row]
        assert places == sorted(set(places))
        assert all(table.start <= i < table.end and text in source[i].text for row in table.rows for i, text in row)
