"""From a file to a checked plan: intake, reading and the clerk put together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from os import PathLike
from pathlib import Path

from binhdang import checking, reading
from binhdang.errors import FileNotFound, InvalidPlan
from binhdang.paper import Finding, Source
from binhdang.plan import Plan, from_record
from binhdang.reading import intake

Place = str | PathLike[str]


def read_plan(path_or_source: Place | Source, *, limit: int = intake.LIMIT) -> Plan:
    """Reads a paper into a Plan, with the reader's doubts and the clerk's objections in `findings`.

    Takes a path to a file of at most `limit` bytes, or a Source that an intake has made. Raises a BinhdangError (UnreadableFile, SecretPaper,
    MissingProgram) when the file cannot be read as a paper; never for anything that stands in the paper.
    """
    source = path_or_source if isinstance(path_or_source, Source) else intake.take_in(Path(path_or_source), limit=limit)
    plan = reading.read(source)
    return replace(plan, findings=_merged(plan.findings, checking.check(plan, source=source)))


def check_plan(
    plan_or_path: Plan | Place, *, against: Plan | Place | None = None, off: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """What a careful clerk would object to, in the order of the text; findings on the whole paper come first.

    Takes a Plan, a paper's path, or the path of a plan's JSON. `against` is the plan above (same forms) that this
    one carries out; `off` are codes left out, or their first
    parts ("layout"). Raises as `read_plan` does, and InvalidPlan on JSON of another kind.
    """
    return examine(plan_or_path, against=against, off=off)[1]


def examine(
    plan_or_path: Plan | Place, *, against: Plan | Place | None = None, off: Iterable[str] = ()
) -> tuple[Plan, tuple[Finding, ...]]:
    """As `check_plan`, with the plan that was read on the way."""
    without = frozenset(off)
    parent = against if against is None or isinstance(against, Plan) else open_plan(against)[0]
    plan, source = (plan_or_path, None) if isinstance(plan_or_path, Plan) else open_plan(plan_or_path)
    known = tuple(f for f in plan.findings if not checking.is_off(f.code, without))
    return plan, _merged(known, checking.check(plan, source=source, against=parent, off=without))


def open_plan(path: Place) -> tuple[Plan, Source | None]:
    """The plan in a paper or in a plan's JSON (by its .json name), with its Source where there is one."""
    path = Path(path)
    if path.suffix.lower() == ".json":
        return _plan_of_json(path), None
    source = intake.take_in(path)
    return reading.read(source), source


def _plan_of_json(path: Path) -> Plan:
    try:
        content = path.read_bytes()
    except OSError as e:
        raise FileNotFound(f"Không mở được {path}: {e.strerror}.", hint="Hãy xem lại đường dẫn.") from e
    try:
        record = json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as e:
        raise InvalidPlan(
            f"{path} không phải là JSON đọc được ({type(e).__name__}).",
            hint="Hãy tạo lại bằng: binhdang read TỆP --json.",
        ) from e
    return from_record(record)


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _merged(first: Iterable[Finding], second: Iterable[Finding]) -> tuple[Finding, ...]:
    """Both lists without repeats, in the order of the text: reader and clerk may see the same slip."""
    kept = {(f.code, f.span or (f.place, f.message)): f for f in (*second, *first)}
    return tuple(sorted(kept.values(), key=lambda f: (f.span or (-1, -1), f.code)))
