"""Cited papers: symbols and dates that cannot be, papers known to be replaced."""

from __future__ import annotations

from collections.abc import Iterator

from binhdang.checking.case import Case
from binhdang.checking.names import words
from binhdang.checking.rule import Objection, Rule
from binhdang.law.symbol import Symbol, fault, parse_symbol
from binhdang.paper import Severity, Span
from binhdang.plan import Citation
from binhdang.reference.replaced import replaced_papers

_CARRIES_OUT = ("quy dinh chi tiet", "huong dan thi hanh", "huong dan", "thi hanh", "quy dinh xu phat")


def _symbol(citation: Citation) -> Symbol | None:
    return parse_symbol(citation.number) if citation.number else None


def _name(citation: Citation) -> str:
    return f"{citation.kind} số {citation.number}" if citation.number else citation.title or citation.kind


def _span(citation: Citation) -> Span | None:
    return citation.spans[0] if citation.spans else None


def _impossible_symbol(case: Case) -> Iterator[Objection]:
    for citation in case.plan.citations:
        symbol = _symbol(citation)
        if symbol is not None and (reason := fault(symbol)):
            yield Objection(reason, _span(citation), "Đối chiếu số, ký hiệu với bản gốc của văn bản được viện dẫn.")


def _year_mismatch(case: Case) -> Iterator[Objection]:
    for citation in case.plan.citations:
        symbol = _symbol(citation)
        if symbol is not None and symbol.year and citation.date and symbol.year != citation.date.year:
            yield Objection(
                f"{_name(citation)}: ký hiệu ghi năm {symbol.year} nhưng ngày ban hành ghi {citation.date:%d/%m/%Y}.",
                _span(citation),
                "Đối chiếu với bản gốc, sửa năm trong ký hiệu hoặc ngày ban hành.",
            )


def _after_plan(case: Case) -> Iterator[Objection]:
    issued = case.plan.document.date
    for citation in case.plan.citations:
        if issued and citation.date and citation.date > issued and not _is_behind(case, citation):
            yield Objection(
                f"{_name(citation)} ghi ngày {citation.date:%d/%m/%Y}, sau ngày ban hành của kế hoạch ({issued:%d/%m/%Y}).",
                _span(citation),
                "Soát lại ngày của văn bản được viện dẫn và ngày của kế hoạch.",
            )


def _is_behind(case: Case, citation: Citation) -> bool:
    """Whether a paper is only named behind the list of recipients, where web pages print links to later papers."""
    last, span = case.recipients_span, _span(citation)
    return citation.role != "basis" and last is not None and span is not None and span.start >= last.end


def _before_law(case: Case) -> Iterator[Objection]:
    laws = [c for c in case.plan.citations if c.kind in ("Luật", "Bộ luật", "Pháp lệnh") and c.date and c.title]
    for citation in case.plan.citations:
        if citation.date is None or not citation.title or citation.kind in ("Luật", "Bộ luật", "Pháp lệnh"):
            continue
        title = words(citation.title)
        if not title.startswith(_CARRIES_OUT):
            continue
        named = [law for law in laws if law.title and len(law.title) > 8 and words(law.title) in title]
        # an older law of the same name may be meant, so every law of that name must be younger
        if named and all(law.date and citation.date < law.date for law in named):
            law_date = min(law.date for law in named if law.date)
            yield Objection(
                f"{_name(citation)} ghi ngày {citation.date:%d/%m/%Y}, trước ngày của {named[0].title} "
                f"mà nó hướng dẫn ({law_date:%d/%m/%Y}).",
                _span(citation),
                "Soát lại ngày, hoặc viện dẫn văn bản hướng dẫn luật hiện hành.",
            )


def _replaced(case: Case) -> Iterator[Objection]:
    day = case.day
    if day is None:
        return
    for citation in case.plan.citations:
        if citation.role != "basis":
            continue
        for paper in replaced_papers():
            if day >= paper.since and paper.is_cited(citation.number, citation.date, citation.title):
                yield Objection(
                    f"{_name(citation)} {paper.how} {paper.since:%d/%m/%Y}: {paper.successor}.",
                    _span(citation),
                    f"Viện dẫn {paper.successor}.",
                )
                break


RULES = (
    Rule(
        "citation.impossible-symbol",
        Severity.WARNING,
        "Ký hiệu không thể có",
        "Số, ký hiệu của văn bản được viện dẫn không thể có thật.",
        "No paper can carry this symbol.",
        _impossible_symbol,
    ),
    Rule(
        "citation.year-mismatch",
        Severity.WARNING,
        "Năm trong ký hiệu khác năm ban hành",
        "Năm trong ký hiệu và năm của ngày ban hành khác nhau.",
        "The year in the symbol is not the year of the date.",
        _year_mismatch,
    ),
    Rule(
        "citation.after-plan",
        Severity.WARNING,
        "Văn bản viện dẫn có ngày sau kế hoạch",
        "Ngày của văn bản được viện dẫn sau ngày ban hành kế hoạch.",
        "The cited paper is dated after the plan.",
        _after_plan,
    ),
    Rule(
        "citation.before-law",
        Severity.WARNING,
        "Văn bản hướng dẫn có trước luật",
        "Văn bản hướng dẫn ghi ngày trước ngày của luật mà nó hướng dẫn.",
        "A guiding paper is dated before its law.",
        _before_law,
    ),
    Rule(
        "citation.replaced",
        Severity.WARNING,
        "Căn cứ đã bị thay thế",
        "Căn cứ là văn bản đã hết hiệu lực hoặc hết giai đoạn vào ngày ban hành kế hoạch.",
        "A basis that had been replaced or had run out when the plan was issued.",
        _replaced,
    ),
)
