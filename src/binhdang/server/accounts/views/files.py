"""Pages of files of people: a sample, the check of a file, and the slips that its writing gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from binhdang.access import Permission
from binhdang.server.accounts.actions import files
from binhdang.server.accounts.doors import Entered
from binhdang.server.accounts.forms import ConfirmFileForm, FileForm, tell
from binhdang.server.accounts.sheets import COLUMNS, MOST_PEOPLE, Fault, Row, rows_of, sample
from binhdang.server.web.doors import needs
from binhdang.server.web.records import Refused

_SALT = "accounts.file"
_VALID = 3600  # seconds between the check and the writing
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Permission.MANAGE_ACCOUNTS)
def sample_file(request: Entered) -> HttpResponse:
    """An empty file with the columns."""
    disposition = 'attachment; filename="nguoi-dung.xlsx"'
    return HttpResponse(sample(), content_type=_EXCEL, headers={"Content-Disposition": disposition})


@needs(Permission.MANAGE_ACCOUNTS)
def check(request: Entered) -> HttpResponse:
    """What a file holds and what is wrong with it; nothing is written."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            rows = rows_of(form.cleaned_data["file"].read())
        except Refused as refused:
            tell(form, refused)
        else:
            return _checked(request, rows)
    return render(request, "accounts/file.html", {"form": form, "columns": COLUMNS.values(), "most": MOST_PEOPLE})


@never_cache
@require_POST
@needs(Permission.MANAGE_ACCOUNTS)
def write(request: Entered) -> HttpResponse:
    """Makes the accounts of a checked file; the slips are shown once."""
    form = ConfirmFileForm(request.POST)
    try:
        told = signing.loads(form.data.get("rows", ""), salt=_SALT, max_age=_VALID)
    except signing.BadSignature:
        again = FileForm()
        context = {"form": again, "columns": COLUMNS.values(), "most": MOST_PEOPLE, "is_stale": True}
        return render(request, "accounts/file.html", context, status=400)
    rows = [Row(**row) for row in told]
    try:
        slips = files.add_people(by=request.by, rows=rows)
    except files.FaultyFile as faulty:
        return _checked(request, rows, faulty.faults)
    return render(request, "accounts/slips.html", {"slips": slips, "address": request.build_absolute_uri("/")})


def _checked(request: Entered, rows: Sequence[Row], faults: Sequence[Fault] = ()) -> HttpResponse:
    names, found = files.try_people(by=request.by, rows=rows)
    signed = signing.dumps([asdict(row) for row in rows], salt=_SALT, compress=True)
    context = {
        "people": list(zip(rows, names, strict=True)),
        "faults": faults or found,
        "form": ConfirmFileForm(initial={"rows": signed}),
    }
    return render(request, "accounts/file_checked.html", context)
