"""Tasks: who leads, until when, and one piece of work laid on two leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from binhdang.checking.case import Case, listing, name_of
from binhdang.checking.names import same, words
from binhdang.checking.rule import Objection, Rule
from binhdang.paper import Severity, Span
from binhdang.plan import BudgetLine, Outline, Task

# "Dự án 2", "Tiểu dự án 1", "Nội dung 1, 2, 3, 4", "Mô hình 3 và 4" at the start of a heading or of a budget line
_LABEL = re.compile(
    r"\W{0,6}((?:tiểu )?dự án|nội dung|mô hình|hợp phần|hoạt động|nhiệm vụ|đề án)\s{1,3}"
    r"(\d{1,2}(?:(?:\s?[,;]\s?|\s{1,2}và\s{1,2})\d{1,2}){0,11})(?!\d)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(")
_NUMBER = re.compile(r"\d{1,2}")
HEADING = 600  # labels are looked for in so many characters of a heading
TITLE_WORDS = 4  # a shorter title of a budget line is too common to be found by its words


def _section(case: Case, task: Task) -> Outline | None:
    """The top-level section that holds a task; None where tasks stand by themselves (bullets, articles)."""
    line = case.tree.line(task.outline)
    if not line or (len(line) == 1 and not (line[0].ref or "").strip("-+* ")):
        return None
    return None if words(line[0].ref or "").startswith("dieu ") else line[0]


def _lacking(case: Case, lacks: Callable[[Task], bool], what: str, mend: str) -> Iterator[Objection]:
    """One objection a top-level section that holds tasks with the lack."""
    sections: dict[str, tuple[Outline | None, list[Task]]] = {}
    for task in case.plan.tasks:
        node = _section(case, task)
        sections.setdefault(node.id if node else "", (node, []))[1].append(task)
    for node, tasks in sections.values():
        lacking = [t for t in tasks if lacks(t)]
        if lacking:
            refs = list(dict.fromkeys(t.ref for t in lacking if t.ref))
            detail = f": {listing(refs)}" if refs else ""
            name = name_of(node) if node is not None else "Văn bản"
            span = case.label_span(node) if node is not None else lacking[0].span
            yield Objection(f"{name} có {len(lacking)}/{len(tasks)} việc {what}{detail}.", span, mend)


def _no_lead(case: Case) -> Iterator[Objection]:
    yield from _lacking(
        case,
        lambda t: not t.leads,
        "không rõ cơ quan chủ trì",
        "Ghi cơ quan chủ trì, phối hợp ở từng việc hoặc một dòng “Cơ quan thực hiện” cho cả nhóm việc.",
    )


def _no_due(case: Case) -> Iterator[Objection]:
    yield from _lacking(
        case,
        lambda t: t.due is None,
        "không ghi thời hạn",
        "Ghi thời hạn cho từng việc hoặc một dòng “Thời gian” cho cả nhóm việc.",
    )


def _labels(text: str) -> set[str]:
    """The labels named at the start of a title or of its brackets: "nội dung 1", "nội dung 2" …"""
    starts = [0, *(m.end() for m in _BRACKET.finditer(text, 0, HEADING))]
    found = [m for at in starts if (m := _LABEL.match(text, at))]
    return {f"{m[1].lower()} {number}" for m in found for number in _NUMBER.findall(m[2])}


def _own_labels(node: Outline) -> set[str]:
    return _labels(node.ref or "") | _labels(node.heading)


class _Work:
    """Which tasks a budget line pays for."""

    def __init__(self, case: Case) -> None:
        self._case = case
        budget = case.plan.budget
        self._lines = {line.code: line for line in budget.lines} if budget else {}
        self._by_label: dict[str, list[Outline]] = {}
        for node in case.plan.outline:
            for label in _own_labels(node):
                self._by_label.setdefault(label, []).append(node)
        self._by_node: dict[str, list[Task]] = {}
        for task in case.plan.tasks:
            for node in case.tree.line(task.outline):
                self._by_node.setdefault(node.id, []).append(task)

    def nodes(self, line: BudgetLine, depth: int = 4) -> list[Outline]:
        """The outline nodes that a line names, by label or by title; under its parent line's node where labels repeat."""
        parent = self._lines.get(line.parent) if line.parent and depth else None
        above = self.nodes(parent, depth - 1) if parent is not None else []
        inside = {n.id for a in above for n in self._case.tree.under(a.id)}
        found: list[Outline] = []
        for label in sorted(_labels(line.title)):
            named = self._by_label.get(label, [])
            near = [n for n in named if n.id in inside]
            found += near or (named if len(named) == 1 and not inside else [])
        title = words(line.title)
        if not found and len(title.split()) >= TITLE_WORDS:
            near = [n for n in self._case.plan.outline if (not inside or n.id in inside) and title in words(n.heading)]
            found = near if inside or len(near) == 1 else []
        node = self._case.tree.node(line.outline)
        return found or ([node] if node is not None else [])

    def tasks(self, line: BudgetLine) -> list[Task]:
        """The tasks of those nodes, and tasks whose own words carry the label."""
        tasks = [t for n in self.nodes(line) for t in self._by_node.get(n.id, [])]
        labels = _labels(line.title)
        parent = self._lines.get(line.parent) if line.parent else None
        if not tasks and labels and parent is not None:
            above = [t for n in self.nodes(parent) for t in self._by_node.get(n.id, [])]
            tasks = [t for t in above if labels & _labels(t.text)]
        return list({t.id: t for t in tasks}.values())


def _lead_conflict(case: Case) -> Iterator[Objection]:
    budget = case.plan.budget
    lines = [line for line in budget.lines if line.lead] if budget else []
    if not lines:
        return
    work = _Work(case)
    groups = {line.parent for line in budget.lines} if budget else set()
    for line in lines:
        tasks = [t for t in work.tasks(line) if t.kind == "activity" and t.leads]
        clashing = [t for t in tasks if not any(_one_lead(lead, line.lead or "") for lead in t.leads)]
        if line.code in groups and len(clashing) < len(tasks):
            continue  # a group's row names who leads the group; some of its tasks may have leads of their own
        if not clashing:
            continue
        leads = list(dict.fromkeys(lead for t in clashing for lead in t.leads))
        yield Objection(
            f"“{line.title}” được giao hai cơ quan chủ trì: phần lời giao {listing(leads)}, "
            f"bảng kinh phí (dòng {line.code}) giao {line.lead}.",
            line.span or _evidence(clashing[0]),
            "Thống nhất một cơ quan chủ trì ở phần lời và bảng kinh phí.",
        )


def _one_lead(printed: str, cell: str) -> bool:
    """Whether a lead of the text is in a cell of the table, which may name several ("Sở Nội vụ, Sở Tư pháp")."""
    return same(printed, cell) or any(same(printed, part) for part in re.split(r"[,;\n]| và (?=[A-ZĐ])", cell))


def _evidence(task: Task) -> Span:
    return task.evidence.leads[0] if task.evidence.leads else task.span


RULES = (
    Rule(
        "task.no-lead",
        Severity.INFO,
        "Việc không rõ cơ quan chủ trì",
        "Những việc của một mục lớn không có cơ quan chủ trì.",
        "Tasks of a section without a lead agency.",
        _no_lead,
    ),
    Rule(
        "task.no-due",
        Severity.INFO,
        "Việc không có thời hạn",
        "Những việc của một mục lớn không ghi thời hạn.",
        "Tasks of a section without a due date.",
        _no_due,
    ),
    Rule(
        "task.lead-conflict",
        Severity.WARNING,
        "Một việc, hai cơ quan chủ trì",
        "Phần lời và bảng kinh phí giao cùng một việc cho hai cơ quan khác nhau.",
        "The text and the budget table lay the same work on two different leads.",
        _lead_conflict,
    ),
)
