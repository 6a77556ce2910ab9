"""The measures of an official paper and the pieces that it is set from. Source: Decree 30/2020/NĐ-CP, annex I."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Word

FONT = "Times New Roman"
BODY = 14  # points
SMALL = 12
RECIPIENTS = 11
_INDENT = 10  # mm of a paragraph's first line
_A4 = (210, 297)  # mm
_MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 20}  # mm
_DARK = "000000"
TEXT_WIDTH = _A4[0] - _MARGINS["left"] - _MARGINS["right"]
"""mm between the margins of an upright page."""
WIDE_WIDTH = _A4[1] - _MARGINS["left"] - _MARGINS["right"]
"""mm between the margins of a page that lies on its side."""


def new_paper() -> Word:
    """An empty A4 paper with the decree's margins, font and page numbers from the second page on."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    word = Document()
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(_A4[0]), Mm(_A4[1])
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = header.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text or None
        run._r.append(mark)
    word.core_properties.author = word.core_properties.comments = ""
    return word


def turn_page(word: Word, *, wide: bool) -> None:
    """A new section on a new page, lying on its side for wide tables."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    size = _A4[::-1] if wide else _A4
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(size[0]), Mm(size[1])


def line(
    place: Any,
    words: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: str = "",
    size: float = BODY,
    before: float = 0,
    after: float = 0,
    indent: bool = False,
    first: bool = False,
) -> Any:
    """A paragraph in a paper or a cell; `first` writes into the one that a cell has from the beginning."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    if align:
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if indent:
        form.first_line_indent = Mm(_INDENT)
    run = paragraph.add_run(words)
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None
    return paragraph


def rule_under(paragraph: Any, *, share: float, width: float = TEXT_WIDTH) -> None:
    """A line under a paragraph's middle, as wide as a share of its column, which is `width` mm wide."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Mm

    side = width * (1 - share) / 2
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)
    border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="{_DARK}"/></w:pBdr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(border))


def columns(word: Word, widths: Sequence[float]) -> Any:
    """A table without borders of one row that is never parted, for what stands side by side; the cells. Widths in mm."""
    table = word.add_table(rows=1, cols=len(widths))
    _set_widths(table, widths)
    _keep_whole(table.rows[0])
    return table.rows[0].cells


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    """Both in the grid and in each cell: Word reads the one, LibreOffice the other."""
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _keep_whole(row: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))


def grid(word: Word, rows: Sequence[Sequence[str]], *, head: int, width: float) -> None:
    """A ruled table over `width` mm: the first `head` rows are repeated on each page; numbers stand on the right."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    count = max(len(row) for row in rows)
    table = word.add_table(rows=len(rows), cols=count)
    table.style = "Table Grid"
    _set_widths(table, _shares(rows, count, width))
    for number, (words, row) in enumerate(zip(rows, table.rows, strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, words, strict=False)):
            is_number = number >= head and column > 1 and text[:1].isdigit() and len(text) < 16
            align = "center" if number < head or column == 0 else "right" if is_number else "left"
            line(cell, text, size=SMALL, bold=number < head, align=align, first=True)
        _keep_whole(row)
        if number < head:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    _join_heads(table, rows, head)


_LEAST, _MOST = 5.0, 40.0  # letters of a column that count for its width


def _shares(rows: Sequence[Sequence[str]], count: int, width: float) -> list[float]:
    """Widths by the longest words that a column holds, within bounds."""
    letters = [
        min(_MOST, max((len(row[column]) for row in rows if column < len(row)), default=0) ** 0.75 + _LEAST)
        for column in range(count)
    ]
    return [width * share / sum(letters) for share in letters]


def _join_heads(table: Any, rows: Sequence[Sequence[str]], head: int) -> None:
    """Joins a heading with the empty cells beside it that have words below, and with the empty ones below it."""
    top = [list(row) + [""] * (len(table.columns) - len(row)) for row in rows[:head]]
    if head != 2 or top[1][0]:  # a second row with a label is the first of the rows
        return
    column = 0
    while column < len(top[0]):
        end = column + 1
        if top[0][column]:
            while end < len(top[0]) and not top[0][end] and top[1][end]:
                end += 1
            if end > column + 1:
                _join(table.cell(0, column), table.cell(0, end - 1))
            elif not top[1][column]:
                _join(table.cell(0, column), table.cell(1, column))
        column = end


def _join(one: Any, other: Any) -> None:
    joined = one.merge(other)
    for paragraph in joined.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
