"""What is a task, and who leads, helps and by when: small bodies and what is read from them."""

from __future__ import annotations

import pytest

from binhdang.plan import Task
from reading_text import plan_of

CONTENT = "I. NỘI DUNG\n\n"
ORGANISATION = "I. TỔ CHỨC THỰC HIỆN\n\n"


def tasks(body: str) -> list[Task]:
    return list(plan_of(body).tasks)


# (why, body, the opening words of each task)
COUNTS = [
    ("each bullet is one", CONTENT + "1. Truyền thông\n\n- Treo pano.\n\n- Phát tờ rơi.", ["Treo pano", "Phát tờ rơi"]),
    (
        "never split at semicolons",
        CONTENT + "1. Truyền thông\n\n- Treo pano; phát tờ rơi; mở lớp.",
        ["Treo pano; phát"],
    ),
    ("a numbered item without bullets", CONTENT + "1. Mở hội nghị.\n\n2. Mở lớp học.", ["Mở hội nghị", "Mở lớp học"]),
    (
        "the lowest level",
        CONTENT + "1. Việc làm\n\na) Nhóm một\n\n- Mở lớp nghề.\n\n- Mở sàn việc làm.",
        ["Mở lớp nghề", "Mở sàn"],
    ),
    (
        "points that only describe an item are no tasks",
        CONTENT + "1. Hội thi\n\n- Hình thức: sân khấu hóa.\n\n- Thời gian: tháng 3.\n\n- Kinh phí: tự cân đối.",
        ["Hội thi"],
    ),
    (
        "with one Nội dung its words are the task",
        CONTENT + "1. Tập huấn\n\n- Nội dung: Mở lớp về lồng ghép giới.\n\n- Thời gian: Quý II.",
        ["Nội dung: Mở lớp"],
    ),
    (
        "several bullets under Nội dung are a task each",
        CONTENT + "1. Dự án A\n\n- Nội dung:\n\n+ Mở lớp nghề.\n\n+ Lập câu lạc bộ.\n\n- Cơ quan thực hiện: Sở Nội vụ.",
        ["Mở lớp nghề", "Lập câu lạc bộ"],
    ),
    ("an agency's clause is one", ORGANISATION + "1. Phòng Tư pháp: Mở lớp; in tờ rơi.", ["Phòng Tư pháp: Mở lớp"]),
    (
        "an agency's bullets are a task each",
        ORGANISATION + "1. Phòng Tư pháp\n\n- Mở lớp.\n\n- In tờ rơi.\n\n- Báo cáo kết quả.",
        ["Mở lớp", "In tờ rơi", "Báo cáo"],
    ),
    (
        "objectives are none",
        "I. MỤC ĐÍCH\n\n- Nâng cao nhận thức.\n\nII. NỘI DUNG\n\n- Mở lớp học nghề.",
        ["Mở lớp học nghề"],
    ),
    ("targets are none", "I. CHỈ TIÊU\n\n- 70% người dân được nghe.\n\nII. NỘI DUNG\n\n- Mở lớp học.", ["Mở lớp học"]),
    (
        "the closing words are none",
        CONTENT + "- Mở lớp học.\n\nTrên đây là Kế hoạch, yêu cầu các đơn vị thực hiện./.",
        ["Mở lớp"],
    ),
    (
        "slogans are none",
        CONTENT + "- Mở lớp học.\n\nII. KHẨU HIỆU TUYÊN TRUYỀN\n\n1. Vì phụ nữ hạnh phúc!\n\n2. Nói không với bạo lực!",
        ["Mở lớp"],
    ),
    (
        "unnumbered paragraphs under an item belong to it",
        CONTENT
        + "1. Mô hình\n\n- Mô hình 1 (Câu lạc bộ):\n\nHỗ trợ ra mắt, trang bị tài liệu.\n\nĐánh giá hằng quý.\n\n- Mở lớp.",
        ["Mô hình 1", "Mở lớp"],
    ),
]


@pytest.mark.parametrize(("why", "body", "openings"), COUNTS, ids=[c[0] for c in COUNTS])
def test_what_is_one_task(why: str, body: str, openings: list[str]) -> None:
    """A task is the lowest item that tells somebody to do something."""
    found = [t.text for t in tasks(body)]
    assert len(found) == len(openings), found
    assert all(text.startswith(opening) for text, opening in zip(found, openings, strict=True)), found


# (why, body, leads of each task, partners of each task)
ROLES = [
    ("the doer of a clause leads", ORGANISATION + "1. Phòng Tư pháp: Mở lớp tập huấn.", [["Phòng Tư pháp"]], [[]]),
    (
        "a heading names the lead",
        ORGANISATION + "1. Phòng Nội vụ\n\nChủ trì, phối hợp với Phòng Y tế và các đơn vị liên quan mở lớp tập huấn.",
        [["Phòng Nội vụ"]],
        [["Phòng Y tế", "các đơn vị liên quan"]],
    ),
    (
        "a line opens the bullets after it",
        CONTENT + "1. Truyền thông\n\nPhòng Nội vụ chủ trì, phối hợp với Hội Nông dân:\n\n- Mở lớp.\n\n- Treo pano.",
        [["Phòng Nội vụ"], ["Phòng Nội vụ"]],
        [["Hội Nông dân"], ["Hội Nông dân"]],
    ),
    (
        "a line closes the bullets before it",
        CONTENT + "1. Truyền thông\n\n- Mở lớp.\n\n- Treo pano.\n\n- Đơn vị thực hiện: Phòng Y tế.",
        [["Phòng Y tế"], ["Phòng Y tế"]],
        [[], []],
    ),
    (
        "each item's own lines",
        CONTENT
        + "1. Mở lớp.\n\n- Cơ quan chủ trì: Sở Y tế.\n\n- Cơ quan phối hợp: Sở Nội vụ.\n\n2. Treo pano.\n\n- Cơ quan chủ trì: Sở Tư pháp.",
        [["Sở Y tế"], ["Sở Tư pháp"]],
        [["Sở Nội vụ"], []],
    ),
    (
        "a bracket at the end",
        CONTENT
        + "- Mở lớp tập huấn cho cán bộ thôn (Công an xã chủ trì; Trạm Y tế phối hợp; hoàn thành trong tháng 3).",
        [["Công an xã"]],
        [["Trạm Y tế"]],
    ),
    (
        "work handed out by the number of its content",
        CONTENT
        + "1. Dự án 1\n\n- Nội dung của Dự án:\n\n+ Nội dung 1: Mở lớp.\n\n+ Nội dung 2: In sách.\n\n- Cơ quan thực hiện Dự án:\n\n"
        + "+ Sở Y tế chủ trì thực hiện Nội dung 1.\n\n+ Sở Nội vụ chủ trì thực hiện Nội dung 2.",
        [["Sở Y tế"], ["Sở Nội vụ"]],
        [[], []],
    ),
    (
        "work handed out by label in the organisation section",
        "I. NỘI DUNG\n\n1. Truyền thông\n\n1.1. Mở lớp.\n\n1.2. In sách.\n\nII. TỔ CHỨC THỰC HIỆN\n\n"
        + "1. Sở Y tế: Chủ trì thực hiện các nội dung tại mục 1.1; 1.2.",
        [["Sở Y tế"], ["Sở Y tế"], ["Sở Y tế"]],
        [[], [], []],
    ),
    ("for whom it is done is no partner", CONTENT + "- Mở lớp cho công chức Phòng Tư pháp.", [[]], [[]]),
]


@pytest.mark.parametrize(("why", "body", "leads", "partners"), ROLES, ids=[c[0] for c in ROLES])
def test_who_leads_and_helps(why: str, body: str, leads: list[list[str]], partners: list[list[str]]) -> None:
    """What an item does not say itself it takes from its lines, its headings, and orders by number."""
    found = tasks(body)
    assert [list(t.leads) for t in found] == leads
    assert [list(t.partners) for t in found] == partners


def test_a_request_is_told_apart() -> None:
    """Bodies that are asked, not told, are marked."""
    body = ORGANISATION + "1. Phòng Tư pháp: Mở lớp tập huấn.\n\n2. Đề nghị Hội Nông dân huyện: Vận động hội viên."
    assert [(t.leads, t.requested) for t in tasks(body)] == [
        (("Phòng Tư pháp",), False),
        (("Hội Nông dân huyện",), True),
    ]


def test_two_places_that_disagree_are_both_kept() -> None:
    """An item's own lead and another place's are both leads, and a finding says so."""
    body = (
        "I. NỘI DUNG\n\n1. Truyền thông\n\n1.1. Mở lớp (Sở Tư pháp chủ trì).\n\nII. TỔ CHỨC THỰC HIỆN\n\n"
        "1. Sở Y tế: Chủ trì thực hiện các nội dung tại mục 1.1."
    )
    plan = plan_of(body)
    assert plan.tasks[0].leads == ("Sở Tư pháp", "Sở Y tế")
    assert "task.lead-conflict" in {f.code for f in plan.findings}


@pytest.mark.parametrize(
    ("item", "leads", "partners"),
    [
        ("Hằng năm, Sở Nội vụ tổ chức hội nghị.", ("Sở Nội vụ",), ()),
        ("Định kỳ 6 tháng một lần, Thống kê tỉnh công bố số liệu.", ("Thống kê tỉnh",), ()),
        ("Thí điểm dịch vụ tư vấn: Sở Y tế thực hiện; thời gian: quý II.", ("Sở Y tế",), ()),
        ("Sở Nội vụ chủ trì, cùng với Công an tỉnh tổ chức lễ.", ("Sở Nội vụ",), ("Công an tỉnh",)),
        ("Mở lớp (Sở Nội vụ và Sở Y tế đồng chủ trì).", ("Sở Nội vụ", "Sở Y tế"), ()),
        ("Diễu hành; Thị đoàn chủ trì, Công an thị xã phối hợp bảo đảm trật tự.", ("Thị đoàn",), ("Công an thị xã",)),
        ("Sở Y tế chủ trì, phối hợp với Trường Đào tạo, Bồi dưỡng cán bộ mở lớp.", ("Sở Y tế",), ("Trường Đào tạo, Bồi dưỡng cán bộ",)),
        ("Rà soát tài liệu (các cơ quan báo chí, Nhà xuất bản Công Thương; thường xuyên).", ("các cơ quan báo chí", "Nhà xuất bản Công Thương"), ()),
    ],
)  # fmt: skip
def test_whom_an_item_names_in_its_own_words(item: str, leads: tuple[str, ...], partners: tuple[str, ...]) -> None:
    (task,) = tasks("I. NỘI DUNG\n\n1. " + item)
    assert (task.leads, task.partners) == (leads, partners)


def test_a_directive_lays_its_clauses_on_agencies() -> None:
    """No section stands above "1. Sở A …": what it says is laid on the agency."""
    body = "1. Sở Y tế: Kiểm tra các cơ sở.\n\n2. Sở Tư pháp\n\na) Tập huấn nghiệp vụ.\n\nb) Rà soát văn bản."
    assert [(t.kind, t.leads) for t in tasks(body)] == [
        ("responsibility", ("Sở Y tế",)),
        ("responsibility", ("Sở Tư pháp",)),
        ("responsibility", ("Sở Tư pháp",)),
    ]


def test_solutions_under_an_objective_are_tasks() -> None:
    body = (
        "II. MỤC TIÊU VÀ GIẢI PHÁP\n\nMục tiêu 1. Trong lĩnh vực chính trị\n\n- Chỉ tiêu: Đạt 62% cơ quan có lãnh đạo nữ.\n\n"
        "- Giải pháp:\n\n+ Rà soát quy hoạch.\n\n+ Mở 02 lớp bồi dưỡng.\n\n"
        "Sở Nội vụ chủ trì thực hiện Mục tiêu 1; Công an tỉnh có trách nhiệm phối hợp."
    )
    assert [(t.leads, t.partners) for t in tasks(body)] == [(("Sở Nội vụ",), ("Công an tỉnh",))] * 2


def test_work_is_handed_out_by_letters() -> None:
    body = (
        "II. NỘI DUNG\n\n1. Kinh tế\n\na) Mở phiên giao dịch.\n\nb) Dạy nghề.\n\nc) Tập huấn khởi sự.\n\n"
        "Giao Sở Công Thương chủ trì thực hiện giải pháp a, b; Sở Tài chính chủ trì thực hiện giải pháp c."
    )
    assert [t.leads for t in tasks(body)] == [("Sở Công Thương",), ("Sở Công Thương",), ("Sở Tài chính",)]


def test_a_note_on_a_heading_says_who_does_what_stands_below() -> None:
    body = (
        "II. NỘI DUNG\n\n1. Truyền thông[1]\n\n- Nói chuyện chuyên đề.\n\n- Viết tin, bài.\n\n2. Tập huấn\n\n- Mở lớp.\n\n"
        "___________\n[1] Sở Y tế chủ trì; Sở Tư pháp phối hợp."
    )
    assert [(t.leads, t.partners) for t in tasks(body)] == [
        (("Sở Y tế",), ("Sở Tư pháp",)),
        (("Sở Y tế",), ("Sở Tư pháp",)),
        ((), ()),
    ]


def test_an_item_that_names_one_of_several_owners_is_that_ones() -> None:
    body = ORGANISATION + "1. Sở Y tế, Báo Kiến Sơn\n\n- Sở Y tế hướng dẫn cơ sở.\n\n- Đăng bài về bình đẳng giới."
    assert [t.leads for t in tasks(body)] == [("Sở Y tế",), ("Sở Y tế", "Báo Kiến Sơn")]


def test_a_line_that_names_another_lead_is_a_finding() -> None:
    body = "I. NỘI DUNG\n\n1. Sở Nội vụ chủ trì mở lớp tập huấn.\n\n- Cơ quan chủ trì: {}."
    apart, same = plan_of(body.format("Sở Tài chính")), plan_of(body.format("Sở Nội vụ"))
    assert apart.tasks[0].leads == ("Sở Nội vụ", "Sở Tài chính")
    assert "task.lead-conflict" in {f.code for f in apart.findings}
    assert same.tasks[0].leads == ("Sở Nội vụ",)
    assert "task.lead-conflict" not in {f.code for f in same.findings}


def test_the_own_place_of_the_paper_is_left_out_of_names() -> None:
    """The paper is of the district of An Khê: its bodies need not say so, another district's must."""
    body = (
        ORGANISATION
        + "1. Hội Nông dân huyện An Khê: Vận động.\n\n2. UBND huyện An Khê: Chỉ đạo.\n\n3. Hội Nông dân huyện Kim Sơn: Vận động."
    )
    assert [t.leads for t in tasks(body)] == [
        ("Hội Nông dân huyện",),
        ("Ủy ban nhân dân huyện",),
        ("Hội Nông dân huyện Kim Sơn",),
    ]


def test_a_foot_note_says_who_does_the_item_it_is_called_from() -> None:
    """The note's agency leads, with the note as evidence."""
    plan = plan_of("I. NỘI DUNG\n\n- Mở lớp[1].\n\n- In sách.\n\n[1] Sở Tư pháp chủ trì thực hiện.")
    assert [t.leads for t in plan.tasks[:2]] == [("Sở Tư pháp",), ()]
    assert plan.tasks[0].evidence.leads[0].of(plan.text) == "Sở Tư pháp"


DUES = [
    ("a heading's stretch holds below it", CONTENT + "1. Tháng hành động từ 15/11 đến 15/12\n\n- Treo pano.", ("window", "2024-11-15", "2024-12-15")),
    ("a phase holds below it", CONTENT + "1. Giai đoạn 2024-2025\n\n- Treo pano.", ("window", "2024-01-01", "2025-12-31")),
    ("a line before the items", CONTENT + "1. Lễ\n\nThời gian: Quý II năm 2024.\n\n- Treo pano.", ("by", "2024-06-30", None)),
    ("a line after the items", CONTENT + "1. Lễ\n\n- Treo pano.\n\nThời gian: tháng 3/2024.", ("by", "2024-03-31", None)),
    ("the item's own words win", CONTENT + "1. Giai đoạn 2024-2025\n\n- Treo pano, hoàn thành trước ngày 30/6/2024.", ("by", "2024-06-30", None)),
    ("manner is no time", CONTENT + "1. Lễ\n\n- Chi theo quy định hiện hành của Nhà nước.", None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "body", "due"), DUES, ids=[c[0] for c in DUES])
def test_when(why: str, body: str, due: tuple[str, str, str | None] | None) -> None:
    """The time of an item, its own or handed down."""
    found = tasks(body)[0].due
    if due is None or found is None:
        assert found is due
        return
    first = found.date if found.type == "by" else found.start
    assert (found.type, str(first), str(found.end) if found.end else None) == due


def test_every_span_holds_its_words() -> None:
    """A task's span slices the text to its words, evidence to the names."""
    plan = plan_of(CONTENT + "1. Dự án\n\n- Mở lớp.\n\n- Đơn vị thực hiện: Sở Y tế; đơn vị phối hợp: Sở Nội vụ.")
    task = plan.tasks[0]
    assert task.span.of(plan.text) == task.text == "Mở lớp."
    assert [s.of(plan.text) for s in task.evidence.leads] == ["Sở Y tế"]
    assert [s.of(plan.text) for s in task.evidence.partners] == ["Sở Nội vụ"]


def test_an_annexed_table_gives_tasks() -> None:
    """Rows of a table with agencies and times are tasks; one that the body already names is only filled in."""
    body = (
        CONTENT + "1. Truyền thông\n\n- Mở lớp tập huấn cho cán bộ thôn.\n\nPHỤ LỤC\n\n"
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n|---|---|---|---|---|\n"
        "| 1 | Mở lớp tập huấn cho cán bộ thôn | Sở Y tế | | Quý I |\n"
        "| 2 | Treo pano ở trung tâm xã | Sở Tư pháp | Sở Y tế, Hội Nông dân | Tháng 3 |\n"
    )
    found = tasks(body)
    assert [(t.text, t.leads, t.partners, str(t.due.date) if t.due else None) for t in found] == [
        ("Mở lớp tập huấn cho cán bộ thôn.", ("Sở Y tế",), (), "2024-03-31"),
        ("Treo pano ở trung tâm xã", ("Sở Tư pháp",), ("Sở Y tế", "Hội Nông dân"), "2024-03-31"),
    ]
