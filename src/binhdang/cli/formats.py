"""How single values are written: numbers, days, dues, agencies. Shared by the terminal and the review page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from binhdang.cli.wording import Words
from binhdang.paper import Finding, Span
from binhdang.plan import Document, Due, Duty, Page, Period, Plan, Target

# A file may carry terminal escapes or marks that turn the writing direction: none may reach a screen as such.
_UNPRINTABLE = {
    **dict.fromkeys(
        (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F),
        "\ufffd",
    ),
    ord("\n"): "\n",
    ord("\t"): " ",
}
_COMPARATORS = {"=": "", ">=": "≥ ", ">": "> ", "<": "< ", "<=": "≤ "}
_NEAR = 30  # days within which a relative word helps more than it distracts


def printable(text: str) -> str:
    """The text with control and direction marks replaced one for one, so that spans still fit."""
    return text.translate(_UNPRINTABLE)


def shortened(text: str, measure: int) -> str:
    """At most `measure` characters, cut between words, with "…" where something was left out."""
    text = " ".join(text.split())
    if len(text) <= measure:
        return text
    return text[:measure].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def figure(value: Decimal | None) -> str:
    """A number the Vietnamese way: 1.250,5. Empty for None."""
    if value is None:
        return ""
    whole, _, part = f"{value:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    if whole.startswith("-") and not grouped.startswith("-"):
        grouped = f"-{grouped}"
    part = part.rstrip("0")
    return f"{grouped},{part}" if part else grouped


def day(value: date | None) -> str:
    """10/06/2026. Empty for None."""
    return value.strftime("%d/%m/%Y") if value else ""


def days(value: Period | None) -> str:
    """01/01/2026 – 31/12/2026. Empty for None."""
    return f"{day(value.start)} – {day(value.end)}" if value else ""


def relative(value: date, today: date, words: Words) -> str:
    """ "còn 3 ngày" for a day that is near; empty for one far off."""
    distance = (value - today).days
    if distance == 0:
        return words("today")
    if abs(distance) > _NEAR:
        return ""
    return words("days-left", n=distance) if distance > 0 else words("days-late", n=-distance)


def due(value: Due | None, today: date, words: Words) -> str:
    """A due in a few words, with the peaks that these do not say already. Empty for None."""
    if value is None:
        return ""
    core = _due_core(value, today, words)
    peaks = ", ".join(p.text for p in value.peaks if p.text not in core)
    return "; ".join(part for part in (core, peaks and words("peaks", days=peaks)) if part)


def _due_core(value: Due, today: date, words: Words) -> str:
    if value.type == "by" and value.date:
        printed = words("before", day=day(value.date)) if value.before else day(value.date)
        near = relative(value.date, today, words)
        return f"{printed} ({near})" if near else printed
    if value.type == "window" and value.start and value.end:
        return days(Period(value.start, value.end))
    return value.text or (words(value.type) if value.type in words else value.type)


def duty_date(duty: Duty, words: Words) -> str:
    """When a report falls due, each year, each month or once. Empty when nothing is said."""
    if duty.day and duty.month and duty.year:
        printed = f"{duty.day:02}/{duty.month:02}/{duty.year}"
    elif duty.day and duty.month:
        printed = words("yearly", day=f"{duty.day:02}/{duty.month:02}")
    elif duty.day:
        printed = words("monthly" if duty.kind == "month" else "day-of", day=duty.day)
    elif duty.month:
        month = words("month", month=duty.month)
        printed = f"{month}/{duty.year}" if duty.year else words("yearly", day=month)
    else:
        printed = str(duty.year or "")
    return words("before", day=printed) if duty.before and printed else printed


def duty_kind(duty: Duty, words: Words) -> str:
    """The kind of a report in words."""
    key = f"report.{duty.kind}"
    return words(key) if key in words else duty.kind


def target_value(target: Target) -> str:
    """≥ 80 %."""
    sign = _COMPARATORS.get(target.comparator, f"{target.comparator} ")
    return f"{sign}{figure(target.value)} {target.unit}".rstrip()


def identity(document: Document, words: Words) -> str:
    """Kind, number and date of a paper in one line."""
    kind = document.kind or words("kind-missing")
    return f"{kind} {document.number or words('number-missing')} · {day(document.date) or words('date-missing')}"


def source_name(source: str | None, words: Words) -> str:
    """A source of money in words."""
    return words(source) if source in ("central", "local", "other") else words("unknown")


def page_at(pages: Sequence[Page], place: int) -> int | None:
    """The page that holds a place of the text; None where pages are not known."""
    return max((p for p in pages if p.start <= place), key=lambda p: p.start, default=Page(0, 0)).page or None


def finding_place(finding: Finding, plan: Plan, words: Words) -> str:
    """ "trang 2", or the finding's own words for its place. Empty for the whole paper."""
    if finding.place or finding.span is None:
        return finding.place
    page = page_at(plan.pages, finding.span.start)
    return words("page", n=page) if page else ""


def within(span: Span | None, text: str) -> Span | None:
    """The part of a span that lies in the text; None when there is none."""
    return None if span is None else span.inside(text)
