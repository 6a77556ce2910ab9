"""The places of the left-hand column and of the person's menu: each room names its own when the server starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


class Entry(NamedTuple):
    """A place as the frame shows it to one person."""

    title: str | Promise
    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class _Place:
    order: int
    title: str | Promise
    url_name: str
    shown: Callable[[HttpRequest], bool]
    personal: bool


_places: dict[str, _Place] = {}


def is_signed_in(request: HttpRequest) -> bool:
    """Whether somebody is signed in: the rule of places that everybody has."""
    return request.user.is_authenticated


def register(
    order: int,
    title: str | Promise,
    url_name: str,
    shown: Callable[[HttpRequest], bool] = is_signed_in,
    *,
    personal: bool = False,
) -> None:
    """Adds a place; called from a room's AppConfig.ready().

    `shown` says who sees it; a personal place stands in the menu under the person's name, others in the column.
    """
    _places[url_name] = _Place(order, title, url_name, shown, personal)


def places_for(request: HttpRequest, *, personal: bool = False) -> list[Entry]:
    """The places that the person asking sees, in order; the one that the page lies in is active."""
    seen = [place for place in _places.values() if place.personal == personal and place.shown(request)]
    urls = {place.url_name: reverse(place.url_name) for place in seen}
    here = max((url for url in urls.values() if _lies_in(request.path, url)), key=len, default="")
    ordered = sorted(seen, key=lambda place: place.order)
    return [Entry(place.title, urls[place.url_name], urls[place.url_name] == here) for place in ordered]


def _lies_in(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
