"""What the frame around every page shows: where one can go, and for which agency one is working."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from binhdang.access import Actor
from binhdang.server.notices.queries import MOST, count_unread
from binhdang.server.web.places import places_for


class Bell:
    """The way to one's notices; how many are unread is asked when a page shows it."""

    def __init__(self, request: HttpRequest, actor: Actor) -> None:
        self.url = reverse("notices:inbox")
        self.active = request.path == self.url
        self._actor = actor

    @cached_property
    def unread(self) -> str:
        """How many, empty for none."""
        count = count_unread(self._actor)
        return f"{MOST - 1}+" if count >= MOST else str(count or "")


def frame(request: HttpRequest) -> dict[str, object]:
    """The places of the left-hand column for who is asking, the agency that they act for, their notices."""
    if not hasattr(request, "user"):  # refused before the session was read
        return {}
    asking = getattr(request, "asking", None)
    post = asking.post if asking else None
    return {
        "bell": Bell(request, asking.actor) if asking else None,
        "places": places_for(request),
        "personal_places": places_for(request, personal=True),
        "agency_name": str(post.agency or "") if post else "",
    }
