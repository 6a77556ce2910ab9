"""Targets: the numbers that the plan sets out to reach.

Reads: target sections, goals of projects, and percentages that a task's words set. Writes: Target values, one a number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice

from binhdang.paper import Span
from binhdang.plan import Target
from binhdang.reading.draft import Grid, Paragraph
from binhdang.reading.stages.nesting import Node
from binhdang.vietnamese.numbers import number

_UNITS = (
    r"%|phần trăm|lần(?!\s(?:thứ|đầu|này))|(?:ca|trẻ|người|bà mẹ|phụ nữ|vụ|trường hợp|trẻ em|trẻ trai|bé trai)[^,;.()\d]{0,24}?/\s?\d{1,3}(?:\.\d{3}){0,2}(?:\s(?:trẻ|ca|phụ nữ|dân|người|bé|nữ)[^,;.()\d]{0,24}?)?(?=[,;.()]|\s(?:vào|đến|năm|và)|$)"
    r"|‰|điểm phần trăm|giờ|lớp|cuộc|buổi|lượt người|lượt|người|mô hình|câu lạc bộ|clb|địa chỉ|cơ sở|tin,? bài|tin|bài|chuyên mục|chuyên đề|chuyên trang|hội nghị|hội thảo"
    r"|xã|phường|huyện|đơn vị|thôn|tổ|hộ|nhóm|sản phẩm|đợt|cán bộ|tuyên truyền viên|cộng tác viên|trường|nhà tạm lánh|doanh nghiệp|hợp tác xã|phóng sự|tài liệu|tờ rơi|tờ gấp|pano|vụ|ca|lao động nữ|lao động|phụ nữ|trẻ em|nạn nhân|học sinh|hội viên|đại biểu|gia đình|nhà|phòng|điểm|tổ hợp tác|văn bản|phiên|khóa|bản tin|chi hội|công trình|gương"
)
_NUMBER = re.compile(
    r"(?<![\w/.,-])(?P<low>\d{1,3}(?:\.\d{3}){1,3}(?:,\d{1,3})?|\d{1,6}(?:[.,]\d{1,3})?)\s?(?:(?:%\s?)?(?:-|đến)\s?(?P<high>\d{1,3}(?:[.,]\d{1,2})?)(?=\s?%))?\s?(?:\((?:[^()\d]{2,20})\)\s?)?(?P<unit>"
    + _UNITS
    + r")(?![^\W\d_])"
)
_RATIO = re.compile(
    r"(?<![\w/.,-])(?P<low>\d{1,3}(?:,\d{1,2})?)\s?/\s?(?P<per>100\.000|10\.000|1\.000|100)(?!\d|\.\d)(?P<rest>[^,;.()\d]{0,40}?)(?=[,;.()]|\s(?:vào|đến|năm|và|trong|so với)(?!\w)|\d|$)"
)
_FROM_TO = re.compile(
    r"từ\s(?:mức\s)?(?:khoảng\s)?(?P<from>\d{1,4}(?:[.,]\d{1,3})?)\s?(?P<u1>%|lần|[^\d,;.]{0,40}?(?:/\s?\d{1,3}(?:\.\d{3})?[^\d,;.]{0,30}?)?)\s?(?:\((?:năm )?[^()]{0,20}\)\s?)?(?:năm \d{4} )?(?P<way>xuống(?: còn| dưới)?|lên(?: trên)?|còn|giảm còn|tăng lên)\s(?:mức\s)?(?:dưới |trên )?(?P<to>\d{1,4}(?:[.,]\d{1,3})?)"
)
_COMPARATORS = (
    (">=", re.compile(r"(?:ít nhất|tối thiểu|không dưới|không thấp hơn|≥|>=|không ít hơn|từ)\s?(?:là |đạt )?$")),
    ("<=", re.compile(r"(?:không quá|tối đa|không vượt quá|≤|<=|không cao hơn|nhiều nhất|không lớn hơn)\s?$")),
    (">", re.compile(r"(?:trên|hơn|vượt|cao hơn|quá|>)\s?(?:mức )?$")),
    ("<", re.compile(r"(?:dưới|thấp hơn|nhỏ hơn|ít hơn|<)\s?(?:mức )?$")),
)
_UPWARDS = re.compile(r"\s?(?:[^,;.()\d]{0,20}\s)?trở lên|\s?hoặc cao hơn")
_DOWNWARDS = re.compile(r"\s?trở xuống")
_YEAR_WORDS = r"(?:(?:đến |vào |tới |trong )?(?:cuối |hết )?năm |(?:đến|vào|tới) )(20\d{2})(?![\d/%])"
_YEAR_AFTER = re.compile(r"[^;.\d%]{0,60}?" + _YEAR_WORDS)
_YEAR_BEFORE = re.compile(_YEAR_WORDS)
# A sentence that lets a number be changed sets none; a number inside "nếu …", "nơi có tỷ lệ …" is a condition.
_WAIVER = re.compile(
    r"có thể (?:điều chỉnh|xác định|xem xét|áp dụng)|được (?:xem xét|điều chỉnh)|xem xét[^.;]{0,20} điều chỉnh"
)
_CONDITION = re.compile(r"nếu |trường hợp|nơi có tỷ lệ|đối với (?:các )?[^,;.]{0,60}(?:dưới|trên|từ) \d")
# What was reached before: "(năm 2025 mới đạt 23,4%)", "(năm 2018 có 23 vụ)".
_BEFOREHAND = re.compile(
    r"\((?:cuối |hết )?năm 20\d{2}\s(?:mới|có|là|chỉ|đã|hiện|ước)[^():;]{0,40}$|\((?:cuối |hết )?năm 20\d{2}[^():;\d]{0,50}(?:cộng lại|cũ) $|\(hiện (?:nay|tại|có|đạt|mới)[^():;]{0,40}$"
)
_STANDING = re.compile(r"[^,;.()\d]{0,24}(?<!phát)\shiện (?:có|nay)(?![^\W\d_])")  # "28 địa chỉ tin cậy hiện có"
_NOT_A_TARGET = re.compile(
    r"(?:khoản|điều|mục|(?<!tỷ )(?<!tỉ )số|quyết định|ngày|tháng|giai đoạn|trang|điểm|thứ|nhiệm kỳ|phụ lục)\s?$"
)
_COUNTED = re.compile(
    r"quá|mức|khống chế|đạt|có|ít nhất|tối thiểu|trên|dưới|tăng|giảm|còn|xuống|lên|phấn đấu|duy trì|thành lập|xây dựng|tổ chức|mỗi|từ|không quá|hỗ trợ|mở|hằng|hàng|đào tạo|tập huấn|là|khoảng|thêm|bình quân|tối đa"
)
_SENTENCE = re.compile(r"[^.;]{3,}?(?:[.;](?=\s|$)|$)")


_DIGIT = re.compile(r"\d")


def find_targets(nodes: list[Node], ids: dict[int, str], year: int | None) -> list[Target]:
    """Targets in the outline. `ids` gives the outline id of a node's index; `year` is the plan's single year, if any."""
    targets: list[Target] = []
    for node in nodes:
        in_targets = node.about in ("targets", "objectives") or node.attribute == "goal"
        if node.about in ("basis", "slogans", "funding"):
            continue
        if node.about == "objectives" and node.attribute is None and not _has_number(node):
            continue
        for paragraph in node.paragraphs:
            if not in_targets and "%" not in paragraph.text:
                continue
            if not _DIGIT.search(paragraph.text):
                continue
            heading_year = _heading_year(node)
            skip = node.label.end if node.label and paragraph is node.first else 0
            targets += _targets_of(paragraph, skip, ids.get(node.index), heading_year or year, counts=in_targets)
    return targets


def _has_number(node: Node) -> bool:
    return any(_DIGIT.search(p.text) for p in node.paragraphs)


def _heading_year(node: Node) -> int | None:
    here: Node | None = node
    while here is not None:
        if (here.paragraphs and here is not node) or (here is node and node.heading):
            m = _YEAR_BEFORE.search(here.first.low[:120])
            if m and here.about in ("targets", "objectives"):
                return int(m[1])
        here = here.parent
    return None


_MOST = 60  # numbers in one paragraph; issued plans have at most a dozen


def _targets_of(p: Paragraph, skip: int, outline: str | None, year: int | None, *, counts: bool) -> list[Target]:
    out: list[Target] = []
    low = p.low
    taken: list[tuple[int, int]] = []
    changes = list(_FROM_TO.finditer(low, skip))
    baselines = [(m.start("from"), m.end("u1")) for m in changes]
    falls = {m.start("to"): m["way"] for m in changes}
    numbers = [*islice(_RATIO.finditer(low, skip), _MOST), *islice(_NUMBER.finditer(low, skip), _MOST)]
    for m in sorted(numbers, key=lambda x: (x.start(), -x.end())):
        at = m.start("low")
        if any(a <= at < b for a, b in [*taken, *baselines]):
            continue
        target = _target(p, m, falls, outline, year, counts=counts)
        if target is not None:
            out.append(target)
            taken.append((m.start(), m.end()))
    for at in falls:
        if not any(a <= at < b for a, b in taken) and counts:
            target = _bare(p, at, outline, year)
            if target is not None:
                out.append(target)
    return out


def _target(
    p: Paragraph, m: re.Match[str], falls: dict[int, str], outline: str | None, year: int | None, *, counts: bool
) -> Target | None:
    low, at = p.low, m.start("low")
    groups = m.groupdict()
    unit = f"/{groups['per']} {groups['rest'].strip()}".strip() if groups.get("per") else groups["unit"]
    if unit == "phần trăm":
        unit = "%"
    percent = unit == "%"
    before = low[max(0, at - 40) : at]
    if not percent and (not counts or _NOT_A_TARGET.search(before)):
        return None
    if not percent and "/" not in unit and not _COUNTED.search(low[max(0, at - 60) : at]) and at > 12:
        return None
    if _STANDING.match(low, m.end()):
        return None
    if _BEFOREHAND.search(low, max(0, at - 70), at):
        return None
    if _YEAR_BEFORE.match(low, max(0, at - 4)) and groups["low"].startswith("20") and not percent:
        return None
    sentence = _sentence(low, at)
    if _WAIVER.search(low, *sentence) or _CONDITION.search(low, sentence[0], at + 1):
        return None
    if not percent and not groups.get("per") and "/" not in unit and _shares_before(low, sentence, at):
        return None  # "100% phụ nữ mang thai được khám ít nhất 3 lần": the share is what is to be reached
    if not counts and not _sets_a_share(low, at, sentence):
        return None
    comparator = _comparator(low, at, m.end(), falls)
    value = number(groups["low"])
    if groups.get("high"):  # "10 - 15%": the lower bound is what must be reached
        comparator = ">="
    if value is None:
        return None
    return _make(p, value, comparator, unit, sentence, (at, m.end()), outline, year)


def _comparator(low: str, at: int, end: int, falls: dict[int, str]) -> str:
    """The comparator that the words around a number say."""
    before = low[max(0, at - 30) : at]
    if _UPWARDS.match(low, end) or (
        before.rstrip().endswith("từ")
        and " trở lên" in low[end : end + 90].split(";")[0].split(". ")[0]
        and "tuổi trở lên" not in low[end : end + 90]
    ):
        return ">="
    if _DOWNWARDS.match(low, end):
        return "<="
    if at in falls:
        way = low[max(0, at - 12) : at]
        return "<" if "dưới" in way else ">" if "trên" in way else "="
    for sign, pattern in _COMPARATORS:
        if pattern.search(before):
            return sign if not (sign == ">=" and before.rstrip().endswith("từ")) else "="
    if same := _SAME_COMPARATOR.search(low, max(0, at - 60), at):  # "ít nhất 27% vào năm 2025 và | 30% vào năm 2030"
        return _comparator(low, same.start(), same.end("unit"), falls)
    return "="


_SAME_COMPARATOR = re.compile(
    r"\d{1,6}(?:,\d{1,3})?\s?(?P<unit>%|lần)(?:/[\d.]{3,7}[^,;.()\d]{0,30})? (?:vào |đến |trong )?năm 20\d{2}(?:,| và|, và)\s(?:đạt )?$"
)


def _shares_before(low: str, sentence: tuple[int, int], at: int) -> bool:
    return "%" in low[sentence[0] : at]


def _sets_a_share(low: str, at: int, sentence: tuple[int, int]) -> bool:
    """In a task, a percentage is a target when its sentence says that so many reach something."""
    words = low[sentence[0] : at]
    return re.search(
        r"(?:đạt|bảo đảm|đảm bảo|trong|cho|phấn đấu|tối thiểu|ít nhất|trên|dưới|để|có|từ|là|không quá|không vượt quá|nâng[^;.]{0,60}lên)\s?(?:khoảng |tỷ lệ |trên |ít nhất )?$",
        words,
    ) is not None or not words.strip(" -+*)")


def _sentence(low: str, at: int) -> tuple[int, int]:
    start = max(
        low.rfind(". ", 0, at) + 2 if low.rfind(". ", 0, at) >= 0 else 0,
        low.rfind("; ", 0, at) + 2 if low.rfind("; ", 0, at) >= 0 else 0,
    )
    ends = [e for e in (low.find(". ", at), low.find("; ", at), low.find(";", at)) if e >= 0]
    return start, min(ends, default=len(low))


_REACHED = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s?([^\d,;.()]{0,40}(?:/\s?[\d.]{1,7}[^\d,;.()]{0,30})?)")


def _bare(p: Paragraph, at: int, outline: str | None, year: int | None) -> Target | None:
    """ "từ 23 xuống 18 …": the number reached, its unit among the words after it."""
    m = _REACHED.match(p.low, at)
    value = number(m[1]) if m else None
    if m is None or value is None:
        return None
    return _make(p, value, "=", m[2].strip() or "", _sentence(p.low, at), (at, m.end(1)), outline, year)


def _make(
    p: Paragraph,
    value: Decimal,
    comparator: str,
    unit: str,
    sentence: tuple[int, int],
    at: tuple[int, int],
    outline: str | None,
    year: int | None,
) -> Target:
    start, end = sentence
    text = p.match[start:end].strip()
    year = _year_of(p.low, start, at, end) or year
    subject = _subject(p.match[start:end], at[0] - start, at[1] - start)
    if (start > 0 and _DEPENDENT.match(subject.lower())) or len(subject.split()) < 5:
        stop = p.low.rfind(". ", 0, max(0, start - 2))
        before = stop + 2 if stop >= 0 else 0
        if before < start - 6:
            subject = f"{_LEAD.sub('', p.match[before:start].strip(' .;,-+*'))}; {subject}".strip("; ")
    return Target(comparator, value, unit.strip(), subject, year, text, p.place(start, end), outline)


def _year_of(low: str, start: int, at: tuple[int, int], end: int) -> int | None:
    """The year that a number's sentence `[start, end)` sets for it: printed after it, else the last one before it."""
    before = [m for m in _YEAR_BEFORE.finditer(low, start, at[0]) if not _is_baseline(low, m.start())]
    after = _YEAR_AFTER.match(low, at[1], end)
    compared = after is not None and "so với" in after.group()
    if after and not compared and not (before and _NEXT_YEAR.search(after.group())):
        return int(after[1])
    return int(before[-1][1]) if before else None


def _is_baseline(low: str, at: int) -> bool:
    """A year that dates what was: "từ 14% | năm 2017 xuống 6%", "so với | năm 2020"."""
    words = low[max(0, at - 8) : at].rstrip()
    return low.startswith("năm", at) and words.endswith(("%", "so với", *"0123456789"))


# A year that opens what is said next: "Đến năm 2025 đạt 60% | và đến năm 2030 đạt 75%".
_NEXT_YEAR = re.compile(r"(?:,|\svà)\s(?:đến|tới)\s(?:cuối |hết )?(?:năm )?\d{4}$")
_DEPENDENT = re.compile(r"chỉ tiêu này|đến năm|trong đó|tỷ lệ này|con số này|đến cuối|phấn đấu đến|là nữ|riêng")


_LEAD = re.compile(r"^[\s\-+*•.)(:]{1,6}|^(?:phấn đấu|đến năm \d{4},?|chỉ tiêu \d{1,2}(?:\.\d)?:?)\s", re.IGNORECASE)
# What only compares the number, before it, and what only repeats it, after it.
_COMPARED = re.compile(
    r"(?:(?<=\s)|^)(?:(?:ít nhất|tối thiểu|tối đa|trên|dưới|hơn|khoảng|từ|không dưới|không quá|không thấp hơn|nhiều nhất|đạt|còn|xuống|≥|≤|>|<)\s?){1,3}$",
    re.IGNORECASE,
)
_AFTER_NUMBER = re.compile(r"^\s?(?:\(\d{1,4}/\d{1,4}\)|trở lên|trở xuống)")
_LOOSE = re.compile(
    r"(?:,\s?)?(?:đạt|ít nhất|tối thiểu|trên|dưới|khoảng|từ|còn|xuống|đạt tỷ lệ|không quá|là)\s{0,2}(?=$|[,;.])",
    re.IGNORECASE,
)


def _subject(sentence: str, at: int, end: int) -> str:
    """Who or what, in the printed words: the sentence without its number."""
    words = (_COMPARED.sub("", sentence[:at]) + " " + _AFTER_NUMBER.sub("", sentence[end:])).strip(" .;,:")
    for _ in range(2):
        words = _LEAD.sub("", words)
    words = _LOOSE.sub("", words)
    return " ".join(words.split()).strip(" .;,:-+*")


_INDICATOR_HEAD = re.compile(r"chỉ tiêu|mục tiêu|tên chỉ số|nội dung chỉ tiêu")
_YEAR_HEAD = re.compile(r"(?:năm |đến năm |kế hoạch |giai đoạn )?(20\d{2})(?!\s?-)")
_CELL = re.compile(
    r"(?P<sign>≥|>=|≤|<=|>|<|trên|dưới|ít nhất|tối thiểu|không quá|tối đa)?\s?(?P<value>\d{1,3}(?:\.\d{3}){0,3}(?:,\d{1,3})?)\s?(?P<unit>%)?\s?(?P<up>trở lên)?"
)
_SIGNS = {
    "≥": ">=",
    ">=": ">=",
    "≤": "<=",
    "<=": "<=",
    ">": ">",
    "<": "<",
    "trên": ">",
    "dưới": "<",
    "ít nhất": ">=",
    "tối thiểu": ">=",
    "không quá": "<=",
    "tối đa": "<=",
}


def targets_in_table(grid: Grid) -> list[Target]:
    """Targets of a table with a column of indicators and columns of years."""
    if len(grid.rows) < 2:
        return []
    head = [c.text.lower() for c in grid.rows[0]]
    name = next((i for i, h in enumerate(head) if _INDICATOR_HEAD.search(h)), None)
    years = {
        i: int(m[1])
        for i, h in enumerate(head)
        if i != name and (m := _YEAR_HEAD.search(h)) and "thực hiện" not in h and "hiện trạng" not in h
    }
    if name is None or not years:
        return []
    unit_at = next((i for i, h in enumerate(head) if "đơn vị" in h or "đvt" in h), None)
    out: list[Target] = []
    for row in grid.rows[1:]:
        if name >= len(row) or not row[name].text:
            continue
        for column, year in years.items():
            m = _CELL.fullmatch(row[column].text.strip().lower()) if column < len(row) else None
            value = number(m["value"]) if m else None
            if m is None or value is None:
                continue
            unit = m["unit"] or (row[unit_at].text.strip() if unit_at is not None and unit_at < len(row) else "")
            sign = ">=" if m["up"] else _SIGNS.get(m["sign"] or "", "=")
            span = Span(row[name].span.start, row[column].span.end)
            out.append(
                Target(sign, value, unit, row[name].text.strip(), year, f"{row[name].text}: {row[column].text}", span)
            )
    return out
