"""The room's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhdang.server.notices.kinds import AGENCIES_CHANGED, Kind, register
from binhdang.server.web import places


class NoticesConfig(AppConfig):
    """Notices in the page and by letter."""

    name = "binhdang.server.notices"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        """Names the room's place and its own kind."""
        places.register(20, _("Thông báo của tôi"), "notices:choices", personal=True)
        register(
            Kind(
                AGENCIES_CHANGED,
                _("Cơ quan thay đổi"),
                _("Cơ quan của bạn được hợp nhất, chia tách, đổi tên hoặc nhận thêm việc theo quyết định."),
                must=True,
            )
        )
