"""Text and markdown files: encodings, lines as they stand, marks taken off, pipe tables."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest

from binhdang.errors import UnknownFormat
from binhdang.paper import Line, Table
from binhdang.reading.intake import take_in_bytes

SAMPLE = "KẾ HOẠCH\nCông tác bình đẳng giới năm 2026, đẩy mạnh tuyên truyền ở các xã, phường"


def lines(text: str | bytes, name: str = "a.txt") -> list[Line]:
    data = text if isinstance(text, bytes) else text.encode()
    return [b for b in take_in_bytes(data, name).blocks if isinstance(b, Line)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(encoding: str) -> None:
    assert [line.text for line in lines(SAMPLE.encode(encoding))] == SAMPLE.split("\n")


def test_legacy_bytes_and_mis_decoded_text() -> None:
    western = "KÕ ho¹ch c«ng t¸c b×nh ®¼ng giíi n¨m 2006\nChñ tÞch Uû ban nh©n d©n x· yªu cÇu thùc hiÖn"
    expected = ["Kế hoạch công tác bình đẳng giới năm 2006", "Chủ tịch Uỷ ban nhân dân xã yêu cầu thực hiện"]
    for data in (western.encode("latin-1"), western.encode("utf-8")):
        source = take_in_bytes(data, "cu.txt")
        assert [b.text for b in source.blocks if isinstance(b, Line)] == expected
        assert [f.code for f in source.findings] == ["intake.legacy-font"]


def test_a_cut_utf8_file_keeps_its_words() -> None:
    source = take_in_bytes((SAMPLE + " ở").encode()[:-1], "cut.txt")
    assert [f.code for f in source.findings] == ["intake.bad-bytes"]
    assert isinstance(source.blocks[0], Line) and source.blocks[0].text == "KẾ HOẠCH"


def test_other_western_text() -> None:
    assert "élève" in lines("Le plan a été adopté; l'élève reçoit après l'été où déjà".encode("cp1252"))[0].text


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 500, b"MZ\x90\x00" + b"\x00" * 500])
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(UnknownFormat):
        take_in_bytes(data, "a.txt")


def test_lines_stand_as_they_are() -> None:
    found = lines("  Mục\u00a01\tnội dung  \r\n\r\n \t \r\nhết\f- trang hai\n")
    assert [(b.text, b.gap, b.page, b.whole) for b in found] == [
        ("  Mục\u00a01\tnội dung  ", False, 1, False),
        (" \t ", True, 1, False),
        ("hết", False, 1, False),
        ("- trang hai", False, 2, False),
    ]


MARKS = {
    "**ỦY BAN NHÂN\nDÂN **\nTHÀNH PHỐ": [
        ("ỦY BAN NHÂN", True, False),
        ("DÂN ", True, False),
        ("THÀNH PHỐ", False, False),
    ],
    "*1.1. *Nội dung": [("1.1. Nội dung", False, False)],
    "**1**. **Mục đích**": [("1. Mục đích", True, False)],
    "*Hà Nội, ngày 1 tháng 2 năm 2026*": [("Hà Nội, ngày 1 tháng 2 năm 2026", False, True)],
    "* Mục gạch sao": [("* Mục gạch sao", False, False)],
    "+ Mục *nghiêng* ở giữa": [("+ Mục nghiêng ở giữa", False, False)],
    "3 * 4 và 2*3; chữ*": [("3 * 4 và 2*3; chữ*", False, False)],
    "Số 12/TB_UBND ____": [("Số 12/TB_UBND ____", False, False)],
}


@pytest.mark.parametrize("text", MARKS)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_emphasis(text: str, name: str) -> None:
    assert [(b.text, b.bold, b.italic) for b in lines(text, name)] == MARKS[text]


def test_a_star_left_open_in_plain_text_stays() -> None:
    assert [b.text for b in lines("Ghi *chú\n** Chú thích\nhết")] == ["Ghi *chú", "** Chú thích", "hết"]


def test_markdown_of_a_portal() -> None:
    text = (
        '# KẾ HOẠCH\n\n* *\n---\nTheo [Quyết định 12](https://vanban.example/12 "x") và a\\*b &amp; c<br>dòng hai\n\n'
        "|\n| ỦY BAN NHÂN DÂN\n|\n| **CỘNG HÒA**\n\n| TT | Kinh phí |\n|:--|--:|\n| 1 | **10**<br>triệu |\n"
    )
    source = take_in_bytes(text.encode(), "a.md")
    assert [(b.text, b.bold, b.gap) for b in source.blocks if isinstance(b, Line)] == [
        ("KẾ HOẠCH", True, False),
        ("Theo Quyết định 12 và a*b & c", False, True),
        ("dòng hai", False, False),
        ("ỦY BAN NHÂN DÂN", False, True),
        ("CỘNG HÒA", True, False),
    ]
    table = source.blocks[-1]
    assert isinstance(table, Table)
    assert [(c.row, c.column, c.text) for c in table.cells] == [
        (0, 0, "TT"),
        (0, 1, "Kinh phí"),
        (1, 0, "1"),
        (1, 1, "10\ntriệu"),
    ]
    assert [r.text for r in source.removed] == ["https://vanban.example/12"]


def test_markdown_is_known_without_its_name() -> None:
    assert take_in_bytes(b"# Mot\n\n## Hai\nnoi dung", "a.txt").media == "markdown"
    assert take_in_bytes(b"#1 Mot | hai\nnoi dung", "a.txt").media == "text"


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_no_word_is_lost(name: str) -> None:
    text = "# Đầu đề\n*Nghiêng* và **đậm\nnửa** [chữ](http://x.example/y) 1*2\n\n| a | b |\n|---|---|\n| c | d |\n|\n| e\n> trích\n\ttab\n"
    source = take_in_bytes(text.encode(), name)
    kept = " ".join(
        [t for b in source.blocks for t in ([c.text for c in b.cells] if isinstance(b, Table) else [b.text])]
        + [r.text for r in source.removed]
    )
    assert Counter(re.findall(r"\w+", kept)) == Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize("marks", ["*a ", "**", "**a** ", "[", "_a ", "|", "| a ", "[a](", "<p ", "\\*", "- "])
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_marks_without_end_cost_no_more_than_their_length(marks: str, name: str) -> None:
    begun = time.process_time()
    assert take_in_bytes(f"chữ {marks * 20000} x\n".encode(), name).blocks
    assert time.process_time() - begun < 2
