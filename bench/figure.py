"""A measured figure, as one JSON line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable


def show(
    name: str,
    value: float,
    unit: str,
    *,
    goal: float | None = None,
    most: bool = True,
    reference: float | None = None,
    against: str = "",
) -> bool:
    """Prints {"name", "value", "unit", "reference", "against", "ratio", "goal", "ok"} and returns `ok`.

    `goal` is the most that the value may be, or with `most=False` the least. `reference` is a plain tool on the same
    input, told in `against`; `ratio` is value over reference. Without a goal a figure is for knowing, and ok.
    """
    ok = goal is None or (value <= goal if most else value >= goal)
    record = {
        "name": name,
        "value": _short(value),
        "unit": unit,
        "reference": None if reference is None else _short(reference),
        "against": against,
        "ratio": _short(value / reference) if reference else None,
        "goal": None if goal is None else f"{'<=' if most else '>='} {goal:g}",
        "ok": ok,
    }
    print(json.dumps(record, ensure_ascii=False), flush=True)
    return ok


def skipped(name: str, why: str) -> None:
    """Prints that a figure was not measured, and why."""
    print(json.dumps({"name": name, "value": None, "skipped": why, "ok": None}, ensure_ascii=False), flush=True)


def best(act: Callable[[], object], times: int = 7) -> float:
    """The least of several timings of `act`, in milliseconds of processor time; the first call, which warms up, is left out."""
    act()
    return min(_timed(act) for _ in range(times))


def _timed(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def _short(value: float) -> float:
    return float(f"{value:.3g}")
