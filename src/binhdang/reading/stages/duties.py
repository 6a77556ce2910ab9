"""Duties: who reports what to whom, through whom, by when.

Reads: sentences of the outline's items with the agency whose clause they stand in. Writes: Duty values, one a date.
A duty needs a sending to somebody; who it is passed on to ("để tổng hợp, báo cáo …") is not its recipient.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from binhdang.paper import Span
from binhdang.plan import Duty
from binhdang.reading.draft import Paragraph
from binhdang.reading.stages.agencies import Name, parse_names
from binhdang.reading.stages.nesting import Node
from binhdang.reading.stages.outline import Tree
from binhdang.reading.stages.roles import owner_roles
from binhdang.vietnamese.dates import find_dates

_SEND = re.compile(r"báo cáo|gửi|nộp|(?<!chương )(?<!quy )(?<!lộ )(?<!tiến )(?<!công )(?<!quá )trình")
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("budget_proposal", re.compile(r"dự toán|nhu cầu kinh phí|đề xuất kinh phí")),
    ("mid_term", re.compile(r"giữa kỳ|sơ kết (?:03|3|05|5|hai|ba|năm) năm|sơ kết giai đoạn")),
    (
        "final",
        re.compile(
            r"cuối kỳ|tổng kết (?:giai đoạn|việc thực hiện|thực hiện|kế hoạch|05 năm|5 năm|10 năm|chương trình|chiến lược)|báo cáo tổng kết(?= gửi)|kết thúc giai đoạn"
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
    ("ad_hoc", re.compile(r"đột xuất|chuyên đề")),
    ("plan", re.compile(r"(?:xây dựng|ban hành|gửi|lập|hoàn thành)[^.;]{0,50}kế hoạch")),
)
_PERIODIC = re.compile(r"định kỳ")
_PASSED_ON = re.compile(
    r"(?:,\s?)?(?:để )?(?:tổng hợp|theo dõi|xem xét|nắm tình hình|biết)[^.;]{0,40}?(?:báo cáo|trình|gửi)|để (?:tổng hợp|báo cáo|theo dõi|xem xét|chỉ đạo)|tổng hợp(?: chung)?,? báo cáo|(?<=\S )tổng hợp(?=,| theo dõi|$)"
)
_TO = re.compile(
    r"(?:(?:gửi|báo cáo|nộp|trình)(?: (?:kết quả|báo cáo|bằng văn bản|kịp thời|lên))?\s(?:về\s|cho\s|tới\s|đến\s|lên\s|với\s)?|(?<![^\W\d_])(?:về|cho|với|tới|đến|lên)\s)(?=[^\W\d_])"
)
_VIA = re.compile(r"(?:thông qua|(?<!thông )(?<!trải )(?<!vượt )(?<![^\W\d_])qua)\s")
_CITED = re.compile(r"[/-][A-ZĐ][\w&-]*,?\s(?:ngày\s)?$")
_DEADLINE = re.compile(r"(?P<before>trước)|chậm nhất|muộn nhất|vào|trong|hạn|ngày|đến|\(")
_DAY_OF = re.compile(
    r"(?P<before>trước )?(?:vào )?ngày (?P<day>\d{1,2})(?: (?:của )?tháng (?:cuối|đầu|thứ nhất của|cuối cùng của) (?P<quarter>quý)|(?:,| của)? (?P<month>hằng tháng|hàng tháng|mỗi tháng|tháng sau))"
)
_CUT_OFF = re.compile(
    r"(?:số liệu (?:được )?(?:chốt|tính)|chốt số liệu|thời gian chốt|tính)[^.;]{0,20}(?:đến|tại|từ)[^.;()]{3,60}"
)
_SENTENCE = re.compile(r"(?:[.](?=\s|$))")


_MOST_DATES = 12  # in one sentence; issued plans have at most six


@dataclass(slots=True)
class _Stamp:
    """A date in a sentence that a report is due by."""

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None
    before: bool
    kind: str | None = None


def find_duties(tree: Tree) -> list[Duty]:
    """The duties of the plan's own clauses."""
    duties: list[Duty] = []
    for node in tree.nodes:
        if node.about in ("basis", "objectives", "targets", "slogans"):
            continue
        for p in node.paragraphs:
            if "báo cáo" in p.low or "gửi" in p.low or "nộp" in p.low or "trình" in p.low:
                start = node.label.end if node.label and p is node.first else 0
                duties += _in_paragraph(p, start, node)
    return duties


def _in_paragraph(p: Paragraph, start: int, node: Node) -> list[Duty]:
    cuts = [m.end() for m in _SENTENCE.finditer(p.low, start)]
    duties: list[Duty] = []
    at = start
    for end in [*cuts, len(p.low)]:
        if end > at and _SEND.search(p.low, at, end):
            duties += _in_sentence(p, at, end, node)
        at = end
    return duties


def _in_sentence(p: Paragraph, start: int, end: int, node: Node) -> list[Duty]:
    low = p.low
    stamps = _stamps(p, start, end)
    if not stamps and ";" in low[start : end - 1]:
        cuts = [m.end() for m in re.finditer(";", low[start : end - 1])]
        ends = [*(start + c for c in cuts), end]
        return [d for a, b in zip([start, *ends[:-1]], ends, strict=True) if b > a for d in _in_sentence(p, a, b, node)]
    if stamps:
        _name_kinds(low, stamps, start, end)
    else:
        stamps = _undated(low, start, end)
    stamps = [s for s in stamps if s.kind is not None]
    if not stamps:
        return []
    reporters = _reporters(p, start, end, node)
    duties = []
    previous = start
    for i, stamp in enumerate(stamps):
        after = stamps[i + 1].start if i + 1 < len(stamps) else end
        previous = max(previous, low.rfind(";", start, stamp.start) + 1)
        recipients, via = _sent_to(
            p, [(previous, after), (stamp.end, end), (start, end)] if stamp.day is not None else [(start, end)]
        )
        if not recipients and (stamp.day is None or (node.about != "reporting" and not _FILED.search(low, start, end))):
            continue
        previous = stamp.end
        last = i + 1 == len(stamps) and all(s.kind != "ad_hoc" for s in stamps)
        if last and (m := _AD_HOC.search(low, start, end)):
            urgent = _Stamp(m.start(), m.end(), None, None, None, False, "ad_hoc")
            duties.append(_duty(p, urgent, (start, end), reporters, recipients, via))
        duties += [_duty(p, stamp, (start, end), reporters, recipients, via)] * _reports_on(low, previous, stamp, start)
    return duties


_AD_HOC = re.compile(r"báo cáo (?:ngay|đột xuất)|(?:và|,) đột xuất")
_FILED = re.compile(r"(?:gửi|nộp) (?:báo cáo|trước)|báo cáo")
_TWO_REPORTS = re.compile(r"báo cáo [^;.]{5,140}? và báo cáo (?:kết quả|tổng kết|sơ kết|tình hình)")


def _reports_on(low: str, _: int, stamp: _Stamp, start: int) -> int:
    """Two reports due on the same day are two duties."""
    return (
        2
        if stamp.day is not None
        and _TWO_REPORTS.search(low, start, stamp.start)
        and low.count("ngày", start, stamp.start) <= 1
        else 1
    )


def _sent_to(p: Paragraph, ranges: list[tuple[int, int]]) -> tuple[list[str], list[str]]:
    """Recipients and the agency they go through, of the first stretch of words that names a recipient."""
    for start, end in ranges:
        if recipients := _recipients(p, start, end, sent=start > ranges[0][0]):
            return recipients, _via(p, start, end)
    return [], _via(p, *ranges[-1])


def _duty(
    p: Paragraph, stamp: _Stamp, sentence: tuple[int, int], reporters: list[str], recipients: list[str], via: list[str]
) -> Duty:
    start, end = sentence
    cut = _CUT_OFF.search(p.low, start, end)
    while start < end and p.match[start] in " *_":
        start += 1
    recipients = [r for r in recipients if r not in via] or recipients
    return Duty(
        kind=stamp.kind or "periodic",
        year=stamp.year,
        month=stamp.month,
        day=stamp.day,
        before=stamp.before,
        cut_off=p.match[cut.start() : cut.end()].strip() if cut else None,
        reporters=tuple(reporters),
        recipients=tuple(recipients),
        via=tuple(v for v in via if v not in recipients),
        content=None,
        text=p.match[start:end].strip(),
        span=p.place(start, end),
    )


def _stamps(p: Paragraph, start: int, end: int) -> list[_Stamp]:
    low, words = p.low, p.match[start:end]
    out: list[_Stamp] = []
    for m in _DAY_OF.finditer(low, start, end):
        out.append(
            _Stamp(
                m.start(), m.end(), int(m["day"]), None, None, bool(m["before"]), "quarter" if m["quarter"] else "month"
            )
        )
    dates = find_dates(words)
    for i, d in enumerate(dates):
        at = start + d.start
        if any(s.start <= at < s.end for s in out):
            continue
        before = p.match[max(start, at - 30) : at]
        if _CITED.search(before):
            continue
        if (
            i + 1 < len(dates) and words[d.end : dates[i + 1].start].strip() in ("đến", "-", "đến ngày", "đến hết")
        ) or (i and words[dates[i - 1].end : d.start].strip() in ("đến", "-", "đến hết")):
            continue
        cue = low[max(start, at - 24) : at + 5]
        if not _DEADLINE.search(cue):
            continue
        if re.search(r"(?:kể từ|từ|tính đến|sinh|số liệu đến|đến hết)\s(?:ngày\s)?$", low[max(start, at - 16) : at]):
            continue
        opened = low.rfind("(", start, at)
        if opened > low.rfind(")", start, at) and re.search(r"chủ trì|hoàn thành|thời gian|xong", low[opened:at]):
            continue
        out.append(_Stamp(at, start + d.end, d.day, d.month, d.year, "trước" in low[max(start, at - 14) : at]))
    sendings = [m.start() for m in _SEND.finditer(low, start, end)]
    out.sort(key=lambda s: s.start)
    return [s for s in out[:_MOST_DATES] if any(abs(s.start - x) < 260 for x in sendings[:_MOST_DATES])]


def _mentions(low: str, start: int, end: int) -> list[tuple[int, int, str]]:
    found = [(m.start(), m.end(), kind) for kind, pattern in _KINDS for m in pattern.finditer(low, start, end)]
    found.sort(key=lambda f: (f[0], -f[1]))
    kept: list[tuple[int, int, str]] = []
    for f in found:
        if kept and f[0] < kept[-1][1]:
            continue
        kept.append(f)
    return kept


def _name_kinds(low: str, stamps: list[_Stamp], start: int, end: int) -> None:
    """Give each date its kind of report: the words right after it ("đối với …"), those before it, or the one before."""
    mentions = _mentions(low, start, end)
    cut = _PASSED_ON.search(low, start, end)
    if cut:
        mentions = [m for m in mentions if m[0] < cut.start() or any(s.start > cut.start() for s in stamps)]
    plain = [k for _, _, k in mentions if k in ("six_month", "annual", "quarter", "month")]
    distinct = list(dict.fromkeys(plain))
    if len(distinct) == len(stamps) > 1 and not any(
        s.start < m[0] < stamps[-1].start for s in stamps[:1] for m in mentions if m[2] in distinct
    ):
        for stamp, kind in zip(stamps, distinct, strict=True):
            stamp.kind = stamp.kind or kind
    floor = start
    carried: str | None = None
    for i, stamp in enumerate(stamps):
        ceiling = stamps[i + 1].start if i + 1 < len(stamps) else end
        if stamp.kind is None:
            after = re.match(
                r"(?:\s?(?:hằng|hàng) năm)?[\s,]{0,3}(?:(?:đối với|cho|của|với)\s(?:các )?(?:báo cáo )?|\((?:đối với )?báo cáo\s)",
                low[stamp.end : stamp.end + 40],
            )
            if after:
                stamp.kind = next(
                    (k for a, _, k in mentions if stamp.end <= a <= stamp.end + after.end() + 14 and a < ceiling), None
                )
        clause = max(floor, low.rfind(";", floor, stamp.start) + 1)
        if (
            stamp.kind is None
            and re.match(
                r"[\s,]{0,2}(?:(?:hằng|hàng) năm,?\s)?(?:báo cáo|gửi|nộp|lập|phải)", low[stamp.end : stamp.end + 24]
            )
            and not any(clause <= a < stamp.start for a, _, _ in mentions)
        ):
            after_kinds = [
                (a, k)
                for a, _, k in mentions
                if stamp.end <= a < ceiling and a < (low.find(";", stamp.end) if low.find(";", stamp.end) > 0 else end)
            ]
            stamp.kind = (
                after_kinds[-1][1] if after_kinds else _kind_by_date(low, stamp, start, end, several=len(stamps) > 1)
            )
        if stamp.kind is None and not any(clause <= a < stamp.start for a, _, _ in mentions):
            stop = low.find(";", stamp.end, ceiling)
            ahead = [
                k for a, _, k in mentions if stamp.end + 3 <= a < (stop if stop > 0 else ceiling)
            ]  # "hằng năm" right after the date only says that it recurs
            stamp.kind = ahead[0] if i == 0 and ahead and ahead[0] != "annual" else None
        if stamp.kind is None:
            before = [(a, k) for a, _, k in mentions if clause <= a < stamp.start] or [
                (a, k) for a, _, k in mentions if floor <= a < stamp.start
            ]
            stamp.kind = _choose(before, low, floor, stamp)
        if stamp.kind is None and stamp.month is not None:
            later = [k for a, _, k in mentions if stamp.end <= a < ceiling]
            stamp.kind = later[0] if later and later[0] != "plan" else None
        if stamp.kind is None and re.match(r"\s?(?:hằng|hàng) năm", low[stamp.end : stamp.end + 12]):
            stamp.kind = "annual"
        by_date = _kind_by_date(low, stamp, start, end, several=len(stamps) > 1)
        stamp.kind = stamp.kind or (by_date if i == 0 or by_date != "ad_hoc" else None) or carried or by_date
        carried = stamp.kind
        floor = stamp.end


def _kind_by_date(low: str, stamp: _Stamp, start: int, end: int, *, several: bool) -> str | None:
    """A report that says no kind: one at the year's end is the year's, another is ad hoc; a mere submission is none."""
    if stamp.month is None or not re.search(r"báo cáo", low[start:end]):
        return None
    if stamp.month >= 10:
        return "annual"
    return "six_month" if several and 5 <= stamp.month <= 7 else "ad_hoc"


def _choose(before: list[tuple[int, str]], low: str, floor: int, stamp: _Stamp) -> str | None:
    if not before:
        return None
    words = low[floor : stamp.start]
    kinds = [k for _, k in before]
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
        return kinds[-1]
    if (
        recent[-1] == "annual"
        and specific
        and stamp.month is not None
        and stamp.month <= 7
        and specific[-1] == "six_month"
    ):
        return "six_month"
    return recent[-1]


def _undated(low: str, start: int, end: int) -> list[_Stamp]:
    """Duties without a date: "báo cáo định kỳ, đột xuất … gửi Sở A"."""
    if "báo cáo" not in low or not re.search(
        r"báo cáo[^.;]{0,80}(?:gửi|về|với|cho)|(?:gửi|nộp) báo cáo|báo cáo (?:ubnd|ủy ban|sở|phòng|bộ|ban|hội|tỉnh)",
        low[start:end],
    ):
        return []
    out: list[_Stamp] = []
    cut = _PASSED_ON.search(low, start, end)
    limit = cut.start() if cut else end
    if m := _PERIODIC.search(low, start, limit):
        near = low[m.end() : m.end() + 60]
        kinds = [
            k for k, pattern in _KINDS if k in ("six_month", "quarter", "month", "annual") and pattern.search(near)
        ]
        out += [_Stamp(m.start(), m.end(), None, None, None, False, k) for k in kinds or ["periodic"]]
    else:
        for kind in ("six_month", "quarter", "month"):
            if m := dict(_KINDS)[kind].search(low, start, limit):
                out.append(_Stamp(m.start(), m.end(), None, None, None, False, kind))
        if m := re.search(r"(?:hằng|hàng) năm|báo cáo (?:cả )?năm|tổng kết năm", low[start:limit]):
            out.append(_Stamp(start + m.start(), start + m.end(), None, None, None, False, "annual"))
    if m := re.search(r"đột xuất", low[start:limit]):
        out.append(_Stamp(start + m.start(), start + m.end(), None, None, None, False, "ad_hoc"))
    return out


# Who is advised or signs sends it on; what comes before that is no recipient.
_ADVISE = re.compile(
    r"tham mưu (?:cho )?[^.;]{3,60}?(?=báo cáo|gửi|(?<!chương )trình)|trình [^.;]{3,60}? (?:ký )?(?=báo cáo|gửi)"
)
_BEFORE_SENDING = re.compile(
    r"(?:^|[;,:.]\s|định kỳ[^;.]{0,60}?[,)]?\s|(?:hằng|hàng) (?:năm|quý|tháng),?\s|\)\s?,?\s|yêu cầu\s|đề nghị\s)"
)
_OPENERS = re.compile(
    r"[\s*_\"-]{0,4}(?:(?:định kỳ|hằng năm|hàng năm|chế độ (?:thông tin,? )?báo cáo|về chế độ báo cáo|thời hạn báo cáo|đề nghị|yêu cầu|giao)\s?[:,]?\s{0,2}){0,2}"
)


def _reporters(p: Paragraph, start: int, end: int, node: Node) -> list[str]:
    """The subject of the sentence, or the agency whose clause it stands in."""
    low, match = p.low, p.match
    opened = _OPENERS.match(low, start, end)
    at = opened.end() if opened else start
    sending = _SEND.search(low, at, end)
    limit = sending.start() if sending else end
    names, stop = parse_names(match, low, at)
    if names and stop <= max(limit, at + 1):
        return [n.text for n in names]
    best: list[Name] = []
    for m in _BEFORE_SENDING.finditer(low, start, limit):
        found, stop = parse_names(match, low, m.end(), limit=end)
        if (
            found
            and stop <= limit
            and re.match(
                r"\s{0,2}(?:có trách nhiệm|chịu trách nhiệm|định kỳ|báo cáo|gửi|nộp|lập|tổng hợp|chủ động|xây dựng|tổ chức|kịp thời|phải|hoàn thành|căn cứ|thực hiện|\()",
                low[stop : stop + 20],
            )
        ):
            best = found if not best or best[-1].end != found[-1].end else best
    if best:
        return [n.text for n in best]
    here: Node | None = node
    while here is not None and here.paragraphs:
        if found_roles := owner_roles(here.first, here.label.end if here.label else 0):
            return found_roles[0].leads
        here = here.parent
    return []


def _recipients(p: Paragraph, start: int, end: int, *, sent: bool = False) -> list[str]:
    """To whom something is sent; `sent` tells that the sending was said before `start`."""
    low, match = p.low, p.match
    cut = _PASSED_ON.search(low, start, end)
    limit = cut.start() if cut and _SEND.search(low, start, cut.start() + 1) else end
    out: list[str] = []
    said = _SEND.search(low, start, limit)
    advise = _ADVISE.search(low, start, limit)
    if advise is not None and (said is None or advise.start() <= said.start()):
        start = advise.end()
    first = _SEND.search(low, start, limit)
    for m in _TO.finditer(low, start if sent else first.start() if first else limit, limit):
        names, stop = parse_names(match, low, m.end(), limit=limit)
        if not names or re.match(r"\s(?:tổ chức|chủ trì|đã)", low[stop : stop + 12]):
            continue
        if out and m.group().split()[0] in ("với", "cho", "đến"):
            continue
        out += [n.text for n in names if n.text not in out]
        if m.group().startswith(("gửi", "về", "nộp")):
            break
    return out


def _via(p: Paragraph, start: int, end: int) -> list[str]:
    out: list[str] = []
    for m in _VIA.finditer(p.low, start, end):
        names, _ = parse_names(p.match, p.low, m.end(), limit=end)
        out += [n.text for n in names if n.text not in out]
    return out


__all__ = ["Span", "find_duties"]
