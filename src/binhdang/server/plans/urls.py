"""Pages of plans."""

from __future__ import annotations

from django.urls import path

from binhdang.server.plans.views import acts, plans

app_name = "plans"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("giao-viec/<uuid:pk>/", acts.issue, name="issue"),
    path("<uuid:pk>/", plans.plan, name="plan"),
    path("<uuid:pk>/word/", plans.word, name="word"),
    path("<uuid:pk>/ket-thuc/", acts.close, name="close"),
    path("<uuid:pk>/huong-dan/", acts.guidance, name="guidance"),
    path("<uuid:pk>/lien-he/<uuid:link>/bo/", acts.unlink, name="unlink"),
]
