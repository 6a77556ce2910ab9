"""The language of pages: Vietnamese unless the person has chosen another.

What the browser asks for is not heard: many officers' computers are set up in English for people who read Vietnamese.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class LanguageMiddleware:
    """Speaks the language that the switch has put into the cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers in the chosen language."""
        told: Any = request
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        told.LANGUAGE_CODE = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(told.LANGUAGE_CODE)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", told.LANGUAGE_CODE)
        return response
