"""Pages of changes: the list, one change with all that it moves, entering one, withdrawing it, doing it when it is due."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from binhdang.access import Permission, may
from binhdang.server.agencies import actions, presenters
from binhdang.server.agencies.changes import preview
from binhdang.server.agencies.drafting import Drafting, drafting_of
from binhdang.server.agencies.forms import DecreeForm, KindForm, SeenForm, WithdrawForm, tell
from binhdang.server.agencies.models import Change
from binhdang.server.agencies.queries import changes as queries
from binhdang.server.web.doors import Asked, needs
from binhdang.server.web.paging import page_of
from binhdang.server.web.records import Conflict, Refused


@needs(post=True)
def changes(request: Asked) -> HttpResponse:
    """Changes that wait, then those done or withdrawn."""
    state = request.GET.get("trang-thai", "")
    state = state if state in Change.State.values else ""
    page = page_of(queries.changes(state), request)
    context = {
        "page": page,
        "rows": [(change, presenters.state_badge(change), presenters.names_of(change)) for change in page],
        "state": state,
        "states": Change.State.choices,
        "edits": may(request.actor, Permission.EDIT_MAP),
    }
    return render(request, "agencies/changes.html", context)


@needs(post=True)
def change(request: Asked, pk: UUID) -> HttpResponse:
    """One change: what goes where by which decree, and, while it waits, everything that will move with it."""
    found = get_object_or_404(queries.changes(), pk=pk)
    waits = found.state == Change.State.PLANNED
    parts = preview(found) if waits else []
    context = {
        "change": found,
        "badge": presenters.state_badge(found),
        "rows": found.transfers.select_related("unit", "agency", "outcome__unit", "outcome__agency", "outcome__change"),
        "parts": parts,
        "open": sum(line.decide for part in parts for line in part.lines),
        "is_split": found.kind == Change.Kind.SPLIT,
        "waits": waits,
        "is_due": waits and found.on <= timezone.localdate(),
        "edits": may(request.actor, Permission.EDIT_MAP),
    }
    return render(request, "agencies/change.html", context)


@needs(Permission.EDIT_MAP)
def enter(request: Asked) -> HttpResponse:
    """A new change: first of what kind, then which ones, then what stands after it and by which decree."""
    kind = KindForm(request.GET if "loai" in request.GET else None, initial=request.GET.dict())
    if not kind.is_valid():
        context = {"form": kind, "chosen": request.GET.getlist("cu")}
        return render(request, "agencies/change_kind.html", context)
    drafting = drafting_of(request.GET)
    decree = DecreeForm(request.POST or None)
    new = drafting.new_forms(request.POST or None)
    if request.method == "POST" and all([decree.is_valid(), *(form.is_valid() for form in new)]):
        made = _planned(request, drafting, decree, new)
        if made is not None:
            messages.success(request, "Đã ghi thay đổi. Hãy xem kỹ những gì sẽ chuyển theo.")
            return redirect("agencies:change", pk=made.pk)
    context = {"drafting": drafting, "decree": decree, "new": new, "found": drafting.found()}
    return render(request, "agencies/change_enter.html", context)


@needs(Permission.EDIT_MAP)
def withdraw(request: Asked, pk: UUID) -> HttpResponse:
    """Takes a change back, with the reason."""
    found = get_object_or_404(Change, pk=pk)
    form = WithdrawForm(request.POST or None, initial={"seen": found.version})
    if form.is_valid():
        try:
            actions.withdraw_change(by=request.by, change=pk, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        except Conflict as conflict:
            messages.warning(request, str(conflict))
            return redirect("agencies:change", pk=pk)
        else:
            messages.success(request, "Đã rút thay đổi.")
            return redirect("agencies:change", pk=pk)
    return render(request, "agencies/change_withdraw.html", {"form": form, "change": found})


@needs(Permission.EDIT_MAP)
def do(request: Asked, pk: UUID) -> HttpResponse:
    """Does a change whose day has come, after naming what cannot be taken back."""
    found = get_object_or_404(Change, pk=pk)
    form = SeenForm(request.POST or None, initial={"seen": found.version})
    if form.is_valid():
        try:
            actions.take_effect(by=request.by, change=pk, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        except Conflict as conflict:
            messages.warning(request, str(conflict))
            return redirect("agencies:change", pk=pk)
        else:
            messages.success(request, "Đã thực hiện thay đổi.")
            return redirect("agencies:change", pk=pk)
    return render(request, "agencies/change_do.html", {"form": form, "change": found})


def _planned(request: Asked, drafting: Drafting, decree: DecreeForm, new: list[forms.Form]) -> Change | None:
    """The change, once the act took it; None where the forms now tell why not."""
    outcomes, transfers = drafting.rows(new)
    try:
        return actions.plan_change(
            by=request.by,
            subject=drafting.subject,
            kind=drafting.kind,
            outcomes=outcomes,
            transfers=transfers,
            **decree.cleaned_data,
        )
    except Refused as refused:
        tell(next((form for form in new if refused.field in form.fields), decree), refused)
        return None
