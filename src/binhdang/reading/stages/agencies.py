"""Agencies: names and lists of names in running text, written out in full.

Reads: a paragraph's matching copy. Writes nothing; the other stages call it where an agency is expected.
A name is: the People's Committees with their levels; a head word (Sở, Phòng, Hội …) with its field or its words up to
the next verb or mark; or a group of common nouns ("các sở, ban, ngành liên quan"), which stays a group.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from binhdang.reference.agencies import read_field, spell_out
from binhdang.vietnamese.phrases import any_of
from binhdang.vietnamese.text import LOWER, UPPER

_CAP = UPPER


class Name(NamedTuple):
    """An agency: its name written out, its place in the matching copy, and whether it is a group."""

    text: str
    start: int
    end: int
    group: bool


_LEVEL = (
    r"(?:cấp (?:tỉnh|huyện|xã|cơ sở)|các cấp|tỉnh|thành phố|tp(?![\w])\.?|quận|huyện|thị xã|tx(?!\w)\.?|thị trấn|tt(?!\w)\.?|xã|phường"
    r"|đặc khu|địa phương)(?!\w)"
)
_COMMITTEE = re.compile(
    r"(?:thường trực )?(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|hội đồng nhân dân)(?!\w)"
    r"(?:\s?(?:,|và|-)\s?(?:ubnd|ủy ban nhân dân)(?!\w))?"
)
_LEVELS = re.compile(
    r"\s{1,3}(?:(?:tại )?(?:các|mỗi|từng)\s{1,2})?"
    + _LEVEL
    + r"(?:(?:\s?,\s?(?:và )?|\s?;\s?|\s{1,2}và\s{1,2}|\s?-\s?|\s?/\s?)(?:các )?"
    + _LEVEL
    + r"){0,6}"
)
_PROPER = re.compile(rf"(?:\s{{1,2}}(?:[{_CAP}][\w'-]*|\d{{1,2}}(?!\s?[/.\d]))){{1,4}}")
_PLACE = re.compile(
    rf"\s{{1,2}}(?:tỉnh|Tỉnh|huyện|Huyện|thị xã|Thị xã|thành phố|Thành phố|quận|Quận|xã|Xã|phường|Phường|thị trấn|đặc khu)(?!\w| ủy| đoàn| Đoàn| Hội| Ủy)(?:\s[{_CAP}]\w*){{0,4}}"
)

_FIELD_HEADS = re.compile(r"(?:sở|bộ|phòng|ban|hội|ngành|vụ)(?:\s{0,2})", re.IGNORECASE)
_HEADS = re.compile(
    r"(?:sở|bộ|phòng|ban|vụ|cục|chi cục|tổng cục|viện|học viện|trung tâm|văn phòng|vp|trường|đài|báo|tạp chí|hội|hiệp hội|liên hiệp|liên minh"
    r"|liên đoàn|đoàn|tỉnh đoàn|huyện đoàn|thành đoàn|thị đoàn|quận đoàn|đoàn thanh niên|tỉnh ủy|huyện ủy|thành ủy|thị ủy|quận ủy|đảng ủy"
    r"|chi bộ|công đoàn|công an|tòa án|viện kiểm sát|thanh tra|kho bạc|bảo hiểm|ngân hàng|cổng|ủy ban|mặt trận|ubmttq(?:vn)?|ub mttq|mttq"
    r"|hội đồng|trạm|bệnh viện|nhà văn hóa|quỹ|bộ chỉ huy|ban chỉ huy|ban chỉ đạo|tổ công tác|hạt|đội|lđlđ|ldlđ|chính phủ|thủ tướng|quốc hội"
    r"|công ty|thông tấn xã|tiểu ban|tổng liên đoàn|ca|đtn|công chức|thường trực|ban thường vụ|ban chấp hành|bch|btv"
    r"|nhà thiếu nhi|nhà máy|hợp tác xã|câu lạc bộ|trưởng thôn|trưởng ban|trưởng ấp|trưởng bản|tổ trưởng|bí thư|kiểm toán"
    r"|đảng đoàn|ban cán sự|thuế(?=\s(?:tỉnh|thành|huyện|cơ sở|khu))|thống kê(?=\s(?:tỉnh|thành|huyện|cơ sở))|viễn thông(?=\s(?:tỉnh|thành))|bưu điện|điện lực(?=\s)|hải quan|bộ đội biên phòng|đồn biên phòng|trung ương hội|trung ương đoàn|trưởng các (?:thôn|ấp|bản|khu phố|buôn|xóm|tổ dân phố)|nhà văn hóa|học viện)(?![^\W\d_])"
)
# Posts that stand for their office; the office is the agency.
_OFFICE = re.compile(
    r"(?:(?:đồng chí |đ/c |lãnh đạo |các đồng chí |yêu cầu |giao (?:cho )?|thủ trưởng |giám đốc |chủ tịch |các phó chủ tịch |phó chủ tịch |chánh "
    r"|cục trưởng |vụ trưởng |viện trưởng |tổng biên tập |thủ tướng (?=các ))){1,3}"
    r"|trưởng (?=(?:các (?!thôn|ấp|bản|khu|buôn|xóm|tổ)|ban |phòng |công an |trạm |đài |ngành ))|hiệu trưởng (?=trường )|bộ trưởng (?=bộ )"
)
_GROUP_NOUN = (
    r"(?:sở|ban|ngành|đoàn thể|cơ quan|đơn vị|địa phương|tổ chức|hội(?: đoàn thể)?|hội quần chúng|cấp|phòng|trường(?: học)?|cơ sở|doanh nghiệp|báo|đài|thôn"
    r"|tổ dân phố|khu phố|khu dân cư|ấp|bản|tổ|xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|chi hội|chi đoàn|chi bộ|câu lạc bộ"
    r"|thành viên|hội viên|bộ|vụ|cục|viện|trung tâm|công ty|hợp tác xã|trạm|nhà trường|khối|liên đoàn|huyện ủy|thành ủy|thị ủy|quận ủy|đảng ủy|ban cán sự đảng|đảng đoàn|lực lượng|phương tiện|trang|cụm"
    r"|tx|tp|mttq|mặt trận tổ quốc|công đoàn|đại biểu|chính quyền|cấp ủy|cán bộ|cộng tác viên|bậc học|tầng lớp)"
)
_GROUP = re.compile(
    r"(?:(?:các|những|mọi|từng|mỗi|toàn thể|tất cả các|một số)\s{1,2})(?=" + _GROUP_NOUN + r"(?![^\W\d_]))"
)
_BARE_GROUP = re.compile(
    r"(?:sở|ban|ngành|đoàn thể|cơ quan|đơn vị|địa phương|báo|đài|phòng|hội)\s?,\s?(?=(?:các )?"
    + _GROUP_NOUN
    + r"(?![^\W\d_]))"
    r"|chính quyền(?=\s(?:cơ sở|địa phương|các cấp|cấp xã))|(?:đơn vị|cơ quan|địa phương|ngành|nhà trường|thôn|tổ dân phố)(?=\s(?:có )?(?:liên quan|chức năng|được giao|chuyên môn|trực thuộc|chủ trì))"
)
_NOUN = re.compile(_GROUP_NOUN + r"(?![^\W\d_])")
_NEXT_NOUN = re.compile(
    r"(?:\s?,\s?(?:và )?|\s{1,2}và\s{1,2}|\s?-\s?|\s?/\s?)(?:các\s)?(?:từng )?(?=" + _GROUP_NOUN + r"(?![^\W\d_]))"
)

# Where a name ends because somebody begins to do something. Lower case only: "Ban Tổ chức", "Trung tâm Hỗ trợ" are names.
_STOPS = frozenset(
    [
        "ban hành",
        "bao gồm",
        "biên soạn",
        "biểu dương",
        "bám sát",
        "báo cáo",
        "bảo vệ",
        "bảo đảm",
        "bằng",
        "bố trí",
        "bồi dưỡng",
        "bổ sung",
        "can thiệp",
        "chi tiết",
        "chi trả",
        "cho",
        "chuyển",
        "chuẩn bị",
        "chú trọng",
        "chấp hành",
        "chậm nhất",
        "chỉ đạo",
        "chịu trách nhiệm",
        "chọn",
        "chủ trì",
        "chủ động",
        "cung cấp",
        "cân đối",
        "có kế hoạch",
        "có nhiệm vụ",
        "có trách nhiệm",
        "có văn bản",
        "có ý kiến",
        "công bố",
        "công khai",
        "cùng",
        "căn cứ",
        "cấp bổ sung",
        "cấp kinh phí",
        "cấp phát",
        "cần",
        "cập nhật",
        "củng cố",
        "cử",
        "do",
        "duy trì",
        "dành",
        "dự",
        "ghi",
        "ghi nhận",
        "giao",
        "giám sát",
        "giúp",
        "giải quyết",
        "giới thiệu",
        "góp ý",
        "gắn",
        "gắn với",
        "gồm",
        "gửi",
        "hoàn thành",
        "hoặc",
        "huy động",
        "hàng năm",
        "hàng quý",
        "hàng tháng",
        "hình thành",
        "hòa giải",
        "hướng dẫn",
        "hằng năm",
        "hằng quý",
        "hằng tháng",
        "hỏi",
        "hỗ trợ",
        "in",
        "in ấn",
        "khai thác",
        "khen thưởng",
        "khi",
        "khuyến khích",
        "khảo sát",
        "khẩn trương",
        "khởi",
        "kiểm tra",
        "kiện toàn",
        "ký",
        "kết nối",
        "kết quả",
        "kịp thời",
        "là",
        "làm tốt",
        "làm đầu mối",
        "lãnh đạo các",
        "lãnh đạo thực",
        "lãnh đạo tổ",
        "lãnh đạo việc",
        "lãnh đạo xây",
        "lập",
        "lắp đặt",
        "lồng",
        "lồng ghép",
        "lựa chọn",
        "mỗi",
        "mở",
        "ngay",
        "nghiêm túc",
        "nghiên cứu",
        "nhân rộng",
        "như",
        "nhận",
        "nhắc nhở",
        "nhằm",
        "này",
        "nâng cao",
        "nêu",
        "nắm",
        "nếu",
        "nộp",
        "phát hiện",
        "phát huy",
        "phát sóng",
        "phát thanh bài",
        "phát thanh các",
        "phát thanh nội",
        "phát thanh tin",
        "phát thanh tuyên",
        "phát động",
        "phân bổ",
        "phân công",
        "phê duyệt",
        "phòng ngừa",
        "phải",
        "phản ánh",
        "phối hợp",
        "phổ biến",
        "qua",
        "quan tâm",
        "quyết toán",
        "quyết định",
        "quán triệt",
        "quản lý chặt",
        "quản lý việc",
        "quản lý và",
        "quản lý,",
        "rà soát",
        "rút kinh nghiệm",
        "sơ kết",
        "sẽ",
        "sử dụng",
        "sửa đổi",
        "tham gia",
        "tham mưu",
        "theo",
        "theo dõi",
        "thu thập",
        "thành lập",
        "thí điểm",
        "thông báo",
        "thông qua",
        "thông tin,",
        "thăm",
        "thường xuyên",
        "thẩm tra",
        "thẩm định",
        "thống kê",
        "thực hiện",
        "tiến hành",
        "tiếp nhận",
        "tiếp tục",
        "tranh thủ",
        "trao",
        "treo",
        "triển khai",
        "trong",
        "truyền tải",
        "trên cơ sở",
        "trên địa bàn",
        "trình",
        "trước",
        "trả lời",
        "tuyên truyền",
        "tích cực",
        "tăng cường",
        "tư vấn",
        "tại",
        "tạo điều kiện",
        "tập huấn",
        "tập trung",
        "tặng",
        "tổ chức",
        "tổng hợp",
        "tổng kết",
        "từ",
        "tự",
        "viết",
        "việc chấp",
        "việc giải",
        "việc quản",
        "việc thực",
        "việc tiếp",
        "việc triển",
        "việc tổ",
        "việc xây",
        "và các nguồn",
        "và những",
        "vào",
        "vì vậy",
        "vận động",
        "về",
        "với",
        "xem xét",
        "xác minh",
        "xác định",
        "xây dựng",
        "xử lý",
        "yêu cầu",
        "đa dạng",
        "đang",
        "điều chỉnh",
        "điều phối",
        "đào tạo",
        "đánh giá",
        "đã",
        "đôn",
        "đôn đốc",
        "đăng",
        "đăng ký",
        "đăng tải",
        "đưa",
        "được",
        "đại diện",
        "đảm bảo",
        "đẩy mạnh",
        "đề cao",
        "đề nghị",
        "đề xuất",
        "để",
        "định kỳ",
        "đồng thời",
        "đổi mới",
        "ưu tiên",
        "ở",
    ]
)
_STOP = re.compile(rf"\s{any_of(sorted(_STOPS))}(?![^\W\d_])")
# Verbs that belong to a name: "Trung tâm Giáo dục thường xuyên", "Phòng giao dịch Ngân hàng …".
_PROTECTED = re.compile(
    r"giáo dục thường xuyên|công lập|trợ giúp|giao dịch|dịch vụ|bồi dưỡng|hỗ trợ|kiểm soát|tổ chức (?:nhà nước|cán bộ|hành chính)|quản lý|đào tạo|hành chính|tư vấn|cùng cấp|khoa học tổ chức|nghiên cứu|xúc tiến|phát triển|bảo vệ|bảo trợ"
)
_SUFFIX = re.compile(r"\s(?:cùng cấp|các cấp|cơ sở|trực thuộc(?: \w+){0,3})(?![^\W\d_])")
_MARK = re.compile(rf"[,;:()\[\]!?\"\n…]|\.(?=\s|$|/)|\s-\s(?=[{LOWER}])|\s/\s| và | hoặc ")
_TRIM = re.compile(r"[\s.,;:-]+$")
_AND_CAP = re.compile(rf"\s?(?:và|,|&)\s(?=[{_CAP}])")
_AND_KNOWN = re.compile(
    r" và (?=gia đình|trẻ em|phát triển|xã hội|đào tạo|truyền hình|công nghệ|môi trường|thông tin|thể thao|du lịch|đầu tư|giáo dục|việc làm|bình đẳng|phụ nữ|vừa)"
)
_SKIP = re.compile(r"(?:\s|[\"'*]){0,4}")


def parse_name(match: str, low: str, at: int, *, limit: int | None = None) -> Name | None:
    """The agency whose name starts at `at` of a matching copy and its lower case; None if no agency stands there."""
    end = len(match) if limit is None else limit
    if at >= end:
        return None
    start = at
    if office := _OFFICE.match(low, at, end):
        at = office.end()
    if group := (_GROUP.match(low, at, end) or _BARE_GROUP.match(low, at, end)):
        return _group(match, low, at, group, end)
    if m := _COMMITTEE.match(low, at, end):
        return _committee(match, low, at, m.end(), end)
    if m := _OFFICE_OF_BOTH.match(low, at, end):
        return _committee(match, low, at, m.end(), end)
    if m := _FIELD_HEADS.match(low, at, end):
        if m.end() > at and (field := read_field(low, m.end())) and field[1] <= end and match[m.end()].isupper():
            return _fielded(match, low, at, field[1], end)
    if _NO_BODY.match(low, at):
        return None
    if (head := _longest_head(low, at, end)) is None:
        return _posts(match, low, start, at, end)
    if not match[at].isupper() and not match[head:].lstrip()[:1].isupper() and low[at:head] not in _LOWER_OK:
        return None
    return _worded(match, low, at, head, end)


_LOWER_OK = frozenset({"trưởng thôn", "công an", "trạm", "công chức", "tổ trưởng", "trưởng ấp", "trưởng bản"})
# Words that begin like a body and are none: "Ban hành kế hoạch", "Hội nghị", "Phòng ngừa".
_NO_BODY = re.compile(
    r"(?:ban (?:hành|đầu|công)|hội (?:nghị|thảo|thi|viên|nhập|diễn|họp|chợ)|đoàn (?:kết|viên|kiểm tra|công tác|giám sát)|bộ (?:chỉ số|tài liệu|công cụ|tiêu chí|máy|phận|luật|sách|câu hỏi|quy)"
    r"|trường hợp|đội (?:ngũ|văn nghệ|tuyên)|báo (?:cáo|động|hiệu)|viện (?:trợ|dẫn)|quỹ đất|vụ (?:việc|bạo|án)|phòng (?:ngừa|tránh|,|chống|bệnh)|phòng, |văn phòng phẩm|sở (?:hữu|thích)"
    r"|đài thọ|trạm dừng|thanh tra (?:việc|các|công tác|,)|thanh tra, |công an ninh|hội đồng hóa|cổng chào|đoàn (?:viên|thể)|bảo hiểm (?:y tế|cho)|ngân hàng (?:câu|dữ)|quỹ thời|chi bộ phận)"
)
_OFFICE_OF_BOTH = re.compile(
    r"(?:văn phòng|vp)\s(?:hđnd|hội đồng nhân dân)\s?(?:và|-|&|,)\s?(?:ubnd|ủy ban nhân dân)(?!\w)"
)
_POST = re.compile(r"(?:hiệu trưởng|bí thư|trưởng thôn|tổ trưởng|trưởng ấp|trưởng bản|trưởng ban)(?![^\W\d_])")


def _posts(match: str, low: str, start: int, at: int, end: int) -> Name | None:
    """A post that is itself who acts: "Hiệu trưởng các trường", "Trưởng thôn"."""
    if m := _POST.match(low, at, end):
        return _worded(match, low, at, m.end(), end)
    return None


def _longest_head(low: str, at: int, end: int) -> int | None:
    best = None
    if m := _HEADS.match(low, at, end):
        best = m.end()
        for more in ("đoàn", "hội", "ban", "cục", "bộ", "viện"):  # "Liên đoàn", "Chi hội" are tried by the alternation
            if low.startswith(f" {more} ", best):
                best += len(more) + 1
                break
    return best


def _name(match: str, start: int, end: int, *, group: bool = False) -> Name:
    raw = match[start:end]
    if trimmed := _TRIM.search(raw):
        end = start + trimmed.start()
        raw = match[start:end]
    text = spell_out(raw)
    if group and text[:4] in ("Các ", "CÁC "):
        text = "các " + text[4:]
    return Name(text, start, end, group)


def _committee(match: str, low: str, at: int, after: int, end: int) -> Name:
    if m := _LEVELS.match(low, after, end):
        after = m.end()
        if (place := _PROPER.match(match, after, end)) and not _HEADS.match(low, after + 1, end):
            after = place.end()
    return _name(match, at, after, group="các" in low[at:after].split())


_PARTY = re.compile(r"\s(?:(?:tỉnh|huyện|thành|thị|quận) (?:ủy|đoàn|hội)|trung ương)(?![^\W\d_])")


def _fielded(match: str, low: str, at: int, after: int, end: int) -> Name:
    if party := _PARTY.match(low, after, end):
        after = party.end()
    elif place := _PLACE.match(match, after, end):
        after = place.end()
    elif (more := _AND_CAP.match(match, after, end)) and not _starts_name(match, low, more.end(), end):
        nearest = _end_of_words(match, low, after, end)
        if "," not in match[after:nearest]:
            after = nearest
    return _name(match, at, _with_levels(match, low, after, end))


def _starts_name(match: str, low: str, at: int, end: int) -> bool:
    return bool(
        _COMMITTEE.match(low, at, end)
        or _HEADS.match(low, at, end)
        or _GROUP.match(low, at, end)
        or _OFFICE.match(low, at, end)
        or read_field(low, at)
    )


def _end_of_words(match: str, low: str, at: int, end: int) -> int:
    """Where the words of a name end: at a mark or a verb; "và" and a comma before a capital may go on."""
    limit = _first_stop(match, low, at, end)
    while m := _MARK.search(match, at, limit):
        mark = m.start()
        if m.group() == " và " and (_AND_KNOWN.match(match, mark) or _AND_CAP.match(match, mark)):
            if not _starts_name(match, low, m.end(), limit) or read_field(low, m.end()):
                if not _HEADS.match(low, m.end(), limit):
                    at = m.end()
                    continue
        if m.group() == "," and (nxt := _AND_CAP.match(match, mark)) and not _starts_name(match, low, nxt.end(), limit):
            conj = match.find(" và ", mark, min(limit, mark + 60))
            if conj > 0 and match[conj + 4 : conj + 5].isupper() and not _HEADS.match(low, conj + 4):
                at = mark + 1
                continue
        return mark
    return limit


def _first_stop(match: str, low: str, at: int, end: int) -> int:
    """Where the first verb begins; a verb that belongs to a capitalised name ("Trung tâm Dịch vụ …") is passed over."""
    here = at
    while stop := _STOP.search(match, here, end):
        inside = _PROTECTED.search(low, max(at, stop.start() - 12), stop.end() + 14)
        if (
            inside is None
            or not inside.start() <= stop.start() + 1 < inside.end()
            or (
                inside.group()
                in ("hỗ trợ", "quản lý", "đào tạo", "bồi dưỡng", "tư vấn", "nghiên cứu", "bảo vệ", "phát triển")
                and not match[inside.start()].isupper()
            )
        ):
            return stop.start()
        here = inside.end()
    return end


def _worded(match: str, low: str, at: int, head: int, end: int) -> Name | None:
    if joint := _JOINT.match(low, at, end):
        head = joint.end()
    after = _end_of_words(match, low, head, end)
    if after - at > 140:
        after = head
    return _name(match, at, _with_levels(match, low, after, end))


_JOINT = re.compile(
    r"báo và (?:đài )?phát thanh(?:\s?,|\svà|\s-)\struyền hình|văn phòng đoàn (?:đbqh|đại biểu quốc hội) và (?:hđnd|hội đồng nhân dân)(?: tỉnh)?"
)


def _with_levels(match: str, low: str, after: int, end: int) -> int:
    """A body at several places is one group: "Hội Liên hiệp Phụ nữ các huyện, thị xã, thành phố"."""
    if low.startswith(" các ", after) and (m := _LEVELS.match(low, after, end)):
        return m.end()
    words = low[max(0, after - 30) : after]
    if words.endswith((" các huyện", " các xã", " các tỉnh", " các phường")) and (
        m := _LEVELS.match(low, after - (len(words) - words.rfind(" các ")), end)
    ):
        return max(after, m.end())
    if m := _SUFFIX.match(low, after, end):
        return m.end()
    return after


def _group(match: str, low: str, at: int, opening: re.Match[str], end: int) -> Name | None:
    here = opening.end()
    if opening.re is _BARE_GROUP and match[here - 1 : here].isalpha():
        here = _group_words(match, low, here, end)
    while True:
        noun = _NOUN.match(low, here, end)
        if noun is None:
            break
        here = noun.end()
        here = _group_words(match, low, here, end)
        more = _NEXT_NOUN.match(low, here, end)
        if more is None or (match[more.end()].isupper() and not match[at:].startswith(("Các Sở", "các Sở"))):
            break
        here = more.end()
    if here <= opening.end() and opening.re is _GROUP:
        return None
    return _name(match, at, here, group=True)


_ASSIGNED = re.compile(
    r"\s(?:chủ trì (?=dự án|mô hình|nhiệm vụ|đề án|nội dung|Dự án|Mô hình|Nhiệm vụ|Đề án|Nội dung|Tiểu)|được (?:giao|phân công)|nêu tại|có tên tại|tham gia thực hiện|chịu trách nhiệm chủ trì)"
)
_ASSIGNED_END = re.compile(
    r"\s(?:có trách nhiệm|chịu trách nhiệm|của Kế hoạch|chủ động|căn cứ|tổ chức|xây dựng|phối hợp|báo cáo|gửi|hằng|hàng|định kỳ)(?!\w)"
)
_SEATED = re.compile(r"\sđóng (?:trên địa bàn|tại)(?: (?:tỉnh|huyện|xã|phường|thành phố|thị xã))?(?![^\W\d_])")
_GROUP_MARK = re.compile(r"[,;:()\[\]!?\"\n….]| và | hoặc |\s-\s(?!\s?(?:xã hội|XH))|/")


def _group_words(match: str, low: str, at: int, end: int) -> int:
    """Where the words after a common noun end ("… chính trị - xã hội", "… có liên quan", "… thuộc tỉnh")."""
    if assigned := _ASSIGNED.match(match, at, end):
        stop = _ASSIGNED_END.search(match, assigned.end(), end)
        mark = re.compile(r"[;:(.]").search(match, assigned.end(), end)
        return min(stop.start() if stop else end, mark.start() if mark else end)
    limit = _first_stop(match, low, at, end)
    if mark := _GROUP_MARK.search(match, at, limit):
        limit = mark.start()
    if seated := _SEATED.search(low, at, end):
        limit = max(limit, seated.end()) if seated.start() <= limit else limit
    related = low.find(" liên quan", at, limit)
    return related + len(" liên quan") if related >= 0 else limit


_SEPARATOR = re.compile(r"\s?(?:[,;]\s?(?:và |cùng )?|\s(?:và|cùng|với|cùng với)\s|/\s?|\+\s?)\s{0,2}")
_LIST_HEAD = re.compile(
    r"(?:các|những)\s(sở|phòng|ban|bộ|hội|vụ|cục)(?:\s?,\s?(?:ban|ngành|đoàn thể|đơn vị|cơ quan|hội|phòng)){0,4}(?:\s(?:của )?(?:tỉnh|huyện|thành phố|thị xã|xã|chuyên môn))?\s?(?::|gồm:?)\s?",
)
_LIST_HEAD_DIRECT = re.compile(r"(?:các|hai|ba|những)\s(sở|phòng|ban|bộ|hội|vụ|cục)\s(?=\S)")


def parse_names(match: str, low: str, at: int, *, limit: int | None = None) -> tuple[list[Name], int]:
    """The list of agencies that starts at `at`, and where it ends. An empty list where none starts."""
    end = len(match) if limit is None else limit
    names: list[Name] = []
    if skip := _SKIP.match(match, at, end):
        at = skip.end()
    here = at
    head: str | None = None
    if (m := _LIST_HEAD.match(low, at, end)) or (m := _LIST_HEAD_DIRECT.match(low, at, end)):
        if read_field(low, m.end()) and match[m.end()].isupper():
            head = m[1].capitalize()
            here = m.end()
        elif m.re is _LIST_HEAD and _starts_name(match, low, m.end(), end):
            here = m.end()
    while here < end:
        name = _headless(match, low, here, head, end) if head else None
        name = name or parse_name(match, low, here, limit=end)
        if name is None or name.end <= here:
            break
        names.append(name)
        if first := _FIELD_HEADS.match(low, name.start):
            head = match[name.start : first.end()].strip().capitalize() if not name.group else None
        elif not _is_headed(name, head):
            head = None
        separator = _SEPARATOR.match(match, name.end, end)
        if separator is None:
            return names, name.end
        here = separator.end()
    return names, names[-1].end if names else at


def _is_headed(name: Name, head: str | None) -> bool:
    return head is not None and name.text.startswith(head)


def _headless(match: str, low: str, at: int, head: str | None, end: int) -> Name | None:
    """A name in a list that shares one head: "Các Sở: Y tế; Tư pháp"."""
    field = read_field(low, at)
    if field is None or not match[at].isupper() or field[1] > end:
        return None
    full, after = field
    if low[at:after] == "công an" and head != "Bộ":
        return None
    text = spell_out(f"{head} {full or match[at:after]}")
    if place := _PLACE.match(match, after, end):
        after = place.end()
    return Name(text, at, after, False)
