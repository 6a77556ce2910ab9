"""The journal: who did what, when, for those who may read it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from binhdang.access import Permission
from binhdang.server.accounts import journal
from binhdang.server.accounts.doors import Entered
from binhdang.server.accounts.filters import asked_for
from binhdang.server.accounts.forms import DayFilter
from binhdang.server.accounts.presenters import VERBS
from binhdang.server.web.doors import needs
from binhdang.server.web.paging import page_of


@needs(Permission.READ_AUDIT)
def events(request: Entered) -> HttpResponse:
    """The acts of one's agency and those below, the latest first."""
    asked = asked_for(request, "tim", "nguoi", "co_quan", "viec", "ngay")
    found = journal.readable(request.actor)
    if asked["nguoi"]:
        found = journal.by_people(found, asked["nguoi"])
    if asked["co_quan"]:
        found = journal.of_agencies(found, asked["co_quan"])
    if asked["viec"] in VERBS:
        found = found.filter(verb=asked["viec"])
    if day := DayFilter({"day": asked["ngay"]}).value():
        found = journal.on_day(found, day)
    if asked["tim"]:
        found = journal.matching(found, asked["tim"])
    page = page_of(found, request)
    context = {
        "page": page,
        "events": journal.tell(page),
        "asked": asked,
        "is_filtered": any(asked.values()),
        "verbs": sorted(VERBS.items(), key=lambda entry: entry[1]),
    }
    return render(request, "accounts/journal.html", context)
