"""Whole papers: the samples, in every format, and the annotated plans. Nothing is lost, nothing is made up."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from binhdang import reading
from binhdang.door import read_plan
from binhdang.paper import Line, Note, Source, Span, Table
from binhdang.plan import Plan, from_record, to_json
from binhdang.reading.intake import take_in
from binhdang.vietnamese.text import fold

ROOT = Path(__file__).parent.parent
PROVINCE = ROOT / "samples" / "1-ke-hoach-tinh-an-linh.docx"
DISTRICT = ROOT / "samples" / "2-ke-hoach-huyen-kim-thach.pdf"
SCAN = ROOT / "samples" / "3-ke-hoach-xa-suoi-mo-ban-quet.pdf"
OLD = ROOT / "samples" / "4-ke-hoach-huyen-phu-dien-2007-tcvn3.txt"
ANNOTATED = sorted(p for p in (ROOT / "tests" / "plans").iterdir() if p.suffix in (".txt", ".md"))
PAPERS = [PROVINCE, DISTRICT, OLD, *ANNOTATED]
_WORD = re.compile(r"[^\W_]+")


@cache
def opened(path: Path) -> tuple[Source, Plan]:
    source = take_in(path)
    return source, reading.read(source)


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text)))


def words_of(source: Source) -> Counter[str]:
    """Every word of the blocks; marks of notes and the intake's own removals are counted by their callers."""
    total: Counter[str] = Counter()
    for block in source.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                total += words(cell.text)
        elif isinstance(block, Note):
            total += words(f"{block.mark} {block.text}")
        else:
            assert isinstance(block, Line)
            total += words(block.text)
    return total


def spans(plan: Plan) -> Iterator[tuple[str, Span, str | None]]:
    """Each span with its kind and the words it must hold, where the row carries them."""
    for task in plan.tasks:
        yield "task", task.span, task.text
        if task.due:
            yield "due", task.due.span, task.due.text
        for place in (*task.evidence.leads, *task.evidence.partners, *task.evidence.due):
            yield "evidence", place, None
    for target in plan.targets:
        yield "target", target.span, target.text
    for duty in plan.reporting:
        yield "duty", duty.span, duty.text
    for recipient in plan.recipients:
        yield "recipient", recipient.span, None
    for objective in plan.objectives:
        yield "objective", objective.span, objective.text
    for node in plan.outline:
        yield "outline", node.span, None
    for citation in plan.citations:
        for place in citation.spans:
            yield "citation", place, None
    for funding in plan.funding:
        yield "funding", funding.span, funding.label
    for line in plan.budget.lines if plan.budget else ():
        if line.span:
            yield "budget", line.span, line.title
    for finding in plan.findings:
        if finding.span:
            yield "finding", finding.span, None
    for place in plan.unplaced:
        yield "unplaced", place, None


def plain(text: str) -> str:
    """Letters without tone marks, and digits: spaces, dashes and the place of a tone mark are the printer's."""
    return "".join(_WORD.findall(fold(text)))


def holds(printed: str, said: str, kind: str) -> None:
    """Fails when the printed words are not those said. A target in a table is said from several cells of its row."""
    if kind == "target":
        assert words(fold(said)) - words(fold(printed)) == Counter(), (said, printed)
    else:
        assert plain(said)[:60] in plain(printed), (kind, said, printed)


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_every_span_holds_its_own_words(path: Path) -> None:
    _, plan = opened(path)
    assert list(spans(plan))
    for kind, span, said in spans(plan):
        assert 0 <= span.start <= span.end <= len(plan.text), (kind, span)
        if said is not None:
            holds(span.of(plan.text), said, kind)
    for citation in plan.citations:
        printed = [plain(place.of(plan.text)) for place in citation.spans]
        assert citation.number is None or any(plain(citation.number) in words for words in printed)


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_words_in_are_words_out(path: Path) -> None:
    """The text and what was set aside hold the source's words, each as often: nothing lost, nothing added.

    What the intake set aside is in the source's `removed` and again in the plan's.
    """
    source, plan = opened(path)
    before = words_of(source)
    for removed in source.removed:
        before += words(removed.text)
    after = words(plan.text)
    for removed in plan.removed:
        after += words(removed.text)
    assert before - after == Counter()
    assert after - before == Counter()


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_json_brings_the_plan_back(path: Path) -> None:
    _, plan = opened(path)
    assert from_record(json.loads(to_json(plan))) == plan


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_little_is_unplaced(path: Path) -> None:
    """A portal's own words around a paper may be a twentieth of the page; of the paper itself nearly all has its place."""
    _, plan = opened(path)
    assert sum(s.end - s.start for s in plan.unplaced) <= 0.1 * len(plan.text)


def test_the_province_s_plan() -> None:
    """Word: list numbers and footnotes that Word keeps outside the text, and a budget under merged headings."""
    plan = read_plan(PROVINCE)
    document = plan.document
    assert (document.number, document.issuer) == ("48/KH-UBND", "Ủy ban nhân dân tỉnh An Lĩnh")
    assert document.period and (document.period.start.year, document.period.end.year) == (2026, 2028)
    assert "a) Xây dựng bộ tài liệu truyền thông" in plan.text and "là nữ[1]." in plan.text
    assert plan.text.index("Lãnh đạo chủ chốt gồm") > plan.text.index("Đoàn Thị Mỹ Hạnh")
    first = next(t for t in plan.tasks if t.ref == "II.1.a")
    assert first.leads == ("Sở Nội vụ",)
    assert first.partners == ("Sở Dân tộc và Tôn giáo", "Hội Liên hiệp Phụ nữ tỉnh")
    assert first.due and str(first.due.date) == "2026-09-30" and first.due.before
    assert plan.budget and len(plan.budget.lines) == 10
    amounts = {(a.year, a.source): a.amount for a in plan.budget.lines[0].amounts}
    assert amounts[2026, "local"] == Decimal(430) and amounts[2028, "other"] == Decimal(30)
    mismatch = next(f for f in plan.findings if f.code == "budget.total-mismatch")
    assert "5.920" in mismatch.message and "5.820" in mismatch.message


def test_the_district_s_plan() -> None:
    """A digital PDF: columns put back in order, lines joined, page numbers set aside."""
    plan = read_plan(DISTRICT)
    assert (plan.document.number, str(plan.document.date)) == ("31/KH-UBND", "2024-02-22")
    assert plan.document.signer and plan.document.signer.name == "Vi Văn Thuấn"
    assert [r.text.strip() for r in plan.removed] == ["2"]
    assert "chuyển Ủy ban nhân dân các xã, thị trấn theo dõi thường xuyên." in plan.text
    assert [f.code for f in plan.findings if f.code.startswith("numbering")] == ["numbering.gap"]
    assert {(d.month, d.day, d.kind) for d in plan.reporting} >= {(6, 5, "six_month"), (11, 20, "annual")}


def test_the_commune_s_scanned_plan(needs_tesseract: None) -> None:
    """Pictures of pages, turned, grainy, sealed: the words that matter come through, doubts are said."""
    source, plan = opened(SCAN)
    assert source.media == "scan"
    assert (plan.document.number, str(plan.document.date)) == ("09/KH-UBND", "2026-02-24")
    assert plan.document.signer and plan.document.signer.name == "Lục Thị Hòa"
    assert {(d.month, d.day) for d in plan.reporting} == {(6, 10), (12, 5), (6, 1), (11, 25)}
    assert from_record(json.loads(to_json(plan))) == plan
    for kind, span, said in spans(plan):
        if said is not None:
            holds(span.of(plan.text), said, kind)


def test_the_old_plan_in_a_font_encoding() -> None:
    """Bytes of TCVN3: Unicode comes out, and a finding says so."""
    plan = read_plan(OLD)
    assert "Ban Vì sự tiến bộ của phụ nữ huyện tổ chức 02 lớp tập huấn" in plan.text
    assert plan.document.number == "12/KH-UBND"
    assert "intake.legacy-font" in {f.code for f in plan.findings}
    assert plan.tasks[0].leads == ("Ban Vì sự tiến bộ của phụ nữ huyện",)


def test_the_wire_form_is_plain_json() -> None:
    record = json.loads(to_json(read_plan(PROVINCE)))
    assert record["source"]["name"] == PROVINCE.name
    assert record["text"][slice(*record["tasks"][0]["span"])].endswith(record["tasks"][0]["text"][-30:])
