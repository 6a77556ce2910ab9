"""The first page."""

from __future__ import annotations

from django.urls import path

from binhdang.server.home import views

urlpatterns = [path("", views.home, name="home")]
