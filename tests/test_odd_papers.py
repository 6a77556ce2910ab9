"""Papers that once stopped the reading: each is read, or refused with its error, and never ends in a stack trace."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from binhdang.cli import main
from binhdang.errors import HostileFile
from binhdang.reading import read
from binhdang.reading.intake import take_in_bytes
from binhdang.reading.intake.printed import Word, rows
from test_intake_docx import word_file

ODD = {
    "a bold bullet opens the body": "**- Tổ chức hội nghị truyền thông**\n",
    "more slips of roman labels than there are numerals": "KẾ HOẠCH\nI. MỤC TIÊU\n" + "T. AB CD\n" * 420,
}


@pytest.mark.parametrize("name", ODD)
def test_is_read(name: str) -> None:
    text = ODD[name]
    assert read(take_in_bytes(text.encode(), "a.md")).text


def test_a_mark_before_the_nations_title_is_no_line_of_its_own() -> None:
    words = [
        Word(w, 10.0 * i, 0.0, 10.0 * i + 9, 10.0, 12.0)
        for i, w in enumerate(["“CỘNG", "HÒA", "XÃ", "HỘI", "CHỦ", "NGHĨA", "VIỆT", "NAM"])
    ]
    assert " ".join(piece.text for piece in rows(words)).startswith("“CỘNG HÒA")


@pytest.mark.parametrize("before", ["-2", "-3", "1000000"])
def test_a_row_that_starts_beside_its_table_keeps_its_words(before: str) -> None:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{w}</w:t></w:r></w:p></w:tc>" for w in ("MOT", "HAI", "BA"))
    row = f'<w:tr><w:trPr><w:gridBefore w:val="{before}"/></w:trPr>{cells}</w:tr>'
    plan = read(take_in_bytes(word_file(f"<w:tbl>{row}</w:tbl>"), "a.docx"))
    assert [w for w in ("MOT", "HAI", "BA") if w not in plan.text] == []


def test_a_packing_that_cannot_be_bounded_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/document.xml", b"<w:document/>")
    with pytest.raises(HostileFile):
        take_in_bytes(buffer.getvalue(), "a.docx")


def test_the_review_page_never_replaces_the_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "a.html"
    paper.write_text("<p>KẾ HOẠCH</p>", encoding="utf-8")
    assert main(["read", str(paper), "--html", str(paper)]) == 2
    assert paper.read_text(encoding="utf-8") == "<p>KẾ HOẠCH</p>"
    assert "chính là văn bản đang đọc" in capsys.readouterr().err
