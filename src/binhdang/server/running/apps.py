"""The room's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class RunningConfig(AppConfig):
    """Commands of the installation."""

    name = "binhdang.server.running"
    verbose_name = "Vận hành"
