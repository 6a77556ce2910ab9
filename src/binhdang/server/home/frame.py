"""What the frame around every page shows: where one can go, and for which agency one is working."""

from __future__ import annotations

from django.http import HttpRequest

from binhdang.server.web.places import places_for


def frame(request: HttpRequest) -> dict[str, object]:
    """The places of the left-hand column for who is asking, and the agency that they act for."""
    if not hasattr(request, "user"):  # refused before the session was read
        return {}
    asking = getattr(request, "asking", None)
    post = asking.post if asking else None
    return {
        "places": places_for(request),
        "personal_places": places_for(request, personal=True),
        "agency_name": str(post.agency or "") if post else "",
    }
