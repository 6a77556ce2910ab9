"""The room's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhdang.server.web import places


class WebConfig(AppConfig):
    """Pages' common parts."""

    name = "binhdang.server.web"
    verbose_name = "Giao diện"

    def ready(self) -> None:
        """Names the page of passwords, codes, keys and sessions."""
        places.register(90, _("Đăng nhập và bảo mật"), "mfa_index", personal=True)
