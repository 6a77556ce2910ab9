"""Which paragraph heads which: the outline of small bodies, drawn by indenting, each with the reason.

The drawing is both the text (its lines, without the indenting) and the tree that is expected (the indenting, two spaces
a level). A line led by "~ " goes on with the words of the item above it; "**…**" is bold.
"""

from __future__ import annotations

import re
from itertools import pairwise
from textwrap import dedent

import pytest

from binhdang.reading.draft import Draft
from binhdang.reading.intake import take_in_bytes
from binhdang.reading.stages.document import read_document
from binhdang.reading.stages.nesting import Node
from binhdang.reading.stages.outline import Tree, kind_of, outline
from binhdang.reading.stages.tidy import tidy

HEAD = "KẾ HOẠCH\n\nCông tác bình đẳng giới năm 2023\n\nCăn cứ Luật Bình đẳng giới ngày 29 tháng 11 năm 2006;\n\n"


def tree_of(*lines: str) -> tuple[Draft, Tree]:
    draft = tidy(take_in_bytes((HEAD + "\n\n".join(lines) + "\n").encode(), "van-ban.txt"))
    read_document(draft)
    return draft, outline(draft)


def drawn(tree: Tree) -> str:
    """The tree as the cases draw it."""
    rows = []
    for node in tree.nodes:
        indent = "  " * (node.level - 1)
        for p in node.paragraphs:
            words = f"**{p.text}**" if p.bold else p.text
            rows.append(f"{indent}{'~ ' if p is not node.first else ''}{words}")
    return "\n".join(rows)


DRAWINGS = {
    "roman, arabic, letter, dash, plus": """
        I. NHIỆM VỤ
          1. Công tác tuyên truyền
            a) Tuyên truyền miệng
              - Nói chuyện chuyên đề
                + Ở thôn
                + Ở trường
              - Họp thôn
            b) Tuyên truyền trên đài
          2. Công tác cán bộ
        II. KINH PHÍ
    """,
    "parts and chapters above romans": """
        PHẦN THỨ NHẤT
        ~ MỤC TIÊU
          I. MỤC TIÊU CHUNG
          II. MỤC TIÊU CỤ THỂ
            1. Về chính trị
        PHẦN THỨ HAI
        ~ NHIỆM VỤ
          I. TUYÊN TRUYỀN
    """,
    "chapter, section, article": """
        Chương I. QUY ĐỊNH CHUNG
          Mục 1. PHẠM VI
            Điều 1. Phạm vi điều chỉnh
              1. Quy chế này áp dụng trong huyện
              2. Quy chế này không áp dụng nơi khác
            Điều 2. Đối tượng áp dụng
          Mục 2. NGUYÊN TẮC
            Điều 3. Nguyên tắc
        Chương II. TỔ CHỨC
          Điều 4. Tổ chức thực hiện
    """,
    "capital letters above romans": """
        A. MỤC TIÊU
          I. MỤC TIÊU CHUNG
          II. CHỈ TIÊU
        B. GIẢI PHÁP
          I. TUYÊN TRUYỀN
    """,
    "dotted numbers of two and three parts": """
        I. NỘI DUNG
          1. Tuyên truyền
            1.1. Trên đài truyền thanh
              1.1.1. Viết tin
              1.1.2. Phát sóng
            1.2. Trên mạng xã hội
          2. Tập huấn
            2.1. Cho cán bộ xã
    """,
    "dotted numbers right under a roman": """
        I. NỘI DUNG
          1.1. Tuyên truyền
            - Viết tin
          1.2. Tập huấn
        II. KINH PHÍ
          2.1. Ngân sách xã
    """,
    "dotted numbers that carry the roman": """
        II. NỘI DUNG
          II.1. Tuyên truyền
            - Viết tin
          II.2. Tập huấn
    """,
    "letters with đ between d and e": """
        1. Phân công
          a) Sở Nội vụ chủ trì
          b) Sở Y tế phối hợp
          c) Sở Tài chính cấp kinh phí
          d) Sở Tư pháp thẩm định
          đ) Công an tỉnh điều tra
          e) Các xã thực hiện
        2. Kinh phí
    """,
    "dash below letter, then the next letter": """
        1. Nội dung
          a) Tuyên truyền
            - Viết tin
            - Phát sóng
          b) Tập huấn
            - Cho cán bộ
    """,
    "a plus and a bracket for a bullet": """
        1. Nội dung
          - Tuyên truyền
            +) Viết tin
            +) Phát sóng
          - Tập huấn
    """,
    "stars as bullets": """
        1. Nội dung
          * Tuyên truyền
            - Viết tin
            - Phát sóng
          * Tập huấn
            - Cho cán bộ
    """,
    "stars above letters": """
        I. NỘI DUNG
          * Cấp huyện
            1. Sở Nội vụ chủ trì
            2. Sở Y tế phối hợp
    """,
    "plus first, dash inside": """
        1. Nội dung
          + Tuyên truyền
            - Viết tin
            - Phát sóng
          + Tập huấn
    """,
    "numbers with a stroke": """
        I. NỘI DUNG
          1/ Tuyên truyền
            a/ Viết tin
            b/ Phát sóng
          2/ Tập huấn
    """,
    "romans with a dash, numbers with a dash": """
        I- NỘI DUNG
          1- Tuyên truyền
            - Viết tin
          2- Tập huấn
        II- KINH PHÍ
    """,
    "numbers in brackets": """
        I. NỘI DUNG
          1. Tuyên truyền
            (1) Viết tin cho đài
            (2) Phát sóng mỗi tuần
          2. Tập huấn
            (1) Cho cán bộ xã
    """,
    "numbers with a bracket below numbers with a dot are one list with them": """
        I. NỘI DUNG
          1) Tuyên truyền
          2) Tập huấn
    """,
    "romans without a dot": """
        I MỤC TIÊU
          1. Mục tiêu chung
        II NHIỆM VỤ
          1. Tuyên truyền
    """,
    "sections start at II": """
        II. NHIỆM VỤ
          1. Tuyên truyền
          2. Tập huấn
        III. KINH PHÍ
    """,
    "a number printed twice": """
        I. NỘI DUNG
          1. Tuyên truyền
            - Viết tin
          2. Tập huấn
          2. Kiểm tra
            - Ở cơ sở
          3. Sơ kết
    """,
    "a number left out": """
        I. NỘI DUNG
          1. Tuyên truyền
          3. Kiểm tra
          4. Sơ kết
        III. KINH PHÍ
    """,
    "numbers that start again in each section": """
        I. MỤC TIÊU
          1. Mục tiêu chung
          2. Mục tiêu cụ thể
        II. NHIỆM VỤ
          1. Tuyên truyền
          2. Tập huấn
    """,
    "numbers that go on over the sections": """
        I. MỤC TIÊU
          1. Mục tiêu chung
          2. Mục tiêu cụ thể
        II. NHIỆM VỤ
          3. Tuyên truyền
          4. Tập huấn
    """,
    "a list that starts again inside a letter": """
        1. Cấp tỉnh
          a) Tuyên truyền, vận động
            1. Viết tin
            2. Phát sóng
          b) Tập huấn
        2. Cấp huyện
    """,
    "letters that start again under each number": """
        I. NỘI DUNG
          1. Tuyên truyền
            a) Viết tin
            b) Phát sóng
          2. Tập huấn
            a) Cho cán bộ
    """,
    "bullets right under a roman": """
        I. MỤC TIÊU
          - Nâng cao nhận thức.
          - Giảm khoảng cách giới.
        II. NHIỆM VỤ
          - Tuyên truyền.
    """,
    "unnumbered paragraphs under a heading": """
        I. MỤC TIÊU
          Nâng cao nhận thức của cán bộ và nhân dân về bình đẳng giới.
          Giảm khoảng cách giới trong các lĩnh vực của đời sống.
        II. NHIỆM VỤ
          Tuyên truyền sâu rộng trong nhân dân.
    """,
    "a paragraph under a bullet belongs to it": """
        1. Tuyên truyền
          - Viết tin, bài cho đài truyền thanh xã.
          ~ Mỗi tháng phát ít nhất hai lần.
          - Tổ chức hội thi.
    """,
    "a paragraph after a long numbered sentence belongs to it": """
        II. TỔ CHỨC THỰC HIỆN
          1. Phòng Nội vụ: Chủ trì, phối hợp với các cơ quan liên quan theo dõi, đôn đốc, hướng dẫn, kiểm tra việc thực hiện Kế hoạch này.
          ~ Định kỳ tổng hợp kết quả.
          2. Phòng Tài chính: Bố trí kinh phí.
    """,
    "a lead-in line opens the list after it": """
        I. NHIỆM VỤ
          Trong năm tập trung các việc sau:
            - Tuyên truyền.
            - Tập huấn.
        II. KINH PHÍ
    """,
    "bold headings without numbers": """
        **Mục đích, yêu cầu**
          Nâng cao nhận thức của cán bộ và nhân dân.
        **Nhiệm vụ chủ yếu**
          - Tuyên truyền.
          - Tập huấn.
        **Tổ chức thực hiện**
          - Các thôn thực hiện.
    """,
    "bold headings above numbers": """
        I. NHIỆM VỤ
          **Lĩnh vực chính trị**
            1. Bồi dưỡng cán bộ nữ
            2. Quy hoạch cán bộ nữ
          **Lĩnh vực kinh tế**
            1. Dạy nghề
    """,
    "a bold heading after numbered items stands beside them": """
        I. NHIỆM VỤ
          1. Tuyên truyền
            - Viết tin.
          2. Tập huấn
            - Cho cán bộ.
          **Tổ chức thực hiện**
            - Các thôn thực hiện.
    """,
    "bold numbered headings": """
        **I. NHIỆM VỤ**
          **1. Tuyên truyền**
            - Viết tin.
          **2. Tập huấn**
            - Cho cán bộ.
    """,
    "projects and what belongs to them": """
        II. CÁC DỰ ÁN
          Dự án 1: Truyền thông
            1. Mục tiêu
            2. Nội dung
              - Viết tin.
          Dự án 2: Tập huấn
            1. Mục tiêu
    """,
    "subprojects inside a project": """
        I. CÁC DỰ ÁN
          Dự án 1: Truyền thông
            Tiểu dự án 1: Trên đài
              - Viết tin.
            Tiểu dự án 2: Trên mạng
              - Đăng bài.
          Dự án 2: Tập huấn
            - Cho cán bộ.
    """,
    "contents named by number": """
        II. NỘI DUNG
          Nội dung 1: Truyền thông
            - Viết tin.
          Nội dung 2: Tập huấn
            - Cho cán bộ.
    """,
    "targets named by number": """
        1. Chỉ tiêu
          Chỉ tiêu 1: Đạt 60% cơ quan có lãnh đạo nữ.
          Chỉ tiêu 2: Đạt 50% lao động nữ có việc làm.
        2. Giải pháp
    """,
    "attribute lines beside the bullets of an item": """
        1. Tuyên truyền
          - Viết tin, bài;
          - Tổ chức hội thi.
          Thời gian: Quý I.
          Đơn vị thực hiện: Phòng Văn hóa.
        2. Tập huấn
          - Cho cán bộ.
          Thời gian: Quý II.
    """,
    "attribute bullets beside the bullets of an item": """
        1. Tuyên truyền
          - Nội dung: Viết tin, bài.
          - Thời gian: Quý I.
          - Đơn vị thực hiện: Phòng Văn hóa.
        2. Tập huấn
    """,
    "contents below the line that announces them": """
        I. CÁC HOẠT ĐỘNG
          a) Hoạt động 1
            - Nội dung:
              + Viết tin;
              + Phát sóng.
            - Cơ quan thực hiện: Đài truyền thanh.
          b) Hoạt động 2
            - Nội dung: Tập huấn.
    """,
    "the closing paragraph stands alone": """
        II. TỔ CHỨC
          1. Phòng Nội vụ chủ trì.
          2. Các xã thực hiện.
        Trên đây là Kế hoạch công tác bình đẳng giới năm 2023 của huyện./.
    """,
    "numbers of a list lost": """
        I. MỤC ĐÍCH, YÊU CẦU
          Mục đích
            - Nâng cao nhận thức.
          Yêu cầu
            - Bảo đảm thiết thực.
        II. NHIỆM VỤ
    """,
    "unmarked paragraphs that belong to a plus": """
        1. Nội dung
          - Tuyên truyền
            + Viết tin, bài cho đài truyền thanh xã.
            ~ Mỗi tháng phát ít nhất hai lần.
            + Phát sóng.
    """,
    "a letter with a stroke": """
        I. NỘI DUNG
          a/ Viết tin
            - Cho đài
          b/ Phát sóng
    """,
    "a unit over two paragraphs": """
        II. TỔ CHỨC THỰC HIỆN
          1. Đề nghị Ủy ban Mặt trận Tổ quốc huyện
            - Vận động đoàn viên, hội viên.
            - Giám sát việc thực hiện.
          2. Các xã
    """,
    "two bold headings inside a section keep their own items": """
        I. NHIỆM VỤ
          **Đối với cấp huyện**
            - Viết tin.
          **Đối với cấp xã**
            - Họp thôn.
    """,
    "an appendix closes everything": """
        I. NỘI DUNG
          1. Tuyên truyền
        PHỤ LỤC 1
        ~ DANH MỤC CÁC LỚP
          1. Lớp ở xã
        PHỤ LỤC 2
        ~ KHẨU HIỆU
          1. Bình đẳng là hạnh phúc
    """,
    "headings in capitals without numbers": """
        MỤC ĐÍCH, YÊU CẦU
          1. Mục đích
          2. Yêu cầu
        NHIỆM VỤ, GIẢI PHÁP
          1. Tuyên truyền
    """,
    "bullets after attribute lines go on with their list": """
        1. Tuyên truyền
          - Viết tin, bài.
            + Thời gian: Quý I.
          - Tổ chức hội thi.
            + Thời gian: Quý II.
    """,
    "capitals below a roman section": """
        I. Mục tiêu
        II. Nhiệm vụ
          A. Giai đoạn một
            1. Khảo sát
          B. Giai đoạn hai
            1. Nhân rộng
        III. Tổ chức thực hiện
    """,
    "groups by year head their own bullets": """
        1. Chỉ tiêu
          Đến năm 2025:
            - 60% cơ quan có lãnh đạo nữ.
          Đến năm 2030:
            - 75% cơ quan có lãnh đạo nữ.
    """,
    "a decree's article quoted in an item is no article": """
        1. Tuyên truyền
          - Phổ biến Luật Bình đẳng giới.
          ~ Điều 5 của Luật được in thành tờ rơi.
        2. Tập huấn
    """,
}


def lines_of(drawing: str) -> list[str]:
    return dedent(drawing).strip().split("\n")


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=list(DRAWINGS))
def test_tree(drawing: str) -> None:
    lines = lines_of(drawing)
    _, tree = tree_of(*(re.sub(r"^\s*(?:~ )?", "", line) for line in lines))
    assert drawn(tree) == "\n".join(lines)


def node(tree: Tree, words: str) -> Node:
    (found,) = [n for n in tree.nodes if n.first.text.startswith(words)]
    return found


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("I. NỘI", "I"),
        ("1. Tuyên", "I.1"),
        ("a) Viết", "I.1.a"),
        ("- Cho", "I.1.a"),
        ("1.1. Ở", "I.1.1"),
        ("II.1. Lập", "II.1"),
    ],
)
def test_label_path(words: str, path: str) -> None:
    _, tree = tree_of(
        "I. NỘI DUNG", "1. Tuyên truyền", "a) Viết tin", "- Cho đài", "1.1. Ở xã", "II. KINH PHÍ", "II.1. Lập dự toán"
    )
    assert node(tree, words).path() == path


ABOUT = [
    ("I. MỤC ĐÍCH, YÊU CẦU", "objectives"),
    ("I. CHỈ TIÊU NĂM 2023", "targets"),
    ("2. Mục tiêu cụ thể", "targets"),
    ("II. NHIỆM VỤ, GIẢI PHÁP", "content"),
    ("II. CÁC GIẢI PHÁP", "solutions"),
    ("II. NỘI DUNG HOẠT ĐỘNG", "content"),
    ("II. CÔNG TÁC TUYÊN TRUYỀN", "content"),
    ("III. KINH PHÍ THỰC HIỆN", "funding"),
    ("IV. TỔ CHỨC THỰC HIỆN", "organisation"),
    ("IV. PHÂN CÔNG TRÁCH NHIỆM", "organisation"),
    ("V. CHẾ ĐỘ THÔNG TIN, BÁO CÁO", "reporting"),
    ("II. PHẠM VI, ĐỐI TƯỢNG", "scope"),
    ("I. ĐẶC ĐIỂM TÌNH HÌNH", "basis"),
    ("I. CĂN CỨ PHÁP LÝ", "basis"),
    ("V. KHẨU HIỆU TUYÊN TRUYỀN", "slogans"),
    ("III. GIẢI PHÁP VÀ TỔ CHỨC THỰC HIỆN", "mixed"),
    ("III. NỘI DUNG VÀ KINH PHÍ", "mixed"),
]


@pytest.mark.parametrize(("heading", "about"), ABOUT, ids=[a[0] for a in ABOUT])
def test_what_a_section_is_about(heading: str, about: str) -> None:
    _, tree = tree_of("I. MỞ ĐẦU", heading, "- Việc thứ nhất của năm.", "- Việc thứ hai của năm.")
    assert [n.about for n in tree.nodes[1:]] == [about] * 3


def test_a_heading_below_another_changes_what_its_own_items_are_about() -> None:
    _, tree = tree_of(
        "I. MỤC TIÊU", "1. Mục tiêu chung", "- Giảm bạo lực.", "2. Chỉ tiêu", "- Đạt 60%.", "II. TỔ CHỨC THỰC HIỆN",
        "1. Nhiệm vụ của Sở Nội vụ", "- Chủ trì.", "2. Chế độ báo cáo", "- Báo cáo trước ngày 15/11.",
    )  # fmt: skip
    assert node(tree, "- Giảm").about == "objectives"
    assert node(tree, "- Đạt").about == "targets"
    assert node(tree, "- Chủ trì").about == "organisation"
    assert node(tree, "- Báo cáo").about == "reporting"


@pytest.mark.parametrize(
    ("line", "attribute"),
    [
        ("- Thời gian: Quý I.", "due"), ("Thời hạn hoàn thành: tháng 3.", "due"), ("- Cơ quan chủ trì: Sở Nội vụ.", "lead"), ("Đơn vị thực hiện: các thôn.", "lead"),
        ("- Cơ quan phối hợp: Sở Y tế.", "partner"), ("- Nội dung:", "content"), ("- Hình thức: họp.", "other"), ("- Địa điểm: xã Sông Đà.", "scope"), ("- Mục tiêu: 100%.", "goal"),
        ("- Phân công thực hiện: Công an xã.", "lead"), ("- Kinh phí: 20 triệu đồng.", "other"), ("- Tổ chức hội nghị: 02 cuộc.", None), ("- Tuyên truyền.", None),
    ],
)  # fmt: skip
def test_attribute_lines(line: str, attribute: str | None) -> None:
    _, tree = tree_of("I. NỘI DUNG", "1. Tuyên truyền", "- Viết tin.", line)
    assert tree.nodes[-1].attribute == attribute


KINDS = [
    ("I. MỤC ĐÍCH", "objective"), ("II. CHỈ TIÊU", "objective"), ("II. NHIỆM VỤ", "section"), ("Dự án 1: Truyền thông", "project"), ("Tiểu dự án 2: Trên đài", "subproject"),
    ("Nội dung 1: Truyền thông", "content"), ("Mô hình 3: Thôn an toàn", "model"), ("PHỤ LỤC 1", "appendix"), ("1. Giai đoạn 2021 - 2025", "phase"), ("III. GIẢI PHÁP", "solution"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "kind"), KINDS, ids=[k[0] for k in KINDS])
def test_kinds_of_headings(heading: str, kind: str) -> None:
    _, tree = tree_of("I. MỞ ĐẦU", heading, "- Việc thứ nhất của năm.")
    assert kind_of(tree.nodes[1]) == kind


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Dự án 2: Tập huấn", ("dự án", 2)), ("1. Truyền thông (Nội dung 1)", ("nội dung", 1)), ("Tiếu dự án 2: Trên đài", ("tiểu dự án", 2)),
        ("I. DỰ ÁN 1: TRUYỀN THÔNG", ("dự án", 1)), ("1. Dự án 5% hộ nghèo", None), ("1. Truyền thông", None),
    ],
)  # fmt: skip
def test_names_by_number(line: str, named: tuple[str, int] | None) -> None:
    _, tree = tree_of("I. NỘI DUNG", line, "- Việc thứ nhất của năm.")
    assert tree.nodes[1].named == named


def test_every_paragraph_of_the_body_stands_in_the_tree_once_and_in_order() -> None:
    for drawing in DRAWINGS.values():
        draft, tree = tree_of(*(re.sub(r"^\s*(?:~ )?", "", line) for line in lines_of(drawing)))
        body = [p.start for p in draft.paragraphs if p.zone == "body"]
        assert [p.start for n in tree.nodes for p in n.paragraphs] == body
        assert all(n.index < m.index for n, m in pairwise(tree.nodes))
        assert all(c.parent is n for n in tree.nodes for c in n.children)


def test_nesting_without_end_stays_shallow() -> None:
    lines = [".".join(["1"] * (i % 5 + 2)) + ". Việc" if i % 2 else f"{'-+*'[i % 3]} việc:" for i in range(300)]
    _, tree = tree_of("I. NỘI DUNG", *lines)
    assert sum(len(n.paragraphs) for n in tree.nodes) == 301
    assert max(n.level for n in tree.nodes) <= 24
