"""Sources of money as they are named, classed as central, local or other; and what running text says of each."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter

from binhdang.vietnamese.numbers import Money, find_money
from binhdang.vietnamese.text import holds_any

CENTRAL, LOCAL, OTHER = "central", "local", "other"
SOURCES = (CENTRAL, LOCAL, OTHER)

_OTHER = re.compile(
    r"\bkhác\b|xã hội h[óo][aá]|\bxhh\b|huy động|viện trợ|tài trợ|\boda\b|hợp pháp|doanh nghiệp|quốc tế|đóng góp|cộng đồng"
    r"|tổ chức, cá nhân|vốn vay|lồng ghép"
)
_CENTRAL = re.compile(r"trung ương|\bnstw\b|\btw\b|\bt\.w\b|\btư\b(?! nhân)|\bnstư\b")
_LOCAL = re.compile(
    r"địa phương|\bns ?đp\b|\bđp\b|\bnst\b|\bnsh\b|\bnsx\b|\bns ?tp\b"
    r"|\b(?:ngân sách|ns|vốn|cấp|nguồn|kinh phí)(?: cấp)? (?:của )?(?:tỉnh|huyện|xã|thành phố|tp|thị xã|phường|quận|đặc khu|thị trấn)\b"
    r"|^(?:cấp )?(?:tỉnh|huyện|xã|thành phố|thị xã|phường|quận|đặc khu)$"
)
STATE = re.compile(r"ngân sách nhà nước|\bnsnn\b")

# what must not stand before is looked at after the first digits: the search then skips to these
_YEAR = re.compile(r"(?:19|20)(?<![\d/.]..)\d\d(?![\d/])")
_SPAN_OF_YEARS = re.compile(r"(20\d\d)(?<![\d/.]....) ?[-–—] ?(20\d\d)(?!\d)")
_PLACE = r"(?:trung ương|địa phương|tỉnh|huyện|xã|thành phố|thị xã|phường|quận|đặc khu|nhà nước|tw|các cấp)"
_LABEL = re.compile(
    # runs on small letters; how it can begin is looked at first: most words of a text fail there
    r"\b(?=ng[uâ]|ns|vốn|viện t|kinh p|huy đ|tài t|đóng|từ ng|các ng|oda)(?:"
    rf"(?:nguồn )?(?:vốn )?(?:ngân sách|ns)(?: cấp| của)? {_PLACE}(?! *\w* *hội)(?:,? (?:cấp )?(?:tỉnh|huyện|xã)\b){{0,2}}"
    r"|\bnstw\b|\bnsđp\b|\bnsnn\b"
    r"|(?:nguồn )?kinh phí (?:hỗ trợ )?(?:của |từ )?trung ương(?: hỗ trợ)?"
    r"|(?:nguồn )?viện trợ(?: quốc tế| nước ngoài| không hoàn lại)?"
    r"|(?:nguồn )?(?:kinh phí )?(?:vốn )?(?:huy động )?xã hội h(?:óa|oá)"
    r"|(?:các |từ )?(?:nguồn|nguồn kinh phí|nguồn vốn|nguồn tài chính|nguồn lực|nguồn thu)(?: huy động| tài trợ)?,? (?:hợp pháp )?khác"
    r"(?: theo quy định(?: của pháp luật)?)?"
    r"|(?:nguồn )?(?:vốn |kinh phí )?(?:huy động|tài trợ|đóng góp)(?: của| từ)? (?:các )?(?:tổ chức|doanh nghiệp|cộng đồng|nhà tài trợ)"
    r"(?:, (?:các )?(?:tổ chức|doanh nghiệp|cá nhân|cộng đồng)){0,3}"
    r"|(?:nguồn )?(?:vốn )?oda\b)"
)
# what every label holds: a cheap look before the search
_LABEL_WORDS = (
    "ngân sách",
    "ns",
    "kinh phí",
    "viện trợ",
    "xã hội h",
    "nguồn",
    "huy động",
    "tài trợ",
    "đóng góp",
    "oda",
)
# what every amount holds: a digit before the first letter of a unit of money
_PRICED = re.compile(r"\d[ .\u00a0]{0,3}[tnđvTNĐV]")
_PHRASE = re.compile(
    r"(?:tổng )?(?:nhu cầu |dự toán )?kinh phí(?: [^\s\d,.;:()]{1,20}| (?:19|20)\d\d){0,10}$|tổng số(?: tiền)?$",
    re.IGNORECASE,
)
_AFTER_AMOUNT = re.compile(
    r"(?: \([^()]{0,120}\))?,? (?:được )?(?:từ|do|trích|lấy|bố trí|thuộc|trong)(?: [^\s\d,.;:()]{1,12}){0,5}$"
)
_BODY = re.compile(r"(?:[IVX]{1,4}|\d{1,2}|[A-D])[.)]|Căn cứ|Thực hiện |Triển khai thực hiện |Nhằm |[-+]")
_AND = re.compile(r"[,;/+\n]| và ")
_SENTENCE = re.compile(r"[.!?\n](?:(?<=\n)|(?=\s))")


@dataclass(frozen=True, slots=True)
class Mention:
    """Money in running text: `[start, end)` of its label, its class and year, its amount in million đồng if one is given."""

    start: int
    end: int
    label: str
    source: str | None
    year: int | None
    amount: Decimal | None


def source_of(text: str) -> str | None:
    """central, local or other for a source's name as printed; None when it names none or the whole State budget."""
    name = " ".join(text.casefold().split())
    if _CENTRAL.search(name):
        return CENTRAL
    if _OTHER.search(name):
        return OTHER
    return LOCAL if _LOCAL.search(name) else None


def only_source(text: str) -> str | None:
    """The class of all sources that a cell or caption names; None when it names several classes, or none."""
    named = {source_of(part) for part in _AND.split(text)} - {None}
    return next(iter(named)) if len(named) == 1 else None


def years_in(text: str) -> list[int]:
    """The years named in `text`, each once, in order; "2011-2015" gives all five."""
    years: list[int] = []
    for m in _YEAR.finditer(text):
        years.append(int(m[0]))
    for m in _SPAN_OF_YEARS.finditer(text):
        first, last = int(m[1]), int(m[2])
        if first < last <= first + 20:
            years += range(first, last + 1)
    return sorted(dict.fromkeys(years)) if _SPAN_OF_YEARS.search(text) else list(dict.fromkeys(years))


def plan_years(text: str) -> list[int]:
    """The years that the plan's title names (the lines after the word "KẾ HOẠCH"), or []."""
    start = text.find("KẾ HOẠCH")
    if start < 0:
        return []
    for i, line in enumerate(text[start : start + 500].split("\n")[:5]):
        if i and _BODY.match(line):
            break
        years = years_in(line)
        if years:
            return years
    return []


def sentences(text: str) -> list[tuple[int, int]]:
    """The places of the sentences of `text`."""
    places, start = [], 0
    for m in _SENTENCE.finditer(text):
        if m.start() > start:
            places.append((start, m.start()))
        start = m.end()
    if start < len(text):
        places.append((start, len(text)))
    return places


def mentions(text: str) -> list[Mention]:
    """The sources named and the amounts given in a sentence of running text, in order."""
    amounts = find_money(text) if _PRICED.search(text) else []
    low = text.lower()
    # a letter that is two in small would shift the places
    low = low if len(low) == len(text) else text
    labels = [(m.start(), m.end()) for m in _LABEL.finditer(low)] if holds_any(low, _LABEL_WORDS) else []
    if not labels and not amounts:
        return []
    years = _years_at(text)
    found: list[Mention] = []
    taken: set[int] = set()
    for i, (start, end) in enumerate(labels):
        limit = labels[i + 1][0] if i + 1 < len(labels) else len(text)
        amount = _amount_after(text, amounts, end, min(limit, end + 60), taken)
        if amount is None and len(labels) == len(amounts) == 1:
            amount = _amount_before(text, amounts[0], start, taken)
        # one year for the label: the last one named before its amount
        place = amount.start if amount else end
        value = amount.amount if amount else None
        found.append(Mention(start, end, text[start:end], source_of(text[start:end]), _year_at(years, place), value))
    for i, money in enumerate(amounts):
        if i in taken:
            continue
        phrase = _PHRASE.search(text[max(0, money.start - 120) : money.start].rstrip(" :").removesuffix(" là"))
        offset = max(0, money.start - 120)
        start, end = (offset + phrase.start(), offset + phrase.end()) if phrase else (money.start, money.end)
        found.append(Mention(start, end, text[start:end], None, _year_at(years, money.start), money.amount))
    return sorted(found, key=lambda m: m.start)


def _amount_after(text: str, amounts: list[Money], start: int, limit: int, taken: set[int]) -> Money | None:
    for i, money in enumerate(amounts):
        if start <= money.start < limit and i not in taken and ";" not in text[start : money.start]:
            taken.add(i)
            return money
    return None


def _amount_before(text: str, money: Money, end: int, taken: set[int]) -> Money | None:
    """The only amount when the only label is what it comes from ("45 triệu đồng từ nguồn ngân sách xã")."""
    if money.start > end or not _AFTER_AMOUNT.match(text[money.end : end].rstrip()):
        return None
    taken.add(0)
    return money


def _years_at(text: str) -> list[tuple[int, int | None]]:
    """The years named with their places, in order; a period of several years ("2018 - 2020") is None, no single year."""
    spans = [m.span() for m in _SPAN_OF_YEARS.finditer(text)]
    years: list[tuple[int, int | None]] = [(start, None) for start, _ in spans]
    for m in _YEAR.finditer(text):
        if not any(start <= m.start() < end for start, end in spans):
            years.append((m.start(), int(m[0])))
    return sorted(years, key=itemgetter(0))


def _year_at(years: list[tuple[int, int | None]], place: int) -> int | None:
    at = bisect_right(years, place, key=itemgetter(0))
    return years[at - 1][1] if at else None
