"""Budget lines linked to the outline: by name, by nearly the same words, inside the parent line's node."""

from __future__ import annotations

import pytest

from binhdang.paper import Span
from binhdang.plan.model import Budget, BudgetLine, BudgetTotals, Outline
from binhdang.reading.stages.budget_links import link_outline


def node(place: str, heading: str, *, ref: str | None = None, kind: str = "task") -> Outline:
    """A node at `place` "a.b" under the node "a"."""
    return Outline(place, place.rpartition(".")[0] or None, ref, heading, kind, None, Span(0, 0))


def linked(*titles: tuple[str, str], outline: list[Outline]) -> dict[str, str | None]:
    """The node of each line; lines are pairs of code and title."""
    rows = [BudgetLine(code, title, code.rpartition(".")[0] or None, None, (), {}) for code, title in titles]
    budget = link_outline(Budget(None, (), tuple(rows), BudgetTotals({}, {}, None)), outline)
    assert [line.title for line in budget.lines] == [title for _, title in titles]
    return {line.code: line.outline for line in budget.lines}


OUTLINE = [
    node("p", "CÁC DỰ ÁN", ref="II", kind="section"),
    node("p.1", "Dự án truyền thông về bình đẳng giới (Dự án 1)", ref="1", kind="project"),
    node("p.1.n", "Nội dung của Dự án:", ref="-", kind="attribute"),
    node("p.1.n.1", "Nội dung 1 (Phóng sự truyền hình về việc nhà): Mỗi quý phát sóng một kỳ.", ref="+"),
    node("p.1.n.2", "Nội dung 2: In tờ gấp bằng ba thứ tiếng", ref="+"),
    node("p.1.w", "Cơ quan thực hiện Dự án:", ref="-", kind="attribute"),
    node("p.1.w.1", "Nội dung 1: Sở Văn hóa và Thể thao", ref="+", kind="section"),
    node("p.2", "DỰ ÁN 2: CÁN BỘ", ref="2", kind="project"),
    node("p.2.1", "Nội dung 1: Mở lớp bồi dưỡng kỹ năng cho nữ ứng cử viên lần đầu tham gia ứng cử", ref="a"),
    node("p.2.2", "Tiểu dự án 2: Biên soạn tài liệu", ref="b"),
    node("p.3", "Xây dựng câu lạc bộ", ref="Dự án 3", kind="project"),
    node("p.4", "HOẠT ĐỘNG KIỂM TRA, ĐÁNH GIÁ", ref="IV", kind="section"),
]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Dự án 1", "p.1"),
        ("Dự án 2: Cán bộ nữ", "p.2"),
        ("DỰ ÁN 3", "p.3"),
        ("Dự án 4", None),
        ("Dự án 1, 2", None),
        ("Dự án 1 và 2", None),
        ("Dự án 1-3", None),
        ("Tiểu dự án 2", "p.2.2"),
        # three nodes bear the name
        ("Nội dung 1", None),
        ("Hoạt động kiểm tra, đánh giá", "p.4"),
        ("Hoạt động kiểm tra và đánh giá.", "p.4"),
        ("Phóng sự truyền hình về việc nhà", "p.1.n.1"),
        ("Mở lớp bồi dưỡng kỹ năng cho nữ ứng cử viên", "p.2.1"),
        ("Biên soạn tài liệu", "p.2.2"),
        ("Biên soạn", None),
        ("Mua sắm trang thiết bị", None),
        ("", None),
    ],
)
def test_a_line_alone(title: str, expected: str | None) -> None:
    assert linked(("I", title), outline=OUTLINE) == {"I": expected}


def test_lines_under_their_parents_node() -> None:
    lines = [
        ("I", "Dự án 1"),
        ("I.1", "Nội dung 1"),
        ("I.2", "Nội dung 1, 2"),
        ("I.3", "Biên soạn tài liệu"),
        ("II", "Dự án 2"),
        ("II.1", "Nội dung 1"),
        ("II.1.a", "Tiểu dự án 2"),
    ]
    assert linked(*lines, outline=OUTLINE) == {
        "I": "p.1",
        "I.1": "p.1.n.1",
        "I.2": None,
        "I.3": None,
        "II": "p.2",
        "II.1": "p.2.1",
        "II.1.a": None,
    }


def test_a_line_under_an_unlinked_one_is_looked_for_higher_up() -> None:
    lines = [
        ("I", "Dự án 1"),
        ("I.1", "Nội dung 1, 2"),
        ("I.1.a", "Nội dung 2"),
        ("II", "Chi khác"),
        ("II.1", "Dự án 3"),
    ]
    assert linked(*lines, outline=OUTLINE) == {"I": "p.1", "I.1": None, "I.1.a": "p.1.n.2", "II": None, "II.1": "p.3"}


def test_no_outline() -> None:
    assert linked(("I", "Dự án 1"), outline=[]) == {"I": None}
