"""Word files: what the reader makes of numbers, merged cells, changes, boxes, notes and fonts."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt
from lxml import etree

from binhdang.paper import Line, Note, Source, Table
from binhdang.reading.intake import take_in_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:bottom="1134" w:left="1701" w:right="851"/></w:sectPr>'


def word_file(body: str, *, replace: dict[str, str] | None = None, **parts: str) -> bytes:
    """A .docx with this body; each further part (numbering, footnotes, header1 …) is the inside of its root element."""
    roots = {
        "numbering": "numbering",
        "styles": "styles",
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "header1": "hdr",
        "footer1": "ftr",
    }
    relations = "".join(
        f'<Relationship Id="r{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name.rstrip("1")}" Target="{name}.xml"/>'
        for i, name in enumerate(parts)
    )
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{name.rstrip("1")}+xml"/>'
        for name in parts
    )
    held = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}{SECTION}</w:body></w:document>",
    }
    held |= {
        f"word/{name}.xml": f"<w:{roots[name]} {NAMES}>{inside}</w:{roots[name]}>" for name, inside in parts.items()
    }
    held |= replace or {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def item(text: str, level: int = 0, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>{nums}'


def texts(source: Source) -> list[str]:
    return [b.text for b in source.blocks if isinstance(b, Line)]


def read(body: str, **parts: str) -> Source:
    return take_in_bytes(word_file(body, **parts), "kế hoạch.docx")


PLAN_LEVELS = (
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "decimal", "%2.%3."),
    level(3, "lowerLetter", "%4)"),
    level(4, "bullet", "-"),
)

NUMBERED = {
    "each level starts again after a higher one": (
        item("A")
        + item("b", 1)
        + item("c", 2)
        + item("d", 2)
        + item("e", 1)
        + item("f", 2)
        + item("B")
        + item("g", 1)
        + item("h", 3)
        + item("i", 4),
        lists(*PLAN_LEVELS),
        ["I. A", "1. b", "1.1. c", "1.2. d", "2. e", "2.1. f", "II. B", "1. g", "a) h", "- i"],
    ),
    "a level that never restarts": (
        item("A") + item("b", 1) + item("B") + item("c", 1),
        lists(level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')),
        ["I. A", "1. b", "II. B", "2. c"],
    ),
    "legal style shows roman parts as figures": (
        item("A") + item("b", 1),
        lists(level(0, "upperRoman", "Điều %1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")),
        ["Điều I. A", "1.1 b"],
    ),
    "a second list on the same abstract list goes on, one with its own start does not": (
        item("a") + item("b", num=2) + item("c", num=3) + item("d", num=3),
        lists(
            level(0, "decimal", "%1."),
            nums="".join(
                f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{more}</w:num>'
                for n, more in (
                    (1, ""),
                    (2, ""),
                    (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
                )
            ),
        ),
        ["1. a", "2. b", "1. c", "2. d"],
    ),
    "letters go on after z, start at a given number": (
        item("a") + item("b"),
        lists(level(0, "lowerLetter", "%1)", start=26)),
        ["z) a", "aa) b"],
    ),
    "a level overridden in the list itself": (
        item("a"),
        lists(
            level(0, "decimal", "%1."),
            nums=f'<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1.")}</w:lvlOverride></w:num>',
        ),
        ["A. a"],
    ),
    "no number where the list is taken off or the format is none": (
        p("a", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>') + item("b", 1),
        lists(level(0, "decimal", "%1."), level(1, "none", "")),
        ["a", "b"],
    ),
    "no blank where Word puts none": (
        item("a"),
        lists(level(0, "decimal", "%1/", '<w:suff w:val="nothing"/>')),
        ["1/a"],
    ),
}


@pytest.mark.parametrize("case", NUMBERED)
def test_list_numbers(case: str) -> None:
    body, numbering, expected = NUMBERED[case]
    assert texts(read(body, numbering=numbering)) == expected


@pytest.mark.parametrize(
    ("mark", "shown"),
    [("-", "- a"), ("–", "- a"), ("\uf02d", "- a"), ("+", "+ a"), ("\uf0b7", "• a"), ("*", "* a"), ("", "a")],
)
def test_bullets(mark: str, shown: str) -> None:
    assert texts(read(item("a"), numbering=lists(level(0, "bullet", mark)))) == [shown]


def test_numbers_of_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = "".join(
        p(t, f'<w:pStyle w:val="{s}"/>') for t, s in (("a", "Muc"), ("b", "Khoan"), ("c", "MucCon"), ("d", "Khoan"))
    )
    numbering = lists(
        level(0, "upperRoman", "%1.", '<w:pStyle w:val="Muc"/>'),
        level(1, "decimal", "%2.", '<w:pStyle w:val="Khoan"/>'),
    )
    assert texts(read(body, styles=styles, numbering=numbering)) == ["I. a", "1. b", "II. c", "1. d"]


def test_numbers_of_a_linked_list_style() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="DS"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="DS"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="6"><w:styleLink w:val="DS"/>{level(0, "decimal", "Mục %1:")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>'
    )
    assert texts(read(item("a") + item("b"), styles=styles, numbering=numbering)) == ["Mục 1: a", "Mục 2: b"]


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed: its numbers cannot be compared"
)
def test_list_numbers_as_libreoffice_shows_them(tmp_path: Path) -> None:
    # LibreOffice 7.4 knows neither lvlRestart=0 nor isLgl, and puts a blank after every number.
    names = [n for n in NUMBERED if "Word puts none" not in n and "legal" not in n and "never restarts" not in n]
    for i, name in enumerate(names):
        body, numbering, _ = NUMBERED[name]
        (tmp_path / f"case{i}.docx").write_bytes(word_file(body, numbering=numbering))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.docx")))],
        check=True,
        capture_output=True,
        timeout=120,
    )
    for i, name in enumerate(names):
        shown = (tmp_path / f"case{i}.txt").read_text(encoding="utf-8-sig").split("\n")
        lines = [
            " ".join(line.split()).replace("◦", "-") for line in shown if line.strip()
        ]  # it has a bullet of its own
        assert lines == NUMBERED[name][2], name


def test_tracked_changes_read_as_accepted() -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Giữ </w:t></w:r><w:ins w:id="1"><w:r><w:t>thêm</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:moveFrom w:id="3"><w:r><w:t>đi</w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4"><w:r><w:t xml:space="preserve"> đến</w:t></w:r></w:moveTo></w:p>'
        '<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Nửa đầu </w:t></w:r></w:p>'
        "<w:p><w:r><w:t>nửa sau.</w:t></w:r></w:p>"
    )
    source = read(body)
    assert texts(source) == ["Giữ thêm đến", "Nửa đầu nửa sau."]
    assert [(r.text, r.reason) for r in source.removed] == [("bỏ", "deleted"), ("đi", "deleted")]


def box(text: str) -> str:
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_stand_once_at_their_anchor() -> None:
    body = f"<w:p>{box('DỰ THẢO')}<w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p><w:p><w:r><w:t>Nội dung</w:t></w:r>{box('Ghi chú')}</w:p>"
    assert texts(read(body)) == ["DỰ THẢO", "KẾ HOẠCH", "Nội dung", "Ghi chú"]


def test_notes_follow_their_paragraph_and_are_called_in_it() -> None:
    call = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="8"/><w:t>*</w:t></w:r>'
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    body = f"<w:p><w:r><w:t>Số liệu</w:t></w:r>{call}<w:r><w:t xml:space='preserve"
    body += f"'> năm 2025</w:t></w:r>{end}{own}</w:p>{p('Sau')}"
    source = read(
        body,
        footnotes=f'<w:footnote w:id="7">{p("Theo niên giám.")}</w:footnote><w:footnote w:id="8">{p("Ước tính.")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{p("Nguồn khác.")}</w:endnote>',
    )
    assert texts(source) == ["Số liệu[1] năm 2025[i][*]", "Sau"]
    assert [(b.mark, b.text) for b in source.blocks if isinstance(b, Note)] == [
        ("1", "Theo niên giám."),
        ("i", "Nguồn khác."),
        ("*", "Ước tính."),
    ]
    assert isinstance(source.blocks[-1], Line)


def test_notes_that_call_themselves_or_are_never_called() -> None:
    call = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    notes = f'<w:footnote w:id="7"><w:p><w:r><w:t>Vòng</w:t></w:r>{call}</w:p></w:footnote><w:footnote w:id="8">{p("Bỏ quên")}</w:footnote>'
    source = read(f"<w:p><w:r><w:t>Thân</w:t></w:r>{call}</w:p>", footnotes=notes)
    assert [b.text for b in source.blocks if isinstance(b, (Line, Note))] == ["Thân[1]", "Vòng[2]"]
    assert [(r.text, r.reason) for r in source.removed] == [("Bỏ quên", "note")]


def test_strict_namespaces_are_the_same_format() -> None:
    strict = f"<w:document {NAMES}><w:body>{p('Chữ')}</w:body></w:document>".replace(W, STRICT)
    assert texts(take_in_bytes(word_file("", replace={"word/document.xml": strict}), "a.docx")) == ["Chữ"]


def test_line_breaks_end_a_line_unless_the_sentence_goes_on() -> None:
    body = "<w:p><w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Triển khai công tác</w:t><w:br/><w:t>bình đẳng giới</w:t><w:br/><w:t>a) Việc thứ nhất</w:t><w:br/><w:t>ii) việc hai</w:t></w:r></w:p>"
    assert texts(read(body)) == ["KẾ HOẠCH", "Triển khai công tác bình đẳng giới", "a) Việc thứ nhất", "ii) việc hai"]


def test_marks_kept_outside_the_letters() -> None:
    body = (
        "<w:p><w:r><w:t>12/KH</w:t><w:noBreakHyphen/><w:t>UBND</w:t><w:tab/><w:sym w:font='Symbol' w:char='F0B3'/><w:t>80%</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t xml:space='preserve'> mục 2</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        "<w:sdt><w:sdtPr/><w:sdtContent>"
        + p("Trong khung nhập", "<w:rPr><w:caps/></w:rPr>")
        + "</w:sdtContent></w:sdt>"
    )
    source = read(body)
    assert texts(source) == ["12/KH-UBND\t≥80% mục 2", "Trong khung nhập"]
    assert [(r.text, r.reason) for r in source.removed] == [("ẩn", "hidden")]


def tc(text: str, properties: str = "", more: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}{more}</w:tc>"


def test_merged_cells_stand_once_with_their_extent() -> None:
    down, along = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    rows = (
        f"<w:tr>{tc('TT', down)}{tc('Kinh phí', along)}</w:tr>"
        f"<w:tr>{tc('', '<w:vMerge/>')}{tc('2026')}{tc('2027')}</w:tr>"
        f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{tc('dòng bỏ')}</w:tr>"
        f"<w:tr>{tc('1')}{tc('10')}{tc('', more='<w:tbl><w:tr>' + tc('a') + tc('b') + '</w:tr></w:tbl>')}</w:tr>"
    )
    borders = "<w:tblPr><w:tblBorders><w:top w:val='single'/></w:tblBorders></w:tblPr>"
    table = read(p("1") * 5 + f"<w:tbl>{borders}{rows}</w:tbl>").blocks[-1]
    assert isinstance(table, Table)
    assert [(c.text, c.row, c.column, c.rows, c.columns) for c in table.cells] == [
        ("TT", 0, 0, 2, 1),
        ("Kinh phí", 0, 1, 1, 2),
        ("2026", 1, 1, 1, 1),
        ("2027", 1, 2, 1, 1),
        ("1", 2, 0, 1, 1),
        ("10", 2, 1, 1, 1),
        ("a\tb", 2, 2, 1, 1),
    ]
    assert not table.layout


def test_a_table_of_one_cell_is_only_a_frame() -> None:
    assert texts(read(f"<w:tbl><w:tr>{tc('Dòng một', more=p('Dòng hai'))}</w:tr></w:tbl>")) == ["Dòng một", "Dòng hai"]


def test_letterhead_and_signature_tables_are_layout_only() -> None:
    paper = docx.Document()
    head = paper.add_table(1, 2)
    head.cell(0, 0).text, head.cell(0, 1).text = "UBND XÃ SÔNG ĐÀ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    for _ in range(5):
        paper.add_paragraph("Nội dung của văn bản.")
    data = paper.add_table(2, 2, style="Table Grid")
    data.cell(0, 0).text = "Chỉ tiêu"
    end = paper.add_table(1, 2)
    end.cell(0, 0).text, end.cell(0, 1).text = "Nơi nhận:\n- Như trên;", "CHỦ TỊCH"
    assert [b.layout for b in from_paper(paper).blocks if isinstance(b, Table)] == [True, False, True]


def from_paper(paper: docx.document.Document) -> Source:
    buffer = io.BytesIO()
    paper.save(buffer)
    return take_in_bytes(buffer.getvalue(), "mau.docx")


def test_looks_and_layout() -> None:
    paper = docx.Document()
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Times New Roman", Pt(14)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("KẾ HOẠCH").bold = True
    paper.add_paragraph("")
    mixed = paper.add_paragraph("Công tác năm 2026 được triển khai như sau: ")
    mixed.add_run("gấp").italic = True
    paper.sections[0].footer.paragraphs[0]._p.append(
        parse_xml(f'<w:fldSimple {NAMES} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>')
    )
    paper.sections[0].header.paragraphs[0].text = "Dự thảo lần 2"
    source = from_paper(paper)
    first, second = source.blocks
    assert isinstance(first, Line) and isinstance(second, Line)
    assert (first.bold, first.centred, first.gap, first.size, first.font) == (
        True,
        True,
        False,
        14.0,
        "Times New Roman",
    )
    assert (second.bold, second.italic, second.centred, second.gap, second.whole) == (False, False, False, True, True)
    assert source.layout is not None
    assert (source.layout.body_font, source.layout.body_size, source.layout.page_numbers) == (
        "Times New Roman",
        14.0,
        True,
    )
    assert {(r.text, r.reason) for r in source.removed} == {("Dự thảo lần 2", "header"), ("2", "footer")}


def test_pages_and_measures() -> None:
    source = read(
        p("Trang một")
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + p("Trang hai")
        + p("Trang ba", "<w:pageBreakBefore/>")
    )
    assert [b.page for b in source.blocks] == [1, 2, 3]
    assert source.pages == 3
    assert source.layout is not None
    assert (source.layout.page_width, source.layout.margin_left) == (595.3, 85.05)


def test_legacy_fonts_are_converted_run_by_run() -> None:
    def run(text: str, font: str) -> str:
        return f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    body = f"<w:p>{run('KÕ ho¹ch', '.VnTimeH')}{run(' b×nh ®¼ng', '.VnTime')}{run(' giôùi', 'VNI-Times')}{run(' năm', 'Arial')}</w:p>"
    source = read(body)
    assert texts(source) == ["KẾ HOẠCH bình đẳng giới năm"]
    soft = body.replace(
        "KÕ ho¹ch</w:t>", "tr</w:t><w:softHyphen/><w:t>ëng</w:t>"
    )  # Word may keep TCVN3's ư as a soft hyphen
    assert texts(read(soft)) == ["TRƯỞNG bình đẳng giới năm"]
    assert [f.code for f in source.findings] == ["intake.legacy-font"]
    assert "TCVN3, VNI" in source.findings[0].message


def test_legacy_text_without_its_font() -> None:
    source = read(p("KÕ ho¹ch vÒ b×nh ®¼ng giíi n¨m 2006") + p("Tiêu đề giữ nguyên ở đây"))
    assert texts(source) == ["Kế hoạch về bình đẳng giới năm 2006", "Tiêu đề giữ nguyên ở đây"]
    assert [f.code for f in source.findings] == ["intake.legacy-font"]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def all_words(source: Source) -> Counter[str]:
    found = Counter[str]()
    for block in source.blocks:
        for text in [c.text for c in block.cells] if isinstance(block, Table) else [block.text]:
            found += words(text)
    for removed in source.removed:
        found += words(removed.text)
    return found


def test_no_word_is_lost() -> None:
    call = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    body = (
        p("Mở đầu văn bản")
        + f"<w:p>{box('Hộp chữ')}<w:r><w:t>Thân</w:t></w:r>{call}<w:del w:id='1'><w:r><w:delText>xóa bỏ</w:delText></w:r></w:del></w:p>"
        + f"<w:tbl><w:tr>{tc('ô một')}{tc('ô hai')}</w:tr><w:tr><w:trPr><w:del w:id='1'/></w:trPr>{tc('hàng xóa')}</w:tr></w:tbl>"
        + f"<w:del w:id='9'>{p('khối xóa')}</w:del><w:p><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink></w:p>"
    )
    parts = {
        "footnotes": f'<w:footnote w:id="7">{p("ghi chú")}</w:footnote>',
        "header1": p("đầu trang"),
        "footer1": p("chân trang"),
    }
    data = word_file(body, **parts)
    expected = Counter[str]({"1": 1})  # the number of the note's call is not in the text
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                root = etree.fromstring(archive.read(name))
                for fallback in root.findall(".//{*}Fallback"):
                    fallback.clear()
                expected += words(" ".join(root.itertext(f"{{{W}}}t", f"{{{W}}}delText")))
    assert all_words(take_in_bytes(data, "a.docx")) == expected


def test_a_part_named_many_times_is_read_once() -> None:
    head = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Trang đầu</w:t></w:r></w:p></w:hdr>'
    relation = '<Relationship Id="r{}" Type="x/header" Target="h.xml"/>'
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(relation.format(i) for i in range(5))}</Relationships>'
    data = word_file(p("Kế hoạch"), replace={"word/h.xml": head, "word/_rels/document.xml.rels": relations})
    assert [r.text for r in take_in_bytes(data, "a.docx").removed] == ["Trang đầu"]
