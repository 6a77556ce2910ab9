"""Every request leaves one line in the log and is counted: by its view, never by its address, and who asked by their id."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from binhdang.server.web import counts

log = logging.getLogger("binhdang.request")

BEGUN = "binhdang.begun"
"""In the environ, where the web server puts it: when the request had come in, by `time.perf_counter`."""
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds."""
_UNTOLD = frozenset({"living", "ready", "metrics"})  # asked every few seconds by who watches
_WATCHERS = frozenset({"/healthz", "/readyz", "/metrics"})
_HERE = frozenset({"127.0.0.1", "::1"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class WatchMiddleware:
    """The first of all, so that it sees what the others refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Gives the request an id, and tells of it when it is answered."""
        told: Any = request
        told.id = secrets.token_hex(8)
        if request.path_info in _WATCHERS and request.META.get("REMOTE_ADDR") in _HERE:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]  # asked on this machine, by its number
        begun = request.META.get(BEGUN) or time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = told.id
        self._tell(request, response.status_code, time.perf_counter() - begun)
        return response

    def _tell(self, request: HttpRequest, status: int, seconds: float) -> None:
        match = request.resolver_match
        is_static = match is None and request.path_info.startswith(settings.STATIC_URL)
        view = match.view_name if match else "static" if is_static else "none"
        _count(view or "nameless", status, seconds)
        if status < 400 and (is_static or view in _UNTOLD):
            return
        person = getattr(request, "_cached_user", None)  # not asked for here: it would cost a query
        fields = {
            "id": getattr(request, "id", ""),
            "method": request.method if request.method in _METHODS else "?",
            "view": view,
            "route": match.route if match else "",
            "status": status,
            "ms": round(seconds * 1000, 1),
            "person": str(person.pk) if person is not None and person.pk is not None else "",
        }
        log.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra={"told": fields})


def _count(view: str, status: int, seconds: float) -> None:
    counts.add(f'binhdang_requests_total{{view="{view}",status="{status // 100}xx"}}')
    counts.add(f'binhdang_request_seconds_sum{{view="{view}"}}', seconds)
    least = next((f"{most:g}" for most in BUCKETS if seconds <= most), "+Inf")
    counts.add(f'binhdang_request_seconds_bucket{{view="{view}",le="{least}"}}')  # added up when they are read
