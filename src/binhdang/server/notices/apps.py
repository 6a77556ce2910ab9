"""The room's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhdang.server.notices.kinds import AGENCIES_CHANGED, register
from binhdang.server.web import places


class NoticesConfig(AppConfig):
    """Notices in the page and by letter."""

    name = "binhdang.server.notices"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        """Names the room's place and its own kind."""
        places.register(20, _("Thông báo của tôi"), "notices:choices", personal=True)
        register(AGENCIES_CHANGED)
