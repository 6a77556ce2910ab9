"""The first page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from binhdang.server.accounts.doors import Entered
from binhdang.server.notices.queries import unread
from binhdang.server.web.doors import needs

_NEWEST = 5  # notices


@needs()
def home(request: Entered) -> HttpResponse:
    """What is to be done today."""
    return render(request, "home/home.html", {"newest": unread(request.actor).order_by("-made_at", "-id")[:_NEWEST]})
