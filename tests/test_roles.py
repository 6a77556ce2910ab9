"""Who leads, who helps, who is only asked: read from an item's own words, a clause's opening, an attribute line."""

import pytest

from binhdang.reading.draft import Paragraph
from binhdang.reading.stages.roles import Roles, line_roles, own_roles, owner_roles
from binhdang.vietnamese.text import lower, plain

RELATED = "các cơ quan liên quan"


def paragraph(text: str) -> Paragraph:
    match = plain(text)
    return Paragraph(start=0, text=text, match=match, low=lower(match))


def of_item(text: str) -> Roles:
    """The roles of an item without a label, as the tasks stage asks for them."""
    p = paragraph(text)
    return own_roles(p, 0, opening=owner_roles(p, 0))


@pytest.mark.parametrize(
    ("text", "leads", "partners"),
    [
        # Chủ trì.
        ("Tổ chức hội thảo do Sở Nội vụ chủ trì.", ["Sở Nội vụ"], []),
        ("Biên soạn tài liệu; do Sở Y tế chủ trì, phối hợp với Sở Tư pháp.", ["Sở Y tế"], ["Sở Tư pháp"]),
        (
            "Sở Y tế chủ trì, phối hợp với Sở Tư pháp, Công an tỉnh và các cơ quan liên quan thực hiện.",
            ["Sở Y tế"],
            ["Sở Tư pháp", "Công an tỉnh", RELATED],
        ),
        ("Sở Y tế chủ trì phối hợp Sở Tư pháp rà soát số liệu.", ["Sở Y tế"], ["Sở Tư pháp"]),  # no comma, no "với"
        ("Sở Y tế chủ trì, phối hợp cùng Sở Tư pháp rà soát.", ["Sở Y tế"], ["Sở Tư pháp"]),
        ("Sở Nội vụ, Sở Y tế chủ trì tập huấn.", ["Sở Nội vụ", "Sở Y tế"], []),  # two leads
        ("Phòng Văn hóa - Xã hội là cơ quan chủ trì.", ["Phòng Văn hóa - Xã hội"], []),
        ("Sở Nội vụ chịu trách nhiệm chủ trì tổng hợp.", ["Sở Nội vụ"], []),
        ("Sở Nội vụ có trách nhiệm chủ trì tổng hợp.", ["Sở Nội vụ"], []),
        ("Rà soát quy hoạch cán bộ nữ. Ban Tổ chức Huyện ủy chủ trì.", ["Ban Tổ chức Huyện ủy"], []),
        ("Sở Nội vụ (cơ quan thường trực) chủ trì tổng hợp.", ["Sở Nội vụ"], []),  # an aside is no part of the name
        ("Tổ chức tập huấn - Sở Nội vụ chủ trì.", ["Sở Nội vụ"], []),
        ("Bố trí kinh phí; Sở Tài chính chủ trì, Sở Nội vụ phối hợp.", ["Sở Tài chính"], ["Sở Nội vụ"]),
        ("Bố trí kinh phí. Sở Tài chính chịu trách nhiệm thực hiện.", ["Sở Tài chính"], []),
        ("Tư vấn tại cộng đồng do Hội Phụ nữ, Hội Nông dân phối hợp thực hiện.", ["Hội Phụ nữ", "Hội Nông dân"], []),
        # Giao, phân công.
        ("Giao nhiệm vụ cho Phòng Nội vụ tham mưu.", ["Phòng Nội vụ"], []),
        ("Ủy ban nhân dân huyện giao Phòng Nội vụ theo dõi.", ["Phòng Nội vụ"], []),  # who is told, not who tells
        ("UBND tỉnh giao Sở Nội vụ chủ trì, phối hợp với Sở Y tế thực hiện.", ["Sở Nội vụ"], ["Sở Y tế"]),
        ("Vận động doanh nghiệp ký giao ước với Công đoàn cơ sở.", [], []),  # "giao ước" hands nothing out
        ("Giao Sở Nội vụ theo dõi, đôn đốc.", ["Sở Nội vụ"], []),
        (
            "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính bố trí kinh phí.",
            ["Sở Nội vụ"],
            ["Sở Tài chính"],
        ),
        ("Giao cho Hội Phụ nữ xã tổ chức diễn đàn.", ["Hội Phụ nữ xã"], []),
        ("Phân công Công an xã tiếp nhận tin báo.", ["Công an xã"], []),
        ("Xây dựng mô hình. Giao Hội Nông dân huyện thực hiện.", ["Hội Nông dân huyện"], []),
        ("Tập huấn cho nữ đại biểu (giao Sở Nội vụ chủ trì).", ["Sở Nội vụ"], []),
        ("Biên soạn sổ tay do Trạm Y tế xã thực hiện.", ["Trạm Y tế xã"], []),
        # The clause of an agency.
        ("Sở Tư pháp: Tổ chức tuyên truyền pháp luật.", ["Sở Tư pháp"], []),
        ("Sở Tư pháp tổ chức tuyên truyền pháp luật.", ["Sở Tư pháp"], []),
        (
            "Sở Tư pháp: Phối hợp với Đài Phát thanh - Truyền hình tỉnh mở chuyên mục.",
            ["Sở Tư pháp"],
            ["Đài Phát thanh - Truyền hình tỉnh"],
        ),
        ("Các sở, ban, ngành: Lồng ghép vào kế hoạch hằng năm.", ["các sở, ban, ngành"], []),
        ("Ủy ban nhân dân các xã, phường bố trí kinh phí.", ["Ủy ban nhân dân các xã, phường"], []),
        ("Các Sở: Y tế; Tư pháp tổ chức lồng ghép.", ["Sở Y tế", "Sở Tư pháp"], []),
        # Brackets at the end.
        ("Khám sức khỏe cho phụ nữ nghèo (Trạm Y tế xã).", ["Trạm Y tế xã"], []),
        ("Mở lớp tập huấn (Sở Nội vụ chủ trì; Sở Tài chính phối hợp).", ["Sở Nội vụ"], ["Sở Tài chính"]),
        (
            "Mở lớp tập huấn (Sở Nội vụ chủ trì, phối hợp với Sở Tài chính; hoàn thành trong tháng 3).",
            ["Sở Nội vụ"],
            ["Sở Tài chính"],
        ),
        (
            "Viết tin bài (Đài Truyền thanh xã thực hiện, Hội Phụ nữ xã phối hợp).",
            ["Đài Truyền thanh xã"],
            ["Hội Phụ nữ xã"],
        ),
        ("Ra mắt câu lạc bộ (hoàn thành trong Quý II).", [], []),  # a time is nobody
        ("Giám sát chính sách (theo kế hoạch của Hội).", [], []),
        # Keys inside an item.
        ("Tổ chức diễn đàn. Chủ trì: Tỉnh đoàn; phối hợp: Sở Nội vụ.", ["Tỉnh đoàn"], ["Sở Nội vụ"]),
        (
            "Tổ chức hội thi. Cơ quan chủ trì: Sở Tư pháp. Cơ quan phối hợp: Sở Y tế, Tỉnh đoàn.",
            ["Sở Tư pháp"],
            ["Sở Y tế", "Tỉnh đoàn"],
        ),
        ("Tuyên truyền lưu động. Đơn vị thực hiện: Trung tâm Văn hóa huyện.", ["Trung tâm Văn hóa huyện"], []),
        ("Truyền thông lưu động (thực hiện: Hội Phụ nữ xã).", ["Hội Phụ nữ xã"], []),
        # Nobody: for whom, to whom, what kind.
        ("Tập huấn cho Hội Phụ nữ các cấp về kỹ năng.", [], []),
        ("Tăng cường giao lưu giữa các câu lạc bộ.", [], []),
        ("Tổ chức giao ban định kỳ.", [], []),
        ("Nâng cao chất lượng phối hợp liên ngành.", [], []),
        ("Duy trì đường dây nóng.", [], []),
    ],
)
def test_an_item_says_who_leads_and_helps(text: str, leads: list[str], partners: list[str]) -> None:
    roles = of_item(text)
    assert (roles.leads, roles.partners) == (leads, partners)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát.", ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"]),
        ("Đề nghị Hội Nông dân tỉnh: Vận động hội viên.", ["Hội Nông dân tỉnh"]),
        ("Kính đề nghị Tỉnh đoàn phát động phong trào.", ["Tỉnh đoàn"]),
        ("Đề nghị Tòa án nhân dân tỉnh, Viện kiểm sát nhân dân tỉnh cung cấp số liệu.",
         ["Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh"]),
    ],
)  # fmt: skip
def test_who_is_outside_the_line_of_command_is_asked(text: str, asked: list[str]) -> None:
    roles = of_item(text)
    assert (roles.leads, roles.requested) == (asked, True)


def test_who_is_told_is_not_asked() -> None:
    assert not of_item("Yêu cầu Sở Y tế báo cáo kết quả.").requested
    assert not of_item("Giao Sở Y tế tổng hợp, đề nghị khen thưởng.").requested


@pytest.mark.parametrize(
    ("line", "kind", "leads", "partners"),
    [
        ("Cơ quan thực hiện: Sở Nội vụ.", "lead", ["Sở Nội vụ"], []),
        ("Cơ quan thực hiện: Sở Nội vụ, Sở Y tế.", "lead", ["Sở Nội vụ", "Sở Y tế"], []),
        ("Đơn vị chủ trì: Công an huyện.", "lead", ["Công an huyện"], []),
        ("Cơ quan phối hợp: Sở Y tế và các cơ quan liên quan.", "partner", [], ["Sở Y tế", RELATED]),
        ("Phối hợp: UBND các xã, thị trấn.", "partner", [], ["Ủy ban nhân dân các xã, thị trấn"]),
        ("Cơ quan thực hiện: Sở Nội vụ; phối hợp: Sở Y tế.", "lead", ["Sở Nội vụ"], ["Sở Y tế"]),
        ("Cơ quan thực hiện: Sở Nội vụ chủ trì, phối hợp với Sở Y tế.", "lead", ["Sở Nội vụ"], ["Sở Y tế"]),
        ("Đơn vị thực hiện: Giao Sở Nội vụ chủ trì.", "lead", ["Sở Nội vụ"], []),
        (
            "Thực hiện: Sở Nội vụ chủ trì; Sở Y tế, Sở Tư pháp phối hợp.",
            "lead",
            ["Sở Nội vụ"],
            ["Sở Y tế", "Sở Tư pháp"],
        ),
        ("Cơ quan thực hiện: do Sở Nội vụ chủ trì.", "lead", ["Sở Nội vụ"], []),
        ("Cơ quan chủ trì: Sở Nội vụ. Cơ quan phối hợp: Sở Y tế.", "lead", ["Sở Nội vụ"], ["Sở Y tế"]),
        (
            "Cơ quan thực hiện: Sở Nội vụ (chủ trì); Sở Y tế, Sở Tư pháp (phối hợp)",
            "lead",
            ["Sở Nội vụ"],
            ["Sở Y tế", "Sở Tư pháp"],
        ),
        (
            "Phân công thực hiện: Hội Phụ nữ xã (chủ trì), Công an xã (phối hợp).",
            "lead",
            ["Hội Phụ nữ xã"],
            ["Công an xã"],
        ),
    ],
)
def test_an_attribute_line(line: str, kind: str, leads: list[str], partners: list[str]) -> None:
    roles = line_roles(paragraph(line), line.index(":") + 1, kind)
    assert (roles.leads, roles.partners) == (leads, partners)


@pytest.mark.parametrize(
    ("text", "verbs", "owners"),
    [
        ("Sở Nội vụ", False, ["Sở Nội vụ"]),  # a heading of one name
        ("Sở Nội vụ:", False, ["Sở Nội vụ"]),
        ("Sở Nội vụ, Sở Y tế:", False, ["Sở Nội vụ", "Sở Y tế"]),
        ("Trách nhiệm của Sở Nội vụ", False, ["Sở Nội vụ"]),
        ("Đối với các sở, ban, ngành:", False, ["các sở, ban, ngành"]),
        ("Sở Nội vụ tổ chức hội nghị", True, ["Sở Nội vụ"]),
        ("Sở Nội vụ tổ chức hội nghị", False, None),  # a heading that is a sentence
        ("Công tác cán bộ nữ", True, None),
        ("Ban hành văn bản", True, None),
        ("Sở Nội vụ được khen thưởng", True, None),  # something is done to it
    ],
)
def test_who_a_clause_belongs_to(text: str, verbs: bool, owners: list[str] | None) -> None:
    found = owner_roles(paragraph(text), 0, verbs=verbs)
    assert (found[0].leads if found else None) == owners


def test_nobody_both_leads_and_helps() -> None:
    roles = of_item("Sở Nội vụ chủ trì, phối hợp với Sở Nội vụ, Sở Y tế thực hiện.")
    assert (roles.leads, roles.partners) == (["Sở Nội vụ"], ["Sở Y tế"])


def test_where_it_is_said() -> None:
    p = paragraph("Tập huấn (Sở Nội vụ chủ trì; Sở Y tế phối hợp).")
    roles = own_roles(p, 0)
    assert [p.text[s.start : s.end] for s in roles.lead_spans] == ["Sở Nội vụ"]
    assert [p.text[s.start : s.end] for s in roles.partner_spans] == ["Sở Y tế"]
