"""Where the watchers of the installation look."""

from __future__ import annotations

from django.urls import path

from binhdang.server.running import health

urlpatterns = [
    path("healthz", health.living, name="living"),
    path("readyz", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
]
