"""The patterns that agencies are told by: levels, head words, offices, groups, where a name ends."""

from __future__ import annotations

import re

from binhdang.reference.doing_words import DOING_WORDS
from binhdang.vietnamese.phrases import any_of
from binhdang.vietnamese.text import LOWER, UPPER

_CAP = UPPER


_LEVEL = (
    r"(?:cấp (?:tỉnh|huyện|xã|cơ sở)|các cấp|tỉnh|thành phố|tp(?![\w])\.?|quận|huyện|thị xã|tx(?!\w)\.?|thị trấn|tt(?!\w)\.?|xã|phường"
    r"|đặc khu|địa phương)(?!\w)"
)


COMMITTEE = re.compile(
    r"(?:thường trực\s|tt\.\s?|tt\s)?(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|hội đồng nhân dân)(?!\w)"
    r"(?:\s?(?:,|và|-)\s?(?:ubnd|ủy ban nhân dân)(?!\w))?"
)


LEVELS = re.compile(
    r"\s{1,3}(?:(?:tại )?(?:các|mỗi|từng)\s{1,2})?"
    + _LEVEL
    + r"(?:(?:\s?,\s?(?:và )?|\s?;\s?|\s{1,2}và\s{1,2}|\s?-\s?|\s?/\s?)(?:các )?"
    + _LEVEL
    + r"){0,6}(?:\s(?:trực thuộc trung ương|vùng cao|vùng sâu|biên giới|miền núi|ven biển|hải đảo|đặc biệt khó khăn)(?![^\W\d_]))?"
)


PROPER = re.compile(rf"(?:\s{{1,2}}(?:[{_CAP}][\w'-]*|\d{{1,2}}(?!\s?[/.\d]))){{1,4}}")


PLACE = re.compile(
    rf"\s{{1,2}}(?:tỉnh|Tỉnh|huyện|Huyện|thị xã|Thị xã|thành phố|Thành phố|quận|Quận|xã|Xã|phường|Phường|thị trấn|đặc khu)(?!\w| ủy| đoàn| Đoàn| Hội| Ủy)(?:\s[{_CAP}]\w*){{0,4}}"
)


FIELD_HEADS = re.compile(r"(?:sở|bộ|phòng|ban|hội|ngành|vụ)(?:\s{0,2})", re.IGNORECASE)


HEADS = re.compile(
    r"(?:sở|bộ|phòng|ban|vụ|cục|chi cục|tổng cục|viện|học viện|trung tâm|văn phòng|vp|trường|đài|báo|tạp chí|hội|hiệp hội|liên hiệp|liên minh"
    r"|liên đoàn|đoàn|tỉnh đoàn|huyện đoàn|thành đoàn|thị đoàn|quận đoàn|đoàn thanh niên|tỉnh ủy|huyện ủy|thành ủy|thị ủy|quận ủy|đảng ủy"
    r"|chi bộ|công đoàn|công an|tòa án|viện kiểm sát|thanh tra|kho bạc|bảo hiểm|ngân hàng|cổng|ủy ban|mặt trận|ubmttq(?:vn)?|ub mttq|mttq"
    r"|hội đồng|trạm|bệnh viện|nhà văn hóa|quỹ|bộ chỉ huy|ban chỉ huy|ban chỉ đạo|tổ công tác|hạt|đội|lđlđ|ldlđ|chính phủ|thủ tướng|quốc hội"
    r"|công ty|thông tấn xã|tiểu ban|tổng liên đoàn|ca|đtn|công chức|thường trực|tt(?=[. ]\s?(?:tỉnh|huyện|thành|thị|quận|đảng) ủy)|ban thường vụ|ban chấp hành|bch|btv"
    r"|nhà thiếu nhi|nhà xuất bản|nhà máy|hợp tác xã|câu lạc bộ|trưởng thôn|trưởng ban|trưởng ấp|trưởng bản|tổ trưởng|bí thư|kiểm toán"
    r"|đảng đoàn|ban cán sự|thuế(?=\s(?:tỉnh|thành|huyện|cơ sở|khu))|thống kê(?=\s(?:tỉnh|thành|huyện|cơ sở))|viễn thông(?=\s(?:tỉnh|thành))|bưu điện|điện lực(?=\s)|vnpt|tand|vksnd|bhxh|nhcsxh|kbnn|ttyt|ttxvn|lmhtx|bchqs|xã đoàn|phường đoàn|hải quan|bộ đội biên phòng|đồn biên phòng|trung ương hội|trung ương đoàn|trưởng các (?:thôn|ấp|bản|khu phố|buôn|xóm|tổ dân phố))(?![^\W\d_])"
)


# Posts that stand for their office; the office is the agency.
OFFICE = re.compile(
    r"(?:(?:đồng chí |đ/c |lãnh đạo |các đồng chí |yêu cầu |giao (?:cho )?|thủ trưởng |giám đốc |chủ tịch |các phó chủ tịch |phó chủ tịch |chánh "
    r"|cục trưởng |vụ trưởng |viện trưởng |tổng biên tập |thủ tướng (?=các ))){1,3}"
    r"|trưởng (?=(?:các (?!thôn|ấp|bản|khu|buôn|xóm|tổ)|ban |phòng |công an |trạm |đài |ngành ))|hiệu trưởng (?=trường )|bộ trưởng (?=bộ )"
)


_SCHOOL = r"(?:mầm non|mẫu giáo|tiểu học|trung học cơ sở|trung học phổ thông|thcs|thpt|cao đẳng|đại học|trung cấp)"
_GROUP_NOUN = (
    r"(?:sở|ban|ngành|đoàn thể|cơ quan|đơn vị|địa phương|tổ chức|hội(?: đoàn thể)?|hội quần chúng|cấp|phòng|trường(?: học)?(?:\s"
    + _SCHOOL
    + r"(?:(?:\s?,\s?|\s?;\s?|\svà\s)(?:trường )?"
    + _SCHOOL
    + r"){0,8})?|cơ sở|doanh nghiệp|báo|đài|thôn"
    r"|tổ dân phố|tdp|khu phố|khu dân cư|ấp|bản|tổ|xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|chi hội|chi đoàn|chi bộ|câu lạc bộ"
    r"|thành viên|hội viên|bộ|vụ|cục|viện|trung tâm|công ty|hợp tác xã|trạm|nhà trường|khối|liên đoàn|huyện ủy|thành ủy|thị ủy|quận ủy|đảng ủy|ban cán sự đảng|đảng đoàn|lực lượng|phương tiện|trang|cụm|ngân hàng|bệnh viện|hiệp hội"
    r"|tx|tp|mttq|mặt trận tổ quốc|công đoàn|đại biểu|chính quyền|cấp ủy|cán bộ|cộng tác viên|bậc học|tầng lớp)"
)


GROUP = re.compile(
    r"(?:(?:các|những|mọi|từng|mỗi|toàn thể|tất cả các|một số)\s{1,2})(?=" + _GROUP_NOUN + r"(?![^\W\d_]))"
)


BARE_GROUP = re.compile(
    r"(?:sở|ban|ngành|đoàn thể|cơ quan|đơn vị|địa phương|báo|đài|phòng|hội)\s?,\s?(?=(?:các )?"
    + _GROUP_NOUN
    + r"(?![^\W\d_]))"
    r"|chính quyền(?=\s(?:cơ sở|địa phương|các cấp|cấp xã))|(?:đơn vị|cơ quan|địa phương|ngành|nhà trường|thôn|tổ dân phố)(?=\s(?:có )?(?:liên quan|chức năng|được giao|chuyên môn|trực thuộc|chủ trì))"
)


NOUN = re.compile(_GROUP_NOUN + r"(?![^\W\d_])")


NEXT_NOUN = re.compile(
    r"(?:\s?,\s?(?:và )?(?:các\s)?|\s{1,2}và\s{1,2}|\s?-\s?|\s?/\s?)(?:từng )?(?=" + _GROUP_NOUN + r"(?![^\W\d_]))"
)


NEXT_SEAT = re.compile(r"\svà các\s(?=" + _GROUP_NOUN + r"(?![^\W\d_]))")


# Where a name ends because somebody begins to do something. Lower case only: "Ban Tổ chức", "Trung tâm Hỗ trợ" are names.
STOP = re.compile(rf"\s{any_of(sorted(DOING_WORDS))}(?![^\W\d_])")


# Verbs that belong to a name: "Trung tâm Giáo dục thường xuyên", "Phòng giao dịch Ngân hàng …".
PROTECTED = re.compile(
    r"giáo dục thường xuyên|công lập|trợ giúp|giao dịch|dịch vụ(?: tổng hợp)?|bồi dưỡng|hỗ trợ|kiểm soát|tổ chức (?:nhà nước|cán bộ|hành chính)|xây dựng đảng|bảo vệ chăm sóc|dự án|quản lý|đào tạo|hành chính|tư vấn|cùng cấp|khoa học tổ chức|nghiên cứu|xúc tiến|phát triển|bảo vệ|bảo trợ|trong nước|ngoài nước"
)


# Of those, verbs unless a capital makes them a name: "Trung tâm Hỗ trợ nông dân | hỗ trợ vốn".
ALSO_VERBS = frozenset(("hỗ trợ", "quản lý", "đào tạo", "bồi dưỡng", "tư vấn", "nghiên cứu", "bảo vệ", "phát triển"))


SUFFIX = re.compile(r"\s(?:cùng cấp|các cấp|cấp (?:tỉnh|huyện|xã|cơ sở)|cơ sở|trực thuộc(?: \w+){0,3})(?![^\W\d_])")


# A table's cell that says what the cell above it says.
DITTO = re.compile(r"[-–\s\"“”]*(?:nt|như trên|〃|″)[-–\s\"“”.]*", re.IGNORECASE)


MARK = re.compile(rf"[,;:()\[\]!?\"\n…]|\.(?=\s|$|/)|\s-\s(?=[{LOWER}])|\s/\s| và | hoặc ")


TRIM = " \t\n\r\v\f\xa0.,;:-"


AND_CAP = re.compile(rf"\s?(?:và|,|&)\s(?=[{_CAP}])")


DASH_CAP = re.compile(rf"\s-\s(?=[{_CAP}])")


AND_KNOWN = re.compile(
    r" và (?=gia đình|trẻ em|phát triển|xã hội|đào tạo|truyền hình|công nghệ|môi trường|thông tin|thể thao|du lịch|đầu tư|giáo dục|việc làm|bình đẳng|phụ nữ|vừa)"
)


SKIP = re.compile(r"[\s\"'*]{0,4}")


# Bodies that papers also name without a capital.
LOWER_OK = re.compile(
    r"(?:trưởng (?:thôn|ấp|bản)|công an|trạm|công chức|tổ trưởng|công đoàn|đoàn thanh niên|mặt trận tổ quốc|liên đoàn lao động"
    r"|hội (?:liên hiệp |lh)?(?:phụ nữ|nông dân|cựu chiến binh|người cao tuổi|chữ thập đỏ))(?![^\W\d_])"
)


LOWER_FIELD = re.compile(r"(?:sở|bộ|phòng|hội)\s(?!xây dựng)")


# Words that begin like a body and are none: "Ban hành kế hoạch", "Hội nghị", "Phòng ngừa".
NO_BODY = re.compile(
    r"(?:ban (?:hành|đầu|công(?! tác))|hội (?:nghị|thảo|thi|viên|nhập|diễn|họp|chợ)|đoàn (?:kết|viên|kiểm tra|công tác|giám sát)|bộ (?:chỉ số|tài liệu|công cụ|tiêu chí|máy|phận|luật|sách|câu hỏi|quy)"
    r"|trường hợp|đội (?:ngũ|văn nghệ|tuyên)|báo (?:cáo|động|hiệu)|viện (?:trợ|dẫn)|quỹ đất|vụ (?:việc|bạo|án)|phòng (?:ngừa|tránh|,|chống|bệnh)|phòng, |văn phòng phẩm|sở (?:hữu|thích)"
    r"|đài thọ|trạm dừng|thanh tra (?:việc|các|công tác|,)|thanh tra, |công an ninh|hội đồng hóa|cổng chào|đoàn (?:viên|thể)|bảo hiểm (?:y tế|cho)|ngân hàng (?:câu|dữ)|quỹ thời|chi bộ phận)"
)


OFFICE_OF_BOTH = re.compile(
    r"(?:văn phòng|vp)\s(?:hđnd|hội đồng nhân dân)\s?(?:và|-|&|,)\s?(?:ubnd|ủy ban nhân dân)(?!\w)"
)


POST = re.compile(r"(?:hiệu trưởng|bí thư|trưởng thôn|tổ trưởng|trưởng ấp|trưởng bản|trưởng ban)(?![^\W\d_])")


PARTY = re.compile(r"\s(?:(?:tỉnh|huyện|thành|thị|quận) (?:ủy|đoàn|hội)|trung ương|việt nam)(?![^\W\d_])")


JOINT = re.compile(
    r"báo và (?:đài )?phát thanh(?:\s?,|\svà|\s-)\struyền hình|văn phòng đoàn (?:đbqh|đại biểu quốc hội) và (?:hđnd|hội đồng nhân dân)(?: tỉnh)?"
)


ASSIGNED = re.compile(
    r"\s(?:chủ trì (?=dự án|mô hình|nhiệm vụ|đề án|nội dung|Dự án|Mô hình|Nhiệm vụ|Đề án|Nội dung|Tiểu)|được (?:giao|phân công)|nêu tại|có tên tại|tham gia thực hiện|chịu trách nhiệm chủ trì)"
)


ASSIGNED_END = re.compile(
    r"\s(?:có trách nhiệm|chịu trách nhiệm|của Kế hoạch|chủ động|căn cứ|tổ chức|xây dựng|phối hợp|báo cáo|gửi|hằng|hàng|định kỳ)(?!\w)"
)


ASSIGNED_MARK = re.compile(r"[;:(.]")


SEATED = re.compile(r"\sđóng (?:trên địa bàn|tại)(?: (?:tỉnh|huyện|xã|phường|thành phố|thị xã))?(?![^\W\d_])")


GROUP_MARK = re.compile(r"[,;:()\[\]!?\"\n….]| và | hoặc |\s-\s(?!\s?(?:xã hội|XH))|/")


SEPARATOR = re.compile(r"\s?(?:[,;]\s?(?:và |cùng )?|\s(?:và|cùng với|cùng|với)\s|/\s?|\+\s?)\s{0,2}")


LIST_HEAD = re.compile(
    r"(?:(?:các|những)\s)?(sở|phòng|ban|bộ|hội|vụ|cục)(?:\s?,\s?(?:ban|ngành|đoàn thể|đơn vị|cơ quan|hội|phòng)){0,4}(?:\s(?:của )?(?:tỉnh|huyện|thành phố|thị xã|xã|chuyên môn))?\s?(?::|gồm:?)\s?",
)


LIST_HEAD_DIRECT = re.compile(r"(?:các|hai|ba|những)\s(sở|phòng|ban|bộ|hội|vụ|cục)\s(?=\S)")

# Whether any name can start here: most places where one is asked for hold a verb, and one look tells.
MAY_START = re.compile(
    "|".join(
        p.pattern
        for p in (
            OFFICE,
            GROUP,
            BARE_GROUP,
            COMMITTEE,
            OFFICE_OF_BOTH,
            FIELD_HEADS,
            HEADS,
            POST,
            LIST_HEAD,
            LIST_HEAD_DIRECT,
        )
    )
)
