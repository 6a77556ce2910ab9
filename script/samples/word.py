"""A paper as a Word file in the form of Decree 30/2020: letterhead, numbered headings, footnotes, annex, signature."""

from __future__ import annotations

import re
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from letters import Paper, cells

FONT = "Times New Roman"
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
LEVELS = {"roman": (7, 0), "number": (7, 1), "letter": (7, 2), "dash": (8, 0)}  # kind: (list, level)
NOTE = re.compile(r"\[\^(.+?)\^\]")


def write(paper: Paper, path: Path) -> None:
    """The paper as a .docx at `path`."""
    word = Document()
    _page(word)
    _lists(word)
    notes: list[str] = []
    _letterhead(word, paper)
    for line in paper.parts["kind"]:
        _line(word, line, bold=True, align=ALIGN.CENTER, before=12)
    _line(word, paper.parts["title"][0], bold=True, align=ALIGN.CENTER)
    _rule(word, 55)
    rows: list[list[str]] = []
    for kind, words in paper.blocks:
        if kind == "row":
            rows.append(cells(words))
        elif kind == "signature":
            _signature(word, paper)
        elif kind == "annex":
            _annex(word, words.split(" / "))
        elif kind == "unit":
            _line(word, words, italic=True, align=ALIGN.RIGHT, size=12)
        else:
            _body(word, kind, words, notes)
    if rows:
        _table(word, rows)
    if notes:
        _footnotes(word, notes)
    word.core_properties.author = ""
    word.core_properties.comments = ""
    word.save(str(path))


def _page(word: Word) -> None:
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = ALIGN.CENTER
    run = header.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text or None
        run._r.append(mark)


def _lists(word: Word) -> None:
    """Word's own numbering: I. 1. a) as one outline, and dashes."""
    numbering = word.part.numbering_part.element
    outline = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'
        for i, (form, text) in enumerate((("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)")))
    )
    dash = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:suff w:val="space"/><w:lvlText w:val="-"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'
    )
    first = numbering.find(qn("w:num"))
    for number, levels in ((7, outline), (8, dash)):
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{90 + number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        first.addprevious(parse_xml(abstract))
    for number in (7, 8):
        old = [n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == str(number)]
        for element in old:
            numbering.remove(element)
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{90 + number}"/></w:num>')
        )


def _line(
    place: Word | _Cell,
    words: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN | None = None,
    size: float = 14,
    before: float = 0,
    reuse: Paragraph | None = None,
) -> Paragraph:
    paragraph = reuse if reuse is not None else place.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(0)
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _rule(place: Word | _Cell, side: float) -> None:
    """A short line under the title or the motto: an empty paragraph with a border above, `side` mm in on both sides."""
    paragraph = place.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(side)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(2), Pt(6), Pt(4)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>')
    )


def _grid(word: Word, widths: tuple[float, ...]) -> Table:
    table = word.add_table(1, len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, column, width in zip(table.rows[0].cells, table.columns, widths, strict=True):
        cell.width = column.width = Mm(width)
    return table


def _letterhead(word: Word, paper: Paper) -> None:
    left, right = _grid(word, (70, 96)).rows[0].cells
    body = paper.parts["letterhead"]
    for i, line in enumerate(body):
        _line(left, line, bold=True, align=ALIGN.CENTER, size=13, reuse=None if i else left.paragraphs[0])
    _rule(left, 20)
    _line(left, f"Số: {paper.parts['number'][0]}", align=ALIGN.CENTER, size=13)
    country, motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
    _line(right, country, bold=True, align=ALIGN.CENTER, size=12, reuse=right.paragraphs[0])
    _line(right, motto, bold=True, align=ALIGN.CENTER, size=13)
    _rule(right, 18)
    _line(right, paper.parts["place"][0], italic=True, align=ALIGN.CENTER, size=13)


def _body(word: Word, kind: str, words: str, notes: list[str]) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = ALIGN.JUSTIFY
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.first_line_indent = Pt(3), Pt(3), Mm(10)
    level = LEVELS.get(kind)
    if level:
        holder = paragraph._p.get_or_add_pPr()
        holder.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level[1]}"/><w:numId w:val="{level[0]}"/></w:numPr>')
        )
    typed = re.match(r"[IVX]+\. |\d+\. ", words)
    heading = kind in ("roman", "number") or (typed and len(words) < 70 and words[-1] not in ".;:")
    for i, piece in enumerate(NOTE.split(words)):
        if i % 2:
            notes.append(piece)
            run = paragraph.add_run()
            run.font.superscript = True
            call = OxmlElement("w:footnoteReference")
            call.set(qn("w:id"), str(len(notes)))
            run._r.append(call)
        elif piece:
            run = paragraph.add_run(piece)
            run.bold, run.italic = bool(heading), kind == "italic"
    if heading:
        shape.keep_with_next = True
        mark = OxmlElement("w:rPr")  # the paragraph's mark, whose form Word gives to the list number
        mark.append(OxmlElement("w:b"))
        paragraph._p.get_or_add_pPr().append(mark)


def _signature(word: Word, paper: Paper) -> None:
    word.add_paragraph().paragraph_format.space_after = Pt(0)
    row = _grid(word, (84, 82)).rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = row.cells
    _line(left, "Nơi nhận:", bold=True, italic=True, size=12, reuse=left.paragraphs[0])
    names = (
        paper.parts["recipients"][0] if len(paper.parts["recipients"]) == 1 else " / ".join(paper.parts["recipients"])
    )
    pieces = names.rstrip(".").split("; ")
    for i, name in enumerate(pieces):
        _line(left, f"- {name}{'.' if i == len(pieces) - 1 else ';'}", size=11)
    *posts, name = paper.parts["signer"]
    for i, post in enumerate(posts):
        _line(right, post, bold=True, align=ALIGN.CENTER, reuse=None if i else right.paragraphs[0])
    for _ in range(4):
        _line(right, "", align=ALIGN.CENTER)
    _line(right, name, bold=True, align=ALIGN.CENTER)


def _annex(word: Word, lines: list[str]) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(30), Mm(20)  # the sheet's own sides, turned
    section.left_margin = section.right_margin = Mm(20)
    section.different_first_page_header_footer = False
    for i, line in enumerate(lines):
        last = i == len(lines) - 1
        _line(word, line, bold=not last, italic=last, align=ALIGN.CENTER, size=13)
    _rule(word, 95)


def _table(word: Word, rows: list[list[str]]) -> None:
    height, width = len(rows), len(rows[0])
    table = word.add_table(height, width)
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    sides = [11, 56, 44, *([14.5] * (width - 4)), 16]
    table._tbl.tblPr.append(
        parse_xml(
            f'<w:tblCellMar {nsdecls("w")}><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        )
    )
    for column, side in zip(table.columns, sides, strict=True):
        column.width = Mm(side)
        for cell in column.cells:
            cell.width = Mm(side)
    heads = sum(row[0] in ("TT", "^") for row in rows)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in (">", "^"):
                continue
            right = c
            while right + 1 < width and row[right + 1] == ">":
                right += 1
            below = r
            while below + 1 < height and rows[below + 1][c] == "^":
                below += 1
            cell = table.cell(r, c)
            if (right, below) != (c, r):
                cell = cell.merge(table.cell(below, right))
            strong = r < heads or not row[0].isdigit()
            words = c in (1, 2) and r >= heads
            align = ALIGN.LEFT if words else ALIGN.CENTER if c == 0 or r < heads else ALIGN.RIGHT
            _line(cell, text, bold=strong, align=align, size=11, reuse=cell.paragraphs[0])
            for extra in cell.paragraphs[1:]:
                extra._p.getparent().remove(extra._p)
    for row in table.rows[:heads]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _footnotes(word: Word, notes: list[str]) -> None:
    font = f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/><w:sz w:val="20"/></w:rPr>'
    ends = "".join(
        f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for kind, i, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    body = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:r><w:rPr><w:sz w:val="20"/><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r>{font}<w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        for i, text in enumerate(notes, 1)
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{ends}{body}</w:footnotes>'
    )
    part = Part(PackURI("/word/footnotes.xml"), NOTES_TYPE, xml.encode(), word.part.package)
    word.part.relate_to(part, NOTES)
