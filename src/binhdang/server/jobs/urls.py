"""Where the room's pages stand."""

from __future__ import annotations

from django.urls import path

from binhdang.server.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<uuid:pk>/", views.job, name="job"),
    path("<uuid:pk>/tien-do/", views.progress, name="progress"),
    path("<uuid:pk>/dung/", views.cancel, name="cancel"),
    path("<uuid:pk>/lam-lai/", views.retry, name="retry"),
]
