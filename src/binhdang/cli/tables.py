"""A plan as tables in the terminal: who does what by when, what is to be reached, what it costs, what is owed to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from binhdang.cli import formats
from binhdang.cli.money import show_budget
from binhdang.cli.terminal import one_line, plain
from binhdang.cli.wording import Words
from binhdang.paper import Finding, Severity
from binhdang.plan import Plan, Task

MEASURE = 280  # characters of a task shown: three or four lines; the whole words are in --json and --html
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_ACCENT = "cyan"

Row = Sequence[Text]


class Board:
    """Shows a plan's tables on a console. `most` bounds the rows of each table; None shows all."""

    def __init__(self, console: Console, words: Words, today: date, *, most: int | None = None) -> None:
        self.console = console
        self.words = words
        self.today = today
        self.most = most

    def show(self, plan: Plan) -> None:
        """Everything, in the order in which an officer asks for it."""
        self.head(plan)
        self.tasks(plan)
        self.targets(plan)
        show_budget(self.console, plan, self.words, self.most)
        self.funding(plan)
        self.duties(plan)
        self.citations(plan)
        self.recipients(plan)
        self.findings(plan)

    def head(self, plan: Plan) -> None:
        """Identity of the paper and how much was read."""
        words, document = self.words, plan.document
        self.console.print(plain(formats.identity(document, words), "bold"))
        self.console.print(plain(document.title or words("title-missing"), f"bold {_ACCENT}"))
        signer = document.signer
        signed = f"{signer.name or ''} ({signer.position or words('unknown')})".strip() if signer else ""
        rows = [
            (words("issuer"), document.issuer or words("unknown")),
            (words("place"), document.place or ""),
            (words("period"), formats.days(document.period)),
            (words("signer"), signed),
            (words("places"), "; ".join(plan.places)),
            (words("file"), one_line(plan.source)),
        ]
        grid = Table.grid(padding=(0, 2))
        for label, value in rows:
            if value:
                grid.add_row(plain(label, "dim"), plain(value))
        self.console.print(grid)
        parts = ("tasks", "targets", "reporting", "citations", "recipients", "findings")
        self.console.print(plain(" · ".join(f"{words(p)}: {len(getattr(plan, p))}" for p in parts), "dim"))

    def tasks(self, plan: Plan) -> None:
        """Tasks under each agency that leads them; one led by two stands under both."""
        words = self.words
        self._heading("tasks", len(plan.tasks))
        if not plan.tasks:
            return
        table = table_of((words("ref"), 10), words("task"), (words("due"), 22))
        for lead, tasks in by_lead(plan.tasks).items():
            table.add_row("", plain(f"{lead or words('lead-missing')} ({len(tasks)})", f"bold {_ACCENT}"))
            for task in tasks[: self.most]:
                table.add_row(plain(task.ref or ""), self._task(task, lead), self._due(task))
            if self.most is not None and len(tasks) > self.most:
                table.add_row("", plain(words("more", n=len(tasks) - self.most), "dim"))
            table.add_section()
        self.console.print(table)

    def _task(self, task: Task, lead: str) -> Text:
        words = self.words
        cell = plain(formats.shortened(task.text, MEASURE))
        others = [name for name in task.leads if name != lead]
        for label, names in (("lead-also", others), ("partners", task.partners), ("places-at", task.places)):
            if names:
                cell.append_text(plain(f"\n{words(label)}: {'; '.join(names)}", "dim"))
        if task.requested:
            cell.append_text(plain(f"\n({words('requested')})", "dim"))
        return cell

    def _due(self, task: Task) -> Text:
        return plain(formats.due(task.due, self.today, self.words))

    def targets(self, plan: Plan) -> None:
        """Numbers to reach."""
        words = self.words
        self._heading("targets", len(plan.targets))
        if plan.targets:
            table = table_of(words("subject"), (words("value"), 16, "right"), (words("year"), 6, "right"))
            rows = ([plain(t.subject), plain(formats.target_value(t)), plain(str(t.year or ""))] for t in plan.targets)
            self._fill(table, rows, len(plan.targets))

    def funding(self, plan: Plan) -> None:
        """Money named in running text."""
        words = self.words
        if not plan.funding:
            return
        self._heading("funding", len(plan.funding))
        table = table_of(
            words("row"), (words("source"), 12), (words("year"), 6, "right"), (words("amount"), 22, "right")
        )
        rows = (
            [
                plain(f.label),
                plain(formats.source_name(f.source, words)),
                plain(str(f.year or "")),
                plain(formats.figure(f.amount)),
            ]
            for f in plan.funding
        )
        self._fill(table, rows, len(plan.funding))

    def duties(self, plan: Plan) -> None:
        """What has to be sent to whom by when."""
        words = self.words
        self._heading("reporting", len(plan.reporting))
        if not plan.reporting:
            return
        table = table_of((words("report"), 16), (words("due"), 22), words("reporters"), words("to"))
        rows = []
        for duty in plan.reporting:
            when = formats.duty_date(duty, words)
            if duty.cut_off:
                when = f"{when} ({words('cut-off', day=duty.cut_off)})"
            to = "; ".join(duty.recipients)
            if duty.via:
                to = f"{to} ({words('via', agencies='; '.join(duty.via))})"
            kind = formats.duty_kind(duty, words)
            rows.append([plain(kind), plain(when), plain("; ".join(duty.reporters)), plain(to)])
        self._fill(table, rows, len(rows))

    def citations(self, plan: Plan) -> None:
        """Cited papers."""
        words = self.words
        self._heading("citations", len(plan.citations))
        if not plan.citations:
            return
        table = table_of((words("kind"), 12), (words("number"), 18), (words("date"), 10), words("title"))
        rows = (
            [
                plain(c.kind),
                plain(c.number or ""),
                plain(formats.day(c.date)),
                plain(formats.shortened(" · ".join(p for p in (c.title, c.issuer) if p), MEASURE)),
            ]
            for c in plan.citations
        )
        self._fill(table, rows, len(plan.citations))

    def recipients(self, plan: Plan) -> None:
        """The list at the foot of the paper."""
        self._heading("recipients", len(plan.recipients))
        for recipient in plan.recipients[: self.most]:
            note = f" ({recipient.note})" if recipient.note else ""
            self.console.print(plain(f"- {recipient.name}{note}"))
        self._rest(len(plan.recipients))

    def findings(self, plan: Plan) -> None:
        """What a careful clerk would object to."""
        words = self.words
        self._heading("findings", len(plan.findings))
        if not plan.findings:
            return
        table = table_of((words("severity"), 9), (words("where"), 9), words("message"))
        self._fill(table, (self._finding(f, plan) for f in plan.findings), len(plan.findings))

    def _finding(self, finding: Finding, plan: Plan) -> list[Text]:
        message = plain(finding.message)
        message.append_text(plain(f" [{finding.code}]", "dim"))
        place = formats.finding_place(finding, plan, self.words)
        return [plain(self.words(finding.severity.value), STYLES[finding.severity]), plain(place), message]

    def _heading(self, part: str, count: int) -> None:
        self.console.print()
        self.console.print(plain(f"── {self.words(part)} ({count}) ──", f"bold {_ACCENT}"))
        if not count:
            self.console.print(plain(self.words("none"), "dim"))

    def _fill(self, table: Table, rows: Iterable[Row], count: int) -> None:
        for index, row in enumerate(rows):
            if self.most is not None and index >= self.most:
                break
            table.add_row(*row)
        self.console.print(table)
        self._rest(count)

    def _rest(self, count: int) -> None:
        if self.most is not None and count > self.most:
            self.console.print(plain(self.words("more", n=count - self.most), "dim"))


def table_of(*columns: str | tuple[str, int] | tuple[str, int, str]) -> Table:
    """A plain table; a column is a heading that takes what room is left, or a heading with its widest (and side)."""
    table = Table(
        box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False, header_style="bold", expand=True
    )
    for column in columns:
        heading, widest, side = (*((column,) if isinstance(column, str) else column), None, None)[:3]
        table.add_column(
            heading,
            max_width=widest,
            ratio=None if widest else 1,
            justify="right" if side else "left",
            overflow="fold",
        )
    return table


def by_lead(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    """Tasks under each lead agency in the order of first mention; "" gathers those without one, at the end."""
    groups: dict[str, list[Task]] = {}
    bare: list[Task] = []
    for task in tasks:
        for lead in dict.fromkeys(task.leads):
            groups.setdefault(lead, []).append(task)
        if not task.leads:
            bare.append(task)
    return {**groups, "": bare} if bare else groups
