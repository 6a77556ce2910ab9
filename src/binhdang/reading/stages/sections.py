"""Sections: what a heading is about, and which lines only describe an item."""

from __future__ import annotations

import re

# What a heading is about, by its words; the first that fits wins, a narrower heading below overrides.
_ABOUT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("slogans", re.compile(r"khẩu hiệu|thông điệp truyền thông|các thông điệp")),
    (
        "basis",
        re.compile(
            r"^(?:căn cứ|cơ sở pháp lý|căn cứ pháp lý|sự cần thiết)|^(?:đánh giá |khái quát |thực trạng|đặc điểm|tình hình|bối cảnh|kết quả (?:thực hiện|đạt được|công tác)|một số kết quả|tồn tại|hạn chế|khó khăn|nguyên nhân|thuận lợi)"
        ),
    ),
    ("content", re.compile(r"(?:nhiệm vụ|nội dung|hoạt động|giải pháp)[^.;]{0,40}phân công")),
    (
        "mixed",
        re.compile(
            r"(?:giải pháp|kinh phí|nội dung|nhiệm vụ).{0,30}(?:và|,) tổ chức thực hiện|(?:hoạt động|nhiệm vụ|nội dung|giải pháp|tiến độ|dự án|lộ trình).{0,40}(?:và|,) (?:nguồn |dự toán )?kinh phí"
        ),
    ),
    (
        "organisation",
        re.compile(
            r"tổ chức thực hiện|(?:^|và |, )phân công (?:trách nhiệm|nhiệm vụ|thực hiện|tổ chức)|trách nhiệm (?:của|thực hiện|thi hành)|^trách nhiệm|phân công$|tổ chức triển khai|^tổ chức chỉ đạo"
        ),
    ),
    (
        "reporting",
        re.compile(
            r"chế độ (?:thông tin|báo cáo)|thông tin,? báo cáo|công tác báo cáo|^báo cáo|thời hạn (?:gửi )?báo cáo|chế độ .{0,20}báo cáo"
        ),
    ),
    (
        "content",
        re.compile(
            r"nhiệm vụ.{0,12}giải pháp|giải pháp.{0,12}nhiệm vụ|nội dung.{0,12}giải pháp|hoạt động.{0,12}giải pháp"
        ),
    ),
    (
        "targets",
        re.compile(
            r"^(?:các |hệ thống |một số )?chỉ tiêu|mục tiêu cụ thể|chỉ tiêu (?:cụ thể|chủ yếu|phấn đấu|thực hiện)|mục tiêu,? chỉ tiêu|chỉ tiêu$|chỉ tiêu đến năm"
        ),
    ),
    (
        "objectives",
        re.compile(r"mục đích|mục tiêu|yêu cầu|quan điểm|ý nghĩa|phương châm|phương hướng chung|phạm vi điều chỉnh"),
    ),
    (
        "funding",
        re.compile(
            r"kinh phí|nguồn lực tài chính|nguồn vốn|ngân sách thực hiện|dự toán|cơ chế tài chính|nguồn tài chính"
        ),
    ),
    (
        "scope",
        re.compile(
            r"^(?:phạm vi|đối tượng|địa bàn|thời gian|địa điểm|thời gian,? địa điểm|quy mô|chủ đề|thời lượng|tên gọi|thành phần)(?!\w)"
        ),
    ),
    ("solutions", re.compile(r"^(?:các |một số |những |hệ thống )?giải pháp|biện pháp thực hiện|^(?:các )?biện pháp")),
    (
        "content",
        re.compile(
            r"nội dung|nhiệm vụ|hoạt động|lộ trình|dự án|tiểu dự án|mô hình|giai đoạn|công việc|kế hoạch thực hiện|công tác|chương trình|tiến độ|các bước"
        ),
    ),
)


# "Thời gian:", "- Cơ quan chủ trì thực hiện Dự án:" — attributes of an item, told by the words before the colon.
_ATTRIBUTE_WORDS = (
    ("lead", r"(?:cơ quan|đơn vị|bộ phận|ngành|phòng, ban|cấp|tổ chức|đầu mối)(?:,? (?:cơ quan|đơn vị|tổ chức))?(?: đầu mối)? (?:chịu trách nhiệm )?(?:chính |chủ trì|chủ quản|thực hiện|tổ chức|triển khai|phụ trách|chịu trách nhiệm|tham mưu)|chủ trì|phân công(?: thực hiện| chủ trì| trách nhiệm)?|đơn vị chính|giao"),
    ("partner", r"(?:cơ quan|đơn vị|bộ phận|tổ chức)(?:,? (?:cơ quan|đơn vị|tổ chức))? (?:cùng )?(?:phối hợp|tham gia|hỗ trợ)|phối hợp(?: thực hiện| với| tổ chức)?|tham gia"),
    ("due", r"thời gian|thời hạn|tiến độ|lộ trình|thời điểm|hoàn thành|kế hoạch thời gian|thời gian, địa điểm"),
    ("content", r"nội dung"),
    ("goal", r"mục tiêu|mục đích|chỉ tiêu|yêu cầu|kết quả|sản phẩm|đầu ra"),
    ("scope", r"phạm vi|địa bàn|địa điểm|nơi thực hiện|quy mô"),
    ("other", r"hình thức|phương thức|cách thức|phương pháp|đối tượng|thành phần|kinh phí|nguồn kinh phí|dự kiến kinh phí|số lượng|giảng viên|báo cáo viên|biện pháp|chủ đề|thông điệp|khẩu hiệu|ghi chú|tài liệu|số lớp|tần suất|thời lượng|phương tiện|nguồn lực|địa chỉ|lưu ý"),
)  # fmt: skip


_ATTRIBUTE = re.compile(
    r"(?:về |dự kiến )?(?:" + "|".join(f"(?P<{k}>{p})" for k, p in _ATTRIBUTE_WORDS) + r")(?![^\W\d_])[^:.;\d]{0,60}:",
)


_CONTENT_ATTRIBUTE = re.compile(r"[^:.;]{0,40}\bnội dung\s?:")


def attribute_of(words: str) -> tuple[str, int] | None:
    """The attribute that an item's words give ("due", "lead" …) and where its value begins, or None."""
    colon = words.find(":", 0, 91)
    if colon < 0:
        return None
    low = words[:110].lower()
    if m := _ATTRIBUTE.match(low):
        return m.lastgroup or "other", m.end()
    if colon < 60 and (m := _CONTENT_ATTRIBUTE.match(low)):
        return "content", m.end()
    return None


_BARE = re.compile(
    r"(?:Mục đích(?:, yêu cầu)?|Yêu cầu|Mục tiêu(?: chung| cụ thể| tổng quát)?|Quan điểm|(?:Các )?[Cc]hỉ tiêu(?: cụ thể| chủ yếu)?|Nhiệm vụ(?:, giải pháp| chủ yếu| trọng tâm)?|Giải pháp(?: thực hiện| chủ yếu)?|Nội dung(?: thực hiện| hoạt động| chủ yếu)?|Tổ chức thực hiện|(?:Nguồn )?[Kk]inh phí(?: thực hiện)?|Chế độ (?:thông tin,? )?báo cáo|Phân công (?:thực hiện|nhiệm vụ|trách nhiệm))"
)


def is_bare_heading(words: str) -> bool:
    """Whether a line is a well-known heading that lost its number ("Mục đích", "Yêu cầu")."""
    return len(words) < 32 and _BARE.fullmatch(words) is not None


def about(words: str) -> str | None:
    """What a heading is about, or None when its words do not say."""
    low = words.lower()[:160]
    return next((name for name, pattern in _ABOUT if pattern.search(low)), None)
