"""Pages of the map: what stands on a day, from the nation down; one unit with its story; search."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from binhdang.access import Permission, may
from binhdang.server.agencies import presenters
from binhdang.server.agencies.models import Change, Transfer, Unit
from binhdang.server.agencies.queries import units as queries
from binhdang.server.agencies.queries.agencies import agencies_at
from binhdang.server.web.days import day_of
from binhdang.server.web.doors import Asked, needs
from binhdang.server.web.paging import page_of


@needs(post=True)
def nation(request: Asked) -> HttpResponse:
    """The map from the top."""
    top = queries.nation()
    if top is None:
        return render(request, "agencies/no_map.html")
    return _page(request, top)


@needs(post=True)
def unit(request: Asked, pk: UUID) -> HttpResponse:
    """One unit on a day: what is above and below it, its agencies, what it came from and what became of it."""
    found = get_object_or_404(Unit, pk=pk)
    if found.level == Unit.Level.NATION:
        return redirect(f"{reverse('agencies:map')}?{request.GET.urlencode()}")
    return _page(request, found)


@needs(post=True)
def search(request: Asked) -> HttpResponse:
    """Units by name or code; without a day, of all times."""
    text, level = request.GET.get("tim", "").strip(), request.GET.get("cap", "")
    level = level if level in Unit.Level.values else ""
    day = day_of(request) if request.GET.get("ngay") else None
    page = page_of(queries.search_units(text, day=day, level=level), request)
    context = {
        "page": page,
        "rows": [(unit, presenters.days_of(unit)) for unit in page],
        "asked": {"tim": text, "cap": level, "ngay": day},
        "levels": Unit.Level.choices[1:],
    }
    return render(request, "agencies/unit_search.html", context)


def _page(request: Asked, unit: Unit) -> HttpResponse:
    day, story = day_of(request), queries.story(unit)
    below = queries.below(unit, day) if unit.stands_on(day) else []
    planned = Transfer.objects.filter(unit=unit, change__state=Change.State.PLANNED).select_related("change").first()
    context = {
        "unit": unit,
        "day": day,
        "at": day.isoformat(),
        "is_today": day == timezone.localdate(),
        "is_nation": unit.level == Unit.Level.NATION,
        "stands": unit.stands_on(day),
        "days": presenters.days_of(unit),
        "above": [one for one in queries.above(unit, day) if one.level != Unit.Level.NATION],
        "below": below,
        "has_units": any(row.units for row in below),
        "agencies": agencies_at(unit, day),
        "origins": [presenters.unit_step(link, link.old) for link in story.origins],
        "successions": [presenters.unit_step(link, link.new) for link in story.successions],
        "split": presenters.SPLIT if story.is_split else "",
        "planned": planned.change if planned else None,
        "edits": may(request.actor, Permission.EDIT_MAP),
    }
    return render(request, "agencies/unit.html", context)
