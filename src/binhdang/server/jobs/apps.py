"""The room's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhdang.server.web import places


class JobsConfig(AppConfig):
    """Work in the background."""

    name = "binhdang.server.jobs"
    verbose_name = "Việc chạy nền"

    def ready(self) -> None:
        """Names the room's place."""
        places.register(20, _("Việc chạy nền"), "jobs:jobs", personal=True)
