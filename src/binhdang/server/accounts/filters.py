"""Filters of lists: they stand in the address."""

from __future__ import annotations

from django.http import HttpRequest


def asked_for(request: HttpRequest, *names: str) -> dict[str, str]:
    """What the address asks for, by name, empty where it does not; without the one character that no database takes."""
    return {name: request.GET.get(name, "").replace("\0", "").strip() for name in names}
