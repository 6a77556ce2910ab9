"""task.*: leads, due dates, one piece of work on two leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from binhdang.plan import Plan
from checking_builders import budget, by, codes, found, line, outlined, task

SECTIONS = "I | Mục tiêu\nII | Nội dung\n  1 | Truyền thông\n  2 | Tập huấn\nIII | Tổ chức\n  1 | Sở A"


def test_one_info_a_section_with_the_refs() -> None:
    tasks = (
        task("Việc a", outline="o2", ref="II.1"),
        task("Việc b", outline="o3", ref="II.2"),
        task("Việc c", outline="o3", ref="II.2"),
        task("Việc d", "Sở A", outline="o5", ref="III.1", due=by(date(2026, 6, 1))),
        task("Việc e", "Sở A", outline="o3", ref="II.2", due=by(date(2026, 6, 1))),
    )
    no_lead, no_due = found(outlined(SECTIONS, tasks=tasks), "task")
    assert (no_lead.code, no_lead.severity) == ("task.no-lead", "info")
    assert no_lead.message == "Mục II có 3/4 việc không rõ cơ quan chủ trì: II.1, II.2."
    assert no_due.code == "task.no-due"
    assert no_due.message == "Mục II có 3/4 việc không ghi thời hạn: II.1, II.2."


def test_tasks_outside_any_section_are_told_of_the_paper() -> None:
    (finding,) = found(outlined("I | x", tasks=(task("Việc a", "Sở A"),)), "task")
    assert finding.message.startswith("Văn bản có 1/1 việc")


@pytest.mark.parametrize(
    ("block", "nodes", "begins"),
    [
        ("I | x\n  - | a\n  - | b", ("o1", "o2"), ["Mục I có 2/2"]),
        ("| Nhiệm vụ trọng tâm\n  - | a\n  - | b", ("o1", "o2"), ["Mục “Nhiệm vụ trọng tâm” có 2/2"]),
        ("Phần II | x\n  1 | a\n  2 | b", ("o1", "o2"), ["Phần II có 2/2"]),
        ("- | a\n- | b", ("o0", "o1"), ["Văn bản có 2/2"]),  # bullets under no section
        ("Điều 1 | a\nĐiều 2 | b", ("o0", "o1"), ["Văn bản có 2/2"]),
        ("I | a\nII | b", ("o0", "o1"), ["Mục I có 1/1", "Mục II có 1/1"]),
    ],
)
def test_what_counts_as_a_section(block: str, nodes: tuple[str, str], begins: list[str]) -> None:
    tasks = tuple(task(f"Việc {n}", "Sở A", outline=n) for n in nodes)
    findings = found(outlined(block, tasks=tasks), "task.no-due")
    assert [f.message.partition(" việc")[0] for f in findings] == begins


PROJECTS = """
I | Nội dung
  1 | Dự án nâng cao năng lực quản lý (Dự án 2)
    + | Tiểu dự án 1: Tập huấn cán bộ
    + | Tiểu dự án 2: Lồng ghép trong văn bản
  2 | Dự án cán bộ nữ (Dự án 3)
    + | Đánh giá chính sách (Nội dung 1)
    + | Khảo sát quy hoạch (Nội dung 2)
    + | Mở lớp bồi dưỡng (Nội dung 3)
  3 | Dự án truyền thông (Dự án 1)
    + | Nội dung 1 (Tuyên truyền trên báo, đài của tỉnh): mở chuyên mục
"""


def projects(*lines: tuple[str, str, str | None]) -> Plan:
    tasks = tuple(
        task(f"Việc {i}", *leads, outline=f"o{i}")
        for i, leads in {
            2: ("Sở A",), 3: ("Sở A",), 5: ("Sở Nội vụ",), 6: ("Sở Nội vụ",), 7: ("Sở Y tế",), 9: ("Sở Thông tin và Truyền thông",),
        }.items()
    )  # fmt: skip
    return outlined(PROJECTS, tasks=tasks, budget=budget(*(line(c, t, {2026: 1}, lead) for c, t, lead in lines)))


@pytest.mark.parametrize(
    "rows",
    [
        [("I", "Dự án 2", None), ("I.1", "Tiểu dự án 1", "Sở A"), ("I.2", "Tiểu dự án 2", "Sở A")],
        [("I", "Dự án 3", None), ("I.1", "Nội dung 1, 2", "Sở Nội vụ"), ("I.2", "Nội dung 3", "Sở Y tế")],
        [("I", "Dự án 1", None), ("I.1", "Tuyên truyền trên báo, đài của tỉnh", "Sở TT&TT")],
        [("I", "Dự án 2", None), ("I.2", "Tiểu dự án 2", "Sở A, Sở Tư pháp")],  # both in one cell
        [("I", "Nội dung 1", "Sở B")],  # which project's? not decided, not said
        [("I", "Chi khác", "Sở B")],
        [("I", "Dự án 2", None), ("I.1", "Tiểu dự án 9", "Sở B")],
    ],
)
def test_no_conflict(rows: list[tuple[str, str, str | None]]) -> None:
    assert codes(projects(*rows), "task.lead-conflict") == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [("I", "Dự án 2", None), ("I.2", "Tiểu dự án 2", "Sở Tư pháp")],
            ("Tiểu dự án 2", "Sở A", "Sở Tư pháp", "dòng I.2"),
        ),
        ([("I", "Dự án 3", None), ("I.1", "Nội dung 1, 2 và 3", "Sở Nội vụ")], ("Sở Y tế", "Sở Nội vụ")),
        ([("1", "Khảo sát quy hoạch (Nội dung 2)", "Sở Y tế")], ("Sở Nội vụ", "Sở Y tế")),
        ([("1", "Tập huấn cán bộ", "Sở Y tế")], ("Sở A", "Sở Y tế")),  # by its words
        ([("I", "Dự án 1", None), ("I.1", "Nội dung 1", "Sở Y tế")], ("Sở Thông tin và Truyền thông", "Sở Y tế")),
        ([("I", "Dự án 1", None), ("I.1", "Tuyên truyền trên báo, đài của tỉnh", "Sở Y tế")], ("Sở Thông tin",)),
    ],
)
def test_text_and_table_lay_one_work_on_two(rows: list[tuple[str, str, str | None]], words: tuple[str, ...]) -> None:
    (finding,) = found(projects(*rows), "task.lead-conflict")
    assert finding.severity == "warning"
    assert [w for w in words if w not in finding.message] == []


def test_budget_lines_in_a_circle_do_no_harm() -> None:
    paper = projects(("I", "Nội dung 1", "Sở B"), ("II", "Nội dung 1", "Sở B"))
    assert paper.budget is not None
    first, second = paper.budget.lines
    looped = (replace(first, parent="II"), replace(second, parent="I"))
    assert codes(replace(paper, budget=replace(paper.budget, lines=looped)), "task.lead-conflict") == []
