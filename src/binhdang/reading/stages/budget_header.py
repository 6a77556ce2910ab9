"""The header of a budget table: which column is the label, the title, the lead, and which year and source an amount has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from binhdang.reading.draft import Grid
from binhdang.reading.stages.budget_rows import is_label
from binhdang.reading.stages.budget_sources import STATE, source_of, years_in
from binhdang.vietnamese.numbers import number

DETAIL, YEAR, SOURCE, ALL = "detail", "year", "source", "all"

MONEY = re.compile(
    r"kinh phí|dự toán|thành tiền|ngân sách|nguồn vốn|\bvốn\b|số tiền|mức chi|nhu cầu chi|triệu đồng|nghìn đồng|ngàn đồng|tỷ đồng"
    r"|tr\.? ?đ(?:ồng)?\b|nstw|nsđp|nsnn|\bđồng\)"
)
_LABEL = re.compile(r"(?:stt|tt|số tt|số thứ tự|mục)\.?")
_TITLE = re.compile(r"nội dung|nhiệm vụ|hoạt động|hạng mục|danh mục|chỉ tiêu|công việc|diễn giải|khoản mục|dự án|tên ")
_LEAD = re.compile(
    r"(?:cơ quan|đơn vị|ngành|bộ phận|tổ chức)[^,;]{0,40}(?:thực hiện|chủ trì|phụ trách|trách nhiệm|tham mưu|chủ quản|đầu mối)"
    r"|phân công|chủ trì|người phụ trách|^(?:cơ quan|đơn vị)$"
)
_NOT_MONEY = re.compile(
    r"đơn vị tính$|^đvt|đơn giá|số lượng|định mức|ghi chú|thời gian|phối hợp|sản phẩm|số ngày|số người|số lớp|tỷ lệ|căn cứ|địa điểm|\(%\)|^%"
)
_ORIGIN = re.compile(r"nguồn(?: kinh phí| vốn| ngân sách| chi)?\b")
_TOTAL = re.compile(r"(?:tổng|cộng)\b")
_HEADER_WORD = re.compile(
    rf"{MONEY.pattern}|{_TITLE.pattern}|{_LEAD.pattern}|{_NOT_MONEY.pattern}|^(?:stt|tt|số tt)\b|tổng|cộng|trong đó|nguồn|năm|giai đoạn"
    r"|đơn vị|chia ra|khác|trung ương|địa phương|\btw\b|\bđp\b|tỉnh|huyện|\bxã\b|kế hoạch"
)
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[A-D])\)?(?: ?= ?[\d+x()* ]{1,20})?")
_PERIOD = re.compile(r"giai đoạn|20\d\d ?[-–—] ?20\d\d")


@dataclass(frozen=True, slots=True)
class Column:
    """An amount column: `kind` says whether it is an amount of a year and source or a sum of such; `at` its index."""

    kind: str
    year: int | None
    source: str | None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """A read header: how many rows it takes, the places of label, title, lead and of the
    source in words (-1 for none), and the amount columns.
    """

    height: int
    label: int
    title: int
    lead: int
    origin: int
    columns: tuple[Column, ...]
    words: str


def plain(text: str) -> str:
    """A cell's words in lower case on one line."""
    return " ".join(text.casefold().split())


def header_height(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top are header (a leading title or unit line counts), 0 for none."""
    top = 0
    while top < min(3, len(rows)) and sum(bool(c) for c in rows[top]) <= 1 and len(rows[top]) > 2:
        top += 1
    if top >= len(rows) or not _opens(rows[top]):
        return 0
    height = top + 1
    while height < min(top + 4, len(rows)) and _continues(rows[height]):
        height += 1
    if height < len(rows) and _numbering(rows[height]):
        height += 1
    return height


def _opens(row: Sequence[str]) -> bool:
    filled = [c for c in row if c]
    if any(_amount_like(c) for c in filled):
        return False
    return sum(_HEADER_WORD.search(c) is not None for c in filled) >= 2


def _continues(row: Sequence[str]) -> bool:
    filled = [c for c in row if c]
    if not filled or (row[0] and is_label(row[0])) or any(_amount_like(c) for c in filled):
        return False
    if any(len(c) > 60 for c in filled):
        return False
    # a lone word cell in the title's column is a group heading, not a second header row
    if len(filled) == 1 and (row[0] or (len(row) > 1 and row[1])):
        return False
    return all(_HEADER_WORD.search(c) or years_in(c) for c in filled)


def _amount_like(cell: str) -> bool:
    value = number(cell) if cell[:1].isdigit() else None
    return value is not None and not years_in(cell)


def _numbering(row: Sequence[str]) -> bool:
    """The row "(1) (2) (3)" under a header."""
    filled = [c.upper() for c in row if c]
    if len(filled) < 3 or not all(_NUMBERING.fullmatch(c) for c in filled):
        return False
    digits = [int(m[0]) for c in filled if (m := re.search(r"\d+", c))]
    return len(digits) >= 2 and all(b - a == 1 for a, b in pairwise(digits)) and digits[0] <= 3


def paths(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """The words over each column, from the top; a merged cell reaches over the empty cells of its extent."""
    over: list[list[str]] = [[] for _ in range(width)]
    groups = [0] * width
    for row in rows:
        current, group = "", -1
        cells = [row[c] if c < len(row) else "" for c in range(width)]
        marks = list(groups)
        for c in range(width):
            if c == 0 or groups[c] != groups[c - 1]:
                current = ""
            if cells[c]:
                current, group = cells[c], c
            if current:
                over[c].append(current)
                marks[c] = group
        groups = [m * width + g for m, g in zip(marks, groups, strict=True)]
    return over


def read_header(grid: Grid, rows: Sequence[Sequence[str]]) -> Header | None:
    """The header of a budget, or None where the grid has none or is no budget. `rows` are its cells, plain."""
    height = header_height(rows)
    width = max((len(r) for r in rows), default=0)
    if not height or height >= len(rows):
        return None
    top = [r for r in rows[:height] if sum(bool(c) for c in r) > 1 and not _numbering(r)]
    over = paths(top, width)
    body = rows[height:]
    label = title = lead = origin = -1
    amounts: list[tuple[int, list[str]]] = []
    for c in range(width):
        words = " ".join(over[c])
        if label < 0 and over[c] and _LABEL.fullmatch(over[c][-1]):
            label = c
        elif _NOT_MONEY.search(over[c][-1] if over[c] else "") and not years_in(words):
            continue
        elif _is_amounts(words, body, c):
            amounts.append((c, over[c]))
        elif origin < 0 and _ORIGIN.match(over[c][-1] if over[c] else ""):
            origin = c
        elif lead < 0 and any(_LEAD.search(w) for w in over[c]) and title >= 0:
            lead = c
        elif title < 0 and (_TITLE.search(words) or _mostly_words(body, c)):
            title = c
    if title < 0 or not amounts:
        return None
    words = " ".join(w for path in over for w in path)
    money = MONEY.search(words) or (MONEY.search(plain(grid.caption)) and "chỉ tiêu" not in words)
    money = money or any(MONEY.search(c) for r in rows[:height] for c in r)
    if not money and not all(source_of(path[-1]) for _, path in amounts):
        return None
    return Header(
        height, label, title, lead, origin, _columns(amounts), " ".join(c for r in rows[:height] for c in r if c)
    )


def _is_amounts(words: str, body: Sequence[Sequence[str]], c: int) -> bool:
    """Whether column `c` holds amounts of money: its header says so and its cells are numbers."""
    if not (MONEY.search(words) or years_in(words) or source_of(words) or _TOTAL.search(words)):
        return False
    numbers = texts = 0
    for row in body:
        cell = row[c] if c < len(row) else ""
        if not cell or cell in "-–—" or (not numbers and cell == words):
            continue
        if cell[0].isdigit() and "%" not in cell:
            numbers += 1
        else:
            texts += 1
    return numbers > texts or (numbers == texts == 0 and (source_of(words) is not None or bool(years_in(words))))


def _mostly_words(body: Sequence[Sequence[str]], c: int) -> bool:
    filled = [r[c] for r in body if c < len(r) and r[c]]
    return bool(filled) and sum(len(x) > 6 and not x[0].isdigit() for x in filled) * 2 > len(filled)


def _columns(amounts: list[tuple[int, list[str]]]) -> tuple[Column, ...]:
    """Year, source and kind of each amount column."""
    if len(amounts) > 1 and any("thành tiền" in p[-1] for _, p in amounts):
        amounts = [a for a in amounts if "thành tiền" in a[1][-1]][-1:]
    columns = [Column(DETAIL, _year_of(p), _source_of(p), c) for c, p in amounts]
    sums = {c for c, p in amounts if _TOTAL.match(p[-1])}
    years = {c.year for c in columns if c.year is not None}
    sources = {c.source for c in columns if c.source is not None}
    several = sum(c.year is None and c.source is None for c in columns) > 1
    states = {c for c, p in amounts if any(STATE.search(w) for w in p)}
    out = []
    for col in columns:
        kind = DETAIL
        if col.at in states and col.source is None:
            # the whole State budget next to its own parts is a sum that no field holds
            if any(o.at in states and o.source is not None for o in columns):
                continue
        elif col.year is not None and col.source is None:
            split = any(o.year == col.year and (o.source is not None or o.at in states) for o in columns)
            kind = YEAR if split else DETAIL
        elif col.year is None and col.source is not None:
            kind = SOURCE if years else DETAIL
        elif col.year is None and (years or sources or states):
            kind = ALL
        elif col.year is None and several:
            kind = ALL if col.at in sums else DETAIL
        out.append(replace(col, kind=kind))
    return _without_parts(out, sums)


def _without_parts(columns: list[Column], sums: set[int]) -> tuple[Column, ...]:
    """Where a source has its own sum next to its parts ("địa phương": cộng, tỉnh, huyện), the parts go."""
    summed = {(c.year, c.source) for c in columns if c.at in sums and c.source is not None}
    return tuple(c for c in columns if (c.year, c.source) not in summed or c.at in sums)


def _year_of(path: Sequence[str]) -> int | None:
    for words in reversed(path):
        if _PERIOD.search(words):
            continue
        years = years_in(words)
        if len(years) == 1:
            return years[0]
    return None


def _source_of(path: Sequence[str]) -> str | None:
    for words in reversed(path):
        if STATE.search(words):
            return None
        source = source_of(words)
        if source is not None:
            return source
    return None
