"""Which words of the text belong to which items of a plan: items with their places, and the text cut where they begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from binhdang import paper
from binhdang.cli import formats
from binhdang.cli.money import line_total
from binhdang.cli.wording import Words
from binhdang.paper import Mark, Segment, Span
from binhdang.plan import Plan, Task

PARTS = ("tasks", "targets", "budget", "reporting", "citations", "recipients", "findings")


@dataclass(frozen=True, slots=True)
class Item:
    """Something read from the paper, ready to show.

    `id` is the page's own ("task-3"); `part` one of PARTS; `spans` its own words, `evidence` words elsewhere that say
    who or when; `facts` are labelled values; `weight` the severity of a finding.
    """

    id: str
    part: str
    label: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    spans: tuple[Span, ...] = ()
    evidence: tuple[Span, ...] = ()
    weight: str = ""


def items(plan: Plan, words: Words, today: date) -> Iterator[Item]:
    """Every item of a plan, part by part in the order of PARTS."""
    for index, task in enumerate(plan.tasks):
        yield _task(f"task-{index}", task, words, today)
    for index, target in enumerate(plan.targets):
        year = str(target.year) if target.year else ""
        facts = _facts((words("value"), formats.target_value(target)), (words("year"), year))
        yield Item(f"target-{index}", "targets", "", target.subject or target.text, facts, (target.span,))
    yield from _money(plan, words)
    for index, duty in enumerate(plan.reporting):
        facts = _facts(
            (words("due"), formats.duty_date(duty, words)),
            (words("reporters"), "; ".join(duty.reporters)),
            (words("to"), "; ".join(duty.recipients)),
            (words("via", agencies="").strip(), "; ".join(duty.via)),
            (words("content"), duty.content or ""),
        )
        yield Item(f"duty-{index}", "reporting", "", formats.duty_kind(duty, words), facts, (duty.span,))
    for index, cited in enumerate(plan.citations):
        title = " ".join(part for part in (cited.kind, cited.number or "") if part)
        role = words(cited.role) if cited.role in words else cited.role
        facts = _facts(
            (words("date"), formats.day(cited.date)),
            (words("issuer"), cited.issuer or ""),
            (words("title"), cited.title or ""),
        )
        yield Item(f"citation-{index}", "citations", role, title, facts, cited.spans)
    for index, recipient in enumerate(plan.recipients):
        yield Item(f"recipient-{index}", "recipients", recipient.note or "", recipient.name, (), (recipient.span,))
    for index, finding in enumerate(plan.findings):
        severity = finding.severity.value
        place = formats.finding_place(finding, plan, words)
        facts = _facts((words("code"), finding.code), (words("where"), place), (words("mend"), finding.mend))
        spans = (finding.span,) if finding.span else ()
        yield Item(f"finding-{index}", "findings", words(severity), finding.message, facts, spans, weight=severity)


def _task(name: str, task: Task, words: Words, today: date) -> Item:
    facts = _facts(
        (words("lead"), "; ".join(task.leads) or words("lead-missing")),
        (words("partners"), "; ".join(task.partners)),
        (words("due"), formats.due(task.due, today, words)),
        (words("places-at"), "; ".join(task.places)),
        (words("requested"), "✓" if task.requested else ""),
    )
    evidence = {*task.evidence.leads, *task.evidence.partners, *task.evidence.due}
    if task.due:
        evidence.add(task.due.span)
    return Item(name, "tasks", task.ref or "", task.text, facts, (task.span,), tuple(sorted(evidence)))


def _money(plan: Plan, words: Words) -> Iterator[Item]:
    lines = plan.budget.lines if plan.budget else ()
    unit = plan.budget.unit or "" if plan.budget else ""
    for index, line in enumerate(lines):
        by_source = ((words(s), f"{formats.figure(a)} {unit}".strip()) for s, a in line.total.items() if s in words)
        total = line_total(line)
        whole = f"{formats.figure(total)} {unit}".strip() if total is not None else ""
        facts = _facts((words("lead"), line.lead or ""), *by_source, (words("total"), whole))
        yield Item(f"money-{index}", "budget", line.code, line.title, facts, (line.span,) if line.span else ())
    for index, funding in enumerate(plan.funding):
        facts = _facts(
            (words("source"), formats.source_name(funding.source, words)),
            (words("year"), str(funding.year or "")),
            (words("amount"), formats.figure(funding.amount)),
        )
        yield Item(f"funding-{index}", "budget", "", funding.label, facts, (funding.span,))


def _facts(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in facts if value)


def segments(text: str, marked: Iterable[Item]) -> list[Segment]:
    """The text cut where the items' own words and the words that say who or when begin and end."""
    return paper.segments(
        text,
        (
            Mark(span, item.id, item.weight or kind)
            for item in marked
            for spans, kind in ((item.spans, item.part), (item.evidence, "evidence"))
            for span in spans
        ),
    )
