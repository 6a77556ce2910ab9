"""Small plans for the tests of the clerk, written as they would be drawn on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from binhdang.checking import check
from binhdang.paper import Finding, Layout, Line, Source, Span
from binhdang.plan import (
    Amount,
    Budget,
    BudgetLine,
    BudgetTotals,
    Citation,
    Document,
    Due,
    Duty,
    Outline,
    Page,
    Period,
    Plan,
    Recipient,
    Signer,
    Target,
    Task,
)

COMPLETE = Document(
    kind="Kế hoạch",
    number="12/KH-UBND",
    date=date(2026, 2, 10),
    place="Sông Đà",
    issuer="Ủy ban nhân dân tỉnh Sông Đà",
    title="Công tác năm 2026",
    period=Period(date(2026, 1, 1), date(2026, 12, 31)),
    signer=Signer("Lê Thị Mai", "Phó Chủ tịch"),
)
START = Span(0, 1)


def plan(text: str = "KẾ HOẠCH\nCông tác năm 2026\n", **fields: Any) -> Plan:
    """A plan that lacks nothing of its identity."""
    given: dict[str, Any] = {"document": COMPLETE, "recipients": (recipient("Như trên"),), **fields}
    return Plan(text=text, pages=(Page(1, 0),), **given)


def outlined(block: str, **fields: Any) -> Plan:
    """A plan with this outline: one node a line, "LABEL | heading", two blanks a level."""
    nodes: list[Outline] = []
    line_of: list[Outline] = []
    text = ""
    for row in block.strip("\n").splitlines():
        depth = (len(row) - len(row.lstrip())) // 2
        ref, _, heading = (part.strip() for part in row.partition("|"))
        words = f"{ref}. {heading}" if ref else heading
        parent = line_of[depth - 1].id if depth else None
        node = Outline(
            f"o{len(nodes)}", parent, ref or None, heading, "section", None, Span(len(text), len(text) + len(words))
        )
        nodes.append(node)
        line_of[depth:] = [node]
        text += words + "\n"
    return plan(text, outline=tuple(nodes), **fields)


def task(text: str = "Tổ chức tập huấn", *leads: str, outline: str | None = None, **fields: Any) -> Task:
    """An activity with these leads."""
    given: dict[str, Any] = {"id": f"t-{text[:30]}", "ref": None, "kind": "activity", "span": START, **fields}
    return Task(text=text, outline=outline, leads=leads, **given)


def by(day: date) -> Due:
    """Due by this day."""
    return Due("by", f"trước {day}", START, date=day)


def recipient(name: str, note: str | None = None) -> Recipient:
    """A line of Nơi nhận."""
    return Recipient(name, note, Span(2, 5))


def duty(kind: str, day: int, month: int, reporters: str, recipients: str, **fields: Any) -> Duty:
    """A duty due before this day; reporters and recipients are names joined by ';'."""
    given: dict[str, Any] = {"year": None, "before": True, "cut_off": None, "via": (), "content": None, **fields}
    names = (tuple(reporters.split(";")), tuple(recipients.split(";")))
    return Duty(kind=kind, month=month, day=day, reporters=names[0], recipients=names[1], text="", span=START, **given)


def target(comparator: str, value: str, subject: str, year: int | None = None, unit: str = "%") -> Target:
    """A number to reach."""
    return Target(comparator, Decimal(value), unit, subject, year, subject, START)


def citation(
    number: str | None, day: date | None, title: str | None = None, kind: str = "Nghị định", role: str = "basis"
) -> Citation:
    """A cited paper."""
    return Citation(kind, number, day, None, title, role, (START,))


def budget(
    *lines: BudgetLine, by_year: dict[int, int] | None = None, total: int | None = None, unit: str = "triệu đồng"
) -> Budget:
    """A budget table with these printed totals."""
    years = {y: Decimal(v) for y, v in (by_year or {}).items()}
    return Budget(unit, ("local",), lines, BudgetTotals(years, {}, Decimal(total) if total is not None else None))


def line(code: str, title: str, amounts: dict[int, int], lead: str | None = None) -> BudgetLine:
    """A row of the table, local money by year; "I.2" stands under "I"."""
    parent = code.rpartition(".")[0] or None
    return BudgetLine(code, title, parent, lead, tuple(Amount(y, "local", Decimal(v)) for y, v in amounts.items()), {})


def found(checked: Plan, prefix: str, **how: Any) -> list[Finding]:
    """What the rules of this prefix say."""
    return [f for f in check(checked, **how) if f.code == prefix or f.code.startswith(prefix + ".")]


def codes(checked: Plan, prefix: str, **how: Any) -> list[str]:
    """The codes of `found`."""
    return [f.code for f in found(checked, prefix, **how)]


def without(**fields: None) -> Plan:
    """The complete plan without these parts of its identity."""
    return plan(document=replace(COMPLETE, **fields))


def word_file(lines: list[str], layout: Layout | None = None, media: str = "docx", pages: int = 1) -> Source:
    """A Word file with these paragraphs."""
    return Source("plan.docx", "0" * 64, media, tuple(Line(x, whole=True) for x in lines), pages, layout)
