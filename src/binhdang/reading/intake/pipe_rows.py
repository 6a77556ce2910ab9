"""Tables written with pipes in a text that is no markdown: "TT | Nội dung | Năm 2016", a row a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from binhdang.paper import Cell, Table

_FEWEST_ROWS = 3
_FEWEST_PIPES = 2


def pipe_runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where runs of pipe rows stand: `[start, end)` of lines that hold at least two pipes and mostly agree in number."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].count("|") >= _FEWEST_PIPES:
            end += 1
        if end - at >= _FEWEST_ROWS:
            widths = Counter(len(row_cells(line)) for line in lines[at:end])
            if widths.most_common(1)[0][1] * 2 > end - at:
                yield at, end
        at = max(end, at + 1)


def row_cells(line: str, *, ruled: bool = False) -> list[str]:
    """The cells of one row; in a `ruled` run the pipes at either end are ruling, else an empty cell stands before them."""
    text = line.strip()
    return [cell.strip() for cell in (text[1:-1] if ruled else text).split("|")]


def pipe_table(lines: Sequence[str], page: int) -> Table:
    """The table of a run of pipe rows; a line of dashes under the head is ruling."""
    rows = [line for line in lines if set(line) - set("|-: \t")]
    ruled = all(line.strip().startswith("|") and line.strip().endswith("|") and len(line.strip()) > 1 for line in rows)
    cells = [
        Cell(text, row, column, page=page)
        for row, line in enumerate(rows)
        for column, text in enumerate(row_cells(line, ruled=ruled))
    ]
    return Table(tuple(cells), page)
