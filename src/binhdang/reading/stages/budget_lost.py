"""Budget tables without a header: the layout of the columns from the sums, years and sources from amounts in the text.

The columns of a row are years × sources, with sums somewhere. Every layout that the width allows is tried on the rows; the one whose
sums hold is the table's. An amount that the text gives for a year or a source then names the columns that add up to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from math import comb

from binhdang.reading.stages.budget_header import ALL, DETAIL, SOURCE, YEAR, Column
from binhdang.reading.stages.budget_rows import Row, codes
from binhdang.reading.stages.budget_sources import SOURCES, Mention

Slot = tuple[int | None, int | None]
"""A column of a layout by index: (year, source) an amount, (year, None), (None, source) and (None, None) its sums."""
Layout = tuple[Slot, ...]
Cells = Sequence[Decimal | None]
Key = tuple[str, int | None, str | None]

_MOST_TRIES = 20_000
_FACTORS = {"triệu đồng": 1, "nghìn đồng": 1000, "đồng": 1_000_000, "tỷ đồng": Decimal("0.001")}


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

    `proven` is true when its sums hold, or an amount of the text is found in it.
    """

    columns: tuple[Column, ...]
    rows: list[Row]
    totals: dict[Key, Decimal]
    unit: str | None
    undecided: list[str]
    unaligned: list[Row]
    proven: bool = False


def read_lost(rows: list[Row], totals: list[list[Decimal | None]], evidence: Evidence) -> Lost | None:
    """Read rows whose cells still stand as printed, one list of amounts a row (short ones have lost cells).

    `totals` are the cells of the rows that add up the table. None where no row has an amount.
    """
    widths = Counter(len(r.cells) for r in rows if not r.empty)
    if not widths:
        return None
    for width in dict.fromkeys((widths.most_common(1)[0][0], max(widths))):
        full = [r.cells for r in rows if len(r.cells) == width and not r.empty]
        layouts = _best(width, full)
        if layouts:
            break
    else:
        width, count = widths.most_common(1)[0]
        # rows of many lengths without a sum that holds: nothing says which column an amount stands in
        if count * 2 <= widths.total():
            return _ragged(rows, totals, evidence)
        layouts = [_single(width, evidence)]
    tried = [_named(layout, rows, totals, evidence) for layout in layouts]
    for table in tried:
        table.proven = any(None in slot for slot in layouts[0]) or not table.undecided
    return max(tried, key=lambda t: -len(t.undecided))


def _ragged(rows: list[Row], totals: list[list[Decimal | None]], evidence: Evidence) -> Lost:
    """A table whose empty cells are lost as well: no amount is placed, but a total by years still shows by its sum."""
    named: dict[Key, Decimal] = {}
    unit = evidence.unit
    for printed in totals:
        values = [v for v in printed if v]
        if len(values) < 3 or sum(values[:-1]) != values[-1]:
            continue
        layout: Layout = tuple((y, 0) for y in range(len(values) - 1))
        unit, years = _years(layout, values[:-1], {}, evidence)
        named[ALL, None, None] = values[-1]
        for year, value in zip(years, values, strict=False):
            if year is not None:
                named[YEAR, year, None] = value
    bare = [replace(r, cells=[]) for r in rows]
    return Lost((), bare, named, unit, ["năm", "nguồn"], [])


def layouts_of(width: int) -> Iterator[Layout]:
    """All layouts of `width` columns that have a sum somewhere."""
    for sources in (1, 2, 3):
        groups: list[tuple[int | None, ...]] = [tuple(range(sources))]
        if sources > 1:
            groups += [(None, *range(sources)), (*range(sources), None)]
        for years in range(1, min(width, 12) + 1):
            ends: list[Layout] = [()]
            if years > 1:
                ends += [((None, None),)]
                if sources > 1:
                    by: Layout = tuple((None, s) for s in range(sources))
                    ends += [by, ((None, None), *by), (*by, (None, None))]
            for group in groups:
                for end in ends:
                    if years * len(group) + len(end) != width or (not end and None not in group):
                        continue
                    body: Layout = tuple((y, s) for y in range(years) for s in group)
                    yield body + end
                    if end:
                        yield end + body


def _checks(layout: Layout) -> list[tuple[int, tuple[int, ...]]]:
    """Each sum column with the columns that it adds up."""
    details = [(i, slot) for i, slot in enumerate(layout) if None not in slot]
    out = []
    for i, (year, source) in enumerate(layout):
        if year is None or source is None:
            parts = tuple(j for j, (y, s) in details if (year is None or y == year) and (source is None or s == source))
            out.append((i, parts))
    return out


@lru_cache(maxsize=64)
def _candidates(width: int) -> tuple[tuple[Layout, list[tuple[int, tuple[int, ...]]]], ...]:
    return tuple((layout, _checks(layout)) for layout in layouts_of(width))


def _holds(cells: Sequence[int], checks: list[tuple[int, tuple[int, ...]]]) -> tuple[int, int]:
    """How many sums hold and how many do not; sums of nothing count for neither."""
    right = wrong = 0
    for at, parts in checks:
        printed, added = cells[at], 0
        for j in parts:
            added += cells[j]
        if printed or added:
            right += printed == added
            wrong += printed != added
    return right, wrong


def _scaled(cells: Cells) -> list[int]:
    """Amounts as whole thousandths: many sums are tried, and whole numbers add fast."""
    return [int(c.scaleb(3)) if c else 0 for c in cells]


def _best(width: int, rows: Sequence[Cells]) -> list[Layout]:
    """The layouts whose sums hold best, if they hold nearly everywhere."""
    marks: list[tuple[int, Layout]] = []
    scaled = [_scaled(cells) for cells in rows]
    for layout, checks in _candidates(width):
        most = len(checks) * len(scaled)
        right = wrong = 0
        for cells in scaled:
            r, w = _holds(cells, checks)
            right, wrong = right + r, wrong + w
            if wrong * 6 > most:
                break
        if right >= 2 and wrong * 5 <= right:
            marks.append((right - 2 * wrong, layout))
    top = max((m for m, _ in marks), default=0)
    return [layout for m, layout in marks if m == top]


def _single(width: int, evidence: Evidence) -> Layout:
    """A layout without sums: by the header's remains, else years only, which the evidence has to name."""
    years, sources = len(evidence.years), len(evidence.sources)
    if width == years * sources:
        return tuple((y, s) for y in range(years) for s in range(sources))
    if width == sources and not years:
        return tuple((0, s) for s in range(sources))
    return tuple((y, 0) for y in range(width))


def _named(layout: Layout, rows: list[Row], totals: list[list[Decimal | None]], evidence: Evidence) -> Lost:
    """The table under a layout, with its years and sources named as far as the evidence goes."""
    aligned, unaligned = _aligned(layout, rows)
    tops = [r for r, code in zip(aligned, codes(aligned), strict=True) if code.parent is None]
    computed = [sum((r.cells[i] or Decimal(0) for r in tops if r.cells), Decimal(0)) for i in range(len(layout))]
    printed = _printed(layout, totals, computed)
    unit, years = _years(layout, computed, printed, evidence)
    sources = _sources(layout, computed, printed, years, unit, evidence)
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
    return Lost(tuple(columns), aligned, named, unit, undecided, unaligned)


def _aligned(layout: Layout, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows with their cells in their columns, and those whose lost cells cannot be put back in one way only."""
    width, checks = len(layout), _checks(layout)
    out, open_rows = [], []
    for row in rows:
        cells: list[Decimal | None] | None = list(row.cells)
        if row.empty:
            cells = [None] * width
        elif len(row.cells) != width:
            cells = _spread([c for c in row.cells if c], width, checks)
            if cells is None:
                open_rows.append(row)
        out.append(replace(row, cells=cells or []))
    return out, open_rows


def _spread(
    values: list[Decimal], width: int, checks: list[tuple[int, tuple[int, ...]]]
) -> list[Decimal | None] | None:
    """The only way to put `values` in order into `width` columns so that all sums hold, or None."""
    if not values or len(values) > width or comb(width, len(values)) > _MOST_TRIES:
        return None
    scaled = _scaled(values)
    only: tuple[int, ...] | None = None
    for places in combinations(range(width), len(values)):
        cells = [0] * width
        for place, value in zip(places, scaled, strict=True):
            cells[place] = value
        right, wrong = _holds(cells, checks)
        if wrong == 0 and right:
            if only is not None:
                return None
            only = places
    if only is None:
        return None
    by_place = dict(zip(only, values, strict=True))
    return [by_place.get(i) for i in range(width)]


def _printed(layout: Layout, totals: list[list[Decimal | None]], computed: Cells) -> dict[Slot, Decimal]:
    """The printed totals by slot. A row of totals may be whole, by years only, by sources only, or in pieces."""
    years = [y for y in dict.fromkeys(y for y, _ in layout) if y is not None]
    sources = [s for s in dict.fromkeys(s for _, s in layout) if s is not None]
    sums: dict[Slot, Decimal] = {}
    for slot, amount in zip(layout, computed, strict=True):
        y, s = slot
        if y is not None and s is not None and amount:
            for key in ((y, s), (y, None), (None, s), (None, None)):
                sums[key] = sums.get(key, Decimal(0)) + amount
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
                (_apart(values, [sums.get(k, Decimal(0)) for k in shape]), i)
                for i, shape in enumerate(shapes)
                if len(shape) == len(values)
            ),
            default=(1.0, 0),
        )
        if len(row) == len(layout) and _apart([v or Decimal(0) for v in row], list(computed)) <= best[0]:
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
            c or Decimal(0)
            for (y, s), c in zip(layout, computed, strict=True)
            if y is not None and s is not None and (year is None or y == year) and (source is None or s == source)
        ),
        Decimal(0),
    )


def _years(
    layout: Layout, computed: Cells, printed: dict[Slot, Decimal], evidence: Evidence
) -> tuple[str | None, list[int | None]]:
    """The table's unit and the year of each group of columns, None where open."""
    count = 1 + max((y for y, _ in layout if y is not None), default=0)
    unit, anchors = _anchors(layout, computed, printed, evidence, count)
    if len(evidence.years) == count:
        return unit, list(evidence.years)
    firsts = {year - group for group, year in anchors}
    if len(firsts) == 1:
        first = firsts.pop()
        return unit, [first + i for i in range(count)]
    plan = evidence.plan_years
    sums = any(None in slot for slot in layout)
    if not anchors and len(plan) == count and (sums or count == 1 or count > len(SOURCES)):
        return unit, list(plan)
    return unit, [None] * count


def _anchors(
    layout: Layout, computed: Cells, printed: dict[Slot, Decimal], evidence: Evidence, count: int
) -> tuple[str | None, list[tuple[int, int]]]:
    """The groups that an amount of the text with a year adds up to: (group, year); and the unit under which they do."""
    best: tuple[str | None, list[tuple[int, int]]] = (evidence.unit, [])
    for unit, factor in _FACTORS.items():
        if evidence.unit not in (None, unit):
            continue
        anchors = []
        for m in evidence.mentions:
            if m.amount is None or m.year is None or m.source is not None:
                continue
            amount = m.amount * factor
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
) -> list[str | None]:
    """The source of each column of a group, None where open."""
    count = 1 + max((s for _, s in layout if s is not None), default=0)
    if len(evidence.sources) == count:
        return list(evidence.sources)
    factor = _FACTORS.get(unit or "triệu đồng", 1)
    votes: dict[int, set[str]] = {}
    for m in evidence.mentions:
        if m.amount is None or m.source is None:
            continue
        groups: list[int | None] = [years.index(m.year)] if m.year in years and m.year is not None else [None]
        for group in groups:
            amount = m.amount * factor
            hits = [s for s in range(count) if amount in (printed.get((group, s)), _sum_of(layout, computed, group, s))]
            if len(hits) == 1:
                votes.setdefault(hits[0], set()).add(m.source)
    sources: list[str | None] = [next(iter(votes[s])) if len(votes.get(s, ())) == 1 else None for s in range(count)]
    named = [s for s in sources if s is not None]
    if len(set(named)) != len(named):
        return [None] * count
    left = [s for s in SOURCES if s not in named]
    # all three classes are in the table, or the text names just as many as it has columns
    told = {m.source for m in evidence.mentions if m.source is not None}
    rest = left if count == len(SOURCES) else [s for s in left if s in told] if len(told) == count else []
    if len(rest) == 1 and sources.count(None) == 1:
        sources[sources.index(None)] = rest[0]
    return sources
