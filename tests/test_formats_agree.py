"""One plan as a text, a Word file and a PDF of it: the reader finds the same in all three."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell

from binhdang import reading
from binhdang.plan import Plan
from binhdang.reading.intake import take_in_bytes
from sample_pages import to_pdf

FOLDER = Path(__file__).parent / "plans"
PLANS = ["c4-yen-phuoc-2026", "c5-so-gddt-tra-giang-2022"]
_RIGHT = re.compile(r"CỘNG HÒA|Độc lập|.{0,40}, ngày ")
_HEADING = re.compile(r"[IVX]{1,4}\. ")


def put(place: Document | _Cell, text: str, *, centred: bool = False, bold: bool = False, size: int = 14) -> None:
    """A paragraph as an office types it: justified with a first-line indent, or centred."""
    paragraph = place.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.space_after = Pt(6)
    if not centred:
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.name = bold, Pt(size), "Liberation Serif"


def columns(document: Document, left: list[str], right: list[str], *, centred: bool) -> None:
    """Two columns without a border, on one page."""
    row = document.add_table(1, 2).rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, lines, middle in zip(row.cells, (left, right), (centred, True), strict=True):
        for line in lines:
            put(cell, line, centred=middle, bold=middle and line.isupper(), size=13 if middle else 11)
        first = cell.paragraphs[0]._element
        first.getparent().remove(first)


def ruled(document: Document, rows: list[list[str]]) -> None:
    """A table with borders."""
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.paragraphs[0].add_run(text).font.size = Pt(11)


def page_numbers(document: Document) -> None:
    """A number in the middle of each page's head."""
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:instrText" if words else "w:fldChar")
        if words:
            element.text = words
        else:
            element.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(element)


def word_file(text: str) -> bytes:
    """The plan laid out as the State's rules for papers want it."""
    lines = text.split("\n")
    title, body = lines.index("KẾ HOẠCH"), next(i for i, x in enumerate(lines) if _HEADING.match(x))
    notes = lines.index("Nơi nhận:")
    preamble = max(i for i in range(body) if len(lines[i]) > 160)
    head, sign = [x for x in lines[:title] if x], lines[notes:]
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    page_numbers(document)
    columns(document, [x for x in head if not _RIGHT.match(x)], [x for x in head if _RIGHT.match(x)], centred=True)
    for line in filter(None, lines[title:preamble]):
        put(document, line, centred=True, bold=True)
    for line in filter(None, lines[preamble:notes]):
        put(document, line, bold=_HEADING.match(line) is not None)
    appendix = sign.index("PHỤ LỤC") if "PHỤ LỤC" in sign else len(sign)
    recipients = [x for x in sign[:appendix] if x.startswith(("Nơi nhận", "-"))]
    columns(document, recipients, [x for x in sign[:appendix] if x not in recipients], centred=False)
    if appendix < len(sign):
        document.add_page_break()
    for line in filter(None, sign[appendix:]):
        if not line.startswith("|"):
            put(document, line, centred=True, bold=line.isupper())
    if rows := [[c.strip() for c in x.strip("|").split("|")] for x in sign if x.startswith("|") and "---" not in x]:
        ruled(document, rows)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def text_plan(name: str) -> Plan:
    path = FOLDER / f"{name}.txt"
    return reading.read(take_in_bytes(path.read_bytes(), path.name))


def compare(plan: Plan, name: str) -> None:
    """Everything that a clerk copies from the paper; places in the text differ between formats, words do not."""
    expected = text_plan(name)

    def tasks(p: Plan) -> list[tuple[object, ...]]:
        return [
            (t.ref, t.kind, t.text, t.leads, t.partners, t.requested, t.due and (t.due.type, t.due.text), t.places)
            for t in p.tasks
        ]

    def duties(p: Plan) -> list[tuple[object, ...]]:
        return [(d.kind, d.year, d.month, d.day, d.before, d.reporters, d.recipients, d.via) for d in p.reporting]

    assert plan.document == expected.document
    assert tasks(plan) == tasks(expected)
    assert [(t.comparator, t.value, t.unit, t.subject, t.year) for t in plan.targets] == [
        (t.comparator, t.value, t.unit, t.subject, t.year) for t in expected.targets
    ]
    assert duties(plan) == duties(expected)
    assert [(r.name, r.note) for r in plan.recipients] == [(r.name, r.note) for r in expected.recipients]
    assert [(o.ref, o.heading, o.kind) for o in plan.outline] == [(o.ref, o.heading, o.kind) for o in expected.outline]
    assert [(c.kind, c.number, c.date, c.role) for c in plan.citations] == [
        (c.kind, c.number, c.date, c.role) for c in expected.citations
    ]


@pytest.mark.parametrize("name", PLANS)
def test_a_word_file_reads_as_the_text(name: str) -> None:
    data = word_file((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    compare(reading.read(take_in_bytes(data, "ke-hoach.docx")), name)


@pytest.mark.usefixtures("needs_soffice")
@pytest.mark.parametrize("name", PLANS)
def test_a_pdf_reads_as_the_text(name: str, tmp_path: Path) -> None:
    source = tmp_path / "ke-hoach.docx"
    source.write_bytes(word_file((FOLDER / f"{name}.txt").read_text(encoding="utf-8")))
    pdf = to_pdf(source)
    assert pdf is not None
    plan = reading.read(take_in_bytes(pdf, "ke-hoach.pdf"))
    assert len(plan.pages) > 2
    compare(plan, name)
