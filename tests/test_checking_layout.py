"""layout.*: Word papers against Decree 30."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from binhdang.paper import Cell, Layout, Table
from checking_builders import COMPLETE, codes, found, plan, word_file

MM = 72 / 25.4
HEAD = [
    "ỦY BAN NHÂN DÂN TỈNH SÔNG ĐÀ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 12/KH-UBND",
    "Sông Đà, ngày 10 tháng 02 năm 2026",
]
TAIL = ["Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "Lê Thị Mai"]
PAPER = [*HEAD, "KẾ HOẠCH", "Công tác năm 2026", "I. MỤC TIÊU", *TAIL]
GOOD = Layout(
    page_width=210 * MM,
    page_height=297 * MM,
    margin_top=20 * MM,
    margin_bottom=20 * MM,
    margin_left=30 * MM,
    margin_right=15 * MM,
    body_font="Times New Roman",
    body_size=14.0,
    page_numbers=True,
)


def test_a_paper_by_the_decree_has_no_finding() -> None:
    assert codes(plan(), "layout", source=word_file(PAPER, GOOD)) == []


def test_a_letterhead_in_a_table_is_read_cell_by_cell() -> None:
    source = word_file(PAPER[5:], GOOD)
    head = Table(tuple(Cell(t, i // 2, i % 2) for i, t in enumerate(HEAD)), layout=True)
    assert codes(plan(), "layout", source=replace(source, blocks=(head, *source.blocks))) == []


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"body_font": ".VnTime"}, "layout.font", ".VnTime"),
        ({"body_font": "Arial"}, "layout.font", "Arial"),
        ({"body_size": 12.0}, "layout.size", "12"),
        ({"body_size": 15.0}, "layout.size", "15"),
        ({"page_width": 612.0, "page_height": 792.0}, "layout.paper", "216 x 279 mm"),
        ({"margin_left": 20 * MM}, "layout.margins", "lề trái 20 mm (quy định 30-35)"),
        ({"margin_right": 25.4 * MM, "margin_top": 12 * MM}, "layout.margins", "lề trên 12 mm"),
    ],
)
def test_a_look_outside_the_decree(change: dict[str, Any], code: str, words: str) -> None:
    (finding,) = found(plan(), "layout", source=word_file(PAPER, replace(GOOD, **change)))
    assert finding.code == code
    assert words in finding.message
    assert finding.mend


@pytest.mark.parametrize(
    "change",
    [
        {"body_size": 13.0},
        {"body_font": "times new roman"},
        {"margin_left": 34.9 * MM, "margin_right": 20.4 * MM, "margin_bottom": 19.4 * MM},
        {"page_width": 297 * MM, "page_height": 210 * MM, "margin_left": 20 * MM},  # a page on its side
        {"body_font": None, "body_size": None, "page_width": None, "margin_left": None, "page_numbers": None},
    ],
)
def test_within_tolerance_or_unknown_is_nothing(change: dict[str, Any]) -> None:
    assert codes(plan(), "layout", source=word_file(PAPER, replace(GOOD, **change))) == []


def test_page_numbers_are_asked_of_papers_of_more_than_one_page() -> None:
    bare = replace(GOOD, page_numbers=False)
    assert codes(plan(), "layout", source=word_file(PAPER, bare)) == []
    assert codes(plan(), "layout", source=word_file(PAPER, bare, pages=3)) == ["layout.page-number"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([x for x in PAPER if not x.startswith("CỘNG")], "layout.national-title"),
        ([x for x in PAPER if not x.startswith("Độc")], "layout.motto"),
        ([*HEAD[:2], *PAPER[3:7], HEAD[2], *PAPER[7:]], "layout.order"),  # motto under the title
        ([*HEAD[:3], "KẾ HOẠCH", "Công tác năm 2026", *HEAD[3:], *TAIL], "layout.order"),  # number under the kind
        ([*TAIL, *PAPER[:-4]], "layout.order"),  # recipients on top
    ],
)
def test_parts_missing_or_misplaced(lines: list[str], code: str) -> None:
    (finding,) = found(plan(), "layout", source=word_file(lines, GOOD))
    assert (finding.code, finding.severity) == (code, "warning")


@pytest.mark.parametrize("media", ["text", "pdf", "scan", "html"])
def test_other_files_are_not_looked_at(media: str) -> None:
    assert codes(plan(), "layout", source=word_file(["KẾ HOẠCH"], Layout(body_font="Arial"), media)) == []


@pytest.mark.parametrize(
    "issuer", ["Tỉnh ủy Sông Đà", "Hội Liên hiệp Phụ nữ tỉnh Sông Đà", "Ủy ban Mặt trận Tổ quốc tỉnh"]
)
def test_the_party_and_mass_organisations_have_their_own_forms(issuer: str) -> None:
    paper = plan(document=replace(COMPLETE, issuer=issuer))
    assert codes(paper, "layout", source=word_file(["KẾ HOẠCH"], Layout(body_font="Arial"))) == []


def test_a_decision_with_its_plan_has_two_sets_of_parts() -> None:
    lines = [*HEAD, "QUYẾT ĐỊNH", "Điều 1. Ban hành", *TAIL, "KẾ HOẠCH", "Số: 1/KH"]
    paper = plan(document=replace(COMPLETE, kind="Quyết định"))
    assert codes(paper, "layout", source=word_file(lines, GOOD)) == []
