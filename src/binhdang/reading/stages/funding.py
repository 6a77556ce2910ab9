"""Funding: the sources of money that the running text names, and the amounts that it gives."""

from __future__ import annotations

import re

from binhdang.plan.model import Funding
from binhdang.reading.draft import Draft, Paragraph
from binhdang.reading.stages.budget_sources import Mention, mentions, sentences
from binhdang.vietnamese.text import holds_any

_HEADING = re.compile(r"(?:(?:[IVXL]{1,5}|[A-D]|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)] ?|[-+] ?)")
_FUNDING_HEADING = re.compile(
    r"(?:dự toán |tổng )?(?:về )?(?:nguồn )?(?:kinh phí|nguồn lực tài chính|nguồn vốn|tài chính)", re.IGNORECASE
)
_FUNDED = re.compile(
    r"kinh phí\b(?:(?<=\bnguồn kinh phí)|(?<=\bkinh phí).{0,160}?\b(?:từ|do|bố trí|đảm bảo|bảo đảm|hỗ trợ|gồm|trích|nguồn|sử dụng|là)\b)"
)
_WORDS_OF_MONEY = ("kinh phí", "ngân sách", "nguồn", "triệu", "tỷ", "đồng")


def find_funding(draft: Draft) -> list[Funding]:
    """The sources and amounts named in the draft's running text, in order; tables are left to the budget."""
    found: list[Funding] = []
    seen: set[tuple[str, int | None]] = set()
    depth: int | None = None
    for p in draft.paragraphs:
        if p.table is not None or p.zone != "body":
            continue
        opened = _HEADING.match(p.match)
        level = _level(p, opened)
        if level is not None:
            if _FUNDING_HEADING.match(p.match, opened.end() if opened else 0):
                depth = level if depth is None or level <= depth else depth
            elif depth is not None and level <= depth:
                depth = None
        if not holds_any(p.low, _WORDS_OF_MONEY):
            continue
        for m in _mentions_of(p, inside=depth is not None):
            key = (m.label.casefold(), m.year)
            if m.amount is None and key in seen:
                continue
            seen.add(key)
            found.append(Funding(m.label, m.source, m.year, m.amount, p.place(m.start, m.end)))
    return found


def _level(p: Paragraph, opened: re.Match[str] | None) -> int | None:
    """How deep the paragraph's label stands: 0 roman, 1 "2.", 2 "2.1." or "a)"; None for a paragraph without one."""
    if opened is None:
        return 0 if p.bold and len(p.match) < 80 and p.match.isupper() else None
    label = opened[0].rstrip(" .)")
    if label in ("-", "+"):
        return None
    if label.isalpha():
        return 0 if label.isupper() else 2
    return 1 + label.count(".")


def _mentions_of(p: Paragraph, *, inside: bool) -> list[Mention]:
    """What the paragraph's sentences name; outside a funding section only sentences that say where money comes from."""
    found: list[Mention] = []
    for start, end in sentences(p.match):
        if not inside and not _FUNDED.search(p.low, start, end):
            continue
        for m in mentions(p.match[start:end]):
            label = p.place(start + m.start, start + m.end)
            printed = p.text[label.start - p.start : label.end - p.start]
            found.append(Mention(start + m.start, start + m.end, printed, m.source, m.year, m.amount))
    return found
