"""Papers that once stopped the reading: each is read, or refused with its error, and never ends in a stack trace."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from binhdang.cli import main
from binhdang.errors import DamagedFile, HostileFile
from binhdang.plan.sums import sums
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


def test_a_table_of_huge_spans_costs_its_cells_not_its_places() -> None:
    wide = "<tr>" + '<td colspan="200">a</td>' * 400 + "</tr>"
    page = f"<html><body><h1>KẾ HOẠCH</h1><table>{wide}{'<tr><td>chữ</td></tr>' * 400}</table></body></html>"
    plan = read(take_in_bytes(page.encode(), "a.html"))
    assert plan.text.count("chữ") == 400


def test_a_long_flat_budget_with_a_wrong_total_is_checked_in_a_moment() -> None:
    rows = "\n".join(f"| {i} | Hoạt động số {i} | {i + 7} |" for i in range(1, 401))
    text = f"KẾ HOẠCH\n\nPHỤ LỤC\nKINH PHÍ (Đơn vị: triệu đồng)\n\n| TT | Nội dung | Năm 2024 |\n|---|---|---|\n{rows}\n| | Tổng cộng | 1 |\n"
    plan = read(take_in_bytes(text.encode(), "a.md"))
    assert plan.budget is not None
    assert {m.kind for m in sums(plan.budget)} == {"column"}


def test_rows_of_somebody_else_keep_their_last_line(tmp_path: Path) -> None:
    """Their file has no end of line at its end, and is refused as it is."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("KẾ HOẠCH", encoding="utf-8")
    foreign = tmp_path / "data.jsonl"
    foreign.write_text('{"path": "a", "label": 1}\n{"path": "b", "label": 2}')
    assert main(["read", str(tmp_path / "in"), "--out", str(foreign)]) == 2
    assert foreign.read_text() == '{"path": "a", "label": 1}\n{"path": "b", "label": 2}'


def test_the_lock_is_never_opened_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("KẾ HOẠCH", encoding="utf-8")
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("luận văn", encoding="utf-8")
    (tmp_path / ".out.jsonl.lock").symlink_to(thesis)
    assert main(["read", str(tmp_path / "in"), "--out", str(tmp_path / "out.jsonl")]) == 2
    assert thesis.read_text(encoding="utf-8") == "luận văn"


@pytest.mark.parametrize("size", [(60_000, 3), (3, 40_000)])
def test_a_sliver_of_a_picture_is_refused(size: tuple[int, int]) -> None:
    image = pytest.importorskip("PIL.Image")
    buffer = io.BytesIO()
    image.new("RGB", size).save(buffer, "PNG")
    with pytest.raises(DamagedFile):
        take_in_bytes(buffer.getvalue(), "a.png")
