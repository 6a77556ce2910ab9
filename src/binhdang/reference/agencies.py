"""How agencies are named in State plans: fields of work, abbreviations, words that head a name.

Source: names as printed in issued plans of ministries, provinces, districts and communes, 2004-2026, and the
organisation decrees of 2025 (Decree 25/2025/NĐ-CP, Decree 150/2025/NĐ-CP). A name is spelled out, never replaced by its
successor: the paper's own name stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

_AND = r"\s?(?:và|&|,)?\s?"
_JOIN = r"\s?(?:và|&|,|-)?\s?"  # between abbreviations, where a dash is no part of the name

# (pattern on lower case, name written out). Longest first. A dash that the paper prints inside a name stays a dash.
_FIELDS: tuple[tuple[str, str], ...] = (
    (
        r"lao động\s?[,-]?\s?(?:thương binh\s?(?:và|&|,|-)?\s?xã hội|tb\s?(?:&|và|-|,)?\s?xh)|l[đd]\s?[-,]?\s?tb\s?(?:&|và|-|,)?\s?xh(?![a-z])",
        "Lao động - Thương binh và Xã hội",
    ),
    (
        r"văn hóa\s?[,-]?\s?(?:thể thao\s?(?:và|&|,)?\s?du lịch|tt\s?(?:&|và)?\s?dl)|vh"
        + _JOIN
        + "tt"
        + _JOIN
        + r"dl(?![a-z])",
        "Văn hóa, Thể thao và Du lịch",
    ),
    (
        r"nông nghiệp" + _AND + r"(?:ptnt|phát triển nông thôn)|nn" + _JOIN + r"ptnt(?![a-z])",
        "Nông nghiệp và Phát triển nông thôn",
    ),
    (r"nông nghiệp" + _AND + r"môi trường|nn" + _JOIN + r"mt(?![a-z])", "Nông nghiệp và Môi trường"),
    (r"tài nguyên" + _AND + r"môi trường|tn" + _JOIN + r"mt(?![a-z])", "Tài nguyên và Môi trường"),
    (r"thông tin" + _AND + r"truyền thông|tt" + _JOIN + r"tt(?![a-z])", "Thông tin và Truyền thông"),
    (r"kế hoạch" + _AND + r"đầu tư|kh" + _JOIN + r"đt(?![a-z])", "Kế hoạch và Đầu tư"),
    (r"khoa học" + _AND + r"công nghệ|kh" + _JOIN + r"cn(?![a-z])", "Khoa học và Công nghệ"),
    (r"giáo dục" + _AND + r"đào tạo|gd" + _JOIN + r"đt(?![a-z])", "Giáo dục và Đào tạo"),
    (r"dân tộc" + _AND + r"tôn giáo|dt" + _JOIN + r"tg(?![a-z])", "Dân tộc và Tôn giáo"),
    (r"giao thông\s?-?\s?vận tải|gtvt", "Giao thông vận tải"),
    (r"kinh tế, hạ tầng và đô thị|kt" + _JOIN + "ht" + _JOIN + r"đt(?![a-z])", "Kinh tế, Hạ tầng và Đô thị"),
    (r"kinh tế" + _AND + r"hạ tầng|kt" + _JOIN + r"ht(?![a-z])", "Kinh tế và Hạ tầng"),
    (r"văn hóa, khoa học và thông tin|vh\s?,?\s?kh\s?(?:&|và)\s?tt(?![a-z])", "Văn hóa, Khoa học và Thông tin"),
    (r"vh\s?-?\s?xh(?![a-z])", "Văn hóa - Xã hội"),
    (r"vh" + _JOIN + r"tt(?![a-z])", "Văn hóa và Thông tin"),
    (r"tc\s?-?\s?kh(?![a-z])|tài chính\s?-\s?kh(?![a-z])", "Tài chính - Kế hoạch"),
    (r"xây dựng", "Xây dựng"),
    (r"tư pháp", "Tư pháp"),
    (r"nội vụ", "Nội vụ"),
    (r"y tế", "Y tế"),
    (r"ngoại vụ", "Ngoại vụ"),
    (r"ngoại giao", "Ngoại giao"),
    (r"công thương", "Công Thương"),
    (r"du lịch", "Du lịch"),
    (r"quốc phòng", "Quốc phòng"),
    (r"công an", "Công an"),
)
# Fields kept as printed, only their extent is known: "Tài chính - Kế hoạch", "Văn hóa - Thông tin" …
_PRINTED = (
    r"tài chính\s?-\s?kế hoạch|tài chính|văn hóa\s?-\s?xã hội|văn hóa\s?(?:và|-|&)\s?thông tin|văn hóa\s?(?:và|-|&)\s?thể thao"
    r"|giáo dục\s?-\s?đào tạo|kế hoạch\s?-\s?đầu tư|khoa học\s?-\s?công nghệ|thông tin\s?-\s?truyền thông|dân tộc|kinh tế(?:\s?-\s?hạ tầng)?"
    r"|quản lý đô thị|tổ chức\s?-\s?nội vụ|tuyên giáo(?:\s?(?:và|-|&)\s?dân vận)?|dân vận|liên hiệp phụ nữ|lhpn|nông dân|cựu chiến binh|ccb"
    r"|chữ thập đỏ|người cao tuổi|khuyến học|luật gia|nội chính|tổ chức(?=\s(?:tỉnh|huyện|thành|thị|trung))"
)
FIELD = re.compile(
    "(?:" + "|".join(f"(?P<f{i}>{p})" for i, (p, _) in enumerate(_FIELDS)) + f"|(?P<printed>{_PRINTED}))(?![^\\W\\d_])"
)

# Abbreviations written out, whole words only; longest first where one contains another.
_WORDS: tuple[tuple[str, str], ...] = (
    (r"UB\s?MTTQ\s?VN", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    (r"UB\s?MTTQ|UBMT", "Ủy ban Mặt trận Tổ quốc"),
    (r"MTTQ\s?VN", "Mặt trận Tổ quốc Việt Nam"),
    (r"MTTQ", "Mặt trận Tổ quốc"),
    (r"UBND", "Ủy ban nhân dân"),
    (r"HĐND", "Hội đồng nhân dân"),
    (r"(?:VSTB[CP]?PN|VSTB\s?của\s?PN|VSTBCPN)", "Vì sự tiến bộ của phụ nữ"),
    (r"TBPN", "tiến bộ phụ nữ"),
    (r"BĐG", "bình đẳng giới"),
    (r"LHPN", "Liên hiệp Phụ nữ"),
    (r"LĐLĐ", "Liên đoàn Lao động"),
    (r"CCB", "Cựu chiến binh"),
    (r"(?:TNCS\s?HCM|TNCSHCM|TNCS\s?Hồ Chí Minh)", "Thanh niên Cộng sản Hồ Chí Minh"),
    (r"CTTN", "Công tác thanh niên"),
    (r"TNCS", "Thanh niên Cộng sản"),
    (r"HCM", "Hồ Chí Minh"),
    (r"TN(?=$|[ ,;])", "Thanh niên"),
    (r"(?<=[Tt]rung tâm )CTXH", "Công tác xã hội"),  # elsewhere the same letters mean the political organisations
    (r"CT\s?-?\s?XH", "chính trị - xã hội"),
    (r"KT\s?-\s?XH", "kinh tế - xã hội"),
    (r"ĐBQH", "đại biểu Quốc hội"),
    (r"L[ĐD]\s?-?\s?TB\s?(?:&|và|-)?\s?XH", "Lao động - Thương binh và Xã hội"),
    (r"GD\s?&?\s?ĐT", "Giáo dục và Đào tạo"),
    (r"VH\s?,?\s?TT\s?&?\s?DL", "Văn hóa, Thể thao và Du lịch"),
    (r"NN\s?&?\s?PTNT", "Nông nghiệp và Phát triển nông thôn"),
    (r"KH\s?&?\s?ĐT", "Kế hoạch và Đầu tư"),
    (r"TT\s?&\s?TT", "Thông tin và Truyền thông"),
    (r"TN\s?&\s?MT", "Tài nguyên và Môi trường"),
    (r"GDNN", "Giáo dục nghề nghiệp"),
    (r"GDTX", "Giáo dục thường xuyên"),
    (r"TTĐT", "thông tin điện tử"),
    (r"TAND", "Tòa án nhân dân"),
    (r"VKSND", "Viện kiểm sát nhân dân"),
    (r"BCHQS", "Ban Chỉ huy Quân sự"),
    (r"CHQS", "Chỉ huy Quân sự"),
    (r"BĐBP", "Bộ đội Biên phòng"),
    (r"Báo và PT\s?[-,&]?\s?TH", "Báo và Phát thanh, Truyền hình"),
    (r"(?:PT\s?&\s?TH|PT\s?-\s?TH|PTTH)", "Phát thanh và Truyền hình"),
    (r"NHCSXH", "Ngân hàng Chính sách xã hội"),
    (r"KCN", "Khu công nghiệp"),
    (r"CSXH", "Chính sách xã hội"),
    (r"PVHCC", "Phục vụ hành chính công"),
    (r"TDP", "tổ dân phố"),
    (r"BHXH", "Bảo hiểm xã hội"),
    (r"KBNN", "Kho bạc Nhà nước"),
    (r"TTYT", "Trung tâm Y tế"),
    (r"TTXVN", "Thông tấn xã Việt Nam"),
    (r"LMHTX", "Liên minh Hợp tác xã"),
    (r"HTX", "hợp tác xã"),
    (r"LHTN", "Liên hiệp Thanh niên"),
    (r"NCT", "Người cao tuổi"),
    (r"NKT", "Người khuyết tật"),
    (r"CTĐ", "Chữ thập đỏ"),
    (r"PTNT", "phát triển nông thôn"),
    (r"THPT", "trung học phổ thông"),
    (r"THCS", "trung học cơ sở"),
    (r"DS\s?-?\s?KHHGĐ", "Dân số - Kế hoạch hóa gia đình"),
    (r"BTV", "Ban Thường vụ"),
    (r"BCH", "Ban Chấp hành"),
    (r"BCĐ", "Ban Chỉ đạo"),
    (r"TTg", "Thủ tướng Chính phủ"),
    (r"TX\.?", "thị xã"),
    (r"TP\.?", "thành phố"),
    (r"TW", "Trung ương"),
)
_WORD = re.compile(r"(?<![\w&/-])(?:" + "|".join(f"(?P<w{i}>{p})" for i, (p, _) in enumerate(_WORDS)) + r")(?![\w&])")
_HEADED = re.compile(r"\b(Sở|Bộ|Phòng|Ban|sở|phòng|bộ)\s?(?=[A-ZĐa-zđ])")
# Bodies without a field that stand as headings in capitals.
_IN_CAPITALS = (
    "Ủy ban nhân dân",
    "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "Ủy ban Mặt trận Tổ quốc",
    "Hội đồng nhân dân",
    "Hội Liên hiệp Phụ nữ",
    "Liên đoàn Lao động",
    "Đoàn Thanh niên",
    "Tòa án nhân dân",
    "Viện kiểm sát nhân dân",
    "Công an",
)
_CAPITAL_LEVEL = re.compile(r"(?<= )(?:CÁC|TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)(?![^\W\d_])")
_DASH = re.compile(r"\s?-\s?(?=\S)")
_COMMA = re.compile(r"\s?,\s?")
_SPACES = re.compile(r"\s+")
_HOI = re.compile(r"^(?:Hội|hội) (?:ND|PN)(?=$|\s)")
_SHORT = {"CA": "Công an", "ĐTN": "Đoàn Thanh niên", "VP": "Văn phòng"}
_STANDING = re.compile(r"^TT(?:\.\s?|\s)(?=HĐND|\w+ ủy)")
_LEADING = re.compile(r"^(CA|ĐTN|VP)(?=\s)")


def read_field(low: str, at: int) -> tuple[str | None, int] | None:
    """The field of work at a place of a lower-case text: (name written out or None to keep what is printed, end)."""
    m = FIELD.match(low, at)
    if m is None:
        return None
    group = m.lastgroup or "printed"
    return (None if group == "printed" else _FIELDS[int(group[1:])][1]), m.end()


def _written(word: re.Match[str]) -> str:
    return _WORDS[int((word.lastgroup or "w0")[1:])][1]


def _from_capitals(text: str) -> str:
    """A name printed in capitals throughout, as far as its case is known: levels and group words small, heads capital."""
    low = text.lower()
    if low.startswith("các "):
        return low
    head = _HEADED.match(low)
    if head and (field := read_field(low, head.end())):
        end = field[1]
        text = f"{head[1].capitalize()} {field[0] or low[head.end() : end].capitalize()}{text[end:]}"
    elif known := next((name for name in _IN_CAPITALS if low.startswith(name.lower())), None):
        text = known + text[len(known) :]
    return _CAPITAL_LEVEL.sub(lambda m: m[0].lower(), text)


@lru_cache(maxsize=4096)
def spell_out(name: str) -> str:
    """An agency's printed name with its abbreviations written out, dashes spaced and blanks single.

    "Sở LĐTB&XH" → "Sở Lao động - Thương binh và Xã hội"; "UBND các huyện, TX, TP" → "Ủy ban nhân dân các huyện, thị xã,
    thành phố". Names without abbreviations stay as they are.
    """
    text = _SPACES.sub(" ", name).strip(" \t,;:.-–")
    text = _STANDING.sub("Thường trực ", text)
    text = _LEADING.sub(lambda m: _SHORT[m[1]], text)
    text = _HOI.sub(lambda m: "Hội Nông dân" if m[0].endswith("ND") else "Hội Liên hiệp Phụ nữ", text)
    if text.isupper() and " " in text:
        text = _from_capitals(text)
    m = _HEADED.match(text)
    if m and (field := read_field(text.lower(), m.end())):
        full, end = field
        text = f"{m[1].capitalize()} {full if full else text[m.end() : end]}{text[end:]}"
    text = _WORD.sub(_written, text)
    if "&" in text:
        text = _WORD.sub(_written, text.replace("&", " và "))
    text = _DASH.sub(" - ", text) if " - " in text or "- " in text or " -" in text else text
    text = _COMMA.sub(", ", text)
    return _SPACES.sub(" ", text).strip()
