"""Which kind of report a date or a sentence asks for: six-month, annual, plan, budget proposal …"""

from __future__ import annotations

import re
from dataclasses import dataclass

from binhdang.vietnamese.text import holds_any

# No look-behind first: an alternative that opens with one makes every letter a place to try.
SEND = re.compile(
    r"báo cáo|gửi|nộp|trình(?<!chương trình)(?<!quy trình)(?<!lộ trình)(?<!tiến trình)(?<!công trình)(?<!quá trình)"
)


_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("budget_proposal", re.compile(r"dự toán|nhu cầu kinh phí|đề xuất kinh phí")),
    ("mid_term", re.compile(r"giữa kỳ|sơ kết (?:03|3|05|5|hai|ba|năm) năm|sơ kết giai đoạn|sơ kết vào năm")),
    (
        "final",
        re.compile(
            r"cuối kỳ|tổng kết (?:vào năm|giai đoạn|việc thực hiện|thực hiện|kế hoạch|05 năm|5 năm|10 năm|chương trình|chiến lược)|báo cáo tổng kết(?= gửi)|kết thúc giai đoạn"
        ),
    ),
    ("six_month", re.compile(r"(?:6|06|sáu) tháng|sơ kết|bán niên|nửa năm")),
    ("quarter", re.compile(r"(?:hằng|hàng|theo|số liệu|báo cáo) quý|quý,|cuối quý|từng quý")),
    ("month", re.compile(r"(?:hằng|hàng) tháng|báo cáo tháng|(?<!6 )(?<!06 )tháng(?=,| và báo)|từng tháng")),
    (
        "annual",
        re.compile(
            r"(?:hằng|hàng|cả|báo cáo|một|01|1|báo cáo kết quả) năm|tổng kết|(?<=và )năm(?=\s?\()|\bnăm(?=\s?(?:,|\(|trước|về|gửi))|tháng hành động"
        ),
    ),
    ("ad_hoc", re.compile(r"đột xuất|chuyên đề|báo cáo (?:ngay|nhanh)")),
    (
        "plan",
        re.compile(
            r"(?:xây dựng|ban hành|gửi|lập(?! dự toán)|hoàn thành)[^.;]{0,50}kế hoạch|(?:xây dựng|ban hành) chương trình"
        ),
    ),
)


_PERIODIC = re.compile(r"định kỳ")


_PASSED_ON = re.compile(
    r"(?:,\s?)?(?:để )?(?:tổng hợp|theo dõi|xem xét|nắm tình hình|biết)[^.;]{0,40}?(?:báo cáo|trình|gửi)|để (?:tổng hợp|báo cáo|theo dõi|xem xét|chỉ đạo)|tổng hợp(?: chung)?,? báo cáo|(?<=\S )tổng hợp(?=,| theo dõi|$)"
)


_PASSED_ON_WORDS = ("tổng hợp", "theo dõi", "xem xét", "nắm tình hình", "biết", "để báo cáo", "để chỉ đạo")


Mention = tuple[int, int, str]  # start, end, kind


@dataclass(slots=True)
class Stamp:
    """A date in a sentence that a report is due by."""

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None
    before: bool
    kind: str | None = None


def passed_on(low: str, start: int, end: int) -> int | None:
    """Where a sentence says that what was sent is passed on ("để tổng hợp, báo cáo X"); None if nothing was sent before."""
    if not holds_any(low, _PASSED_ON_WORDS):
        return None
    cut = _PASSED_ON.search(low, start, end)
    return cut.start() if cut is not None and SEND.search(low, start, cut.start()) else None


def _mentions(low: str, start: int, end: int) -> list[Mention]:
    found = [(m.start(), m.end(), kind) for kind, pattern in _KINDS for m in pattern.finditer(low, start, end)]
    found.sort(key=lambda f: (f[0], -f[1]))
    kept: list[Mention] = []
    for f in found:
        if kept and f[0] < kept[-1][1]:
            continue
        kept.append(f)
    return kept


def name_kinds(low: str, stamps: list[Stamp], start: int, end: int) -> None:
    """Give each date its kind of report.

    In this order: the words right after it ("đối với báo cáo năm"), what the clause it opens says, what stands before
    it in its clause, what stands after it, the month, the kind of the date before.
    """
    mentions = _mentions(low, start, end)
    if passed_on(low, start, end) is not None:
        cut = passed_on(low, start, end) or end
        mentions = [m for m in mentions if m[0] < cut or any(s.start > cut for s in stamps)]
    _pair_up(stamps, mentions)
    floor = start
    carried: str | None = None
    for i, stamp in enumerate(stamps):
        ceiling = stamps[i + 1].start if i + 1 < len(stamps) else end
        words = _Words(low, mentions, floor, stamp, ceiling)
        by_date = _kind_by_date(low, stamp, start, end, several=len(stamps) > 1)
        stamp.kind = (
            stamp.kind
            or words.right_after()
            or words.opened(by_date, first=i == 0)
            or words.before()
            or words.after()
            or (by_date if i == 0 or by_date != "ad_hoc" else None)
            or carried
            or by_date
        )
        if stamp.kind == "annual" and carried == "mid_term" and "tổng kết" in low[floor : stamp.start]:
            stamp.kind = "final"
        carried = stamp.kind
        floor = stamp.end


def _pair_up(stamps: list[Stamp], mentions: list[Mention]) -> None:
    """ "Báo cáo 6 tháng, năm … trước ngày 10/6 và 10/12": as many kinds as dates, all named first."""
    plain = [k for _, _, k in mentions if k in ("six_month", "annual", "quarter", "month")]
    distinct = list(dict.fromkeys(plain))
    between = any(stamps[0].start < a < stamps[-1].start for a, _, k in mentions if k in distinct)
    if len(distinct) == len(stamps) > 1 and not between:
        for stamp, kind in zip(stamps, distinct, strict=True):
            stamp.kind = stamp.kind or kind


_RIGHT_AFTER = re.compile(
    r"(?:\s?(?:hằng|hàng) năm)?[\s,]{0,3}(?:(?:đối với|cho|của|với)\s(?!năm (?:trước|sau|liền))(?:các )?(?:báo cáo )?|\((?:đối với )?báo cáo\s)"
)
_SENDS_NEXT = re.compile(r"[\s,]{0,2}(?:(?:hằng|hàng) năm,?\s)?(?:báo cáo|gửi|nộp|lập|phải)")


_YEARLY = re.compile(r"\s?(?:hằng|hàng) năm")


@dataclass(slots=True)
class _Words:
    """The words around one date: from the date before (`floor`) to the next (`ceiling`)."""

    low: str
    mentions: list[Mention]
    floor: int
    stamp: Stamp
    ceiling: int

    def _in(self, start: int, end: int) -> list[tuple[int, str]]:
        return [(a, k) for a, _, k in self.mentions if start <= a < end]

    @property
    def clause(self) -> int:
        """Where the clause of the date begins."""
        return max(self.floor, self.low.rfind(";", self.floor, self.stamp.start) + 1)

    def right_after(self) -> str | None:
        """ "(trước ngày 01/6 đối với báo cáo sơ kết)"."""
        end = self.stamp.end
        m = _RIGHT_AFTER.match(self.low, end)
        found = self._in(end, min(m.end() + 14, self.ceiling)) if m else []
        return found[0][1] if found else None

    def opened(self, by_date: str | None, *, first: bool) -> str | None:
        """ "Trước ngày 15/7 hằng năm, … lập dự toán": the date opens its clause."""
        if self._in(self.clause, self.stamp.start):
            return None
        stop = self.low.find(";", self.stamp.end, self.ceiling)
        stop = stop if stop > 0 else self.ceiling
        if _SENDS_NEXT.match(self.low, self.stamp.end):
            found = self._in(self.stamp.end, stop)
            return found[-1][1] if found else by_date
        # "hằng năm" right after the date only says that it recurs
        ahead = self._in(self.stamp.end + 3, stop)
        return ahead[0][1] if first and ahead and ahead[0][1] != "annual" else None

    def before(self) -> str | None:
        """What stands before the date in its clause, or since the date before."""
        found = self._in(self.clause, self.stamp.start)
        if not found and _YEARLY.match(self.low, self.stamp.end):
            return "annual"
        found = found or self._in(self.floor, self.stamp.start)
        return _choose(found, self.low, self.floor, self.stamp)

    def after(self) -> str | None:
        """What stands after the date; "hằng năm" says that it is the year's."""
        if self.stamp.month is not None:
            later = self._in(self.stamp.end, self.ceiling)
            if later and later[0][1] != "plan":
                return later[0][1]
        return "annual" if re.match(r"\s?(?:hằng|hàng) năm", self.low[self.stamp.end : self.stamp.end + 12]) else None


def _kind_by_date(low: str, stamp: Stamp, start: int, end: int, *, several: bool) -> str | None:
    """A report that says no kind: one at the year's end is the year's, another is ad hoc; a mere submission is none."""
    if stamp.month is None or not re.search(r"báo cáo|tổng hợp kết quả|gửi kết quả", low[start:end]):
        return None
    if stamp.month >= 10:
        return "annual"
    return "six_month" if several and 5 <= stamp.month <= 7 else "ad_hoc"


def _choose(before: list[tuple[int, str]], low: str, floor: int, stamp: Stamp) -> str | None:
    if not before:
        return None
    words = low[floor : stamp.start]
    kinds = [k for _, k in before]
    if kinds[-1] == "budget_proposal":
        return kinds[-1]
    if "plan" in kinds and not re.search(
        r"báo cáo (?:kết quả|tình hình|sơ kết|tổng kết|năm|6|định kỳ)|kết quả",
        words[before[kinds.index("plan")][0] - floor :],
    ):
        return "plan"
    specific = [k for k in kinds if k not in ("annual", "ad_hoc", "plan")]
    if specific and specific[-1] in ("budget_proposal", "mid_term", "final"):
        return specific[-1]
    recent = [k for k in kinds if k not in ("plan",)]
    if not recent:
        return None  # a plan to make and a report on it: the date is the report's
    if (
        recent[-1] == "annual"
        and specific
        and stamp.month is not None
        and stamp.month <= 7
        and specific[-1] == "six_month"
    ):
        return "six_month"
    return recent[-1]


# "sơ kết vào năm 2025, tổng kết vào cuối năm 2030": once in the life of a plan of several years.
_EVALUATED = re.compile(
    r"(?P<word>sơ kết|tổng kết)[^.;,\d]{0,60}?\svào (?:cuối |đầu |giữa )?năm (?P<year>20\d\d)(?!\d)"
)


def undated(low: str, start: int, end: int) -> list[Stamp]:
    """Duties without a date: "báo cáo định kỳ, đột xuất … gửi Sở A"."""
    if "báo cáo" not in low or not re.search(
        r"báo cáo[^.;]{0,80}(?:gửi|về|với|cho)|(?:gửi|nộp) báo cáo|báo cáo (?:ubnd|ủy ban|sở|phòng|bộ|ban|hội|tỉnh)",
        low[start:end],
    ):
        return []
    limit = passed_on(low, start, end) or end
    out = [
        Stamp(m.start(), m.end(), None, None, int(m["year"]), False, "mid_term" if m["word"] == "sơ kết" else "final")
        for m in _EVALUATED.finditer(low, start, end)
    ]
    if out:
        return out
    if m := _PERIODIC.search(low, start, limit):
        near = low[m.end() : m.end() + 60]
        kinds = [
            k for k, pattern in _KINDS if k in ("six_month", "quarter", "month", "annual") and pattern.search(near)
        ]
        out += [Stamp(m.start(), m.end(), None, None, None, False, k) for k in kinds or ["periodic"]]
    else:
        for kind in ("six_month", "quarter", "month"):
            if m := dict(_KINDS)[kind].search(low, start, limit):
                out.append(Stamp(m.start(), m.end(), None, None, None, False, kind))
        if m := re.search(r"(?:hằng|hàng) năm|báo cáo (?:cả )?năm|tổng kết năm", low[start:limit]):
            out.append(Stamp(start + m.start(), start + m.end(), None, None, None, False, "annual"))
    if m := re.search(r"đột xuất|báo cáo (?:ngay|nhanh)", low[start:limit]):
        out.append(Stamp(start + m.start(), start + m.end(), None, None, None, False, "ad_hoc"))
    return out
