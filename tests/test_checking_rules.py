"""The clerk as a whole: the table of rules, switching off, order, any plan at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binhdang.checking import RULES, check, is_off
from binhdang.paper import Finding, Layout, Line, Severity, Source, Span
from binhdang.plan import model
from checking_builders import outlined, plan, without


def test_codes_are_their_own() -> None:
    codes = [r.code for r in RULES]
    assert len(codes) == len(set(codes))
    assert all(r.title_vi and r.summary_vi and r.summary_en for r in RULES)


def test_only_wrong_sums_are_errors() -> None:
    assert [r.code for r in RULES if r.severity is Severity.ERROR] == ["budget.total-mismatch"]


@pytest.mark.parametrize(
    ("off", "silent"),
    [
        (["document.number-missing"], True),
        (["document"], True),
        (["layout", "document"], True),
        (["document.date-missing"], False),
        (["doc"], False),
        (["numbering"], False),
        ([], False),
    ],
)
def test_a_rule_is_switched_off_by_its_code_or_its_room(off: list[str], silent: bool) -> None:
    assert is_off("document.number-missing", off) is silent
    said = {f.code for f in check(without(number=None), off=off)}
    assert ("document.number-missing" not in said) is silent


def test_findings_follow_the_text() -> None:
    paper = outlined("I | x\n  1 | x\n  3 | x\nIII | y\n  a | x\n  a | y", document=model.Document())
    spans = [f.span for f in check(paper)]
    assert len(spans) > 5
    assert [s or (-1, -1) for s in spans] == sorted(s or (-1, -1) for s in spans)


def test_the_readers_finding_at_the_same_place_is_not_repeated() -> None:
    paper = outlined("I | x\nIII | y")
    (finding,) = (f for f in check(paper) if f.code == "numbering.gap")
    said = Finding("numbering.gap", Severity.WARNING, "…", finding.span)
    elsewhere = Finding("numbering.gap", Severity.WARNING, "…", Span(0, 1))
    told = outlined("I | x\nIII | y", findings=(said,))
    other = outlined("I | x\nIII | y", findings=(elsewhere,))
    assert "numbering.gap" not in [f.code for f in check(told)]
    assert "numbering.gap" in [f.code for f in check(other)]


TEXT = "KẾ HOẠCH\nI. Mục tiêu\n1. Dự án 1\na) Nội dung 2\nNơi nhận:\n- Như trên;\n" * 3
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda p: Span(min(p), max(p)))
ids = st.sampled_from(["a", "b", "c", "d"])
refs = st.none() | st.text("IVX123.abđ- (", max_size=5) | st.sampled_from(["II", "1.2", "Dự án 2", "đ", "a", "Điều 9"])
words = st.text(max_size=30) | st.sampled_from(
    [
        "Sở Y tế",
        "UBND các huyện, TX, TP",
        "Dự án 1",
        "Nội dung 1, 2",
        "Ủy ban nhân dân tỉnh",
        "28/NQ-CP",
        "Luật Bình đẳng giới",
    ]
)
names = st.lists(words, max_size=3).map(tuple)
money = st.integers(-5, 50).map(Decimal)
maybe_years = st.none() | st.integers(2020, 2023)
sources = st.none() | st.sampled_from(["central", "local", "other"])


def some(what: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(what, max_size=most).map(tuple)


periods = st.none() | st.builds(lambda a, b: model.Period(min(a, b), max(a, b)), days, days)
documents = st.builds(
    model.Document,
    kind=st.none() | words,
    number=st.none() | words,
    date=st.none() | days,
    issuer=st.none() | words,
    title=st.none() | words,
    period=periods,
    signer=st.none() | st.builds(model.Signer, st.none() | words, st.none() | words),
)
dues = st.none() | st.builds(
    model.Due, st.sampled_from(["by", "window", "ongoing"]), words, spans, date=st.none() | days, end=st.none() | days
)
tasks = st.builds(
    model.Task,
    ids,
    refs,
    st.sampled_from(["activity", "responsibility"]),
    words,
    spans,
    st.none() | ids,
    names,
    names,
    due=dues,
)
lines = st.builds(
    model.BudgetLine,
    st.sampled_from(["I", "I.1", "II", "II.1"]),
    words,
    st.none() | st.sampled_from(["I", "II", "II.1"]),
    st.none() | words,
    some(st.builds(model.Amount, maybe_years, sources, money)),
    st.dictionaries(st.sampled_from(["central", "local"]), money, max_size=2),
    st.none() | ids,
    st.none() | spans,
)
totals = st.builds(
    model.BudgetTotals,
    st.dictionaries(st.integers(2020, 2023), money, max_size=2),
    st.dictionaries(st.sampled_from(["central", "local"]), money, max_size=2),
    st.none() | money,
)
duties = st.builds(
    model.Duty,
    st.sampled_from(["annual", "six_month", "month", "plan"]),
    maybe_years,
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 31),
    st.booleans(),
    st.none(),
    names,
    names,
    names,
    st.none(),
    words,
    spans,
)
plans = st.builds(
    model.Plan,
    text=st.just(TEXT),
    pages=st.just((model.Page(1, 0),)),
    document=documents,
    citations=some(
        st.builds(
            model.Citation,
            words,
            st.none() | words,
            st.none() | days,
            st.none() | words,
            st.none() | words,
            st.sampled_from(["basis", "mention"]),
            some(spans, 1),
        )
    ),
    outline=some(st.builds(model.Outline, ids, st.none() | ids, refs, words, st.just("section"), st.none(), spans), 6),
    targets=some(
        st.builds(model.Target, st.sampled_from(["=", ">=", "<"]), money, words, words, maybe_years, words, spans)
    ),
    tasks=some(tasks),
    reporting=some(duties),
    recipients=some(st.builds(model.Recipient, words, st.none() | words, spans)),
    budget=st.none()
    | st.builds(model.Budget, st.none() | st.just("triệu đồng"), st.just(("local",)), some(lines, 5), totals),
    funding=some(st.builds(model.Funding, words, sources, maybe_years, st.none() | money, spans)),
)
points = st.none() | st.floats(0, 1000)
files = st.none() | st.builds(
    Source,
    st.just("plan.docx"),
    st.just("0"),
    st.just("docx"),
    some(st.builds(Line, words)),
    st.integers(1, 3),
    st.none() | st.builds(Layout, points, points, points, points, points, points, st.none() | words, points),
)


@settings(max_examples=60, deadline=None)
@given(plans, files, st.none() | plans)
def test_no_plan_is_too_odd(paper: model.Plan, source: Source | None, parent: model.Plan | None) -> None:
    known = {r.code for r in RULES}
    for finding in check(paper, source=source, against=parent):
        assert finding.code in known
        assert finding.message
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end <= len(TEXT)


def test_a_plan_of_nothing() -> None:
    empty = model.Plan("", (), model.Document())
    assert {f.code.partition(".")[0] for f in check(empty)} == {"document"}
    assert plan() == plan()
