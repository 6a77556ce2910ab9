"""Targets: the numbers that a plan sets out to reach."""

from decimal import Decimal

import pytest

from binhdang.paper import Span
from binhdang.plan import Target
from binhdang.reading.draft import Grid, GridCell, Paragraph
from binhdang.reading.stages.nesting import Node
from binhdang.reading.stages.targets import find_targets, targets_in_table
from binhdang.vietnamese.text import lower, plain


def read(text: str, about: str = "targets", year: int | None = None) -> list[Target]:
    match = plain(text)
    paragraph = Paragraph(start=0, text=text, match=match, low=lower(match))
    node = Node(label=None, paragraphs=[paragraph], parent=None, index=0, about=about)
    return find_targets([node], {0: "o1"}, year)


def numbers(text: str, about: str = "targets") -> list[tuple[str, float, str, int | None]]:
    return [(t.comparator, float(t.value), t.unit, t.year) for t in read(text, about)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Exactly, about, down to.
        ("Tỷ lệ nữ tham gia cấp ủy đạt 25%.", ("=", 25, "%", None)),
        ("100% nạn nhân được hỗ trợ.", ("=", 100, "%", None)),
        ("Khoảng 50% lao động nữ có hợp đồng.", ("=", 50, "%", None)),
        ("Tỷ lệ tảo hôn còn 5%.", ("=", 5, "%", None)),
        ("Giảm tỷ lệ hộ nghèo do nữ làm chủ xuống 4%.", ("=", 4, "%", None)),
        ("Giảm 3% số vụ bạo lực gia đình.", ("=", 3, "%", None)),
        ("Năm mươi xã đạt chuẩn, bằng 62 phần trăm tổng số xã.", ("=", 62, "%", None)),  # the unit in words
        # At least.
        ("Ít nhất 30% đại biểu là nữ.", (">=", 30, "%", None)),
        ("Tối thiểu 80% xã có mô hình.", (">=", 80, "%", None)),
        ("Không dưới 30% lao động nữ được đào tạo.", (">=", 30, "%", None)),
        ("Không thấp hơn 30% cán bộ nguồn là nữ.", (">=", 30, "%", None)),
        ("Đạt từ 35% trở lên nữ trong cấp ủy.", (">=", 35, "%", None)),
        ("Tỷ lệ nữ trong quy hoạch đạt 35% trở lên.", (">=", 35, "%", None)),
        ("Từ 80% phụ nữ nghèo trở lên được vay vốn.", (">=", 80, "%", None)),  # words between
        ("Tỷ lệ nữ đạt ≥ 30%.", (">=", 30, "%", None)),
        ("Hằng năm giảm 10 - 15% số vụ.", (">=", 10, "%", None)),  # the lower end is what must be reached
        # More than.
        ("Trên 90% cán bộ được tập huấn.", (">", 90, "%", None)),
        ("Hơn 90% cán bộ được tập huấn.", (">", 90, "%", None)),
        ("Tỷ lệ nữ vượt 30% tổng số ứng cử viên.", (">", 30, "%", None)),
        # Less than, at most.
        ("Tỷ lệ tảo hôn dưới 5%.", ("<", 5, "%", None)),
        ("Giảm tỷ lệ tảo hôn xuống dưới 5%.", ("<", 5, "%", None)),
        ("Tỷ lệ học sinh nữ bỏ học không quá 2%.", ("<=", 2, "%", None)),
        ("Tối đa 5% học sinh bỏ học.", ("<=", 5, "%", None)),
        ("Tỷ lệ học sinh nữ bỏ học từ 2% trở xuống.", ("<=", 2, "%", None)),
        # From a baseline: only what is to be reached counts.
        ("Tăng tỷ lệ nữ cấp ủy từ 20% lên 25%.", ("=", 25, "%", None)),
        ("Tăng tỷ lệ nữ cấp ủy từ 20% lên trên 25%.", (">", 25, "%", None)),
        ("Giảm tỷ lệ tảo hôn từ 14% năm 2017 xuống còn 6%.", ("=", 6, "%", None)),
        # Years.
        ("Đến năm 2025, đạt 60% xã có nữ lãnh đạo.", ("=", 60, "%", 2025)),
        ("Đạt ít nhất 35% vào năm 2030.", (">=", 35, "%", 2030)),
        ("Phấn đấu đến cuối năm 2024 có 40% nữ trong quy hoạch.", ("=", 40, "%", 2024)),
        # Other units, decimals, thousands.
        ("80,5% phụ nữ mang thai được khám thai đủ 3 lần.", ("=", 80.5, "%", None)),
        ("Thời gian làm việc nhà của phụ nữ giảm còn 1,4 lần so với nam giới.", ("=", 1.4, "lần", None)),
        ("Thành lập ít nhất 5 câu lạc bộ.", (">=", 5, "câu lạc bộ", None)),
        ("Hỗ trợ ít nhất 1.200 phụ nữ vay vốn.", (">=", 1200, "phụ nữ", None)),
        ("Tập huấn cho 150 người.", ("=", 150, "người", None)),
        ("Mỗi xã có ít nhất 02 mô hình.", (">=", 2, "mô hình", None)),
        ("Tử vong mẹ giảm xuống dưới 42/100.000 trẻ đẻ sống.", ("<", 42, "/100.000 trẻ đẻ sống", None)),
        ("Tỷ số giới tính khi sinh không quá 111 bé trai/100 bé gái.", ("<=", 111, "bé trai/100 bé gái", None)),
        ("100% (12/12) xã có cán bộ nữ.", ("=", 100, "%", None)),  # the count repeats the share
    ],
)  # fmt: skip
def test_one_number(text: str, expected: tuple[str, float, str, int | None]) -> None:
    assert numbers(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Đạt 60% vào năm 2025, 75% vào năm 2030.",
            [("=", 60, "%", 2025), ("=", 75, "%", 2030)],
        ),
        (
            "Đến năm 2025 đạt 60% và đến năm 2030 đạt 75% cơ quan có lãnh đạo là nữ.",
            [("=", 60, "%", 2025), ("=", 75, "%", 2030)],  # the second year is not the first number's
        ),
        (
            "Đến năm 2025 đạt 60%; đến năm 2030 đạt trên 75%.",
            [("=", 60, "%", 2025), (">", 75, "%", 2030)],
        ),
        (
            "Trên 90% cán bộ được tập huấn, trong đó 50% là nữ.",
            [(">", 90, "%", None), ("=", 50, "%", None)],
        ),
        (
            "Tỷ số 111 trẻ trai/100 trẻ gái vào năm 2025 và 109 trẻ trai/100 trẻ gái vào năm 2030.",
            [("=", 111, "trẻ trai/100 trẻ gái", 2025), ("=", 109, "trẻ trai/100 trẻ gái", 2030)],
        ),
        (
            "Giảm từ 23 ca sinh/1.000 phụ nữ xuống 18 ca sinh/1.000 vào năm 2025 và dưới 18 ca sinh/1.000 vào năm 2030.",
            [("=", 18, "ca sinh/1.000", 2025), ("<", 18, "ca sinh/1.000", 2030)],
        ),
        (
            "Tử vong mẹ còn 42/100.000 trẻ đẻ sống vào năm 2025 và xuống dưới 42/100.000 vào năm 2030.",
            [("=", 42, "/100.000 trẻ đẻ sống", 2025), ("<", 42, "/100.000", 2030)],
        ),
        ("Tổ chức 03 lớp tập huấn cho 150 người.", [("=", 3, "lớp", None), ("=", 150, "người", None)]),
    ],
)
def test_a_sentence_with_two_numbers_is_two_targets(
    text: str, expected: list[tuple[str, float, str, int | None]]
) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nơi có tỷ lệ thấp dưới 30% có thể điều chỉnh cho phù hợp.",  # a condition
        "Nếu tỷ lệ nữ dưới 15% thì bổ sung nguồn quy hoạch.",
        "Thực hiện Quyết định số 2351/QĐ-TTg.",  # a number of a paper
        "Thực hiện Điều 11 và khoản 2 Điều 12.",
        "Giai đoạn 2021 - 2025.",
        "Trước ngày 15/11/2024.",
        "Nâng cao nhận thức về bình đẳng giới.",
    ],
)
def test_numbers_that_are_none_to_reach(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("about", "count"),
    [("targets", 2), ("objectives", 2), ("content", 1), ("basis", 0), ("funding", 0), ("slogans", 0)],
)
def test_where_numbers_count(about: str, count: int) -> None:
    # A task's words set a share to reach; counts there are only the size of the work.
    assert len(read("Mở 03 lớp tập huấn; phấn đấu đạt 80% học viên có việc làm.", about)) == count


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Ít nhất 30% đại biểu là nữ.", "đại biểu là nữ"),
        ("Tỷ lệ nữ tham gia cấp ủy đạt từ 25% trở lên.", "Tỷ lệ nữ tham gia cấp ủy"),
        ("- Phấn đấu 100% (12/12) xã có cán bộ nữ chủ chốt.", "xã có cán bộ nữ chủ chốt"),
        ("Không dưới 30% lao động nữ nông thôn được đào tạo.", "lao động nữ nông thôn được đào tạo"),
    ],
)
def test_the_subject_is_the_sentence_without_its_number(text: str, subject: str) -> None:
    assert [t.subject for t in read(text)] == [subject]


def test_the_plan_of_one_year_gives_the_year_that_is_not_said() -> None:
    assert [t.year for t in read("Đạt 25% nữ trong cấp ủy.", year=2024)] == [2024]
    assert [t.year for t in read("Đạt 25% nữ trong cấp ủy vào năm 2030.", year=2024)] == [2030]


def test_a_target_keeps_its_words_their_place_and_its_heading() -> None:
    text = "Mục tiêu chung. Đạt 25% nữ trong cấp ủy."
    (target,) = read(text)
    assert target.value == Decimal(25)
    assert target.outline == "o1"
    assert text[target.span.start : target.span.end].strip(" .") == "Đạt 25% nữ trong cấp ủy"


def table(*rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(GridCell(text, Span(0, 0)) for text in row) for row in rows))


def test_a_table_of_indicators_by_year() -> None:
    grid = table(
        ("TT", "Chỉ tiêu", "Đơn vị", "Thực hiện 2020", "Năm 2021", "Năm 2022"),
        ("1", "Tỷ lệ nữ cấp ủy", "%", "18", "20", "≥ 22,5"),
        ("2", "Số mô hình", "mô hình", "", "không quá 3", ""),  # nothing set for 2022
    )
    assert [(t.subject, t.comparator, float(t.value), t.unit, t.year) for t in targets_in_table(grid)] == [
        ("Tỷ lệ nữ cấp ủy", "=", 20, "%", 2021),
        ("Tỷ lệ nữ cấp ủy", ">=", 22.5, "%", 2022),
        ("Số mô hình", "<=", 3, "mô hình", 2021),
    ]


def test_a_table_without_indicators_has_no_targets() -> None:
    assert targets_in_table(table(("TT", "Nội dung", "Năm 2021"), ("1", "Tập huấn", "20"))) == []
    assert targets_in_table(table(("Chỉ tiêu", "Năm 2021"))) == []
