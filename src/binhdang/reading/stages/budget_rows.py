"""Rows of a budget table: their labels, the codes that follow from them, and the labels that the file lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from binhdang.paper import Span
from binhdang.vietnamese.numbers import roman, to_roman

_LOWER = "abcdđeghiklmnopqrstuvxy"
_RANKS = {"upper": 0, "roman": 1, "num": 2, "dotted": 3, "lower": 5, "dash": 6, "plus": 7}
_LABEL_IN_TITLE = re.compile(
    r"([IVX]{1,6}|[A-HĐ]|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)] +(?=\S)|([-–—+•*]) *(?=[^\W\d])"
)
_PARTS = r"(?:mục )?[ivxabcd\d]{1,5}(?: ?[+,;-] ?[ivxabcd\d]{1,5}){0,12}"
_BY = r"(?: theo (?:từng |các )?(?:nguồn|năm|cấp)(?: vốn| kinh phí| ngân sách)?(?: và (?:từng )?(?:nguồn|năm))?)?"
_TOTAL = re.compile(
    r"(?:tổng|tồng)(?: (?:cộng|công|số|kinh phí|dự toán|nhu cầu|chi phí|mức|toàn bộ|chung|các nguồn|thực hiện|vốn|tiền|hợp|các mục)){0,5}"
    rf"{_BY}(?:,? (?:cả )?giai đoạn(?: \d{{4}} ?[-–] ?\d{{4}})?|,? \d năm)?(?: ?[(:]? ?{_PARTS} ?\)?)?[ .:]{{0,3}}"
    rf"|cộng(?: tổng| chung| các nguồn(?: vốn)?)?{_BY}(?: \(?[ivx]{{1,4}}(?: ?\+ ?[ivx]{{1,4}}){{1,12}}\)?)?[ .:]{{0,3}}"
)
_SUBTOTAL = re.compile(
    r"(?:cộng|tổng)(?: cộng)? ?(?:mục|phần|dự án|nhóm)? ?[( ]? ?(?:[ivxabcd]{1,4}|\d{1,2})[). :]{0,3}|tiểu cộng.{0,20}"
)


@dataclass(slots=True)
class Row:
    """A row of a budget: what is printed, its amounts by amount column, and its place.

    `loose` are the amounts whose columns are lost.
    """

    label: str
    title: str
    lead: str
    cells: list[Decimal | None]
    span: Span | None = None
    source: str | None = None
    loose: tuple[Decimal, ...] = ()

    @property
    def empty(self) -> bool:
        """No amount stands in it."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Code:
    """The code of a row and its parent's."""

    code: str
    parent: str | None


@dataclass(slots=True)
class _Level:
    """An open level of the hierarchy; `left` is what of its amounts its children have not taken up yet."""

    style: str
    label: str
    value: int
    code: str
    title: str
    left: list[Decimal]
    fed: bool = False

    @property
    def full(self) -> bool:
        """Its children add up to it: the next row is no child of it."""
        return self.fed and bool(self.left) and not any(self.left)


def is_total(title: str) -> bool:
    """Whether a row's title says that the row adds up the whole table."""
    return _TOTAL.fullmatch(" ".join(title.casefold().split())) is not None


def is_subtotal(title: str) -> bool:
    """Whether a row's title says that it adds up one part of the table ("Cộng I")."""
    return _SUBTOTAL.fullmatch(" ".join(title.casefold().split())) is not None


def split_label(title: str) -> tuple[str, str]:
    """A label printed in front of the title, and the title without it: "1. Hội thi" is ("1", "Hội thi")."""
    m = _LABEL_IN_TITLE.match(title)
    if m is None:
        return "", title
    return (m[1] or m[2]), title[m.end() :]


def is_label(text: str) -> bool:
    """Whether a cell holds nothing but a row's label."""
    return parse_label(text) is not None


@lru_cache(maxsize=1024)
def parse_label(text: str) -> tuple[str, int] | None:
    """Style and value of a label: "III" is ("roman", 3), "1.2" ("dotted", 2), "b)" ("lower", 2)."""
    s = text.strip().strip("()").rstrip(".) ")
    if not s:
        return None
    if s in "-–—•*":
        return "dash", 0
    if s == "+":
        return "plus", 0
    if s.isascii() and s.isdigit() and len(s) <= 3:
        return "num", int(s)
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){1,3}", s):
        return "dotted", int(s.rsplit(".", 1)[1])
    if set(s) <= set("IVX") and (value := roman(s)):
        return "roman", value
    if len(s) == 1 and s in "ABCDĐEGH":
        return "upper", "ABCDĐEGH".index(s) + 1
    if len(s) == 1 and s in _LOWER:
        return "lower", _LOWER.index(s) + 1
    return None


def _written(style: str, value: int) -> str:
    if style == "roman":
        return to_roman(min(value, 399))
    if style == "upper":
        return "ABCDĐEGH"[min(value, 8) - 1]
    if style == "lower":
        return _LOWER[min(value, len(_LOWER)) - 1]
    return str(value)


def codes(rows: Sequence[Row]) -> list[Code]:
    """The code and parent of each row: a child's is parent.label; a lost label is supplied by order."""
    parsed = [parse_label(r.label) for r in rows]
    stack: list[_Level] = []
    out: list[Code] = []
    for i, row in enumerate(rows):
        found = parsed[i] or _supplied(i, rows, parsed, stack)
        style, value = found
        label = row.label.strip().strip("()").rstrip(".) ") if parsed[i] and value else ""
        out.append(_push(stack, style, value, label, row))
    return out


def _push(stack: list[_Level], style: str, value: int, label: str, row: Row) -> Code:
    """Put a row on the stack of open levels and give its code."""
    if style == "dotted" and label:
        prefix, last = label.rsplit(".", 1)
        while stack and stack[-1].label != prefix and _rank(stack[-1]) >= 2 and stack[-1].label not in ("", prefix):
            stack.pop()
        name = last if stack and stack[-1].label == prefix else label
        parent = stack[-1].code if stack else None
    else:
        while stack and _rank(stack[-1]) > _RANKS[style]:
            stack.pop()
        last_value = 0
        if stack and stack[-1].style == style:
            last_value = stack.pop().value
        value = value or last_value + 1
        name = _written(style, value)
        parent = stack[-1].code if stack else None
    code = f"{parent}.{name}" if parent else name
    cells = [c or Decimal(0) for c in row.cells]
    if stack and any(cells):
        above = stack[-1]
        above.left, above.fed = [a - c for a, c in zip(above.left, cells, strict=False)], True
    stack.append(_Level(style, label or name, value, code, row.title, cells))
    return Code(code, parent)


def _rank(level: _Level) -> int:
    return _RANKS[level.style] + (level.label.count(".") - 1 if level.style == "dotted" else 0)


def _supplied(
    i: int, rows: Sequence[Row], parsed: Sequence[tuple[str, int] | None], stack: list[_Level]
) -> tuple[str, int]:
    """Style and value for a row whose label is not printed."""
    if not any(parsed):
        return "num", 0
    following = [p for p in parsed[i + 1 :] if p]
    unlabelled = next((k for k, p in enumerate(parsed[i:]) if p), len(parsed) - i)
    if not stack:
        return _first(following)
    # a gap in a series further on is where this row belongs
    for level in reversed(stack):
        after = _next_of(following, level.style)
        if after is not None and after > level.value + 1 and after <= level.value + 1 + unlabelled:
            return level.style, level.value + 1
    # a deeper series that begins anew wants a new parent
    if following and following[0][1] == 1 and any(lv.style == following[0][0] for lv in stack):
        above = [lv for lv in stack if _RANKS[lv.style] < _RANKS[following[0][0]]]
        if above:
            return above[-1].style, above[-1].value + 1
    word = rows[i].title.split(" ", 1)[0].casefold()
    for level in stack:
        if level.title.split(" ", 1)[0].casefold() == word and _next_of(following, level.style) is None:
            return level.style, level.value + 1
    for depth in range(len(stack) - 1, -1, -1):
        level = stack[depth]
        if _next_of(following, level.style) is None and not (depth and stack[depth - 1].full):
            return level.style, level.value + 1
    return "dash", 0


def _first(following: list[tuple[str, int]]) -> tuple[str, int]:
    """The first row of a table lost its label: it opens the series that goes on with 2, or stands above the next."""
    for style, value in following:
        if value == 2 and (style, 1) not in following[: following.index((style, value))]:
            return style, 1
    style = following[0][0] if following else "num"
    return {"roman": "upper", "num": "roman"}.get(style, "num"), 1


def _next_of(following: list[tuple[str, int]], style: str) -> int | None:
    """The next value of a style before a shallower label closes its series."""
    for other, value in following:
        if other == style:
            return value
        if _RANKS[other] < _RANKS[style]:
            return None
    return None
