"""Duties: who reports what to whom, through whom, by when.

Reads: sentences of the outline's items with the agency whose clause they stand in. Writes: Duty values, one a date.
A duty needs a sending to somebody; who it is passed on to ("để tổng hợp, báo cáo …") is not its recipient.
"""

from __future__ import annotations

import re

from binhdang.paper import Span
from binhdang.plan import Duty
from binhdang.reading.draft import Paragraph
from binhdang.reading.stages.agencies import Name, parse_names
from binhdang.reading.stages.duty_kinds import SEND, Stamp, name_kinds, passed_on, undated
from binhdang.reading.stages.nesting import Node
from binhdang.reading.stages.outline import Tree
from binhdang.reading.stages.roles import owner_roles
from binhdang.vietnamese.dates import find_dates

_TO = re.compile(
    r"(?:(?:gửi|báo cáo|nộp|trình)(?: (?:kết quả|báo cáo|bằng văn bản|kịp thời|lên))?\s(?:về\s|cho\s|tới\s|đến\s|lên\s|với\s)?|(?<![^\W\d_])(?:về|cho|với|tới|đến|lên)\s)(?=[^\W\d_])"
)
_VIA = re.compile(r"(?:thông qua|(?<!thông )(?<!trải )(?<!vượt )(?<![^\W\d_])qua)\s")
_CITED = re.compile(r"[/-][A-ZĐ][\w&-]*,?\s(?:ngày\s)?$")
_DEADLINE = re.compile(r"(?P<before>trước)|chậm nhất|muộn nhất|vào|trong|hạn|ngày|đến|\(")
_DAY_OF = re.compile(
    r"ngày (?P<day>\d{1,2})(?: (?:của )?tháng (?:cuối|đầu|thứ nhất của|cuối cùng của) (?P<quarter>quý)|(?:,| của)? (?P<month>hằng tháng|hàng tháng|mỗi tháng|tháng sau))"
)
_CUT_OFF = re.compile(
    r"(?:số liệu (?:được )?(?:chốt|tính)|chốt số liệu|thời gian chốt|tính)[^.;]{0,20}(?:đến|tại|từ)[^.;()]{3,60}"
)
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"(?:[.](?=\s|$))")


_MOST_DATES = 12  # in one sentence; issued plans have at most six


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
        if end > at and SEND.search(p.low, at, end):
            duties += _in_sentence(p, at, end, node)
        at = end
    return duties


_TIMED = re.compile(
    r"\d|định kỳ|đột xuất|hằng|hàng (?:năm|quý|tháng)|tháng|quý|cả năm|tổng kết|sơ kết|báo cáo năm|báo cáo ngay|báo cáo nhanh"
)


def _in_sentence(p: Paragraph, start: int, end: int, node: Node) -> list[Duty]:
    low = p.low
    if _TIMED.search(low, start, end) is None:
        return []
    stamps = _stamps(p, start, end)
    if not stamps and ";" in low[start : end - 1]:
        cuts = [m.end() for m in re.finditer(";", low[start : end - 1])]
        ends = [*(start + c for c in cuts), end]
        return [d for a, b in zip([start, *ends[:-1]], ends, strict=True) if b > a for d in _in_sentence(p, a, b, node)]
    if stamps:
        name_kinds(low, stamps, start, end)
    else:
        stamps = undated(low, start, end)
    stamps = [s for s in stamps if s.kind is not None]
    if not stamps:
        return []
    reporters = _reporters(p, start, end, node)
    above = _said_above(node)
    reporters = reporters or above[0]
    duties = []
    previous = start
    for i, stamp in enumerate(stamps):
        after = stamps[i + 1].start if i + 1 < len(stamps) else end
        previous = max(previous, low.rfind(";", start, stamp.start) + 1)
        recipients, via = _sent_to(
            p, [(previous, after), (stamp.end, end), (start, end)] if stamp.day is not None else [(start, end)]
        )
        if not recipients:
            recipients, via = above[1], via or above[2]
        if not recipients and (stamp.day is None or (node.about != "reporting" and not _FILED.search(low, start, end))):
            continue
        previous = stamp.end
        last = i + 1 == len(stamps) and all(s.kind != "ad_hoc" for s in stamps)
        if last and (m := _AD_HOC.search(low, start, end)):
            urgent = Stamp(m.start(), m.end(), None, None, None, False, "ad_hoc")
            duties.append(_duty(p, urgent, (start, end), reporters, recipients, via))
        duties += [_duty(p, stamp, (start, end), reporters, recipients, via)] * _reports_on(low, previous, stamp, start)
    return duties


def _said_above(node: Node) -> tuple[list[str], list[str], list[str]]:
    """Reporters, recipients and via of the sentence that opens a list of dates ("… gửi báo cáo về Sở A như sau:")."""
    here = node.parent
    while here is not None and here.paragraphs:
        p = here.first
        if here.about == "reporting" and "báo cáo" in p.low and len(p.low) > 40:
            start, end = here.label.end if here.label else 0, len(p.low)
            return _subject(p, start, end), _recipients(p, start, end), _via(p, start, end)
        here = here.parent
    return [], _said_beside(node), []


def _said_beside(node: Node) -> list[str]:
    """To whom the sentence without a date beside a list of dates sends them ("Báo cáo gửi về Sở A để tổng hợp.")."""
    if node.about != "reporting" or node.parent is None:
        return []
    for p in [p for beside in node.parent.children for p in beside.paragraphs if "gửi" in p.low]:
        if _DIGIT.search(p.low, 3) is None:  # past a label
            return _recipients(p, 0, len(p.low))
    return []


_AD_HOC = re.compile(r"báo cáo (?:ngay|đột xuất)|(?:và|,) đột xuất")
_FILED = re.compile(r"(?:gửi|nộp) (?:báo cáo|trước)|báo cáo")
_TWO_REPORTS = re.compile(r"báo cáo [^;.]{5,140}? và báo cáo (?:kết quả|tổng kết|sơ kết|tình hình)")


def _reports_on(low: str, _: int, stamp: Stamp, start: int) -> int:
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
    cut = passed_on(p.low, *ranges[-1])  # of the whole sentence
    for start, end in ranges:
        end = min(end, cut) if cut is not None and start < cut else end
        if recipients := _recipients(p, start, end, sent=start > ranges[0][0]):
            return recipients, _via(p, start, end)
    return [], _via(p, *ranges[-1])


def _duty(
    p: Paragraph, stamp: Stamp, sentence: tuple[int, int], reporters: list[str], recipients: list[str], via: list[str]
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


def _stamps(p: Paragraph, start: int, end: int) -> list[Stamp]:
    low, words = p.low, p.match[start:end]
    out: list[Stamp] = []
    for m in _DAY_OF.finditer(low, start, end):
        kind = "quarter" if m["quarter"] else "month"
        ahead = low.endswith(("trước ", "trước vào "), start, m.start())
        out.append(Stamp(m.start(), m.end(), int(m["day"]), None, None, ahead, kind))
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
        out.append(Stamp(at, start + d.end, d.day, d.month, d.year, "trước" in low[max(start, at - 14) : at]))
    sendings = [m.start() for m in SEND.finditer(low, start, end)]
    out.sort(key=lambda s: s.start)
    return [s for s in out[:_MOST_DATES] if any(abs(s.start - x) < 260 for x in sendings[:_MOST_DATES])]


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


def _subject(p: Paragraph, start: int, end: int) -> list[str]:
    """The agencies that a sentence opens with or that stand right before its sending."""
    low, match = p.low, p.match
    opened = _OPENERS.match(low, start, end)
    at = opened.end() if opened else start
    sending = SEND.search(low, at, end)
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
                r"\s{0,2}(?:có trách nhiệm|chịu trách nhiệm|định kỳ|báo cáo|gửi|nộp|lập|tổng hợp|chủ động|xây dựng|tổ chức|triển khai|phối hợp|quan tâm|chỉ đạo|nghiêm túc|khẩn trương|kịp thời|phải|hoàn thành|căn cứ|thực hiện|\()",
                low[stop : stop + 20],
            )
        ):
            best = found if not best or best[-1].end != found[-1].end else best
    return [n.text for n in best]


def _reporters(p: Paragraph, start: int, end: int, node: Node) -> list[str]:
    """The subject of the sentence, or the agency whose clause it stands in."""
    if names := _subject(p, start, end):
        return names
    here: Node | None = node
    while here is not None and here.paragraphs:
        if found_roles := owner_roles(here.first, here.label.end if here.label else 0):
            return found_roles[0].leads
        here = here.parent
    return []


def _recipients(p: Paragraph, start: int, end: int, *, sent: bool = False) -> list[str]:
    """To whom something is sent; `sent` tells that the sending was said before `start`."""
    low, match = p.low, p.match
    limit = passed_on(low, start, end) or end
    out: list[str] = []
    said = SEND.search(low, start, limit)
    advise = _ADVISE.search(low, start, limit)
    if advise is not None and (said is None or advise.start() <= said.start()):
        start = advise.end()
    first = SEND.search(low, start, limit)
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
