"""Item times: which words of an item, or of a heading above it, say when the whole of it is to be done.

Reads: an item's own words in lower case, at its opening, at its close and in its last bracket; a heading's words. Writes
nothing: `dues` says what the words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from binhdang.reading.stages.dues import DIGIT, PERIODIC, Found, find_time
from binhdang.vietnamese.text import holds_any

_OPENING = re.compile(
    r"(?:(?:hằng|hàng) (?:năm|quý|tháng|tuần)|thường xuyên|định kỳ(?: (?:hằng|hàng) (?:năm|quý|tháng)| \d{1,2} tháng| 6 tháng)?|trong (?:tháng|quý)|trước ngày|chậm nhất|từ (?:ngày|tháng|quý)|quý (?:iv|i{1,3}|[1-4])|tháng \d{1,2}|vào (?:tháng|quý)|đến (?:hết |cuối )?(?:tháng|quý|ngày)|(?:6|06|sáu) tháng (?:đầu|cuối) năm|mỗi (?:năm|quý|tháng)|(?:(?:thứ [^\W\d_]{2,4}|chủ nhật),? )?ngày \d|trong (?:6|06|sáu) tháng)(?![^\W\d_])"
)
_CUE = r"(?P<cue>(?:thời gian|thời hạn|tiến độ)(?:, địa điểm)?(?: thực hiện| hoàn thành| tổ chức)?\s?:?|dự kiến (?=tháng|quý|ngày|vào|trong)|cả năm|hoàn thành|xong|kết thúc|chậm nhất|muộn nhất|trước (?:ngày|tháng|quý|\d)|trong (?:các )?(?:tháng|quý|năm \d|\d tháng|(?:\d|hai|ba) năm|các ngày)|từ (?:ngày|tháng|quý|\d)|đến hết|vào (?:ngày|tháng|quý|dịp)|ngày \d|tháng \d|quý [iv1-4]|(?:vào |trước |trong )?cuối năm|hằng (?:năm|quý|tháng)|hàng (?:năm|quý|tháng)|thường xuyên|định kỳ)"
_CUE_FIRST, _CLOSING = re.compile(_CUE), re.compile(r"[\s,;.:(–-]\s{0,2}" + _CUE)
_BRACKET_END = re.compile(r"[(\[]([^()\[\]]{4,320})[)\]][\s.;,/]{0,4}$")


_CALL = re.compile(r"\[\d{1,2}\]")  # of a foot note


def own_time(low: str, year: int) -> Found | None:
    """The time that an item's own words set for the whole of it: at its opening, at its close, in its last bracket."""
    if "[" in low:
        low = _CALL.sub(lambda m: " " * len(m[0]), low)
    if (
        (m := _OPENING.match(low))
        and (found := find_time(low[: m.end() + 60], year, years=False))
        and found.start <= m.end()
    ) and (found.type != "periodic" or found.start == 0 or PERIODIC.match(low)):
        return found
    if low.rstrip(" .;,/").endswith((")", "]")) and (m := _BRACKET_END.search(low, max(0, len(low) - 330))):
        inner = m[1]
        if re.search(
            r"tháng|quý|ngày|thường xuyên|hằng|hàng|định kỳ|hoàn thành|thời gian|trước|trong năm|cả năm|giai đoạn \d|theo (?:hướng dẫn|yêu cầu|kế hoạch)",
            inner,
        ):
            at = m.start(1)
            found = find_time(inner, year, years=_YEARLY.search(inner) is not None)
            if found and not _about_other(inner[: found.start]) and not _LAW.search(inner[: found.start]):
                return found._replace(start=at + found.start, end=at + found.end)
        return _closing_time(low[: m.start()].rstrip(), year) or _closing_time(low, year)
    if found := _closing_time(low, year):
        return found
    if ("giao " in low or ":" in low or "phân công" in low or " chủ trì" in low) and (m := _DOER.search(low)):
        return _closing_time(low[: m.start() + 1], year)
    if "), do " in low and (m := _BRACKET_END.search(low[: low.rfind("), do ") + 1])):
        return own_time(low[: m.end()], year)
    return None


# A closing sentence that only says who does it: "… trong năm 2023. Giao Sở A chủ trì, phối hợp với …".
_DOER = re.compile(
    r"[.;]\s(?:(?=[^.;]{3,90}\schủ trì)|giao |phân công |chủ trì:|cơ quan (?:chủ trì|thực hiện|phối hợp)|đơn vị (?:chủ trì|thực hiện|phối hợp)|phối hợp:)"
)


def _about_other(words: str) -> bool:
    """A bracket that names something else whose date it gives ("theo Quyết định số … ngày …")."""
    return _OTHER.search(words) is not None


_YEARLY = re.compile(r"thời gian|hoàn thành|trong năm|cả năm|^giai đoạn")
_OTHER = re.compile(
    r"(?:quyết định|công văn|kế hoạch|nghị quyết|văn bản|chỉ thị|tờ trình|nghị định|thông tư|công điện)(?: số)?\s?:?\s?\d"
    r"|(?:quyết định|nghị quyết|kế hoạch|chương trình|văn bản)[^,;.]{0,24}(?:ban hành|ký|phê duyệt)\s?$|(?<!học )(?<!vệ )(?<!thí )sinh (?:từ |trước |sau )?$"
)


_THIS_WORK = re.compile(
    r"[,;.]\s(?:việc này|công việc này|nội dung này|được)?\s?(?:làm|thực hiện|tiến hành|duy trì)\s$"
)
_LAW = re.compile(r"luật [^,;.]{3,60}$")  # the day that follows is the law's own
_TIME_WORDS = ("tháng", "quý", "năm", "thường xuyên", "định kỳ", "hằng", "hàng", "thời gian", "thời hạn", "tiến độ")


def _closing_cues(low: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """The words in `[start, stop)` that a closing time may open with."""
    if start == 0 and (first := _CUE_FIRST.match(low, 0, stop)):
        yield first
        start = first.end()
    yield from _CLOSING.finditer(low, start, stop)


def _closing_time(low: str, year: int) -> Found | None:
    stop = len(low.rstrip(" .;,/)]"))
    start = max(0, stop - 130)
    if not holds_any(low[start:stop], _TIME_WORDS) and DIGIT.search(low, start, stop) is None:
        return None
    best: Found | None = None
    for m in _closing_cues(low, start, stop):
        cue = m["cue"]
        explicit = cue.startswith(
            ("thời gian", "thời hạn", "tiến độ", "hoàn thành", "xong", "chậm nhất", "muộn nhất", "dự kiến")
        )
        found = find_time(
            low[:stop],
            year,
            years=explicit or cue.startswith("trong") or cue.endswith(("cuối năm", "cả năm")),
            at=m.start("cue"),
        )
        if found is None or found.start - m.end("cue") > (30 if explicit else 2):
            continue
        rest = low[found.end : stop].strip(" .)")
        if explicit and found.type == "by" and _SENT_ON.match(rest):
            rest = ""
        if len(rest) > (40 if found.type in ("window", "ongoing") and explicit else 0) and not rest.startswith(
            ("hằng năm", "hàng năm", "hằng quý", "hàng quý", "hằng tháng", "hàng tháng", "mỗi ", "tại ", "phải xong")
        ):
            continue
        if (
            found.type in ("periodic", "ongoing", "as_directed")
            and not explicit
            and not (found.type == "periodic" and cue.startswith("từ"))  # "từ ngày 15/11 đến ngày 15/12 hằng năm"
            and low[m.start() : m.start() + 1] not in ",;.("
            and not _THIS_WORK.search(low, max(0, m.start() - 30), m.start() + 1)
            and not (cue in ("hằng năm", "hàng năm") and _DONE_EACH.search(low[max(0, m.start() - 60) : m.start()]))
        ):
            continue
        before = low[max(0, m.start() - 40) : m.start("cue")]
        if (
            not explicit
            and found.type in ("by", "window")
            and (
                _about_other(before)
                or (_LAW.search(before) and not cue.startswith(("trong", "quý", "tháng")))
                or before.rstrip().endswith(("số liệu", "tính"))
            )
        ):
            continue
        if cue.startswith(("ngày", "tháng", "cả năm")) and low[m.start() : m.start() + 1] not in ",;.(:":
            continue
        best = found
        break
    return best


# "… kỹ năng lồng ghép giới | hằng năm": the words before are no paper or sum that is itself yearly.
_DONE_EACH = re.compile(
    r"^(?!.*(?:báo cáo|kế hoạch|dự toán|chương trình|chỉ tiêu|mục tiêu|ngân sách|kinh phí|công tác|số liệu|thống kê|tết|ngày|kỳ|phụ cấp|thường|cân đối|khả năng)[^,;]{0,16}$)"
)
_SENT_ON = re.compile(r"(?:và|,|;)?\s?(?:gửi|báo cáo|để|thông báo)\s")
_HEADING_CUE = re.compile(
    r"từ (?:ngày )?\d{1,2}[/ ]|\((?:thời gian|quý|tháng|từ|trong|trước|hoàn thành)|(?:thời gian|hoàn thành)[^:]{0,20}:|^(?:giai đoạn|quý|tháng|năm|từ năm|trong năm|6 tháng|các năm|đợt)\s?[\div]|^(?:6|06|sáu) tháng (?:đầu|cuối) năm|^(?:(?:thứ [^\W\d_]{2,4}|chủ nhật),? )?ngày \d|(?:trong|trước|từ) (?:tháng|quý|ngày) |giai đoạn (?:1|2|3|i{1,3})\b"
)


def heading_time(low: str, year: int) -> Found | None:
    """The time that a heading sets for the items under it ("Giai đoạn 2012-2013", "… từ 15/11 đến 15/12")."""
    cue = _HEADING_CUE.search(low)
    if cue is None:
        return None
    opens = cue.start() == 0
    found = find_time(low, year, years=opens or "thời gian" in cue.group(), at=cue.start())
    if found is None or found.type in ("as_directed",):
        return None
    if opens and not low[: cue.end()].startswith(
        (
            "giai đoạn",
            "quý",
            "tháng",
            "năm",
            "từ",
            "trong",
            "6",
            "06",
            "sáu",
            "các năm",
            "đợt",
            "trước",
            "ngày",
            "thứ",
            "chủ nhật",
        )
    ):
        return None
    return found
