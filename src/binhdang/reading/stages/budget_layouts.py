"""Layouts of a table whose header is lost: which column is an amount of a year and source, which one a sum.

The columns of a row are years × sources, with sums somewhere. Every layout that the width allows is tried on the rows; those whose
sums hold are the table's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from math import comb

Slot = tuple[int | None, int | None]
"""A column of a layout by index: (year, source) an amount, (year, None), (None, source) and (None, None) its sums."""
Layout = tuple[Slot, ...]
Cells = Sequence[Decimal | None]
Check = tuple[int, tuple[int, ...]]
"""A sum column and the columns that it adds up."""

_MOST_TRIES = 20_000
_MOST_SOURCES = 3


def _layouts_of(width: int) -> Iterator[Layout]:
    """All layouts of `width` columns that have a sum somewhere."""
    for sources in range(1, _MOST_SOURCES + 1):
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


def checks_of(layout: Layout) -> list[Check]:
    """Each sum column with the columns that it adds up."""
    details = [(i, slot) for i, slot in enumerate(layout) if None not in slot]
    out = []
    for i, (year, source) in enumerate(layout):
        if year is None or source is None:
            parts = tuple(j for j, (y, s) in details if (year is None or y == year) and (source is None or s == source))
            out.append((i, parts))
    return out


@lru_cache(maxsize=64)
def _candidates(width: int) -> tuple[tuple[Layout, list[Check]], ...]:
    return tuple((layout, checks_of(layout)) for layout in _layouts_of(width))


def _holds(cells: Sequence[int], checks: list[Check]) -> tuple[int, int]:
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


def layouts_that_hold(width: int, rows: Sequence[Cells]) -> list[Layout]:
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


def layouts_without_sums(width: int) -> list[Layout]:
    """The layouts of `width` columns that are all amounts: years only first, then years by sources."""
    return [
        tuple((y, s) for y in range(width // sources) for s in range(sources))
        for sources in range(1, _MOST_SOURCES + 1)
        if width % sources == 0
    ]


def spread(values: list[Decimal], width: int, checks: list[Check]) -> list[Decimal | None] | None:
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
