"""Lines and tables as they came become the plan's text in paragraphs: one small source a case, with the reason."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhdang.paper import Block, Cell, Line, Note, Source, Table
from binhdang.reading.draft import Draft
from binhdang.reading.intake import take_in_bytes
from binhdang.reading.stages.run_on import split_run_on
from binhdang.reading.stages.tidy import tidy


def of_text(text: str, name: str = "van-ban.txt") -> Draft:
    return tidy(take_in_bytes(text.encode(), name))


def of_blocks(*blocks: Block) -> Draft:
    return tidy(Source("van-ban", "0" * 64, "text", blocks))


def paragraphs(draft: Draft) -> list[str]:
    return [p.text for p in draft.paragraphs]


# Ordinary words cut at about 75 letters, as a portal's page comes out; the reader must see the width by itself.
WRAPPED = """\
Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về công tác bình đẳng giới và vì
sự tiến bộ của phụ nữ, Ủy ban nhân dân huyện xây dựng Kế hoạch với các nội
dung chủ yếu như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao nhận thức của cán bộ, công chức, viên chức, người lao động và mọi
người dân trên địa bàn về bình đẳng giới; thu hẹp khoảng cách giới trong các
lĩnh vực của đời sống.
2. Các cơ quan, đơn vị chủ động lồng ghép nội dung bình đẳng giới vào kế hoạch
công tác hằng năm, bảo đảm thiết thực, hiệu quả và tiết kiệm.
- Phòng Lao động - Thương binh và Xã hội chủ trì, phối hợp với Phòng Lao động
- Thương binh và Xã hội các huyện bạn trao đổi kinh nghiệm về công tác này.
Trên đây là Kế hoạch, đề nghị các cơ quan, đơn vị và địa phương nghiêm túc
tổ chức triển khai thực hiện./.
"""


def test_hard_wraps_are_joined() -> None:
    assert paragraphs(of_text(WRAPPED)) == [
        "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về công tác bình đẳng giới và vì sự tiến bộ của phụ nữ, "
        "Ủy ban nhân dân huyện xây dựng Kế hoạch với các nội dung chủ yếu như sau:",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Nâng cao nhận thức của cán bộ, công chức, viên chức, người lao động và mọi người dân trên địa bàn về "
        "bình đẳng giới; thu hẹp khoảng cách giới trong các lĩnh vực của đời sống.",
        "2. Các cơ quan, đơn vị chủ động lồng ghép nội dung bình đẳng giới vào kế hoạch công tác hằng năm, bảo đảm "
        "thiết thực, hiệu quả và tiết kiệm.",
        "- Phòng Lao động - Thương binh và Xã hội chủ trì, phối hợp với Phòng Lao động - Thương binh và Xã hội các "
        "huyện bạn trao đổi kinh nghiệm về công tác này.",
        "Trên đây là Kế hoạch, đề nghị các cơ quan, đơn vị và địa phương nghiêm túc tổ chức triển khai thực hiện./.",
    ]


JOINS = [
    ("the rest begins with a small letter", "1. Tổ chức hội nghị tuyên truyền\ntrong toàn huyện.", ["1. Tổ chức hội nghị tuyên truyền trong toàn huyện."]),
    ("after a comma", "1. Các phòng, ban, ngành, đoàn thể,\nỦy ban nhân dân các xã phối hợp.", ["1. Các phòng, ban, ngành, đoàn thể, Ủy ban nhân dân các xã phối hợp."]),
    ("number parted from its paper", "Thực hiện Quyết định của Bộ Nội vụ số\n1850/QĐ-BNV về công tác.", ["Thực hiện Quyết định của Bộ Nội vụ số 1850/QĐ-BNV về công tác."]),
    ("a stretch of years", "Công tác bình đẳng giới giai đoạn 2021\n- 2025", ["Công tác bình đẳng giới giai đoạn 2021 - 2025"]),
    ("a date", "Kế hoạch có hiệu lực từ ngày\n21 tháng 11 năm 2025.", ["Kế hoạch có hiệu lực từ ngày 21 tháng 11 năm 2025."]),
    ("the kind of paper", "QUYẾT\nĐỊNH", ["QUYẾT ĐỊNH"]),
    ("an article's number", "Điều\n1. Ban hành Kế hoạch.", ["Điều 1. Ban hành Kế hoạch."]),
    ("a heading in capitals", "I. MỤC\nĐÍCH, YÊU CẦU\n\n1. Mục đích", ["I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích"]),
    ("a bracket", "Sơ kết việc thực hiện Kế hoạch này (\nBáo cáo riêng)", ["Sơ kết việc thực hiện Kế hoạch này ( Báo cáo riêng)"]),
]  # fmt: skip
APART = [
    ("a sentence and a sentence", ["Nâng cao nhận thức của cán bộ.", "Các ngành phối hợp thực hiện."]),
    ("an item after an item", ["- tuyên truyền trên đài truyền thanh;", "- tổ chức hội nghị"]),
    ("a letter label", ["1. Công tác tuyên truyền", "a) viết tin, bài"]),
    ("a heading and words", ["I. MỤC ĐÍCH", "Nâng cao nhận thức"]),
    ("the subject of a letter under its number", ["Số: 45/SNV-TN&BĐG", "v/v hướng dẫn công tác bình đẳng giới"]),
    ("names of places", ["TỈNH BÌNH HÀ", "Độc lập - Tự do - Hạnh phúc"]),
    ("recipients", ["- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN"]),
    ("a numbered part and its title", ["PHẦN THỨ NHẤT", "MỤC TIÊU"]),
    ("two headings in capitals", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
    ("an article after an article", ["Điều 1. Ban hành Kế hoạch.", "Điều 2. Hiệu lực."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in JOINS], ids=[c[0] for c in JOINS])
def test_lines_of_one_paragraph_are_joined(text: str, expected: list[str]) -> None:
    assert paragraphs(of_text(text)) == expected


@pytest.mark.parametrize("lines", [c[1] for c in APART], ids=[c[0] for c in APART])
def test_lines_that_stand_alone_stay_apart(lines: list[str]) -> None:
    assert paragraphs(of_text("\n".join(lines))) == lines


FIRST = "Ủy ban nhân dân huyện giao Phòng Nội vụ chủ trì, phối hợp với các cơ quan"
REST = "liên quan theo dõi, đôn đốc việc thực hiện Kế hoạch này."


@pytest.mark.parametrize(
    ("between", "removed"),
    [
        ("\f2\n\n", [("2", "page number")]),
        ("\f- 2 -\n", [("- 2 -", "page number")]),
        ("\fTrang 2/3\n", [("Trang 2/3", "page number")]),
        ("\f\n2\n\nCông báo huyện Sông Đà\n", [("2", "page number"), ("Công báo huyện Sông Đà", "running head")]),
        ("\f", []),
    ],
    ids=["number", "number between dashes", "page of pages", "number and running head", "page break alone"],
)
def test_a_sentence_goes_on_over_a_page_break(between: str, removed: list[tuple[str, str]]) -> None:
    head = "Công báo huyện Sông Đà\n" if len(removed) > 1 else ""
    other = f"\f3\n{head}Đoạn cuối của văn bản này.\n\f4\n{head}Hết văn bản.\n" if removed else ""
    draft = of_text(f"{head}Đoạn đầu của văn bản này.\n{FIRST}\n{between}{REST}\n{other}")
    assert f"{FIRST} {REST}" in paragraphs(draft)
    found = [(r.text, r.reason) for r in draft.removed if r.page == 2]
    assert found == removed


def test_a_number_alone_in_the_text_is_no_page_number() -> None:
    draft = of_text("Tổng số lớp tập huấn trong năm:\n\n12\n\nTổ chức tại huyện.\n")
    assert paragraphs(draft) == ["Tổng số lớp tập huấn trong năm:", "12", "Tổ chức tại huyện."]
    assert draft.removed == []


def test_pages_start_where_their_first_word_stands() -> None:
    draft = of_text(f"Đoạn đầu.\n\f{FIRST}\n\f{REST}\n\fĐoạn cuối.\n")
    starts = {page: draft.text[start:][:9] for page, start in draft.pages}
    assert starts == {1: "Đoạn đầu.", 2: "Ủy ban nh", 3: "liên quan", 4: "Đoạn cuối"}
    assert [p.page for p in draft.paragraphs] == [1, 2, 4]


def test_a_whole_paragraph_is_joined_only_over_a_page_break() -> None:
    one, two = Line(FIRST, page=1, whole=True), Line(REST, page=1, whole=True)
    assert len(paragraphs(of_blocks(one, two))) == 2
    assert paragraphs(of_blocks(one, Line(REST, page=2, whole=True))) == [f"{FIRST} {REST}"]


def boxed(text: str, top: float, left: float = 85.0, right: float = 540.0, gap: bool = False) -> Line:
    return Line(text, box=(left, top, right, top + 12), gap=gap)


def test_printed_lines_are_joined_by_their_edges() -> None:
    """In a PDF a full line goes on, one that ends early ends the paragraph, an indented one opens the next."""
    draft = of_blocks(
        boxed("Ủy ban nhân dân huyện giao Phòng Nội vụ chủ trì, phối hợp với", 100, left=110),
        boxed("Sở Nội vụ và các cơ quan liên quan theo dõi, đôn đốc việc làm.", 114),
        boxed("Việc này làm xong trong quý I.", 128, right=260),
        boxed("Các cơ quan báo cáo kết quả về Ủy ban nhân dân huyện trước ngày", 142, left=110),
        boxed("15 tháng 11.", 156, right=150),
    )
    assert paragraphs(draft) == [
        "Ủy ban nhân dân huyện giao Phòng Nội vụ chủ trì, phối hợp với Sở Nội vụ và các cơ quan liên quan theo dõi, "
        "đôn đốc việc làm. Việc này làm xong trong quý I.",
        "Các cơ quan báo cáo kết quả về Ủy ban nhân dân huyện trước ngày 15 tháng 11.",
    ]


def test_notes_stand_at_the_end() -> None:
    draft = of_blocks(
        Line("1. Sở Nội vụ chủ trì[1].", whole=True), Note("1", "Theo Quyết định số 5/QĐ-UBND."), Line("2. Sở Y tế phối hợp.", whole=True)
    )  # fmt: skip
    assert paragraphs(draft) == [
        "1. Sở Nội vụ chủ trì[1].",
        "2. Sở Y tế phối hợp.",
        "[1] Theo Quyết định số 5/QĐ-UBND.",
    ]
    assert [p.note for p in draft.paragraphs] == [None, None, "1"]


def test_a_note_at_the_foot_of_a_text_page_leaves_the_sentence_that_it_interrupts() -> None:
    draft = of_text(f"{FIRST}\n\n[1] Theo Quyết định số 5/QĐ-UBND.\n\f{REST}\n")
    assert paragraphs(draft)[-1] == "[1] Theo Quyết định số 5/QĐ-UBND."
    assert paragraphs(draft)[0] == f"{FIRST} {REST}"


TABLE = Table(
    (
        Cell("TT", 0, 0), Cell("Nội dung", 0, 1), Cell("Kinh phí", 0, 2, columns=2), Cell("1", 1, 0),
        Cell("Tập huấn\ncán bộ", 1, 1), Cell("20", 1, 2), Cell("", 1, 3), Cell("2", 2, 0), Cell("Hội thi", 2, 1), Cell("", 2, 2), Cell("30", 2, 3),
    )
)  # fmt: skip


def test_a_table_is_a_row_a_line_with_tabs_between_cells() -> None:
    draft = of_blocks(Line("Biểu kinh phí", whole=True), TABLE, Line("Hết.", whole=True))
    assert paragraphs(draft) == [
        "Biểu kinh phí",
        "TT\tNội dung\tKinh phí\t",
        "1\tTập huấn cán bộ\t20\t",
        "2\tHội thi\t\t30",
        "Hết.",
    ]
    (grid,) = draft.grids
    assert grid.caption == "Biểu kinh phí"
    for row in grid.rows:
        for cell in row:
            assert cell.span.of(draft.text) == cell.text


def test_a_table_for_placing_only_becomes_paragraphs() -> None:
    left, right = Cell("ỦY BAN NHÂN DÂN\nHUYỆN SÔNG ĐÀ", 0, 0), Cell("CỘNG HÒA\nĐộc lập", 0, 1)
    number, place = Cell("Số: 1/KH-UBND", 1, 0), Cell("Sông Đà, ngày 1 tháng 2 năm 2023", 1, 1)
    draft = of_blocks(Table((left, right, number, place), layout=True))
    assert paragraphs(draft) == [
        "ỦY BAN NHÂN DÂN", "HUYỆN SÔNG ĐÀ", "Số: 1/KH-UBND", "CỘNG HÒA", "Độc lập", "Sông Đà, ngày 1 tháng 2 năm 2023"
    ]  # fmt: skip
    assert draft.grids == []


RUN_ON = [
    "Ủy ban nhân dân xã ban hành Kế hoạch như sau:",
    "I. MỤC TIÊU",
    "1. Mục tiêu chung: Giảm bạo lực trên cơ sở giới.",
    "2. Mục tiêu cụ thể:",
    "- 80% hộ được nghe tuyên truyền.",
    "- 100% thôn có tổ hòa giải.",
    "II. NHIỆM VỤ",
    "1. Tuyên truyền trên đài truyền thanh xã;",
    "a) Viết tin, bài;",
    "+ Phát mỗi tuần một lần.",
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Phòng Văn hóa - Xã hội chủ trì, báo cáo trước ngày 15/11.",
    "Trên đây là Kế hoạch, các thôn thực hiện./.",
    "Nơi nhận:",
    "- UBND huyện;",
    "- Lưu: VT.",
]


def test_a_text_without_paragraph_breaks_is_split_at_its_labels() -> None:
    assert split_run_on(" ".join(RUN_ON)) == RUN_ON


@pytest.mark.parametrize(
    "text",
    [
        "Sở Lao động - Thương binh và Xã hội và Sở Văn hóa, Thể thao và Du lịch giai đoạn 2021 - 2025 thực hiện.",
        "Đạt 1.250 người, 12.5 ha; theo khoản 1. Nghị định số 5 của Chính phủ. Các ngành thực hiện.",
        "",
        "một",
    ],
)
def test_ordinary_words_are_not_split(text: str) -> None:
    assert split_run_on(text) == [text]


def test_a_long_paragraph_without_labels_is_cut_only_for_its_length() -> None:
    words = "phụ nữ và nam giới cùng chia sẻ việc nhà " * 400
    draft = of_text(words.strip())
    assert max(len(p.text) for p in draft.paragraphs) <= 5_000
    assert " ".join(paragraphs(draft)) == words.strip()


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("**I. MỤC ĐÍCH**", "I. MỤC ĐÍCH"),
        ("**1**. **Mục đích**", "1. Mục đích"),
        ("*1.1. *Nâng cao nhận thức", "1.1. Nâng cao nhận thức"),
        ("*Căn cứ Luật Bình đẳng giới;*", "Căn cứ Luật Bình đẳng giới;"),
        ("* Về kinh phí: do ngân sách cấp.", "* Về kinh phí: do ngân sách cấp."),
        ("Thực hiện (*) theo phụ lục.", "Thực hiện (*) theo phụ lục."),
    ],
)
def test_marks_of_emphasis_are_taken_off(printed: str, text: str) -> None:
    assert paragraphs(of_text(f"Kế hoạch năm.\n\n{printed}\n")) == ["Kế hoạch năm.", text]


def test_emphasis_over_several_lines_is_taken_off() -> None:
    draft = of_text(
        "Kế hoạch năm.\n\n*Căn cứ Luật Bình đẳng giới ngày 29 tháng 11 năm 2006\ncủa Quốc hội;*\n\nI. MỤC ĐÍCH\n"
    )
    assert paragraphs(draft)[1] == "Căn cứ Luật Bình đẳng giới ngày 29 tháng 11 năm 2006 của Quốc hội;"


def test_letters_are_composed() -> None:
    parts = unicodedata.normalize("NFD", "Ủy ban nhân dân xã Suối Mơ chủ trì, phối hợp với các thôn.")
    draft = of_text(f"Kế hoạch.\n\n{parts}\n")
    assert draft.text == unicodedata.normalize("NFC", draft.text)
    assert paragraphs(draft)[1] == "Ủy ban nhân dân xã Suối Mơ chủ trì, phối hợp với các thôn."


def test_the_matching_copy_has_plain_dashes_and_spaces_in_the_same_places() -> None:
    draft = of_text("Kế hoạch.\n\nSố\xa012/KH\u2011UBND giai đoạn 2021 – 2025 của Uỷ ban\n")
    p = draft.paragraphs[1]
    assert p.match == "Số 12/KH-UBND giai đoạn 2021 - 2025 của Ủy ban"
    assert p.low == p.match.lower()
    assert p.back is None
    at = p.match.index("2021")
    assert p.place(at, at + 11).of(draft.text) == "2021 – 2025"


def test_where_mending_moved_letters_the_copy_says_where_they_stand() -> None:
    draft = of_text("Kế hoạch.\n\nGiao BanVSTBPN và SởNội vụ chủ trì; ĐIỀ U 1 giữ nguyên\n")
    p = draft.paragraphs[1]
    assert p.match == "Giao Ban VSTBPN và Sở Nội vụ chủ trì; ĐIỀU 1 giữ nguyên"
    assert p.back is not None
    assert len(p.back) == len(p.match) + 1
    for words, printed in (
        ("VSTBPN", "VSTBPN"),
        ("Sở Nội vụ", "SởNội vụ"),
        ("ĐIỀU 1", "ĐIỀ U 1"),
        ("nguyên", "nguyên"),
    ):
        at = p.match.index(words)
        assert p.place(at, at + len(words)).of(draft.text) == printed


WORDS = st.text("aàậbcdđ ABĐ 12.;:,-–/()*|[]\t\n\f\xa0", max_size=12)
PIECES = st.lists(
    st.sampled_from(
        ["I. MỤC ĐÍCH\n", "1. Sở Nội vụ chủ trì\n", "- UBND xã;\n", "\n\n", "\f2\n", "| a | b |\n", "\t12\n", "**Căn cứ**\n", "Nơi nhận:\n", "[1] chú thích\n"]
    )
    | WORDS,
    max_size=40,
)  # fmt: skip


def counted(*texts: str) -> Counter[str]:
    """Letters and digits, whatever the breaks: joining and splitting may move no letter away."""
    return Counter(c for text in texts for c in re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text)))


def contents(source: Source) -> list[str]:
    out: list[str] = []
    for block in source.blocks:
        if isinstance(block, Table):
            out += [c.text for c in block.cells]
        elif isinstance(block, Note):
            out += [block.mark, block.text]
        else:
            out.append(block.text)
    return out


@given(PIECES)
def test_every_letter_stands_in_the_text_or_is_said_to_be_removed(pieces: list[str]) -> None:
    source = take_in_bytes(("Kế hoạch\n" + "".join(pieces)).encode(), "van-ban.txt")
    draft = tidy(source)
    added = draft.removed[len(source.removed) :]
    assert counted(draft.text, *(r.text for r in added)) == counted(*contents(source))
    for p in draft.paragraphs:
        assert draft.text[p.start : p.end] == p.text
        assert len(p.match) == len(p.text) or p.back is not None
    assert "\n".join(p.text for p in draft.paragraphs) == draft.text
    starts = [start for _, start in draft.pages]
    assert starts == sorted(starts)


@pytest.mark.usefixtures("even_time")
@pytest.mark.parametrize("unit", ["Điều\n", "a\n", "1.\n", "- 2025\n", "**\n", "*a\n", "\t9\n", "I. MỤC\n", "a, \n"])
def test_time_is_linear_in_the_size(unit: str) -> None:
    def seconds(times: int) -> float:
        source = take_in_bytes(("Kế hoạch\n" + unit * times).encode(), "van-ban.txt")
        started = process_time()
        tidy(source)
        return process_time() - started

    one = min(seconds(2_000) for _ in range(2))
    assert min(seconds(8_000) for _ in range(2)) < 12 * one + 0.1
