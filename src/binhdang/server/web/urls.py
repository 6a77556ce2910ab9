"""Choices of how pages look that need no account."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

urlpatterns = [path("ngon-ngu/", set_language, name="set_language")]
