"""Reading: a Source becomes a Plan, stage by stage."""

from __future__ import annotations

from binhdang.paper import Source, Span
from binhdang.plan import Document, Objective, Outline, Page, Plan, Target, Task
from binhdang.reading.draft import Draft, Grid
from binhdang.reading.stages.budget import read_budget
from binhdang.reading.stages.budget_links import link_outline
from binhdang.reading.stages.citations import find_citations
from binhdang.reading.stages.document import read_document
from binhdang.reading.stages.draughts import Draught
from binhdang.reading.stages.duties import find_duties
from binhdang.reading.stages.funding import find_funding
from binhdang.reading.stages.letterhead import draft_year
from binhdang.reading.stages.orders import hand_out
from binhdang.reading.stages.outline import Tree, kind_of, outline
from binhdang.reading.stages.own_place import duties_of, seat_of, tasks_of
from binhdang.reading.stages.targets import find_targets, targets_in_table
from binhdang.reading.stages.task_tables import tasks_in_table
from binhdang.reading.stages.tasks import TaskReader, finish
from binhdang.reading.stages.tidy import tidy
from binhdang.reference.agencies import spell_out

__all__ = ["read"]


def read(source: Source) -> Plan:
    """The plan that a source lays down. Never refuses a text: what cannot be placed is listed in `unplaced`."""
    draft = tidy(source)
    document, recipients = read_document(draft)
    tree = outline(draft)
    year = _year(document, draft)
    reader = TaskReader(draft, tree, year)
    draughts = sorted(reader.read(), key=lambda d: d.start)
    notes = [(p, _after_mark(p.match)) for p in draft.paragraphs if p.note is not None]
    draft.findings += hand_out(draughts, reader.orders, notes)
    ids = {node.index: f"o{node.index + 1}" for node in tree.nodes}
    nodes = tuple(_outline_rows(tree, ids, draughts, reader.scopes))
    tasks = [finish(d, draft, i, ids[d.node.index]) for i, d in enumerate(draughts, start=1)]
    budget, doubts, taken = read_budget(draft.grids, draft.text, spell_out=spell_out)
    draft.findings += doubts
    targets = find_targets(tree.nodes, ids, _single_year(document))
    tasks, targets = _tables(draft, tasks, targets, taken, year)
    seat = seat_of(document.issuer)
    tasks = tasks_of(tasks, seat)
    return Plan(
        text=draft.text,
        pages=tuple(Page(page, start) for page, start in draft.pages),
        document=document,
        citations=tuple(find_citations(draft)),
        outline=nodes,
        objectives=tuple(_objectives(tree)),
        targets=tuple(targets),
        tasks=tuple(tasks),
        reporting=tuple(duties_of(find_duties(tree), seat)),
        recipients=tuple(recipients),
        budget=link_outline(budget, nodes) if budget is not None else None,
        funding=tuple(find_funding(draft)),
        places=tuple(dict.fromkeys(place for task in tasks for place in task.places)),
        findings=tuple(draft.findings),
        unplaced=tuple(_unplaced(draft, tree, taken)),
        removed=tuple(draft.removed),
        source=source.name,
        sha256=source.sha256,
    )


def _year(document: Document, draft: Draft) -> int:
    """The year that dates without one fall in; 0 where the paper names none."""
    if document.period is not None:
        return document.period.start.year
    return document.date.year if document.date is not None else draft_year(draft) or 0


def _single_year(document: Document) -> int | None:
    period = document.period
    return period.start.year if period is not None and period.start.year == period.end.year else None


def _tables(
    draft: Draft, tasks: list[Task], targets: list[Target], taken: list[Span], year: int
) -> tuple[list[Task], list[Target]]:
    """Tasks and targets with those of the annexed tables; adds the places used to `taken`."""
    for grid in draft.grids:
        fresh, tasks = tasks_in_table(grid, tasks, len(tasks) + 1, year, budgeted=_is_among(grid, taken))
        listed = targets_in_table(grid)
        tasks = tasks + fresh
        targets = targets + listed
        taken += [t.span for t in fresh] + [t.span for t in listed]
    return tasks, targets


def _is_among(grid: Grid, spans: list[Span]) -> bool:
    """Whether any of the spans lies in the grid."""
    cells = [c.span for row in grid.rows for c in row if c.text]
    if not cells:
        return False
    start, end = cells[0].start, cells[-1].end
    return any(start <= s.start < end for s in spans)


def _after_mark(match: str) -> int:
    return match.find("]") + 1 if match.startswith("[") else next((i for i, c in enumerate(match) if c.isalpha()), 0)


def _outline_rows(tree: Tree, ids: dict[int, str], draughts: list[Draught], scopes: dict[int, str]) -> list[Outline]:
    kinds = {d.node.index: ("responsibility" if d.kind == "responsibility" else "task") for d in draughts}
    rows = []
    for node in tree.nodes:
        kind = kinds.get(node.index) or ("attribute" if node.attribute else kind_of(node))
        parent = node.parent
        rows.append(
            Outline(
                ids[node.index],
                ids[parent.index] if parent is not None and parent.index >= 0 else None,
                node.label.ref if node.label else None,
                node.words[:300],
                kind,
                scopes.get(node.index),
                Span(node.first.start, node.paragraphs[-1].end),
            )
        )
    return rows


def _objectives(tree: Tree) -> list[Objective]:
    rows = []
    for node in tree.nodes:
        if node.about == "objectives" and not node.heading and not node.children and len(node.words) > 20:
            start = node.label.end if node.label else 0
            span = node.first.place(start, len(node.first.match))
            rows.append(Objective(node.words, Span(span.start, node.paragraphs[-1].end)))
    return rows


def _unplaced(draft: Draft, tree: Tree, taken: list[Span]) -> list[Span]:
    """Paragraphs that no stage placed: words outside the paper, notes and table rows that nothing used."""
    seen = {id(p) for node in tree.nodes for p in node.paragraphs}
    used = {i for i, grid in enumerate(draft.grids) if _is_among(grid, taken)}
    rows = []
    for p in draft.paragraphs:
        if p.placed or id(p) in seen or p.zone in ("head", "preamble", "tail"):
            continue
        if p.table in used:
            continue
        if any(c.isalnum() for c in p.text):
            rows.append(p.span)
    return rows
