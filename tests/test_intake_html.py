"""Pages of legal portals: the paper is found, navigation set aside, lists, tables and notes read."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from binhdang.paper import Line, Note, Source, Table
from binhdang.reading.intake import take_in_bytes

PORTAL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Cổng</title><style>p{color:red}</style></head><body>
<header><a href="/">Trang chủ</a></header>
<div class="menu"><ul><li><a>Tin tức</a></li><li><a>Văn bản</a></li><li><a>Liên hệ</a></li></ul></div>
<div><div class="sidebar"><p>Tin mới: hội nghị của ngành diễn ra sáng nay tại hội trường lớn của xã</p></div>
<div class="content"><table><tr><td><p>UBND XÃ</p><p>Số: 1/KH-UBND</p></td><td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></td></tr></table>
<p align="center"><b>KẾ HOẠCH</b><br><b>Công tác năm</b></p>
<div><p>Căn cứ <a href="/luat">Luật Bình đẳng giới</a> ngày 29 tháng 11
năm 2006 của Quốc hội;<sup><a href="#_ftn1" name="_ftnref1">1</a></sup></p>
<ol type="I"><li>MỤC TIÊU<ol start="3"><li><p>Nâng cao nhận thức về bình đẳng giới cho cán bộ và nhân dân trong xã</p></li><li>Cụ thể</li></ol></li>
<li>NỘI DUNG</li></ol><ul><li>gạch một</li></ul>
<table border="1"><tr><th rowspan="2">TT</th><th colspan="2">Kinh phí</th></tr><tr><td>2026</td><td>2027</td></tr><tr><td>1</td><td>10</td><td>11<br>12</td></tr></table>
<p style="font-style: italic">Các cơ quan thực hiện nghiêm túc các nội dung nêu trên của kế hoạch này./.</p></div>
<table><tr><td>Nơi nhận:<br>- Như trên;</td><td><b>CHỦ TỊCH</b></td></tr></table>
<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Được sửa đổi sau đó.</p></div></div></div>
<script>var chu = "không phải chữ"</script><footer>Bản quyền thuộc về cổng thông tin của xã</footer></body></html>"""


def read(page: str | bytes) -> Source:
    return take_in_bytes(page if isinstance(page, bytes) else page.encode(), "trang.html")


def texts(source: Source) -> list[str]:
    return [b.text for b in source.blocks if isinstance(b, Line)]


def test_the_paper_among_the_navigation() -> None:
    source = read(PORTAL)
    assert texts(source) == [
        "KẾ HOẠCH",
        "Công tác năm",
        "Căn cứ Luật Bình đẳng giới ngày 29 tháng 11 năm 2006 của Quốc hội;[1]",
        "I. MỤC TIÊU",
        "3. Nâng cao nhận thức về bình đẳng giới cho cán bộ và nhân dân trong xã",
        "4. Cụ thể",
        "II. NỘI DUNG",
        "• gạch một",
        "Các cơ quan thực hiện nghiêm túc các nội dung nêu trên của kế hoạch này./.",
    ]
    assert [(b.mark, b.text) for b in source.blocks if isinstance(b, Note)] == [("1", "Được sửa đổi sau đó.")]
    assert [r.text.split(" ")[0] for r in source.removed if r.reason == "navigation"] == ["Trang", "Tin", "Bản", "Tin"]


def test_looks_and_tables() -> None:
    source = read(PORTAL)
    title, last = (
        next(b for b in source.blocks if isinstance(b, Line) and b.text.startswith(t)) for t in ("KẾ", "Các")
    )
    assert (title.bold, title.centred, title.whole) == (True, True, True)
    assert (last.bold, last.italic) == (False, True)
    tables = [b for b in source.blocks if isinstance(b, Table)]
    assert [t.layout for t in tables] == [True, False, True]
    assert [(c.text, c.row, c.column, c.rows, c.columns) for c in tables[1].cells] == [
        ("TT", 0, 0, 2, 1),
        ("Kinh phí", 0, 1, 1, 2),
        ("2026", 1, 1, 1, 1),
        ("2027", 1, 2, 1, 1),
        ("1", 2, 0, 1, 1),
        ("10", 2, 1, 1, 1),
        ("11\n12", 2, 2, 1, 1),
    ]


def test_no_word_is_lost() -> None:
    source = read(PORTAL)
    kept = [t for b in source.blocks for t in ([c.text for c in b.cells] if isinstance(b, Table) else [b.text])]
    kept += [r.text for r in source.removed]
    plain = re.sub(r"<(script|style|title)>.*?</\1>|<[^>]+>", " ", PORTAL)
    printed = Counter({"I": 1, "II": 1, "3": 1, "4": 1})  # list numbers stand outside the text
    assert (
        Counter(re.findall(r"\w+", " ".join(kept))) == Counter(re.findall(r"\w+", plain)) - Counter({"1": 1}) + printed
    )


@pytest.mark.parametrize(
    "page",
    [
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1258"></head><body><p>K\xea\xec hoa\xf2ch</p></body></html>'.encode(
            "latin-1"
        ),
        "\ufeff<html><body><p>Kế hoạch</p></body></html>".encode("utf-16-le"),
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Kế hoạch</p></body></html>'.encode(),
        b"<p>K&#7871; ho&#7841;ch</p>",
    ],
)
def test_character_sets(page: bytes) -> None:
    assert texts(read(page)) == ["Kế hoạch"]


def test_a_page_placed_with_tables_is_read_as_paragraphs() -> None:
    inner = "".join(
        f"<p>Đoạn thứ {i} của văn bản này dài hơn một mục trong danh mục bên trái trang.</p>" for i in range(12)
    )
    source = read(f"<html><body><table><tr><td><a>Trang chủ</a></td><td>{inner}</td></tr></table></body></html>")
    assert len(texts(source)) == 12
    assert [r.text for r in source.removed] == ["Trang chủ"]


def test_legacy_fonts_in_a_page() -> None:
    source = read('<p><font face=".VnTimeH">KÕ ho¹ch</font> <span style="font-family: \'.VnTime\'">n¨m</span> 2006</p>')
    assert texts(source) == ["KẾ HOẠCH năm 2006"]
    assert [f.code for f in source.findings] == ["intake.legacy-font"]


def test_a_page_saved_as_one_file() -> None:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_x"\r\n\r\n--=_x\r\nContent-Type: text/html; charset="utf-8"\r\n'
    body = "Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>K=E1=BA=BF ho=E1=BA=A1ch</p></body></html>\r\n--=_x--"
    source = take_in_bytes((head + body).encode(), "trang.doc")
    assert (texts(source), source.media) == (["Kế hoạch"], "html")
