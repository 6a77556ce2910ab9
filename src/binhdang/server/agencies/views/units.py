"""Pages of the map: what stands on a day, from the nation down; one unit with its story; search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from binhdang.access import Permission, may
from binhdang.server.agencies import presenters
from binhdang.server.agencies.editions import edition, kept
from binhdang.server.agencies.models import Unit
from binhdang.server.agencies.queries import units as queries
from binhdang.server.agencies.queries.agencies import agencies_at
from binhdang.server.agencies.queries.changes import planned_for
from binhdang.server.web.days import day_of
from binhdang.server.web.doors import Asked, needs
from binhdang.server.web.paging import page_of


@needs(post=True)
def nation(request: Asked) -> HttpResponse:
    """The map from the top."""
    mark = edition()
    top = queries.nation(mark)
    if top is None:
        return render(request, "agencies/no_map.html")
    return _page(request, mark, top)


@needs(post=True)
def unit(request: Asked, pk: UUID) -> HttpResponse:
    """One unit on a day: what is above and below it, its agencies, what it came from and what became of it."""
    mark = edition()  # before the unit, so that nothing older than the mark is kept under it
    found = get_object_or_404(Unit, pk=pk)
    if found.level == Unit.Level.NATION:
        return redirect(f"{reverse('agencies:map')}?{request.GET.urlencode()}")
    return _page(request, mark, found)


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


def _page(request: Asked, mark: UUID | None, unit: Unit) -> HttpResponse:
    day = day_of(request)
    is_nation = unit.level == Unit.Level.NATION
    planned = None if is_nation else planned_for(unit)
    context = {
        "unit": unit,
        "day": day,
        "is_nation": is_nation,
        "stands": unit.stands_on(day),
        "days": presenters.days_of(unit),
        "sheet": _sheet(mark, unit, day, get_language() or ""),
        "planned": planned,
        "edits": may(request.actor, Permission.EDIT_MAP),
    }
    return render(request, "agencies/unit.html", context)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a unit's page shows of the map, the same for everybody: what is above, whether it was split, the tables."""

    above: Sequence[Unit]
    is_split: bool
    tables: SafeString


@kept(256)
def _sheet(unit: Unit, day: date, language: str) -> _Sheet:
    story = queries.story(unit)
    stands = unit.stands_on(day)
    below = queries.below(unit, day) if stands else []
    context = {
        "unit": unit,
        "day": day,
        "at": day.isoformat(),
        "is_nation": unit.level == Unit.Level.NATION,
        "stands": stands,
        "below": below,
        "has_units": any(row.units for row in below),
        "agencies": agencies_at(unit, day),
        "origins": [presenters.unit_step(link, link.old) for link in story.origins],
        "successions": [presenters.unit_step(link, link.new) for link in story.successions],
    }
    return _Sheet(
        [one for one in queries.above(unit, day) if one.level != Unit.Level.NATION],
        story.is_split,
        mark_safe(render_to_string("agencies/_unit_tables.html", context)),
    )
