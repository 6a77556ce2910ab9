"""Laws and codes named in running text: where the name stands and where it ends.

Known names carry the commas and the "và" that belong to them; of an unknown law the name runs to the next mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Names with a comma, a "và" or a word at which an unknown name would be cut; other laws need not stand here.
_KNOWN = (
    r"Phòng,? ?chống (?:bạo lực gia đình|mua bán người|ma túy|tham nhũng|thiên tai|tác hại của (?:rượu, ?bia|thuốc lá)"
    r"|nhiễm vi rút[^,;.()]{0,80}|bệnh truyền nhiễm|rửa tiền)"
    r"|Hôn nhân (?:và|&) gia đình|Bình đẳng giới|B[ĐD]G|PCBLGĐ|PCMBN|HN&GĐ"
    r"|Bầu cử đại biểu Quốc hội(?: và đại biểu H(?:ội đồng nhân dân|ĐND)(?: các cấp)?)?"
    r"|Ban hành văn bản (?:quy phạm pháp luật|QPPL)|Cán bộ,? công chức|An toàn,? vệ sinh lao động"
    r"|Khám bệnh,? chữa bệnh|Thi đua,? khen thưởng|Phổ biến,? giáo dục pháp luật|Xuất cảnh, nhập cảnh[^;.()]{0,60}"
    r"|Bảo vệ,? chăm sóc và giáo dục trẻ em|Thực hiện dân chủ ở cơ sở|Hòa giải ở cơ sở|Tổ chức (?:chính quyền địa phương|Chính phủ|Quốc hội)"
    r"|Hỗ trợ doanh nghiệp nhỏ và vừa|Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng|Trẻ em"
    r"|Nhà ở|Tố tụng (?:hình sự|dân sự|hành chính)|Hình sự|Dân sự|Lao động|Ngân sách [Nn]hà nước|Mặt trận Tổ quốc Việt Nam"
    r"|Quản lý,? sử dụng tài sản công|Công nghiệp công nghệ số|Khoa học,? công nghệ và đổi mới sáng tạo"
    r"|Thuế [^,;.()]{3,40}?(?=,| và |;|\.)"
)
_LAW = re.compile(r"(?<!\w)(?:Bộ [Ll]uật|Luật)\s{1,3}(?!Luật)(?P<amending>[Ss]ửa đổi)?")
_AND_LAW = re.compile(r"(?:,| và)\s(?=Luật|Bộ [Ll]uật)")
_NAME = re.compile(rf"(?i:{_KNOWN})(?!\w)")
_STOP = re.compile(
    r"[,;:.()\[\]“”\"\n/]|\s(?:số|ngày|năm|được|và|của|trong|trên|đến|cho|tại|để|theo|về|có|là|khóa|sửa|nhằm|bằng|với"
    r"|thông|hiện|mới|quy định|đã|từ|vào|do|khi|ở)(?!\w)|\s-\s"
)
_AMENDED = re.compile(r"[Ss]ửa đổi(?:, bổ sung)?[^;.()]{0,60}?\scủa\s(?:các\s)?(?=Luật|Bộ [Ll]uật)")
_YEAR = re.compile(r"\s(?:năm\s)?\(?((?:19|20)\d\d)\b")
_FOLD = re.compile(r"[\W_]+")
LONGEST = 120
"""Characters of the longest name read of a law not known by name."""


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law named at `[start, end)`: the name with its word, the year if one is printed after it, a key for comparing."""

    start: int
    end: int
    year: int | None
    key: str


def find_laws(text: str) -> Iterator[NamedLaw]:
    """Laws and codes named in the text, in order; "Luật số 1/…" and "Luật này" are none. Linear time.

    An amending law is found with the name of the law that it amends, which is found again by itself.
    """
    for m in _LAW.finditer(text):
        end = _amending_end(text, m.start("amending")) if m["amending"] else _name_end(text, m.end())
        if end is None:
            continue
        year = _YEAR.match(text, end)
        yield NamedLaw(m.start(), end, int(year[1]) if year else None, law_key(text[m.start() : end]))


def law_key(title: str) -> str:
    """Equal for two printings of one law's name: case, commas, spaces and the usual short forms do not count."""
    folded = " " + _FOLD.sub(" ", title).strip().casefold() + " "
    for short, full in (
        (" bđg ", " bình đẳng giới "),
        (" bdg ", " bình đẳng giới "),
        (" hn gđ ", " hôn nhân và gia đình "),
    ):
        folded = folded.replace(short, full)
    return (
        folded.replace(" pcblgđ ", " phòng chống bạo lực gia đình ")
        .replace(" pcmbn ", " phòng chống mua bán người ")
        .strip()
    )


def _name_end(text: str, place: int) -> int | None:
    known = _NAME.match(text, place)
    if known is not None:
        return known.end()
    if not text[place : place + 1].isupper():
        return None  # "Luật này", "Luật sư": only a known law may be written small ("Luật tổ chức Chính phủ")
    limit = min(len(text), place + LONGEST)
    stop = _STOP.search(text, place, limit)
    end = stop.start() if stop else limit
    return end if end - place > 2 and (end < limit or limit == len(text)) else None


def _amending_end(text: str, place: int) -> int | None:
    m: re.Match[str] | None = _AMENDED.match(text, place)
    end = None
    for _ in range(4):  # "… của Luật A và Luật B"
        inner = _LAW.match(text, m.end()) if m else None
        following = _name_end(text, inner.end()) if inner and not inner["amending"] else None
        if following is None:
            break
        end = following
        m = _AND_LAW.match(text, end)
    return end
