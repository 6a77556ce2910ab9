"""Ruling lines → the cells of ruled tables. Shared by PDF pages (drawn paths) and pictures (lines found in the image)."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from binhdang.paper.source import Box

TOLERANCE = 3.0
# A page of a plan has some hundred rulings; a drawing or a map has thousands and no table.
MOST_RULINGS = 1500
MOST_CELLS = 5000


class Ruling(NamedTuple):
    """A straight line: horizontal at y=`at` from x=`start` to `end`, or vertical at x=`at` from y=`start` to `end`."""

    at: float
    start: float
    end: float


class Slot(NamedTuple):
    """A cell's place: first row and column, extent, box in the rulings' units."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(slots=True)
class Ruled:
    """A ruled table: its outer box, the x of its column edges and y of its row edges, its cells by row, then column."""

    box: Box
    xs: list[float]
    ys: list[float]
    slots: list[Slot]
    owners: dict[tuple[int, int], int]

    def slot_at(self, x: float, y: float) -> int | None:
        """Index of the slot that holds a point, None outside the table."""
        return self.owners.get((bisect(self.ys, y) - 1, bisect(self.xs, x) - 1))


def joined(rulings: Iterable[Ruling], tolerance: float = TOLERANCE) -> list[Ruling]:
    """Rulings on one line that touch or overlap become one; by place, then start."""
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        if groups and ruling.at - groups[-1][-1].at <= tolerance / 2 and ruling.at - groups[-1][0].at <= tolerance:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    made = []
    for group in groups:
        at = sum(r.at for r in group) / len(group)
        group.sort(key=lambda r: r.start)
        start, end = group[0].start, group[0].end
        for r in group[1:]:
            if r.start <= end + tolerance:
                end = max(end, r.end)
            else:
                made.append(Ruling(at, start, end))
                start, end = r.start, r.end
        made.append(Ruling(at, start, end))
    return made


def tables(across: Iterable[Ruling], down: Iterable[Ruling], tolerance: float = TOLERANCE) -> list[Ruled]:
    """All tables that the rulings draw, top to bottom; a lone frame around words is none."""
    across, down = joined(across, tolerance), joined(down, tolerance)
    if not across or not down or len(across) + len(down) > MOST_RULINGS:
        return []
    found = []
    for h, v in _components(across, down, tolerance):
        table = _table(h, v, tolerance)
        if table is not None:
            found.append(table)
    return sorted(found, key=lambda t: (t.box[1], t.box[0]))


def _components(across: list[Ruling], down: list[Ruling], t: float) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Rulings that cross or touch, directly or through others, together."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if h.start - t <= v.at <= h.end + t and v.start - t <= h.at <= v.end + t:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down, len(across)):
        groups.setdefault(root(j), ([], []))[1].append(v)
    return [(h, v) for h, v in groups.values() if len(h) >= 2 and len(v) >= 2 and len(h) + len(v) >= 5]


def _places(rulings: list[Ruling], t: float) -> list[float]:
    """The distinct places of rulings."""
    made: list[list[float]] = []
    for r in rulings:
        if made and r.at - made[-1][-1] <= t:
            made[-1].append(r.at)
        else:
            made.append([r.at])
    return [sum(m) / len(m) for m in made]


def _table(across: list[Ruling], down: list[Ruling], t: float) -> Ruled | None:
    xs, ys = _places(down, t), _places(across, t)
    height, width = len(ys) - 1, len(xs) - 1
    if height < 1 or width < 1 or height * width < 2 or height * width > MOST_CELLS:
        return None

    at_x = [[v for v in down if abs(v.at - x) <= t] for x in xs]
    at_y = [[h for h in across if abs(h.at - y) <= t] for y in ys]

    def ruled(rulings: list[Ruling], middle: float) -> bool:
        return any(r.start <= middle <= r.end for r in rulings)

    owners: dict[tuple[int, int], int] = {}
    slots: list[Slot] = []
    for row in range(height):
        for column in range(width):
            if (row, column) in owners:
                continue
            middle_y, middle_x = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
            right = column + 1
            while right < width and (row, right) not in owners and not ruled(at_x[right], middle_y):
                right += 1
            below = row + 1
            while below < height and not ruled(at_y[below], middle_x):
                below += 1
            for r in range(row, below):
                for c in range(column, right):
                    owners.setdefault((r, c), len(slots))
            box = (xs[column], ys[row], xs[right], ys[below])
            slots.append(Slot(row, column, below - row, right - column, box))
    if len(slots) < 2:
        return None
    return Ruled((xs[0], ys[0], xs[-1], ys[-1]), xs, ys, slots, owners)
