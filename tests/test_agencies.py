"""Agencies in running text: where a name begins and ends, how it is written out, what is none."""

from time import process_time

import pytest

from binhdang.reading.stages.agencies import parse_name, parse_names
from binhdang.reference.agencies import read_field, spell_out
from binhdang.vietnamese.text import lower, plain


def names_in(text: str) -> list[str]:
    match = plain(text)
    return [n.text for n in parse_names(match, lower(match), 0)[0]]


def rest_after(text: str) -> str:
    match = plain(text)
    return match[parse_names(match, lower(match), 0)[1] :].strip()


LDTBXH = "Sở Lao động - Thương binh và Xã hội"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Sở LĐTBXH", LDTBXH),
        ("Sở LĐ-TBXH", LDTBXH),
        ("Sở LĐTB&XH", LDTBXH),
        ("Sở Lao động TB&XH", LDTBXH),
        ("Sở Lao động- TB&XH", LDTBXH),  # no space before the dash
        ("Sở Lao động – Thương binh và Xã hội", LDTBXH),  # a long dash
        ("Sở Lao động, Thương binh và Xã hội", LDTBXH),  # a comma where a dash belongs
        ("Phòng LĐ-TB và XH", "Phòng Lao động - Thương binh và Xã hội"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở Giáo dục & Đào tạo", "Sở Giáo dục và Đào tạo"),
        ("Sở VHTT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),  # tone mark the new way
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ("Sở VH-TT-DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Phòng NN-PTNT", "Phòng Nông nghiệp và Phát triển nông thôn"),
        ("Phòng TN-MT", "Phòng Tài nguyên và Môi trường"),
        ("Sở DT&TG", "Sở Dân tộc và Tôn giáo"),
        ("Phòng KTHT&ĐT", "Phòng Kinh tế, Hạ tầng và Đô thị"),
        ("Phòng VH-XH", "Phòng Văn hóa - Xã hội"),
        ("Phòng TC-KH", "Phòng Tài chính - Kế hoạch"),
        ("UBND các huyện, TX, TP", "Ủy ban nhân dân các huyện, thị xã, thành phố"),
        ("UBMTTQ Việt Nam tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("UBMTTQVN xã", "Ủy ban Mặt trận Tổ quốc Việt Nam xã"),
        ("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("LĐLĐ huyện", "Liên đoàn Lao động huyện"),
        ("Đoàn TNCS HCM huyện", "Đoàn Thanh niên Cộng sản Hồ Chí Minh huyện"),
        ("Hội CCB xã", "Hội Cựu chiến binh xã"),
        ("TAND tỉnh", "Tòa án nhân dân tỉnh"),
        ("VKSND huyện", "Viện kiểm sát nhân dân huyện"),
        ("Bộ CHQS tỉnh", "Bộ Chỉ huy Quân sự tỉnh"),
        ("Bộ Chỉ huy BĐBP tỉnh", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"),
        ("Ban VSTBPN tỉnh", "Ban Vì sự tiến bộ của phụ nữ tỉnh"),
        ("BHXH tỉnh", "Bảo hiểm xã hội tỉnh"),
        ("NHCSXH huyện", "Ngân hàng Chính sách xã hội huyện"),
        ("Đài PT&TH tỉnh", "Đài Phát thanh và Truyền hình tỉnh"),
        ("VP UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("CA xã", "Công an xã"),
        ("TTYT huyện", "Trung tâm Y tế huyện"),
        ("Hội NCT xã", "Hội Người cao tuổi xã"),
        ("Hội LHPN Việt Nam", "Hội Liên hiệp Phụ nữ Việt Nam"),
        ("TT.HĐND tỉnh", "Thường trực Hội đồng nhân dân tỉnh"),
        ("Ban VSTBPN&BĐG tỉnh", "Ban Vì sự tiến bộ của phụ nữ và bình đẳng giới tỉnh"),
        ("Trường THPT Lê Lợi", "Trường trung học phổ thông Lê Lợi"),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", LDTBXH),  # a heading in capitals
        ("CÔNG AN TỈNH", "Công an tỉnh"),
        ("UBND XÃ", "Ủy ban nhân dân xã"),
        ("sở y tế", "Sở Y tế"),  # no capitals at all
    ],
)
def test_abbreviations_are_written_out(printed: str, name: str) -> None:
    assert names_in(printed) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "Bộ Giáo dục và Đào tạo",  # "và" inside a name
        "Sở Dân tộc và Tôn giáo",
        "Sở Nông nghiệp và Môi trường",
        "Phòng Kinh tế, Hạ tầng và Đô thị",  # a comma inside a name
        "Phòng Văn hóa, Khoa học và Thông tin",
        "Bộ Văn hóa, Thể thao và Du lịch",
        "Phòng Tài chính - Kế hoạch",  # a dash inside a name
        "Đài Phát thanh - Truyền hình tỉnh",
        "Báo và Đài Phát thanh, Truyền hình tỉnh",  # one press house since 2025
        "Trung tâm Dịch vụ việc làm tỉnh",  # a verb-like word inside a name
        "Trung tâm Hỗ trợ nông dân",
        "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện",
        "Trung tâm Văn hóa, Thông tin và Thể thao",
        "Trung tâm Công tác xã hội và Bảo vệ trẻ em",
        "Trung tâm Trợ giúp pháp lý nhà nước",
        "Trung tâm Dịch vụ tổng hợp xã",
        "Ban Quản lý dự án",
        "Phòng Bảo vệ chăm sóc trẻ em và Bình đẳng giới",
        "Phòng Lao động - Thương binh và Xã hội - Dân tộc",  # two fields in one office
        "Phòng Kinh tế - Hạ tầng",
        "Liên hiệp các tổ chức hữu nghị tỉnh",  # "tổ chức" is no verb after "các"
        "Ban công tác Mặt trận",  # not "ban công"
        "Ủy ban nhân dân tỉnh",  # keeps its level
        "Ủy ban nhân dân xã",
        "Hội đồng nhân dân tỉnh",
        "Thường trực Hội đồng nhân dân tỉnh",
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện",
        "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
        "Ban Tổ chức Tỉnh ủy",  # party bodies
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "Ban Thường vụ Huyện ủy",
        "Ủy ban Kiểm tra Tỉnh ủy",
        "Đảng ủy xã",
        "Tỉnh đoàn",
        "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
        "Liên minh Hợp tác xã tỉnh",
        "Hiệp hội Doanh nghiệp nhỏ và vừa tỉnh",
        "Hội Bảo vệ quyền trẻ em tỉnh",
        "Công an tỉnh",
        "Tòa án nhân dân tối cao",
        "Ngân hàng Chính sách xã hội tỉnh",
        "Cục Thống kê tỉnh",
        "Vụ Bình đẳng giới",
        "Trạm Y tế xã",
        "Trường Chính trị tỉnh",
        "Thông tấn xã Việt Nam",
        "Cổng Thông tin điện tử tỉnh",
    ],
)
def test_a_full_name_is_one_name_and_stays(name: str) -> None:
    assert names_in(name) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Tư pháp, Sở Y tế", ["Sở Tư pháp", "Sở Y tế"]),
        ("Sở Nội vụ và Sở Y tế", ["Sở Nội vụ", "Sở Y tế"]),
        ("Bộ Tài nguyên và Môi trường và Bộ Nội vụ", ["Bộ Tài nguyên và Môi trường", "Bộ Nội vụ"]),  # two kinds of "và"
        ("Sở Y tế; Sở Tài chính và các cơ quan liên quan", ["Sở Y tế", "Sở Tài chính", "các cơ quan liên quan"]),
        ("Công an tỉnh, Tòa án nhân dân tỉnh", ["Công an tỉnh", "Tòa án nhân dân tỉnh"]),
        ("Hội Nông dân, Hội Cựu chiến binh huyện", ["Hội Nông dân", "Hội Cựu chiến binh huyện"]),
        ("Sở Nội vụ, UBND các xã, phường", ["Sở Nội vụ", "Ủy ban nhân dân các xã, phường"]),
        (
            "Tỉnh đoàn, Liên đoàn Lao động tỉnh cùng các đoàn thể",
            ["Tỉnh đoàn", "Liên đoàn Lao động tỉnh", "các đoàn thể"],
        ),
        ("Công đoàn, Đoàn Thanh niên và Hội Phụ nữ", ["Công đoàn", "Đoàn Thanh niên", "Hội Phụ nữ"]),
        # One head for several fields.
        ("Các Sở: Y tế; Tư pháp", ["Sở Y tế", "Sở Tư pháp"]),
        ("các Sở: Y tế, Giáo dục và Đào tạo, Nội vụ", ["Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Nội vụ"]),
        (
            "các Bộ: Công an, Quốc phòng và các cơ quan liên quan",
            ["Bộ Công an", "Bộ Quốc phòng", "các cơ quan liên quan"],
        ),
        ("Các phòng: Nội vụ, Tư pháp", ["Phòng Nội vụ", "Phòng Tư pháp"]),
        ("Các Sở Y tế, Tư pháp và Nội vụ", ["Sở Y tế", "Sở Tư pháp", "Sở Nội vụ"]),
        ("Sở Tư pháp, Y tế", ["Sở Tư pháp", "Sở Y tế"]),  # the head is not printed again
        (
            "Các sở, ban, ngành: Y tế, Tư pháp, Công an tỉnh",
            ["Sở Y tế", "Sở Tư pháp", "Công an tỉnh"],
        ),
        (
            "Các Sở: Tài chính, Y tế, Hội Nông dân tỉnh",  # the list goes on with a name that has its own head
            ["Sở Tài chính", "Sở Y tế", "Hội Nông dân tỉnh"],
        ),
        # Posts stand for their office.
        ("Giám đốc Sở Y tế", ["Sở Y tế"]),
        ("Chủ tịch UBND các xã, phường", ["Ủy ban nhân dân các xã, phường"]),
        ("Thủ trưởng các cơ quan, đơn vị", ["các cơ quan, đơn vị"]),
        ("Chánh Văn phòng UBND tỉnh", ["Văn phòng Ủy ban nhân dân tỉnh"]),
        ("Trưởng phòng Nội vụ", ["Phòng Nội vụ"]),
        ("Hiệu trưởng các trường", ["Hiệu trưởng các trường"]),  # a school's head has no other office
        ("Trưởng thôn", ["Trưởng thôn"]),
        ("Sở: Y tế, Tư pháp", ["Sở Y tế", "Sở Tư pháp"]),
        ("Sở Y tế cùng với Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
    ],
)
def test_a_list_is_its_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("các sở, ban, ngành", "các sở, ban, ngành"),
        ("Các sở, ban, ngành liên quan", "các sở, ban, ngành liên quan"),
        ("các cơ quan liên quan", "các cơ quan liên quan"),
        ("các cơ quan, đơn vị có liên quan", "các cơ quan, đơn vị có liên quan"),
        ("các sở, ngành, đoàn thể cấp tỉnh", "các sở, ngành, đoàn thể cấp tỉnh"),
        ("các tổ chức chính trị - xã hội", "các tổ chức chính trị - xã hội"),
        ("các tổ chức CT-XH", "các tổ chức chính trị - xã hội"),
        ("các xã, phường, đặc khu", "các xã, phường, đặc khu"),
        ("báo, đài", "báo, đài"),
        ("các cấp, các ngành liên quan", "các cấp, các ngành liên quan"),
        ("các đơn vị trực thuộc Sở", "các đơn vị trực thuộc Sở"),
        ("các thôn, tổ dân phố", "các thôn, tổ dân phố"),
        ("các cơ quan báo chí đóng trên địa bàn tỉnh", "các cơ quan báo chí đóng trên địa bàn tỉnh"),
        ("cơ quan, đơn vị liên quan", "cơ quan, đơn vị liên quan"),
        ("đơn vị liên quan", "đơn vị liên quan"),
        ("UBND các xã, thị trấn", "Ủy ban nhân dân các xã, thị trấn"),  # one committee at several places
        ("Ủy ban nhân dân các cấp", "Ủy ban nhân dân các cấp"),
        ("HĐND, UBND các xã", "Hội đồng nhân dân, Ủy ban nhân dân các xã"),
        ("Hội LHPN các huyện, thị xã, thành phố", "Hội Liên hiệp Phụ nữ các huyện, thị xã, thành phố"),
        ("các trường học trên địa bàn", "các trường học trên địa bàn"),
        ("các trường mầm non, tiểu học, trung học cơ sở", "các trường mầm non, tiểu học, trung học cơ sở"),
        ("các ngân hàng thương mại", "các ngân hàng thương mại"),
        ("CÁC SỞ, BAN, NGÀNH", "các sở, ban, ngành"),
        (
            "Ban VSTBPN các sở, ban, ngành và các huyện, thành phố",  # one body at several places
            "Ban Vì sự tiến bộ của phụ nữ các sở, ban, ngành và các huyện, thành phố",
        ),
    ],
)
def test_a_group_stays_one_group(text: str, group: str) -> None:
    assert names_in(text) == [group]


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("Sở Tư pháp tổ chức hội nghị", "Sở Tư pháp", "tổ chức hội nghị"),
        ("Sở Y tế chủ trì", "Sở Y tế", "chủ trì"),
        ("Hội Phụ nữ xã vận động hội viên", "Hội Phụ nữ xã", "vận động hội viên"),
        ("Công an xã tiếp nhận tin báo", "Công an xã", "tiếp nhận tin báo"),
        ("Trung tâm Y tế huyện khám sức khỏe", "Trung tâm Y tế huyện", "khám sức khỏe"),
        ("Đài Truyền thanh huyện phát sóng chuyên mục", "Đài Truyền thanh huyện", "phát sóng chuyên mục"),
        ("Ban Vì sự tiến bộ của phụ nữ tỉnh kiểm tra", "Ban Vì sự tiến bộ của phụ nữ tỉnh", "kiểm tra"),
        ("UBND xã bố trí kinh phí", "Ủy ban nhân dân xã", "bố trí kinh phí"),
        ("các cơ quan, đơn vị căn cứ nhiệm vụ được giao", "các cơ quan, đơn vị", "căn cứ nhiệm vụ được giao"),
        ("Phòng Nội vụ: tham mưu", "Phòng Nội vụ", ": tham mưu"),
        ("Sở Tài chính (đơn vị thường trực)", "Sở Tài chính", "(đơn vị thường trực)"),
        ("Sở Nội vụ có trách nhiệm theo dõi", "Sở Nội vụ", "có trách nhiệm theo dõi"),
        ("Trung tâm Hỗ trợ nông dân hỗ trợ vốn", "Trung tâm Hỗ trợ nông dân", "hỗ trợ vốn"),  # name, then the verb
        ("Hội Nông dân và các hội viên", "Hội Nông dân", ""),
        ("Tỉnh đoàn phát động phong trào", "Tỉnh đoàn", "phát động phong trào"),
    ],
)
def test_a_name_ends_where_somebody_begins_to_do(text: str, name: str, rest: str) -> None:
    found = names_in(text)
    assert found[0] == name
    if len(found) == 1:
        assert rest_after(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "Ban hành kế hoạch",
        "Hội nghị tập huấn",
        "Hội thảo chuyên đề",
        "Hội thi tìm hiểu",
        "Phòng ngừa bạo lực",
        "Phòng, chống bạo lực gia đình",
        "giao ban hằng quý",
        "Đoàn kết nội bộ",
        "Đoàn viên, hội viên",
        "Báo cáo kết quả",
        "Bộ luật Lao động",
        "Bộ chỉ số giám sát",
        "Bộ tài liệu tập huấn",
        "Trường hợp có khó khăn",
        "Đội ngũ cán bộ nữ",
        "Vụ việc bạo lực",
        "Quỹ đất",
        "Viện dẫn quy định",
        "Thanh tra việc thực hiện",
        "Văn phòng phẩm",
        "bảo hiểm y tế cho phụ nữ nghèo",
        "Xây dựng mô hình",
        "phụ nữ và trẻ em gái",
        "Các hoạt động truyền thông",
        "Các nội dung cụ thể",
        "",
    ],
)
def test_words_that_look_like_a_body_and_are_none(text: str) -> None:
    assert names_in(text) == []


def test_places_are_those_of_the_matching_copy() -> None:
    match = plain("Giao Sở LĐTBXH chủ trì")
    name = parse_name(match, lower(match), 5)
    assert name is not None
    assert match[name.start : name.end] == "Sở LĐTBXH"
    assert not name.group


def test_a_limit_cuts_the_words_that_may_belong_to_a_name() -> None:
    match = plain("Sở Y tế, Sở Tư pháp chủ trì")
    names, end = parse_names(match, lower(match), 0, limit=7)
    assert [n.text for n in names] == ["Sở Y tế"]
    assert end == 7


@pytest.mark.parametrize(
    ("low", "field"),
    [
        ("y tế và", ("Y tế", 4)),
        ("lđtbxh", ("Lao động - Thương binh và Xã hội", 6)),
        ("tài chính - kế hoạch", (None, 20)),  # kept as printed, only its extent is known
        ("trồng cây", None),
        ("y tếng", None),  # not a whole word
    ],
)
def test_a_field_of_work(low: str, field: tuple[str | None, int] | None) -> None:
    assert read_field(low, 0) == field


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("các tổ chức CT-XH", "các tổ chức chính trị - xã hội"),
        ("  Sở  Y tế ; ", "Sở Y tế"),  # blanks and end marks
        ("Hội ND", "Hội Nông dân"),
        ("Hội PN xã", "Hội Liên hiệp Phụ nữ xã"),
        ("BCH Đảng bộ tỉnh", "Ban Chấp hành Đảng bộ tỉnh"),
        ("Tỉnh đoàn", "Tỉnh đoàn"),
        ("Trung tâm CTXH", "Trung tâm Công tác xã hội"),
        ("các tổ chức CTXH", "các tổ chức chính trị - xã hội"),  # the same letters mean another thing
    ],
)
def test_spelling_out(printed: str, written: str) -> None:
    assert spell_out(printed) == written


@pytest.mark.parametrize("text", ["Sở Y tế, " * 20_000, "các " * 50_000, "Hội " * 50_000, "Sở " + "và " * 50_000])
def test_long_hostile_words_take_no_time(text: str) -> None:
    match = plain(text)
    low = lower(match)
    began = process_time()
    parse_names(match, low, 0)
    assert process_time() - began < 0.5
