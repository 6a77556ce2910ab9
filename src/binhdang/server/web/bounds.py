"""How much a request may bring, and how long browsers may keep what they were shown."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_LEAVING = "account_logout"
MOST = 60 * 2**20
"""Bytes of a request's body: a file of 50 MB with the form around it."""


def most(*, has_session: bool) -> int:
    """Bytes that a request may bring: who has no session can only fill small forms in."""
    return MOST if has_session else int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


class BoundsMiddleware:
    """Refuses a body that no form sends before a byte of it is kept; keeps pages of signed-in people out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:  # no database takes it
            return HttpResponse("Địa chỉ không đúng.", status=400, content_type="text/plain; charset=utf-8")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > most(has_session=settings.SESSION_COOKIE_NAME in request.COOKIES):
            return HttpResponse("Dữ liệu gửi lên quá lớn.", status=413, content_type="text/plain; charset=utf-8")
        response = self.get_response(request)
        if "Cache-Control" not in response and settings.SESSION_COOKIE_NAME in request.COOKIES:
            response["Cache-Control"] = "private, no-store"
        if request.method == "POST" and request.resolver_match and request.resolver_match.view_name == _LEAVING:
            response["Clear-Site-Data"] = '"cache", "storage"'  # what a browser kept of the pages, on a shared machine
        return response
