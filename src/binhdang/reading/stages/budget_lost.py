"""Budget tables without a header: the layout of the columns from the sums, years and sources from amounts in the text.

An amount that the text gives for a year or a source names the columns that add up to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from binhdang.plan.sums import IN_MILLIONS
from binhdang.reading.stages.budget_header import ALL, DETAIL, SOURCE, YEAR, Column
from binhdang.reading.stages.budget_layouts import (
    Cells,
    Layout,
    Slot,
    checks_of,
    layouts_that_hold,
    layouts_without_sums,
    spread,
)
from binhdang.reading.stages.budget_rows import Code, Row, codes
from binhdang.reading.stages.budget_sources import SOURCES, Mention

Key = tuple[str, int | None, str | None]

_ZERO = Decimal(0)


@dataclass(slots=True)
class Evidence:
    """What is known from elsewhere: amounts in the text, years of the plan, years and sources of a header's remains."""

    mentions: list[Mention]
    plan_years: list[int]
    years: list[int] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    unit: str | None = None


@dataclass(slots=True)
class Lost:
    """A header-less table as read: its columns, rows with cells in their columns, printed totals, and what is open.

    `found` counts the amounts of the text that are found in it; `proven` is true when its sums hold, or when they
    decide it.
    """

    columns: tuple[Column, ...]
    rows: list[Row]
    totals: dict[Key, Decimal]
    unit: str | None
    undecided: list[str]
    unaligned: list[Row]
    found: int = 0
    proven: bool = False


def read_lost(rows: list[Row], totals: list[list[Decimal | None]], evidence: Evidence) -> Lost | None:
    """Read rows whose cells still stand as printed, one list of amounts a row (short ones have lost cells).

    `totals` are the cells of the rows that add up the table. None where no row has an amount.
    """
    widths = Counter(len(r.cells) for r in rows if not r.empty)
    if not widths:
        return None
    rows, totals = _last_total(rows, totals)
    usual, count = widths.most_common(1)[0]
    # rows of many lengths: empty cells are lost as well, and the longest row tells how many columns there are
    uneven = count * 2 <= widths.total()
    most = max(sum(bool(c) for c in cells) for cells in [*(r.cells for r in rows), *totals])
    filled = _filled(usual, rows, totals)
    tried: list[Lost] = []
    for width in dict.fromkeys((usual, filled, max(*widths, most))):
        if (width < most and uneven) or (width > usual and tried):
            continue
        kept = _cut(width, usual, rows)
        full = [cells for cells in [*(r.cells for r in kept), *totals] if len(cells) == width and any(cells)]
        tried += [_named(layout, kept, totals, evidence) for layout in layouts_that_hold(width, full)]
    holds = bool(tried)
    if not holds:
        # without a sum that holds nothing says which column an amount stands in
        if uneven:
            return _ragged(rows, totals, evidence)
        kept = _cut(filled, usual, rows)
        tried = [_named(layout, kept, totals, evidence) for layout in layouts_without_sums(filled)]
    best = max(tried, key=lambda t: (-len(t.undecided), t.found))
    best.proven = holds or not best.undecided
    return best


def _last_total(rows: list[Row], totals: list[list[Decimal | None]]) -> tuple[list[Row], list[list[Decimal | None]]]:
    """The rows without a last one that adds up the others, whatever its title says, and the totals with it."""
    last = rows[-1]
    if last.label or last.lead or sum(bool(c) for c in last.cells) < 2:
        return rows, totals
    above = rows[:-1]
    tops = [r.cells for r, code in zip(above, codes(above), strict=True) if code.parent is None and not r.empty]
    if len(tops) < 2 or any(len(cells) != len(last.cells) for cells in tops):
        return rows, totals
    added = [sum((c for c in column if c), _ZERO) for column in zip(*tops, strict=True)]
    return (above, [last.cells, *totals]) if added == [c or _ZERO for c in last.cells] else (rows, totals)


def _filled(width: int, rows: list[Row], totals: list[list[Decimal | None]]) -> int:
    """`width` without the columns at the end that are empty in every row: remains of a column of words."""
    cells = [r.cells for r in rows] + totals
    while width > 1 and not any(c[width - 1] for c in cells if len(c) >= width):
        width -= 1
    return width


def _cut(width: int, usual: int, rows: list[Row]) -> list[Row]:
    """The rows of the usual width cut to `width`."""
    return [replace(r, cells=r.cells[:width]) if len(r.cells) == usual else r for r in rows] if width < usual else rows


def _ragged(rows: list[Row], totals: list[list[Decimal | None]], evidence: Evidence) -> Lost:
    """A table whose empty cells are lost as well: no amount is placed, but a total by years still shows by its sum."""
    named: dict[Key, Decimal] = {}
    unit = evidence.unit
    for printed in totals:
        values = [v for v in printed if v]
        if len(values) < 3 or sum(values[:-1]) != values[-1]:
            continue
        layout: Layout = tuple((y, 0) for y in range(len(values) - 1))
        unit, years, _ = _years(layout, values[:-1], {}, evidence)
        named[ALL, None, None] = values[-1]
        for year, value in zip(years, values, strict=False):
            if year is not None:
                named[YEAR, year, None] = value
    bare = [replace(r, cells=[]) for r in rows]
    return Lost((), bare, named, unit, ["năm", "nguồn"], [])


def _named(layout: Layout, rows: list[Row], totals: list[list[Decimal | None]], evidence: Evidence) -> Lost:
    """The table under a layout, with its years and sources named as far as the evidence goes."""
    aligned = _aligned(layout, rows)
    marks = codes(aligned)
    _complete(aligned, marks, rows, next((t for t in totals if len(t) == len(layout)), []))
    unaligned = [row for row, found in zip(rows, aligned, strict=True) if not found.cells]
    tops = [r for r, code in zip(aligned, marks, strict=True) if code.parent is None]
    computed: list[Decimal] = [sum((r.cells[i] or _ZERO for r in tops if r.cells), _ZERO) for i in range(len(layout))]
    printed = _printed(layout, totals, computed)
    unit, years, anchors = _years(layout, computed, printed, evidence)
    sources, votes = _sources(layout, computed, printed, years, unit, evidence)
    plan = evidence.plan_years
    if votes > 1 and not any(years) and len(plan) == len(years):
        years = list(plan)
    undecided = []
    if any(y is None for y in years):
        undecided.append("năm")
    if any(s is None for s in sources):
        undecided.append("nguồn")
    columns = []
    for i, (y, s) in enumerate(layout):
        kind = (
            DETAIL if y is not None and s is not None else YEAR if y is not None else SOURCE if s is not None else ALL
        )
        columns.append(Column(kind, years[y] if y is not None else None, sources[s] if s is not None else None, i))
    named: dict[Key, Decimal] = {}
    for (y, s), amount in printed.items():
        year, source = (years[y] if y is not None else None), (sources[s] if s is not None else None)
        if (y is None or year is not None) and (s is None or source is not None):
            kind = ALL if y is None and s is None else YEAR if s is None else SOURCE if y is None else DETAIL
            named[kind, year, source] = amount
    return Lost(tuple(columns), aligned, named, unit, undecided, unaligned, anchors + votes)


def _aligned(layout: Layout, rows: list[Row]) -> list[Row]:
    """The rows with their cells in their columns; without cells where the lost ones cannot be put back in one way only."""
    width, checks = len(layout), checks_of(layout)
    out = []
    for row in rows:
        cells: list[Decimal | None] | None = list(row.cells)
        if row.empty:
            cells = [None] * width
        elif len(row.cells) != width:
            cells = spread([c for c in row.cells if c], width, checks)
        out.append(replace(row, cells=cells or [], loose=() if cells else _loose(layout, row.cells)))
    return out


def _loose(layout: Layout, cells: Cells) -> tuple[Decimal, ...]:
    """The amounts of a row whose columns are lost, without the sum at its end; () where sums and amounts look alike."""
    values = [c for c in cells if c]
    at = {layout[0]: 0, layout[-1]: -1}.get((None, None))
    if at is None or sum(None in slot for slot in layout) > 1 or len(values) < 2:
        return ()
    whole = values.pop(at)
    return tuple(values) if sum(values) == whole else ()


def _complete(aligned: list[Row], marks: Sequence[Code], rows: list[Row], total: Cells) -> None:
    """Put back the cells of a row that alone makes up what its siblings leave of their parent, or of the totals."""
    if all(r.cells for r in aligned):
        return
    siblings: dict[str | None, list[int]] = {}
    for i, mark in enumerate(marks):
        siblings.setdefault(mark.parent, []).append(i)
    whole: dict[str | None, Cells] = {None: total}
    for i, mark in enumerate(marks):
        group = siblings.get(mark.parent, [])
        lost = [j for j in group if not aligned[j].cells]
        if lost == [i] and (above := whole.get(mark.parent)):
            others = [aligned[j].cells for j in group if j != i]
            left = [(c or _ZERO) - sum((o[k] or _ZERO for o in others), _ZERO) for k, c in enumerate(above)]
            if [v for v in left if v] == [v for v in rows[i].cells if v]:
                aligned[i].cells, aligned[i].loose = [v or None for v in left], ()
        whole[mark.code] = aligned[i].cells


def _printed(layout: Layout, totals: list[list[Decimal | None]], computed: Sequence[Decimal]) -> dict[Slot, Decimal]:
    """The printed totals by slot. A row of totals may be whole, by years only, by sources only, or in pieces."""
    years = [y for y in dict.fromkeys(y for y, _ in layout) if y is not None]
    sources = [s for s in dict.fromkeys(s for _, s in layout) if s is not None]
    sums: dict[Slot, Decimal] = {}
    for slot, amount in zip(layout, computed, strict=True):
        y, s = slot
        if y is not None and s is not None and amount:
            for key in ((y, s), (y, None), (None, s), (None, None)):
                sums[key] = sums.get(key, _ZERO) + amount
    by_year: list[Slot] = [(y, None) for y in years]
    by_source: list[Slot] = [(None, s) for s in sources]
    out: dict[Slot, Decimal] = {}
    pieces: list[Decimal] = []
    for row in totals:
        values = [v for v in row if v]
        shapes: list[list[Slot]] = [
            by_year,
            [*by_year, (None, None)],
            by_source,
            [*by_source, (None, None)],
            [(None, None)],
        ]
        best = min(
            (
                (_apart(values, [sums.get(k, _ZERO) for k in shape]), i)
                for i, shape in enumerate(shapes)
                if len(shape) == len(values)
            ),
            default=(1.0, 0),
        )
        if len(row) == len(layout) and _apart([v or _ZERO for v in row], computed) <= best[0]:
            out |= {slot: v for slot, v in zip(layout, row, strict=True) if v}
        elif best[0] < 0.1:
            for slot, value in zip(shapes[best[1]], values, strict=True):
                out.setdefault(slot, value)
        else:
            pieces += values
    placed = _place(pieces, computed) if pieces else []
    for at, value in placed:
        out.setdefault(layout[at], value)
    return out


def _apart(values: Sequence[Decimal], computed: Sequence[Decimal]) -> float:
    """How far printed totals are from the computed ones, 0 for the same to 1."""
    return sum(map(_gap, map(float, values), map(float, computed))) / len(values) if values else 1.0


def _gap(value: float, other: float) -> float:
    return abs(value - other) / max(value, other) if value != other else 0.0


def _place(values: list[Decimal], computed: Cells) -> list[tuple[int, Decimal]]:
    """Put the pieces of a totals row, in order, on the columns that they are nearest to; [] where they fit badly."""
    n, width = len(values), len(computed)
    if n > width:
        return []
    sums = [float(c or 0) for c in computed]
    cost = [[1e6] * (width + 1) for _ in range(n + 1)]
    cost[0] = [0.0] * (width + 1)
    for i, value in enumerate(map(float, values), start=1):
        for j in range(i, width + 1):
            cost[i][j] = min(cost[i][j - 1], cost[i - 1][j - 1] + _gap(value, sums[j - 1]))
    if cost[n][width] > n * 0.1:
        return []
    placed, i, j = [], n, width
    while i:
        if cost[i][j] == cost[i][j - 1]:
            j -= 1
            continue
        i, j = i - 1, j - 1
        placed.append((j, values[i]))
    return placed[::-1]


def _sum_of(layout: Layout, computed: Cells, year: int | None, source: int | None) -> Decimal:
    return sum(
        (
            c or _ZERO
            for (y, s), c in zip(layout, computed, strict=True)
            if y is not None and s is not None and (year is None or y == year) and (source is None or s == source)
        ),
        _ZERO,
    )


def _years(
    layout: Layout, computed: Cells, printed: dict[Slot, Decimal], evidence: Evidence
) -> tuple[str | None, list[int | None], int]:
    """The table's unit, the year of each group of columns (None where open), and how many amounts of the text say so."""
    count = 1 + max((y for y, _ in layout if y is not None), default=0)
    unit, anchors = _anchors(layout, computed, printed, evidence, count)
    if len(evidence.years) == count:
        return unit, list(evidence.years), len(anchors)
    plan = evidence.plan_years
    firsts = {year - group for group, year in anchors}
    if len(firsts) == 1:
        first = firsts.pop()
        # columns beyond the plan's period are no years of it
        if len(plan) < 2 or plan[0] <= first <= first + count - 1 <= plan[-1]:
            return unit, [first + i for i in range(count)], len(anchors)
    sums = any(None in slot for slot in layout)
    if not anchors and len(plan) == count and (sums or count == 1 or count > len(SOURCES)):
        return unit, list(plan), 0
    return unit, [None] * count, 0


def _anchors(
    layout: Layout, computed: Cells, printed: dict[Slot, Decimal], evidence: Evidence, count: int
) -> tuple[str | None, list[tuple[int, int]]]:
    """The groups that an amount of the text with a year adds up to: (group, year); and the unit under which they do."""
    best: tuple[str | None, list[tuple[int, int]]] = (evidence.unit, [])
    for unit, worth in IN_MILLIONS.items():
        if evidence.unit not in (None, unit):
            continue
        anchors = []
        for m in evidence.mentions:
            if m.amount is None or m.year is None or m.source is not None:
                continue
            amount = m.amount / worth
            groups = [g for g in range(count) if amount in (printed.get((g, None)), _sum_of(layout, computed, g, None))]
            if len(groups) == 1:
                anchors.append((groups[0], m.year))
        if len(anchors) > len(best[1]):
            best = (unit, anchors)
    return best


def _sources(
    layout: Layout,
    computed: Cells,
    printed: dict[Slot, Decimal],
    years: list[int | None],
    unit: str | None,
    evidence: Evidence,
) -> tuple[list[str | None], int]:
    """The source of each column of a group (None where open), and how many columns an amount of the text names."""
    count = 1 + max((s for _, s in layout if s is not None), default=0)
    if len(evidence.sources) == count:
        return list(evidence.sources), count
    worth = IN_MILLIONS[unit or "triệu đồng"]
    votes: dict[int, set[str]] = {}
    for m in evidence.mentions:
        if m.amount is None or m.source is None:
            continue
        groups: list[int | None] = [years.index(m.year)] if m.year in years and m.year is not None else [None]
        for group in groups:
            amount = m.amount / worth
            hits = [s for s in range(count) if amount in (printed.get((group, s)), _sum_of(layout, computed, group, s))]
            if len(hits) == 1:
                votes.setdefault(hits[0], set()).add(m.source)
    sources: list[str | None] = [next(iter(votes[s])) if len(votes.get(s, ())) == 1 else None for s in range(count)]
    named = [s for s in sources if s is not None]
    if len(set(named)) != len(named):
        return [None] * count, 0
    left = [s for s in SOURCES if s not in named]
    # all three classes are in the table, or the text names just as many as it has columns
    told = {m.source for m in evidence.mentions if m.source is not None}
    rest = left if count == len(SOURCES) else [s for s in left if s in told] if len(told) == count else []
    if len(rest) == 1 and sources.count(None) == 1:
        sources[sources.index(None)] = rest[0]
    return sources, len(named)
