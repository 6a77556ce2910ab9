"""citation.*: symbols, dates, papers that were replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from binhdang.paper import Span
from binhdang.plan import Citation, Document, Period, Recipient
from binhdang.reference.replaced import replaced_papers
from checking_builders import COMPLETE, citation, codes, found, plan

ISSUED_2010 = replace(COMPLETE, date=date(2010, 3, 1), period=None)
UNDATED_2024 = replace(COMPLETE, date=None, period=Period(date(2024, 1, 1), date(2024, 12, 31)))
UNDATED = Document(kind="Kế hoạch")


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        (citation("85/2015/NĐ-CP", date(2015, 10, 1)), []),
        (citation("28/NQ-CP", date(2021, 3, 3), kind="Nghị quyết"), []),
        (citation("73/2006/QH11", date(2006, 11, 29), "Luật Bình đẳng giới", "Luật"), []),
        (citation("85/2015/NĐ-CP", None), []),
        (citation(None, date(2015, 10, 1)), []),
        (citation("không phải ký hiệu", date(2015, 10, 1)), []),
        (citation("73/2006/QH13", date(2006, 11, 29), "Luật Bình đẳng giới", "Luật"), ["citation.impossible-symbol"]),
        (citation("0/KH-UBND", date(2025, 1, 5), kind="Kế hoạch"), ["citation.impossible-symbol"]),
        (citation("85/2015/NĐ-CP", date(2016, 10, 1)), ["citation.year-mismatch"]),
        (citation("99/KH-UBND", date(2026, 2, 11), kind="Kế hoạch"), ["citation.after-plan"]),
        (citation("99/KH-UBND", date(2026, 2, 10), kind="Kế hoạch"), []),
    ],
)
def test_symbol_and_date(cited: Citation, expected: list[str]) -> None:
    findings = found(plan(citations=(cited,)), "citation")
    assert [f.code for f in findings] == expected
    assert all(f.severity == "warning" and f.mend for f in findings)


@pytest.mark.parametrize(("at", "warned"), [(0, True), (30, False)])
def test_links_to_later_papers_behind_the_recipients(at: int, warned: bool) -> None:
    later = replace(
        citation("99/KH-UBND", date(2026, 3, 1), kind="Kế hoạch", role="mention"), spans=(Span(at, at + 5),)
    )
    paper = plan(citations=(later,), recipients=(Recipient("Như trên", None, Span(10, 20)),))
    assert codes(paper, "citation") == (["citation.after-plan"] if warned else [])


LAW = citation(None, date(2006, 11, 29), "Luật Bình đẳng giới", "Luật")
OLD_LAW = citation(None, date(1996, 11, 29), "Luật Bình đẳng giới", "Luật")
GUIDE = "quy định chi tiết thi hành một số điều của Luật Bình đẳng giới"


@pytest.mark.parametrize(
    ("laws", "day", "title", "expected"),
    [
        ((LAW,), date(2005, 6, 4), GUIDE, ["citation.before-law"]),
        ((LAW,), date(2008, 6, 4), GUIDE, []),
        ((LAW, OLD_LAW), date(2005, 6, 4), GUIDE, []),  # of the older law
        ((), date(2005, 6, 4), GUIDE, []),
        ((LAW,), date(2005, 6, 4), "về công tác cán bộ nữ", []),
    ],
)
def test_a_guide_before_its_law(laws: tuple[Citation, ...], day: date, title: str, expected: list[str]) -> None:
    assert codes(plan(citations=(*laws, citation("70/NQ-CP", day, title))), "citation") == expected


@pytest.mark.parametrize(
    ("document", "cited", "warned"),
    [
        (COMPLETE, citation("08/2009/NĐ-CP", date(2009, 2, 4)), True),
        (COMPLETE, citation("08/2009/NĐ -CP", None), True),
        (UNDATED_2024, citation("08/2009/NĐ-CP", date(2009, 2, 4)), True),
        (ISSUED_2010, citation("08/2009/NĐ-CP", date(2009, 2, 4)), False),  # still in force
        (UNDATED, citation("08/2009/NĐ-CP", date(2009, 2, 4)), False),  # when was this?
        (COMPLETE, citation("08/2009/NĐ-CP", date(2009, 2, 4), role="mention"), False),
        (COMPLETE, citation("08/2010/NĐ-CP", date(2010, 2, 4)), False),
        (COMPLETE, citation("2351/QĐ-TTg", date(2010, 12, 24), kind="Quyết định"), True),
        (COMPLETE, citation("2351/QĐ-TTg", date(2015, 12, 24), kind="Quyết định"), False),  # the number came back
        (COMPLETE, citation("2351/QĐ-TTg", None, kind="Quyết định"), False),
        (COMPLETE, citation(None, date(2007, 11, 21), "Luật Phòng, chống bạo lực gia đình", "Luật"), True),
        (COMPLETE, citation(None, date(2022, 11, 14), "Luật Phòng, chống bạo lực gia đình", "Luật"), False),
        (COMPLETE, citation(None, None, "Luật Phòng, chống bạo lực gia đình", "Luật"), False),
    ],
)
def test_a_basis_that_was_replaced(document: Document, cited: Citation, warned: bool) -> None:
    expected = ["citation.replaced"] if warned else []
    assert codes(plan(document=document, citations=(cited,)), "citation") == expected


def test_every_replaced_paper_has_its_source() -> None:
    for paper in replaced_papers():
        assert paper.source
        assert paper.issued is None or paper.issued < paper.since
        # without a year in the number, only the date can tell the paper
        assert paper.issued or paper.number.count("/") > 1
