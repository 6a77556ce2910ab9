"""Text, Word and digital PDF: time from bytes to Plan."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

import docx
import pdfplumber
import pypdfium2 as pdfium

import papers
import sample_pages
from binhdang import reading
from binhdang.reading.intake import take_in_bytes
from figure import best, show, skipped


def text() -> list[bool]:
    """A text plan of 20 KB: of our own, with more tasks and lines of attributes than issued ones, and an issued one."""
    texts = {"text.20kb-dense": papers.text_of(20_000)}
    if papers.ISSUED.exists():
        texts["text.20kb-issued"] = papers.ISSUED.read_text("utf-8")
    else:
        skipped("text.20kb-issued", f"there is no {papers.ISSUED.name} beside the project")
    return [_text(name, plan) for name, plan in texts.items()]


def _text(name: str, plan: str) -> bool:
    data = plan.encode()
    words = re.compile(r"\w+")
    reference = best(lambda: words.findall(plan), 50)
    took = best(lambda: reading.read(take_in_bytes(data, "ke-hoach.txt")), 60)
    against = r're.findall(r"\w+") once over the same text'
    return show(name, took, "ms", goal=10, reference=reference, against=against)


def word() -> list[bool]:
    """The province's plan with its budget annex."""
    data = papers.WORD.read_bytes()

    def walk() -> int:
        paper = docx.Document(io.BytesIO(data))
        cells = sum(len(cell.text) for table in paper.tables for row in table.rows for cell in row.cells)
        return cells + sum(len(p.text) for p in paper.paragraphs)

    took = best(lambda: reading.read(take_in_bytes(data, "ke-hoach.docx")))
    against = "python-docx: text of every paragraph and cell"
    return [show("docx.with-budget", took, "ms", goal=80, reference=best(walk), against=against)]


def pdf() -> list[bool]:
    """A digital page without and with a ruled table."""
    data = papers.DIGITAL.read_bytes()
    count = len(pdfium.PdfDocument(data))

    def bare() -> int:
        document = pdfium.PdfDocument(data)
        return sum(len(page.get_textpage().get_text_range()) for page in document)

    took = best(lambda: reading.read(take_in_bytes(data, "a.pdf"))) / count
    results = [
        show(
            "pdf.digital-page",
            took,
            "ms/page",
            goal=10,
            reference=best(bare) / count,
            against="pypdfium2: text of each page",
        )
    ]
    with tempfile.TemporaryDirectory() as folder:
        printed = sample_pages.to_pdf(_copy(papers.WORD, Path(folder)))
    if printed is None:
        skipped("pdf.ruled-page", "LibreOffice (soffice) is not installed")
        return results
    page = _last_page(printed)

    def tables() -> int:
        with pdfplumber.open(io.BytesIO(page)) as document:
            return sum(len(p.extract_tables()) for p in document.pages)

    took = best(lambda: take_in_bytes(page, "a.pdf"), 5)
    against = "pdfplumber: extract_tables of the page"
    return [*results, show("pdf.ruled-page", took, "ms", goal=80, reference=best(tables, 5), against=against)]


def _copy(file: Path, folder: Path) -> Path:
    copy = folder / file.name
    copy.write_bytes(file.read_bytes())
    return copy


def _last_page(data: bytes) -> bytes:
    whole = pdfium.PdfDocument(data)
    one = pdfium.PdfDocument.new()
    one.import_pages(whole, [len(whole) - 1])
    buffer = io.BytesIO()
    one.save(buffer)
    return buffer.getvalue()
