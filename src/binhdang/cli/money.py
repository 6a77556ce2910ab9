"""The budget as tables, with its own sums beside the printed ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from binhdang.cli import formats
from binhdang.cli.terminal import plain
from binhdang.cli.wording import Words
from binhdang.plan import Amount, Budget, BudgetLine, Plan

_FIGURE = 11  # columns that a figure of a province's budget takes, with its padding
_TITLE = 30  # fewer columns than this make a title unreadable

# A column of figures: its heading, the figure of a row, the printed total of the whole.
Column = tuple[str, Callable[[BudgetLine], Decimal | None], Decimal | None]


def show_budget(console: Console, plan: Plan, words: Words, most: int | None = None) -> None:
    """One table where the width allows, otherwise one by year and one by source."""
    console.print()
    count = len(plan.budget.lines) if plan.budget else 0
    console.print(plain(f"── {words('budget')} ({count}) ──", "bold cyan"))
    budget = plan.budget
    if budget is None:
        console.print(plain(words("none"), "dim"))
        return
    console.print(plain(f"{words('unit')}: {budget.unit or words('unknown')}", "dim"))
    years, sources, overall = _by_year(budget, words), _by_source(budget, words), _overall(budget, words)
    if _TITLE + _FIGURE * (len(years) + len(sources) + 1) <= console.width:
        console.print(_table(budget, (*years, *sources, overall), words, "", most))
    else:
        console.print(_table(budget, (*years, overall), words, words("budget-by-year"), most))
        console.print(_table(budget, (*sources, overall), words, words("budget-by-source"), most))
    if most is not None and count > most:
        console.print(plain(words("more", n=count - most), "dim"))


def tops(budget: Budget) -> tuple[BudgetLine, ...]:
    """The rows that add up to the whole: those under no other row of the table."""
    codes = {line.code for line in budget.lines}
    return tuple(line for line in budget.lines if line.parent is None or line.parent not in codes)


def sum_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None when nothing is."""
    known = [a for a in amounts if a is not None]
    return sum(known, Decimal()) if known else None


def line_total(line: BudgetLine) -> Decimal | None:
    """A row's total over all sources: as printed, otherwise from its amounts."""
    return sum_of(line.total.values()) if line.total else sum_of(a.amount for a in line.amounts)


def _by_year(budget: Budget, words: Words) -> list[Column]:
    years = {a.year for line in budget.lines for a in line.amounts} | set(budget.totals.by_year)
    ordered = sorted(years, key=lambda y: (y is None, y or 0))
    return [
        (str(y) if y else words("unknown"), _amounts(lambda a, y=y: a.year == y), _printed_year(budget, y))  # type: ignore[misc]
        for y in ordered
    ]


def _printed_year(budget: Budget, year: int | None) -> Decimal | None:
    return budget.totals.by_year.get(year) if year is not None else None


def _by_source(budget: Budget, words: Words) -> list[Column]:
    used = {a.source for line in budget.lines for a in line.amounts} | set(budget.totals.by_source)
    named = [s for s in ("central", "local", "other") if s in used or s in budget.sources]
    return [(formats.source_name(s, words), _source_total(s), budget.totals.by_source.get(s)) for s in named]


def _overall(budget: Budget, words: Words) -> Column:
    return (words("total"), line_total, budget.totals.all)


def _amounts(wanted: Callable[[Amount], bool]) -> Callable[[BudgetLine], Decimal | None]:
    return lambda line: sum_of(a.amount for a in line.amounts if wanted(a))


def _source_total(source: str) -> Callable[[BudgetLine], Decimal | None]:
    def total(line: BudgetLine) -> Decimal | None:
        printed = line.total.get(source)
        return printed if printed is not None else sum_of(a.amount for a in line.amounts if a.source == source)

    return total


def _table(budget: Budget, columns: tuple[Column, ...], words: Words, title: str, most: int | None) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False, header_style="bold", expand=True
    )
    table.title, table.title_justify = title or None, "left"
    table.title_style = "dim"
    table.add_column(words("ref"), overflow="fold")
    table.add_column(words("row"), ratio=1, overflow="fold")
    for heading, _, _ in columns:
        table.add_column(heading, justify="right", no_wrap=True)
    for line in budget.lines[:most]:
        cell = plain(line.title)
        if line.lead:
            cell.append_text(plain(f"\n{line.lead}", "dim"))
        table.add_row(plain(line.code), cell, *(plain(formats.figure(read(line))) for _, read, _ in columns))
    table.add_section()
    for row in _sum_rows(budget, columns, words):
        table.add_row(*row)
    return table


def _sum_rows(budget: Budget, columns: tuple[Column, ...], words: Words) -> Iterable[list[Text]]:
    rows = tops(budget)
    computed = [sum_of(read(line) for line in rows) for _, read, _ in columns]
    printed = [total for _, _, total in columns]
    differs = [c is not None and p is not None and c != p for c, p in zip(computed, printed, strict=True)]
    yield [plain(""), plain(words("sum-computed"), "bold"), *(plain(formats.figure(c), "bold") for c in computed)]
    yield [
        plain(""),
        plain(words("sum-printed"), "bold"),
        *(
            plain(f"{formats.figure(p)}{' ≠' if d else ''}", "bold red" if d else "bold")
            for p, d in zip(printed, differs, strict=True)
        ),
    ]
