"""From where somebody asks."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The caller's address, empty where none is known.

    Each proxy of our own adds one entry to the end of X-Forwarded-For: so many entries are true, what stands before
    them anybody can write.
    """
    trusted = settings.CONFIGURATION.proxies
    told = request.headers.get("X-Forwarded-For", "").split(",")
    forwarded = _valid(told[-trusted]) if 0 < trusted <= len(told) else ""
    return forwarded or _valid(request.META.get("REMOTE_ADDR", ""))


def _valid(text: str) -> str:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return ""
