"""Tables whose ruling was lost in the file: one cell a line, in a run of mostly numbers.

Three forms: lines led by a tab (an empty cell is a line of white space with a tab), lines between "|", and bare short
lines. Ordinary paragraphs, lists of recipients and letterheads may be led by tabs too, or be short: what makes a table
is the share of lines that hold nothing but a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from binhdang.paper import Line

_NUMBER = re.compile(r"[ \t|]*(?:\d{1,3}(?:[.,\u00a0 ]\d{3}){0,5}|\d{1,12})(?:[.,]\d{1,3})?[ \t|]*")
_LABEL = re.compile(r"(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-HĐ])[.)]?")
_AGENCY = re.compile(
    r"(?:Các )?(?:Sở|Ban(?! hành)|Bộ(?! tài liệu| công cụ| chỉ số)|Phòng(?!,? chống)|UBND|Ủy ban|Uỷ ban|UBMTTQ"
    r"|Hội(?! nghị| thảo| thi| chợ)|Công an|Văn phòng(?! phẩm)|Trung tâm|Chi cục|Tỉnh đoàn|Huyện đoàn|Thành đoàn"
    r"|Đoàn(?! kiểm tra| công tác)|Đài|Báo(?! cáo)|Liên đoàn|LĐLĐ|MTTQ|Mặt trận|Trường(?! hợp)|Công chức|Trạm)\b",
    re.IGNORECASE,
)
_LONGEST = 160
_LEAST_NUMBERS = 4
_LEAST_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class LostTable:
    """`lines[start:end]` is a table; `rows` its cells in order, each with the index of its line (an empty cell is "")."""

    start: int
    end: int
    rows: tuple[tuple[tuple[int, str], ...], ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    at: int
    text: str
    number: bool
    gap: bool
    led: bool


def find_lost_tables(lines: Sequence[Line]) -> list[LostTable]:
    """The lost tables among `lines`, in order; they do not overlap."""
    numeric = [_NUMBER.fullmatch(line.text) is not None for line in lines]
    if sum(numeric) < _LEAST_NUMBERS:
        return []
    tables: list[LostTable] = []
    for run in _runs(lines, numeric):
        cells = _trim(run)
        numbers = sum(c.number for c in cells)
        filled = sum(bool(c.text) for c in cells)
        if numbers >= _LEAST_NUMBERS and numbers >= _LEAST_SHARE * filled and any(_worded(c) for c in cells):
            rows = tuple(tuple((c.at, c.text) for c in row) for row in _rows(cells) if any(c.text for c in row))
            tables.append(LostTable(cells[0].at, cells[-1].at + 1, rows))
    return tables


def _form(text: str) -> str:
    """Which form of lost cell a line has: "|", "tab", "bare", or "" for none."""
    body = text.strip()
    if len(body) > _LONGEST:
        return ""
    if body.startswith("|"):
        return "|" if "|" not in body[1:-1].strip(" |") else ""
    lead = text[: len(text) - len(text.lstrip())]
    if "\t" in lead:
        return "tab" if "\t" not in body else ""
    return "bare" if body and len(body) <= 80 and body[-1] not in ".;:,/" and "\t" not in body else ""


def _runs(lines: Sequence[Line], numeric: Sequence[bool]) -> Iterator[list[_Cell]]:
    """Stretches of lines of one form that hold a number; the form is fixed by the first number of the stretch."""
    at = 0
    for first, is_number in enumerate(numeric):
        if first < at or not is_number:
            continue
        form = _form(lines[first].text)
        start = first
        while start > at and _form(lines[start - 1].text) == form and (form != "bare" or first - start < 4):
            start -= 1
        end, since = first, 0
        while end < len(lines) and _form(lines[end].text) == form:
            since = 0 if numeric[end] else since + 1
            # bare lines are a table only as long as numbers keep coming
            if form == "bare" and since > 4:
                break
            end += 1
        if form == "bare":
            end -= since if since > 4 else 0
        at = max(end, first + 1)
        if end > first:
            yield [_cell(i, lines[i], numeric[i]) for i in range(start, end)]


def _cell(at: int, line: Line, is_number: bool) -> _Cell:
    text = line.text.strip(" \t|\u00a0")
    return _Cell(at, text, is_number, line.gap, line.text.startswith((" \t", "\u00a0\t")))


def _worded(cell: _Cell) -> bool:
    return bool(cell.text) and not cell.number and _LABEL.fullmatch(cell.text) is None


def _trim(run: list[_Cell]) -> list[_Cell]:
    """The run without the paragraphs before and the lines after that are no cells of it."""
    first = next(i for i, c in enumerate(run) if c.number)
    # a block of words closed by a sentence mark, before the first number, is a paragraph of its own
    start = 0
    for i in range(first):
        if run[i].text.endswith((".", ";", ":", "/")) and not _LABEL.fullmatch(run[i].text):
            start = i + 1
    last = max(i for i, c in enumerate(run) if c.number)
    end = last + 1
    while end < len(run) and not run[end].gap and end - last <= 6:
        end += 1
    return run[start:end]


def _rows(cells: list[_Cell]) -> list[list[_Cell]]:
    """The cells by row: at empty lines where the file has them, else at each title after numbers."""
    breaks = [i for i, c in enumerate(cells) if i and c.gap]
    led = [i for i, c in enumerate(cells) if i and c.led]
    # a blank before the tab marks the first cell after a page break, unless the file writes every cell so
    if len(led) * 4 <= len(cells):
        breaks = sorted({*breaks, *led})
    titles = [i for i in range(len(cells)) if _starts_row(cells, i)]
    # a table printed with a gap after every line has no row marks in its gaps
    if len(breaks) * 2 > len(cells) or len(breaks) * 3 < len(titles):
        breaks = sorted({*(b for b in breaks if cells[b].led), *(i for i in titles if i)})
    bounds = [0, *breaks, len(cells)]
    rows = [cells[a:b] for a, b in pairwise(bounds) if b > a]
    return [part for row in rows for part in _split(row)]


def _split(row: list[_Cell]) -> list[list[_Cell]]:
    """A row cut where another begins inside it: a page break took the mark between the two."""
    parts: list[list[_Cell]] = []
    start, numbers = 0, False
    for i, cell in enumerate(row):
        after_agency = numbers and cell.number and _AGENCY.match(row[i - 1].text) is not None
        if numbers and (after_agency or _starts_row(row, i)):
            parts.append(row[start:i])
            start, numbers = i, False
        # a short number right after the start is the row's label
        numbers = numbers or (cell.number and i > start)
    return [*parts, row[start:]]


def _starts_row(cells: list[_Cell], i: int) -> bool:
    """Whether a row begins at cell `i`: at a label before a title, or at a title without one that is no agency's name."""
    cell = cells[i]
    follows = cells[i + 1] if i + 1 < len(cells) else None
    before = cells[i - 1] if i else None
    if not cell.text:
        return False
    if _LABEL.fullmatch(cell.text):
        if follows is None or not _worded(follows) or _AGENCY.match(follows.text):
            return False
        return before is None or before.number or not before.text or _worded(before)
    if not _worded(cell) or (
        before is not None and before.text and _LABEL.fullmatch(before.text) and _labels(cells, i)
    ):
        return False
    return not _AGENCY.match(cell.text) and follows is not None and not _worded(follows)


def _labels(cells: list[_Cell], i: int) -> bool:
    """Whether the cell before title `i` is its label rather than the last amount of the row above."""
    label = cells[i - 1].text
    return not label.isdigit() or len(label) <= 2
