"""Agencies out to Excel and in from it: a file is tried first, and taken in when the person has seen what it brings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render

from binhdang.access import Permission
from binhdang.server.agencies import excel
from binhdang.server.agencies.actions.imports import Imported, import_agencies, try_import
from binhdang.server.agencies.forms import ImportForm, tell
from binhdang.server.agencies.models import ReportingLine, standing_on
from binhdang.server.agencies.queries.agencies import search_agencies
from binhdang.server.agencies.queries.units import standing
from binhdang.server.agencies.views.agencies import unit_asked
from binhdang.server.web.days import day_of
from binhdang.server.web.doors import Asked, needs
from binhdang.server.web.records import Refused

_SALT = "agencies.import"
_KEPT = 3600  # seconds that a tried file waits for the person's word
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(post=True)
def export(request: Asked) -> HttpResponse:
    """The list as it is filtered, as a file."""
    asked, day = request.GET, day_of(request)
    found = search_agencies(
        asked.get("tim", ""), day=day, kind=asked.get("loai", ""), unit=unit_asked(asked.get("don-vi", ""))
    )
    units = standing((agency.unit_id for agency in found), day)
    superiors = dict(ReportingLine.objects.filter(standing_on(day)).values_list("agency_id", "superior__name"))
    answer = HttpResponse(excel.written(found, units, superiors), content_type=_SHEET)
    answer["Content-Disposition"] = f'attachment; filename="co-quan-{day:%Y-%m-%d}.xlsx"'
    return answer


@needs(Permission.EDIT_MAP)
def load(request: Asked) -> HttpResponse:
    """A file: what it would bring; then, on the person's word, taken in."""
    if "tried" in request.POST:
        return _take_in(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            rows = excel.read(form.cleaned_data["file"].read())
        except Refused as refused:
            tell(form, refused)
        else:
            context |= {"imported": try_import(rows), "tried": _packed(rows)}
    return render(request, "agencies/import.html", context)


def _take_in(request: Asked) -> HttpResponse:
    form = ImportForm()
    try:
        rows = _unpacked(request.POST["tried"])
        imported: Imported = import_agencies(by=request.by, rows=rows)
    except signing.BadSignature:
        messages.warning(request, "Tệp đã xem quá một giờ nên không còn giữ. Hãy chọn lại tệp.")
        return redirect("agencies:import")
    except Refused as refused:
        form = ImportForm({})
        form.full_clean()
        form.errors.clear()
        form.add_error(None, str(refused))
        return render(request, "agencies/import.html", {"form": form})
    messages.success(request, f"Đã nhập {len(imported.new)} cơ quan, bỏ qua {len(imported.known)} dòng đã có.")
    return redirect("agencies:agencies")


def _packed(rows: list[excel.Row]) -> str:
    plain = [(row.sheet, row.number, row.cells, row.letters) for row in rows]
    return signing.dumps(plain, salt=_SALT, compress=True)


def _unpacked(text: str) -> list[excel.Row]:
    return [excel.Row(*row) for row in signing.loads(text, salt=_SALT, max_age=_KEPT)]
