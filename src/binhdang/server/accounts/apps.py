"""The room's entry in Django."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import AppConfig
from django.http import HttpRequest

from binhdang.access import Permission, may
from binhdang.server.web import places


class AccountsConfig(AppConfig):
    """People and posts."""

    name = "binhdang.server.accounts"
    verbose_name = "Người dùng"

    def ready(self) -> None:
        """Names the room's places."""
        places.register(80, "Người dùng", "accounts:people", _may_any(Permission.MANAGE_ACCOUNTS, Permission.APPOINT))
        places.register(90, "Nhật ký", "accounts:journal", _may_any(Permission.READ_AUDIT))
        places.register(10, "Nhiệm vụ của tôi", "accounts:mine", personal=True)


def _may_any(*permissions: Permission) -> Callable[[HttpRequest], bool]:
    def shown(request: HttpRequest) -> bool:
        actor = getattr(request, "actor", None)  # a request refused early has none
        return actor is not None and any(may(actor, permission) for permission in permissions)

    return shown
