"""Wording of units, agencies and changes for pages and files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from binhdang.reference.agency_kinds import AgencyKind, agency_kinds
from binhdang.server.agencies.models import Agency, AgencySuccession, Change, Extent, Lasting, Unit, UnitSuccession
from binhdang.server.web.templatetags.words import address

GROUPS = {
    "state": "Cơ quan nhà nước",
    "party": "Cơ quan của Đảng",
    "front": "Mặt trận Tổ quốc",
    "mass": "Tổ chức chính trị - xã hội",
    "coordination": "Tổ chức phối hợp liên ngành",
}
KIND_LEVELS = {
    "central": "Trung ương",
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
    "village": "Thôn, tổ dân phố",
}


def days_of(lasting: Lasting) -> str:
    """From when to when it stands: "từ 01/07/2025", "01/03/2025 – 30/06/2025"."""
    if lasting.start is not None and lasting.end is not None:
        return f"{lasting.start:%d/%m/%Y} – {lasting.end:%d/%m/%Y}"
    if lasting.end is not None:
        return f"đến hết {lasting.end:%d/%m/%Y}"
    return f"từ {lasting.start:%d/%m/%Y}" if lasting.start is not None else "chưa rõ ngày bắt đầu"


def is_over(lasting: Lasting, day: date) -> bool:
    """Whether it ended before a day."""
    return lasting.end is not None and lasting.end < day


@dataclass(frozen=True, slots=True)
class Step:
    """A succession as a row of a timeline: the day, the other one, how much went over, by which decree."""

    on: date
    other: Unit | Agency
    how: str
    change: Change | None


def unit_step(link: UnitSuccession, other: Unit) -> Step:
    """A unit's succession, as the source prints it."""
    return Step(link.on, other, link.printed or _extents(link), link.change)


def agency_step(link: AgencySuccession, other: Agency) -> Step:
    """An agency's succession."""
    return Step(link.on, other, link.note or f"Chuyển {Extent(link.extent).label} công việc", link.change)


def _extents(link: UnitSuccession) -> str:
    told = [
        f"{Extent(extent).label} {what}"
        for extent, what in ((link.area, "diện tích"), (link.people, "dân số"))
        if extent
    ]
    return ", ".join(told).capitalize() or "Chưa rõ phần chuyển"


def kind_of(agency: Agency) -> AgencyKind | None:
    """The kind of an agency in the reference data."""
    return agency_kinds().get(agency.kind)


class Listed(NamedTuple):
    """An agency as a row of a list: plain texts, as a list has many."""

    address: str
    name: str
    short: str
    unit: str
    kind: str
    is_requested: bool


def listed(agency: Agency, unit: Unit) -> Listed:
    """An agency with the unit that its own has become."""
    kind = kind_of(agency)
    return Listed(
        address(agency.pk, "agencies:agency"),
        agency.name,
        agency.short or "–",
        unit.title,
        kind.name if kind else "–",
        bool(kind and kind.is_requested),
    )


def kind_choices(day: date | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Kinds by level, for a select; with a day, without those that had ended by then."""
    return [
        (
            title,
            [
                (kind.code, kind.name)
                for kind in agency_kinds()
                if kind.level == level and (not day or kind.stood_on(day))
            ],
        )
        for level, title in KIND_LEVELS.items()
    ]


@lru_cache(maxsize=128)
def kind_options(chosen: str) -> SafeString:
    """The kinds as options of a select; made once for each choice, as the kinds never change while the server runs."""
    groups = (
        (
            level,
            format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                ((code, mark_safe(" selected") if code == chosen else "", name) for code, name in kinds),
            ),
        )
        for level, kinds in kind_choices()
    )
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)


def succession_of(kind: AgencyKind) -> str:
    """What became of a kind, and whether a paper says so."""
    heir = agency_kinds().get(kind.successor)
    if heir is None or kind.on is None:
        return ""
    doubt = "" if kind.verified else " (chưa kiểm chứng bằng văn bản)"
    return f"Từ {kind.on:%d/%m/%Y}, công việc bình đẳng giới do {heir.name} đảm nhận{doubt}."


def state_badge(change: Change) -> str:
    """The badge's kind for a change's state."""
    return {"planned": "waiting", "withdrawn": "neutral", "done": "done"}[change.state]


def names_of(change: Change) -> str:
    """What changes into what, on one line."""
    olds = ", ".join(dict.fromkeys(str(transfer.old) for transfer in change.transfers.all()))
    outcomes = ", ".join(outcome.title for outcome in change.outcomes.all())
    return f"{olds} → {outcomes}" if outcomes else olds
