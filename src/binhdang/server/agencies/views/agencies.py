"""Pages of agencies: the list, one agency, add, correct, close, to whom it reports."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from binhdang.access import Permission, may
from binhdang.reference.agency_kinds import agency_kinds
from binhdang.server.agencies import actions, presenters
from binhdang.server.agencies.actions.agencies import line_to_go_on, why_not_reopened
from binhdang.server.agencies.forms import AddForm, CloseForm, CorrectForm, LineForm, ReopenForm, tell
from binhdang.server.agencies.models import Agency, Unit
from binhdang.server.agencies.queries import agencies as queries
from binhdang.server.agencies.queries import lines
from binhdang.server.agencies.queries.changes import planned_for
from binhdang.server.agencies.queries.units import above, search_units, standing
from binhdang.server.web.days import day_of
from binhdang.server.web.doors import Asked, needs
from binhdang.server.web.paging import page_of
from binhdang.server.web.records import Conflict, Difference, Refused

_MOST = 20  # choices offered at once
_FIELDS = ("name", "short", "kind", "start")


@needs(post=True)
def agencies(request: Asked) -> HttpResponse:
    """Agencies on a day by name, kind and unit."""
    asked = {name: request.GET.get(name, "").strip() for name in ("tim", "loai", "don-vi")}
    day, unit = day_of(request), unit_asked(asked["don-vi"])
    page = page_of(queries.search_agencies(asked["tim"], day=day, kind=asked["loai"], unit=unit), request)
    units = standing({agency.unit_id for agency in page}, day, known=(agency.unit for agency in page))
    context = {
        "page": page,
        "rows": [presenters.listed(agency, units.get(agency.unit_id, agency.unit)) for agency in page],
        "text": asked["tim"],
        "kind": asked["loai"],
        "unit": unit,
        "day": day,
        "is_filtered": any(asked.values()),
        "at": day.isoformat(),
        "kinds": presenters.kind_options(asked["loai"]),
        "edits": may(request.actor, Permission.EDIT_MAP),
    }
    return render(request, "agencies/agencies.html", context)


@needs(post=True)
def agency(request: Asked, pk: UUID) -> HttpResponse:
    """One agency on a day: where it is, to whom it reports, who reports to it, what became of it."""
    found = get_object_or_404(Agency.objects.select_related("unit"), pk=pk)
    day, chain, kind = day_of(request), queries.chain(found), presenters.kind_of(found)
    unit = standing([found.unit_id], day, known=[found.unit]).get(found.unit_id, found.unit)
    edits = may(request.actor, Permission.EDIT_MAP)
    context = {
        "agency": found,
        "kind": kind,
        "group": presenters.GROUPS[kind.group] if kind else "",
        "kind_ended": presenters.succession_of(kind) if kind and not found.end else "",
        "day": day,
        "days": presenters.days_of(found),
        "stands": found.stands_on(day),
        "unit": unit,
        "superior": lines.superior_of(found.pk, day),
        "reporters": page_of(lines.reporters_of(found.pk, day), request),
        "below": len(lines.below([found.pk], day)),
        "history": [(line, presenters.days_of(line)) for line in lines.history_of(found)],
        "origins": [presenters.agency_step(link, link.old) for link in chain.origins],
        "successions": [presenters.agency_step(link, link.new) for link in chain.successions],
        "planned": planned_for(found),
        "edits": edits,
        "reopens": edits and found.end is not None and not why_not_reopened(found),
    }
    return render(request, "agencies/agency.html", context)


@needs(Permission.EDIT_MAP)
def add(request: Asked) -> HttpResponse:
    """A new agency: first where, then what."""
    unit = unit_asked(request.GET.get("don-vi", ""))
    if unit is None:
        text = request.GET.get("tim", "").strip()
        found = search_units(text, day=timezone.localdate())[:_MOST]
        return render(request, "agencies/pick_unit.html", {"text": text, "found": found})
    form = AddForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.add_agency(by=request.by, unit=unit.pk, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        else:
            messages.success(request, f"Đã thêm {made}.")
            return redirect("agencies:agency", pk=made.pk)
    return render(request, "agencies/add.html", {"form": form, "unit": unit})


@needs(Permission.EDIT_MAP)
def correct(request: Asked, pk: UUID) -> HttpResponse:
    """Mends what was typed wrong; of two who do, the second sees what the first wrote."""
    found = get_object_or_404(Agency.objects.select_related("unit"), pk=pk)
    start = {name: getattr(found, name) for name in _FIELDS} | {"seen": found.version}
    form, differences = CorrectForm(request.POST or None, initial=start), []
    if form.is_valid():
        try:
            actions.correct_agency(by=request.by, agency=pk, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        except Conflict:
            differences = _differences(form, found)
            again = request.POST.copy()
            again["seen"] = str(found.version)
            form = CorrectForm(again, initial=start)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("agencies:agency", pk=pk)
    return render(request, "agencies/correct.html", {"form": form, "agency": found, "differences": differences})


@needs(Permission.EDIT_MAP)
def close(request: Asked, pk: UUID) -> HttpResponse:
    """Ends an agency, after naming what that means."""
    found = get_object_or_404(Agency.objects.select_related("unit"), pk=pk)
    form = CloseForm(request.POST or None, initial={"seen": found.version, "last_day": timezone.localdate()})
    if form.is_valid():
        try:
            actions.close_agency(by=request.by, agency=pk, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        except Conflict as conflict:
            messages.warning(request, str(conflict))
            return redirect("agencies:close", pk=pk)
        else:
            messages.success(request, f"{found} kết thúc hoạt động.")
            return redirect("agencies:agency", pk=pk)
    return render(request, "agencies/close.html", {"form": form, "agency": found})


@needs(Permission.EDIT_MAP)
def reopen(request: Asked, pk: UUID) -> HttpResponse:
    """Takes a closing back that was entered by mistake, after naming what comes back with it."""
    found = get_object_or_404(Agency.objects.select_related("unit"), pk=pk)
    form = ReopenForm(request.POST or None, initial={"seen": found.version})
    if form.is_valid():
        try:
            actions.reopen_agency(by=request.by, agency=pk, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        except Conflict as conflict:
            messages.warning(request, str(conflict))
            return redirect("agencies:reopen", pk=pk)
        else:
            messages.success(request, f"{found} hoạt động trở lại.")
            return redirect("agencies:agency", pk=pk)
    why_not = why_not_reopened(found)
    context = {"form": form, "agency": found, "why_not": why_not, "line": None if why_not else line_to_go_on(found)}
    return render(request, "agencies/reopen.html", context)


@needs(Permission.EDIT_MAP)
def line(request: Asked, pk: UUID) -> HttpResponse:
    """To whom an agency reports from a day on: those near it are offered, others are searched."""
    found = get_object_or_404(Agency.objects.select_related("unit"), pk=pk)
    text = request.GET.get("tim", "").strip()
    choices = [(str(one.pk), f"{one} ({one.unit})") for one in _superiors(found, text)]
    form = LineForm(choices, request.POST or None, initial={"seen": found.version, "start": timezone.localdate()})
    if form.is_valid():
        told = form.cleaned_data | {"superior": UUID(form.cleaned_data["superior"])}
        try:
            made = actions.set_reporting_line(by=request.by, agency=pk, **told)
        except Refused as refused:
            tell(form, refused)
        except Conflict as conflict:
            messages.warning(request, str(conflict))
            return redirect("agencies:line", pk=pk)
        else:
            messages.success(request, f"{found} báo cáo với {made.superior} {presenters.days_of(made)}.")
            return redirect("agencies:agency", pk=pk)
    return render(request, "agencies/line.html", {"form": form, "agency": found, "text": text, "choices": choices})


def unit_asked(text: str) -> Unit | None:
    """The unit that an address names by its id."""
    try:
        return Unit.objects.filter(pk=text).first() if text else None
    except ValidationError:
        return None


def _superiors(agency: Agency, text: str) -> list[Agency]:
    """Who may be meant: what the search finds, else those at the agency's unit and the units above."""
    today = timezone.localdate()
    if text:
        return list(queries.search_agencies(text, day=today).exclude(pk=agency.pk)[:_MOST])
    near = [agency.unit_id, *(unit.pk for unit in above(agency.unit, today))]
    return list(queries.agencies_on(today).filter(unit__in=near).exclude(pk=agency.pk)[:_MOST])


def _differences(form: CorrectForm, now: Agency) -> list[Difference]:
    """What the person typed beside what is stored, where they differ."""
    shown = {name: (_shown(name, form.cleaned_data[name]), _shown(name, getattr(now, name))) for name in _FIELDS}
    return [Difference(str(form.fields[name].label), *pair) for name, pair in shown.items() if pair[0] != pair[1]]


def _shown(name: str, value: object) -> str:
    if name == "kind":
        kind = agency_kinds().get(str(value))
        return kind.name if kind else ""
    return f"{value:%d/%m/%Y}" if name == "start" and value else str(value or "")
