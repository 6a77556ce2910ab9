"""Document: what the paper is, who issued it, when, who signed; and the zones head, preamble, body, tail.

Reads: Draft paragraphs. Writes: their zones; returns the Document and the recipients.
A decision that enacts a plan has two heads and two bodies; the identity is the decision's.
"""

from __future__ import annotations

import re
from datetime import date

from binhdang.paper import Finding, Severity
from binhdang.plan import Document, Period, Recipient
from binhdang.reading.draft import Draft
from binhdang.reading.stages.letterhead import draft_year, read_issuer, read_number, read_place_and_date
from binhdang.reading.stages.signature import read_recipients, read_signer
from binhdang.reading.stages.zones import KIND_OPEN, clean, find_kind, set_zones


def read_document(draft: Draft) -> tuple[Document, list[Recipient]]:
    """Set the zones and read the paper's identity and its Nơi nhận list."""
    kind_at = find_kind(draft.paragraphs)
    titles = set_zones(draft.paragraphs, kind_at)
    head = [p for p in draft.paragraphs[: kind_at if kind_at is not None else 12] if p.zone == "head"]
    kind, title = _kind_and_title(draft, kind_at, titles)
    number = read_number(head, draft)
    place, day, dated = read_place_and_date(head, draft)
    if (
        kind is None
        and (number is not None or dated)
        and any(p.low.startswith("kính gửi") for p in draft.paragraphs[:30])
    ):
        kind, title = "Công văn", title or _subject(draft)
    issuer = read_issuer(head, place, title, draft)
    if number is None:
        draft.findings.append(
            Finding(
                "document.number-missing",
                Severity.WARNING,
                "Văn bản chưa có số, hoặc số để trống.",
                mend="Ghi số và ký hiệu, ví dụ: Số: 12/KH-UBND.",
            )
        )
    if day is None:
        draft.findings.append(
            Finding(
                "document.date-missing",
                Severity.WARNING,
                "Văn bản chưa có ngày ban hành, hoặc ngày để trống.",
                mend="Ghi đủ ngày, tháng, năm ban hành sau địa danh.",
            )
        )
    document = Document(kind, number, day, place, issuer, title, _period(title, draft), read_signer(draft))
    return document, read_recipients(draft)


def _kind_and_title(draft: Draft, kind_at: int | None, titles: list[int]) -> tuple[str | None, str | None]:
    if kind_at is None:
        return None, None
    p = draft.paragraphs[kind_at]
    cleaned = clean(p.text)
    m = KIND_OPEN.match(p.low.lstrip(" *_|#"))
    kind = (m[1] if m else cleaned.lower()).strip()
    if kind not in _PLAIN_KINDS:
        kind = kind.split(" hành động")[0].split(" công tác")[0].split(" phối hợp")[0]
    rest = clean(p.match.lstrip(" *_|#")[m.end() :]) if m else ""
    lines = [rest] if rest else []
    for index in titles:
        words = clean(draft.paragraphs[index].text)
        if words and not words.startswith("("):
            lines.append(words)
    title = " ".join(" ".join(lines).split()) or None
    return kind.capitalize(), title


_PLAIN_KINDS = frozenset({"kế hoạch", "quyết định", "chỉ thị", "hướng dẫn", "thông báo", "kết luận", "nghị quyết"})
_SUBJECT = re.compile(r"(?:^[|*_\s]{0,4}|\s)v/v:?\s{0,3}|^về việc\s")
_COLUMN = re.compile(r"\t|\s{3,}")


def _subject(draft: Draft) -> str | None:
    """What a letter is about, after "V/v"; a second column on the same line is cut off."""
    for index, p in enumerate(draft.paragraphs[:30]):
        if m := _SUBJECT.search(p.low):
            lines = [clean(_COLUMN.split(p.text[m.end() :])[0])]
            for q in draft.paragraphs[index + 1 : index + 4]:
                words = clean(_COLUMN.split(q.text)[0])
                if not words or not (words[0].islower() or words[0].isdigit()) or q.low.startswith("kính gửi"):
                    break
                lines.append(words)
            return " ".join(lines)
    return None


_STAGE = re.compile(
    r"(?:(?:giai đoạn|thời kỳ|nhiệm kỳ)\s(?:năm\s|từ năm\s|từ\s)?|từ năm\s|từ\s)(\d{4})\s?(?:-|đến năm|đến)\s?(\d{4})"
)
_RANGE = re.compile(r"(?<!\d)(\d{4})\s?-\s?(\d{4})(?!\d)")
_OUTLOOK = re.compile(r"(?:định hướng|tầm nhìn)\s(?:đến\s)?$")
_YEAR = re.compile(r"(?<!đến )(?<!tới )năm\s(\d{4})(?!\s?-\s?\d)")
_UNTIL = re.compile(r"đến (?:hết )?năm\s(\d{4})")


def _period(title: str | None, draft: Draft) -> Period | None:
    """The years of the title: a single one before a stage ("Chiến lược giai đoạn 2021 - 2030 … năm 2024"), the last of
    several, for those before it belong to the papers that the title names."""
    candidates = [title] if title else []
    candidates += [clean(p.text) for p in draft.paragraphs if p.zone == "head" and len(p.text) < 400]
    for words in candidates:
        low = " ".join(words.lower().replace("–", "-").split())
        found = list(_STAGE.finditer(low)) or list(_RANGE.finditer(low))
        stages = [
            m for m in found if int(m[1]) <= int(m[2]) and not _OUTLOOK.search(low, max(0, m.start() - 30), m.start())
        ]
        years = [
            m
            for m in _YEAR.finditer(low)
            if not _cited(low, m.start()) and not any(s.start() <= m.start() < s.end() for s in stages)
        ]
        if years:
            return _years(int(years[-1][1]), int(years[-1][1]))
        if stages:
            return _years(int(stages[-1][1]), int(stages[-1][2]))
        if words is title and (until := _UNTIL.search(low)):
            start = draft_year(draft)
            if start and start <= int(until[1]):
                return _years(start, int(until[1]))
    return None


def _years(first: int, last: int) -> Period | None:
    """First to last day; None for a number that is no year ("năm 0000")."""
    return Period(date(first, 1, 1), date(last, 12, 31)) if first > 0 else None


def _cited(low: str, at: int) -> bool:
    """Whether the year belongs to another paper that the title names ("số … ngày … năm 2021")."""
    return re.search(r"(?:tháng \d{1,2} |ngày \d{1,2}/\d{1,2} )$", low[:at]) is not None
