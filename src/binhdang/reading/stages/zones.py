"""Zones: which paragraphs are the head, the preamble, the body, the tail; where the kind of paper stands.

Reads: Draft paragraphs. Writes: their `zone`."""

from __future__ import annotations

import re

from binhdang.reading.draft import Paragraph
from binhdang.vietnamese.enumerators import read_label
from binhdang.vietnamese.text import LOWER, UPPER

_KINDS = (
    "kế hoạch|quyết định|chỉ thị|chương trình(?: hành động| công tác| phối hợp)?|hướng dẫn|thông báo|kết luận|nghị quyết|đề án|phương án|báo cáo|tờ trình|công điện|quy chế"
    "|thông tri|dự án|công văn|kế hoạch liên tịch|kế hoạch phối hợp|thông tư"
)


KIND_LINE = re.compile(rf"[|\s*_#]{{0,6}}({_KINDS})[\s:*_|]{{0,6}}$")


KIND_OPEN = re.compile(rf"({_KINDS})(?![^\W\d_])\s{{0,4}}:?")


PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,;:|\d]{1,40}?(?:\s\d{1,2})?)\s?,\s{0,3}ngày\s{0,6}(?P<day>\d{0,2})[\s._…]{0,20}tháng\s{0,6}(?P<month>\d{0,2})[\s._…]{0,20}năm\s{0,6}(?P<year>\d(?:\s?\d){3}|\d{0,4})",
    re.IGNORECASE,
)
NUMERIC_PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,;:|\d]{1,40}?(?:\s\d{1,2})?)\s?,\s{0,3}ngày\s{0,3}(?P<day>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<year>\d{4})",
    re.IGNORECASE,
)


_PREAMBLE = re.compile(
    r"(?:[-+*]\s{0,3})?(?:căn cứ|thực hiện|triển khai|theo (?:đề nghị|tinh thần|quy định|kế hoạch)|xét|trên cơ sở|bám sát|thi hành|để |nhằm|tiếp tục|hưởng ứng|kính gửi|phát huy|trong (?:những|thời)|ngày \d|năm \d|sau khi|quán triệt|công tác)"
)


RECIPIENTS = re.compile(r"[|\s*_]{0,6}nơi nhận\s{0,3}:?")


POSTS = (
    r"CHỦ TỊCH(?: THƯỜNG TRỰC)?|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BỘ TRƯỞNG|TRƯỞNG BAN(?: THƯỜNG TRỰC)?|TRƯỞNG PHÒNG|BÍ THƯ(?: THƯỜNG TRỰC)?"
    r"|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|CỤC TRƯỞNG|VỤ TRƯỞNG"
    r"|VIỆN TRƯỞNG|TỔNG THƯ KÝ|THỦ TƯỚNG(?: CHÍNH PHỦ)?|HIỆU TRƯỞNG|TỔNG CỤC TRƯỞNG|TRƯỞNG"
)
"""Posts of those who sign, in capitals; a post that begins another stands behind it."""


SIGN = re.compile(
    r"[|\s*_]{0,6}(?:(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)[./]{1,2}\s?["
    + UPPER
    + r"]|(?:PHÓ |THỨ |QUYỀN )?(?:"
    + POSTS
    + r")(?!["
    + LOWER
    + r"]))"
)


NAME = re.compile(
    rf"(?:(?:GS|PGS|TS|ThS|BS|CN|Ths)\.?\s?){{0,3}}((?:[{UPPER}](?:[^\W\d_]|'){{0,9}}\s){{1,5}}[{UPPER}](?:[^\W\d_]|'){{1,9}})"
)


_BODY_LABELS = frozenset({"part", "chapter", "section", "article", "roman", "capital", "arabic"})


_EDGES = " \t\n\r\v\f\xa0|*_#-–="


def clean(text: str) -> str:
    """The text without the blanks, bars and marks of emphasis at its ends."""
    return text.strip(_EDGES)


def find_kind(paragraphs: list[Paragraph]) -> int | None:
    for index, p in enumerate(paragraphs[:60]):
        if p.table is not None:
            continue
        if KIND_LINE.match(p.low) and clean(p.text).isupper():
            return index
        cleaned = p.low.lstrip(" *_|#")
        if (m := KIND_OPEN.match(cleaned)) and p.match.lstrip(" *_|#")[: m.end(1)].isupper():
            return index
    for index, p in enumerate(paragraphs[:60]):
        if KIND_LINE.match(p.low) and (p.bold or p.centred or len(p.low) < 14):
            return index
    return None


def set_zones(paragraphs: list[Paragraph], kind_at: int | None) -> list[int]:
    """Set each paragraph's zone; returns the indexes of the title lines."""
    zone, titles = "head", []
    count = len(paragraphs)
    index = 0
    if kind_at is not None:
        for p in paragraphs[: kind_at + 1]:
            p.zone = "head"
        index = kind_at + 1
        while index < count and _is_title_line(paragraphs, index, kind_at):
            paragraphs[index].zone = "head"
            titles.append(index)
            index += 1
        while index < count and _AUTHORITY.match(clean(paragraphs[index].text)):
            paragraphs[index].zone = "head"
            index += 1
        zone = "preamble"
    while index < count:
        p = paragraphs[index]
        if p.table is not None:
            p.zone = zone if zone in ("body", "preamble") else "body"
            index += 1
            continue
        zone = _next_zone(paragraphs, index, zone, kind_at)
        if zone == "enacted":
            index = _enacted_head(paragraphs, index)
            zone = "preamble"
            continue
        p.zone = zone
        index += 1
    return titles


def _next_zone(paragraphs: list[Paragraph], index: int, zone: str, kind_at: int | None) -> str:
    p = paragraphs[index]
    if zone == "head":
        if index > 14 or _starts_body(p) or (_PREAMBLE.match(p.low) and len(p.low) > 40):
            zone = "preamble"
        else:
            return "head"
    if zone in ("preamble", "body") and (RECIPIENTS.match(p.low) or is_signature(p)):
        return "tail"
    if zone == "preamble" and (_starts_body(p) or (paragraphs[index - 1].zone == zone and _is_capital_heading(p))):
        return "body"
    if zone in ("tail", "outside"):
        later = len(paragraphs) - index
        if later > 4 and KIND_LINE.match(p.low) and clean(p.text).isupper():
            return "enacted"
        if p.low.lstrip(" *|").startswith("phụ lục") and len(p.low) < 120:
            return "body"
        if zone == "tail" and _tail_over(paragraphs, index):
            return "outside"
    return zone


def _tail_over(paragraphs: list[Paragraph], index: int) -> bool:
    """After recipients and a signer's name, a line that is neither is not the paper's."""
    p = paragraphs[index]
    tail = [q for q in paragraphs[max(0, index - 25) : index] if q.zone == "tail"]
    if any(q.low.lstrip("-+* ").startswith("lưu") for q in tail) and any(
        NAME.fullmatch(clean(q.text)) and not q.text.isupper() for q in tail
    ):
        return True
    if (
        read_label(p.match)
        or is_signature(p)
        or RECIPIENTS.match(p.low)
        or (len(p.text) < 60 and not p.text.endswith("."))
    ):
        return False
    seen = [q for q in paragraphs[max(0, index - 25) : index] if q.zone == "tail"]
    return any(RECIPIENTS.match(q.low) for q in seen) and len(p.text) > 60


def is_signature(p: Paragraph) -> bool:
    return len(p.text) < 120 and SIGN.match(p.match) is not None and clean(p.match)[:8].upper() == clean(p.match)[:8]


def _starts_body(p: Paragraph) -> bool:
    label = read_label(p.match)
    if label is not None and label.style in _BODY_LABELS:
        rest = p.match[label.end :]
        return not _PREAMBLE.match(rest.lower()) or label.style not in ("arabic",)
    words = clean(p.text)
    return (
        p.bold
        and 4 < len(words) < 120
        and not words.endswith((":", ";", ".", ","))
        and not _PREAMBLE.match(words.lower())
    )


def _is_capital_heading(p: Paragraph) -> bool:
    words = clean(p.text)
    return 8 < len(words) < 120 and words.isupper() and not words.endswith((":", ";", ".", ",", "/"))


# Who decides, in capitals between the title and the căn cứ lines.
_AUTHORITY = re.compile(
    r"(?:(?:CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|GIÁM ĐỐC|TRƯỞNG BAN|HIỆU TRƯỞNG|CỤC TRƯỞNG)(?![^\W\d_])|(?:[UỦ][ỶYỷỦ] BAN|HỘI ĐỒNG) NHÂN DÂN (?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|XÃ|PHƯỜNG|ĐẶC))[^a-z]{0,80}$"
)


def _is_title_line(paragraphs: list[Paragraph], index: int, kind_at: int) -> bool:
    p = paragraphs[index]
    words = clean(p.text)
    if p.table is not None or not words:
        return not words
    if index - kind_at > 8 or (len(words) > 420) or (read_label(p.match) and not words[0].isdigit()):
        return False
    low = words.lower()
    if low.startswith(("kính gửi", "căn cứ", "(kèm theo", "(ban hành kèm")):
        return low.startswith("(") and index > kind_at
    if words.endswith((";", ":")) or (words.endswith(".") and len(words) > 160) or _AUTHORITY.match(words):
        return False
    if index == kind_at + 1:
        return not (_PREAMBLE.match(low) and re.search(r"số\s?\d|ngày \d|\d/[A-ZĐ]", words) and len(words) > 160)
    if words.isupper():
        return True
    if _PREAMBLE.match(low) and (len(words) > 110 or re.search(r"số\s?\d|\d/[A-ZĐ]", words)):
        return False
    previous = clean(paragraphs[index - 1].text)
    return len(words) < 160 and (
        p.bold or p.centred or (p.bold == paragraphs[index - 1].bold and len(previous) > 20 and words[:1].islower())
    )


def _enacted_head(paragraphs: list[Paragraph], index: int) -> int:
    """Set the zone of the enacted plan's kind and title; returns the index after them."""
    start = index
    paragraphs[index].zone = "head"
    index += 1
    while index < len(paragraphs) and index - start < 8 and _is_title_line(paragraphs, index, start):
        paragraphs[index].zone = "head"
        index += 1
    return index
