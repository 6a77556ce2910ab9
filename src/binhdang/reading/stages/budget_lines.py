"""From a read table to the plan's budget: lines with amounts and totals by source, and the printed totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from binhdang.paper import Finding, Span
from binhdang.plan.model import Amount, BudgetLine, BudgetTotals
from binhdang.reading.stages.agency_words import DITTO
from binhdang.reading.stages.budget_header import ALL, DETAIL, SOURCE, YEAR, Column
from binhdang.reading.stages.budget_rows import Row, codes
from binhdang.reading.stages.budget_sources import Mention, only_source, years_in

Key = tuple[str, int | None, str | None]
"""A printed total: the kind of sum that it is, its year and source."""


@dataclass(slots=True)
class Table:
    """A budget table, pages put together: amount columns, rows and the rows that add it all up."""

    columns: tuple[Column, ...] = ()
    rows: list[Row] = field(default_factory=list)
    sums: list[Row] = field(default_factory=list)
    totals: dict[Key, Decimal] = field(default_factory=dict)
    words: str = ""
    unit: str | None = None
    spans: list[Span] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def defaults(table: Table, told: Sequence[Mention], plan: Sequence[int]) -> tuple[int | None, str | None]:
    """The year and source of columns that print none: the table's own words, else the plan's only year, the text's only source."""
    years = {c.year for c in table.columns if c.year is not None}
    year = None
    if not years:
        named = years_in(table.words) or plan
        year = named[0] if len(named) == 1 else None
    source = None
    if not any(c.source for c in table.columns) and not any(r.source for r in table.rows):
        source = only_source(table.words)
        if source is None:
            # an amount without a source is a total; a source without a class is the whole State budget
            sources = {m.source for m in told if m.source is not None or m.amount is None}
            source = next(iter(sources)) if len(sources) == 1 else None
    return year, source


def lines_of(table: Table, year: int | None, source: str | None, spell_out: Callable[[str], str]) -> list[BudgetLine]:
    """The budget's lines; `year` and `source` hold where a column prints none."""
    lines = []
    only_year = len({c.year for c in table.columns if c.kind == DETAIL}) == 1
    lead: str | None = None
    for row, code in zip(table.rows, codes(table.rows), strict=True):
        amounts: dict[tuple[int | None, str | None, int], Decimal] = {}
        total: dict[str, Decimal] = {}
        for column, value in zip(table.columns, row.cells, strict=False):
            if value is None:
                continue
            y, s = column.year or year, column.source or row.source or source
            if column.kind == DETAIL:
                # parts of one source ("tỉnh", "huyện") are one amount; undecided columns stay apart
                key = (y, s, -1 if y is not None and s is not None else column.at)
                amounts[key] = amounts.get(key, Decimal(0)) + value
                if only_year and s is not None:
                    total[s] = total.get(s, Decimal(0)) + value
            elif s is not None and (column.kind == SOURCE or (column.kind == ALL and source is not None)):
                total[s] = value
        if not DITTO.fullmatch(row.lead or ""):
            lead = spell_out(row.lead) if row.lead and any(ch.isalpha() for ch in row.lead) else None
        found = [Amount(y, s, v) for (y, s, _), v in amounts.items()] + [Amount(year, source, v) for v in row.loose]
        lines.append(BudgetLine(code.code, row.title, code.parent, lead, tuple(found), total, None, row.span))
    return lines


def totals_of(table: Table, year: int | None, source: str | None) -> BudgetTotals:
    """The printed totals by year, by source and of all; a printed total of one year and source counts for both."""
    held = dict(table.totals)
    for row in _grand(table):
        for key, value in _decoded(table, row).items():
            held.setdefault(key, value)
    details = {(c.year, c.source) for c in table.columns if c.kind == DETAIL}
    filled = {
        (c.year, c.source) for i, c in enumerate(table.columns) for r in table.rows if i < len(r.cells) and r.cells[i]
    }
    by_year: dict[int, Decimal] = {}
    by_source: dict[str, Decimal] = {}
    printed_years = [y for kind, y, _ in held if kind == YEAR]
    for y in dict.fromkeys([*(c.year or year for c in table.columns), *printed_years]):
        if y is not None and (printed := _one(held, YEAR, details & filled, y, None, year, source)) is not None:
            by_year[y] = printed
    for s in dict.fromkeys(c.source or source for c in table.columns):
        if s is not None and (printed := _one(held, SOURCE, details & filled, None, s, year, source)) is not None:
            by_source[s] = printed
    everything = held.get((ALL, None, None))
    if everything is None and len(details) == 1:
        everything = next((v for (kind, _, _), v in held.items() if kind == DETAIL), None)
    years = {c.year or year for c in table.columns}
    if everything is None and len(years) == 1:
        everything = held.get((YEAR, next(iter(years)), None))
    if everything is not None and year is not None:
        by_year[year] = everything
    if everything is not None and source is not None:
        by_source[source] = everything
    return BudgetTotals(by_year, by_source, everything)


def _one(
    held: dict[Key, Decimal],
    kind: str,
    details: set[tuple[int | None, str | None]],
    year: int | None,
    source: str | None,
    only_year: int | None,
    only_source: str | None,
) -> Decimal | None:
    """The total of a year or of a source: its own cell, else the sum of its cells when all of them are printed."""
    if (kind, year, source) in held:
        return held[kind, year, source]
    parts = [
        (y, s)
        for y, s in details
        if (year is None or (y or only_year) == year) and (source is None or (s or only_source) == source)
    ]
    values = [held.get((DETAIL, y, s)) for y, s in parts]
    printed = [v for v in values if v is not None]
    return sum(printed, Decimal(0)) if printed and len(printed) == len(values) else None


def _grand(table: Table) -> list[Row]:
    """The rows that add up the whole table: "Tổng cộng" before "Cộng", the last of several."""
    strong = [r for r in table.sums if r.title and "tổng" in r.title.casefold()]
    unnamed = [r for r in table.sums if not r.title and not r.label]
    weak = [r for r in table.sums if r not in strong and r not in unnamed]
    return [*reversed(strong), *reversed(unnamed), *weak[-1:]]


def _decoded(table: Table, row: Row) -> dict[Key, Decimal]:
    """A totals row's amounts by what they add up; one cell merged over all sources of a year is the year's."""
    columns = table.columns
    firsts: dict[int | None, int] = {}
    for i, c in enumerate(columns):
        firsts.setdefault(c.year, i)
    printed = [i for i, v in enumerate(row.cells) if v is not None]
    groups = Counter(c.year for c in columns)
    merged = (
        len(printed) > 1
        and set(printed) <= set(firsts.values())
        and any(groups[columns[i].year] > 1 for i in printed)
        and any(r.cells[i] for r in table.rows for i in range(len(r.cells)) if i not in printed)
    )
    out: dict[Key, Decimal] = {}
    for i in printed:
        value = row.cells[i]
        assert value is not None
        column = columns[i]
        if merged and groups[column.year] > 1:
            out[YEAR if column.year is not None else ALL, column.year, None] = value
        else:
            key = (column.kind, column.year, column.source)
            out[key] = out.get(key, Decimal(0)) + value
    return out
