"""Amounts and units of money as budget tables print them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from binhdang.reading.stages.budget_header import plain
from binhdang.vietnamese.numbers import number

_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s{0,2}:?\s{0,2}\(?(triệu|tr\.?|nghìn|ngàn|1[., ]?000|tỷ)?\s?(?:đồng|đ\b)")
_UNIT_ALONE = re.compile(
    r"\(\s?(?:đvt:? ?)?(triệu|tr\.?|nghìn|ngàn|1[., ]?000|tỷ)?\s?(?:đồng|đ)\s?\)|\b(triệu|nghìn|ngàn|tỷ) đồng"
)
_CELL_UNIT = re.compile(r"\s?(triệu|tr\.?|nghìn|ngàn|tỷ)?\s?(?:đồng|đ|vnđ|vnd)?\.?$")
_UNITS = {
    "triệu": "triệu đồng",
    "tr": "triệu đồng",
    "nghìn": "nghìn đồng",
    "ngàn": "nghìn đồng",
    "tỷ": "tỷ đồng",
    "": "đồng",
}


def commas_group(cells: Iterable[str]) -> bool:
    """Whether commas group thousands in this table: three digits after each, next to whole hundreds without one."""
    numbers = [c for c in cells if c[:1].isdigit()]
    commas = [c for c in numbers if "," in c]
    if not commas or not all(re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3}){1,5}(?:\.\d{1,3})?\D{0,12}", c) for c in commas):
        return False
    return any(c.count(",") > 1 for c in commas) or any(re.fullmatch(r"[1-9]\d\d", c) for c in numbers)


@lru_cache(maxsize=4096)
def amount(text: str, *, english: bool = False) -> tuple[Decimal | None, str | None]:
    """A cell's amount (None for none or zero) and the unit that it prints."""
    s = plain(text)
    if not s or not s[0].isdigit():
        return None, None
    unit = _CELL_UNIT.search(s)
    digits = s[: unit.start()] if unit else s
    value = number(digits.replace(",", "") if english else digits)
    word = unit[0].strip() if unit else ""
    return value or None, _UNITS.get((unit[1] or "").rstrip(".")) if unit and word else None


def unit_of(words: str) -> str | None:
    """The unit that a caption or header states."""
    s = plain(words)
    m = _UNIT.search(s) or _UNIT_ALONE.search(s)
    if m is None:
        return None
    name = next((g for g in m.groups() if g), "").rstrip(".")
    return "nghìn đồng" if name.startswith("1") else _UNITS[name]
