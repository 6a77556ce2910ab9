"""The budget: which of the paper's tables it is, its lines with their amounts by year and source, and the printed totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

from binhdang.paper import Finding, Severity, Span
from binhdang.plan.model import Budget
from binhdang.plan.sums import IN_MILLIONS
from binhdang.reading.draft import Grid, GridCell
from binhdang.reading.stages.budget_amounts import amount, commas_group, unit_of
from binhdang.reading.stages.budget_header import (
    MONEY,
    Header,
    header_height,
    plain,
    read_header,
)
from binhdang.reading.stages.budget_lines import Table, defaults, lines_of, totals_of
from binhdang.reading.stages.budget_lost import Evidence, read_lost
from binhdang.reading.stages.budget_rows import Row, is_label, is_subtotal, is_total, parse_label, split_label
from binhdang.reading.stages.budget_sources import (
    Mention,
    mentions,
    only_source,
    plan_years,
    sentences,
    source_of,
    years_in,
)
from binhdang.vietnamese.numbers import number

_NOTES = ("bằng chữ", "(bằng chữ", "số tiền bằng chữ", "ghi chú", "(ghi chú")
_TALLEST = 8
"""More rows than a header can have."""
_NO_MONEY = re.compile(r"chỉ tiêu|tỷ lệ|số lượng|\bnữ\b|\bnam\b|số người")


def read_budget(
    grids: Sequence[Grid], text: str, *, spell_out: Callable[[str], str]
) -> tuple[Budget | None, list[Finding], list[Span]]:
    """The budget among the paper's tables, what is doubtful in it, and the places that it took up.

    Amounts stay in the printed `unit`. `text` is the paper's text: the plan's years and amounts named in running text
    decide what the table itself leaves open. `spell_out` writes an agency's printed name out in full.
    """
    table = _headed(grids)
    if table is None:
        grids = [g for g in grids if _countable(g)]
        if not grids:
            return None, [], []
    plan = plan_years(text)
    # what the text says of money is asked only where the table leaves it open
    told = [] if table is not None and _names_sources(table) else _told(text)
    table = table or _headless(grids, text, told, plan)
    if table is None or not table.rows:
        return None, [], []
    year, source = defaults(table, told, plan)
    lines = lines_of(table, year, source, spell_out)
    totals = totals_of(table, year, source)
    printed = [*(c.source or source for c in table.columns), *(r.source for r in table.rows)]
    order = [s for s in dict.fromkeys(printed) if s is not None]
    budget = Budget(table.unit, tuple(order), tuple(lines), totals)
    return budget, table.findings, table.spans


def _names_sources(table: Table) -> bool:
    return any(c.source for c in table.columns) or any(r.source for r in table.rows)


# --- tables with a header ---


def _headed(grids: Sequence[Grid]) -> Table | None:
    """The table with a header that holds the most amounts, its pages put together."""
    tables: list[Table] = []
    header: Header | None = None
    for grid in grids:
        if grid.lost and header is None and not header_height(_texts(grid, _TALLEST)):
            continue
        texts = _texts(grid)
        found = None if grid.lost and _narrow(texts) else read_header(grid, texts)
        width = max((len(r) for r in texts), default=0)
        # the next page of the table prints the same header, or none
        goes_on = header is not None and (
            found.columns == header.columns
            if found
            else not header_height(texts) and width == _width(header) and not _has_words_of_money(grid.caption)
        )
        if found is not None and not goes_on:
            tables.append(Table(columns=found.columns, words=f"{grid.caption} {found.words}"))
        elif not goes_on:
            header = None
            continue
        header = found or header
        assert header is not None
        _take(tables[-1], grid, texts, header, found.height if found else 0)
    best = max(tables, key=lambda t: sum(not r.empty for r in t.rows), default=None)
    return best if best is not None and any(not r.empty for r in best.rows) else None


def _narrow(texts: Sequence[Sequence[str]]) -> bool:
    """Whether a lost table's header has fewer cells than its rows, so that it no longer stands over the columns."""
    height = header_height(texts)
    top = max((len(r) for r in texts[:height]), default=0)
    return len(texts) > height and top < Counter(len(r) for r in texts[height:]).most_common(1)[0][0]


def _width(header: Header) -> int:
    return 1 + max(header.label, header.title, header.lead, header.origin, *(c.at for c in header.columns))


def _has_words_of_money(caption: str) -> bool:
    return MONEY.search(plain(caption)) is not None


def _texts(grid: Grid, rows: int | None = None) -> list[list[str]]:
    return [[plain(c.text) for c in row] for row in grid.rows[:rows]]


def _take(table: Table, grid: Grid, texts: Sequence[Sequence[str]], header: Header, skip: int) -> None:
    """Add a grid's rows to the table."""
    english = commas_group(c for row in texts[skip:] for c in row)
    getters = [_getter(row) for row in grid.rows[skip:]]
    amounts = [[amount(get(c.at), english=english) for c in header.columns] for get in getters]
    units = Counter(u for cells in amounts for _, u in cells if u)
    table.unit = (
        table.unit or unit_of(f"{grid.caption} {table.words}") or next((u for u, _ in units.most_common(1)), None)
    )
    for row, get, cells in zip(grid.rows[skip:], getters, amounts, strict=True):
        label, title = get(header.label).strip(), " ".join(get(header.title).split())
        if not label:
            label, title = split_label(title)
        if not title and label and not is_label(label):
            label, title = "", label
        values = [_in_unit(value, unit, table.unit) for value, unit in cells]
        lead, origin = " ".join(get(header.lead).split()), only_source(get(header.origin))
        _sort(table, Row(label, title, lead, values, _place(row), origin))
        for column, (value, _) in zip(header.columns, cells, strict=True):
            words = get(column.at).strip()
            if value is None and any(ch in "123456789" for ch in words):
                table.findings.append(_undecided(f"Không đọc được số tiền “{words}”.", _place(row)))
    table.spans += _places(grid)


def _in_unit(value: Decimal | None, printed: str | None, unit: str | None) -> Decimal | None:
    """A cell that prints a unit of its own, in the table's."""
    if value is None or printed is None or unit is None or printed == unit:
        return value
    return value * IN_MILLIONS[printed] / IN_MILLIONS[unit]


def _getter(row: Sequence[GridCell]) -> Callable[[int], str]:
    return lambda at: row[at].text if 0 <= at < len(row) else ""


def _sort(table: Table, row: Row) -> None:
    """Put a row with the lines, with the totals, or (a lower-case rest without amounts) behind the title before."""
    if row.empty and (not row.title or row.title.casefold().startswith(_NOTES)):
        return
    named = row.title or row.label
    if is_total(named) or (not row.title and not row.empty):
        table.sums.append(row)
    elif is_subtotal(named):
        return
    elif row.empty and not row.label and table.rows and row.title[:1].islower():
        table.rows[-1].title += " " + row.title
    else:
        table.rows.append(row)


def _place(row: Sequence[GridCell]) -> Span | None:
    spans = [c.span for c in row if c.text.strip()]
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def _places(grid: Grid) -> list[Span]:
    return [c.span for row in grid.rows for c in row if c.span.end > c.span.start]


def _undecided(message: str, span: Span | None) -> Finding:
    return Finding("budget.undecided", Severity.WARNING, message, span)


# --- tables without a header ---


def _headless(grids: Sequence[Grid], text: str, told: list[Mention], plan: list[int]) -> Table | None:
    """A table of countable grids whose header the file lost, read by its sums and by amounts in the text."""
    if "đồng" not in text and not any(word in text.casefold() for word in ("đồng", "kinh phí")):
        return None
    table = Table()
    raw: list[Row] = []
    sums: list[list[Decimal | None]] = []
    evidence = Evidence(told, plan)
    for grid in grids:
        _collect(table, grid, raw, sums, evidence)
    if sum(not r.empty for r in raw) < 2:
        return None
    evidence.unit = unit_of(table.words)
    read = read_lost(raw, sums, evidence)
    if read is None or not (read.proven or sums or MONEY.search(plain(table.words))):
        return None
    if _NO_MONEY.search(plain(table.words)) and not MONEY.search(plain(table.words)):
        return None
    table.columns, table.rows, table.totals, table.unit = read.columns, read.rows, read.totals, read.unit
    place = next((s for s in table.spans), None)
    year, source = defaults(table, told, plan)
    undecided = [w for w in read.undecided if (year if w == "năm" else source) is None]
    if undecided:
        what = " và ".join(undecided)
        table.findings.append(_undecided(f"Bảng kinh phí mất dòng tiêu đề: chưa rõ {what} của các cột số tiền.", place))
    for row in read.unaligned:
        message = f"Dòng “{row.title[:60]}” của bảng kinh phí mất ô: chưa rõ số tiền thuộc cột nào."
        table.findings.append(_undecided(message, row.span))
    return table


def _told(text: str) -> list[Mention]:
    """What the text says of money, sentence by sentence."""
    found = []
    for line in text.split("\n"):
        if not _of_money(line):
            continue
        for start, end in sentences(line):
            sentence = line[start:end]
            if _of_money(sentence):
                found += mentions(sentence)
    return found


def _of_money(text: str) -> bool:
    low = text.casefold()
    return "kinh phí" in low or "ngân sách" in low or "đồng" in text


def _countable(grid: Grid) -> bool:
    """Whether a grid without a header is made of amounts rather than of words or shares."""
    cells = [c.text.strip() for row in grid.rows for c in row if c.text.strip()]
    amounts = [c for c in cells if amount(c)[0] is not None]
    if any("%" in c for c in cells) or len(amounts) < 4 or len(amounts) * 3 < len(cells):
        return False
    if grid.lost or MONEY.search(plain(grid.caption)):
        return True
    return any(is_total(" ".join(c.split())) for c in cells)


def _collect(table: Table, grid: Grid, raw: list[Row], sums: list[list[Decimal | None]], evidence: Evidence) -> None:
    """Sort a header-less grid's rows into lines and totals, their cells as printed."""
    texts = [[" ".join(c.text.split()) for c in row] for row in grid.rows]
    english = commas_group(c for row in texts for c in row)
    skip = _remains(texts, evidence)
    width, words = _worded_columns(texts[skip:])
    leads = not words and any(_lead_at(row) > 0 for row in texts)
    table.words = f"{table.words} {grid.caption} {' '.join(c for row in texts[:skip] for c in row)}"
    for printed, row in zip(grid.rows[skip:], texts[skip:], strict=True):
        at = _title_at(row)
        lead = at + 1 if words and len(row) == width else _lead_at(row)
        end = lead if lead > at + 1 else len(row) - (1 if leads and row and not row[-1] else 0)
        first = at + 1 + (words if len(row) == width else 0)
        cells = [amount(c, english=english)[0] for c in row[first:end]]
        title = row[at] if at >= 0 else ""
        if at < 0 and (not raw or any(cells)):
            # pieces of one row of totals, cut by a page break
            sums.append(cells)
        elif is_total(title):
            sums.append(cells)
        elif title and not is_subtotal(title):
            label = row[at - 1] if at else ""
            if not label:
                label, title = split_label(title)
            raw.append(Row(label, title, row[lead] if lead > 0 else "", cells, _place(printed)))
    table.spans += _places(grid)


def _worded_columns(texts: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The width of most rows, and how many columns behind the title hold words only: leads, partners, times."""
    width = Counter(len(row) for row in texts).most_common(1)[0][0] if texts else 0
    rows = [row for row in texts if len(row) == width]
    title = max((_title_at(row) for row in rows), default=-1)
    count = 0
    for column in zip(*(row[title + 1 :] for row in rows), strict=True):
        if any(amount(c)[0] is not None and not years_in(c) for c in column) or not any(
            c.isalpha() for c in "".join(column)
        ):
            break
        count += 1
    return width, count if title >= 0 and width - title - 1 - count >= 2 else 0


def _remains(texts: Sequence[Sequence[str]], evidence: Evidence) -> int:
    """The rows at the top that are left of a header; their years and sources are evidence."""
    count = 0
    for row in texts[:6]:
        if any(amount(c)[0] is not None and not years_in(c) for c in row):
            break
        count += 1
        years = [found[0] for c in row if len(found := years_in(c)) == 1]
        sources = [s for c in row if (s := source_of(c)) is not None]
        if len(years) > 1 and not evidence.years:
            evidence.years = list(dict.fromkeys(years))
        if len(sources) > 1 and not evidence.sources:
            evidence.sources = list(dict.fromkeys(sources))
    return count if count < len(texts) else 0


def _title_at(row: Sequence[str]) -> int:
    """The place of the title among a row's first cells, -1 for a row without one."""
    for i, cell in enumerate(row[:3]):
        if len(cell) > 1 and not cell[0].isdigit() and parse_label(cell) is None:
            return i
        if cell and parse_label(cell) is None and number(cell) is None and any(ch.isalpha() for ch in cell):
            return i
        if cell and parse_label(cell) is None:
            return -1
    return -1


def _lead_at(row: Sequence[str]) -> int:
    """The place of the words behind a row's amounts, 0 for none."""
    last = len(row) - 1
    if last > 1 and len(row[last]) > 2 and not row[last][0].isdigit() and _title_at(row) < last:
        return last
    return 0
