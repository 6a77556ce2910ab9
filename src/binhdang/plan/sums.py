"""The sums of a budget, computed again: every printed sum that differs from its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from binhdang.plan.model import Budget, BudgetLine

Key = tuple[int | None, str | None]

IN_MILLIONS = {
    "triệu đồng": Decimal(1),
    "nghìn đồng": Decimal("0.001"),
    "đồng": Decimal("0.000001"),
    "tỷ đồng": Decimal(1000),
}
"""What one of a budget's unit is in million đồng."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A printed sum that differs from its parts, in the budget's unit.

    `kind` is "row" (a line's total against its amounts), "parent" (a line against its children), "column" (a grand
    total against the lines at the top), or "left-out" (a line, `code`, that the grand totals do not hold). What does
    not apply of `code`, `year` and `source` is None.
    """

    kind: str
    code: str | None
    year: int | None
    source: str | None
    printed: Decimal
    computed: Decimal


def sums(budget: Budget) -> list[Mismatch]:
    """Every sum of `budget` that differs, rows first, then parents, then grand totals, then the lines left out of them."""
    children: dict[str, list[BudgetLine]] = defaultdict(list)
    for line in budget.lines:
        if line.parent is not None:
            children[line.parent].append(line)
    worth: dict[str, dict[Key, Decimal]] = {}
    for line in reversed(budget.lines):
        own = _amounts(line)
        worth[line.code] = own or _added(worth[c.code] for c in children[line.code] if c.code in worth)
    found = [m for line in budget.lines for m in _row(line)]
    for line in budget.lines:
        found += _parent(line, children[line.code], worth)
    tops = [line for line in budget.lines if line.parent is None]
    return found + _columns(budget, tops, worth)


def _amounts(line: BudgetLine) -> dict[Key, Decimal]:
    by: dict[Key, Decimal] = defaultdict(Decimal)
    for a in line.amounts:
        by[a.year, a.source] += a.amount
    return dict(by)


def _added(parts: Iterable[dict[Key, Decimal]]) -> dict[Key, Decimal]:
    by: dict[Key, Decimal] = defaultdict(Decimal)
    for part in parts:
        for key, amount in part.items():
            by[key] += amount
    return dict(by)


def _row(line: BudgetLine) -> list[Mismatch]:
    found = []
    for source, printed in line.total.items():
        parts = [a.amount for a in line.amounts if a.source == source]
        # a line may print its totals alone
        if parts and sum(parts) != printed:
            found.append(Mismatch("row", line.code, None, source, printed, sum(parts, Decimal(0))))
    return found


def _parent(line: BudgetLine, children: list[BudgetLine], worth: dict[str, dict[Key, Decimal]]) -> list[Mismatch]:
    own = _amounts(line)
    if not own or not any(worth[c.code] for c in children):
        return []
    added = _added(worth[c.code] for c in children)
    zero = Decimal(0)
    if _decided(own) != _decided(added):
        # amounts whose year or source is open still have to add up as a whole
        printed, computed = sum(own.values(), zero), sum(added.values(), zero)
        return [Mismatch("parent", line.code, None, None, printed, computed)] if printed != computed else []
    return [
        Mismatch("parent", line.code, key[0], key[1], own.get(key, zero), added.get(key, zero))
        for key in dict.fromkeys([*own, *added])
        if own.get(key, zero) != added.get(key, zero)
    ]


def _decided(worth: dict[Key, Decimal]) -> set[tuple[bool, bool]]:
    """Whether year and source of the amounts are decided."""
    return {(year is not None, source is not None) for year, source in worth}


def _columns(budget: Budget, tops: list[BudgetLine], worth: dict[str, dict[Key, Decimal]]) -> list[Mismatch]:
    if not any(worth[t.code] for t in tops):
        return []
    totals = budget.totals
    printed: list[tuple[int | None, str | None, Decimal]] = []
    if _known(worth, tops, 0):
        printed += [(year, None, amount) for year, amount in totals.by_year.items()]
    if _known(worth, tops, 1):
        printed += [(None, source, amount) for source, amount in totals.by_source.items()]
    if totals.all is not None:
        printed.append((None, None, totals.all))
    found = [
        Mismatch("column", None, year, source, amount, computed)
        for year, source, amount in printed
        if (computed := _held(worth, tops, year, source)) != amount
    ]
    return found + (_left_out(printed, tops, worth) if found else [])


def _known(worth: dict[str, dict[Key, Decimal]], tops: list[BudgetLine], part: int) -> bool:
    """Whether year (0) or source (1) of all amounts is decided: undecided ones cannot prove a total wrong."""
    return all(key[part] is not None for t in tops for key in worth[t.code])


def _held(
    worth: dict[str, dict[Key, Decimal]], tops: list[BudgetLine], year: int | None = None, source: str | None = None
) -> Decimal:
    return sum(
        (
            amount
            for t in tops
            for (y, s), amount in worth[t.code].items()
            if (year is None or y == year) and (source is None or s == source)
        ),
        Decimal(0),
    )


def _left_out(
    printed: list[tuple[int | None, str | None, Decimal]], tops: list[BudgetLine], worth: dict[str, dict[Key, Decimal]]
) -> list[Mismatch]:
    """The one or two lines without which every grand total is right."""
    lacking = tuple(_held(worth, tops, year, source) - amount for year, source, amount in printed)
    shares = [tuple(_held(worth, [t], year, source) for year, source, _ in printed) for t in tops]
    some = next(([i] for i, share in enumerate(shares) if share == lacking), None) or _pair(shares, lacking)
    return [
        Mismatch("left-out", tops[i].code, None, None, Decimal(0), _held(worth, [tops[i]]))
        for i in some
        if worth[tops[i].code]
    ]


def _pair(shares: list[tuple[Decimal, ...]], lacking: tuple[Decimal, ...]) -> list[int]:
    """The places of the first two shares that are the lacking amounts together; none where no two are."""
    places: dict[tuple[Decimal, ...], list[int]] = {}
    for i, share in enumerate(shares):
        places.setdefault(share, []).append(i)
    for i, share in enumerate(shares):
        other = tuple(a - b for a, b in zip(lacking, share, strict=True))
        if (j := next((j for j in places.get(other, ()) if j > i), None)) is not None:
            return [i, j]
    return []
