"""Where the room's pages stand."""

from __future__ import annotations

from django.urls import path

from binhdang.server.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("doc-het/", views.mark_all, name="mark_all"),
    path("hoan-tac/", views.undo, name="undo"),
    path("lua-chon/", views.choices, name="choices"),
    path("<uuid:pk>/", views.open_notice, name="open"),
    path("<uuid:pk>/doc/", views.mark, name="mark"),
]
