"""Dues: what words of time mean.

Reads: words of a "Thời gian:" line or those that `item_times` found. Writes: Due values.
A date without a year takes the plan's year; a month or a quarter ends on its last day.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

from binhdang.paper import Span
from binhdang.plan import Due, Peak
from binhdang.vietnamese.dates import find_dates
from binhdang.vietnamese.numbers import roman
from binhdang.vietnamese.text import holds_any

_Y = r"(?:\s?(?:/|năm|-|,)\s?(?:năm )?(\d{4}))?"
_D = r"(?:ngày )?(\d{1,2})(?:\s?[/.-]\s?|\s?tháng\s?)(\d{1,2})(?!\d)(?:(?:\s?[/.-]\s?|,?\s?năm\s?)(\d{4}))?"
_Q = r"(?:iv|i{1,3}|[1-4])(?![\w])"
_DAYS = re.compile(rf"(?:từ )?{_D}\s?(?:đến hết|đến|-|tới|cho đến)\s?{_D}")
_DAY_SPAN = re.compile(rf"(?:từ )?(?:ngày )?(\d{{1,2}})\s?(?:-|đến)\s?(?:ngày )?{_D}")
_MONTHS = re.compile(
    rf"(?:từ )?(?:đầu )?tháng (\d{{1,2}}){_Y}\s?(?:-|đến hết|đến|tới)\s?(?:hết |cuối )?(?:tháng )?(\d{{1,2}})(?![\d]){_Y}"
)
_MONTH_LIST = re.compile(
    rf"(?:các )?tháng (\d{{1,2}})(?:/\d{{4}})?(?:\s?,\s?(?:tháng )?\d{{1,2}}){{0,8}}\s?(?:,|và|hoặc)\s?(?:tháng )?(\d{{1,2}})(?!\d|/\d{{1,2}}(?!\d)){_Y}"
)
_QUARTERS = re.compile(rf"(?:từ )?quý ({_Q}){_Y}\s?(?:-|đến hết|đến|tới)\s?(?:hết )?(?:quý )?({_Q}){_Y}")
_QUARTER_LIST = re.compile(rf"(?:các )?quý ({_Q})(?:\s?,\s?(?:quý )?{_Q}){{0,2}}\s?(?:,|và|hoặc)\s?(?:quý )?({_Q}){_Y}")
# "Từ quý III/2021 đến hết năm 2024", "từ tháng 7/2022 đến năm 2025"
_TO_YEAR = re.compile(
    rf"(?:từ )?(?:đầu )?(?:tháng (?P<month>\d{{1,2}})|quý (?P<quarter>{_Q}))(?:\s?/\s?|,? năm )(?P<from>\d{{4}})\s?(?:-|đến)\s?(?:hết |cuối )?năm (?P<to>\d{{4}})(?!\d)"
)
_YEAR_LIST = re.compile(r"(?:các năm|năm) (\d{4})(?:\s?,\s?\d{4}){0,6}\s?(?:,|và)\s?(?:năm )?(\d{4})(?!\d)")
_YEARS = re.compile(
    r"(?:giai đoạn|từ năm|từ|năm|trong các năm|các năm)?\s?(\d{4})\s?(?:-|đến năm|đến hết năm|đến)\s?(?:năm )?(\d{4})"
)
_BEFORE = r"(?:(?:hoàn thành|xong|gửi|kết thúc|báo cáo)?\s?(trước|chậm nhất(?: là)?(?: vào)?(?: trước)?|muộn nhất(?: là)?(?: vào)?(?: trước)?|đến hết|đến|xong trước|hạn cuối|vào|trong|không muộn hơn)\s(?:\d{1,2}\s?(?:giờ|h)(?:\d{2})?,?\s)?)?"
_DAY = re.compile(rf"{_BEFORE}{_D}")
_MONTH = re.compile(
    rf"(?:(trước|trong|hết|cuối|đầu|vào|giữa|đến hết|đến) )?(?:cuối |đầu |nửa đầu |nửa cuối )?tháng (\d{{1,2}})(?!\d){_Y}"
)
_QUARTER = re.compile(rf"(?:(trước|trong|hết|cuối|đầu|vào|đến hết|đến) )?quý ({_Q}){_Y}")
_HALF = re.compile(r"(?:trong )?(3|03|6|06|9|09|sáu|chín|ba) tháng (đầu|cuối) năm(?:\s(\d{4}))?")
_YEAR = re.compile(r"(?:(trong|trước|hết|cuối|đến hết|cả|đến|vào) )?(?:cuối )?năm (\d{4})")
_ALL_YEAR = re.compile(r"(?:cả năm|trong năm|năm kế hoạch)(?!\s?\d|\w)")
_END_YEAR = re.compile(r"(?:trước |vào |đến )?(?:dịp )?(?:cuối|hết) năm(?!\s?\d)")
PERIODIC = re.compile(
    r"hằng (?:năm|quý|tháng|tuần)|hàng (?:năm|quý|tháng|tuần)|định kỳ|mỗi (?:năm|quý|tháng)|(?:6|06|sáu) tháng,? (?:hằng |hàng )?năm|\d{1,2} (?:lần|cuộc|đợt)/(?:năm|quý|tháng)|(?:một|1|01) năm \d{1,2} lần|(?:một|hai|ba|\d{1,2}) lần (?:một|mỗi|trong) (?:năm|quý)|(?:3|03|ba|6|06|sáu) tháng(?:\s?/\s?| (?:một|1) )lần"
)
_ONGOING = re.compile(
    r"thường xuyên(?:,? (?:trong|suốt|cả) năm)?|liên tục|xuyên suốt|trong suốt|suốt (?:năm|thời gian|cả năm)|trong cả giai đoạn|không thời hạn|lồng ghép trong năm"
)
_DIRECTED = re.compile(
    r"(?:theo|khi có|sau khi có|chờ|căn cứ)\s(?:thời gian |tiến độ |lịch |kế hoạch |văn bản )?(?:của |quy định|hướng dẫn|yêu cầu|chỉ đạo|kế hoạch|chương trình|văn bản|thông báo|lịch|triệu tập|quyết định|thực tế|tiến độ|đề nghị)[^.;]{0,100}|(?:ngay )?sau khi\s[^.;]{0,60}?(?:ban hành|phê duyệt|thông qua)(?![^\W\d_])"
)


class Found(NamedTuple):
    """A time expression at `[start, end)` of the words it was read from."""

    start: int
    end: int
    type: str
    day: date | None = None
    before: bool = False
    first: date | None = None
    last: date | None = None
    waits_for: str | None = None


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def _last(year: int, month: int) -> date | None:
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _first(last: date, months: int) -> date:
    """The first day of the months that end on `last`: "trước quý IV" is before 1 October."""
    return last.replace(month=last.month - months + 1, day=1)


def _quarter(text: str) -> int:
    return int(text) if text.isdigit() else roman(text) or 1


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _windows(low: str, year: int, at: int) -> Found | None:
    """A stretch of time: from day to day, month to month, quarter to quarter; the first that is printed."""
    found = (
        _to_year(low, at),
        _day_window(low, year, at),
        _quarter_window(low, year, at) if "quý" in low else None,
        _month_window(low, year, at) if "tháng" in low else None,
    )
    return min((f for f in found if f is not None), default=None, key=lambda f: f.start)


def _to_year(low: str, at: int) -> Found | None:
    if m := _TO_YEAR.search(low, at):
        month = int(m["month"]) if m["month"] else 3 * _quarter(m["quarter"]) - 2
        first, last = _day(int(m["from"]), month, 1), _day(int(m["to"]), 12, 31)
        if first and last and first < last:
            return Found(m.start(), m.end(), "window", first=first, last=last)
    return None


def _day_window(low: str, year: int, at: int) -> Found | None:
    if m := _DAYS.search(low, at):
        last_year = _int(m[6]) or _int(m[3]) or year
        first, last = _day(_int(m[3]) or last_year, int(m[2]), int(m[1])), _day(last_year, int(m[5]), int(m[4]))
        if first and last and first <= last:
            return Found(m.start(), m.end(), "window", first=first, last=last)
    if (m := _DAY_SPAN.search(low, at)) and (last := _day(_int(m[4]) or year, int(m[3]), int(m[2]))):
        first = _day(last.year, last.month, int(m[1]))
        if first and first < last:
            return Found(m.start(), m.end(), "window", first=first, last=last)
    return None


def _quarter_window(low: str, year: int, at: int) -> Found | None:
    if m := _QUARTERS.search(low, at) or _QUARTER_LIST.search(low, at):
        groups = m.groups()
        last_year = _int(groups[-1]) or (_int(groups[1]) if len(groups) == 4 else None) or year
        first_year = (_int(groups[1]) if len(groups) == 4 else None) or last_year
        a, b = _quarter(groups[0]), _quarter(groups[-2])
        last_day = _last(last_year, 3 * b) if last_year else None
        if last_day and (first_year, a) <= (last_year, b):
            return Found(m.start(), m.end(), "window", first=date(first_year, 3 * a - 2, 1), last=last_day)
    return None


def _month_window(low: str, year: int, at: int) -> Found | None:
    if m := _MONTHS.search(low, at) or _MONTH_LIST.search(low, at):
        groups = m.groups()
        last_year = _int(groups[-1]) or year
        first_year = (_int(groups[1]) if len(groups) == 4 else None) or last_year
        first, last_day = _day(first_year, int(groups[0]), 1), _last(last_year, int(groups[-2])) if last_year else None
        if first and last_day and first <= last_day:
            return Found(m.start(), m.end(), "window", first=first, last=last_day)
    return None


def _points(low: str, year: int, at: int) -> Found | None:
    """A date, the end of a month or quarter, whichever stands first."""
    found: list[Found] = []
    if (m := _DAY.search(low, at)) and (day := _day(_int(m[4]) or year, int(m[3]), int(m[2]))):
        found.append(Found(m.start(), m.end(), "by", day=day, before=bool(m[1]) and "trước" in m[1]))
    if (m := _QUARTER.search(low, at)) and (of := _int(m[3]) or year) and (last := _last(of, 3 * _quarter(m[2]))):
        before = m[1] == "trước"
        found.append(Found(m.start(), m.end(), "by", day=_first(last, 3) if before else last, before=before))
    if (m := _MONTH.search(low, at)) and (of := _int(m[3]) or year) and (last := _last(of, int(m[2]))):
        before = m[1] == "trước"
        found.append(Found(m.start(), m.end(), "by", day=_first(last, 1) if before else last, before=before))
    if (m := _HALF.search(low, at)) and (of := _int(m[3]) or year):
        months = {"ba": 3, "sáu": 6, "chín": 9}.get(m[1]) or int(m[1])
        found.append(Found(m.start(), m.end(), "by", day=_last(of, months) if m[2] == "đầu" else date(of, 12, 31)))
    return min(found, default=None, key=lambda f: f.start)


# "Thường xuyên, trọng tâm từ 15/11 đến 15/12": the whole year, with a peak.
_SINGLED_OUT = re.compile(r"[,;(]|trọng tâm|tập trung|cao điểm|nhất là|đặc biệt")
_DONE = re.compile(r"(?:hoàn thành|xong)\s$")
DIGIT = re.compile("[0-9]")


def find_time(low: str, year: int, *, years: bool, at: int = 0) -> Found | None:
    """The first time expression of lower-case words; whole years and stretches of years only where `years` is set."""
    low = low.replace("quí", "quý")
    dated = DIGIT.search(low, at) is not None or "quý" in low
    if dated and (found := _windows(low, year, at)):
        if (m := _periodic(low, at)) and m.start() > found.start and m.start() - found.end < 3:
            return Found(found.start, m.end(), "periodic")
        if not ((again := _again(low, at)) and _SINGLED_OUT.search(low, again.end, found.start)):
            return found
    elif dated and (found := _points(low, year, at)):
        if (m := _periodic(low, at)) and abs(m.start() - found.end) < 4:
            return Found(found.start, m.end(), "periodic")
        if not ((again := _again(low, at)) and again.start < found.start):
            return found
    again = _again(low, at)
    if again and _SINGLED_OUT.match(low, again.end):
        return again
    if years and (m := _YEAR_LIST.search(low, at)) and 1990 < int(m[1]) < int(m[2]) < 2200:
        return Found(m.start(), m.end(), "window", first=date(int(m[1]), 1, 1), last=date(int(m[2]), 12, 31))
    if years and (m := _YEARS.search(low, at)) and int(m[1]) <= int(m[2]) < 2200 and int(m[1]) > 1990:
        return Found(m.start(), m.end(), "window", first=date(int(m[1]), 1, 1), last=date(int(m[2]), 12, 31))
    if (m := _END_YEAR.search(low, at)) and year:
        return Found(m.start(), m.end(), "by", day=date(year, 12, 31))
    if again:
        return again
    if m := _DIRECTED.search(low, at):
        return Found(m.start(), m.end(), "as_directed", waits_for=m.group().strip(" .;,"))
    if years and (m := _YEAR.search(low, at)) and 1990 < int(m[2]) < 2200:
        of = int(m[2])
        if m[1] in ("trong", "trước", "hết", "cuối", "đến hết", "đến", "vào"):
            day = date(of, 1, 1) if m[1] == "trước" else date(of, 12, 31)
            return Found(m.start(), m.end(), "by", day=day, before=m[1] == "trước")
        return Found(m.start(), m.end(), "window", first=date(of, 1, 1), last=date(of, 12, 31))
    if years and year and (m := _ALL_YEAR.search(low, at)):
        if _DONE.search(low, at, m.start()):
            return Found(m.start(), m.end(), "by", day=date(year, 12, 31))
        return Found(m.start(), m.end(), "window", first=date(year, 1, 1), last=date(year, 12, 31))
    return None


# One of these stands in whatever PERIODIC finds: the quick look before the costly one.
_PERIODIC_WORDS = ("hằng ", "hàng ", "định kỳ", "mỗi ", " lần", "tháng")


def _periodic(low: str, at: int) -> re.Match[str] | None:
    return PERIODIC.search(low, at) if holds_any(low, _PERIODIC_WORDS) else None


def _again(low: str, at: int) -> Found | None:
    """What is done again and again, or all the time, whichever is said first."""
    periodic, ongoing = _periodic(low, at), _ONGOING.search(low, at)
    if periodic and (ongoing is None or periodic.start() <= ongoing.start()):
        return Found(periodic.start(), periodic.end(), "periodic")
    return Found(ongoing.start(), ongoing.end(), "ongoing") if ongoing else None


def make_due(found: Found, words: str, span: Span, year: int) -> Due:
    """The Due of a time expression; `words` is what it is printed as, at `span`."""
    return Due(
        type=found.type,
        text=" ".join(words.split()),
        span=span,
        date=found.day,
        before=found.before,
        start=found.first,
        end=found.last,
        waits_for=_as_printed(found.waits_for, words),
        peaks=tuple(p for p in _peaks(words, year) if (p.start, p.end) != (found.first, found.last))
        if found.type != "by"
        else (),
    )


def _as_printed(low: str | None, words: str) -> str | None:
    """The printed form of lower-case words."""
    at = words.lower().find(low) if low else -1
    return low if low is None or at < 0 else words[at : at + len(low)]


def _peaks(words: str, year: int) -> list[Peak]:
    """Dates singled out ("8/3, 20/10, 15/11/2024 - 15/12/2024")."""
    dates = find_dates(words)
    out: list[Peak] = []
    skip = False
    for a, b in zip(dates, [*dates[1:], None], strict=False):
        if skip:
            skip = False
            continue
        first = a.on(a.year or year)
        if first is None:
            continue
        if (
            b is not None
            and words[a.end : b.start].strip(" ") in ("-", "đến", "đến ngày")
            and (last := b.on(b.year or year))
        ):
            out.append(Peak(words[a.start : b.end], first, last))
            skip = True
        else:
            out.append(Peak(words[a.start : a.end], first, first))
    return out
