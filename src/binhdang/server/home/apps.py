"""The room's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhdang.server.web import places


class HomeConfig(AppConfig):
    """First pages."""

    name = "binhdang.server.home"
    verbose_name = "Trang đầu"

    def ready(self) -> None:
        """Names the room's place."""
        places.register(10, _("Việc của tôi"), "home")
