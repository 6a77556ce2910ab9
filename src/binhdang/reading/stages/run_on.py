"""A text that lost its paragraph breaks: find them again at labels, bullets and well-known headings."""

from __future__ import annotations

import re

from binhdang.vietnamese.text import LOWER, UPPER

# What follows a lost break. A dash or a number only counts after an end mark or a heading; a roman number before capitals
# and "Nơi nhận" count anywhere.
_BREAK = re.compile(
    r"(?:(?<=[.;:!…]) |(?<=[.;:!…][\"”]) )(?=(?:[-–+•*]|\+\)) ?[\w\"“]|\d{1,2}(?:\.\d{1,2}){0,3}[.)] ?["
    + UPPER
    + r"\d]|[a-zđ]\) ?\S)"
    r"| (?=[IVX]{1,5}\. ?[" + UPPER + r"]{2})"
    r"|(?<=[.;:,…/]) (?=(?:Trên đây là|Căn cứ |Nơi nhận ?:|(?:KT|TM|TL|TUQ)\. ?[" + UPPER + r"]{2}))"
    r"|(?<=[" + UPPER + r"][" + UPPER + r"]) (?=\d{1,2}\. ?[" + UPPER + r"]|[-–] [" + UPPER + r"][" + LOWER + r"])"
    r"|(?<=[" + LOWER + r"]) (?=\d{1,2}\.(?:\d{1,2}\.?)? ?[" + UPPER + r"][" + LOWER + r"])"
    r"|(?<=["
    + LOWER
    + r")]) (?=[-–+] (?:Tổ chức|Tiếp tục|Xây dựng|Tăng cường|Đẩy mạnh|Triển khai|Phối hợp|Chủ trì|Nâng cao|Thực hiện|Hướng dẫn|Kiểm tra|Giám sát|Rà soát|\d))"
)
_HEADING = re.compile(
    r"(?<=[.)] )(Mục tiêu chung|Mục tiêu cụ thể|Mục đích|Yêu cầu|Mục tiêu tổng quát|Quan điểm) (?=[" + UPPER + r"])"
)


# Where the lines of a letterhead and the title end.
_LETTERHEAD = re.compile(
    r" (?=CỘNG H[OÒ][AÀ] XÃ HỘI|Độc lập ?[-–]|Số ?:|(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|CHỈ THỊ|HƯỚNG DẪN|THÔNG BÁO) ["
    + UPPER + r"][" + LOWER + r"]|Căn cứ (?:Luật|Nghị|Quyết|Chỉ|Kế))"
)  # fmt: skip
_HEAD = 1_200


def split_run_on(text: str) -> list[str]:
    """The paragraphs of a run-on text, in order; joined by one blank they are the text again. One item if nothing is found."""
    cuts = [m.start() for m in _BREAK.finditer(text)]
    if len(cuts) < 4:
        return [text]
    cuts += [m.end() - 1 for m in _HEADING.finditer(text)]
    if "CỘNG H" in text[:_HEAD]:
        cuts += [m.start() for m in _LETTERHEAD.finditer(text, 0, _HEAD)]
    pieces: list[str] = []
    at = 0
    for cut in sorted(set(cuts)):
        if cut > at:
            pieces.append(text[at:cut])
            at = cut + 1
    pieces.append(text[at:])
    return [p for p in pieces if p]
