"""The budget table: sums that differ, lines that totals leave out, amounts in the text that differ from the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from binhdang.checking.case import Case, shorten
from binhdang.checking.rule import Objection, Rule
from binhdang.paper import Severity, Span
from binhdang.plan import Budget, BudgetLine
from binhdang.plan.sums import IN_MILLIONS, Mismatch, sums
from binhdang.vietnamese.text import fold, nfc

SOURCE_NAMES = {"central": "ngân sách trung ương", "local": "ngân sách địa phương", "other": "nguồn khác"}
# words that say an amount is the whole plan's, not that of one activity
_WHOLE = ("tong kinh phi", "tong cong", "tong so", "tong du toan", "tong nhu cau", "kinh phi thuc hien ke hoach")
_SENTENCE = re.compile(r"[.;]\s|\n")


def money(amount: Decimal) -> str:
    """An amount with Vietnamese separators: 1.250,5."""
    whole = f"{amount:,f}"
    if "." in whole:
        whole = whole.rstrip("0").rstrip(".")
    return whole.translate(str.maketrans(",.", ".,"))


def _cell(year: int | None, source: str | None) -> str:
    parts = [f"năm {year}"] if year else []
    parts += [SOURCE_NAMES.get(source, source)] if source else []
    return ", ".join(parts) or "cả kế hoạch"


def _total_span(case: Case, budget: Budget) -> Span | None:
    """The word of the totals row, after the last line of the table."""
    last = max((x.span.end for x in budget.lines if x.span), default=0)
    for words in ("Tổng cộng", "TỔNG CỘNG", "Tổng số", "TỔNG SỐ", "Cộng"):
        if span := case.find(words, last) or case.find(words):
            return span
    return None


def _line(budget: Budget, code: str | None) -> BudgetLine | None:
    return next((x for x in budget.lines if x.code == code), None) if code else None


def _total_mismatch(case: Case) -> Iterator[Objection]:
    budget = case.plan.budget
    if budget is None:
        return
    unit = f" {budget.unit}" if budget.unit else ""
    for wrong in sums(budget):
        if wrong.kind == "left-out":
            continue
        line = _line(budget, wrong.code)
        name = f"Dòng {line.code} “{shorten(line.title, 50)}”" if line else "Dòng tổng cộng"
        difference = wrong.printed - wrong.computed
        yield Objection(
            f"{name}, {_cell(wrong.year, wrong.source)}: in {money(wrong.printed)}, "
            f"cộng các phần được {money(wrong.computed)}, lệch {'+' if difference > 0 else ''}{money(difference)}{unit}.",
            (line.span if line else None) or _total_span(case, budget),
            f"Cộng lại: {money(wrong.computed)}{unit}, hoặc sửa các số thành phần.",
        )


class _Omission(NamedTuple):
    """A line whose amounts are just what one printed sum lacks."""

    line: BudgetLine
    above: BudgetLine | None
    cells: list[Mismatch]


def _value(line: BudgetLine, year: int | None, source: str | None) -> Decimal:
    """The line's money of this year and source (None is all)."""
    return sum(
        (a.amount for a in line.amounts if year in (None, a.year) and source in (None, a.source)), start=Decimal(0)
    )


def _omissions(budget: Budget) -> Iterator[_Omission]:
    """Lines that the grand totals leave out, and for each line above others the one child that it leaves out."""
    wrong = sums(budget)
    columns = [w for w in wrong if w.kind == "column"]
    for w in wrong:
        if w.kind == "left-out" and (line := _line(budget, w.code)):
            yield _Omission(line, None, columns)
    parents: dict[str | None, list[Mismatch]] = {}
    for w in wrong:
        if w.kind == "parent":
            parents.setdefault(w.code, []).append(w)
    for code, cells in parents.items():
        children = [x for x in budget.lines if x.parent == code and x.code != code]
        lacking = [x for x in children if all(w.computed - w.printed == _value(x, w.year, w.source) for w in cells)]
        if len(lacking) == 1 and len(children) > 1:
            yield _Omission(lacking[0], _line(budget, code), cells)


def _left_out(case: Case) -> Iterator[Objection]:
    budget = case.plan.budget
    if budget is None:
        return
    unit = f" {budget.unit}" if budget.unit else ""
    for line, above, cells in _omissions(budget):
        total = f"Dòng {above.code}" if above else "Dòng tổng cộng"
        lacking = [(_cell(w.year, w.source), amount) for w in cells if (amount := _value(line, w.year, w.source))]
        where = "; ".join(f"{cell}: {money(amount)}" for cell, amount in lacking[:6])
        yield Objection(
            f"{total} bỏ sót dòng {line.code} “{shorten(line.title)}” ({where}{unit}).",
            line.span or _total_span(case, budget),
            f"Cộng dòng {line.code} vào tổng.",
        )


def _text_mismatch(case: Case) -> Iterator[Objection]:
    budget = case.plan.budget
    scale = IN_MILLIONS.get((budget.unit or "").lower()) if budget else None
    if budget is None or scale is None or not _decided(budget):
        return
    for named in case.plan.funding:
        if named.amount is None or not _is_whole(case, named.span):
            continue
        printed, computed = _table(budget, named.year, named.source)
        known = {x * scale for x in (printed, computed) if x}
        if known:  # the sentence may name its years elsewhere ("giai đoạn 2018 - 2020", "Riêng năm 2018")
            years = (None, *budget.totals.by_year)
            known |= {x * scale for year in years for x in _table(budget, year, named.source) if x}
        if known and named.amount not in known:
            table = printed if printed is not None else computed
            yield Objection(
                f"Phần lời ghi {money(named.amount)} triệu đồng ({_cell(named.year, named.source)}), "
                f"bảng kinh phí là {money(table * scale)} triệu đồng.",
                named.span,
                "Thống nhất số tiền ở phần lời và bảng kinh phí.",
            )


def _decided(budget: Budget) -> bool:
    """Whether year and source of every amount are known; else the table proves nothing."""
    return all(a.year is not None and a.source is not None for x in budget.lines for a in x.amounts)


def _table(budget: Budget, year: int | None, source: str | None) -> tuple[Decimal | None, Decimal]:
    """What the table says of a year and a source (None is all): the printed total, if there is one, and the sum."""
    totals = budget.totals
    computed = sum((_value(x, year, source) for x in budget.lines if x.parent is None), start=Decimal(0))
    if year is not None and source is not None:
        return None, computed
    if year is not None:
        return totals.by_year.get(year), computed
    return totals.by_source.get(source) if source is not None else totals.all, computed


def _is_whole(case: Case, span: Span) -> bool:
    """Whether the sentence speaks of the whole plan's money."""
    before = case.plan.text[max(0, span.start - 300) : span.end]
    sentence = _SENTENCE.split(before.rstrip(" .;\n"))[-1]
    folded = fold(nfc(sentence))
    return any(words in folded for words in _WHOLE)


RULES = (
    Rule(
        "budget.total-mismatch",
        Severity.ERROR,
        "Cộng sai kinh phí",
        "Số tổng in trong bảng kinh phí khác với tổng các số thành phần.",
        "A printed sum of the budget table differs from its parts.",
        _total_mismatch,
    ),
    Rule(
        "budget.left-out",
        Severity.WARNING,
        "Tổng kinh phí bỏ sót dòng",
        "Phần thiếu của tổng đúng bằng số của một dòng.",
        "A total lacks exactly one line.",
        _left_out,
    ),
    Rule(
        "budget.text-mismatch",
        Severity.WARNING,
        "Kinh phí ở phần lời khác bảng",
        "Số tiền của cả kế hoạch ghi ở phần lời khác với bảng kinh phí.",
        "The whole plan's money in the text differs from the table.",
        _text_mismatch,
    ),
)
