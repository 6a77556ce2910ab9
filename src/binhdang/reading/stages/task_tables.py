"""Task tables: an annex that lists tasks with their agencies and times in columns.

Reads: grids. Writes: tasks of their own, or leads and times for tasks that the body already names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from binhdang.paper import Span
from binhdang.plan import Due, Evidence, Task
from binhdang.reading.draft import Grid, GridCell
from binhdang.reading.stages.agencies import parse_names
from binhdang.reading.stages.agency_words import DITTO
from binhdang.reading.stages.dues import find_time, make_due
from binhdang.reading.stages.places import find_places
from binhdang.vietnamese.text import lower, plain

_COLUMNS = (
    ("partner", re.compile(r"phối hợp|tham gia")),
    (
        "lead",
        re.compile(
            r"chủ trì|thực hiện(?!.*(?:thời gian|kinh phí))|phụ trách|đơn vị đầu mối|chịu trách nhiệm|cơ quan|đơn vị$|phân công"
        ),
    ),
    ("due", re.compile(r"thời gian|thời hạn|tiến độ|hoàn thành|thời điểm")),
    ("task", re.compile(r"nhiệm vụ|nội dung|hoạt động|công việc|tên (?:dự án|việc)")),
    ("ref", re.compile(r"^(?:tt|stt|số tt|số thứ tự)$")),
)


@dataclass(frozen=True, slots=True)
class _Columns:
    task: int
    lead: int | None
    partner: int | None
    due: int | None
    ref: int | None


_TALLEST = 3  # rows among which a header is looked for: "Đơn vị tính: …" may stand above it


def _header(grid: Grid) -> tuple[_Columns, int] | None:
    """The columns that a header names, and how many rows it ends after."""
    for at, row in enumerate(grid.rows[:_TALLEST]):
        if columns := _columns(row):
            return columns, at + 1
    return None


def _columns(row: tuple[GridCell, ...]) -> _Columns | None:
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        words = " ".join(lower(plain(cell.text)).split())
        order = (
            ("due", "partner", "lead", "task", "ref")
            if "thời" in words
            else ("ref", "partner", "task", "lead", "due")
            if words.startswith(("nội dung", "nhiệm vụ", "hoạt động", "tên", "công việc"))
            else ("ref", "partner", "lead", "due", "task")
        )
        for name in order:
            if dict(_COLUMNS)[name].search(words) and name not in found:
                found[name] = index
                break
    if "task" not in found or not ({"lead", "due", "partner"} & found.keys()):
        return None
    return _Columns(found["task"], found.get("lead"), found.get("partner"), found.get("due"), found.get("ref"))


def tasks_in_table(
    grid: Grid, known: list[Task], first: int, year: int, *, budgeted: bool
) -> tuple[list[Task], list[Task]]:
    """(new tasks, known tasks with what the table adds). `first` is the number of the next task id.

    A table already read as the budget (`budgeted`) is a task table too only if it times or shares the work.
    """
    header = _header(grid)
    if header is None:
        return [], known
    columns, height = header
    if budgeted and columns.partner is None and columns.due is None:
        return [], known
    fresh: list[Task] = []
    above: dict[int | None, GridCell | None] = {}
    for row in grid.rows[height:]:
        cell = _at(row, columns.task)
        if cell is None or len(cell.text) < 8 or not any(c.isalpha() for c in cell.text):
            continue
        leads, lead_spans = _names(_said(row, columns.lead, above))
        partners, partner_spans = _names(_said(row, columns.partner, above))
        due = _due(_at(row, columns.due), year)
        if not leads and not partners and due is None:
            continue
        same = next((i for i, t in enumerate(known) if fuzz.ratio(t.text.casefold(), cell.text.casefold()) >= 85), None)
        if same is not None:
            known[same] = _with(known[same], leads, partners, due, lead_spans, partner_spans)
            continue
        ref = _at(row, columns.ref)
        partners = tuple(x for x in partners if x not in leads)
        evidence = Evidence(lead_spans, partner_spans, (due.span,) if due else ())
        fresh.append(
            Task(
                f"t{first + len(fresh)}",
                ref.text.strip(" .") or None if ref else None,
                "activity",
                cell.text,
                cell.span,
                None,
                leads,
                partners,
                False,
                due,
                tuple(find_places(plain(cell.text), lower(plain(cell.text)))),
                evidence,
            )
        )
    return fresh, known


def _at(row: tuple[GridCell, ...], index: int | None) -> GridCell | None:
    return row[index] if index is not None and index < len(row) else None


def _said(row: tuple[GridCell, ...], index: int | None, above: dict[int | None, GridCell | None]) -> GridCell | None:
    """The cell, or the nearest above it that says something where it says "as above" ("-nt-")."""
    cell = _at(row, index)
    if cell is not None and DITTO.fullmatch(cell.text):
        return above.get(index)
    above[index] = cell
    return cell


def _names(cell: GridCell | None) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    if cell is None or not cell.text:
        return (), ()
    match = plain(cell.text)
    names, _ = parse_names(match, lower(match), 0)
    if not names:
        return (), ()
    return tuple(dict.fromkeys(n.text for n in names)), (
        Span(cell.span.start + names[0].start, cell.span.start + names[-1].end),
    )


def _due(cell: GridCell | None, year: int) -> Due | None:
    if cell is None or not cell.text:
        return None
    found = find_time(lower(plain(cell.text)), year, years=True)
    return make_due(found, cell.text, cell.span, year) if found else None


def _with(
    task: Task,
    leads: tuple[str, ...],
    partners: tuple[str, ...],
    due: Due | None,
    lead_spans: tuple[Span, ...],
    partner_spans: tuple[Span, ...],
) -> Task:
    all_leads = task.leads or leads
    return Task(
        task.id,
        task.ref,
        task.kind,
        task.text,
        task.span,
        task.outline,
        all_leads,
        (*task.partners, *(x for x in partners if x not in (*task.partners, *all_leads))),
        task.requested,
        task.due or due,
        task.places,
        Evidence(
            task.evidence.leads + (() if task.leads else lead_spans),
            task.evidence.partners + partner_spans,
            task.evidence.due + ((due.span,) if due and not task.due else ()),
        ),
    )
