"""The room's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig

from binhdang.server.notices.kinds import register
from binhdang.server.running.kinds import STUCK


class RunningConfig(AppConfig):
    """Commands of the installation."""

    name = "binhdang.server.running"
    verbose_name = "Vận hành"

    def ready(self) -> None:
        """Names the room's kind of notice."""
        register(STUCK)
