"""Names of bodies that issue papers: abbreviations written out, and read out of running text.

"UBND tỉnh" → "Ủy ban nhân dân tỉnh"; "Giám đốc Sở Lao động- TB&XH tỉnh Bắc Giang" → "Sở Lao động - Thương binh và Xã hội".
"""

from __future__ import annotations

import re

UPPER = "A-Z" + "".join(c for c in map(chr, [*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)]) if c.isupper())
"""Capital letters of Vietnamese, for use inside a character class."""

_TB = r"(?:Thương [Bb]inh|TB)"
_LABOUR = re.compile(
    rf"L[ĐD]\s?-?\s?TB\s?[&,-]?\s?XH|Lao [Đđ]ộng\s{{0,2}}[-,]?\s{{0,2}}{_TB}\s{{0,2}}(?:&|và|-)?\s{{0,2}}(?:[Xx]ã [Hh]ội|XH)"
)
_LABOUR_NAME = "Lao động - Thương binh và Xã hội"

# In order: a longer form before the one it begins with. Each stands alone as a word, in this case of letters.
_SHORT: tuple[tuple[str, str], ...] = (
    (r"UBMTTQVN", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    (r"UB\s?MTTQ", "Ủy ban Mặt trận Tổ quốc"),
    (r"UBTVQH", "Ủy ban Thường vụ Quốc hội"),
    (r"UBND", "Ủy ban nhân dân"),
    (r"UBQG", "Ủy ban Quốc gia"),
    (r"UBDT", "Ủy ban Dân tộc"),
    (r"HĐND", "Hội đồng nhân dân"),
    (r"ĐBQH", "Đại biểu Quốc hội"),
    (r"MTTQVN", "Mặt trận Tổ quốc Việt Nam"),
    (r"MTTQ", "Mặt trận Tổ quốc"),
    (r"LHPN", "Liên hiệp Phụ nữ"),
    (r"LĐLĐ", "Liên đoàn Lao động"),
    (r"CCB", "Cựu chiến binh"),
    (r"TNCS HCM", "Thanh niên Cộng sản Hồ Chí Minh"),
    (r"Thủ tướng CP|TTgCP|TTg", "Thủ tướng Chính phủ"),
    (r"VPCP", "Văn phòng Chính phủ"),
    (r"QH", "Quốc hội"),
    (r"CP", "Chính phủ"),
    (r"BCHTW|BCH TW", "Ban Chấp hành Trung ương"),
    (r"BCH", "Ban Chấp hành"),
    (r"BTV", "Ban Thường vụ"),
    (r"BCĐ", "Ban Chỉ đạo"),
    (r"TTTU", "Thường trực Tỉnh ủy"),
    (r"TU", "Tỉnh ủy"),
    (r"T[WƯ]", "Trung ương"),
    (r"B?NN\s?(?:&|và|-)?\s?PTNT", "Nông nghiệp và Phát triển nông thôn"),
    (r"NN\s?(?:&|và)\s?MT", "Nông nghiệp và Môi trường"),
    (r"TN\s?(?:&|và)?\s?MT", "Tài nguyên và Môi trường"),
    (r"GD\s?[&-]?\s?ĐT", "Giáo dục và Đào tạo"),
    (r"TT\s?&\s?TT|TTTT", "Thông tin và Truyền thông"),
    (r"KH\s?[&-]?\s?ĐT", "Kế hoạch và Đầu tư"),
    (r"KH\s?[&-]?\s?CN", "Khoa học và Công nghệ"),
    (r"VH\s?[,-]?\s?TT\s?(?:&|và|-)?\s?DL|Văn hóa,? ?TT\s?(?:&|và)?\s?DL", "Văn hóa, Thể thao và Du lịch"),
    (r"VH\s?-?\s?XH", "Văn hóa - Xã hội"),
    (r"VH\s?(?:&|-)?\s?TT", "Văn hóa và Thông tin"),
    (r"PT\s?[-&]?\s?TH", "Phát thanh và Truyền hình"),
    (r"GTVT", "Giao thông vận tải"),
    (r"BHXH", "Bảo hiểm xã hội"),
    (r"TAND", "Tòa án nhân dân"),
    (r"VKSND", "Viện kiểm sát nhân dân"),
    (r"NHNN", "Ngân hàng Nhà nước"),
    (r"[Vv]ì [Ss]ự TBC?PN|VSTBC?PN", "Vì sự tiến bộ của phụ nữ"),
    (r"CTTN", "Công tác thanh niên"),
    (r"B[ĐD]G", "bình đẳng giới"),
    (r"BNV", "Bộ Nội vụ"),
    (r"SNV", "Sở Nội vụ"),
    (r"BTC", "Bộ Tài chính"),
    (r"BYT", "Bộ Y tế"),
    (r"DTTS", "dân tộc thiểu số"),
    (r"KT\s?-\s?XH", "kinh tế - xã hội"),
    (r"CT\s?-\s?XH", "chính trị - xã hội"),
    (r"TP", "thành phố"),
    (r"TX", "thị xã"),
)
_ANY_SHORT = re.compile("|".join(rf"(?P<s{i}>\b(?:{form})(?!\w))" for i, (form, _) in enumerate(_SHORT)))
_FULL = {f"s{i}": full for i, (_, full) in enumerate(_SHORT)}
_MAY_BE_SHORT = re.compile(rf"[{UPPER}][{UPPER}.]")
_DOTTED = re.compile(r"\b(TP|TX)\.\s?(?=\w)")
_ONE_SIDED_DASH = re.compile(r"(?<=\w)(?:[-–]\s|\s[-–])(?=\w)")
_PAIRS = re.compile(
    r"\b((?:[Cc]hính trị|[Kk]inh tế|[Vv]ăn hóa|[Pp]hát thanh))\s?[-–]\s?((?:[Xx]ã hội|[Tt]hông tin|[Tt]ruyền hình))"
)


def spell_out(name: str) -> str:
    """The name with its abbreviations written out, dashes between words spaced, spaces single.

    Letters that have no one meaning in plans ("TT", "CT", "BCT") are left as they are.
    """
    name = " ".join(name.split()).replace("Uỷ", "Ủy").replace("uỷ", "ủy").replace("–", "-")
    if "Lao" in name or "TB" in name:
        name = _LABOUR.sub(_labour, name)
    if _MAY_BE_SHORT.search(name):
        name = _ANY_SHORT.sub(_full, _DOTTED.sub(r"\1 ", name))
        name = name.replace(" & ", " và ").replace("&", " và ")
    if "-" in name:
        name = _ONE_SIDED_DASH.sub(" - ", _PAIRS.sub(r"\1 - \2", name))
    return " ".join(name.split())


def _full(m: re.Match[str]) -> str:
    return _FULL[m.lastgroup or ""]


def _labour(m: re.Match[str]) -> str:
    before = m.string[m.start() - 1] if m.start() else " "
    if before in "BS":  # "BLĐTBXH", "SLĐTBXH": the letter is the body's own
        return ("ộ " if before == "B" else "ở ") + _LABOUR_NAME
    return _LABOUR_NAME


_SECTORS = (
    r"Lao động\s?[-,]?\s?(?:Thương binh|TB)\s?(?:và|&|-)?\s?(?:Xã hội|XH)|L[ĐD]\s?-?\s?TB\s?[&-]?\s?XH"
    r"|Văn hóa,? (?:và )?Thể thao(?:,| và)? Du lịch|Văn hóa và Thể thao|Văn hóa - Xã hội|Văn hóa và Thông tin"
    r"|Văn hóa,? ?TT\s?&?\s?DL|VH\s?[,-]?\s?TT\s?(?:&|và)?\s?DL"
    r"|Giáo dục (?:và|&|-) Đào tạo|GD\s?[&-]?\s?ĐT|Thông tin (?:và|&) Truyền thông|TT\s?&\s?TT|TTTT"
    r"|Kế hoạch (?:và|&) Đầu tư|KH\s?&?\s?ĐT|Khoa học (?:và|&) Công nghệ|KH\s?&?\s?CN"
    r"|Tài nguyên (?:và|&) Môi trường|TN\s?&?\s?MT|Nông nghiệp (?:và|&) Phát triển nông thôn|NN\s?(?:&|và)?\s?PTNT"
    r"|Nông nghiệp (?:và|&) Môi trường|NN\s?&\s?MT|Dân tộc (?:và|&) Tôn giáo|Giao thông vận tải|GTVT"
    r"|Nội vụ|Tài chính|Tư pháp|Y tế|Công an|Quốc phòng|Ngoại giao|Xây dựng|Công Thương|Dân tộc|Ngoại vụ|Du lịch"
)
_STOP = (
    r"Phê duyệt|Ban hành|Về|V/v|Quy định|Hướng dẫn|Triển khai|Thực hiện|Tổ chức|Kế hoạch|Quyết định|Nghị quyết|Ngày"
    r"|Công văn|Chỉ thị|Tăng cường|Sửa đổi|Căn cứ|Đề án|Chương trình"
)
_NAME = rf"(?:\s(?!(?i:{_STOP})\b)[{UPPER}]\w{{0,9}}(?:\s?-\s?[{UPPER}]\w{{0,9}})?){{0,5}}"
_LEVEL = r"(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Hh]uyện|[Tt]hị xã|TX|[Tt]hị trấn|[Qq]uận|[Xx]ã|[Pp]hường|[Đđ]ặc khu)"
_TERM = r"(?:,?\s(?:khóa|khoá)\s[XVI\d]{1,5}|\s\((?:khóa|khoá)\s[XVI\d]{1,5}\))?"
_PARTY_BODY = r"(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) ủy|TU|(?:Ban Chấp hành )?Đảng bộ"
_ONE = (
    r"Thủ tướng(?: Chính [Pp]hủ| CP)?|TTg|Chính [Pp]hủ|Phó Thủ tướng(?: Chính phủ)?|Chủ tịch nước"
    r"|(?:Văn phòng|Thanh tra) Chính phủ|Ngân hàng Nhà nước(?: Việt Nam)?"
    rf"|(?:Ủy ban [Tt]hường vụ )?Quốc hội{_TERM}"
    rf"|(?:Ban Bí thư|Bộ Chính trị)(?: Trung ương(?: Đảng)?(?: Cộng sản Việt Nam)?)?{_TERM}"
    rf"|(?:Ban [Cc]hấp hành|BCH) (?:Trung ương|TW)(?: Đảng)?(?: Cộng sản Việt Nam)?{_TERM}"
    rf"|(?:Ban [Tt]hường vụ |BTV |Thường trực |Ban [Cc]hấp hành |BCH )?(?:{_PARTY_BODY})(?:\s{_LEVEL})?{_NAME}{_TERM}"
    rf"|(?:Bộ trưởng |Giám đốc |Trưởng [Pp]hòng )?(?:Liên )?(?:Bộ|Sở|Phòng|Ban)(?: trưởng)?\s(?i:{_SECTORS})(?!\w)"
    rf"(?:\s{_LEVEL}{_NAME})?"
    r"|(?:Phó Chủ tịch |Chủ tịch |Thường trực )?(?:UBND|Ủy ban [Nn]hân dân|HĐND|Hội đồng [Nn]hân dân)"
    rf"(?:\s{_LEVEL}{_NAME})?"
)
_ISSUER = re.compile(_ONE)
_ISSUED_BY = re.compile(rf"(?P<issuer>{_ONE})\s(?:đã\s)?(?:ban hành|ký ban hành|ký|có|gửi)\s(?:các\s)?\Z")
# A body not foreseen above: known by its first word, cut where the sentence goes on.
_OTHER_HEAD = re.compile(
    r"(?:Bộ|Sở|Ban|Ủy ban|UB|Hội|Đoàn|Tỉnh|Thành|Huyện|Trung ương|TW|Cục|Tổng|Vụ|Viện|Phòng|Văn phòng|Công an|Liên"
    r"|Ngân hàng|Thanh tra|Tòa|Đài|Mặt trận|MTTQ|LĐLĐ|Giám đốc|Bộ trưởng|Trưởng|Chánh|Công đoàn|Trường|Kho bạc|Bảo hiểm"
    r"|BHXH|UBMTTQ|Bộ Tư lệnh|Bộ chỉ huy|B[A-ZĐ]{2,7}|S[A-ZĐ]{2,7})\b"
)
_CUT = re.compile(
    r"[;:.()\[\]“”\"\n]|,|\s(?i:về|v/v|phê duyệt|ban hành|quy định|hướng dẫn|triển khai|thực hiện|sửa đổi|bổ sung|ngày|số"
    r"|đối với|thông qua|tăng cường|đẩy mạnh|nâng cao|kết luận|sơ kết|tổng kết|công bố|giao|trên|xây dựng|quán triệt"
    r"|thành lập|kiện toàn|điều chỉnh|đề nghị|yêu cầu|tại|trong|năm|giai đoạn|và các|là|để|đến|theo|nhằm|kèm|có)(?!\w)"
    r"|\s(?:tổ chức|chỉ đạo|hỗ trợ|cho|gửi|quản lý)(?!\w)|\svà\s(?=(?:Kế hoạch|Quyết định|Nghị|Chỉ thị|Công văn|Luật)\b)"
)
_HOLDER = re.compile(
    r"(?:Bộ trưởng|Giám đốc|Trưởng(?=\s(?:[Pp]hòng|[Bb]an)\s)|Chánh|Cục trưởng|Tổng [Gg]iám đốc)\s(?=[A-ZĐỦ]|[pb])"
)
_SEAT = re.compile(rf"\s(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường)(?:\s[{UPPER}][^\s,]*){{0,5}}\Z")
LONGEST = 140
"""Characters looked at for one issuer."""


# "…của Bộ A, Bộ B xây dựng Kế hoạch …": the last body is the sentence's subject.
_ACTS = (" xây dựng", " ban hành", " triển khai", " tổ chức", " yêu cầu", " đề nghị")


def read_issuer(text: str, place: int) -> tuple[int, str] | None:
    """The body whose name starts at `place`: where the name ends, and the name written out; None if there is none.

    Several bodies joined by "và" or a comma ("Bộ Y tế, Bộ Nội vụ và …") are read as one issuer.
    """
    end = _one_end(text, place)
    if end is None:
        return None
    for _ in range(4):
        joint = next((j for j in (" và ", ", ", " - ") if text.startswith(j, end)), None)
        if joint is None or not text.startswith(("Bộ ", "Sở "), end + len(joint)):
            break
        following = _ISSUER.match(text, end + len(joint))
        if following is None or text.startswith(_ACTS, following.end()):
            break
        end = following.end()
    return end, name_of(text[place:end])


def issued_by(text: str) -> str | None:
    """The body named as the doer at the end of `text`: "…, UBND tỉnh đã ban hành " → "Ủy ban nhân dân tỉnh"."""
    m = _ISSUED_BY.search(text, max(0, len(text) - LONGEST))
    return name_of(m["issuer"]) if m else None


def name_of(printed: str) -> str:
    """An issuer's name for a record: written out, an office-holder's body instead of the holder, a Sở without its province."""
    name = _HOLDER.sub("", spell_out(printed), count=1).strip(" ,-")
    name = name[:1].upper() + name[1:]
    if name == "Thủ tướng":
        return "Thủ tướng Chính phủ"
    if name.startswith(("Sở ", "Phòng ")):
        name = _SEAT.sub("", name)
    return name.replace("Chính Phủ", "Chính phủ")


def _one_end(text: str, place: int) -> int | None:
    known = _ISSUER.match(text, place)
    if known is not None and not text[known.end() : known.end() + 1].isalnum():
        return known.end()
    if _OTHER_HEAD.match(text, place) is None:
        return None
    limit = min(len(text), place + LONGEST)
    cut = _CUT.search(text, place, limit)
    end = cut.start() if cut else limit
    return end if end < limit or limit == len(text) else None
